/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-returns.h>

#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-record-list.h>

void
cc_return_free (CcReturn *self)
{
  if (self == NULL)
    return;
  g_free (self->file_name);
  g_free (self);
}

static CcReturn *
read_return (CcStatement *row)
{
  CcReturn *self = g_new0 (CcReturn, 1);

  self->state = (CcReturnState) cc_statement_int64 (row, 0);
  self->period.first = cc_read_day (row, 1);
  self->period.last = cc_read_day (row, 2);
  self->submission = cc_statement_int64 (row, 3);
  self->file_name = g_strdup (cc_statement_text (row, 4));
  self->received = cc_statement_int64 (row, 5);
  self->rows = cc_statement_int64 (row, 6);
  self->parked = cc_statement_int64 (row, 7);
  self->expected = cc_statement_int64 (row, 8);
  return self;
}

/**
 * Returns: (transfer full) (element-type CcReturn)
 */
GPtrArray *
cc_returns_list_periods (CcConnection *connection, gint64 entity, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_return_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  rows = cc_connection_prepare (
      connection,
      "SELECT * FROM (SELECT CASE WHEN s.state <> 'live' THEN 3 WHEN s.nil THEN 2 ELSE 1 END AS "
      "state,"
      "  s.first AS first, s.last AS last, s.id AS id, s.file_name, s.received AS received, "
      "s.rows, " CC_STILL_PARKED ","
      "  (SELECT min (x.id) FROM expected_return x WHERE x.entity = s.entity AND s.state = 'live'"
      "    AND s.first <= x.last AND s.last >= x.first)"
      " FROM submission s WHERE s.entity = ?1"
      " UNION ALL"
      " SELECT 0, x.first, x.last, 0, NULL, 0, 0, 0, x.id FROM expected_return x"
      " WHERE x.entity = ?1 AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.entity = x.entity"
      "  AND s.state = 'live' AND s.first <= x.last AND s.last >= x.first)"
      ") ORDER BY first IS NULL, first DESC, last DESC, received DESC, id",
      error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, entity);
  while ((ok = cc_statement_step (rows, &has_row, error)) && has_row)
    g_ptr_array_add (list, read_return (rows));
  return ok ? g_steal_pointer (&list) : NULL;
}

static gboolean
is_expected (CcAct *act, gint64 entity, CcInterval period, gboolean *expected, GError **error)
{
  g_autoptr (CcStatement) find = NULL;

  find = cc_connection_prepare (act->connection,
                                "SELECT 1 FROM expected_return WHERE entity = ?1 AND first = ?2"
                                " AND last = ?3",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, entity);
  cc_bind_day (find, 2, period.first);
  cc_bind_day (find, 3, period.last);
  return cc_statement_step (find, expected, error);
}

gboolean
cc_act_ensure_expected (CcAct *act, gint64 entity, CcInterval period, GError **error)
{
  gboolean expected;

  g_return_val_if_fail (cc_interval_is_known (period), FALSE);
  return is_expected (act, entity, period, &expected, error)
         && (expected || cc_act_expect_return (act, entity, period, error));
}

gboolean
cc_act_remove_expected (CcAct *act, gint64 expected, GError **error)
{
  g_autoptr (CcStatement) delete = NULL;
  char key[24];

  delete =
      cc_connection_prepare (act->connection, "DELETE FROM expected_return WHERE id = ?1", error);
  if (delete == NULL)
    return FALSE;
  cc_statement_bind_int64 (delete, 1, expected);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, expected);
  return cc_statement_run (delete, error)
         && cc_act_log (act, "expected_return", key, "expected", NULL, error);
}

gboolean
cc_act_update_entity (CcAct        *act,
                      gint64        entity,
                      const char   *name,
                      const CcCode *type,
                      GError      **error)
{
  g_autoptr (CcStatement) update = NULL;
  char key[24];

  g_return_val_if_fail (name != NULL, FALSE);
  if (*name == '\0')
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "An agency needs a name. Nothing was changed.");
      return FALSE;
    }
  update = cc_connection_prepare (act->connection,
                                  "UPDATE entity SET name = ?2, type = ?3 WHERE id = ?1", error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, entity);
  cc_statement_bind_text (update, 2, name);
  cc_bind_id (update, 3, type != NULL ? cc_case_file_code_id (act->file, type) : 0);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, entity);
  return cc_statement_run (update, error) && cc_act_log (act, "entity", key, NULL, name, error)
         && cc_connection_execute (act->connection,
                                   "INSERT OR IGNORE INTO dirty_cluster"
                                   " SELECT id FROM cluster WHERE state = 0",
                                   error);
}
