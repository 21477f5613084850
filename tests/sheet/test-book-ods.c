/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <cc/base/cc-error.h>
#include <string.h>

#include "zip-helper.h"

#define BEFORE "<office:body><office:spreadsheet>"
#define AFTER  "</office:spreadsheet></office:body>"

static void
assert_content (const char *content, const char *styles, const char *expected)
{
  g_autoptr (GBytes) bytes = book_helper_pack_ods (content, styles);
  g_autofree char *dump = book_helper_dump_bytes ("b.ods", bytes);

  g_assert_cmpstr (dump, ==, expected);
}

static void
assert_rows (const char *rows, const char *expected)
{
  g_autofree char *content =
      g_strconcat (BEFORE "<table:table table:name=\"A\">", rows, "</table:table>" AFTER, NULL);

  assert_content (content, NULL, expected);
}

static void
assert_refused (const char *content, int code, const char *piece)
{
  g_autoptr (GBytes) bytes = book_helper_pack_ods (content, NULL);
  g_autoptr (GError) error = book_helper_read_all ("b.ods", bytes);

  g_assert_error (error, CC_ERROR, code);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is missing in: %s", piece, error->message);
}

static void
assert_rows_refused (const char *rows, int code, const char *piece)
{
  g_autofree char *content =
      g_strconcat (BEFORE "<table:table table:name=\"A\">", rows, "</table:table>" AFTER, NULL);

  assert_refused (content, code, piece);
}

#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define REPEATED(n, cells)                                                                         \
  "<table:table-row table:number-rows-repeated=\"" n "\">" cells "</table:table-row>"
#define CELL(attributes, p)                                                                        \
  "<table:table-cell " attributes "><text:p>" p "</text:p></table:table-cell>"
#define STRING(p) CELL ("office:value-type=\"string\"", p)
#define VALUE(type, name, value)                                                                   \
  CELL ("office:value-type=\"" type "\" office:" name "=\"" value "\"", "shown")

