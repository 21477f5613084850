/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"

/* What an import found about a record holds for the row that the record stands for. */

static gboolean
update (CcAct *act, const char *sql, gint64 record, gint64 source_row, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (act->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, record);
  cc_statement_bind_int64 (statement, 2, source_row);
  return cc_statement_run (statement, error);
}

gboolean
cc_said_turn_findings (CcAct *act, gint64 record, gint64 source_row, GError **error)
{
  return update (act,
                 "UPDATE finding SET state = 'superseded' WHERE record = ?1 AND state = 'open'"
                 " AND rule LIKE 'intake.%' AND source_row IS NOT ?2",
                 record, source_row, error)
         && update (act,
                    "UPDATE finding SET state = 'open' WHERE record = ?1 AND state = 'superseded'"
                    " AND rule LIKE 'intake.%' AND source_row IS ?2",
                    record, source_row, error);
}
