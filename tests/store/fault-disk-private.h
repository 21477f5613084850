/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-disk.h"

G_BEGIN_DECLS

/* What the C library's functions of fault-calls.c tell the disk. Paths are those of
 * fault_disk_get_path (). */

gboolean fault_disk_is_network (void);
gboolean fault_disk_has_file (int fd);
char    *fault_disk_get_path (const char *path);
void     fault_disk_note_open (int fd, const char *path, int flags);
void     fault_disk_note_close (int fd);
void     fault_disk_note_write (int fd, gconstpointer data, gssize size, goffset offset);
void     fault_disk_note_truncate (int fd, goffset size);
void     fault_disk_note_sync (int fd);
void     fault_disk_note_folder (const char *path);
void     fault_disk_note_removed (const char *path);
void     fault_disk_note_other_name (const char *from, const char *to, gboolean ends);

G_END_DECLS
