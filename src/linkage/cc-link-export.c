/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-elsewhere.h>

#include <cc/base/cc-error.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cc-link-export-private.h"
#include "cc-link-outcome-private.h"

/* Who may read what leaves: the one who wrote it. It holds names. */
#define FOLDER_MODE 0700
#define FILE_MODE   0600

typedef struct
{
  const char         *kind;
  const char         *folder;
  const CcLinkLearnt *learnt;
  CcLinkTable        *table;
  CcLinkExport       *result;
  guint8             *uuids; /* of 16 bytes, by row */
} Export;

static gboolean
read_uuids (Export *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT uuid FROM record WHERE id = ?1", error);

  if (!find)
    return FALSE;
  self->uuids = g_new0 (guint8, 16 * MAX ((gsize) self->table->rows->len, 1));
  for (guint i = 0; i < self->table->rows->len; i++)
    {
      const guint position = self->table->positions[i];
      const void *uuid;
      gsize       size;
      gboolean    has_row;

      cc_statement_bind_int64 (find, 1, cc_link_table_get_record_id (self->table, position));
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      uuid = has_row ? cc_statement_blob (find, 0, &size) : NULL;
      if (uuid && size == 16)
        memcpy (self->uuids + 16 * (gsize) i, uuid, 16);
      cc_statement_reset (find);
    }
  return TRUE;
}

static gboolean
write_text (Export *self, const char *name, const char *text, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (!g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 FILE_MODE, error))
    return FALSE;
  g_ptr_array_add (self->result->files, g_steal_pointer (&path));
  return TRUE;
}

/* Takes the text, and overwrites it: it holds names. */
static gboolean
write_and_wipe (Export *self, const char *name, GString *text, GError **error)
{
  const gboolean ok = write_text (self, name, text->str, text->len, error);

  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
  return ok;
}

/* The model goes on record before anything leaves: it tells who took what out, and is what pairs
 * that come back are kept under. */
static gboolean
write_files (CcAct *act, gpointer data, GError **error)
{
  Export          *self = data;
  g_autofree char *model = cc_link_model_to_text (&self->learnt->model, self->table);
  g_autofree char *settings = cc_link_export_settings (&self->learnt->model, self->table);
  g_autofree char *key = NULL;
  const gint64 id = cc_act_add_link_model (act, self->kind, CC_LINK_MODEL_VERSION, model, error);

  if (id == 0)
    return FALSE;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  return cc_act_log (act, "link_model", key, NULL, "exported", error)
         && write_text (self, "model.ini", model, strlen (model), error)
         && write_text (self, "settings.json", settings, strlen (settings), error)
         && write_and_wipe (self, "examples.csv",
                            cc_link_export_examples (self->table, self->learnt, self->uuids), error)
         && write_and_wipe (self, "prepared.csv",
                            cc_link_export_columns (self->table, self->learnt, self->uuids), error);
}

/* Half of what was to leave is taken back. */
static void
remove_files (CcLinkExport *result)
{
  for (guint i = 0; i < result->files->len; i++)
    (void) g_unlink (result->files->pdata[i]);
  g_ptr_array_set_size (result->files, 0);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_READ_ONLY,
               "The folder “%s” could not be made: %s. Choose another; nothing was written.",
               folder, g_strerror (errno));
  return FALSE;
}

static gboolean
learn_and_write (CcCaseFile         *file,
                 CcConnection       *reader,
                 Export             *self,
                 const CcLinkParams *asked,
                 CcProgress         *progress,
                 GError            **error)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  g_autoptr (CcLinkLearnt) learnt = NULL;
  g_autofree char *accepted = NULL;
  CcLinkParams     params = *asked;

  if (!cc_link_read_accepted (reader, self->kind, &accepted, error)
      || !cc_link_take_verdicts (reader, self->table, self->kind, verdicts, error))
    return FALSE;
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  params.model = accepted;
  learnt = cc_link_engine_learn (self->table, &params, progress, error);
  if (!learnt || !read_uuids (self, reader, error))
    return FALSE;
  self->learnt = learnt;
  cc_progress_begin (progress, "progress.write", 0);
  return make_folder (self->folder, error)
         && cc_case_file_act (file, "export-model", write_files, self,
                              cc_progress_get_cancellable (progress), error);
}

gboolean
cc_link_export (CcCaseFile         *file,
                const char         *unit,
                const CcLinkParams *params,
                const char         *folder,
                CcProgress         *progress,
                CcLinkExport       *result,
                GError            **error)
{
  Export self = { .kind = cc_link_get_kind (file, unit, error),
                  .folder = folder,
                  .result = result };
  g_autoptr (CcLinkTable) table = NULL;
  CcConnection *reader;
  gboolean      ok = FALSE;

  result->files = g_ptr_array_new_with_free_func (g_free);
  result->records = 0;
  if (!self.kind)
    return FALSE;
  if (strcmp (unit, "event") == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "Events are linked by their case numbers alone: there is no model to write. "
                   "Victims and perpetrators have one.");
      return FALSE;
    }
  reader = cc_case_file_acquire_reader (file, error);
  if (!reader)
    return FALSE;
  self.table = table = cc_link_prepare (file, reader, unit, progress, error);
  if (table)
    {
      ok = learn_and_write (file, reader, &self, params, progress, error);
      result->records = table->rows->len;
    }
  cc_case_file_release_reader (file, reader);
  if (!ok)
    remove_files (result);
  g_free (self.uuids);
  return ok;
}

void
cc_link_export_clear (CcLinkExport *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
}
