/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-seal-private.h"
#include "cc-undo-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static gboolean
fail_literal (GError **error)
{
  g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                       "The history does not say any more how the data were before this act, so it "
                       "cannot be taken back. Nothing was changed. Verify the case file.");
  return FALSE;
}

static gboolean
bind_cells (CcStatement *statement, int first, GPtrArray *cells, GError **error)
{
  for (guint i = 0; i < cells->len; i++)
    if (!cc_row_literal_bind (statement, first + (int) i,
                              ((const CcRowCell *) g_ptr_array_index (cells, i))->literal))
      return fail_literal (error);
  return TRUE;
}

static char *
list_columns (GPtrArray *cells, const char *format)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);
      g_autofree char *number = g_strdup_printf ("?%u", i + 1);

      if (i > 0)
        g_string_append (sql, ", ");
      for (const char *c = format; *c != '\0'; c++)
        if (*c == 'c')
          g_string_append_printf (sql, "\"%s\"", cell->column);
        else if (*c == 'n')
          g_string_append (sql, number);
        else
          g_string_append_c (sql, *c);
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
build_sql (const CcRowLayout *layout, const CcUndoRow *row)
{
  g_autofree char *first = row->before != NULL ? list_columns (row->before, "c = n") : NULL;
  g_autofree char *columns = row->before != NULL ? list_columns (row->before, "c") : NULL;
  g_autofree char *numbers = row->before != NULL ? list_columns (row->before, "n") : NULL;
  g_autofree char *match =
      cc_row_layout_match_keys (layout, row->before != NULL && row->after != NULL
                                            ? (int) row->before->len + 1
                                            : 1);

  if (row->before == NULL)
    return g_strdup_printf ("DELETE FROM \"%s\"%s", row->table, match);
  if (row->after == NULL)
    return g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (%s)", row->table, columns, numbers);
  return g_strdup_printf ("UPDATE \"%s\" SET %s%s", row->table, first, match);
}

/* Columns stand in the chain under their names; a name that is none in the table is no column. */
static gboolean
check_columns (const CcRowLayout *layout, const CcUndoRow *row, GError **error)
{
  if (layout->keys->len != row->keys->len)
    return fail_literal (error);
  for (guint i = 0; row->before != NULL && i < row->before->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (row->before, i);
      gboolean         known = FALSE;

      for (guint j = 0; j < layout->columns->len; j++)
        known = known || g_strcmp0 (cell->column, g_ptr_array_index (layout->columns, j)) == 0;
      if (!known)
        return fail_literal (error);
    }
  return TRUE;
}

static gboolean
restore_row (CcUndoPlan *self, CcAct *act, const CcUndoRow *row, GError **error)
{
  const CcRowLayout *layout = cc_undo_plan_get_layout (self, row->table, error);
  g_autofree char   *sql = NULL;
  g_autoptr (CcStatement) statement = NULL;
  gboolean moved;
  int      first = 1;

  if (layout == NULL || !check_columns (layout, row, error)
      || !cc_undo_moves_covers (self, row, &moved, error))
    return FALSE;
  if (moved || row->stays)
    return TRUE;
  sql = build_sql (layout, row);
  statement = cc_connection_prepare (act->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  if (row->before != NULL)
    {
      if (!bind_cells (statement, 1, row->before, error))
        return FALSE;
      first += (int) row->before->len;
    }
  if ((row->before == NULL || row->after != NULL)
      && !bind_cells (statement, first, row->keys, error))
    return FALSE;
  return cc_statement_run (statement, error);
}

/* An act may wake a record without a word, to write it, and withdraw it again: its words then say
 * that the record was live before, which it was not. */
static gboolean
is_true_again (CcAct *act, const CcHistoryChange *change, gboolean *is, GError **error)
{
  const gboolean withdrawn = g_strcmp0 (change->before, "withdrawn") == 0;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *is = TRUE;
  if (strcmp (change->table, "record") != 0 || change->key == NULL
      || (!withdrawn && g_strcmp0 (change->before, "live") != 0))
    return TRUE;
  find =
      cc_connection_prepare (act->connection, "SELECT state <> 0 FROM record WHERE id = ?1", error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, g_ascii_strtoll (change->key, NULL, 10));
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *is = !has_row || (cc_statement_int64 (find, 0) != 0) == withdrawn;
  return TRUE;
}

/* The same changes in words, the other way round and last first. */
static gboolean
log_words (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (GPtrArray) changes =
      self->act->n_changes > 0
          ? cc_history_list_changes (act->connection, self->act->seq, 0, 0, error)
          : g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_change_free);

  for (guint i = changes != NULL ? changes->len : 0; i > 0; i--)
    {
      const CcHistoryChange *change = g_ptr_array_index (changes, i - 1);
      gboolean               is;

      if (!is_true_again (act, change, &is, error))
        return FALSE;
      if (is && !cc_act_log (act, change->table, change->key, change->after, change->before, error))
        return FALSE;
    }
  return changes != NULL;
}

