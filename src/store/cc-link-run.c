/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/store/cc-decision.h>

static gint64
log_new (CcAct *act, const char *table, const char *what, GError **error)
{
  const gint64 id = cc_connection_last_id (act->connection);
  char         key[24];

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
  return cc_act_log (act, table, key, NULL, what, error) ? id : 0;
}

gint64
cc_act_add_link_model (CcAct *act, const char *kind, int version, const char *body, GError **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO link_model (kind, version, body) VALUES (?1, ?2, ?3)",
                             error);

  if (insert == NULL)
    return 0;
  cc_statement_bind_text (insert, 1, kind);
  cc_statement_bind_int64 (insert, 2, version);
  cc_statement_bind_text (insert, 3, body);
  return cc_statement_run (insert, error) ? log_new (act, "link_model", kind, error) : 0;
}

gint64
cc_act_add_link_run (CcAct      *act,
                     const char *kind,
                     gint64      model,
                     gint64      seed,
                     double      accept,
                     gint64      records,
                     gint64      pairs,
                     GError    **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO link_run (kind, model, seed, accept, records, "
                                  "pairs, time, act)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                  error);
  if (insert == NULL)
    return 0;
  cc_statement_bind_text (insert, 1, kind);
  cc_bind_id (insert, 2, model);
  cc_statement_bind_int64 (insert, 3, seed);
  if (accept >= 0)
    cc_statement_bind_double (insert, 4, accept);
  cc_statement_bind_int64 (insert, 5, records);
  cc_statement_bind_int64 (insert, 6, pairs);
  cc_statement_bind_int64 (insert, 7, act->time);
  cc_statement_bind_int64 (insert, 8, act->seq);
  return cc_statement_run (insert, error) ? log_new (act, "link_run", kind, error) : 0;
}

/* Proposals are what a run found; the run is logged, its thousands of proposals are not. */
gint64
cc_act_add_proposal (CcAct      *act,
                     gint64      run,
                     const char *kind,
                     gint64      a,
                     gint64      b,
                     double      weight,
                     double      probability,
                     guint64     levels,
                     GError    **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO proposal (run, kind, a, b, weight, probability, levels)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                             error);
  if (insert == NULL || !cc_act_needs_audit (act, error))
    return 0;
  cc_statement_bind_int64 (insert, 1, run);
  cc_statement_bind_text (insert, 2, kind);
  cc_statement_bind_int64 (insert, 3, MIN (a, b));
  cc_statement_bind_int64 (insert, 4, MAX (a, b));
  cc_statement_bind_double (insert, 5, weight);
  cc_statement_bind_double (insert, 6, probability);
  cc_statement_bind_int64 (insert, 7, (gint64) levels);
  return cc_statement_run (insert, error) ? cc_connection_last_id (act->connection) : 0;
}

/* state: open, accepted, decided or withdrawn */
gboolean
cc_act_set_proposal_state (CcAct *act, gint64 proposal, const char *state, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (act->connection, "UPDATE proposal SET state = ?2 WHERE id = ?1",
                             error);
  char key[24];

  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, proposal);
  cc_statement_bind_text (update, 2, state);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, proposal);
  return cc_statement_run (update, error) && cc_act_log (act, "proposal", key, NULL, state, error);
}

gboolean
cc_act_withdraw_proposals (CcAct *act, const char *kind, GError **error)
{
  g_autoptr (CcStatement) update = NULL;

  update = cc_connection_prepare (act->connection,
                                  "UPDATE proposal SET state = 'withdrawn' WHERE state = 'open' "
                                  "AND kind = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_text (update, 1, kind);
  return cc_statement_run (update, error)
         && cc_act_log (act, "proposal", kind, "open", "withdrawn", error);
}
