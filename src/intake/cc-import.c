/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

#include "cc-map-private.h"

static void
free_job (CcImportJob *job)
{
  g_clear_pointer (&job->tables, g_ptr_array_unref);
  g_clear_pointer (&job->entities, g_hash_table_unref);
  g_clear_pointer (&job->events, g_hash_table_unref);
  g_clear_pointer (&job->event_order, g_ptr_array_unref);
  g_clear_pointer (&job->keys, g_hash_table_unref);
  g_clear_pointer (&job->touched, g_hash_table_unref);
  g_clear_pointer (&job->unmapped, g_hash_table_unref);
  cc_entity_free (job->entity);
  cc_import_result_free (job->result);
  g_free (job->profile_name);
  g_free (job->submission.file_name);
  g_free (job->submission.sha256);
  g_free (job->submission.state);
}

/* The sender, with the keys that exist where it is not one of them; and all names that cells of
 * other agencies may hold. */
static gboolean
find_entity (CcImportJob *job, GError **error)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (job->file, error);
  g_autoptr (GString) known = g_string_new (NULL);

  if (!entities)
    return FALSE;
  job->entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < entities->len; i++)
    {
      CcEntity *entity = entities->pdata[i];

      g_hash_table_insert (job->entities, cc_text_fold (entity->key),
                           GSIZE_TO_POINTER (entity->id));
      g_hash_table_insert (job->entities, cc_text_fold (entity->name),
                           GSIZE_TO_POINTER (entity->id));
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", entity->key);
    }
  for (guint i = 0; i < entities->len && !job->entity; i++)
    if (g_str_equal (((CcEntity *) entities->pdata[i])->key, job->options->entity))
      job->entity = g_ptr_array_steal_index (entities, i);
  if (job->entity)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "There is no reporting entity with the key “%s”. Nothing was imported. %s%s%s",
               job->options->entity, entities->len > 0 ? "Known keys: " : "Add the entity first.",
               known->str, entities->len > 0 ? "." : "");
  return FALSE;
}

static gboolean
is_recognised (const CcImportTable *table)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (((CcImportColumn *) table->columns->pdata[i])->readers->len > 0)
      return TRUE;
  return FALSE;
}

static int
table_rank (const CcImportTable *table)
{
  if (g_str_equal (table->unit, "event"))
    return 0;
  return g_str_equal (table->unit, "perpetrator") ? 2 : 1;
}

static gint
compare_tables (gconstpointer a, gconstpointer b)
{
  const CcImportTable *x = *(CcImportTable *const *) a, *y = *(CcImportTable *const *) b;

  if (table_rank (x) != table_rank (y))
    return table_rank (x) - table_rank (y);
  if (x->found->sheet != y->found->sheet)
    return x->found->sheet < y->found->sheet ? -1 : 1;
  return x->found->header_first < y->found->header_first ? -1 : 1;
}

static void
list_unmapped_columns (CcImportJob *job)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint t = 0; t < job->tables->len; t++)
    {
      CcImportTable *table = job->tables->pdata[t];

      for (guint i = 0; i < table->columns->len; i++)
        {
          CcImportColumn  *column = table->columns->pdata[i];
          g_autofree char *name = NULL;

          if (column->readers->len > 0 || column->plan->ignored || column->found->n_filled == 0)
            continue;
          name = job->tables->len > 1
                     ? g_strdup_printf ("%s: %s", table->found->name, column->found->header)
                     : g_strdup (column->found->header);
          g_strv_builder_add (builder, name);
        }
    }
  job->result->unmapped_columns = g_strv_builder_end (builder);
}

/* Why a file without a usable table cannot be imported, in the words of its first sheet. */
static gboolean
refuse_file (CcImportJob *job, gboolean has_tables, GError **error)
{
  const char *name = job->inspection->file_name;
  gboolean    all_empty = TRUE;

  for (guint i = 0; i < job->inspection->sheets->len; i++)
    all_empty = all_empty && ((CcInspectSheet *) job->inspection->sheets->pdata[i])->n_rows == 0;
  if (all_empty)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "“%s” is empty. Nothing was imported. If the entity had no case in the period, "
                 "record a nil return.",
                 name);
  else if (!has_tables)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "No table was found in “%s”: none of its rows looks like a header. Nothing was "
                 "imported. Name the header row in a map file (header-row=).",
                 name);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "No column of “%s” was recognised. Nothing was imported. Say in a map file which "
                 "header is which variable.",
                 name);
  return FALSE;
}

