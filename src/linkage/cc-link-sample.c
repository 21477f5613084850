/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>

#include "cc-link-scan-private.h"
#include "cc-link-tally-private.h"

/* Pairs that a drawn one stands for are counted in these parts, so that sums do not depend on their
 * order. */
#define PARTS 1024

typedef struct
{
  guint32 a;
  guint32 b;
  guint64 stands_for;
} Drawn;

/* A share of the pairs drawn. */
typedef struct
{
  CcLinkTable             *table;
  const CcLinkFrequencies *frequencies;
  const Drawn             *pairs;
  guint                    n;
  CcLinkTally              tally;
  guint64                  sharing[CC_LINK_NAME_LEVELS];
} Share;

static gpointer
compare_share (gpointer data)
{
  Share *self = data;

  for (guint i = 0; i < self->n && !cc_link_table_stops (self->table, i); i++)
    {
      const Drawn  *at = &self->pairs[i];
      CcLinkPattern pattern =
          cc_link_compare (self->table, self->frequencies, cc_link_table_row (self->table, at->a),
                           cc_link_table_row (self->table, at->b));

      cc_link_tally_add (&self->tally, cc_link_pattern_key (pattern), 1);
      self->sharing[cc_link_pattern_level (pattern.levels, CC_LINK_COMPARE_NAME)] += at->stands_for;
    }
  return NULL;
}

/* Counts are sums: they do not depend on who compared which pair. */
static GArray *
compare_drawn (CcLinkTable             *table,
               const CcLinkFrequencies *frequencies,
               GArray                  *drawn,
               double                  *sharing)
{
  guint             n_threads = CLAMP (table->n_threads, 1, 16);
  g_autofree Share *shares = g_new0 (Share, n_threads);
  GThread          *threads[16] = { NULL };
  GArray           *result;

  for (guint i = 0; i < n_threads; i++)
    {
      guint first = (guint) ((guint64) drawn->len * i / n_threads);
      guint end = (guint) ((guint64) drawn->len * (i + 1) / n_threads);

      shares[i] = (Share){ .table = table,
                           .frequencies = frequencies,
                           .pairs = (const Drawn *) drawn->data + first,
                           .n = end - first };
      cc_link_tally_init (&shares[i].tally);
      if (i > 0)
        threads[i] = g_thread_new ("sample", compare_share, &shares[i]);
    }
  compare_share (&shares[0]);
  for (guint i = 1; i < n_threads; i++)
    {
      g_thread_join (threads[i]);
      cc_link_tally_add_all (&shares[0].tally, &shares[i].tally);
      cc_link_tally_clear (&shares[i].tally);
      for (guint k = 0; k < CC_LINK_NAME_LEVELS; k++)
        shares[0].sharing[k] += shares[i].sharing[k];
    }
  for (guint k = 0; sharing && k < CC_LINK_NAME_LEVELS; k++)
    sharing[k] = (double) shares[0].sharing[k] / PARTS;
  result = cc_link_tally_to_array (&shares[0].tally);
  cc_link_tally_clear (&shares[0].tally);
  return result;
}

GArray *
cc_link_sample_random (CcLinkTable             *table,
                       const CcLinkFrequencies *frequencies,
                       guint                    n,
                       guint64                  seed)
{
  g_autoptr (GArray) drawn = g_array_sized_new (FALSE, FALSE, sizeof (Drawn), n);
  CcRandom random;

  cc_random_init (&random, seed);
  for (guint i = 0; i < n && table->rows->len > 1; i++)
    {
      Drawn pair = { 0 };

      pair.a = cc_random_below (&random, table->rows->len);
      pair.b = cc_random_below (&random, table->rows->len - 1);
      pair.b += pair.b >= pair.a;
      g_array_append_val (drawn, pair);
    }
  return compare_drawn (table, frequencies, drawn, NULL);
}

/* Bearers of each name skeleton: offsets into one list of records. */
static void
index_skeletons (CcLinkTable *table, guint32 **offsets, guint32 **records)
{
  guint32 *starts = g_new0 (guint32, table->n_skeletons + 3);
  guint32  n = 0;

  for (guint i = 0; i < table->rows->len; i++)
    for (guint k = 0; k < cc_link_table_row (table, i)->n_names; k++, n++)
      starts[cc_link_table_token (table, cc_link_table_row (table, i)->names[k])->skeleton + 2]++;
  for (guint i = 2; i < table->n_skeletons + 3; i++)
    starts[i] += starts[i - 1];
  *records = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < table->rows->len; i++)
    for (guint k = 0; k < cc_link_table_row (table, i)->n_names; k++)
      {
        guint32 skeleton =
            cc_link_table_token (table, cc_link_table_row (table, i)->names[k])->skeleton;

        (*records)[starts[skeleton + 1]++] = i;
      }
  *offsets = starts;
}

/* How likely it is that the second record is drawn for a name of the first, once the first is. */
static double
chance_to_meet (CcLinkTable *table, const guint32 *offsets, const CcLinkRow *a, const CcLinkRow *b)
{
  double sum = 0;

  for (guint i = 0; i < a->n_names; i++)
    for (guint j = 0; j < b->n_names; j++)
      {
        guint32 skeleton = cc_link_table_token (table, a->names[i])->skeleton;

        if (skeleton == cc_link_table_token (table, b->names[j])->skeleton)
          sum += 1.0 / (offsets[skeleton + 1] - offsets[skeleton]);
      }
  return sum / a->n_names;
}

GArray *
cc_link_sample_namesakes (CcLinkTable             *table,
                          const CcLinkFrequencies *frequencies,
                          guint                    n,
                          guint64                  seed,
                          double                   sharing[CC_LINK_NAME_LEVELS])
{
  g_autofree guint32 *offsets = NULL;
  g_autofree guint32 *records = NULL;
  g_autoptr (GArray) drawn = g_array_sized_new (FALSE, FALSE, sizeof (Drawn), n);
  CcRandom random;

  cc_random_init (&random, seed);
  index_skeletons (table, &offsets, &records);
  for (guint i = 0; i < n && table->rows->len > 1; i++)
    {
      guint32          a = cc_random_below (&random, table->rows->len);
      const CcLinkRow *row = cc_link_table_row (table, a);
      Drawn            pair = { a, 0, 0 };
      const CcLinkRow *other;
      guint32          skeleton;
      guint32          size;

      if (row->n_names == 0)
        continue;
      skeleton = cc_link_table_token (table, row->names[cc_random_below (&random, row->n_names)])
                     ->skeleton;
      size = offsets[skeleton + 1] - offsets[skeleton];
      pair.b = records[offsets[skeleton] + cc_random_below (&random, size)];
      if (pair.a == pair.b)
        continue;
      other = cc_link_table_row (table, pair.b);
      pair.stands_for = (guint64) (PARTS * (double) table->rows->len / n
                                   / (chance_to_meet (table, offsets, row, other)
                                      + chance_to_meet (table, offsets, other, row)));
      g_array_append_val (drawn, pair);
    }
  return compare_drawn (table, frequencies, drawn, sharing);
}
