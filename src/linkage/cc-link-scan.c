/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-scan-private.h"

#include <stdlib.h>
#include <string.h>

#include "cc-link-evidence-private.h"
#include "cc-link-glance-private.h"
#include "cc-link-keys-private.h"
#include "cc-link-tally-private.h"

/* Work is dealt in pieces of about this many pairs. */
#define PIECE_PAIRS 20000

/* Rows of one block: from first_row on, so that one large block can be shared out. */
typedef struct
{
  guint   key;
  guint   first_block;
  guint   n_blocks;
  guint   first_row; /* within a single block; only where n_blocks is 1 */
  guint   n_rows;
  GArray *edges; /* of this piece; pieces are put together in their order */
  guint64 n_compared;
} Piece;

typedef struct
{
  CcLinkTable             *table;
  const CcLinkBlocking    *blocking;
  const CcLinkFrequencies *frequencies;
  const CcLinkModel       *model; /* NULL: count patterns */
  const CcLinkGlance      *glances;
  CcLinkBounds             bounds;
  gint32                   keep;
  const CcLinkHopeless    *hopeless;
  guint                    one_in;
  GArray                  *pieces;
  gint                     next; /* atomic */
  gint                     stop; /* atomic */
  CcProgress              *progress;
} Scan;

typedef struct
{
  Scan         *scan;
  CcLinkTally   tally;
  CcLinkRow    *rows; /* of the block at hand */
  CcLinkGlance *glances;
  guint         n_rows;
  gboolean      reports; /* the caller's own thread: it tells progress and notices cancelling */
  GError       *error;
} Worker;

static void
add_piece (GArray *pieces, guint key, guint first_block, guint n_blocks, guint first, guint rows)
{
  Piece piece = { key, first_block, n_blocks, first, rows, NULL, 0 };

  g_array_append_val (pieces, piece);
}

static GArray *
deal_pieces (const CcLinkBlocking *blocking, gboolean strong)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint k = 0; k < blocking->n_keys; k++)
    {
      const CcLinkKey *key = &blocking->keys[k];
      guint            first = 0;
      guint64          pairs = 0;

      if (strong && !key->strong)
        continue;
      for (guint i = 0; i < key->blocks->len; i++)
        {
          guint   n = g_array_index (key->blocks, CcLinkBlock, i).n;
          guint64 here = (guint64) n * (n - 1) / 2;

          if (here > 2 * PIECE_PAIRS)
            {
              guint rows = MAX (1, PIECE_PAIRS / n);

              if (i > first)
                add_piece (pieces, k, first, i - first, 0, 0);
              for (guint row = 0; row < n; row += rows)
                add_piece (pieces, k, i, 1, row, MIN (rows, n - row));
              first = i + 1;
              pairs = 0;
              continue;
            }
          pairs += here;
          if (pairs >= PIECE_PAIRS)
            {
              add_piece (pieces, k, first, i + 1 - first, 0, 0);
              first = i + 1;
              pairs = 0;
            }
        }
      if (key->blocks->len > first)
        add_piece (pieces, k, first, key->blocks->len - first, 0, 0);
    }
  return pieces;
}

/* Whether the pair is none to look at: both of one entity, where only others' are asked for. */
static inline gboolean
is_excluded (const Scan *scan, const CcLinkRow *a, const CcLinkRow *b)
{
  return scan->blocking->link_only && a->entity == b->entity;
}

/* Counts the pattern of a pair. */
static void
count_pair (Worker *worker, Piece *piece, guint32 hash, guint32 a, guint32 b)
{
  Scan *scan = worker->scan;

  if (is_excluded (scan, cc_link_table_row (scan->table, a), cc_link_table_row (scan->table, b))
      || cc_link_blocking_is_repeat (scan->blocking, piece->key, hash, a, b))
    return;
  piece->n_compared++;
  cc_link_tally_add (&worker->tally,
                     cc_link_pattern_key (cc_link_compare (scan->table, scan->frequencies,
                                                           cc_link_table_row (scan->table, a),
                                                           cc_link_table_row (scan->table, b))),
                     1);
}

/* Counts a pair below one half. Returns: whether it may still be worth keeping: what is counted
 * later is taken into account at the end. */
