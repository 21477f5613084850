/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_SHEET_CELL (cc_sheet_cell_get_type ())
G_DECLARE_FINAL_TYPE (CcSheetCell, cc_sheet_cell, CC, SHEET_CELL, GtkWidget)

/* One cell of a sheet on screen. Its kind never changes, so that assistive technology is told once
 * what it is; what it shows does, as the sheet scrolls. */
CcSheetCell *cc_sheet_cell_new (CcAnswerKind kind);
CcAnswerKind cc_sheet_cell_get_kind (CcSheetCell *self);
gboolean     cc_sheet_cell_is_figure (CcSheetCell *self);

/* markup: what stands in the cell, as Pango markup. */
void cc_sheet_cell_set (CcSheetCell *self, const char *markup, gboolean total, gboolean typed);

/* Height that the text takes at a width, with the room around it. */
int cc_sheet_cell_measure_height (CcSheetCell *self, int width);

/* Pixels that so many characters of a cell take, with the room around them. */
int cc_sheet_cell_measure_width (CcSheetCell *self, double characters);

G_END_DECLS
