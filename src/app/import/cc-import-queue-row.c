/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-queue-row.h"

#include "agencies/cc-agency-acts.h"
#include "agencies/cc-return-dialog.h"
#include "cc-import-texts.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>

struct _CcImportQueueRow
{
  AdwActionRow parent_instance;

  GtkImage  *icon;
  GtkWidget *spinner;
  GtkWidget *remove;
  GtkWidget *nil;

  CcImportDraft *draft;
};

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportQueueRow, cc_import_queue_row, ADW_TYPE_ACTION_ROW)

static const char *
get_icon (CcImportDraft *draft)
{
  switch (draft->state)
    {
    case CC_DRAFT_FAILED:
      return "dialog-warning-symbolic";
    case CC_DRAFT_DONE:
      return "object-select-symbolic";
    case CC_DRAFT_READY:
      return draft->inspection->tables->len == 0 ? "dialog-warning-symbolic"
                                                 : "x-office-spreadsheet-symbolic";
    case CC_DRAFT_WAITING:
    case CC_DRAFT_READING:
    default:
      return "x-office-spreadsheet-symbolic";
    }
}

static void
show_draft (CcImportQueueRow *self)
{
  g_autofree char *state = cc_import_describe_draft (self->draft);
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  const gboolean   reading = self->draft->state == CC_DRAFT_READING;

  if (self->draft->state == CC_DRAFT_FAILED && self->draft->error != NULL)
    {
      reason = cc_describe_error (self->draft->error);
      text = g_strdup_printf ("%s. %s", state, reason);
    }
  else
    text = g_steal_pointer (&state);
  gtk_image_set_from_icon_name (self->icon, get_icon (self->draft));
  gtk_widget_set_visible (self->spinner, reading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), reading);
  gtk_widget_set_visible (self->nil,
                          self->draft->state == CC_DRAFT_READY && self->draft->inspection->nil);
  gtk_widget_set_sensitive (self->remove, self->draft->state != CC_DRAFT_DONE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  name = g_strdup_printf (_ ("%s: %s"), self->draft->name, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_remove (CcImportQueueRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportQueueRow) self = CC_IMPORT_QUEUE_ROW (user_data);
  g_autoptr (GError) error = NULL;
  gint64     seq;
  GtkWidget *near = GTK_WIDGET (self);

  /* The row may be gone from the window meanwhile; what was noted stays noted. */
  if (gtk_widget_get_root (near) == NULL)
    return;
  if (!cc_session_act_finish (result, &seq, &error))
    {
      cc_present_error (near, _ ("The Returns Could Not Be Changed"), error);
      return;
    }
  cc_present_undo (near, _ ("The returns were changed."), seq);
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
on_nil_chosen (CcReturnDialog *dialog, CcImportQueueRow *self)
{
  g_autoptr (GArray) periods = cc_return_dialog_get_periods (dialog);
  const CcEntity *entity = cc_import_draft_get_entity (self->draft);
  CcReturnAct    *act;

  if (entity == NULL)
    return;
  act = g_new0 (CcReturnAct, 1);
  act->entity = entity->id;
  act->period = g_array_index (periods, CcInterval, 0);
  cc_session_act_async (self->draft->session, "nil", cc_return_act_add_nil, act, g_free, NULL,
                        on_noted, g_object_ref (self));
}

/* Whose return it is must be known; else the page of agencies is where it is said. */
static void
on_nil (CcImportQueueRow *self)
{
  const CcEntity *entity = cc_import_draft_get_entity (self->draft);
  CcReturnDialog *dialog;

  if (entity == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)", "agencies", "");
      return;
    }
  dialog = cc_return_dialog_new_nil (GTK_WIDGET (self), self->draft->session, entity->name);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_nil_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cc_import_queue_row_dispose (GObject *object)
{
  CcImportQueueRow *self = CC_IMPORT_QUEUE_ROW (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cc_import_queue_row_parent_class)->dispose (object);
}

static void
cc_import_queue_row_class_init (CcImportQueueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_queue_row_dispose;
  signals[REMOVED] = g_signal_new ("removed", CC_TYPE_IMPORT_QUEUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_import_queue_row_init (CcImportQueueRow *self)
{
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->spinner = gtk_spinner_new ();
  self->remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_tooltip_text (self->remove, _ ("Take Out of the Queue"));
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (on_remove), self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
  self->nil = gtk_button_new_with_label (_ ("Note “No Case”"));
  gtk_widget_set_valign (self->nil, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->nil, FALSE);
  g_signal_connect_swapped (self->nil, "clicked", G_CALLBACK (on_nil), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->nil);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

CcImportQueueRow *
cc_import_queue_row_new (CcImportDraft *draft)
{
  CcImportQueueRow *self = g_object_new (CC_TYPE_IMPORT_QUEUE_ROW, NULL);
  g_autofree char  *remove = g_strdup_printf (_ ("Take “%s” out of the queue"), draft->name);

  self->draft = g_object_ref (draft);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), draft->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);
  g_signal_connect_swapped (draft, "changed", G_CALLBACK (show_draft), self);
  show_draft (self);
  return self;
}

CcImportDraft *
cc_import_queue_row_get_draft (CcImportQueueRow *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_QUEUE_ROW (self), NULL);
  return self->draft;
}
