/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <cc/base/cc-day.h>
#include <cc/sheet/cc-book-writer.h>
#include <glib/gstdio.h>
#include <string.h>

#include "zip-helper.h"

/* What the writer writes, the reader reads; other programs' workbooks too. */

static void
write_book (const char *path, gboolean streaming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBookWriter) book =
      streaming ? cc_book_writer_new_streaming (path, &error) : cc_book_writer_new (path, &error);
  CcSheetWriter *sheet;

  g_assert_no_error (error);
  cc_book_writer_set_created (book, 1700000000);
  sheet = cc_book_writer_add_sheet (book, "Dados", &error);
  cc_sheet_writer_merge (sheet, 0, 0, 0, 3, "Título & mais", CC_STYLE_TITLE);
  cc_sheet_writer_text (sheet, 1, 0, "a\nb", CC_STYLE_HEADER);
  cc_sheet_writer_text (sheet, 1, 1, "_x0041_ \t\v", 0);
  cc_sheet_writer_number (sheet, 2, 0, 0.1, CC_STYLE_RATE);
  cc_sheet_writer_number (sheet, 2, 1, -1234567, CC_STYLE_VALUE);
  cc_sheet_writer_date (sheet, 2, 2, cc_day_from_ymd (1900, 2, 28), 0);
  cc_sheet_writer_date (sheet, 2, 3, cc_day_from_ymd (1900, 3, 1), 0);
  cc_sheet_writer_date (sheet, 2, 4, cc_day_from_ymd (2024, 12, 31), CC_STYLE_FILL);
  cc_sheet_writer_date (sheet, 2, 5, cc_day_from_ymd (1850, 1, 1), 0);
  cc_sheet_writer_formula (sheet, 3, 0, "=A3+1", 1.1, CC_STYLE_ENTRY);
  cc_sheet_writer_hide_row (sheet, 3);
  cc_sheet_writer_hide_column (sheet, 1);
  sheet = cc_book_writer_add_sheet (book, "ورقة", &error);
  cc_sheet_writer_set_right_to_left (sheet);
  cc_sheet_writer_hide (sheet);
  cc_sheet_writer_text (sheet, 0, 0, "نص", 0);
  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_no_error (error);
}

static void
test_own (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char            *folder = zip_helper_make_folder ();
  g_autofree char *path = g_build_filename (folder, "o.xlsx", NULL);
  g_autoptr (CcBook) book = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GArray) merges = NULL;

  write_book (path, GPOINTER_TO_INT (data));
  book = cc_book_open (path, NULL, &error);
  g_assert_no_error (error);
  first = book_helper_dump (book, 0);
  second = book_helper_dump (book, 1);
  g_assert_cmpstr (first, ==,
                   "1: bA='Título & mais'\n2: bfA='a\nb' hB='_x0041_ \t\v'\n"
                   "3: A=0.1 fhB=-1234567 C=d1900-02-28 D=d1900-03-01 fE=d2024-12-31 "
                   "F='1850-01-01'\n4h: A=1.1\n");
  g_assert_cmpstr (second, ==, "1: A='نص'\n");
  g_assert_cmpstr (cc_book_get_sheet (book, 1)->name, ==, "ورقة");
  g_assert_true (cc_book_get_sheet (book, 1)->hidden);
  g_assert_true (cc_book_get_sheet (book, 1)->right_to_left);
  merges = cc_book_load_merges (book, 0, NULL, &error);
  g_assert_cmpuint (merges->len, ==, 1);
  zip_helper_remove_folder (folder);
}

