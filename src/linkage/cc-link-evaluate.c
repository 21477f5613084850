/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-evaluate.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cc-link-block-private.h"

typedef struct
{
  guint32 cluster;
  guint32 truth;
} Cell;

static int
order_cells (gconstpointer a, gconstpointer b)
{
  const Cell *x = a;
  const Cell *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return x->truth < y->truth ? -1 : x->truth > y->truth;
}

static guint64
pairs_of (guint64 n)
{
  return n * (n - 1) / 2;
}

static void
finish_score (CcLinkScore *score)
{
  score->precision = score->found ? (double) score->correct / score->found : 1;
  score->recall = score->true_pairs ? (double) score->correct / score->true_pairs : 1;
  score->f1 = score->precision + score->recall > 0
                  ? 2 * score->precision * score->recall / (score->precision + score->recall)
                  : 0;
}

/* Walks the cells of cluster x truth: runs of equal (cluster, truth) within runs of cluster. */
static void
score_clusters (const guint32 *cluster_of,
                const guint32 *truth,
                guint          n,
                guint64        true_pairs,
                CcLinkScore   *score,
                guint         *largest,
                double        *bcubed_precision)
{
  g_autofree Cell *cells = g_new (Cell, MAX (n, 1));
  guint            cluster_first = 0;
  guint            cell_first = 0;
  double           sum = 0;
  double           squares = 0;

  memset (score, 0, sizeof *score);
  score->true_pairs = true_pairs;
  *largest = 0;
  for (guint i = 0; i < n; i++)
    cells[i] = (Cell){ cluster_of[i], truth[i] };
  qsort (cells, n, sizeof *cells, order_cells);
  for (guint i = 1; i <= n; i++)
    {
      gboolean cell_ends = i == n || order_cells (&cells[i], &cells[i - 1]) != 0;
      gboolean cluster_ends = i == n || cells[i].cluster != cells[i - 1].cluster;

      if (cell_ends)
        {
          score->correct += pairs_of (i - cell_first);
          squares += (double) (i - cell_first) * (i - cell_first);
          cell_first = i;
        }
      if (cluster_ends)
        {
          score->found += pairs_of (i - cluster_first);
          *largest = MAX (*largest, i - cluster_first);
          sum += squares / (i - cluster_first);
          squares = 0;
          cluster_first = i;
        }
    }
  *bcubed_precision = n ? sum / n : 1;
  finish_score (score);
}

/* Share of true entities whose records are exactly one cluster. */
static double
share_exact (const guint32 *cluster_of, const guint32 *truth, guint n)
{
  g_autofree Cell    *cells = g_new (Cell, MAX (n, 1));
  g_autofree guint32 *sizes = g_new0 (guint32, n + 1);
  guint               exact = 0;
  guint               entities = 0;
  guint               first = 0;

  for (guint i = 0; i < n; i++)
    {
      cells[i] = (Cell){ truth[i], cluster_of[i] };
      sizes[cluster_of[i]]++;
    }
  qsort (cells, n, sizeof *cells, order_cells);
  for (guint i = 1; i <= n; i++)
    {
      if (i < n && cells[i].cluster == cells[first].cluster)
        continue;
      entities++;
      exact += cells[first].truth == cells[i - 1].truth && sizes[cells[first].truth] == i - first;
      first = i;
    }
  return entities ? (double) exact / entities : 1;
}

static void
score_pairs (const CcLinkResult *result,
             const guint32      *truth,
             double              from,
             guint64             true_pairs,
             CcLinkScore        *score)
{
  memset (score, 0, sizeof *score);
  score->true_pairs = true_pairs;
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);

      if (at->probability < from)
        continue;
      score->found++;
      score->correct += truth[at->a] == truth[at->b];
    }
  finish_score (score);
}

