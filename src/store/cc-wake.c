/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"
#include "cc-wake-private.h"

static gboolean
get_with (CcConnection *connection,
          const char   *sql,
          gint64        first,
          gint64        second,
          gint64       *value,
          GError      **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  *value = 0;
  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, first);
  if (second != 0)
    cc_statement_bind_int64 (statement, 2, second);
  if (!cc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *value = cc_statement_int64 (statement, 0);
  return TRUE;
}

static gboolean
run_with (CcConnection *connection, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, id);
  return cc_statement_run (statement, error);
}

/* ---- where it belongs ---- */

/* Each move is told in words, by its record. */
static gboolean
is_told (CcConnection *connection, gint64 record, gint64 seq, gboolean *told, GError **error)
{
  gint64 found;

  if (!get_with (connection,
                 "SELECT 1 FROM audit_change WHERE tbl = 'membership'"
                 " AND key = CAST (?1 AS TEXT) AND seq = ?2 AND " CC_CHANGE_INDEXED " LIMIT 1",
                 record, seq, &found, error))
    return FALSE;
  *told = found != 0;
  return TRUE;
}

/* Whether the act put the record there and stands. What was taken back is as if it had not been,
 * and a record that only followed what others did was not put anywhere. */
static gboolean
was_put (CcConnection *connection, gint64 record, gint64 seq, gboolean *put, GError **error)
{
  gint64 root;

  return is_told (connection, record, seq, put, error)
         && (!*put || cc_undo_stands (connection, seq, &root, put, error))
         && (!*put || root == seq || is_told (connection, record, root, put, error));
}

gboolean
cc_wake_was_moved (CcConnection *connection,
                   gint64        record,
                   gint64        seq,
                   gboolean     *moved,
                   GError      **error)
{
  gint64 undone = 0;

  if (!is_told (connection, record, seq, moved, error)
      || (*moved
          && !get_with (connection,
                        "SELECT 1 FROM audit_change WHERE tbl = '" CC_UNDO_TABLE "'"
                        " AND (key = CAST (?1 AS TEXT) OR (seq = ?1 AND n = 0))"
                        " AND " CC_CHANGE_INDEXED " LIMIT 1",
                        seq, 0, &undone, error)))
    return FALSE;
  *moved = *moved && undone == 0;
  return TRUE;
}

/* Whether the record began the cluster, as a person of its own, and others came to it. */
static gboolean
is_joined_by_others (CcConnection *connection,
                     gint64        record,
                     gint64        membership,
                     gint64        cluster,
                     gboolean     *joined,
                     GError      **error)
{
  gint64 others = 0;
  gint64 first;

  if (!get_with (connection, "SELECT min (id) FROM membership WHERE cluster = ?1", cluster, 0,
                 &first, error)
      || (first == membership
          && !get_with (connection,
                        "SELECT 1 FROM membership WHERE cluster = ?1 AND record <> ?2 LIMIT 1",
                        cluster, record, &others, error)))
    return FALSE;
  *joined = others != 0;
  return TRUE;
}

/* The cluster that somebody put it in last, or that it came with. */
static gboolean
find_origin (CcConnection *connection, gint64 record, gint64 seq, gint64 *origin, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT id, cluster, from_act FROM membership"
                             " WHERE record = ?1 AND to_act IS NULL"
                             " UNION ALL SELECT id, cluster, from_act FROM membership"
                             " WHERE record = ?1 AND to_act IS NOT NULL ORDER BY id DESC",
                             error);
  gboolean has_row = TRUE;
  gboolean there = FALSE;

  *origin = 0;
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, record);
  while (!there)
    {
      gint64 from;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      *origin = cc_statement_int64 (rows, 1);
      from = cc_statement_int64 (rows, 2);
      there = from == seq;
      if (!there
          && (!was_put (connection, record, from, &there, error)
              || (!there
                  && !is_joined_by_others (connection, record, cc_statement_int64 (rows, 0),
                                           *origin, &there, error))))
        return FALSE;
    }
  return TRUE;
}

