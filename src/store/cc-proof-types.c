/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"

#include <string.h>

/* A database of this kind takes a text where a number belongs. Read as a number it may be what it
 * was; a query that compares or sorts sees something else. It also takes texts with the byte 0, of
 * which the program reads what stands before it. The program never stores either. */

/* Returns: (transfer none): what typeof () may say of a column declared so; NULL: anything */
static const char *
list_types (const char *declared)
{
  return strcmp (declared, "INTEGER") == 0 ? "'integer', 'null'"
         : strcmp (declared, "TEXT") == 0  ? "'text', 'null'"
         : strcmp (declared, "REAL") == 0  ? "'real', 'null'"
         : strcmp (declared, "BLOB") == 0  ? "'blob', 'null'"
                                           : NULL;
}

static gboolean
check_table (CcProof *self, const char *table, GError **error)
{
  g_autoptr (CcStatement) columns =
      cc_connection_prepare (self->connection, "SELECT name, type FROM pragma_table_info (?1)",
                             error);
  g_autoptr (GString) sql = g_string_new ("SELECT count (*) FROM main.\"");
  GError  *problem = NULL;
  gboolean has_row = TRUE;
  gint64   n;

  if (columns == NULL)
    return FALSE;
  g_string_append_printf (sql, "%s\" WHERE FALSE", table);
  cc_statement_bind_text (columns, 1, table);
  while (has_row)
    {
      if (!cc_statement_step (columns, &has_row, error))
        return FALSE;
      if (has_row && list_types (cc_statement_text (columns, 1)) != NULL)
        g_string_append_printf (sql, " OR typeof (\"%s\") NOT IN (%s)",
                                cc_statement_text (columns, 0),
                                list_types (cc_statement_text (columns, 1)));
      if (has_row && strcmp (cc_statement_text (columns, 1), "TEXT") == 0)
        g_string_append_printf (sql, " OR instr (\"%s\", char (0))",
                                cc_statement_text (columns, 0));
    }
  n = cc_connection_get_int64 (self->connection, sql->str, 0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (n > 0)
    cc_proof_tell (self, CC_PROOF_OF_ROWS,
                   "%" G_GINT64_FORMAT " rows of the table “%s” hold a text where a number "
                   "belongs, or a text with a hidden part, or the like. They were changed or "
                   "added " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                   n, table);
  return TRUE;
}

/* The tables of units are compared with what the program would write. */
static gboolean
is_compared (CcProof *self, const char *table)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->file->pack); i++)
    if (strcmp (cc_pack_get_unit (self->file->pack, i)->name, table) == 0)
      return TRUE;
  return cc_schema_is_derived (table);
}

gboolean
cc_proof_check_types (CcProof *self, GError **error)
{
  g_autoptr (CcStatement) tables =
      cc_connection_prepare (self->connection,
                             "SELECT name FROM main.sqlite_master WHERE type = 'table'"
                             " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                             error);
  gboolean has_row = TRUE;

  while (tables != NULL && has_row)
    {
      if (!cc_statement_step (tables, &has_row, error))
        return FALSE;
      if (has_row && !is_compared (self, cc_statement_text (tables, 0))
          && !check_table (self, cc_statement_text (tables, 0), error))
        return FALSE;
    }
  return tables != NULL;
}
