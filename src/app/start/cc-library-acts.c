/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-acts.h"

#include "exchange/cc-exchange-work.h"
#include "exchange/cc-merge-flow.h"
#include "library/cc-library.h"
#include "present/cc-chooser.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-whole-labels.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

/* One question or one piece of work about one file. The page is held while it lasts. */
typedef struct
{
  GtkWidget *page;
  char      *path;         /* in the library; NULL while a file is brought in */
  GFile     *file;         /* outside of it */
  char      *name;         /* wanted, or as people see it */
  gboolean   remove_after; /* a copy is saved so that the file can go */
  gboolean   forever;
} Act;

static Act *
act_new (GtkWidget *page, const char *path)
{
  Act *self = g_new0 (Act, 1);

  self->page = g_object_ref (page);
  self->path = g_strdup (path);
  if (path != NULL)
    self->name = cc_library_display_name (path);
  return self;
}

static void
act_free (gpointer data)
{
  Act *self = data;

  g_object_unref (self->page);
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static GtkWindow *
get_window (const Act *act)
{
  GtkRoot *root = gtk_widget_get_root (act->page);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
refresh_page (const Act *act)
{
  gtk_widget_activate_action (act->page, "start.refresh", NULL);
}

/* The library's own sentences are in the user's language and whole. */
static void
show_problem (const Act *act, const char *heading, const GError *error)
{
  GtkWidget *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || get_window (act) == NULL)
    return;
  dialog = adw_message_dialog_new (get_window (act), heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What the work needs, away from the page. */
static Act *
copy_for_work (const Act *act)
{
  Act *copy = g_new0 (Act, 1);

  copy->page = g_object_ref (act->page);
  copy->path = g_strdup (act->path);
  copy->name = g_strdup (act->name);
  copy->forever = act->forever;
  g_set_object (&copy->file, act->file);
  return copy;
}

static void
start_work (Act *act, const char *title, CcJobFunc func, GAsyncReadyCallback callback)
{
  cc_job_run_async (act->page, title, func, copy_for_work (act), act_free, g_free, callback, act);
}

/* ---- a name ---- */

typedef void (*NameFunc) (Act *act);

/* What was wrong with a name is over when it is another. */
static void
on_name_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  GtkWidget *problem = g_object_get_data (G_OBJECT (dialog), "problem");

  cc_password_row_mark_error (GTK_WIDGET (entry), FALSE);
  gtk_widget_set_visible (problem, FALSE);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  adw_message_dialog_set_response_enabled (dialog, "take", *gtk_editable_get_text (entry) != '\0');
}

static void
on_name_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Act         *act = user_data;
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "entry");
  NameFunc     func = (NameFunc) g_object_get_data (G_OBJECT (dialog), "func");

  if (!g_str_equal (response, "take"))
    {
      act_free (act);
      return;
    }
  g_free (act->name);
  act->name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  func (act);
}

/* Beside the field: what was wrong with the name when it was tried. */
static GtkWidget *
create_problem (GtkWidget *entry, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_set_visible (label, text != NULL);
  if (text == NULL)
    return label;
  cc_password_row_mark_error (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  return label;
}

/* act: (transfer full): goes on to func with the name that was typed. name: what stands in the
 * field at first. problem: (nullable): what was wrong with it */
static void
ask_name (Act        *act,
          const char *heading,
          const char *body,
          const char *name,
          const char *problem,
          const char *take,
          NameFunc    func)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (act), heading, body);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry = adw_entry_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = create_problem (entry, problem);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), label);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "take",
                                    take, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "take",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "take");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_object_set_data (G_OBJECT (dialog), "problem", label);
  g_object_set_data (G_OBJECT (dialog), "func", (gpointer) func);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name_changed), dialog, 0);
  g_signal_connect (dialog, "response", G_CALLBACK (on_name_response), act);
  cc_entry_rows_leave_with (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* ---- in ---- */

static gpointer
bring_in_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();
  char            *path = NULL;

  return cc_library_add (folder, act->file, act->name, progress, &path, error) ? path : NULL;
}

