/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-files.h"

#include "library/cc-library.h"

#include <glib/gi18n.h>

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
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
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

void
cc_window_files_note (GFile *file, CcSession *session)
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
  g_task_set_source_tag (task, cc_window_files_note);
  g_task_set_task_data (task, note, note_free);
  g_task_run_in_thread (task, note_in_thread);
}
