/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-fast-private.h"
#include "cc-xlsx-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

typedef enum
{
  VALUE_NUMBER,
  VALUE_SHARED, /* an index of the table of strings */
  VALUE_TEXT,   /* text of a formula, or inline */
  VALUE_BOOLEAN,
  VALUE_ERROR,
  VALUE_ISO_DATE,
} ValueType;

typedef struct
{
  CcSheetReader base;
  CcXlsxBook   *book;
  CcXlsxPart    source;
  CcXlsxStyle  *styles; /* the book's */
  guint         n_styles;

  guint8 hidden_columns[CC_BOOK_MAX_COLUMNS / 8];
  /* The row being read. */
  CcSheetRow    row;
  CcXlsxFastRow fast_row; /* its number */
  CcSheetCell  *cells;
  guint         n_cells;
  guint         cells_capacity;
  CcTextPool    texts;
  gint64        last_row; /* -1 before the first */
  gint64        last_column;
  gboolean      in_data;
  gboolean      in_row;
  gboolean      finished;
  /* The cell being read. */
  gboolean    in_cell;
  ValueType   type;
  CcXlsxStyle style;
  guint       column;
  gboolean    in_inline;
  guint       in_phonetic;
  gboolean    takes_text;
  gboolean    has_formula;
  gboolean    has_value;
  GString    *value;
} XlsxSheet;

static gboolean
fail_order (XlsxSheet *self, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The workbook is damaged: its cells are out of order after row %" G_GINT64_FORMAT
               ". Open it in the program that made it and save it again, or ask for the file "
               "again.",
               self->last_row + 1);
  return FALSE;
}

/* --- head of the sheet --- */

static void
hide_columns (XlsxSheet *self, CcXmlReader *xml)
{
  const char *first = cc_xml_reader_get (xml, "min");
  const char *last = cc_xml_reader_get (xml, "max");
  gint64      from, to;

  if (!cc_xml_reader_get_boolean (xml, "hidden") || first == NULL || last == NULL
      || !cc_text_to_int (first, 1, CC_BOOK_MAX_COLUMNS, &from)
      || !cc_text_to_int (last, 1, G_MAXUINT32, &to))
    return;
  for (gint64 c = from - 1; c < MIN (to, CC_BOOK_MAX_COLUMNS); c++)
    self->hidden_columns[c / 8] |= (guint8) (1u << (c % 8));
}

/* --- rows --- */

static gboolean
begin_row (XlsxSheet *self, CcXmlReader *xml, GError **error)
{
  const char *number = cc_xml_reader_get (xml, "r");
  guint64     row = (guint64) (self->last_row + 1);

  if (number != NULL)
    {
      const char *p = number;

      for (row = 0; *p >= '0' && *p <= '9' && row <= G_MAXUINT32; p++)
        row = row * 10 + (guint64) (*p - '0');
      if (*p != '\0' || row == 0)
        return fail_order (self, error);
      row--;
    }
  if (row >= CC_BOOK_MAX_ROWS)
    {
      cc_book_set_limit_error (error, (guint) self->last_row,
                               "it goes on after row 1,048,576, the last of a sheet");
      return FALSE;
    }
  if ((gint64) row <= self->last_row)
    return fail_order (self, error);
  self->last_row = (gint64) row;
  self->last_column = -1;
  self->in_row = TRUE;
  self->row.row = (guint) row;
  self->row.hidden = cc_xml_reader_get_boolean (xml, "hidden");
  cc_xlsx_fast_row_set (&self->fast_row, self->row.row);
  self->n_cells = 0;
  cc_text_pool_reset (&self->texts);
  return TRUE;
}

/* --- values --- */

static void
set_style (XlsxSheet *self, guint style)
{
  self->style = style < self->n_styles ? self->styles[style] : (CcXlsxStyle){ 0, 0 };
}

static void
set_text (XlsxSheet *self, CcSheetCell *cell, CcSheetCellType type)
{
  cell->type = self->value->len > 0 ? type : CC_SHEET_CELL_BLANK;
  cell->text = cc_text_pool_copy (&self->texts, self->value->str, self->value->len);
}

static void
set_date (XlsxSheet *self, CcSheetCell *cell, double days, CcShows shows)
{
  char *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);

  cc_days_to_text (days, shows, text);
  cell->type = CC_SHEET_CELL_DATE;
  cell->number = days;
  cell->text = text;
}

