/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of counts after they were brought in: what is read of them, and what of it adds up. */
#include "import-fixture.h"

#include <cc/store/cc-sent-counts.h>

static CcImportResult *
import_2023 (Fixture *fixture, const char *path, const char *entity)
{
  CcImportOptions options = options_for (entity);

  options.period = cc_interval_year (2023);
  return import (fixture, path, &options);
}

/* "police 2023 victim 16/10" for each; "!" where lists came too, "?" where nothing adds up. */
static char *
describe (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (GPtrArray) list = cc_sent_counts_list (reader, pack, 0, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const CcSentCounts *counts = list->pdata[i];
      g_autofree char    *total =
          counts->total < 0 ? g_strdup ("?") : g_strdup_printf ("%d", (int) counts->total);

      g_string_append_printf (text, "%s%s %d %s%s %s/%d%s", i > 0 ? ", " : "", counts->key,
                              cc_day_year (counts->period.first), counts->unit,
                              counts->kind == CC_SENT_ROWS ? "s in rows" : "", total,
                              (int) counts->n_figures, counts->has_records ? "!" : "");
    }
  cc_case_file_release_reader (fixture->file, reader);
  return g_string_free (text, FALSE);
}

static void
assert_sent (Fixture *fixture, const char *expected)
{
  g_autofree char *text = describe (fixture);

  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  const char *csv;
  const char *sent;
} Table;

static const Table tables[] = {
  /* The column of totals says it. */
  { "Province,TI,TE,TOTAL,F,G\nZou,12,3,15,4,6\nMono,1,0,1,1,0\nTOTAL,13,3,16,5,6\n",
    "police 2023 victim 16/10" },
  { "Nationality,Men,Women,Boys,Girls\nTogo,3,4,5,6\nGhana,1,0,2,3\n", "police 2023 victim 24/8" },
  { "Province,Hommes,Femmes,Inconnu\nZou,1,2,3\nMono,4,5,6\n", "police 2023 victim 21/6" },
  /* Children would count twice. */
  { "Nationality,Male,Female,Boys,Girls\nTogo,3,4,1,1\nGhana,1,1,0,0\n", "police 2023 victim ?/8" },
  { "Province,TI,TE,F,G\nZou,12,3,9,6\nMono,1,0,1,0\n", "police 2023 victim ?/8" },
  /* Only the rows that are totals of all. */
  { "Country,Sex,Year,Number of victims\nTogo,Total,2022,9\nTogo,Female,2022,5\n"
    "Togo,Male,2022,4\nGhana,Total,2022,2\nGhana,Female,2022,2\n",
    "police 2022 victim 11/5" },
  { "Indicator,Country,Year,Value\nVictims,Togo,2023,9\nConvictions,Togo,2023,2\n"
    "Victims,Ghana,2023,1\n",
    "police 2023 victim ?/3" },
  /* Two things that are counted side by side. */
  { "Province,Number of victims,Number of suspects,Number of cases\nZou,5,2,1\nMono,6,0,1\n",
    "police 2023 event 2/2, police 2023 perpetrator 2/2, police 2023 victim 11/2" },
  /* A column for each year. */
  { "Nationality,2021,2022\nTogo,3,4\nGhana,1,0\n",
    "police 2021 victim 4/2, police 2022 victim 4/2" },
};

static void
test_total (Fixture *fixture, gconstpointer data)
{
  const Table     *table = data;
  g_autofree char *path = write_csv (fixture, "counts.csv", table->csv);
  g_autoptr (CcImportResult) result = import_2023 (fixture, path, "police");

  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record"), ==, 0);
  assert_sent (fixture, table->sent);
}

static const char *const parted = "Nationality,Men,Women,Boys,Girls\nTogo,3,4,5,6\nGhana,1,0,2,3\n";

