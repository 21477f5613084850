/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-flow.h"

#include "cc-exchange-work.h"
#include "cc-session-work.h"
#include "cc-window.h"
#include "library/cc-library.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "widgets/cc-password-row.h"

#include <glib/gi18n.h>
#include <cc/base/cc-secret.h>

/* A package that was just brought into the library and opened: it belongs into a case file. */

typedef struct
{
  CcPackageInfo *info; /* NULL: no package */
  GPtrArray     *paths;
  GStrv          names; /* of them */
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->info, cc_package_info_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_strfreev (self->names);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

typedef struct
{
  GtkWindow *window;
  CcSession *session;
  char      *path; /* of the case file that it is brought into */
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
  g_free (self->path);
  cc_secret_free (self->passphrase);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

/* ---- bringing it in ---- */

static gpointer
merge_work (CcProgress *progress, gpointer data, GError **error)
{
  Flow         *self = data;
  CcMergeResult result = { 0 };

  if (!cc_exchange_work_merge_open (self->path, self->passphrase,
                                    cc_session_get_file (self->session), progress, &result, error))
    return NULL;
  return cc_exchange_describe_result (&result);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = cc_job_run_finish (result, &error);
  GtkWidget *near = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window));
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  if (near == NULL || cc_window_get_session (CC_WINDOW (self->window)) != self->session)
    return;
  if (text == NULL)
    cc_present_error (near, _ ("Nothing Was Brought In"), error);
  else
    cc_window_reopen (CC_WINDOW (self->window), file, NULL, text, CC_KEPT_NOTHING, 0);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Flow        *self = user_data;
  Flow        *work;
  const Found *found = g_object_get_data (G_OBJECT (dialog), "found");
  AdwComboRow *choice = g_object_get_data (G_OBJECT (dialog), "choice");
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  if (!g_str_equal (response, "bring"))
    {
      flow_free (self);
      return;
    }
  work = flow_new (self->window, self->session);
  work->path = g_strdup (g_ptr_array_index (found->paths, adw_combo_row_get_selected (choice)));
  work->passphrase = cc_secret_dup_text (gtk_editable_get_text (entry));
  self->path = g_strdup (work->path);
  cc_job_run_async (GTK_WIDGET (self->window), _ ("Bringing Records In"), merge_work, work,
                    flow_free, g_free, on_merged, self);
}

/* ---- asking ---- */

static void
on_typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "bring", *gtk_editable_get_text (entry) != '\0');
}

static char *
describe (CcSession *session, const CcPackageInfo *info)
{
  g_autofree char *time = cc_session_format_time (session, info->time);

  if (!info->identifiers)
    /* Translators: %s is a day and a time. */
    return g_strdup_printf (_ ("It was made on %s, without names and numbers of persons. It can be "
                               "brought into the case file it was taken from, or one of the same "
                               "origin; what both changed is asked there. Or use it on its own."),
                            time);
  /* Translators: %s is a day and a time. */
  return g_strdup_printf (_ ("It was made on %s. It can be brought into the case file it was taken "
                             "from, or one of the same origin; what both changed is asked there. "
                             "Or use it on its own."),
                          time);
}

static GtkWidget *
create_fields (AdwMessageDialog *dialog, const Found *found)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choice = adw_combo_row_new ();
  GtkWidget *entry = adw_password_entry_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const *) found->names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice), _ ("Case File"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Case File"), -1);
  adw_combo_row_set_model (ADW_COMBO_ROW (choice), G_LIST_MODEL (names));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Passphrase of That File"));
  cc_password_row_name_eye (entry);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), choice);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_typed), dialog, 0);
  g_object_set_data (G_OBJECT (dialog), "choice", choice);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  return group;
}

static void
ask (Flow *self, Found *found)
{
  g_autofree char  *body = describe (self->session, found->info);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (self->window, _ ("This Is a Package"), body));

  adw_message_dialog_set_extra_child (dialog, create_fields (dialog, found));
  g_object_set_data_full (G_OBJECT (dialog), "found", found, found_free);
  adw_message_dialog_add_responses (dialog, "own", _ ("_Use on Its Own"), "bring",
                                    _ ("_Bring It In"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "bring", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "bring", FALSE);
  adw_message_dialog_set_default_response (dialog, "bring");
  adw_message_dialog_set_close_response (dialog, "own");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- looking ---- */

static gpointer
look (CcSession    *session,
      CcConnection *connection,
      gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  g_autofree char *folder = cc_library_get_folder ();
  const char      *path = cc_case_file_get_path (cc_session_get_file (session));
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  found->info = cc_package_info_read (connection, error);
  items = found->info != NULL ? cc_library_list (folder, error) : NULL;
  found->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CcLibraryItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->path, path) == 0)
        continue;
      g_ptr_array_add (found->paths, g_strdup (item->path));
      g_strv_builder_add (names, item->name);
    }
  found->names = g_strv_builder_end (names);
  return g_steal_pointer (&found);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = cc_session_read_finish (result, &error);

  /* A file of which this cannot be told is used as any other. */
  if (found == NULL || found->info == NULL || found->paths->len == 0
      || cc_window_get_session (CC_WINDOW (self->window)) != self->session)
    return;
  ask (g_steal_pointer (&self), g_steal_pointer (&found));
}

void
cc_package_flow_start (GtkWindow *window, CcSession *session)
{
  g_return_if_fail (GTK_IS_WINDOW (window) && session != NULL);
  cc_session_read_async (session, look, NULL, NULL, found_free, NULL, on_looked,
                         flow_new (window, session));
}
