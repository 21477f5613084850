/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-figure-cells.h"

G_BEGIN_DECLS

#define CC_TYPE_FIGURE_GRID (cc_figure_grid_get_type ())
G_DECLARE_FINAL_TYPE (CcFigureGrid, cc_figure_grid, CC, FIGURE_GRID, GtkWidget)

/* The whole table of a figure. Tab comes to one cell and leaves again; arrows move between cells.
 * Signal "cell-activated" (guint row, guint col): somebody asks who stands behind a figure. */
CcFigureGrid *cc_figure_grid_new (void);

/* figure: a reference is taken. */
void cc_figure_grid_set_figure (CcFigureGrid *self, CcReportFigure *figure, CcTexts *texts);
void cc_figure_grid_set_ranges (CcFigureGrid *self, gboolean ranges);
void cc_figure_grid_set_share (CcFigureGrid *self, CcFigureShare share);

/* The button of a cell; NULL outside the table. For tests. */
GtkWidget *cc_figure_grid_get_cell (CcFigureGrid *self, guint row, guint col);

G_END_DECLS