/* What LibreOffice makes of one workbook, in two formats, reads the same. */
static void
test_mixed (gconstpointer data)
{
  const char      *name = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sheet", "books", name, NULL);
  g_autofree char *golden =
      g_test_build_filename (G_TEST_DIST, "sheet", "books", "mixed.txt", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (path, NULL, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (cc_book_get_format (book), ==, strrchr (name, '.') + 1);
  g_assert_cmpuint (cc_book_get_notices (book), ==, 0);
  found = book_helper_describe (book);
  g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
  g_assert_cmpstr (found, ==, expected);
}

static void
test_values (void)
{
  assert_rows (ROW (VALUE ("float", "value", "0.30000000000000004")
                        VALUE ("percentage", "value", "0.25") VALUE ("currency", "value", "-5e-1")
                            VALUE ("boolean", "boolean-value", "false")
                                VALUE ("string", "string-value", "kept") STRING ("text")
                                    CELL ("", "bare") VALUE ("float", "value", "much")
                                        VALUE ("odd", "value", "1")),
               "1: A=0.3 B=0.25 C=-0.5 D=!FALSE E='kept' F='text' G='bare' H='much' I='shown'\n");
  assert_rows (ROW (VALUE ("date", "date-value", "2024-03-02")
                        VALUE ("date", "date-value", "2024-03-02T14:30:00")
                            VALUE ("date", "date-value", "1899-12-30")
                                VALUE ("date", "date-value", "0023-05-13")
                                    VALUE ("date", "date-value", "2024-13-02")),
               "1: A=d2024-03-02 B=d2024-03-02T14:30:00 C=0 D=d0023-05-13 E='2024-13-02'\n");
  assert_rows (ROW (VALUE ("time", "time-value", "PT14H30M00.75S")
                        VALUE ("time", "time-value", "PT36H") VALUE ("time", "time-value", "P1DT1H")
                            VALUE ("time", "time-value", "-PT0H0M1S")
                                VALUE ("time", "time-value", "14:30")
                                    VALUE ("time", "time-value", "PT1D")),
               "1: A='14:30:01' B='36:00:00' C='25:00:00' D='-00:00:01' E='14:30' F='PT1D'\n");
}

static void
test_formulas (void)
{
  assert_rows (
      ROW (
          CELL ("table:formula=\"of:=1\" office:value-type=\"float\" office:value=\"1\"",
                "1") CELL ("table:formula=\"of:=1/0\" office:value-type=\"string\" "
                           "office:string-value=\"\" calcext:value-type=\"error\"",
                           "#DIV/0!")
              CELL ("table:formula=\"of:=x\" office:value-type=\"float\" "
                    "office:value=\"0\"",
                    "Err:502") "<table:table-cell table:formula=\"of:=A1\"/>" CELL ("table:formula="
                                                                                    "\"of:=&quot;&"
                                                                                    "quot;\"",
                                                                                    "")
                  CELL ("office:value-type=\"string\"", "#N/A")),
      "1: A=1 B=#DIV/0! C=Err:502 D=#CALC! F='#N/A'\n");
}

static void
test_texts (void)
{
  assert_rows (ROW (STRING ("two  <text:s text:c=\"2\"/>four") STRING (" a\n   b \n") STRING (
                   "<text:span>x<text:a>y</text:a></text:span><text:tab/>z<text:line-break/>&amp;")
                        STRING ("<text:ruby><text:ruby-base>日</text:ruby-base>"
                                "<text:ruby-text>ni</text:ruby-text></text:ruby>")),
               "1: A='two    four' B=' a b' C='xy\tz\n&' D='日'\n");
  assert_rows (ROW ("<table:table-cell office:value-type=\"string\"><office:annotation>"
                    "<text:p>note</text:p></office:annotation><text:p>one</text:p><text:p/>"
                    "<text:p>three</text:p><draw:frame><draw:text-box><text:p>no</text:p>"
                    "</draw:text-box></draw:frame></table:table-cell>"),
               "1: A='one\n\nthree'\n");
}

static void
test_repeats (void)
{
  assert_rows (REPEATED ("2", "<table:table-cell table:number-columns-repeated=\"2\"/>" CELL (
                                  "office:value-type=\"float\" office:value=\"1\" "
                                  "table:number-columns-repeated=\"3\"",
                                  "1"))
                   REPEATED ("1000", "<table:table-cell "
                                     "table:number-columns-repeated=\"16384\"/>")
                       ROW ("<table:covered-table-cell><text:p>under</text:p></"
                            "table:covered-table-cell>" STRING ("x"))
                           REPEATED ("1047573", "<table:table-cell/>"),
               "1: C=1 D=1 E=1\n2: C=1 D=1 E=1\n1003: B='x'\n");
  /* Groups of rows, header rows, and what lies outside the cells. */
  assert_rows (
      "<table:shapes><draw:frame><text:p>no</text:p></draw:frame></table:shapes>"
      "<table:table-header-rows>" ROW (STRING (
          "h")) "</table:table-header-rows><table:table-row-group>"
                "<table:table-row-group>" ROW (STRING ("a")) "</table:table-row-group>" ROW (
                    STRING ("b")) "</table:table-row-group>" ROW (STRING ("c")),
      "1: A='h'\n2: A='a'\n3: A='b'\n4: A='c'\n");
}

static const char styles[] = "<number:date-style style:name=\"D\"><number:day/></number:date-style>"
                             "<style:style style:name=\"Strong\" style:family=\"table-cell\">"
                             "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
                             "<style:style style:name=\"Strong\" style:family=\"paragraph\"/>";

static void
test_styles (void)
{
  assert_content (
      "<office:automatic-styles>"
      "<style:style style:name=\"a\" style:family=\"table-cell\" "
      "style:parent-style-name=\"Strong\"/>"
      "<style:style style:name=\"b\" style:family=\"table-cell\" "
      "style:parent-style-name=\"Strong\"><style:text-properties fo:font-weight=\"normal\"/>"
      "<style:table-cell-properties fo:background-color=\"#ff0000\"/></style:style>"
      "<style:style style:name=\"c\" style:family=\"table-cell\" style:data-style-name=\"D\">"
      "<style:table-cell-properties fo:background-color=\"transparent\"/></style:style>"
      "<style:style style:name=\"d\" style:family=\"table-cell\" style:parent-style-name=\"d\"/>"
      "</office:automatic-styles>" BEFORE "<table:table table:name=\"A\">"
      "<table:table-column table:default-cell-style-name=\"a\"/>"
      "<table:table-column-group><table:table-column table:visibility=\"collapse\" "
      "table:number-columns-repeated=\"2\"/></table:table-column-group>" ROW (
          STRING ("x") CELL ("office:value-type=\"string\" table:style-name=\"b\"", "y")
              STRING ("z")) "<table:table-row table:default-cell-style-name=\"b\" "
                            "table:visibility=\"filter\">" STRING ("x")
                                CELL ("office:value-type=\"date\" "
                                      "office:date-value=\"2024-03-02T14:30:00\" "
                                      "table:style-name=\"c\"",
                                      "")
                                    CELL ("office:value-type=\"string\" table:style-name=\"d\"",
                                          "w") "</table:table-row></table:table>" AFTER,
      styles, "1: bA='x' fhB='y' hC='z'\n2h: fA='x' hB=d2024-03-02 hC='w'\n");
}

/* The same names with other prefixes, or none: what counts is what the prefixes stand for. */
static void
test_prefixes (void)
{
  static const char content[] =
      "<x:document-content xmlns:x=\"" ODF_NS "office:1.0\" xmlns=\"" ODF_NS
      "table:1.0\" xmlns:table=\"urn:other\" xmlns:t=\"" ODF_NS "text:1.0\" xmlns:n=\"" ODF_NS
      "table:1.0\"><x:body><x:spreadsheet>"
      "<table n:name=\"A\"><table-row><table-cell x:value-type=\"string\"><t:p>one</t:p>"
      "</table-cell><table:table-cell><t:p>no</t:p></table:table-cell>"
      "<n:table-cell x:value-type=\"float\" x:value=\"2\"/></table-row></table>"
      "</x:spreadsheet></x:body></x:document-content>";
  const ZipPart    parts[] = { { "content.xml", content, 0 },
                               { "META-INF/manifest.xml", "<m/>", 0 },
                               { NULL, NULL, 0 } };
  g_autofree char *folder = zip_helper_make_folder ();
  g_autofree char *path = g_build_filename (folder, "b.ods", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autofree char *dump = NULL;

  zip_helper_write (path, parts);
  book = cc_book_open (path, NULL, &error);
  g_assert_no_error (error);
  dump = book_helper_dump (book, 0);
  g_assert_cmpstr (dump, ==, "1: A='one' B=2\n");
  zip_helper_remove_folder (g_steal_pointer (&folder));
}

#define SHEET(name, text)                                                                          \
  "<table:table table:name=\"" name "\">" ROW (STRING (text)) "</table:table>"

/* Sheets are read in any order, and several at once; copies of other files are none. */
static void
test_sheets (void)
{
  g_autoptr (GBytes) bytes =
      book_helper_pack_ods (BEFORE SHEET ("A", "a") SHEET ("'file:///b.ods'#$B", "copy")
                                SHEET ("C", "c") SHEET ("D", "d") SHEET ("E", "e") AFTER,
                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.ods", bytes, NULL, &error);
  static const guint order[] = { 0, 1, 3, 2, 2, 0, 3, 1, 1, 1, 2, 3 };
  CcSheetReader     *open[4];

  g_assert_no_error (error);
  g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 4);
  g_assert_cmpstr (cc_book_get_sheet (book, 1)->name, ==, "C");
  g_assert_cmpuint (cc_book_get_notices (book), ==, CC_BOOK_NOTICE_LINKS);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *dump = book_helper_dump (book, order[i]);
      g_autofree char *expected = g_strdup_printf ("1: A='%c'\n", "acde"[order[i]]);

      g_assert_cmpstr (dump, ==, expected);
    }
  for (guint i = 0; i < 4; i++)
    open[i] = cc_book_open_sheet (book, 3 - i, NULL);
  for (guint i = 0; i < 4; i++)
    {
      const CcSheetRow *row;

      g_assert_true (cc_sheet_reader_next (open[i], &row, NULL, &error));
      g_assert_cmpint (row->cells[0].text[0], ==, "edca"[i]);
      g_assert_cmpfloat (cc_sheet_reader_get_fraction (open[i]), <=, 1);
      cc_sheet_reader_free (open[i]);
    }
}

static void
test_merges (void)
{
  g_autoptr (GBytes) bytes = book_helper_pack_ods (
      BEFORE
      "<table:table table:name=\"A\">" REPEATED ("2",
                                                 CELL ("table:number-columns-spanned=\"2\"", "x"))
          ROW ("<table:table-cell/>" CELL ("office:value-type=\"string\" "
                                           "table:number-columns-spanned=\"1\" "
                                           "table:number-rows-spanned=\"3\"",
                                           "y"))
              REPEATED (
                  "1000000",
                  "<table:table-cell table:number-columns-spanned=\"9\"/>") "</table:table>" AFTER,
      NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.ods", bytes, NULL, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = book_helper_describe (book);
  g_assert_cmpstr (found, ==, "-- A\n1: A='x'\n2: A='x'\n3: B='y'\nmerged: A1-B1 A2-B2 B3-B5\n");
}

static void
test_limits (void)
{
  assert_rows_refused (REPEATED ("4294967297", STRING ("x")) ROW (STRING ("y")), CC_ERROR_LIMIT,
                       "1,048,576");
  assert_rows_refused (REPEATED ("2147483648", "<table:table-cell/>") ROW (STRING ("y")),
                       CC_ERROR_LIMIT, "1,048,576");
  assert_rows_refused (ROW (CELL ("table:number-columns-repeated=\"2147483648\"", "x")
                                STRING ("y")),
                       CC_ERROR_LIMIT, "16,384");
  assert_rows_refused (REPEATED ("100000", CELL ("table:number-columns-repeated=\"1000\"", "x")),
                       CC_ERROR_LIMIT, "repeats more cells");
  assert_rows_refused (REPEATED ("1000001", CELL ("table:number-columns-spanned=\"2\"", "x")),
                       CC_ERROR_LIMIT, "million merged");
  assert_rows_refused (ROW (STRING ("<text:s text:c=\"1000000000\"/>")), CC_ERROR_LIMIT, "32,767");
  assert_refused (BEFORE AFTER, CC_ERROR_INVALID_DATA, "no sheet");
  assert_rows_refused ("<table:table-row><table:table-cell></table:table-row>", CC_ERROR_DAMAGED,
                       "breaks the rules");
}

/* Cut off at any place, the file is damaged and never read as a shorter one. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) whole = book_helper_pack_ods (BEFORE SHEET ("A", "a") AFTER, styles);
  gsize size = g_bytes_get_size (whole);

  for (gsize n = 4; n < size; n += 5)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, n);
      g_autoptr (GError) error = book_helper_read_all ("b.ods", part);

      g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
    }
}

static void
test_packages (void)
{
  static const struct
  {
    const char *part, *text, *piece;
    guint       notices;
  } cases[] = {
    { "META-INF/manifest.xml",
      "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
      "password", 0 },
    { "encrypted-package", "x", "password", 0 },
    { "Basic/script-lc.xml", "<x/>", NULL, CC_BOOK_NOTICE_MACROS },
    { "Scripts/python/a.py", "1", NULL, CC_BOOK_NOTICE_MACROS },
    { "../../../content.xml", "<x/>", NULL, 0 },
  };
  g_autofree char *content = g_strdup (
      "<office:document-content xmlns:office=\"" ODF_NS "office:1.0\" xmlns:table=\"" ODF_NS
      "table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"A\"/>"
      "</office:spreadsheet></office:body></office:document-content>");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ZipPart    parts[] = { { "mimetype",
                                     "application/vnd.oasis.opendocument.spreadsheet-template", 0 },
                                   { "content.xml", content, 0 },
                                   { cases[i].part, cases[i].text, 0 },
                                   { NULL, NULL, 0 } };
      g_autofree char *folder = zip_helper_make_folder ();
      g_autofree char *path = g_build_filename (folder, "b.ods", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CcBook) book = NULL;

      zip_helper_write (path, parts);
      book = cc_book_open (path, NULL, &error);
      if (cases[i].piece != NULL)
        {
          g_assert_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT);
          g_assert_nonnull (strstr (error->message, cases[i].piece));
        }
      else
        {
          g_assert_no_error (error);
          g_assert_cmpuint (cc_book_get_notices (book), ==, cases[i].notices);
        }
      zip_helper_remove_folder (g_steal_pointer (&folder));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sheet/ods/mixed", "mixed.ods", test_mixed);
  g_test_add_data_func ("/sheet/ods/mixed-xlsx", "mixed.xlsx", test_mixed);
  g_test_add_func ("/sheet/ods/values", test_values);
  g_test_add_func ("/sheet/ods/formulas", test_formulas);
  g_test_add_func ("/sheet/ods/texts", test_texts);
  g_test_add_func ("/sheet/ods/repeats", test_repeats);
  g_test_add_func ("/sheet/ods/styles", test_styles);
  g_test_add_func ("/sheet/ods/prefixes", test_prefixes);
  g_test_add_func ("/sheet/ods/sheets", test_sheets);
  g_test_add_func ("/sheet/ods/merges", test_merges);
  g_test_add_func ("/sheet/ods/limits", test_limits);
  g_test_add_func ("/sheet/ods/truncated", test_truncated);
  g_test_add_func ("/sheet/ods/packages", test_packages);
  return g_test_run ();
}
