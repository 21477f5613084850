/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "exchange/cc-exchange-work.h"
#include "exchange/cc-merge-flow.h"
#include "history/cc-history-lines.h"
#include "history/cc-history-texts.h"
#include "library/cc-library.h"
#include "widgets/cc-hat-row.h"

#include <cc/store/cc-backup.h>
#include <glib/gstdio.h>

/* A copy is brought into a library that has others of the same case file. */

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static gboolean
asks (gpointer response)
{
  GtkWidget *dialog = find_question ();

  return dialog != NULL && adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), response);
}

static gboolean
asks_again (gpointer data)
{
  GtkWidget *dialog = find_question ();

  return dialog != NULL && asks ((gpointer) "take")
         && g_str_has_prefix (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)),
                              "The passphrase does not open both copies.");
}

/* A passphrase that does not fit is asked for again, and the copy stays to be compared. */
static void
answer_passphrase (void)
{
  app_test_wait (asks, (gpointer) "take");
  gtk_editable_set_text (GTK_EDITABLE (
                             app_test_find (find_question (), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         "no");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "take");
  app_test_wait (asks_again, NULL);
  gtk_editable_set_text (GTK_EDITABLE (
                             app_test_find (find_question (), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         CASE_PASSPHRASE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "take");
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static gint64
count_names (CcCaseFile *file, const char *name)
{
  CcConnection    *reader = cc_case_file_acquire_reader (file, NULL);
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM identifier WHERE value = '%s'", name);
  const gint64 n = cc_connection_get_int64 (reader, sql, -1, NULL);

  cc_case_file_release_reader (file, reader);
  return n;
}

static void
sign_question (GtkWidget *dialog)
{
  GtkWidget *name = app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Your Name");

  g_assert_nonnull (name);
  gtk_editable_set_text (GTK_EDITABLE (name), " Awa Sarr ");
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (dialog, CC_TYPE_HAT_ROW, NULL)), "Reviewer");
}

/* The newest act, as the History page says it. */
static char *
say_last (PageTest *fixture, CcCaseFile *file)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  g_autoptr (CcHistoryView) view =
      cc_history_view_load (fixture->session, reader, cc_history_get_last (reader, NULL), &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  /* The old name and the new one, and nothing for machines. */
  g_assert_cmpuint (view->lines->len, ==, 1);
  g_assert_cmpint (view->n_more, ==, 0);
  return cc_history_describe (fixture->session, view->entry);
}

static void
check_merged (PageTest *fixture, CcCaseFile *kept)
{
  CcConnection    *reader = cc_case_file_acquire_reader (kept, NULL);
  g_autofree char *sentence = say_last (fixture, kept);

  g_assert_cmpint (cc_connection_get_int64 (reader,
                                            "SELECT count (*) FROM audit WHERE act = 'merge'"
                                            " AND user = 'Awa Sarr (Reviewer)'",
                                            -1, NULL),
                   ==, 1);
  cc_case_file_release_reader (kept, reader);
  g_assert_cmpstr (sentence, ==, "Copy brought in: 1 changed record");
}

/* Each answer is followed to its end: the second file goes, and the first has what it should. */
static void
test_copies (PageTest *fixture, gconstpointer answer)
{
  GError          *error = NULL;
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *here = g_build_filename (folder, "one.casecount", NULL);
  g_autofree char *brought = g_build_filename (folder, "two.casecount", NULL);
  g_autofree char *path = exchange_test_make_copy (fixture, "Mendy");
  g_autoptr (CcCaseFile) kept = NULL;
  const gboolean merges = g_str_equal (answer, "merge");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  cc_case_file_copy (cc_session_get_file (fixture->session), here, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (path, brought), ==, 0);
  cc_copy_flow_start (gtk_window_get_child (GTK_WINDOW (fixture->window)),
                      (const char *const[]){ here, NULL }, brought);
  answer_passphrase ();
  app_test_wait (asks, (gpointer) "merge");
  sign_question (find_question ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), answer);
  app_test_wait (is_gone, brought);
  app_test_settle ();
  kept = cc_case_file_open (here, CASE_PASSPHRASE,
                            cc_case_file_get_pack (cc_session_get_file (fixture->session)),
                            CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_names (kept, "Mendy"), ==, merges ? 1 : 0);
  if (merges)
    check_merged (fixture, kept);
  g_assert_true (cc_case_file_close (kept, &error));
  g_assert_cmpint (g_unlink (here), ==, 0);
}

/* Of several copies in the library one is chosen. */
static void
test_copies_several (PageTest *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *one = g_build_filename (folder, "one.casecount", NULL);
  g_autofree char *two = g_build_filename (folder, "two.casecount", NULL);
  g_autofree char *brought = g_build_filename (folder, "three.casecount", NULL);
  g_autofree char *path = exchange_test_make_copy (fixture, "Mendy");
  g_auto (GStrv) copies = NULL;
  GtkWidget *dialog, *choice;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  cc_case_file_copy (cc_session_get_file (fixture->session), one, NULL, &error);
  g_assert_no_error (error);
  cc_case_file_copy (cc_session_get_file (fixture->session), two, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (path, brought), ==, 0);
  copies = cc_exchange_work_find_copies (folder, brought);
  g_assert_cmpuint (g_strv_length (copies), ==, 2);
  cc_copy_flow_start (gtk_window_get_child (GTK_WINDOW (fixture->window)),
                      (const char *const *) copies, brought);
  app_test_wait (asks, (gpointer) "take");
  dialog = find_question ();
  choice = app_test_find (dialog, ADW_TYPE_COMBO_ROW, "Compare With");
  g_assert_nonnull (choice);
  adw_combo_row_set_selected (ADW_COMBO_ROW (choice), 1);
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         CASE_PASSPHRASE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "take");
  app_test_wait (asks, (gpointer) "merge");
  {
    g_autofree char *name = cc_library_display_name (copies[1]);

    g_assert_nonnull (
        strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_question ())), name));
  }
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "cancel");
  app_test_wait (is_gone, brought);
  app_test_settle ();
  g_assert_cmpint (g_unlink (one), ==, 0);
  g_assert_cmpint (g_unlink (two), ==, 0);
}

