/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-overview-tables.h"

#include "tables/cc-figure-work.h"

#include <glib/gi18n.h>

#define TABLE "table:by-year"

/* Without a date nobody stands in any table; this year's says as much. */
static GArray *
make_periods (CcCaseFile *file, CcInterval *years)
{
  GArray   *periods = cc_figure_read_usual_periods (file);
  const int now = cc_day_year (cc_day_today ());

  *years = CC_INTERVAL_UNKNOWN;
  if (periods == NULL)
    return cc_periods_new_years (now, now, 1);
  years->first = g_array_index (periods, CcPeriod, 0).interval.first;
  years->last = g_array_index (periods, CcPeriod, periods->len - 1).interval.last;
  return periods;
}

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CcSession                   *session = task_data;
  CcCaseFile                  *file = cc_session_get_file (session);
  g_autofree CcOverviewTables *self = g_new0 (CcOverviewTables, 1);
  g_autoptr (GArray) periods = make_periods (file, &self->years);
  g_autoptr (CcFigureParams) params =
      cc_figure_params_new (TABLE, periods, cc_session_get_language (session));
  const CcReportFigureRequest request = cc_figure_params_to_request (params);
  GError                     *error = NULL;
  g_autoptr (CcReportFigure) figure =
      cc_report_figure_build (file, &request, cc_session_get_texts (session), cancellable, &error);

  if (figure == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cc_left_out_read (&self->left_out, cc_report_figure_get_result (figure));
  g_task_return_pointer (task, g_steal_pointer (&self), g_free);
}

void
cc_overview_tables_load_async (CcSession          *session,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "persons not in the tables");
  g_task_set_source_tag (task, cc_overview_tables_load_async);
  g_task_set_task_data (task, cc_session_ref (session), (GDestroyNotify) cc_session_unref);
  g_task_run_in_thread (task, load_in_thread);
}

/* Returns: (transfer full): to be freed with g_free (); NULL with an error */
CcOverviewTables *
cc_overview_tables_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
cc_overview_tables_describe_title (CcSession *session, const CcOverviewTables *self)
{
  g_autofree char *years = NULL;

  if (!cc_interval_is_known (self->years))
    return g_strdup (_ ("Persons not in the tables"));
  years = cc_session_format_interval (session, self->years);
  /* Translators: %s is a span of years such as 2020–2024. */
  return g_strdup_printf (_ ("Persons not in the tables of %s"), years);
}

char *
cc_overview_tables_describe_reasons (CcSession *session, const CcOverviewTables *self)
{
  g_autofree char *counted = cc_session_format_number (session, self->left_out.counted);
  g_autofree char *all = cc_session_format_number (session, self->left_out.all);
  g_autofree char *reasons = cc_left_out_list_reasons (session, &self->left_out);

  /* Translators: two numbers, and a list such as “4 are neither identified nor presumed as victims,
   * 3 have no known date”. */
  return g_strdup_printf (ngettext ("The tables count %1$s of this %2$s person: %3$s.",
                                    "The tables count %1$s of these %2$s persons: %3$s.",
                                    (gulong) self->left_out.all),
                          counted, all, reasons);
}
