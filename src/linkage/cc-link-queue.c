/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <string.h>

static void
read_uuid (CcStatement *row, int column, guint8 uuid[16])
{
  gsize         size = 0;
  gconstpointer blob = cc_statement_blob (row, column, &size);

  memset (uuid, 0, 16);
  if (blob && size == 16)
    memcpy (uuid, blob, 16);
}

static CcLinkItem *
read_item (CcStatement *row)
{
  CcLinkItem *item = g_new0 (CcLinkItem, 1);

  item->proposal = cc_statement_int64 (row, 0);
  item->a = cc_statement_int64 (row, 1);
  item->b = cc_statement_int64 (row, 2);
  item->weight = cc_statement_double (row, 3);
  item->probability = cc_statement_double (row, 4);
  item->levels = (guint64) cc_statement_int64 (row, 5);
  item->cluster_a = cc_statement_int64 (row, 6);
  item->cluster_b = cc_statement_int64 (row, 7);
  read_uuid (row, 8, item->uuid_a);
  read_uuid (row, 9, item->uuid_b);
  item->undecided = cc_statement_int64 (row, 10) != 0;
  item->changed = cc_statement_int64 (row, 11) != 0;
  return item;
}

/**
 * cc_link_queue:
 * @low: least probability, inclusive
 * @high: greatest probability, inclusive
 *
 * The pairs that wait for a person: open proposals whose records are in two clusters.
 *
 * Returns: (transfer full) (element-type CcLinkItem): most probable first, ties by record; items a
 *   person could not decide come last
 */
GPtrArray *
cc_link_queue (CcCaseFile *file, const char *unit, double low, double high, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  const char   *kind = cc_link_get_kind (file, unit, error);
  CcConnection *reader = kind ? cc_case_file_acquire_reader (file, error) : NULL;
  CcStatement  *rows = NULL;
  gboolean      has_row = TRUE;
  gboolean      ok;

  if (!reader)
    return NULL;
  rows = cc_connection_prepare (
      reader,
      "SELECT p.id, p.a, p.b, p.weight, p.probability, p.levels, ma.cluster, mb.cluster,"
      " ra.uuid, rb.uuid,"
      " d.verdict IS 'undecided' AND d.source IS NOT 'accept-level',"
      " d.id IS NOT NULL AND d.source IS NOT 'accept-level'"
      "  AND (d.hash_a IS NOT ra.digest OR d.hash_b IS NOT rb.digest)"
      " FROM proposal p"
      " JOIN record ra ON ra.id = p.a JOIN record rb ON rb.id = p.b"
      " JOIN membership ma ON ma.record = p.a AND ma.to_act IS NULL"
      " JOIN membership mb ON mb.record = p.b AND mb.to_act IS NULL"
      " LEFT JOIN pair_decision d ON d.a = p.a AND d.b = p.b AND d.superseded_by IS NULL"
      " WHERE p.kind = ?1 AND p.state = 'open' AND p.probability >= ?2 AND p.probability <= ?3"
      " AND ma.cluster <> mb.cluster"
      " ORDER BY 11, p.probability DESC, p.weight DESC, p.a, p.b",
      error);
  ok = rows != NULL;
  if (ok)
    {
      cc_statement_bind_text (rows, 1, kind);
      cc_statement_bind_double (rows, 2, low);
      cc_statement_bind_double (rows, 3, high);
    }
  while (ok && has_row)
    {
      ok = cc_statement_step (rows, &has_row, error);
      if (ok && has_row)
        g_ptr_array_add (items, read_item (rows));
    }
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (file, reader);
  return ok ? g_steal_pointer (&items) : NULL;
}
