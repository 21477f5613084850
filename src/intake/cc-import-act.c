/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

/* How long making the figures and writing to the disk take, in times of the rows: measured with
 * 200,000 and 1,000,000 rows of 25 columns (tests/benchmarks/README.md). */
#define AFTER_ROWS 0.12

/* The case file's trees grow with each row. After so many rows the next one takes three times as
 * long as the first one did; in between it goes evenly, near enough. */
#define ROWS_THRICE 800000.0

static gboolean
set_row_state (CcImportJob *job, gint64 row, const char *state, const char *reason, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "UPDATE source_row SET state = ?2, reason = ?3 WHERE id = ?1", error);

  if (!update)
    return FALSE;
  cc_statement_bind_int64 (update, 1, row);
  cc_statement_bind_text (update, 2, state);
  cc_statement_bind_text (update, 3, reason);
  return cc_statement_run (update, error);
}

static void
count_parked (CcImportJob *job, CcImportRow *row)
{
  cc_import_count_add (job->result->parked, row->parked, 1);
  job->result->n_parked++;
  cc_import_result_example (job->result, row->parked, row->table->found->sheet_name, row->row + 1,
                            NULL, NULL);
}

static void
count_accepted (CcImportJob *job, CcImportRow *row)
{
  GPtrArray *counts = row->outcome == CC_PUT_NEW         ? job->result->fresh
                      : row->outcome == CC_PUT_UNCHANGED ? job->result->unchanged
                                                         : job->result->updated;

  cc_import_count_add (counts, row->table->unit, 1);
  if (row->outcome == CC_PUT_WOKEN)
    cc_import_count_add (job->result->woken, row->table->unit, 1);
  job->submission.accepted++;
}

static gboolean
write_data_row (CcImportJob      *job,
                CcImportTable    *table,
                const CcSheetRow *source,
                CcImportRow      *row,
                GError          **error)
{
  row->table = table;
  row->row = source->row;
  row->source_row = cc_act_add_source_row (job->act, job->submission.id, table->found->sheet_name,
                                           source->row + 1, row->cells, "accepted", NULL, error);
  if (!row->source_row)
    return FALSE;
  if (table->aggregate)
    {
      if (!cc_import_write_aggregate_row (job, row, source->cells, source->n_cells, error))
        return FALSE;
    }
  else
    {
      row->texts =
          cc_import_table_resolve (table, job->pack, source->cells, source->n_cells, source->row);
      cc_import_read_row (job, row);
      if (!cc_import_write_row (job, row, error) || !cc_import_answer_settle (job, row, error))
        return FALSE;
    }
  if (!cc_import_write_findings (job, row, 0, error))
    return FALSE;
  if (!row->parked)
    {
      count_accepted (job, row);
      return TRUE;
    }
  count_parked (job, row);
  return set_row_state (job, row->source_row, "parked", row->parked, error);
}

static gboolean
write_other_row (CcImportJob      *job,
                 CcImportTable    *table,
                 const CcSheetRow *source,
                 CcRowKind         kind,
                 GError          **error)
{
  g_autofree char *cells = cc_import_cells_to_json (source->cells, source->n_cells);
  g_autofree char *reason = g_strconcat ("intake.rejected.", cc_row_kind_to_text (kind), NULL);

  cc_import_count_add (job->result->rejected, reason, 1);
  job->result->n_rejected++;
  return cc_act_add_source_row (job->act, job->submission.id, table->found->sheet_name,
                                source->row + 1, cells, "rejected", reason, error)
         != 0;
}

/* Whether the sender left a row of a list that came back as it was; it may be what the next row's
 * ditto mark stands for. */
