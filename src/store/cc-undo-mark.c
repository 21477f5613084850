/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"
#include "cc-value-private.h"

#include <string.h>

/* Which persons must be counted anew when rows go back to what they were. */

static gboolean
mark_query (CcAct *act, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (act->connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, id);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row && !cc_act_mark_dirty (act, cc_statement_int64 (rows, 0), error))
        return FALSE;
    }
  return TRUE;
}

/* Persons remember their events and events count their persons. */
static gboolean
mark_partners (CcAct *act, gint64 record, GError **error)
{
  static const char *const queries[] = {
    "SELECT m.cluster FROM membership m WHERE m.record = ?1 AND m.to_act IS NULL",
    "SELECT m.cluster FROM victim_event l JOIN membership m ON m.record = l.event"
    " AND m.to_act IS NULL WHERE l.victim = ?1",
    "SELECT m.cluster FROM victim_event l JOIN membership m ON m.record = l.victim"
    " AND m.to_act IS NULL WHERE l.event = ?1",
    "SELECT m.cluster FROM perp_event l JOIN membership m ON m.record = l.event"
    " AND m.to_act IS NULL WHERE l.perpetrator = ?1",
    "SELECT m.cluster FROM perp_event l JOIN membership m ON m.record = l.perpetrator"
    " AND m.to_act IS NULL WHERE l.event = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!mark_query (act, queries[i], record, error))
      return FALSE;
  return TRUE;
}

gboolean
cc_undo_mark_record (CcAct *act, gint64 id, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (act->connection, "SELECT 1 FROM record WHERE id = ?1", error);
  const CcUnitPlan *plan;
  gint64            parents[2];
  gboolean          has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  cc_statement_reset (find);
  if (!has_row)
    return TRUE;
  plan = cc_case_file_find_record_plan (act->file, act->connection, id, parents, error);
  return plan != NULL && cc_act_mark_affected (act, plan, id, parents, FALSE, error)
         && mark_partners (act, id, error);
}

static gint64
get_number (const char *literal)
{
  return literal != NULL ? g_ascii_strtoll (literal, NULL, 10) : 0;
}

static const char *
find_anywhere (const CcRowLayout *layout, const CcUndoRow *row, const char *column)
{
  const char *literal = cc_undo_cells_find (row->before, column);

  if (literal == NULL)
    literal = cc_undo_cells_find (row->after, column);
  for (guint i = 0; literal == NULL && i < MIN (layout->keys->len, row->keys->len); i++)
    if (strcmp (g_ptr_array_index (layout->keys, i), column) == 0)
      literal = ((const CcRowCell *) g_ptr_array_index (row->keys, i))->literal;
  return literal;
}

/* A cluster that a row names before, after or now. */
static gboolean
mark_clusters (CcAct *act, const CcUndoRow *row, GError **error)
{
  const char *const clusters[] = { cc_undo_cells_find (row->before, "cluster"),
                                   cc_undo_cells_find (row->after, "cluster") };

  for (guint i = 0; i < G_N_ELEMENTS (clusters); i++)
    if (get_number (clusters[i]) > 0 && !cc_act_mark_dirty (act, get_number (clusters[i]), error))
      return FALSE;
  if (strcmp (row->table, "cluster") == 0)
    return cc_act_mark_dirty (act, get_number (row->key), error);
  if (strcmp (row->table, "cluster_choice") == 0)
    return cc_act_mark_dirty (act, get_number (row->key), error);
  /* A membership that only began or ended names its cluster in the table. */
  if (strcmp (row->table, "membership") == 0)
    return mark_query (act, "SELECT cluster FROM membership WHERE id = ?1", get_number (row->key),
                       error)
           && mark_query (act,
                          "SELECT m.cluster FROM membership o JOIN membership m"
                          " ON m.record = o.record AND m.to_act IS NULL WHERE o.id = ?1",
                          get_number (row->key), error);
  return TRUE;
}

static gboolean
mark_membership_record (CcAct *act, const CcUndoRow *row, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;
  gint64   record;

  find =
      cc_connection_prepare (act->connection, "SELECT record FROM membership WHERE id = ?1", error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, get_number (row->key));
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  record = has_row ? cc_statement_int64 (find, 0) : 0;
  cc_statement_reset (find);
  return record == 0 || cc_undo_mark_record (act, record, error);
}

static gboolean
mark_row (CcUndoPlan *self, CcAct *act, const CcUndoRow *row, gint64 *last, GError **error)
{
  const CcRowLayout *layout = cc_undo_plan_get_layout (self, row->table, error);
  gint64             record;

  if (layout == NULL || !mark_clusters (act, row, error))
    return FALSE;
  if (strcmp (row->table, "membership") == 0 && !mark_membership_record (act, row, error))
    return FALSE;
  /* An agency's rights weigh on whoever it reported. */
  if (strcmp (row->table, "entity") == 0 && row->before != NULL && row->after != NULL)
    return cc_connection_execute (act->connection,
                                  "INSERT OR IGNORE INTO dirty_cluster"
                                  " SELECT id FROM cluster WHERE state = 0",
                                  error);
  record = get_number (strcmp (row->table, "record") == 0 ? row->key
                                                          : find_anywhere (layout, row, "record"));
  if (record <= 0 || record == *last)
    return TRUE;
  *last = record;
  return cc_undo_mark_record (act, record, error);
}

gboolean
cc_undo_mark (CcUndoPlan *self, CcAct *act, GError **error)
{
  gint64 last = 0;

  /* What was marked with the rows as they were says nothing of the rows as they are. */
  memset (act->marked, 0, sizeof act->marked);
  memset (act->marked_persons, 0, sizeof act->marked_persons);
  for (guint i = 0; i < self->rows->len; i++)
    if (!mark_row (self, act, g_ptr_array_index (self->rows, i), &last, error))
      return FALSE;
  return TRUE;
}
