/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine alone, without any person's decision: the range printed with each figure must hold
 * what correctly linked records can show, in 95 of 100 cells, and must be narrow enough to be of
 * use. What linkage missed or joined wrongly is listed as messages of the test. */

#include "gate-country.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cc/linkage/cc-linkage.h>

/* The same level as the demonstration's. */
#define ACCEPT 0.9

#define MIN_COVERED      0.95
#define MAX_MEDIAN_WIDTH 0.10

static void
link_all (Gate *gate)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };
  CcLinkParams             params;

  cc_link_params_init (&params);
  params.accept = ACCEPT;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GError) error = NULL;
      CcLinkCounts counts = { 0 };

      g_assert_true (cc_link_run (gate->file, units[i], &params, NULL, &counts, &error));
      g_assert_no_error (error);
      g_test_message ("%s: %u records, %u clusters, %u joined, %u open", units[i], counts.records,
                      counts.clusters, counts.joined, counts.proposals);
    }
}

/* The clusters and the true person of each record. */
typedef struct
{
  gint64 record;
  gint64 cluster;
  guint  person;
  char   unit[3];
} Known;

static GArray *
load_known (Gate *gate)
{
  g_autoptr (GHashTable) records = gate_load_records (gate);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  CcConnection *connection = cc_case_file_acquire_reader (gate->file, &error);
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT cluster FROM membership WHERE record = ?1 AND to_act IS NULL",
                             &error);
  GArray *known = g_array_new (FALSE, TRUE, sizeof (Known));

  for (guint i = 0; gate->key[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (gate->key[i], ",", -1);
      g_autofree char *place = NULL;
      const gint64    *id;
      gboolean         has_row;
      Known            one = { 0 };

      if (g_strcmp0 (fields[0], "record") != 0)
        continue;
      place = g_strdup_printf ("%s/%s/%s/%s", fields[1], fields[3], fields[4], fields[5]);
      id = g_hash_table_lookup (records, place);
      g_assert_nonnull (id);
      if (!g_hash_table_contains (persons, fields[6]))
        g_hash_table_insert (persons, g_strdup (fields[6]),
                             GUINT_TO_POINTER (g_hash_table_size (persons) + 1));
      one.record = *id;
      one.person = GPOINTER_TO_UINT (g_hash_table_lookup (persons, fields[6]));
      g_strlcpy (one.unit, fields[5], sizeof one.unit);
      cc_statement_bind_int64 (rows, 1, *id);
      g_assert_true (cc_statement_step (rows, &has_row, &error) && has_row);
      one.cluster = cc_statement_int64 (rows, 0);
      cc_statement_reset (rows);
      g_array_append_val (known, one);
    }
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (gate->file, connection);
  return known;
}

/* Lists the pairs that were joined though they are two persons, and counts the true pairs that are
 * neither joined nor open. */
static void
list_errors (Gate *gate, const char *unit)
{
  g_autoptr (GArray) known = load_known (gate);
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const CcUnit *of = cc_pack_find_unit (gate->pack, unit);
  g_autoptr (GPtrArray) queue = cc_link_queue (gate->file, unit, 0, 1, NULL);
  guint n_true = 0, n_missed = 0, n_false = 0;

  for (guint i = 0; i < queue->len; i++)
    {
      const CcLinkItem *item = queue->pdata[i];

      g_hash_table_add (open, g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                               MIN (item->a, item->b), MAX (item->a, item->b)));
    }
  for (guint i = 0; i < known->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const Known     *a = &g_array_index (known, Known, i);
        const Known     *b = &g_array_index (known, Known, j);
        gboolean         same = a->person == b->person, joined = a->cluster == b->cluster;
        g_autofree char *key = NULL;

        if ((!same && !joined) || !g_str_equal (a->unit, of->abbr)
            || !g_str_equal (b->unit, of->abbr))
          continue;
        n_true += same;
        key = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, MIN (a->record, b->record),
                               MAX (a->record, b->record));
        if (joined && !same && n_false++ < GATE_MAX_SHOWN)
          g_test_message ("%s: falsely joined records %s", unit, key);
        if (same && !joined && !g_hash_table_contains (open, key) && n_missed++ < GATE_MAX_SHOWN)
          g_test_message ("%s: missed pair of records %s", unit, key);
      }
  g_test_message ("%s: %u true pairs, %u missed (neither joined nor open), %u falsely joined", unit,
                  n_true, n_missed, n_false);
}

typedef struct
{
  guint   cells;
  guint   covered;
  guint   point;  /* low = high */
  GArray *widths; /* double, of cells whose expected figure is above zero */
} Ranges;

static void
check_table (Gate *gate, const char *name, GPtrArray *lines, gpointer data)
{
  Ranges *ranges = data;
  g_autoptr (CcTableResult) result = gate_count_table (gate, name, TRUE);
  guint outside = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines->pdata[i], ",", -1);
      const CcCell *cell = gate_find_cell (result, fields);
      double        expected = g_ascii_strtod (fields[8], NULL);
      gboolean      covered;

      /* A rate has the range of its numerator, which its own table of counts shows. */
      if (g_str_equal (fields[6], "rate") || !cell)
        continue;
      covered = expected >= cell->low && expected <= cell->high;
      ranges->cells++;
      ranges->covered += covered;
      ranges->point += cell->low == cell->high;
      outside += !covered;
      if (expected > 0)
        {
          double width = (cell->high - cell->low) / expected;

          g_array_append_val (ranges->widths, width);
        }
    }
  g_test_message ("%s: %u cells, %u outside their range", name, lines->len, outside);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
test_ranges (gconstpointer data)
{
  g_auto (Gate) gate = { 0 };
  g_autoptr (GError) error = NULL;
  Ranges ranges = { 0 };
  double median, share;

  gate_make_country (&gate, data);
  gate_import_all (&gate);
  link_all (&gate);
  list_errors (&gate, "victim");
  list_errors (&gate, "perpetrator");
  ranges.widths = g_array_new (FALSE, FALSE, sizeof (double));
  gate_for_each_table (&gate, check_table, &ranges);
  g_array_sort (ranges.widths, compare_doubles);
  median = g_array_index (ranges.widths, double, ranges.widths->len / 2);
  share = (double) ranges.covered / ranges.cells;
  g_test_message ("%u cells, %.4f hold the expected figure, %.4f without a range; median width "
                  "%.4f of the expected figure over the %u cells above zero",
                  ranges.cells, share, (double) ranges.point / ranges.cells, median,
                  ranges.widths->len);
  g_array_unref (ranges.widths);
  g_assert_cmpfloat (share, >=, MIN_COVERED);
  g_assert_cmpfloat (median, <=, MAX_MEDIAN_WIDTH);
  g_assert_true (cc_case_file_close (gate.file, &error));
  g_assert_no_error (error);
}

static const GateCase cases[] = {
  { "/gates/engine-range/seed-1", 1, 3, 2000, 9, "BEN" },
  { "/gates/engine-range/seed-2", 2, 3, 2000, 9, "BEN" },
  { "/gates/engine-range/seed-3", 3, 3, 2000, 9, "BEN" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_ranges);
  return g_test_run ();
}
