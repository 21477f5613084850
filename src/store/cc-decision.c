/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-decision.h>

static const char *const verdicts[] = { [CC_VERDICT_UNDECIDED] = "undecided",
                                        [CC_VERDICT_SAME] = "same",
                                        [CC_VERDICT_DIFFERENT] = "different",
                                        [CC_VERDICT_RELATED] = "related" };

void
cc_pair_decision_free (CcPairDecision *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->reason);
  g_free (self->source);
  g_free (self);
}

const char *
cc_verdict_to_text (CcVerdict verdict)
{
  return verdicts[verdict];
}

gboolean
cc_verdict_from_text (const char *text, CcVerdict *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (text, verdicts[i]) == 0)
      {
        *verdict = (CcVerdict) i;
        return TRUE;
      }
  return FALSE;
}

/* Both records must be there and of the kind. */
static gboolean
check_pair (CcAct *act, const CcPairDecision *decision, GError **error)
{
  g_autoptr (CcStatement) count = NULL;
  gboolean has_row = FALSE;

  count = cc_connection_prepare (act->connection,
                                 "SELECT count (*) FROM record WHERE id IN (?1, ?2) AND unit = ?3",
                                 error);
  if (count == NULL)
    return FALSE;
  cc_statement_bind_int64 (count, 1, decision->a);
  cc_statement_bind_int64 (count, 2, decision->b);
  cc_statement_bind_text (count, 3, decision->kind);
  if (!cc_statement_step (count, &has_row, error))
    return FALSE;
  if (cc_statement_int64 (count, 0) == 2)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "A decision needs two different records of the same kind, and these are "
                       "not. Nothing was changed.");
  return FALSE;
}

/* Ends the verdict in force on the pair, in favour of the one to come. */
static gboolean
supersede (CcAct *act, const CcPairDecision *decision, char **before, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  g_autoptr (CcStatement) update = NULL;
  gboolean has_row;

  find = cc_connection_prepare (act->connection,
                                "SELECT verdict FROM pair_decision WHERE a = ?1 AND b = ?2 AND "
                                "superseded_by IS NULL",
                                error);
  update = find != NULL ? cc_connection_prepare (act->connection,
                                                 "UPDATE pair_decision SET superseded_by = ?3 "
                                                 "WHERE a = ?1 AND b = ?2"
                                                 " AND superseded_by IS NULL",
                                                 error)
                        : NULL;
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, decision->a);
  cc_statement_bind_int64 (find, 2, decision->b);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *before = g_strdup (cc_statement_text (find, 0));
  cc_statement_reset (find);
  cc_statement_bind_int64 (update, 1, decision->a);
  cc_statement_bind_int64 (update, 2, decision->b);
  cc_statement_bind_int64 (update, 3, decision->id);
  return cc_statement_run (update, error);
}

static gboolean
insert_decision (CcAct *act, const CcPairDecision *decision, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (
      act->connection,
      "INSERT INTO pair_decision (id, kind, a, b, verdict, reason, source, run, time, act, hash_a,"
      " hash_b) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
      " (SELECT digest FROM record WHERE id = ?3), (SELECT digest FROM record WHERE id = ?4))",
      error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, decision->id);
  cc_statement_bind_text (insert, 2, decision->kind);
  cc_statement_bind_int64 (insert, 3, decision->a);
  cc_statement_bind_int64 (insert, 4, decision->b);
  cc_statement_bind_text (insert, 5, verdicts[decision->verdict]);
  cc_statement_bind_text (insert, 6, decision->reason);
  cc_statement_bind_text (insert, 7, decision->source);
  cc_bind_id (insert, 8, decision->run);
  cc_statement_bind_int64 (insert, 9, decision->time);
  cc_statement_bind_int64 (insert, 10, act->seq);
  return cc_statement_run (insert, error);
}

gboolean
cc_act_add_decision (CcAct *act, CcPairDecision *decision, GError **error)
{
  g_autofree char *before = NULL;
  GError          *problem = NULL;
  char             key[24];

  g_return_val_if_fail (decision->kind != NULL && decision->source != NULL, FALSE);
  if (decision->a > decision->b)
    {
      const gint64 a = decision->b;

      decision->b = decision->a;
      decision->a = a;
    }
  if (!cc_act_needs_audit (act, error) || !check_pair (act, decision, error))
    return FALSE;
  decision->id = 1
                 + cc_connection_get_int64 (act->connection, "SELECT max (id) FROM pair_decision",
                                            0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  decision->time = act->time;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, decision->id);
  return supersede (act, decision, &before, error) && insert_decision (act, decision, error)
         && cc_act_log (act, "pair_decision", key, before, verdicts[decision->verdict], error);
}

static CcPairDecision *
read_decision (CcStatement *row)
{
  CcPairDecision *decision = g_new0 (CcPairDecision, 1);

  decision->id = cc_statement_int64 (row, 0);
  decision->kind = g_strdup (cc_statement_text (row, 1));
  decision->a = cc_statement_int64 (row, 2);
  decision->b = cc_statement_int64 (row, 3);
  (void) cc_verdict_from_text (cc_statement_text (row, 4), &decision->verdict);
  decision->reason = g_strdup (cc_statement_text (row, 5));
  decision->source = g_strdup (cc_statement_text (row, 6));
  decision->run = cc_statement_int64 (row, 7);
  decision->time = cc_statement_int64 (row, 8);
  decision->stale = cc_statement_int64 (row, 9) != 0;
  return decision;
}

/* Returns: (transfer full) (element-type CcPairDecision) */
GPtrArray *
cc_store_list_decisions (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) decisions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_pair_decision_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (
      connection,
      "SELECT d.id, d.kind, d.a, d.b, d.verdict, d.reason, d.source, d.run, d.time,"
      " ra.digest IS NOT d.hash_a OR rb.digest IS NOT d.hash_b"
      " FROM pair_decision d JOIN record ra ON ra.id = d.a JOIN record rb ON rb.id = d.b"
      " WHERE d.superseded_by IS NULL AND (?1 IS NULL OR d.kind = ?1) ORDER BY d.a, d.b",
      error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_text (rows, 1, kind);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (decisions, read_decision (rows));
    }
  return g_steal_pointer (&decisions);
}
