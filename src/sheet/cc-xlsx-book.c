/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Strings are loaded without a cancellable: the interface has none here, and the largest table of
 * strings met takes half a second. */
static CcSheetReader *
open_sheet (CcBook *base, guint index, GError **error)
{
  CcXlsxBook *self = (CcXlsxBook *) base;

  if (self->strings == NULL)
    self->strings = cc_xlsx_strings_load (self->archive, self->strings_part, NULL, error);
  if (self->strings == NULL)
    return NULL;
  return cc_xlsx_sheet_open (self, g_ptr_array_index (self->parts, index), error);
}

static GArray *
load_merges (CcBook *base, guint index, GCancellable *cancellable, GError **error)
{
  CcXlsxBook *self = (CcXlsxBook *) base;

  return cc_xlsx_sheet_load_merges (self->archive, g_ptr_array_index (self->parts, index),
                                    cancellable, error);
}

static GArray *
load_tables (CcBook *base, guint index, GCancellable *cancellable, GError **error)
{
  CcXlsxBook *self = (CcXlsxBook *) base;

  return cc_xlsx_sheet_load_tables (self->archive, g_ptr_array_index (self->parts, index),
                                    cancellable, error);
}

static void
free_book (CcBook *base)
{
  CcXlsxBook *self = (CcXlsxBook *) base;

  cc_book_clear (base);
  g_clear_pointer (&self->strings, cc_xlsx_strings_free);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->archive, cc_archive_free);
  g_free (self->strings_part);
  g_free (self->styles_part);
  g_free (self);
}

static const CcBookFormat xlsx_format = { "xlsx", free_book, open_sheet, load_merges, load_tables };

static char *
find_target (GPtrArray *relations, const char *type)
{
  CcXlsxRelation *relation = cc_xlsx_relations_find (relations, NULL, type);

  return relation != NULL ? g_strdup (relation->target) : NULL;
}

/* A zip file without a workbook: another format, or a workbook that lost its first part. */
static void
explain_no_workbook (CcArchive *archive, GError **error)
{
  char    mimetype[128] = "";
  CcPart *part = NULL;
  gssize  n;

  if (cc_archive_has (archive, "mimetype"))
    part = cc_archive_open_part (archive, "mimetype", NULL);
  if (part != NULL)
    {
      n = cc_part_read (part, mimetype, sizeof mimetype - 1, NULL);
      mimetype[MAX (n, 0)] = '\0';
      cc_part_free (part);
    }
  if (*mimetype == '\0' && cc_archive_has (archive, "xl/workbook.bin"))
    g_strlcpy (mimetype, "xlsb", sizeof mimetype);
  else if (*mimetype == '\0' && cc_archive_has (archive, "word/document.xml"))
    g_strlcpy (mimetype, "docx", sizeof mimetype);
  else if (*mimetype == '\0' && cc_archive_has (archive, "ppt/presentation.xml"))
    g_strlcpy (mimetype, "pptx", sizeof mimetype);
  else if (*mimetype == '\0' && cc_archive_has (archive, "xl/workbook.xml"))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The workbook is incomplete: the list of its parts is missing. Open it in the "
                   "program that made it and save it again, or ask for the file again.");
      return;
    }
  cc_book_set_foreign_zip (mimetype, error);
}

