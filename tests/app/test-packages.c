/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A package travels from one case file of the library into another one, by the window. */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "cc-window.h"
#include "exchange/cc-merge-flow.h"
#include "exchange/cc-package-window.h"
#include "library/cc-library.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gstdio.h>
#include <string.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-records.h>

#define PACKAGE_PASSPHRASE "eleven grey umbrellas"

typedef struct
{
  AppTest   base;
  char     *library;
  char     *here;    /* a case file of the library */
  char     *package; /* of it, outside */
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

      (void) g_remove (child);
    }
}

static void
write_package (Fixture *fixture)
{
  const CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN, .identifiers = TRUE };
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (fixture->here, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  cc_package_write (file, &order, fixture->package, PACKAGE_PASSPHRASE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 4 };

  app_test_set_up (&fixture->base, data);
  fixture->library = cc_library_get_folder ();
  g_assert_cmpint (g_mkdir_with_parents (fixture->library, 0700), ==, 0);
  clear_folder (fixture->library);
  fixture->here = cc_library_build_path (fixture->library, "Benin");
  fixture->package = app_test_path (&fixture->base, "part.casecount");
  case_fixture_write (fixture->here, &params);
  write_package (fixture);
  fixture->window = cc_window_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
nothing_is_open (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
  app_test_tear_down (&fixture->base, data);
  clear_folder (fixture->library);
  g_free (fixture->library);
  g_free (fixture->here);
  g_free (fixture->package);
}

static gboolean
asks_passphrase (gpointer user_data)
{
  GtkWidget *page = app_test_find (user_data, CC_TYPE_UNLOCK_PAGE, NULL);

  return page != NULL && gtk_widget_get_mapped (page);
}

static GtkWidget *
find_front (GtkWidget *window, GType type)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (item->data, type)
        && gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      return item->data;
  return NULL;
}

static gboolean
asks_what_to_do (gpointer user_data)
{
  GtkWidget *dialog = find_front (user_data, ADW_TYPE_MESSAGE_DIALOG);

  return dialog != NULL
         && g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)),
                       "This Is a Package")
                == 0;
}

static gboolean
asks_for_other (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GFile) here = g_file_new_for_path (fixture->here);

  return cc_window_shows (fixture->window, here) && asks_passphrase (fixture->window);
}

/* Brought in from the start page it is recognised, and brought into the file of its origin. */
static void
test_bring_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) outside = g_file_new_for_path (fixture->package);
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;
  GtkWidget        *entry;

  cc_start_page_bring_in (CC_START_PAGE (app_test_find (window, CC_TYPE_START_PAGE, NULL)),
                          outside);
  app_test_wait (asks_passphrase, window);
  app_test_unlock (window, PACKAGE_PASSPHRASE);
  app_test_wait (asks_what_to_do, window);
  dialog = ADW_MESSAGE_DIALOG (find_front (window, ADW_TYPE_MESSAGE_DIALOG));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "bring"));
  entry =
      app_test_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase of That File");
  gtk_editable_set_text (GTK_EDITABLE (entry), CASE_PASSPHRASE);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "bring"));
  adw_message_dialog_response (dialog, "bring");
  app_test_wait (asks_for_other, fixture);
  g_assert_nonnull (app_test_find (window, GTK_TYPE_LABEL, "No record came or changed."));
}

static gboolean
hands_on (gpointer user_data)
{
  return find_front (user_data, CC_TYPE_PACKAGE_WINDOW) != NULL;
}

/* From the menu of a row: the passphrase first, then the window of packages. */
static void
test_hand_on (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  g_action_group_activate_action (G_ACTION_GROUP (window), "package-of",
                                  g_variant_new_string (fixture->here));
  app_test_wait (asks_passphrase, window);
  app_test_unlock (window, CASE_PASSPHRASE);
  app_test_wait (hands_on, window);
  gtk_window_destroy (GTK_WINDOW (find_front (window, CC_TYPE_PACKAGE_WINDOW)));
  app_test_settle ();
}

/* ---- by the menu of an open case file ---- */

static gboolean
is_unlocked (gpointer user_data)
{
  return cc_window_get_session (user_data) != NULL;
}

static AdwMessageDialog *
find_question (GtkWidget *window, const char *heading)
{
  GtkWidget *dialog = find_front (window, ADW_TYPE_MESSAGE_DIALOG);

  if (dialog == NULL
      || g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), heading) != 0)
    return NULL;
  return ADW_MESSAGE_DIALOG (dialog);
}

