/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way of a practice country: its files are imported with their map files, the answer
 * key's decisions are imposed, all tables of three questionnaires are counted, and every cell must
 * show what the key says that correctly read and linked rows can show. The key is made by plain
 * loops that know nothing of the store or of counting, so an agreement means something. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <cc/intake/cc-import.h>
#include <cc/practice/cc-practice.h>
#include <cc/stats/cc-count.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-population.h>

#define MAX_SHOWN 40

typedef struct
{
  char             *directory;
  CcPracticeResult *country;
  CcPack           *pack;
  CcCaseFile       *file;
  char            **key; /* lines of the answer key */
} Gate;

static void
gate_clear (Gate *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->directory, 0, NULL);
  const char *name;

  g_clear_pointer (&self->file, cc_case_file_free);
  g_clear_pointer (&self->country, cc_practice_result_free);
  g_clear_pointer (&self->pack, cc_pack_unref);
  g_clear_pointer (&self->key, g_strfreev);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gate, gate_clear)

typedef struct
{
  const char *name;
  guint64     seed;
  int         level;
  guint       victims;
  guint       agencies;
  const char *country;
} Case;

static void
make_country (Gate *self, const Case *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  CcPracticeParams params;

  cc_practice_params_init (&params);
  params.seed = wanted->seed;
  params.level = wanted->level;
  params.victims = wanted->victims;
  params.agencies = wanted->agencies;
  params.country = wanted->country;
  self->directory = g_dir_make_tmp ("casecount-gate-XXXXXX", &error);
  g_assert_no_error (error);
  self->country = cc_practice_generate (&params, self->directory, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (self->country->key_path, &text, NULL, &error));
  self->key = g_strsplit (text, "\n", -1);
  self->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  path = g_build_filename (self->directory, "practice.casecount", NULL);
  self->file = cc_case_file_create (path, "practice", self->pack, wanted->country, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (self->file, &error));
  g_assert_no_error (error);
}

static void
show_result (const CcPracticeFile *file, const CcImportResult *result)
{
  g_test_message ("%s: rows %" G_GINT64_FORMAT " parked %" G_GINT64_FORMAT
                  " rejected %" G_GINT64_FORMAT " errors %" G_GINT64_FORMAT,
                  file->entity, result->rows, result->n_parked, result->n_rejected,
                  result->n_errors);
  for (guint i = 0; result->unmapped_columns != NULL && result->unmapped_columns[i] != NULL; i++)
    g_test_message ("%s: column not mapped: %s", file->entity, result->unmapped_columns[i]);
  for (guint i = 0; i < result->unmapped_values->len && i < MAX_SHOWN; i++)
    {
      CcImportUnmapped *value = result->unmapped_values->pdata[i];

      g_test_message ("%s: value not mapped: %s %s '%s' x%" G_GINT64_FORMAT, file->entity,
                      value->header, value->variable, value->text, value->count);
    }
  for (guint i = 0; i < result->examples->len && i < MAX_SHOWN; i++)
    {
      CcImportExample *example = result->examples->pdata[i];

      g_test_message ("%s: %s %s row %u %s '%s'", file->entity, example->rule, example->sheet,
                      example->row, example->variable, example->value);
    }
}

static void
import_file (Gate *self, const CcPracticeFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcImportResult) result = NULL;
  CcImportOptions options = { .entity = file->entity,
                              .period = file->period,
                              .today = cc_day_from_ymd (2025, 3, 1) };

  if (file->map_path != NULL)
    {
      map = cc_map_load (file->map_path, &error);
      g_assert_no_error (error);
      g_assert_true (cc_map_check (map, self->pack, &error));
      g_assert_no_error (error);
      options.map = map;
    }
  result = cc_import_file (self->file, file->path, &options, NULL, &error);
  g_assert_no_error (error);
  show_result (file, result);
  g_assert_cmpint (result->n_parked, ==, 0);
  g_assert_cmpuint (result->unmapped_values->len, ==, 0);
}

static void
import_all (Gate *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->country->files->len; i++)
    {
      const CcPracticeFile *file = self->country->files->pdata[i];

      g_assert_true (cc_entity_add (self->file, file->entity, file->name,
                                    cc_pack_find_code (self->pack, "RETYPE", file->type), &error));
      g_assert_no_error (error);
      if (file->nil)
        {
          g_autoptr (CcEntity) entity = cc_entity_find (self->file, file->entity, &error);

          g_assert_cmpint (cc_submission_add_nil (self->file, entity->id, file->period, &error), >,
                           0);
        }
      else
        import_file (self, file);
    }
  g_assert_true (cc_population_import (self->file, self->country->population_path, NULL, &error));
  g_assert_no_error (error);
}

