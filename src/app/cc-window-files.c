/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-files.h"

#include "cc-window-leave.h"
#include "classification/cc-pack-window.h"
#include "exchange/cc-merge-flow.h"
#include "exchange/cc-package-window.h"
#include "library/cc-library.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-repair.h>

#include <errno.h>

static void
on_chooser_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    cc_window_bring_in (CC_WINDOW (user_data), file);
  /* The window keeps it while it is shown. */
  g_object_set_data (G_OBJECT (user_data), "file-chooser", NULL);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) cases = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (cases, _ ("Case files"));
  gtk_file_filter_add_suffix (cases, "casecount");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, cases);
  gtk_file_chooser_add_filter (chooser, all);
}

void
cc_window_files_choose (CcWindow *window)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (CC_IS_WINDOW (window));
  if (g_object_get_data (G_OBJECT (window), "file-chooser") != NULL)
    return;
  chooser =
      gtk_file_chooser_native_new (_ ("Bring In a Case File"), GTK_WINDOW (window),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Bring In"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  g_object_set_data_full (G_OBJECT (window), "file-chooser", chooser, g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chooser_response), window, 0);
  cc_chooser_show (chooser, CC_CHOOSER_IMPORT);
}

/* ---- a copy of the open file ---- */

typedef struct
{
  CcWindow  *window;
  CcSession *session;
  GFile     *target;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_object_unref (self->window);
  cc_session_unref (self->session);
  g_clear_object (&self->target);
  g_free (self);
}

/* A file that is in use is copied by the store, under a name of its own, into a folder where it may
 * stand for a moment: it is encrypted like the file itself. */
static gboolean
save_copy (const Copy *copy, const char *folder, CcProgress *progress, GError **error)
{
  g_autofree char *backup = NULL;
  gboolean         ok;

  backup = g_build_filename (folder, "copy.casecount", NULL);
  if (!cc_case_file_copy (cc_session_get_file (copy->session), backup, progress, error))
    return FALSE;
  ok = cc_library_save_copy (backup, copy->target, progress, error);
  (void) g_unlink (backup);
  return ok;
}

static gpointer
save_copy_work (CcProgress *progress, gpointer data, GError **error)
{
  g_autofree char *library = cc_library_get_folder ();
  g_autoptr (GPtrArray) items = cc_library_list (library, error);
  char     *folder;
  CcMaking *part;
  gboolean  ok;

  /* Listing makes the folder of the library. */
  if (items == NULL)
    return NULL;
  folder = cc_making_make_folder (library, "copy", &part);
  if (folder == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  ok = save_copy (data, folder, progress, error);
  cc_making_remove_folder (folder, part);
  return ok ? g_strdup ("") : NULL;
}

static void
on_copy_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcWindow) window = CC_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *done = cc_job_run_finish (result, &error);
  GtkWidget       *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));

  if (content == NULL)
    return;
  if (done != NULL)
    cc_present_toast (content, _ ("The copy was saved. It has the same passphrase."));
  else
    cc_present_error (content, _ ("The Copy Could Not Be Saved"), error);
}

static void
on_target_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Copy *copy = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    copy->target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (copy->target != NULL)
    cc_job_run_async (GTK_WIDGET (copy->window), _ ("Saving a Copy"), save_copy_work, copy,
                      copy_free, g_free, on_copy_saved, g_object_ref (copy->window));
  else
    copy_free (copy);
}

void
cc_window_files_save_copy (CcWindow *window)
{
  GtkFileChooserNative *chooser;
  g_autofree char      *name = NULL;
  Copy                 *copy;

  g_return_if_fail (CC_IS_WINDOW (window) && cc_window_get_session (window) != NULL);
  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (window);
  copy->session = cc_session_ref (cc_window_get_session (window));
  name = g_file_get_basename (cc_window_get_file (window));
  chooser = gtk_file_chooser_native_new (_ ("Save a Copy"), GTK_WINDOW (window),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_target_response), copy);
  cc_chooser_show (chooser, CC_CHOOSER_BACKUPS);
}

/* ---- what the library remembers ---- */

typedef struct
{
  char    *path;
  char    *country;
  gboolean practice;
} Note;

static void
note_free (gpointer data)
{
  Note *self = data;

  g_free (self->path);
  g_free (self->country);
  g_free (self);
}

static void
note_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Note      *self = task_data;
  g_autofree char *folder = cc_library_get_folder ();
  g_autoptr (GError) error = NULL;

  /* Without the note the start page shows no country: no reason to disturb anybody. */
  if (!cc_library_note (folder, self->path, self->country, self->practice, &error))
    g_debug ("The index of the library could not be written: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
note_file (GFile *file, CcSession *session)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *folder = cc_library_get_folder ();
  CcCaseFile      *case_file = cc_session_get_file (session);
  Note            *note;

  if (!cc_library_contains (folder, file))
    return;
  note = g_new0 (Note, 1);
  note->path = g_file_get_path (file);
  note->country = g_strdup (cc_case_file_get_country (case_file));
  note->practice = cc_case_file_is_practice (case_file);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_name (task, "note country");
  g_task_set_source_tag (task, note_file);
  g_task_set_task_data (task, note, note_free);
  g_task_run_in_thread (task, note_in_thread);
}

