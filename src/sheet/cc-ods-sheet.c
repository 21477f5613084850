/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-number-private.h"
#include "cc-ods-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* 1899-12-30: how a number 0 that is shown as a date is written. */
#define DAY_NOUGHT (-25569)

typedef enum
{
  VALUE_NONE,
  VALUE_TEXT,
  VALUE_NUMBER,
  VALUE_DATE,
  VALUE_TIME,
  VALUE_BOOLEAN,
} ValueType;

typedef struct
{
  CcSheetReader     base;
  CcOdsBook        *book;
  CcOdsSource      *source; /* inside the sheet's table; NULL when it was read to its end */
  const CcOdsSheet *sheet;
  guint             depth; /* of groups of rows */

  guint8 columns[CC_BOOK_MAX_COLUMNS]; /* CcSheetCellFlags: of the column's style; hidden */
  guint  n_columns;

  /* The style asked for last, for one stands in many cells. */
  char             *style_name;
  const CcOdsStyle *style;

  /* The row. */
  CcSheetRow row;
  guint      n_repeats;  /* to come */
  guint64    n_next_row; /* number of the row that comes next in the file */
  int        row_flags;  /* of the row's style, or -1 */
  GArray    *cells;      /* CcSheetCell */
  CcTextPool texts;
  guint64    column;

  /* The cell. */
  ValueType         type;
  const CcOdsStyle *cell_style; /* or NULL */
  gboolean          is_error, has_formula, has_value;
  GString          *value;
  CcOdsText         text;
} OdsSheet;

static const char *
get (OdsSheet *self, const char *name)
{
  return cc_xml_reader_get_prefixed (self->source->xml, name);
}

static const CcOdsStyle *
find_style (OdsSheet *self, const char *name)
{
  if (g_strcmp0 (name, self->style_name) != 0)
    {
      g_free (self->style_name);
      self->style_name = g_strdup (name);
      self->style = cc_ods_styles_get (self->book->styles, "table-cell", name);
    }
  return self->style;
}

static gboolean
is_hidden (const char *visibility)
{
  return visibility != NULL && !g_str_equal (visibility, "visible");
}

static void
take_columns (OdsSheet *self)
{
  guint n = cc_ods_read_count (get (self, "table:number-columns-repeated"), CC_BOOK_MAX_COLUMNS);
  const char *name = get (self, "table:default-cell-style-name");
  guint8      flags = name != NULL ? find_style (self, name)->flags : 0;

  if (is_hidden (get (self, "table:visibility")))
    flags |= CC_SHEET_CELL_HIDDEN;
  for (; n > 0 && self->n_columns < CC_BOOK_MAX_COLUMNS; n--)
    self->columns[self->n_columns++] = flags;
}

/* --- values --- */

static void
set_text (OdsSheet *self, CcSheetCell *cell, CcSheetCellType type, const GString *text)
{
  cell->type = text->len > 0 ? type : CC_SHEET_CELL_BLANK;
  cell->text = cc_text_pool_copy (&self->texts, text->str, text->len);
}

static gboolean
set_number (OdsSheet *self, CcSheetCell *cell)
{
  char *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);

  cell->type = CC_SHEET_CELL_NUMBER;
  cell->text = text;
  return cc_number_read (self->value->str, self->value->len, &cell->number, text);
}

static gboolean
set_date (OdsSheet *self, CcSheetCell *cell)
{
  char    *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);
  gboolean shows_days = self->cell_style != NULL && self->cell_style->shows_days;
  gboolean has_time;

  if (!cc_days_from_iso (self->value->str, &cell->number, &has_time))
    return FALSE;
  cell->text = text;
  if (cell->number == DAY_NOUGHT)
    {
      cell->type = CC_SHEET_CELL_NUMBER;
      cell->number = 0;
      g_strlcpy (text, "0", CC_NUMBER_TEXT_SIZE);
      return TRUE;
    }
  cell->type = CC_SHEET_CELL_DATE;
  cc_days_to_text (cell->number, has_time && !shows_days ? CC_SHOWS_DATE_TIME : CC_SHOWS_DATE,
                   text);
  return TRUE;
}

