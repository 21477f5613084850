/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-tip.h"

#define KEY "cc-tip"

gboolean
cc_tip_is_blocked (GtkWidget *widget)
{
  GtkRoot    *root = gtk_widget_get_root (widget);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_ROOT (window) != root && gtk_widget_get_visible (GTK_WIDGET (window))
          && gtk_window_get_modal (window)
          && GTK_ROOT (gtk_window_get_transient_for (window)) == root)
        return TRUE;
    }
  return FALSE;
}

static gboolean
on_query (GtkWidget  *widget,
          int         x,
          int         y,
          gboolean    by_keyboard,
          GtkTooltip *tooltip,
          gpointer    user_data)
{
  const char *text = g_object_get_data (G_OBJECT (widget), KEY);

  if (text == NULL || cc_tip_is_blocked (widget))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
cc_tip_set_text (GtkWidget *widget, const char *text)
{
  const gboolean has_text = text != NULL && text[0] != '\0';

  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_query, NULL) == 0)
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query), NULL);
  g_object_set_data_full (G_OBJECT (widget), KEY, has_text ? g_strdup (text) : NULL, g_free);
  gtk_widget_set_has_tooltip (widget, has_text);
}
