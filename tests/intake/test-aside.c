/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that do not belong among the lists of an agency: practice data in a real case file, and
 * figures of the population. */
#include "import-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/practice/cc-practice.h>
#include <cc/store/cc-population.h>

#include <string.h>

#define TODAY (cc_day_from_ymd (2026, 1, 1))

static CcInspection *
inspect_path (const char *path)
{
  g_autoptr (GError) error = NULL;
  CcInspection *inspection = cc_inspect (pack, path, TODAY, NULL, &error);

  g_assert_no_error (error);
  return inspection;
}

static CcInspection *
inspect (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = write_csv (fixture, name, text);

  return inspect_path (path);
}

static CcPracticeResult *
generate (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "practice", NULL);
  g_autoptr (GError) error = NULL;
  CcPracticeParams  params;
  CcPracticeResult *result;

  cc_practice_params_init (&params);
  params.victims = 60;
  params.agencies = 9;
  result = cc_practice_generate (&params, folder, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* Every kind of agency, with titles and without, in every language; the figures, too. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcPracticeResult) made = generate (fixture);
  g_autoptr (CcInspection) figures = inspect_path (made->population_path);
  guint n = 0;

  for (guint i = 0; i < made->files->len; i++)
    {
      const CcPracticeFile *file = made->files->pdata[i];
      g_autoptr (CcInspection) inspection = file->path ? inspect_path (file->path) : NULL;

      if (!inspection)
        continue;
      g_test_message ("%s: %s", file->entity, inspection->practice);
      g_assert_nonnull (inspection->practice);
      n++;
    }
  g_assert_cmpuint (n, ==, 8);
  g_assert_cmpstr (figures->practice, ==, "Invented projection");
}

/* What real lists say is no mark. */
static void
test_no_mark (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = {
    "Training of officers 2023",
    "Police nationale - victimes 2023",
    "Données de la brigade",
    "Practice of the shelter",
    "EXERCICE 2023",
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("%s;;\n;;\nName;Sex;Age\nA;F;20\nB;M;21\n", titles[i]);
      g_autoptr (CcInspection) inspection = inspect (fixture, "list.csv", text);

      g_test_message ("%s", titles[i]);
      g_assert_cmpuint (inspection->tables->len, ==, 1);
      g_assert_null (inspection->practice);
    }
}

static CcImportResult *
import_into (CcCaseFile *file, const char *path, gboolean dry_run)
{
  CcImportOptions options = options_for ("police");
  g_autoptr (GError) error = NULL;
  CcImportResult *result;

  options.dry_run = dry_run;
  result = cc_import_file (file, path, &options, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* The result says it of a real case file, before anything is kept as well, and of no practice file.
 */
static void
test_warns (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "list.csv",
                                     "TRAINING - INVENTED DATA;;;\nName;Sex;Age;Date rescued\n"
                                     "A;F;20;2023-05-01\nB;M;21;2023-05-02\n");
  g_autofree char *plain =
      write_csv (fixture, "plain.csv", "Name;Sex;Age;Date rescued\nA;F;20;2023-05-01\n");
  g_autofree char *lesson = g_build_filename (fixture->folder, "lesson.casecount", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) before = import_into (fixture->file, path, TRUE);
  g_autoptr (CcImportResult) real = import_into (fixture->file, path, FALSE);
  g_autoptr (CcImportResult) other = import_into (fixture->file, plain, FALSE);
  g_autoptr (CcImportResult) practised = NULL;
  CcCaseFile *practice;

  g_assert_true (before->practice);
  g_assert_true (real->practice);
  g_assert_cmpint (cc_import_count_total (real->fresh), ==, 2);
  g_assert_false (other->practice);
  practice = cc_case_file_create (lesson, "a passphrase", pack, "BEN", TRUE, &error);
  g_assert_no_error (error);
  cc_entity_add (practice, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"), &error);
  g_assert_no_error (error);
  practised = import_into (practice, path, FALSE);
  g_assert_false (practised->practice);
  g_assert_true (cc_case_file_close (practice, &error));
  cc_case_file_free (practice);
}

/* Inhabitants are told from victims by their headers, and from lists of persons that have such a
 * number beside them. */
static void
test_population (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean    population;
    gboolean    ready;
  } cases[] = {
    { "year,sex,age_class,count,source\n2020,M,child,2908800,Office\n2020,F,child,2851200,Office\n"
      "2020,total,total,12000000,Office\n",
      TRUE, TRUE },
    { "Année;Sexe;Population\n2020;M;5760000\n2020;F;6240000\n2021;M;5904000\n", TRUE, FALSE },
    { "Ano;Região;Habitantes\n2020;Norte;120000\n2020;Sul;130000\n2021;Norte;140000\n", TRUE,
      FALSE },
    { "السنة;الجنس;عدد السكان\n2020;ذكر;5760000\n2020;أنثى;6240000\n2021;ذكر;5904000\n", TRUE,
      FALSE },
    /* Counts of victims, and victims beside inhabitants. */
    { "Year,Sex,Number of victims\n2020,M,12\n2020,F,20\n2021,F,31\n", FALSE, FALSE },
    { "Year,Population,Number of victims\n2020,120000,12\n2021,130000,20\n2022,140000,31\n", FALSE,
      FALSE },
    { "Case no,Sex,Age,Inhabitants\nC-1,F,15,12000\nC-2,M,16,13000\n", FALSE, FALSE },
    { "year,sex,age_class,count,source\n2020,M,child,Smith,Office\n2021,F,child,Jones,Office\n",
      FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CcInspection) inspection = inspect (fixture, "table.csv", cases[i].text);
      const CcInspectTable *table = inspection->tables->pdata[0];

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (table->population, ==, cases[i].population);
      g_assert_cmpint (table->population_ready, ==, cases[i].ready);
      g_assert_cmpint (g_str_equal (table->unit, "-"), ==, cases[i].population);
      g_assert_true (cc_inspection_find_population (inspection)
                     == (cases[i].population ? table : NULL));
    }
}

/* No delivery is made of them, unless somebody says that they are persons; taken over they are what
 * they are. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcPracticeResult) made = generate (fixture);
  CcImportOptions options = options_for ("police");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result =
      cc_import_file (fixture->file, made->population_path, &options, NULL, &error);
  g_autoptr (CcMap) map = NULL;
  gint64 n_rows = 0;

  g_assert_null (result);
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "inhabitants"));
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM submission"), ==, 0);
  g_clear_error (&error);
  map = cc_map_load_text ("map", "[table population]\nsheet=population\nunit=victim\n", &error);
  g_assert_no_error (error);
  options.map = map;
  result = cc_import_file (fixture->file, made->population_path, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->submission, >, 0);
  g_assert_true (cc_population_import (fixture->file, made->population_path, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 45);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "aside-marks", test_marks, NULL },     { "aside-no-mark", test_no_mark, NULL },
    { "aside-warns", test_warns, NULL },     { "aside-population", test_population, NULL },
    { "aside-refused", test_refused, NULL },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
