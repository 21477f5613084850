/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/practice/cc-practice.h>
#include <cc/sheet/cc-book.h>

#include "country.h"

static void
small_params (CcPracticeParams *params, guint64 seed)
{
  cc_practice_params_init (params);
  params->seed = seed;
  params->victims = 300;
}

static char *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  return text;
}

/* All cells of a file as text, with what decides how they are read. */
static char *
read_cells (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint s = 0; s < cc_book_get_n_sheets (book); s++)
    {
      g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, s, &error);
      const CcSheetRow *row = NULL;

      g_assert_no_error (error);
      g_string_append_printf (text, "[%s]\n", cc_book_get_sheet (book, s)->name);
      while (cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
        for (guint c = 0; c < row->n_cells; c++)
          g_string_append_printf (text, "%u,%u,%u=%s\n", row->row, row->cells[c].column,
                                  row->cells[c].type, row->cells[c].text);
      g_assert_no_error (error);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_determinism (void)
{
  for (guint64 seed = 1; seed <= 3; seed++)
    {
      g_auto (Country) one = { 0 };
      g_auto (Country) two = { 0 };
      CcPracticeParams params;

      small_params (&params, seed);
      country_generate (&one, &params);
      country_generate (&two, &params);
      g_assert_cmpuint (one.result->files->len, ==, two.result->files->len);
      for (guint i = 0; i < one.result->files->len; i++)
        {
          CcPracticeFile  *a = one.result->files->pdata[i], *b = two.result->files->pdata[i];
          g_autofree char *cells_a = NULL;
          g_autofree char *cells_b = NULL;

          if (a->nil)
            continue;
          cells_a = read_cells (a->path);
          cells_b = read_cells (b->path);
          g_assert_cmpstr (cells_a, ==, cells_b);
          g_assert_cmpuint (strlen (cells_a), >, 1000);
        }
      {
        g_autofree char *key_a = load (one.result->key_path);
        g_autofree char *key_b = load (two.result->key_path);

        g_assert_cmpstr (key_a, ==, key_b);
      }
    }
}

/* Another seed is another country. */
static void
test_seeds_differ (void)
{
  g_auto (Country) one = { 0 };
  g_auto (Country) two = { 0 };
  g_autofree char *key_one = NULL;
  g_autofree char *key_two = NULL;
  CcPracticeParams params;

  small_params (&params, 1);
  country_generate (&one, &params);
  params.seed = 2;
  country_generate (&two, &params);
  key_one = load (one.result->key_path);
  key_two = load (two.result->key_path);
  g_assert_cmpstr (key_one, !=, key_two);
}

/* The key's cells: "questionnaire/table/year/row/col" -> text. */
static GHashTable *
load_cells (const char *path, guint column)
{
  g_autofree char *text = load (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GHashTable *cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ",", -1);

      if (g_strcmp0 (fields[0], "cell") != 0)
        continue;
      g_assert_cmpuint (g_strv_length (fields), ==, 9);
      g_hash_table_insert (cells,
                           g_strdup_printf ("%s/%s/%s/%s/%s", fields[1], fields[2], fields[3],
                                            fields[4], fields[5]),
                           g_strdup (fields[column]));
    }
  return cells;
}

static int
get_cell (GHashTable *cells, const char *name)
{
  const char *text = g_hash_table_lookup (cells, name);

  if (text == NULL)
    g_error ("the key has no cell %s", name);
  return (int) g_ascii_strtoll (text, NULL, 10);
}

static int
sum_rows (GHashTable *cells, const char *table, const char *year, const char *const *rows)
{
  int sum = 0;

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%s/%s/total", table, year, rows[i]);

      sum += get_cell (cells, name);
    }
  return sum;
}

static void
check_sums (GHashTable *cells)
{
  static const char *const sexage7[] = { "women", "men",    "oadult",  "girls",
                                         "boys",  "ochild", "unknown", NULL };
  static const char *const scopes[] = { "internal", "cross-border", "unknown", NULL };
  static const char *const tables[] = { "unodc-glotip/Q2", "unodc-glotip/Q3", "unodc-glotip/Q4",
                                        "unodc-glotip/Q7", "ecowas-tip/V1",   "ecowas-tip/P5" };
  static const char *const years[] = { "2020", "2021", "2022", "2023", "2024", "total" };

  for (guint y = 0; y < G_N_ELEMENTS (years); y++)
    {
      g_autofree char *q7 = g_strdup_printf ("unodc-glotip/Q7/%s/total/total", years[y]);
      g_autofree char *v1 = g_strdup_printf ("ecowas-tip/V1/%s/total/total", years[y]);
      g_autofree char *q8 = g_strdup_printf ("unodc-glotip/Q8/%s/total/total", years[y]);
      g_autofree char *detv = g_strdup_printf ("sdg-16-2-2/S1/%s/DETV;T;all/total", years[y]);
      g_autofree char *p1 = g_strdup_printf ("ecowas-tip/P1/%s/total/total", years[y]);

      for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
        {
          g_autofree char *total = g_strdup_printf ("%s/%s/total/total", tables[t], years[y]);

          g_assert_cmpint (sum_rows (cells, tables[t], years[y], sexage7), ==,
                           get_cell (cells, total));
        }
      g_assert_cmpint (sum_rows (cells, "ecowas-tip/P1", years[y], scopes), ==,
                       get_cell (cells, p1));
      g_assert_cmpint (get_cell (cells, q7), ==, get_cell (cells, v1));
      g_assert_cmpint (get_cell (cells, q7), ==, get_cell (cells, q8));
      g_assert_cmpint (get_cell (cells, q7), ==, get_cell (cells, detv));
      g_assert_cmpint (get_cell (cells, q7), >, 0);
    }
}

