/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts a VFS before SQLite's own and an allocator before the C library's, whose calls fail as
 * planned (fault-plan.h). Call once, before the first case file. The store needs no door for it: it
 * opens files through SQLite's default VFS, which this becomes. */
void fault_vfs_install (void);

G_END_DECLS