static void bring_in (Act *act);

static gpointer
suggest_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();

  return cc_library_suggest_name (folder, act->name);
}

static void
on_suggested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autofree char *name = cc_job_run_finish (result, NULL);
  g_autofree char *taken = cc_isolate (act->name);
  g_autofree char *body = NULL;

  if (name == NULL || get_window (act) == NULL)
    return;
  body = g_strdup_printf (_ ("“%s” stays as it is. Give the file that you bring in another name."),
                          taken);
  ask_name (g_steal_pointer (&act), _ ("There Is a Case File of This Name"), body, name, NULL,
            _ ("_Bring In"), bring_in);
}

/* Which other copies of what was brought in the library has. */
static gpointer
find_copies_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();

  return cc_exchange_work_find_copies (folder, act->path);
}

static void
on_copies_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_auto (GStrv) copies = cc_job_run_finish (result, NULL);

  if (copies != NULL && get_window (act) != NULL)
    cc_copy_flow_start (act->page, (const char *const *) copies, act->path);
  else
    gtk_widget_activate_action (act->page, "win.brought-in", "s", act->path);
}

static void
on_brought_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cc_job_run_finish (result, &error);

  if (g_error_matches (error, CC_ERROR, CC_ERROR_EXISTS))
    {
      start_work (g_steal_pointer (&act), _ ("Bringing In"), suggest_work, on_suggested);
      return;
    }
  if (error != NULL)
    {
      show_problem (act, _ ("The Case File Could Not Be Brought In"), error);
      return;
    }
  refresh_page (act);
  cc_present_toast (act->page, _ ("The file was copied in. The one it came from stays as it is."));
  act->path = g_steal_pointer (&path);
  start_work (g_steal_pointer (&act), _ ("Bringing In a Case File"), find_copies_work,
              on_copies_found);
}

static void
bring_in (Act *act)
{
  start_work (act, _ ("Bringing In a Case File"), bring_in_work, on_brought_in);
}

static gpointer
fit_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *fit = cc_library_suggest_name (folder, act->name);
  g_autoptr (GError) problem = NULL;

  /* A name that is merely taken is asked about; one that no file can have is made fit. */
  if (cc_library_check_name (folder, act->name, &problem)
      || g_error_matches (problem, CC_ERROR, CC_ERROR_EXISTS))
    return g_strdup (act->name);
  return g_steal_pointer (&fit);
}

static void
on_fitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act  *act = user_data;
  char *name = cc_job_run_finish (result, NULL);

  if (name != NULL)
    {
      g_free (act->name);
      act->name = name;
    }
  bring_in (act);
}

void
cc_library_bring_in (GtkWidget *page, GFile *file)
{
  Act             *act;
  g_autofree char *base = NULL;

  g_return_if_fail (GTK_IS_WIDGET (page) && G_IS_FILE (file));
  act = act_new (page, NULL);
  base = g_file_get_basename (file);
  act->file = g_object_ref (file);
  act->name = cc_library_display_name (base);
  start_work (act, _ ("Bringing In a Case File"), fit_work, on_fitted);
}

/* ---- out ---- */

static gpointer
save_copy_work (CcProgress *progress, gpointer data, GError **error)
{
  Act *act = data;

  return cc_library_save_copy (act->path, act->file, progress, error) ? g_strdup ("") : NULL;
}

static void ask_remove (Act *act);

static void
on_copy_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = cc_job_run_finish (result, &error);

  if (done == NULL)
    {
      show_problem (act, _ ("The Copy Could Not Be Saved"), error);
      return;
    }
  cc_present_toast (act->page, _ ("The copy was saved. It has the same passphrase."));
  if (act->remove_after)
    ask_remove (g_steal_pointer (&act));
}

