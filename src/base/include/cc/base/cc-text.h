/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *cc_text_fold (const char *text);
char    *cc_text_fold_keep (const char *text, const char *keep);
char    *cc_text_western_digits (const char *text);
char    *cc_text_collapse (const char *text);
char    *cc_text_repair_double_utf8 (const char *text);
gboolean cc_text_is_blank (const char *text);
gboolean cc_text_equal (const char *a, const char *b);
gboolean cc_text_to_int (const char *text, gint64 least, gint64 most, gint64 *number);
guint    cc_text_edit_distance (const char *a, const char *b, guint limit);

G_END_DECLS
