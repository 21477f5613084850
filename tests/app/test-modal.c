/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"
#include "sweep-keys.h"

#include "agencies/cc-return-dialog.h"
#include "cc-window.h"
#include "library/cc-library.h"
#include "preferences/cc-preferences-window.h"
#include "present/cc-job-sheet.h"
#include "start/cc-start-page.h"
#include "unlock/cc-user-page.h"

#include <glib/gstdio.h>

#define NARROW 360

/* What asks in front of one window, and what the keys do meanwhile. */

typedef struct
{
  AppTest   base;
  CcWindow *window;
  gboolean  has_keys;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->has_keys = sweep_keys_start ();
  fixture->window = cc_window_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->has_keys)
    sweep_keys_stop ();
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_settle ();
  app_test_tear_down (&fixture->base, data);
}

static gboolean
is_active (gpointer user_data)
{
  return gtk_window_is_active (user_data);
}

/* Preferences belong to the window that they were opened over: another one takes keys. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  GtkWindow *first = GTK_WINDOW (fixture->window);
  GtkWindow *preferences = GTK_WINDOW (cc_preferences_window_new (NULL));
  GtkWindow *second = GTK_WINDOW (gtk_window_new ());
  GtkWidget *entry = gtk_entry_new ();

  gtk_window_set_transient_for (preferences, first);
  gtk_window_present (preferences);
  app_test_wait (is_active, preferences);
  gtk_window_set_child (second, entry);
  gtk_window_present (second);
  app_test_wait (is_active, second);
  g_assert_true (gtk_window_get_group (preferences) == gtk_window_get_group (first));
  g_assert_true (gtk_window_get_group (second) != gtk_window_get_group (first));
  if (fixture->has_keys)
    {
      gtk_widget_grab_focus (entry);
      sweep_keys_settle (GTK_WIDGET (second));
      sweep_keys_press ("k");
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "k");
    }
  gtk_window_destroy (second);
  gtk_window_destroy (preferences);
}

/* ---- a name that is taken ---- */

static GtkWidget *
find_question (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window)
          && app_test_find (window, ADW_TYPE_ENTRY_ROW, NULL) != NULL)
        return window;
    }
  return NULL;
}

static gboolean
asks_name (gpointer user_data)
{
  return find_question (user_data) != NULL;
}

static gboolean
exists (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/* Return in the field is the answer of the button that stands out. */
static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *taken = cc_library_build_path (folder, "taken");
  g_autofree char *other = cc_library_build_path (folder, "another one");
  g_autofree char *path = app_test_path (&fixture->base, "taken.casecount");
  g_autoptr (GFile) outside = g_file_new_for_path (path);
  const CaseParams params = { .n_victims = 2 };
  GtkWidget       *row;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  case_fixture_write (taken, &params);
  case_fixture_write (path, &params);
  cc_window_bring_in (fixture->window, outside);
  app_test_wait (asks_name, fixture);
  row = app_test_find (find_question (fixture), ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "another one");
  g_signal_emit_by_name (app_test_find (row, GTK_TYPE_TEXT, NULL), "activate");
  app_test_wait (exists, other);
  app_test_settle ();
  g_assert_null (find_question (fixture));
  g_assert_cmpint (g_unlink (taken), ==, 0);
  g_assert_cmpint (g_unlink (other), ==, 0);
}

/* ---- on a narrow screen ---- */

static void
check_width (GtkWidget *widget, const char *what)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > NARROW)
    g_test_message ("%s is %d wide", what, width);
  g_assert_cmpint (width, <=, NARROW);
}

static void
check_job (Fixture *fixture)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const CcProgressState state = { .phase = "progress.read",
                                  .done = 23000,
                                  .total = 52000,
                                  .rate = 9000,
                                  .seconds_left = 3 };
  CcJobSheet           *sheet = g_object_ref_sink (cc_job_sheet_new ("Importing", cancellable));

  cc_job_sheet_show (sheet, GTK_WINDOW (fixture->window));
  cc_job_sheet_tell (&state, sheet);
  app_test_settle ();
  check_width (GTK_WIDGET (sheet), "a job");
  gtk_window_destroy (GTK_WINDOW (sheet));
  g_object_unref (sheet);
}

/* With text of twice the size. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget   *user = g_object_ref_sink (g_object_new (CC_TYPE_USER_PAGE, NULL));
  GtkWidget   *dialog = g_object_new (CC_TYPE_RETURN_DIALOG, NULL);
  int          dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  app_test_settle ();
  check_width (user, "who works");
  check_width (dialog, "an expected return");
  check_job (fixture);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (user);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/app/modal/groups", test_groups);
  ADD ("/app/modal/name-taken", test_name_taken);
  ADD ("/app/modal/narrow", test_narrow);
#undef ADD
  return g_test_run ();
}
