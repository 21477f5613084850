/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-plan-private.h"

#include <string.h>

/* Returns: (transfer full): nothing counted yet: by id of a code, and by name of a list where that
 *   was counted */
GHashTable *
cc_pack_uses_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
add_counts (GHashTable *uses, CcConnection *connection, const char *sql, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      char   *key;
      gint64 *known;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      key = g_strdup_printf ("%" G_GINT64_FORMAT, cc_statement_int64 (rows, 0));
      known = g_hash_table_lookup (uses, key);
      if (known != NULL)
        {
          *known += cc_statement_int64 (rows, 1);
          g_free (key);
          continue;
        }
      known = g_new (gint64, 1);
      *known = cc_statement_int64 (rows, 1);
      g_hash_table_insert (uses, key, known);
    }
  return TRUE;
}

/* The column in which a variable of a code stands; NULL where it has none in this file. */
static char *
find_column (CcCaseFile *file, const CcVariable *variable, const char *list)
{
  const gint64 id = cc_case_file_variable_id (file, variable);

  if (variable->type != CC_VARIABLE_CODE || variable->storage != CC_STORAGE_COLUMN || id == 0
      || (list != NULL && strcmp (variable->list, list) != 0))
    return NULL;
  return cc_variable_get_column (variable, id, 0);
}

/* A record is counted for each answer that states the code: two questions, two statements. */
static gboolean
count_list (CcCaseFile   *file,
            CcConnection *connection,
            GHashTable   *uses,
            const char   *list,
            GError      **error)
{
  if (g_hash_table_contains (uses, list))
    return TRUE;
  for (guint i = 0; i < cc_pack_get_n_variables (file->pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (file->pack, i);
      g_autofree char  *column = find_column (file, variable, list);
      g_autofree char  *sql = NULL;

      if (column == NULL)
        continue;
      sql = g_strdup_printf ("SELECT t.%s, count (*) FROM \"%s\" t JOIN record r ON r.id = t.record"
                             " WHERE t.%s IS NOT NULL AND r.state = 0 GROUP BY t.%s",
                             column, variable->unit, column, column);
      if (!add_counts (uses, connection, sql, error))
        return FALSE;
    }
  g_hash_table_insert (uses, g_strdup (list), g_new0 (gint64, 1));
  return TRUE;
}

static gboolean
count_multi (CcConnection *connection, GHashTable *uses, GError **error)
{
  if (g_hash_table_contains (uses, ""))
    return TRUE;
  g_hash_table_insert (uses, g_strdup (""), g_new0 (gint64, 1));
  return add_counts (uses, connection,
                     "SELECT m.code, count (*) FROM multi_value m JOIN record r ON r.id = m.record"
                     " WHERE r.state = 0 GROUP BY m.code",
                     error);
}

gint64
cc_pack_uses_count (CcCaseFile   *file,
                    CcConnection *connection,
                    GHashTable   *uses,
                    const char   *list,
                    gint64        code,
                    GError      **error)
{
  char          key[24];
  const gint64 *found;

  if (!count_multi (connection, uses, error) || !count_list (file, connection, uses, list, error))
    return -1;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, code);
  found = g_hash_table_lookup (uses, key);
  return found != NULL ? *found : 0;
}

gint64
cc_pack_uses_count_any (CcCaseFile *file, CcConnection *connection, GArray *codes, GError **error)
{
  g_autoptr (GString) ids = g_string_new ("-1");
  g_autoptr (GString) sql = g_string_new (NULL);
  GError *problem = NULL;
  gint64  n;

  for (guint i = 0; i < codes->len; i++)
    g_string_append_printf (ids, ",%" G_GINT64_FORMAT, g_array_index (codes, gint64, i));
  g_string_append_printf (sql,
                          "SELECT count (*) FROM record r WHERE r.state = 0 AND r.id IN"
                          " (SELECT record FROM multi_value WHERE code IN (%s)",
                          ids->str);
  for (guint i = 0; i < cc_pack_get_n_variables (file->pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (file->pack, i);
      g_autofree char  *column = find_column (file, variable, NULL);

      if (column != NULL)
        g_string_append_printf (sql, " UNION SELECT record FROM \"%s\" WHERE %s IN (%s)",
                                variable->unit, column, ids->str);
    }
  g_string_append_c (sql, ')');
  n = cc_connection_get_int64 (connection, sql->str, -1, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL ? n : -1;
}