/* An independent reader, where there is one. */
static void
test_openpyxl (void)
{
  static const char script[] =
      "import sys, openpyxl\n"
      "b = openpyxl.load_workbook(sys.argv[1], data_only=True)\n"
      "s = b.worksheets[0]\n"
      "print(s['A1'].value, s['A3'].value, s['B3'].value, s['E3'].value.date(), s['A4'].value,\n"
      "      sorted(map(str, s.merged_cells.ranges)), s.row_dimensions[4].hidden,\n"
      "      s.page_setup.orientation, b.worksheets[1].sheet_state)\n";
  char             *folder = zip_helper_make_folder ();
  g_autofree char  *path = g_build_filename (folder, "o.xlsx", NULL);
  const char *const arguments[] = { "/usr/bin/python3", "-c", script, path, NULL };
  g_autofree char  *out = NULL;
  g_autofree char  *err = NULL;
  int               status = 1;

  write_book (path, FALSE);
  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
                     &status, NULL)
      || strstr (err, "No module named") != NULL)
    g_test_skip ("no python3-openpyxl");
  else
    g_assert_cmpstr (out, ==,
                     "Título & mais 0.1 -1234567 2024-12-31 1.1 ['A1:D1'] True landscape "
                     "hidden\n");
  zip_helper_remove_folder (folder);
}

static CcBook *
open_shared (const char *name)
{
  const char      *folder = g_getenv ("CASECOUNT_SHARED_DATA");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  CcBook *book;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no shared data");
      return NULL;
    }
  path = g_build_filename (folder, "public", name, NULL);
  book = cc_book_open (path, NULL, &error);
  g_assert_no_error (error);
  return book;
}

/* 46,557 rows; 23,076 cells hold the text "<5" where numbers are expected. */
static void
test_glotip (void)
{
  g_autoptr (CcBook) book = open_shared ("unodc_glotip_2023-05.xlsx");
  g_autoptr (CcSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CcSheetRow *row;
  guint             n_rows = 0, n_masked = 0;

  if (book == NULL)
    return;
  reader = cc_book_open_sheet (book, 0, &error);
  while (cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
    {
      n_rows++;
      for (guint i = 0; i < row->n_cells; i++)
        n_masked += strcmp (row->cells[i].text, "<5") == 0;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 46557);
  g_assert_cmpuint (n_masked, ==, 23076);
}

/* Row 1 is hidden and holds machine names, row 2 the labels, both from column B. */
static void
test_htcds (void)
{
  g_autoptr (CcBook) book = open_shared ("htcds_v2_case_sheet_validation.xlsx");
  g_autoptr (CcSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CcSheetRow *row;

  if (book == NULL)
    return;
  g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 3);
  reader = cc_book_open_sheet (book, 0, &error);
  g_assert_true (cc_sheet_reader_next (reader, &row, NULL, &error));
  g_assert_true (row->hidden);
  g_assert_cmpuint (row->cells[0].column, ==, 1);
  g_assert_cmpstr (row->cells[0].text, ==, "cas_CaseOwner");
  g_assert_true (cc_sheet_reader_next (reader, &row, NULL, &error));
  g_assert_false (row->hidden);
  g_assert_true (row->cells[0].flags & CC_SHEET_CELL_BOLD);
  g_assert_cmpstr (row->cells[0].text, ==, "Case Owner");
}

static void
test_ods (void)
{
  const char      *folder = g_getenv ("CASECOUNT_SHARED_DATA");
  g_autofree char *path = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = NULL;

  if (folder == NULL)
    {
      g_test_skip ("no shared data");
      return;
    }
  path = g_build_filename (folder, "public", "htcds_v2_field_standards.ods", NULL);
  book = cc_book_open (path, NULL, &error);
  g_assert_no_error (error);
  dump = book_helper_dump (book, 0);
  g_assert_true (g_str_has_prefix (dump, "1: bfA='Section' bfB='Status' bfC='Core'"));
  g_assert_nonnull (strstr (dump, "\n3: B='DRAFT' D='org_' E='Name' F='Organisation Name'"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sheet/round-trip/own", GINT_TO_POINTER (FALSE), test_own);
  g_test_add_data_func ("/sheet/round-trip/streaming", GINT_TO_POINTER (TRUE), test_own);
  g_test_add_func ("/sheet/round-trip/openpyxl", test_openpyxl);
  g_test_add_func ("/sheet/round-trip/glotip", test_glotip);
  g_test_add_func ("/sheet/round-trip/htcds", test_htcds);
  g_test_add_func ("/sheet/round-trip/ods", test_ods);
  return g_test_run ();
}
