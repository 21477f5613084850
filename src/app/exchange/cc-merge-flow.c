/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-flow.h"

#include "cc-exchange-work.h"
#include "cc-passphrase-dialog.h"
#include "cc-window.h"
#include "library/cc-library.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>

typedef struct
{
  GtkWindow *window;
  CcSession *session;
  GFile     *file;
  CcSecret  *passphrase;
} Flow;

static Flow *
flow_new (GtkWindow *window, CcSession *session)
{
  Flow *self = g_new0 (Flow, 1);

  self->window = g_object_ref (window);
  self->session = cc_session_ref (session);
  return self;
}

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

/* What the work needs; the window is not touched there. */
static Flow *
flow_copy (const Flow *self)
{
  Flow *copy = flow_new (self->window, self->session);

  copy->file = g_object_ref (self->file);
  if (self->passphrase != NULL)
    copy->passphrase = cc_secret_dup_text (self->passphrase);
  return copy;
}

/* It may have been locked while something was asked. */
static gboolean
is_open (const Flow *self)
{
  return adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window)) != NULL
         && cc_window_get_session (CC_WINDOW (self->window)) == self->session;
}

/* ---- bringing it in ---- */

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

static void
merge (Flow *self)
{
  cc_job_run_async (GTK_WIDGET (self->window), _ ("Bringing Records In"), merge_work,
                    flow_copy (self), flow_free, g_free, on_merged, flow_copy (self));
}

/* ---- how the two stand to each other ---- */

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (g_str_equal (response, "bring") && is_open (self))
    merge (self);
}

static char *
describe (const Flow *self, CcKinship kinship, gboolean more)
{
  const char      *path = cc_case_file_get_path (cc_session_get_file (self->session));
  g_autofree char *here = cc_library_display_name (path);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *kin = cc_exchange_describe_kinship (kinship, here);
  g_autofree char *what = NULL;

  if (!more)
    return g_steal_pointer (&kin);
  what =
      g_strdup_printf (_ ("What is new or was changed in “%s” is brought into this case file. "
                          "What was changed on both sides is asked afterwards. It can be undone."),
                       name);
  return g_strconcat (kin, "\n\n", what, NULL);
}

static void
offer (const Flow *self, CcKinship kinship)
{
  const gboolean    more = kinship == CC_KINSHIP_NEWER || kinship == CC_KINSHIP_DIVERGED;
  g_autofree char  *body = describe (self, kinship, more);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (self->window, _ ("Bring In a Package or Copy"), body));

  if (more)
    {
      adw_message_dialog_add_responses (dialog, "close", _ ("_Cancel"), "bring", _ ("_Bring In"),
                                        NULL);
      adw_message_dialog_set_response_appearance (dialog, "bring", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "bring");
    }
  else
    adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), flow_copy (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
compare_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow                 *self = data;
  g_autofree CcKinship *kinship = g_new0 (CcKinship, 1);

  if (!cc_exchange_work_compare_outside (cc_session_get_file (self->session), self->file,
                                         self->passphrase, progress, kinship, error))
    return NULL;
  return g_steal_pointer (&kinship);
}

static void ask (Flow *self, gboolean again);

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CcKinship *kinship = cc_job_run_finish (result, &error);

  if (!is_open (self))
    return;
  if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    ask (self, TRUE);
  else if (kinship == NULL)
    cc_present_error (adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window)),
                      _ ("Nothing Was Brought In"), error);
  else if (*kinship == CC_KINSHIP_OTHER)
    merge (self); /* is refused, with the reason and what to do instead */
  else
    offer (self, *kinship);
}

/* ---- asking ---- */

static void
on_passphrase (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (!g_str_equal (response, "take") || !is_open (self))
    return;
  g_clear_pointer (&self->passphrase, cc_secret_free);
  self->passphrase = cc_secret_dup_text (cc_passphrase_dialog_get (dialog));
  cc_job_run_async (GTK_WIDGET (self->window), _ ("Comparing the Two Copies"), compare_work,
                    flow_copy (self), flow_free, g_free, on_compared, flow_copy (self));
}

/* again: the passphrase did not fit */
static void
ask (Flow *self, gboolean again)
{
  g_autofree char *name = g_file_get_basename (self->file);
  GtkWidget       *dialog =
      cc_passphrase_dialog_new (self->window, _ ("Passphrase of the Package or Copy"), name,
                                _ ("_Compare"));

  if (again)
    cc_passphrase_dialog_ask_again (dialog, _ ("The passphrase does not fit. Nothing was changed. "
                                               "Try again; capital letters matter."));
  g_signal_connect (dialog, "response", G_CALLBACK (on_passphrase), flow_copy (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cc_merge_flow_bring (GtkWindow *window, CcSession *session, GFile *file)
{
  g_autoptr (Flow) self = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window) && session != NULL && G_IS_FILE (file));
  self = flow_new (window, session);
  self->file = g_object_ref (file);
  ask (self, FALSE);
}

static void
on_file (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_object_unref (chooser);
  if (file != NULL && is_open (self))
    cc_merge_flow_bring (self->window, self->session, file);
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
  self = flow_new (window, session);
  gtk_file_filter_set_name (cases, _ ("Case files"));
  gtk_file_filter_add_suffix (cases, "casecount");
  chooser =
      gtk_file_chooser_native_new (_ ("Bring In a Package or Copy"), window,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), cases);
  g_signal_connect (chooser, "response", G_CALLBACK (on_file), self);
  cc_chooser_show (chooser, CC_CHOOSER_IMPORT);
}