/* A time of day is no quantity anyone counts: it stays the text that the sheet shows. */
static gboolean
set_time (OdsSheet *self, CcSheetCell *cell)
{
  char  *text = cc_text_pool_take (&self->texts, CC_NUMBER_TEXT_SIZE);
  double days;

  if (!cc_days_from_duration (self->value->str, &days))
    return FALSE;
  cc_time_to_text (days, text);
  cell->type = CC_SHEET_CELL_TEXT;
  cell->text = text;
  return TRUE;
}

static gboolean
set_boolean (OdsSheet *self, CcSheetCell *cell)
{
  gboolean value = g_str_equal (self->value->str, "true");

  if (!value && !g_str_equal (self->value->str, "false"))
    return FALSE;
  cell->type = CC_SHEET_CELL_BOOLEAN;
  cell->number = value;
  cell->text = value ? "TRUE" : "FALSE";
  return TRUE;
}

/* Programs store a formula's error as a text or as a number 0 that is shown so. */
static gboolean
is_error_text (const char *text)
{
  static const char *const errors[] = { "#N/A",   "#DIV/0!", "#REF!",  "#VALUE!",
                                        "#NAME?", "#NUM!",   "#NULL!", NULL };

  return g_strv_contains (errors, text)
         || (g_str_has_prefix (text, "Err:") && g_ascii_isdigit (text[4]));
}

static gboolean
set_value (OdsSheet *self, CcSheetCell *cell, GError **error)
{
  const GString *shown = self->text.text;
  gboolean       good = FALSE;

  if (!cc_book_check_text (shown, error) || !cc_book_check_text (self->value, error))
    return FALSE;
  if (self->is_error || (self->has_formula && is_error_text (shown->str)))
    {
      set_text (self, cell, CC_SHEET_CELL_ERROR, shown);
      return TRUE;
    }
  if (self->has_formula && self->type == VALUE_NONE && !self->text.has_paragraph)
    {
      cell->type = CC_SHEET_CELL_ERROR;
      cell->text = CC_SHEET_NOT_CALCULATED;
      return TRUE;
    }
  if (self->type == VALUE_NUMBER)
    good = set_number (self, cell);
  else if (self->type == VALUE_DATE)
    good = set_date (self, cell);
  else if (self->type == VALUE_TIME)
    good = set_time (self, cell);
  else if (self->type == VALUE_BOOLEAN)
    good = set_boolean (self, cell);
  if (!good)
    {
      cell->number = 0;
      set_text (self, cell, CC_SHEET_CELL_TEXT, self->has_value ? self->value : shown);
    }
  return TRUE;
}

/* --- cells --- */

static ValueType
read_type (const char *type)
{
  static const struct
  {
    const char *name;
    ValueType   type;
  } types[] = {
    { "string", VALUE_TEXT },     { "float", VALUE_NUMBER },    { "percentage", VALUE_NUMBER },
    { "date", VALUE_DATE },       { "currency", VALUE_NUMBER }, { "time", VALUE_TIME },
    { "boolean", VALUE_BOOLEAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i].name))
      return types[i].type;
  return VALUE_NONE;
}

/* Takes the attributes, which are gone with the next event. */
static void
begin_cell (OdsSheet *self)
{
  static const char *const value_names[] = { NULL,
                                             "office:string-value",
                                             "office:value",
                                             "office:date-value",
                                             "office:time-value",
                                             "office:boolean-value" };
  const char              *type = get (self, "office:value-type");
  const char              *style = get (self, "table:style-name");
  const char              *value = NULL;

  self->type = type != NULL ? read_type (type) : VALUE_NONE;
  if (self->type != VALUE_NONE)
    value = get (self, value_names[self->type]);
  self->has_value = value != NULL;
  self->has_formula = get (self, "table:formula") != NULL;
  self->is_error = g_strcmp0 (get (self, "calcext:value-type"), "error") == 0;
  self->cell_style = style != NULL ? find_style (self, style) : NULL;
  g_string_assign (self->value, value != NULL ? value : "");
  g_string_truncate (self->text.text, 0);
  self->text.has_paragraph = FALSE;
}