/* A time of day is no quantity anyone counts: it stays the text that the sheet shows. */
static gboolean
set_number (XlsxSheet *self, CcSheetCell *cell, const char *value, gsize length)
{
  char   *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);
  CcShows shows = (CcShows) self->style.shows;
  double  days;

  if (!cc_number_read (value, length, &cell->number, text))
    return FALSE;
  cell->type = CC_SHEET_CELL_NUMBER;
  cell->text = text;
  if (shows == CC_SHOWS_NUMBER)
    return TRUE;
  if (shows == CC_SHOWS_TIME && ABS (cell->number) < 1e7)
    {
      cc_time_to_text (cell->number, text);
      cell->type = CC_SHEET_CELL_TEXT;
    }
  else if (shows != CC_SHOWS_TIME
           && cc_serial_to_days (cell->number, self->book->base.date_1904, &days))
    set_date (self, cell, days, shows);
  return TRUE;
}

static gboolean
set_shared (XlsxSheet *self, CcSheetCell *cell, const char *value, gsize length, GError **error)
{
  GPtrArray *texts = self->book->strings->texts;
  guint64    index = 0;

  for (gsize i = 0; i < length && index <= G_MAXUINT32; i++)
    index = g_ascii_isdigit (value[i]) ? index * 10 + (guint64) (value[i] - '0') : G_MAXUINT64;
  if (index >= texts->len)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The workbook is damaged: row %u refers to a text that its table of texts does "
                   "not have. Open it in the program that made it and save it again, or ask for "
                   "the file again.",
                   self->row.row + 1);
      return FALSE;
    }
  cell->text = g_ptr_array_index (texts, (guint) index);
  cell->type = cell->text != NULL ? CC_SHEET_CELL_TEXT : CC_SHEET_CELL_BLANK;
  return TRUE;
}

static void
set_boolean (XlsxSheet *self, CcSheetCell *cell)
{
  gboolean value = g_str_equal (self->value->str, "1") || g_str_equal (self->value->str, "true");

  cell->type = CC_SHEET_CELL_BOOLEAN;
  cell->number = value;
  cell->text = value ? "TRUE" : "FALSE";
}

static void
set_iso_date (XlsxSheet *self, CcSheetCell *cell)
{
  double   days;
  gboolean has_time;

  if (cc_days_from_iso (self->value->str, &days, &has_time))
    set_date (self, cell, days, has_time ? CC_SHOWS_DATE_TIME : CC_SHOWS_DATE);
  else
    set_text (self, cell, CC_SHEET_CELL_TEXT);
}

/* --- cells --- */

static gboolean
read_type (const char *text, ValueType *type)
{
  if (text[0] == 's' && text[1] == '\0')
    *type = VALUE_SHARED;
  else if (text[0] == 'n' && text[1] == '\0')
    *type = VALUE_NUMBER;
  else if (text[0] == 'b' && text[1] == '\0')
    *type = VALUE_BOOLEAN;
  else if (text[0] == 'e' && text[1] == '\0')
    *type = VALUE_ERROR;
  else if (text[0] == 'd' && text[1] == '\0')
    *type = VALUE_ISO_DATE;
  else if (g_str_equal (text, "str") || g_str_equal (text, "inlineStr"))
    *type = VALUE_TEXT;
  else
    return FALSE;
  return TRUE;
}

static gboolean
begin_cell (XlsxSheet *self, CcXmlReader *xml, GError **error)
{
  gint64   column = self->last_column + 1;
  guint    style = 0;
  guint    row;
  gboolean good = TRUE;

  self->type = VALUE_NUMBER;
  for (guint i = 0; i < xml->n_attributes; i++)
    {
      const CcXmlAttribute *a = &xml->attributes[i];

      if (a->name_length != 1 || a->prefixed)
        continue;
      if (*a->name == 'r')
        {
          const char *p = a->value;
          guint       c = 0;

          good = cc_xlsx_read_reference (&p, &row, &c) && *p == '\0' && row == self->row.row;
          column = c;
        }
      else if (*a->name == 's')
        for (const char *p = a->value; g_ascii_isdigit (*p) && style < 1000000; p++)
          style = style * 10 + (guint) (*p - '0');
      else if (*a->name == 't')
        good = good && read_type (a->value, &self->type);
      if (!good)
        return fail_order (self, error);
    }
  if (column >= CC_BOOK_MAX_COLUMNS)
    {
      cc_book_set_limit_error (error, self->row.row, "it has more than 16,384 columns");
      return FALSE;
    }
  if (column <= self->last_column)
    return fail_order (self, error);
  self->last_column = column;
  self->column = (guint) column;
  set_style (self, style);
  self->in_cell = TRUE;
  self->has_formula = self->has_value = FALSE;
  g_string_truncate (self->value, 0);
  return TRUE;
}

