/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-row-image-private.h"
#include "cc-seal-private.h"

#include <string.h>

/* Seals of single rows, where no act keeps them as they were. */

/* A package begins with rows that no act of its own history has brought. */
static const char *const tables[] = { "entity", "expected_return", "pack_overlay", "pair_decision",
                                      "cluster_choice" };

char *
cc_seal_hash_cells (GPtrArray *cells)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();

  for (guint i = 0; i < cells->len; i++)
    cc_digest_add_text (digest, g_ptr_array_index (cells, i));
  return cc_digest_end_hex (digest);
}

static char *
hash_row (CcStatement *row, int first)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  for (int i = first; i < sqlite3_column_count (row->statement); i++)
    g_ptr_array_add (cells, (gpointer) cc_statement_text (row, i));
  return cc_seal_hash_cells (cells);
}

gboolean
cc_act_seal_each (CcAct *act, const char *table, const char *where, GError **error)
{
  g_autoptr (CcRowLayout) layout = cc_row_layout_read (act->connection, table, error);
  g_autoptr (CcStatement) rows = NULL;
  g_autofree char *keys = layout != NULL ? cc_row_layout_quote_keys (layout, "") : NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  gboolean has_row = TRUE;

  if (keys == NULL)
    return FALSE;
  g_string_append (sql, keys);
  for (guint i = 0; i < layout->columns->len; i++)
    g_string_append_printf (sql, ", quote (\"%s\")",
                            (const char *) g_ptr_array_index (layout->columns, i));
  g_string_append_printf (sql, " FROM \"%s\" WHERE %s", table, where);
  rows = cc_connection_prepare (act->connection, sql->str, error);
  while (rows != NULL && has_row)
    {
      g_autofree char *key = NULL;
      g_autofree char *hash = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      key = g_strdup_printf (CC_SEAL_ROW "%s %s", table, cc_statement_text (rows, 0));
      hash = hash_row (rows, 1);
      if (!cc_act_log (act, CC_SEAL_TABLE, key, NULL, hash, error))
        return FALSE;
    }
  return rows != NULL;
}

gboolean
cc_act_seal_began (CcAct *act, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!cc_act_seal_each (act, tables[i], "1", error))
      return FALSE;
  /* Also of a package that has none of them it is known, then, that it begins with none. */
  return cc_act_log (act, CC_SEAL_TABLE, CC_SEAL_ROW, NULL, "all", error);
}
