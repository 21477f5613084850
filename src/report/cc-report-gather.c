/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/stats/cc-bounds.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-release.h>

/* Reads from the case file what a workbook says. */

static CcInterval
whole_period (const CcReportContent *self)
{
  CcInterval whole = g_array_index (self->periods, CcPeriod, 0).interval;

  for (guint i = 1; i < self->periods->len; i++)
    {
      const CcPeriod *period = &g_array_index (self->periods, CcPeriod, i);

      whole.first = MIN (whole.first, period->interval.first);
      whole.last = MAX (whole.last, period->interval.last);
    }
  return whole;
}

static gboolean
count_tables (CcReportContent      *self,
              CcCaseFile           *file,
              const CcCountOptions *options,
              CcProgress           *progress,
              GError              **error)
{
  guint n = cc_questionnaire_get_n_tables (self->questionnaire);

  if (progress != NULL)
    cc_progress_begin (progress, "progress.count", n);
  for (guint i = 0; i < n; i++)
    {
      CcTableResult *result =
          cc_count_table (file, self->questionnaire,
                          cc_questionnaire_get_table (self->questionnaire, i), options,
                          progress != NULL ? cc_progress_get_cancellable (progress) : NULL, error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (self->tables, result);
      if (progress != NULL && !cc_progress_update (progress, i + 1, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_submission (CcReportAgency *agency, const CcSubmission *submission)
{
  if (submission->nil)
    {
      agency->nil = TRUE;
      return;
    }
  agency->deliveries++;
  agency->rows += submission->rows;
  agency->accepted += submission->accepted;
  agency->parked += submission->parked;
  agency->rejected += submission->rejected;
  if (!cc_interval_is_known (submission->period))
    return;
  if (!cc_interval_is_known (agency->period))
    agency->period = submission->period;
  agency->period.first = MIN (agency->period.first, submission->period.first);
  agency->period.last = MAX (agency->period.last, submission->period.last);
}

/* A delivery that states no period counts; one that states another period does not. */
static gboolean
concerns (const CcSubmission *submission, CcInterval whole)
{
  return strcmp (submission->state, "live") == 0
         && (!cc_interval_is_known (submission->period)
             || cc_interval_relation (submission->period, whole) != CC_RELATION_OUTSIDE);
}

static gboolean
gather_agencies (CcReportContent *self, CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (file, error);
  g_autoptr (GPtrArray) submissions = NULL;
  CcInterval whole = whole_period (self);

  if (entities == NULL)
    return FALSE;
  submissions = cc_submission_list (file, error);
  if (submissions == NULL)
    return FALSE;
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];
      CcReportAgency *agency = g_new0 (CcReportAgency, 1);

      agency->name = g_strdup (entity->name);
      agency->type = entity->type != NULL ? cc_pack_get_code_label (cc_case_file_get_pack (file),
                                                                    entity->type, self->language)
                                          : g_strdup ("");
      agency->period = CC_INTERVAL_UNKNOWN;
      g_ptr_array_add (self->agencies, agency);
      for (guint k = 0; k < submissions->len; k++)
        {
          const CcSubmission *submission = submissions->pdata[k];

          if (submission->entity == entity->id && concerns (submission, whole))
            add_submission (agency, submission);
        }
      if (agency->deliveries > 0)
        agency->nil = FALSE;
    }
  return TRUE;
}

/* What was sent as counts for a day of the periods, or for no period that is known. */
static gboolean
gather_sent (CcReportContent *self, CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  CcInterval    whole = whole_period (self);
  GPtrArray    *list;

  if (reader == NULL)
    return FALSE;
  list = cc_sent_counts_list (reader, cc_case_file_get_pack (file), 0, error);
  cc_case_file_release_reader (file, reader);
  if (list == NULL)
    return FALSE;
  g_ptr_array_unref (self->sent);
  self->sent = list;
  for (guint i = list->len; i > 0; i--)
    {
      const CcSentCounts *counts = list->pdata[i - 1];

      if (cc_interval_relation (counts->period, whole) == CC_RELATION_OUTSIDE)
        g_ptr_array_remove_index (list, i - 1);
    }
  return TRUE;
}

static gboolean
gather_units (CcReportContent *self, CcCaseFile *file, GError **error)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };
  static const char *const abbreviations[] = { "VI", "PE", "EV" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcReportUnit     unit = { .unit = units[i] };
      CcPersonBounds   bounds;
      CcConnection    *reader;
      GError          *failure = NULL;
      g_autofree char *sql =
          g_strdup_printf ("SELECT count (*) FROM record WHERE unit = '%s' AND state = 0",
                           abbreviations[i]);

      if (!cc_bounds_persons (file, units[i], &bounds, NULL, error))
        return FALSE;
      reader = cc_case_file_acquire_reader (file, error);
      if (reader == NULL)
        return FALSE;
      unit.records = cc_connection_get_int64 (reader, sql, 0, &failure);
      cc_case_file_release_reader (file, reader);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      unit.persons = bounds.value;
      unit.low = bounds.low;
      unit.high = bounds.high;
      unit.open_pairs = bounds.open_pairs;
      unit.undecidable = bounds.undecidable;
      g_array_append_val (self->units, unit);
    }
  return TRUE;
}

/* Later rounds overwrite earlier ones, so texts typed once carry over. */
gboolean
cc_report_gather_answers (CcReportContent *self, CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  gboolean      has_row = FALSE;
  gboolean      ok;

  if (reader == NULL)
    return FALSE;
  {
    g_autoptr (CcStatement) statement =
        cc_connection_prepare (reader,
                               "SELECT tbl, cell, value FROM questionnaire_answer WHERE "
                               "questionnaire = ?1"
                               " ORDER BY period_first, id",
                               error);

    ok = statement != NULL;
    if (ok)
      cc_statement_bind_text (statement, 1, cc_questionnaire_get_id (self->questionnaire));
    while (ok && (ok = cc_statement_step (statement, &has_row, error)) && has_row)
      {
        char *key = g_strconcat (cc_statement_text (statement, 0), "\n",
                                 cc_statement_text (statement, 1), NULL);

        if (cc_statement_is_null (statement, 2))
          {
            g_hash_table_remove (self->answers, key);
            g_free (key);
          }
        else
          g_hash_table_replace (self->answers, key, g_strdup (cc_statement_text (statement, 2)));
      }
  }
  cc_case_file_release_reader (file, reader);
  return ok;
}

/* The state of the data that the workbook shows: what was handed in since does not change it. */
static gboolean
gather_head (CcReportContent *self, CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  char         *head;
  gint64        last = 0;

  if (reader == NULL)
    return FALSE;
  head = cc_release_find_head (reader, &last, error);
  cc_case_file_release_reader (file, reader);
  if (head == NULL)
    return FALSE;
  g_free (self->head_hash);
  self->head_hash = head;
  self->cut_off = (CcDay) ((last > 0 ? last : self->created) / 86400);
  return TRUE;
}

/* Who reported, what became of the rows, how many persons the records are, and the day of the last
 * act: what stands beside every figure. */
gboolean
cc_report_gather_sources (CcReportContent *self, CcCaseFile *file, GError **error)
{
  self->practice = cc_case_file_is_practice (file);
  return gather_agencies (self, file, error) && gather_sent (self, file, error)
         && gather_units (self, file, error) && gather_head (self, file, error);
}

gboolean
cc_report_content_gather (CcReportContent      *self,
                          CcCaseFile           *file,
                          const CcCountOptions *options,
                          CcProgress           *progress,
                          GError              **error)
{
  if (options->params != NULL)
    self->params = g_hash_table_ref (options->params);
  if (!count_tables (self, file, options, progress, error))
    return FALSE;
  g_ptr_array_unref (self->checks);
  self->checks = cc_checks_run (self->questionnaire, self->tables, error);
  if (self->checks == NULL)
    {
      self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_check_result_free);
      return FALSE;
    }
  return cc_report_gather_sources (self, file, error)
         && cc_report_gather_answers (self, file, error);
}
