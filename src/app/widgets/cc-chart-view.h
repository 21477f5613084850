/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/chart/cc-chart.h>

G_BEGIN_DECLS

#define CC_TYPE_CHART_VIEW (cc_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (CcChartView, cc_chart_view, CC, CHART_VIEW, GtkWidget)

/* Shows a chart with the painter that also writes files, in the colours of the light or dark
 * window and in the user's size of text. To assistive technology it is an image whose name is the
 * chart's title and whose description is the chart's alternative text. */
CcChartView *cc_chart_view_new (void);

/* chart: (transfer full) */
void           cc_chart_view_set_chart (CcChartView *self, CcChart *chart);
const CcChart *cc_chart_view_get_chart (CcChartView *self);

G_END_DECLS
