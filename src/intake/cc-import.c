/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"
#include "cc-map-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-backup.h>

#include <string.h>

static void
free_job (CcImportJob *job)
{
  g_clear_pointer (&job->tables, g_ptr_array_unref);
  g_clear_pointer (&job->answer, cc_import_answer_free);
  g_clear_pointer (&job->entities, g_hash_table_unref);
  g_clear_pointer (&job->events, g_hash_table_unref);
  g_clear_pointer (&job->event_order, g_ptr_array_unref);
  g_clear_pointer (&job->keys, g_hash_table_unref);
  g_clear_pointer (&job->unmapped, g_hash_table_unref);
  cc_entity_free (job->entity);
  cc_import_result_free (job->result);
  g_free (job->profile_name);
  g_free (job->submission.file_name);
  g_free (job->submission.sha256);
  g_free (job->submission.state);
}

/* A sender that comes with its first delivery; it gets its number in the act. */
static gboolean
make_entity (CcImportJob *job, GError **error)
{
  char *key = cc_entity_make_key (job->file, job->options->new_name, job->options->new_type, error);

  if (!key)
    return FALSE;
  job->entity = g_new0 (CcEntity, 1);
  job->entity->key = key;
  job->entity->name = cc_text_collapse (job->options->new_name);
  job->entity->type = job->options->new_type;
  return TRUE;
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
  if (!job->options->entity)
    return make_entity (job, error);
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
choose_profile (CcImportJob *job, GError **error)
{
  job->profile_name = job->options->profile ? g_strdup (job->options->profile)
                                            : cc_profile_choose_name (job->file, job->entity->key,
                                                                      job->inspection, error);
  return job->profile_name != NULL;
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

      for (guint i = 0; i < table->columns->len && !table->aggregate; i++)
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
  else if (cc_inspection_find_population (job->inspection))
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "“%s” holds numbers of inhabitants and no list of persons. Nothing was imported. "
                 "It belongs to the figures of the population, with which rates are computed: take "
                 "it over with “population FILE import TABLE.csv”. If its rows are victims or "
                 "cases "
                 "all the same, say so in a map file (unit=).",
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
            table->end_row = MIN (table->end_row, next->begins);
        }
      if (!is_recognised (table) && !table->aggregate)
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
  if (job->inspection->nil && n_data == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "“%s” says that there was nothing to report. Nothing was imported. Record a nil "
                   "return for the entity and period.",
                   job->inspection->file_name);
      return FALSE;
    }
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
run_job (CcImportJob *job, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (GError) problem = NULL;

  if (cc_case_file_act (job->file, "import", cc_import_run_act, job, cancellable, &problem))
    return TRUE;
  if (job->rolled_back)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* A large delivery is preceded by a backup. Where that fails the delivery is not kept out: it is
 * one transaction and can be taken back; but it is said. */
static gboolean
back_up (CcImportJob *job, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 rows = 0;

  if (job->options->dry_run || cc_case_file_is_read_only (job->file))
    return TRUE;
  for (guint i = 0; i < job->tables->len; i++)
    rows += ((CcImportTable *) job->tables->pdata[i])->found->n_rows[CC_ROW_DATA];
  if (cc_case_file_backup_before_import (job->file, rows, job->progress, NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  job->result->backup_problem = g_strdup (problem->message);
  return TRUE;
}

/**
 * cc_import_inspected:
 * @inspection: the file as cc_inspect_with() found it
 * @map: what somebody settled on for it: a map of cc_map_suggest(), changed or not
 * @options: entity and period; its profile is the name under which the map is kept
 * @progress: (nullable): phase "progress.import", in rows; "progress.check-rows" of a dry run; then
 * "progress.counts", in persons and cases, and "progress.write"
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
  g_return_val_if_fail (options != NULL && (options->entity != NULL || options->new_name != NULL),
                        NULL);

  job.file = file;
  job.pack = cc_case_file_get_pack (file);
  job.inspection = inspection;
  job.map = map;
  job.options = options;
  job.progress = progress;
  job.today =
      options->today != CC_DAY_NONE && options->today != 0 ? options->today : cc_day_today ();
  job.result = cc_import_result_new ();
  if (find_entity (&job, error) && choose_profile (&job, error) && plan_tables (&job, error)
      && back_up (&job, error) && run_job (&job, error))
    {
      result = g_steal_pointer (&job.result);
      result->profile = g_strdup (job.profile_name);
      result->entity = g_strdup (job.entity->key);
      result->notices = g_strdupv (inspection->notices);
      result->practice = inspection->practice && !cc_case_file_is_practice (file);
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

/* A map file does not take back what was decided about other values of the same list before. */
static gboolean
add_values (CcCaseFile            *file,
            const CcImportOptions *options,
            const CcProfile       *named,
            CcInspection          *inspection,
            CcMap                 *map,
            GError               **error)
{
  g_autoptr (CcProfile) matched = NULL;
  g_autoptr (CcMap) known = NULL;
  GError *problem = NULL;

  if (!named)
    named = matched = cc_profile_match (file, options->entity, inspection, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!named || !cc_profile_covers (named, inspection))
    return TRUE;
  known = cc_map_load_text (named->name, named->body, error);
  if (known)
    cc_map_remember_values (map, known);
  return known != NULL;
}

/**
 * cc_import_file:
 * @path: an .xlsx, .ods, .xls or .csv file
 * @options: what is known of the delivery
 * @progress: (nullable): phase "progress.inspect", without a time left, as nobody knows then what
 * the rows will take; then as cc_import_inspected()
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
  g_autoptr (CcReading) reading = NULL;
  CcImportResult *result;

  g_return_val_if_fail (file != NULL && path != NULL && options->entity != NULL, NULL);

  if (settled.today == CC_DAY_NONE || settled.today == 0)
    settled.today = cc_day_today ();
  if (options->map && !cc_map_check (options->map, pack, error))
    return NULL;
  cc_progress_expect (progress, -1);
  if (!find_decisions (file, path, &settled, settled.today, progress, &profile, &inspection, error))
    return NULL;
  if (options->map)
    {
      known = cc_map_copy (options->map);
      if (!add_values (file, &settled, profile, inspection, known, error))
        return NULL;
    }
  else if (profile)
    {
      known = cc_profile_load_map (profile, inspection, error);
      if (!known)
        return NULL;
      drift = cc_map_compare (known, inspection, pack);
      if (!settled.profile && cc_profile_covers (profile, inspection))
        settled.profile = profile->name;
    }
  if (!options->map
      && !(reading = cc_reading_find (file, options->entity, profile, inspection, error)))
    return NULL;
  map = cc_map_suggest (inspection, pack, known, error);
  if (!map)
    return NULL;
  result = cc_import_inspected (file, inspection, map, &settled, progress, error);
  if (!result)
    return NULL;
  result->drift = g_steal_pointer (&drift);
  result->reading = g_steal_pointer (&reading);
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