static gboolean
pass_untouched (CcImportJob      *job,
                CcImportTable    *table,
                const CcSheetRow *source,
                CcRowKind         kind,
                CcImportRow      *row)
{
  const CcAnswerWas *was;
  CcImportAnswers   *answers = job->result->answers;

  switch (cc_import_answer_look (job, table->found->sheet, source->row, &was))
    {
    case CC_ANSWER_UNTOUCHED:
      answers->untouched += kind == CC_ROW_DATA;
      if (kind == CC_ROW_DATA && !table->aggregate)
        cc_import_table_free_texts (table, cc_import_table_resolve (table, job->pack, source->cells,
                                                                    source->n_cells, source->row));
      return TRUE;
    case CC_ANSWER_TOUCHED:
      answers->touched++;
      row->was = was;
      cc_import_answer_compare (job, was, source);
      break;
    case CC_ANSWER_UNPLACED:
      answers->touched++;
      row->unplaced = TRUE;
      break;
    case CC_ANSWER_NEW:
    default:
      answers->added += kind == CC_ROW_DATA;
      break;
    }
  return FALSE;
}

/* How long all that follows the rows takes, in times of the rows, as the progress would go on if
 * each row took as long as those so far did. With `slower` the factor by which the last row is
 * slower than the first one, and `x` the share of rows done, the time until now is x + (slower - 1)
 * x² / 2 of what the first rows would have taken. */
static double
expect_after (const CcImportJob *job)
{
  const double before = (double) job->n_rows_before, rows = (double) job->n_all;
  const double growth = 2 * rows / (ROWS_THRICE + 2 * before);
  const double after = job->options->dry_run ? 0 : AFTER_ROWS;
  const double x = rows > 0 ? MIN ((double) job->n_done / rows, 1) : 1;

  return (1 + after) * (1 + growth / 2) / (1 + growth * x / 2) - 1;
}

static gboolean
tell_rows (CcImportJob *job, GError **error)
{
  cc_progress_expect (job->progress, expect_after (job));
  return cc_progress_update (job->progress, job->n_done, error);
}

static gboolean
write_row (CcImportJob *job, CcImportTable *table, const CcSheetRow *whole, GError **error)
{
  CcRowKind         kind;
  CcImportRow       row = { 0 };
  CcSheetRow        part = *whole;
  const CcSheetRow *source = &part;
  gboolean          ok;

  part.cells = cc_grid_slice (table->found, whole->cells, &part.n_cells);
  kind = cc_grid_classify (job->pack, table->found, source->cells, source->n_cells, source->row);
  if (kind == CC_ROW_BLANK)
    return TRUE;
  if (source->row > table->found->data_last && kind == CC_ROW_DATA)
    kind = CC_ROW_NOTE; /* behind the last row that a map named */
  job->n_done++;
  if (job->progress && job->n_done % 64 == 0 && !tell_rows (job, error))
    return FALSE;
  if (job->answer && pass_untouched (job, table, source, kind, &row))
    return TRUE;
  job->result->rows++;
  if (kind != CC_ROW_DATA)
    return write_other_row (job, table, source, kind, error);
  row.cells = cc_import_cells_to_json (source->cells, source->n_cells);
  ok = write_data_row (job, table, source, &row, error);
  cc_import_row_clear (&row);
  return ok;
}

static gboolean
write_table (CcImportJob *job, CcBook *book, CcImportTable *table, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, table->found->sheet, error);
  const CcSheetRow *row;

  if (!reader)
    return FALSE;
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (!row || row->row >= table->end_row)
        return TRUE;
      if (row->row > table->found->header_last && !write_row (job, table, row, error))
        return FALSE;
    }
}

/* The delivery that this one replaces; 0 for none. */
static gboolean
find_replaced (CcImportJob *job, gint64 *replaced, GError **error)
{
  CcInterval  period = job->options->period;
  gboolean    automatic = job->options->replaces == CC_IMPORT_REPLACES_AUTO;
  const char *sql =
      automatic ? "SELECT id FROM submission WHERE entity = ?1 AND state = 'live' AND nil = 0"
                  " AND id <> ?4 AND first IS ?2 AND last IS ?3 ORDER BY id DESC LIMIT 1"
                : "SELECT id FROM submission WHERE entity = ?1 AND state = 'live' AND id = ?2";
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *replaced = 0;
  if (job->options->replaces == CC_IMPORT_REPLACES_NONE || job->answer)
    return TRUE;
  find = cc_connection_prepare (cc_act_get_connection (job->act), sql, error);
  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, job->entity->id);
  if (!automatic)
    cc_statement_bind_int64 (find, 2, job->options->replaces);
  else if (cc_interval_is_known (period))
    {
      cc_statement_bind_int64 (find, 2, period.first);
      cc_statement_bind_int64 (find, 3, period.last);
    }
  else
    {
      cc_statement_bind_null (find, 2);
      cc_statement_bind_null (find, 3);
    }
  if (automatic)
    cc_statement_bind_int64 (find, 4, job->submission.id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *replaced = cc_statement_int64 (find, 0);
  else if (!automatic)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "“%s” has no delivery %" G_GINT64_FORMAT
                   " that could be replaced. Nothing was imported.",
                   job->entity->key, job->options->replaces);
      return FALSE;
    }
  return TRUE;
}

