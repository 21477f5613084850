/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-draft.h"

#include "cc-import-reading.h"

#include <string.h>
#include <cc/base/cc-text.h>

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportDraft, cc_import_draft, G_TYPE_OBJECT)

static void
cc_import_draft_finalize (GObject *object)
{
  CcImportDraft *self = CC_IMPORT_DRAFT (object);

  cc_import_draft_cancel (self);
  g_clear_error (&self->error);
  cc_preview_free (self->first_rows);
  cc_guess_free (self->guess);
  cc_import_result_free (self->result);
  cc_map_free (self->map);
  g_clear_pointer (&self->losses, g_ptr_array_unref);
  cc_drift_free (self->drift);
  cc_reading_free (self->reading);
  cc_profile_free (self->profile);
  cc_inspection_free (self->inspection);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_free (self->entity);
  g_free (self->map_path);
  g_free (self->path);
  g_free (self->name);
  cc_entity_free (self->newcomer);
  cc_session_unref (self->session);
  G_OBJECT_CLASS (cc_import_draft_parent_class)->finalize (object);
}

static void
cc_import_draft_class_init (CcImportDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_import_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", CC_TYPE_IMPORT_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_import_draft_init (CcImportDraft *self)
{
  self->period = CC_INTERVAL_UNKNOWN;
}

/**
 * path: of a spreadsheet; it is not read yet
 */
CcImportDraft *
cc_import_draft_new (CcSession *session, const char *path)
{
  CcImportDraft *self = g_object_new (CC_TYPE_IMPORT_DRAFT, NULL);

  g_return_val_if_fail (session != NULL && path != NULL, self);
  self->session = cc_session_ref (session);
  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  return self;
}

static void
emit_changed (CcImportDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cc_import_draft_cancel (CcImportDraft *self)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static const CcSubmission *
find_same (CcImportDraft *self)
{
  for (guint i = 0; self->inspection != NULL && i < self->submissions->len; i++)
    {
      const CcSubmission *submission = g_ptr_array_index (self->submissions, i);

      if (g_strcmp0 (submission->sha256, self->inspection->sha256) == 0
          && g_str_equal (submission->state, "live"))
        return submission;
    }
  return NULL;
}

/* Another file of the same new sender may have been imported since. */
static void
meet_newcomer (CcImportDraft *self)
{
  for (guint i = 0; self->newcomer != NULL && i < self->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (self->entities, i);

      if (!cc_text_equal (entity->name, self->newcomer->name))
        continue;
      self->entity = g_strdup (entity->key);
      g_clear_pointer (&self->newcomer, cc_entity_free);
    }
}

/* Takes over what the thread made; a new inspection takes the place of the old one only together
 * with the map made for it. */
static void
take_reading (CcImportDraft *self, CcImportReading *reading)
{
  if (reading->inspection != NULL)
    {
      cc_inspection_free (self->inspection);
      self->inspection = g_steal_pointer (&reading->inspection);
    }
  cc_guess_free (self->guess);
  self->guess = g_steal_pointer (&reading->guess);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  self->entities = g_steal_pointer (&reading->entities);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  self->submissions = g_steal_pointer (&reading->submissions);
  self->same = (CcSubmission *) find_same (self);
  g_free (self->map_path);
  self->map_path = g_steal_pointer (&reading->map_path);
  g_free (self->entity);
  self->entity = NULL;
  if (self->newcomer != NULL)
    meet_newcomer (self);
  else
    self->entity = g_steal_pointer (&reading->entity);
  if (!self->period_said && self->guess != NULL)
    self->period = self->guess->period;
  if (reading->map != NULL)
    {
      cc_profile_free (self->profile);
      self->profile = g_steal_pointer (&reading->profile);
      cc_drift_free (self->drift);
      self->drift = g_steal_pointer (&reading->drift);
      cc_reading_free (self->reading);
      self->reading = g_steal_pointer (&reading->reading);
      self->drift_said = self->drift == NULL || cc_drift_is_empty (self->drift);
      cc_map_free (self->map);
      self->map = g_steal_pointer (&reading->map);
      g_clear_pointer (&self->losses, g_ptr_array_unref);
      self->left_open = 0;
    }
  g_clear_pointer (&self->result, cc_import_result_free);
  self->replaces = 0;
}

static void settle_again (CcImportDraft *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportDraft) self = CC_IMPORT_DRAFT (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportReading) reading = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (reading != NULL)
    {
      take_reading (self, reading);
      self->state = CC_DRAFT_READY;
    }
  else
    {
      self->error = g_steal_pointer (&error);
      /* A choice that cannot be followed leaves the file as it was read before. */
      if (self->inspection == NULL)
        self->state = CC_DRAFT_FAILED;
    }
  if (self->again && self->state == CC_DRAFT_READY)
    settle_again (self);
  else
    emit_changed (self);
}

typedef struct
{
  GWeakRef   draft;
  double     fraction;
  CcPreview *first_rows;
} Tell;

static void
tell_free (gpointer data)
{
  Tell *self = data;

  g_weak_ref_clear (&self->draft);
  cc_preview_free (self->first_rows);
  g_free (self);
}

static gboolean
on_told (gpointer user_data)
{
  Tell *tell = user_data;
  g_autoptr (CcImportDraft) self = g_weak_ref_get (&tell->draft);

  if (self == NULL || self->cancellable == NULL)
    return G_SOURCE_REMOVE;
  if (tell->first_rows != NULL)
    {
      cc_preview_free (self->first_rows);
      self->first_rows = g_steal_pointer (&tell->first_rows);
    }
  else
    self->fraction = tell->fraction;
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

/* Called in the thread. */
static void
tell (gpointer draft, double fraction, CcPreview *first_rows)
{
  Tell *self = g_new0 (Tell, 1);

  g_weak_ref_init (&self->draft, draft);
  self->fraction = fraction;
  self->first_rows = first_rows;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_told, self, tell_free);
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CcImportRequest *request = task_data;
  GError          *error = NULL;
  CcImportReading *reading = cc_import_reading_load (request, cancellable, &error);

  if (reading != NULL)
    g_task_return_pointer (task, reading, (GDestroyNotify) cc_import_reading_free);
  else
    g_task_return_error (task, error);
}

/* Reads anew what `request` asks for; what runs already is given up. */
static void
start_reading (CcImportDraft *self, CcImportRequest *request)
{
  g_autoptr (GTask) task = NULL;

  cc_import_draft_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->busy = TRUE;
  request->tell = tell;
  request->tell_data = g_object_ref (self);
  task = g_task_new (NULL, self->cancellable, on_read, g_object_ref (self));
  g_task_set_name (task, "read delivery");
  g_task_set_task_data (task, request, (GDestroyNotify) cc_import_request_free);
  g_task_run_in_thread (task, read_in_thread);
  emit_changed (self);
}

static CcImportRequest *
create_request (CcImportDraft *self)
{
  CcImportRequest *request = cc_import_request_new (self->session, self->path);

  request->entity = g_strdup (self->entity_said ? self->entity : NULL);
  request->said = self->entity_said;
  request->use_map = self->use_map;
  return request;
}

void
cc_import_draft_read (CcImportDraft *self)
{
  CcImportRequest *request;

  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  request = create_request (self);
  request->first_rows = self->first_rows == NULL;
  self->state = CC_DRAFT_READING;
  self->fraction = 0;
  start_reading (self, request);
}

/* The map anew for the same inspection: it is lent to the thread, which changes its suggestions. */
static void
settle_again (CcImportDraft *self)
{
  CcImportRequest *request;

  /* One thread at a time has the inspection. */
  self->again = self->busy;
  if (self->busy)
    return;
  request = create_request (self);
  request->known = self->inspection;
  request->keep = self->map != NULL ? cc_map_copy (self->map) : NULL;
  start_reading (self, request);
}

/**
 * key: of an agency of the case file
 */
void
cc_import_draft_set_entity (CcImportDraft *self, const char *key)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && key != NULL);
  if (self->entity_said && g_strcmp0 (self->entity, key) == 0)
    return;
  g_clear_pointer (&self->newcomer, cc_entity_free);
  self->entity_said = TRUE;
  if (g_strcmp0 (self->entity, key) == 0)
    return;
  g_free (self->entity);
  self->entity = g_strdup (key);
  if (self->state == CC_DRAFT_READY)
    settle_again (self);
}

