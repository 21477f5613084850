/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/chart/cc-chart.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_CHART_CARD (cc_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (CcChartCard, cc_chart_card, CC, CHART_CARD, AdwBin)

/* A chart and its twin, the table of the same figures, with a button that changes between them.
 * Action: chart.show-table (boolean state). */
CcChartCard *cc_chart_card_new (void);

/* Counts the chart off the main loop and shows it. */
void cc_chart_card_load (CcChartCard *self, CcSession *session, const char *id, GArray *periods);

/* chart: (transfer full) */
void     cc_chart_card_set_chart (CcChartCard *self, CcChart *chart);
void     cc_chart_card_set_show_table (CcChartCard *self, gboolean show_table);
gboolean cc_chart_card_get_show_table (CcChartCard *self);

G_END_DECLS
