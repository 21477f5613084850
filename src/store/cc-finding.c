/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"
#include "cc-purge-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-finding.h>

void
cc_finding_free (CcFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->value);
  g_free (self->severity);
  g_free (self->state);
  g_free (self->resolved_by);
  g_free (self->resolution);
  g_free (self);
}

gboolean
cc_act_add_finding (CcAct *act, CcFinding *finding, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  if (!cc_act_needs_audit (act, error))
    return FALSE;
  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO finding (rule, record, source_row, submission, "
                                  "variable, value, severity)"
                                  /* What a raw row no longer says, a finding about it does not. */
                                  " VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?6 IS NOT NULL AND"
                                  " EXISTS (SELECT 1 FROM source_row w WHERE w.id = ?3"
                                  "  AND w.cells = '" CC_PURGED_CELLS "')"
                                  " THEN '" CC_PURGED_MARK "' ELSE ?6 END, ?7)",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, finding->rule);
  cc_bind_id (insert, 2, finding->record);
  cc_bind_id (insert, 3, finding->source_row);
  cc_bind_id (insert, 4, finding->submission);
  cc_bind_id (insert, 5,
              finding->variable != NULL ? cc_case_file_variable_id (act->file, finding->variable)
                                        : 0);
  cc_statement_bind_text (insert, 6, finding->value);
  cc_statement_bind_text (insert, 7, finding->severity);
  if (!cc_statement_run (insert, error))
    return FALSE;
  finding->id = cc_connection_last_id (act->connection);
  g_free (finding->state);
  finding->state = g_strdup ("open");
  return TRUE;
}

gboolean
cc_act_resolve_finding (CcAct      *act,
                        gint64      finding,
                        const char *state,
                        const char *resolution,
                        GError    **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *user = cc_case_file_get_user (act->file);
  char             key[24];

  update = cc_connection_prepare (act->connection,
                                  "UPDATE finding SET state = ?2, resolution = ?3, resolved_by = "
                                  "?4 WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, finding);
  cc_statement_bind_text (update, 2, state);
  cc_statement_bind_text (update, 3, resolution);
  cc_statement_bind_text (update, 4, user);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, finding);
  return cc_statement_run (update, error) && cc_act_log (act, "finding", key, "open", state, error);
}

gboolean
cc_act_clear_findings (CcAct      *act,
                       gint64      submission,
                       gint64      record,
                       const char *rule,
                       GError    **error)
{
  g_autoptr (CcStatement) delete = NULL;

  if (!cc_act_needs_audit (act, error))
    return FALSE;
  delete = cc_connection_prepare (act->connection,
                                  "DELETE FROM finding WHERE state = 'open' AND (?1 IS NULL OR "
                                  "submission = ?1)"
                                  " AND (?2 IS NULL OR record = ?2) AND (?3 IS NULL OR rule = ?3)",
                                  error);
  if (delete == NULL)
    return FALSE;
  cc_bind_id (delete, 1, submission);
  cc_bind_id (delete, 2, record);
  cc_statement_bind_text (delete, 3, rule);
  return cc_statement_run (delete, error);
}

static CcFinding *
read_finding (CcCaseFile *file, CcStatement *row)
{
  CcFinding *finding = g_new0 (CcFinding, 1);

  finding->id = cc_statement_int64 (row, 0);
  finding->rule = g_strdup (cc_statement_text (row, 1));
  finding->record = cc_statement_int64 (row, 2);
  finding->source_row = cc_statement_int64 (row, 3);
  finding->submission = cc_statement_int64 (row, 4);
  finding->variable = cc_dictionary_find_variable (file->dictionary, cc_statement_int64 (row, 5));
  finding->value = g_strdup (cc_statement_text (row, 6));
  finding->severity = g_strdup (cc_statement_text (row, 7));
  finding->state = g_strdup (cc_statement_text (row, 8));
  finding->resolved_by = g_strdup (cc_statement_text (row, 9));
  finding->resolution = g_strdup (cc_statement_text (row, 10));
  return finding;
}

static gboolean
read_findings (CcCaseFile   *file,
               CcConnection *connection,
               gint64        submission,
               gint64        record,
               const char   *state,
               GPtrArray    *findings,
               GError      **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows =
      cc_connection_prepare (connection,
                             "SELECT id, rule, record, source_row, submission, variable, value, "
                             "severity, state,"
                             " resolved_by, resolution FROM finding"
                             " WHERE (?1 IS NULL OR submission = ?1) AND (?2 IS NULL OR state = ?2)"
                             " AND (?3 IS NULL OR record = ?3) ORDER BY id",
                             error);
  if (rows == NULL)
    return FALSE;
  cc_bind_id (rows, 1, submission);
  cc_statement_bind_text (rows, 2, state);
  cc_bind_id (rows, 3, record);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (findings, read_finding (file, rows));
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type CcFinding) */
GPtrArray *
cc_finding_list (CcCaseFile *file, gint64 submission, const char *state, GError **error)
{
  g_autoptr (GPtrArray) findings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_free);
  CcConnection *connection;
  gboolean      ok;

  g_return_val_if_fail (file != NULL, NULL);
  connection = cc_case_file_acquire_reader (file, error);
  if (connection == NULL)
    return NULL;
  ok = read_findings (file, connection, submission, 0, state, findings, error);
  cc_case_file_release_reader (file, connection);
  return ok ? g_steal_pointer (&findings) : NULL;
}

/* Returns: (transfer full) (element-type CcFinding) */
GPtrArray *
cc_store_list_record_findings (CcCaseFile   *file,
                               CcConnection *connection,
                               gint64        record,
                               GError      **error)
{
  g_autoptr (GPtrArray) findings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_free);

  g_return_val_if_fail (file != NULL && connection != NULL && record != 0, NULL);
  return read_findings (file, connection, 0, record, NULL, findings, error)
             ? g_steal_pointer (&findings)
             : NULL;
}
