/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cc/base/cc-day.h>
#include <cc/base/cc-error.h>
#include <cc/sheet/cc-book-writer.h>
#include <glib/gstdio.h>

#include "zip-helper.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = zip_helper_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "out.xlsx", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  zip_helper_remove_folder (fixture->folder);
}

static void
assert_has (const char *text, const char *piece)
{
  if (strstr (text, piece) == NULL)
    g_error ("“%s” is missing in: %s", piece, text);
}

static CcBookWriter *
open_book (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcBookWriter *book = cc_book_writer_new (fixture->path, &error);

  g_assert_no_error (error);
  cc_book_writer_set_created (book, 1700000000);
  return book;
}

static CcSheetWriter *
add_sheet (CcBookWriter *book, const char *name)
{
  g_autoptr (GError) error = NULL;
  CcSheetWriter *sheet = cc_book_writer_add_sheet (book, name, &error);

  g_assert_no_error (error);
  return sheet;
}

static void
close_book (CcBookWriter *book)
{
  g_autoptr (GError) error = NULL;

  cc_book_writer_close (book, &error);
  g_assert_no_error (error);
  cc_book_writer_free (book);
}

static void
test_cells (Fixture *fixture, gconstpointer data)
{
  CcBookWriter    *book = open_book (fixture);
  CcSheetWriter   *sheet = add_sheet (book, "Données");
  g_autofree char *xml = NULL;
  g_autofree char *strings = NULL;
  g_autofree char *core = NULL;

  cc_book_writer_set_title (book, "Rapport <annuel> & final");
  cc_sheet_writer_text (sheet, 0, 0, "Sexe & âge", CC_STYLE_HEADER);
  cc_sheet_writer_text (sheet, 0, 1, "_x0041_ literal", 0);
  cc_sheet_writer_text (sheet, 0, 2, "bad \xff byte", 0);
  cc_sheet_writer_number (sheet, 1, 0, 1234.5, CC_STYLE_VALUE);
  cc_sheet_writer_date (sheet, 1, 1, cc_day_from_ymd (2024, 3, 2), 0);
  cc_sheet_writer_date (sheet, 1, 2, cc_day_from_ymd (1900, 1, 1), 0);
  cc_sheet_writer_date (sheet, 1, 3, cc_day_from_ymd (1899, 12, 31), 0);
  cc_sheet_writer_date (sheet, 1, 4, CC_DAY_NONE, CC_STYLE_ENTRY);
  cc_sheet_writer_formula (sheet, 2, 0, "SUM(A2:A2)", 1234.5, CC_STYLE_TOTAL);
  cc_sheet_writer_merge (sheet, 3, 0, 3, 2, "merged", CC_STYLE_TITLE);
  cc_sheet_writer_merge (sheet, 4, 0, 4, 0, "single", 0);
  cc_sheet_writer_comment (sheet, 1, 0, "Typed 1235 in place of 1234.5");
  close_book (book);

  xml = zip_helper_read (fixture->path, "xl/worksheets/sheet1.xml");
  strings = zip_helper_read (fixture->path, "xl/sharedStrings.xml");
  core = zip_helper_read (fixture->path, "docProps/core.xml");
  assert_has (strings, "Sexe &amp; âge");
  assert_has (strings, "_x005F_x0041_ literal");
  assert_has (strings, "bad \xef\xbf\xbd byte");
  assert_has (strings, "1899-12-31");
  assert_has (xml, "<v>1234.5</v>");
  assert_has (xml, "<v>45353</v>");
  assert_has (xml, "<c r=\"C2\" s=\"3\"><v>1</v>");
  assert_has (xml, "<f>SUM(A2:A2)</f><v>1234.5</v>");
  assert_has (xml, "<mergeCells count=\"1\"><mergeCell ref=\"A4:C4\"/>");
  assert_has (xml, "orientation=\"landscape\"");
  assert_has (xml, "paperSize=\"9\"");
  assert_has (xml, "fitToHeight=\"0\"");
  assert_has (core, "Rapport &lt;annuel&gt; &amp; final");
  assert_has (core, "2023-11-14T22:13:20Z");
}

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  CcBookWriter     *book = open_book (fixture);
  CcSheetWriter    *sheet = add_sheet (book, "جدول");
  CcSheetWriter    *lists = add_sheet (book, "Lists");
  const char *const yes_no[] = { "yes", "no", NULL };
  const char *const comma[] = { "Korea, Republic of", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *workbook = NULL;

  cc_sheet_writer_set_right_to_left (sheet);
  cc_sheet_writer_hide (lists);
  cc_sheet_writer_set_column_width (sheet, 0, 2, 30);
  cc_sheet_writer_hide_column (sheet, 1);
  cc_sheet_writer_hide_row (sheet, 0);
  cc_sheet_writer_set_row_height (sheet, 0, 40);
  cc_sheet_writer_freeze (sheet, 2, 1);
  cc_sheet_writer_protect (sheet);
  cc_sheet_writer_print_setup (sheet, "R&D 2024", 0, 1);
  cc_sheet_writer_autofilter (sheet, 1, 0, 5, 2);
  g_assert_true (cc_sheet_writer_validate_list (sheet, 2, 0, 9, 0, yes_no, "Countries", &error));
  g_assert_true (cc_sheet_writer_validate_list (sheet, 2, 1, 9, 1, comma, "Countries", &error));
  g_assert_false (cc_sheet_writer_validate_list (sheet, 2, 1, 9, 1, comma, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LIMIT);
  g_assert_true (cc_sheet_writer_validate_count (sheet, 2, 2, 9, 2, "Whole numbers only"));
  cc_sheet_writer_format_when (sheet, 3, 3, "=D4<>SUM(A4:C4)");
  g_assert_true (cc_book_writer_define_name (book, "Countries", "=Lists!$A$1:$A$250"));
  close_book (book);

  xml = zip_helper_read (fixture->path, "xl/worksheets/sheet1.xml");
  workbook = zip_helper_read (fixture->path, "xl/workbook.xml");
  assert_has (xml, "rightToLeft=\"1\"");
  assert_has (xml,
              "<col min=\"2\" max=\"2\" width=\"30.7109375\" hidden=\"1\" customWidth=\"1\"/>");
  assert_has (xml, "ht=\"40\" hidden=\"1\" customHeight=\"1\"");
  assert_has (xml, "<sheetProtection");
  assert_has (xml, "R&amp;&amp;D 2024");
  assert_has (xml, "<formula1>\"yes,no\"</formula1>");
  assert_has (xml, "<formula1>Countries</formula1>");
  assert_has (xml, "type=\"whole\" operator=\"greaterThanOrEqual\"");
  assert_has (xml, "<formula>D4&lt;&gt;SUM(A4:C4)</formula>");
  assert_has (workbook, "name=\"Lists\" sheetId=\"2\" state=\"hidden\"");
  assert_has (workbook, "<definedName name=\"Countries\">Lists!$A$1:$A$250</definedName>");
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize            n_first, n_second;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      CcBookWriter  *book = open_book (fixture);
      CcSheetWriter *sheet = add_sheet (book, "A");

      for (guint row = 0; row < 100; row++)
        cc_sheet_writer_number (sheet, row, row % 7, row * 0.1, 1u << (row % 14));
      close_book (book);
      g_file_get_contents (fixture->path, i == 0 ? &first : &second, i == 0 ? &n_first : &n_second,
                           &error);
      g_assert_no_error (error);
    }
  g_assert_cmpmem (first, n_first, second, n_second);
}

