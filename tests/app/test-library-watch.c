/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-backups.h"
#include "cc-window.h"
#include "library/cc-library.h"
#include "shell/cc-shell.h"
#include "start/cc-library-acts.h"
#include "start/cc-library-row.h"
#include "start/cc-start-page.h"
#include "widgets/cc-message-card.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <cc/store/cc-backup.h>

/* Files come, are opened, closed and backed up by others: the list of the start page follows. */

typedef struct
{
  AppTest   base;
  char     *library;
  char     *path;
  CcWindow *window;
} Fixture;

static void
write_case (const char *path)
{
  const CaseParams params = { .n_victims = 4 };

  case_fixture_write (path, &params);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->library = cc_library_get_folder ();
  fixture->path = cc_library_build_path (fixture->library, "Benin");
  g_assert_cmpint (g_mkdir_with_parents (fixture->library, 0700), ==, 0);
  fixture->window = cc_window_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
clear_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_remove (child), ==, 0);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backups = cc_backups_dup_usual_folder ();

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_tear_down (&fixture->base, data);
  clear_folder (fixture->library);
  clear_folder (backups);
  g_free (fixture->library);
  g_free (fixture->path);
}

static CcLibraryRow *
find_row (Fixture *fixture, const char *name)
{
  GtkWidget *row = app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_LIBRARY_ROW, name);

  return row != NULL ? CC_LIBRARY_ROW (row) : NULL;
}

static gboolean
has_no_row (gpointer user_data)
{
  return find_row (user_data, "Benin") == NULL;
}

static gboolean
has_second_row (gpointer user_data)
{
  return find_row (user_data, "Togo") != NULL;
}

static gboolean
says (Fixture *fixture, const char *words)
{
  CcLibraryRow *row = find_row (fixture, "Benin");

  return row != NULL && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), words) != NULL;
}

static gboolean
says_open (gpointer user_data)
{
  return says (user_data, "open in a window");
}

static gboolean
says_changed (gpointer user_data)
{
  return says (user_data, "changed today");
}

static gboolean
says_backup (gpointer user_data)
{
  return says (user_data, "backup today");
}

static gboolean
shows_shell (gpointer user_data)
{
  Fixture *fixture = user_data;

  return app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_SHELL, NULL) != NULL;
}

static CcCaseFile *
open_case (const char *path)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

static void
close_case (CcCaseFile *file)
{
  g_assert_true (cc_case_file_close (file, NULL));
  cc_case_file_free (file);
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  CcCaseFile *file;

  app_test_wait (has_no_row, fixture);
  write_case (fixture->path);
  app_test_wait (says_changed, fixture);
  file = open_case (fixture->path);
  app_test_wait (says_open, fixture);
  close_case (file);
  app_test_wait (says_changed, fixture);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  app_test_wait (has_no_row, fixture);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, NULL, NULL);
  g_autofree char *folder = cc_backups_dup_usual_folder ();
  CcCaseFile      *file;
  GError          *error = NULL;

  write_case (fixture->path);
  file = open_case (fixture->path);
  app_test_wait (says_open, fixture);
  g_assert_false (says_backup (fixture));
  cc_backups_prepare_folder ();
  g_assert_true (cc_case_file_backup (file, NULL, CC_BACKUP_BY_HAND, progress, NULL, &error));
  g_assert_no_error (error);
  app_test_wait (says_backup, fixture);
  close_case (file);
}

