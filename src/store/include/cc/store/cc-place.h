/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a case file lies, as far as that decides how it can be opened. */

typedef enum
{
  CC_PLACE_LOCAL,   /* a file system known to be of this computer alone */
  CC_PLACE_NETWORK, /* one known to be shared with other computers */
  CC_PLACE_UNKNOWN, /* one that is not known, such as those of a program (FUSE) */
} CcPlaceKind;

typedef struct
{
  CcPlaceKind kind;
  gboolean    folder_writable; /* by whoever runs this program */
  gboolean    file_writable;
  gboolean    unfinished; /* a log of a program that did not close the file lies beside it */
} CcPlace;

/* Looks at the place of a file that need not exist. Reads the disk: not on a main loop. */
void cc_place_look (const char *path, CcPlace *place);

/* Returns: (transfer full): the absolute path of a file, with links followed as far as it exists:
 * two ways to a file are one file. */
char *cc_place_resolve (const char *path);

/* Makes a folder for case files, and those it lies in, readable by its owner alone, so that a power
 * cut does not take it away again: files in a folder that is not safely on the disk go with it,
 * however safely they lie in it. Returns: whether it is there; errno says why not */
gboolean cc_place_make_folder (const char *folder);

G_END_DECLS
