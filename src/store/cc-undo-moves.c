/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"

#include <string.h>

/* An act that put a record with a person made memberships, and these end and begin anew when
 * deliveries take the record away and bring it back. Where the record is then still with the person
 * that the act put it with, and nothing that stands has moved it since, the act can be taken back
 * all the same: not row by row, but by moving the record to where it was. */

typedef struct
{
  gint64 record;
  gint64 from;     /* the cluster where the act put it and where it is */
  gint64 to;       /* the one where it was before */
  gint64 decision; /* for which it was there, 0: none */
} Move;

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

static gboolean
run_with (CcConnection *connection, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, first);
  if (second != 0)
    cc_statement_bind_int64 (statement, 2, second);
  return cc_statement_run (statement, error);
}

/* The newest act after this one that moved the record and stands; 0: none. */
static gboolean
find_mover (CcUndoPlan *self, gint64 record, gint64 *mover, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->connection,
                             "SELECT DISTINCT seq FROM audit_change WHERE tbl = 'membership'"
                             " AND key = CAST (?1 AS TEXT) AND seq > ?2 AND " CC_CHANGE_INDEXED
                             " ORDER BY seq DESC",
                             error);
  gboolean has_row = TRUE;
  gboolean stands;
  gint64   own;
  gint64   root;

  *mover = 0;
  if (rows == NULL || !cc_undo_stands (self->connection, self->act->seq, &own, &stands, error))
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  cc_statement_bind_int64 (rows, 2, self->act->seq);
  while (*mover == 0 && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (!cc_undo_stands (self->connection, cc_statement_int64 (rows, 0), &root, &stands, error))
        return FALSE;
      if (stands && root != own)
        *mover = cc_statement_int64 (rows, 0);
    }
  return TRUE;
}

/* ---- what the act did ---- */

/* What a membership was about, which no act changes. */
static gboolean
read_membership (CcUndoPlan      *self,
                 const CcUndoRow *row,
                 const char      *column,
                 gint64          *value,
                 GError         **error)
{
  const char      *literal = cc_undo_cells_find (row->before, column);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM membership WHERE id = ?1", column);

  if (literal == NULL)
    literal = cc_undo_cells_find (row->after, column);
  *value = get_number (literal);
  /* A new row, or one that went, is kept with all that it said. */
  if (literal != NULL || row->before == NULL || row->after == NULL)
    return TRUE;
  return get_with (self->connection, sql, get_number (row->key), value, error);
}

/* Whether a membership went on at that side of the act; other: the row at the other side. */
static gboolean
goes_on (GPtrArray *cells, GPtrArray *other)
{
  const char *to = cc_undo_cells_find (cells, "to_act");

  if (cells == NULL)
    return FALSE;
  return to != NULL ? strcmp (to, "NULL") == 0 : other == NULL;
}

/* Where the act found the record and where it left it. */
static gboolean
read_move (CcUndoPlan *self, Move *move, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);
      gint64           record;

      if (strcmp (row->table, "membership") != 0)
        continue;
      if (!read_membership (self, row, "record", &record, error))
        return FALSE;
      if (record != move->record)
        continue;
      if (goes_on (row->after, row->before)
          && !read_membership (self, row, "cluster", &move->from, error))
        return FALSE;
      if (goes_on (row->before, row->after)
          && (!read_membership (self, row, "cluster", &move->to, error)
              || !read_membership (self, row, "decision", &move->decision, error)))
        return FALSE;
    }
  return TRUE;
}

/* The act that joined a cluster with another after this one; 0: none that stands. */
static gboolean
find_join (CcUndoPlan *self, gint64 cluster, gint64 *join, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, cluster);
  gboolean         stands = FALSE;
  gint64           into;
  gint64           root;
  gint64           later = 0;

  if (!get_with (self->connection, "SELECT merged_into FROM cluster WHERE id = ?1", cluster, &into,
                 error)
      || (into != 0
          && (!cc_undo_find_later (self->connection, self->act->seq, "cluster", key, &later, error)
              || (later != 0 && !cc_undo_stands (self->connection, later, &root, &stands, error)))))
    return FALSE;
  *join = stands ? later : 0;
  return TRUE;
}

