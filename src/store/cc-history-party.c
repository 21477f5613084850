/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-history.h>
#include <cc/store/cc-retention.h>

/* Records as people recognise them without names, for acts about persons. */

void
cc_history_party_free (CcHistoryParty *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->agency);
  g_free (self);
}

CcHistoryParty *
cc_history_get_party (CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (CcHistoryParty) self = g_new0 (CcHistoryParty, 1);
  g_autoptr (CcStatement) find = cc_connection_prepare (
      connection,
      "SELECT e.name, (SELECT i.value FROM identifier i WHERE i.record = r.id AND i.seq = 0"
      "  AND i.kind IN ('agency_ref', 'case_no') AND i.value <> '" CC_PURGED_MARK "'"
      "  ORDER BY i.kind LIMIT 1)"
      " FROM record r LEFT JOIN entity e ON e.id = r.entity WHERE r.id = ?1",
      error);
  gboolean has_row = FALSE;

  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  self->record = record;
  if (has_row)
    {
      self->agency = g_strdup (cc_statement_text (find, 0));
      self->number = g_strdup (cc_statement_text (find, 1));
    }
  return g_steal_pointer (&self);
}

/* A membership that the act ended was one when it began; so was one that was put back since. */
GArray *
cc_history_list_members (CcConnection *connection, gint64 seq, gint64 person, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CcStatement) list =
      cc_connection_prepare (connection,
                             "SELECT DISTINCT record FROM membership WHERE cluster = ?1 AND "
                             "from_act < ?2"
                             " AND (to_act IS NULL OR to_act >= ?2) ORDER BY record",
                             error);
  gboolean has_row = FALSE;

  if (list == NULL)
    return NULL;
  cc_statement_bind_int64 (list, 1, person);
  cc_statement_bind_int64 (list, 2, seq);
  while (cc_statement_step (list, &has_row, error))
    {
      gint64 record;

      if (!has_row)
        return g_steal_pointer (&records);
      record = cc_statement_int64 (list, 0);
      g_array_append_val (records, record);
    }
  return NULL;
}
