/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>

/* A delivery is taken back by withdrawing it and comes back by waking it: nothing it brought is
 * removed, so its rows need not be kept a second time. */

typedef struct
{
  gint64   id;
  gboolean came; /* the act brought it or woke it; else it took it back */
} Delivery;

static gboolean
knows (GArray *deliveries, gint64 id)
{
  for (guint i = 0; i < deliveries->len; i++)
    if (g_array_index (deliveries, Delivery, i).id == id)
      return TRUE;
  return FALSE;
}

static GArray *
list_deliveries (CcUndoPlan *self, GError **error)
{
  g_autoptr (GArray) deliveries = g_array_new (FALSE, FALSE, sizeof (Delivery));
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT CAST (key AS INTEGER), after = 'withdrawn'"
                                " FROM audit_change WHERE seq = ?1 AND tbl = 'submission'"
                                " ORDER BY n",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, self->act->seq);
  while (has_row)
    {
      Delivery delivery;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      delivery.id = cc_statement_int64 (rows, 0);
      delivery.came = cc_statement_int64 (rows, 1) == 0;
      if (!knows (deliveries, delivery.id))
        g_array_append_val (deliveries, delivery);
    }
  return g_steal_pointer (&deliveries);
}

/* In *later the newest act after this one that changed what is noted under a number. */
static gboolean
find_later_key (CcUndoPlan *self, const char *table, gint64 key, gint64 *later, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (self->connection,
                                "SELECT max (seq) FROM audit_change WHERE tbl = ?1"
                                " AND key = CAST (?2 AS TEXT) AND seq > ?3 AND " CC_CHANGE_INDEXED,
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, table);
  cc_statement_bind_int64 (find, 2, key);
  cc_statement_bind_int64 (find, 3, self->act->seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *later = has_row ? cc_statement_int64 (find, 0) : 0;
  return TRUE;
}

/* Returns: in *live whether a delivery is live now */
static gboolean
read_state (CcConnection *connection, gint64 submission, gboolean *live, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT state = 'live' FROM submission WHERE id = ?1",
                             error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, submission);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *live = has_row && cc_statement_int64 (find, 0) != 0;
  return TRUE;
}

/* A record the act withdrew that came back by other means since. */
static gboolean
check_records (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (self->connection,
                                "SELECT CAST (c.key AS INTEGER) FROM audit_change c"
                                " LEFT JOIN record r ON r.id = CAST (c.key AS INTEGER)"
                                " WHERE c.seq = ?1 AND c.tbl = 'record' AND c.before = 'live'"
                                " AND c.after = 'withdrawn' AND r.state IS NOT 1 LIMIT 1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, self->act->seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *state = CC_UNDO_CHANGED;
  return find_later_key (self, "record", cc_statement_int64 (find, 0), other, error);
}

gboolean
cc_undo_delivery_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  g_autoptr (GArray) deliveries = list_deliveries (self, error);
  gboolean left = FALSE;

  if (deliveries == NULL)
    return FALSE;
  for (guint i = 0; i < deliveries->len; i++)
    {
      const Delivery *delivery = &g_array_index (deliveries, Delivery, i);
      gboolean        live;

      if (!read_state (self->connection, delivery->id, &live, error))
        return FALSE;
      left = left || !delivery->came;
      if (live == delivery->came)
        continue;
      *state = CC_UNDO_CHANGED;
      return find_later_key (self, "submission", delivery->id, other, error);
    }
  /* Taking a delivery back is never refused; bringing it back must find its records as they
   * were left. */
  return !left || check_records (self, state, other, error);
}

/* Records whose state the act changed, by id. */
static GArray *
list_records (CcUndoPlan *self, const char *before, const char *after, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;

  rows = cc_connection_prepare (self->connection,
                                "SELECT CAST (key AS INTEGER) FROM audit_change WHERE seq = ?1"
                                " AND tbl = 'record' AND before = ?2 AND after = ?3"
                                " ORDER BY n DESC",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, self->act->seq);
  cc_statement_bind_text (rows, 2, before);
  cc_statement_bind_text (rows, 3, after);
  return cc_statement_list_ids (rows, error);
}

static gboolean
wake_record (CcUndoPlan *self, CcAct *act, gint64 id, GError **error)
{
  g_autoptr (CcStatement) wake =
      cc_connection_prepare (act->connection,
                             "UPDATE record SET state = 0 WHERE id = ?1 AND state = 1", error);
  const CcUnitPlan *plan;
  gint64            parents[2];
  char              key[24];

  if (wake == NULL)
    return FALSE;
  cc_statement_bind_int64 (wake, 1, id);
  if (!cc_statement_run (wake, error))
    return FALSE;
  if (sqlite3_changes (act->connection->db) == 0)
    return TRUE;
  plan = cc_case_file_find_record_plan (act->file, act->connection, id, parents, error);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
  return plan != NULL
         && (!plan->clustered
             || cc_act_resume_membership (act, id, plan->unit->abbr, self->act->seq, error))
         && cc_act_mark_affected (act, plan, id, parents, FALSE, error)
         && cc_act_log (act, "record", key, "withdrawn", "live", error);
}

static gboolean
wake_delivery (CcAct *act, gint64 submission, GError **error)
{
  g_autoptr (CcStatement) wake =
      cc_connection_prepare (act->connection, "UPDATE submission SET state = 'live' WHERE id = ?1",
                             error);
  char key[24];

  if (wake == NULL)
    return FALSE;
  cc_statement_bind_int64 (wake, 1, submission);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, submission);
  return cc_statement_run (wake, error)
         && cc_act_log (act, "submission", key, "withdrawn", "live", error);
}

gboolean
cc_undo_delivery_apply (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (GArray) deliveries = list_deliveries (self, error);
  g_autoptr (GArray) asleep = list_records (self, "live", "withdrawn", error);
  g_autoptr (GArray) awake = NULL;

  if (asleep != NULL)
    awake = list_records (self, "withdrawn", "live", error);
  if (deliveries == NULL || asleep == NULL || awake == NULL)
    return FALSE;
  cc_capture_stop (cc_writer_get_capture (act->writer));
  for (guint i = 0; i < deliveries->len; i++)
    {
      const Delivery *delivery = &g_array_index (deliveries, Delivery, i);

      if (!(delivery->came ? cc_act_withdraw_submission (act, delivery->id, NULL, error)
                           : wake_delivery (act, delivery->id, error)))
        return FALSE;
    }
  /* What the act woke beside its delivery sleeps again; records of the delivery do so already. */
  for (guint i = 0; i < awake->len; i++)
    if (!cc_act_withdraw_record (act, g_array_index (awake, gint64, i), error))
      return FALSE;
  /* A replaced delivery gets the rows back that had vanished. */
  for (guint i = 0; i < asleep->len; i++)
    if (!wake_record (self, act, g_array_index (asleep, gint64, i), error))
      return FALSE;
  return TRUE;
}