static char *
join_signature (CcInspection *inspection)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < inspection->tables->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((CcInspectTable *) inspection->tables->pdata[i])->signature);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
begin_submission (CcImportJob *job, gint64 *replaced, GError **error)
{
  g_autofree char *signature = join_signature (job->inspection);

  job->submission.entity = job->entity->id;
  job->submission.period = job->answer && !cc_interval_is_known (job->options->period)
                               ? job->answered_period
                               : job->options->period;
  job->submission.file_name = g_strdup (job->inspection->file_name);
  job->submission.sha256 = g_strdup (job->inspection->sha256);
  job->submission.profile_version =
      cc_profile_keep (job->act, job->entity->id, job->profile_name, signature, job->map, error);
  if (!job->submission.profile_version || !find_replaced (job, replaced, error))
    return FALSE;
  job->submission.replaces = *replaced;
  return cc_act_add_submission (job->act, &job->submission, error);
}

/* A live delivery of this very file; 0 for none. */
static gboolean
find_same_file (CcImportJob *job, gint64 *same, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "SELECT id FROM submission WHERE entity = ?1 AND sha256 = ?2 AND "
                             "state = 'live' AND id <> ?3 ORDER BY id DESC LIMIT 1",
                             error);
  gboolean has_row;

  *same = 0;
  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, job->entity->id);
  cc_statement_bind_text (find, 2, job->submission.sha256);
  cc_statement_bind_int64 (find, 3, job->submission.id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *same = cc_statement_int64 (find, 0);
  return TRUE;
}

/* New + updated + unchanged + parked + rejected = rows read: a row that fell through the net would
 * be a figure that is wrong in silence. */
static gboolean
check_sum (CcImportJob *job, GError **error)
{
  CcImportResult *result = job->result;
  gint64 sum = cc_import_count_total (result->fresh) + cc_import_count_total (result->updated)
               + cc_import_count_total (result->unchanged) + result->n_parked + result->n_rejected;

  if (sum == result->rows)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "Of %" G_GINT64_FORMAT " rows only %" G_GINT64_FORMAT
               " are accounted for. Nothing was imported; please report this.",
               result->rows, sum);
  return FALSE;
}

/* The newest live delivery of the same sender, period and layout, and what it states that this one
 * does not: nobody said that it is replaced, so that counts on. */
static gboolean
find_vanished (CcImportJob *job, GError **error)
{
  CcImportResult *result = job->result;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  if (!cc_interval_is_known (job->submission.period))
    return TRUE;
  find = cc_connection_prepare (cc_act_get_connection (job->act),
                                "SELECT s.id FROM submission s"
                                " JOIN profile_version v ON v.id = s.profile_version"
                                " WHERE s.entity = ?1 AND s.id <> ?2 AND s.state = 'live'"
                                " AND s.first = ?3 AND s.last = ?4 AND s.nil = 0"
                                " AND v.profile = (SELECT profile FROM profile_version"
                                "  WHERE id = ?5) ORDER BY s.id DESC LIMIT 1",
                                error);
  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, job->submission.entity);
  cc_statement_bind_int64 (find, 2, job->submission.id);
  cc_statement_bind_int64 (find, 3, job->submission.period.first);
  cc_statement_bind_int64 (find, 4, job->submission.period.last);
  cc_statement_bind_int64 (find, 5, job->submission.profile_version);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  result->earlier = cc_statement_int64 (find, 0);
  cc_statement_reset (find);
  result->vanished = cc_act_list_vanished (job->act, result->earlier, job->submission.id,
                                           &result->n_vanished, &result->n_again, error);
  if (!result->vanished)
    return FALSE;
  /* A list of others that is sent besides. */
  if (result->n_again == 0)
    {
      result->earlier = result->n_vanished = 0;
      g_clear_pointer (&result->vanished, g_ptr_array_unref);
    }
  return TRUE;
}

