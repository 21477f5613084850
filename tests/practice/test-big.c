/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>

#include "cc-practice-private.h"
#include "country.h"

static void
big_params (CcPracticeParams *params, guint64 seed, guint victims, guint records)
{
  cc_practice_params_init (params);
  params->seed = seed;
  params->big = TRUE;
  params->victims = victims;
  params->records = records;
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

static const char *
get (CcCsvTable *table, guint row, const char *column)
{
  return cc_csv_table_get (table, row, cc_csv_table_find_column (table, column));
}

/* Twelve of a hundred families have one name, the next has a third of what Zipf's law leaves for
 * the first, and no two of the names are written alike. */
static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPracticeData) data = cc_practice_data_load ("BEN", 3, &error);
  CcCrowd    *crowd;
  CcRandom    random;
  guint       counts[3] = { 0 };
  const guint n = 200000;

  g_assert_no_error (error);
  crowd = cc_crowd_new (data, 5, 100000);
  g_assert_cmpuint (cc_crowd_count_phone_owners (crowd), ==, 2000);
  cc_random_init (&random, 1);
  for (guint i = 0; i < n; i++)
    {
      char *spelled[CC_PRACTICE_N_SPELLINGS];
      guint at = cc_crowd_draw (crowd, 0, &random, spelled);

      g_assert_cmpuint (at, <, 20000);
      counts[MIN (at, 2)]++;
      for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
        {
          g_assert_cmpuint (strlen (spelled[s]), >, 0);
          g_free (spelled[s]);
        }
    }
  g_assert_cmpfloat_with_epsilon (counts[0] / (double) n, 0.12, 0.004);
  g_assert_cmpfloat (counts[1], <, counts[0] / 2.0);
  g_assert_cmpfloat (counts[1], >, n * 0.02);
  cc_crowd_free (crowd);
}

/* Persons of one family are met together; some of them are twins, most are not. */
static void
test_families (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPracticeData) data = cc_practice_data_load ("BEN", 3, &error);
  g_autoptr (CcWorld) world = NULL;
  CcPracticeParams params;
  guint            families = 0, twins = 0;

  g_assert_no_error (error);
  big_params (&params, 3, 2000, 0);
  world = cc_world_new (&params, data, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (world->perpetrators->len, ==, 0);
  for (guint i = 1; i < world->victims->len; i++)
    {
      const CcWorldVictim *a = &g_array_index (world->victims, CcWorldVictim, i - 1);
      const CcWorldVictim *b = &g_array_index (world->victims, CcWorldVictim, i);

      if (a->family_seed != b->family_seed)
        continue;
      g_assert_cmpuint (a->event, ==, b->event);
      g_assert_true (a->seed != b->seed);
      families++;
      twins += a->birth == b->birth;
    }
  g_assert_cmpuint (families, >, 100);
  g_assert_cmpuint (twins, >, 10);
  g_assert_cmpuint (twins, <, families / 2);
}

static GHashTable *
read_table (const Country *country, guint *n_rows, guint *n_persons)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCsvTable) table = cc_csv_table_load (country->result->table_path, &error);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_no_error (error);
  *n_rows = cc_csv_table_get_n_rows (table);
  for (guint i = 0; i < *n_rows; i++)
    {
      const char *person = get (table, i, "invented_person");
      const char *name = *get (table, i, "full_name") != '\0' ? get (table, i, "full_name")
                                                              : get (table, i, "given_names");

      g_assert_cmpuint (strlen (name), >, 0);
      g_hash_table_add (persons, g_strdup (person));
      g_assert_true (g_hash_table_insert (rows,
                                          g_strdup_printf ("%s %s", get (table, i, "entity"),
                                                           get (table, i, "row")),
                                          g_strdup_printf ("%s\t%s", person, name)));
    }
  *n_persons = g_hash_table_size (persons);
  return rows;
}