static inline gboolean
count_faint (const CcLinkHopeless *hopeless, guint32 a, guint32 b, gint32 weight)
{
  guint odds = cc_link_evidence_odds (weight);
  guint na = (guint) g_atomic_int_add ((gint *) &hopeless->faint[a], (gint) odds) + odds;
  guint nb = (guint) g_atomic_int_add ((gint *) &hopeless->faint[b], (gint) odds) + odds;

  return !cc_link_evidence_is_hopeless (odds, MAX (na, nb), hopeless->weak[a] || hopeless->weak[b]);
}

/* Scores a pair. Whether it came up before is asked of those that may be kept: most of these did.
 */
static void
score_pair (Worker *worker, Piece *piece, guint32 hash, guint32 a, guint32 b, guint i, guint j)
{
  Scan            *scan = worker->scan;
  const CcLinkRow *rows = worker->rows;
  CcLinkPattern    pattern;
  CcLinkLanes      others;
  CcLinkEdge       edge;
  gint32           weight;

  if (is_excluded (scan, &rows[i], &rows[j]))
    return;
  piece->n_compared++;
  if (!cc_link_bounds_admit (&scan->bounds, scan->table, &rows[i], &rows[j], &worker->glances[i],
                             &worker->glances[j], scan->keep, &others)
      || cc_link_blocking_is_repeat (scan->blocking, piece->key, hash, a, b)
      || !cc_link_bounds_score (&scan->bounds, scan->table, scan->model, &rows[i], &rows[j],
                                &others, scan->keep, &pattern, &weight)
      || (weight < 0 && scan->hopeless && !count_faint (scan->hopeless, a, b, weight)))
    return;
  edge = (CcLinkEdge){ a, b, weight, pattern.adjust, pattern.levels };
  g_array_append_val (piece->edges, edge);
}

/* The records of a block are fetched once and then lie together. */
static void
fetch_block (Worker *worker, const guint32 *records, guint n)
{
  Scan *scan = worker->scan;

  if (n > worker->n_rows)
    {
      worker->n_rows = n;
      worker->rows = g_renew (CcLinkRow, worker->rows, n);
      worker->glances = g_renew (CcLinkGlance, worker->glances, n);
    }
  for (guint i = 0; i < n; i++)
    {
      worker->rows[i] = *cc_link_table_row (scan->table, records[i]);
      worker->glances[i] = scan->glances[records[i]];
    }
}

/* Counts every so many-th pair of a block, from a place that its hash tells: the others are not
 * even gone through. Rows of one block may be dealt to several pieces. */
static void
count_block (Worker            *worker,
             Piece             *piece,
             const CcLinkBlock *block,
             const guint32     *records,
             guint              end)
{
  guint one_in = worker->scan->one_in;
  guint phase = cc_link_mix (77, block->hash, piece->key) % one_in;

  for (guint i = piece->first_row; i < end; i++)
    {
      guint64 before = (guint64) i * (2 * (guint64) block->n - i - 1) / 2;
      guint   skip = (guint) ((phase + one_in - before % one_in) % one_in);

      for (guint64 j = (guint64) i + 1 + skip; j < block->n; j += one_in)
        count_pair (worker, piece, block->hash, records[i], records[j]);
    }
}

static void
work_piece (Worker *worker, Piece *piece)
{
  const CcLinkKey *key = &worker->scan->blocking->keys[piece->key];

  piece->edges = g_array_new (FALSE, FALSE, sizeof (CcLinkEdge));
  for (guint k = 0; k < piece->n_blocks; k++)
    {
      const CcLinkBlock *block = &g_array_index (key->blocks, CcLinkBlock, piece->first_block + k);
      const guint32     *records = key->records + block->first;
      guint              end = piece->n_rows ? piece->first_row + piece->n_rows : block->n;

      if (!worker->scan->model)
        {
          count_block (worker, piece, block, records, end);
          continue;
        }
      fetch_block (worker, records, block->n);
      for (guint i = piece->first_row; i < end; i++)
        for (guint j = i + 1; j < block->n; j++)
          score_pair (worker, piece, block->hash, records[i], records[j], i, j);
    }
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  Scan   *scan = worker->scan;

  while (!g_atomic_int_get (&scan->stop))
    {
      guint at = (guint) g_atomic_int_add (&scan->next, 1);

      if (at >= scan->pieces->len)
        break;
      work_piece (worker, &g_array_index (scan->pieces, Piece, at));
      if (worker->reports && !cc_progress_update (scan->progress, at + 1, &worker->error))
        g_atomic_int_set (&scan->stop, 1);
    }
  return NULL;
}