/* What the file that is opened next is opened for, where it is that one. */
static gboolean
take_purpose (CcWindow *window, const char *purpose)
{
  GFile         *file = cc_window_get_file (window);
  const char    *wanted = g_object_get_data (G_OBJECT (window), purpose);
  const gboolean is_it = wanted != NULL && g_strcmp0 (g_file_peek_path (file), wanted) == 0;

  g_object_set_data (G_OBJECT (window), purpose, NULL);
  return is_it;
}

void
cc_window_files_opened (CcWindow *window)
{
  CcSession       *session = cc_window_get_session (window);
  GAction         *repair = g_action_map_lookup_action (G_ACTION_MAP (window), "repair-file");
  g_autofree char *name = g_file_get_basename (cc_window_get_file (window));
  g_autofree char *shown = g_filename_display_name (name);

  g_simple_action_set_state (G_SIMPLE_ACTION (repair), g_variant_new_string (shown));
  note_file (cc_window_get_file (window), session);
  if (take_purpose (window, "package-of"))
    g_action_group_activate_action (G_ACTION_GROUP (window), "package", NULL);
  if (take_purpose (window, "brought-in"))
    cc_package_flow_start (GTK_WINDOW (window), session);
}

/* ---- actions ---- */

/* Of the file whose passphrase is asked for. */
static void
on_bring_in_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcWindow *window = CC_WINDOW (user_data);
  g_autoptr (GFile) file = NULL;

  if (cc_window_get_file (window) == NULL || cc_window_get_session (window) != NULL)
    return;
  file = g_object_ref (cc_window_get_file (window));
  cc_window_bring_in (window, file);
}

static void
on_save_copy_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_window_files_save_copy (CC_WINDOW (user_data));
}

static void
on_merge_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_merge_flow_start (GTK_WINDOW (user_data), cc_window_get_session (CC_WINDOW (user_data)));
}

static void
on_package_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcSession *session = cc_window_get_session (CC_WINDOW (user_data));

  if (session != NULL)
    gtk_window_present (GTK_WINDOW (cc_package_window_new (GTK_WINDOW (user_data), session)));
}

/* The name of the action is that of the purpose. */
static void
on_open_for_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *path = g_variant_get_string (parameter, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_object_set_data_full (G_OBJECT (user_data), g_action_get_name (G_ACTION (action)),
                          g_strdup (path), g_free);
  cc_window_open (CC_WINDOW (user_data), file);
}

/* What was installed shows when the file is opened again. */
static void
on_installed (CcWindow *window)
{
  g_autoptr (GFile) file = g_object_ref (cc_window_get_file (window));

  cc_window_reopen (window, file, NULL,
                    _ ("Another classification was installed. Open the case "
                       "file again to go on."),
                    CC_KEPT_NOTHING, 0);
}

static void
show_classification (gpointer user_data)
{
  CcSession *session = cc_window_get_session (CC_WINDOW (user_data));
  GtkWidget *window;

  if (session == NULL
      || cc_window_ask_unsaved (CC_WINDOW (user_data), show_classification, user_data))
    return;
  window = cc_pack_window_new (GTK_WINDOW (user_data), session);
  g_signal_connect_object (window, "installed", G_CALLBACK (on_installed), user_data,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_classification_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_classification (user_data);
}

static void
close_and_repair (gpointer user_data)
{
  CcWindow *window = CC_WINDOW (user_data);
  g_autoptr (GFile) file = g_file_dup (cc_window_get_file (window));

  g_object_set_data (G_OBJECT (file), CC_UNLOCK_DAMAGED, GINT_TO_POINTER (TRUE));
  cc_window_destroy_dialogs (GTK_WINDOW (window));
  cc_window_reopen (window, file, NULL, NULL, CC_KEPT_NOTHING, 0);
}

/* Damage that was met while the file is open is repaired on the page where it is opened. */
static void
on_repair_file_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (cc_window_get_file (user_data) != NULL
      && !cc_window_ask_unsaved (user_data, close_and_repair, user_data))
    close_and_repair (user_data);
}

static void
on_open_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_window_files_choose (user_data);
}

/* The key means what the page takes: lists on Import, elsewhere a case file. */
static void
on_open_here_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!cc_window_open_files (user_data))
    cc_window_files_choose (user_data);
}

void
cc_window_files_add_actions (CcWindow *window)
{
  static const GActionEntry actions[] = {
    { .name = "open", .activate = on_open_activated },
    { .name = "open-here", .activate = on_open_here_activated },
    { .name = "bring-in", .activate = on_bring_in_activated },
    { .name = "save-copy", .activate = on_save_copy_activated },
    { .name = "classification", .activate = on_classification_activated },
    { .name = "package", .activate = on_package_activated },
    { .name = "package-of", .activate = on_open_for_activated, .parameter_type = "s" },
    { .name = "brought-in", .activate = on_open_for_activated, .parameter_type = "s" },
    { .name = "merge", .activate = on_merge_activated },
    { .name = "repair-file", .activate = on_repair_file_activated, .state = "''" },
  };

  cc_repair_name_way ("“Repair…” where its passphrase is asked for");
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
