/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>

#include "cc-map-private.h"
#include "cc-send-back-private.h"

void
cc_send_back_result_free (CcSendBackResult *self)
{
  if (!self)
    return;
  g_free (self->language);
  g_free (self->sha256);
  g_free (self);
}

static void
clear_job (CcSendBackJob *job)
{
  g_clear_pointer (&job->plans, g_ptr_array_unref);
  g_clear_pointer (&job->rows, g_hash_table_unref);
  g_clear_pointer (&job->findings, g_ptr_array_unref);
  g_clear_pointer (&job->known, g_hash_table_unref);
  g_clear_pointer (&job->questions, g_ptr_array_unref);
  g_clear_pointer (&job->taken, g_hash_table_unref);
  g_clear_pointer (&job->asked_rows, g_hash_table_unref);
  g_clear_pointer (&job->returned, cc_returned_free);
  g_clear_pointer (&job->map, cc_map_free);
  g_clear_pointer (&job->inspection, cc_inspection_free);
  g_clear_pointer (&job->submission, cc_submission_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CcSendBackJob, clear_job)

static CcSubmission *
find_submission (CcCaseFile *file, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) all = cc_submission_list (file, error);

  if (!all)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      CcSubmission *submission = all->pdata[i];

      if (submission->id != id)
        continue;
      if (!submission->nil && g_strcmp0 (submission->state, "live") == 0 && submission->sha256)
        return g_ptr_array_steal_index (all, i);
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   submission->nil
                       ? "Delivery %" G_GINT64_FORMAT
                         " says that there was nothing to report. There is no list to ask about."
                       : "Delivery %" G_GINT64_FORMAT
                         " was taken back. Nothing is asked about it, and nothing was written.",
                   id);
      return NULL;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "There is no delivery %" G_GINT64_FORMAT ". Nothing was written.", id);
  return NULL;
}

/* The map that the delivery was read with. */
static CcMap *
load_map (CcCaseFile *file, const CcSubmission *submission, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (file, error);
  g_autoptr (CcStatement) find = NULL;
  CcMap   *map = NULL;
  gboolean has_row = FALSE;

  if (!connection)
    return NULL;
  find =
      cc_connection_prepare (connection, "SELECT body FROM profile_version WHERE id = ?1", error);
  if (find)
    {
      cc_statement_bind_int64 (find, 1, submission->profile_version);
      if (cc_statement_step (find, &has_row, error))
        map = has_row ? cc_map_load_text ("profile", cc_statement_text (find, 0), error)
                      : cc_map_new ();
    }
  g_clear_pointer (&find, cc_statement_release);
  cc_case_file_release_reader (file, connection);
  return map;
}

/* The list as it was sent. */
static gboolean
read_list (CcSendBackJob *job, const char *original, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (job->file);
  g_autoptr (CcMap) known = load_map (job->file, job->submission, error);

  if (!known)
    return FALSE;
  job->inspection = cc_inspect_with (pack, original, known, cc_day_today (), job->progress, error);
  if (!job->inspection)
    return FALSE;
  if (!g_str_equal (job->inspection->sha256, job->submission->sha256))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "“%s” is not the file of this delivery, or it was changed since. Choose the "
                   "file that was imported: “%s”. Nothing was written.",
                   job->inspection->file_name, job->submission->file_name);
      return FALSE;
    }
  job->map = cc_map_suggest (job->inspection, pack, known, error);
  return job->map != NULL;
}

static const char *
choose_language (const CcSendBackJob *job, const char *language)
{
  static const char *const known[] = { "en", "fr", "pt", "es", "ar", "sw" };
  const char              *found = language ? language : job->inspection->languages[0];

  for (guint i = 0; found && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i], found))
      return known[i];
  return "en";
}

typedef struct
{
  gint64      submission;
  const char *sha256;
} Note;

static gboolean
note_sent (CcAct *act, gpointer data, GError **error)
{
  const Note      *note = data;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, note->submission);

  return cc_act_log (act, "send_back", key, NULL, note->sha256, error);
}

static char *
hash_file (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  return file ? g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                             (const guchar *) g_mapped_file_get_contents (file),
                                             g_mapped_file_get_length (file))
              : NULL;
}

static CcSendBackResult *
finish (CcSendBackJob *job, const char *out, gboolean fresh, GError **error)
{
  g_autoptr (CcSendBackResult) result = g_new0 (CcSendBackResult, 1);
  Note note = { job->submission->id, NULL };

  result->fresh = fresh;
  result->language = g_strdup (job->language);
  result->rows = g_hash_table_size (job->asked_rows);
  result->questions = job->questions->len;
  result->cells = job->returned->asks->len;
  result->sha256 = hash_file (out, error);
  if (!result->sha256)
    return NULL;
  note.sha256 = result->sha256;
  if (!cc_case_file_act (job->file, "send-back", note_sent, &note, NULL, error))
    return NULL;
  return g_steal_pointer (&result);
}

CcSendBackResult *
cc_send_back (CcCaseFile *file,
              CcTexts    *texts,
              gint64      submission,
              const char *original,
              const char *out,
              const char *language,
              CcProgress *progress,
              GError    **error)
{
  g_auto (CcSendBackJob) job = { .file = file, .texts = texts, .progress = progress };
  gboolean fresh = FALSE;

  g_return_val_if_fail (file != NULL && texts != NULL && original != NULL && out != NULL, NULL);

  job.submission = find_submission (file, submission, error);
  if (!job.submission || !read_list (&job, original, error))
    return NULL;
  job.language = choose_language (&job, language);
  job.returned = cc_returned_new (job.submission->sha256,
                                  cc_returned_hash_file (file, job.submission->sha256));
  if (!cc_send_back_load_rows (&job, error) || !cc_send_back_gather (&job, error))
    return NULL;
  if (g_hash_table_size (job.asked_rows) == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "There is nothing to ask about “%s”: no row waits and no cell is in doubt. "
                   "Nothing was written.",
                   job.submission->file_name);
      return NULL;
    }
  return cc_send_back_write (&job, out, &fresh, error) ? finish (&job, out, fresh, error) : NULL;
}
