/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A part of a hand-made archive. */
typedef struct
{
  const char *name;
  const char *text;
  gssize      length; /* 0: strlen (text) */
} ZipPart;

/* Packs parts (the last has name NULL) into a new file at `path`. */
void zip_helper_write (const char *path, const ZipPart *parts);
/* A part of an archive as text, or NULL when it has none of that name. */
char *zip_helper_read (const char *path, const char *name);

/* A private folder of the test, removed with all its files by zip_helper_remove_folder (). */
char *zip_helper_make_folder (void);
void  zip_helper_remove_folder (char *folder);
guint zip_helper_count_files (const char *folder);
