/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backups-page.h"

#include "cc-backup-rule-group.h"
#include "cc-backups-texts.h"
#include "cc-backups-work.h"
#include "cc-rekey-window.h"
#include "cc-restore-window.h"
#include "cc-session-work.h"
#include "cc-settings.h"
#include "library/cc-library.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"
#include "widgets/cc-wrap-box.h"

#include <glib/gi18n.h>

/* Rows of the list; what is kept by the usual rule are about twenty. */
#define MOST_ROWS 60

struct _CcBackupsPage
{
  CcFilePage parent_instance;

  AdwPreferencesGroup *passphrase_group;
  AdwActionRow        *last_row;
  GtkWidget           *make_button;
  AdwActionRow        *folder_row;
  CcBackupRuleGroup   *rule_group;
  AdwPreferencesGroup *list_group;

  CcBackupRule          rule; /* of the file */
  GPtrArray            *rows; /* in the list, not owned */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (CcBackupsPage, cc_backups_page, CC_TYPE_FILE_PAGE)

static void load (CcBackupsPage *self);

/* ---- restoring ---- */

static void
on_restored (CcBackupsPage *self, const char *path)
{
  g_autofree char *name = cc_library_display_name (path);
  /* Translators: %s is the name of a case file. */
  g_autofree char *text =
      g_strdup_printf (_ ("Restored as “%s”. It stands on the start page."), name);

  cc_present_toast (GTK_WIDGET (self), text);
}

static void
on_restore_clicked (GtkButton *button, gpointer user_data)
{
  CcBackupsPage  *self = CC_BACKUPS_PAGE (user_data);
  const CcBackup *backup = g_object_get_data (G_OBJECT (button), "backup");
  GtkWidget *window = cc_restore_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                             cc_file_page_get_session (self), backup);

  g_signal_connect_object (window, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- the list ---- */

static GtkWidget *
create_row (CcBackupsPage *self, CcBackup *backup)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_with_mnemonic (_ ("_Restore…"));
  g_autofree char *when = cc_session_format_time (cc_file_page_get_session (self), backup->time);
  g_autofree char *text = cc_backup_describe (backup);
  /* Translators: what a button does with a backup; %s is its day and time. */
  g_autofree char *label = g_strdup_printf (_ ("Restore the backup of %s"), when);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  cc_file_page_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "backup", backup, (GDestroyNotify) cc_backup_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_restore_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
create_note (const char *text)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_list (CcBackupsPage *self, CcBackupsState *state)
{
  cc_file_page_clear_rows (self->list_group, self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self->list_group), cc_file_page_get_session (self) != NULL);
  if (cc_file_page_get_session (self) == NULL)
    return;
  if (state->problem != NULL)
    cc_file_page_add_row (self->list_group, self->rows, create_note (state->problem));
  else if (state->backups->len == 0)
    cc_file_page_add_row (self->list_group, self->rows,
                          create_note (
                              _ ("There is no backup of this case file in the folder yet.")));
  for (guint i = 0; state->backups != NULL && i < MIN (state->backups->len, MOST_ROWS); i++)
    {
      CcBackup *backup = g_ptr_array_index (state->backups, i);

      /* The row takes it over. */
      state->backups->pdata[i] = NULL;
      cc_file_page_add_row (self->list_group, self->rows, create_row (self, backup));
    }
}

/* ---- last backup and folder ---- */

static void
show_last (CcBackupsPage *self, const CcBackupsState *state)
{
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->last_row), cc_file_page_get_session (self) != NULL);
  if (cc_file_page_get_session (self) == NULL)
    return;
  if (state->last == NULL)
    {
      cc_file_page_set_subtitle (self->last_row, _ ("None yet"));
      return;
    }
  when = cc_session_format_time (cc_file_page_get_session (self), state->last->time);
  if (state->gone)
    /* Translators: %s is a day and a time. */
    text =
        g_strdup_printf (_ ("%s, but it is no longer where it was written. Connect the disk that "
                            "it lies on, or back up now."),
                         when);
  else if (state->last->changed)
    /* Translators: %s is a day and a time. */
    text = g_strdup_printf (_ ("%s, tested. The case file has changed since."), when);
  else
    /* Translators: %s is a day and a time. */
    text = g_strdup_printf (_ ("%s, tested. It holds everything."), when);
  cc_file_page_set_subtitle (self->last_row, text);
}

