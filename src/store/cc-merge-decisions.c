/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-bind-private.h"

#include <string.h>

/* Verdicts on pairs carry their own time: of two verdicts on one pair the newer one stands. The
 * queue of proposals follows. */

typedef struct
{
  gint64      id;
  gint64      a, b; /* here */
  const char *kind;
  const char *verdict;
  const char *reason;
  const char *source;
  gint64      run; /* here */
  gint64      time;
  gboolean    fresh_a, fresh_b; /* the records were then as they are now */
} Verdict;

typedef struct
{
  gint64 id;
  char  *verdict;
  gint64 time;
} Standing;

static gboolean
find_standing (CcMerge *self, const Verdict *verdict, Standing *standing, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  memset (standing, 0, sizeof *standing);
  find = cc_connection_prepare (self->here,
                                "SELECT id, verdict, time FROM pair_decision"
                                " WHERE a = ?1 AND b = ?2 AND superseded_by IS NULL",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, verdict->a);
  cc_statement_bind_int64 (find, 2, verdict->b);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  standing->id = cc_statement_int64 (find, 0);
  standing->verdict = g_strdup (cc_statement_text (find, 1));
  standing->time = cc_statement_int64 (find, 2);
  return TRUE;
}

static gboolean
supersede (CcMerge *self, gint64 old, gint64 fresh, GError **error)
{
  g_autoptr (CcStatement) update = NULL;

  update =
      cc_connection_prepare (self->here,
                             "UPDATE pair_decision SET superseded_by = ?2 WHERE id = ?1", error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, old);
  cc_statement_bind_int64 (update, 2, fresh);
  return cc_statement_run (update, error);
}

static gboolean
take_verdict (CcMerge *self, const Verdict *verdict, const Standing *standing, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  GError      *problem = NULL;
  const gint64 id =
      1 + cc_connection_get_int64 (self->here, "SELECT max (id) FROM pair_decision", 0, &problem);
  char key[24];

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (standing->id != 0 && !supersede (self, standing->id, id, error))
    return FALSE;
  insert =
      cc_connection_prepare (self->here,
                             "INSERT INTO pair_decision (id, kind, a, b, verdict, reason, source, "
                             "run, time, act, hash_a,"
                             " hash_b) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                             " CASE WHEN ?11 THEN (SELECT digest FROM record WHERE id = ?3) END,"
                             " CASE WHEN ?12 THEN (SELECT digest FROM record WHERE id = ?4) END)",
                             error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, id);
  cc_statement_bind_text (insert, 2, verdict->kind);
  cc_statement_bind_int64 (insert, 3, verdict->a);
  cc_statement_bind_int64 (insert, 4, verdict->b);
  cc_statement_bind_text (insert, 5, verdict->verdict);
  cc_statement_bind_text (insert, 6, verdict->reason);
  cc_statement_bind_text (insert, 7, verdict->source);
  cc_bind_id (insert, 8, verdict->run);
  cc_statement_bind_int64 (insert, 9, verdict->time);
  cc_statement_bind_int64 (insert, 10, self->act->seq);
  cc_statement_bind_int64 (insert, 11, verdict->fresh_a);
  cc_statement_bind_int64 (insert, 12, verdict->fresh_b);
  if (!cc_statement_run (insert, error))
    return FALSE;
  cc_merge_map (self, "decision", verdict->id, id);
  self->result->others++;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
  return cc_act_log (self->act, "pair_decision", key, standing->verdict, verdict->verdict, error);
}

static gboolean
is_changed (CcTouches *touches, gint64 decision)
{
  char key[24];

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, decision);
  return cc_touches_find_row (touches, "pair_decision", key) != NULL;
}

