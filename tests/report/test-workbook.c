/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-results.h"

#include <glib/gstdio.h>
#include <string.h>

#include <cc/report/cc-read-back.h>

/* Layout and writing without a case file: the grid, its codes and sums, and the workbook in six
 * languages. */

static CcPack  *pack;
static CcTexts *texts;

static void
assert_sum (const CcReportGrid *grid, guint row, guint col, gboolean by_rows, const char *expected)
{
  g_autoptr (GArray) parts = cc_report_grid_parts (grid, row, col, by_rows);
  g_autofree char *sum = parts != NULL ? cc_report_grid_sum (grid, parts) : NULL;

  g_assert_cmpstr (sum, ==, expected);
}

static void
test_grid (void)
{
  g_autoptr (CcQuestionnaire) questionnaire = fake_questionnaire (pack);
  g_autoptr (CcReportContent) content = fake_content (questionnaire, texts, "en");
  const CcTableResult *v1 = content->tables->pdata[0];
  g_autoptr (CcReportGrid) grid = cc_report_grid_new (v1, 1, FALSE);
  g_autofree char *row = NULL;
  g_autofree char *col = NULL;
  g_autofree char *all = NULL;

  cc_report_grid_place (grid, 10);
  g_assert_cmpint (grid->fold, ==, CC_FOLD_NONE);
  g_assert_cmpint (cc_report_result_total_row (v1, 0), ==, 7);
  row = cc_report_grid_row_code (grid, 0, 0);
  col = cc_report_grid_place_code (grid, 0, 1);
  all = cc_report_grid_place_code (grid, 0, 5);
  g_assert_cmpstr (row, ==, "women");
  g_assert_cmpstr (col, ==, "2021|total");
  g_assert_cmpstr (all, ==, "total|total");
  /* Row 10 machine, row 11 header, row 12 first category: C13 to C19 in Excel's counting. */
  assert_sum (grid, 7, 0, TRUE, "=SUM(C13:C19)");
  assert_sum (grid, 7, 0, FALSE, NULL);
  assert_sum (grid, 0, 5, FALSE, "=SUM(C13:G13)");
  assert_sum (grid, 0, 0, TRUE, NULL);
  /* Two lines for the bounds follow the total. */
  g_assert_true (grid->bounds);
  g_assert_cmpuint (grid->end_row, ==, 12 + 8 + 2);
}

static void
test_folded (void)
{
  g_autoptr (CcQuestionnaire) questionnaire = fake_questionnaire (pack);
  g_autoptr (CcReportContent) content = fake_content (questionnaire, texts, "en");
  const CcTableResult *bands = content->tables->pdata[1];
  const CcTableResult *groups = content->tables->pdata[2];
  g_autoptr (CcReportGrid) a = cc_report_grid_new (bands, 1, FALSE);
  g_autoptr (CcReportGrid) b = cc_report_grid_new (groups, 1, FALSE);
  g_autofree char *row = NULL;
  guint            r, c;

  cc_report_grid_place (a, 10);
  g_assert_cmpint (a->fold, ==, CC_FOLD_BANDS);
  g_assert_cmpuint (a->n_bands, ==, 6);
  g_assert_cmpuint (a->max_places, ==, 8);
  row = cc_report_grid_row_code (a, 1, 2);
  g_assert_cmpstr (row, ==, "2022|labour");
  cc_report_grid_cell (a, 1, 2 * 8 + 3, &r, &c);
  g_assert_cmpuint (r, ==, 12 + 2 * 6 + 1 + 1);
  g_assert_cmpuint (c, ==, 2 + 3);
  /* Persons of several forms stand in several rows, so their total is no sum; over sexes it is. */
  assert_sum (a, 4, 0, TRUE, NULL);
  assert_sum (a, 0, 7, FALSE, "=SUM(C14:I14)");

  cc_report_grid_place (b, 10);
  g_assert_cmpint (b->fold, ==, CC_FOLD_GROUPS);
  g_assert_cmpuint (b->groups->len, ==, 2);
  g_assert_cmpuint (cc_report_grid_group (b, 0)->n_places, ==, 12);
  g_assert_cmpuint (cc_report_grid_group (b, 1)->n_places, ==, 6);
  cc_report_grid_cell (b, 0, 12, &r, &c);
  g_assert_cmpuint (c, ==, 2);
  g_assert_cmpuint (r, ==, cc_report_grid_group (b, 1)->data_row);
}

static void
test_lines (void)
{
  g_assert_cmpuint (cc_report_lines ("", 10), ==, 1);
  g_assert_cmpuint (cc_report_lines ("one two", 10), ==, 1);
  g_assert_cmpuint (cc_report_lines ("one two three", 10), ==, 2);
  g_assert_cmpuint (cc_report_lines ("onetwothreefour", 10), ==, 2);
  g_assert_cmpuint (cc_report_lines ("a", 0), ==, 1);
}

static void
test_languages (void)
{
  const char      *kept = g_getenv ("CASECOUNT_KEEP_DIR");
  g_autofree char *folder =
      kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("casecount-report-XXXXXX", NULL);
  g_autoptr (CcQuestionnaire) questionnaire = fake_questionnaire (pack);

  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CcReportContent) content =
          fake_content (questionnaire, texts, cc_pack_languages[i]);
      g_autofree char *name = g_strdup_printf ("fake-%s.xlsx", cc_pack_languages[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      gsize            first_length, second_length;
      g_autoptr (CcReadBack) back = NULL;

      content->practice = TRUE;
      g_assert_true (cc_report_write_book (content, path, NULL, &error));
      g_assert_no_error (error);
      g_file_get_contents (path, &first, &first_length, NULL);
      g_assert_true (cc_report_write_book (content, path, NULL, &error));
      g_file_get_contents (path, &second, &second_length, NULL);
      /* The same contents give the same bytes. */
      g_assert_cmpmem (first, first_length, second, second_length);
      back = cc_read_back_load (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (back->practice);
      g_assert_cmpstr (back->language, ==, cc_pack_languages[i]);
      g_assert_cmpuint (back->cells->len, >, 300);
      if (kept == NULL)
        g_remove (path);
    }
  if (kept == NULL)
    g_rmdir (folder);
}

/* No text of ours is missing in a language, and none is left as a key. */
static void
test_texts (void)
{
  static const char *const keys[] = { "report.total",
                                      "report.contents",
                                      "report.checks.multi",
                                      "report.rule.blank",
                                      "report.sources.linkage-note",
                                      "chart.base",
                                      "chart.alt",
                                      "report.training" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint k = 0; cc_pack_languages[k] != NULL; k++)
      {
        g_assert_true (cc_texts_has (texts, keys[i]));
        g_assert_cmpstr (cc_texts_get (texts, keys[i], cc_pack_languages[k]), !=, keys[i]);
      }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  g_assert_nonnull (pack);
  g_assert_nonnull (texts);
  g_test_add_func ("/report/workbook/grid", test_grid);
  g_test_add_func ("/report/workbook/folded", test_folded);
  g_test_add_func ("/report/workbook/lines", test_lines);
  g_test_add_func ("/report/workbook/languages", test_languages);
  g_test_add_func ("/report/workbook/texts", test_texts);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