static gboolean
add_sheet (CcXlsxBook *self, CcXmlReader *xml, GPtrArray *relations, GError **error)
{
  const char     *name = cc_xml_reader_get (xml, "name");
  const char     *id = cc_xml_reader_get_prefixed (xml, "id");
  const char     *state = cc_xml_reader_get (xml, "state");
  CcXlsxRelation *relation = id != NULL ? cc_xlsx_relations_find (relations, id, NULL) : NULL;
  gboolean        right_to_left = FALSE;
  g_autoptr (GString) text = g_string_new (name != NULL ? name : "");

  if (relation == NULL || !cc_archive_has (self->archive, relation->target))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The workbook is incomplete: it lists the sheet “%s”, whose content is missing. "
                   "Open it in the program that made it and save it again, or ask for the file "
                   "again.",
                   name != NULL ? name : "");
      return FALSE;
    }
  /* Sheets of charts and of old macros have no cells to read. */
  if (!g_str_equal (relation->type, "worksheet"))
    return TRUE;
  if (!cc_book_check_n_sheets (&self->base, error) || !cc_xlsx_finish_text (text, error)
      || !cc_xlsx_sheet_read_view (self->archive, relation->target, &right_to_left, error))
    return FALSE;
  cc_book_add_sheet (&self->base, text->str, state != NULL && !g_str_equal (state, "visible"),
                     right_to_left);
  g_ptr_array_add (self->parts, g_strdup (relation->target));
  return TRUE;
}

static gboolean
read_workbook (CcXlsxBook *self, const char *part, GPtrArray *relations, GError **error)
{
  g_auto (CcXlsxPart) source = { 0 };
  gboolean   in_sheets = FALSE;
  CcXmlEvent event;

  if (!cc_xlsx_part_open (&source, self->archive, part, error))
    return FALSE;
  for (;;)
    {
      CcXmlReader *xml = source.xml;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED)
        return TRUE;
      if (event == CC_XML_TEXT)
        continue;
      if (cc_xml_is (xml, "sheets"))
        in_sheets = event == CC_XML_START;
      else if (event == CC_XML_START && cc_xml_is (xml, "workbookPr"))
        self->base.date_1904 = cc_xml_reader_get_boolean (xml, "date1904");
      else if (event == CC_XML_START && in_sheets && cc_xml_is (xml, "sheet")
               && !add_sheet (self, xml, relations, error))
        return FALSE;
    }
}

static gboolean
load_book (CcXlsxBook *self, GError **error)
{
  g_autoptr (GPtrArray) package = cc_xlsx_relations_load (self->archive, "", error);
  g_autoptr (GPtrArray) relations = NULL;
  g_autofree char *workbook = NULL;
  g_autofree char *properties = NULL;

  if (package == NULL)
    return FALSE;
  workbook = find_target (package, "officeDocument");
  if (workbook == NULL || g_str_has_suffix (workbook, ".bin")
      || g_str_has_suffix (workbook, "word/document.xml")
      || g_str_has_suffix (workbook, "ppt/presentation.xml"))
    {
      explain_no_workbook (self->archive, error);
      return FALSE;
    }
  relations = cc_xlsx_relations_load (self->archive, workbook, error);
  if (relations == NULL || !read_workbook (self, workbook, relations, error))
    return FALSE;
  if (self->base.sheets->len == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "The workbook has no sheet with cells. Check that it is the right file.");
      return FALSE;
    }
  if (cc_xlsx_relations_find (relations, NULL, "vbaProject") != NULL
      || cc_archive_has (self->archive, "xl/vbaProject.bin"))
    self->base.notices |= CC_BOOK_NOTICE_MACROS;
  if (cc_xlsx_relations_find (relations, NULL, "externalLink") != NULL)
    self->base.notices |= CC_BOOK_NOTICE_LINKS;
  properties = find_target (package, "core-properties");
  self->base.title = cc_book_load_title (self->archive, properties);
  self->strings_part = find_target (relations, "sharedStrings");
  self->styles_part = find_target (relations, "styles");
  self->styles = cc_xlsx_styles_load (self->archive, self->styles_part, error);
  return self->styles != NULL;
}

CcBook *
cc_xlsx_book_open (CcArchive *archive, GError **error)
{
  CcXlsxBook *self = g_new0 (CcXlsxBook, 1);

  cc_book_init (&self->base, &xlsx_format);
  self->archive = archive;
  self->parts = g_ptr_array_new_with_free_func (g_free);
  if (!load_book (self, error))
    {
      free_book (&self->base);
      return NULL;
    }
  return &self->base;
}
