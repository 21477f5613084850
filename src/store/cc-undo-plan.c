/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"
#include "cc-purge-private.h"
#include "cc-seal-private.h"

#include <string.h>

static void
free_row (gpointer data)
{
  CcUndoRow *row = data;

  g_free (row->table);
  g_free (row->key);
  g_ptr_array_unref (row->keys);
  g_clear_pointer (&row->before, g_ptr_array_unref);
  g_clear_pointer (&row->after, g_ptr_array_unref);
  g_free (row->after_text);
  g_free (row);
}

void
cc_undo_plan_free (CcUndoPlan *self)
{
  if (self == NULL)
    return;
  cc_history_act_free (self->act);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->layouts);
  g_hash_table_unref (self->moves);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
take_row (CcUndoPlan *self, CcStatement *source)
{
  CcUndoRow *row = g_new0 (CcUndoRow, 1);

  row->table = g_strdup (cc_statement_text (source, 0) + strlen (CC_ROW_PREFIX));
  row->key = g_strdup (cc_statement_text (source, 1));
  self->too_many = self->too_many || *row->table == '\0';
  row->keys = cc_row_cells_parse (row->key);
  if (!cc_statement_is_null (source, 2))
    row->before = cc_row_cells_parse (cc_statement_text (source, 2));
  if (!cc_statement_is_null (source, 3))
    row->after = cc_row_cells_parse (cc_statement_text (source, 3));
  row->after_text = g_strdup (cc_statement_text (source, 3));
  self->left = self->left || strcmp (row->table, "release") == 0;
  self->purged = self->purged || cc_statement_is_null (source, 4);
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_name, g_strdup_printf ("%s %s", row->table, row->key), row);
}

static gboolean
read_rows (CcUndoPlan *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT tbl, key, before, after, salt FROM audit_change"
                                " WHERE seq = ?1 AND n >= ?2 AND tbl <> '" CC_SEAL_TABLE
                                "' ORDER BY n",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, self->act->seq);
  cc_statement_bind_int64 (rows, 2, self->act->n_changes + (self->act->undoes != 0));
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        take_row (self, rows);
    }
  return TRUE;
}

static gboolean
names_delivery (CcUndoPlan *self, gboolean *names, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->connection,
                             "SELECT 1 FROM audit_change WHERE seq = ?1 AND tbl = 'submission'"
                             " LIMIT 1",
                             error);

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, self->act->seq);
  return cc_statement_step (find, names, error);
}

/* Returns: (transfer full): NULL with CC_ERROR_NOT_FOUND where there is no such act */
CcUndoPlan *
cc_undo_plan_new (CcConnection *connection, gint64 seq, GError **error)
{
  g_autoptr (CcUndoPlan) self = g_new0 (CcUndoPlan, 1);
  gboolean delivery = FALSE;

  self->connection = connection;
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->layouts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cc_row_layout_free);
  self->moves = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->act = cc_history_get (connection, seq, error);
  if (self->act == NULL)
    return NULL;
  self->purged = strcmp (self->act->name, CC_PURGE_ACT) == 0;
  if (self->act->has_images)
    {
      self->way = CC_UNDO_BY_ROWS;
      return read_rows (self, error) ? g_steal_pointer (&self) : NULL;
    }
  if (!names_delivery (self, &delivery, error))
    return NULL;
  self->way = delivery ? CC_UNDO_BY_DELIVERY : CC_UNDO_BY_NOTHING;
  return g_steal_pointer (&self);
}

/* Borrowed; NULL with an error. */
const CcRowLayout *
cc_undo_plan_get_layout (CcUndoPlan *self, const char *table, GError **error)
{
  CcRowLayout *layout = g_hash_table_lookup (self->layouts, table);

  if (layout != NULL)
    return layout;
  layout = cc_row_layout_read (self->connection, table, error);
  if (layout != NULL)
    g_hash_table_insert (self->layouts, g_strdup (table), layout);
  return layout;
}

const CcUndoRow *
cc_undo_plan_find_row (CcUndoPlan *self, const char *table, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s %s", table, key);

  return g_hash_table_lookup (self->by_name, name);
}

/* The literal of a column in a row as it was; NULL where the row does not mention it. */
const char *
cc_undo_cells_find (GPtrArray *cells, const char *column)
{
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (g_strcmp0 (cell->column, column) == 0)
        return cell->literal;
    }
  return NULL;
}
