/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

/* The canonical dump of what was said: tables and columns in order of their names, rows in order of
 * their keys, values with type and length. It does not depend on how the file came about: on pages,
 * on the order of columns, on caches. */

typedef struct
{
  char      *table;
  GPtrArray *columns; /* by name */
  GPtrArray *keys;    /* by their place in the primary key */
} Layout;

static void
layout_clear (Layout *self)
{
  g_free (self->table);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
collect_names (CcConnection *connection,
               const char   *sql,
               const char   *table,
               GPtrArray    *names,
               GError      **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  if (table != NULL)
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

static char *
build_select (const Layout *layout)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < layout->columns->len; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (layout->columns, i));
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY ", layout->table);
  for (guint i = 0; i < layout->keys->len; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (layout->keys, i));
  if (layout->keys->len == 0)
    g_string_append (sql, "rowid");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
add_value (CcDigest *digest, CcStatement *row, int column)
{
  const int     type = sqlite3_column_type (row->statement, column);
  const guint8  tag = (guint8) type;
  gconstpointer data;
  gsize         size;
  double        real;

  cc_digest_add_raw (digest, &tag, 1);
  switch (type)
    {
    case SQLITE_INTEGER:
      cc_digest_add_int64 (digest, cc_statement_int64 (row, column));
      break;
    case SQLITE_FLOAT:
      real = cc_statement_double (row, column);
      cc_digest_add_raw (digest, &real, sizeof real);
      break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      data = cc_statement_blob (row, column, &size);
      cc_digest_add_int64 (digest, (gint64) size);
      if (size > 0)
        cc_digest_add_raw (digest, data, size);
      break;
    case SQLITE_NULL:
    default:
      break;
    }
}

static gboolean
add_table (CcDigest *digest, CcConnection *connection, const char *table, GError **error)
{
  g_auto (Layout) layout = { g_strdup (table), g_ptr_array_new_with_free_func (g_free),
                             g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *sql = NULL;
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;
  gboolean begun = FALSE;

  if (!collect_names (connection, "SELECT name FROM pragma_table_info (?1) ORDER BY name", table,
                      layout.columns, error)
      || !collect_names (connection,
                         "SELECT name FROM pragma_table_info (?1) WHERE pk > 0 ORDER BY pk", table,
                         layout.keys, error))
    return FALSE;
  sql = build_select (&layout);
  rows = cc_connection_prepare (connection, sql, error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      /* An empty table says nothing: so a format with further tables leaves the hash as it is. */
      if (has_row && !begun)
        {
          cc_digest_add_text (digest, table);
          for (guint i = 0; i < layout.columns->len; i++)
            cc_digest_add_text (digest, g_ptr_array_index (layout.columns, i));
        }
      begun = TRUE;
      for (guint i = 0; has_row && i < layout.columns->len; i++)
        add_value (digest, rows, (int) i);
    }
  return TRUE;
}

/* In one read transaction, so that it is the hash of one state. */
static char *
hash_all (CcConnection *connection, GError **error)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  if (!collect_names (connection,
                      "SELECT name FROM sqlite_master WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                      NULL, tables, error))
    return NULL;
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);

      if (cc_schema_is_derived (table) || cc_schema_is_audit (table))
        continue;
      if (!add_table (digest, connection, table, error))
        return NULL;
    }
  return cc_digest_end_hex (digest);
}

/**
 * The hash of all that was reported and decided: every table except the audit chain, caches that
 * can be computed again (person_fact, dirty_cluster, code_closure, norm) and staging. Two files
 * with the same hash say the same. Reads the whole file.
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
cc_case_file_content_hash (CcCaseFile *self, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (self, error);
  char         *hash = NULL;

  if (connection == NULL)
    return NULL;
  if (cc_connection_execute (connection, "BEGIN", error))
    hash = hash_all (connection, error);
  cc_case_file_release_reader (self, connection);
  return hash;
}