/* What is told of a merge, in whole sentences, and nothing of what there is none of. */
static void
test_describe_result (void)
{
  static const struct
  {
    CcMergeResult result;
    const char   *text;
  } cases[] = {
    { { .act = 0 }, "Everything in it was known here already. Nothing was changed." },
    { { .act = 1 }, "No record came or changed." },
    { { .act = 1, .others = 2, .agencies = 1, .deliveries = 1 },
      "1 agency is new. 1 delivery is new." },
    { { .act = 1, .added = 429, .updated = 1 }, "429 records are new. 1 record was updated." },
    { { .act = 1, .others = 1 },
      "No record came or changed. What else is new was brought in, such as decisions and "
      "settings." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cc_exchange_describe_result (&cases[i].result);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Left without an answer, nothing was brought in. */
static void
test_copy_cancelled (PageTest *fixture, gconstpointer answer)
{
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *here = g_build_filename (folder, "one.casecount", NULL);
  g_autofree char *brought = g_build_filename (folder, "two.casecount", NULL);
  const gboolean   keeps = g_str_equal (answer, "both");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (here, "one", -1, NULL));
  g_assert_true (g_file_set_contents (brought, "two", -1, NULL));
  cc_copy_flow_start (gtk_window_get_child (GTK_WINDOW (fixture->window)),
                      (const char *const[]){ here, NULL }, brought);
  app_test_wait (asks, (gpointer) "both");
  g_assert_true (asks ((gpointer) "cancel"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), answer);
  if (!keeps)
    app_test_wait (is_gone, brought);
  app_test_settle ();
  g_assert_cmpint (g_file_test (brought, G_FILE_TEST_EXISTS), ==, keeps);
  g_assert_cmpint (g_unlink (here), ==, 0);
  (void) g_unlink (brought);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/copies/merge", PageTest, "merge", exchange_test_set_up, test_copies,
              page_test_tear_down);
  g_test_add ("/copies/nothing", PageTest, "cancel", exchange_test_set_up, test_copies,
              page_test_tear_down);
  g_test_add ("/copies/several", PageTest, NULL, exchange_test_set_up, test_copies_several,
              page_test_tear_down);
  g_test_add ("/copies/cancel", PageTest, "cancel", exchange_test_set_up, test_copy_cancelled,
              page_test_tear_down);
  g_test_add ("/copies/both", PageTest, "both", exchange_test_set_up, test_copy_cancelled,
              page_test_tear_down);
  g_test_add_func ("/copies/describe-result", test_describe_result);
  return g_test_run ();
}
