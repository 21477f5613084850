/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-password-row.h"

void
cc_password_row_name_eye (GtkWidget *row)
{
  g_return_if_fail (GTK_IS_WIDGET (row));
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)) == GTK_ACCESSIBLE_ROLE_BUTTON
      && gtk_widget_get_tooltip_text (row) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_widget_get_tooltip_text (row), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cc_password_row_name_eye (child);
}

void
cc_password_row_mark_error (GtkWidget *row, gboolean wrong)
{
  g_return_if_fail (GTK_IS_WIDGET (row));
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

static void
on_unmap (GtkWindow *window)
{
  gtk_window_set_focus (window, NULL);
}

void
cc_entry_rows_leave_with (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_signal_connect (window, "unmap", G_CALLBACK (on_unmap), NULL);
}
