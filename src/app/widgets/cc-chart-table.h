/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/chart/cc-chart.h>

G_BEGIN_DECLS

#define CC_TYPE_CHART_TABLE (cc_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (CcChartTable, cc_chart_table, CC, CHART_TABLE, GtkWidget)

/* The figures of a chart as a table: one row per category, one column per series, totals at the
 * end. Rows take the focus, and each is read aloud as one line. */
CcChartTable *cc_chart_table_new (void);

/* chart: borrowed for the call */
void  cc_chart_table_set_chart (CcChartTable *self, const CcChart *chart);
guint cc_chart_table_get_n_rows (CcChartTable *self);

G_END_DECLS
