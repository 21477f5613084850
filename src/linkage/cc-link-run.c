/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MODEL_VERSION 1

/* A scored pair by record ids, a < b. */
typedef struct
{
  gint64   a;
  gint64   b;
  double   weight; /* bits */
  double   probability;
  guint64  levels;
  gboolean joined;
} Pair;

/* What the act writes. */
typedef struct
{
  const char         *kind;
  const CcLinkParams *params;
  CcProgress         *progress;
  CcLinkCounts       *counts;
  char               *model; /* NULL for events */
  GArray             *pairs; /* Pair by (a, b) */
  GArray             *ties;  /* indices of pairs that the accept level joins */
} Outcome;

static gboolean
take_verdicts (CcConnection *connection,
               CcLinkTable  *table,
               const char   *kind,
               GArray       *verdicts,
               GError      **error)
{
  g_autoptr (GPtrArray) decisions = cc_store_list_decisions (connection, kind, error);

  if (!decisions)
    return FALSE;
  for (guint i = 0; i < decisions->len; i++)
    {
      const CcPairDecision *at = decisions->pdata[i];
      CcLinkVerdict         verdict;
      int                   a = cc_link_find_record (table, at->a);
      int                   b = cc_link_find_record (table, at->b);

      /* What an earlier run accepted is found again or not; only people bind. A "different" whose
       * records have changed since is proposed again. */
      if (a < 0 || b < 0 || strcmp (at->source, "accept-level") == 0
          || at->verdict == CC_VERDICT_UNDECIDED || (at->stale && at->verdict != CC_VERDICT_SAME))
        continue;
      verdict = (CcLinkVerdict){ (guint32) a, (guint32) b, at->verdict == CC_VERDICT_SAME };
      g_array_append_val (verdicts, verdict);
    }
  return TRUE;
}

typedef struct
{
  const GArray *pairs;
  guint         index;
} Ranked;

static int
order_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;
  double        wx = g_array_index (x->pairs, Pair, x->index).weight;
  double        wy = g_array_index (y->pairs, Pair, y->index).weight;

  if (wx != wy)
    return wx > wy ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static guint32
find_root (guint32 *parents, guint32 at)
{
  while (parents[at] != at)
    at = parents[at] = parents[parents[at]];
  return at;
}

/* The strongest pairs that hold each accepted cluster together: a maximum spanning forest. Clusters
 * that people hold together need no other tie. */
static void
choose_ties (Outcome *outcome, CcLinkTable *table, const CcLinkResult *result)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  g_autofree guint32 *parents = g_new (guint32, MAX (result->n_records, 1));

  for (guint i = 0; i < result->n_records; i++)
    parents[i] = i;
  for (guint i = 0; i < outcome->params->n_verdicts; i++)
    if (outcome->params->verdicts[i].same)
      {
        guint32 a = find_root (parents, outcome->params->verdicts[i].a);
        guint32 b = find_root (parents, outcome->params->verdicts[i].b);

        parents[MAX (a, b)] = MIN (a, b);
      }
  for (guint i = 0; i < outcome->pairs->len; i++)
    if (g_array_index (outcome->pairs, Pair, i).joined)
      {
        Ranked at = { outcome->pairs, i };

        g_array_append_val (ranked, at);
      }
  g_array_sort (ranked, order_ranked);
  for (guint i = 0; i < ranked->len; i++)
    {
      guint           index = g_array_index (ranked, Ranked, i).index;
      CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, index);
      guint32         a = find_root (parents, at->a);
      guint32         b = find_root (parents, at->b);

      if (a == b)
        continue;
      parents[MAX (a, b)] = MIN (a, b);
      g_array_append_val (outcome->ties, index);
    }
}

static void
take_result (Outcome *outcome, CcLinkTable *table, const CcLinkResult *result)
{
  outcome->counts->records = result->n_records;
  outcome->counts->pairs_compared = result->n_compared;
  for (guint i = 0; i < result->n_keys; i++)
    outcome->counts->lost_pairs += result->keys[i].n_lost_pairs;
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      Pair                  pair = {
                         cc_link_table_get_record_id (table, at->a),
                         cc_link_table_get_record_id (table, at->b),
                         at->weight / 64.0,
                         at->probability,
                         at->levels,
                         at->joined,
      };

      g_array_append_val (outcome->pairs, pair);
    }
  choose_ties (outcome, table, result);
  outcome->model = g_strdup (result->model);
}

