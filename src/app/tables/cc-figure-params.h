/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-report-figure.h>

G_BEGIN_DECLS

/* What the user chose for a figure. Plain data; tested without a display. */
typedef struct
{
  char   *id; /* of cc_report_figure_list (); NULL: a table of one's own */
  char   *count, *rows, *cols, *where, *date;
  GArray *periods;  /* CcPeriod */
  char  **agencies; /* keys; NULL: all */
  char   *language;
} CcFigureParams;

CcFigureParams *cc_figure_params_new (const char *id, GArray *periods, const char *language);
CcFigureParams *cc_figure_params_copy (const CcFigureParams *self);
void            cc_figure_params_free (CcFigureParams *self);

/* Years first to last in either order; the present choice is replaced. */
void cc_figure_params_set_years (CcFigureParams *self, int first, int last);

/* Days as the user typed them: 2024, 2024-03 or 2024-03-15. FALSE leaves the choice as it was. */
gboolean cc_figure_params_set_days (CcFigureParams *self, const char *first, const char *last);

/* keys: NULL or empty means all agencies, and so does every one of n_all. */
void cc_figure_params_set_agencies (CcFigureParams *self, char **keys, guint n_all);

/* A request that borrows everything from the parameters. */
CcReportFigureRequest cc_figure_params_to_request (const CcFigureParams *self);

/* A name for the file: "forms-by-sex-2020-2024". Free it. */
char *cc_figure_params_make_file_name (const CcFigureParams *self, const char *suffix);

/* The date by which a unit falls into a year: the one that the builder takes. */
const char *cc_figure_params_get_usual_date (const char *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFigureParams, cc_figure_params_free)

G_END_DECLS
