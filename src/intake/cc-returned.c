/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-text.h>
#include <cc/store/cc-act.h>

#include "cc-returned-private.h"

#include <string.h>

/* A cell takes 32,767 characters; a row needs up to 24 of them. */
#define ROWS_IN_CELL 1000
#define MAX_ROWS     1048576u
#define MAX_ASKS     1000000u

static void
free_sheet (gpointer data)
{
  CcReturnedSheet *self = data;

  g_free (self->name);
  g_free (self->original);
  g_array_unref (self->rows);
  g_array_unref (self->headers);
  g_free (self);
}

static void
free_ask (gpointer data)
{
  g_free (((CcReturnedAsk *) data)->question);
  g_free (data);
}

CcReturned *
cc_returned_new (const char *sha256, guint64 token)
{
  CcReturned *self = g_new0 (CcReturned, 1);

  self->sha256 = g_strdup (sha256);
  self->token = token;
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->asks = g_ptr_array_new_with_free_func (free_ask);
  return self;
}

void
cc_returned_free (CcReturned *self)
{
  if (!self)
    return;
  cc_returned_free (self->older);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->asks);
  g_free (self->sha256);
  g_free (self->questions);
  g_free (self->title);
  g_free (self);
}

CcReturnedSheet *
cc_returned_add_sheet (CcReturned *self, const char *name, const char *original)
{
  CcReturnedSheet *sheet = g_new0 (CcReturnedSheet, 1);

  sheet->name = g_strdup (name);
  sheet->original = g_strdup (original);
  sheet->rows = g_array_new (FALSE, FALSE, sizeof (CcReturnedRow));
  sheet->headers = g_array_new (FALSE, FALSE, sizeof (CcReturnedRow));
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

void
cc_returned_add_ask (CcReturned *self, guint sheet, guint row, guint column, const char *question)
{
  CcReturnedAsk *ask = g_new0 (CcReturnedAsk, 1);

  ask->sheet = sheet;
  ask->row = row;
  ask->column = column;
  ask->question = g_strdup (question);
  g_ptr_array_add (self->asks, ask);
}

/* --- codes --- */

guint64
cc_returned_hash_row (CcCaseFile *file, const char *sha256, const CcSheetCell *cells, guint n_cells)
{
  g_autoptr (GString) text = g_string_new (sha256);

  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *collapsed = NULL;

      if (cc_text_is_blank (cells[i].text))
        continue;
      /* Programs write the ends of lines and blanks at the ends of texts in their own ways. */
      collapsed = cc_text_collapse (cells[i].text);
      g_string_append_printf (text, "\x1f%u\x1e%s", cells[i].column, collapsed);
    }
  return cc_case_file_recognise (file, "send-back-row", text->str);
}

guint64
cc_returned_hash_file (CcCaseFile *file, const char *sha256)
{
  return cc_case_file_recognise (file, "send-back-file", sha256);
}

/* --- the hidden sheet --- */

static void
add_line (GPtrArray *lines, const char *const *texts)
{
  g_ptr_array_add (lines, g_strdupv ((char **) texts));
}

static void
add_rows (GPtrArray *lines, const char *kind, const char *sheet, GArray *rows)
{
  for (guint from = 0; from < rows->len; from += ROWS_IN_CELL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = from; i < MIN (rows->len, from + ROWS_IN_CELL); i++)
        {
          const CcReturnedRow *row = &g_array_index (rows, CcReturnedRow, i);

          g_string_append_printf (text, "%s%u:%" G_GINT64_MODIFIER "x", i > from ? " " : "",
                                  row->row + 1, row->code);
        }
      add_line (lines, (const char *const[]){ kind, sheet, text->str, NULL });
    }
}

GPtrArray *
cc_returned_to_lines (const CcReturned *self)
{
  GPtrArray       *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *token = g_strdup_printf ("%" G_GINT64_MODIFIER "x", self->token);

  add_line (lines, (const char *const[]){ CC_RETURNED_MARK, CC_RETURNED_VERSION, self->sha256,
                                          token, self->questions, self->title, NULL });
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const CcReturnedSheet *sheet = self->sheets->pdata[i];
      g_autofree char       *number = g_strdup_printf ("%u", i);

      add_line (lines,
                (const char *const[]){ "sheet", number, sheet->name, sheet->original, NULL });
      add_rows (lines, "header", number, sheet->headers);
      add_rows (lines, "rows", number, sheet->rows);
    }
  for (guint i = 0; i < self->asks->len; i++)
    {
      const CcReturnedAsk *ask = self->asks->pdata[i];
      g_autofree char     *sheet = g_strdup_printf ("%u", ask->sheet);
      g_autofree char     *row = g_strdup_printf ("%u", ask->row + 1);
      g_autofree char     *column = g_strdup_printf ("%u", ask->column + 1);

      add_line (lines, (const char *const[]){ "ask", sheet, row, column, ask->question, NULL });
    }
  return lines;
}

