/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-gone-windows.h"

/* Answers for a window that is gone: the size stays. */
static void
keep_size (GdkToplevel *toplevel, GdkToplevelSize *size, gpointer user_data)
{
  GdkSurface *surface = GDK_SURFACE (toplevel);

  gdk_toplevel_size_set_size (size, MAX (gdk_surface_get_width (surface), 1),
                              MAX (gdk_surface_get_height (surface), 1));
}

/* GTK takes back all of a window's handlers but this one. */
static void
on_unrealize (GtkWidget *window, gpointer user_data)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  const guint signal = g_signal_lookup ("compute-size", GDK_TYPE_TOPLEVEL);

  if (!GDK_IS_TOPLEVEL (surface))
    return;
  g_signal_handlers_disconnect_matched (surface, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA, signal, 0,
                                        NULL, NULL, window);
  g_signal_connect (surface, "compute-size", G_CALLBACK (keep_size), NULL);
}

static gboolean
destroy_later (gpointer user_data)
{
  gtk_window_destroy (user_data);
  return G_SOURCE_REMOVE;
}

/* Dialogs of this kind are GTK's alone: the program's own are of libadwaita. One over a hidden
 * dialog for files goes with it; one over nothing, because that is gone, goes once whoever shows it
 * has set it up. */
static void
on_show (GtkWidget *window, gpointer user_data)
{
  GtkWindow *over = gtk_window_get_transient_for (GTK_WINDOW (window));

  if (!GTK_IS_MESSAGE_DIALOG (window))
    return;
  if (over == NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, destroy_later, g_object_ref (window), g_object_unref);
  else if (!GTK_IS_FILE_CHOOSER_DIALOG (over) || gtk_widget_get_visible (GTK_WIDGET (over)))
    return;
  gtk_widget_hide (window);
}

static void
on_windows_changed (GListModel *windows,
                    guint       position,
                    guint       removed,
                    guint       added,
                    gpointer    user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "unrealize", G_CALLBACK (on_unrealize), NULL);
      g_signal_connect (window, "show", G_CALLBACK (on_show), NULL);
    }
}

void
cc_gone_windows_watch (void)
{
  static gboolean watching;
  GListModel     *windows = gtk_window_get_toplevels ();

  if (watching)
    return;
  watching = TRUE;
  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows_changed), NULL);
  on_windows_changed (windows, 0, 0, g_list_model_get_n_items (windows), NULL);
}
