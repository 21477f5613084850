/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-outcome-private.h"

#include <cc/base/cc-sort.h>

#include <stdlib.h>
#include <string.h>

#define PAIRS_PER_LOOK 1024

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
accept_ties (CcLinkOutcome *outcome, CcAct *act, gint64 run, GHashTable *decided, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  g_autoptr (GPtrArray) decisions =
      cc_store_list_decisions (cc_act_get_connection (act), outcome->kind, error);

  if (!decisions)
    return FALSE;
  for (guint i = 0; i < outcome->ties->len; i++)
    {
      const CcLinkPair *pair =
          &g_array_index (outcome->pairs, CcLinkPair, g_array_index (outcome->ties, guint, i));

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
      const CcLinkPair *pair =
          &g_array_index (outcome->pairs, CcLinkPair, g_array_index (outcome->ties, guint, i));
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

/* The cluster of each record of a kind, by record. */
typedef struct
{
  gint64  record;
  gint64  cluster;
  guint32 parent; /* index of the entry that stands for those an open pair connects it with */
} Place;

static int
order_clusters (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

static int
order_records (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Place *) a)->record;
  gint64 y = ((const Place *) b)->record;

  return x < y ? -1 : x > y;
}

/* By record. */
static GArray *
read_places (CcConnection *connection, const char *kind, CcProgress *progress, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT m.record, m.cluster FROM membership m JOIN cluster c ON c.id "
                             "= m.cluster"
                             " WHERE m.to_act IS NULL AND c.kind = ?1",
                             error);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  gboolean has_row = TRUE;

  if (!rows)
    return NULL;
  cc_statement_bind_text (rows, 1, kind);
  while (has_row)
    {
      Place place = { 0 };

      if (!cc_statement_step (rows, &has_row, error)
          || (places->len % PAIRS_PER_LOOK == 0
              && !cc_progress_update (progress, places->len, error)))
        return NULL;
      place.record = cc_statement_int64 (rows, 0);
      place.cluster = cc_statement_int64 (rows, 1);
      if (has_row)
        g_array_append_val (places, place);
    }
  if (!cc_sort (places->data, places->len, sizeof (Place), order_records, 2,
                cc_progress_get_cancellable (progress)))
    {
      g_cancellable_set_error_if_cancelled (cc_progress_get_cancellable (progress), error);
      return NULL;
    }
  for (guint i = 0; i < places->len; i++)
    g_array_index (places, Place, i).parent = i;
  return g_steal_pointer (&places);
}

/* NULL where the record was withdrawn while the run was under way. */
static Place *
find_place (GArray *places, gint64 record)
{
  const Place key = { .record = record };

  return places->len > 0 ? bsearch (&key, places->data, places->len, sizeof (Place), order_records)
                         : NULL;
}

static int
order_proposals (gconstpointer a, gconstpointer b)
{
  const CcProposal *x = a;
  const CcProposal *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static void
add_undecidable (CcLinkOutcome *outcome, GArray *places, GArray *proposals)
{
  for (guint i = 0; i < outcome->undecidable->len; i++)
    {
      const gint64 record = g_array_index (outcome->undecidable, gint64, i);
      CcProposal   proposal = { .a = record, .b = record, .state = CC_PROPOSAL_UNDECIDABLE };

      if (!find_place (places, record))
        continue;
      g_array_append_val (proposals, proposal);
      outcome->counts->undecidable++;
    }
}

static GArray *
make_proposals (CcLinkOutcome *outcome, GArray *places, GHashTable *decided)
{
  GArray *proposals = g_array_sized_new (FALSE, TRUE, sizeof (CcProposal), outcome->pairs->len);

  for (guint i = 0; i < outcome->pairs->len
                    && (i % PAIRS_PER_LOOK != 0 || cc_progress_update (outcome->progress, i, NULL));
       i++)
    {
      const CcLinkPair *pair = &g_array_index (outcome->pairs, CcLinkPair, i);
      const gint64      key[2] = { pair->a, pair->b };
      const Place      *a = find_place (places, pair->a);
      const Place      *b = find_place (places, pair->b);
      CcProposal        proposal = { .a = pair->a,
                                     .b = pair->b,
                                     .weight = pair->weight,
                                     .probability = pair->probability,
                                     .levels = pair->levels };

      if (!a || !b)
        continue;
      proposal.state = g_hash_table_contains (decided, key) ? CC_PROPOSAL_DECIDED
                       : a->cluster == b->cluster           ? CC_PROPOSAL_ACCEPTED
                                                            : CC_PROPOSAL_OPEN;
      g_array_append_val (proposals, proposal);
      outcome->counts->proposals += proposal.state == CC_PROPOSAL_OPEN;
    }
  add_undecidable (outcome, places, proposals);
  (void) cc_sort (proposals->data, proposals->len, sizeof (CcProposal), order_proposals, 2,
                  cc_progress_get_cancellable (outcome->progress));
  return proposals;
}

static guint32
find_root (Place *places, guint32 at)
{
  while (places[at].parent != at)
    at = places[at].parent = places[places[at].parent].parent;
  return at;
}

/* Gives the members of a cluster one parent. Returns: FALSE when cancelled */
static gboolean
join_places (CcLinkOutcome *outcome, GArray *places)
{
  Place            *at = (Place *) places->data;
  g_autofree Place *by_cluster = g_memdup2 (at, places->len * sizeof *at);
  guint             first = 0;

  if (!cc_sort (by_cluster, places->len, sizeof *at, order_clusters, 2,
                cc_progress_get_cancellable (outcome->progress)))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      if (i == 0 || by_cluster[i].cluster != by_cluster[i - 1].cluster)
        {
          outcome->counts->clusters++;
          first = i;
        }
      at[by_cluster[i].parent].parent = by_cluster[first].parent;
    }
  return TRUE;
}

