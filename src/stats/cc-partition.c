/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-partition-private.h"

#include <string.h>

/* All partitions of a small graph into connected, allowed subsets, as a table of steps:
 *
 *   best (part) = min or max over allowed subsets S of the part that hold its pivot
 *                 of value (S) + sum of best () over the connected pieces that S leaves
 *
 * for connected parts of the graph, pieces before the parts that leave them. The pivot is the node
 * with the fewest neighbours in the part, so that chains and trees leave few different pieces. */
struct _CcPartitions
{
  guint          n;
  const guint64 *adjacent;  /* while building */
  const guint64 *forbidden; /* while building */
  GArray        *subsets;   /* guint64, rising */
  GArray        *steps;     /* guint: subset, number of pieces, pieces */
  GArray        *parts;     /* Part */
  GHashTable    *known;     /* guint64* -> index of part + 1, while building */
  GArray        *whole;     /* guint: the parts that the graph itself consists of */
  guint          max_subsets;
  guint          max_steps;
  guint          n_steps;
  gboolean       exhausted;
};

typedef struct
{
  guint first; /* in steps */
  guint end;
} Part;

typedef void (*SubsetFunc) (CcPartitions *self, guint64 subset, gpointer data);

static guint
lowest (guint64 mask)
{
  return (guint) __builtin_ctzll (mask);
}

/* Hands out each connected, allowed set that holds @subset and no node of @out, once: candidates
 * are taken in turn, and then left out of all that follows. */
static void
grow (CcPartitions *self, guint64 subset, guint64 out, SubsetFunc func, gpointer data)
{
  guint64 candidates = 0, banned = out | subset;

  func (self, subset, data);
  for (guint64 rest = subset; rest; rest &= rest - 1)
    {
      candidates |= self->adjacent[lowest (rest)];
      banned |= self->forbidden[lowest (rest)];
    }
  candidates &= ~banned;
  for (; candidates && !self->exhausted; candidates &= candidates - 1)
    {
      guint64 node = candidates & -candidates;

      grow (self, subset | node, out, func, data);
      out |= node;
    }
}

static void
keep_subset (CcPartitions *self, guint64 subset, gpointer data)
{
  if (self->subsets->len >= self->max_subsets)
    self->exhausted = TRUE;
  else
    g_array_append_val (self->subsets, subset);
}

static int
compare_masks (gconstpointer a, gconstpointer b)
{
  guint64 mask_a = *(const guint64 *) a;
  guint64 mask_b = *(const guint64 *) b;

  return mask_a < mask_b ? -1 : mask_a > mask_b;
}

static void
collect_subsets (CcPartitions *self)
{
  for (guint i = 0; i < self->n && !self->exhausted; i++)
    {
      guint64 node = G_GUINT64_CONSTANT (1) << i;

      grow (self, node, node - 1, keep_subset, NULL);
    }
  g_array_sort (self->subsets, compare_masks);
}

/* The piece of @mask that is connected with its lowest node. */
static guint64
connected_piece (const CcPartitions *self, guint64 mask)
{
  guint64 piece = mask & -mask;
  guint64 fresh = piece;

  while (fresh)
    {
      guint64 next = 0;

      for (; fresh; fresh &= fresh - 1)
        next |= self->adjacent[lowest (fresh)];
      fresh = next & mask & ~piece;
      piece |= fresh;
    }
  return piece;
}

static guint64
choose_pivot (const CcPartitions *self, guint64 part)
{
  guint best = lowest (part);
  guint best_degree = G_MAXUINT;

  for (guint64 rest = part; rest; rest &= rest - 1)
    {
      guint degree = (guint) __builtin_popcountll (self->adjacent[lowest (rest)] & part);

      if (degree < best_degree)
        {
          best = lowest (rest);
          best_degree = degree;
        }
    }
  return G_GUINT64_CONSTANT (1) << best;
}

typedef struct
{
  guint64 part;
  GArray *steps; /* as those of CcPartitions */
} Building;

static guint build_part (CcPartitions *self, guint64 part);

static void
add_step (CcPartitions *self, guint64 subset, gpointer data)
{
  Building *building = data;
  guint64   rest = building->part & ~subset;
  guint     step[CC_PARTITION_MAX_NODES + 2] = { 0 };

  if (self->exhausted)
    return;
  g_array_binary_search (self->subsets, &subset, compare_masks, &step[0]);
  while (rest && !self->exhausted)
    {
      guint64 piece = connected_piece (self, rest);

      step[2 + step[1]++] = build_part (self, piece);
      rest &= ~piece;
    }
  g_array_append_vals (building->steps, step, step[1] + 2);
  self->n_steps += step[1] + 1;
  if (self->n_steps > self->max_steps)
    self->exhausted = TRUE;
}

static guint
build_part (CcPartitions *self, guint64 part)
{
  guint    index = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, &part));
  Building building = { part, NULL };
  Part     own;

  if (index)
    return index - 1;
  building.steps = g_array_new (FALSE, FALSE, sizeof (guint));
  grow (self, choose_pivot (self, part), ~part, add_step, &building);
  own.first = self->steps->len;
  own.end = own.first + building.steps->len;
  g_array_append_vals (self->steps, building.steps->data, building.steps->len);
  g_array_unref (building.steps);
  g_array_append_val (self->parts, own);
  g_hash_table_insert (self->known, g_memdup2 (&part, sizeof (part)),
                       GUINT_TO_POINTER (self->parts->len));
  return self->parts->len - 1;
}

