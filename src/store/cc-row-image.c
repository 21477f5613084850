/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-row-image-private.h"

#include <stdlib.h>
#include <string.h>

/* Rows are noted as SQL literals, as quote () writes them: every type and every byte comes back as
 * it was, and the note can be read with the eye. */

void
cc_row_layout_free (CcRowLayout *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static gboolean
collect (CcConnection *connection,
         const char   *sql,
         const char   *table,
         GPtrArray    *names,
         GError      **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, table);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (names, g_strdup (cc_statement_text (rows, 0)));
    }
  return TRUE;
}

/* Returns: (transfer full): NULL with an error */
CcRowLayout *
cc_row_layout_read (CcConnection *connection, const char *table, GError **error)
{
  g_autoptr (CcRowLayout) self = g_new0 (CcRowLayout, 1);

  self->table = g_strdup (table);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  if (!collect (connection, "SELECT name FROM pragma_table_info (?1) ORDER BY cid", table,
                self->columns, error)
      || !collect (connection, "SELECT name FROM pragma_table_info (?1) WHERE pk > 0 ORDER BY pk",
                   table, self->keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

static char *
quote_list (GPtrArray *columns, const char *prefix)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql, "%squote (%s\"%s\")", i > 0 ? " || ',' || " : "", prefix,
                            (const char *) g_ptr_array_index (columns, i));
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

char *
cc_row_layout_quote_columns (const CcRowLayout *self, const char *prefix)
{
  return quote_list (self->columns, prefix);
}

char *
cc_row_layout_quote_keys (const CcRowLayout *self, const char *prefix)
{
  return quote_list (self->keys, prefix);
}

char *
cc_row_layout_match_keys (const CcRowLayout *self, int first)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < self->keys->len; i++)
    g_string_append_printf (sql, "%s\"%s\" = ?%d", i > 0 ? " AND " : " WHERE ",
                            (const char *) g_ptr_array_index (self->keys, i), first + (int) i);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
free_cell (gpointer data)
{
  CcRowCell *cell = data;

  g_free (cell->column);
  g_free (cell->literal);
  g_free (cell);
}

/* The end of a literal: the comma after it or the end of the text. Only texts hold commas. */
static const char *
skip_literal (const char *text)
{
  gboolean quoted = FALSE;

  for (; *text != '\0' && (quoted || *text != ','); text++)
    if (*text == '\'')
      quoted = !quoted;
  return text;
}

GPtrArray *
cc_row_cells_parse (const char *text)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (free_cell);

  while (text != NULL && *text != '\0')
    {
      CcRowCell  *cell = g_new0 (CcRowCell, 1);
      const gsize name = strcspn (text, "=',");
      const char *end;

      if (text[name] == '=')
        {
          cell->column = g_strndup (text, name);
          text += name + 1;
        }
      end = skip_literal (text);
      cell->literal = g_strndup (text, (gsize) (end - text));
      g_ptr_array_add (cells, cell);
      text = *end == ',' ? end + 1 : end;
    }
  return cells;
}

static const char *
get_literal (GPtrArray *cells, guint index)
{
  if (cells == NULL || index >= cells->len)
    return "NULL";
  return ((const CcRowCell *) g_ptr_array_index (cells, index))->literal;
}

static void
append_cell (GString *image, const char *column, const char *literal)
{
  g_string_append_printf (image, "%s%s=%s", image->len > 0 ? "," : "", column, literal);
}

void
cc_row_layout_diff (const CcRowLayout *self,
                    const char        *before,
                    const char        *after,
                    char             **old_image,
                    char             **new_image)
{
  g_autoptr (GPtrArray) old_cells = before != NULL ? cc_row_cells_parse (before) : NULL;
  g_autoptr (GPtrArray) new_cells = after != NULL ? cc_row_cells_parse (after) : NULL;
  g_autoptr (GString) old_text = g_string_new (NULL);
  g_autoptr (GString) new_text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *column = g_ptr_array_index (self->columns, i);
      const char *old_literal = get_literal (old_cells, i);
      const char *new_literal = get_literal (new_cells, i);

      if (strcmp (old_literal, new_literal) == 0)
        continue;
      append_cell (old_text, column, old_literal);
      append_cell (new_text, column, new_literal);
    }
  *old_image = before != NULL ? g_string_free (g_steal_pointer (&old_text), FALSE) : NULL;
  *new_image = after != NULL ? g_string_free (g_steal_pointer (&new_text), FALSE) : NULL;
}

static void
bind_text (CcStatement *statement, int index, const char *literal)
{
  const gsize length = strlen (literal);
  g_autoptr (GString) text = g_string_sized_new (length);

  for (const char *c = literal + 1; c < literal + length - 1; c++)
    {
      g_string_append_c (text, *c);
      if (*c == '\'')
        c++;
    }
  cc_statement_bind_text (statement, index, text->str);
}

static gboolean
bind_blob (CcStatement *statement, int index, const char *literal)
{
  const char *digits = literal + 2;
  const gsize size = (strlen (digits) - 1) / 2;
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) size + 1);

  for (gsize i = 0; i < size; i++)
    {
      const int high = g_ascii_xdigit_value (digits[2 * i]);
      const int low = g_ascii_xdigit_value (digits[2 * i + 1]);
      guint8    byte = (guint8) (high * 16 + low);

      if (high < 0 || low < 0)
        return FALSE;
      g_byte_array_append (bytes, &byte, 1);
    }
  cc_statement_bind_blob (statement, index, size > 0 ? bytes->data : (const guint8 *) "", size);
  return TRUE;
}

gboolean
cc_row_literal_bind (CcStatement *statement, int index, const char *literal)
{
  const gsize length = strlen (literal);
  char       *end = NULL;

  if (strcmp (literal, "NULL") == 0)
    cc_statement_bind_null (statement, index);
  else if (length >= 2 && literal[0] == '\'' && literal[length - 1] == '\'')
    bind_text (statement, index, literal);
  else if (length >= 3 && literal[0] == 'X' && literal[1] == '\'' && literal[length - 1] == '\'')
    return bind_blob (statement, index, literal);
  else if (length > 0 && strspn (literal, "-0123456789") == length)
    cc_statement_bind_int64 (statement, index, g_ascii_strtoll (literal, NULL, 10));
  else
    {
      const double number = g_ascii_strtod (literal, &end);

      if (length == 0 || *end != '\0')
        return FALSE;
      cc_statement_bind_double (statement, index, number);
    }
  return TRUE;
}
