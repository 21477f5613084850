/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-engine.h>

#include <math.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cc-link-cluster-private.h"
#include "cc-link-engine-private.h"
#include "cc-link-evidence-private.h"
#include "cc-link-keys-private.h"
#include "cc-link-order-private.h"
#include "cc-link-propose-private.h"
#include "cc-link-scan-private.h"

/* Pairs of each sample drawn for training, and candidates enough to learn from. Of few records few
 * pairs are drawn: beyond ten pairs a record their chances vary by which records there are, no
 * longer by which pairs were drawn (variance of a U-statistic, Hoeffding 1948). */
#define RANDOM_PAIRS    300000
#define RANDOM_LEAST    100000
#define RANDOM_A_RECORD 10
#define TRAINING_PAIRS  500000
#define FIRST_PART      3

/* Which pairs connect components, and the mean log odds from which clusters are joined: as a best
 * guess, whatever is more likely one person than two. */
#define CONNECT_PROBABILITY 0.5
#define STOP_WEIGHT         0

/**
 * cc_link_params_init:
 *
 * Sets what a first run uses: nothing is joined without a person, and pairs stay open down to one
 * chance in a hundred, so that the ranges of figures hold what better evidence would show.
 */
void
cc_link_params_init (CcLinkParams *self)
{
  memset (self, 0, sizeof *self);
  self->seed = 1;
  self->drop = 0.01;
  self->accept = 2;
}

typedef struct
{
  CcLinkTable        *table;
  const CcLinkParams *params;   /* points to by_rows */
  CcLinkParams        by_rows;  /* what was asked for, with the verdicts by rows */
  CcLinkVerdict      *verdicts; /* those */
  guint               n_threads;
  CcProgress         *progress;
  CcLinkBlocking     *blocking;
  CcLinkFrequencies  *frequencies;
  CcLinkModel         model;
  GArray             *edges;
  guint8             *weak;  /* by row */
  guint32            *faint; /* by row */
  guint64             n_compared;
} Engine;

static guint64
count_candidates (const CcLinkBlocking *blocking)
{
  guint64 n = 0;

  for (guint i = 0; i < blocking->n_keys; i++)
    n += blocking->keys[i].n_pairs;
  return n;
}

/* Pairs with two names in common that were not produced, as their block was split or left out. */
static double
count_lost_namesakes (const CcLinkBlocking *blocking)
{
  const CcLinkKey *key = &blocking->keys[CC_LINK_KEY_TWO_NAMES];

  return (double) (key->n_whole_pairs - key->n_pairs);
}

static double
count_all_pairs (Engine *self)
{
  double n = self->table->rows->len;

  return n * (n - 1) / 2;
}

/* All pairs that could be one. */
static double
count_pairs (Engine *self)
{
  double              pairs = count_all_pairs (self);
  g_autofree guint32 *counts = g_new0 (guint32, G_MAXUINT16 + 1);

  if (!self->params->link_only)
    return pairs;
  for (guint i = 0; i < self->table->rows->len; i++)
    counts[cc_link_table_row (self->table, i)->entity]++;
  for (guint i = 0; i <= G_MAXUINT16; i++)
    pairs -= (double) counts[i] * (counts[i] - 1.0) / 2;
  return pairs;
}

static gboolean
is_cancelled (Engine *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->table->cancellable, error);
}

/* What the pairs that people decided about show. (transfer full) */
static GArray *
make_labels (Engine *self)
{
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (CcLinkLabel));

  for (guint i = 0; i < self->params->n_verdicts; i++)
    {
      const CcLinkVerdict *at = &self->params->verdicts[i];
      CcLinkPattern        pattern = cc_link_compare (self->table, self->frequencies,
                                                      cc_link_table_row (self->table, MIN (at->a, at->b)),
                                                      cc_link_table_row (self->table, MAX (at->a, at->b)));
      CcLinkLabel          label = { cc_link_pattern_key (pattern), at->same };

      g_array_append_val (labels, label);
    }
  return labels;
}

/* Random pairs to draw; of namesakes half as many. Tiny tables have few pairs to draw. */
static guint
count_random_pairs (Engine *self, guint part)
{
  double n = self->table->rows->len;
  double wanted = CLAMP (RANDOM_A_RECORD * n, RANDOM_LEAST, RANDOM_PAIRS) / part;

  return (guint) MIN (wanted, 10 * n * n);
}