/**
 * cc_partitions_new:
 * @n: nodes, 1 to 64
 * @adjacent: per node, the nodes that may be joined to it
 * @forbidden: per node, the nodes that may not come into one group with it
 * @budget: work that may be done
 *
 * Returns: (nullable): NULL where the graph needs more work than the budget. The same graph and
 * budget give the same answer everywhere
 */
CcPartitions *
cc_partitions_new (guint                    n,
                   const guint64           *adjacent,
                   const guint64           *forbidden,
                   const CcPartitionBudget *budget)
{
  g_autoptr (CcPartitions) self = g_new0 (CcPartitions, 1);
  guint64 rest = n < 64 ? (G_GUINT64_CONSTANT (1) << n) - 1 : ~G_GUINT64_CONSTANT (0);

  self->n = n;
  self->adjacent = adjacent;
  self->forbidden = forbidden;
  self->max_subsets = budget->subsets;
  self->max_steps = budget->steps;
  self->subsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint));
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  self->whole = g_array_new (FALSE, FALSE, sizeof (guint));
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  collect_subsets (self);
  while (rest && !self->exhausted)
    {
      guint64 piece = connected_piece (self, rest);
      guint   part = build_part (self, piece);

      g_array_append_val (self->whole, part);
      rest &= ~piece;
    }
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->adjacent = self->forbidden = NULL;
  return self->exhausted ? NULL : g_steal_pointer (&self);
}

void
cc_partitions_free (CcPartitions *self)
{
  if (!self)
    return;
  g_array_unref (self->subsets);
  g_array_unref (self->steps);
  g_array_unref (self->parts);
  g_array_unref (self->whole);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self);
}

guint
cc_partitions_get_n_subsets (const CcPartitions *self)
{
  return self->subsets->len;
}

guint64
cc_partitions_get_subset (const CcPartitions *self, guint index)
{
  return g_array_index (self->subsets, guint64, index);
}

/* So many values are worked out side by side. */
#define LANES 32

typedef struct
{
  gint8 low[LANES];
  gint8 high[LANES];
} Best;

static void
take_step (const gint8 *values, const Best *parts, const guint *step, Best *best)
{
  Best here;

  memcpy (here.low, values + (gsize) step[0] * LANES, LANES);
  memcpy (here.high, here.low, LANES);
  for (guint i = 0; i < step[1]; i++)
    {
      const Best *piece = &parts[step[2 + i]];

      for (guint j = 0; j < LANES; j++)
        {
          here.low[j] = (gint8) (here.low[j] + piece->low[j]);
          here.high[j] = (gint8) (here.high[j] + piece->high[j]);
        }
    }
  for (guint j = 0; j < LANES; j++)
    {
      best->low[j] = MIN (best->low[j], here.low[j]);
      best->high[j] = MAX (best->high[j], here.high[j]);
    }
}

static void
solve_lanes (const CcPartitions *self, const gint8 *values, Best *parts, Best *total)
{
  memset (total, 0, sizeof (*total));
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      memset (parts[i].low, G_MAXINT8, LANES);
      memset (parts[i].high, 0, LANES);
      for (guint at = part->first; at < part->end;)
        {
          const guint *step = &g_array_index (self->steps, guint, at);

          take_step (values, parts, step, &parts[i]);
          at += step[1] + 2;
        }
    }
  for (guint i = 0; i < self->whole->len; i++)
    for (guint j = 0; j < LANES; j++)
      {
        const Best *part = &parts[g_array_index (self->whole, guint, i)];

        total->low[j] = (gint8) (total->low[j] + part->low[j]);
        total->high[j] = (gint8) (total->high[j] + part->high[j]);
      }
}

/**
 * cc_partitions_solve:
 * @n_values: how many sums are asked for
 * @values: per subset, its part in each of the sums: 0 or 1
 * @low: (out): the least that each sum can be over all partitions
 * @high: (out): the most
 */
void
cc_partitions_solve (const CcPartitions *self,
                     guint               n_values,
                     const gint8        *values,
                     gint8              *low,
                     gint8              *high)
{
  g_autofree gint8 *lanes = g_new (gint8, (gsize) (self->subsets->len + 1) * LANES);
  g_autofree Best  *parts = g_new (Best, self->parts->len + 1);

  for (guint first = 0; first < n_values; first += LANES)
    {
      guint n = MIN (LANES, n_values - first);
      Best  total;

      memset (lanes, 0, (gsize) self->subsets->len * LANES);
      for (guint i = 0; i < self->subsets->len; i++)
        memcpy (lanes + (gsize) i * LANES, values + (gsize) i * n_values + first, n);
      solve_lanes (self, lanes, parts, &total);
      memcpy (low + first, total.low, n);
      memcpy (high + first, total.high, n);
    }
}
