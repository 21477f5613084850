/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"
#include "cc-encoding-private.h"

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>

#include <string.h>

#define SAMPLE_SIZE 65536

typedef struct
{
  CcBook     base;
  char      *path; /* or */
  GBytes    *bytes;
  CcEncoding encoding;
  gboolean   has_declaration; /* a first line "sep=;" that is no row */
} CsvBook;

typedef struct
{
  CcSheetReader base;
  GInputStream *raw; /* whose position tells how far we are */
  goffset       size;
  CcCsvReader  *csv;
  gboolean      skip_first;
  guint         next_row;
  CcSheetRow    row;
  GArray       *cells; /* CcSheetCell */
} CsvSheet;

static GInputStream *
open_stream (CsvBook *self, goffset *size, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  GFileInputStream *stream;

  if (self->bytes != NULL)
    {
      *size = (goffset) g_bytes_get_size (self->bytes);
      return g_memory_input_stream_new_from_bytes (self->bytes);
    }
  file = g_file_new_for_path (self->path);
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  *size = info != NULL ? g_file_info_get_size (info) : 0;
  return G_INPUT_STREAM (stream);
}

/* Turns what a converter says into what happened to the file. */
static void
explain (GError **error, guint row)
{
  if (error == NULL || *error == NULL || (*error)->domain != G_IO_ERROR
      || (*error)->code == G_IO_ERROR_CANCELLED)
    return;
  if ((*error)->code == G_IO_ERROR_PARTIAL_INPUT || (*error)->code == G_IO_ERROR_INVALID_DATA)
    {
      g_clear_error (error);
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The text breaks off or is damaged in or after row %u: what stands there is no "
                   "character of its encoding. Ask for the file again, or save it again as "
                   "“CSV UTF-8”.",
                   row + 1);
    }
  else
    {
      g_autofree char *reason = g_strdup ((*error)->message);

      g_clear_error (error);
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED, "The file could not be read: %s.", reason);
    }
}

/* --- rows --- */

static gboolean
check_cell (const char *text, guint line, GError **error)
{
  if (strlen (text) <= CC_BOOK_MAX_TEXT || g_utf8_strlen (text, -1) <= CC_BOOK_MAX_TEXT)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
               "The row that begins on line %u holds a cell of more than 32,767 characters. "
               "Probably a quotation mark is not closed there. Mend that line and use the file "
               "again.",
               line);
  return FALSE;
}

static gboolean
take_row (CsvSheet *self, const CcCsvRow *csv, GError **error)
{
  g_array_set_size (self->cells, 0);
  if (csv->n_cells > CC_BOOK_MAX_COLUMNS)
    {
      cc_book_set_limit_error (error, self->next_row, "it has more than 16,384 columns");
      return FALSE;
    }
  for (guint i = 0; i < csv->n_cells; i++)
    {
      CcSheetCell cell = { .type = CC_SHEET_CELL_TEXT, .column = i, .text = csv->cells[i] };

      if (*cell.text == '\0')
        continue;
      if (!check_cell (cell.text, csv->line, error))
        return FALSE;
      g_array_append_val (self->cells, cell);
    }
  self->row.row = self->next_row;
  self->row.cells = (const CcSheetCell *) (gpointer) self->cells->data;
  self->row.n_cells = self->cells->len;
  return TRUE;
}

static gboolean
next_row (CcSheetReader *base, const CcSheetRow **row, GCancellable *cancellable, GError **error)
{
  CsvSheet *self = (CsvSheet *) base;
  GError   *reason = NULL;
  CcCsvRow  csv;

  *row = NULL;
  for (;;)
    {
      if (!cc_csv_reader_next (self->csv, &csv, cancellable, &reason))
        {
          explain (&reason, self->next_row);
          g_propagate_error (error, reason);
          return FALSE;
        }
      if (csv.n_cells == 0)
        return TRUE;
      if (self->skip_first)
        {
          self->skip_first = FALSE;
          continue;
        }
      if (!take_row (self, &csv, error))
        return FALSE;
      self->next_row++;
      if (self->row.n_cells > 0)
        {
          *row = &self->row;
          return TRUE;
        }
    }
}

