/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-window-leave.h"

#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

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
take_part_away (gpointer user_data)
{
  Leaving *self = user_data;

  return self->shell != NULL && cc_shell_take_apart (self->shell);
}

void
cc_window_leave (GtkWindow *window, CcShell *shell)
{
  GtkApplication *application;
  Leaving        *self;

  g_return_if_fail (GTK_IS_WINDOW (window));
  cc_chooser_cancel (window);
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
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_part_away, self, leaving_free);
}

typedef struct
{
  CcShell      *shell;
  GApplication *application; /* NULL: none */
} Gone;

static void
gone_free (gpointer data)
{
  Gone      *self = data;
  GtkWidget *stack = gtk_widget_get_parent (GTK_WIDGET (self->shell));

  if (GTK_IS_STACK (stack))
    gtk_stack_remove (GTK_STACK (stack), GTK_WIDGET (self->shell));
  g_object_unref (self->shell);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_free (self);
}

static gboolean
take_part_of_gone (gpointer user_data)
{
  return cc_shell_take_apart (((Gone *) user_data)->shell);
}

void
cc_window_let_go_of (CcShell *shell)
{
  GApplication *application = g_application_get_default ();
  Gone         *self;

  g_return_if_fail (CC_IS_SHELL (shell));
  cc_present_no_more_errors (GTK_WIDGET (shell));
  cc_present_withdraw_undo (GTK_WIDGET (shell));
  self = g_new0 (Gone, 1);
  self->shell = g_object_ref (shell);
  if (application != NULL)
    {
      self->application = g_object_ref (application);
      g_application_hold (application);
    }
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_part_of_gone, self, gone_free);
}

void
cc_window_destroy_dialogs (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_autoptr (GPtrArray) dialogs = g_ptr_array_new_with_free_func (g_object_unref);

  cc_chooser_cancel (window);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) dialog = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (dialog) == window)
        g_ptr_array_add (dialogs, g_steal_pointer (&dialog));
    }
  for (guint i = 0; i < dialogs->len; i++)
    {
      cc_chooser_cancel (dialogs->pdata[i]);
      gtk_window_destroy (dialogs->pdata[i]);
    }
}