static gboolean
read_content (OdsSheet *self, gboolean wanted, GError **error)
{
  CcXmlEvent event;

  for (;;)
    {
      gboolean good;

      if (!cc_xml_reader_next (self->source->xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      /* Notes, pictures and tables inside tables are left out. */
      good = cc_xml_is (self->source->xml, "text:p")
                 ? cc_ods_text_read (&self->text, self->source, wanted, error)
                 : cc_ods_source_skip (self->source, error);
      if (!good)
        return FALSE;
    }
}

static gboolean
keep_cell (OdsSheet *self, CcSheetCell *cell, guint repeated, GError **error)
{
  if (self->column + repeated > CC_BOOK_MAX_COLUMNS)
    {
      cc_book_set_limit_error (error, (guint) self->n_next_row, "it has more than 16,384 columns");
      return FALSE;
    }
  for (guint i = 0; i < repeated; i++)
    {
      guint8 column = self->columns[self->column + i];

      cell->column = (guint) self->column + i;
      cell->flags = column;
      if (self->cell_style != NULL)
        cell->flags = self->cell_style->flags | (column & CC_SHEET_CELL_HIDDEN);
      else if (self->row_flags >= 0)
        cell->flags = (guint) self->row_flags | (column & CC_SHEET_CELL_HIDDEN);
      g_array_append_val (self->cells, *cell);
    }
  return TRUE;
}

/* What is written under a merged area is not read: nobody sees it. */
static gboolean
read_cell (OdsSheet *self, gboolean is_covered, GError **error)
{
  guint repeated =
      cc_ods_read_count (get (self, "table:number-columns-repeated"), CC_BOOK_MAX_COLUMNS);
  CcSheetCell cell = { .text = "" };
  gboolean    wants_text;

  begin_cell (self);
  wants_text = !is_covered && (!self->has_value || self->has_formula || self->is_error);
  if (!read_content (self, wants_text, error))
    return FALSE;
  if (!is_covered
      && (!set_value (self, &cell, error)
          || (cell.type != CC_SHEET_CELL_BLANK && !keep_cell (self, &cell, repeated, error))))
    return FALSE;
  self->column += repeated;
  return TRUE;
}

/* --- rows --- */

static gboolean
check_row (OdsSheet *self, guint repeated, GError **error)
{
  if (self->n_next_row + repeated <= CC_BOOK_MAX_ROWS)
    return TRUE;
  cc_book_set_limit_error (error, (guint) self->n_next_row,
                           "it goes on after row 1,048,576, the last of a sheet");
  return FALSE;
}

static gboolean
read_row (OdsSheet *self, GError **error)
{
  guint repeated = cc_ods_read_count (get (self, "table:number-rows-repeated"), CC_BOOK_MAX_ROWS);
  const char *style = get (self, "table:default-cell-style-name");
  CcXmlEvent  event;

  self->row.hidden = is_hidden (get (self, "table:visibility"));
  self->row_flags = style != NULL ? find_style (self, style)->flags : -1;
  self->column = 0;
  g_array_set_size (self->cells, 0);
  cc_text_pool_reset (&self->texts);
  for (;;)
    {
      CcXmlReader *xml = self->source->xml;
      gboolean     good;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        break;
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (xml, "table:table-cell"))
        good = read_cell (self, FALSE, error);
      else if (cc_xml_is (xml, "table:covered-table-cell"))
        good = read_cell (self, TRUE, error);
      else
        good = cc_ods_source_skip (self->source, error);
      if (!good)
        return FALSE;
    }
  if (self->cells->len > 0)
    {
      if (!check_row (self, repeated, error))
        return FALSE;
      self->n_repeats = repeated;
      self->row.row = (guint) self->n_next_row;
      self->row.cells = (const CcSheetCell *) (gpointer) self->cells->data;
      self->row.n_cells = self->cells->len;
    }
  self->n_next_row += repeated;
  return TRUE;
}

/* The part waits where the sheet ends for whoever reads the next. */
static void
park (OdsSheet *self)
{
  GPtrArray *parked = self->book->parked;

  if (parked->len == CC_ODS_MAX_PARKED)
    g_ptr_array_remove_index (parked, 0);
  g_ptr_array_add (parked, g_steal_pointer (&self->source));
}

static gboolean
next_row (CcSheetReader *base, const CcSheetRow **row, GCancellable *cancellable, GError **error)
{
  OdsSheet  *self = (OdsSheet *) base;
  CcXmlEvent event;

  *row = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->n_repeats > 0)
    self->row.row++;
  while (self->n_repeats == 0 && self->source != NULL)
    {
      CcXmlReader *xml = self->source->xml;
      gboolean     good = TRUE;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END && self->depth-- == 0)
        park (self);
      else if (event == CC_XML_START)
        {
          if (cc_xml_is (xml, "table:table-row"))
            good = read_row (self, error)
                   && !g_cancellable_set_error_if_cancelled (cancellable, error);
          else if (cc_ods_is_group (xml))
            self->depth++;
          else
            {
              if (cc_xml_is (xml, "table:table-column"))
                take_columns (self);
              good = cc_ods_source_skip (self->source, error);
            }
        }
      if (!good)
        return FALSE;
    }
  if (self->n_repeats == 0)
    return TRUE;
  self->n_repeats--;
  *row = &self->row;
  return TRUE;
}

