/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* An act can be taken back while every row it changed is still as it left it, and nothing points to
 * a row that it made. */

static gboolean
find_seq (CcConnection *connection,
          const char   *sql,
          gint64        seq,
          const char   *table,
          const char   *key,
          gint64       *later,
          GError      **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, seq);
  cc_statement_bind_text (find, 2, table);
  cc_statement_bind_text (find, 3, key);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *later = MAX (*later, has_row ? cc_statement_int64 (find, 0) : 0);
  return TRUE;
}

gboolean
cc_undo_find_later (CcConnection *connection,
                    gint64        seq,
                    const char   *table,
                    const char   *key,
                    gint64       *later,
                    GError      **error)
{
  g_autofree char *rows = g_strconcat (CC_ROW_PREFIX, table, NULL);

  return find_seq (connection,
                   "SELECT max (seq) FROM audit_change WHERE tbl = ?2 AND key = ?3 AND seq > ?1"
                   " AND " CC_CHANGE_INDEXED,
                   seq, rows, key, later, error);
}

/* Acts that keep no rows (deliveries) name the records they change. */
static gboolean
find_later_about (CcUndoPlan *self, const CcUndoRow *row, gint64 *later, GError **error)
{
  static const char *const tables[] = { "record", "membership" };
  const char              *record = cc_undo_cells_find (row->after, "record");
  const CcRowLayout       *layout = cc_undo_plan_get_layout (self, row->table, error);

  if (layout == NULL
      || !cc_undo_find_later (self->connection, self->act->seq, row->table, row->key, later, error))
    return FALSE;
  if (record == NULL)
    record = cc_undo_cells_find (row->before, "record");
  if (record == NULL
      && (strcmp (row->table, "record") == 0
          || g_strcmp0 (g_ptr_array_index (layout->keys, 0), "record") == 0))
    record = ((const CcRowCell *) g_ptr_array_index (row->keys, 0))->literal;
  for (guint i = 0; record != NULL && *later == 0 && i < G_N_ELEMENTS (tables); i++)
    if (!find_seq (self->connection,
                   "SELECT max (seq) FROM audit_change WHERE tbl = ?2 AND key = ?3 AND seq > ?1"
                   " AND " CC_CHANGE_INDEXED,
                   self->act->seq, tables[i], record, later, error))
      return FALSE;
  return TRUE;
}

static gboolean
bind_keys (CcStatement *statement, int first, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (!cc_row_literal_bind (statement, first + (int) i,
                              ((const CcRowCell *) g_ptr_array_index (keys, i))->literal))
      return FALSE;
  return TRUE;
}

/* The row as it is now, as literals in the table's order; *now NULL where there is none. */
static gboolean
read_present (CcUndoPlan *self, const CcUndoRow *row, char **now, GError **error)
{
  const CcRowLayout *layout = cc_undo_plan_get_layout (self, row->table, error);
  g_autofree char   *columns = NULL;
  g_autofree char   *match = NULL;
  g_autofree char   *sql = NULL;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *now = NULL;
  if (layout == NULL)
    return FALSE;
  columns = cc_row_layout_quote_columns (layout, "");
  match = cc_row_layout_match_keys (layout, 1);
  sql = g_strdup_printf ("SELECT %s FROM \"%s\"%s", columns, row->table, match);
  find = cc_connection_prepare (self->connection, sql, error);
  if (find == NULL)
    return FALSE;
  if (layout->keys->len != row->keys->len || !bind_keys (find, 1, row->keys))
    return TRUE;
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *now = g_strdup (cc_statement_text (find, 0));
  return TRUE;
}

