/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-passphrase-dialog.h"

#include "widgets/cc-password-row.h"

#include <glib/gi18n.h>

static void
on_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "take", *gtk_editable_get_text (entry) != '\0');
  cc_password_row_mark_error (GTK_WIDGET (entry), FALSE);
}

/* As with the button, the answer closes the question: it must not be given twice. */
static void
on_activated (AdwEntryRow *entry, AdwMessageDialog *dialog)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0')
    return;
  adw_message_dialog_set_close_response (dialog, "take");
  gtk_window_close (GTK_WINDOW (dialog));
}

GtkWidget *
cc_passphrase_dialog_new (GtkWindow  *parent,
                          const char *heading,
                          const char *body,
                          const char *take)
{
  GtkWidget        *widget = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GtkWidget        *group = adw_preferences_group_new ();
  GtkWidget        *entry = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Passphrase"));
  cc_password_row_name_eye (entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  adw_message_dialog_set_extra_child (dialog, group);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "take", take, NULL);
  adw_message_dialog_set_response_appearance (dialog, "take", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "take", FALSE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_object (entry, "entry-activated", G_CALLBACK (on_activated), dialog, 0);
  cc_entry_rows_leave_with (GTK_WINDOW (dialog));
  gtk_window_set_focus (GTK_WINDOW (dialog), entry);
  return widget;
}

void
cc_passphrase_dialog_ask_again (GtkWidget *dialog, const char *why)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog) && why != NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), why);
  cc_password_row_mark_error (g_object_get_data (G_OBJECT (dialog), "entry"), TRUE);
}

void
cc_passphrase_dialog_add_choice (GtkWidget *dialog, const char *title, const char *const *names)
{
  GtkWidget           *group = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);
  GtkWidget           *choice = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  g_autoptr (GtkWidget) entry = g_object_ref (g_object_get_data (G_OBJECT (dialog), "entry"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_combo_row_set_model (ADW_COMBO_ROW (choice), G_LIST_MODEL (model));
  adw_preferences_group_remove (rows, entry);
  adw_preferences_group_add (rows, choice);
  adw_preferences_group_add (rows, entry);
  g_object_set_data (G_OBJECT (dialog), "choice", choice);
  gtk_window_set_focus (GTK_WINDOW (dialog), choice);
}

guint
cc_passphrase_dialog_get_choice (AdwMessageDialog *dialog)
{
  AdwComboRow *choice = g_object_get_data (G_OBJECT (dialog), "choice");

  return choice != NULL ? adw_combo_row_get_selected (choice) : 0;
}

void
cc_passphrase_dialog_set_choice (GtkWidget *dialog, guint choice)
{
  AdwComboRow *row = g_object_get_data (G_OBJECT (dialog), "choice");

  if (row != NULL)
    adw_combo_row_set_selected (row, choice);
}

const char *
cc_passphrase_dialog_get (AdwMessageDialog *dialog)
{
  return gtk_editable_get_text (GTK_EDITABLE (g_object_get_data (G_OBJECT (dialog), "entry")));
}
