/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-purge-private.h"
#include "cc-said-private.h"
#include "cc-seal-private.h"

#include <string.h>

/* The raw rows that state what is removed: that which the record points to, those it pointed to
 * before a later delivery, and those of deliveries that said the same again, which no record points
 * to. */

static const char *const pointed_to =
    "INSERT OR IGNORE INTO purge_row SELECT r.source_row FROM record r"
    " WHERE r.id IN (SELECT record FROM purge_item) AND r.source_row > 0;"
    "INSERT OR IGNORE INTO purge_row SELECT CAST (substr (c.before, 12) AS INTEGER)"
    " FROM (SELECT DISTINCT record FROM purge_item) p JOIN audit_change c ON c.tbl = 'record'"
    "  AND c.key = CAST (p.record AS TEXT) AND " CC_CHANGE_INDEXED
    " WHERE c.before LIKE 'source_row:%' AND CAST (substr (c.before, 12) AS INTEGER) > 0;"
    "INSERT OR IGNORE INTO purge_row SELECT " CC_SAID_ROW (
        "c.before") " FROM (SELECT DISTINCT record FROM purge_item) p JOIN audit_change c ON c.tbl "
                    "= 'said'"
                    "  AND c.key = CAST (p.record AS TEXT) AND " CC_CHANGE_INDEXED
                    " WHERE " CC_SAID_ROW (
                        "c.before") " > 0;"
                                    "INSERT OR IGNORE INTO purge_row SELECT " CC_SAID_ROW (
                                        "c.after") " FROM (SELECT DISTINCT record FROM purge_item) "
                                                   "p JOIN audit_change c ON c.tbl = 'said'"
                                                   "  AND c.key = CAST (p.record AS TEXT) "
                                                   "AND " CC_CHANGE_INDEXED
                                                   " WHERE " CC_SAID_ROW ("c.after") " > 0";

typedef struct
{
  GHashTable *records;  /* id to GPtrArray of texts */
  GHashTable *by_value; /* text to GArray of ids; the texts belong to `records` */
} Removed;

static void
removed_clear (Removed *self)
{
  g_hash_table_unref (self->by_value);
  g_hash_table_unref (self->records);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Removed, removed_clear)

static void
add_value (Removed *self, gint64 record, const char *value)
{
  GPtrArray *values = g_hash_table_lookup (self->records, &record);
  GArray    *ids;
  char      *text = g_strdup (value);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->records, g_memdup2 (&record, sizeof record), values);
    }
  g_ptr_array_add (values, text);
  ids = g_hash_table_lookup (self->by_value, text);
  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->by_value, text, ids);
    }
  g_array_append_val (ids, record);
}

/* The texts of the records that a delivery brought. */
static gboolean
read_removed (CcAct *act, Removed *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (act->connection,
                                "SELECT i.record, i.value FROM purge_item p JOIN identifier i"
                                " ON i.record = p.record AND i.kind = p.kind"
                                " JOIN record r ON r.id = p.record WHERE r.submission IS NOT NULL"
                                " AND length (i.value) > 1 AND i.value <> '" CC_PURGED_MARK "'"
                                " ORDER BY i.record, i.kind, i.seq",
                                error);
  while (rows != NULL && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        add_value (self, cc_statement_int64 (rows, 0), cc_statement_text (rows, 1));
    }
  return rows != NULL;
}

static gboolean
states_all (Removed *self, gint64 record, const char *cells)
{
  const GPtrArray *values = g_hash_table_lookup (self->records, &record);

  for (guint i = 0; i < values->len; i++)
    if (strstr (cells, g_ptr_array_index (values, i)) == NULL)
      return FALSE;
  return TRUE;
}

/* One cell of a row that no record points to: is it about one of the records? */
static gboolean
is_about (Removed *self, const char *cell, const char *cells)
{
  const GArray *ids = cell != NULL ? g_hash_table_lookup (self->by_value, cell) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (states_all (self, g_array_index (ids, gint64, i), cells))
      return TRUE;
  return FALSE;
}

