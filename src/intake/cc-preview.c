/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-preview.h>

#include <cc/base/cc-text.h>

#include "cc-grid-private.h"

/* Columns shown: a sheet may have 16,384, most of them empty. */
#define MAX_COLUMNS 256

/* Rows shown above the header of a table that is not the first of its sheet. */
#define ROWS_ABOVE 2

static void
free_row (gpointer data)
{
  CcPreviewRow *self = data;

  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->merged);
  g_free (self);
}

/**
 * cc_preview_free:
 */
void
cc_preview_free (CcPreview *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

/**
 * cc_preview_copy:
 *
 * Returns: (transfer full): the same rows
 */
CcPreview *
cc_preview_copy (const CcPreview *self)
{
  CcPreview *copy = g_new0 (CcPreview, 1);

  copy->n_columns = self->n_columns;
  copy->more = self->more;
  copy->rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcPreviewRow *row = self->rows->pdata[i];
      CcPreviewRow       *twin = g_memdup2 (row, sizeof *row);

      twin->texts = g_ptr_array_copy (row->texts, copy_text, NULL);
      twin->merged = g_ptr_array_copy (row->merged, copy_text, NULL);
      g_ptr_array_add (copy->rows, twin);
    }
  return copy;
}

/* Where the rows of a table begin and where the next table of its sheet begins. */
static void
find_range (CcInspection *inspection, const CcInspectTable *table, guint *first, guint *end)
{
  *first = 0;
  *end = G_MAXUINT;
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *other = inspection->tables->pdata[i];

      if (other->sheet != table->sheet || other == table)
        continue;
      if (other->header_first > table->header_first)
        *end = MIN (*end, other->begins);
      else
        *first = table->header_first - MIN (table->header_first, ROWS_ABOVE);
    }
}

static CcPreviewKind
kind_of_row (CcPack *pack, const CcInspectTable *table, const CcSheetRow *row)
{
  const CcSheetCell *cells;
  guint              n_cells = row->n_cells;

  if (!table)
    return CC_PREVIEW_ABOVE;
  if (table->machine_row >= 0 && row->row == (guint) table->machine_row)
    return CC_PREVIEW_MACHINE;
  if (row->row < table->header_first)
    return CC_PREVIEW_ABOVE;
  if (row->row <= table->header_last)
    return CC_PREVIEW_HEADER;
  cells = cc_grid_slice (table, row->cells, &n_cells);
  switch (cc_grid_classify (pack, table, cells, n_cells, row->row))
    {
    case CC_ROW_HEADER:
      return CC_PREVIEW_HEADER_AGAIN;
    case CC_ROW_TOTAL:
      return CC_PREVIEW_TOTAL;
    case CC_ROW_NOTE:
    case CC_ROW_NIL:
      return CC_PREVIEW_NOTE;
    case CC_ROW_NUMBERED:
      return CC_PREVIEW_NUMBERED;
    case CC_ROW_EXAMPLE:
      return CC_PREVIEW_EXAMPLE;
    case CC_ROW_DATA:
    case CC_ROW_BLANK:
    default:
      return row->row > table->data_last ? CC_PREVIEW_NOTE : CC_PREVIEW_DATA;
    }
}

static CcPreviewRow *
copy_row (const CcSheetRow *row, CcPreviewKind kind)
{
  CcPreviewRow *self = g_new0 (CcPreviewRow, 1);

  self->row = row->row;
  self->hidden = row->hidden;
  self->kind = kind;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->merged = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < row->n_cells && row->cells[i].column < MAX_COLUMNS; i++)
    {
      g_ptr_array_set_size (self->texts, (int) row->cells[i].column);
      g_ptr_array_add (self->texts, g_strdup (row->cells[i].text));
    }
  return self;
}

static gboolean
is_blank_row (const CcSheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (!cc_text_is_blank (row->cells[i].text))
      return FALSE;
  return TRUE;
}

static CcPreviewRow *
find_row (CcPreview *self, guint row)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((CcPreviewRow *) self->rows->pdata[i])->row == row)
      return self->rows->pdata[i];
  return NULL;
}

/* What a merged range says, for each of its cells but the one that holds it. */
static void
fill_merge (CcPreview *self, const CcMerge *merge)
{
  CcPreviewRow *origin = find_row (self, merge->first_row);
  const char   *text = origin && merge->first_column < origin->texts->len
                           ? origin->texts->pdata[merge->first_column]
                           : NULL;

  for (guint i = 0; text && i < self->rows->len; i++)
    {
      CcPreviewRow *row = self->rows->pdata[i];
      guint         last = MIN (merge->last_column, MAX_COLUMNS - 1);

      if (row->row < merge->first_row || row->row > merge->last_row)
        continue;
      for (guint c = merge->first_column; c <= last; c++)
        {
          if (c < row->texts->len && row->texts->pdata[c])
            continue;
          if (row->merged->len <= c)
            g_ptr_array_set_size (row->merged, (int) c + 1);
          g_free (row->merged->pdata[c]);
          row->merged->pdata[c] = g_strdup (text);
        }
    }
}

/**
 * cc_preview_load:
 *
 * Returns: (transfer full): the rows, or %NULL with an error of cc_book_open ()
 */
CcPreview *
cc_preview_load (CcPack         *pack,
                 const char     *path,
                 CcInspection   *inspection,
                 CcInspectTable *table,
                 guint           n_rows,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_autoptr (CcPreview) self = NULL;
  g_autoptr (CcBook) book = NULL;
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row;
  guint             first = 0, end = G_MAXUINT;

  g_return_val_if_fail (pack != NULL && path != NULL, NULL);
  g_return_val_if_fail (table == NULL || inspection != NULL, NULL);

  book = cc_book_open (path, cancellable, error);
  if (!book || !(reader = cc_book_open_sheet (book, table ? table->sheet : 0, error)))
    return NULL;
  if (table)
    find_range (inspection, table, &first, &end);
  self = g_new0 (CcPreview, 1);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  for (;;)
    {
      CcPreviewRow *copy;

      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return NULL;
      if (!row || row->row >= end)
        break;
      if (row->row < first || is_blank_row (row))
        continue;
      if (self->rows->len >= n_rows)
        {
          self->more = TRUE;
          break;
        }
      copy = copy_row (row, kind_of_row (pack, table, row));
      self->n_columns = MAX (self->n_columns, copy->texts->len);
      g_ptr_array_add (self->rows, copy);
    }
  for (guint i = 0; table && table->merges && i < table->merges->len; i++)
    fill_merge (self, &g_array_index (table->merges, CcMerge, i));
  return g_steal_pointer (&self);
}