static gboolean
plan_tables (CcImportJob *job, GError **error)
{
  g_autoptr (GStrvBuilder) skipped = g_strv_builder_new ();
  guint64 n_data = 0;

  job->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_import_table_free);
  for (guint i = 0; i < job->inspection->tables->len; i++)
    {
      const CcInspectTable *found = job->inspection->tables->pdata[i];
      CcImportTable        *table;

      if (cc_map_is_skipped (job->map, found->name))
        {
          g_strv_builder_add (skipped, found->name);
          continue;
        }
      table = cc_import_table_new (job, found);
      for (guint j = 0; j < job->inspection->tables->len; j++)
        {
          const CcInspectTable *next = job->inspection->tables->pdata[j];

          if (next->sheet == found->sheet && next->header_first > found->header_last)
            table->end_row = MIN (table->end_row, next->header_first);
        }
      if (!is_recognised (table) && !found->aggregate)
        {
          g_strv_builder_add (skipped, found->name);
          cc_import_table_free (table);
          continue;
        }
      for (guint k = 0; k < G_N_ELEMENTS (found->n_rows); k++)
        n_data += k == CC_ROW_DATA ? found->n_rows[k] : 0;
      g_ptr_array_add (job->tables, table);
    }
  job->result->skipped_tables = g_strv_builder_end (skipped);
  if (job->tables->len == 0)
    return refuse_file (job, job->inspection->tables->len > 0, error);
  if (n_data == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "“%s” has headers and no rows. Nothing was imported. If the entity had no case "
                   "in the period, record a nil return.",
                   job->inspection->file_name);
      return FALSE;
    }
  g_ptr_array_sort (job->tables, compare_tables);
  list_unmapped_columns (job);
  return TRUE;
}

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
  GPtrArray *counts = row->outcome == CC_PUT_NEW       ? job->result->fresh
                      : row->outcome == CC_PUT_UPDATED ? job->result->updated
                                                       : job->result->unchanged;

  cc_import_count_add (counts, row->table->unit, 1);
  job->submission.accepted++;
}

