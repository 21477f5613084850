/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/report/cc-answer.h>

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>

typedef struct
{
  const char *questionnaire, *table, *cell, *value, *reason;
  CcInterval  periods;
} AnswerWork;

static void
bind_place (CcStatement *statement, const AnswerWork *work)
{
  cc_statement_bind_text (statement, 1, work->questionnaire);
  cc_statement_bind_int64 (statement, 2, work->periods.first);
  cc_statement_bind_int64 (statement, 3, work->periods.last);
  cc_statement_bind_text (statement, 4, work->table);
  cc_statement_bind_text (statement, 5, work->cell);
}

static char *
find_old (CcConnection *connection, const AnswerWork *work, GError **error)
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
remove_old (CcConnection *connection, const AnswerWork *work, GError **error)
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
insert_new (CcAct *act, const AnswerWork *work, GError **error)
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

/* One answer per place; what stood there before is kept by the audit chain. */
static gboolean
store_answer (CcAct *act, gpointer user_data, GError **error)
{
  const AnswerWork *work = user_data;
  g_autofree char  *old = find_old (cc_act_get_connection (act), work, error);
  g_autofree char  *key = NULL;

  if (old == NULL || !remove_old (cc_act_get_connection (act), work, error))
    return FALSE;
  if (work->value != NULL && !insert_new (act, work, error))
    return FALSE;
  key = g_strdup_printf ("%s/%s/%s", work->questionnaire, work->table, work->cell);
  return cc_act_log (act, "questionnaire_answer", key, *old != '\0' ? old : NULL, work->value,
                     error);
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
  AnswerWork work = { questionnaire, table, cell, value, reason, periods };

  g_return_val_if_fail (file != NULL && questionnaire != NULL && table != NULL && cell != NULL,
                        FALSE);

  if (*table != '@' && (reason == NULL || *reason == '\0'))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "A typed figure needs a reason, because it replaces what was counted. Nothing "
                   "was stored.");
      return FALSE;
    }
  return cc_case_file_act (file, "answer", store_answer, &work, NULL, error);
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
