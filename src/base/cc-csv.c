/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-csv.h>

#include <cc/base/cc-error.h>

#include <string.h>

#define BUFFER_SIZE (64 * 1024)

struct _CcCsvReader
{
  GInputStream *stream;
  char          separator;
  char         *buffer;
  gsize         length;
  gsize         position;
  gboolean      at_end;
  GString      *text;    /* all cells of the row, each ended by NUL */
  GArray       *offsets; /* where each cell begins in text */
  GPtrArray    *cells;
  guint         line;
};

/**
 * cc_csv_reader_new:
 * @stream: UTF-8 bytes; a byte order mark is skipped
 * @separator: the character between cells
 *
 * Returns: (transfer full): a reader; free with cc_csv_reader_free()
 */
CcCsvReader *
cc_csv_reader_new (GInputStream *stream, char separator)
{
  CcCsvReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (CcCsvReader, 1);
  self->stream = g_object_ref (stream);
  self->separator = separator;
  self->buffer = g_malloc (BUFFER_SIZE);
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_ptr_array_new ();
  self->line = 1;
  return self;
}

/**
 * cc_csv_reader_free:
 */
void
cc_csv_reader_free (CcCsvReader *self)
{
  if (!self)
    return;
  g_object_unref (self->stream);
  g_free (self->buffer);
  g_string_free (self->text, TRUE);
  g_array_unref (self->offsets);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static gboolean
fill_buffer (CcCsvReader *self, GCancellable *cancellable, GError **error)
{
  gssize n;

  if (self->at_end)
    return TRUE;
  n = g_input_stream_read (self->stream, self->buffer, BUFFER_SIZE, cancellable, error);
  if (n < 0)
    return FALSE;
  self->length = n;
  self->position = 0;
  self->at_end = n == 0;
  return TRUE;
}

/* The next byte without taking it; -1 at the end, -2 on a read error. */
static int
peek_byte (CcCsvReader *self, GCancellable *cancellable, GError **error)
{
  if (self->position == self->length && !fill_buffer (self, cancellable, error))
    return -2;
  return self->at_end ? -1 : (guchar) self->buffer[self->position];
}

static void
skip_byte_order_mark (CcCsvReader *self)
{
  if (self->length - self->position >= 3 && memcmp (self->buffer, "\357\273\277", 3) == 0)
    self->position += 3;
}

static void
begin_cell (CcCsvReader *self)
{
  gsize offset = self->text->len;

  g_array_append_val (self->offsets, offset);
}

static gboolean
append_byte (CcCsvReader *self, int byte, GError **error)
{
  gsize begin = g_array_index (self->offsets, gsize, self->offsets->len - 1);

  if (self->text->len - begin >= CC_CSV_MAX_CELL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "A cell in the row that begins on line %u is longer than one million "
                   "characters. "
                   "Perhaps a quotation mark is missing there. Nothing of the file was kept.",
                   self->line);
      return FALSE;
    }
  /* A NUL would hide the rest of the cell; it has no meaning in a sheet. */
  if (byte != '\0')
    g_string_append_c (self->text, (char) byte);
  return TRUE;
}

/* Reads the inside of a quoted cell up to its closing quotation mark. */
static gboolean
read_quoted (CcCsvReader *self, guint *line_ends, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      int byte = peek_byte (self, cancellable, error);

      if (byte == -2)
        return FALSE;
      if (byte == -1)
        return TRUE;
      self->position++;
      if (byte == '"')
        {
          int next = peek_byte (self, cancellable, error);

          if (next == -2)
            return FALSE;
          if (next != '"')
            return TRUE;
          self->position++;
        }
      if (byte == '\n')
        (*line_ends)++;
      if (!append_byte (self, byte, error))
        return FALSE;
    }
}

/* Takes the LF of a CR LF pair. */
static gboolean
skip_line_feed (CcCsvReader *self, GCancellable *cancellable, GError **error)
{
  int next = peek_byte (self, cancellable, error);

  if (next == '\n')
    self->position++;
  return next != -2;
}

/* Reads one row into text and offsets; *found is FALSE at the end of the file. */
static gboolean
read_row (CcCsvReader  *self,
          gboolean     *found,
          guint        *line_ends,
          GCancellable *cancellable,
          GError      **error)
{
  gboolean cell_is_fresh = TRUE;

  *found = FALSE;
  for (;;)
    {
      int byte = peek_byte (self, cancellable, error);

      if (byte == -2)
        return FALSE;
      if (byte == -1)
        return TRUE;
      self->position++;
      if (!*found)
        begin_cell (self);
      *found = TRUE;
      if (byte == '\r' || byte == '\n')
        {
          (*line_ends)++;
          return byte != '\r' || skip_line_feed (self, cancellable, error);
        }
      if (byte == self->separator)
        {
          g_string_append_c (self->text, '\0');
          begin_cell (self);
          cell_is_fresh = TRUE;
          continue;
        }
      if (byte == '"' && cell_is_fresh)
        {
          if (!read_quoted (self, line_ends, cancellable, error))
            return FALSE;
        }
      else if (!append_byte (self, byte, error))
        return FALSE;
      cell_is_fresh = FALSE;
    }
}

/**
 * cc_csv_reader_next:
 * @row: (out caller-allocates): the row, valid until the next call; n_cells is 0 at the end
 * @cancellable: (nullable): ends reading with G_IO_ERROR_CANCELLED
 *
 * A blank line is a row of one empty cell.
 *
 * Returns: %FALSE on error
 */
gboolean
cc_csv_reader_next (CcCsvReader *self, CcCsvRow *row, GCancellable *cancellable, GError **error)
{
  gboolean found = FALSE;
  guint    line_ends = 0;

  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  g_string_truncate (self->text, 0);
  g_array_set_size (self->offsets, 0);
  g_ptr_array_set_size (self->cells, 0);
  if (self->line == 1 && self->length == 0)
    {
      if (peek_byte (self, cancellable, error) == -2)
        return FALSE;
      skip_byte_order_mark (self);
    }
  if (!read_row (self, &found, &line_ends, cancellable, error))
    return FALSE;
  g_string_append_c (self->text, '\0');
  for (guint i = 0; found && i < self->offsets->len; i++)
    g_ptr_array_add (self->cells, self->text->str + g_array_index (self->offsets, gsize, i));
  row->cells = (char **) self->cells->pdata;
  row->n_cells = self->cells->len;
  row->line = self->line;
  self->line += line_ends;
  return TRUE;
}
