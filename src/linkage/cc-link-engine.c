/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-engine.h>

#include <string.h>

#include "cc-link-cluster-private.h"
#include "cc-link-propose-private.h"
#include "cc-link-scan-private.h"

/* Pairs of each sample drawn for training, and candidates enough to learn from. */
#define RANDOM_PAIRS   300000
#define NAMESAKE_PAIRS 150000
#define TRAINING_PAIRS 800000

/* Which pairs connect components, and the mean log odds from which clusters are joined. */
#define CONNECT_PROBABILITY 0.5
#define STOP_WEIGHT         CC_LINK_BIT

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
  const CcLinkParams *params;
  guint               n_threads;
  CcProgress         *progress;
  CcLinkBlocking     *blocking;
  CcLinkFrequencies  *frequencies;
  CcLinkModel         model;
  GArray             *edges;
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

/* All pairs that could be one. */
static double
count_pairs (Engine *self)
{
  double              n = self->table->rows->len;
  double              pairs = n * (n - 1) / 2;
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
train (Engine *self, GError **error)
{
  double       n = self->table->rows->len;
  guint        one_in = 1 + count_candidates (self->blocking) / TRAINING_PAIRS;
  guint        most = (guint) MIN (10 * n * n, G_MAXINT); /* small tables have few pairs to draw */
  CcLinkSample sample = { .candidate_scale = one_in, .n_pairs = MAX (count_pairs (self), 1) };

  sample.candidates = cc_link_scan_patterns (self->table, self->blocking, self->frequencies, one_in,
                                             self->n_threads, self->progress, error);
  if (!sample.candidates)
    return FALSE;
  sample.random = cc_link_sample_random (self->table, self->frequencies, MIN (RANDOM_PAIRS, most),
                                         self->params->seed);
  sample.namesakes = cc_link_sample_namesakes (self->table, self->frequencies,
                                               MIN (NAMESAKE_PAIRS, most), self->params->seed + 1);
  cc_link_model_train (&self->model, &sample);
  g_array_unref (sample.candidates);
  g_array_unref (sample.random);
  g_array_unref (sample.namesakes);
  return TRUE;
}

static gboolean
score (Engine *self, double keep, gboolean strong, GError **error)
{
  g_clear_pointer (&self->edges, g_array_unref);
  self->edges = cc_link_scan_edges (self->table, self->blocking, self->frequencies, &self->model,
                                    cc_link_probability_to_weight (keep), strong, self->n_threads,
                                    &self->n_compared, self->progress, error);
  return self->edges != NULL;
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
  CcLinkResult *result = g_new0 (CcLinkResult, 1);
  guint         n = self->table->rows->len;

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

static gboolean
run_passes (Engine *self, GError **error)
{
  g_autofree guint32 *found = NULL;

  self->frequencies = cc_link_frequencies_new (self->table, NULL);
  if (!train (self, error) || !score (self, CONNECT_PROBABILITY, TRUE, error))
    return FALSE;
  /* Second pass: how rare a value is is counted over the persons found, not over records. */
  found = cluster (self, CONNECT_PROBABILITY, STOP_WEIGHT);
  cc_link_frequencies_free (self->frequencies);
  self->frequencies = cc_link_frequencies_new (self->table, found);
  return train (self, error) && score (self, self->params->drop, FALSE, error);
}

/**
 * cc_link_engine_run:
 * @table: a finished table
 * @progress: (nullable): phases "progress.link-train" and "progress.link-compare"
 *
 * Links the records of a table: blocks, learns a Fellegi-Sunter model without labels, scores, and
 * splits the scored pairs into clusters by constrained average linkage. The result depends on the
 * table, the seed and the verdicts only, not on the number of threads.
 *
 * Returns: (transfer full): what was found, or %NULL when it was cancelled
 */
CcLinkResult *
cc_link_engine_run (CcLinkTable        *table,
                    const CcLinkParams *params,
                    CcProgress         *progress,
                    GError            **error)
{
  Engine        self = { .table = table, .params = params, .progress = progress };
  CcLinkResult *result = NULL;

  self.n_threads = params->n_threads ? params->n_threads : g_get_num_processors ();
  self.blocking = cc_link_blocking_new (table, self.n_threads);
  self.blocking->link_only = params->link_only;
  cc_link_model_init (&self.model, table);
  if (run_passes (&self, error))
    result = conclude (&self);
  cc_link_blocking_free (self.blocking);
  cc_link_frequencies_free (self.frequencies);
  g_clear_pointer (&self.edges, g_array_unref);
  return result;
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
  g_free (self->model);
  g_free (self);
}
