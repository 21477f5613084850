/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-work.h"

#include "cc-left-out.h"
#include "cc-session-work.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>

#define N_YEARS 5

static GArray *
make_usual_periods (int first, int last)
{
  return cc_periods_new_years (MAX (first, last - N_YEARS + 1), last, 1);
}

static int
get_year (GArray *years, guint index)
{
  return cc_day_year (g_array_index (years, CcPeriod, index).interval.first);
}

/* The choices. */

static gpointer
read_choices (CcSession    *session,
              CcConnection *connection,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  g_autoptr (CcFigureChoices) self = g_new0 (CcFigureChoices, 1);
  g_autoptr (GArray) years = NULL;
  g_autoptr (GError) problem = NULL;

  self->figures = cc_report_figure_list (cc_case_file_get_pack (file),
                                         cc_session_get_language (session), error);
  if (self->figures == NULL)
    return NULL;
  self->entities = cc_entity_list (file, error);
  if (self->entities == NULL)
    return NULL;
  self->axes = cc_questionnaire_new_table (cc_case_file_get_pack (file), "victims", "sex4",
                                           "period-year", NULL, "detected-on", error);
  if (self->axes == NULL)
    return NULL;
  /* A file without a single date has no years; that is no failure, but a damaged one is. */
  years = cc_periods_new_reported (file, 1, &problem);
  if (years == NULL && !g_error_matches (problem, CC_ERROR, CC_ERROR_USAGE))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (years != NULL)
    {
      self->first_year = get_year (years, 0);
      self->last_year = get_year (years, years->len - 1);
    }
  return g_steal_pointer (&self);
}

void
cc_figure_choices_load_async (CcSession          *session,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  cc_session_read_async (session, read_choices, NULL, NULL, (GDestroyNotify) cc_figure_choices_free,
                         cancellable, callback, user_data);
}

CcFigureChoices *
cc_figure_choices_load_finish (GAsyncResult *result, GError **error)
{
  return cc_session_read_finish (result, error);
}

void
cc_figure_choices_free (CcFigureChoices *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->axes, cc_questionnaire_unref);
  g_free (self);
}

GArray *
cc_figure_choices_make_periods (const CcFigureChoices *self)
{
  return make_usual_periods (self->first_year, self->last_year);
}

GArray *
cc_figure_read_usual_periods (CcCaseFile *file)
{
  g_autoptr (GArray) years = cc_periods_new_reported (file, 1, NULL);

  if (years == NULL)
    return NULL;
  return make_usual_periods (get_year (years, 0), get_year (years, years->len - 1));
}

/* Counting a figure. It takes its readers itself, because a count is one view over several queries.
 */

typedef struct
{
  CcSession      *session;
  CcFigureParams *params;
} CountWork;

static void
count_work_free (gpointer data)
{
  CountWork *work = data;

  cc_session_unref (work->session);
  cc_figure_params_free (work->params);
  g_free (work);
}

static void
count_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const CountWork      *work = task_data;
  CcReportFigureRequest request = cc_figure_params_to_request (work->params);
  GError               *error = NULL;
  CcReportFigure       *figure =
      cc_report_figure_build (cc_session_get_file (work->session), &request,
                              cc_session_get_texts (work->session), cancellable, &error);

  if (figure != NULL)
    g_task_return_pointer (task, figure, (GDestroyNotify) cc_report_figure_unref);
  else
    g_task_return_error (task, error);
}

void
cc_figure_count_async (CcSession            *session,
                       const CcFigureParams *params,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  CountWork *work = g_new0 (CountWork, 1);

  work->session = cc_session_ref (session);
  work->params = cc_figure_params_copy (params);
  g_task_set_name (task, "count figure");
  g_task_set_source_tag (task, cc_figure_count_async);
  g_task_set_task_data (task, work, count_work_free);
  g_task_run_in_thread (task, count_in_thread);
}

CcReportFigure *
cc_figure_count_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading a cell. */

typedef struct
{
  CcQuestionnaire         *questionnaire;
  const CcTableDefinition *table; /* of the questionnaire */
  CcFigureParams          *params;
  char                    *row, *col, *period;
} CellWork;

static void
cell_work_free (gpointer data)
{
  CellWork *work = data;

  cc_questionnaire_unref (work->questionnaire);
  cc_figure_params_free (work->params);
  g_free (work->row);
  g_free (work->col);
  g_free (work->period);
  g_free (work);
}

static GPtrArray *
read_rows (CcRecordTable *table, CcConnection *connection, GPtrArray *persons, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < persons->len; i++)
    {
      const CcCellPerson *person = persons->pdata[i];
      gint64 id = person->records->len > 0 ? g_array_index (person->records, gint64, 0) : 0;

      if (id != 0)
        g_array_append_val (ids, id);
    }
  return cc_record_table_read_rows (table, connection, (const gint64 *) ids->data, ids->len, error);
}

static gpointer
read_cell (CcSession    *session,
           CcConnection *connection,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  static const char *const units[] = { "victim", "victim", "perpetrator", "event", NULL };
  const CellWork          *work = data;
  CcCaseFile              *file = cc_session_get_file (session);
  CcCountOptions           options = { .periods = work->params->periods,
                                       .agencies = (const char *const *) work->params->agencies };
  g_autoptr (CcCellRecords) self = g_new0 (CcCellRecords, 1);
  g_autoptr (CcRecordTable) table = NULL;

  self->unit = work->table->count;
  self->by_status = cc_left_out_asks_for_status (work->table);
  self->persons =
      cc_count_cell (file, work->questionnaire, work->table, &options, work->row, work->col,
                     work->period, CC_FIGURE_MOST_PERSONS, cancellable, error);
  if (self->persons == NULL)
    return NULL;
  if (units[self->unit] == NULL)
    return g_steal_pointer (&self);
  table = cc_record_table_load (file, connection, units[self->unit], error);
  if (table == NULL
      || (self->inside = read_rows (table, connection, self->persons->inside, error)) == NULL
      || (self->outside = read_rows (table, connection, self->persons->outside, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
cc_figure_read_cell_async (CcSession            *session,
                           const CcFigureParams *params,
                           const CcTableResult  *result,
                           guint                 row,
                           guint                 col,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  const CcHeading *of_row = result->rows->pdata[row];
  const CcHeading *of_col = result->cols->pdata[col];
  const int        period = MAX (of_row->period, of_col->period);
  CellWork        *work = g_new0 (CellWork, 1);

  work->questionnaire = cc_questionnaire_ref (result->questionnaire);
  work->table = result->table;
  work->params = cc_figure_params_copy (params);
  work->row = g_strdup (of_row->code);
  work->col = g_strdup (of_col->code);
  if (period >= 0)
    work->period = g_strdup (g_array_index (result->periods, CcPeriod, period).code);
  cc_session_read_async (session, read_cell, work, cell_work_free,
                         (GDestroyNotify) cc_cell_records_free, cancellable, callback, user_data);
}

CcCellRecords *
cc_figure_read_cell_finish (GAsyncResult *result, GError **error)
{
  return cc_session_read_finish (result, error);
}

void
cc_cell_records_free (CcCellRecords *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->persons, cc_cell_persons_free);
  g_clear_pointer (&self->inside, g_ptr_array_unref);
  g_clear_pointer (&self->outside, g_ptr_array_unref);
  g_free (self);
}
