/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-window.h"
#include "library/cc-library.h"
#include "lock/cc-idle.h"
#include "lock/cc-lock.h"
#include "help/cc-help-window.h"
#include "preferences/cc-preferences-window.h"
#include "shell/cc-shell.h"
#include "start/cc-country-row.h"
#include "start/cc-create-page.h"
#include "start/cc-library-row.h"
#include "start/cc-practice-page.h"
#include "start/cc-practice-work.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"
#include "widgets/cc-hat-row.h"
#include "widgets/cc-message-card.h"

#include <glib/gstdio.h>
#include <string.h>
#include <cc/store/cc-history.h>

typedef struct
{
  AppTest   base;
  char     *library;
  CcWindow *window;
} Fixture;

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
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->library = cc_library_get_folder ();
  g_assert_cmpint (g_mkdir_with_parents (fixture->library, 0700), ==, 0);
  clear_folder (fixture->library);
  fixture->window = cc_window_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_tear_down (&fixture->base, data);
  clear_folder (fixture->library);
  g_free (fixture->library);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return app_test_find (GTK_WIDGET (fixture->window), type, text);
}

/* The main menu has items of the same names: below the header bar. */
static gboolean
offers (Fixture *fixture, const char *label)
{
  GtkWidget *page = find (fixture, CC_TYPE_START_PAGE, NULL);
  GtkWidget *body = app_test_find (page, ADW_TYPE_CLAMP, NULL);
  GtkWidget *button = app_test_find (body, GTK_TYPE_LABEL, label);

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
is_shown (Fixture *fixture, GType type, const char *text)
{
  GtkWidget *widget = find (fixture, type, text);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static char *
write_case (const char *folder, const char *name)
{
  const CaseParams params = { .n_victims = 4 };
  char            *path = g_build_filename (folder, name, NULL);

  case_fixture_write (path, &params);
  return path;
}

static gboolean
shows_row (gpointer user_data)
{
  return is_shown (user_data, CC_TYPE_LIBRARY_ROW, NULL);
}

static gboolean
shows_no_row (gpointer user_data)
{
  return !shows_row (user_data);
}

static gboolean
asks_passphrase (gpointer user_data)
{
  return is_shown (user_data, CC_TYPE_UNLOCK_PAGE, NULL);
}

static gboolean
shows_shell (gpointer user_data)
{
  return is_shown (user_data, CC_TYPE_SHELL, NULL);
}

static void
activate (Fixture *fixture, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static gboolean
greets (gpointer user_data)
{
  return offers (user_data, "_New Case File…");
}

/* An empty library says what to do first. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  app_test_wait (greets, fixture);
  g_assert_true (offers (fixture, "_Bring In a Case File…"));
  g_assert_false (is_shown (fixture, ADW_TYPE_PREFERENCES_GROUP, "Case Files"));
}

/* Brought in by copying, listed, and its passphrase asked for. Next time the country is known. */
static void
test_bring_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture->base.folder, "count.casecount");
  g_autofree char *path = cc_library_build_path (fixture->library, "count");
  g_autoptr (GFile) outside = g_file_new_for_path (source);
  g_autoptr (GFile) inside = g_file_new_for_path (path);
  GtkWidget *row;

  cc_start_page_bring_in (CC_START_PAGE (find (fixture, CC_TYPE_START_PAGE, NULL)), outside);
  app_test_wait (asks_passphrase, fixture);
  g_assert_true (cc_window_shows (fixture->window, inside));
  g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));
  g_assert_false (is_shown (fixture, ADW_TYPE_ACTION_ROW, "This File Is Not in the Library"));
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);

  activate (fixture, "close-file");
  g_assert_null (cc_window_get_session (fixture->window));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Casecount");
  app_test_wait (shows_row, fixture);
  row = find (fixture, CC_TYPE_LIBRARY_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "count");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "count");
  g_assert_true (is_shown (fixture, ADW_TYPE_PREFERENCES_GROUP, "Case Files"));
  g_assert_false (offers (fixture, "_New Case File…"));
}

static gboolean
asks_for_copy (gpointer user_data)
{
  Fixture         *fixture = user_data;
  g_autofree char *path = cc_library_build_path (fixture->library, "count");
  g_autoptr (GFile) copy = g_file_new_for_path (path);

  return cc_window_shows (fixture->window, copy);
}

/* A file of the command line is opened where it is, and the page says so. */
static void
test_in_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->base.folder, "count.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  cc_window_open (fixture->window, file);
  app_test_wait (asks_passphrase, fixture);
  g_assert_true (is_shown (fixture, ADW_TYPE_ACTION_ROW, "This File Is Not in the Library"));
  activate (fixture, "bring-in");
  app_test_wait (asks_for_copy, fixture);
  g_assert_false (cc_window_shows (fixture->window, file));
}

