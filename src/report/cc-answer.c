/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/report/cc-answer.h>

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>

static void
bind_place (CcStatement *statement, const CcAnswer *work)
{
  cc_statement_bind_text (statement, 1, work->questionnaire);
  cc_statement_bind_int64 (statement, 2, work->periods.first);
  cc_statement_bind_int64 (statement, 3, work->periods.last);
  cc_statement_bind_text (statement, 4, work->table);
  cc_statement_bind_text (statement, 5, work->cell);
}

static char *
find_old (CcConnection *connection, const CcAnswer *work, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (CcStatement) statement = cc_connection_prepare (
      connection,
      "SELECT value FROM questionnaire_answer WHERE questionnaire = ?1 AND period_first = ?2"
      " AND period_last = ?3 AND tbl = ?4 AND cell = ?5 ORDER BY id DESC LIMIT 1",
      error);

  if (statement == NULL)
    return NULL;
  bind_place (statement, work);
  if (!cc_statement_step (statement, &has_row, error))
    return NULL;
  return g_strdup (
      has_row && !cc_statement_is_null (statement, 0) ? cc_statement_text (statement, 0) : "");
}

static gboolean
remove_old (CcConnection *connection, const CcAnswer *work, GError **error)
{
  g_autoptr (CcStatement) statement =
      cc_connection_prepare (connection,
                             "DELETE FROM questionnaire_answer WHERE questionnaire = ?1 AND "
                             "period_first = ?2"
                             " AND period_last = ?3 AND tbl = ?4 AND cell = ?5",
                             error);

  if (statement == NULL)
    return FALSE;
  bind_place (statement, work);
  return cc_statement_run (statement, error);
}

static gboolean
insert_new (CcAct *act, const CcAnswer *work, GError **error)
{
  g_autoptr (CcStatement) statement =
      cc_connection_prepare (cc_act_get_connection (act),
                             "INSERT INTO questionnaire_answer (questionnaire, period_first, "
                             "period_last, tbl, cell,"
                             " value, reason, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                             error);

  if (statement == NULL)
    return FALSE;
  bind_place (statement, work);
  cc_statement_bind_text (statement, 6, work->value);
  if (work->reason != NULL)
    cc_statement_bind_text (statement, 7, work->reason);
  else
    cc_statement_bind_null (statement, 7);
  cc_statement_bind_int64 (statement, 8, cc_act_get_time (act));
  return cc_statement_run (statement, error);
}

void
cc_answer_free (CcAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->questionnaire);
  g_free (self->table);
  g_free (self->cell);
  g_free (self->value);
  g_free (self->reason);
  g_free (self);
}

/**
 * cc_act_set_answer:
 *
 * One answer per place; what stood there before is kept by the audit chain.
 *
 * Returns: %FALSE with an error: CC_ERROR_USAGE for a figure without a reason
 */
gboolean
cc_act_set_answer (CcAct *act, const CcAnswer *answer, GError **error)
{
  g_autofree char *old = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (act != NULL && answer != NULL, FALSE);

  if (*answer->table != '@' && (answer->reason == NULL || *answer->reason == '\0'))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "A typed figure needs a reason, because it replaces what was counted. Nothing "
                   "was stored.");
      return FALSE;
    }
  old = find_old (cc_act_get_connection (act), answer, error);
  if (old == NULL || !remove_old (cc_act_get_connection (act), answer, error))
    return FALSE;
  if (answer->value != NULL && !insert_new (act, answer, error))
    return FALSE;
  key = g_strdup_printf ("%s/%s/%s", answer->questionnaire, answer->table, answer->cell);
  return cc_act_log (act, "questionnaire_answer", key, *old != '\0' ? old : NULL, answer->value,
                     error);
}

static gboolean
store_answer (CcAct *act, gpointer user_data, GError **error)
{
  return cc_act_set_answer (act, user_data, error);
}

