/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

guint
cc_link_count_clusters (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (CcStatement) count =
      cc_connection_prepare (connection,
                             "SELECT count (*) FROM cluster WHERE kind = ?1 AND state = 0", error);
  gboolean has_row;

  if (!count)
    return 0;
  cc_statement_bind_text (count, 1, kind);
  return cc_statement_step (count, &has_row, error) && has_row
             ? (guint) cc_statement_int64 (count, 0)
             : 0;
}

static gint64
find_root (GHashTable *parents, gint64 at)
{
  gint64 *up;

  while ((up = g_hash_table_lookup (parents, &at)) && *up != at)
    at = *up;
  return at;
}

static void
set_parent (GHashTable *parents, gint64 of, gint64 to)
{
  g_hash_table_replace (parents, g_memdup2 (&of, sizeof of), g_memdup2 (&to, sizeof to));
}

/* High: the clusters as they are. Low: those that open pairs connect taken as one. */
gboolean
cc_link_count_persons (CcConnection *connection,
                       const char   *kind,
                       CcLinkCounts *counts,
                       GError      **error)
{
  g_autoptr (CcStatement) open =
      cc_connection_prepare (connection,
                             "SELECT ma.cluster, mb.cluster FROM proposal p"
                             " JOIN membership ma ON ma.record = p.a AND ma.to_act IS NULL"
                             " JOIN membership mb ON mb.record = p.b AND mb.to_act IS NULL"
                             " WHERE p.kind = ?1 AND p.state = 'open'",
                             error);
  g_autoptr (GHashTable) parents =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GError  *problem = NULL;
  gboolean has_row = TRUE;

  if (!open)
    return FALSE;
  counts->clusters = cc_link_count_clusters (connection, kind, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  counts->persons_high = counts->clusters;
  counts->persons_low = counts->clusters;
  cc_statement_bind_text (open, 1, kind);
  while (has_row)
    {
      gint64 a;
      gint64 b;

      if (!cc_statement_step (open, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      a = find_root (parents, cc_statement_int64 (open, 0));
      b = find_root (parents, cc_statement_int64 (open, 1));
      if (a == b)
        continue;
      set_parent (parents, MAX (a, b), MIN (a, b));
      counts->persons_low--;
    }
  return TRUE;
}
