/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-report-private.h"

#include <cc/base/cc-key-file.h>
#include <cc/report/cc-report-figure.h>

G_BEGIN_DECLS

/* What stands around the figures, in the language asked for. */
typedef struct
{
  char *title;
  char *subtitle; /* base and years */
  char *source;
  char *date;
  char *stamp; /* of practice files, else NULL */
} CcReportWords;

struct _CcReportFigure
{
  gatomicrefcount  refs;
  CcReportContent *content; /* its only table is `result` */
  CcTableResult   *result;  /* borrowed from the content */
  CcReportWords    words;
  GPtrArray       *notes; /* char *: of the table */
  CcChart         *chart; /* NULL where the table cannot be drawn */
};

CcKeyFile *cc_report_chart_load (const char *id, GError **error);
CcKeyFile *cc_report_chart_for_table (const CcTableResult *result, GError **error);
CcChart   *cc_report_draw (CcKeyFile           *definition,
                           CcReportContent     *content,
                           CcTableResult       *result,
                           const CcReportWords *words);
gboolean
cc_report_write_figure_book (const CcReportFigure *figure, const char *path, GError **error);

G_END_DECLS
