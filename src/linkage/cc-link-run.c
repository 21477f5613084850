/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-outcome-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-sort.h>
#include <cc/store/cc-act.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

gboolean
cc_link_take_verdicts (CcConnection *connection,
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
  double        wx = g_array_index (x->pairs, CcLinkPair, x->index).weight;
  double        wy = g_array_index (y->pairs, CcLinkPair, y->index).weight;

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
choose_ties (CcLinkOutcome *outcome, CcLinkTable *table, const CcLinkResult *result)
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
    if (g_array_index (outcome->pairs, CcLinkPair, i).joined)
      {
        Ranked at = { outcome->pairs, i };

        g_array_append_val (ranked, at);
      }
  (void) cc_sort (ranked->data, ranked->len, sizeof (Ranked), order_ranked, 1,
                  cc_progress_get_cancellable (outcome->progress));
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
take_result (CcLinkOutcome *outcome, CcLinkTable *table, const CcLinkResult *result)
{
  outcome->counts->records = result->n_records;
  outcome->counts->pairs_compared = result->n_compared;
  for (guint i = 0; i < result->n_keys; i++)
    outcome->counts->lost_pairs += result->keys[i].n_lost_pairs;
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      CcLinkPair            pair = {
                   cc_link_table_get_record_id (table, at->a),
                   cc_link_table_get_record_id (table, at->b),
                   at->weight / 64.0,
                   at->probability,
                   at->levels,
                   at->joined,
      };

      g_array_append_val (outcome->pairs, pair);
    }
  for (guint i = 0; i < result->n_records; i++)
    if (result->undecidable[i])
      {
        const gint64 record = cc_link_table_get_record_id (table, i);

        g_array_append_val (outcome->undecidable, record);
      }
  choose_ties (outcome, table, result);
  outcome->model = g_strdup (result->model);
}

/* Victims and perpetrators: prepared and linked by the engine. */
static gboolean
link_persons (CcCaseFile    *file,
              CcConnection  *connection,
              const char    *unit,
              CcLinkOutcome *outcome,
              GError       **error)
{
  g_autoptr (CcLinkTable) table =
      cc_link_prepare (file, connection, unit, outcome->progress, error);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  g_autoptr (CcLinkResult) result = NULL;
  g_autofree char    *accepted = NULL;
  const CcLinkParams *asked = outcome->params;
  CcLinkParams        params = *asked;

  if (!table || !cc_link_read_accepted (connection, outcome->kind, &accepted, error)
      || !cc_link_take_verdicts (connection, table, outcome->kind, verdicts, error))
    return FALSE;
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  params.model = accepted;
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
link_events (CcConnection *connection, CcLinkOutcome *outcome, GError **error)
{
  g_autoptr (GArray) found = cc_link_find_references (connection, &outcome->counts->records, error);

  if (!found)
    return FALSE;
  outcome->counts->pairs_compared = found->len;
  for (guint i = 0; i < found->len; i++)
    {
      const CcLinkReference *at = &g_array_index (found, CcLinkReference, i);
      CcLinkPair             pair = {
                    at->a,           at->b, log2 (at->probability / (1 - at->probability)),
                    at->probability, 0,     at->probability >= outcome->params->accept,
      };

      if (pair.joined)
        g_array_append_val (outcome->ties, i);
      g_array_append_val (outcome->pairs, pair);
    }
  return TRUE;
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
 * @progress: (nullable): phases "progress.prepare", "progress.block",
 *   "progress.train", "progress.compare", "progress.cluster", "progress.write"
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
  CcLinkOutcome outcome = { .kind = cc_link_get_kind (file, unit, error),
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
  outcome.pairs = g_array_new (FALSE, FALSE, sizeof (CcLinkPair));
  outcome.undecidable = g_array_new (FALSE, FALSE, sizeof (gint64));
  outcome.ties = g_array_new (FALSE, FALSE, sizeof (guint));
  ok = strcmp (unit, "event") == 0 ? link_events (reader, &outcome, error)
                                   : link_persons (file, reader, unit, &outcome, error);
  cc_case_file_release_reader (file, reader);
  ok = ok && !g_cancellable_set_error_if_cancelled (cc_progress_get_cancellable (progress), error)
       && cc_case_file_act (file, "link", cc_link_write_outcome, &outcome,
                            cc_progress_get_cancellable (progress), error);
  g_array_unref (outcome.pairs);
  g_array_unref (outcome.ties);
  g_array_unref (outcome.undecidable);
  g_free (outcome.model);
  counts->seconds = (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;
  counts->peak_mib = measure_peak ();
  return ok;
}
