/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-finding-list.h>

#include "cc-record-table-private.h"

/* Findings about what still stands: neither of a delivery that was taken back nor of a record that
 * was withdrawn. */
#define FROM_LIVE                                                                                  \
  " FROM finding f LEFT JOIN submission s ON s.id = f.submission"                                  \
  " LEFT JOIN record r ON r.id = f.record"                                                         \
  " WHERE ifnull (s.state, 'live') = 'live' AND ifnull (r.state, 0) = 0"

void
cc_finding_group_free (CcFindingGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->severity);
  g_free (self);
}

void
cc_finding_row_free (CcFindingRow *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->severity);
  g_free (self->state);
  g_free (self->resolution);
  g_free (self->resolved_by);
  g_free (self->title);
  g_free (self->agency);
  g_free (self->file_name);
  g_free (self->sheet);
  g_free (self->value);
  g_free (self);
}

/**
 * Returns: (transfer full) (element-type CcFindingGroup)
 */
GPtrArray *
cc_finding_list_groups (CcConnection *connection, GError **error)
{
  static const char *const severities[] = { "note", "warning", "error" };
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_group_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  rows = cc_connection_prepare (
      connection,
      "SELECT f.rule, max (CASE f.severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END),"
      " sum (f.state = 'open'), sum (f.state <> 'open')" FROM_LIVE
      " GROUP BY f.rule ORDER BY sum (f.state = 'open') = 0, 2 DESC, 3 DESC, 1",
      error);
  if (rows == NULL)
    return NULL;
  while ((ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      CcFindingGroup *group = g_new0 (CcFindingGroup, 1);

      group->rule = g_strdup (cc_statement_text (rows, 0));
      group->severity = g_strdup (severities[cc_statement_int64 (rows, 1)]);
      group->n_open = cc_statement_int64 (rows, 2);
      group->n_settled = cc_statement_int64 (rows, 3);
      g_ptr_array_add (groups, group);
    }
  return ok ? g_steal_pointer (&groups) : NULL;
}

/**
 * Returns: (transfer full) (element-type gint64)
 */
GArray *
cc_finding_find (CcConnection *connection, const char *rule, gboolean settled, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;

  rows =
      cc_connection_prepare (connection,
                             "SELECT f.id" FROM_LIVE " AND f.rule = ?1 AND (f.state <> 'open') = ?2"
                             " ORDER BY f.submission, f.source_row, f.id",
                             error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_text (rows, 1, rule);
  cc_statement_bind_int64 (rows, 2, settled);
  return cc_statement_list_ids (rows, error);
}

static CcFindingRow *
read_row (CcCaseFile *file, CcStatement *statement)
{
  CcFindingRow *row = g_new0 (CcFindingRow, 1);

  row->id = cc_statement_int64 (statement, 0);
  row->rule = g_strdup (cc_statement_text (statement, 1));
  row->severity = g_strdup (cc_statement_text (statement, 2));
  row->state = g_strdup (cc_statement_text (statement, 3));
  row->resolution = g_strdup (cc_statement_text (statement, 4));
  row->resolved_by = g_strdup (cc_statement_text (statement, 5));
  row->record = cc_statement_int64 (statement, 6);
  row->submission = cc_statement_int64 (statement, 7);
  row->agency = g_strdup (cc_statement_text (statement, 8));
  row->file_name = g_strdup (cc_statement_text (statement, 9));
  row->sheet = g_strdup (cc_statement_text (statement, 10));
  row->row = cc_statement_int64 (statement, 11);
  row->variable = cc_case_file_variable_from_id (file, cc_statement_int64 (statement, 12));
  row->value = g_strdup (cc_statement_text (statement, 13));
  return row;
}

/**
 * Returns: (transfer full) (element-type CcFindingRow)
 */
GPtrArray *
cc_finding_read_rows (CcCaseFile   *file,
                      CcConnection *connection,
                      const gint64 *ids,
                      guint         n_ids,
                      GError      **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_row_free);
  g_autoptr (CcStatement) rows = NULL;

  /* What is said of a link is worked off where the person is. */
  rows = cc_connection_prepare (
      connection,
      "SELECT f.id, f.rule, f.severity, f.state, f.resolution, f.resolved_by,"
      " CASE r.unit WHEN 'VE' THEN (SELECT victim FROM victim_event WHERE record = r.id)"
      "  WHEN 'VS' THEN (SELECT victim FROM status_decision WHERE record = r.id)"
      "  WHEN 'AS' THEN (SELECT victim FROM assistance WHERE record = r.id)"
      "  WHEN 'RF' THEN (SELECT victim FROM referral WHERE record = r.id)"
      "  WHEN 'PR' THEN (SELECT perpetrator FROM perp_event WHERE record = r.id)"
      "  WHEN 'JS' THEN (SELECT perpetrator FROM justice_step WHERE record = r.id)"
      "  ELSE r.id END,"
      " f.submission, e.name, s.file_name, w.sheet, w.row, f.variable, f.value"
      " FROM finding f LEFT JOIN record r ON r.id = f.record"
      " LEFT JOIN submission s ON s.id = f.submission"
      " LEFT JOIN entity e ON e.id = ifnull (r.entity, s.entity)"
      " LEFT JOIN source_row w ON w.id = f.source_row WHERE f.id = ?1",
      error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      gboolean has_row;

      cc_statement_bind_int64 (rows, 1, ids[i]);
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        {
          CcFindingRow *row = read_row (file, rows);

          g_ptr_array_add (list, row);
          if (!cc_record_read_title (connection, row->record, &row->title, error))
            return NULL;
        }
      cc_statement_reset (rows);
    }
  return g_steal_pointer (&list);
}
