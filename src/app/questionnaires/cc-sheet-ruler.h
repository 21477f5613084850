/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-sheet-cell.h"
#include "cc-sheet-plan.h"

G_BEGIN_DECLS

#define CC_SHEET_N_KINDS (CC_ANSWER_BOX_TYPED + 1)

/* Measures text as the cells of a sheet show it, with cells of its own that are never seen. */
typedef struct
{
  CcSheetCell *cells[CC_SHEET_N_KINDS];
} CcSheetRuler;

/* Makes the cells, children of the sheet: they have the fonts of their kinds only after a style
 * pass. */
void cc_sheet_ruler_add (CcSheetRuler *self, GtkWidget *sheet);

CcSheetPlan *cc_sheet_ruler_make_plan (CcSheetRuler        *self,
                                       CcAnswerBook        *book,
                                       const CcAnswerSheet *sheet,
                                       int                  width,
                                       gboolean             show_ranges);

G_END_DECLS
