/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-connection-private.h"

/* A failed binding is remembered and reported by the next step, so that a row of bindings needs one
 * check and not twenty. */
static void
remember (CcStatement *self, int code)
{
  if (self->bound == SQLITE_OK && code != SQLITE_OK)
    self->bound = code;
}

void
cc_statement_bind_int64 (CcStatement *self, int index, gint64 value)
{
  remember (self, sqlite3_bind_int64 (self->statement, index, value));
}

void
cc_statement_bind_double (CcStatement *self, int index, double value)
{
  remember (self, sqlite3_bind_double (self->statement, index, value));
}

/* value: a text that is copied, or NULL */
void
cc_statement_bind_text (CcStatement *self, int index, const char *value)
{
  remember (self, sqlite3_bind_text (self->statement, index, value, -1, SQLITE_TRANSIENT));
}

/* data: bytes that are copied; NULL binds NULL, an empty blob needs some address */
void
cc_statement_bind_blob (CcStatement *self, int index, gconstpointer data, gsize size)
{
  remember (self, sqlite3_bind_blob64 (self->statement, index, data, size, SQLITE_TRANSIENT));
}

void
cc_statement_bind_null (CcStatement *self, int index)
{
  remember (self, sqlite3_bind_null (self->statement, index));
}

/**
 * Moves to the next row.
 *
 * has_row: (out): FALSE at the end
 */
gboolean
cc_statement_step (CcStatement *self, gboolean *has_row, GError **error)
{
  int code = self->bound;

  *has_row = FALSE;
  if (code == SQLITE_OK)
    code = sqlite3_step (self->statement);
  if (code == SQLITE_ROW)
    {
      *has_row = TRUE;
      return TRUE;
    }
  if (code == SQLITE_DONE)
    return TRUE;
  cc_connection_fail (self->connection, code, error);
  cc_statement_reset (self);
  return FALSE;
}

/**
 * Carries out a statement that gives no rows, and resets it for the next bindings. Values stay
 * bound until they are bound anew or the statement is released.
 */
gboolean
cc_statement_run (CcStatement *self, GError **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    if (!cc_statement_step (self, &has_row, error))
      return FALSE;
  sqlite3_reset (self->statement);
  return TRUE;
}

/**
 * Steps to the end and leaves the statement reset.
 *
 * Returns: (transfer full) (element-type gint64): the first column of all rows, in their order, or
 * NULL with an error
 */
GArray *
cc_statement_list_ids (CcStatement *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = TRUE;

  while (has_row)
    {
      gint64 id;

      if (!cc_statement_step (self, &has_row, error))
        return NULL;
      id = has_row ? cc_statement_int64 (self, 0) : 0;
      if (has_row)
        g_array_append_val (ids, id);
    }
  cc_statement_reset (self);
  return g_steal_pointer (&ids);
}

/* Back to before the first row; values stay bound. */
void
cc_statement_reset (CcStatement *self)
{
  sqlite3_reset (self->statement);
  self->bound = SQLITE_OK;
}

/* Back to before the first row, with every value NULL again. */
void
cc_statement_clear (CcStatement *self)
{
  cc_statement_reset (self);
  sqlite3_clear_bindings (self->statement);
}

gboolean
cc_statement_is_null (CcStatement *self, int column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

gint64
cc_statement_int64 (CcStatement *self, int column)
{
  return sqlite3_column_int64 (self->statement, column);
}

double
cc_statement_double (CcStatement *self, int column)
{
  return sqlite3_column_double (self->statement, column);
}

/* NULL for NULL; valid until the next step. Where memory ran out it is empty, and the next step and
 * cc_statement_check () fail. */
const char *
cc_statement_text (CcStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self->statement, column);

  /* A value that could not be made a text for want of memory is NULL from then on. */
  if (text != NULL || sqlite3_errcode (self->connection->db) != SQLITE_NOMEM)
    return text;
  remember (self, SQLITE_NOMEM);
  return "";
}

/* FALSE with an error where a value of the row could not be had. For rows after which no step
 * follows that would say so. */
gboolean
cc_statement_check (CcStatement *self, GError **error)
{
  return self->bound == SQLITE_OK || cc_connection_fail (self->connection, self->bound, error);
}

/* NULL for NULL and for an empty blob; valid until the next step. */
gconstpointer
cc_statement_blob (CcStatement *self, int column, gsize *size)
{
  gconstpointer data = sqlite3_column_blob (self->statement, column);

  if (size != NULL)
    *size = (gsize) sqlite3_column_bytes (self->statement, column);
  return data;
}