/* Victims and perpetrators: prepared and linked by the engine. */
static gboolean
link_persons (CcCaseFile   *file,
              CcConnection *connection,
              const char   *unit,
              Outcome      *outcome,
              GError      **error)
{
  g_autoptr (CcLinkTable) table = cc_link_prepare (file, connection, unit, error);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  g_autoptr (CcLinkResult) result = NULL;
  const CcLinkParams *asked = outcome->params;
  CcLinkParams        params = *asked;

  if (!table || !take_verdicts (connection, table, outcome->kind, verdicts, error))
    return FALSE;
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  result = cc_link_engine_run (table, &params, outcome->progress, error);
  if (!result)
    return FALSE;
  outcome->params = &params;
  take_result (outcome, table, result);
  outcome->params = asked;
  return TRUE;
}

/* Events: exact cross references only. */
static gboolean
link_events (CcConnection *connection, Outcome *outcome, GError **error)
{
  g_autoptr (GArray) found = cc_link_find_references (connection, &outcome->counts->records, error);

  if (!found)
    return FALSE;
  outcome->counts->pairs_compared = found->len;
  for (guint i = 0; i < found->len; i++)
    {
      const CcLinkReference *at = &g_array_index (found, CcLinkReference, i);
      Pair                   pair = {
                          at->a,           at->b, log2 (at->probability / (1 - at->probability)),
                          at->probability, 0,     at->probability >= outcome->params->accept,
      };

      if (pair.joined)
        g_array_append_val (outcome->ties, i);
      g_array_append_val (outcome->pairs, pair);
    }
  return TRUE;
}

static gint64 *
make_pair_key (gint64 a, gint64 b)
{
  gint64 *key = g_new (gint64, 2);

  key[0] = a;
  key[1] = b;
  return key;
}

static guint
hash_pair (gconstpointer key)
{
  const gint64 *pair = key;

  return (guint) ((guint64) pair[0] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32)
         ^ (guint) pair[1];
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, 2 * sizeof (gint64)) == 0;
}

/* Takes back what earlier runs accepted and this one does not, and accepts the new ties. */
static gboolean
accept_ties (Outcome *outcome, CcAct *act, gint64 run, GHashTable *decided, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  g_autoptr (GPtrArray) decisions =
      cc_store_list_decisions (cc_act_get_connection (act), outcome->kind, error);

  if (!decisions)
    return FALSE;
  for (guint i = 0; i < outcome->ties->len; i++)
    {
      const Pair *pair =
          &g_array_index (outcome->pairs, Pair, g_array_index (outcome->ties, guint, i));

      g_hash_table_add (wanted, make_pair_key (pair->a, pair->b));
    }
  for (guint i = 0; i < decisions->len; i++)
    {
      CcPairDecision *at = decisions->pdata[i];
      gint64          key[2] = { at->a, at->b };
      gboolean        by_person = strcmp (at->source, "accept-level") != 0;

      if (by_person && !(at->stale && at->verdict != CC_VERDICT_SAME)
          && at->verdict != CC_VERDICT_UNDECIDED)
        g_hash_table_add (decided, make_pair_key (at->a, at->b));
      if (by_person)
        g_hash_table_remove (wanted, key);
      else if (at->verdict == CC_VERDICT_SAME && !g_hash_table_remove (wanted, key))
        {
          CcPairDecision undone = { .kind = (char *) outcome->kind,
                                    .a = at->a,
                                    .b = at->b,
                                    .verdict = CC_VERDICT_UNDECIDED,
                                    .source = (char *) "accept-level",
                                    .run = run };

          if (!cc_act_add_decision (act, &undone, error))
            return FALSE;
        }
    }
  for (guint i = 0; i < outcome->ties->len; i++)
    {
      const Pair *pair =
          &g_array_index (outcome->pairs, Pair, g_array_index (outcome->ties, guint, i));
      gint64         key[2] = { pair->a, pair->b };
      CcPairDecision tie = { .kind = (char *) outcome->kind,
                             .a = pair->a,
                             .b = pair->b,
                             .verdict = CC_VERDICT_SAME,
                             .source = (char *) "accept-level",
                             .run = run };

      if (g_hash_table_contains (wanted, key) && !cc_act_add_decision (act, &tie, error))
        return FALSE;
    }
  outcome->counts->joined = outcome->ties->len;
  return TRUE;
}

