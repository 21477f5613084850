/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"

#include <string.h>

/* Records are one person while they are members of one cluster. A cluster goes on as long as it has
 * members, and one that was joined into another has none. Rows that go back one by one know nothing
 * of the other members, so both are looked after here. */

static gint64
get_number (const char *literal)
{
  return literal != NULL ? g_ascii_strtoll (literal, NULL, 10) : 0;
}

static gboolean
get_with (CcConnection *connection, const char *sql, gint64 id, gint64 *value, GError **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  *value = 0;
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *value = has_row ? cc_statement_int64 (find, 0) : 0;
  return TRUE;
}

static const char *
get_before (CcUndoPlan *self, const char *table, const char *key, const char *column)
{
  const CcUndoRow *row = cc_undo_plan_find_row (self, table, key);

  return row != NULL ? cc_undo_cells_find (row->before, column) : NULL;
}

/* Whether the cluster is part of another once the rows went back. */
static gboolean
will_be_joined (CcUndoPlan *self, gint64 cluster, gboolean *joined, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, cluster);
  const char      *into = get_before (self, "cluster", key, "merged_into");
  gint64           now;

  *joined = into != NULL && strcmp (into, "NULL") != 0;
  if (into != NULL)
    return TRUE;
  if (!get_with (self->connection, "SELECT merged_into FROM cluster WHERE id = ?1", cluster, &now,
                 error))
    return FALSE;
  *joined = now != 0;
  return TRUE;
}

/* Whether the cluster was removed since: its number may be another's by now. */
static gboolean
was_removed (CcUndoPlan *self, const char *cluster, gint64 *later, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *later = 0;
  find = cc_connection_prepare (self->connection,
                                "SELECT seq, before IS NOT NULL AND after IS NULL FROM audit_change"
                                " WHERE tbl = '" CC_ROW_PREFIX "cluster' AND key = ?1 AND seq > ?2"
                                " AND " CC_CHANGE_INDEXED " ORDER BY seq DESC LIMIT 1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, cluster);
  cc_statement_bind_int64 (find, 2, self->act->seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row && cc_statement_int64 (find, 1) != 0)
    *later = cc_statement_int64 (find, 0);
  return TRUE;
}

/* A membership goes on again in a cluster that is part of another by now, or gone. */
static gboolean
check_membership (CcUndoPlan      *self,
                  const CcUndoRow *row,
                  CcUndoState     *state,
                  gint64          *other,
                  GError         **error)
{
  const char      *to = cc_undo_cells_find (row->before, "to_act");
  gint64           cluster = get_number (cc_undo_cells_find (row->before, "cluster"));
  gint64           removed = 0;
  gboolean         joined = FALSE;
  g_autofree char *key = NULL;

  /* Of a row that goes altogether, columns without a value are not kept. */
  if (row->before == NULL || (to == NULL ? row->after != NULL : strcmp (to, "NULL") != 0))
    return TRUE;
  if (cluster == 0
      && !get_with (self->connection, "SELECT cluster FROM membership WHERE id = ?1",
                    get_number (row->key), &cluster, error))
    return FALSE;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, cluster);
  if (!was_removed (self, key, &removed, error) || !will_be_joined (self, cluster, &joined, error))
    return FALSE;
  if (removed != 0)
    {
      *state = CC_UNDO_CHANGED;
      *other = removed;
    }
  if (removed != 0 || !joined)
    return TRUE;
  *state = CC_UNDO_CHANGED;
  return cc_undo_find_later (self->connection, self->act->seq, "cluster", key, other, error);
}

/* Whether a membership that goes on now does not any more once the rows went back. */
static gboolean
will_end (CcUndoPlan *self, const char *membership)
{
  const CcUndoRow *row = cc_undo_plan_find_row (self, "membership", membership);
  const char      *to = row != NULL ? cc_undo_cells_find (row->before, "to_act") : NULL;

  return row != NULL && (row->before == NULL || (to != NULL && strcmp (to, "NULL") != 0));
}

/* A cluster becomes part of another again, but somebody else came into it since. */
static gboolean
check_cluster (CcUndoPlan      *self,
               const CcUndoRow *row,
               CcUndoState     *state,
               gint64          *other,
               GError         **error)
{
  const char *into = cc_undo_cells_find (row->before, "merged_into");
  g_autoptr (CcStatement) members = NULL;
  gboolean has_row = TRUE;
  gboolean moved;

  if (into == NULL || strcmp (into, "NULL") == 0)
    return TRUE;
  members = cc_connection_prepare (self->connection,
                                   "SELECT id, from_act FROM membership"
                                   " WHERE cluster = ?1 AND to_act IS NULL ORDER BY id",
                                   error);
  if (members == NULL)
    return FALSE;
  cc_statement_bind_int64 (members, 1, get_number (row->key));
  while (has_row)
    {
      if (!cc_statement_step (members, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (!cc_undo_moves_has_row (self, cc_statement_text (members, 0), &moved, error))
        return FALSE;
      if (moved || will_end (self, cc_statement_text (members, 0)))
        continue;
      *state = CC_UNDO_CHANGED;
      if (cc_statement_int64 (members, 1) > self->act->seq)
        *other = cc_statement_int64 (members, 1);
      return TRUE;
    }
  return TRUE;
}

gboolean
cc_undo_persons_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  for (guint i = 0; *state == CC_UNDO_POSSIBLE && i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (row->table, "membership") == 0
          && !check_membership (self, row, state, other, error))
        return FALSE;
      if (strcmp (row->table, "cluster") == 0 && !check_cluster (self, row, state, other, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
settle_membership (CcAct *act, const CcUndoRow *row, GError **error)
{
  const char *const clusters[] = { cc_undo_cells_find (row->before, "cluster"),
                                   cc_undo_cells_find (row->after, "cluster") };
  gint64            now;

  for (guint i = 0; i < G_N_ELEMENTS (clusters); i++)
    if (clusters[i] != NULL && !cc_act_settle_cluster (act, get_number (clusters[i]), error))
      return FALSE;
  return get_with (act->connection, "SELECT cluster FROM membership WHERE id = ?1",
                   get_number (row->key), &now, error)
         && (now == 0 || cc_act_settle_cluster (act, now, error));
}

gboolean
cc_undo_persons_settle (CcUndoPlan *self, CcAct *act, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (row->table, "membership") == 0 && !settle_membership (act, row, error))
        return FALSE;
      if (strcmp (row->table, "cluster") == 0
          && !cc_act_settle_cluster (act, get_number (row->key), error))
        return FALSE;
    }
  return TRUE;
}