static double
get_fraction (CcSheetReader *base)
{
  CsvSheet *self = (CsvSheet *) base;
  goffset   done = g_seekable_tell (G_SEEKABLE (self->raw));

  return self->size > 0 ? CLAMP ((double) done / (double) self->size, 0, 1) : 1;
}

static void
free_reader (CcSheetReader *base)
{
  CsvSheet *self = (CsvSheet *) base;

  g_clear_pointer (&self->csv, cc_csv_reader_free);
  g_clear_object (&self->raw);
  g_array_unref (self->cells);
  g_free (self);
}

/* --- book --- */

static CcSheetReader *
open_sheet (CcBook *base, guint index, GError **error)
{
  CsvBook *self = (CsvBook *) base;
  goffset  size = 0;
  g_autoptr (GInputStream) raw = open_stream (self, &size, error);
  g_autoptr (GInputStream) text = NULL;
  CsvSheet *sheet;

  if (raw == NULL)
    {
      explain (error, 0);
      return NULL;
    }
  text = cc_encoding_decode (&self->encoding, raw);
  sheet = g_new0 (CsvSheet, 1);
  sheet->base.free = free_reader;
  sheet->base.next = next_row;
  sheet->base.get_fraction = get_fraction;
  sheet->raw = g_steal_pointer (&raw);
  sheet->size = size;
  sheet->csv = cc_csv_reader_new (text, base->separator);
  sheet->skip_first = self->has_declaration;
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (CcSheetCell));
  return &sheet->base;
}

static GArray *
load_merges (CcBook *base, guint index, GCancellable *cancellable, GError **error)
{
  return g_array_new (FALSE, FALSE, sizeof (CcMerge));
}

static void
free_book (CcBook *base)
{
  CsvBook *self = (CsvBook *) base;

  cc_book_clear (base);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

static const CcBookFormat csv_format = { "csv", free_book, open_sheet, load_merges,
                                         cc_book_load_no_tables };

/* Ends the sample after its last whole line, so that no half line is counted. */
static gsize
cut_to_lines (const char *sample, gsize length)
{
  gsize n = length;

  if (length < SAMPLE_SIZE)
    return length;
  while (n > 0 && sample[n - 1] != '\n' && sample[n - 1] != '\r')
    n--;
  return n > 0 ? n : length;
}

static gboolean
find_separator (CsvBook *self, GCancellable *cancellable, GError **error)
{
  goffset size;
  g_autoptr (GInputStream) raw = open_stream (self, &size, error);
  g_autoptr (GInputStream) text = NULL;
  g_autofree char *sample = g_malloc0 (SAMPLE_SIZE + 1);
  g_autoptr (GError) reason = NULL;
  gsize n = 0;

  if (raw == NULL)
    return FALSE;
  text = cc_encoding_decode (&self->encoding, raw);
  /* A fault of the encoding is told by the reader, which can name the row. */
  if (!g_input_stream_read_all (text, sample, SAMPLE_SIZE, &n, cancellable, &reason)
      && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  sample[n] = '\0';
  self->base.separator = cc_separator_declared (sample);
  self->has_declaration = self->base.separator != 0;
  if (!self->has_declaration)
    self->base.separator = cc_separator_detect (sample, cut_to_lines (sample, n));
  return TRUE;
}

static gboolean
load_book (CsvBook *self, GCancellable *cancellable, GError **error)
{
  goffset size;
  g_autoptr (GInputStream) raw = open_stream (self, &size, error);

  if (raw == NULL || !cc_encoding_detect (raw, &self->encoding, cancellable, error)
      || !find_separator (self, cancellable, error))
    {
      explain (error, 0);
      return FALSE;
    }
  self->base.encoding = g_strdup (self->encoding.name);
  return TRUE;
}

CcBook *
cc_csv_book_open (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  CsvBook         *self = g_new0 (CsvBook, 1);
  g_autofree char *base_name = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base_name);
  char            *dot = strrchr (name, '.');

  cc_book_init (&self->base, &csv_format);
  self->path = g_strdup (path);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  if (dot != NULL && dot > name)
    *dot = '\0';
  cc_book_add_sheet (&self->base, name, FALSE, FALSE);
  if (!load_book (self, cancellable, error))
    {
      free_book (&self->base);
      return NULL;
    }
  return &self->base;
}