static void
fill_form (Fixture *fixture)
{
  GtkWidget *form = find (fixture, CC_TYPE_CREATE_PAGE, NULL);

  cc_country_row_set_code (CC_COUNTRY_ROW (app_test_find (form, CC_TYPE_COUNTRY_ROW, NULL)), "BEN");
  gtk_editable_set_text (GTK_EDITABLE (
                             app_test_find (form, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase")),
                         "four quiet river stones");
  gtk_editable_set_text (GTK_EDITABLE (
                             app_test_find (form, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase Again")),
                         "four quiet river stones");
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (form, ADW_TYPE_ENTRY_ROW, "Your Name")),
                         "Yawa Kossi");
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (form, CC_TYPE_HAT_ROW, NULL)), "Trainer");
}

static gboolean
has_name (gpointer user_data)
{
  GtkWidget *entry = find (user_data, ADW_TYPE_ENTRY_ROW, "Name of the File");

  return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "Benin");
}

static gboolean
is_unlocked (gpointer user_data)
{
  return cc_window_get_session (((Fixture *) user_data)->window) != NULL;
}

static gboolean
is_signed_throughout (CcCaseFile *file, const char *user)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  g_autoptr (GPtrArray) acts = cc_history_list (reader, NULL, 0, 0, NULL);

  cc_case_file_release_reader (file, reader);
  for (guint i = 0; i < acts->len; i++)
    if (!g_str_equal (((CcHistoryAct *) g_ptr_array_index (acts, i))->user, user))
      return FALSE;
  return acts->len > 0;
}

/* From an empty desk to an open case file, without a terminal. */
static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = cc_library_build_path (fixture->library, "Benin");
  g_autofree char *user = NULL;
  GtkWidget       *button;
  CcCaseFile      *file;

  app_test_wait (greets, fixture);
  activate (fixture, "new-file");
  app_test_settle ();
  button = gtk_widget_get_ancestor (find (fixture, GTK_TYPE_LABEL, "_Create Case File"),
                                    GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_true (
      is_shown (fixture, GTK_TYPE_LABEL, "Choose the country whose persons are counted."));
  fill_form (fixture);
  /* The name follows the country once the countries are read. */
  app_test_wait (has_name, fixture);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_activate_action (find (fixture, CC_TYPE_CREATE_PAGE, NULL),
                                             "create.create", NULL));
  g_assert_false (gtk_widget_is_sensitive (button));
  app_test_wait (is_unlocked, fixture);
  g_assert_null (find (fixture, CC_TYPE_CREATE_PAGE, NULL));
  file = cc_session_get_file (cc_window_get_session (fixture->window));
  user = cc_case_file_get_user (file);
  g_assert_cmpstr (user, ==, "Yawa Kossi (Trainer)");
  g_assert_true (is_signed_throughout (file, user));
  g_assert_cmpstr (cc_case_file_get_country (file), ==, "BEN");
  g_assert_false (cc_case_file_is_practice (file));
  g_assert_cmpstr (cc_case_file_get_path (file), ==, path);
}

static gboolean
shows_taken (gpointer user_data)
{
  return is_shown (user_data, GTK_TYPE_LABEL,
                   "There is a case file called “Benin” already. Choose another name.");
}

static gboolean
sees_message (gpointer user_data)
{
  GtkWidget *page = find (user_data, CC_TYPE_CREATE_PAGE, NULL);

  return app_test_is_in_sight (app_test_find (page, CC_TYPE_MESSAGE_CARD, NULL));
}

/* The field with the fault is marked and has the keyboard, and the message is beside it. */
static void
check_fault (Fixture *fixture, const char *title)
{
  GtkWidget *page = find (fixture, CC_TYPE_CREATE_PAGE, NULL);
  GtkWidget *row = app_test_find (page, ADW_TYPE_ENTRY_ROW, title);

  app_test_wait (sees_message, fixture);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), row));
  g_assert_true (app_test_is_in_sight (row));
}

