/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-value-private.h"

#include <cc/base/cc-error.h>

/**
 * Withdraws a record: it stays in the file and out of every count. Its membership ends; decisions
 * about it sleep until its UUID comes back. Withdrawing twice does nothing.
 */
gboolean
cc_act_withdraw_record (CcAct *self, gint64 id, GError **error)
{
  const CcUnitPlan *plan;
  CcStatement      *withdraw;
  gint64            parents[2];
  char              key[24];

  if (!cc_act_needs_audit (self, error))
    return FALSE;
  plan = cc_case_file_find_record_plan (self->file, self->connection, id, parents, error);
  withdraw = plan != NULL ? cc_act_statement (self, CC_SQL_WITHDRAW_RECORD, error) : NULL;
  if (withdraw == NULL)
    return FALSE;
  cc_statement_bind_int64 (withdraw, 1, id);
  if (!cc_statement_run (withdraw, error))
    return FALSE;
  if (sqlite3_changes (self->connection->db) == 0)
    return TRUE;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
  return cc_act_mark_affected (self, plan, id, parents, FALSE, error)
         && (!plan->clustered || cc_act_end_membership (self, id, error))
         && cc_act_log (self, "record", key, "live", "withdrawn", error);
}

static GArray *
list_records (CcAct *self, gint64 submission, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;

  rows = cc_connection_prepare (self->connection,
                                "SELECT id FROM record WHERE submission = ?1 AND state = 0 ORDER "
                                "BY id",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, submission);
  return cc_statement_list_ids (rows, error);
}

/**
 * Takes a delivery back as a whole: withdraws the records that stand in its name and marks it.
 *
 * n_records: (out) (nullable): how many records were withdrawn
 */
gboolean
cc_act_withdraw_submission (CcAct *self, gint64 submission, guint *n_records, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CcStatement) update = NULL;
  char key[24];

  if (!cc_act_needs_audit (self, error))
    return FALSE;
  /* The delivery and its records say by their state what they were before. */
  cc_capture_stop (cc_writer_get_capture (self->writer));
  update = cc_connection_prepare (self->connection,
                                  "UPDATE submission SET state = 'withdrawn' WHERE id = ?1 AND "
                                  "state = 'live'",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, submission);
  if (!cc_statement_run (update, error))
    return FALSE;
  if (sqlite3_changes (self->connection->db) == 0)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           "There is no such delivery, or it was taken back before. Nothing was "
                           "changed.");
      return FALSE;
    }
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, submission);
  ids = list_records (self, submission, error);
  if (ids == NULL || !cc_act_log (self, "submission", key, "live", "withdrawn", error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!cc_act_withdraw_record (self, g_array_index (ids, gint64, i), error))
      return FALSE;
  if (n_records != NULL)
    *n_records = ids->len;
  return TRUE;
}