static void
fill_bands (const CcLinkResult *result, const guint32 *truth, CcLinkEvaluation *out)
{
  double error = 0;

  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      CcLinkBand           *band = &out->bands[MIN ((guint) (at->probability * 10), 9)];

      band->n_proposals++;
      band->n_true_proposals += truth[at->a] == truth[at->b];
      band->probability += at->probability;
    }
  for (guint i = 0; i < 10; i++)
    {
      CcLinkBand *band = &out->bands[i];

      error += fabs (band->probability - band->n_true_proposals);
      if (band->n_proposals > 0)
        band->probability /= band->n_proposals;
    }
  if (result->proposals->len > 0)
    out->calibration_error = error / result->proposals->len;
}

/* Groups that an open proposal connects: one answer settles all pairs between them. */
static GArray *
list_open (const CcLinkResult *result)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      guint32               a = result->accept_of[at->a];
      guint32               b = result->accept_of[at->b];
      Cell                  pair = { MIN (a, b), MAX (a, b) };

      if (!at->joined)
        g_array_append_val (open, pair);
    }
  g_array_sort (open, order_cells);
  return open;
}

static gboolean
is_covered (const CcLinkResult *result, GArray *open, guint32 a, guint32 b)
{
  guint32 x = result->accept_of[a];
  guint32 y = result->accept_of[b];
  Cell    pair = { MIN (x, y), MAX (x, y) };

  return x == y
         || (open->len > 0
             && bsearch (&pair, open->data, open->len, sizeof (Cell), order_cells) != NULL);
}

static void
count_open (CcLinkTable        *table,
            const CcLinkResult *result,
            const guint32      *truth,
            guint64             true_pairs,
            CcLinkEvaluation   *out)
{
  g_autoptr (GArray) open = list_open (result);
  g_autoptr (CcLinkBlocking) blocking = cc_link_blocking_new (table, 1);
  g_autofree Cell *cells = g_new (Cell, MAX (result->n_records, 1));
  guint64          covered = 0;
  guint64          reached = 0;

  out->n_open = open->len;
  for (guint i = 0; i < result->n_records; i++)
    cells[i] = (Cell){ truth[i], i };
  qsort (cells, result->n_records, sizeof *cells, order_cells);
  for (guint i = 0; i < result->n_records; i++)
    for (guint j = i + 1; j < result->n_records && cells[j].cluster == cells[i].cluster; j++)
      {
        covered += is_covered (result, open, cells[i].truth, cells[j].truth);
        reached += cc_link_blocking_is_repeat (blocking, blocking->n_keys - 1, G_MAXUINT32,
                                               table->row_at[cells[i].truth],
                                               table->row_at[cells[j].truth]);
      }
  out->reach = true_pairs ? (double) reached / true_pairs : 1;
  out->covered = true_pairs ? (double) covered / true_pairs : 1;
}

/**
 * cc_link_evaluate:
 * @truth: the true entity of each record of the table
 * @out: what was measured
 *
 * Compares a result with the truth.
 */
void
cc_link_evaluate (CcLinkTable        *table,
                  const CcLinkResult *result,
                  const guint32      *truth,
                  CcLinkEvaluation   *out)
{
  CcLinkScore whole;
  guint       largest;
  double      precision;
  double      recall;

  memset (out, 0, sizeof *out);
  score_clusters (truth, truth, result->n_records, 0, &whole, &largest, &precision);
  score_clusters (result->accept_of, truth, result->n_records, whole.found, &out->accepted,
                  &largest, &precision);
  score_clusters (truth, result->cluster_of, result->n_records, 0, &out->clusters, &largest,
                  &recall);
  score_clusters (result->cluster_of, truth, result->n_records, whole.found, &out->clusters,
                  &out->largest, &precision);
  out->bcubed = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  out->exact = share_exact (result->cluster_of, truth, result->n_records);
  score_pairs (result, truth, 0.5, whole.found, &out->pairs50);
  score_pairs (result, truth, 0.9, whole.found, &out->pairs90);
  score_pairs (result, truth, 0.99, whole.found, &out->pairs99);
  fill_bands (result, truth, out);
  count_open (table, result, truth, whole.found, out);
}