/* A name that is taken is told on the form, and what was typed is kept. */
static void
test_create_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->library, "Benin.casecount");
  GtkWidget       *page;

  activate (fixture, "new-file");
  app_test_settle ();
  fill_form (fixture);
  app_test_wait (has_name, fixture);
  g_assert_true (gtk_widget_activate_action (find (fixture, CC_TYPE_CREATE_PAGE, NULL),
                                             "create.create", NULL));
  app_test_wait (shows_taken, fixture);
  check_fault (fixture, "Name of the File");
  g_assert_null (cc_window_get_session (fixture->window));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       app_test_find (find (fixture, CC_TYPE_CREATE_PAGE, NULL),
                                      ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase Again"))),
                   ==, "four quiet river stones");
  /* So it is with the name of the person, further down. */
  page = find (fixture, CC_TYPE_CREATE_PAGE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (
                             app_test_find (page, ADW_TYPE_ENTRY_ROW, "Name of the File")),
                         "Other");
  g_assert_false (
      gtk_widget_has_css_class (app_test_find (page, ADW_TYPE_ENTRY_ROW, "Name of the File"),
                                "error"));
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (page, ADW_TYPE_ENTRY_ROW, "Your Name")), "…");
  g_assert_true (gtk_widget_activate_action (page, "create.create", NULL));
  app_test_wait (sees_message, fixture);
  check_fault (fixture, "Your Name");
  /* Left, the form forgets it. */
  activate (fixture, "show-start");
  g_assert_null (find (fixture, CC_TYPE_CREATE_PAGE, NULL));
}

/* A dialog of the window: the last toplevel that belongs to it. */
static AdwMessageDialog *
find_dialog (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data)
        && gtk_window_get_transient_for (l->data) == GTK_WINDOW (fixture->window)
        && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog (user_data) != NULL;
}

/* Removing says what is lost; where there is no trash it asks again before it deletes. */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->library, "Old.casecount");
  GtkWidget       *page = find (fixture, CC_TYPE_START_PAGE, NULL);

  cc_start_page_refresh (CC_START_PAGE (page));
  app_test_wait (shows_row, fixture);
  g_assert_true (gtk_widget_activate_action (page, "start.remove", "s", path));
  app_test_wait (has_dialog, fixture);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog (fixture)), ==, "Remove “Old”?");
  adw_message_dialog_response (find_dialog (fixture), "cancel");
  app_test_settle ();
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (gtk_widget_activate_action (page, "start.remove", "s", path));
  app_test_wait (has_dialog, fixture);
  adw_message_dialog_response (find_dialog (fixture), "remove");
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      AdwMessageDialog *dialog = find_dialog (fixture);

      if (dialog != NULL
          && g_str_equal (adw_message_dialog_get_heading (dialog), "Delete “Old” for Good?"))
        adw_message_dialog_response (dialog, "remove");
      g_main_context_iteration (NULL, TRUE);
    }
  app_test_wait (shows_no_row, fixture);
}

static gboolean
has_no_shell (gpointer fixture)
{
  return find (fixture, CC_TYPE_SHELL, NULL) == NULL;
}

/* Locking leaves nothing of the file on the window, and it comes back to file and page. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->base.folder, "count.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  cc_window_lock (fixture->window);
  g_assert_true (cc_window_is_locking (fixture->window));
  g_assert_false (shows_shell (fixture));
  g_assert_null (cc_window_get_session (fixture->window));
  app_test_wait (has_no_shell, fixture);
  cc_window_reopen (fixture->window, file, "overview", "Locked, as the test wanted.",
                    CC_KEPT_NOTHING, 0);
  app_test_wait (asks_passphrase, fixture);
  g_assert_true (is_shown (fixture, GTK_TYPE_LABEL, "Locked, as the test wanted."));
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_assert_cmpstr (cc_window_get_page (fixture->window), ==, "overview");
}

/* The page a file was left at is shown again; other files have their own. */
static void
test_last_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->library, "Benin.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *last = NULL;

  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "page",
                                  g_variant_new_string ("history"));
  last = g_intern_string (cc_window_get_page (fixture->window));
  activate (fixture, "close-file");
  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_assert_cmpstr (cc_window_get_page (fixture->window), ==, last);
}

static gboolean
drop_session (gpointer user_data)
{
  cc_session_unref (user_data);
  return G_SOURCE_REMOVE;
}

/* Work in another thread may hold the file a while longer than the window shows it: whoever opens
 * the file again at once waits for its end instead of meeting their own lock. */
static void
test_open_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture->library, "Benin.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_timeout_add (500, drop_session, cc_session_ref (cc_window_get_session (fixture->window)));
  activate (fixture, "close-file");
  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (shows_shell, fixture);
  g_assert_false (cc_session_is_read_only (cc_window_get_session (fixture->window)));
}

/* ---- without a window ---- */