static double
get_fraction (CcSheetReader *base)
{
  OdsSheet *self = (OdsSheet *) base;
  double    done;

  if (self->source == NULL || self->sheet->end <= self->sheet->start)
    return 1;
  done = cc_part_get_fraction (self->source->part) - self->sheet->start;
  return CLAMP (done / (self->sheet->end - self->sheet->start), 0, 1);
}

static void
free_reader (CcSheetReader *base)
{
  OdsSheet *self = (OdsSheet *) base;

  cc_ods_source_free (self->source);
  g_array_unref (self->cells);
  cc_text_pool_clear (&self->texts);
  g_string_free (self->value, TRUE);
  g_string_free (self->text.text, TRUE);
  g_free (self->style_name);
  g_free (self);
}

/* --- opening --- */

/* A part that waits before the table, the nearest. */
static CcOdsSource *
take_parked (CcOdsBook *book, guint table)
{
  int best = -1;

  for (guint i = 0; i < book->parked->len; i++)
    {
      const CcOdsSource *source = book->parked->pdata[i];

      if (source->next_table <= table
          && (best < 0
              || source->next_table > ((CcOdsSource *) book->parked->pdata[best])->next_table))
        best = (int) i;
    }
  return best >= 0 ? g_ptr_array_steal_index (book->parked, (guint) best) : NULL;
}

/* Leaves the source inside the table, behind its start. */
static gboolean
find_table (CcOdsSource *source, guint table, GError **error)
{
  CcXmlReader *xml = source->xml;
  CcXmlEvent   event;

  for (;;)
    {
      gboolean is_table;

      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED)
        {
          cc_xml_set_malformed (error);
          return FALSE;
        }
      if (event != CC_XML_START || cc_xml_is (xml, "office:document-content")
          || cc_xml_is (xml, "office:body") || cc_xml_is (xml, "office:spreadsheet"))
        continue;
      is_table = cc_xml_is (xml, "table:table");
      if (is_table && source->next_table++ == table)
        return TRUE;
      if (!cc_ods_source_skip (source, error))
        return FALSE;
    }
}

CcSheetReader *
cc_ods_sheet_open (CcOdsBook *book, guint index, GError **error)
{
  OdsSheet *self = g_new0 (OdsSheet, 1);

  self->base.free = free_reader;
  self->base.next = next_row;
  self->base.get_fraction = get_fraction;
  self->book = book;
  self->sheet = &g_array_index (book->tables, CcOdsSheet, index);
  self->cells = g_array_new (FALSE, FALSE, sizeof (CcSheetCell));
  self->value = g_string_new (NULL);
  self->text.text = g_string_new (NULL);
  cc_text_pool_init (&self->texts);
  self->source = take_parked (book, self->sheet->table);
  if (self->source == NULL)
    self->source = cc_ods_source_open (book->archive, "content.xml", error);
  if (self->source == NULL || !find_table (self->source, self->sheet->table, error))
    {
      free_reader (&self->base);
      return NULL;
    }
  return &self->base;
}