static gboolean
has_columns (const CcRowLayout *layout, const char *now, GPtrArray *wanted)
{
  g_autoptr (GPtrArray) present = cc_row_cells_parse (now);

  for (guint i = 0; i < wanted->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (wanted, i);
      gboolean         same = FALSE;

      for (guint j = 0; j < MIN (layout->columns->len, present->len); j++)
        if (strcmp (g_ptr_array_index (layout->columns, j), cell->column) == 0)
          same =
              strcmp (((const CcRowCell *) g_ptr_array_index (present, j))->literal, cell->literal)
              == 0;
      if (!same)
        return FALSE;
    }
  return TRUE;
}

/* Of a changed row only what the act changed must still be so. */
static gboolean
is_as_left (CcUndoPlan *self, const CcUndoRow *row, gboolean *same, GError **error)
{
  const CcRowLayout *layout = cc_undo_plan_get_layout (self, row->table, error);
  g_autofree char   *now = NULL;
  g_autofree char   *nothing = NULL;
  g_autofree char   *image = NULL;

  if (layout == NULL || !read_present (self, row, &now, error))
    return FALSE;
  if (row->after == NULL || now == NULL)
    *same = row->after == NULL && now == NULL;
  else if (row->before != NULL)
    *same = has_columns (layout, now, row->after);
  else
    {
      cc_row_layout_diff (layout, NULL, now, &nothing, &image);
      *same = g_strcmp0 (image, row->after_text) == 0;
    }
  return TRUE;
}

/* Whether what points to a row that goes will go as well, or point elsewhere again. */
static gboolean
lets_go (CcUndoPlan *self, const char *table, const char *key, const char *column)
{
  const CcUndoRow *row = cc_undo_plan_find_row (self, table, key);

  return row != NULL && (row->before == NULL || cc_undo_cells_find (row->before, column) != NULL);
}

typedef struct
{
  char *table;
  char *column;
} Pointer;

static void
free_pointer (gpointer data)
{
  Pointer *pointer = data;

  g_free (pointer->table);
  g_free (pointer->column);
  g_free (pointer);
}

static GPtrArray *
list_pointers (CcUndoPlan *self, const char *table, GError **error)
{
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (free_pointer);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT m.name, f.\"from\" FROM sqlite_master m,"
                                " pragma_foreign_key_list (m.name) f"
                                " WHERE m.type = 'table' AND f.\"table\" = ?1 ORDER BY 1, 2",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_text (rows, 1, table);
  while (has_row)
    {
      Pointer *pointer;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      pointer = g_new0 (Pointer, 1);
      pointer->table = g_strdup (cc_statement_text (rows, 0));
      pointer->column = g_strdup (cc_statement_text (rows, 1));
      g_ptr_array_add (pointers, pointer);
    }
  return g_steal_pointer (&pointers);
}

/* The act that made a row point here. Acts that keep no rows (deliveries) name in words what they
 * brought in: of those it is the first, for the later ones only put it aside. */
static gboolean
find_pointing (CcUndoPlan *self, const char *table, const char *key, gint64 *other, GError **error)
{
  return find_seq (self->connection,
                   "SELECT min (seq) FROM audit_change WHERE tbl = ?2 AND key = ?3 AND seq > ?1"
                   " AND " CC_CHANGE_INDEXED,
                   self->act->seq, table, key, other, error)
         && (*other != 0
             || cc_undo_find_later (self->connection, self->act->seq, table, key, other, error));
}

/* Looks for a row that would point to nothing. */
static gboolean
check_pointer (CcUndoPlan    *self,
               CcUndoRow     *row,
               const Pointer *pointer,
               CcUndoState   *state,
               gint64        *other,
               GError       **error)
{
  const CcRowLayout *layout = cc_undo_plan_get_layout (self, pointer->table, error);
  g_autofree char   *keys = NULL;
  g_autofree char   *sql = NULL;
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  if (layout == NULL)
    return FALSE;
  keys = cc_row_layout_quote_keys (layout, "");
  sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE \"%s\" = ?1", keys, pointer->table,
                         pointer->column);
  rows = cc_connection_prepare (self->connection, sql, error);
  if (rows == NULL)
    return FALSE;
  if (!bind_keys (rows, 1, row->keys))
    return TRUE;
  while (has_row)
    {
      gboolean stays = FALSE;
      gboolean lets;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      lets = lets_go (self, pointer->table, cc_statement_text (rows, 0), pointer->column);
      if (strcmp (pointer->table, "membership") == 0
          && !cc_undo_moves_has_row (self, cc_statement_text (rows, 0), &stays, error))
        return FALSE;
      if ((!lets || stays)
          && !cc_undo_moves_lets_go (self, row, pointer->table, cc_statement_text (rows, 0), &lets,
                                     error))
        return FALSE;
      if (lets)
        continue;
      *state = CC_UNDO_CHANGED;
      return find_pointing (self, pointer->table, cc_statement_text (rows, 0), other, error);
    }
  return TRUE;
}

