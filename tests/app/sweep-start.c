/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-keys.h"

#include "cc-window.h"
#include "library/cc-library.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"

#include <glib/gstdio.h>

static gboolean
is_shown (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static gboolean
is_unlocked (gpointer user_data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (user_data), "page");
}

/* A form in the place of the library, and the way back. */
static void
look_at_form (Sweep *self, const char *action, const char *type_name, const char *what)
{
  sweep_activate (self, action, NULL);
  sweep_keys_settle (self->window);
  if (sweep_find (self, type_name, NULL) == NULL)
    sweep_fail (self, what, "the form does not come");
  else
    sweep_view (self, what);
  sweep_activate (self, "win.show-start", NULL);
  sweep_keys_settle (self->window);
}

static void
ask (Sweep *self, const char *action, const char *path, const char *what)
{
  GtkWidget *row = sweep_find (self, "CcLibraryRow", NULL);

  if (row == NULL || !gtk_widget_activate_action (row, action, "s", path))
    {
      sweep_fail (self, what, "there is no row of the library for it");
      return;
    }
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, what, NULL);
}

/* The folder is looked through in the background. */
static gboolean
shows_case_file (gpointer user_data)
{
  GtkWidget *row = sweep_find (user_data, "CcLibraryRow", NULL);

  return row != NULL && gtk_widget_get_mapped (row);
}

static void
look_at_library (Sweep *self, const char *demo)
{
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *path = g_build_filename (folder, "mine.casecount", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (demo);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  GError *error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  look_at_form (self, "win.new-file", "CcCreatePage", "the form for a new file");
  app_test_wait (shows_case_file, self);
  sweep_view (self, "the library");
  ask (self, "start.rename", path, "a new name for a case file");
  ask (self, "start.remove", path, "the question before a case file is removed");
  g_unlink (path);
}

static void
unlock (Sweep *self)
{
  GtkWidget *page = app_test_find (self->window, CC_TYPE_UNLOCK_PAGE, NULL);
  GtkWidget *entry = app_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  GtkWidget *user = app_test_find (page, CC_TYPE_USER_PAGE, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), self->passphrase);
  g_signal_emit_by_name (entry, "entry-activated");
  app_test_wait (is_shown, user);
  sweep_keys_settle (self->window);
  sweep_view (self, "who works");
  g_assert_true (gtk_widget_activate_action (user, "user.continue-without", NULL));
  app_test_wait (is_unlocked, self->window);
}

void
sweep_start (Sweep *self)
{
  g_autofree char *path = g_build_filename (self->demo, "demo.casecount", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->window = GTK_WIDGET (cc_window_new (GTK_APPLICATION (g_application_get_default ())));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1180, 760);
  gtk_window_present (GTK_WINDOW (self->window));
  sweep_view (self, "the start page");
  if (g_getenv ("SWEEP_ONLY") == NULL || g_str_equal (g_getenv ("SWEEP_ONLY"), "start"))
    {
      look_at_form (self, "win.practice-country", "CcPracticePage", "the form for practice data");
      look_at_library (self, path);
    }
  cc_window_open (CC_WINDOW (self->window), file);
  sweep_view (self, "the passphrase");
  unlock (self);
}