/* A row of a table of counts: each number is kept as a count under its header. */
static gboolean
write_aggregate_row (CcImportJob       *job,
                     CcImportRow       *row,
                     const CcSheetCell *cells,
                     guint              n_cells,
                     GError           **error)
{
  g_autofree char *place = NULL;

  row->parked = "intake.parked.aggregate";
  row->findings = g_array_new (FALSE, FALSE, sizeof (CcRowFinding));
  for (guint i = 0; i < n_cells; i++)
    {
      CcInspectColumn *column = cc_inspect_table_find_column (row->table->found, cells[i].column);
      g_autofree char *categories = NULL;
      double           number = -1;
      gboolean         is_number = cc_cell_is_number (&cells[i], &number);

      if (cells[i].type == CC_SHEET_CELL_TEXT && !is_number && !place)
        place = cc_text_collapse (cells[i].text);
      if (!is_number || !column || number < 0 || number > G_MAXINT32
          || (int) cells[i].column == row->table->found->serial_column)
        continue;
      categories = g_strdup_printf ("place=%s;column=%s", place ? place : "", column->header);
      if (!cc_act_add_aggregate_cell (job->act, job->submission.id, row->source_row, 0, "victim",
                                      row->table->period, categories, (gint64) number, error))
        return FALSE;
    }
  return TRUE;
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
  if (table->found->aggregate)
    {
      if (!write_aggregate_row (job, row, source->cells, source->n_cells, error))
        return FALSE;
    }
  else
    {
      row->texts =
          cc_import_table_resolve (table, job->pack, source->cells, source->n_cells, source->row);
      cc_import_row_read (job, row);
      if (!cc_import_write_row (job, row, error))
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

static gboolean
write_row (CcImportJob *job, CcImportTable *table, const CcSheetRow *source, GError **error)
{
  CcRowKind   kind;
  CcImportRow row = { 0 };
  gboolean    ok;

  kind = cc_grid_classify (job->pack, table->found, source->cells, source->n_cells, source->row);
  if (kind == CC_ROW_BLANK)
    return TRUE;
  if (source->row > table->found->data_last && kind == CC_ROW_DATA)
    kind = CC_ROW_NOTE; /* behind the last row that a map named */
  job->result->rows++;
  job->n_done++;
  if (job->progress && job->n_done % 64 == 0
      && !cc_progress_update (job->progress, job->n_done, error))
    return FALSE;
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
  if (job->options->replaces == CC_IMPORT_REPLACES_NONE)
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

/* Records of the replaced delivery that this one does not contain. */
static gboolean
withdraw_vanished (CcImportJob *job, gint64 replaced, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "SELECT id FROM record WHERE submission = ?1 AND state = 0 ORDER BY "
                             "id",
                             error);
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, replaced);
  while (has_row)
    {
      gint64 id;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      id = has_row ? cc_statement_int64 (rows, 0) : 0;
      if (has_row && !g_hash_table_contains (job->touched, &id))
        g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    if (!cc_act_withdraw_record (job->act, g_array_index (ids, gint64, i), error))
      return FALSE;
  job->result->withdrawn = ids->len;
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
  job->submission.period = job->options->period;
  job->submission.file_name = g_strdup (job->inspection->file_name);
  job->submission.sha256 = g_strdup (job->inspection->sha256);
  job->submission.profile_version =
      cc_profile_keep (job->act, job->entity->id, job->profile_name, signature, job->map, error);
  if (!job->submission.profile_version || !find_replaced (job, replaced, error))
    return FALSE;
  job->submission.replaces = *replaced;
  if (*replaced)
    job->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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

static gboolean
finish_submission (CcImportJob *job, gint64 replaced, GError **error)
{
  CcImportResult *result = job->result;
  gint64          same;

  if (!cc_import_flush_events (job, error)
      || (replaced && !withdraw_vanished (job, replaced, error)) || !check_sum (job, error))
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

static gboolean
run_act (CcAct *act, gpointer data, GError **error)
{
  CcImportJob  *job = data;
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcBook) book = cc_book_open (job->inspection->path, cancellable, error);
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
    for (guint k = 1; k < CC_ROW_EXAMPLE + 1; k++)
      n_rows += ((CcImportTable *) job->tables->pdata[t])->found->n_rows[k];
  for (guint t = 0; t < job->tables->len; t++)
    n_rows += ((CcImportTable *) job->tables->pdata[t])->found->n_rows[CC_ROW_DATA];
  if (job->progress)
    cc_progress_begin (job->progress, "progress.import", n_rows);
  if (!begin_submission (job, &replaced, error))
    return FALSE;
  for (guint t = 0; t < job->tables->len; t++)
    if (!write_table (job, book, job->tables->pdata[t], error))
      return FALSE;
  if (job->progress && !cc_progress_update (job->progress, job->n_done, error))
    return FALSE;
  return finish_submission (job, replaced, error);
}

static gboolean
run_job (CcImportJob *job, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (GError) problem = NULL;

  if (cc_case_file_act (job->file, "import", run_act, job, cancellable, &problem))
    return TRUE;
  if (job->rolled_back)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * cc_import_inspected:
 * @inspection: the file as cc_inspect_with() found it
 * @map: what somebody settled on for it: a map of cc_map_suggest(), changed or not
 * @options: entity and period; its profile is the name under which the map is kept
 * @progress: (nullable): phase "progress.import", in rows
 *
 * Returns: (transfer full): what became of the rows; %NULL with an error, and the case file is as
 * it was
 */
CcImportResult *
cc_import_inspected (CcCaseFile            *file,
                     CcInspection          *inspection,
                     CcMap                 *map,
                     const CcImportOptions *options,
                     CcProgress            *progress,
                     GError               **error)
{
  CcImportJob     job = { 0 };
  CcImportResult *result = NULL;

  g_return_val_if_fail (file != NULL && inspection != NULL && map != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->entity != NULL, NULL);

  job.file = file;
  job.pack = cc_case_file_get_pack (file);
  job.inspection = inspection;
  job.map = map;
  job.options = options;
  job.progress = progress;
  job.today =
      options->today != CC_DAY_NONE && options->today != 0 ? options->today : cc_day_today ();
  job.profile_name = g_strdup (options->profile ? options->profile : options->entity);
  job.result = cc_import_result_new ();
  if (find_entity (&job, error) && plan_tables (&job, error) && run_job (&job, error))
    {
      result = g_steal_pointer (&job.result);
      result->profile = g_strdup (job.profile_name);
      cc_import_result_sort (result);
    }
  free_job (&job);
  return result;
}

/* Decisions made before: the map given, else the profile named, else the one that fits. */
static gboolean
find_decisions (CcCaseFile            *file,
                const char            *path,
                const CcImportOptions *options,
                CcDay                  today,
                CcProgress            *progress,
                CcProfile            **profile,
                CcInspection         **inspection,
                GError               **error)
{
  CcPack *pack = cc_case_file_get_pack (file);
  g_autoptr (CcMap) known = NULL;
  g_autoptr (GError) missing = NULL;

  if (options->profile)
    {
      *profile = cc_profile_find (file, options->profile, &missing);
      /* With a map file the name is the one to keep it under. */
      if (!*profile && (!options->map || !g_error_matches (missing, CC_ERROR, CC_ERROR_NOT_FOUND)))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
    }
  if (*profile && !options->map)
    {
      known = cc_map_load_text ((*profile)->name, (*profile)->body, error);
      if (!known)
        return FALSE;
    }
  *inspection =
      cc_inspect_with (pack, path, options->map ? options->map : known, today, progress, error);
  if (!*inspection)
    return FALSE;
  if (!*profile && !options->map)
    {
      *profile = cc_profile_match (file, options->entity, *inspection, &missing);
      if (missing)
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cc_import_file:
 * @path: an .xlsx or .csv file
 * @options: what is known of the delivery
 * @progress: (nullable): phases "progress.inspect" and "progress.import"
 *
 * Inspects, maps and imports in one go and asks nothing: what nobody decided is parked or kept as
 * raw text, and the result names it.
 *
 * Returns: (transfer full): what became of the rows; %NULL with an error, and the case file is as
 * it was
 */
CcImportResult *
cc_import_file (CcCaseFile            *file,
                const char            *path,
                const CcImportOptions *options,
                CcProgress            *progress,
                GError               **error)
{
  CcImportOptions settled = *options;
  CcPack         *pack = cc_case_file_get_pack (file);
  g_autoptr (CcProfile) profile = NULL;
  g_autoptr (CcInspection) inspection = NULL;
  g_autoptr (CcMap) known = NULL;
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcDrift) drift = NULL;
  g_autoptr (CcEntity) entity = NULL;
  CcImportResult *result;

  g_return_val_if_fail (file != NULL && path != NULL && options->entity != NULL, NULL);

  if (settled.today == CC_DAY_NONE || settled.today == 0)
    settled.today = cc_day_today ();
  if (options->map && !cc_map_check (options->map, pack, error))
    return NULL;
  if (!find_decisions (file, path, &settled, settled.today, progress, &profile, &inspection, error))
    return NULL;
  if (options->map)
    known = cc_map_copy (options->map);
  else if (profile)
    {
      known = cc_map_load_text (profile->name, profile->body, error);
      if (!known)
        return NULL;
      drift = cc_map_compare (known, inspection, pack);
      settled.profile = profile->name;
    }
  map = cc_map_suggest (inspection, pack, known, error);
  if (!map)
    return NULL;
  result = cc_import_inspected (file, inspection, map, &settled, progress, error);
  if (result)
    result->drift = g_steal_pointer (&drift);
  return result;
}

typedef struct
{
  gint64 submission;
  guint  n_records;
} UndoImport;

static gboolean
undo_import (CcAct *act, gpointer data, GError **error)
{
  UndoImport *undo = data;

  return cc_act_withdraw_submission (act, undo->submission, &undo->n_records, error);
}

/**
 * cc_import_undo:
 * @submission: a live delivery
 * @n_records: (out) (nullable): how many records were withdrawn
 *
 * Takes a delivery back as a whole. Its rows and the decisions about its records stay; decisions
 * wake when a record's UUID comes back.
 */
gboolean
cc_import_undo (CcCaseFile   *file,
                gint64        submission,
                gint64       *n_records,
                GCancellable *cancellable,
                GError      **error)
{
  UndoImport undo = { submission, 0 };

  g_return_val_if_fail (file != NULL, FALSE);

  if (!cc_case_file_act (file, "undo-import", undo_import, &undo, cancellable, error))
    return FALSE;
  if (n_records)
    *n_records = undo.n_records;
  return TRUE;
}
