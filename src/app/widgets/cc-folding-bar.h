/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_FOLDING_BAR (cc_folding_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcFoldingBar, cc_folding_bar, CC, FOLDING_BAR, GtkWidget)

/* Buttons and, between them, a child that expands: a text. Where they do not fit beside each other,
 * the text has a line of its own above the buttons. */

G_END_DECLS
