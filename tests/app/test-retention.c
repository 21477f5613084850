/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "preferences/cc-preferences-window.h"
#include "preferences/cc-retention-page.h"
#include "preferences/cc-retention-work.h"

#include <string.h>
#include <cc/model/cc-record.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-records.h>

typedef struct
{
  AppTest    base;
  char      *path;
  CcSession *session;
  GtkWidget *window; /* of the preferences */
} Fixture;

/* A victim of long ago who has a name. */
static gboolean
add_name (CcAct *act, gpointer data, GError **error)
{
  CcCaseFile   *file = cc_act_get_file (act);
  CcConnection *connection = cc_act_get_connection (act);
  const gint64  id =
      cc_connection_get_int64 (connection, "SELECT min (id) FROM record WHERE unit = 'VI'", 0,
                               error);
  const gint64 entity =
      cc_connection_get_int64 (connection, "SELECT min (id) FROM entity", 0, error);
  g_autoptr (CcRecord) record = cc_store_read_record (file, connection, id, error);
  CcValue *name = cc_record_add (record, cc_pack_find_variable (cc_case_file_get_pack (file),
                                                                "X_VI_ID_FAMILY"));

  name->text = g_strdup ("Diatta");
  cc_record_find (record, "VI19")->date = cc_interval_day (cc_day_from_ymd (2010, 3, 5));
  return cc_act_put_record (act, record, entity, 0, 0, NULL, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 12 };
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  GError     *error = NULL;
  CcCaseFile *file;

  app_test_set_up (&fixture->base, data);
  fixture->path = app_test_path (&fixture->base, "benin.casecount");
  case_fixture_write (fixture->path, &params);
  file = cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  cc_case_file_act (file, "edit", add_name, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->session = cc_session_new (file, texts);
  fixture->window = g_object_ref_sink (cc_preferences_window_new (fixture->session));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->window),
                                                "retention");
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_closed (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_wait (is_closed, NULL);
  g_free (fixture->path);
  app_test_tear_down (&fixture->base, data);
}

static gboolean
says_due (Fixture *fixture, const char *text)
{
  GtkWidget *row = app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Due Now");

  return g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), text) == 0;
}

static gboolean
says_no_rule (gpointer user_data)
{
  return says_due (user_data, "There is no rule yet, so everything is kept.");
}

static gboolean
says_one (gpointer user_data)
{
  return says_due (user_data, "The time of 1 record is over.");
}

static gboolean
says_nothing (gpointer user_data)
{
  return says_due (user_data, "Nothing is due today.");
}

static GtkWidget *
find_rule (Fixture *fixture)
{
  return app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Victim: every name and number");
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static gint64
count (Fixture *fixture, const char *sql)
{
  CcCaseFile   *file = cc_session_get_file (fixture->session);
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  const gint64  n = cc_connection_get_int64 (reader, sql, -1, NULL);

  cc_case_file_release_reader (file, reader);
  return n;
}

/* A rule is made, says what is due, and what is due goes after a question. */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = app_test_find (fixture->window, CC_TYPE_RETENTION_PAGE, NULL);
  GtkWidget *row;

  app_test_wait (says_no_rule, fixture);
  g_assert_null (find_rule (fixture));
  gtk_widget_activate_action (page, "retention.add", NULL);
  app_test_wait (says_one, fixture);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_rule (fixture))), ==,
                   "Kept for 10 years after the last contact");
  row = app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Victim, National Police");
  g_assert_nonnull (row);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "1 record"));
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Goes: Family name."));
  gtk_widget_activate_action (page, "retention.remove-due", NULL);
  g_assert_nonnull (find_dialog ());
  g_test_message ("%s", adw_message_dialog_get_body (find_dialog ()));
  g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (find_dialog ()),
                                   "What goes is overwritten, and no act can bring it back."));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "1 record"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "Goes: Family name."));
  adw_message_dialog_response (find_dialog (), "remove");
  app_test_wait (says_nothing, fixture);
  g_assert_null (app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Victim, National Police"));
  g_assert_cmpint (count (fixture,
                          "SELECT count (*) FROM identifier WHERE value = '" CC_PURGED_MARK "'"),
                   ==, 1);
}

static gboolean
has_no_rule (gpointer user_data)
{
  return find_rule (user_data) == NULL;
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = app_test_find (fixture->window, CC_TYPE_RETENTION_PAGE, NULL);
  GtkWidget *button;

  app_test_wait (says_no_rule, fixture);
  gtk_widget_activate_action (page, "retention.add", NULL);
  app_test_wait (says_one, fixture);
  button = app_test_find (find_rule (fixture), GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
  app_test_wait (says_no_rule, fixture);
  g_assert_true (has_no_rule (fixture));
}

/* With rules and text of twice the size. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int          dpi, width;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 720);
  app_test_wait (says_no_rule, fixture);
  gtk_widget_activate_action (app_test_find (fixture->window, CC_TYPE_RETENTION_PAGE, NULL),
                              "retention.add", NULL);
  app_test_wait (says_one, fixture);
  app_test_settle ();
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > 360)
    g_test_message ("%d because of a %s", width,
                    G_OBJECT_TYPE_NAME (app_test_find_wide (fixture->window, 360)));
  g_assert_cmpint (width, <=, 360);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  CcRetentionRule  rule = { .unit = (char *) "VI",
                            .kind = (char *) "phone",
                            .months = 6,
                            .counted_from = (char *) "received" };
  g_autofree char *whose = cc_retention_describe_whose (fixture->session, &rule);
  g_autofree char *time = cc_retention_describe_time (fixture->session, &rule);
  g_autofree char *rows = NULL;

  g_assert_nonnull (strstr (whose, "Victim: "));
  g_assert_cmpstr (time, ==, "Kept for 6 months after it was received");
  rule.unit = (char *) CC_RETENTION_ROWS;
  rows = cc_retention_describe_whose (fixture->session, &rule);
  g_assert_cmpstr (rows, ==, "Rows of deliveries that are no case");
}

#define ADD(path, func) g_test_add ("/app/retention/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("remove", test_remove);
  ADD ("rules", test_rules);
  ADD ("narrow", test_narrow);
  ADD ("texts", test_texts);
  return g_test_run ();
}
