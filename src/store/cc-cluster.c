/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-error.h>

/* Memberships are never overwritten: a change ends one row and adds another, so the history of a
 * person can be shown and taken back. */

gboolean
cc_act_add_membership (CcAct *self, gint64 record, gint64 cluster, gint64 decision, GError **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_MEMBERSHIP, error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, record);
  cc_statement_bind_int64 (insert, 2, cluster);
  cc_statement_bind_int64 (insert, 3, self->seq);
  if (decision != 0)
    cc_statement_bind_int64 (insert, 4, decision);
  else
    cc_statement_bind_null (insert, 4);
  return cc_statement_run (insert, error);
}

static gboolean
insert_cluster (CcAct *self, const char *kind, gint64 *cluster, GError **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_CLUSTER, error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, kind);
  if (!cc_statement_run (insert, error))
    return FALSE;
  *cluster = cc_connection_last_id (self->connection);
  return TRUE;
}

/* A new record is a person of its own until someone decides otherwise. */
gboolean
cc_act_start_cluster (CcAct *self, gint64 record, const char *kind, GError **error)
{
  gint64 cluster;

  return insert_cluster (self, kind, &cluster, error)
         && cc_act_add_membership (self, record, cluster, 0, error)
         && cc_act_mark_dirty (self, cluster, error);
}

static gboolean
run_with (CcAct *self, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, first);
  if (second != 0)
    cc_statement_bind_int64 (statement, 2, second);
  return cc_statement_run (statement, error);
}

/* A cluster goes on as long as it has members. */
gboolean
cc_act_settle_cluster (CcAct *self, gint64 cluster, GError **error)
{
  return run_with (self,
                   "UPDATE cluster SET state = NOT state WHERE id = ?1"
                   " AND (state = 0) <> EXISTS"
                   " (SELECT 1 FROM membership WHERE cluster = ?1 AND to_act IS NULL)",
                   cluster, 0, error);
}

/* Ends the membership of a record; a cluster without members ends, too. */
gboolean
cc_act_end_membership (CcAct *self, gint64 record, GError **error)
{
  const gint64 cluster = cc_act_find_cluster (self, record, error);
  CcStatement *end = cc_act_statement (self, CC_SQL_END_MEMBERSHIP, error);

  if (end == NULL || cluster < 0)
    return FALSE;
  if (cluster == 0)
    return TRUE;
  cc_statement_bind_int64 (end, 1, record);
  cc_statement_bind_int64 (end, 2, self->seq);
  return cc_statement_run (end, error)
         && run_with (self,
                      "UPDATE cluster SET state = 1 WHERE id = ?1 AND NOT EXISTS"
                      " (SELECT 1 FROM membership WHERE cluster = ?1 AND to_act IS NULL)",
                      cluster, 0, error)
         && cc_act_mark_dirty (self, cluster, error);
}

/**
 * The cluster that a record is in now.
 *
 * Returns: its id; 0 where the record is in none; -1 with an error set
 */
gint64
cc_act_find_cluster (CcAct *self, gint64 record, GError **error)
{
  CcStatement *find = cc_act_statement (self, CC_SQL_CURRENT_CLUSTER, error);
  gboolean     has_row;
  gint64       cluster;

  if (find == NULL)
    return -1;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return -1;
  cluster = has_row ? cc_statement_int64 (find, 0) : 0;
  cc_statement_reset (find);
  return cluster;
}

static char *
get_live_kind (CcAct *self, gint64 cluster, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (self->connection,
                                "SELECT kind FROM cluster WHERE id = ?1 AND state = 0", error);
  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, cluster);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (has_row)
    return g_strdup (cc_statement_text (find, 0));
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "This person or event has changed meanwhile: it was joined with another or "
                       "withdrawn. Nothing was changed. Look at it again and decide anew.");
  return NULL;
}

static GArray *
list_members (CcAct *self, gint64 cluster, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->connection,
                                "SELECT record FROM membership WHERE cluster = ?1 AND to_act IS "
                                "NULL ORDER BY record",
                                error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, cluster);
  while (has_row)
    {
      gint64 record;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      record = has_row ? cc_statement_int64 (rows, 0) : 0;
      if (has_row)
        g_array_append_val (members, record);
    }
  return g_steal_pointer (&members);
}

