/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backups-work.h"

#include "cc-backups.h"
#include "library/cc-library.h"

void
cc_backups_state_free (CcBackupsState *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->problem);
  g_clear_pointer (&self->backups, g_ptr_array_unref);
  cc_last_backup_free (self->last);
  g_free (self);
}

static gboolean
load_last (CcSession *session, CcBackupsState *state, GError **error)
{
  CcCaseFile   *file = cc_session_get_file (session);
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  GError       *problem = NULL;

  if (reader == NULL)
    return FALSE;
  state->last = cc_backup_find_last (reader, &problem);
  if (problem == NULL)
    (void) cc_backup_load_rule (reader, &state->rule, &problem);
  cc_case_file_release_reader (file, reader);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (CcBackupsState) state = g_new0 (CcBackupsState, 1);
  g_autofree char *usual = cc_backups_dup_usual_folder ();
  g_autoptr (GError) problem = NULL;
  GError *error = NULL;

  cc_backups_prepare_folder ();
  state->rule = CC_BACKUP_RULE_DEFAULT;
  state->folder = cc_backups_dup_folder ();
  state->usual = g_str_equal (state->folder, usual);
  if (task_data != NULL && !load_last (task_data, state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  state->gone = state->last != NULL && !g_file_test (state->last->path, G_FILE_TEST_EXISTS);
  if (task_data != NULL)
    state->backups =
        cc_case_file_list_backups (cc_session_get_file (task_data), state->folder, &problem);
  if (problem != NULL)
    state->problem = g_strdup (problem->message);
  g_task_return_pointer (task, g_steal_pointer (&state), (GDestroyNotify) cc_backups_state_free);
}

static void
unref_session (gpointer session)
{
  g_clear_pointer ((CcSession **) &session, cc_session_unref);
}

void
cc_backups_load_async (CcSession          *session,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "list backups");
  g_task_set_source_tag (task, cc_backups_load_async);
  g_task_set_task_data (task, session != NULL ? cc_session_ref (session) : NULL, unref_session);
  g_task_run_in_thread (task, load);
}

CcBackupsState *
cc_backups_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
cc_backups_set_rule (CcAct *act, gpointer rule, GError **error)
{
  return cc_act_set_backup_rule (act, rule, error);
}

gpointer
cc_backups_make (CcProgress *progress, gpointer data, GError **error)
{
  char *path = NULL;

  cc_backups_prepare_folder ();
  return cc_case_file_backup (cc_session_get_file (data), NULL, CC_BACKUP_BY_HAND, progress, &path,
                              error)
             ? path
             : NULL;
}

gpointer
cc_backups_rekey (CcProgress *progress, gpointer data, GError **error)
{
  const CcRekeyRequest *request = data;
  char                 *path = NULL;

  cc_backups_prepare_folder ();
  return cc_case_file_change_passphrase (cc_session_get_file (request->session), request->old,
                                         request->passphrase, NULL, progress, &path, error)
             ? path
             : NULL;
}

void
cc_rekey_request_free (CcRekeyRequest *self)
{
  cc_session_unref (self->session);
  cc_secret_free (self->old);
  cc_secret_free (self->passphrase);
  g_free (self);
}

gpointer
cc_backups_restore (CcProgress *progress, gpointer data, GError **error)
{
  const CcRestoreRequest *request = data;
  CcCaseFile             *origin = cc_session_get_file (request->session);
  g_autofree char        *library = cc_library_get_folder ();
  g_autofree char        *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (error);
  g_autoptr (GPtrArray) items = NULL;

  /* Listing makes the folder of the library. */
  if (pack == NULL || (items = cc_library_list (library, error)) == NULL
      || !cc_library_check_name (library, request->name, error))
    return NULL;
  path = cc_library_build_path (library, request->name);
  if (!cc_case_file_restore (request->backup, request->passphrase, pack, path, progress, error))
    return NULL;
  /* A file stays of its country and for practice or not, in all its backups. */
  (void) cc_library_note (library, path, cc_case_file_get_country (origin),
                          cc_case_file_is_practice (origin), NULL);
  return g_steal_pointer (&path);
}

void
cc_restore_request_free (CcRestoreRequest *self)
{
  g_clear_pointer (&self->session, cc_session_unref);
  g_free (self->backup);
  g_free (self->name);
  cc_secret_free (self->passphrase);
  g_free (self);
}