static void
refresh_rule (CcBackupsPage *self)
{
  const CcBackupRule usual = CC_BACKUP_RULE_DEFAULT;
  const gboolean     writable = cc_file_page_can_write (self);
  CcBackupRule       rule;

  cc_backup_rule_group_read (self->rule_group, &rule);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.set-rule",
                                 writable && !cc_backup_rule_equal (&rule, &self->rule));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.usual-rule",
                                 writable && !cc_backup_rule_equal (&rule, &usual));
}

static void
on_rule_touched_cb (CcBackupsPage *self)
{
  refresh_rule (self);
}

/* What somebody is just choosing stays, unless the file's rule is another than before. */
static void
show_rule (CcBackupsPage *self, const CcBackupsState *state)
{
  const gboolean new = !gtk_widget_get_visible (GTK_WIDGET (self->rule_group))
                       || !cc_backup_rule_equal (&state->rule, &self->rule);

  self->rule = state->rule;
  if (new)
    cc_backup_rule_group_show (self->rule_group, &state->rule);
  if (cc_file_page_get_session (self) != NULL)
    cc_backup_rule_group_set_practice (self->rule_group,
                                       cc_case_file_is_practice (
                                           cc_session_get_file (cc_file_page_get_session (self))));
  gtk_widget_set_visible (GTK_WIDGET (self->rule_group), cc_file_page_get_session (self) != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rule_group), cc_file_page_can_write (self));
  refresh_rule (self);
}

static void
show_state (CcBackupsPage *self, CcBackupsState *state)
{
  const gboolean writable = cc_file_page_can_write (self);

  show_last (self, state);
  cc_file_page_set_subtitle (self->folder_row, state->folder);
  show_rule (self, state);
  show_list (self, state);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_group),
                          cc_file_page_get_session (self) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.change-passphrase", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.make",
                                 cc_file_page_get_session (self) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.choose-folder",
                                 cc_settings_get () != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.reset-folder",
                                 cc_settings_get () != NULL && !state->usual);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcBackupsPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBackupsState) state = cc_backups_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (state != NULL)
    show_state (self, state);
  else
    cc_file_page_set_subtitle (self->last_row, error->message);
}

static void
load (CcBackupsPage *self)
{
  GCancellable *cancellable = cc_file_page_begin_loading (self);

  cc_backups_load_async (cc_file_page_get_session (self), cancellable, on_loaded, self);
}

/* ---- acts ---- */

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcBackupsPage) self = CC_BACKUPS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cc_job_run_finish (result, &error);

  if (!cc_file_page_is_shown (self))
    return;
  if (path == NULL)
    {
      cc_present_error (GTK_WIDGET (self), _ ("The Backup Could Not Be Made"), error);
      return;
    }
  cc_session_changed (cc_file_page_get_session (self));
  cc_present_toast (GTK_WIDGET (self), _ ("Backup written and tested."));
  load (self);
}

static void
on_make_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcBackupsPage *self = CC_BACKUPS_PAGE (widget);

  if (cc_file_page_get_session (self) == NULL)
    return;
  cc_job_run_async (widget, _ ("Making a Backup"), cc_backups_make,
                    cc_session_ref (cc_file_page_get_session (self)),
                    (GDestroyNotify) cc_session_unref, g_free, on_made, g_object_ref (self));
}

static void
on_rekeyed (CcBackupsPage *self, const char *backup)
{
  cc_present_toast (GTK_WIDGET (self),
                    _ ("The passphrase was changed. Older backups open with the old one."));
  load (self);
}