/**
 * type: a code of list RETYPE
 */
void
cc_import_draft_set_newcomer (CcImportDraft *self, const char *name, const CcCode *type)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && name != NULL);
  cc_entity_free (self->newcomer);
  self->newcomer = g_new0 (CcEntity, 1);
  self->newcomer->name = cc_text_collapse (name);
  self->newcomer->type = type;
  self->entity_said = TRUE;
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->result, cc_import_result_free);
  if (self->state == CC_DRAFT_READY)
    settle_again (self);
}

/**
 * period: CC_INTERVAL_UNKNOWN where none is stated on purpose
 */
void
cc_import_draft_set_period (CcImportDraft *self, CcInterval period)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->period_said = TRUE;
  if (self->period.first == period.first && self->period.last == period.last)
    return;
  self->period = period;
  self->replaces = 0;
  g_clear_pointer (&self->result, cc_import_result_free);
}

/**
 * Uses the map file that lies beside the sheet, or not: the file is read again with what it says
 * about header rows.
 */
void
cc_import_draft_set_use_map (CcImportDraft *self, gboolean use_map)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  if (self->use_map == !!use_map)
    return;
  self->use_map = !!use_map;
  start_reading (self, create_request (self));
}

/**
 * row: from 0
 */
void
cc_import_draft_set_header_row (CcImportDraft *self, CcInspectTable *table, guint row)
{
  CcImportRequest *request;

  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && self->map != NULL && table != NULL);
  request = create_request (self);
  request->keep = cc_map_copy (self->map);
  cc_map_set_header_row (request->keep, table, row);
  request->header_rows = TRUE;
  start_reading (self, request);
}

