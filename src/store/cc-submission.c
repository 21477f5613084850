/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-record-list.h>
#include <cc/store/cc-returns.h>

void
cc_submission_free (CcSubmission *self)
{
  if (self == NULL)
    return;
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->state);
  g_free (self);
}

static void
bind_counts (CcStatement *statement, int index, const CcSubmission *submission)
{
  cc_statement_bind_int64 (statement, index, submission->rows);
  cc_statement_bind_int64 (statement, index + 1, submission->accepted);
  cc_statement_bind_int64 (statement, index + 2, submission->parked);
  cc_statement_bind_int64 (statement, index + 3, submission->rejected);
}

gboolean
cc_act_add_submission (CcAct *act, CcSubmission *submission, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  char key[24];

  g_return_val_if_fail (act != NULL && submission != NULL, FALSE);
  /* What a delivery brings is taken back by withdrawing it. */
  if (!submission->nil)
    cc_capture_stop (cc_writer_get_capture (act->writer));
  insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO submission (entity, first, last, file_name, sha256, "
                             "received, rows, accepted,"
                             " parked, rejected, nil, profile_version, replaces)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                             error);
  if (insert == NULL)
    return FALSE;
  submission->received = act->time;
  g_free (submission->state);
  submission->state = g_strdup ("live");
  cc_statement_bind_int64 (insert, 1, submission->entity);
  cc_bind_day (insert, 2, submission->period.first);
  cc_bind_day (insert, 3, submission->period.last);
  cc_statement_bind_text (insert, 4, submission->file_name);
  cc_statement_bind_text (insert, 5, submission->sha256);
  cc_statement_bind_int64 (insert, 6, submission->received);
  bind_counts (insert, 7, submission);
  cc_statement_bind_int64 (insert, 11, submission->nil);
  cc_bind_id (insert, 12, submission->profile_version);
  cc_bind_id (insert, 13, submission->replaces);
  if (!cc_statement_run (insert, error))
    return FALSE;
  submission->id = cc_connection_last_id (act->connection);
  cc_act_seal_delivery (act, submission->id);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, submission->id);
  return cc_act_log (act, "submission", key, NULL,
                     submission->nil ? "nil return" : submission->sha256, error);
}

/* Writes the counts, the profile and the state of a delivery that cc_act_add_submission () made. */
gboolean
cc_act_update_submission (CcAct *act, const CcSubmission *submission, GError **error)
{
  g_autoptr (CcStatement) update = NULL;
  char             key[24];
  g_autofree char *after = NULL;

  update = cc_connection_prepare (act->connection,
                                  "UPDATE submission SET rows = ?2, accepted = ?3, parked = ?4, "
                                  "rejected = ?5,"
                                  " profile_version = ?6, state = ?7, replaces = ?8 WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, submission->id);
  bind_counts (update, 2, submission);
  cc_bind_id (update, 6, submission->profile_version);
  cc_statement_bind_text (update, 7, submission->state);
  cc_bind_id (update, 8, submission->replaces);
  cc_act_seal (act, CC_SEAL_DELIVERY, submission->id);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, submission->id);
  after = g_strdup_printf ("rows=%" G_GINT64_FORMAT ";accepted=%" G_GINT64_FORMAT
                           ";parked=%" G_GINT64_FORMAT ";rejected=%" G_GINT64_FORMAT ";state=%s",
                           submission->rows, submission->accepted, submission->parked,
                           submission->rejected, submission->state);
  return cc_statement_run (update, error)
         && cc_act_log (act, "submission", key, NULL, after, error);
}

gboolean
cc_act_expect_return (CcAct *act, gint64 entity, CcInterval period, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  g_autofree char *text = cc_interval_to_iso (period);
  char             key[24];

  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO expected_return (entity, first, last) VALUES (?1, "
                                  "?2, ?3)",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, entity);
  cc_bind_day (insert, 2, period.first);
  cc_bind_day (insert, 3, period.last);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, entity);
  return cc_statement_run (insert, error)
         && cc_act_log (act, "expected_return", key, NULL, text, error);
}

gint64
cc_act_add_source_row (CcAct      *act,
                       gint64      submission,
                       const char *sheet,
                       gint64      row,
                       const char *cells,
                       const char *state,
                       const char *reason,
                       GError    **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO source_row (submission, sheet, row, cells, state, reason)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                             error);
  if (insert == NULL || !cc_act_needs_audit (act, error))
    return 0;
  cc_act_seal (act, CC_SEAL_ROWS, submission);
  cc_statement_bind_int64 (insert, 1, submission);
  cc_statement_bind_text (insert, 2, sheet);
  cc_statement_bind_int64 (insert, 3, row);
  cc_statement_bind_text (insert, 4, cells);
  cc_statement_bind_text (insert, 5, state);
  cc_statement_bind_text (insert, 6, reason);
  return cc_statement_run (insert, error) ? cc_connection_last_id (act->connection) : 0;
}

gboolean
cc_act_set_source_row_state (CcAct      *act,
                             gint64      source_row,
                             const char *state,
                             const char *reason,
                             GError    **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *delivery =
      g_strdup_printf ("SELECT submission FROM source_row WHERE id = %" G_GINT64_FORMAT,
                       source_row);
  char key[24];

  update =
      cc_connection_prepare (act->connection,
                             "UPDATE source_row SET state = ?2, reason = ?3 WHERE id = ?1", error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, source_row);
  cc_statement_bind_text (update, 2, state);
  cc_statement_bind_text (update, 3, reason);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, source_row);
  return cc_statement_run (update, error) && cc_act_seal_all (act, CC_SEAL_ROWS, delivery, error)
         && cc_act_log (act, "source_row", key, NULL, state, error);
}

