/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <cc/base/cc-day.h>
#include <cc/base/cc-error.h>

#include "cc-book-writer-private.h"

/* Serial numbers of the 1900 system: day 1 is 1900-01-01, and 60 is a 29 February that never was,
 * so the offset changes on 1 March. */
#define SERIAL_OFFSET       25569
#define SERIAL_OFFSET_EARLY 25568
#define DAY_1900_03_01      (-25508)
#define DAY_1900_01_01      (-25567)

typedef struct
{
  guint first_row, last_row, first_column, last_column;
} MergedRange;

CcSheetWriter *
cc_sheet_writer_new (CcBookWriter *book, lxw_worksheet *sheet, const char *name)
{
  CcSheetWriter *self = g_new0 (CcSheetWriter, 1);

  self->book = book;
  self->sheet = sheet;
  self->name = g_strdup (name);
  self->merges = g_array_new (FALSE, FALSE, sizeof (MergedRange));
  cc_sheet_writer_init_layout (self);
  return self;
}

void
cc_sheet_writer_free (CcSheetWriter *self)
{
  g_array_unref (self->columns);
  g_hash_table_unref (self->rows);
  g_array_unref (self->merges);
  g_free (self->name);
  g_free (self);
}

static char *
name_cell (guint row, guint column)
{
  char  letters[8] = "";
  guint n = sizeof letters - 1;

  for (guint c = column + 1; c > 0 && n > 0; c = (c - 1) / 26)
    letters[--n] = (char) ('A' + (c - 1) % 26);
  return g_strdup_printf ("%s%u", letters + n, row + 1);
}

void
cc_sheet_writer_fail (CcSheetWriter *self, guint row, guint column, int code, const char *what)
{
  if (self->book->error == NULL)
    {
      g_autofree char *cell = name_cell (row, column);

      self->book->error =
          g_error_new (CC_ERROR, code, "Sheet “%s”, cell %s: %s The workbook was not written.",
                       self->name, cell, what);
    }
}

void
cc_sheet_writer_check (CcSheetWriter *self, guint row, guint column, lxw_error result)
{
  if (result != LXW_NO_ERROR)
    cc_sheet_writer_fail (self, row, column, CC_ERROR_FAILED, lxw_strerror (result));
}

gboolean
cc_sheet_writer_has_cell (CcSheetWriter *self, guint row, guint column)
{
  if (row < CC_SHEET_MAX_ROWS && column < CC_SHEET_MAX_COLUMNS)
    return TRUE;
  cc_sheet_writer_fail (self, MIN (row, CC_SHEET_MAX_ROWS), MIN (column, CC_SHEET_MAX_COLUMNS),
                        CC_ERROR_LIMIT,
                        "A sheet holds 1,048,576 rows and 16,384 columns; this lies outside.");
  return FALSE;
}

/* Readers turn _x0041_ into A, so an underscore that begins such a group is written as _x005F_. */
static gboolean
is_escape (const char *p)
{
  return p[0] == '_' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3])
         && g_ascii_isxdigit (p[4]) && g_ascii_isxdigit (p[5]) && p[6] == '_';
}

static char *
escape_text (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (is_escape (p))
      g_string_append (out, "_x005F_");
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* The text as it may be written, or NULL when `text` itself may. */
static char *
mend_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      return escape_text (valid);
    }
  return strstr (text, "_x") != NULL ? escape_text (text) : NULL;
}

void
cc_sheet_writer_text (CcSheetWriter *self, guint row, guint column, const char *text, guint style)
{
  g_autofree char *mended = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  if (!cc_sheet_writer_has_cell (self, row, column))
    return;
  mended = mend_text (text);
  if (mended != NULL)
    text = mended;
  if (strlen (text) > CC_SHEET_MAX_TEXT && g_utf8_strlen (text, -1) > CC_SHEET_MAX_TEXT)
    {
      cc_sheet_writer_fail (self, row, column, CC_ERROR_LIMIT,
                            "A cell holds at most 32,767 characters; this text is longer.");
      return;
    }
  if (*text == '\0' && style == 0)
    return;
  cc_sheet_writer_check (self, row, column,
                         worksheet_write_string (self->sheet, row, (lxw_col_t) column, text,
                                                 cc_book_writer_get_format (self->book, style)));
}

