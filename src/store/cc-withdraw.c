/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-difference-private.h"
#include "cc-said-private.h"
#include "cc-value-private.h"

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
         && cc_watch_take (self, CC_DIFFERENCE_GONE, id, NULL, NULL, error)
         && cc_act_log (self, "record", key, "live", "withdrawn", error);
}

gboolean
cc_act_withdraw_submission (CcAct *self, gint64 submission, guint *n_records, GError **error)
{
  return cc_said_turn (self, submission, FALSE, 0, n_records, error);
}