static gboolean
check_pointers (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  g_autoptr (GHashTable) by_table =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  /* Of all that points to a row the first act counts: a delivery came before what was done with its
   * records. */
  for (guint i = 0; *state == CC_UNDO_POSSIBLE && i < self->rows->len; i++)
    {
      CcUndoRow *row = g_ptr_array_index (self->rows, i);
      GPtrArray *pointers = g_hash_table_lookup (by_table, row->table);

      if (row->before != NULL || row->keys->len != 1)
        continue;
      if (pointers == NULL)
        {
          pointers = list_pointers (self, row->table, error);
          if (pointers == NULL)
            return FALSE;
          g_hash_table_insert (by_table, row->table, pointers);
        }
      for (guint j = 0; j < pointers->len; j++)
        {
          gint64 found = 0;

          if (!check_pointer (self, row, g_ptr_array_index (pointers, j), state, &found, error))
            return FALSE;
          if (found != 0 && (*other == 0 || found < *other))
            *other = found;
        }
    }
  return TRUE;
}

static gboolean
check_rows (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  /* Of those that are not, one tells which act to take back first. */
  for (guint i = 0; *other == 0 && i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);
      gboolean         same = FALSE;

      if (!is_as_left (self, row, &same, error)
          || (!same && !cc_undo_moves_take (self, row, &same, other, error)))
        return FALSE;
      if (same)
        continue;
      *state = CC_UNDO_CHANGED;
      if (*other == 0 && !find_later_about (self, row, other, error))
        return FALSE;
    }
  return cc_undo_persons_check (self, state, other, error)
         && (*state != CC_UNDO_POSSIBLE || check_pointers (self, state, other, error));
}

gboolean
cc_undo_plan_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  *state = CC_UNDO_POSSIBLE;
  *other = self->act->undone_by;
  if (self->act->undone_by != 0)
    *state = CC_UNDO_UNDONE;
  else if (self->purged)
    *state = CC_UNDO_PURGED;
  /* What opening the file with a newer edition of its classification adds takes nothing away. */
  else if (g_str_equal (self->act->name, "pack")
           && (self->act->n_changes > 0 || self->act->has_images))
    *state = CC_UNDO_PACK;
  else if (self->left)
    *state = CC_UNDO_LEFT;
  else if (self->too_many)
    *state = CC_UNDO_NOT_KEPT;
  else if (self->way == CC_UNDO_BY_NOTHING)
    *state = CC_UNDO_NOTHING;
  else if (self->way == CC_UNDO_BY_DELIVERY && !cc_undo_delivery_check (self, state, other, error))
    return FALSE;
  else if (self->way == CC_UNDO_BY_ROWS && !check_rows (self, state, other, error))
    return FALSE;
  if (*state == CC_UNDO_CHANGED && *other != 0)
    *state = CC_UNDO_LATER;
  return TRUE;
}

