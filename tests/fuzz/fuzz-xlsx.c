/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <cc/sheet/cc-book.h>
#include <zip.h>

/* The first byte chooses: the rest is a whole file, or takes the place of one part of a small good
 * workbook. Without that, checksums and packing would keep an engine from ever reaching the parts.
 */

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MAIN      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static const struct
{
  const char *name;
  const char *text;
} good[] = {
  { "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" RELATIONS
                   "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/workbook.xml",
    "<workbook " MAIN " xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/>"
    "</sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"sheet.xml\"/>"
    "<Relationship Id=\"b\" Type=\"/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"c\" Type=\"/sharedStrings\" Target=\"strings.xml\"/></Relationships>" },
  { "xl/sheet.xml", "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c>"
                    "<c r=\"B1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>" },
  { "xl/strings.xml", "<sst " MAIN "><si><t>text</t></si></sst>" },
  { "xl/styles.xml", "<styleSheet " MAIN "><cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
                     "<xf numFmtId=\"46\"/></cellXfs></styleSheet>" },
};

static GBytes *
pack (guint replaced, const guint8 *data, gsize size)
{
  zip_error_t   error;
  zip_source_t *target;
  zip_t        *archive;
  zip_stat_t    info;
  GBytes       *bytes = NULL;

  zip_error_init (&error);
  target = zip_source_buffer_create (NULL, 0, 0, &error);
  zip_source_keep (target);
  archive = zip_open_from_source (target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      zip_source_t *part =
          i == replaced ? zip_source_buffer (archive, data, size, 0)
                        : zip_source_buffer (archive, good[i].text, strlen (good[i].text), 0);
      zip_int64_t index = zip_file_add (archive, good[i].name, part, 0);

      zip_set_file_compression (archive, (zip_uint64_t) index, ZIP_CM_STORE, 0);
    }
  if (zip_close (archive) == 0 && zip_source_stat (target, &info) == 0
      && zip_source_open (target) == 0)
    {
      guint8 *content = g_malloc (info.size);

      zip_source_read (target, content, info.size);
      zip_source_close (target);
      bytes = g_bytes_new_take (content, info.size);
    }
  zip_source_free (target);
  zip_error_fini (&error);
  return bytes;
}

static void
read_sheet (CcBook *book, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, &error);
  g_autoptr (GArray) merges = NULL;
  const CcSheetRow *row = NULL;
  gint64            last = -1;

  while (reader != NULL && cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
    {
      g_assert_cmpint (row->row, >, last);
      last = row->row;
      for (guint i = 0; i < row->n_cells; i++)
        {
          const CcSheetCell *cell = &row->cells[i];

          g_assert_true (cell->type != CC_SHEET_CELL_BLANK && cell->text != NULL
                         && *cell->text != '\0');
          g_assert_true (g_utf8_validate (cell->text, -1, NULL));
          g_assert_true (i == 0 || cell->column > row->cells[i - 1].column);
        }
    }
  g_assert_true (reader != NULL || error != NULL);
  g_clear_error (&error);
  merges = cc_book_load_merges (book, index, NULL, &error);
  g_assert_true (merges != NULL || error != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CcBook) book = NULL;
  guint choice;

  if (size == 0)
    return 0;
  choice = data[0] % (G_N_ELEMENTS (good) + 1);
  bytes = choice == G_N_ELEMENTS (good) ? g_bytes_new_static (data + 1, size - 1)
                                        : pack (choice, data + 1, size - 1);
  g_assert_nonnull (bytes);
  book = cc_book_open_bytes ("a.xlsx", bytes, NULL, &error);
  g_assert_true (book != NULL || error != NULL);
  for (guint i = 0; book != NULL && i < cc_book_get_n_sheets (book); i++)
    read_sheet (book, i);
  return 0;
}
