/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-value-private.h"

#include <string.h>

/* Which clusters must be counted anew when a record changes. A unit's own cluster; for a child, the
 * clusters of what it hangs on; and as persons take values from their events (forms, countries,
 * organised group) and events from their persons, both ends of a link. */

/* An import states a person and its event again with each child. Once marked in an act, clusters
 * stay marked until it ends, and whoever changes what a record belongs to marks both clusters
 * itself; so asking once for each record is enough.
 *
 * Returns: whether the id was remembered already; it is from now on */
static gboolean
remember (gint64 ids[CC_N_MARKED], gint64 id)
{
  gint64 *place = &ids[(guint64) id % CC_N_MARKED];

  if (*place == id)
    return TRUE;
  *place = id;
  return FALSE;
}

/* Marks the clusters that a query over one record id names. */
static gboolean
mark_query (CcAct *self, const char *sql, gint64 record, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row && !cc_act_mark_dirty (self, cc_statement_int64 (rows, 0), error))
        return FALSE;
    }
  /* What hangs on this row concerns the clusters just marked. */
  (void) remember (self->marked, record);
  return TRUE;
}

/* Marks the cluster a record is in now, if it is in one. */
gboolean
cc_act_mark_record_dirty (CcAct *self, gint64 record, GError **error)
{
  CcStatement *find = cc_act_statement (self, CC_SQL_CURRENT_CLUSTER, error);
  gboolean     has_row;
  gint64       cluster;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  cluster = has_row ? cc_statement_int64 (find, 0) : 0;
  cc_statement_reset (find);
  return cluster == 0 || cc_act_mark_dirty (self, cluster, error);
}

static gboolean
mark_event_persons (CcAct *self, gint64 event, GError **error)
{
  if (remember (self->marked_persons, event))
    return TRUE;
  return mark_query (self,
                     "SELECT m.cluster FROM victim_event l JOIN membership m"
                     " ON m.record = l.victim AND m.to_act IS NULL WHERE l.event = ?1",
                     event, error)
         && mark_query (self,
                        "SELECT m.cluster FROM perp_event l JOIN membership m"
                        " ON m.record = l.perpetrator AND m.to_act IS NULL WHERE l.event = ?1",
                        event, error);
}

static gboolean
mark_parent (CcAct *self, const char *unit, gint64 record, GError **error)
{
  const CcUnit *parent = cc_pack_find_unit (self->file->pack, unit);

  if (record == 0 || parent == NULL || remember (self->marked, record))
    return TRUE;
  if (cc_unit_is_clustered (parent))
    return cc_act_mark_record_dirty (self, record, error);
  /* A place hangs on a victim's row of an event. */
  return mark_query (self,
                     "SELECT m.cluster FROM victim_event l JOIN membership m"
                     " ON m.record IN (l.victim, l.event) AND m.to_act IS NULL"
                     " WHERE l.record = ?1",
                     record, error);
}

gboolean
cc_act_mark_affected (CcAct            *self,
                      const CcUnitPlan *plan,
                      gint64            record,
                      const gint64      parents[2],
                      gboolean          is_new,
                      GError          **error)
{
  if (plan->clustered)
    return (remember (self->marked, record) || cc_act_mark_record_dirty (self, record, error))
           && (is_new || strcmp (plan->unit->abbr, "EV") != 0
               || mark_event_persons (self, record, error));
  for (guint i = 0; i < MIN (plan->n_parents, 2); i++)
    {
      if (!mark_parent (self, plan->unit->parents[i], parents[i], error))
        return FALSE;
      if (parents[i] != 0 && strcmp (plan->unit->kind, "link") == 0
          && strcmp (plan->unit->parents[i], "event") == 0
          && !mark_event_persons (self, parents[i], error))
        return FALSE;
    }
  /* What hangs on this row concerns the clusters just marked. */
  (void) remember (self->marked, record);
  return TRUE;
}