static gboolean
set_value (XlsxSheet *self, CcSheetCell *cell, GError **error)
{
  switch (self->type)
    {
    case VALUE_SHARED:
      return set_shared (self, cell, self->value->str, self->value->len, error);
    case VALUE_BOOLEAN:
      set_boolean (self, cell);
      return TRUE;
    case VALUE_NUMBER:
      if (set_number (self, cell, self->value->str, self->value->len))
        return TRUE;
      break;
    default:
      break;
    }
  if (!cc_xlsx_finish_text (self->value, error))
    return FALSE;
  if (self->type == VALUE_ISO_DATE)
    set_iso_date (self, cell);
  else
    set_text (self, cell, self->type == VALUE_ERROR ? CC_SHEET_CELL_ERROR : CC_SHEET_CELL_TEXT);
  return TRUE;
}

/* The place of the next cell; it counts once keep_cell () says so. Cells are made where they stay,
 * for copying what was just written costs more than anything else done here. */
static CcSheetCell *
begin_kept_cell (XlsxSheet *self)
{
  CcSheetCell *cell;

  if (G_UNLIKELY (self->n_cells == self->cells_capacity))
    {
      self->cells_capacity = MAX (64, self->cells_capacity * 2);
      self->cells = g_renew (CcSheetCell, self->cells, self->cells_capacity);
    }
  cell = &self->cells[self->n_cells];
  cell->type = CC_SHEET_CELL_BLANK;
  cell->column = self->column;
  cell->flags = self->style.flags;
  cell->number = 0;
  cell->text = "";
  if (self->hidden_columns[self->column / 8] & (1u << (self->column % 8)))
    cell->flags |= CC_SHEET_CELL_HIDDEN;
  return cell;
}

static void
keep_cell (XlsxSheet *self)
{
  self->n_cells += self->cells[self->n_cells].type != CC_SHEET_CELL_BLANK;
}

static gboolean
finish_cell (XlsxSheet *self, GError **error)
{
  CcSheetCell *cell = begin_kept_cell (self);

  self->in_cell = FALSE;
  if (self->value->len > 0)
    {
      if (!set_value (self, cell, error))
        return FALSE;
    }
  /* An empty result is a text of length nought; a number cannot be empty. */
  else if (self->has_formula && (!self->has_value || self->type == VALUE_NUMBER))
    {
      cell->type = CC_SHEET_CELL_ERROR;
      cell->text = CC_SHEET_NOT_CALCULATED;
    }
  keep_cell (self);
  return TRUE;
}

/* --- the fast way --- */

/* What the fast reader leaves in the buffer, spelled out for the slow functions. */
static void
copy_fast_value (XlsxSheet *self, const CcXlsxFastCell *fast)
{
  switch (fast->type)
    {
    case 'n':
      self->type = VALUE_NUMBER;
      break;
    case 'b':
      self->type = VALUE_BOOLEAN;
      break;
    case 'e':
      self->type = VALUE_ERROR;
      break;
    default:
      self->type = VALUE_TEXT;
      break;
    }
  g_string_truncate (self->value, 0);
  g_string_append_len (self->value, fast->value, (gssize) fast->value_length);
}

/* Takes the cells that are written as usual and wait whole in the buffer; the tokenizer goes on
 * with the first that does not. */
static gboolean
take_fast_cells (XlsxSheet *self, CcXmlReader *xml, GError **error)
{
  CcXlsxFastCell fast;
  const char    *begin;
  const char    *text;
  gsize          length;

  if (cc_xml_reader_peek (xml, &begin) == 0)
    return TRUE;
  for (text = begin; (length = cc_xlsx_fast_cell (text, &self->fast_row, &fast)) > 0
                     && fast.column > self->last_column && fast.column < CC_BOOK_MAX_COLUMNS;
       text += length)
    {
      CcSheetCell *cell;
      gboolean     good = TRUE;

      self->column = fast.column;
      self->last_column = fast.column;
      if (fast.value_length == 0)
        continue;
      set_style (self, fast.style);
      cell = begin_kept_cell (self);
      if (fast.type == 's')
        good = set_shared (self, cell, fast.value, fast.value_length, error);
      else if (fast.type != 'n' || !set_number (self, cell, fast.value, fast.value_length))
        {
          copy_fast_value (self, &fast);
          good = set_value (self, cell, error);
        }
      if (!good)
        return FALSE;
      keep_cell (self);
    }
  cc_xml_reader_skip (xml, (gsize) (text - begin));
  return TRUE;
}

