/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

/* The row's person, or event, or the source row alone where it waits. */
static gint64
main_record (CcImportRow *row)
{
  CcRecord *record = row->parked ? NULL : cc_import_row_get (row, row->table->unit);

  return record ? record->id : 0;
}

static gboolean
supersede (CcImportJob *job, gint64 record, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "UPDATE finding SET state = 'superseded' WHERE record = ?1 AND state "
                             "= 'open' AND rule LIKE 'intake.%'",
                             error);

  if (!update)
    return FALSE;
  cc_statement_bind_int64 (update, 1, record);
  return cc_statement_run (update, error);
}

static gboolean
insert_finding (CcImportJob        *job,
                CcImportRow        *row,
                gint64              record,
                const CcRowFinding *finding,
                GError            **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "INSERT INTO finding (rule, record, source_row, submission, variable, "
                             "value, severity) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                             error);

  if (!insert)
    return FALSE;
  cc_statement_bind_text (insert, 1, finding->rule);
  if (record)
    cc_statement_bind_int64 (insert, 2, record);
  else
    cc_statement_bind_null (insert, 2);
  cc_statement_bind_int64 (insert, 3, row->source_row);
  cc_statement_bind_int64 (insert, 4, job->submission.id);
  if (finding->variable)
    cc_statement_bind_int64 (insert, 5, cc_case_file_variable_id (job->file, finding->variable));
  else
    cc_statement_bind_null (insert, 5);
  cc_statement_bind_text (insert, 6, finding->value);
  cc_statement_bind_text (insert, 7, cc_severity_to_text (finding->severity));
  return cc_statement_run (insert, error);
}

static void
count_finding (CcImportJob *job, CcImportRow *row, const CcRowFinding *finding)
{
  CcImportResult *result = job->result;

  cc_import_count_add (result->findings, finding->rule, 1);
  result->n_errors += finding->severity == CC_SEVERITY_ERROR;
  result->n_warnings += finding->severity == CC_SEVERITY_WARNING;
  result->n_notes += finding->severity == CC_SEVERITY_NOTE;
  cc_import_result_example (result, finding->rule, row->table->found->sheet_name, row->row + 1,
                            finding->variable ? finding->variable->id : NULL, finding->value);
}

/**
 * cc_import_write_findings:
 *
 * Counts the row's findings and stores them; a row that did not change has them already.
 */
gboolean
cc_import_write_findings (CcImportJob *job, CcImportRow *row, gint64 record, GError **error)
{
  gint64   about = record ? record : main_record (row);
  gboolean unchanged = !row->parked && row->outcome == CC_PUT_UNCHANGED;

  if (about && (row->outcome == CC_PUT_UPDATED || row->outcome == CC_PUT_WOKEN)
      && !supersede (job, about, error))
    return FALSE;
  for (guint i = 0; i < row->findings->len; i++)
    {
      const CcRowFinding *finding = &g_array_index (row->findings, CcRowFinding, i);

      count_finding (job, row, finding);
      if (!unchanged && !insert_finding (job, row, about, finding, error))
        return FALSE;
    }
  return TRUE;
}