void
cc_sheet_writer_number (CcSheetWriter *self, guint row, guint column, double value, guint style)
{
  g_return_if_fail (self != NULL);

  if (!cc_sheet_writer_has_cell (self, row, column))
    return;
  if (!isfinite (value))
    {
      cc_sheet_writer_fail (self, row, column, CC_ERROR_INVALID_DATA,
                            "The figure is not a finite number.");
      return;
    }
  cc_sheet_writer_check (self, row, column,
                         worksheet_write_number (self->sheet, row, (lxw_col_t) column, value,
                                                 cc_book_writer_get_format (self->book, style)));
}

void
cc_sheet_writer_date (CcSheetWriter *self, guint row, guint column, gint32 day, guint style)
{
  if (day == CC_DAY_NONE)
    cc_sheet_writer_blank (self, row, column, style);
  else if (day < DAY_1900_01_01)
    {
      g_autofree char *text = cc_day_to_iso (day);

      cc_sheet_writer_text (self, row, column, text, style);
    }
  else
    cc_sheet_writer_number (self, row, column,
                            day + (day < DAY_1900_03_01 ? SERIAL_OFFSET_EARLY : SERIAL_OFFSET),
                            style | CC_STYLE_DATE);
}

void
cc_sheet_writer_blank (CcSheetWriter *self, guint row, guint column, guint style)
{
  g_return_if_fail (self != NULL);

  if (style == 0 || !cc_sheet_writer_has_cell (self, row, column))
    return;
  cc_sheet_writer_check (self, row, column,
                         worksheet_write_blank (self->sheet, row, (lxw_col_t) column,
                                                cc_book_writer_get_format (self->book, style)));
}

void
cc_sheet_writer_formula (CcSheetWriter *self,
                         guint          row,
                         guint          column,
                         const char    *formula,
                         double         cached,
                         guint          style)
{
  g_autofree char *with_sign = NULL;

  g_return_if_fail (self != NULL && formula != NULL);

  if (!cc_sheet_writer_has_cell (self, row, column))
    return;
  with_sign = *formula == '=' ? g_strdup (formula) : g_strconcat ("=", formula, NULL);
  cc_sheet_writer_check (self, row, column,
                         worksheet_write_formula_num (self->sheet, row, (lxw_col_t) column,
                                                      with_sign,
                                                      cc_book_writer_get_format (self->book, style),
                                                      isfinite (cached) ? cached : 0));
}

static gboolean
overlaps (const MergedRange *a, const MergedRange *b)
{
  return a->first_row <= b->last_row && b->first_row <= a->last_row
         && a->first_column <= b->last_column && b->first_column <= a->last_column;
}

void
cc_sheet_writer_merge (CcSheetWriter *self,
                       guint          row,
                       guint          column,
                       guint          last_row,
                       guint          last_column,
                       const char    *text,
                       guint          style)
{
  MergedRange range = { row, last_row, column, last_column };

  g_return_if_fail (self != NULL && last_row >= row && last_column >= column);

  if (!cc_sheet_writer_has_cell (self, last_row, last_column))
    return;
  if (last_row > row || last_column > column)
    {
      for (guint i = 0; i < self->merges->len; i++)
        if (overlaps (&range, &g_array_index (self->merges, MergedRange, i)))
          {
            cc_sheet_writer_fail (self, row, column, CC_ERROR_FAILED,
                                  "Two merged ranges overlap here.");
            return;
          }
      if (self->book->streaming && last_row > row)
        {
          cc_sheet_writer_fail (self, row, column, CC_ERROR_FAILED,
                                "A large list cannot merge cells of several rows.");
          return;
        }
      g_array_append_val (self->merges, range);
      /* Its text is written below, by the one function that mends and checks texts. */
      cc_sheet_writer_check (self, row, column,
                             worksheet_merge_range (self->sheet, row, (lxw_col_t) column, last_row,
                                                    (lxw_col_t) last_column, "",
                                                    cc_book_writer_get_format (self->book, style)));
    }
  cc_sheet_writer_text (self, row, column, text != NULL ? text : "", style);
}

void
cc_sheet_writer_comment (CcSheetWriter *self, guint row, guint column, const char *text)
{
  /* Wide enough for a sentence a line, whatever the program's default is. */
  lxw_comment_options options = { .width = 260, .height = 110 };
  g_autofree char    *mended = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  if (!cc_sheet_writer_has_cell (self, row, column) || *text == '\0')
    return;
  mended = mend_text (text);
  cc_sheet_writer_check (self, row, column,
                         worksheet_write_comment_opt (self->sheet, row, (lxw_col_t) column,
                                                      mended != NULL ? mended : text, &options));
}
