/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xls-private.h"

#include <cc/base/cc-error.h>

#include <math.h>
#include <string.h>

/* The format's own. */
#define MAX_ROWS 65536u

typedef struct
{
  CcSheetReader     base;
  CcXlsBook        *book;
  const CcXlsSheet *sheet;
  CcXlsRecords     *records;
  guint             depth;    /* of charts within the sheet */
  gboolean          held;     /* the record at hand belongs to the next row */
  gboolean          finished; /* the sheet's end was read */

  guint8 hidden_rows[MAX_ROWS / 8];
  guint8 hidden_columns[CC_BOOK_MAX_COLUMNS / 8];

  gint64     last_row;
  CcSheetRow row;
  gboolean   has_row;
  gboolean   is_unsorted;
  GArray    *cells; /* CcSheetCell */
  CcTextPool texts;
  GString   *value;
  gboolean   awaits; /* the formula before: its text comes in a record of its own */
  guint16    awaiting_column, awaiting_style;
} XlsSheet;

/* --- values --- */

static CcSheetCell
make_cell (XlsSheet *self, guint column, guint style)
{
  const GArray *styles = self->book->styles;
  CcSheetCell   cell = { .column = column, .text = "" };

  if (style < styles->len)
    cell.flags = g_array_index (styles, CcXlsStyle, style).flags;
  if (self->hidden_columns[column / 8] & (1u << (column % 8)))
    cell.flags |= CC_SHEET_CELL_HIDDEN;
  return cell;
}

static void
keep_cell (XlsSheet *self, const CcSheetCell *cell)
{
  const GArray *cells = self->cells;

  if (cell->type == CC_SHEET_CELL_BLANK)
    return;
  if (cells->len > 0 && g_array_index (cells, CcSheetCell, cells->len - 1).column >= cell->column)
    self->is_unsorted = TRUE;
  g_array_append_vals (self->cells, cell, 1);
}

static gboolean
keep_text (XlsSheet *self, guint column, guint style, GError **error)
{
  CcSheetCell cell = make_cell (self, column, style);

  if (!cc_book_check_text (self->value, error))
    return FALSE;
  cell.type = self->value->len > 0 ? CC_SHEET_CELL_TEXT : CC_SHEET_CELL_BLANK;
  cell.text = cc_text_pool_copy (&self->texts, self->value->str, self->value->len);
  keep_cell (self, &cell);
  return TRUE;
}

static void
keep_error (XlsSheet *self, guint column, guint style, guint8 code)
{
  static const struct
  {
    guint8      code;
    const char *text;
  } errors[] = { { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" }, { 0x17, "#REF!" },
                 { 0x1D, "#NAME?" }, { 0x24, "#NUM!" },   { 0x2A, "#N/A" } };
  CcSheetCell cell = make_cell (self, column, style);

  cell.type = CC_SHEET_CELL_ERROR;
  cell.text = "#VALUE!";
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == code)
      cell.text = errors[i].text;
  keep_cell (self, &cell);
}

static void
keep_boolean (XlsSheet *self, guint column, guint style, gboolean value)
{
  CcSheetCell cell = make_cell (self, column, style);

  cell.type = CC_SHEET_CELL_BOOLEAN;
  cell.number = value;
  cell.text = value ? "TRUE" : "FALSE";
  keep_cell (self, &cell);
}

/* As in cc-xlsx-sheet.c: a time of day stays the text that the sheet shows. */
static void
keep_number (XlsSheet *self, guint column, guint style, double value)
{
  CcSheetCell cell = make_cell (self, column, style);
  char       *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);
  CcShows     shows = CC_SHOWS_NUMBER;
  char        digits[G_ASCII_DTOSTR_BUF_SIZE];
  double      days;

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (!isfinite (value) || !cc_number_read (digits, strlen (digits), &cell.number, text))
    {
      keep_error (self, column, style, 0x24);
      return;
    }
  if (style < self->book->styles->len)
    shows = (CcShows) g_array_index (self->book->styles, CcXlsStyle, style).shows;
  cell.type = CC_SHEET_CELL_NUMBER;
  cell.text = text;
  if (shows == CC_SHOWS_TIME && ABS (cell.number) < 1e7)
    {
      cc_time_to_text (cell.number, text);
      cell.type = CC_SHEET_CELL_TEXT;
    }
  else if ((shows == CC_SHOWS_DATE || shows == CC_SHOWS_DATE_TIME)
           && cc_serial_to_days (cell.number, self->book->base.date_1904, &days))
    {
      cc_days_to_text (days, shows, text);
      cell.type = CC_SHEET_CELL_DATE;
      cell.number = days;
    }
  keep_cell (self, &cell);
}

