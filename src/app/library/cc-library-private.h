/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-library.h"

G_BEGIN_DECLS

extern const char *const cc_library_logs[];

gboolean cc_library_make_folder (const char *folder, GError **error);
gboolean cc_library_is_unsettled (const char *path);
void     cc_library_move_note (const char *folder, const char *old_path, const char *new_path);

G_END_DECLS
