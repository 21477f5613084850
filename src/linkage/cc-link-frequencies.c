/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"

#include <math.h>
#include <stdlib.h>

/* Years around the birth year that share its frequency: ages are only known to a year or two. */
#define YEAR_SPREAD 1

typedef struct
{
  guint32 value;
  guint32 cluster;
} Carrier;

static int
order_carriers (gconstpointer a, gconstpointer b)
{
  const Carrier *x = a;
  const Carrier *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return x->cluster < y->cluster ? -1 : x->cluster > y->cluster;
}

/* Turns "value v occurs in cluster c" into additions to a match's weight: log2 (S / f), f the share
 * of clusters that carry the value and S the sum of squared shares, that is, the mean chance of
 * agreeing over all values. An unseen value counts as seen once. */
static GArray *
adjust_by_rarity (GArray *carriers, guint n_values, guint n_clusters, double low, double high)
{
  GArray             *result = g_array_sized_new (FALSE, TRUE, sizeof (gint16), n_values);
  g_autofree guint32 *counts = g_new0 (guint32, n_values);
  double              squares = 0;
  double              total = 0;

  if (carriers->len > 0)
    qsort (carriers->data, carriers->len, sizeof (Carrier), order_carriers);
  for (guint i = 0; i < carriers->len; i++)
    {
      const Carrier *at = &g_array_index (carriers, Carrier, i);

      if (i == 0 || order_carriers (at, at - 1) != 0)
        counts[at->value]++;
    }
  for (guint i = 1; i < n_values; i++)
    {
      squares += (double) counts[i] * counts[i];
      total += counts[i];
    }
  for (guint i = 0; i < n_values; i++)
    {
      double bits = total > 0 ? log2 (squares / total / MAX (counts[i], 1u)) : 0;
      gint16 units = (gint16) lrint (CLAMP (bits, low, high) * CC_LINK_BIT);

      g_array_append_val (result, units);
    }
  return result;
}

static void
collect (GArray *into, guint32 value, guint32 cluster)
{
  Carrier carrier = { value, cluster };

  g_array_append_val (into, carrier);
}

static void
weigh_words (CcLinkFrequencies *self, CcLinkTable *table, const guint32 *cluster_of, guint role)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Carrier));
  g_autoptr (GArray) skeletons = g_array_new (FALSE, FALSE, sizeof (Carrier));

  for (guint i = 0; i < table->rows->len; i++)
    {
      const CcLinkRow *row = cc_link_table_row (table, i);
      const guint32   *list = role == 0 ? row->names : role == 1 ? row->aliases : row->fathers;
      guint            n = role == 0 ? row->n_names : role == 1 ? row->n_aliases : row->n_fathers;

      for (guint k = 0; k < n; k++)
        {
          collect (words, list[k], cluster_of ? cluster_of[i] : i);
          collect (skeletons, cc_link_table_token (table, list[k])->skeleton,
                   cluster_of ? cluster_of[i] : i);
        }
    }
  self->exact[role] = adjust_by_rarity (words, table->tokens->len, table->rows->len, -6, 8);
  self->skeleton[role] =
      adjust_by_rarity (skeletons, table->n_skeletons + 1, table->rows->len, -6, 8);
}

static void
weigh_column (CcLinkFrequencies *self, CcLinkTable *table, const guint32 *cluster_of, guint column)
{
  g_autoptr (GArray) carriers = g_array_new (FALSE, FALSE, sizeof (Carrier));
  guint n = table->columns[column].values->len;

  self->carriers[column] = g_array_new (FALSE, TRUE, sizeof (guint32));
  g_array_set_size (self->carriers[column], n);
  for (guint i = 0; i < table->rows->len; i++)
    {
      guint32 value = cc_link_table_row (table, i)->values[column];

      if (value == 0)
        continue;
      collect (carriers, value, cluster_of ? cluster_of[i] : i);
      g_array_index (self->carriers[column], guint32, value)++;
    }
  self->value[column] = adjust_by_rarity (carriers, n, table->rows->len, -3, 4);
}

static void
weigh_years (CcLinkFrequencies *self, CcLinkTable *table)
{
  double mass[256] = { 0 };
  double smooth[256] = { 0 };
  double total = 0;
  double squares = 0;

  for (guint i = 0; i < table->rows->len; i++)
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
  CcLinkFrequencies *self = g_new0 (CcLinkFrequencies, 1);

  for (guint role = 0; role < 3; role++)
    weigh_words (self, table, cluster_of, role);
  for (guint i = 0; i < table->n_columns; i++)
    weigh_column (self, table, cluster_of, i);
  weigh_years (self, table);
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
    }
  for (guint i = 0; i < CC_LINK_MAX_COLUMNS; i++)
    {
      g_clear_pointer (&self->value[i], g_array_unref);
      g_clear_pointer (&self->carriers[i], g_array_unref);
    }
  g_free (self);
}