static void
test_locked_text (void)
{
  g_autoptr (CcLocked) locked = cc_locked_new (10);
  g_autoptr (CcLocked) again = NULL;
  g_autofree char    *text = NULL;
  const CcLockedFile *file;

  cc_locked_add (locked, "/home/a b/Bénin \xff.casecount", "cases");
  cc_locked_add (locked, "/second.casecount", NULL)->n_waiting = 7;
  ((CcLockedFile *) locked->files->pdata[0])->kept = CC_KEPT_PARTLY;
  text = cc_locked_pack (locked);
  again = cc_locked_unpack (text);
  g_assert_nonnull (again);
  g_assert_cmpint (again->minutes, ==, 10);
  g_assert_cmpuint (again->files->len, ==, 2);
  file = g_ptr_array_index (again->files, 0);
  g_assert_cmpstr (file->path, ==, "/home/a b/Bénin \xff.casecount");
  g_assert_cmpstr (file->page, ==, "cases");
  g_assert_cmpuint (file->kept, ==, CC_KEPT_PARTLY);
  g_assert_cmpuint (file->n_waiting, ==, 0);
  file = g_ptr_array_index (again->files, 1);
  g_assert_cmpstr (file->page, ==, "");
  g_assert_cmpuint (file->kept, ==, CC_KEPT_NOTHING);
  g_assert_cmpuint (file->n_waiting, ==, 7);
  g_assert_null (cc_locked_unpack (""));
  g_assert_null (cc_locked_unpack ("no text of ours"));
  g_assert_null (cc_locked_unpack ("////"));
}

static void
test_idle (void)
{
  g_assert_false (cc_idle_compute_is_over (1000, 1000, 10));
  g_assert_false (cc_idle_compute_is_over (1599, 1000, 10));
  g_assert_true (cc_idle_compute_is_over (1600, 1000, 10));
  /* After hours of sleep at once. */
  g_assert_true (cc_idle_compute_is_over (50000, 1000, 10));
  g_assert_false (cc_idle_compute_is_over (50000, 1000, 0));
}

static void
test_minutes (void)
{
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (cc_preferences_find_minutes (cc_preferences_get_minutes (i)), ==, i);
  g_assert_cmpint (cc_preferences_get_minutes (cc_preferences_find_minutes (0)), ==, 0);
  /* In doubt sooner. */
  g_assert_cmpint (cc_preferences_get_minutes (cc_preferences_find_minutes (29)), ==, 15);
  g_assert_cmpint (cc_preferences_get_minutes (cc_preferences_find_minutes (480)), ==, 60);
  g_assert_cmpint (cc_preferences_get_minutes (cc_preferences_find_minutes (1)), ==, 2);
}

/* An invented country, its answers apart from the files of the agencies. */
static void
test_practice (Fixture *fixture, gconstpointer data)
{
  const CcPracticeOrder order = { .country = (char *) "TGO",
                                  .level = 2,
                                  .agencies = 3,
                                  .victims = 20,
                                  .folder = fixture->base.folder };
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, NULL, NULL);
  g_autoptr (CcPracticeOutcome) outcome = NULL;
  g_autoptr (CcPracticeOutcome) second = NULL;
  g_autofree char *key = NULL;
  g_autofree char *misplaced = NULL;
  GError          *error = NULL;

  outcome = cc_practice_make (&order, "Togo (practice)", progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_files, ==, 2);
  g_assert_cmpuint (outcome->n_nil, ==, 1);
  key = g_build_filename (outcome->trainer_folder, "answer-key.casecount-key", NULL);
  misplaced = g_build_filename (outcome->folder, "answer-key.casecount-key", NULL);
  g_assert_true (g_file_test (key, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (misplaced, G_FILE_TEST_EXISTS));
  /* Never into a folder in which somebody may have worked. */
  second = cc_practice_make (&order, "Togo (practice)", progress, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (second->folder, "Togo (practice) 2"));
}

/* Every template can be built and goes away again. */
static void
test_templates (void)
{
  const GType types[] = { CC_TYPE_START_PAGE, CC_TYPE_CREATE_PAGE, CC_TYPE_PRACTICE_PAGE,
                          CC_TYPE_COUNTRY_ROW };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GObject *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_assert_finalize_object (widget);
    }
  gtk_window_destroy (GTK_WINDOW (cc_preferences_window_new (NULL)));
  cc_help_window_show (NULL, "duplicates");
  app_test_settle ();
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/start/templates", test_templates);
  g_test_add_func ("/app/lock/text", test_locked_text);
  g_test_add_func ("/app/lock/idle", test_idle);
  g_test_add_func ("/app/preferences/minutes", test_minutes);
  ADD ("/app/start/empty", test_empty);
  ADD ("/app/start/bring-in", test_bring_in);
  ADD ("/app/start/in-place", test_in_place);
  ADD ("/app/start/create", test_create);
  ADD ("/app/start/create-taken", test_create_taken);
  ADD ("/app/start/remove", test_remove);
  ADD ("/app/start/practice", test_practice);
  ADD ("/app/window/lock", test_lock);
  ADD ("/app/window/last-page", test_last_page);
  ADD ("/app/window/open-again", test_open_again);
  return g_test_run ();
}
