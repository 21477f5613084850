/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/report/cc-workbook.h>
#include <cc/store/cc-release.h>
#include <glib/gstdio.h>

#define BLOCK_SIZE (64 * 1024)

typedef struct
{
  CcRelease  *release;
  const char *part; /* the finished workbook, under another name beside its place */
  const char *path;
} ExportWork;

static char *
hash_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gssize             n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK_SIZE, NULL, error)) > 0)
    g_checksum_update (checksum, block, n);
  return n < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static char *
join_periods (GArray *periods)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < periods->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? ";" : "",
                            g_array_index (periods, CcPeriod, i).code);
  return g_string_free (codes, FALSE);
}

static CcRelease *
describe (const CcWorkbookRequest *request, const CcWorkbookSummary *summary, const char *path)
{
  CcRelease *release = g_new0 (CcRelease, 1);

  release->questionnaire = g_strdup (cc_questionnaire_get_id (request->questionnaire));
  release->version = cc_questionnaire_get_version (request->questionnaire);
  release->checksum = g_strdup (cc_questionnaire_get_checksum (request->questionnaire));
  release->periods = join_periods (request->options->periods);
  release->language = g_strdup (request->language);
  release->audience = g_strdup (cc_audience_to_text (request->audience));
  release->file_name = g_path_get_basename (path);
  release->sha256 = g_strdup (summary->sha256);
  release->head = g_strdup (summary->head_hash);
  release->n_tables = summary->tables->len;
  release->n_errors = summary->n_errors;
  release->n_warnings = summary->n_warnings;
  release->n_notes = summary->n_notes;
  return release;
}

/* The workbook takes its place as the last step of the act: a name that cannot be taken rolls the
 * note back. */
static gboolean
note_release (CcAct *act, gpointer user_data, GError **error)
{
  ExportWork *work = user_data;

  if (!cc_act_add_release (act, work->release, error))
    return FALSE;
  if (g_rename (work->part, work->path) == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
               "The workbook “%s” could not be put in its place: %s. Choose another folder or "
               "name; nothing was handed in.",
               work->path, g_strerror (errno));
  return FALSE;
}

/* The part stands in the folder of the workbook, so that the rename is one step. */
static char *
make_part_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *part = g_strdup_printf (".%s.part", name);

  return g_build_filename (folder, part, NULL);
}

/* The user knows the workbook by its own name. */
static void
name_workbook (GError *error, const char *part, const char *path)
{
  g_auto (GStrv) pieces = g_strsplit (error->message, part, -1);

  g_free (error->message);
  error->message = g_strjoinv (path, pieces);
}

/**
 * cc_workbook_export:
 *
 * Returns: (transfer full): what was written and noted; %NULL with an error when neither was done.
 *   Errors: those of cc_workbook_write () and of an act
 */
CcWorkbookSummary *
cc_workbook_export (CcCaseFile              *file,
                    const CcWorkbookRequest *request,
                    CcTexts                 *texts,
                    const char              *path,
                    CcProgress              *progress,
                    GError                 **error)
{
  g_autofree char *part = NULL;
  g_autoptr (CcWorkbookSummary) summary = NULL;
  g_autoptr (CcRelease) release = NULL;
  ExportWork  work = { 0 };
  GError     *failure = NULL;
  struct stat old;

  g_return_val_if_fail (file != NULL && request != NULL && texts != NULL && path != NULL, NULL);

  if (cc_case_file_is_read_only (file))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
                   "The case file is open for reading only, so it cannot note what is handed in. "
                   "No workbook was written.");
      return NULL;
    }
  part = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : make_part_name (path);
  summary = cc_workbook_write (file, request, texts, part, progress, &failure);
  if (summary == NULL)
    {
      name_workbook (failure, part, path);
      g_propagate_error (error, failure);
      return NULL;
    }
  g_free (summary->path);
  summary->path = g_strdup (path);
  if (g_stat (path, &old) == 0)
    g_chmod (part, old.st_mode & 07777);
  summary->sha256 = hash_file (part, error);
  if (summary->sha256 != NULL)
    {
      release = describe (request, summary, path);
      work = (ExportWork){ release, part, path };
    }
  if (release == NULL
      || !cc_case_file_act (file, "export", note_release, &work,
                            progress != NULL ? cc_progress_get_cancellable (progress) : NULL,
                            error))
    {
      g_unlink (part);
      return NULL;
    }
  return g_steal_pointer (&summary);
}