/**
 * unit: victim, perpetrator, event; CC_IMPORT_COUNTS: the rows are counts; "-" leaves the table out
 */
void
cc_import_draft_set_unit (CcImportDraft *self, CcInspectTable *table, const char *unit)
{
  CcPack *pack;

  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && self->map != NULL && table != NULL);
  if (self->busy)
    return;
  pack = cc_case_file_get_pack (cc_session_get_file (self->session));
  if (g_str_equal (unit, CC_IMPORT_COUNTS))
    {
      /* Whom the counts are about stays as it was found. */
      if (!g_ascii_isalpha (cc_map_get_unit (self->map, table->name)[0]))
        cc_map_change_unit (self->map, pack, table, table->unit[0] ? table->unit : "victim");
      cc_map_set_aggregate (self->map, table, TRUE);
    }
  else
    {
      const gboolean counts = cc_map_is_aggregate (self->map, table);

      if (g_strcmp0 (cc_map_get_unit (self->map, table->name), unit) == 0
          && (!counts || g_str_equal (unit, "-")))
        return;
      cc_map_change_unit (self->map, pack, table, unit);
      if (!g_str_equal (unit, "-"))
        cc_map_set_aggregate (self->map, table, FALSE);
    }
  cc_import_draft_map_changed (self);
}

/**
 * submission: a live delivery of the same sender, 0 for none
 */
void
cc_import_draft_set_replaces (CcImportDraft *self, gint64 submission)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  if (self->replaces == submission)
    return;
  self->replaces = submission;
  g_clear_pointer (&self->result, cc_import_result_free);
}

void
cc_import_draft_reload (CcImportDraft *self)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  if (self->state == CC_DRAFT_READY && !self->busy)
    settle_again (self);
}

void
cc_import_draft_map_changed (CcImportDraft *self)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  g_clear_pointer (&self->result, cc_import_result_free);
  emit_changed (self);
}

