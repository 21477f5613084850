/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-overview-figures.h"

#include <string.h>
#include <cc/report/cc-report-chart.h>

/* Years that a chart shows at most, counted back from the newest. */
#define N_YEARS 5

static void
delivery_free (gpointer data)
{
  CcOverviewDelivery *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

typedef void (*TakeCount) (CcOverviewFigures *self, const char *key, CcStatement *statement);

/* Rows of a key and its counts. */
static gboolean
read_counts (CcOverviewFigures *self,
             CcConnection      *reader,
             const char        *sql,
             TakeCount          take,
             GError           **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (reader, sql, error);
  gboolean has_row = FALSE;
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  while ((ok = cc_statement_step (statement, &has_row, error)) && has_row)
    take (self, cc_statement_text (statement, 0), statement);
  return ok;
}

static void
take_records (CcOverviewFigures *self, const char *unit, CcStatement *statement)
{
  const gint64 n = cc_statement_int64 (statement, 1);

  if (strcmp (unit, "VI") == 0)
    {
      self->n_victim_records = n;
      self->n_sources = cc_statement_int64 (statement, 2);
    }
  else if (strcmp (unit, "PE") == 0)
    self->n_perpetrator_records = n;
  else
    self->n_event_records = n;
}

static void
take_findings (CcOverviewFigures *self, const char *severity, CcStatement *statement)
{
  const gint64 n = cc_statement_int64 (statement, 1);

  if (strcmp (severity, "error") == 0)
    self->errors = n;
  else if (strcmp (severity, "warning") == 0)
    self->warnings = n;
  else
    self->notes += n;
}

static void
take_pairs (CcOverviewFigures *self, const char *kind, CcStatement *statement)
{
  const gint64 n = cc_statement_int64 (statement, 1);

  if (strcmp (kind, "VI") == 0)
    self->victim_pairs = n;
  else if (strcmp (kind, "PE") == 0)
    self->perpetrator_pairs = n;
  else
    self->event_pairs += n;
}

static gboolean
read_records (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  return read_counts (self, reader,
                      "SELECT unit, count (*), count (DISTINCT entity) FROM record"
                      " WHERE state = 0 AND unit IN ('VI', 'PE', 'EV') GROUP BY unit",
                      take_records, error);
}

static gboolean
read_findings (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  return read_counts (self, reader,
                      "SELECT severity, count (*) FROM finding WHERE state = 'open'"
                      " GROUP BY severity",
                      take_findings, error);
}

static gboolean
read_pairs (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  return read_counts (self, reader,
                      "SELECT kind, count (*) FROM proposal WHERE state = 'open' GROUP BY kind",
                      take_pairs, error);
}

static gboolean
read_waiting (CcOverviewFigures *self, CcConnection *reader, GError **error)
{
  GError *problem = NULL;

  self->parked = cc_connection_get_int64 (reader,
                                          "SELECT count (*) FROM source_row r"
                                          " JOIN submission s ON s.id = r.submission"
                                          " WHERE r.state = 'parked' AND s.state = 'live'",
                                          0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return read_pairs (self, reader, error) && read_findings (self, reader, error);
}

static CcOverviewDelivery *
create_delivery (CcSession *session, CcStatement *statement)
{
  CcCaseFile         *file = cc_session_get_file (session);
  CcOverviewDelivery *delivery = g_new0 (CcOverviewDelivery, 1);
  const CcCode       *type = cc_case_file_code_from_id (file, cc_statement_int64 (statement, 1));

  delivery->name = g_strdup (cc_statement_text (statement, 0));
  if (type != NULL)
    delivery->type = cc_pack_get_code_label (cc_case_file_get_pack (file), type,
                                             cc_session_get_language (session));
  delivery->expected = cc_statement_int64 (statement, 2);
  delivery->missing = cc_statement_int64 (statement, 3);
  delivery->received = cc_statement_int64 (statement, 4);
  delivery->nil = cc_statement_int64 (statement, 5);
  return delivery;
}

/* A period counts as covered in the sense of the view q_return: some live delivery overlaps it. */
static gboolean
read_deliveries (CcOverviewFigures *self, CcSession *session, CcConnection *reader, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (
      reader,
      "SELECT e.name, e.type,"
      " (SELECT count (*) FROM expected_return x WHERE x.entity = e.id),"
      " (SELECT count (*) FROM expected_return x WHERE x.entity = e.id AND NOT EXISTS"
      "   (SELECT 1 FROM submission s WHERE s.entity = x.entity AND s.state = 'live'"
      "     AND s.first <= x.last AND s.last >= x.first)) AS missing,"
      " (SELECT count (*) FROM submission s WHERE s.entity = e.id AND s.state = 'live'"
      "   AND NOT s.nil),"
      " (SELECT count (*) FROM submission s WHERE s.entity = e.id AND s.state = 'live' AND s.nil)"
      " FROM entity e ORDER BY missing DESC, e.name, e.key",
      error);
  gboolean has_row = FALSE;
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  while ((ok = cc_statement_step (statement, &has_row, error)) && has_row)
    {
      CcOverviewDelivery *delivery = create_delivery (session, statement);

      g_ptr_array_add (self->deliveries, delivery);
      self->expected += delivery->expected;
      self->received += delivery->received;
      self->nil += delivery->nil;
      self->missing += delivery->missing;
    }
  return ok;
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
  self->deliveries = g_ptr_array_new_with_free_func (delivery_free);
  self->chart_ids = g_ptr_array_new_with_free_func (g_free);
  cc_connection_set_cancellable (reader, cancellable);
  ok = read_records (self, reader, error) && read_waiting (self, reader, error)
       && read_deliveries (self, session, reader, error) && read_years (self, reader, error);
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
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_pointer (&self->chart_ids, g_ptr_array_unref);
  g_clear_pointer (&self->periods, g_array_unref);
  g_free (self);
}
