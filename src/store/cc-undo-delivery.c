/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"
#include "cc-undo-private.h"

/* A delivery is taken back by withdrawing it and comes back by waking it: nothing it brought is
 * removed, so its rows need not be kept a second time. What that means for records that several
 * deliveries state is decided in cc-said-settle.c. */

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

gboolean
cc_undo_delivery_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error)
{
  g_autoptr (GArray) deliveries = list_deliveries (self, error);

  if (deliveries == NULL)
    return FALSE;
  for (guint i = 0; i < deliveries->len; i++)
    {
      const Delivery *delivery = &g_array_index (deliveries, Delivery, i);
      gboolean        live;

      if (!read_state (self->connection, delivery->id, &live, error))
        return FALSE;
      if (live == delivery->came)
        continue;
      *state = CC_UNDO_CHANGED;
      return find_later_key (self, "submission", delivery->id, other, error);
    }
  /* Neither is refused while the delivery is as the act left it: what other deliveries say of its
   * records stands beside it. */
  return TRUE;
}

gboolean
cc_undo_delivery_apply (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (GArray) deliveries = list_deliveries (self, error);

  if (deliveries == NULL)
    return FALSE;
  for (guint i = 0; i < deliveries->len; i++)
    {
      const Delivery *delivery = &g_array_index (deliveries, Delivery, i);

      if (!cc_said_turn (act, delivery->id, !delivery->came, self->act->seq, NULL, error))
        return FALSE;
    }
  return TRUE;
}
