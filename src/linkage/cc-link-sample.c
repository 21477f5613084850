/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>

#include "cc-link-scan-private.h"
#include "cc-link-tally-private.h"

GArray *
cc_link_sample_random (CcLinkTable             *table,
                       const CcLinkFrequencies *frequencies,
                       guint                    n,
                       guint64                  seed)
{
  CcRandom    random;
  CcLinkTally tally;
  GArray     *result;

  cc_random_init (&random, seed);
  cc_link_tally_init (&tally);
  for (guint i = 0; i < n && table->rows->len > 1; i++)
    {
      guint32 a = cc_random_below (&random, table->rows->len);
      guint32 b = cc_random_below (&random, table->rows->len - 1);

      b += b >= a;
      cc_link_tally_add (&tally,
                         cc_link_pattern_key (cc_link_compare (table, frequencies,
                                                               cc_link_table_row (table, a),
                                                               cc_link_table_row (table, b))),
                         1);
    }
  result = cc_link_tally_to_array (&tally);
  cc_link_tally_clear (&tally);
  return result;
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

GArray *
cc_link_sample_namesakes (CcLinkTable             *table,
                          const CcLinkFrequencies *frequencies,
                          guint                    n,
                          guint64                  seed)
{
  g_autofree guint32 *offsets = NULL;
  g_autofree guint32 *records = NULL;
  CcRandom            random;
  CcLinkTally         tally;
  GArray             *result;

  cc_random_init (&random, seed);
  cc_link_tally_init (&tally);
  index_skeletons (table, &offsets, &records);
  for (guint i = 0; i < n && table->rows->len > 1; i++)
    {
      guint32          a = cc_random_below (&random, table->rows->len);
      const CcLinkRow *row = cc_link_table_row (table, a);
      guint32          skeleton;
      guint32          size;
      guint32          b;

      if (row->n_names == 0)
        continue;
      skeleton = cc_link_table_token (table, row->names[cc_random_below (&random, row->n_names)])
                     ->skeleton;
      size = offsets[skeleton + 1] - offsets[skeleton];
      b = records[offsets[skeleton] + cc_random_below (&random, size)];
      if (a == b)
        continue;
      cc_link_tally_add (&tally,
                         cc_link_pattern_key (cc_link_compare (table, frequencies, row,
                                                               cc_link_table_row (table, b))),
                         1);
    }
  result = cc_link_tally_to_array (&tally);
  cc_link_tally_clear (&tally);
  return result;
}
