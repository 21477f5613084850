/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-flow.h"

#include "cc-exchange-work.h"
#include "cc-passphrase-dialog.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-secret.h>

typedef struct
{
  GtkWindow *window;
  CcSession *session;
  GFile     *file;
  CcSecret  *passphrase;
} Flow;

static void
flow_free (gpointer data)
{
  Flow *self = data;

  g_object_unref (self->window);
  cc_session_unref (self->session);
  g_clear_object (&self->file);
  cc_secret_free (self->passphrase);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static gpointer
merge_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow                     *self = data;
  g_autofree CcMergeResult *result = g_new0 (CcMergeResult, 1);

  if (!cc_exchange_work_merge_outside (cc_session_get_file (self->session), self->file,
                                       self->passphrase, progress, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CcMergeResult *merged = cc_job_run_finish (result, &error);
  GtkWidget *near = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window));
  g_autofree char *text = NULL;

  if (near == NULL)
    return;
  if (merged == NULL)
    {
      cc_present_error (near, _ ("Nothing Was Brought In"), error);
      return;
    }
  text = cc_exchange_describe_result (merged);
  if (merged->act == 0)
    {
      cc_present_toast (near, text);
      return;
    }
  cc_session_changed (self->session);
  cc_present_undo (near, text, merged->act);
}

/* What the work needs; the window is not touched there. */
static Flow *
flow_copy (const Flow *self)
{
  Flow *copy = g_new0 (Flow, 1);

  copy->window = g_object_ref (self->window);
  copy->session = cc_session_ref (self->session);
  copy->file = g_object_ref (self->file);
  copy->passphrase = cc_secret_dup_text (self->passphrase);
  return copy;
}

static void
on_passphrase (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  Flow *work;

  if (!g_str_equal (response, "take"))
    return;
  self->passphrase = cc_secret_dup_text (cc_passphrase_dialog_get (dialog));
  work = flow_copy (self);
  cc_job_run_async (GTK_WIDGET (self->window), _ ("Bringing Records In"), merge_work, work,
                    flow_free, g_free, on_merged, g_steal_pointer (&self));
}

static void
on_file (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;
  GtkWidget       *dialog;

  if (response == GTK_RESPONSE_ACCEPT)
    self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_object_unref (chooser);
  if (self->file == NULL)
    return;
  name = g_file_get_basename (self->file);
  body =
      g_strdup_printf (_ ("What is new or was changed in “%s” is brought into this case file. "
                          "What was changed on both sides is asked afterwards. It can be undone."),
                       name);
  dialog = cc_passphrase_dialog_new (self->window, _ ("Passphrase of the Package or Copy"), body,
                                     _ ("_Bring In"));
  g_signal_connect (dialog, "response", G_CALLBACK (on_passphrase), g_steal_pointer (&self));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cc_merge_flow_start (GtkWindow *window, CcSession *session)
{
  GtkFileChooserNative *chooser;
  g_autoptr (GtkFileFilter) cases = gtk_file_filter_new ();
  Flow *self;

  g_return_if_fail (GTK_IS_WINDOW (window) && session != NULL);
  if (cc_session_is_read_only (session))
    return;
  self = g_new0 (Flow, 1);
  self->window = g_object_ref (window);
  self->session = cc_session_ref (session);
  gtk_file_filter_set_name (cases, _ ("Case files"));
  gtk_file_filter_add_suffix (cases, "casecount");
  chooser =
      gtk_file_chooser_native_new (_ ("Bring In a Package or Copy"), window,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), cases);
  g_signal_connect (chooser, "response", G_CALLBACK (on_file), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
