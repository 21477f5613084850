/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

/* Tables of some agencies only: what no record of theirs stands behind is not looked at. A person
 * keeps all values, also those of other agencies: the same person is the same in every table. */

static const char *
get_query (const CcCountPlan *self)
{
  switch (self->table->public.count)
    {
    case CC_COUNT_REGISTRATIONS:
      return "SELECT r.id FROM record r JOIN entity e ON e.id = r.entity"
             " WHERE r.state = 0 AND e.key = ?1";
    case CC_COUNT_RETURNS:
      return "SELECT id FROM q_return WHERE id IS NOT NULL AND agency = ?1";
    case CC_COUNT_VICTIMS:
    case CC_COUNT_PERPS:
    case CC_COUNT_EVENTS:
    default:
      return "SELECT m.cluster FROM membership m JOIN record r ON r.id = m.record"
             " JOIN entity e ON e.id = r.entity"
             " WHERE m.to_act IS NULL AND r.state = 0 AND e.key = ?1";
    }
}

/* Reads which facts the agencies asked for reported; without agencies nothing is read. */
gboolean
cc_count_load_known (CcCountPlan *self, GError **error)
{
  const char *const *agencies = self->options ? self->options->agencies : NULL;
  g_autoptr (CcStatement) rows = NULL;

  if (!agencies)
    return TRUE;
  rows = cc_connection_prepare (self->connection, get_query (self), error);
  if (!rows)
    return FALSE;
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; agencies[i]; i++)
    {
      gboolean has_row = TRUE;

      cc_statement_reset (rows);
      cc_statement_bind_text (rows, 1, agencies[i]);
      while (has_row)
        {
          gint64 id;

          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (!has_row)
            break;
          id = cc_statement_int64 (rows, 0);
          g_hash_table_add (self->known, g_memdup2 (&id, sizeof id));
        }
    }
  return TRUE;
}

gboolean
cc_count_is_known (const CcCountPlan *self, gint64 id)
{
  return !self->known || g_hash_table_contains (self->known, &id);
}
