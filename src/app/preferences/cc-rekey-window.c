/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-rekey-window.h"

#include "cc-backups-texts.h"
#include "cc-backups-work.h"
#include "library/cc-library.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "widgets/cc-password-row.h"

#include <glib/gi18n.h>

struct _CcRekeyWindow
{
  AdwWindow parent_instance;

  GtkEditable *old;
  GtkEditable *passphrase;
  GtkEditable *again;
  GtkLevelBar *level;
  GtkLabel    *strength_text;
  GtkWidget   *message_box;
  GtkLabel    *message;
  GtkLabel    *hint;

  CcSession *session;
  char      *name;
  gboolean   busy;
};

G_DEFINE_FINAL_TYPE (CcRekeyWindow, cc_rekey_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_message (CcRekeyWindow *self, const char *message)
{
  gtk_widget_set_visible (self->message_box, message != NULL);
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  message != NULL ? message : "", -1);
}

static void
refresh (CcRekeyWindow *self)
{
  const CcRekeyValues values = {
    gtk_editable_get_text (self->old), gtk_editable_get_text (self->passphrase),
    gtk_editable_get_text (self->again), self->name,
    self->session != NULL && cc_case_file_is_practice (cc_session_get_file (self->session))
  };
  CcRekeyState state;
  const char  *strength;

  cc_rekey_rules_apply (&values, &state);
  strength = cc_passphrase_describe (state.level);
  gtk_level_bar_set_value (self->level, state.level);
  /* The line keeps its height, so that the form does not jump at the first letter. */
  gtk_label_set_label (self->strength_text, *strength != '\0' ? strength : " ");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  strength, -1);
  if (state.mismatch)
    gtk_widget_add_css_class (GTK_WIDGET (self->again), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->again), "error");
  gtk_label_set_label (self->hint, state.hint);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rekey.change",
                                 state.complete && !self->busy && self->session != NULL);
}

static void
on_changed_cb (CcRekeyWindow *self)
{
  show_message (self, NULL);
  refresh (self);
}

static void
on_entry_activated_cb (CcRekeyWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "rekey.change", NULL);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcRekeyWindow) self = CC_REKEY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = cc_job_run_finish (result, &error);

  /* The window may be gone with its parent. */
  if (self->session == NULL)
    return;
  self->busy = FALSE;
  if (backup != NULL)
    {
      cc_session_changed (self->session);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, backup);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = cc_describe_error (error);

      show_message (self, text);
    }
  refresh (self);
}

static void
on_change_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcRekeyWindow  *self = CC_REKEY_WINDOW (widget);
  CcRekeyRequest *request = g_new0 (CcRekeyRequest, 1);

  request->session = cc_session_ref (self->session);
  request->old = cc_secret_dup_text (gtk_editable_get_text (self->old));
  request->passphrase = cc_secret_dup_text (gtk_editable_get_text (self->passphrase));
  self->busy = TRUE;
  show_message (self, NULL);
  refresh (self);
  cc_job_run_async (widget, _ ("Changing the Passphrase"), cc_backups_rekey, request,
                    (GDestroyNotify) cc_rekey_request_free, g_free, on_done, g_object_ref (self));
}

static void
cc_rekey_window_dispose (GObject *object)
{
  CcRekeyWindow *self = CC_REKEY_WINDOW (object);

  g_clear_pointer (&self->session, cc_session_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_REKEY_WINDOW);
  G_OBJECT_CLASS (cc_rekey_window_parent_class)->dispose (object);
}

static void
cc_rekey_window_finalize (GObject *object)
{
  g_free (CC_REKEY_WINDOW (object)->name);
  G_OBJECT_CLASS (cc_rekey_window_parent_class)->finalize (object);
}

static void
cc_rekey_window_class_init (CcRekeyWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_rekey_window_dispose;
  object_class->finalize = cc_rekey_window_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-rekey-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, old);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, again);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, level);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, strength_text);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, message_box);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, message);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
  gtk_widget_class_install_action (widget_class, "rekey.change", NULL, on_change_activated);
}

static void
cc_rekey_window_init (CcRekeyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_password_row_name_eye (GTK_WIDGET (self->old));
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  cc_password_row_name_eye (GTK_WIDGET (self->again));
  /* Two of four: weak. The usual offsets of a level bar would colour it otherwise. */
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_LOW, 2);
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_HIGH, 3);
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_FULL, 4);
  refresh (self);
}

/* parent: (nullable) */
GtkWidget *
cc_rekey_window_new (GtkWindow *parent, CcSession *session)
{
  CcRekeyWindow *self = g_object_new (CC_TYPE_REKEY_WINDOW, "transient-for", parent, NULL);

  self->session = cc_session_ref (session);
  self->name = cc_library_display_name (cc_case_file_get_path (cc_session_get_file (session)));
  refresh (self);
  return GTK_WIDGET (self);
}
