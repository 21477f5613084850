/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "checks/cc-checks-page.h"
#include "conflicts/cc-conflicts-bar.h"
#include "conflicts/cc-conflicts-window.h"
#include "overview/cc-overview-figures.h"
#include "exchange/cc-merge-flow.h"
#include "exchange/cc-exchange-work.h"
#include "exchange/cc-passphrase-dialog.h"
#include "exchange/cc-package-window.h"
#include "exchange/cc-package-work.h"
#include "library/cc-library.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-records.h>
#include <glib/gstdio.h>

/* Two copies of one case file meet in the window. */

static GtkWidget *
find_dialog (GtkWidget *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (CC_IS_CONFLICTS_WINDOW (l->data)
        && gtk_window_get_transient_for (l->data) == GTK_WINDOW (parent))
      return l->data;
  return NULL;
}

static gboolean
has_bar (gpointer user_data)
{
  PageTest *fixture = user_data;

  return gtk_widget_get_visible (app_test_find (fixture->window, CC_TYPE_CONFLICTS_BAR, NULL));
}

static gboolean
has_no_bar (gpointer user_data)
{
  return !has_bar (user_data);
}

/* Above the answers stands whom they are about: a row like theirs that does nothing. */
static GtkWidget *
find_answer (GtkWidget *dialog)
{
  GtkWidget *row = app_test_find (dialog, ADW_TYPE_ACTION_ROW, "Ndiaye");

  while (row != NULL && !gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static gboolean
has_answer (gpointer user_data)
{
  return find_answer (user_data) != NULL;
}

/* The queue is seen on the page, opened, and answered; then nothing waits. */
static void
test_queue (PageTest *fixture, gconstpointer data)
{
  GError          *error = NULL;
  CcCaseFile      *here = cc_session_get_file (fixture->session);
  g_autofree char *path = exchange_test_make_copy (fixture, "Mendy");
  g_autofree char *text = NULL;
  CcMergeResult    result;
  GtkWidget       *dialog;
  GtkWidget       *row;
  g_autoptr (CcOverviewFigures) figures = NULL;

  exchange_test_change (here, "Ndiaye");
  g_assert_true (cc_exchange_work_merge (here, path, CASE_PASSPHRASE, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.conflicts, ==, 1);
  text = cc_exchange_describe_result (&result);
  g_assert_nonnull (strstr (text, "both sides"));
  cc_session_changed (fixture->session);
  figures = cc_overview_figures_load (fixture->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (figures->conflicts, ==, 1);
  app_test_wait (has_bar, fixture);
  g_signal_emit_by_name (app_test_find (app_test_find (fixture->window, CC_TYPE_CONFLICTS_BAR,
                                                       NULL),
                                        GTK_TYPE_BUTTON, NULL),
                         "clicked");
  dialog = find_dialog (fixture->window);
  g_assert_nonnull (dialog);
  app_test_wait (has_answer, dialog);
  row = app_test_find (dialog, ADW_TYPE_ACTION_ROW, "Ndiaye");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  row = find_answer (dialog);
  g_assert_nonnull (app_test_find (row, ADW_TYPE_ACTION_ROW, "Ndiaye"));
  g_signal_emit_by_name (row, "activated");
  app_test_wait (has_no_bar, fixture);
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_test_settle ();
}

static gboolean
stands (GtkWidget *row)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));

  return subtitle != NULL && strstr (subtitle, "stands now") != NULL;
}

/* Changed once more after the files were brought together: neither of the two is said to stand. */
static void
test_changed_since (PageTest *fixture, gconstpointer data)
{
  GError          *error = NULL;
  CcCaseFile      *here = cc_session_get_file (fixture->session);
  g_autofree char *path = exchange_test_make_copy (fixture, "Mendy");
  CcMergeResult    result;
  GtkWidget       *dialog;
  GtkWidget       *row;

  exchange_test_change (here, "Ndiaye");
  g_assert_true (cc_exchange_work_merge (here, path, CASE_PASSPHRASE, NULL, &result, &error));
  g_assert_no_error (error);
  exchange_test_change (here, "Diatta");
  dialog = GTK_WIDGET (cc_conflicts_window_new (GTK_WINDOW (fixture->window), fixture->session));
  gtk_window_present (GTK_WINDOW (dialog));
  app_test_wait (has_answer, dialog);
  g_assert_false (stands (find_answer (dialog)));
  row = app_test_find (dialog, ADW_TYPE_ACTION_ROW, "Diatta");
  while (row != NULL && !stands (row))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_test_settle ();
}

static void
test_kinship (PageTest *fixture, gconstpointer data)
{
  static const CcKinship kinships[] = { CC_KINSHIP_OTHER, CC_KINSHIP_SAME, CC_KINSHIP_OLDER,
                                        CC_KINSHIP_NEWER, CC_KINSHIP_DIVERGED };
  GError                *error = NULL;
  CcCaseFile            *here = cc_session_get_file (fixture->session);
  g_autofree char       *path = exchange_test_make_copy (fixture, "Mendy");
  g_autofree char       *other = app_test_path (&fixture->base, "other.casecount");
  g_autoptr (CcExchangeMeeting) meeting =
      cc_exchange_work_compare (cc_case_file_get_path (here), path, CASE_PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (meeting->kinship, ==, CC_KINSHIP_NEWER);
  g_assert_null (
      cc_exchange_work_compare (cc_case_file_get_path (here), path, "not this one", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (kinships); i++)
    {
      g_autofree char *sentence = cc_exchange_describe_kinship (kinships[i], "Senegal");

      g_assert_nonnull (strstr (sentence, "Senegal"));
    }
}

/* The question goes while its field has the keys: closed by Escape, or with the window behind. */
static void
test_passphrase_question (void)
{
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *dialog =
          cc_passphrase_dialog_new (GTK_WINDOW (window), "Passphrase", "copy", "Bring In");

      g_object_ref (dialog);
      gtk_window_present (GTK_WINDOW (window));
      gtk_window_present (GTK_WINDOW (dialog));
      app_test_settle ();
      g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (dialog)));
      if (i == 0)
        gtk_window_close (GTK_WINDOW (dialog));
      else
        gtk_window_destroy (GTK_WINDOW (dialog));
      app_test_settle ();
      g_assert_finalize_object (dialog);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
count_answer (AdwMessageDialog *dialog, const char *response, guint *n)
{
  g_assert_cmpstr (response, ==, "take");
  g_assert_cmpstr (cc_passphrase_dialog_get (dialog), ==, CASE_PASSPHRASE);
  (*n)++;
}

/* Return answers as the button does: once, and the question goes. */
static void
test_passphrase_return (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *dialog =
      cc_passphrase_dialog_new (GTK_WINDOW (window), "Passphrase", "copy", "Bring In");
  GtkWidget *entry = app_test_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  guint      n = 0;

  g_object_ref (dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (count_answer), &n);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (dialog));
  app_test_settle ();
  g_signal_emit_by_name (entry, "entry-activated");
  g_assert_cmpuint (n, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), CASE_PASSPHRASE);
  g_signal_emit_by_name (entry, "entry-activated");
  app_test_settle ();
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (gtk_widget_get_visible (dialog));
  g_assert_finalize_object (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- handing a package on ---- */

static GtkWidget *
find_row (GtkWidget *window, const char *title)
{
  return app_test_find (window, ADW_TYPE_ACTION_ROW, title);
}

static GtkWidget *
find_switch (GtkWidget *window, const char *title)
{
  GtkWidget *row = find_row (window, title);

  g_assert_nonnull (row);
  return app_test_find (row, GTK_TYPE_SWITCH, NULL);
}

static gboolean
is_counted (gpointer user_data)
{
  return find_row (user_data, "6 victims, 0 perpetrators and 0 events") != NULL;
}

static gboolean
is_counted_smaller (gpointer user_data)
{
  return find_row (user_data, "0 victims, 0 perpetrators and 0 events") != NULL;
}

static gboolean
has_hint (GtkWidget *window, const char *hint)
{
  return app_test_find (window, GTK_TYPE_LABEL, hint) != NULL;
}

static gboolean
can_write (GtkWidget *window)
{
  return gtk_widget_is_sensitive (app_test_find (window, GTK_TYPE_BUTTON, "_Write…"));
}

static void
type_passphrases (GtkWidget *window, const char *first, const char *second)
{
  GtkWidget *passphrase = app_test_find (window, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase");
  GtkWidget *again = app_test_find (window, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase Again");

  gtk_editable_set_text (GTK_EDITABLE (passphrase), first);
  gtk_editable_set_text (GTK_EDITABLE (again), second);
}

static gboolean
is_written (gpointer user_data)
{
  return app_test_find (user_data, ADW_TYPE_STATUS_PAGE, "The Package Is Written") != NULL;
}

static CcPackageInfo *
read_info (const char *path, const char *passphrase, CcPack *pack)
{
  GError        *error = NULL;
  CcCaseFile    *package = cc_case_file_open (path, passphrase, pack, CC_OPEN_READ_ONLY, &error);
  CcConnection  *reader;
  CcPackageInfo *info;

  g_assert_no_error (error);
  reader = cc_case_file_acquire_reader (package, &error);
  info = cc_package_info_read (reader, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (package, reader);
  g_assert_true (cc_case_file_close (package, &error));
  cc_case_file_free (package);
  return info;
}

static void
test_package (PageTest *fixture, gconstpointer data)
{
  const char      *passphrase = "eleven grey umbrellas";
  CcCaseFile      *here = cc_session_get_file (fixture->session);
  g_autofree char *path = app_test_path (&fixture->base, "part.casecount");
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (CcPackageInfo) info = NULL;
  GError       *error = NULL;
  CcMergeResult result;
  GtkWidget    *window =
      g_object_ref_sink (cc_package_window_new (GTK_WINDOW (fixture->window), fixture->session));

  gtk_window_present (GTK_WINDOW (window));
  app_test_wait (is_counted, window);
  g_assert_true (has_hint (window, "Choose a passphrase for the package."));
  g_assert_false (can_write (window));
  gtk_switch_set_active (GTK_SWITCH (find_switch (window, "All Agencies")), FALSE);
  g_assert_true (has_hint (window, "Choose at least one agency."));
  gtk_switch_set_active (GTK_SWITCH (find_switch (window, "All Agencies")), TRUE);
  gtk_switch_set_active (GTK_SWITCH (find_switch (window, "Victims")), FALSE);
  app_test_wait (is_counted_smaller, window);
  gtk_switch_set_active (GTK_SWITCH (find_switch (window, "Victims")), TRUE);
  gtk_switch_set_active (GTK_SWITCH (find_switch (window, "With Direct Identifiers")), FALSE);
  app_test_wait (is_counted, window);
  type_passphrases (window, passphrase, "eleven blue");
  g_assert_true (has_hint (window, "The two passphrases differ."));
  type_passphrases (window, passphrase, passphrase);
  g_assert_true (can_write (window));
  cc_package_window_write (CC_PACKAGE_WINDOW (window), target);
  app_test_wait (is_written, window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);

  info = read_info (path, passphrase, cc_case_file_get_pack (here));
  g_assert_nonnull (info);
  g_assert_true (info->is_package);
  g_assert_false (info->identifiers);
  /* It comes back where it came from, and changes nothing there. */
  g_assert_true (cc_exchange_work_merge (here, path, passphrase, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.added, ==, 0);
  g_assert_cmpint (result.conflicts, ==, 0);
  app_test_settle ();
}

static CcPackageRequest *
order_all (PageTest *fixture, GFile *target)
{
  CcPackageRequest *request = g_new0 (CcPackageRequest, 1);

  request->session = cc_session_ref (fixture->session);
  request->period = CC_INTERVAL_UNKNOWN;
  request->audience = g_strdup ("authority");
  request->target = g_object_ref (target);
  request->passphrase = cc_secret_dup_text ("eleven grey umbrellas");
  return request;
}

static gboolean
has_remains (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, ".package-"))
      return TRUE;
  return FALSE;
}

/* A stick that is gone: the history does not say that a package left. */
static void
test_package_not_copied (PageTest *fixture, gconstpointer data)
{
  CcCaseFile      *here = cc_session_get_file (fixture->session);
  g_autofree char *path = app_test_path (&fixture->base, "gone/part.casecount");
  g_autoptr (GFile) target = g_file_new_for_path (path);
  CcPackageRequest *request = order_all (fixture, target);
  g_autofree char  *library = cc_library_get_folder ();
  g_autofree char  *before = cc_case_file_head_hash (here, NULL);
  g_autofree char  *after = NULL;
  GError           *error = NULL;

  g_assert_null (cc_package_work_write (NULL, request, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  after = cc_case_file_head_hash (here, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (has_remains (library));
  cc_package_request_free (request);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/exchange/queue", PageTest, NULL, exchange_test_set_up, test_queue,
              page_test_tear_down);
  g_test_add ("/exchange/changed-since", PageTest, NULL, exchange_test_set_up, test_changed_since,
              page_test_tear_down);
  g_test_add ("/exchange/package", PageTest, NULL, exchange_test_set_up, test_package,
              page_test_tear_down);
  g_test_add ("/exchange/package-not-copied", PageTest, NULL, exchange_test_set_up,
              test_package_not_copied, page_test_tear_down);
  g_test_add ("/exchange/kinship", PageTest, NULL, exchange_test_set_up, test_kinship,
              page_test_tear_down);
  g_test_add_func ("/exchange/passphrase-question", test_passphrase_question);
  g_test_add_func ("/exchange/passphrase-return", test_passphrase_return);
  return g_test_run ();
}