/* --- events --- */

static gboolean
take_start (XlsxSheet *self, CcXmlReader *xml, GError **error)
{
  if (self->in_cell)
    {
      if (cc_xml_is (xml, "v"))
        self->takes_text = self->has_value = TRUE;
      else if (cc_xml_is (xml, "f"))
        self->has_formula = TRUE;
      else if (cc_xml_is (xml, "is"))
        self->in_inline = TRUE;
      else if (cc_xml_is (xml, "rPh"))
        self->in_phonetic++;
      else if (cc_xml_is (xml, "t"))
        self->takes_text = self->in_inline && self->in_phonetic == 0;
    }
  else if (self->in_row)
    return !cc_xml_is (xml, "c") || begin_cell (self, xml, error);
  else if (self->in_data)
    return !cc_xml_is (xml, "row") || begin_row (self, xml, error);
  else if (cc_xml_is (xml, "sheetData"))
    self->in_data = TRUE;
  else if (cc_xml_is (xml, "col"))
    hide_columns (self, xml);
  return TRUE;
}

/* Answers in *complete whether a row with cells is ready. */
static gboolean
take_end (XlsxSheet *self, CcXmlReader *xml, gboolean *complete, GError **error)
{
  if (self->in_cell)
    {
      if (cc_xml_is (xml, "v") || cc_xml_is (xml, "t"))
        self->takes_text = FALSE;
      else if (cc_xml_is (xml, "is"))
        self->in_inline = FALSE;
      else if (cc_xml_is (xml, "rPh"))
        self->in_phonetic--;
      else if (cc_xml_is (xml, "c"))
        return finish_cell (self, error);
    }
  else if (self->in_row && cc_xml_is (xml, "row"))
    {
      self->in_row = FALSE;
      *complete = self->n_cells > 0;
    }
  else if (self->in_data && cc_xml_is (xml, "sheetData"))
    self->in_data = FALSE;
  return TRUE;
}

static gboolean
next_row (CcSheetReader *base, const CcSheetRow **row, GCancellable *cancellable, GError **error)
{
  XlsxSheet   *self = (XlsxSheet *) base;
  CcXmlReader *xml = self->source.xml;
  gboolean     complete = FALSE;
  CcXmlEvent   event;

  *row = NULL;
  /* Read to the end of the part, where its checksum is told. */
  while (!complete && !self->finished)
    {
      if (self->in_row && !self->in_cell && !take_fast_cells (self, xml, error))
        return FALSE;
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      switch (event)
        {
        case CC_XML_START:
          if (!take_start (self, xml, error))
            return FALSE;
          break;
        case CC_XML_END:
          if (!take_end (self, xml, &complete, error))
            return FALSE;
          if (!self->in_row && g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          break;
        case CC_XML_TEXT:
          if (self->takes_text && self->value->len <= 8 * CC_BOOK_MAX_TEXT)
            g_string_append_len (self->value, xml->text, (gssize) xml->text_length);
          break;
        case CC_XML_FINISHED:
        default:
          self->finished = TRUE;
          break;
        }
    }
  if (complete)
    {
      self->row.cells = self->cells;
      self->row.n_cells = self->n_cells;
      *row = &self->row;
    }
  return TRUE;
}

static double
get_fraction (CcSheetReader *base)
{
  return cc_part_get_fraction (((XlsxSheet *) base)->source.part);
}

static void
free_reader (CcSheetReader *base)
{
  XlsxSheet *self = (XlsxSheet *) base;

  cc_xlsx_part_close (&self->source);
  g_free (self->cells);
  cc_text_pool_clear (&self->texts);
  g_string_free (self->value, TRUE);
  g_free (self);
}

CcSheetReader *
cc_xlsx_sheet_open (CcXlsxBook *book, const char *part, GError **error)
{
  XlsxSheet *self = g_new0 (XlsxSheet, 1);

  self->base.free = free_reader;
  self->base.next = next_row;
  self->base.get_fraction = get_fraction;
  self->book = book;
  self->styles = (CcXlsxStyle *) (gpointer) book->styles->data;
  self->n_styles = book->styles->len;
  self->last_row = -1;
  self->value = g_string_sized_new (256);
  cc_text_pool_init (&self->texts);
  if (!cc_xlsx_part_open (&self->source, book->archive, part, error))
    {
      free_reader (&self->base);
      return NULL;
    }
  return &self->base;
}
