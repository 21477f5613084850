/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-row-image-private.h"

#include <string.h>

typedef struct
{
  CcConnection *connection;
  GHashTable   *acts;  /* gint64 keys, owned */
  gint64        since; /* earlier acts were about another record of that number */
} Life;

static void
add_act (Life *self, gint64 seq)
{
  if (seq >= self->since && !g_hash_table_contains (self->acts, &seq))
    g_hash_table_add (self->acts, g_memdup2 (&seq, sizeof seq));
}

/* Adds the acts that a query over one number names. */
static gboolean
add_query (Life *self, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, id);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row && !cc_statement_is_null (rows, 0))
        add_act (self, cc_statement_int64 (rows, 0));
    }
  return TRUE;
}

/* What is noted under a record's number, under its delivery, its decisions and its findings. */
static gboolean
add_record (Life *self, gint64 record, GError **error)
{
  static const char *const queries[] = {
    "SELECT seq FROM audit_change WHERE tbl IN ('record', 'membership', 'row:record', 'said')"
    " AND key = CAST (?1 AS TEXT) AND " CC_CHANGE_INDEXED,
    "SELECT c.seq FROM sqlite_master m CROSS JOIN audit_change c ON c.tbl = m.name"
    " AND c.key >= ?1 || ':' AND c.key < ?1 || ';'"
    " AND NOT (c.tbl = 'record' AND c.before IS NULL) WHERE m.type = 'table'",
    "SELECT c.seq FROM record r CROSS JOIN audit_change c ON c.tbl = 'submission'"
    " AND c.key = CAST (r.submission AS TEXT) AND NOT (c.tbl = 'record' AND c.before IS NULL)"
    " WHERE r.id = ?1",
    "SELECT act FROM pair_decision WHERE a = ?1",
    "SELECT act FROM pair_decision WHERE b = ?1",
    "SELECT c.seq FROM finding f CROSS JOIN audit_change c ON c.tbl = 'finding'"
    " AND c.key = CAST (f.id AS TEXT) AND NOT (c.tbl = 'record' AND c.before IS NULL)"
    " WHERE f.record = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!add_query (self, queries[i], record, error))
      return FALSE;
  return TRUE;
}

/* The literal of a column in a row as it was; NULL where it is not there. */
static char *
find_cell (const char *image, const char *column)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (image);

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (g_strcmp0 (cell->column, column) == 0)
        return g_strdup (cell->literal);
    }
  return NULL;
}

static gboolean
names_record (const char *image, gint64 record)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, record);
  g_autofree char *a = image != NULL ? find_cell (image, "a") : NULL;
  g_autofree char *b = image != NULL ? find_cell (image, "b") : NULL;

  return g_strcmp0 (a, number) == 0 || g_strcmp0 (b, number) == 0;
}

/* A decision that was taken back stands in no row any more, only in what is kept of the rows as
 * they were. */
static gboolean
add_decisions (Life *self, gint64 record, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT seq, before, after FROM audit_change"
                                " WHERE tbl = 'row:pair_decision' AND " CC_CHANGE_INDEXED
                                " AND (instr (before, ?1) > 0 OR instr (after, ?1) > 0)",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row
          && (names_record (cc_statement_text (rows, 1), record)
              || names_record (cc_statement_text (rows, 2), record)))
        add_act (self, cc_statement_int64 (rows, 0));
    }
  return TRUE;
}

/* A number that was given back by taking an act back is given out again: the life of the record
 * that has it now begins where its UUID came in. */
static gboolean
find_start (Life *self, gint64 record, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  g_autofree char *uuid = NULL;
  gboolean         has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT seq, after FROM audit_change WHERE tbl = 'row:record'"
                                " AND key = CAST (?1 AS TEXT) AND before IS NULL"
                                " AND " CC_CHANGE_INDEXED " ORDER BY seq DESC",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  while (has_row)
    {
      g_autofree char *other = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      other = find_cell (cc_statement_text (rows, 1), "uuid");
      if (uuid == NULL)
        uuid = g_strdup (other);
      if (g_strcmp0 (uuid, other) != 0)
        break;
      self->since = cc_statement_int64 (rows, 0);
    }
  return TRUE;
}

/* The records that hang on this one: links, decisions, steps ... */
static GArray *
list_children (CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CcStatement) tables = NULL;
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  tables = cc_connection_prepare (connection,
                                  "SELECT m.name, f.\"from\" FROM sqlite_master m,"
                                  " pragma_foreign_key_list (m.name) f WHERE m.type = 'table'"
                                  " AND f.\"table\" = 'record' AND f.\"from\" <> 'record'"
                                  " AND EXISTS (SELECT 1 FROM pragma_table_info (m.name) t"
                                  "  WHERE t.name = 'record' AND t.pk = 1) ORDER BY 1, 2",
                                  error);
  if (tables == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (tables, &has_row, error))
        return NULL;
      if (has_row)
        g_string_append_printf (sql, "%sSELECT record FROM \"%s\" WHERE \"%s\" = ?1",
                                sql->len > 0 ? " UNION " : "", cc_statement_text (tables, 0),
                                cc_statement_text (tables, 1));
    }
  if (sql->len == 0)
    return g_steal_pointer (&children);
  rows = cc_connection_prepare (connection, sql->str, error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, record);
  for (has_row = TRUE; has_row;)
    {
      gint64 child;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      child = has_row ? cc_statement_int64 (rows, 0) : 0;
      if (has_row)
        g_array_append_val (children, child);
    }
  return g_steal_pointer (&children);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CcHistoryAct *const *x = a;
  const CcHistoryAct *const *y = b;

  return ((*x)->seq < (*y)->seq) - ((*x)->seq > (*y)->seq);
}

static GPtrArray *
read_acts (Life *self, GError **error)
{
  g_autoptr (GPtrArray) acts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_act_free);
  GHashTableIter iter;
  gpointer       seq;

  g_hash_table_iter_init (&iter, self->acts);
  while (g_hash_table_iter_next (&iter, &seq, NULL))
    {
      CcHistoryAct *act = cc_history_get (self->connection, *(gint64 *) seq, error);

      if (act == NULL)
        return NULL;
      g_ptr_array_add (acts, act);
    }
  g_ptr_array_sort (acts, compare_newest_first);
  return g_steal_pointer (&acts);
}

GPtrArray *
cc_history_list_record (CcConnection *connection, gint64 record, GError **error)
{
  Life life = { connection, NULL, 0 };
  g_autoptr (GHashTable) acts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) children = NULL;

  life.acts = acts;
  if (!find_start (&life, record, error) || !add_record (&life, record, error)
      || !add_decisions (&life, record, error))
    return NULL;
  children = list_children (connection, record, error);
  for (guint i = 0; children != NULL && i < children->len; i++)
    if (!add_record (&life, g_array_index (children, gint64, i), error))
      return NULL;
  return children != NULL ? read_acts (&life, error) : NULL;
}
