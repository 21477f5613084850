/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-leave.h"

typedef struct
{
  GtkWindow    *window;
  CcShell      *shell; /* weak */
  GApplication *application;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *self = data;

  g_clear_weak_pointer (&self->shell);
  gtk_window_destroy (self->window);
  g_object_unref (self->window);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_free (self);
}

static gboolean
take_page_away (gpointer user_data)
{
  Leaving *self = user_data;

  return self->shell != NULL && cc_shell_take_page_away (self->shell);
}

void
cc_window_leave (GtkWindow *window, CcShell *shell)
{
  GtkApplication *application;
  Leaving        *self;

  g_return_if_fail (GTK_IS_WINDOW (window));
  application = gtk_window_get_application (window);
  self = g_new0 (Leaving, 1);
  self->window = g_object_ref (window);
  g_set_weak_pointer (&self->shell, shell);
  if (application != NULL)
    {
      self->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (self->application);
      /* Who opens a file now gets a window of their own. */
      gtk_window_set_application (window, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_page_away, self, leaving_free);
}

void
cc_window_destroy_dialogs (GtkWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == window)
      gtk_window_destroy (l->data);
}