static gboolean
says_how_it_stands (gpointer user_data)
{
  return find_question (user_data, "Bring In a Package or Copy") != NULL;
}

static gboolean
says_that_it_failed (gpointer user_data)
{
  return find_question (user_data, "Nothing Was Brought In") != NULL;
}

static gboolean
is_brought_in (gpointer user_data)
{
  return app_test_find (user_data, GTK_TYPE_LABEL, "1 record is new.") != NULL;
}

/* Opens the case file and offers it another one, up to what is said of both. */
static CcCaseFile *
bring (Fixture *fixture, const char *path, const char *passphrase, AppCondition comes)
{
  g_autoptr (GFile) here = g_file_new_for_path (fixture->here);
  g_autoptr (GFile) outside = g_file_new_for_path (path);
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;

  if (!is_unlocked (window))
    {
      cc_window_open (fixture->window, here);
      app_test_wait (asks_passphrase, window);
      app_test_unlock (window, CASE_PASSPHRASE);
      app_test_wait (is_unlocked, window);
    }
  cc_merge_flow_bring (GTK_WINDOW (window), cc_window_get_session (fixture->window), outside);
  dialog = find_question (window, "Passphrase of the Package or Copy");
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (GTK_WIDGET (dialog),
                                                      ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         passphrase);
  adw_message_dialog_response (dialog, "take");
  app_test_wait (comes, window);
  return cc_session_get_file (cc_window_get_session (fixture->window));
}

static gboolean
has_remains (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, ".merge-"))
      return TRUE;
  return FALSE;
}

/* What is known here already is said so, and there is nothing to bring in. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;

  (void) bring (fixture, fixture->package, PACKAGE_PASSPHRASE, says_how_it_stands);
  dialog = find_question (window, "Bring In a Package or Copy");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "is older: “Benin” holds"));
  g_assert_false (adw_message_dialog_has_response (dialog, "bring"));
  adw_message_dialog_response (dialog, "close");
  app_test_settle ();
  g_assert_false (has_remains (fixture->library));
}

static gboolean
add_victim (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (pack, "victim"));
  CcPutResult put;

  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text =
      g_strdup ("Ndiaye");
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

/* Work went on in a package: nothing happens before it was said and wanted. */
static void
test_went_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  GtkWidget       *window = GTK_WIDGET (fixture->window);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GError          *error = NULL;
  CcCaseFile      *file =
      cc_case_file_open (fixture->package, PACKAGE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  AdwMessageDialog *dialog;

  g_assert_no_error (error);
  cc_case_file_act (file, "case", add_victim, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);

  file = bring (fixture, fixture->package, PACKAGE_PASSPHRASE, says_how_it_stands);
  before = cc_case_file_head_hash (file, NULL);
  adw_message_dialog_response (find_question (window, "Bring In a Package or Copy"), "close");
  app_test_settle ();
  after = cc_case_file_head_hash (file, NULL);
  g_assert_cmpstr (before, ==, after);
  (void) bring (fixture, fixture->package, PACKAGE_PASSPHRASE, says_how_it_stands);
  dialog = find_question (window, "Bring In a Package or Copy");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "Work went on in both"));
  adw_message_dialog_response (dialog, "bring");
  app_test_wait (is_brought_in, window);
}

/* Another case file altogether: nothing is asked, and it is said why it cannot be brought in. */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  const CaseParams  params = { .n_victims = 2 };
  g_autofree char  *path = app_test_path (&fixture->base, "stranger.casecount");
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;

  case_fixture_write (path, &params);
  (void) bring (fixture, path, CASE_PASSPHRASE, says_that_it_failed);
  dialog = find_question (window, "Nothing Was Brought In");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "another case file"));
  adw_message_dialog_response (dialog, "close");
  app_test_settle ();
  g_assert_false (has_remains (fixture->library));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/packages/bring-in", Fixture, NULL, set_up, test_bring_in, tear_down);
  g_test_add ("/packages/hand-on", Fixture, NULL, set_up, test_hand_on, tear_down);
  g_test_add ("/packages/known", Fixture, NULL, set_up, test_known, tear_down);
  g_test_add ("/packages/went-on", Fixture, NULL, set_up, test_went_on, tear_down);
  g_test_add ("/packages/stranger", Fixture, NULL, set_up, test_stranger, tear_down);
  return g_test_run ();
}
