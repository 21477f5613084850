/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-flow.h"

#include "cc-exchange-work.h"
#include "cc-passphrase-dialog.h"
#include "library/cc-library.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-secret.h>

typedef struct
{
  GtkWidget *page;
  char      *here;
  char      *brought;
  char      *name; /* of the one that was here */
  CcSecret  *passphrase;
} Flow;

static Flow *
flow_new (GtkWidget *page, const char *here, const char *brought, const char *passphrase)
{
  Flow *self = g_new0 (Flow, 1);

  self->page = g_object_ref (page);
  self->here = g_strdup (here);
  self->brought = g_strdup (brought);
  self->name = cc_library_display_name (here);
  if (passphrase != NULL)
    self->passphrase = cc_secret_dup_text (passphrase);
  return self;
}

static void
flow_free (gpointer data)
{
  Flow *self = data;

  g_object_unref (self->page);
  g_free (self->here);
  g_free (self->brought);
  g_free (self->name);
  cc_secret_free (self->passphrase);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static Flow *
flow_copy (const Flow *self)
{
  return flow_new (self->page, self->here, self->brought, self->passphrase);
}

static void
refresh (const Flow *self)
{
  gtk_widget_activate_action (self->page, "start.refresh", NULL);
}

static GtkWindow *
get_window (const Flow *self)
{
  GtkRoot *root = gtk_widget_get_root (self->page);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* ---- only the one that was here ---- */

static gpointer
drop_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow            *self = data;
  g_autofree char *folder = cc_library_get_folder ();

  return cc_library_remove (folder, self->brought, TRUE, error) ? g_strdup ("") : NULL;
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = cc_job_run_finish (result, &error);

  refresh (self);
  if (done != NULL)
    cc_present_toast (self->page, _ ("The one that was here was kept. The file that it came from "
                                     "stays where it is."));
  else
    cc_present_error (self->page, _ ("The Case File Was Not Removed"), error);
}

/* ---- what is new, into the one that was here ---- */

static gpointer
merge_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow            *self = data;
  g_autofree char *folder = cc_library_get_folder ();
  CcMergeResult    result;

  if (!cc_exchange_work_merge_closed (self->here, self->brought, self->passphrase, progress,
                                      &result, error))
    return NULL;
  (void) cc_library_remove (folder, self->brought, TRUE, NULL);
  return cc_exchange_describe_result (&result);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = cc_job_run_finish (result, &error);

  refresh (self);
  if (text == NULL)
    {
      cc_present_error (self->page, _ ("Nothing Was Brought In"), error);
      return;
    }
  cc_present_toast (self->page, text);
  gtk_widget_activate_action (self->page, "start.open", "s", self->here);
}

static void
on_choice (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  Flow *work = flow_copy (self);

  if (g_str_equal (response, "merge"))
    cc_job_run_async (self->page, _ ("Bringing Records In"), merge_work, work, flow_free, g_free,
                      on_merged, g_steal_pointer (&self));
  else if (g_str_equal (response, "here"))
    cc_job_run_async (self->page, _ ("Removing"), drop_work, work, flow_free, g_free, on_dropped,
                      g_steal_pointer (&self));
  else
    flow_free (work);
}

static void
add_choices (AdwMessageDialog *dialog)
{
  adw_message_dialog_add_responses (dialog, "here", _ ("_Keep the One Here"), "both",
                                    _ ("_Take It as Well"), NULL);
  adw_message_dialog_set_close_response (dialog, "both");
}

static void
offer (Flow *self, CcKinship kinship)
{
  g_autofree char  *body = cc_exchange_describe_kinship (kinship, self->name);
  const gboolean    more = kinship == CC_KINSHIP_NEWER || kinship == CC_KINSHIP_DIVERGED;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (get_window (self), _ ("Two Copies of One Case File"), body));

  add_choices (dialog);
  if (more)
    {
      adw_message_dialog_add_response (dialog, "merge", _ ("_Bring What Is New into the One Here"));
      adw_message_dialog_set_response_appearance (dialog, "merge", ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_default_response (dialog, more ? "merge" : "here");
  g_signal_connect (dialog, "response", G_CALLBACK (on_choice), flow_copy (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- comparing ---- */

static gpointer
compare_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow                 *self = data;
  g_autofree CcKinship *kinship = g_new0 (CcKinship, 1);

  if (!cc_exchange_work_compare (self->here, self->brought, self->passphrase, kinship, error))
    return NULL;
  return g_steal_pointer (&kinship);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CcKinship *kinship = cc_job_run_finish (result, &error);

  if (get_window (self) == NULL)
    return;
  if (kinship != NULL)
    offer (self, *kinship);
  else
    cc_present_error (self->page, _ ("The Two Copies Could Not Be Compared"), error);
}

static void
on_passphrase (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (!g_str_equal (response, "take"))
    {
      on_choice (dialog, response, flow_copy (self));
      return;
    }
  self->passphrase = cc_secret_dup_text (cc_passphrase_dialog_get (dialog));
  cc_job_run_async (self->page, _ ("Comparing the Two Copies"), compare_work, flow_copy (self),
                    flow_free, g_free, on_compared, flow_copy (self));
}

void
cc_copy_flow_start (GtkWidget *page, const char *here, const char *brought)
{
  Flow            *self = flow_new (page, here, brought, NULL);
  g_autofree char *body = NULL;
  GtkWidget       *dialog;

  body =
      g_strdup_printf (_ ("“%s” is a copy of the same case file. With the passphrase they can be "
                          "compared, and what is new brought together."),
                       self->name);
  dialog = cc_passphrase_dialog_new (get_window (self), _ ("Another Copy Is Here"), body,
                                     _ ("_Compare"));
  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                         _ ("_Take It as Well"));
  g_signal_connect (dialog, "response", G_CALLBACK (on_passphrase), self);
  gtk_window_present (GTK_WINDOW (dialog));
}
