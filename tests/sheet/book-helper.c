/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-helper.h"

#include <glib/gstdio.h>
#include <string.h>

#include "zip-helper.h"

#define PACKAGE_NS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
#define TYPE       "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char usual_workbook[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<workbook " MAIN_NS " " RELATIONS_NS
    "><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char usual_relations[] =
    "<Relationships " PACKAGE_NS ">"
    "<Relationship Id=\"rId1\" Type=\"" TYPE "worksheet\" Target=\"worksheets/a.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" TYPE "styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" TYPE "sharedStrings\" Target=\"/xl/strings.xml\"/>"
    "</Relationships>";
static const char usual_sheet[] = "<worksheet " MAIN_NS "><sheetData/></worksheet>";
static const char usual_styles[] =
    "<styleSheet " MAIN_NS "><numFmts count=\"2\">"
    "<numFmt numFmtId=\"164\" formatCode=\"dd\\/mm\\/yyyy\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"[$-409]d&quot; day &quot;mmm yy h:mm;@\"/></numFmts>"
    "<fonts><font><sz val=\"11\"/></font><font><b/></font><font><b val=\"0\"/></font></fonts>"
    "<fills><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/></patternFill></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFFFF\"/></patternFill></fill>"
    "</fills><cellStyleXfs><xf numFmtId=\"14\" fontId=\"1\"/></cellStyleXfs><cellXfs>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\"/>"   /* 0 */
    "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\"/>"  /* 1: date */
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\"/>" /* 2: custom date */
    "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\"/>" /* 3: custom date and time */
    "<xf numFmtId=\"20\" fontId=\"0\" fillId=\"0\"/>"  /* 4: time */
    "<xf numFmtId=\"46\" fontId=\"0\" fillId=\"0\"/>"  /* 5: duration */
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"1\"/>"   /* 6: bold */
    "<xf numFmtId=\"0\" fontId=\"2\" fillId=\"2\"/>"   /* 7: filled */
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"3\"/>"   /* 8: bold on white */
    "</cellXfs><dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>";

static GBytes *
pack (const ZipPart *parts)
{
  g_autofree char *folder = zip_helper_make_folder ();
  g_autofree char *path = g_build_filename (folder, "b", NULL);
  char            *content;
  gsize            length;

  zip_helper_write (path, parts);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return g_bytes_new_take (content, length);
}

GBytes *
book_helper_pack (const BookParts *parts)
{
  ZipPart list[] = {
    { "[Content_Types].xml", "<Types/>", 0 },
    { "_rels/.rels",
      "<Relationships " PACKAGE_NS "><Relationship Id=\"x\" Type=\"" TYPE
      "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
      0 },
    { "xl/workbook.xml", parts->workbook != NULL ? parts->workbook : usual_workbook, 0 },
    { "xl/_rels/workbook.xml.rels", parts->relations != NULL ? parts->relations : usual_relations,
      0 },
    { "xl/worksheets/a.xml", parts->sheet != NULL ? parts->sheet : usual_sheet, 0 },
    { "xl/styles.xml", parts->styles != NULL ? parts->styles : usual_styles, 0 },
    { "xl/strings.xml", parts->strings != NULL ? parts->strings : "<sst " MAIN_NS "></sst>", 0 },
    { parts->sheet_relations != NULL ? "xl/worksheets/_rels/a.xml.rels" : NULL,
      parts->sheet_relations, 0 },
    { parts->tables[0] != NULL ? "xl/tables/a.xml" : NULL, parts->tables[0], 0 },
    { parts->tables[1] != NULL ? "xl/tables/b.xml" : NULL, parts->tables[1], 0 },
    { NULL, NULL, 0 },
  };

  return pack (list);
}

#define ODF_NAMESPACES                                                                             \
  "xmlns:office=\"" ODF_NS "office:1.0\" xmlns:table=\"" ODF_NS "table:1.0\" xmlns:text=\"" ODF_NS \
  "text:1.0\" xmlns:style=\"" ODF_NS "style:1.0\" xmlns:number=\"" ODF_NS                          \
  "datastyle:1.0\" xmlns:fo=\"" ODF_NS "xsl-fo-compatible:1.0\" "                                  \
  "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" "        \
  "xmlns:draw=\"" ODF_NS "drawing:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""