/* The cells of each line of an answer key, of which there are at most nine. */
static GPtrArray *
read_key (const char *path)
{
  g_autofree char *text = load (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  return rows;
}

/* The key, the table of all rows and the agencies' files say the same of each row, over several
 * parts; and the counts of the parts add up. */
static void
test_truth (void)
{
  g_auto (Country) country = { 0 };
  g_autoptr (GPtrArray) key = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GHashTable) files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  CcPracticeParams params;
  guint            n_rows, n_persons, stated = 0, counted = 0;

  big_params (&params, 4, 4500, 0);
  country_generate (&country, &params);
  g_assert_cmpuint (country.result->victims, ==, 4500);
  rows = read_table (&country, &n_rows, &n_persons);
  g_assert_cmpuint (n_persons, ==, 4500);
  for (guint i = 0; i < country.result->files->len; i++)
    {
      const CcPracticeFile *file = country.result->files->pdata[i];
      g_autofree char      *text = NULL;

      counted += file->rows;
      g_assert_true (file->nil == (file->path == NULL));
      if (file->nil)
        continue;
      text = load (file->path);
      g_hash_table_insert (files, g_strdup (file->entity), g_strsplit (text, "\r\n", -1));
    }
  g_assert_cmpuint (counted, ==, n_rows);
  key = read_key (country.result->key_path);
  for (guint i = 0; i < key->len; i++)
    {
      char **cells = key->pdata[i];
      g_auto (GStrv) said = NULL;
      g_autofree char *place = NULL;
      char           **lines;
      guint64          line;

      if (!g_str_equal (cells[0], "record") || !g_str_equal (cells[5], "VI"))
        continue;
      place = g_strdup_printf ("%s %s", cells[1], cells[4]);
      g_assert_true (g_hash_table_contains (rows, place));
      said = g_strsplit (g_hash_table_lookup (rows, place), "\t", 2);
      g_assert_cmpstr (said[0], ==, cells[6]);
      lines = g_hash_table_lookup (files, cells[1]);
      line = g_ascii_strtoull (cells[4], NULL, 10);
      g_assert_nonnull (strstr (lines[line - 1], said[1]));
      stated++;
    }
  g_assert_cmpuint (stated, ==, n_rows);
}

/* What the key expects over all cells of a table. */
static guint
sum_cells (const char *path, const char *table)
{
  g_autoptr (GPtrArray) key = read_key (path);
  guint sum = 0;

  for (guint i = 0; i < key->len; i++)
    {
      char **cells = key->pdata[i];

      if (g_str_equal (cells[0], "cell") && g_str_equal (cells[2], table))
        sum += (guint) g_ascii_strtoull (cells[g_strv_length (cells) - 1], NULL, 10);
    }
  return sum;
}

/* Tables grow with the country, but which agencies answered does not. */
static void
test_tables (void)
{
  g_auto (Country) small = { 0 };
  g_auto (Country) large = { 0 };
  CcPracticeParams params;

  big_params (&params, 4, 2000, 0);
  country_generate (&small, &params);
  params.victims = 6000;
  country_generate (&large, &params);
  g_assert_cmpuint (sum_cells (large.result->key_path, "V1"), >,
                    2 * sum_cells (small.result->key_path, "V1"));
  g_assert_cmpuint (sum_cells (small.result->key_path, "A2"), >, 0);
  g_assert_cmpuint (sum_cells (large.result->key_path, "A2"), ==,
                    sum_cells (small.result->key_path, "A2"));
}

typedef struct
{
  guint       n;
  guint64     last;
  GHashTable *phones; /* number -> guint: rows */
} Told;

static void
count_row (const CcPracticeRecord *record, gpointer data)
{
  Told *told = data;

  told->n++;
  told->last = MAX (told->last, record->person);
  if (*record->phone != '\0' && strlen (record->phone) >= 8)
    {
      const char *number = record->phone + strlen (record->phone) - 8;
      guint       n = GPOINTER_TO_UINT (g_hash_table_lookup (told->phones, number));

      g_hash_table_insert (told->phones, g_strdup (number), GUINT_TO_POINTER (n + 1));
    }
}

