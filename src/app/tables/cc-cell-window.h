/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_CELL_WINDOW (cc_cell_window_get_type ())
G_DECLARE_FINAL_TYPE (CcCellWindow, cc_cell_window, CC, CELL_WINDOW, AdwWindow)

/* Who stands behind one figure, and who does not and why. Choosing a person leads to the page of
 * cases of the parent's window. */
CcCellWindow *cc_cell_window_new (GtkWindow *parent);
void          cc_cell_window_load (CcCellWindow         *self,
                                   CcSession            *session,
                                   const CcFigureParams *params,
                                   CcReportFigure       *figure,
                                   guint                 row,
                                   guint                 col);

/* The same for a cell of any counted table; name: its headings in words. */
void cc_cell_window_load_cell (CcCellWindow         *self,
                               CcSession            *session,
                               const CcFigureParams *params,
                               const CcTableResult  *result,
                               const char           *name,
                               guint                 row,
                               guint                 col);

/* Begins with those who are not in the figure. */
void cc_cell_window_show_outside (CcCellWindow *self);

/* records: (transfer full) */
void cc_cell_window_set_records (CcCellWindow *self, CcCellRecords *records);

G_END_DECLS
