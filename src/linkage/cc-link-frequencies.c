/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"

#include <math.h>

/* Years around the birth year that share its frequency: ages are only known to a year or two. */
#define YEAR_SPREAD 1

/* The rows, those of one cluster one after the other. NULL: each is a cluster of its own. */
typedef struct
{
  CcLinkTable   *table;
  const guint32 *cluster_of;
  guint32       *rows;
} Order;

static guint32 *
order_by_cluster (const guint32 *cluster_of, guint n)
{
  guint32            *rows = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *ends = g_new0 (guint32, n + 2);

  for (guint i = 0; i < n; i++)
    ends[cluster_of[i] + 2]++;
  for (guint i = 2; i < n + 2; i++)
    ends[i] += ends[i - 1];
  for (guint i = 0; i < n; i++)
    rows[ends[cluster_of[i] + 1]++] = i;
  return rows;
}

/* The clusters that carry each value. */
typedef struct
{
  guint    n_values;
  guint32 *counts;
  guint32 *last; /* cluster that carried it last, plus one */
} Carriers;

static Carriers
init_carriers (guint n_values)
{
  return (Carriers){ n_values, g_new0 (guint32, n_values), g_new0 (guint32, n_values) };
}

static void
collect (Carriers *self, guint32 value, guint32 cluster)
{
  if (self->last[value] == cluster + 1)
    return;
  self->last[value] = cluster + 1;
  self->counts[value]++;
}

/* Turns "value v occurs in cluster c" into additions to a match's weight: log2 (S / f), f the share
 * of clusters that carry the value and S the sum of squared shares, that is, the mean chance of
 * agreeing over all values. An unseen value counts as seen once. Frees the carriers. */
static GArray *
adjust_by_rarity (Carriers *self, double low, double high)
{
  GArray *result = g_array_sized_new (FALSE, TRUE, sizeof (gint16), self->n_values);
  double  squares = 0;
  double  total = 0;

  for (guint i = 1; i < self->n_values; i++)
    {
      squares += (double) self->counts[i] * self->counts[i];
      total += self->counts[i];
    }
  for (guint i = 0; i < self->n_values; i++)
    {
      double bits = total > 0 ? log2 (squares / total / MAX (self->counts[i], 1u)) : 0;
      gint16 units = (gint16) lrint (CLAMP (bits, low, high) * CC_LINK_BIT);

      g_array_append_val (result, units);
    }
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->last, g_free);
  return result;
}

/* A slip of the pen makes a word that nobody bears; two names that many bear and that are a letter
 * apart (Schmitt, Schmitz) are two names as a rule. So what a likeness tells falls with the bearers
 * of the rarer of both words, as the chance of meeting it without a slip grows. In a large table
 * even slips recur: a word that one in so many bears counts as borne by one. */
#define SLIP_SHARE 10000.0
#define SLIP_LOW   -6.0

static GArray *
weigh_slips (const Carriers *words, guint n_clusters)
{
  GArray *result = g_array_sized_new (FALSE, TRUE, sizeof (gint16), words->n_values);
  double  scale = MIN (1, SLIP_SHARE / MAX (n_clusters, 1));

  for (guint i = 0; i < words->n_values; i++)
    {
      double bits = -log2 (MAX (words->counts[i] * scale, 1));
      gint16 units = (gint16) lrint (MAX (bits, SLIP_LOW) * CC_LINK_BIT);

      g_array_append_val (result, units);
    }
  return result;
}

static void
weigh_words (CcLinkFrequencies *self, const Order *order, guint role)
{
  CcLinkTable *table = order->table;
  guint        n_clusters = 0;
  guint32      last = G_MAXUINT32;
  Carriers     words = init_carriers (table->tokens->len);
  Carriers     skeletons = init_carriers (table->n_skeletons + 1);

  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    {
      guint            at = order->rows ? order->rows[i] : i;
      const CcLinkRow *row = cc_link_table_row (table, at);
      guint32          cluster = order->rows ? order->cluster_of[at] : at;
      const guint32   *list = role == 0 ? row->names : role == 1 ? row->aliases : row->fathers;
      guint            n = role == 0 ? row->n_names : role == 1 ? row->n_aliases : row->n_fathers;

      n_clusters += cluster != last;
      last = cluster;
      for (guint k = 0; k < n; k++)
        {
          collect (&words, list[k], cluster);
          collect (&skeletons, cc_link_table_token (table, list[k])->skeleton, cluster);
        }
    }
  self->slip[role] = weigh_slips (&words, n_clusters);
  self->exact[role] = adjust_by_rarity (&words, -6, 8);
  self->skeleton[role] = adjust_by_rarity (&skeletons, -6, 8);
}

