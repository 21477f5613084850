/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-groups.h"

static GtkWindowGroup *
ensure_group (GtkWindow *window)
{
  if (!gtk_window_has_group (window))
    {
      g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

      gtk_window_group_add_window (group, window);
    }
  return gtk_window_get_group (window);
}

/* What asks gets the keys of its group when it is shown: this comes before. */
static void
follow (GtkWindow *window)
{
  GtkWindow      *over = gtk_window_get_transient_for (window);
  GtkWindowGroup *group = over != NULL ? ensure_group (over) : NULL;

  if (group != NULL && (!gtk_window_has_group (window) || gtk_window_get_group (window) != group))
    gtk_window_group_add_window (group, window);
}

static void
on_show (GtkWindow *window)
{
  ensure_group (window);
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

      g_signal_connect (window, "notify::transient-for", G_CALLBACK (follow), NULL);
      g_signal_connect (window, "show", G_CALLBACK (on_show), NULL);
    }
}

void
cc_window_groups_watch (void)
{
  static gboolean watching;
  GListModel     *windows = gtk_window_get_toplevels ();

  if (watching)
    return;
  watching = TRUE;
  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows_changed), NULL);
  on_windows_changed (windows, 0, 0, g_list_model_get_n_items (windows), NULL);
}
