/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_TEXT_CELL (cc_text_cell_get_type ())
G_DECLARE_FINAL_TYPE (CcTextCell, cc_text_cell, CC, TEXT_CELL, GtkWidget)

/* One line of text in a long table. A list view keeps 200 lines ready and shows 20: this shapes its
 * text when it is drawn, where a label does so when it is set. It takes the width it is given, cuts
 * off what does not fit and tells it as a tooltip. What is read aloud is the name of the whole
 * line.
 *
 * Property "label". */
GtkWidget  *cc_text_cell_new (void);
void        cc_text_cell_set_label (CcTextCell *self, const char *label);
const char *cc_text_cell_get_label (CcTextCell *self);

G_END_DECLS