/* The first pass only finds groups to count values over: it learns from a part of the samples. */
static gboolean
train (Engine *self, guint part, GError **error)
{
  guint        one_in = 1 + count_candidates (self->blocking) / (TRAINING_PAIRS / part);
  guint        n_random = count_random_pairs (self, part);
  CcLinkSample sample = { .candidate_scale = one_in,
                          .n_pairs = MAX (count_pairs (self), 1),
                          .n_lost = count_lost_namesakes (self->blocking) };

  sample.candidates = cc_link_scan_patterns (self->table, self->blocking, self->frequencies, one_in,
                                             self->n_threads, self->progress, error);
  if (!sample.candidates)
    return FALSE;
  sample.random =
      cc_link_sample_random (self->table, self->frequencies, n_random, self->params->seed);
  sample.namesakes = cc_link_sample_namesakes (self->table, self->frequencies, n_random / 2,
                                               self->params->seed + 1, sample.sharing);
  /* As many of them as of all pairs are of one entity, where such pairs do not count. */
  for (guint i = 0; i < CC_LINK_NAME_LEVELS; i++)
    sample.sharing[i] *= sample.n_pairs / MAX (count_all_pairs (self), 1);
  sample.labels = self->params->learn ? make_labels (self) : NULL;
  cc_link_model_train (&self->model, &sample, self->table->cancellable);
  g_clear_pointer (&sample.labels, g_array_unref);
  g_array_unref (sample.candidates);
  g_array_unref (sample.random);
  g_array_unref (sample.namesakes);
  return !is_cancelled (self, error);
}

static gboolean
score (Engine *self, double keep, gboolean strong, const CcLinkHopeless *hopeless, GError **error)
{
  g_clear_pointer (&self->edges, g_array_unref);
  self->edges = cc_link_scan_edges (self->table, self->blocking, self->frequencies, &self->model,
                                    cc_link_probability_to_weight (keep), strong, hopeless,
                                    self->n_threads, &self->n_compared, self->progress, error);
  return self->edges != NULL && !is_cancelled (self, error);
}

static gboolean
score_all (Engine *self, GError **error)
{
  CcLinkHopeless hopeless;

  self->weak = cc_link_evidence_find_weak (self->table, self->frequencies, &self->model);
  self->faint = g_new0 (guint32, MAX (self->table->rows->len, 1));
  hopeless = (CcLinkHopeless){ self->weak, self->faint };
  return score (self, self->params->drop, FALSE, &hopeless, error);
}

static guint32 *
cluster (Engine *self, double connect, gint32 stop)
{
  CcLinkClustering clustering = { self->table,
                                  self->frequencies,
                                  &self->model,
                                  self->params,
                                  cc_link_probability_to_weight (connect),
                                  stop };

  return cc_link_cluster (&clustering, self->edges);
}

static guint
count_clusters (const guint32 *cluster_of, guint n)
{
  guint clusters = 0;

  for (guint i = 0; i < n; i++)
    clusters += cluster_of[i] == i;
  return clusters;
}

static void
propose (Engine *self, CcLinkResult *result)
{
  g_autofree guint32 *groups = NULL;
  CcLinkProposing     proposing = { .table = self->table,
                                    .frequencies = self->frequencies,
                                    .model = &self->model,
                                    .params = self->params,
                                    .accept_of = result->accept_of };

  /* Where nothing is joined, what would be as good as one still tells how likely a pair is. */
  if (self->params->accept > 1)
    groups = cluster (self, CC_LINK_GROUP_PROBABILITY,
                      cc_link_probability_to_weight (CC_LINK_GROUP_PROBABILITY));
  proposing.group_of = groups ? groups : result->accept_of;
  result->proposals = cc_link_propose (&proposing, self->edges);
}

static CcLinkResult *
conclude (Engine *self)
{
  CcLinkResult  *result = g_new0 (CcLinkResult, 1);
  guint          n = self->table->rows->len;
  CcLinkHopeless hopeless = { self->weak, self->faint };

  result->n_records = n;
  result->n_compared = self->n_compared;
  result->cluster_of = cluster (self, CONNECT_PROBABILITY, STOP_WEIGHT);
  result->n_clusters = count_clusters (result->cluster_of, n);
  if (self->params->accept < 1)
    result->accept_of =
        cluster (self, self->params->accept, cc_link_probability_to_weight (self->params->accept));
  else
    result->accept_of = cluster (self, 1 - 1e-12, 40 * CC_LINK_BIT);
  propose (self, result);
  result->undecidable = cc_link_evidence_find_undecidable (self->table, self->params, self->edges,
                                                           &hopeless, &result->n_undecidable);
  cc_link_order_proposals (self->table, result->proposals);
  cc_link_order_clusters (self->table, &result->cluster_of);
  cc_link_order_clusters (self->table, &result->accept_of);
  cc_link_order_flags (self->table, &result->undecidable);
  result->n_keys = self->blocking->n_keys;
  for (guint i = 0; i < self->blocking->n_keys; i++)
    {
      const CcLinkKey *key = &self->blocking->keys[i];

      result->keys[i] =
          (CcLinkKeyReport){ key->name, key->n_pairs, key->n_lost_pairs, key->n_lost_blocks };
    }
  result->model = cc_link_model_to_text (&self->model, self->table);
  return result;
}

/* Puts a stored model in the place of the one learnt. Its weights are what was accepted; as records
 * become more, the matches of each stay as many, and so the chance that any two are one falls. */
static gboolean
take_model (Engine *self, GError **error)
{
  CcLinkModel *stored = g_new (CcLinkModel, 1);
  const double pairs = self->model.pairs;
  gboolean     ok = cc_link_model_from_text (stored, self->table, self->params->model, error);

  if (ok)
    {
      stored->prior +=
          (gint32) lrint (CC_LINK_BIT * 0.5 * log2 (MAX (stored->pairs, 1) / MAX (pairs, 1)));
      stored->matches = pairs * cc_link_weight_to_probability (stored->prior);
      stored->pairs = pairs;
      self->model = *stored;
    }
  g_free (stored);
  return ok;
}

