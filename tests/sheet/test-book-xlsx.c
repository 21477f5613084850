/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <string.h>

static void
assert_rows (const char *rows, const char *expected)
{
  g_autoptr (GBytes) bytes = book_helper_pack_rows (rows);
  g_autofree char *dump = book_helper_dump_bytes ("b.xlsx", bytes);

  g_assert_cmpstr (dump, ==, expected);
}

static void
test_values (void)
{
  assert_rows ("<row r=\"1\"><c r=\"A1\"><v>15</v></c><c r=\"B1\"><v>0.30000000000000004</v></c>"
               "<c r=\"C1\" t=\"b\"><v>1</v></c><c r=\"D1\" t=\"e\"><v>#REF!</v></c>"
               "<c r=\"E1\" t=\"str\"><f>A1&amp;\"x\"</f><v>15x</v></c>"
               "<c r=\"F1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> in </t></is></c>"
               "<c r=\"G1\"><f>SUM(A1:B1)</f><v>15.3</v></c><c r=\"H1\"><f>A1</f></c>"
               "<c r=\"I1\" s=\"6\"/><c r=\"J1\" t=\"str\"><f>\"\"</f><v></v></c>"
               "<c r=\"K1\"><f>A1</f><v></v></c><c r=\"L1\"><f>A1</f><v/></c>"
               "<c r=\"AA1\" t=\"d\"><v>2024-03-02</v></c></row>",
               "1: A=15 B=0.3 C=!TRUE D=#REF! E='15x' F=' in ' G=15.3 H=#CALC! K=#CALC! L=#CALC! "
               "AA=d2024-03-02\n");
  /* Positions may be left out, rows may jump, blank rows are skipped. */
  assert_rows ("<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"4\"><c r=\"C4\"><v>3</v></c>"
               "<c><v>4</v></c></row><row r=\"5\"><c r=\"A5\" s=\"1\"/></row>"
               "<row hidden=\"1\"><c t=\"n\"><v>-5e-1</v></c></row>",
               "1: A=1 B=2\n4: C=3 D=4\n6h: A=-0.5\n");
  assert_rows ("", "");
}

static void
test_dates_1900 (void)
{
  assert_rows ("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>59</v></c>"
               "<c r=\"C1\" s=\"1\"><v>60</v></c><c r=\"D1\" s=\"1\"><v>61</v></c>"
               "<c r=\"E1\" s=\"2\"><v>45353</v></c><c r=\"F1\" "
               "s=\"3\"><v>45353.604166666664</v></c>"
               "<c r=\"G1\" s=\"2\"><v>45353.604166666664</v></c><c r=\"H1\" s=\"1\"><v>0</v></c>"
               "<c r=\"I1\" s=\"1\"><v>2958465</v></c><c r=\"J1\" s=\"1\"><v>2958466</v></c>"
               "<c r=\"K1\" s=\"1\"><v>-1</v></c></row>",
               "1: A=d1900-01-01 B=d1900-02-28 C=60 D=d1900-03-01 E=d2024-03-02 "
               "F=d2024-03-02T14:30:00 G=d2024-03-02 H=0 I=d9999-12-31 J=2958466 K=-1\n");
  assert_rows ("<row r=\"1\"><c r=\"A1\" s=\"4\"><v>0.60416666666666663</v></c>"
               "<c r=\"B1\" s=\"5\"><v>1.5</v></c><c r=\"C1\" s=\"1\" t=\"str\"><v>x</v></c>"
               "<c r=\"D1\" s=\"99\"><v>45353</v></c></row>",
               "1: A='14:30:00' B='36:00:00' C='x' D=45353\n");
}

static void
test_dates_1904 (void)
{
  g_autoptr (GError) error = NULL;
  BookParts parts = {
    .workbook = "<workbook " MAIN_NS " " RELATIONS_NS "><workbookPr date1904=\"1\"/><sheets>"
                "<sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets></workbook>",
    .sheet = "<worksheet " MAIN_NS "><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>0</v></c>"
             "<c r=\"B1\" s=\"1\"><v>43891</v></c></row></sheetData></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsx", bytes, NULL, &error);
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  g_assert_true (cc_book_get_date_1904 (book));
  dump = book_helper_dump (book, 0);
  g_assert_cmpstr (dump, ==, "1: A=d1904-01-01 B=d2024-03-02\n");
}