/* The act that took the record out of the counts, where it is not in them. */
static gboolean
find_leaving (CcUndoPlan *self, gint64 record, gint64 *leaving, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->connection,
                             "SELECT max (seq) FROM audit_change WHERE tbl = 'record'"
                             " AND key = CAST (?1 AS TEXT) AND seq > ?2 AND after = 'withdrawn'"
                             " AND " CC_CHANGE_INDEXED,
                             error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, record);
  cc_statement_bind_int64 (find, 2, self->act->seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *leaving = has_row ? cc_statement_int64 (find, 0) : 0;
  return TRUE;
}

gboolean
cc_undo_moves_take (CcUndoPlan      *self,
                    const CcUndoRow *row,
                    gboolean        *taken,
                    gint64          *other,
                    GError         **error)
{
  Move   move = { 0 };
  gint64 now;

  *taken = FALSE;
  if (strcmp (row->table, "membership") != 0)
    return TRUE;
  if (!read_membership (self, row, "record", &move.record, error))
    return FALSE;
  *taken = g_hash_table_contains (self->moves, &move.record);
  if (*taken || move.record == 0)
    return TRUE;
  if (!find_mover (self, move.record, other, error) || !read_move (self, &move, error))
    return FALSE;
  if (*other != 0 || move.from == 0 || move.to == 0)
    return TRUE;
  if (!get_with (self->connection,
                 "SELECT cluster FROM membership WHERE record = ?1 AND to_act IS NULL", move.record,
                 &now, error))
    return FALSE;
  if (now == 0)
    return find_leaving (self, move.record, other, error);
  if (now != move.from)
    return find_join (self, move.from, other, error);
  *taken = TRUE;
  g_hash_table_insert (self->moves, g_memdup2 (&move.record, sizeof move.record),
                       g_memdup2 (&move, sizeof move));
  return TRUE;
}

gboolean
cc_undo_moves_has_row (CcUndoPlan *self, const char *membership, gboolean *has, GError **error)
{
  gint64 record;

  *has = FALSE;
  if (g_hash_table_size (self->moves) == 0)
    return TRUE;
  if (!get_with (self->connection, "SELECT record FROM membership WHERE id = ?1",
                 get_number (membership), &record, error))
    return FALSE;
  *has = g_hash_table_contains (self->moves, &record);
  return TRUE;
}

gboolean
cc_undo_moves_covers (CcUndoPlan *self, const CcUndoRow *row, gboolean *covers, GError **error)
{
  gint64 record;

  *covers = FALSE;
  if (g_hash_table_size (self->moves) == 0 || strcmp (row->table, "membership") != 0)
    return TRUE;
  if (!read_membership (self, row, "record", &record, error))
    return FALSE;
  *covers = g_hash_table_contains (self->moves, &record);
  return TRUE;
}

/* ---- what past memberships point to ---- */

/* Whether a membership is past, and nothing that stands put the record there. */
static gboolean
is_past (CcUndoPlan *self, gint64 membership, gboolean *past, GError **error)
{
  gint64   from;
  gint64   root;
  gboolean stands;
  g_autoptr (CcHistoryAct) act = NULL;

  *past = FALSE;
  if (!get_with (self->connection,
                 "SELECT from_act FROM membership WHERE id = ?1 AND to_act IS NOT NULL", membership,
                 &from, error))
    return FALSE;
  act = from != 0 ? cc_history_get (self->connection, from, error) : NULL;
  if (act == NULL)
    return from == 0;
  if (!cc_undo_stands (self->connection, from, &root, &stands, error))
    return FALSE;
  /* A delivery only brings records back to where others put them. */
  *past = !stands || !act->has_images;
  return TRUE;
}