static double
read_double (const guint8 *data)
{
  guint64 bits = (guint64) cc_get_le32 (data + 4) << 32 | cc_get_le32 (data);
  double  value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* A number in four bytes: a whole one, or the upper half of a double; perhaps hundredths. */
static double
read_rk (const guint8 *data)
{
  const guint32 rk = cc_get_le32 (data);
  const guint32 digits = rk & ~3u;
  guint8        half[8] = { 0 };
  double        value;

  if (rk & 2)
    value = (digits & 0x80000000u ? (double) digits - 4294967296.0 : (double) digits) / 4;
  else
    {
      for (guint i = 0; i < 4; i++)
        half[4 + i] = (guint8) (digits >> (8 * i));
      value = read_double (half);
    }
  return rk & 1 ? value / 100 : value;
}

static gboolean
keep_shared (XlsSheet *self, guint column, guint style, guint32 index, GError **error)
{
  CcSheetCell cell = make_cell (self, column, style);

  if (index >= self->book->texts->len)
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  cell.text = g_ptr_array_index (self->book->texts, index);
  cell.type = cell.text != NULL ? CC_SHEET_CELL_TEXT : CC_SHEET_CELL_BLANK;
  keep_cell (self, &cell);
  return TRUE;
}

/* Whether the formula gives a text, whatever its operands are: its last step joins texts, is one,
 * or a function that makes one. */
static gboolean
gives_text (const CcXlsRecords *records)
{
  static const guint16 functions[] = { 30,  31,  48,  111, 112, 113, 114,
                                       115, 116, 118, 119, 120, 162, 336 };
  const guint          length = cc_get_le16 (records->data + 20);
  const guint8        *formula = records->data + 22;
  guint16              function = 0;

  if (length == 0 || 22 + length > records->length)
    return FALSE;
  if (formula[length - 1] == 0x08 || (formula[0] == 0x17 && length == 3u + formula[1]))
    return TRUE;
  if (length >= 3 && (formula[length - 3] & 0x1f) == 0x01 && formula[length - 3] >= 0x20)
    function = cc_get_le16 (formula + length - 2);
  else if (length >= 4 && (formula[length - 4] & 0x1f) == 0x02 && formula[length - 4] >= 0x20)
    function = cc_get_le16 (formula + length - 2);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i] == function)
      return TRUE;
  return FALSE;
}

static void
keep_not_calculated (XlsSheet *self, guint column, guint style)
{
  CcSheetCell cell = make_cell (self, column, style);

  cell.type = CC_SHEET_CELL_ERROR;
  cell.text = CC_SHEET_NOT_CALCULATED;
  keep_cell (self, &cell);
}

static void
take_formula (XlsSheet *self, guint column, guint style)
{
  const guint8 *result = self->records->data + 6;

  if (result[6] != 0xff || result[7] != 0xff)
    {
      const double value = read_double (result);

      /* LibreOffice stores 0 for texts that it did not compute anew. */
      if (value == 0 && !self->book->is_old && gives_text (self->records))
        keep_not_calculated (self, column, style);
      else
        keep_number (self, column, style, value);
      return;
    }
  switch (result[0])
    {
    case 0:
      self->awaits = TRUE;
      self->awaiting_column = (guint16) column;
      self->awaiting_style = (guint16) style;
      break;
    case 1:
      keep_boolean (self, column, style, result[2] != 0);
      break;
    case 2:
      keep_error (self, column, style, result[2]);
      break;
    default: /* an empty text */
      break;
    }
}