/**
 * cc_answer_set:
 *
 * The answer replaces the one given for the same place and periods.
 *
 * Returns: %FALSE with an error when nothing was stored
 */
gboolean
cc_answer_set (CcCaseFile *file,
               const char *questionnaire,
               CcInterval  periods,
               const char *table,
               const char *cell,
               const char *value,
               const char *reason,
               GError    **error)
{
  CcAnswer answer = { (char *) questionnaire, periods,        (char *) table,
                      (char *) cell,          (char *) value, (char *) reason };

  g_return_val_if_fail (file != NULL && questionnaire != NULL && table != NULL && cell != NULL,
                        FALSE);

  return cc_case_file_act (file, "answer", store_answer, &answer, NULL, error);
}

static gboolean
read_answers (CcConnection *reader, const char *questionnaire, GPtrArray *answers, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (reader,
                             "SELECT tbl, cell, value, reason, period_first, period_last"
                             " FROM questionnaire_answer WHERE questionnaire = ?1"
                             " AND value IS NOT NULL ORDER BY period_first, id",
                             error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, questionnaire);
  for (;;)
    {
      CcAnswer *answer;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      answer = g_new0 (CcAnswer, 1);
      answer->questionnaire = g_strdup (questionnaire);
      answer->table = g_strdup (cc_statement_text (rows, 0));
      answer->cell = g_strdup (cc_statement_text (rows, 1));
      answer->value = g_strdup (cc_statement_text (rows, 2));
      answer->reason =
          cc_statement_is_null (rows, 3) ? NULL : g_strdup (cc_statement_text (rows, 3));
      answer->periods = CC_INTERVAL_UNKNOWN;
      if (!cc_statement_is_null (rows, 4) && !cc_statement_is_null (rows, 5))
        answer->periods = (CcInterval){ (CcDay) cc_statement_int64 (rows, 4),
                                        (CcDay) cc_statement_int64 (rows, 5) };
      g_ptr_array_add (answers, answer);
    }
}

/**
 * cc_answer_list:
 *
 * Returns: (transfer full) (element-type CcAnswer): the answers; %NULL with an error
 */
GPtrArray *
cc_answer_list (CcCaseFile *file, const char *questionnaire, GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_answer_free);
  CcConnection *reader;
  gboolean      ok;

  g_return_val_if_fail (file != NULL && questionnaire != NULL, NULL);

  reader = cc_case_file_acquire_reader (file, error);
  if (reader == NULL)
    return NULL;
  ok = read_answers (reader, questionnaire, answers, error);
  cc_case_file_release_reader (file, reader);
  return ok ? g_steal_pointer (&answers) : NULL;
}

/**
 * cc_answer_get:
 *
 * Returns: (transfer full) (nullable): the value in force
 */
char *
cc_answer_get (CcCaseFile *file,
               const char *questionnaire,
               const char *table,
               const char *cell,
               GError    **error)
{
  CcConnection *reader;
  char         *value = NULL;
  gboolean      has_row = FALSE;

  g_return_val_if_fail (file != NULL && questionnaire != NULL && table != NULL && cell != NULL,
                        NULL);

  reader = cc_case_file_acquire_reader (file, error);
  if (reader == NULL)
    return NULL;
  {
    g_autoptr (CcStatement) statement =
        cc_connection_prepare (reader,
                               "SELECT value FROM questionnaire_answer WHERE questionnaire = ?1"
                               " AND tbl = ?2 AND cell = ?3"
                               " ORDER BY period_first DESC, id DESC LIMIT 1",
                               error);

    if (statement != NULL)
      {
        cc_statement_bind_text (statement, 1, questionnaire);
        cc_statement_bind_text (statement, 2, table);
        cc_statement_bind_text (statement, 3, cell);
        if (cc_statement_step (statement, &has_row, error) && has_row
            && !cc_statement_is_null (statement, 0))
          value = g_strdup (cc_statement_text (statement, 0));
      }
  }
  cc_case_file_release_reader (file, reader);
  return value;
}