static void
weigh_column (CcLinkFrequencies *self, const Order *order, guint column)
{
  CcLinkTable *table = order->table;
  guint        n = table->columns[column].values->len;
  Carriers     carriers = init_carriers (n);

  self->carriers[column] = g_array_new (FALSE, TRUE, sizeof (guint32));
  g_array_set_size (self->carriers[column], n);
  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    {
      guint   at = order->rows ? order->rows[i] : i;
      guint32 value = cc_link_table_row (table, at)->values[column];

      if (value == 0)
        continue;
      collect (&carriers, value, order->rows ? order->cluster_of[at] : at);
      g_array_index (self->carriers[column], guint32, value)++;
    }
  self->value[column] = adjust_by_rarity (&carriers, -3, 4);
}

static void
weigh_years (CcLinkFrequencies *self, CcLinkTable *table)
{
  double mass[256] = { 0 };
  double smooth[256] = { 0 };
  double total = 0;
  double squares = 0;

  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    {
      const CcLinkRow *row = cc_link_table_row (table, i);
      int              year;

      if (row->precision == CC_LINK_PRECISION_NONE)
        continue;
      year = cc_day_year (row->birth_first / 2 + row->birth_last / 2);
      mass[CLAMP (year - 1900, 0, 255)]++;
      total++;
    }
  for (int i = 0; i < 256; i++)
    {
      for (int k = MAX (i - YEAR_SPREAD, 0); k <= MIN (i + YEAR_SPREAD, 255); k++)
        smooth[i] += mass[k];
      squares += smooth[i] * mass[i];
    }
  for (int i = 0; i < 256; i++)
    {
      double bits = total > 0 ? log2 (squares / total / MAX (smooth[i], 1)) : 0;

      self->year[i] = (gint16) lrint (CLAMP (bits, -1.5, 3.0) * CC_LINK_BIT);
    }
}

/* Names, aliases, fathers, each column, and the years. */
typedef struct
{
  CcLinkFrequencies *self;
  const Order       *order;
  gint               next; /* atomic */
} Weighing;

static gpointer
weigh_parts (gpointer data)
{
  Weighing *weighing = data;
  guint     n_columns = weighing->order->table->n_columns;

  while (TRUE)
    {
      guint part = (guint) g_atomic_int_add (&weighing->next, 1);

      if (part < 3)
        weigh_words (weighing->self, weighing->order, part);
      else if (part < 3 + n_columns)
        weigh_column (weighing->self, weighing->order, part - 3);
      else if (part == 3 + n_columns)
        weigh_years (weighing->self, weighing->order->table);
      else
        return NULL;
    }
}

/**
 * cc_link_frequencies_new:
 * @cluster_of: (nullable): the cluster of each record found so far. Counting clusters instead of
 *   records keeps a rare name from looking common because its one bearer was recorded often.
 *
 * Returns: (transfer full): how telling a match on each value is
 */
CcLinkFrequencies *
cc_link_frequencies_new (CcLinkTable *table, const guint32 *cluster_of)
{
  CcLinkFrequencies  *self = g_new0 (CcLinkFrequencies, 1);
  g_autofree guint32 *rows = cluster_of ? order_by_cluster (cluster_of, table->rows->len) : NULL;
  const Order         order = { table, cluster_of, rows };
  Weighing            weighing = { self, &order, 0 };
  GThread            *thread =
      table->n_threads > 1 ? g_thread_new ("frequencies", weigh_parts, &weighing) : NULL;

  weigh_parts (&weighing);
  if (thread)
    g_thread_join (thread);
  return self;
}

/**
 * cc_link_frequencies_free:
 */
void
cc_link_frequencies_free (CcLinkFrequencies *self)
{
  if (!self)
    return;
  for (guint i = 0; i < 3; i++)
    {
      g_array_unref (self->exact[i]);
      g_array_unref (self->skeleton[i]);
      g_array_unref (self->slip[i]);
    }
  for (guint i = 0; i < CC_LINK_MAX_COLUMNS; i++)
    {
      g_clear_pointer (&self->value[i], g_array_unref);
      g_clear_pointer (&self->carriers[i], g_array_unref);
    }
  g_free (self);
}
