/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading a file beside the database engine that works in it. A process gives up all its locks on
 * a file as soon as it closes any descriptor of it (POSIX, fcntl ()), and the engine's locks are of
 * this kind: another program would then believe that nobody works in the file. So descriptors of a
 * file that is held are kept until nobody holds it any more, and used again meanwhile. */
typedef struct _CcRawHold CcRawHold;

/* Says that the engine of this process works in the file. NULL where there is none. */
CcRawHold *cc_raw_file_hold (const char *path);

/* After the engine has closed it. Allows NULL. */
void cc_raw_file_release (CcRawHold *hold);

/**
 * Opens a file for reading, from its beginning. A folder, a device or a file that never answers is
 * opened without waiting.
 *
 * Returns: a descriptor for cc_raw_file_close (), never for close (); -1 with errno
 */
int cc_raw_file_open (const char *path);

/* Allows -1. Leaves errno alone. */
void cc_raw_file_close (int fd);

G_END_DECLS