/* What comes again holds in place of what came, figure by figure; taken back, the old one holds. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "counts.csv", parted);
  g_autofree char *more =
      write_csv (fixture, "more.csv",
                 "Nationality,Men,Women,Boys,Girls\nTogo,4,4,5,6\nGhana,1,0,2,3\n");
  g_autoptr (CcImportResult) first = import_2023 (fixture, path, "police");
  g_autoptr (CcImportResult) second = import_2023 (fixture, more, "police");
  g_autoptr (CcImportResult) other = import_2023 (fixture, path, "court");
  g_autoptr (GPtrArray) figures = NULL;
  g_autoptr (GError) error = NULL;
  CcConnection *reader;

  assert_sent (fixture, "police 2023 victim 25/8, court 2023 victim 24/8");
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  figures = cc_sent_counts_read (reader, first->submission, &error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->len, ==, 8);
  for (guint i = 0; i < figures->len; i++)
    g_assert_true (((CcSentFigure *) figures->pdata[i])->repeated);
  g_assert_true (cc_import_undo (fixture->file, second->submission, NULL, NULL, &error));
  assert_sent (fixture, "police 2023 victim 24/8, court 2023 victim 24/8");
  g_assert_true (cc_import_undo (fixture->file, first->submission, NULL, NULL, &error));
  assert_sent (fixture, "court 2023 victim 24/8");
}

/* Every figure says which cell of the sheet it is. */
static void
test_figures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "counts.csv", parted);
  g_autoptr (CcImportResult) result = import_2023 (fixture, path, "police");
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (GPtrArray) figures = cc_sent_counts_read (reader, result->submission, &error);
  const CcSentFigure *figure;

  cc_case_file_release_reader (fixture->file, reader);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->len, ==, 8);
  figure = figures->pdata[6];
  g_assert_cmpint (figure->row, ==, 3);
  g_assert_cmpstr (figure->sheet, ==, "counts");
  g_assert_cmpstr (figure->column, ==, "Boys");
  g_assert_cmpstr (figure->names[0], ==, "Nationality");
  g_assert_cmpstr (figure->texts[0], ==, "Ghana");
  g_assert_null (figure->names[1]);
  g_assert_cmpint (figure->count, ==, 2);
  g_assert_false (figure->repeated);
}

/* An agency's counts are not to be added to its own records of the time. */
static void
test_beside_records (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "counts.csv", parted);
  g_autofree char *list = write_csv (fixture, "list.csv", referenced_csv);
  g_autoptr (CcImportResult) counts = import_2023 (fixture, path, "police");
  g_autoptr (CcImportResult) result = NULL;

  assert_sent (fixture, "police 2023 victim 24/8");
  result = import_2023 (fixture, list, "police");
  assert_sent (fixture, "police 2023 victim 24/8!");
}

/* Rows of lists that state several persons. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "several.csv",
                 "N.º Proc.,Data,Vítima(s),H/M,Idade,Nacionalidade,Finalidade\n"
                 "23/PGR-N/23,15/01/2023,2 (Menores),,9,moçambicana,Trabalho forçado\n"
                 "24/PGR-N/23,16/01/2023,1,,30,moçambicana,Exploração sexual\n"
                 "25/PGR-N/23,16/01/2023,5,,,moçambicana,Exploração sexual\n");
  g_autoptr (CcImportResult) result = import_2023 (fixture, path, "police");

  g_assert_cmpint (query (fixture, "SELECT sum (count) FROM aggregate_cell"), ==, 7);
  assert_sent (fixture, "police 2023 victims in rows 2/1!, police 2023 victims in rows 5/1!");
}

int
main (int argc, char **argv)
{
  ImportTest tests[G_N_ELEMENTS (tables) + 4] = {
    { "again", test_again, NULL },
    { "figures", test_figures, NULL },
    { "beside-records", test_beside_records, NULL },
    { "rows", test_rows, NULL },
  };
  static char names[G_N_ELEMENTS (tables)][16];

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_snprintf (names[i], sizeof names[i], "total-%u", i + 1);
      tests[4 + i] = (ImportTest){ names[i], test_total, &tables[i] };
    }
  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
