/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ods-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

#define MAX_MERGES 1000000u
/* Cells with content that a book does not write but counts. A sheet whose columns are filled down
 * to its end has a few millions of them; a file made to harm has any number. */
#define MAX_REPEATED (4u << 20)

typedef struct
{
  CcOdsBook    *book;
  CcOdsSource  *source;
  GCancellable *cancellable;
  guint         n_merges; /* of the whole book */
  guint         n_rows;
  guint64       n_repeated;
  /* In the sheet at hand. */
  GArray *merges;
  guint64 row;
  guint64 column;
} Scan;

static gboolean
is_spreadsheet_link (const char *formula)
{
  return strstr (formula, "'file:") != NULL || strstr (formula, "'http") != NULL;
}

static gboolean
add_merges (Scan *self, guint columns, guint rows, guint repeated, GError **error)
{
  for (guint i = 0; i < repeated && self->row + i < CC_BOOK_MAX_ROWS; i++)
    {
      CcMerge merge = { (guint) self->row + i, 0, (guint) self->column, 0 };

      merge.last_row = MIN (merge.first_row + rows, CC_BOOK_MAX_ROWS) - 1;
      merge.last_column = MIN (merge.first_column + columns, CC_BOOK_MAX_COLUMNS) - 1;
      if (++self->n_merges > MAX_MERGES)
        {
          cc_book_set_limit_error (error, merge.first_row,
                                   "it has more than a million merged ranges");
          return FALSE;
        }
      g_array_append_val (self->merges, merge);
    }
  return TRUE;
}

static gboolean
count_repeated (Scan *self, guint columns, guint rows, GError **error)
{
  self->n_repeated += (guint64) columns * rows - 1;
  if (self->n_repeated <= MAX_REPEATED)
    return TRUE;
  cc_book_set_limit_error (error, (guint) MIN (self->row, CC_BOOK_MAX_ROWS),
                           "it repeats more cells than sheets have that people fill");
  return FALSE;
}

/* Whether the cell's own attributes give it a content. */
static gboolean
has_value (CcXmlReader *xml)
{
  const char *type = cc_xml_reader_get_prefixed (xml, "office:value-type");
  const char *text = cc_xml_reader_get_prefixed (xml, "office:string-value");

  return type != NULL && (!g_str_equal (type, "string") || (text != NULL && *text != '\0'));
}

/* Steps over what a cell holds; answers whether that is anything to read. */
static gboolean
scan_content (Scan *self, gboolean *has_text, GError **error)
{
  CcXmlReader *xml = self->source->xml;
  CcXmlEvent   event;

  for (;;)
    {
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      *has_text |= cc_xml_is (xml, "text:p");
      if (cc_xml_is (xml, "table:cell-range-source"))
        self->book->base.notices |= CC_BOOK_NOTICE_LINKS;
      if (!cc_ods_source_skip (self->source, error))
        return FALSE;
    }
}

static gboolean
scan_cell (Scan *self, guint row_repeated, GError **error)
{
  CcXmlReader *xml = self->source->xml;
  const char  *formula = cc_xml_reader_get_prefixed (xml, "table:formula");
  guint        columns =
      cc_ods_read_count (cc_xml_reader_get_prefixed (xml, "table:number-columns-spanned"),
                         CC_BOOK_MAX_COLUMNS);
  guint rows = cc_ods_read_count (cc_xml_reader_get_prefixed (xml, "table:number-rows-spanned"),
                                  CC_BOOK_MAX_ROWS);
  guint repeated =
      cc_ods_read_count (cc_xml_reader_get_prefixed (xml, "table:number-columns-repeated"),
                         CC_BOOK_MAX_COLUMNS);
  gboolean has_text = has_value (xml);

  if (formula != NULL && is_spreadsheet_link (formula))
    self->book->base.notices |= CC_BOOK_NOTICE_LINKS;
  if (!scan_content (self, &has_text, error))
    return FALSE;
  /* Empty areas merged down to the end of the sheet stand there by the hundred thousand. */
  if ((columns > 1 || rows > 1) && repeated == 1 && self->column < CC_BOOK_MAX_COLUMNS
      && (has_text || row_repeated == 1) && !add_merges (self, columns, rows, row_repeated, error))
    return FALSE;
  self->column += repeated;
  return !has_text || count_repeated (self, repeated, row_repeated, error);
}

