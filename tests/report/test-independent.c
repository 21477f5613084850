/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-results.h"

#include <glib/gstdio.h>
#include <string.h>

#include <cc/report/cc-read-back.h>

/* The golden workbook under readers that are not ours: openpyxl (cells, formulas and their stored
 * results, hidden rows, direction, protection) and LibreOffice (opens it without repair and prints
 * it). Each test skips, and says so, where the reader is not installed. */

#define PYTHON "/usr/bin/python3"

static CcPack  *pack;
static CcTexts *texts;

static char *
write_golden (const char *folder, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = fake_questionnaire (pack);
  g_autoptr (CcReportContent) content = fake_content (questionnaire, texts, language);
  char *path = g_build_filename (folder, "golden.xlsx", NULL);

  g_assert_true (cc_report_write_book (content, path, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static void
remove_folder (const char *folder)
{
  GDir       *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_remove (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
}

static char *
run_python (const char *name, const char *path, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "report", name, NULL);
  const char      *argv[] = { PYTHON, script, path, target, NULL };
  char            *out = NULL;
  g_autofree char *err = NULL;
  int              status = 0;

  if (!g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup ("SKIP " PYTHON " is not installed");
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s", err);
  return out;
}

static void
assert_line (const char *text, const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\n", NULL);
  g_autofree char *all = g_strconcat ("\n", text, NULL);

  if (strstr (all, whole) == NULL)
    g_error ("“%s” is not among what the reader found:\n%s", line, text);
}

static void
test_openpyxl (void)
{
  g_autofree char *folder = g_dir_make_tmp ("casecount-golden-XXXXXX", NULL);
  g_autofree char *path = write_golden (folder, "en");
  g_autofree char *out = run_python ("check-workbook.py", path, NULL);

  if (g_str_has_prefix (out, "SKIP"))
    g_test_skip (out);
  else
    {
      assert_line (out, "meta fake en 2020;2021;2022;2023;2024 no");
      assert_line (out, "hidden hidden");
      assert_line (out, "sheet Cover ltr protected hidden-column landscape 1 0");
      assert_line (out, "sheet Victims ltr protected hidden-column landscape 1 0");
      assert_line (out, "sheet Checks ltr protected hidden-column landscape 1 0");
      assert_line (out, "sheet Sources and notes ltr protected hidden-column landscape 1 0");
      assert_line (out, "cell V1 women 2020|total 31");
      assert_line (out, "cell V1 total 2021|total 149");
      assert_line (out, "cell V1 total total|total 548");
      assert_line (out, "cell V3 2020|sexual women 13");
      assert_line (out, "cell S1 child;total 2020|total 44");
      assert_line (out, "cell N1 total 2020|total 17");
      /* Every sum is what it says, computed by another program from the cells it names. */
      assert_line (out, "formulas some 0");
      assert_line (out, "numbers some 0");
      g_assert_null (strstr (out, "shown machine row"));
    }
  remove_folder (folder);
}

static void
test_right_to_left (void)
{
  g_autofree char *folder = g_dir_make_tmp ("casecount-golden-XXXXXX", NULL);
  g_autofree char *path = write_golden (folder, "ar");
  g_autofree char *out = run_python ("check-workbook.py", path, NULL);

  if (g_str_has_prefix (out, "SKIP"))
    g_test_skip (out);
  else
    {
      assert_line (out, "sheet الضحايا rtl protected hidden-column landscape 1 0");
      /* The same figures at the same codes. */
      assert_line (out, "cell V1 total 2021|total 149");
      g_assert_null (strstr (out, " ltr "));
    }
  remove_folder (folder);
}

static const CcReadCell *
find_cell (CcReadBack *back, const char *table, const char *row, const char *period)
{
  for (guint i = 0; i < back->cells->len; i++)
    {
      const CcReadCell *cell = back->cells->pdata[i];

      if (g_strcmp0 (cell->table, table) == 0 && strcmp (cell->row, row) == 0
          && strcmp (cell->period, period) == 0)
        return cell;
    }
  g_error ("no cell %s %s %s", table, row, period);
}

/* A blank questionnaire filled in by another program comes back by its codes, the country of an
 * open row by its name. */
static void
test_filled (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("casecount-golden-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "blank.xlsx", NULL);
  g_autofree char *filled = g_build_filename (folder, "filled.xlsx", NULL);
  g_autofree char *out = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (pack, "unodc-glotip", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (cc_workbook_write_blank (questionnaire, periods, "BEN", texts, "en", 1746230400,
                                          path, &error));
  g_assert_no_error (error);
  out = run_python ("fill-workbook.py", path, filled);
  if (g_str_has_prefix (out, "SKIP"))
    g_test_skip (out);
  else
    {
      g_autoptr (CcReadBack) back = cc_read_back_load (filled, NULL, &error);
      const CcReadCell *cell;

      g_assert_no_error (error);
      assert_line (out, "locked 0 unlocked some rules some");
      g_assert_true (back->blank);
      cell = find_cell (back, "Q7", "girls", "2023");
      g_assert_true (cell->known);
      g_assert_cmpfloat (cell->value, ==, 12);
      g_assert_false (find_cell (back, "Q7", "boys", "2023")->known);
      g_assert_cmpfloat (find_cell (back, "Q9", "TGO", "2023")->value, ==, 5);
      g_assert_cmpstr (find_cell (back, NULL, "institution", "")->text, ==, "Ministry of Justice");
    }
  remove_folder (folder);
}

static void
test_libreoffice (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *office = g_find_program_in_path ("soffice");
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *pdf = NULL;
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  if (office == NULL)
    {
      g_test_skip ("soffice is not installed");
      return;
    }
  folder = g_dir_make_tmp ("casecount-golden-XXXXXX", NULL);
  path = write_golden (folder, "fr");
  profile = g_strdup_printf ("-env:UserInstallation=file://%s/profile", folder);
  {
    const char *argv[] = { office, profile, "--headless", "--convert-to", "pdf", "--outdir",
                           folder, path,    NULL };

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, NULL,
                  &error);
  }
  g_assert_no_error (error);
  pdf = g_build_filename (folder, "golden.pdf", NULL);
  g_assert_true (g_file_get_contents (pdf, &bytes, &length, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (bytes, "%PDF"));
  g_assert_cmpuint (length, >, 20000);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  g_test_add_func ("/report/independent/openpyxl", test_openpyxl);
  g_test_add_func ("/report/independent/right-to-left", test_right_to_left);
  g_test_add_func ("/report/independent/filled", test_filled);
  g_test_add_func ("/report/independent/libreoffice", test_libreoffice);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