static void
on_target_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Act *act = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    act->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (act->file != NULL)
    start_work (act, _ ("Saving a Copy"), save_copy_work, on_copy_saved);
  else
    act_free (act);
}

static void
ask_target (Act *act)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Save a Copy"), get_window (act),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = g_path_get_basename (act->path);

  g_clear_object (&act->file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_target_response), act);
  cc_chooser_show (chooser, CC_CHOOSER_BACKUPS);
}

void
cc_library_ask_save_copy (GtkWidget *page, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && path != NULL);
  ask_target (act_new (page, path));
}

/* ---- another name ---- */

static gpointer
rename_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();
  char            *path = NULL;

  return cc_library_rename (folder, act->path, act->name, &path, error) ? path : NULL;
}

static void ask_new_name (Act *act, const char *problem);

/* Whoever typed a name that cannot be taken goes on from it. */
static void
on_renamed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cc_job_run_finish (result, &error);

  refresh_page (act);
  if (path == NULL && get_window (act) != NULL
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ask_new_name (act, error->message);
  else
    act_free (act);
}

static void
rename_file (Act *act)
{
  start_work (act, _ ("Renaming"), rename_work, on_renamed);
}

/* act: (transfer full) */
static void
ask_new_name (Act *act, const char *problem)
{
  ask_name (act, _ ("Rename the Case File"),
            _ ("Whoever uses this computer can read the name. Use no names of persons."), act->name,
            problem, _ ("_Rename"), rename_file);
}

void
cc_library_ask_rename (GtkWidget *page, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && path != NULL);
  ask_new_name (act_new (page, path), NULL);
}

/* ---- away ---- */

static gpointer
remove_work (CcProgress *progress, gpointer data, GError **error)
{
  Act             *act = data;
  g_autofree char *folder = cc_library_get_folder ();

  return cc_library_remove (folder, act->path, act->forever, error) ? g_strdup ("") : NULL;
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = cc_job_run_finish (result, &error);

  refresh_page (act);
  if (done != NULL)
    cc_present_toast (act->page, act->forever ? _ ("The case file was deleted.")
                                              : _ ("The case file is in the trash."));
  else if (g_error_matches (error, CC_ERROR, CC_ERROR_REFUSED) && !act->forever)
    {
      act->forever = TRUE;
      ask_remove (g_steal_pointer (&act));
    }
  else
    show_problem (act, _ ("The Case File Was Not Removed"), error);
}

static void
on_remove_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Act *act = user_data;

  if (g_str_equal (response, "remove"))
    start_work (act, _ ("Removing"), remove_work, on_removed);
  else if (g_str_equal (response, "copy"))
    {
      act->remove_after = TRUE;
      ask_target (act);
    }
  else
    act_free (act);
}

static const char *
describe_loss (const Act *act)
{
  if (act->forever)
    return _ ("There is no trash for this disk. Everything that was imported, entered, decided and "
              "handed in with this file is lost for good, unless there is a copy of it elsewhere.");
  return _ ("The file holds everything that was imported, entered, decided and handed in. It goes "
            "to the trash of this computer and is lost when the trash is emptied, unless there is "
            "a copy of it elsewhere.");
}

static void
ask_remove (Act *act)
{
  g_autofree char  *heading = NULL;
  AdwMessageDialog *dialog;

  if (get_window (act) == NULL)
    {
      act_free (act);
      return;
    }
  heading =
      g_strdup_printf (act->forever ? _ ("Delete “%s” for Good?") : _ ("Remove “%s”?"), act->name);
  dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (act), heading, describe_loss (act)));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "copy",
                                    _ ("_Save a Copy First…"), "remove",
                                    act->forever ? _ ("_Delete") : _ ("_Move to Trash"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  cc_buttons_show_whole_labels (GTK_WIDGET (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (on_remove_response), act);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cc_library_ask_remove (GtkWidget *page, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && path != NULL);
  ask_remove (act_new (page, path));
}