static void
test_sheet_names (Fixture *fixture, gconstpointer data)
{
  CcBookWriter     *book = open_book (fixture);
  const char *const bad[] = {
    "", "a/b", "[x]", "'quoted", "cases", "CASES", "a name of more than thirty-one ch"
  };
  const char *const taken[] = { "a-b", "A-B (2)", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *longer = NULL;

  add_sheet (book, "Cases");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (cc_book_writer_add_sheet (book, bad[i], &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
      g_clear_error (&error);
    }
  name = cc_book_writer_make_sheet_name ("a/b", taken);
  g_assert_cmpstr (name, ==, "a-b (3)");
  longer = cc_book_writer_make_sheet_name ("éééééééééééééééééééééééééééééééééééé", NULL);
  g_assert_cmpint (g_utf8_strlen (longer, -1), ==, 31);
  cc_book_writer_free (book);
}

static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  CcBookWriter *book = open_book (fixture);

  cc_sheet_writer_text (add_sheet (book, "A"), 0, 0, "x", 0);
  cc_book_writer_free (book);
  g_assert_cmpuint (zip_helper_count_files (fixture->folder), ==, 0);
}

/* What cannot be written is told once, with its place, and the older file stays. */
static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (32768, 'x');
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "older", -1, NULL));
  for (guint i = 0; i < 4; i++)
    {
      CcBookWriter  *book = open_book (fixture);
      CcSheetWriter *sheet = add_sheet (book, "A");
      g_autoptr (GError) error = NULL;

      if (i == 0)
        cc_sheet_writer_text (sheet, 4, 27, long_text, 0);
      else if (i == 1)
        cc_sheet_writer_number (sheet, 1048576, 0, 1, 0);
      else if (i == 2)
        cc_sheet_writer_number (sheet, 0, 0, NAN, 0);
      else
        {
          cc_sheet_writer_merge (sheet, 0, 0, 2, 2, "a", 0);
          cc_sheet_writer_merge (sheet, 2, 2, 3, 3, "b", 0);
        }
      g_assert_false (cc_book_writer_close (book, &error));
      g_assert_error (error, CC_ERROR,
                      ((const int[]){ CC_ERROR_LIMIT, CC_ERROR_LIMIT, CC_ERROR_INVALID_DATA,
                                      CC_ERROR_FAILED })[i]);
      if (i == 0)
        assert_has (error->message, "cell AB5");
      cc_book_writer_free (book);
    }
  g_file_get_contents (fixture->path, &kept, NULL, NULL);
  g_assert_cmpstr (kept, ==, "older");
  g_assert_cmpuint (zip_helper_count_files (fixture->folder), ==, 1);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "x.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_null (cc_book_writer_new (nowhere, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cc_book_writer_new (fixture->folder, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);

  g_assert_true (g_file_set_contents_full (fixture->path, "old", -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                           0640, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  {
    CcBookWriter *book = open_book (fixture);

    add_sheet (book, "A");
    close_book (book);
  }
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
}

/* A limit on the size of files stands in for a full disk. It holds for the whole process, so a
 * process of its own tries it. */
static void
test_no_space (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      struct rlimit  limit = { 20000, 20000 };
      CcBookWriter  *book = open_book (fixture);
      CcSheetWriter *sheet = add_sheet (book, "A");
      g_autoptr (GError) error = NULL;

      for (guint row = 0; row < 5000; row++)
        cc_sheet_writer_number (sheet, row, 0, row * 0.37, 0);
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      g_assert_false (cc_book_writer_close (book, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_NO_SPACE);
      cc_book_writer_free (book);
      g_assert_cmpuint (zip_helper_count_files (fixture->folder), ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcBookWriter    *book = cc_book_writer_new_streaming (fixture->path, &error);
  CcSheetWriter   *sheet;
  g_autofree char *xml = NULL;

  g_assert_no_error (error);
  sheet = add_sheet (book, "List");
  cc_sheet_writer_merge (sheet, 0, 0, 0, 3, "Title", CC_STYLE_TITLE);
  for (guint row = 1; row < 2000; row++)
    cc_sheet_writer_text (sheet, row, 0, "Côte d’Ivoire", 0);
  close_book (book);
  xml = zip_helper_read (fixture->path, "xl/worksheets/sheet1.xml");
  assert_has (xml, "<c r=\"A2000\" t=\"inlineStr\"><is><t>Côte d’Ivoire</t></is></c>");
  assert_has (xml, "<is><t>Title</t></is>");
}

static void
test_image (Fixture *fixture, gconstpointer data)
{
  /* One grey pixel. */
  static const char png[] =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg"
      "==";
  gsize              length;
  g_autofree guchar *bytes = g_base64_decode (png, &length);
  g_autofree char   *picture = g_build_filename (fixture->folder, "p.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *drawing = NULL;
  CcBookWriter    *book = open_book (fixture);
  CcSheetWriter   *sheet = add_sheet (book, "A");

  g_file_set_contents (picture, (const char *) bytes, (gssize) length, NULL);
  g_assert_true (
      cc_sheet_writer_image_full (sheet, 2, 1, picture, 0.5, "Victims by sex, 2024", &error));
  g_file_set_contents (picture, "no picture", -1, NULL);
  g_assert_false (cc_sheet_writer_image (sheet, 2, 1, picture, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  close_book (book);
  drawing = zip_helper_read (fixture->path, "xl/drawings/drawing1.xml");
  assert_has (drawing, "descr=\"Victims by sex, 2024\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sheet/writer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("cells", test_cells);
  ADD ("layout", test_layout);
  ADD ("same-bytes", test_same_bytes);
  ADD ("sheet-names", test_sheet_names);
  ADD ("nothing-left", test_nothing_left);
  ADD ("refusals", test_refusals);
  ADD ("places", test_places);
  ADD ("no-space", test_no_space);
  ADD ("streaming", test_streaming);
  ADD ("image", test_image);
#undef ADD
  return g_test_run ();
}