/* Record ids by "entity/sheet/row/unit". */
static GHashTable *
load_records (Gate *self)
{
  g_autoptr (GError) error = NULL;
  CcConnection *connection = cc_case_file_acquire_reader (self->file, &error);
  g_autoptr (CcStatement) rows = NULL;
  GHashTable *records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean    has_row;

  g_assert_no_error (error);
  rows = cc_connection_prepare (connection,
                                "SELECT e.key, s.sheet, s.row, r.unit, r.id FROM record r"
                                " JOIN source_row s ON s.id = r.source_row"
                                " JOIN entity e ON e.id = r.entity WHERE r.state = 0"
                                " AND r.unit IN ('VI', 'PE', 'EV')",
                                &error);
  g_assert_no_error (error);
  while (cc_statement_step (rows, &has_row, &error) && has_row)
    {
      gint64 id = cc_statement_int64 (rows, 4);

      g_hash_table_insert (records,
                           g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT "/%s",
                                            cc_statement_text (rows, 0),
                                            cc_statement_text (rows, 1),
                                            cc_statement_int64 (rows, 2),
                                            cc_statement_text (rows, 3)),
                           g_memdup2 (&id, sizeof id));
    }
  g_assert_no_error (error);
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (self->file, connection);
  return records;
}

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
  g_autoptr (GHashTable) records = load_records (self);
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
          if (missing++ < MAX_SHOWN)
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

/* The figure of one cell; a country that is not in use stands for nobody. */
static double
get_figure (const CcTableResult *result, char **fields)
{
  const CcCell *cell = cc_table_result_find (result, fields[4], fields[5],
                                             g_str_equal (fields[3], "total") ? NULL : fields[3]);

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
      double wanted = g_ascii_strtod (fields[8], NULL);
      double found = get_figure (result, fields);

      if (isnan (found) && wanted == 0 && strlen (fields[4]) == 3)
        continue;
      if (fabs (found - wanted) < 1e-5)
        continue;
      if (wrong++ < MAX_SHOWN)
        g_test_message ("%s: counted %g", (char *) lines->pdata[i], found);
    }
  return wrong;
}

static guint
check_table (Gate *self, const char *name, GPtrArray *lines)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) id = g_strsplit (name, "/", 2);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (self->pack, id[0], NULL, &error);
  const CcTableDefinition *table;
  g_autoptr (CcTableResult) result = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2020, 2024, 1);
  CcCountOptions options = { .periods = periods };
  guint          wrong;

  g_assert_no_error (error);
  table = cc_questionnaire_find_table (questionnaire, id[1]);
  if (table == NULL)
    {
      g_test_message ("%s: no such table", name);
      return lines->len;
    }
  result = cc_count_table (self->file, questionnaire, table, &options, NULL, &error);
  g_assert_no_error (error);
  wrong = compare_table (result, lines);
  g_test_message ("%s: %u cells, %u wrong", name, lines->len, wrong);
  return wrong;
}

static void
check_cells (Gate *self)
{
  g_autoptr (GHashTable) tables =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint wrong = 0;

  for (guint i = 0; self->key[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (self->key[i], ",", -1);
      g_autofree char *name = NULL;
      GPtrArray       *lines;

      if (g_strcmp0 (fields[0], "cell") != 0)
        continue;
      name = g_strdup_printf ("%s/%s", fields[1], fields[2]);
      lines = g_hash_table_lookup (tables, name);
      if (lines == NULL)
        {
          char *own = g_steal_pointer (&name);

          lines = g_ptr_array_new ();
          g_hash_table_insert (tables, own, lines);
          g_ptr_array_add (names, own);
        }
      g_ptr_array_add (lines, self->key[i]);
    }
  for (guint i = 0; i < names->len; i++)
    wrong += check_table (self, names->pdata[i], g_hash_table_lookup (tables, names->pdata[i]));
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_country (gconstpointer data)
{
  g_auto (Gate) gate = { 0 };
  g_autoptr (GError) error = NULL;

  make_country (&gate, data);
  import_all (&gate);
  impose_key (&gate);
  check_cells (&gate);
  g_assert_true (cc_facts_verify (gate.file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (gate.file, &error));
  g_assert_no_error (error);
}

static const Case cases[] = {
  { "/gates/practice-key/seed-1", 1, 3, 800, 9, "BEN" },
  { "/gates/practice-key/seed-2", 2, 3, 800, 9, "BEN" },
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