gint64
cc_act_add_aggregate_cell (CcAct      *act,
                           gint64      submission,
                           gint64      source_row,
                           gint64      event,
                           const char *unit,
                           CcInterval  period,
                           const char *categories,
                           gint64      count,
                           GError    **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO aggregate_cell (submission, source_row, event, "
                                  "unit, first, last, categories,"
                                  " count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                  error);
  if (insert == NULL || !cc_act_needs_audit (act, error))
    return 0;
  cc_act_seal (act, CC_SEAL_COUNTS, submission);
  cc_statement_bind_int64 (insert, 1, submission);
  cc_bind_id (insert, 2, source_row);
  cc_bind_id (insert, 3, event);
  cc_statement_bind_text (insert, 4, unit);
  cc_bind_day (insert, 5, period.first);
  cc_bind_day (insert, 6, period.last);
  cc_statement_bind_text (insert, 7, categories);
  cc_statement_bind_int64 (insert, 8, count);
  return cc_statement_run (insert, error) ? cc_connection_last_id (act->connection) : 0;
}

static CcSubmission *
read_submission (CcStatement *row)
{
  CcSubmission *submission = g_new0 (CcSubmission, 1);

  submission->id = cc_statement_int64 (row, 0);
  submission->entity = cc_statement_int64 (row, 1);
  submission->period.first = cc_read_day (row, 2);
  submission->period.last = cc_read_day (row, 3);
  submission->file_name = g_strdup (cc_statement_text (row, 4));
  submission->sha256 = g_strdup (cc_statement_text (row, 5));
  submission->received = cc_statement_int64 (row, 6);
  submission->rows = cc_statement_int64 (row, 7);
  submission->accepted = cc_statement_int64 (row, 8);
  submission->parked = cc_statement_int64 (row, 9);
  submission->rejected = cc_statement_int64 (row, 10);
  submission->nil = cc_statement_int64 (row, 11) != 0;
  submission->profile_version = cc_statement_int64 (row, 12);
  submission->replaces = cc_statement_int64 (row, 13);
  submission->state = g_strdup (cc_statement_text (row, 14));
  return submission;
}

static gboolean
read_submissions (CcConnection *connection, GPtrArray *submissions, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT id, entity, first, last, file_name, sha256, received,"
                                " rows, accepted, " CC_STILL_PARKED ", rejected, nil,"
                                " profile_version, replaces, state FROM submission s ORDER BY id",
                                error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (submissions, read_submission (rows));
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type CcSubmission): all deliveries, withdrawn ones too, in the
 *   order they arrived */
GPtrArray *
cc_submission_list (CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) submissions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_submission_free);
  CcConnection *connection;
  gboolean      ok;

  g_return_val_if_fail (file != NULL, NULL);
  connection = cc_case_file_acquire_reader (file, error);
  if (connection == NULL)
    return NULL;
  ok = read_submissions (connection, submissions, error);
  cc_case_file_release_reader (file, connection);
  return ok ? g_steal_pointer (&submissions) : NULL;
}

/* Cases that came for a day of the period speak against "no case". */
static gboolean
check_nil (CcConnection *connection, const CcSubmission *nil, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (connection,
                                "SELECT file_name, accepted + parked, first, last FROM submission"
                                " WHERE entity = ?1 AND nil = 0 AND state = 'live'"
                                " AND accepted + parked > 0 AND first <= ?3 AND last >= ?2"
                                " ORDER BY id LIMIT 1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, nil->entity);
  cc_statement_bind_int64 (find, 2, nil->period.first);
  cc_statement_bind_int64 (find, 3, nil->period.last);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      CcInterval       period = { cc_read_day (find, 2), cc_read_day (find, 3) };
      g_autofree char *covered = cc_interval_to_iso (period);

      g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                   "The delivery “%s” covers %s and holds %" G_GINT64_FORMAT
                   " rows with cases, so this cannot be a period without a case. Nothing was "
                   "noted. Name a period that no delivery covers.",
                   cc_statement_text (find, 0) ? cc_statement_text (find, 0) : "", covered,
                   cc_statement_int64 (find, 1));
    }
  return !has_row;
}

gint64
cc_act_add_nil (CcAct *act, gint64 entity, CcInterval period, GError **error)
{
  CcSubmission submission = { .entity = entity, .period = period, .nil = TRUE };
  gboolean     ok;

  ok = check_nil (act->connection, &submission, error)
       && cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  return ok ? submission.id : 0;
}

typedef struct
{
  gint64     entity;
  CcInterval period;
  gint64     id;
} NilReturn;

static gboolean
add_nil (CcAct *act, gpointer data, GError **error)
{
  NilReturn *nil = data;

  nil->id = cc_act_add_nil (act, nil->entity, nil->period, error);
  return nil->id != 0;
}

/**
 * Notes that an entity states it had no case in a period, which is not the same as silence.
 *
 * Returns: the delivery's id; 0 with CC_ERROR_EXISTS where a live delivery of the entity holds rows
 *   and covers a day of the period, or another error
 */
gint64
cc_submission_add_nil (CcCaseFile *file, gint64 entity, CcInterval period, GError **error)
{
  NilReturn nil = { entity, period, 0 };

  return cc_case_file_act (file, "nil", add_nil, &nil, NULL, error) ? nil.id : 0;
}
