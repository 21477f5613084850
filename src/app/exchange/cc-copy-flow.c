/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-flow.h"

#include "cc-exchange-work.h"
#include "cc-passphrase-dialog.h"
#include "library/cc-library.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"
#include "widgets/cc-hat-row.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>

/* While the question for the passphrase stands, here is the first of the copies. */
typedef struct
{
  GtkWidget *page;
  GStrv      copies;
  char      *here;
  char      *brought;
  CcSecret  *passphrase;
  char      *user; /* who brings in what is new */
  char      *hat;
} Flow;

static Flow *
flow_new (GtkWidget *page, const char *const *copies, const char *brought)
{
  Flow *self = g_new0 (Flow, 1);

  self->page = g_object_ref (page);
  self->copies = g_strdupv ((GStrv) copies);
  self->here = g_strdup (copies[0]);
  self->brought = g_strdup (brought);
  return self;
}

static void
flow_free (gpointer data)
{
  Flow *self = data;

  g_object_unref (self->page);
  g_free (self->here);
  g_free (self->brought);
  g_strfreev (self->copies);
  cc_secret_free (self->passphrase);
  g_free (self->user);
  g_free (self->hat);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static Flow *
flow_copy (const Flow *self)
{
  Flow *copy = flow_new (self->page, (const char *const *) self->copies, self->brought);

  g_free (copy->here);
  copy->here = g_strdup (self->here);
  if (self->passphrase != NULL)
    copy->passphrase = cc_secret_dup_text (self->passphrase);
  copy->user = g_strdup (self->user);
  copy->hat = g_strdup (self->hat);
  return copy;
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

  if (!cc_exchange_work_merge_closed (self->here, self->brought, self->passphrase, self->user,
                                      self->hat, progress, &result, error))
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

/* ---- in whose name ---- */

/* Where the dialog does not ask, nothing is signed. */
static void
read_signature (Flow *self, AdwMessageDialog *dialog)
{
  GtkEditable *name = g_object_get_data (G_OBJECT (dialog), "name");
  CcHatRow    *hat = g_object_get_data (G_OBJECT (dialog), "hat");

  if (name == NULL)
    return;
  self->user = g_strstrip (g_strdup (gtk_editable_get_text (name)));
  self->hat = cc_hat_row_dup_hat (hat);
}

static const char *
find_hat (const CcUserList *users)
{
  for (guint i = 0; i < users->users->len; i++)
    {
      const CcUser *user = g_ptr_array_index (users->users, i);

      if (g_strcmp0 (user->name, users->last) == 0)
        return user->hat;
    }
  return "";
}

/* Whoever worked last stands there already, as when a case file is unlocked. */
static void
add_signature (AdwMessageDialog *dialog, const CcUserList *users)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = adw_entry_row_new ();
  GtkWidget *hat = g_object_new (CC_TYPE_HAT_ROW, NULL);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("The history shows who brought in what is new."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _ ("Your Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (name), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (name), users->last != NULL ? users->last : "");
  cc_hat_row_set_known (CC_HAT_ROW (hat), users->hats);
  gtk_editable_set_text (GTK_EDITABLE (hat), find_hat (users));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), hat);
  adw_message_dialog_set_extra_child (dialog, group);
  g_object_set_data (G_OBJECT (dialog), "name", name);
  g_object_set_data (G_OBJECT (dialog), "hat", hat);
  cc_entry_rows_leave_with (GTK_WINDOW (dialog));
}

/* ---- which of them stays ---- */

static void
on_choice (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  Flow *work;

  read_signature (self, dialog);
  work = flow_copy (self);
  if (g_str_equal (response, "merge"))
    cc_job_run_async (self->page, _ ("Bringing Records In"), merge_work, work, flow_free, g_free,
                      on_merged, flow_copy (self));
  else if (g_str_equal (response, "cancel"))
    cc_job_run_async (self->page, _ ("Removing"), drop_work, work, flow_free, g_free, on_dropped,
                      flow_copy (self));
  else
    flow_free (work);
}

static void
add_choices (AdwMessageDialog *dialog)
{
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "both", _ ("_Take It as Well"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
}

static void
offer (Flow *self, const CcExchangeMeeting *meeting)
{
  g_autofree char *file = cc_library_display_name (self->here);
  g_autofree char *name = cc_isolate (file);
  g_autofree char *body = cc_exchange_describe_kinship (meeting->kinship, name);
  const gboolean   more =
      meeting->kinship == CC_KINSHIP_NEWER || meeting->kinship == CC_KINSHIP_DIVERGED;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (get_window (self), _ ("Two Copies of One Case File"), body));

  add_choices (dialog);
  if (more)
    {
      add_signature (dialog, meeting->users);
      adw_message_dialog_add_response (dialog, "merge", _ ("_Bring In What Is New"));
      adw_message_dialog_set_response_appearance (dialog, "merge", ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_default_response (dialog, more ? "merge" : "cancel");
  cc_buttons_show_whole_labels (GTK_WIDGET (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (on_choice), flow_copy (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- comparing ---- */

static gpointer
compare_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow *self = data;

  return cc_exchange_work_compare (self->here, self->brought, self->passphrase, error);
}

static void ask (Flow *self, gboolean again);

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcExchangeMeeting) meeting = cc_job_run_finish (result, &error);

  if (get_window (self) == NULL)
    return;
  if (meeting != NULL)
    offer (self, meeting);
  else if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    ask (self, TRUE);
  else
    cc_present_error (self->page, _ ("The Two Copies Could Not Be Compared"), error);
}

static void
on_passphrase (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;

  if (!g_str_equal (response, "take"))
    {
      /* What was only asked about is not left in the library. */
      on_choice (dialog, response, flow_copy (self));
      return;
    }
  g_free (self->here);
  self->here = g_strdup (self->copies[cc_passphrase_dialog_get_choice (dialog)]);
  g_clear_pointer (&self->passphrase, cc_secret_free);
  self->passphrase = cc_secret_dup_text (cc_passphrase_dialog_get (dialog));
  cc_job_run_async (self->page, _ ("Comparing the Two Copies"), compare_work, flow_copy (self),
                    flow_free, (GDestroyNotify) cc_exchange_meeting_free, on_compared,
                    flow_copy (self));
}

/* Returns: (transfer full): what they are called for people */
static GStrv
name_copies (const Flow *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; self->copies[i] != NULL; i++)
    {
      g_autofree char *name = cc_library_display_name (self->copies[i]);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static char *
describe_copies (const char *const *names)
{
  g_autofree char *first = cc_isolate (names[0]);

  if (names[1] != NULL)
    return g_strdup (_ ("Several case files here are copies of the one that you bring in. Choose "
                        "the one that it is compared with, and give its passphrase: then what is "
                        "new can be brought together."));
  return g_strdup_printf (_ ("“%s” is a copy of the same case file. With the passphrase they can "
                             "be "
                             "compared, and what is new brought together."),
                          first);
}

/* again: the passphrase did not fit */
static void
ask (Flow *self, gboolean again)
{
  g_auto (GStrv) names = name_copies (self);
  g_autofree char *body = describe_copies ((const char *const *) names);
  GtkWidget *dialog = cc_passphrase_dialog_new (get_window (self), _ ("Another Copy Is Here"), body,
                                                _ ("_Compare"));

  if (names[1] != NULL)
    cc_passphrase_dialog_add_choice (dialog, _ ("Compare With"), (const char *const *) names);
  for (guint i = 0; again && self->copies[i] != NULL; i++)
    if (g_str_equal (self->copies[i], self->here))
      cc_passphrase_dialog_set_choice (dialog, i);
  if (again)
    cc_passphrase_dialog_ask_again (
        dialog, _ ("The passphrase does not open both copies. Nothing was changed. Try again; "
                   "capital letters matter. Where they have different passphrases, cancel, open "
                   "the one that is here, and bring the other one in from its menu."));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "both", _ ("_Take It as Well"));
  g_signal_connect (dialog, "response", G_CALLBACK (on_passphrase), flow_copy (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cc_copy_flow_start (GtkWidget *page, const char *const *copies, const char *brought)
{
  g_autoptr (Flow) self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (page) && copies != NULL && copies[0] != NULL);
  self = flow_new (page, copies, brought);
  ask (self, FALSE);
}
