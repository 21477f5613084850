/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-choice.h>

static gboolean
check_member (CcAct *act, gint64 cluster, gint64 record, GError **error)
{
  const gint64 found = record != 0 ? cc_act_find_cluster (act, record, error) : cluster;

  if (found < 0)
    return FALSE;
  if (found == cluster)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "This record no longer belongs to this person. Nothing was changed. Look at "
                       "the person again and choose anew.");
  return FALSE;
}

static gboolean
find_choice (CcAct *act, gint64 cluster, gint64 variable, gint64 *record, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (act->connection,
                             "SELECT record FROM cluster_choice WHERE cluster = ?1 AND variable = "
                             "?2",
                             error);
  gboolean has_row;

  *record = 0;
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, cluster);
  cc_statement_bind_int64 (find, 2, variable);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *record = cc_statement_int64 (find, 0);
  return TRUE;
}

gboolean
cc_act_choose_value (CcAct            *act,
                     gint64            cluster,
                     const CcVariable *variable,
                     gint64            record,
                     GError          **error)
{
  const gint64 id = cc_case_file_variable_id (cc_act_get_file (act), variable);
  g_autoptr (CcStatement) change = NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "/%s", cluster, variable->id);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64           old;

  if (!cc_act_needs_audit (act, error) || !check_member (act, cluster, record, error)
      || !find_choice (act, cluster, id, &old, error))
    return FALSE;
  if (old == record)
    return TRUE;
  change = cc_connection_prepare (act->connection,
                                  record != 0
                                      ? "INSERT OR REPLACE INTO cluster_choice VALUES (?1, ?2, ?3)"
                                      : "DELETE FROM cluster_choice WHERE cluster = ?1"
                                        " AND variable = ?2",
                                  error);
  if (change == NULL)
    return FALSE;
  cc_statement_bind_int64 (change, 1, cluster);
  cc_statement_bind_int64 (change, 2, id);
  if (record != 0)
    cc_statement_bind_int64 (change, 3, record);
  before = old != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, old) : NULL;
  after = record != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, record) : NULL;
  return cc_statement_run (change, error)
         && cc_act_log (act, "cluster_choice", key, before, after, error)
         && cc_act_mark_dirty (act, cluster, error);
}
