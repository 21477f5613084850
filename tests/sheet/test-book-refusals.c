/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <cc/base/cc-error.h>
#include <glib/gstdio.h>
#include <string.h>

#include "zip-helper.h"

static void
assert_refused (const char *name, GBytes *bytes, int code, const char *piece)
{
  g_autoptr (GError) error = book_helper_read_all (name, bytes);

  g_assert_error (error, CC_ERROR, code);
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” is missing in: %s", piece, error->message);
}

static void
assert_text_refused (const char *name, const char *text, gsize length, int code, const char *piece)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);

  assert_refused (name, bytes, code, piece);
}

static void
assert_rows_refused (const char *rows, int code, const char *piece)
{
  g_autoptr (GBytes) bytes = book_helper_pack_rows (rows);

  assert_refused ("b.xlsx", bytes, code, piece);
}

static void
assert_sheet_refused (const char *sheet, int code, const char *piece)
{
  g_autoptr (GBytes) bytes = book_helper_pack (&(BookParts){ .sheet = sheet });

  assert_refused ("b.xlsx", bytes, code, piece);
}

#define TEXT(t) (t), sizeof (t) - 1

static void
test_other_formats (void)
{
  assert_text_refused ("a.xlsx", TEXT (""), CC_ERROR_INVALID_DATA, "empty");
  assert_text_refused ("a.xlsx", TEXT ("a,b\n1,2\n"), CC_ERROR_FOREIGN_FORMAT, ".csv");
  assert_text_refused ("a.XLS", TEXT ("<html><table><tr>"), CC_ERROR_FOREIGN_FORMAT, "web page");
  assert_text_refused ("a.csv", TEXT ("%PDF-1.7 ..."), CC_ERROR_FOREIGN_FORMAT, "PDF");
  assert_text_refused ("a.csv", TEXT ("\x89PNG\r\n\x1a\n"), CC_ERROR_FOREIGN_FORMAT, "picture");
  assert_text_refused ("a.csv", TEXT ("\1\2\3\4\0\0\0\1\1\1\0\0\0\0\6\7"), CC_ERROR_FOREIGN_FORMAT,
                       "neither");
  assert_text_refused ("a.xls",
                       TEXT ("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-"
                             "microsoft-com:office:spreadsheet\"/>"),
                       CC_ERROR_FOREIGN_FORMAT, "saved as XML");
}

static void
test_ole (void)
{
  g_autofree char *file = g_malloc0 (200000);

  memcpy (file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  assert_text_refused ("a.xlsx", file, 200000, CC_ERROR_FOREIGN_FORMAT, "old Office");
  memcpy (file + 131060, "W\0o\0r\0k\0b\0o\0o\0k", 15);
  assert_text_refused ("a.xls", file, 200000, CC_ERROR_DAMAGED, "damaged");
  assert_text_refused ("a.xls", TEXT ("\x09\x04\6\0\0\0\x10\0"), CC_ERROR_FOREIGN_FORMAT,
                       "old Excel");
  memcpy (file + 65530, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31);
  assert_text_refused ("a.xlsx", file, 200000, CC_ERROR_FOREIGN_FORMAT, "password");
}

static GBytes *
pack (const ZipPart *parts)
{
  g_autofree char *folder = zip_helper_make_folder ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  char            *content;
  gsize            length;

  zip_helper_write (path, parts);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return g_bytes_new_take (content, length);
}

static void
test_other_zips (void)
{
  const ZipPart odt[] = { { "mimetype", "application/vnd.oasis.opendocument.text", 0 },
                          { "content.xml", "<x/>", 0 },
                          { NULL, NULL, 0 } };
  const ZipPart docx[] = { { "word/document.xml", "<x/>", 0 }, { NULL, NULL, 0 } };
  const ZipPart xlsb[] = { { "xl/workbook.bin", "x", 0 }, { NULL, NULL, 0 } };
  const ZipPart other[] = { { "list.csv", "a,b", 0 }, { NULL, NULL, 0 } };
  const ZipPart lost[] = { { "xl/workbook.xml", "<workbook/>", 0 }, { NULL, NULL, 0 } };
  g_autoptr (GBytes) odt_bytes = pack (odt);
  g_autoptr (GBytes) docx_bytes = pack (docx);
  g_autoptr (GBytes) xlsb_bytes = pack (xlsb);
  g_autoptr (GBytes) other_bytes = pack (other);
  g_autoptr (GBytes) lost_bytes = pack (lost);

  assert_refused ("a.odt", odt_bytes, CC_ERROR_FOREIGN_FORMAT, "not a spreadsheet");
  assert_refused ("a.docx", docx_bytes, CC_ERROR_FOREIGN_FORMAT, "Word");
  assert_refused ("a.xlsb", xlsb_bytes, CC_ERROR_FOREIGN_FORMAT, ".xlsb");
  assert_refused ("a.zip", other_bytes, CC_ERROR_FOREIGN_FORMAT, "packed");
  assert_refused ("a.xlsx", lost_bytes, CC_ERROR_DAMAGED, "incomplete");
}

static void
test_missing_parts (void)
{
  BookParts no_sheet = { .relations = "<Relationships/>" };
  BookParts no_sheets = { .workbook = "<workbook " MAIN_NS "><sheets/></workbook>" };
  BookParts no_strings = {
    .relations = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
                 "Target=\"worksheets/a.xml\"/></Relationships>",
    .sheet = "<worksheet " MAIN_NS "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
             "</sheetData></worksheet>",
  };
  g_autoptr (GBytes) a = book_helper_pack (&no_sheet);
  g_autoptr (GBytes) b = book_helper_pack (&no_sheets);
  g_autoptr (GBytes) c = book_helper_pack (&no_strings);

  assert_refused ("b.xlsx", a, CC_ERROR_DAMAGED, "Sheet1");
  assert_refused ("b.xlsx", b, CC_ERROR_INVALID_DATA, "no sheet");
  assert_refused ("b.xlsx", c, CC_ERROR_DAMAGED, "table of texts");
}

/* Cut off at any place, the file is damaged and never read as a shorter one. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) whole = book_helper_pack_rows ("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
  gsize size = g_bytes_get_size (whole);

  for (gsize n = 4; n < size; n += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, n);

      assert_refused ("b.xlsx", part, CC_ERROR_DAMAGED, "Ask for the file again");
    }
}

/* One changed byte inside a packed part is found by its checksum, or breaks the format. */
static void
test_flipped (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GBytes) whole = NULL;
  const char *data;
  gsize       size;
  guint       n_refused = 0, n_tried = 0;

  for (guint i = 1; i <= 300; i++)
    g_string_append_printf (rows, "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c></row>", i, i, i * 7919);
  whole = book_helper_pack_rows (rows->str);
  data = g_bytes_get_data (whole, &size);
  for (gsize i = 900; i < 2400; i += 50, n_tried++)
    {
      char *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      copy[i] ^= 0x10;
      bytes = g_bytes_new_take (copy, size);
      error = book_helper_read_all ("b.xlsx", bytes);
      n_refused += error != NULL;
    }
  g_assert_cmpuint (n_refused, ==, n_tried);
}