static const char *
get_text (const CcSheetRow *row, guint column)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].column == column)
      return row->cells[i].text;
  return "";
}

static gboolean
get_number (const CcSheetRow *row, guint column, guint maximum, guint *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (get_text (row, column), 10, 0, maximum, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

static void
read_rows (GArray *rows, const char *text)
{
  while (*text && rows->len < MAX_ROWS)
    {
      char         *end;
      const guint64 number = g_ascii_strtoull (text, &end, 10);
      CcReturnedRow row = { 0, 0 };

      if (end == text || *end != ':' || number < 1 || number > MAX_ROWS)
        return;
      row.row = (guint) number - 1;
      text = end + 1;
      row.code = g_ascii_strtoull (text, &end, 16);
      if (end == text)
        return;
      g_array_append_val (rows, row);
      text = end + strspn (end, " ");
    }
}

static void
read_line (CcReturned *self, const CcSheetRow *line)
{
  const char      *kind = get_text (line, 0);
  CcReturnedSheet *sheet = NULL;
  guint            number, row, column;

  if (g_str_equal (kind, "sheet") && self->sheets->len < 4096)
    {
      cc_returned_add_sheet (self, get_text (line, 2), get_text (line, 3));
      return;
    }
  if (self->sheets->len == 0 || !get_number (line, 1, self->sheets->len - 1, &number))
    return;
  sheet = self->sheets->pdata[number];
  if (g_str_equal (kind, "rows"))
    read_rows (sheet->rows, get_text (line, 2));
  else if (g_str_equal (kind, "header"))
    read_rows (sheet->headers, get_text (line, 2));
  else if (g_str_equal (kind, "ask") && self->asks->len < MAX_ASKS
           && get_number (line, 2, MAX_ROWS, &row) && get_number (line, 3, 16384, &column)
           && row > 0 && column > 0)
    cc_returned_add_ask (self, number, row - 1, column - 1, get_text (line, 4));
}

static gboolean
read_sheet (CcBook       *book,
            guint         index,
            CcReturned  **returned,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, error);
  g_autoptr (CcReturned) self = NULL;
  const CcSheetRow *row;

  if (!reader)
    return FALSE;
  do
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (row && self)
        read_line (self, row);
      else if (row)
        {
          if (!g_str_equal (get_text (row, 0), CC_RETURNED_MARK)
              || !g_str_equal (get_text (row, 1), CC_RETURNED_VERSION))
            return TRUE;
          self =
              cc_returned_new (get_text (row, 2), g_ascii_strtoull (get_text (row, 3), NULL, 16));
          self->questions = g_strdup (get_text (row, 4));
          self->title = g_strdup (get_text (row, 5));
        }
    }
  while (row);
  *returned = g_steal_pointer (&self);
  return TRUE;
}

gboolean
cc_returned_load (CcBook *book, CcReturned **returned, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcReturned) newest = NULL;

  *returned = NULL;
  /* The newest stands behind the others: questions may have been asked about answers. */
  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    {
      const CcSheetInfo *info = cc_book_get_sheet (book, i);
      CcReturned        *next = NULL;

      if (!g_str_has_prefix (info->name, CC_RETURNED_SHEET))
        continue;
      if (!read_sheet (book, i, &next, cancellable, error))
        return FALSE;
      if (!next)
        continue;
      next->older = g_steal_pointer (&newest);
      newest = next;
    }
  *returned = g_steal_pointer (&newest);
  return TRUE;
}

/* The first sheet may have been given another name; its first cell tells it then. */
gboolean
cc_returned_is_ours (const CcReturned *self, CcBook *book, guint sheet, GCancellable *cancellable)
{
  const CcSheetInfo *info = cc_book_get_sheet (book, sheet);
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row = NULL;

  if (g_str_has_prefix (info->name, CC_RETURNED_SHEET))
    return TRUE;
  reader = cc_book_open_sheet (book, sheet, NULL);
  if (!reader || !cc_sheet_reader_next (reader, &row, cancellable, NULL))
    row = NULL;
  for (; self; self = self->older)
    if (g_strcmp0 (info->name, self->questions) == 0
        || (row && self->title && *self->title && g_str_equal (get_text (row, 0), self->title)))
      return TRUE;
  return FALSE;
}
