/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-record-list.h>

#include <string.h>

void
cc_parked_row_free (CcParkedRow *self)
{
  if (self == NULL)
    return;
  g_free (self->agency);
  g_free (self->file_name);
  g_free (self->sheet);
  g_free (self->reason);
  g_strfreev (self->cells);
  g_free (self);
}

/**
 * Rows of live deliveries that were set aside, by delivery (the newest first), sheet and row.
 *
 * submission: of this delivery alone; 0 = of all
 *
 * Returns: (transfer full) (element-type gint64): ids of the rows, or NULL with an error
 */
GArray *
cc_parked_list (CcConnection *connection, gint64 submission, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;

  rows = cc_connection_prepare (connection,
                                "SELECT r.id FROM source_row r"
                                " JOIN submission s ON s.id = r.submission"
                                " WHERE r.state = 'parked' AND s.state = 'live'" CC_NOT_ANSWERED
                                " AND (?1 = 0 OR r.submission = ?1)"
                                " ORDER BY r.submission DESC, r.sheet, r.row, r.id",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, submission);
  return cc_statement_list_ids (rows, error);
}

static gboolean
read_cells (CcConnection *connection, gint64 id, char ***cells, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT ifnull (c.value, '') FROM source_row r,"
                                " json_each (CASE WHEN json_valid (r.cells) THEN r.cells ELSE '[]' "
                                "END) c WHERE r.id = ?1"
                                " ORDER BY c.id",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, id);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (texts, g_strdup (cc_statement_text (rows, 0)));
    }
  g_ptr_array_add (texts, NULL);
  *cells = (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
  return TRUE;
}

/**
 * Reads source rows, in any state, with their cells as they arrived.
 *
 * Returns: (transfer full) (element-type CcParkedRow): those that exist, in the order of ids
 */
GPtrArray *
cc_parked_read_rows (CcConnection *connection, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) result =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_parked_row_free);
  g_autoptr (CcStatement) find = NULL;

  find = cc_connection_prepare (connection,
                                "SELECT r.submission, e.name, s.file_name, r.sheet, r.row, r.reason"
                                " FROM source_row r JOIN submission s ON s.id = r.submission"
                                " JOIN entity e ON e.id = s.entity WHERE r.id = ?1",
                                error);
  if (find == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      CcParkedRow *row;
      gboolean     has_row;

      cc_statement_bind_int64 (find, 1, ids[i]);
      if (!cc_statement_step (find, &has_row, error))
        return NULL;
      if (has_row)
        {
          row = g_new0 (CcParkedRow, 1);
          g_ptr_array_add (result, row);
          row->id = ids[i];
          row->submission = cc_statement_int64 (find, 0);
          row->agency = g_strdup (cc_statement_text (find, 1));
          row->file_name = g_strdup (cc_statement_text (find, 2));
          row->sheet = g_strdup (cc_statement_text (find, 3));
          row->row = cc_statement_int64 (find, 4);
          row->reason = g_strdup (cc_statement_text (find, 5));
          if (!read_cells (connection, row->id, &row->cells, error))
            return NULL;
        }
      cc_statement_reset (find);
    }
  return g_steal_pointer (&result);
}