static gboolean
find_repeated (CcAct *act, Removed *self, GError **error)
{
  g_autoptr (CcStatement) cells = NULL;
  g_autoptr (CcStatement) insert = NULL;
  gboolean has_row = TRUE;

  cells = cc_connection_prepare (
      act->connection,
      "SELECT w.id, c.value, (SELECT group_concat (d.value, char (10)) FROM json_each (w.cells) d)"
      " FROM source_row w, json_each (CASE WHEN json_valid (w.cells) THEN w.cells ELSE '[]' END) c"
      " WHERE w.id NOT IN (SELECT source_row FROM record WHERE source_row IS NOT NULL)"
      "  AND w.id NOT IN (SELECT id FROM purge_row) AND " CC_CELLS_KEPT ("w"),
      error);
  insert = cells != NULL
               ? cc_connection_prepare (act->connection,
                                        "INSERT OR IGNORE INTO purge_row VALUES (?1)", error)
               : NULL;
  while (insert != NULL && has_row)
    {
      if (!cc_statement_step (cells, &has_row, error))
        return FALSE;
      if (!has_row || !is_about (self, cc_statement_text (cells, 1), cc_statement_text (cells, 2)))
        continue;
      cc_statement_bind_int64 (insert, 1, cc_statement_int64 (cells, 0));
      if (!cc_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL;
}

gboolean
cc_purge_find_rows (CcAct *act, GError **error)
{
  g_auto (Removed) removed = {
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref),
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref)
  };

  if (!cc_connection_execute (act->connection, pointed_to, error)
      || !read_removed (act, &removed, error))
    return FALSE;
  return g_hash_table_size (removed.records) == 0 || find_repeated (act, &removed, error);
}

/* The kinds of identifier that were removed from a record. */
GPtrArray *
cc_purge_list_kinds (CcAct *act, gint64 record, GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (act->connection,
                                "SELECT DISTINCT kind FROM identifier WHERE record = ?1"
                                " AND value = '" CC_PURGED_MARK "'",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, record);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (kinds, g_strdup (cc_statement_text (rows, 0)));
    }
  return g_steal_pointer (&kinds);
}

/* The raw row of a delivery that says again what was removed. */
gboolean
cc_purge_keep_row (CcAct *act, gint64 source_row, GError **error)
{
  g_autoptr (CcStatement) empty = NULL;
  g_autofree char *delivery =
      g_strdup_printf ("SELECT submission FROM source_row WHERE id = %" G_GINT64_FORMAT,
                       source_row);

  empty =
      cc_connection_prepare (act->connection,
                             "UPDATE source_row SET cells = '" CC_PURGED_CELLS "' WHERE id = ?1",
                             error);
  if (empty == NULL)
    return FALSE;
  cc_statement_bind_int64 (empty, 1, source_row);
  return cc_statement_run (empty, error) && cc_act_seal_all (act, CC_SEAL_ROWS, delivery, error);
}

gboolean
cc_purge_keep_removed (CcAct *act, gint64 record, GPtrArray *kinds, GError **error)
{
  for (guint i = 0; i < kinds->len; i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);
      g_autoptr (CcStatement) remove = NULL;
      g_autoptr (CcStatement) mark = NULL;

      remove =
          cc_connection_prepare (act->connection,
                                 "DELETE FROM identifier WHERE record = ?1 AND kind = ?2", error);
      mark = remove != NULL ? cc_connection_prepare (act->connection,
                                                     "INSERT INTO identifier VALUES"
                                                     " (?1, ?2, 0, '" CC_PURGED_MARK "', NULL)",
                                                     error)
                            : NULL;
      if (mark == NULL)
        return FALSE;
      cc_statement_bind_int64 (remove, 1, record);
      cc_statement_bind_text (remove, 2, kind);
      cc_statement_bind_int64 (mark, 1, record);
      cc_statement_bind_text (mark, 2, kind);
      if (!cc_statement_run (remove, error) || !cc_statement_run (mark, error))
        return FALSE;
    }
  return TRUE;
}