/* High: the clusters as they are. Low: those that open pairs connect taken as one. */
static gboolean
count_persons (CcLinkOutcome *outcome, GArray *places, GArray *proposals, GError **error)
{
  CcLinkCounts *counts = outcome->counts;
  Place        *at = (Place *) places->data;

  counts->clusters = 0;
  if (!join_places (outcome, places))
    return cc_progress_update (outcome->progress, 0, error);
  counts->persons_high = counts->persons_low = counts->clusters;
  for (guint i = 0; i < proposals->len; i++)
    {
      const CcProposal *pair = &g_array_index (proposals, CcProposal, i);
      guint32           a;
      guint32           b;

      if (i % PAIRS_PER_LOOK == 0 && !cc_progress_update (outcome->progress, i, error))
        return FALSE;
      if (pair->state != CC_PROPOSAL_OPEN)
        continue;
      a = find_root (at, (guint32) (find_place (places, pair->a) - at));
      b = find_root (at, (guint32) (find_place (places, pair->b) - at));
      at[MAX (a, b)].parent = MIN (a, b);
      counts->persons_low -= a != b;
    }
  return TRUE;
}

static gboolean
write_proposals (CcLinkOutcome *outcome,
                 CcAct         *act,
                 gint64         run,
                 GHashTable    *decided,
                 GError       **error)
{
  CcConnection *connection = cc_act_get_connection (act);
  g_autoptr (GArray) places = NULL;
  g_autoptr (GArray) proposals = NULL;

  cc_progress_begin (outcome->progress, "progress.write", outcome->pairs->len);
  places = read_places (connection, outcome->kind, outcome->progress, error);
  if (!places)
    return FALSE;
  proposals = make_proposals (outcome, places, decided);
  if (!cc_progress_update (outcome->progress, outcome->pairs->len, error))
    return FALSE;
  cc_progress_begin (outcome->progress, "progress.write", proposals->len);
  return count_persons (outcome, places, proposals, error)
         && cc_act_replace_proposals (act, run, outcome->kind, proposals, outcome->progress, error);
}

static gboolean
count_before (CcLinkOutcome *outcome, CcAct *act, GError **error)
{
  g_autoptr (CcStatement) count =
      cc_connection_prepare (cc_act_get_connection (act),
                             "SELECT count (*) FROM cluster WHERE kind = ?1 AND state = 0", error);
  gboolean has_row = FALSE;

  if (count == NULL)
    return FALSE;
  cc_statement_bind_text (count, 1, outcome->kind);
  if (!cc_statement_step (count, &has_row, error))
    return FALSE;
  outcome->counts->clusters_before = has_row ? (guint) cc_statement_int64 (count, 0) : 0;
  return TRUE;
}

gboolean
cc_link_write_outcome (CcAct *act, gpointer data, GError **error)
{
  CcLinkOutcome *outcome = data;
  g_autoptr (GHashTable) decided = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  gint64 model = 0;
  gint64 run;

  if (outcome->model)
    {
      model =
          cc_act_add_link_model (act, outcome->kind, CC_LINK_MODEL_VERSION, outcome->model, error);
      if (model == 0)
        return FALSE;
    }
  run = cc_act_add_link_run (act, outcome->kind, model, (gint64) outcome->params->seed,
                             outcome->params->accept <= 1 ? outcome->params->accept : -1,
                             outcome->counts->records, (gint64) outcome->counts->pairs_compared,
                             error);
  outcome->counts->proposals = outcome->counts->undecidable = 0;
  if (!count_before (outcome, act, error))
    return FALSE;
  return run != 0 && accept_ties (outcome, act, run, decided, error)
         && cc_act_follow_verdicts (act, outcome->kind, NULL, 0, NULL, error)
         && write_proposals (outcome, act, run, decided, error);
}