static void
on_change_passphrase_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcBackupsPage *self = CC_BACKUPS_PAGE (widget);
  GtkWidget     *window;

  if (cc_file_page_get_session (self) == NULL)
    return;
  window = cc_rekey_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                cc_file_page_get_session (self));
  g_signal_connect_object (window, "changed", G_CALLBACK (on_rekeyed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_folder_response (CcBackupsPage *self, int response)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  g_clear_object (&self->chooser);
  if (path == NULL)
    {
      if (folder != NULL)
        cc_present_toast (GTK_WIDGET (self),
                          _ ("Choose a folder on a disk of this computer, or on a stick."));
      return;
    }
  g_settings_set_string (cc_settings_get (), "backup-folder", path);
  load (self);
}

static void
on_choose_folder_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcBackupsPage *self = CC_BACKUPS_PAGE (widget);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Folder for Backups"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_folder_response), self,
                           G_CONNECT_SWAPPED);
  cc_chooser_show (self->chooser, CC_CHOOSER_BACKUPS);
}

static void
on_reset_folder_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_settings_reset (cc_settings_get (), "backup-folder");
  load (CC_BACKUPS_PAGE (widget));
}

/* ---- the rule ---- */

static void
on_rule_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcBackupsPage) self = CC_BACKUPS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  const gboolean ok = cc_session_act_finish (result, NULL, &error);

  if (!cc_file_page_is_shown (self))
    return;
  if (ok)
    cc_present_toast (GTK_WIDGET (self), _ ("Backups follow the new rule from now on."));
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Rule Could Not Be Changed"), error);
  load (self);
}

static void
on_set_rule_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcBackupsPage *self = CC_BACKUPS_PAGE (widget);
  CcBackupRule  *rule = g_new0 (CcBackupRule, 1);

  cc_backup_rule_group_read (self->rule_group, rule);
  cc_session_act_async (cc_file_page_get_session (self), "setting", cc_backups_set_rule, rule,
                        g_free, NULL, on_rule_set, g_object_ref (self));
}

static void
on_usual_rule_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const CcBackupRule usual = CC_BACKUP_RULE_DEFAULT;
  CcBackupsPage     *self = CC_BACKUPS_PAGE (widget);

  cc_backup_rule_group_show (self->rule_group, &usual);
  refresh_rule (self);
}

/* ---- class ---- */

static void
cc_backups_page_dispose (GObject *object)
{
  CcBackupsPage *self = CC_BACKUPS_PAGE (object);

  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_BACKUPS_PAGE);
  G_OBJECT_CLASS (cc_backups_page_parent_class)->dispose (object);
}

static void
cc_backups_page_finalize (GObject *object)
{
  g_ptr_array_unref (CC_BACKUPS_PAGE (object)->rows);
  G_OBJECT_CLASS (cc_backups_page_parent_class)->finalize (object);
}

static void
cc_backups_page_class_init (CcBackupsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_backups_page_dispose;
  object_class->finalize = cc_backups_page_finalize;
  g_type_ensure (CC_TYPE_WRAP_BOX);
  g_type_ensure (CC_TYPE_BACKUP_RULE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-backups-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, last_row);
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, make_button);
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, rule_group);
  gtk_widget_class_bind_template_child (widget_class, CcBackupsPage, list_group);
  gtk_widget_class_bind_template_callback (widget_class, on_rule_touched_cb);
  gtk_widget_class_install_action (widget_class, "backups.set-rule", NULL, on_set_rule_activated);
  gtk_widget_class_install_action (widget_class, "backups.usual-rule", NULL,
                                   on_usual_rule_activated);
  gtk_widget_class_install_action (widget_class, "backups.make", NULL, on_make_activated);
  gtk_widget_class_install_action (widget_class, "backups.change-passphrase", NULL,
                                   on_change_passphrase_activated);
  gtk_widget_class_install_action (widget_class, "backups.choose-folder", NULL,
                                   on_choose_folder_activated);
  gtk_widget_class_install_action (widget_class, "backups.reset-folder", NULL,
                                   on_reset_folder_activated);
}

static void
cc_backups_page_init (CcBackupsPage *self)
{
  CcBackupsState nothing = { .usual = TRUE, .rule = CC_BACKUP_RULE_DEFAULT };

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  nothing.folder = g_strdup ("");
  show_state (self, &nothing);
  g_free (nothing.folder);
}

void
cc_backups_page_set_session (CcBackupsPage *self, CcSession *session)
{
  g_return_if_fail (CC_IS_BACKUPS_PAGE (self));
  cc_file_page_set_session (self, session);
  load (self);
}