/* Both sides looked at the pair since they last agreed, and saw it differently. */
static gboolean
report (CcMerge        *self,
        const Verdict  *verdict,
        const Standing *standing,
        gboolean        newer,
        GError        **error)
{
  g_autofree char *name =
      g_strdup_printf ("%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT, verdict->a, verdict->b);
  CcConflictEntry conflict = { 0 };

  if (standing->id == 0 || !is_changed (self->here_touches, standing->id)
      || !is_changed (self->there_touches, verdict->id))
    return TRUE;
  conflict.kind = CC_CONFLICT_ROW;
  conflict.record = verdict->a;
  conflict.table = "pair_decision";
  conflict.key = name;
  conflict.name = name;
  conflict.mine = standing->verdict;
  conflict.theirs = verdict->verdict;
  conflict.mine_time = standing->time;
  conflict.theirs_time = verdict->time;
  conflict.kept_theirs = newer;
  return cc_merge_add_conflict (self, &conflict, error);
}

/* A side that did not look again has nothing to say; where both did, the later one counts. */
static gboolean
is_newer (CcMerge *self, const Verdict *verdict, const Standing *standing)
{
  if (standing->id == 0)
    return TRUE;
  if (!is_changed (self->there_touches, verdict->id))
    return FALSE;
  return !is_changed (self->here_touches, standing->id)
         || cc_merge_is_newer (verdict->time, standing->time, verdict->verdict, standing->verdict);
}

static gboolean
merge_verdict (CcMerge *self, const Verdict *verdict, GError **error)
{
  Standing standing;
  gboolean newer;
  gboolean ok = find_standing (self, verdict, &standing, error);

  if (ok && standing.id != 0 && strcmp (standing.verdict, verdict->verdict) == 0)
    cc_merge_map (self, "decision", verdict->id, standing.id);
  else if (ok)
    {
      g_array_append_val (self->judged, verdict->a);
      g_array_append_val (self->judged, verdict->b);
      newer = is_newer (self, verdict, &standing);
      ok = report (self, verdict, &standing, newer, error)
           && (!newer || take_verdict (self, verdict, &standing, error));
    }
  g_free (standing.verdict);
  return ok;
}

static void
read_verdict (CcMerge *self, CcStatement *row, Verdict *verdict)
{
  gboolean swapped;
  gint64   a;

  verdict->id = cc_statement_int64 (row, 0);
  verdict->kind = cc_statement_text (row, 1);
  verdict->a = cc_merge_find (self, "record", cc_statement_int64 (row, 2));
  verdict->b = cc_merge_find (self, "record", cc_statement_int64 (row, 3));
  verdict->verdict = cc_statement_text (row, 4);
  verdict->reason = cc_statement_text (row, 5);
  verdict->source = cc_statement_text (row, 6);
  verdict->run = cc_merge_find (self, "run", cc_statement_int64 (row, 7));
  verdict->time = cc_statement_int64 (row, 8);
  verdict->fresh_a = cc_statement_int64 (row, 9) != 0;
  verdict->fresh_b = cc_statement_int64 (row, 10) != 0;
  swapped = verdict->a > verdict->b;
  if (swapped)
    {
      a = verdict->b;
      verdict->b = verdict->a;
      verdict->a = a;
      a = verdict->fresh_b;
      verdict->fresh_b = verdict->fresh_a;
      verdict->fresh_a = a != 0;
    }
}

/* What waits for review there and is unknown here waits here; what was decided on either side does
 * not wait any more. */
static gboolean
merge_proposals (CcMerge *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  g_autoptr (CcStatement) insert = NULL;
  g_autoptr (CcStatement) settle = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->there,
                                "SELECT run, kind, a, b, weight, probability, levels, state"
                                " FROM proposal ORDER BY id",
                                error);
  insert =
      rows != NULL
          ? cc_connection_prepare (self->here,
                                   "INSERT INTO proposal (run, kind, a, b, weight, probability,"
                                   " levels, state) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"
                                   " WHERE NOT EXISTS (SELECT 1 FROM proposal"
                                   " WHERE a = ?3 AND b = ?4)",
                                   error)
          : NULL;
  settle = insert != NULL
               ? cc_connection_prepare (self->here,
                                        "UPDATE proposal SET state = ?3 WHERE a = ?1 AND b = ?2"
                                        " AND state = 'open' AND ?3 <> 'open'",
                                        error)
               : NULL;
  if (settle == NULL)
    return FALSE;
  while (has_row)
    {
      gint64 a, b, run;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      run = cc_merge_find (self, "run", cc_statement_int64 (rows, 0));
      a = cc_merge_find (self, "record", cc_statement_int64 (rows, 2));
      b = cc_merge_find (self, "record", cc_statement_int64 (rows, 3));
      if (a == 0 || b == 0 || run == 0)
        continue;
      cc_statement_bind_int64 (insert, 1, run);
      cc_statement_bind_text (insert, 2, cc_statement_text (rows, 1));
      cc_statement_bind_int64 (insert, 3, MIN (a, b));
      cc_statement_bind_int64 (insert, 4, MAX (a, b));
      cc_statement_bind_double (insert, 5, cc_statement_double (rows, 4));
      cc_statement_bind_double (insert, 6, cc_statement_double (rows, 5));
      cc_statement_bind_int64 (insert, 7, cc_statement_int64 (rows, 6));
      cc_statement_bind_text (insert, 8, cc_statement_text (rows, 7));
      cc_statement_bind_int64 (settle, 1, MIN (a, b));
      cc_statement_bind_int64 (settle, 2, MAX (a, b));
      cc_statement_bind_text (settle, 3, cc_statement_text (rows, 7));
      if (!cc_statement_run (insert, error) || !cc_statement_run (settle, error))
        return FALSE;
    }
  return cc_connection_execute (self->here,
                                "UPDATE proposal SET state = 'decided' WHERE state = 'open'"
                                " AND EXISTS (SELECT 1 FROM pair_decision d WHERE d.a = proposal.a"
                                "  AND d.b = proposal.b AND d.superseded_by IS NULL"
                                "  AND d.verdict <> 'undecided')",
                                error);
}

gboolean
cc_merge_decisions (CcMerge *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (
      self->there,
      "SELECT d.id, d.kind, d.a, d.b, d.verdict, d.reason, d.source, d.run, d.time,"
      " ra.digest IS d.hash_a, rb.digest IS d.hash_b"
      " FROM pair_decision d JOIN record ra ON ra.id = d.a JOIN record rb ON rb.id = d.b"
      " WHERE d.superseded_by IS NULL ORDER BY d.id",
      error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      Verdict verdict;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      read_verdict (self, rows, &verdict);
      if (verdict.a != 0 && verdict.b != 0 && !merge_verdict (self, &verdict, error))
        return FALSE;
    }
  return merge_proposals (self, error);
}