gboolean
cc_history_check_undo (CcConnection *connection,
                       gint64        seq,
                       CcUndoState  *state,
                       gint64       *other,
                       GError      **error)
{
  GError *problem = NULL;
  g_autoptr (CcUndoPlan) plan = cc_undo_plan_new (connection, seq, &problem);
  gint64 ignored;

  if (other == NULL)
    other = &ignored;
  *other = 0;
  *state = CC_UNDO_NOT_FOUND;
  if (plan != NULL)
    return cc_undo_plan_check (plan, state, other, error);
  if (!g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return TRUE;
}

/* "number 12 (decide) of 2026-03-14" */
static char *
name_act (CcConnection *connection, gint64 seq, gboolean *delivery)
{
  g_autoptr (CcHistoryAct) act = cc_history_get (connection, seq, NULL);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *day = NULL;

  *delivery = act != NULL && g_str_equal (act->name, "import");
  if (act == NULL)
    return g_strdup_printf ("number %" G_GINT64_FORMAT, seq);
  time = g_date_time_new_from_unix_utc (act->time);
  day = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
  return g_strdup_printf ("number %" G_GINT64_FORMAT " (“%s”, %s UTC)", seq, act->name, day);
}

static gboolean
is_entity (CcConnection *connection, gint64 seq)
{
  g_autoptr (CcHistoryAct) act = cc_history_get (connection, seq, NULL);

  return act != NULL && g_str_equal (act->name, "entity");
}

char *
cc_undo_describe (CcConnection *connection, gint64 seq, CcUndoState state, gint64 other)
{
  gboolean         delivery = FALSE;
  g_autofree char *act = other != 0 ? name_act (connection, other, &delivery) : NULL;

  switch (state)
    {
    case CC_UNDO_NOT_FOUND:
      return g_strdup_printf ("The history of this case file has no act number %" G_GINT64_FORMAT
                              ". Nothing was changed.",
                              seq);
    case CC_UNDO_NOTHING:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " changed nothing that could be taken back.",
                              seq);
    case CC_UNDO_NOT_KEPT:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " changed too much at once to be taken back as a whole. Nothing was "
                              "changed.",
                              seq);
    case CC_UNDO_UNDONE:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " was taken back before, by act %s. Nothing was changed.",
                              seq, act != NULL ? act : "");
    case CC_UNDO_LATER:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " cannot be taken back, because act %s built on it. Nothing was "
                              "changed. %s",
                              seq, act != NULL ? act : "",
                              delivery && is_entity (connection, seq)
                                  ? "The rows of a delivery are kept even when it is taken back, "
                                    "so their agency stays."
                                  : "Take the later act back first.");
    case CC_UNDO_PURGED:
      return g_strdup_printf ("What act number %" G_GINT64_FORMAT
                              " changed was purged under a retention rule, so it cannot be taken "
                              "back. Nothing was changed.",
                              seq);
    case CC_UNDO_PACK:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " installed another classification. Nothing was changed. Install the "
                              "earlier one by a concordance the other way round, or bring back the "
                              "backup that was made before.",
                              seq);
    case CC_UNDO_LEFT:
      return g_strdup_printf ("Act number %" G_GINT64_FORMAT
                              " notes what was handed in. What has left cannot be taken back, and "
                              "the note of it stays.",
                              seq);
    case CC_UNDO_CHANGED:
      return g_strdup_printf ("What act number %" G_GINT64_FORMAT
                              " changed has been changed again since, so it cannot be taken back. "
                              "Nothing was changed.",
                              seq);
    case CC_UNDO_POSSIBLE:
    default:
      return NULL;
    }
}

gboolean
cc_history_can_undo (CcConnection *connection, gint64 seq, char **reason)
{
  CcUndoState state;
  gint64      other = 0;
  g_autoptr (GError) error = NULL;

  if (reason != NULL)
    *reason = NULL;
  if (cc_history_check_undo (connection, seq, &state, &other, &error))
    {
      if (reason != NULL)
        *reason = cc_undo_describe (connection, seq, state, other);
      return state == CC_UNDO_POSSIBLE;
    }
  if (reason != NULL)
    *reason = g_strdup (error->message);
  return FALSE;
}
