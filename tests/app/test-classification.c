/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-classification SECOND_PACK.PY: another classification over the one in use, by the window. */
#include "page-test.h"

#include "checks/cc-checks-page.h"
#include "classification/cc-pack-window.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-history.h>

#include <string.h>

static const char *script;

static void
set_up (PageTest *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 6 };

  page_test_set_up (fixture, CC_TYPE_CHECKS_PAGE, &params);
}

static char *
make_second (PageTest *fixture)
{
  char       *folder = app_test_path (&fixture->base, "second");
  const char *arguments[] = { "python3", script, folder, NULL };
  GError     *error = NULL;
  int         status = 0;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return folder;
}

static GtkWidget *
open_window (PageTest *fixture)
{
  GtkWidget *window =
      g_object_ref_sink (cc_pack_window_new (GTK_WINDOW (fixture->window), fixture->session));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
  app_test_settle ();
}

static gboolean
can_install (gpointer window)
{
  return gtk_widget_is_sensitive (app_test_find (window, GTK_TYPE_BUTTON, "_Install…"));
}

static const char *
get_message (gpointer window)
{
  return cc_message_card_get_text (
      CC_MESSAGE_CARD (app_test_find (window, CC_TYPE_MESSAGE_CARD, NULL)));
}

static gboolean
has_message (gpointer window)
{
  return *get_message (window) != '\0';
}

/* What is in use is told, and that it is a reconstruction. */
static void
test_in_use (PageTest *fixture, gconstpointer data)
{
  GtkWidget *window = open_window (fixture);
  GtkWidget *row = app_test_find (window, ADW_TYPE_ACTION_ROW, "What It Is");

  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "reconstruction"));
  g_assert_false (can_install (window));
  close_window (window);
}

static void
refuse (PageTest *fixture, const char *folder, const char *concordance, const char *words)
{
  GtkWidget *window = open_window (fixture);

  cc_pack_window_choose (CC_PACK_WINDOW (window), folder, concordance);
  app_test_wait (has_message, window);
  g_test_message ("%s", get_message (window));
  g_assert_nonnull (strstr (get_message (window), words));
  g_assert_nonnull (strstr (get_message (window), "Nothing was changed"));
  g_assert_false (can_install (window));
  close_window (window);
}

static void
test_refusals (PageTest *fixture, gconstpointer data)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (fixture->session));
  g_autofree char *second = make_second (fixture);
  g_autofree char *concordance = g_build_filename (second, "concordance.csv", NULL);
  g_autofree char *codes = g_build_filename (second, "codes.csv", NULL);

  refuse (fixture, fixture->base.folder, concordance, "holds no classification");
  refuse (fixture, cc_pack_get_directory (pack), concordance, "already");
  g_assert_true (g_file_set_contents (codes, "list,code\n", -1, NULL));
  refuse (fixture, second, concordance, "damaged or not complete");
}

static gboolean
is_installed (gpointer window)
{
  return app_test_find (window, ADW_TYPE_STATUS_PAGE, "The Classification Is Installed") != NULL;
}

static void
on_installed (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static GtkWidget *
find_question (GtkWidget *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data)
        && gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      return item->data;
  return NULL;
}

/* Told, asked, backed up, done; and the history says why it does not go back. */
static void
test_install (PageTest *fixture, gconstpointer data)
{
  CcCaseFile      *file = cc_session_get_file (fixture->session);
  g_autofree char *second = make_second (fixture);
  g_autofree char *reason = NULL;
  GtkWidget       *window = open_window (fixture);
  CcConnection    *reader;
  gboolean         told = FALSE;

  cc_pack_window_choose (CC_PACK_WINDOW (window), second, NULL);
  app_test_wait (can_install, window);
  g_assert_nonnull (app_test_find (window, ADW_TYPE_ACTION_ROW, "Forced labour or services (LAB)"));
  g_assert_nonnull (app_test_find (window, ADW_TYPE_ACTION_ROW, "Forced begging (BEG)"));
  gtk_widget_activate_action (window, "pack.install", NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question (window)), "install");
  app_test_wait (is_installed, window);
  reader = cc_case_file_acquire_reader (file, NULL);
  g_assert_false (cc_history_can_undo (reader, cc_history_get_last (reader, NULL), &reason));
  g_assert_nonnull (strstr (reason, "concordance"));
  cc_case_file_release_reader (file, reader);
  {
    g_autoptr (GPtrArray) backups = NULL;
    g_autofree char *folder = cc_backup_dup_folder (cc_case_file_get_path (file));

    backups = cc_case_file_list_backups (file, folder, NULL);
    g_assert_cmpuint (backups->len, ==, 1);
    g_assert_cmpint (((const CcBackup *) backups->pdata[0])->stamp.reason, ==, CC_BACKUP_PACK);
  }
  g_signal_connect_swapped (window, "installed", G_CALLBACK (on_installed), &told);
  gtk_window_close (GTK_WINDOW (window));
  app_test_settle ();
  g_assert_true (told);
  g_object_unref (window);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_assert_cmpint (argc, >, 1);
  script = argv[1];
  g_test_add ("/classification/in-use", PageTest, NULL, set_up, test_in_use, page_test_tear_down);
  g_test_add ("/classification/refusals", PageTest, NULL, set_up, test_refusals,
              page_test_tear_down);
  g_test_add ("/classification/install", PageTest, NULL, set_up, test_install, page_test_tear_down);
  return g_test_run ();
}