static gboolean
finish_submission (CcImportJob *job, gint64 replaced, GError **error)
{
  CcImportResult *result = job->result;
  gint64          same;

  if (!cc_import_flush_events (job, error)
      || (replaced && !cc_act_leave_out (job->act, replaced, &result->withdrawn, error))
      || (!replaced && !job->answer && !find_vanished (job, error)) || !check_sum (job, error))
    return FALSE;
  result->difference = cc_act_end_watch (job->act, error);
  if (!result->difference)
    return FALSE;
  result->replaced = replaced;
  result->submission = job->submission.id;
  job->submission.rows = result->rows;
  job->submission.parked = result->n_parked;
  job->submission.rejected = result->n_rejected;
  if (!cc_act_update_submission (job->act, &job->submission, error)
      || !find_same_file (job, &same, error))
    return FALSE;
  if (same && cc_import_count_total (result->fresh) == 0
      && cc_import_count_total (result->updated) == 0 && result->withdrawn == 0)
    {
      result->same_file = TRUE;
      result->submission = same;
      job->rolled_back = TRUE;
    }
  if (job->options->dry_run)
    {
      result->submission = 0;
      job->rolled_back = TRUE;
    }
  if (job->rolled_back)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED, "Nothing was to be changed.");
      return FALSE;
    }
  return TRUE;
}

/* A new sender is known from here on, also to the cells of its own list. */
static gboolean
add_entity (CcImportJob *job, GError **error)
{
  CcEntity *entity = job->entity;

  if (entity->id)
    return TRUE;
  entity->id = cc_act_add_entity (job->act, entity->key, entity->name, entity->type, error);
  g_hash_table_insert (job->entities, cc_text_fold (entity->key), GSIZE_TO_POINTER (entity->id));
  g_hash_table_insert (job->entities, cc_text_fold (entity->name), GSIZE_TO_POINTER (entity->id));
  return entity->id != 0;
}

/**
 * cc_import_run_act:
 * @data: the CcImportJob
 *
 * The one transaction of an import: the delivery, its rows, their records and findings.
 */
gboolean
cc_import_run_act (CcAct *act, gpointer data, GError **error)
{
  CcImportJob  *job = data;
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcBook) book = cc_book_open (job->inspection->path, cancellable, error);
  GError *problem = NULL;
  gint64  replaced;
  guint64 n_rows = 0;

  if (!book)
    return FALSE;
  job->act = act;
  job->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->event_order = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_import_event_free);
  job->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->unmapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint t = 0; t < job->tables->len; t++)
    for (guint k = 1; k < CC_ROW_N_KINDS; k++)
      n_rows += ((CcImportTable *) job->tables->pdata[t])->found->n_rows[k];
  for (guint t = 0; t < job->tables->len; t++)
    n_rows += ((CcImportTable *) job->tables->pdata[t])->found->n_rows[CC_ROW_DATA];
  job->n_all = n_rows;
  job->n_rows_before =
      (guint64) cc_connection_get_int64 (cc_act_get_connection (act),
                                         "SELECT max (id) FROM source_row", 0, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (job->progress)
    cc_progress_begin (job->progress,
                       job->options->dry_run ? "progress.check-rows" : "progress.import", n_rows);
  cc_act_set_progress (act, job->progress);
  if (!add_entity (job, error) || !cc_import_answer_find (job, error) || !cc_act_watch (act, error)
      || !begin_submission (job, &replaced, error) || !cc_import_answer_load (job, book, error))
    return FALSE;
  for (guint t = 0; t < job->tables->len; t++)
    if (!write_table (job, book, job->tables->pdata[t], error))
      return FALSE;
  if (job->progress && !tell_rows (job, error))
    return FALSE;
  return finish_submission (job, replaced, error);
}
