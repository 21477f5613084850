/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-keys.h"

#include "cc-window.h"
#include "classification/cc-pack-window.h"
#include "conflicts/cc-conflicts-window.h"
#include "present/cc-job.h"

#include <adwaita.h>
#include <string.h>

static void
press (Sweep *self, const char *action, const char *what)
{
  GtkWidget *button = sweep_find_action (self, action);

  if (button == NULL)
    {
      sweep_fail (self, what, "nothing to press leads to it");
      return;
    }
  sweep_press (self, button);
  sweep_dialog (self, what, button);
}

/* The button of the newest backup. */
static GtkWidget *
find_restore (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_object_get_data (G_OBJECT (widget), "backup") != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_restore (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_backup (gpointer user_data)
{
  return find_restore (user_data) != NULL;
}

static void
look_at_backups (Sweep *self, GtkWidget *window)
{
  GtkWidget *button, *restore;

  press (self, "backups.change-passphrase", "the window for another passphrase");
  button = sweep_find_action (self, "backups.make");
  if (button == NULL)
    {
      sweep_fail (self, "a backup", "there is no button for it");
      return;
    }
  sweep_press (self, button);
  app_test_wait (has_backup, window);
  sweep_keys_settle (window);
  sweep_view (self, "the backups");
  restore = find_restore (window);
  sweep_press (self, restore);
  sweep_dialog (self, "the window that restores a backup", restore);
}

static void
look_at_conflicts (Sweep *self)
{
  CcSession *session = cc_window_get_session (CC_WINDOW (self->window));

  gtk_window_present (GTK_WINDOW (cc_conflicts_window_new (GTK_WINDOW (self->window), session)));
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the window of what was changed on both sides", NULL);
}

static gboolean
nothing_runs (gpointer user_data)
{
  return cc_job_get_n_running () == 0;
}

/* With what another classification changes; beside the demo stands one. */
static void
look_at_classification (Sweep *self)
{
  g_autofree char *second = g_build_filename (self->demo, "second", NULL);
  GtkWidget       *window;

  sweep_activate (self, "win.classification", NULL);
  sweep_keys_settle (sweep_get_front (self));
  window = sweep_get_front (self);
  if (CC_IS_PACK_WINDOW (window) && g_file_test (second, G_FILE_TEST_IS_DIR))
    {
      cc_pack_window_choose (CC_PACK_WINDOW (window), second, NULL);
      app_test_wait (nothing_runs, NULL);
      sweep_keys_settle (window);
    }
  sweep_dialog (self, "the window of classifications", NULL);
}

static GtkWidget *
open_page (Sweep *self, const char *name)
{
  GtkWidget *window;

  sweep_keys_press ("ctrl+comma");
  sweep_keys_settle (sweep_get_front (self));
  window = sweep_get_front (self);
  if (!ADW_IS_PREFERENCES_WINDOW (window))
    {
      sweep_fail (self, name, "the preferences do not come");
      return NULL;
    }
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), name);
  sweep_keys_settle (window);
  return window;
}

void
sweep_preferences (Sweep *self)
{
  GtkWidget *window;

  if (open_page (self, "retention") != NULL)
    sweep_dialog (self, "the rules of how long data is kept", NULL);
  window = open_page (self, "backups");
  if (window != NULL)
    {
      look_at_backups (self, window);
      gtk_window_destroy (GTK_WINDOW (window));
      sweep_keys_settle (self->window);
    }
  look_at_conflicts (self);
  sweep_activate (self, "win.package", NULL);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the window of packages", NULL);
  look_at_classification (self);
}