/* --- cells --- */

static gboolean
is_cell (guint16 type)
{
  switch (type)
    {
    case XLS_NUMBER:
    case XLS_RK:
    case XLS_MULRK:
    case XLS_LABELSST:
    case XLS_LABEL:
    case XLS_RSTRING:
    case XLS_BOOLERR:
    case XLS_FORMULA:
    case XLS_FORMULA_3:
    case XLS_FORMULA_4:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Several numbers side by side: a style and a number for each. */
static gboolean
take_numbers (XlsSheet *self, guint first, GError **error)
{
  const CcXlsRecords *records = self->records;
  const guint         n = records->length >= 6 ? (records->length - 6) / 6 : 0;

  if (first + n > CC_BOOK_MAX_COLUMNS)
    {
      cc_ole_set_damaged (error);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      const guint8 *data = records->data + 4 + 6 * i;

      keep_number (self, first + i, cc_get_le16 (data), read_rk (data + 2));
    }
  return TRUE;
}

static gboolean
take_cell (XlsSheet *self, GError **error)
{
  CcXlsRecords *records = self->records;
  const guint8 *data = records->data;
  const guint   column = cc_get_le16 (data + 2);
  const guint   style = cc_get_le16 (data + 4);
  guint         place = 6;

  self->awaits = FALSE;
  if (column >= CC_BOOK_MAX_COLUMNS)
    {
      cc_book_set_limit_error (error, self->row.row, "it has more than 16,384 columns");
      return FALSE;
    }
  switch (records->type)
    {
    case XLS_NUMBER:
      keep_number (self, column, style, read_double (data + 6));
      return TRUE;
    case XLS_RK:
      keep_number (self, column, style, read_rk (data + 6));
      return TRUE;
    case XLS_MULRK:
      return take_numbers (self, column, error);
    case XLS_LABELSST:
      return keep_shared (self, column, style, cc_get_le32 (data + 6), error);
    case XLS_LABEL:
    case XLS_RSTRING:
      return cc_xls_records_take_text (records, &place, 2, self->book->converter, self->value,
                                       error)
             && keep_text (self, column, style, error);
    case XLS_BOOLERR:
      if (data[7] != 0)
        keep_error (self, column, style, data[6]);
      else
        keep_boolean (self, column, style, data[6] != 0);
      return TRUE;
    default:
      take_formula (self, column, style);
      return TRUE;
    }
}

/* The text of the formula before, which may be split over several records. */
static gboolean
take_result (XlsSheet *self, GError **error)
{
  guint place = 0;

  if (!self->awaits)
    return TRUE;
  self->awaits = FALSE;
  return cc_xls_records_take_text (self->records, &place, 2, self->book->converter, self->value,
                                   error)
         && keep_text (self, self->awaiting_column, self->awaiting_style, error);
}

/* --- rows --- */

static void
set_bits (guint8 *bits, guint first, guint last, guint limit)
{
  for (guint i = first; i <= last && i < limit; i++)
    bits[i / 8] |= (guint8) (1u << (i % 8));
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const CcSheetCell *x = a, *y = b;

  return (x->column > y->column) - (x->column < y->column);
}

/* Some programs write a row's cells in the order in which they were set; the last of a place
 * counts.
 */
static void
sort_cells (XlsSheet *self)
{
  CcSheetCell *cells = (CcSheetCell *) (gpointer) self->cells->data;
  guint        kept = 0;

  g_array_sort (self->cells, compare_columns);
  for (guint i = 0; i < self->cells->len; i++)
    {
      if (kept > 0 && cells[kept - 1].column == cells[i].column)
        kept--;
      cells[kept++] = cells[i];
    }
  g_array_set_size (self->cells, kept);
}

/* Begins the row of the cell at hand; FALSE in *same when it is another than the one begun. */
static gboolean
begin_row (XlsSheet *self, gboolean *same, GError **error)
{
  const guint row = cc_get_le16 (self->records->data);

  *same = TRUE;
  if (self->has_row)
    {
      *same = row == self->row.row;
      return TRUE;
    }
  if ((gint64) row <= self->last_row)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The rows of the sheet are out of order after row %u. Open the file in the "
                   "program that made it and save it again, or ask for the file again.",
                   (guint) self->last_row + 1);
      return FALSE;
    }
  self->has_row = TRUE;
  self->last_row = row;
  self->row.row = row;
  self->is_unsorted = FALSE;
  g_array_set_size (self->cells, 0);
  cc_text_pool_reset (&self->texts);
  return TRUE;
}