static gboolean
scan_row (Scan *self, GError **error)
{
  CcXmlReader *xml = self->source->xml;
  guint        repeated =
      cc_ods_read_count (cc_xml_reader_get_prefixed (xml, "table:number-rows-repeated"),
                         CC_BOOK_MAX_ROWS);
  CcXmlEvent event;

  if (self->n_rows++ % 256 == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->column = 0;
  for (;;)
    {
      gboolean good = TRUE;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        break;
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (xml, "table:table-cell") || cc_xml_is (xml, "table:covered-table-cell"))
        good = scan_cell (self, repeated, error);
      else
        good = cc_ods_source_skip (self->source, error);
      if (!good)
        return FALSE;
    }
  self->row += repeated;
  return TRUE;
}

static gboolean
scan_table (Scan *self, GError **error)
{
  CcXmlReader *xml = self->source->xml;
  guint        depth = 1;
  CcXmlEvent   event;

  self->row = 0;
  while (depth > 0)
    {
      gboolean good = TRUE;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        depth--;
      else if (event == CC_XML_START)
        {
          if (cc_xml_is (xml, "table:table-row"))
            good = scan_row (self, error);
          else if (cc_ods_is_group (xml))
            depth++;
          else
            {
              if (cc_xml_is (xml, "table:table-source"))
                self->book->base.notices |= CC_BOOK_NOTICE_LINKS;
              good = cc_ods_source_skip (self->source, error);
            }
        }
      if (!good)
        return FALSE;
    }
  return TRUE;
}

/* What was last seen of a sheet of another file is kept as a sheet that nobody sees, named
 * 'file:///...'#$Sheet. */
static gboolean
is_copy_of_other (const char *name)
{
  return name[0] == '\'' && strstr (name, "'#") != NULL;
}

static gboolean
add_sheet (Scan *self, GError **error)
{
  CcOdsBook        *book = self->book;
  CcXmlReader      *xml = self->source->xml;
  const char       *name = cc_xml_reader_get_prefixed (xml, "table:name");
  const CcOdsStyle *style =
      cc_ods_styles_get (book->styles, "table",
                         cc_xml_reader_get_prefixed (xml, "table:style-name"));
  g_autoptr (GString) text = g_string_new (name != NULL ? name : "");
  CcOdsSheet sheet = { .table = self->source->next_table++ };
  gboolean   good;

  if (is_copy_of_other (text->str))
    {
      book->base.notices |= CC_BOOK_NOTICE_LINKS;
      return cc_ods_source_skip (self->source, error);
    }
  if (!cc_book_check_n_sheets (&book->base, error) || !cc_book_check_text (text, error))
    return FALSE;
  sheet.start = cc_part_get_fraction (self->source->part);
  sheet.merges = self->merges = g_array_new (FALSE, FALSE, sizeof (CcMerge));
  cc_book_add_sheet (&book->base, text->str, style->is_hidden, style->is_right_to_left);
  good = scan_table (self, error);
  sheet.end = cc_part_get_fraction (self->source->part);
  g_array_append_val (book->tables, sheet);
  return good;
}

static gboolean
scan_content_part (Scan *self, GError **error)
{
  CcXmlReader *xml = self->source->xml;
  CcXmlEvent   event;

  for (;;)
    {
      gboolean good = TRUE;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (xml, "office:automatic-styles"))
        good = cc_ods_styles_read (self->book->styles, self->source, error);
      else if (cc_xml_is (xml, "table:table"))
        good = add_sheet (self, error);
      else if (!cc_xml_is (xml, "office:document-content") && !cc_xml_is (xml, "office:body")
               && !cc_xml_is (xml, "office:spreadsheet"))
        good = cc_ods_source_skip (self->source, error);
      if (!good)
        return FALSE;
    }
}

static gboolean
read_common_styles (CcOdsBook *self, GError **error)
{
  g_autoptr (CcOdsSource) source = NULL;
  CcXmlEvent event;

  if (!cc_archive_has (self->archive, "styles.xml"))
    return TRUE;
  source = cc_ods_source_open (self->archive, "styles.xml", error);
  if (source == NULL)
    return FALSE;
  for (;;)
    {
      gboolean good = TRUE;

      if (!cc_xml_reader_next (source->xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (source->xml, "office:styles"))
        good = cc_ods_styles_read (self->styles, source, error);
      else if (!cc_xml_is (source->xml, "office:document-styles"))
        good = cc_ods_source_skip (source, error);
      if (!good)
        return FALSE;
    }
}

gboolean
cc_ods_scan (CcOdsBook *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcOdsSource) source = NULL;
  Scan scan = { .book = self, .cancellable = cancellable };

  if (!read_common_styles (self, error))
    return FALSE;
  source = cc_ods_source_open (self->archive, "content.xml", error);
  scan.source = source;
  return source != NULL && scan_content_part (&scan, error);
}