void
cc_import_draft_settle_drift (CcImportDraft *self, gboolean take)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && self->map != NULL);
  if (self->busy)
    return;
  if (take)
    cc_map_take_new_columns (self->map, self->inspection);
  else
    cc_map_leave_new_columns (self->map, self->inspection);
  cc_map_settle_sex (self->map, cc_case_file_get_pack (cc_session_get_file (self->session)));
  self->drift_said = TRUE;
  cc_import_draft_map_changed (self);
}

void
cc_import_draft_set_taken (CcImportDraft *self)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->state = CC_DRAFT_DONE;
  emit_changed (self);
}

void
cc_import_draft_set_as_list (CcImportDraft *self)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->as_list = TRUE;
  emit_changed (self);
}

void
cc_import_draft_set_invented (CcImportDraft *self, gboolean wanted)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->invented = wanted;
}

void
cc_import_draft_set_busy (CcImportDraft *self, gboolean busy)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->busy = busy;
}

void
cc_import_draft_set_importing (CcImportDraft *self, gboolean importing)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self));
  self->importing = importing;
  self->busy = importing;
}

const CcEntity *
cc_import_draft_get_entity (CcImportDraft *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_DRAFT (self), NULL);
  if (self->newcomer != NULL)
    return self->newcomer;
  for (guint i = 0; self->entity != NULL && self->entities != NULL && i < self->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (self->entities, i);

      if (g_str_equal (entity->key, self->entity))
        return entity;
    }
  return NULL;
}

static gboolean
is_of_period (CcImportDraft *self, const CcEntity *entity, const CcSubmission *submission)
{
  return submission->entity == entity->id && !submission->nil
         && g_str_equal (submission->state, "live")
         && submission->period.first == self->period.first
         && submission->period.last == self->period.last;
}

/* An agency may send several lists for a period: the one of the same name is meant first. */
const CcSubmission *
cc_import_draft_get_earlier (CcImportDraft *self)
{
  const CcEntity     *entity = cc_import_draft_get_entity (self);
  const CcSubmission *newest = NULL;
  const CcSubmission *named = NULL;

  if (entity == NULL || !cc_interval_is_known (self->period))
    return NULL;
  for (guint i = 0; i < self->submissions->len; i++)
    {
      const CcSubmission *submission = g_ptr_array_index (self->submissions, i);

      if (!is_of_period (self, entity, submission))
        continue;
      if (newest == NULL || submission->id > newest->id)
        newest = submission;
      if (g_strcmp0 (submission->file_name, self->inspection->file_name) == 0
          && (named == NULL || submission->id > named->id))
        named = submission;
    }
  return named != NULL ? named : newest;
}

gboolean
cc_import_draft_is_known (CcImportDraft *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_DRAFT (self), FALSE);
  return self->state == CC_DRAFT_READY && self->profile != NULL && !self->use_map;
}

CcImportResult *
cc_import_draft_run (CcImportDraft *self, gboolean dry_run, CcProgress *progress, GError **error)
{
  const CcEntity *newcomer = self->newcomer;
  /* Another layout than the profile's gets a profile of its own. */
  const gboolean covered =
      self->profile != NULL && cc_profile_covers (self->profile, self->inspection);
  CcImportOptions options = { .entity = newcomer == NULL ? self->entity : NULL,
                              .new_name = newcomer != NULL ? newcomer->name : NULL,
                              .new_type = newcomer != NULL ? newcomer->type : NULL,
                              .period = self->period,
                              .profile = covered ? self->profile->name : NULL,
                              .replaces = self->replaces,
                              .dry_run = dry_run,
                              .today = CC_DAY_NONE };

  return cc_import_inspected (cc_session_get_file (self->session), self->inspection, self->map,
                              &options, progress, error);
}

void
cc_import_draft_set_result (CcImportDraft *self, CcImportResult *result, gboolean done)
{
  g_return_if_fail (CC_IS_IMPORT_DRAFT (self) && result != NULL);
  cc_import_result_free (self->result);
  self->result = result;
  if (done)
    self->state = CC_DRAFT_DONE;
  emit_changed (self);
}
