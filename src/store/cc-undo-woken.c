/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"
#include "cc-wake-private.h"

#include <string.h>

/* A record that a delivery brings back goes to the person it left, or into the one that this became
 * part of, or is a person of its own where somebody decided that it is not the same. What decided
 * that may be taken back later; then the record goes to where it would have come without it. */

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

static void
add_cluster (GHashTable *clusters, gint64 cluster)
{
  if (cluster > 0)
    g_hash_table_add (clusters, g_memdup2 (&cluster, sizeof cluster));
}

/* Those that one of them is part of by now. */
static gboolean
add_wholes (CcUndoPlan *self, GHashTable *clusters, GError **error)
{
  g_autoptr (GList) parts = g_hash_table_get_keys (clusters);
  g_autoptr (GArray) wholes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (GList *each = parts; each != NULL; each = each->next)
    for (gint64 whole = *(gint64 *) each->data; whole != 0;)
      {
        if (!get_with (self->connection, "SELECT merged_into FROM cluster WHERE id = ?1", whole,
                       &whole, error))
          return FALSE;
        g_array_append_val (wholes, whole);
      }
  for (guint i = 0; i < wholes->len; i++)
    add_cluster (clusters, g_array_index (wholes, gint64, i));
  return TRUE;
}

/* Returns: (transfer container): the clusters whose members or place the act changed */
static GHashTable *
list_clusters (CcUndoPlan *self, GError **error)
{
  g_autoptr (GHashTable) clusters =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CcUndoRow *row = g_ptr_array_index (self->rows, i);
      gint64           now;

      if (strcmp (row->table, "cluster") == 0)
        {
          add_cluster (clusters, get_number (row->key));
          add_cluster (clusters, get_number (cc_undo_cells_find (row->before, "merged_into")));
          add_cluster (clusters, get_number (cc_undo_cells_find (row->after, "merged_into")));
        }
      if (strcmp (row->table, "membership") != 0)
        continue;
      add_cluster (clusters, get_number (cc_undo_cells_find (row->before, "cluster")));
      add_cluster (clusters, get_number (cc_undo_cells_find (row->after, "cluster")));
      if (!get_with (self->connection, "SELECT cluster FROM membership WHERE id = ?1",
                     get_number (row->key), &now, error))
        return NULL;
      add_cluster (clusters, now);
    }
  if (!add_wholes (self, clusters, error))
    return NULL;
  return g_steal_pointer (&clusters);
}

/* Adds the records that were once in the cluster, and are somewhere since a later act. */
static gboolean
add_records (CcUndoPlan *self, gint64 cluster, GHashTable *records, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->connection,
                             "SELECT m.record FROM membership p JOIN membership m"
                             " ON m.record = p.record AND m.to_act IS NULL AND m.from_act > ?2"
                             " AND m.id > p.id WHERE p.cluster = ?1 AND p.to_act IS NOT NULL",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, cluster);
  cc_statement_bind_int64 (rows, 2, self->act->seq);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        add_cluster (records, cc_statement_int64 (rows, 0));
    }
  return TRUE;
}

/* Whether the record is where it is because of what is taken back: in a cluster that the act
 * touched, or in one of its own. */
static gboolean
came_by_act (CcUndoPlan *self,
             GHashTable *clusters,
             gint64      record,
             gint64      now,
             gboolean   *came,
             GError    **error)
{
  g_autoptr (CcStatement) others = NULL;
  gboolean has_row;

  *came = g_hash_table_contains (clusters, &now);
  if (*came)
    return TRUE;
  others =
      cc_connection_prepare (self->connection,
                             "SELECT 1 FROM membership WHERE cluster = ?1 AND record <> ?2 LIMIT 1",
                             error);
  if (others == NULL)
    return FALSE;
  cc_statement_bind_int64 (others, 1, now);
  cc_statement_bind_int64 (others, 2, record);
  if (!cc_statement_step (others, &has_row, error))
    return FALSE;
  *came = !has_row;
  return TRUE;
}

static gboolean
follow (CcUndoPlan *self, CcAct *act, GHashTable *clusters, gint64 record, GError **error)
{
  gint64   place;
  gint64   now;
  gboolean apart = FALSE;
  gboolean came = FALSE;

  if (!cc_wake_find_place (self->connection, record, act->seq, &place, error)
      || !get_with (self->connection,
                    "SELECT cluster FROM membership WHERE record = ?1 AND to_act IS NULL", record,
                    &now, error))
    return FALSE;
  if (place == now || place == 0)
    return TRUE;
  return came_by_act (self, clusters, record, now, &came, error)
         && (!came || cc_wake_is_kept_apart (self->connection, place, record, &apart, error))
         && (!came || apart
             || (cc_act_move_woken (act, record, now, place, error)
                 && cc_undo_mark_record (act, record, error)));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a;
  const gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gboolean
cc_undo_woken_follow (CcUndoPlan *self, CcAct *act, GError **error)
{
  g_autoptr (GHashTable) clusters = list_clusters (self, error);
  g_autoptr (GHashTable) records =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GList) ids = NULL;
  GHashTableIter iter;
  gpointer       cluster;

  if (clusters == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, clusters);
  while (g_hash_table_iter_next (&iter, &cluster, NULL))
    if (!add_records (self, *(gint64 *) cluster, records, error))
      return FALSE;
  ids = g_list_sort (g_hash_table_get_keys (records), compare_ids);
  for (GList *each = ids; each != NULL; each = each->next)
    if (!follow (self, act, clusters, *(gint64 *) each->data, error))
      return FALSE;
  return TRUE;
}