/* So many rows as were asked for, also across parts; the same in memory as in files. */
static void
test_records (void)
{
  g_auto (Country) country = { 0 };
  g_autoptr (GError) error = NULL;
  CcPracticeParams params;
  Told             told = { 0 };
  GHashTableIter   numbers;
  gpointer         n;
  guint            most = 0, rows, persons;
  g_autoptr (GHashTable) table = NULL;

  told.phones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  big_params (&params, 6, 2000, 5001);
  g_assert_true (cc_practice_each_record (&params, count_row, &told, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told.n, ==, 5001);
  g_hash_table_iter_init (&numbers, told.phones);
  while (g_hash_table_iter_next (&numbers, NULL, &n))
    most = MAX (most, GPOINTER_TO_UINT (n));
  g_assert_cmpuint (most, >=, 5);
  g_hash_table_unref (told.phones);

  country_generate (&country, &params);
  table = read_table (&country, &rows, &persons);
  g_assert_cmpuint (rows, ==, 5001);
  g_assert_cmpuint (persons, ==, country.result->victims);
  g_assert_cmpuint (told.last, ==, persons);
  g_assert_cmpuint (persons, >, 2000);
}

/* The same numbers give the same bytes, others do not. */
static void
test_determinism (void)
{
  g_auto (Country) a = { 0 };
  g_auto (Country) b = { 0 };
  g_auto (Country) c = { 0 };
  g_autoptr (GDir) folder = NULL;
  CcPracticeParams params;
  const char      *name;
  guint            same = 0, differ = 0;

  big_params (&params, 8, 0 + 2000, 4200);
  country_generate (&a, &params);
  country_generate (&b, &params);
  params.seed = 9;
  country_generate (&c, &params);
  folder = g_dir_open (a.directory, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *of_a = g_build_filename (a.directory, name, NULL);
      g_autofree char *of_b = g_build_filename (b.directory, name, NULL);
      g_autofree char *of_c = g_build_filename (c.directory, name, NULL);
      g_autofree char *said = load (of_a);
      g_autofree char *again = load (of_b);
      g_autofree char *other = load (of_c);

      g_assert_cmpstr (said, ==, again);
      same++;
      differ += !g_str_equal (said, other);
      g_assert_false (g_str_has_suffix (name, ".part"));
    }
  g_assert_cmpuint (same, >=, 12);
  g_assert_cmpuint (differ, >=, 10);
}

/* Each agency's table begins with the words that it is invented, and the other two say so, too. */
static void
test_marks (void)
{
  static const char *const marks[] = { "INVENTED DATA", "DONNÉES INVENTÉES", "DADOS INVENTADOS",
                                       "DATOS INVENTADOS", "بيانات مختلقة" };
  g_auto (Country) country = { 0 };
  CcPracticeParams params;
  g_autofree char *schema = NULL;
  g_autofree char *table = NULL;

  big_params (&params, 2, 2000, 300);
  country_generate (&country, &params);
  for (guint i = 0; i < country.result->files->len; i++)
    {
      const CcPracticeFile *file = country.result->files->pdata[i];
      g_autofree char      *text = file->path != NULL ? load (file->path) : NULL;
      guint                 found = 0;

      for (guint m = 0; text != NULL && m < G_N_ELEMENTS (marks); m++)
        found += strstr (text, marks[m]) != NULL && strstr (text, marks[m]) < strchr (text, '\n');
      g_assert_cmpuint (found, ==, text != NULL ? 1 : 0);
    }
  schema = load (country.result->schema_path);
  table = load (country.result->table_path);
  g_assert_true (g_str_has_prefix (schema, "# Invented data"));
  g_assert_nonnull (strstr (table, ",invented_person\n"));
}

static void
stop_early (const CcProgressState *state, gpointer data)
{
  if (state->done > 0)
    g_cancellable_cancel (data);
}

/* What was begun goes when it is cancelled, or cannot be written; what stood there stays. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, stop_early, cancellable);
  g_autofree char *folder = g_dir_make_tmp ("casecount-big-XXXXXX", NULL);
  g_autofree char *old = g_build_filename (folder, "police.csv", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) left = NULL;
  CcPracticeParams params;

  g_assert_true (g_file_set_contents (old, "earlier", -1, NULL));
  big_params (&params, 10, 200000, 0);
  g_assert_null (cc_practice_generate (&params, folder, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = load (old);
  g_assert_cmpstr (kept, ==, "earlier");
  left = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (left), ==, "police.csv");
  g_assert_null (g_dir_read_name (left));
  country_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/big/names", test_names);
  g_test_add_func ("/practice/big/families", test_families);
  g_test_add_func ("/practice/big/truth", test_truth);
  g_test_add_func ("/practice/big/tables", test_tables);
  g_test_add_func ("/practice/big/records", test_records);
  g_test_add_func ("/practice/big/determinism", test_determinism);
  g_test_add_func ("/practice/big/marks", test_marks);
  g_test_add_func ("/practice/big/cancel", test_cancel);
  return g_test_run ();
}
