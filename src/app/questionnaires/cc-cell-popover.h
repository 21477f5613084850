/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_CELL_POPOVER (cc_cell_popover_get_type ())
G_DECLARE_FINAL_TYPE (CcCellPopover, cc_cell_popover, CC, CELL_POPOVER, GtkPopover)

/* Typing into a cell: a figure with the reason for it, or the text of a box. The signal "keep"
 * (value or NULL, reason or NULL) asks to keep it, NULL to take it away. */
CcCellPopover *cc_cell_popover_new (void);
void           cc_cell_popover_edit (CcCellPopover       *self,
                                     CcAnswerBook        *book,
                                     const CcAnswerPart  *part,
                                     const CcAnswerTyped *typed,
                                     const GdkRectangle  *place);

/* Whether a text is a figure that a table can hold: a whole number, 0 or more. */
gboolean cc_cell_popover_is_figure (const char *text);

G_END_DECLS