static void
test_order (void)
{
  assert_rows_refused ("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"/>",
                       CC_ERROR_DAMAGED, "out of order");
  assert_rows_refused ("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>",
                       CC_ERROR_DAMAGED, "out of order");
  assert_rows_refused ("<row r=\"1\"><c r=\"B2\"><v>1</v></c></row>", CC_ERROR_DAMAGED, "order");
  assert_rows_refused ("<row r=\"1\"><c r=\"1B\"><v>1</v></c></row>", CC_ERROR_DAMAGED, "order");
  assert_rows_refused ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>3</v></c></row>", CC_ERROR_DAMAGED,
                       "table of texts");
  assert_sheet_refused ("<worksheet " MAIN_NS "><sheetData><row></sheetData></worksheet>",
                        CC_ERROR_DAMAGED, "breaks the rules");
}

static void
test_limits (void)
{
  g_autofree char *long_text = g_strnfill (32768, 'x');
  g_autofree char *fits = g_strnfill (32767, 'x');
  g_autofree char *row =
      g_strdup_printf ("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>%s</t></is></c></row>",
                       long_text);
  g_autofree char *good_row =
      g_strdup_printf ("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>%s</t></is></c></row>",
                       fits);
  g_autoptr (GBytes) good = book_helper_pack_rows (good_row);
  g_autoptr (GString) deep = g_string_new ("<worksheet " MAIN_NS "><sheetData>");
  g_autoptr (GError) error = book_helper_read_all ("b.xlsx", good);

  g_assert_no_error (error);
  assert_rows_refused (row, CC_ERROR_LIMIT, "32,767");
  assert_rows_refused ("<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>", CC_ERROR_LIMIT,
                       "1,048,576");
  assert_rows_refused ("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c><c><v>2</v></c></row>",
                       CC_ERROR_LIMIT, "16,384");
  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "<a>");
  assert_sheet_refused (deep->str, CC_ERROR_LIMIT, "nested");
}

static void
test_entities (void)
{
  assert_sheet_refused ("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                        "<worksheet " MAIN_NS "><sheetData>&b;</sheetData></worksheet>",
                        CC_ERROR_LIMIT, "shorthands");
  assert_sheet_refused ("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet " MAIN_NS
                        "><sheetData>&x;</sheetData></worksheet>",
                        CC_ERROR_DAMAGED, "breaks the rules");
  assert_sheet_refused ("<worksheet " MAIN_NS "><sheetData>&nbsp;</sheetData></worksheet>",
                        CC_ERROR_DAMAGED, "breaks the rules");
}

/* 300 MB of blanks in some 300 kB. */
static void
test_zip_bomb (void)
{
  gsize            size = 300 * 1000 * 1000;
  g_autofree char *sheet = g_malloc (size + 1);
  const char       head[] = "<worksheet " MAIN_NS "><sheetData>";
  const char       tail[] = "</sheetData></worksheet>";

  memset (sheet, ' ', size);
  memcpy (sheet, head, sizeof head - 1);
  memcpy (sheet + size - sizeof tail + 1, tail, sizeof tail - 1);
  sheet[size] = '\0';
  assert_sheet_refused (sheet, CC_ERROR_LIMIT, "unpacks to far more");
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cc_book_open ("/nowhere/at/all.xlsx", NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cc_book_open ("/", NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/refusals/other-formats", test_other_formats);
  g_test_add_func ("/sheet/refusals/ole", test_ole);
  g_test_add_func ("/sheet/refusals/other-zips", test_other_zips);
  g_test_add_func ("/sheet/refusals/missing-parts", test_missing_parts);
  g_test_add_func ("/sheet/refusals/truncated", test_truncated);
  g_test_add_func ("/sheet/refusals/flipped", test_flipped);
  g_test_add_func ("/sheet/refusals/order", test_order);
  g_test_add_func ("/sheet/refusals/limits", test_limits);
  g_test_add_func ("/sheet/refusals/entities", test_entities);
  g_test_add_func ("/sheet/refusals/zip-bomb", test_zip_bomb);
  g_test_add_func ("/sheet/refusals/no-file", test_no_file);
  return g_test_run ();
}
