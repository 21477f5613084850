/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way of a practice country: its files are imported with their map files, the answer
 * key's decisions are imposed, all tables of three questionnaires are counted, and every cell must
 * show what the key says that correctly read and linked rows can show. The key is made by plain
 * loops that know nothing of the store or of counting, so an agreement means something. */

#include "gate-country.h"

#include <math.h>
#include <string.h>
#include <cc/linkage/cc-linkage.h>
#include <cc/stats/cc-facts.h>

/* Reads the UUID of a record. */
static void
read_uuid (CcStatement *rows, gint64 record, guint8 uuid[16])
{
  g_autoptr (GError) error = NULL;
  gboolean      has_row;
  gsize         size;
  gconstpointer bytes;

  cc_statement_bind_int64 (rows, 1, record);
  g_assert_true (cc_statement_step (rows, &has_row, &error) && has_row);
  bytes = cc_statement_blob (rows, 0, &size);
  g_assert_cmpuint (size, ==, 16);
  memcpy (uuid, bytes, 16);
  cc_statement_reset (rows);
}

/* What the key decides about the records of one unit. */
static GArray *
load_members (Gate *self, const CcUnit *unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) records = gate_load_records (self);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CcConnection *connection = cc_case_file_acquire_reader (self->file, &error);
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT uuid FROM record WHERE id = ?1", &error);
  GArray *members = g_array_new (FALSE, FALSE, sizeof (CcLinkMember));

  for (guint i = 0; self->key[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (self->key[i], ",", -1);
      g_autofree char *place = NULL;
      const gint64    *id;
      CcLinkMember     member;

      if (g_strcmp0 (fields[0], "record") != 0 || !g_str_equal (fields[5], unit->abbr))
        continue;
      place = g_strdup_printf ("%s/%s/%s/%s", fields[1], fields[3], fields[4], fields[5]);
      id = g_hash_table_lookup (records, place);
      if (id == NULL)
        g_error ("no record for %s", self->key[i]);
      if (!g_hash_table_contains (groups, fields[6]))
        g_hash_table_insert (groups, g_strdup (fields[6]),
                             GUINT_TO_POINTER (g_hash_table_size (groups) + 1));
      member.group = GPOINTER_TO_UINT (g_hash_table_lookup (groups, fields[6]));
      read_uuid (rows, *id, member.uuid);
      g_array_append_val (members, member);
    }
  g_test_message ("%s: %u records of %u", unit->name, members->len, g_hash_table_size (groups));
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (self->file, connection);
  return members;
}

/* Runs the engine, then decides as the key does, through the same call as a reviewer's verdicts;
 * no record may be left undecided. */
static void
impose_key (Gate *self)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) members = load_members (self, cc_pack_find_unit (self->pack, units[i]));
      g_autoptr (GPtrArray) open = NULL;
      CcLinkParams params;
      CcLinkCounts counts;
      guint        persons;

      cc_link_params_init (&params);
      params.accept = 0.9;
      g_assert_true (cc_link_run (self->file, units[i], &params, NULL, &counts, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (counts.records, ==, members->len);
      g_assert_true (cc_link_impose (self->file, units[i], (CcLinkMember *) members->data,
                                     members->len, "answer key", &persons, NULL, &error));
      g_assert_no_error (error);
      open = cc_link_queue (self->file, units[i], 0, 1, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (open->len, ==, 0);
    }
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
