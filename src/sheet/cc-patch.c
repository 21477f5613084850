/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-writer-private.h"
#include "cc-patch-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static void
free_mark (gpointer data)
{
  CcPatchMark *self = data;

  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self);
}

static void
free_marks (gpointer data)
{
  g_clear_pointer ((GPtrArray **) &data, g_ptr_array_unref);
}

static char *
decode (const char *value)
{
  g_autofree char *text = g_strdup (value);
  gsize            length = strlen (text);

  if (!cc_xml_decode (text, &length, TRUE, TRUE))
    return g_strdup (value);
  text[length] = '\0';
  return g_steal_pointer (&text);
}

/* The names of all sheets, and the parts of those that have no cells: sheets of charts may be the
 * ones shown when the workbook is opened, too. */
static gboolean
list_sheets (CcPatch *self, const char *workbook, GError **error)
{
  g_autoptr (CcPatchTree) tree = cc_patch_tree_parse (workbook, strlen (workbook));
  g_autoptr (GPtrArray) relations =
      cc_xlsx_relations_load (self->book->archive, self->workbook, error);
  CcPatchChild *sheets = tree != NULL ? cc_patch_tree_find (tree, "sheets") : NULL;
  CcPatchTag    tag;

  if (relations == NULL)
    return FALSE;
  if (sheets == NULL || strstr (tree->head, "purl.oclc.org/ooxml") != NULL)
    {
      cc_patch_set_refused (error, self->workbook);
      return FALSE;
    }
  tag.end = sheets->text;
  while (cc_patch_scan (tag.end, sheets->text + strlen (sheets->text), &tag))
    {
      g_autofree char *name = cc_patch_tag_get (&tag, "name");
      g_autofree char *id = cc_patch_tag_get (&tag, "id");
      CcXlsxRelation  *relation = id != NULL ? cc_xlsx_relations_find (relations, id, NULL) : NULL;

      if (tag.closing || !cc_patch_tag_is (&tag, "sheet"))
        continue;
      if (name != NULL)
        g_ptr_array_add (self->names, decode (name));
      if (relation != NULL && g_str_has_suffix (relation->type, "sheet")
          && !g_str_equal (relation->type, "worksheet")
          && cc_archive_has (self->book->archive, relation->target))
        g_ptr_array_add (self->parts, g_strdup (relation->target));
    }
  return TRUE;
}

static gboolean
load (CcPatch *self, GCancellable *cancellable, GError **error)
{
  CcBook *book = cc_book_open (self->path, cancellable, error);
  g_autoptr (GPtrArray) package = NULL;
  g_autofree char *workbook = NULL;
  CcXlsxRelation  *relation;

  if (book == NULL)
    return FALSE;
  if (!g_str_equal (cc_book_get_format (book), "xlsx"))
    {
      cc_book_free (book);
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "Only workbooks of the format .xlsx can be changed in place.");
      return FALSE;
    }
  self->book = (CcXlsxBook *) book;
  package = cc_xlsx_relations_load (self->book->archive, "", error);
  relation = package != NULL ? cc_xlsx_relations_find (package, NULL, "officeDocument") : NULL;
  if (relation == NULL)
    return FALSE;
  self->workbook = g_strdup (relation->target);
  workbook = cc_patch_read_part (self->book->archive, self->workbook, error);
  for (guint i = 0; i < self->book->parts->len; i++)
    g_ptr_array_add (self->parts, g_strdup (g_ptr_array_index (self->book->parts, i)));
  return workbook != NULL && list_sheets (self, workbook, error);
}

CcPatch *
cc_patch_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcPatch) self = g_new0 (CcPatch, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->new_sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_patch_sheet_free);
  self->sheets = g_ptr_array_new_with_free_func (free_marks);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!load (self, cancellable, error))
    return NULL;
  g_ptr_array_set_size (self->sheets, (int) self->book->parts->len);
  return g_steal_pointer (&self);
}

void
cc_patch_free (CcPatch *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->marks);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->new_sheets);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->parts);
  if (self->book != NULL)
    cc_book_free (&self->book->base);
  g_free (self->workbook);
  if (self->folder != NULL)
    cc_book_writer_remove_temp_dir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

CcBook *
cc_patch_get_book (CcPatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->book->base;
}

void
cc_patch_mark (CcPatch     *self,
               guint        sheet,
               guint        row,
               guint        column,
               CcPatchColor color,
               const char  *comment)
{
  g_autofree char *key = NULL;
  GPtrArray      **marks;
  CcPatchMark     *mark;

  g_return_if_fail (self != NULL && sheet < self->sheets->len);
  g_return_if_fail (row < CC_BOOK_MAX_ROWS && column < CC_BOOK_MAX_COLUMNS);

  key = g_strdup_printf ("%u %u %u", sheet, row, column);
  mark = g_hash_table_lookup (self->marks, key);
  if (mark == NULL)
    {
      marks = (GPtrArray **) &g_ptr_array_index (self->sheets, sheet);
      if (*marks == NULL)
        *marks = g_ptr_array_new_with_free_func (free_mark);
      mark = g_new0 (CcPatchMark, 1);
      mark->row = row;
      mark->column = column;
      mark->color = color;
      g_ptr_array_add (*marks, mark);
      g_hash_table_insert (self->marks, g_steal_pointer (&key), mark);
    }
  mark->color = MIN (mark->color, color);
  if (comment == NULL)
    return;
  if (mark->comment == NULL)
    mark->comment = g_string_new (comment);
  else
    g_string_append_printf (mark->comment, "\n%s", comment);
}

static CcPatchSheet *
add_sheet (CcPatch *self, const char *wish, gboolean first, gboolean right_to_left)
{
  g_autofree char *name = NULL;
  CcPatchSheet    *sheet;

  g_ptr_array_add (self->names, NULL);
  name = cc_book_writer_make_sheet_name (wish, (const char *const *) self->names->pdata);
  g_ptr_array_set_size (self->names, (int) self->names->len - 1);
  g_ptr_array_add (self->names, g_strdup (name));
  sheet = cc_patch_sheet_new (self, name, first, right_to_left);
  g_ptr_array_add (self->new_sheets, sheet);
  return sheet;
}

CcPatchSheet *
cc_patch_add_first_sheet (CcPatch *self, const char *wish, gboolean right_to_left)
{
  g_return_val_if_fail (self != NULL && wish != NULL, NULL);
  for (guint i = 0; i < self->new_sheets->len; i++)
    g_return_val_if_fail (!((CcPatchSheet *) g_ptr_array_index (self->new_sheets, i))->first, NULL);

  return add_sheet (self, wish, TRUE, right_to_left);
}

CcPatchSheet *
cc_patch_add_hidden_sheet (CcPatch *self, const char *wish)
{
  g_return_val_if_fail (self != NULL && wish != NULL, NULL);

  return add_sheet (self, wish, FALSE, FALSE);
}
