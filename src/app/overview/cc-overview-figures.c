/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-overview-figures.h"

#include <cc/linkage/cc-review.h>
#include <cc/report/cc-report-chart.h>
#include <cc/store/cc-exchange.h>

/* Years that a chart shows at most, counted back from the newest. */
#define N_YEARS 5

static gboolean
read_returns (CcOverviewFigures *self, CcCaseFile *file, CcConnection *reader, GError **error)
{
  self->returns = cc_returns_list (file, reader, error);
  if (self->returns == NULL)
    return FALSE;
  for (guint i = 0; i < self->returns->len; i++)
    {
      const CcReturns *returns = g_ptr_array_index (self->returns, i);

      self->expected += returns->expected;
      self->received += returns->received;
      self->nil += returns->nil;
      self->missing += returns->missing;
    }
  return TRUE;
}

static gboolean
read_questions (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  self->victim_questions = cc_review_count_queue (reader, "VI", error);
  if (self->victim_questions < 0)
    return FALSE;
  self->perpetrator_questions = cc_review_count_queue (reader, "PE", error);
  if (self->perpetrator_questions < 0)
    return FALSE;
  self->event_questions = cc_review_count_queue (reader, "EV", error);
  return self->event_questions >= 0;
}

static gboolean
read_conflicts (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  GError *problem = NULL;

  self->conflicts = cc_conflict_count_open (reader, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* The last years in which persons were detected; a mistyped year of the future is left out. */
static gboolean
read_years (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  g_autoptr (CcStatement) statement =
      cc_connection_prepare (reader,
                             "SELECT min (detected_on_first), max (detected_on_first)"
                             " FROM person_fact WHERE detected_on_first <= ?1",
                             error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, cc_day_today ());
  if (!cc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && !cc_statement_is_null (statement, 1))
    {
      const int first = cc_day_year ((CcDay) cc_statement_int64 (statement, 0));
      const int last = cc_day_year ((CcDay) cc_statement_int64 (statement, 1));

      self->periods = cc_periods_new_years (MAX (first, last - N_YEARS + 1), last, 1);
    }
  else
    self->periods = g_array_new (FALSE, FALSE, sizeof (CcPeriod));
  return TRUE;
}

static gboolean
read_charts (CcOverviewFigures *self, CcSession *session, GError **error)
{
  GPtrArray *charts = cc_report_chart_list (cc_session_get_language (session), error);

  if (charts == NULL)
    return FALSE;
  for (guint i = 0; i < charts->len; i++)
    {
      const CcReportChartInfo *info = g_ptr_array_index (charts, i);

      if (info->overview)
        g_ptr_array_add (self->chart_ids, g_strdup (info->id));
    }
  g_ptr_array_unref (charts);
  return TRUE;
}

/**
 * Reads and counts; not on the main loop of a window.
 *
 * Returns: (transfer full): the figures, or NULL with an error
 */
CcOverviewFigures *
cc_overview_figures_load (CcSession *session, GCancellable *cancellable, GError **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  g_autoptr (CcOverviewFigures) self = g_new0 (CcOverviewFigures, 1);
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  gboolean      ok;

  if (reader == NULL)
    return NULL;
  self->chart_ids = g_ptr_array_new_with_free_func (g_free);
  cc_connection_set_cancellable (reader, cancellable);
  ok = cc_figures_read (reader, &self->held, error) && read_returns (self, file, reader, error)
       && read_questions (self, reader, error) && read_conflicts (self, reader, error)
       && read_years (self, reader, error);
  cc_connection_set_cancellable (reader, NULL);
  cc_case_file_release_reader (file, reader);
  if (!ok || !read_charts (self, session, error)
      || !cc_bounds_persons (file, "victim", &self->victims, cancellable, error)
      || !cc_bounds_persons (file, "perpetrator", &self->perpetrators, cancellable, error)
      || !cc_bounds_persons (file, "event", &self->events, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
load_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError            *error = NULL;
  CcOverviewFigures *figures = cc_overview_figures_load (task_data, cancellable, &error);

  if (figures != NULL)
    g_task_return_pointer (task, figures, (GDestroyNotify) cc_overview_figures_free);
  else
    g_task_return_error (task, error);
}

void
cc_overview_figures_load_async (CcSession          *session,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "overview figures");
  g_task_set_source_tag (task, cc_overview_figures_load_async);
  g_task_set_task_data (task, cc_session_ref (session), (GDestroyNotify) cc_session_unref);
  g_task_run_in_thread (task, load_in_thread);
}

CcOverviewFigures *
cc_overview_figures_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cc_overview_figures_free (CcOverviewFigures *self)
{
  g_clear_pointer (&self->returns, g_ptr_array_unref);
  g_clear_pointer (&self->chart_ids, g_ptr_array_unref);
  g_clear_pointer (&self->periods, g_array_unref);
  g_free (self);
}