static gboolean
run_workers (Scan *scan, guint n_threads, CcLinkTally *total, GError **error)
{
  g_autofree Worker   *workers = g_new0 (Worker, n_threads);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);

  for (guint i = 0; i < n_threads; i++)
    {
      workers[i].scan = scan;
      workers[i].reports = i == 0;
      cc_link_tally_init (&workers[i].tally);
      if (i > 0)
        threads[i] = g_thread_new ("linkage", work, &workers[i]);
    }
  work (&workers[0]);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < n_threads; i++)
    {
      if (total)
        cc_link_tally_add_all (total, &workers[i].tally);
      cc_link_tally_clear (&workers[i].tally);
      g_free (workers[i].rows);
      g_free (workers[i].glances);
    }
  if (workers[0].error)
    {
      g_propagate_error (error, workers[0].error);
      return FALSE;
    }
  return TRUE;
}

static void
clear_piece (gpointer data)
{
  g_clear_pointer (&((Piece *) data)->edges, g_array_unref);
}

GArray *
cc_link_scan_patterns (CcLinkTable             *table,
                       const CcLinkBlocking    *blocking,
                       const CcLinkFrequencies *frequencies,
                       guint                    one_in,
                       guint                    n_threads,
                       CcProgress              *progress,
                       GError                 **error)
{
  g_autoptr (GArray) pieces = deal_pieces (blocking, FALSE);
  Scan        scan = { .table = table,
                       .blocking = blocking,
                       .frequencies = frequencies,
                       .one_in = one_in,
                       .pieces = pieces,
                       .progress = progress };
  CcLinkTally total;
  GArray     *result = NULL;

  g_array_set_clear_func (pieces, clear_piece);
  cc_progress_begin (progress, "progress.train", pieces->len);
  cc_link_tally_init (&total);
  if (run_workers (&scan, MAX (n_threads, 1), &total, error))
    result = cc_link_tally_to_array (&total);
  cc_link_tally_clear (&total);
  return result;
}

static int
order_edges (gconstpointer a, gconstpointer b)
{
  const CcLinkEdge *x = a;
  const CcLinkEdge *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

GArray *
cc_link_scan_edges (CcLinkTable             *table,
                    const CcLinkBlocking    *blocking,
                    const CcLinkFrequencies *frequencies,
                    const CcLinkModel       *model,
                    gint32                   keep,
                    gboolean                 strong,
                    const CcLinkHopeless    *hopeless,
                    guint                    n_threads,
                    guint64                 *n_compared,
                    CcProgress              *progress,
                    GError                 **error)
{
  g_autoptr (GArray) pieces = deal_pieces (blocking, strong);
  g_autofree CcLinkGlance *glances = cc_link_glance_new (table, frequencies);
  Scan                     scan = { .table = table,
                                    .blocking = blocking,
                                    .frequencies = frequencies,
                                    .model = model,
                                    .glances = glances,
                                    .keep = keep,
                                    .hopeless = hopeless,
                                    .one_in = 1,
                                    .pieces = pieces,
                                    .progress = progress };
  GArray                  *result;

  g_array_set_clear_func (pieces, clear_piece);
  cc_link_bounds_init (&scan.bounds, table, frequencies, model);
  cc_progress_begin (progress, "progress.compare", pieces->len);
  *n_compared = 0;
  if (!run_workers (&scan, MAX (n_threads, 1), NULL, error))
    return NULL;
  result = g_array_new (FALSE, FALSE, sizeof (CcLinkEdge));
  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = &g_array_index (pieces, Piece, i);

      *n_compared += piece->n_compared;
      g_array_append_vals (result, piece->edges->data, piece->edges->len);
    }
  if (hopeless)
    cc_link_evidence_drop_hopeless (result, hopeless);
  (void) cc_link_table_sort (table, result, order_edges);
  return result;
}
