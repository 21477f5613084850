/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "checks/cc-checks-page.h"
#include "conflicts/cc-conflicts-bar.h"
#include "conflicts/cc-conflicts-window.h"
#include "exchange/cc-exchange-work.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-records.h>

/* Two copies of one case file meet in the window. */

static void
set_up (PageTest *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 6 };

  page_test_set_up (fixture, CC_TYPE_CHECKS_PAGE, &params);
}

/* One name of the first victim, by hand. */
static gboolean
rename_first (CcAct *act, gpointer name, GError **error)
{
  CcCaseFile  *file = cc_act_get_file (act);
  CcPack      *pack = cc_case_file_get_pack (file);
  const gint64 id = cc_connection_get_int64 (cc_act_get_connection (act),
                                             "SELECT min (record) FROM victim", 0, error);
  g_autoptr (CcRecord) record = cc_store_read_record (file, cc_act_get_connection (act), id, error);
  CcPutResult put;

  g_assert_nonnull (record);
  cc_record_remove (record, "X_VI_ID_FAMILY");
  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text = g_strdup (name);
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

static void
change (CcCaseFile *file, const char *name)
{
  GError *error = NULL;

  cc_case_file_act (file, "case", rename_first, (gpointer) name, NULL, &error);
  g_assert_no_error (error);
}

/* A copy of the open file, changed on its own. */
static char *
make_copy (PageTest *fixture, const char *name)
{
  GError     *error = NULL;
  CcCaseFile *here = cc_session_get_file (fixture->session);
  char       *path = app_test_path (&fixture->base, "copy.casecount");
  CcCaseFile *copy;

  cc_case_file_copy (here, path, NULL, &error);
  g_assert_no_error (error);
  copy = cc_case_file_open (path, CASE_PASSPHRASE, cc_case_file_get_pack (here), CC_OPEN_READ_WRITE,
                            &error);
  g_assert_no_error (error);
  change (copy, name);
  g_assert_true (cc_case_file_close (copy, &error));
  cc_case_file_free (copy);
  return path;
}

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

static gboolean
has_answer (gpointer user_data)
{
  return app_test_find (user_data, ADW_TYPE_ACTION_ROW, "Ndiaye") != NULL;
}

/* The queue is seen on the page, opened, and answered; then nothing waits. */
static void
test_queue (PageTest *fixture, gconstpointer data)
{
  GError          *error = NULL;
  CcCaseFile      *here = cc_session_get_file (fixture->session);
  g_autofree char *path = make_copy (fixture, "Mendy");
  g_autofree char *text = NULL;
  CcMergeResult    result;
  GtkWidget       *dialog;
  GtkWidget       *row;

  change (here, "Ndiaye");
  g_assert_true (cc_exchange_work_merge (here, path, CASE_PASSPHRASE, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.conflicts, ==, 1);
  text = cc_exchange_describe_result (&result);
  g_assert_nonnull (strstr (text, "both sides"));
  cc_session_changed (fixture->session);
  app_test_wait (has_bar, fixture);
  g_signal_emit_by_name (app_test_find (app_test_find (fixture->window, CC_TYPE_CONFLICTS_BAR,
                                                       NULL),
                                        GTK_TYPE_BUTTON, NULL),
                         "clicked");
  dialog = find_dialog (fixture->window);
  g_assert_nonnull (dialog);
  app_test_wait (has_answer, dialog);
  row = app_test_find (dialog, ADW_TYPE_ACTION_ROW, "Ndiaye");
  g_signal_emit_by_name (row, "activated");
  app_test_wait (has_no_bar, fixture);
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
  g_autofree char       *path = make_copy (fixture, "Mendy");
  g_autofree char       *other = app_test_path (&fixture->base, "other.casecount");
  CcKinship              kinship;

  g_assert_true (cc_exchange_work_compare (cc_case_file_get_path (here), path, CASE_PASSPHRASE,
                                           &kinship, &error));
  g_assert_cmpint (kinship, ==, CC_KINSHIP_NEWER);
  g_assert_false (cc_exchange_work_compare (cc_case_file_get_path (here), path, "not this one",
                                            &kinship, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (kinships); i++)
    {
      g_autofree char *sentence = cc_exchange_describe_kinship (kinships[i], "Senegal");

      g_assert_nonnull (strstr (sentence, "Senegal"));
    }
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/exchange/queue", PageTest, NULL, set_up, test_queue, page_test_tear_down);
  g_test_add ("/exchange/kinship", PageTest, NULL, set_up, test_kinship, page_test_tear_down);
  return g_test_run ();
}
