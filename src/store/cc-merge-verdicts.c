/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"

#include <cc/store/cc-decision.h>

/* Sides are brought together by what each did to its persons, and that is not always what the
 * verdicts that stand afterwards say. Where it is not, they decide anew, as where somebody decides
 * in one file. */

static gboolean
list_pairs (CcStatement *rows, GArray *records, GError **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      gint64 pair[2];

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      pair[0] = cc_statement_int64 (rows, 0);
      pair[1] = cc_statement_int64 (rows, 1);
      g_array_append_vals (records, pair, 2);
    }
  return TRUE;
}

#define BARRED                                                                                     \
  "SELECT d.a, d.b FROM pair_decision d"                                                           \
  " JOIN membership x ON x.record = d.a AND x.to_act IS NULL"                                      \
  " JOIN membership y ON y.record = d.b AND y.to_act IS NULL"                                      \
  " WHERE d.superseded_by IS NULL AND d.verdict IN ('different', 'related')"                       \
  " AND x.cluster = y.cluster"

/* Records that are one, though it stands that they are not. */
static gboolean
list_barred (CcAct *act, GArray *records, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (act->connection, BARRED " ORDER BY d.a, d.b", error);

  return rows != NULL && list_pairs (rows, records, error);
}

static gboolean
list_barred_of (CcAct *act, GArray *group, GArray *records, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (act->connection, BARRED " AND d.a = ?1 ORDER BY d.b", error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < group->len; i++)
    {
      cc_statement_reset (rows);
      cc_statement_bind_int64 (rows, 1, g_array_index (group, gint64, i));
      if (!list_pairs (rows, records, error))
        return FALSE;
    }
  return TRUE;
}

/* Of the pairs judged those that are not as the verdict says, and those where a verdict gave way
 * that may have kept others apart or together. */
static gboolean
list_unmet (CcAct *act, GArray *judged, GArray *records, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (act->connection,
                             "SELECT d.a, d.b FROM pair_decision d"
                             " JOIN membership x ON x.record = d.a AND x.to_act IS NULL"
                             " JOIN membership y ON y.record = d.b AND y.to_act IS NULL"
                             " WHERE d.a = ?1 AND d.b = ?2 AND d.superseded_by IS NULL"
                             " AND ((d.verdict = 'same') <> (x.cluster = y.cluster)"
                             "  OR (d.verdict <> 'same' AND EXISTS (SELECT 1 FROM pair_decision p"
                             "   WHERE p.a = d.a AND p.b = d.b AND p.superseded_by IS NOT NULL)))",
                             error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i + 1 < judged->len; i += 2)
    {
      const gint64 a = g_array_index (judged, gint64, i);
      const gint64 b = g_array_index (judged, gint64, i + 1);

      cc_statement_reset (rows);
      cc_statement_bind_int64 (rows, 1, MIN (a, b));
      cc_statement_bind_int64 (rows, 2, MAX (a, b));
      if (!list_pairs (rows, records, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow (CcAct *act, GArray *records, GError **error)
{
  return records->len == 0
         || cc_act_follow_verdicts (act, NULL, (const gint64 *) (gpointer) records->data,
                                    records->len, NULL, error);
}

gboolean
cc_act_heed_verdicts (CcAct *act, GArray *judged, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));

  return list_unmet (act, judged, records, error) && follow (act, records, error);
}

gboolean
cc_act_part_barred (CcAct *act, GArray *group, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));

  return list_barred_of (act, group, records, error) && follow (act, records, error);
}

gboolean
cc_merge_follow_verdicts (CcMerge *self, GError **error)
{
  GError      *problem = NULL;
  const gint64 last =
      cc_connection_get_int64 (self->here, "SELECT max (id) FROM membership", 0, &problem);
  g_autoptr (CcStatement) moved = NULL;
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!list_barred (self->act, records, error)
      || !list_unmet (self->act, self->judged, records, error)
      || !follow (self->act, records, error))
    return FALSE;
  moved =
      cc_connection_prepare (self->here,
                             "SELECT count (*) FROM membership WHERE id > ?1 AND to_act IS NULL",
                             error);
  if (moved == NULL)
    return FALSE;
  cc_statement_bind_int64 (moved, 1, last);
  if (!cc_statement_step (moved, &has_row, error))
    return FALSE;
  self->result->persons += cc_statement_int64 (moved, 0);
  return TRUE;
}
