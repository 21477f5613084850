/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-csv.h>

#include <cc/base/cc-error.h>

struct _CcCsvTable
{
  char         *name;
  GStringChunk *chunk;
  GPtrArray    *header; /* const char* */
  GPtrArray    *cells;  /* const char*, row by row */
  GArray       *lines;  /* guint, one per row */
};

/**
 * cc_csv_table_free:
 */
void
cc_csv_table_free (CcCsvTable *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_string_chunk_free (self->chunk);
  g_ptr_array_unref (self->header);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->lines);
  g_free (self);
}

static gboolean
add_row (CcCsvTable *self, const CcCsvRow *row, GError **error)
{
  gboolean is_header = self->header->len == 0;

  if (row->n_cells == 1 && row->cells[0][0] == '\0')
    return TRUE;
  if (!is_header && row->n_cells != self->header->len)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: this row has %u cells, the header has %u.", self->name, row->line,
                   row->n_cells, self->header->len);
      return FALSE;
    }
  for (guint i = 0; i < row->n_cells; i++)
    {
      if (!g_utf8_validate (row->cells[i], -1, NULL))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: this row is not written in UTF-8.", self->name, row->line);
          return FALSE;
        }
      g_ptr_array_add (is_header ? self->header : self->cells,
                       g_string_chunk_insert_const (self->chunk, row->cells[i]));
    }
  if (!is_header)
    g_array_append_val (self->lines, row->line);
  return TRUE;
}

/**
 * cc_csv_table_load_bytes:
 * @name: the name used in error messages
 * @bytes: comma separated UTF-8 text; the first line is the header
 *
 * Returns: (transfer full): the table, or %NULL with an error that names file and line
 */
CcCsvTable *
cc_csv_table_load_bytes (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CcCsvReader) reader = NULL;
  g_autoptr (CcCsvTable) self = NULL;
  CcCsvRow row;

  g_return_val_if_fail (name != NULL && bytes != NULL, NULL);

  stream = g_memory_input_stream_new_from_bytes (bytes);
  reader = cc_csv_reader_new (stream, ',');
  self = g_new0 (CcCsvTable, 1);
  self->name = g_strdup (name);
  self->chunk = g_string_chunk_new (4096);
  self->header = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  do
    {
      if (!cc_csv_reader_next (reader, &row, NULL, error))
        return NULL;
      if (row.n_cells > 0 && !add_row (self, &row, error))
        return NULL;
    }
  while (row.n_cells > 0);
  if (self->header->len == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "%s, line 1: the header is missing.",
                   name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cc_csv_table_load:
 * @path: a data file
 *
 * Returns: (transfer full): the table, or %NULL with an error that names file and line
 */
CcCsvTable *
cc_csv_table_load (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  char            *contents = NULL;
  gsize            length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;

  g_autoptr (GBytes) bytes = g_bytes_new_take (contents, length);

  name = g_path_get_basename (path);
  return cc_csv_table_load_bytes (name, bytes, error);
}

/**
 * cc_csv_table_get_name:
 *
 * Returns: the file's name, for error messages
 */
const char *
cc_csv_table_get_name (CcCsvTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * cc_csv_table_get_n_rows:
 *
 * Returns: the number of rows below the header
 */
guint
cc_csv_table_get_n_rows (CcCsvTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

/**
 * cc_csv_table_find_column:
 *
 * Returns: the column's index, -1 where there is none of that name
 */
int
cc_csv_table_find_column (CcCsvTable *self, const char *column)
{
  g_return_val_if_fail (self != NULL && column != NULL, -1);

  for (guint i = 0; i < self->header->len; i++)
    if (g_str_equal (self->header->pdata[i], column))
      return i;
  return -1;
}

/**
 * cc_csv_table_require:
 * @columns: (array zero-terminated=1): names that the header must hold
 *
 * Returns: %FALSE, with an error that names the first one missing
 */
gboolean
cc_csv_table_require (CcCsvTable *self, const char *const *columns, GError **error)
{
  g_return_val_if_fail (self != NULL && columns != NULL, FALSE);

  for (guint i = 0; columns[i]; i++)
    if (cc_csv_table_find_column (self, columns[i]) < 0)
      {
        g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                     "%s, line 1: the header has no column “%s”.", self->name, columns[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * cc_csv_table_get:
 * @row: from 0, below the header
 * @column: as found by cc_csv_table_find_column(); -1 gives ""
 *
 * Returns: the cell, owned by the table
 */
const char *
cc_csv_table_get (CcCsvTable *self, guint row, int column)
{
  g_return_val_if_fail (self != NULL && row < self->lines->len, "");

  if (column < 0)
    return "";
  return self->cells->pdata[row * self->header->len + column];
}

/**
 * cc_csv_table_get_line:
 *
 * Returns: the line of the file on which @row begins, from 1
 */
guint
cc_csv_table_get_line (CcCsvTable *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->lines->len, 0);

  return g_array_index (self->lines, guint, row);
}
