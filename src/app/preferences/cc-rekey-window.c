/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-rekey-window.h"

#include "cc-backups-texts.h"
#include "cc-backups-work.h"
#include "library/cc-library.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-strength-bar.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

struct _CcRekeyWindow
{
  CcFormWindow parent_instance;

  GtkEditable   *old;
  GtkEditable   *passphrase;
  GtkEditable   *again;
  CcStrengthBar *strength;
  CcMessageCard *message;
  GtkLabel      *hint;

  CcSession *session;
  char      *name;
};

G_DEFINE_FINAL_TYPE (CcRekeyWindow, cc_rekey_window, CC_TYPE_FORM_WINDOW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
cc_rekey_window_refresh (CcFormWindow *form)
{
  CcRekeyWindow      *self = CC_REKEY_WINDOW (form);
  const CcRekeyValues values = {
    gtk_editable_get_text (self->old), gtk_editable_get_text (self->passphrase),
    gtk_editable_get_text (self->again), self->name,
    self->session != NULL && cc_case_file_is_practice (cc_session_get_file (self->session))
  };
  CcRekeyState state;

  cc_rekey_rules_apply (&values, &state);
  cc_strength_bar_show (self->strength, values.passphrase, state.level);
  cc_password_row_mark_error (GTK_WIDGET (self->again), state.mismatch);
  gtk_label_set_label (self->hint, state.hint);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rekey.change",
                                 state.complete && !cc_form_window_is_busy (form)
                                     && self->session != NULL);
}

static void
cc_rekey_window_done (CcFormWindow *form, gpointer result)
{
  CcRekeyWindow   *self = CC_REKEY_WINDOW (form);
  g_autofree char *backup = result;

  cc_session_changed (self->session);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, backup);
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkWidget *
cc_rekey_window_blame (CcFormWindow *form, const GError *error, char **text)
{
  CcRekeyWindow *self = CC_REKEY_WINDOW (form);

  if (g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    return GTK_WIDGET (self->old);
  return g_error_matches (error, CC_ERROR, CC_ERROR_REFUSED) ? GTK_WIDGET (self->passphrase) : NULL;
}

static void
on_change_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcRekeyWindow  *self = CC_REKEY_WINDOW (widget);
  CcRekeyRequest *request = g_new0 (CcRekeyRequest, 1);

  request->session = cc_session_ref (self->session);
  request->old = cc_secret_dup_text (gtk_editable_get_text (self->old));
  request->passphrase = cc_secret_dup_text (gtk_editable_get_text (self->passphrase));
  cc_form_window_run (CC_FORM_WINDOW (self), _ ("Changing the Passphrase"), cc_backups_rekey,
                      request, (GDestroyNotify) cc_rekey_request_free, g_free);
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

  CC_FORM_WINDOW_CLASS (klass)->accept_action = "rekey.change";
  CC_FORM_WINDOW_CLASS (klass)->refresh = cc_rekey_window_refresh;
  CC_FORM_WINDOW_CLASS (klass)->done = cc_rekey_window_done;
  CC_FORM_WINDOW_CLASS (klass)->blame = cc_rekey_window_blame;
  object_class->dispose = cc_rekey_window_dispose;
  object_class->finalize = cc_rekey_window_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CC_TYPE_STRENGTH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-rekey-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, old);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, again);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, strength);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, message);
  gtk_widget_class_bind_template_child (widget_class, CcRekeyWindow, hint);
  cc_form_window_bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "rekey.change", NULL, on_change_activated);
}

static void
cc_rekey_window_init (CcRekeyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_form_window_set_card (CC_FORM_WINDOW (self), self->message);
  cc_password_row_name_eye (GTK_WIDGET (self->old));
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  cc_password_row_name_eye (GTK_WIDGET (self->again));
  cc_form_window_changed (CC_FORM_WINDOW (self));
}

/* parent: (nullable) */
GtkWidget *
cc_rekey_window_new (GtkWindow *parent, CcSession *session)
{
  CcRekeyWindow *self = g_object_new (CC_TYPE_REKEY_WINDOW, "transient-for", parent, NULL);

  self->session = cc_session_ref (session);
  self->name = cc_library_display_name (cc_case_file_get_path (cc_session_get_file (session)));
  cc_form_window_changed (CC_FORM_WINDOW (self));
  cc_entry_rows_leave_with (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->old));
  return GTK_WIDGET (self);
}
