/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way of a practice country: its files are imported with their map files, the answer
 * key's decisions are imposed, all tables of three questionnaires are counted, and every cell must
 * show what the key says that correctly read and linked rows can show. The key is made by plain
 * loops that know nothing of the store or of counting, so an agreement means something. */

#include "gate-country.h"

#include <math.h>
#include <string.h>
#include <cc/stats/cc-facts.h>

typedef struct
{
  GHashTable *first;   /* person -> its first record */
  GArray     *records; /* pairs of record ids to be joined */
} Joins;

static gboolean
impose (CcAct *act, gpointer data, GError **error)
{
  Joins *joins = data;

  for (guint i = 0; i + 1 < joins->records->len; i += 2)
    {
      gint64 a = cc_act_find_cluster (act, g_array_index (joins->records, gint64, i), error);
      gint64 b = cc_act_find_cluster (act, g_array_index (joins->records, gint64, i + 1), error);

      if (a != b && !cc_act_join (act, a, b, 0, error))
        return FALSE;
    }
  return TRUE;
}

static void
impose_key (Gate *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) records = gate_load_records (self);
  Joins joins = { g_hash_table_new (g_str_hash, g_str_equal),
                  g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  guint missing = 0, found = 0;

  for (guint i = 0; self->key[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (self->key[i], ",", -1);
      g_autofree char *place = NULL;
      gint64          *id, *first;

      if (g_strcmp0 (fields[0], "record") != 0)
        continue;
      place = g_strdup_printf ("%s/%s/%s/%s", fields[1], fields[3], fields[4], fields[5]);
      id = g_hash_table_lookup (records, place);
      if (id == NULL)
        {
          if (missing++ < GATE_MAX_SHOWN)
            g_test_message ("no record for %s", self->key[i]);
          continue;
        }
      found++;
      first = g_hash_table_lookup (joins.first, fields[6]);
      if (first == NULL)
        {
          char *person = g_strdup (fields[6]);

          g_ptr_array_add (persons, person);
          g_hash_table_insert (joins.first, person, id);
          continue;
        }
      g_array_append_val (joins.records, *first);
      g_array_append_val (joins.records, *id);
    }
  g_assert_cmpuint (missing, ==, 0);
  g_assert_cmpuint (found, ==, g_hash_table_size (records));
  g_assert_true (cc_case_file_act (self->file, "decide", impose, &joins, NULL, &error));
  g_assert_no_error (error);
  g_hash_table_unref (joins.first);
  g_array_unref (joins.records);
}

static double
get_figure (const CcCell *cell, char **fields)
{
  if (cell == NULL)
    return NAN;
  return g_str_equal (fields[6], "rate") ? cell->value : (double) cell->count;
}

static guint
compare_table (const CcTableResult *result, GPtrArray *lines)
{
  guint wrong = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines->pdata[i], ",", -1);
      double        wanted = g_ascii_strtod (fields[8], NULL);
      const CcCell *cell = gate_find_cell (result, fields);
      double        found = get_figure (cell, fields);

      if (isnan (found) && wanted == 0 && strlen (fields[4]) == 3)
        continue;
      if (fabs (found - wanted) < 1e-5)
        continue;
      if (wrong++ < GATE_MAX_SHOWN)
        g_test_message ("%s: counted %g", (char *) lines->pdata[i], found);
    }
  return wrong;
}

static void
check_table (Gate *gate, const char *name, GPtrArray *lines, gpointer data)
{
  guint *all_wrong = data;
  g_autoptr (CcTableResult) result = gate_count_table (gate, name, FALSE);
  guint wrong = compare_table (result, lines);

  g_test_message ("%s: %u cells, %u wrong", name, lines->len, wrong);
  *all_wrong += wrong;
}

static void
test_country (gconstpointer data)
{
  g_auto (Gate) gate = { 0 };
  g_autoptr (GError) error = NULL;
  guint wrong = 0;

  gate_make_country (&gate, data);
  gate_import_all (&gate);
  impose_key (&gate);
  gate_for_each_table (&gate, check_table, &wrong);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_true (cc_facts_verify (gate.file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (gate.file, &error));
  g_assert_no_error (error);
}

static const GateCase cases[] = {
  { "/gates/practice-key/seed-1", 1, 3, 2000, 9, "BEN" },
  { "/gates/practice-key/seed-2", 2, 3, 2000, 9, "BEN" },
  { "/gates/practice-key/seed-3", 3, 3, 2000, 9, "BEN" },
  { "/gates/practice-key/tidy", 4, 1, 300, 9, "BEN" },
  { "/gates/practice-key/hopeless", 5, 5, 600, 9, "BEN" },
  { "/gates/practice-key/many-agencies", 6, 4, 600, 20, "TGO" },
  { "/gates/practice-key/few-agencies", 7, 2, 300, 8, "NGA" },
  { "/gates/practice-key/trap-country", 8, 3, 300, 9, "GIN" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_country);
  return g_test_run ();
}