GBytes *
book_helper_pack_ods (const char *content, const char *styles)
{
  g_autofree char *content_part = g_strconcat ("<office:document-content " ODF_NAMESPACES ">",
                                               content, "</office:document-content>", NULL);
  g_autofree char *styles_part =
      g_strconcat ("<office:document-styles " ODF_NAMESPACES "><office:styles>",
                   styles != NULL ? styles : "", "</office:styles></office:document-styles>", NULL);
  ZipPart list[] = {
    { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0 },
    { "content.xml", content_part, 0 },
    { styles != NULL ? "styles.xml" : "meta.xml", styles_part, 0 },
    { NULL, NULL, 0 },
  };

  return pack (list);
}

GBytes *
book_helper_pack_rows (const char *rows)
{
  g_autofree char *sheet =
      g_strdup_printf ("<worksheet " MAIN_NS "><sheetData>%s</sheetData></worksheet>", rows);

  return book_helper_pack (&(BookParts){ .sheet = sheet });
}

static void
dump_cell (GString *out, const CcSheetCell *cell)
{
  static const char *const before[] = { "?", "'", "", "d", "!", "" };
  guint                    column = cell->column;

  g_string_append_printf (out, " %s%s%s", cell->flags & CC_SHEET_CELL_BOLD ? "b" : "",
                          cell->flags & CC_SHEET_CELL_FILL ? "f" : "",
                          cell->flags & CC_SHEET_CELL_HIDDEN ? "h" : "");
  if (column >= 26)
    g_string_append_c (out, (char) ('A' + column / 26 - 1));
  g_string_append_printf (out, "%c=%s%s%s", 'A' + column % 26, before[cell->type], cell->text,
                          cell->type == CC_SHEET_CELL_TEXT ? "'" : "");
}

char *
book_helper_dump (CcBook *book, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, &error);
  GString          *out = g_string_new (NULL);
  const CcSheetRow *row;

  g_assert_no_error (error);
  for (;;)
    {
      g_assert_true (cc_sheet_reader_next (reader, &row, NULL, &error));
      g_assert_no_error (error);
      if (row == NULL)
        return g_string_free (out, FALSE);
      g_assert_cmpuint (row->n_cells, >, 0);
      g_string_append_printf (out, "%u%s:", row->row + 1, row->hidden ? "h" : "");
      for (guint i = 0; i < row->n_cells; i++)
        dump_cell (out, &row->cells[i]);
      g_string_append_c (out, '\n');
    }
}

static void
describe_merges (GString *out, GArray *merges)
{
  for (guint i = 0; i < merges->len; i++)
    {
      const CcMerge *m = &g_array_index (merges, CcMerge, i);

      g_string_append_printf (out, "%s %c%u-%c%u", i == 0 ? "merged:" : "", 'A' + m->first_column,
                              m->first_row + 1, 'A' + m->last_column, m->last_row + 1);
    }
  if (merges->len > 0)
    g_string_append_c (out, '\n');
}

char *
book_helper_describe (CcBook *book)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    {
      const CcSheetInfo *sheet = cc_book_get_sheet (book, i);
      g_autofree char   *rows = book_helper_dump (book, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) merges = cc_book_load_merges (book, i, NULL, &error);

      g_assert_no_error (error);
      g_string_append_printf (out, "-- %s%s%s\n%s", sheet->name, sheet->hidden ? " hidden" : "",
                              sheet->right_to_left ? " rtl" : "", rows);
      describe_merges (out, merges);
    }
  return g_string_free (out, FALSE);
}

char *
book_helper_dump_bytes (const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes (name, bytes, NULL, &error);

  g_assert_no_error (error);
  return book_helper_dump (book, 0);
}

GError *
book_helper_read_all (const char *name, GBytes *bytes)
{
  GError *error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes (name, bytes, NULL, &error);

  for (guint i = 0; book != NULL && error == NULL && i < cc_book_get_n_sheets (book); i++)
    {
      g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, i, &error);
      const CcSheetRow *row = NULL;

      while (reader != NULL && cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
        g_assert_cmpfloat (cc_sheet_reader_get_fraction (reader), <=, 1);
      if (error == NULL)
        {
          g_autoptr (GArray) merges = cc_book_load_merges (book, i, NULL, &error);

          g_assert_true (merges != NULL || error != NULL);
        }
    }
  return error;
}