static gboolean
write_proposals (Outcome *outcome, CcAct *act, gint64 run, GHashTable *decided, GError **error)
{
  cc_progress_begin (outcome->progress, "progress.link-write", outcome->pairs->len);
  for (guint i = 0; i < outcome->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (outcome->pairs, Pair, i);
      gint64      key[2] = { pair->a, pair->b };
      gint64      a = cc_act_find_cluster (act, pair->a, error);
      gint64      b = a < 0 ? -1 : cc_act_find_cluster (act, pair->b, error);
      gint64      proposal;

      if (b < 0)
        return FALSE;
      /* Withdrawn while the run was under way. */
      if (a == 0 || b == 0)
        continue;
      proposal = cc_act_add_proposal (act, run, outcome->kind, pair->a, pair->b, pair->weight,
                                      pair->probability, pair->levels, error);
      if (proposal == 0)
        return FALSE;
      if (g_hash_table_contains (decided, key))
        {
          if (!cc_act_set_proposal_state (act, proposal, "decided", error))
            return FALSE;
        }
      else if (a == b)
        {
          if (!cc_act_set_proposal_state (act, proposal, "accepted", error))
            return FALSE;
        }
      else
        outcome->counts->proposals++;
      if (i % 1024 == 0 && !cc_progress_update (outcome->progress, i, error))
        return FALSE;
    }
  return cc_progress_update (outcome->progress, outcome->pairs->len, error);
}

static gboolean
write_outcome (CcAct *act, gpointer data, GError **error)
{
  Outcome      *outcome = data;
  CcConnection *connection = cc_act_get_connection (act);
  g_autoptr (GHashTable) decided = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  gint64 model = 0;
  gint64 run;

  if (outcome->model)
    {
      model = cc_act_add_link_model (act, outcome->kind, MODEL_VERSION, outcome->model, error);
      if (model == 0)
        return FALSE;
    }
  run = cc_act_add_link_run (act, outcome->kind, model, (gint64) outcome->params->seed,
                             outcome->params->accept <= 1 ? outcome->params->accept : -1,
                             outcome->counts->records, (gint64) outcome->counts->pairs_compared,
                             error);
  outcome->counts->proposals = 0;
  return run != 0 && cc_act_withdraw_proposals (act, outcome->kind, error)
         && accept_ties (outcome, act, run, decided, error)
         && cc_link_settle (act, outcome->kind, NULL, 0, NULL, error)
         && write_proposals (outcome, act, run, decided, error)
         && cc_link_count_persons (connection, outcome->kind, outcome->counts, error);
}

static double
measure_peak (void)
{
  struct rusage usage;

  return getrusage (RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss / 1024.0 : 0;
}

/**
 * cc_link_run:
 * @params: %accept is what is joined without a person; verdicts are taken from the file
 * @progress: (nullable): phases "progress.link-train", "progress.link-compare",
 *   "progress.link-write"
 * @counts: what the run did
 *
 * Links the records of one unit anew and writes model, run, proposals, accepted joins and what
 * becomes of the clusters in one act. Verdicts of people stand: what they called the same stays
 * together, what they called different stays apart and is not proposed again unless a record has
 * changed. What an earlier run accepted and this one does not is taken back.
 *
 * Returns: %FALSE when it was cancelled or could not be written; then nothing has changed
 */
gboolean
cc_link_run (CcCaseFile         *file,
             const char         *unit,
             const CcLinkParams *params,
             CcProgress         *progress,
             CcLinkCounts       *counts,
             GError            **error)
{
  Outcome       outcome = { .kind = cc_link_get_kind (file, unit, error),
                            .params = params,
                            .progress = progress,
                            .counts = counts };
  CcConnection *reader;
  gint64        began = g_get_monotonic_time ();
  gboolean      ok;

  memset (counts, 0, sizeof *counts);
  if (!outcome.kind)
    return FALSE;
  reader = cc_case_file_acquire_reader (file, error);
  if (!reader)
    return FALSE;
  outcome.pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  outcome.ties = g_array_new (FALSE, FALSE, sizeof (guint));
  ok = strcmp (unit, "event") == 0 ? link_events (reader, &outcome, error)
                                   : link_persons (file, reader, unit, &outcome, error);
  cc_case_file_release_reader (file, reader);
  ok = ok
       && cc_case_file_act (file, "link", write_outcome, &outcome,
                            cc_progress_get_cancellable (progress), error);
  g_array_unref (outcome.pairs);
  g_array_unref (outcome.ties);
  g_free (outcome.model);
  counts->seconds = (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;
  counts->peak_mib = measure_peak ();
  return ok;
}