static void
test_key (void)
{
  for (guint64 seed = 4; seed <= 6; seed++)
    {
      g_auto (Country) country = { 0 };
      g_autoptr (GHashTable) truth = NULL;
      g_autoptr (GHashTable) expected = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;
      g_autoptr (GHashTable) persons =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      CcPracticeParams params;
      guint            records = 0;

      small_params (&params, seed);
      country_generate (&country, &params);
      truth = load_cells (country.result->key_path, 7);
      expected = load_cells (country.result->key_path, 8);
      check_sums (truth);
      check_sums (expected);
      text = load (country.result->key_path);
      lines = g_strsplit (text, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix (lines[i], "record,"))
          {
            g_hash_table_add (persons, g_strdup (strrchr (lines[i], ',') + 1));
            records++;
          }
      g_assert_cmpuint (records, ==, country.result->records);
      g_assert_cmpuint (g_hash_table_size (persons), <, records);
      g_assert_cmpuint (g_hash_table_size (persons), <=,
                        country.result->victims + country.result->perpetrators
                            + country.result->events);
    }
}

static void
test_marks (void)
{
  static const char *const marks[] = { "TRAINING", "EXERCICE", "EXERCÍCIO", "EJERCICIO", "تدريب" };
  g_auto (Country) country = { 0 };
  CcPracticeParams params;
  guint            nil = 0;

  small_params (&params, 7);
  country_generate (&country, &params);
  g_assert_cmpuint (country.result->files->len, >=, 8);
  for (guint i = 0; i < country.result->files->len; i++)
    {
      CcPracticeFile  *file = country.result->files->pdata[i];
      g_autofree char *cells = NULL;
      gboolean         marked = FALSE;

      nil += file->nil ? 1 : 0;
      g_assert_true (file->nil == (file->path == NULL));
      if (file->nil)
        continue;
      cells = read_cells (file->path);
      for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
        marked |= strstr (cells, marks[m]) != NULL;
      g_assert_true (marked);
      g_assert_cmpuint (file->rows, >, 0);
    }
  g_assert_cmpuint (nil, ==, 1);
}

static void
test_choices (void)
{
  static const char *const french[] = { "fr", NULL };
  static const char *const unknown[] = { "sw", NULL };
  g_auto (Country) country = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("casecount-practice-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  CcPracticeParams params;

  small_params (&params, 8);
  params.languages = french;
  params.agencies = 12;
  params.country = "TGO";
  params.first_year = 2018;
  params.n_years = 3;
  params.level = 5;
  country_generate (&country, &params);
  g_assert_cmpuint (country.result->files->len, ==, 12);
  for (guint i = 0; i < country.result->files->len; i++)
    g_assert_cmpstr (((CcPracticeFile *) country.result->files->pdata[i])->language, ==, "fr");

  params.languages = unknown;
  g_assert_null (cc_practice_generate (&params, folder, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  params.languages = NULL;
  params.country = "XYZ";
  g_assert_null (cc_practice_generate (&params, folder, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  params.country = "BEN";
  params.level = 6;
  g_assert_null (cc_practice_generate (&params, folder, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  country_remove_folder (folder);
}

/* Each language by itself, with as few agencies as there can be. */
static void
test_languages (void)
{
  static const char *const all[] = { "ar", "en", "es", "fr", "pt" };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (guint agencies = 2; agencies <= 5; agencies += 3)
      {
        const char *const one[] = { all[i], NULL };
        g_auto (Country) country = { 0 };
        CcPracticeParams params;

        small_params (&params, 20 + i);
        params.languages = one;
        params.agencies = agencies;
        params.victims = 40;
        country_generate (&country, &params);
        g_assert_cmpuint (country.result->files->len, ==, agencies);
        g_assert_cmpuint (country.result->records, >=, 40);
      }
}

static void
test_population (void)
{
  g_auto (Country) country = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCsvTable) table = NULL;
  const char *const columns[] = { "year", "sex", "age_class", "count", "source", NULL };
  CcPracticeParams  params;

  small_params (&params, 9);
  country_generate (&country, &params);
  table = cc_csv_table_load (country.result->population_path, &error);
  g_assert_no_error (error);
  g_assert_true (cc_csv_table_require (table, columns, &error));
  g_assert_cmpuint (cc_csv_table_get_n_rows (table), ==, 45);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("casecount-practice-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  CcPracticeParams params;

  small_params (&params, 10);
  g_cancellable_cancel (cancellable);
  g_assert_null (cc_practice_generate (&params, folder, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  country_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/determinism", test_determinism);
  g_test_add_func ("/practice/seeds", test_seeds_differ);
  g_test_add_func ("/practice/key", test_key);
  g_test_add_func ("/practice/marks", test_marks);
  g_test_add_func ("/practice/choices", test_choices);
  g_test_add_func ("/practice/languages", test_languages);
  g_test_add_func ("/practice/population", test_population);
  g_test_add_func ("/practice/cancel", test_cancel);
  return g_test_run ();
}