/* Gives memory that was freed in pieces back to the system before the next phase asks for much. */
static void
give_back_memory (void)
{
#ifdef __GLIBC__
  (void) malloc_trim (0);
#endif
}

/* Model and frequencies as pairs are scored by them. */
static gboolean
learn (Engine *self, GError **error)
{
  g_autofree guint32 *found = NULL;

  self->frequencies = cc_link_frequencies_new (self->table, NULL);
  if (!train (self, FIRST_PART, error) || !score (self, CONNECT_PROBABILITY, TRUE, NULL, error))
    return FALSE;
  /* Second pass: how rare a value is is counted over the persons found, not over records. */
  found = cluster (self, CONNECT_PROBABILITY, STOP_WEIGHT);
  if (is_cancelled (self, error))
    return FALSE;
  cc_link_frequencies_free (self->frequencies);
  g_clear_pointer (&self->edges, g_array_unref);
  give_back_memory ();
  self->frequencies = cc_link_frequencies_new (self->table, found);
  return train (self, 1, error) && (!self->params->model || take_model (self, error));
}

static void
begin (Engine *self, CcLinkTable *table, const CcLinkParams *params, CcProgress *progress)
{
  self->table = table;
  self->progress = progress;
  self->verdicts = cc_link_order_verdicts (table, params->verdicts, params->n_verdicts);
  self->by_rows = *params;
  self->by_rows.verdicts = self->verdicts;
  self->params = &self->by_rows;
  self->n_threads = self->params->n_threads ? self->params->n_threads : g_get_num_processors ();
  cc_link_table_set_cancellable (self->table, cc_progress_get_cancellable (self->progress));
  self->table->n_threads = self->n_threads;
  cc_progress_begin (self->progress, "progress.block", 0);
  self->blocking = cc_link_blocking_new (self->table, self->n_threads);
  give_back_memory ();
  self->blocking->link_only = self->params->link_only;
  cc_link_model_init (&self->model, self->table);
}

static void
end (Engine *self)
{
  cc_link_blocking_free (self->blocking);
  cc_link_frequencies_free (self->frequencies);
  g_clear_pointer (&self->edges, g_array_unref);
  g_free (self->weak);
  g_free (self->faint);
  g_free (self->verdicts);
}

/**
 * cc_link_engine_run:
 * @table: a finished table
 * @progress: (nullable): phases "progress.block", "progress.train",
 *   "progress.compare" and "progress.cluster"; it also cancels
 *
 * Links the records of a table: blocks, learns a Fellegi-Sunter model without labels, scores, and
 * splits the scored pairs into clusters by constrained average linkage. The result depends on what
 * the records say, the seed and the verdicts only, neither on the number of threads nor on the
 * order of the records.
 *
 * Returns: (transfer full): what was found, or %NULL when it was cancelled
 */
CcLinkResult *
cc_link_engine_run (CcLinkTable        *table,
                    const CcLinkParams *params,
                    CcProgress         *progress,
                    GError            **error)
{
  Engine        self = { 0 };
  CcLinkResult *result = NULL;

  begin (&self, table, params, progress);
  if (!is_cancelled (&self, error) && learn (&self, error) && score_all (&self, error))
    {
      cc_progress_begin (progress, "progress.cluster", 0);
      result = conclude (&self);
      if (is_cancelled (&self, error))
        g_clear_pointer (&result, cc_link_result_free);
    }
  end (&self);
  return result;
}

/**
 * cc_link_engine_learn:
 *
 * Does the first half of cc_link_engine_run(): what scoring pairs takes.
 *
 * Returns: (transfer full): what was learnt, or %NULL when it was cancelled
 */
CcLinkLearnt *
cc_link_engine_learn (CcLinkTable        *table,
                      const CcLinkParams *params,
                      CcProgress         *progress,
                      GError            **error)
{
  Engine        self = { 0 };
  CcLinkLearnt *learnt = NULL;

  begin (&self, table, params, progress);
  if (!is_cancelled (&self, error) && learn (&self, error))
    {
      learnt = g_new0 (CcLinkLearnt, 1);
      learnt->blocking = g_steal_pointer (&self.blocking);
      learnt->frequencies = g_steal_pointer (&self.frequencies);
      learnt->model = self.model;
    }
  end (&self);
  return learnt;
}

/**
 * cc_link_learnt_free:
 */
void
cc_link_learnt_free (CcLinkLearnt *self)
{
  if (!self)
    return;
  cc_link_blocking_free (self->blocking);
  cc_link_frequencies_free (self->frequencies);
  g_free (self);
}

/**
 * cc_link_result_free:
 */
void
cc_link_result_free (CcLinkResult *self)
{
  if (!self)
    return;
  g_array_unref (self->proposals);
  g_free (self->cluster_of);
  g_free (self->accept_of);
  g_free (self->undecidable);
  g_free (self->model);
  g_free (self);
}
