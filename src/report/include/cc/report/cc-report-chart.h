/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/chart/cc-chart.h>
#include <cc/model/cc-texts.h>
#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

/* The charts that Casecount ships: key files of data/charts. */

typedef struct
{
  char    *id;       /* victims-by-year-agesex */
  char    *title;    /* in the language asked for */
  gboolean overview; /* stands on the overview of a case file */
  int      order;    /* place in the gallery */
} CcReportChartInfo;

/* What was drawn. */
typedef struct
{
  char  *path;
  char  *alt_text;
  gint64 base; /* persons the chart is about */
} CcReportChartSummary;

GPtrArray *cc_report_chart_list (const char *language,
                                 GError    **error); /* CcReportChartInfo *, in order */

/* Counts and builds the chart as data: for the window, which lays out and paints it itself. base
 * may be NULL. CC_ERROR_NOT_FOUND for an id that is none. */
CcChart *cc_report_chart_build (CcCaseFile   *file,
                                const char   *id,
                                GArray       *periods, /* CcPeriod */
                                CcTexts      *texts,
                                const char   *language,
                                gint64       *base,
                                GCancellable *cancellable,
                                GError      **error);

/* Builds and writes it: .png, .svg or .pdf by the suffix of path. */
CcReportChartSummary *cc_report_chart (CcCaseFile   *file,
                                       const char   *id,
                                       GArray       *periods,
                                       CcTexts      *texts,
                                       const char   *language,
                                       const char   *path,
                                       GCancellable *cancellable,
                                       GError      **error);
void                  cc_report_chart_info_free (CcReportChartInfo *self);
void                  cc_report_chart_summary_free (CcReportChartSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportChartInfo, cc_report_chart_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportChartSummary, cc_report_chart_summary_free)

G_END_DECLS