static void
take_other (XlsSheet *self)
{
  const guint8 *data = self->records->data;

  switch (self->records->type)
    {
    case XLS_BOF:
      self->depth++;
      break;
    case XLS_EOF:
      self->depth--;
      self->finished = self->depth == 0;
      break;
    case XLS_ROW:
      if (self->depth == 1 && cc_get_le16 (data + 12) & 0x20)
        set_bits (self->hidden_rows, cc_get_le16 (data), cc_get_le16 (data), MAX_ROWS);
      break;
    case XLS_COLINFO:
      if (self->depth == 1 && cc_get_le16 (data + 8) & 1)
        set_bits (self->hidden_columns, cc_get_le16 (data), cc_get_le16 (data + 2),
                  CC_BOOK_MAX_COLUMNS);
      break;
    default:
      break;
    }
}

/* Reads on until a row is complete; none is begun at the sheet's end. */
static gboolean
read_row (XlsSheet *self, GError **error)
{
  self->has_row = FALSE;
  while (!self->finished)
    {
      gboolean same;

      if (!self->held && !cc_xls_records_next (self->records, error))
        return FALSE;
      self->held = FALSE;
      if (self->depth == 1 && is_cell (self->records->type))
        {
          if (!begin_row (self, &same, error))
            return FALSE;
          if (!same)
            {
              self->held = TRUE;
              break;
            }
          if (!take_cell (self, error))
            return FALSE;
        }
      else if (self->depth == 1 && self->records->type == XLS_STRING)
        {
          if (!take_result (self, error))
            return FALSE;
        }
      else
        take_other (self);
    }
  if (self->has_row && self->is_unsorted)
    sort_cells (self);
  return TRUE;
}

static gboolean
next_row (CcSheetReader *base, const CcSheetRow **row, GCancellable *cancellable, GError **error)
{
  XlsSheet *self = (XlsSheet *) base;

  *row = NULL;
  do
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_row (self, error))
      return FALSE;
  while (self->has_row && self->cells->len == 0);
  if (!self->has_row)
    return TRUE;
  self->row.hidden = (self->hidden_rows[self->row.row / 8] >> (self->row.row % 8)) & 1;
  self->row.cells = (const CcSheetCell *) (gpointer) self->cells->data;
  self->row.n_cells = self->cells->len;
  *row = &self->row;
  return TRUE;
}

static double
get_fraction (CcSheetReader *base)
{
  XlsSheet     *self = (XlsSheet *) base;
  const guint64 total = self->sheet->end - self->sheet->start;

  return CLAMP ((double) (self->records->next - self->sheet->start) / (double) MAX (total, 1), 0,
                1);
}

static void
free_reader (CcSheetReader *base)
{
  XlsSheet *self = (XlsSheet *) base;

  cc_xls_records_free (self->records);
  g_array_unref (self->cells);
  cc_text_pool_clear (&self->texts);
  g_string_free (self->value, TRUE);
  g_free (self);
}

CcSheetReader *
cc_xls_sheet_open (CcXlsBook *book, guint index, GError **error)
{
  XlsSheet *self = g_new0 (XlsSheet, 1);

  self->base.free = free_reader;
  self->base.next = next_row;
  self->base.get_fraction = get_fraction;
  self->book = book;
  self->sheet = &g_array_index (book->sheets, CcXlsSheet, index);
  self->records = cc_xls_records_new (book->stream, self->sheet->start);
  self->last_row = -1;
  self->cells = g_array_new (FALSE, FALSE, sizeof (CcSheetCell));
  self->value = g_string_new (NULL);
  cc_text_pool_init (&self->texts);
  return &self->base;
}