/* Moves one record and notes it in the chain. */
static gboolean
move (CcAct *self, gint64 record, gint64 from, gint64 to, gint64 decision, GError **error)
{
  CcStatement *end = cc_act_statement (self, CC_SQL_END_MEMBERSHIP, error);
  char         key[24];
  char         before[24];
  char         after[24];

  if (end == NULL)
    return FALSE;
  cc_statement_bind_int64 (end, 1, record);
  cc_statement_bind_int64 (end, 2, self->seq);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, record);
  g_snprintf (before, sizeof before, "%" G_GINT64_FORMAT, from);
  g_snprintf (after, sizeof after, "%" G_GINT64_FORMAT, to);
  return cc_statement_run (end, error) && cc_act_add_membership (self, record, to, decision, error)
         && cc_act_log (self, "membership", key, before, after, error);
}

/**
 * Moves a record that came back to where it would have come by now.
 */
gboolean
cc_act_move_woken (CcAct *self, gint64 record, gint64 from, gint64 to, GError **error)
{
  return move (self, record, from, to, 0, error) && cc_act_settle_cluster (self, from, error)
         && cc_act_settle_cluster (self, to, error) && cc_act_mark_dirty (self, from, error)
         && cc_act_mark_dirty (self, to, error);
}

/**
 * Joins two clusters of the same kind: the records of cluster_b move to cluster_a, and cluster_b
 * ends.
 *
 * decision: the pair decision that says so, 0 where there is none
 */
gboolean
cc_act_join (CcAct *self, gint64 cluster_a, gint64 cluster_b, gint64 decision, GError **error)
{
  g_autofree char *kind_a = NULL;
  g_autofree char *kind_b = NULL;
  g_autoptr (GArray) members = NULL;

  if (!cc_act_needs_audit (self, error))
    return FALSE;
  kind_a = get_live_kind (self, cluster_a, error);
  kind_b = kind_a != NULL ? get_live_kind (self, cluster_b, error) : NULL;
  if (kind_b == NULL)
    return FALSE;
  if (g_strcmp0 (kind_a, kind_b) != 0 || cluster_a == cluster_b)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "Only two different victims, two perpetrators or two events can be "
                           "joined. Nothing was changed.");
      return FALSE;
    }
  members = list_members (self, cluster_b, error);
  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    if (!move (self, g_array_index (members, gint64, i), cluster_b, cluster_a, decision, error))
      return FALSE;
  return run_with (self, "UPDATE cluster SET state = 1, merged_into = ?2 WHERE id = ?1", cluster_b,
                   cluster_a, error)
         && cc_act_mark_dirty (self, cluster_a, error)
         && cc_act_mark_dirty (self, cluster_b, error);
}

static gboolean
contains (GArray *members, gint64 record)
{
  for (guint i = 0; i < members->len; i++)
    if (g_array_index (members, gint64, i) == record)
      return TRUE;
  return FALSE;
}

/**
 * Splits a cluster: the records named get a new cluster of their own, the others stay. At least one
 * must stay.
 */
gboolean
cc_act_split (CcAct        *self,
              gint64        cluster,
              const gint64 *records,
              guint         n_records,
              gint64        decision,
              GError      **error)
{
  g_autofree char *kind = NULL;
  g_autoptr (GArray) members = NULL;
  gint64 fresh;

  if (!cc_act_needs_audit (self, error))
    return FALSE;
  kind = get_live_kind (self, cluster, error);
  members = kind != NULL ? list_members (self, cluster, error) : NULL;
  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < n_records; i++)
    if (!contains (members, records[i]))
      n_records = 0;
  if (n_records == 0 || n_records >= members->len)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "A split must take some records of this person or event and leave at "
                           "least one. Nothing was changed.");
      return FALSE;
    }
  if (!insert_cluster (self, kind, &fresh, error))
    return FALSE;
  for (guint i = 0; i < n_records; i++)
    if (!move (self, records[i], cluster, fresh, decision, error))
      return FALSE;
  return cc_act_mark_dirty (self, cluster, error) && cc_act_mark_dirty (self, fresh, error);
}
