/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <cc/base/cc-error.h>

#include "cc-book-writer-private.h"
#include "cc-patch-private.h"

/* From a list that is no .xlsx a workbook is made that has the same rows, in the same places. */

/* A date without a time of day. */
static gboolean
is_day (const CcSheetCell *cell)
{
  return cell->type == CC_SHEET_CELL_DATE && cell->number == floor (cell->number)
         && fabs (cell->number) < 3000000;
}

static void
copy_cell (CcSheetWriter *sheet, guint row, const CcSheetCell *cell)
{
  if (is_day (cell))
    cc_sheet_writer_date (sheet, row, cell->column, (gint32) cell->number, CC_STYLE_DATE);
  else if (cell->type == CC_SHEET_CELL_NUMBER)
    cc_sheet_writer_number (sheet, row, cell->column, cell->number, 0);
  else
    cc_sheet_writer_text (sheet, row, cell->column, cell->text, 0);
}

static const CcMerge *
find_merge (GArray *merges, guint row, guint column)
{
  for (guint i = 0; i < merges->len; i++)
    {
      const CcMerge *merge = &g_array_index (merges, CcMerge, i);

      if (merge->first_row == row && merge->first_column == column)
        return merge;
    }
  return NULL;
}

static gboolean
copy_sheet (CcBook        *book,
            guint          index,
            CcSheetWriter *sheet,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GArray) merges = cc_book_load_merges (book, index, cancellable, error);
  g_autoptr (CcSheetReader) reader =
      merges != NULL ? cc_book_open_sheet (book, index, error) : NULL;
  const CcSheetRow *row;

  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
      if (row->hidden)
        cc_sheet_writer_hide_row (sheet, row->row);
      for (guint i = 0; i < row->n_cells; i++)
        {
          const CcMerge *merge = find_merge (merges, row->row, row->cells[i].column);

          if (merge != NULL)
            cc_sheet_writer_merge (sheet, merge->first_row, merge->first_column, merge->last_row,
                                   merge->last_column, row->cells[i].text, 0);
          else
            copy_cell (sheet, row->row, &row->cells[i]);
        }
    }
}

static gboolean
copy_book (CcBook *book, const char *path, GCancellable *cancellable, GError **error)
{
  const gboolean plain = g_str_equal (cc_book_get_format (book), "csv");
  g_autoptr (CcBookWriter) writer =
      plain ? cc_book_writer_new_streaming (path, error) : cc_book_writer_new (path, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (writer == NULL)
    return FALSE;
  /* The same list gives the same bytes. */
  cc_book_writer_set_created (writer, 315532800);
  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    {
      const CcSheetInfo *info = cc_book_get_sheet (book, i);
      CcSheetWriter     *sheet;
      char              *name;

      g_ptr_array_add (names, NULL);
      name = cc_book_writer_make_sheet_name (info->name, (const char *const *) names->pdata);
      g_ptr_array_index (names, names->len - 1) = name;
      sheet = cc_book_writer_add_sheet (writer, name, error);
      if (sheet == NULL)
        return FALSE;
      if (info->right_to_left)
        cc_sheet_writer_set_right_to_left (sheet);
      if (info->hidden)
        cc_sheet_writer_hide (sheet);
      if (!copy_sheet (book, i, sheet, cancellable, error))
        return FALSE;
    }
  return cc_book_writer_close (writer, error);
}

CcPatch *
cc_patch_open_any (const char *path, gboolean *is_fresh, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *copy = NULL;
  CcPatch         *self;

  g_return_val_if_fail (path != NULL && is_fresh != NULL, NULL);

  *is_fresh = FALSE;
  self = cc_patch_open (path, cancellable, &refused);
  if (self != NULL)
    return self;
  if (!g_error_matches (refused, CC_ERROR, CC_ERROR_FOREIGN_FORMAT))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return NULL;
    }
  book = cc_book_open (path, cancellable, error);
  if (book == NULL || !(folder = cc_book_writer_make_temp_dir (path, TRUE, error)))
    return NULL;
  copy = g_build_filename (folder, "copy.xlsx", NULL);
  self =
      copy_book (book, copy, cancellable, error) ? cc_patch_open (copy, cancellable, error) : NULL;
  if (self == NULL)
    {
      cc_book_writer_remove_temp_dir (folder);
      return NULL;
    }
  self->folder = g_steal_pointer (&folder);
  *is_fresh = TRUE;
  return self;
}