/* A program that is killed lets go of the lock and leaves no trace in the folder. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  struct flock     request = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int              fd;

  write_case (fixture->path);
  fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &request), ==, 0);
  app_test_wait (says_open, fixture);
  close (fd);
  app_test_wait (says_changed, fixture);
}

static gboolean
drop_session (gpointer user_data)
{
  cc_session_unref (user_data);
  return G_SOURCE_REMOVE;
}

/* Closing a file in this window ends in another thread, after the list is shown. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  write_case (fixture->path);
  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_timeout_add (1500, drop_session, cc_session_ref (cc_window_get_session (fixture->window)));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "close-file", NULL);
  app_test_wait (says_open, fixture);
  app_test_wait (says_changed, fixture);
}

/* Whoever stands in a line of the list stays there, and an open menu stays open. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = cc_library_build_path (fixture->library, "Togo");
  CcLibraryRow    *row;
  GtkWidget       *button;
  GtkWidget       *menu;

  write_case (fixture->path);
  app_test_wait (says_changed, fixture);
  row = find_row (fixture, "Benin");
  button = app_test_find (GTK_WIDGET (row), GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_true (gtk_widget_grab_focus (button));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  menu = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  write_case (second);
  app_test_wait (has_second_row, fixture);
  g_assert_true (find_row (fixture, "Benin") == row);
  g_assert_true (gtk_widget_get_mapped (menu));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  app_test_settle ();
  g_assert_true (
      gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (row)));
}

static CcMessageCard *
find_warning (gpointer user_data)
{
  Fixture *fixture = user_data;

  return CC_MESSAGE_CARD (app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_MESSAGE_CARD, NULL));
}

static gboolean
warns (gpointer user_data)
{
  return app_test_is_in_sight (GTK_WIDGET (find_warning (user_data)));
}

static gboolean
is_calm (gpointer user_data)
{
  return !warns (user_data);
}

/* Where the files cannot be shown, that is said with a sign, as long as it lasts. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_START_PAGE, NULL);

  g_assert_cmpint (g_rmdir (fixture->library), ==, 0);
  g_assert_true (g_file_set_contents (fixture->library, "no folder", -1, NULL));
  g_assert_true (gtk_widget_activate_action (page, "start.refresh", NULL));
  app_test_wait (warns, fixture);
  g_assert_nonnull (
      strstr (cc_message_card_get_text (find_warning (fixture)), "Nothing was changed"));
  g_assert_cmpint (g_remove (fixture->library), ==, 0);
  g_assert_true (gtk_widget_activate_action (page, "start.refresh", NULL));
  app_test_settle ();
  app_test_wait (is_calm, fixture);
}

/* The dialog that asks for a name, where it says something of it and is not the one before. */
typedef struct
{
  GtkWidget *before; /* a reference, so that no other has its address */
  GtkWidget *dialog;
} Asked;

static gboolean
asks_again (gpointer user_data)
{
  Asked      *asked = user_data;
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && window != asked->before
          && gtk_widget_get_mapped (window))
        asked->dialog = window;
    }
  return asked->dialog != NULL;
}

/* Whether something is said beside the field. */
static gboolean
has_error (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "error")
      && gtk_widget_get_mapped (root) && *gtk_label_get_label (GTK_LABEL (root)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_error (child))
      return TRUE;
  return FALSE;
}

static void
type_name (GtkWidget *dialog, const char *name)
{
  GtkWidget *entry = app_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "take");
}

static gboolean
has_third_row (gpointer user_data)
{
  return find_row (user_data, "Mali") != NULL && find_row (user_data, "Benin") == NULL;
}

/* A name that is taken stays in the field, with the reason beside it. */
static void
test_rename (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = cc_library_build_path (fixture->library, "Togo");
  GtkWidget       *page = app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_START_PAGE, NULL);
  Asked            asked = { NULL, NULL };
  GtkWidget       *entry;
  g_autoptr (GtkWidget) first = NULL;

  write_case (fixture->path);
  write_case (other);
  app_test_wait (has_second_row, fixture);
  cc_library_ask_rename (page, fixture->path);
  app_test_wait (asks_again, &asked);
  first = g_object_ref (asked.dialog);
  type_name (first, "Togo");
  asked = (Asked){ first, NULL };
  app_test_wait (asks_again, &asked);
  entry = app_test_find (asked.dialog, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Togo");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_true (has_error (asked.dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), "Mal");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_false (has_error (asked.dialog));
  type_name (asked.dialog, "Mali");
  app_test_wait (has_third_row, fixture);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/library-watch/others", test_others);
  ADD ("/app/library-watch/backup", test_backup);
  ADD ("/app/library-watch/killed", test_killed);
  ADD ("/app/library-watch/own", test_own);
  ADD ("/app/library-watch/focus", test_focus);
  ADD ("/app/library-watch/no-folder", test_no_folder);
  ADD ("/app/library-watch/rename", test_rename);
  return g_test_run ();
}
