/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-suggestion.h"

#define KEY "cc-suggestion"

static gboolean
is_suggestion (GtkEditable *editable)
{
  return g_strcmp0 (g_object_get_data (G_OBJECT (editable), KEY), gtk_editable_get_text (editable))
         == 0;
}

static gboolean
on_settled (gpointer user_data)
{
  GtkEditable *editable = user_data;

  if (is_suggestion (editable) && gtk_widget_is_focus (GTK_WIDGET (editable)))
    gtk_editable_select_region (editable, 0, -1);
  return G_SOURCE_REMOVE;
}

/* A press gives the focus first and then puts the cursor where it was: that comes before. */
static void
on_focused (GtkEventControllerFocus *controller, GtkEditable *editable)
{
  if (is_suggestion (editable))
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_settled, g_object_ref (editable), g_object_unref);
}

void
cc_suggestion_set (GtkEditable *editable, const char *text)
{
  GtkEditable *inside;

  g_return_if_fail (GTK_IS_EDITABLE (editable) && text != NULL);
  /* What takes the focus is the text inside of a row. */
  inside = gtk_editable_get_delegate (editable);
  if (inside == NULL)
    inside = editable;
  if (g_object_get_data (G_OBJECT (inside), KEY) == NULL)
    {
      GtkEventController *controller = gtk_event_controller_focus_new ();

      g_signal_connect (controller, "enter", G_CALLBACK (on_focused), inside);
      gtk_widget_add_controller (GTK_WIDGET (inside), controller);
    }
  g_object_set_data_full (G_OBJECT (inside), KEY, g_strdup (text), g_free);
  gtk_editable_set_text (editable, text);
  if (gtk_widget_is_focus (GTK_WIDGET (inside)))
    gtk_editable_select_region (inside, 0, -1);
}