/* Last first: either the rows that the act made, which go, or all others. */
static gboolean
restore_some (CcUndoPlan *self, CcAct *act, gboolean made, GError **error)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i - 1);

      if ((row->before == NULL) == made && !restore_row (self, act, row, error))
        return FALSE;
    }
  return TRUE;
}

/* No two versions of a profile have one number, not even while they get back those they had. */
static gboolean
set_versions_aside (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (act->connection,
                             "UPDATE profile_version SET version = -version WHERE id = ?1", error);

  for (guint i = 0; update != NULL && i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (row->table, "profile_version") != 0 || row->before == NULL || row->after == NULL
          || cc_undo_cells_find (row->before, "version") == NULL)
        continue;
      if (!bind_cells (update, 1, row->keys, error) || !cc_statement_run (update, error))
        return FALSE;
    }
  return update != NULL;
}

/* Records that say less than what came, before or after they change back, are sealed as they then
 * are: names may have been removed since the act. */
static gboolean
seal_on (CcUndoPlan *self, CcAct *act, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (row->table, "record") == 0 && cc_undo_cells_find (row->before, "digest") != NULL
          && !cc_act_seal_on (act, g_ascii_strtoll (row->key, NULL, 10), error))
        return FALSE;
    }
  return TRUE;
}

/* What the act made goes first: what it made way for may need its place. */
static gboolean
restore_rows (CcUndoPlan *self, CcAct *act, GError **error)
{
  if (!cc_connection_execute (act->connection, "PRAGMA defer_foreign_keys = ON", error)
      || !cc_undo_mark (self, act, error) || !seal_on (self, act, error)
      || !restore_some (self, act, TRUE, error) || !set_versions_aside (self, act, error)
      || !restore_some (self, act, FALSE, error) || !cc_undo_moves_apply (self, act, error)
      || !cc_undo_persons_settle (self, act, error) || !seal_on (self, act, error))
    return FALSE;
  act->basis_entity = 0;
  return cc_undo_mark (self, act, error) && log_words (self, act, error)
         && cc_undo_woken_follow (self, act, error);
}

gboolean
cc_act_undo (CcAct *act, gint64 seq, GError **error)
{
  g_autoptr (CcUndoPlan) plan = NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autofree char *reason = NULL;
  CcUndoState      state;
  gint64           other = 0;

  g_return_val_if_fail (act != NULL, FALSE);
  if (!cc_act_needs_audit (act, error))
    return FALSE;
  plan = cc_undo_plan_new (act->connection, seq, error);
  if (plan == NULL || !cc_undo_plan_check (plan, &state, &other, error))
    return FALSE;
  reason = cc_undo_describe (act->connection, seq, state, other);
  if (reason != NULL)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED, reason);
      return FALSE;
    }
  return cc_act_log (act, CC_UNDO_TABLE, number, "done", "undone", error)
         && (plan->way == CC_UNDO_BY_ROWS ? restore_rows (plan, act, error)
                                          : cc_undo_delivery_apply (plan, act, error));
}

typedef struct
{
  gint64 seq;
  gint64 new_seq;
} Undo;

static gboolean
run_undo (CcAct *act, gpointer data, GError **error)
{
  Undo *undo = data;

  undo->new_seq = act->seq;
  return cc_act_undo (act, undo->seq, error);
}

gboolean
cc_history_undo (CcCaseFile   *file,
                 gint64        seq,
                 GCancellable *cancellable,
                 gint64       *new_seq,
                 GError      **error)
{
  Undo undo = { seq, 0 };

  g_return_val_if_fail (file != NULL, FALSE);
  if (!cc_case_file_act (file, "undo", run_undo, &undo, cancellable, error))
    return FALSE;
  if (new_seq != NULL)
    *new_seq = undo.new_seq;
  return TRUE;
}