gboolean
cc_wake_find_place (CcConnection *connection,
                    gint64        record,
                    gint64        seq,
                    gint64       *cluster,
                    GError      **error)
{
  gint64 next;

  if (!find_origin (connection, record, seq, &next, error))
    return FALSE;
  for (*cluster = next; next != 0;)
    {
      *cluster = next;
      if (!get_with (connection, "SELECT merged_into FROM cluster WHERE id = ?1", *cluster, 0,
                     &next, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
cc_wake_is_kept_apart (CcConnection *connection,
                       gint64        cluster,
                       gint64        record,
                       gboolean     *apart,
                       GError      **error)
{
  gint64 found;

  *apart = FALSE;
  if (!get_with (connection,
                 "SELECT 1 FROM membership m JOIN pair_decision d"
                 " ON d.a = min (m.record, ?2) AND d.b = max (m.record, ?2)"
                 " WHERE m.cluster = ?1 AND m.to_act IS NULL AND d.superseded_by IS NULL"
                 " AND d.verdict = 'different'",
                 cluster, record, &found, error))
    return FALSE;
  *apart = found != 0;
  return TRUE;
}

/* ---- coming back ---- */

static gboolean
enter (CcAct *self, gint64 record, gint64 cluster, GError **error)
{
  return run_with (self->connection, "UPDATE cluster SET state = 0 WHERE id = ?1", cluster, error)
         && cc_act_add_membership (self, record, cluster, 0, error)
         && cc_act_mark_dirty (self, cluster, error);
}

/* Where it was last, as a person of its own; 0: nowhere. */
static gboolean
find_own (CcAct *self, gint64 record, gint64 *cluster, GError **error)
{
  return get_with (self->connection,
                   "SELECT m.cluster FROM membership m JOIN cluster c ON c.id = m.cluster"
                   " AND c.merged_into IS NULL WHERE m.id ="
                   " (SELECT max (id) FROM membership WHERE record = ?1 AND to_act IS NOT NULL)"
                   " AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.cluster = m.cluster"
                   "  AND o.record <> ?1)",
                   record, 0, cluster, error);
}

gboolean
cc_act_wake_cluster (CcAct *self, gint64 record, const char *kind, GError **error)
{
  gint64   cluster;
  gboolean refused = FALSE;

  if (!cc_wake_find_place (self->connection, record, 0, &cluster, error)
      || (cluster != 0
          && !cc_wake_is_kept_apart (self->connection, cluster, record, &refused, error))
      || (refused && !find_own (self, record, &cluster, error)))
    return FALSE;
  return cluster != 0 ? enter (self, record, cluster, error)
                      : cc_act_start_cluster (self, record, kind, error);
}

gboolean
cc_act_resume_membership (CcAct      *self,
                          gint64      record,
                          const char *kind,
                          gint64      ended_by,
                          GError    **error)
{
  CcConnection *connection = self->connection;
  gint64        membership;
  gint64        cluster = 0;
  gint64        place = 0;
  gboolean      apart = FALSE;

  if (!get_with (connection, "SELECT max (id) FROM membership WHERE record = ?1 AND to_act = ?2",
                 record, ended_by, &membership, error)
      || !get_with (connection,
                    "SELECT cluster FROM membership m WHERE id = ?1 AND NOT EXISTS"
                    " (SELECT 1 FROM membership o WHERE o.record = m.record AND o.id > m.id)",
                    membership, 0, &cluster, error)
      || (cluster != 0 && !cc_wake_find_place (connection, record, 0, &place, error))
      || (place != 0 && !cc_wake_is_kept_apart (connection, place, record, &apart, error)))
    return FALSE;
  if (cluster == 0 || place != cluster || apart)
    return cc_act_wake_cluster (self, record, kind, error);
  return run_with (connection, "UPDATE membership SET to_act = NULL WHERE id = ?1", membership,
                   error)
         && run_with (connection, "UPDATE cluster SET state = 0 WHERE id = ?1", cluster, error)
         && cc_act_mark_dirty (self, cluster, error);
}
