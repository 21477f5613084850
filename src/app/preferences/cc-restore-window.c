/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-restore-window.h"

#include "cc-backups-work.h"
#include "library/cc-library.h"
#include "widgets/cc-password-row.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

struct _CcRestoreWindow
{
  CcFormWindow parent_instance;

  AdwPreferencesGroup *group;
  GtkEditable         *name;
  GtkEditable         *passphrase;
  CcMessageCard       *message;

  CcSession *session;
  char      *backup;
};

G_DEFINE_FINAL_TYPE (CcRestoreWindow, cc_restore_window, CC_TYPE_FORM_WINDOW)

enum
{
  SIGNAL_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
cc_restore_window_refresh (CcFormWindow *form)
{
  CcRestoreWindow *self = CC_RESTORE_WINDOW (form);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "restore.restore",
                                 !cc_form_window_is_busy (form)
                                     && *gtk_editable_get_text (self->passphrase) != '\0'
                                     && !cc_text_is_blank (gtk_editable_get_text (self->name)));
}

static void
cc_restore_window_done (CcFormWindow *form, gpointer result)
{
  g_autofree char *path = result;

  g_signal_emit (form, signals[SIGNAL_RESTORED], 0, path);
  gtk_window_destroy (GTK_WINDOW (form));
}

static GtkWidget *
cc_restore_window_blame (CcFormWindow *form, const GError *error, char **text)
{
  CcRestoreWindow *self = CC_RESTORE_WINDOW (form);

  if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    {
      g_free (*text);
      *text =
          g_strdup (_ ("The passphrase does not fit. A backup opens with the passphrase that the "
                       "case file had when the backup was made. Nothing was changed. Try "
                       "again; capital letters matter."));
      return GTK_WIDGET (self->passphrase);
    }
  return g_error_matches (error, CC_ERROR, CC_ERROR_USAGE)
                 || g_error_matches (error, CC_ERROR, CC_ERROR_EXISTS)
             ? GTK_WIDGET (self->name)
             : NULL;
}

static void
on_restore_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcRestoreWindow  *self = CC_RESTORE_WINDOW (widget);
  CcRestoreRequest *request = g_new0 (CcRestoreRequest, 1);

  request->session = cc_session_ref (self->session);
  request->backup = g_strdup (self->backup);
  request->name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  request->passphrase = cc_secret_dup_text (gtk_editable_get_text (self->passphrase));
  cc_form_window_run (CC_FORM_WINDOW (self), _ ("Restoring the Backup"), cc_backups_restore,
                      request, (GDestroyNotify) cc_restore_request_free, g_free);
}

static void
cc_restore_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_RESTORE_WINDOW);
  G_OBJECT_CLASS (cc_restore_window_parent_class)->dispose (object);
}

static void
cc_restore_window_finalize (GObject *object)
{
  CcRestoreWindow *self = CC_RESTORE_WINDOW (object);

  g_free (self->backup);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_restore_window_parent_class)->finalize (object);
}

static void
cc_restore_window_class_init (CcRestoreWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  CC_FORM_WINDOW_CLASS (klass)->accept_action = "restore.restore";
  CC_FORM_WINDOW_CLASS (klass)->refresh = cc_restore_window_refresh;
  CC_FORM_WINDOW_CLASS (klass)->done = cc_restore_window_done;
  CC_FORM_WINDOW_CLASS (klass)->blame = cc_restore_window_blame;
  object_class->dispose = cc_restore_window_dispose;
  object_class->finalize = cc_restore_window_finalize;
  signals[SIGNAL_RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-restore-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcRestoreWindow, group);
  gtk_widget_class_bind_template_child (widget_class, CcRestoreWindow, name);
  gtk_widget_class_bind_template_child (widget_class, CcRestoreWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcRestoreWindow, message);
  cc_form_window_bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "restore.restore", NULL, on_restore_activated);
}

static void
cc_restore_window_init (CcRestoreWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_form_window_set_card (CC_FORM_WINDOW (self), self->message);
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  cc_form_window_changed (CC_FORM_WINDOW (self));
}

/* parent: (nullable) */
GtkWidget *
cc_restore_window_new (GtkWindow *parent, CcSession *session, const CcBackup *backup)
{
  CcRestoreWindow *self = g_object_new (CC_TYPE_RESTORE_WINDOW, "transient-for", parent, NULL);
  g_autofree char *when = cc_session_format_time (session, backup->time);
  g_autofree char *description = NULL;
  g_autofree char *name = NULL;

  self->session = cc_session_ref (session);
  self->backup = g_strdup (backup->path);
  /* Translators: %s is a day and a time. */
  description = g_strdup_printf (_ ("The backup of %s is examined whole and then brought back as a "
                                    "case file of its own. The one you work with stays as it is."),
                                 when);
  adw_preferences_group_set_description (self->group, description);
  /* Translators: the name of a case file that came from a backup; %s is that of the first. */
  name = g_strdup_printf (_ ("%s (restored)"), backup->stem);
  gtk_editable_set_text (self->name, name);
  cc_form_window_changed (CC_FORM_WINDOW (self));
  cc_entry_rows_leave_with (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  return GTK_WIDGET (self);
}