/* Whether a cluster is part of it because the split that made that one was taken back. */
static gboolean
is_retired (CcUndoPlan *self, const char *cluster, gboolean *retired, GError **error)
{
  gint64   later = 0;
  gint64   root;
  gboolean stands = TRUE;

  if (!cc_undo_find_later (self->connection, self->act->seq, "cluster", cluster, &later, error)
      || (later != 0 && !cc_undo_stands (self->connection, later, &root, &stands, error)))
    return FALSE;
  *retired = !stands;
  return TRUE;
}

gboolean
cc_undo_moves_lets_go (CcUndoPlan *self,
                       CcUndoRow  *row,
                       const char *table,
                       const char *key,
                       gboolean   *lets,
                       GError    **error)
{
  const gboolean is_cluster = strcmp (row->table, "cluster") == 0;

  *lets = FALSE;
  if (strcmp (table, "membership") == 0)
    {
      if (!cc_undo_moves_has_row (self, key, lets, error)
          || (!*lets && !is_past (self, get_number (key), lets, error)))
        return FALSE;
    }
  else if (strcmp (table, "cluster") == 0 && is_cluster && !is_retired (self, key, lets, error))
    return FALSE;
  /* Where it was stays told, why is forgotten with the decision. */
  row->stays = row->stays || (*lets && is_cluster);
  self->let_go = self->let_go || *lets;
  return TRUE;
}

/* It goes on in the cluster that it was split from. */
static gboolean
retire (CcUndoPlan *self, CcAct *act, const CcUndoRow *row, GError **error)
{
  const gint64 cluster = get_number (row->key);
  gint64       into = 0;

  for (guint i = 0; into == 0 && i < self->rows->len; i++)
    {
      const CcUndoRow *member = g_ptr_array_index (self->rows, i);
      Move             move = { 0 };

      if (strcmp (member->table, "membership") != 0 || !goes_on (member->after, member->before))
        continue;
      if (!read_membership (self, member, "record", &move.record, error)
          || !read_move (self, &move, error))
        return FALSE;
      into = move.from == cluster ? move.to : 0;
    }
  return run_with (act->connection,
                   "UPDATE cluster SET state = 1, merged_into = nullif (ifnull (?2, 0), 0)"
                   " WHERE id = ?1",
                   cluster, into, error);
}

/* ---- taking back ---- */

static gboolean
move_back (CcAct *act, const Move *move, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  if (!run_with (act->connection,
                 "UPDATE membership SET to_act = ?2 WHERE record = ?1 AND to_act IS NULL",
                 move->record, act->seq, error))
    return FALSE;
  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO membership (record, cluster, from_act, decision)"
                                  " VALUES (?1, ?2, ?3,"
                                  " (SELECT id FROM pair_decision WHERE id = ?4))",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, move->record);
  cc_statement_bind_int64 (insert, 2, move->to);
  cc_statement_bind_int64 (insert, 3, act->seq);
  cc_statement_bind_int64 (insert, 4, move->decision);
  return cc_statement_run (insert, error) && cc_act_settle_cluster (act, move->from, error)
         && cc_act_settle_cluster (act, move->to, error);
}

static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *x = a;
  const Move *y = b;

  return (x->record > y->record) - (x->record < y->record);
}

gboolean
cc_undo_moves_apply (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (GList) moves = g_list_sort (g_hash_table_get_values (self->moves), compare_moves);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);

      if (row->stays && !retire (self, act, row, error))
        return FALSE;
    }
  for (GList *each = moves; each != NULL; each = each->next)
    if (!move_back (act, each->data, error))
      return FALSE;
  return (moves == NULL && !self->let_go)
         || cc_connection_execute (act->connection,
                                   "UPDATE membership SET decision = NULL"
                                   " WHERE to_act IS NOT NULL AND decision IS NOT NULL"
                                   " AND decision NOT IN (SELECT id FROM pair_decision)",
                                   error);
}
