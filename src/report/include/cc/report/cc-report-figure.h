/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/chart/cc-chart.h>
#include <cc/report/cc-workbook.h>

G_BEGIN_DECLS

/* A figure: a counted table with its words and, where it can be drawn, its chart. Charts of
 * data/charts, standard tables of data/tables and tables that the user puts together are all
 * figures, so that the page Tables and Charts shows, filters and exports them alike. Immutable;
 * counted references, because saving goes on in another thread. */
typedef struct _CcReportFigure CcReportFigure;

typedef struct
{
  char    *id;    /* for CcReportFigureRequest */
  char    *title; /* in the language asked for */
  gboolean chart; /* a chart of the gallery; else a standard table */
} CcReportFigureInfo;

typedef struct
{
  const char        *id; /* "forms-by-sex", "table:by-year"; NULL for a table of one's own: */
  const char        *count, *rows, *cols, *where, *date; /* as in cc_questionnaire_new_table () */
  GArray            *periods;                            /* CcPeriod */
  const char *const *agencies; /* keys of entities: only persons known to them; NULL: all */
  const char        *language; /* en fr pt es ar sw */
} CcReportFigureRequest;

/* Charts first, then standard tables, each in the order of the gallery. */
GPtrArray *cc_report_figure_list (CcPack *pack, const char *language, GError **error);
void       cc_report_figure_info_free (CcReportFigureInfo *self);

/* Counts. Blocking: off the main loop. Errors: CC_ERROR_NOT_FOUND for an id that is none, those of
 * cc_count_table (). */
CcReportFigure *cc_report_figure_build (CcCaseFile                  *file,
                                        const CcReportFigureRequest *request,
                                        CcTexts                     *texts,
                                        GCancellable                *cancellable,
                                        GError                     **error);
CcReportFigure *cc_report_figure_ref (CcReportFigure *self);
void            cc_report_figure_unref (CcReportFigure *self);

/* All of these are borrowed from the figure. */
const CcTableResult *cc_report_figure_get_result (const CcReportFigure *self);
const CcChart       *cc_report_figure_get_chart (const CcReportFigure *self); /* or NULL */
const char          *cc_report_figure_get_title (const CcReportFigure *self);
const char          *cc_report_figure_get_subtitle (const CcReportFigure *self);
const char          *cc_report_figure_get_source (const CcReportFigure *self);
const char          *cc_report_figure_get_date (const CcReportFigure *self);
const char          *cc_report_figure_get_stamp (const CcReportFigure *self); /* or NULL */
const char          *cc_report_figure_get_language (const CcReportFigure *self);
GPtrArray           *cc_report_figure_get_notes (const CcReportFigure *self); /* char * */
gint64               cc_report_figure_get_base (const CcReportFigure *self);

/* How many cells count somebody, but fewer than the threshold. */
guint cc_report_figure_count_small (const CcReportFigure *self);
int   cc_report_figure_get_threshold (const CcReportFigure *self);

/* The labels of a row or a column, outer axis first, periods included; "Total" where there is no
 * axis. Free with g_strfreev (). */
char **cc_report_figure_get_labels (const CcReportFigure *self, guint index, gboolean of_columns);
/* What a cell shows: its figure, or what stands for it. Free it. */
char *cc_report_figure_format_cell (const CcReportFigure *self, const CcCell *cell);
/* The whole table as tab-separated lines, for spreadsheets. Free it. */
char *cc_report_figure_to_text (const CcReportFigure *self);

/* Writes .png, .svg or .pdf (the chart) or .xlsx (a native chart over its numbers, the whole table,
 * sources and notes) by the suffix of path; an existing file is replaced by a complete one only.
 * CC_ERROR_REFUSED for a public copy with a cell below the threshold, CC_ERROR_USAGE for another
 * suffix or for a picture of a table that cannot be drawn. */
gboolean cc_report_figure_write (const CcReportFigure *self,
                                 CcAudience            audience,
                                 const char           *path,
                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportFigure, cc_report_figure_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReportFigureInfo, cc_report_figure_info_free)

G_END_DECLS
