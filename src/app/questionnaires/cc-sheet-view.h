/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_SHEET_VIEW (cc_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (CcSheetView, cc_sheet_view, CC, SHEET_VIEW, GtkWidget)

/* A sheet of a questionnaire as it will be printed, however long: only cells in view exist. It is a
 * GtkScrollable. One cell at a time takes part in the Tab order; arrow keys move between cells, and
 * each is read with its headings.
 *
 * Signals, all about the present cell: "open-cell" (Enter, double click), "edit-cell" (F2),
 * "cell-menu" (Menu key, right click; the place is that of the cell). */
CcSheetView *cc_sheet_view_new (void);
void         cc_sheet_view_set_sheet (CcSheetView *self, CcAnswerBook *book, guint sheet);
void         cc_sheet_view_set_show_ranges (CcSheetView *self, gboolean show_ranges);

/* The present cell; NULL where the sheet has none. */
const CcAnswerPart *cc_sheet_view_get_part (CcSheetView *self);

/* Scrolls to the present cell, and tells where it is now in around. FALSE where there is none. */
gboolean cc_sheet_view_get_place (CcSheetView *self, GtkWidget *around, GdkRectangle *place);

/* Scrolls to a part of the sheet, and makes it the present cell where it can be one. */
void cc_sheet_view_show_part (CcSheetView *self, const CcAnswerPart *part);

G_END_DECLS
