/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate-country.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-population.h>

#define MAX_SHOWN GATE_MAX_SHOWN

/* Removes a folder of files. */
void
gate_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* Closes the file and removes everything that was made. */
void
gate_clear (Gate *self)
{
  g_clear_pointer (&self->file, cc_case_file_free);
  g_clear_pointer (&self->country, cc_practice_result_free);
  g_clear_pointer (&self->pack, cc_pack_unref);
  g_clear_pointer (&self->key, g_strfreev);
  gate_remove_folder (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

/* Invents the country and an empty case file for it. */
void
gate_make_country (Gate *self, const GateCase *wanted)
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

/* Imports every agency's file with its map; nothing may be parked or unmapped. */
void
gate_import_all (Gate *self)
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
GHashTable *
gate_load_records (Gate *self)
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

/* The counted cell that a line of the key speaks of; NULL for a country that is not in use, which
 * stands for nobody. fields: the line, split at its commas. */
const CcCell *
gate_find_cell (const CcTableResult *result, char **fields)
{
  return cc_table_result_find (result, fields[4], fields[5],
                               g_str_equal (fields[3], "total") ? NULL : fields[3]);
}

/* Counts the table "questionnaire/table" over the key's years. */
CcTableResult *
gate_count_table (Gate *self, const char *name, gboolean bounds)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) id = g_strsplit (name, "/", 2);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (self->pack, id[0], NULL, &error);
  const CcTableDefinition *table;
  g_autoptr (GArray) periods = cc_periods_new_years (2020, 2024, 1);
  CcCountOptions options = { .periods = periods, .no_bounds = !bounds };
  CcTableResult *result;

  g_assert_no_error (error);
  table = cc_questionnaire_find_table (questionnaire, id[1]);
  g_assert_nonnull (table);
  result = cc_count_table (self->file, questionnaire, table, &options, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* The key's cells by table, in the key's order. func is called once per table with its lines. */
void
gate_for_each_table (Gate *self, GateTableFunc func, gpointer data)
{
  g_autoptr (GHashTable) tables =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

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
    func (self, names->pdata[i], g_hash_table_lookup (tables, names->pdata[i]), data);
}