static void
test_strings (void)
{
  BookParts parts = {
    .strings =
        "<sst " MAIN_NS "><si><t>plain</t></si>"
        "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>"
        "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"
        "<si><t>a&amp;b &lt;c&gt; &#233;&#x41; x_x000D_y _x005F_x0041_ _xD83D__xDE00_</t></si>"
        "<si><t/></si><si><t xml:space=\"preserve\">  two\r\nlines </t></si></sst>",
    .sheet = "<worksheet " MAIN_NS "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
             "<c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
             "<c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c>"
             "<c r=\"F1\" t=\"s\"><v>5</v></c></row></sheetData></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autofree char *dump = book_helper_dump_bytes ("b.xlsx", bytes);

  g_assert_cmpstr (dump, ==,
                   "1: A='plain' B='rich text' C='東京' D='a&b <c> éA x\ry _x0041_ 😀' "
                   "F='  two\nlines '\n");
}

static void
test_looks (void)
{
  g_autoptr (GError) error = NULL;
  BookParts parts = {
    .sheet = "<worksheet " MAIN_NS "><sheetViews><sheetView rightToLeft=\"1\"/></sheetViews>"
             "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"16384\"/></cols>"
             "<sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"6\"><v>1</v></c>"
             "<c r=\"B1\" s=\"7\"><v>2</v></c><c r=\"C1\" s=\"8\"><v>3</v></c>"
             "<c r=\"D1\"><v>4</v></c></row></sheetData>"
             "<mergeCells count=\"2\"><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B2:B9\"/>"
             "</mergeCells></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsx", bytes, NULL, &error);
  g_autofree char *dump = NULL;
  g_autoptr (GArray) merges = NULL;
  const CcMerge *merge;

  g_assert_no_error (error);
  g_assert_cmpstr (cc_book_get_format (book), ==, "xlsx");
  g_assert_null (cc_book_get_encoding (book));
  g_assert_true (cc_book_get_sheet (book, 0)->right_to_left);
  dump = book_helper_dump (book, 0);
  g_assert_cmpstr (dump, ==, "1h: bA=1 fhB=2 bhC=3 D=4\n");
  merges = cc_book_load_merges (book, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (merges->len, ==, 2);
  merge = &g_array_index (merges, CcMerge, 1);
  g_assert_cmpuint (merge->first_row, ==, 1);
  g_assert_cmpuint (merge->last_row, ==, 8);
  g_assert_cmpuint (merge->first_column, ==, 1);
  g_assert_cmpuint (merge->last_column, ==, 1);
}

/* Sheets in the order of the workbook, by their relations; charts have no cells. */
static void
test_sheets (void)
{
  static const char type[] = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
  g_autoptr (GError) error = NULL;
  g_autofree char *relations = g_strdup_printf (
      "<Relationships><Relationship Id=\"c\" Type=\"%schartsheet\" Target=\"styles.xml\"/>"
      "<Relationship Id=\"a\" Type=\"%sworksheet\" Target=\"./worksheets/../worksheets/a.xml\"/>"
      "<Relationship Id=\"e\" Type=\"%sworksheet\" TargetMode=\"External\" Target=\"http://x\"/>"
      "</Relationships>",
      type, type, type);
  /* The strict variant has other namespaces. */
  BookParts parts = {
    .workbook =
        "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
        "xmlns:rel=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheets>"
        "<sheet name=\"Graph\" sheetId=\"1\" rel:id=\"c\"/>"
        "<sheet name=\"R&amp;D &#233;t&#233;\" sheetId=\"2\" state=\"hidden\" rel:id=\"a\"/>"
        "<sheet name=\"Deep\" sheetId=\"3\" state=\"veryHidden\" rel:id=\"a\"/></sheets>"
        "</workbook>",
    .relations = relations,
    .sheet = "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><sheetData>"
             "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsx", bytes, NULL, &error);
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 2);
  g_assert_cmpstr (cc_book_get_sheet (book, 0)->name, ==, "R&D été");
  g_assert_true (cc_book_get_sheet (book, 0)->hidden);
  g_assert_true (cc_book_get_sheet (book, 1)->hidden);
  dump = book_helper_dump (book, 1);
  g_assert_cmpstr (dump, ==, "1: A=1\n");
}

/* Parts as other programs write them, which expat reads. */
static void
test_unusual_xml (void)
{
  BookParts parts = {
    .workbook =
        "<?xml version=\"1.0\"?><x:workbook "
        "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" " RELATIONS_NS
        "><x:sheets><x:sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></x:sheets>"
        "</x:workbook>",
    .strings = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><sst " MAIN_NS
               "><si><t>caf\xe9</t></si><si><t><![CDATA[a<b]]></t></si></sst>",
    .sheet = "<!DOCTYPE worksheet><worksheet " MAIN_NS " xmlns:y=\"urn:y\"><y:row r=\"9\"/>"
             "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v>"
             "</c></row></sheetData></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autofree char *dump = book_helper_dump_bytes ("b.xlsx", bytes);

  g_assert_cmpstr (dump, ==, "1: A='café' B='a<b'\n");
}

/* Two readers of one book do not disturb each other; reading can be cancelled. */
static void
test_readers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = book_helper_pack_rows ("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                                                    "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row>");
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsx", bytes, NULL, &error);
  g_autoptr (CcSheetReader) one = cc_book_open_sheet (book, 0, &error);
  g_autoptr (CcSheetReader) two = cc_book_open_sheet (book, 0, &error);
  const CcSheetRow *a, *b;

  g_assert_true (cc_sheet_reader_next (one, &a, NULL, &error));
  g_assert_true (cc_sheet_reader_next (two, &b, NULL, &error));
  g_assert_cmpfloat (a->cells[0].number, ==, 1);
  g_assert_cmpfloat (b->cells[0].number, ==, 1);
  g_assert_true (cc_sheet_reader_next (one, &a, NULL, &error));
  g_assert_cmpfloat (a->cells[0].number, ==, 2);
  g_assert_true (cc_sheet_reader_next (one, &a, NULL, &error));
  g_assert_null (a);
  g_assert_cmpfloat (cc_sheet_reader_get_fraction (one), ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (cc_sheet_reader_next (two, &b, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_notices (void)
{
  BookParts parts = {
    .relations = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
                 "Target=\"worksheets/a.xml\"/><Relationship Id=\"v\" "
                 "Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" "
                 "Target=\"vbaProject.bin\"/><Relationship Id=\"l\" "
                 "Type=\"x/externalLink\" Target=\"externalLinks/externalLink1.xml\"/>"
                 "</Relationships>"
  };
  g_autoptr (GBytes) plain = book_helper_pack_rows ("");
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsm", bytes, NULL, &error);
  g_autoptr (CcBook) other = cc_book_open_bytes ("b.xlsx", plain, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (cc_book_get_notices (book), ==, CC_BOOK_NOTICE_MACROS | CC_BOOK_NOTICE_LINKS);
  g_assert_cmpuint (cc_book_get_notices (other), ==, 0);
}

#define RELATION(id, target)                                                                       \
  "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"      \
  "relationships/table\" Target=\"" target "\"/>"

/* "A3:F9 1 0, ...": ranges with rows of header and of totals. */
static char *
describe_tables (const char *first, const char *second)
{
  BookParts parts = {
    .sheet_relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
        "relationships\">" RELATION ("r1", "../tables/a.xml") RELATION ("r2", "/xl/tables/b.xml")
            RELATION ("r3", "../tables/c.xml") "</Relationships>",
    .tables = { first, second },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = book_helper_pack (&parts);
  g_autoptr (CcBook) book = cc_book_open_bytes ("b.xlsx", bytes, NULL, &error);
  g_autoptr (GArray) tables = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  tables = cc_book_load_tables (book, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tables->len; i++)
    {
      const CcDefinedTable *table = &g_array_index (tables, CcDefinedTable, i);
      const CcMerge        *range = &table->range;

      g_string_append_printf (text, "%s%u-%u,%u-%u %u %u", i > 0 ? "; " : "", range->first_row,
                              range->last_row, range->first_column, range->last_column,
                              table->n_header, table->n_totals);
    }
  return g_string_free (text, FALSE);
}

/* Tables that a sheet defines, by their place; what makes no sense is passed over and stops
 * nothing.
 */
static void
test_tables (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    const char *expected;
  } cases[] = {
    { "<table " MAIN_NS " id=\"1\" name=\"T\" ref=\"B3:F9\"><autoFilter ref=\"B3:F9\"/></table>",
      NULL, "2-8,1-5 1 0" },
    { "<?xml version=\"1.0\"?>\n<x:table xmlns:x=\"http://schemas.openxmlformats.org/"
      "spreadsheetml/2006/main\" ref=\"H1:I4\" totalsRowCount=\"1\"/>",
      "<table " MAIN_NS " ref=\"A1:C4\" headerRowCount=\"0\"/>", "0-3,0-2 0 0; 0-3,7-8 1 1" },
    { "<table " MAIN_NS " ref=\"A1:B2\" totalsRowCount=\"2\"/>",
      "<table " MAIN_NS " ref=\"A1:B2\" totalsRowCount=\"-1\" headerRowCount=\"x\"/>",
      "0-1,0-1 1 0" },
    { "<table " MAIN_NS " ref=\"B2:A1\"/>", "<table " MAIN_NS " ref=\"A1\"/>", "" },
    { "<table " MAIN_NS " ref=\"A1:XFE2\"/>", "<table " MAIN_NS "/>", "" },
    { "<tables " MAIN_NS " ref=\"A1:B2\"/>", "<table", "" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe_tables (cases[i].first, cases[i].second);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/xlsx/values", test_values);
  g_test_add_func ("/sheet/xlsx/dates-1900", test_dates_1900);
  g_test_add_func ("/sheet/xlsx/dates-1904", test_dates_1904);
  g_test_add_func ("/sheet/xlsx/strings", test_strings);
  g_test_add_func ("/sheet/xlsx/looks", test_looks);
  g_test_add_func ("/sheet/xlsx/sheets", test_sheets);
  g_test_add_func ("/sheet/xlsx/unusual-xml", test_unusual_xml);
  g_test_add_func ("/sheet/xlsx/readers", test_readers);
  g_test_add_func ("/sheet/xlsx/notices", test_notices);
  g_test_add_func ("/sheet/xlsx/tables", test_tables);
  return g_test_run ();
}
