/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-purge-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* One removal, from the list of what is due to the last freed page. What is to be removed stands in
 * temporary tables in memory while the act runs. */
typedef struct
{
  CcDay          today;  /* CC_DAY_NONE: one record alone */
  gint64         record; /* that one */
  const char    *reason;
  CcProgress    *progress;
  CcPurgeResult *result;
} Purge;

static gboolean
execute_all (CcConnection *connection, const char *const *sql, GError **error)
{
  for (guint i = 0; sql[i] != NULL; i++)
    if (!cc_connection_execute (connection, sql[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
make_tables (CcConnection *connection, GError **error)
{
  static const char *const sql[] = {
    "DROP TABLE IF EXISTS temp.purge_item; DROP TABLE IF EXISTS temp.purge_row;"
    "DROP TABLE IF EXISTS temp.purge_finding; DROP TABLE IF EXISTS temp.purge_change;"
    "DROP TABLE IF EXISTS temp.purge_conflict;",
    "CREATE TEMP TABLE purge_item (record INTEGER, kind TEXT, PRIMARY KEY (record, kind))"
    " WITHOUT ROWID",
    "CREATE TEMP TABLE purge_row (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE purge_finding (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE purge_conflict (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE purge_change (seq INTEGER, n INTEGER, PRIMARY KEY (seq, n)) WITHOUT ROWID",
    NULL,
  };

  return execute_all (connection, sql, error);
}

/* Adds what one query finds to be due. */
static gboolean
take_due (CcConnection          *connection,
          const char            *query,
          const CcRetentionRule *rule,
          CcDay                  today,
          GError               **error)
{
  g_autofree char *items =
      g_strdup_printf ("INSERT OR IGNORE INTO purge_item SELECT record, kind FROM"
                       " (SELECT NULL AS record, NULL AS kind, NULL AS day, NULL AS source"
                       "  WHERE FALSE UNION ALL SELECT * FROM (%s))"
                       " WHERE record > 0 AND (day IS NOT NULL OR ?4)",
                       query);
  g_autofree char *rows =
      g_strdup_printf ("INSERT OR IGNORE INTO purge_row SELECT source FROM"
                       " (SELECT NULL AS record, NULL AS kind, NULL AS day, NULL AS source"
                       "  WHERE FALSE UNION ALL SELECT * FROM (%s))"
                       " WHERE source > 0 AND (day IS NOT NULL OR ?4)",
                       query);
  const char *const texts[] = { items, rows };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CcStatement) insert = cc_connection_prepare (connection, texts[i], error);

      if (insert == NULL)
        return FALSE;
      if (rule != NULL)
        cc_retention_bind_query (insert, rule, today);
      cc_statement_bind_int64 (insert, 4, rule == NULL);
      if (!cc_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_all_due (CcAct *act, Purge *self, GError **error)
{
  g_autoptr (GPtrArray) rules = cc_retention_list (act->connection, error);

  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      const CcRetentionRule *rule = g_ptr_array_index (rules, i);
      g_autofree char       *query = cc_retention_build_query (act->file, rule);

      if (!take_due (act->connection, query, rule, self->today, error))
        return FALSE;
    }
  return take_due (act->connection, cc_retention_returned_sql, NULL, self->today, error);
}

static gboolean
take_record (CcAct *act, gint64 record, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (act->connection,
                                  "INSERT OR IGNORE INTO purge_item SELECT record, kind"
                                  " FROM identifier WHERE record = ?1",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, record);
  return cc_statement_run (insert, error);
}

/* Tells of each record and row in the history: what was removed, never what it was. */
static gboolean
note_all (CcAct *act, const char *sql, const char *table, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (act->connection, sql, error);
  gboolean has_row = TRUE;

  while (rows != NULL && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row
          && !cc_act_log (act, table, cc_statement_text (rows, 0), cc_statement_text (rows, 1),
                          "purged", error))
        return FALSE;
    }
  return rows != NULL;
}

/* Names each change of the history that was emptied. */
static gboolean
name_emptied (CcAct *act, CcEmptied *emptied, GError **error)
{
  const GPtrArray *notes = cc_emptied_end (emptied);

  for (guint i = 0; i < notes->len; i += 2)
    if (!cc_act_log (act, CC_SEAL_TABLE, g_ptr_array_index (notes, i), NULL,
                     g_ptr_array_index (notes, i + 1), error))
      return FALSE;
  return TRUE;
}

/* How many rows the statement that ran last has changed. */
static gboolean
change (CcConnection *connection, const char *sql, gint64 *n, GError **error)
{
  if (!cc_connection_execute (connection, sql, error))
    return FALSE;
  if (n != NULL)
    *n += sqlite3_changes64 (connection->db);
  return TRUE;
}

/* Of each identifier: the findings about it, and the questions of merges. */
static gboolean
find_by_variable (CcAct *act, const char *sql, GError **error)
{
  CcPack *pack = act->file->pack;
  g_autoptr (CcStatement) insert = cc_connection_prepare (act->connection, sql, error);

  for (guint i = 0; insert != NULL && i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (variable->storage != CC_STORAGE_IDENTIFIER)
        continue;
      cc_statement_bind_text (insert, 1, variable->name);
      cc_statement_bind_int64 (insert, 2, cc_case_file_variable_id (act->file, variable));
      cc_statement_bind_text (insert, 3, variable->id);
      if (!cc_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL;
}

static gboolean
find_derived (CcAct *act, GError **error)
{
  return cc_connection_execute (act->connection,
                                "INSERT OR IGNORE INTO purge_finding SELECT f.id FROM finding f"
                                " WHERE f.source_row IN (SELECT id FROM purge_row);"
                                "INSERT OR IGNORE INTO purge_finding SELECT f.id FROM finding f"
                                " WHERE f.record IN (SELECT record FROM purge_item)"
                                "  AND f.variable IS NULL",
                                error)
         && find_by_variable (act,
                              "INSERT OR IGNORE INTO purge_finding SELECT f.id FROM purge_item p"
                              " JOIN finding f ON f.record = p.record"
                              " WHERE p.kind = ?1 AND f.variable = ?2 AND ?3 IS NOT NULL",
                              error)
         && find_by_variable (act,
                              "INSERT OR IGNORE INTO purge_conflict SELECT c.id FROM purge_item p"
                              " JOIN merge_conflict c ON c.record = p.record"
                              " WHERE p.kind = ?1 AND ?2 > 0 AND c.variable = ?3",
                              error);
}

static gboolean
overwrite (CcAct *act, CcPurgeResult *result, GError **error)
{
  CcConnection *connection = act->connection;
  GError       *problem = NULL;

  result->records = cc_connection_get_int64 (
      connection,
      "SELECT count (DISTINCT i.record) FROM purge_item p JOIN identifier i"
      " ON i.record = p.record AND i.kind = p.kind WHERE i.value <> '" CC_PURGED_MARK "'",
      0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return change (connection,
                 "UPDATE identifier SET value = '" CC_PURGED_MARK "', norm = NULL"
                 " WHERE (record, kind) IN (SELECT record, kind FROM purge_item)"
                 " AND value <> '" CC_PURGED_MARK "'",
                 &result->identifiers, error)
         && change (connection,
                    "UPDATE source_row SET cells = '" CC_PURGED_CELLS "'"
                    " WHERE id IN (SELECT id FROM purge_row) AND " CC_CELLS_KEPT ("source_row"),
                    &result->rows, error)
         && change (connection,
                    "UPDATE finding SET value = '" CC_PURGED_MARK "'"
                    " WHERE id IN (SELECT id FROM purge_finding) AND value IS NOT NULL",
                    NULL, error)
         && change (connection,
                    "UPDATE merge_conflict SET mine = NULL, theirs = NULL"
                    " WHERE id IN (SELECT id FROM purge_conflict)",
                    NULL, error)
         && change (connection, "DELETE FROM norm WHERE record IN (SELECT record FROM purge_item)",
                    NULL, error);
}

static gboolean
purge (CcAct *act, gpointer data, GError **error)
{
  Purge        *self = data;
  CcConnection *connection = act->connection;
  g_autoptr (CcEmptied) emptied = cc_emptied_new ();

  /* Rows as they were would bring back into the history what is to go. */
  cc_capture_stop (cc_writer_get_capture (act->writer));
  if (!cc_connection_execute (connection, "PRAGMA secure_delete = ON", error)
      || !make_tables (connection, error)
      || !(self->today != CC_DAY_NONE ? take_all_due (act, self, error)
                                      : take_record (act, self->record, error)))
    return FALSE;
  if (cc_connection_get_int64 (connection,
                               "SELECT EXISTS (SELECT 1 FROM purge_item)"
                               " OR EXISTS (SELECT 1 FROM purge_row)",
                               0, error)
      == 0)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                           self->today != CC_DAY_NONE
                               ? "Nothing is due. Nothing was changed."
                               : "The record has no identifiers. Nothing was changed.");
      return FALSE;
    }
  self->result->act = act->seq;
  if (!cc_purge_find_rows (act, error) || !find_derived (act, error)
      || !cc_emptied_take_over (emptied, connection, error)
      || !cc_purge_history (act, emptied, self->result, error))
    return FALSE;
  if (self->reason != NULL && !cc_act_log (act, "purge", "reason", NULL, self->reason, error))
    return FALSE;
  return note_all (act,
                   "SELECT record, group_concat (kind, ' ') FROM"
                   " (SELECT record, kind FROM purge_item ORDER BY record, kind) GROUP BY record",
                   "record", error)
         && note_all (act, "SELECT id, NULL FROM purge_row ORDER BY id", "source_row", error)
         && name_emptied (act, emptied, error) && overwrite (act, self->result, error)
         && cc_act_seal_all (act, CC_SEAL_RECORD, "SELECT DISTINCT record FROM purge_item", error)
         && cc_act_seal_all (act, CC_SEAL_ROWS,
                             "SELECT DISTINCT submission FROM source_row"
                             " WHERE id IN (SELECT id FROM purge_row)",
                             error)
         && cc_act_seal_each (act, "merge_conflict", "id IN (SELECT id FROM purge_conflict)", error)
         && cc_case_file_write_meta (connection, "compact-due", "1", error)
         && make_tables (connection, error);
}

static gboolean
compact (CcCaseFile *file, CcConnection *connection, gpointer data, GError **error)
{
  Purge   *self = data;
  gboolean ok;

  cc_connection_set_cancellable (connection, self->progress != NULL
                                                 ? cc_progress_get_cancellable (self->progress)
                                                 : NULL);
  ok = cc_purge_compact (connection, &self->result->compacted, error);
  cc_connection_set_cancellable (connection, NULL);
  return ok;
}

static gboolean
run (CcCaseFile *file, Purge *self, GError **error)
{
  GCancellable *cancellable =
      self->progress != NULL ? cc_progress_get_cancellable (self->progress) : NULL;

  *self->result = (CcPurgeResult){ 0 };
  if (self->progress != NULL)
    cc_progress_begin (self->progress, "progress.purge", 0);
  if (!cc_case_file_act (file, CC_PURGE_ACT, purge, self, cancellable, error))
    return FALSE;
  cc_reader_pool_drain (file->readers);
  /* The identifiers are gone; compacting that fails is done again on the next opening. */
  (void) cc_writer_run_plain (file, compact, self, NULL);
  return TRUE;
}

gboolean
cc_retention_purge (CcCaseFile    *file,
                    CcDay          today,
                    CcProgress    *progress,
                    CcPurgeResult *result,
                    GError       **error)
{
  Purge   self = { today, 0, NULL, progress, result };
  GError *problem = NULL;

  g_return_val_if_fail (file != NULL && result != NULL && today != CC_DAY_NONE, FALSE);
  if (run (file, &self, &problem))
    return TRUE;
  if (!g_error_matches (problem, CC_ERROR, CC_ERROR_REFUSED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  result->compacted = TRUE;
  return TRUE;
}

gboolean
cc_retention_withdraw (CcCaseFile    *file,
                       gint64         record,
                       const char    *reason,
                       CcProgress    *progress,
                       CcPurgeResult *result,
                       GError       **error)
{
  Purge self = { CC_DAY_NONE, record, reason, progress, result };

  g_return_val_if_fail (file != NULL && result != NULL, FALSE);
  return run (file, &self, error);
}
