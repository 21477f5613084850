/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-backups.h"
#include "cc-session.h"
#include "library/cc-library.h"
#include "preferences/cc-backup-rule-group.h"
#include "preferences/cc-backups-page.h"
#include "preferences/cc-backups-texts.h"
#include "preferences/cc-preferences-window.h"
#include "preferences/cc-rekey-window.h"
#include "preferences/cc-restore-window.h"

#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

#define OTHER "eleven grey umbrellas"

typedef struct
{
  AppTest    base;
  char      *path;
  CcSession *session;
  GtkWidget *window; /* of the preferences */
  char      *told;   /* what a signal brought */
} Fixture;

static CcSession *
open_session (Fixture *fixture, const char *passphrase)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (fixture->path, passphrase, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  return cc_session_new (file, texts);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = g_object_ref_sink (cc_preferences_window_new (fixture->session));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->window),
                                                "backups");
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 12 };

  app_test_set_up (&fixture->base, data);
  fixture->path = app_test_path (&fixture->base, "benin.casecount");
  case_fixture_write (fixture->path, &params);
  fixture->session = open_session (fixture, CASE_PASSPHRASE);
  open_window (fixture);
}

static gboolean
is_closed (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = cc_backups_dup_usual_folder ();
  g_autofree char *library = cc_library_get_folder ();
  const char      *folders[] = { folder, library };

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_wait (is_closed, NULL);
  g_free (fixture->told);
  g_free (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folders[i], name, NULL);

          g_unlink (path);
        }
    }
  app_test_tear_down (&fixture->base, data);
}

static GtkWidget *
find_page (Fixture *fixture)
{
  return app_test_find (fixture->window, CC_TYPE_BACKUPS_PAGE, NULL);
}

static const char *
get_last (Fixture *fixture)
{
  GtkWidget *row = app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Last Backup");

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

static gboolean
says_none (gpointer user_data)
{
  return g_strcmp0 (get_last (user_data), "None yet") == 0
         && app_test_find (((Fixture *) user_data)->window, ADW_TYPE_ACTION_ROW,
                           "There is no backup of this case file in the folder yet.")
                != NULL;
}

static GtkWidget *
find_restore_button (Fixture *fixture)
{
  return app_test_find (fixture->window, GTK_TYPE_BUTTON, "_Restore…");
}

static gboolean
is_listed (gpointer user_data)
{
  return find_restore_button (user_data) != NULL;
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static void
type_into (GtkWidget *window, const char *title, const char *text)
{
  GtkWidget *row = app_test_find (window, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
make_backup (Fixture *fixture)
{
  app_test_wait (says_none, fixture);
  g_assert_true (gtk_widget_activate_action (find_page (fixture), "backups.make", NULL));
  app_test_wait (is_listed, fixture);
}

static void
test_make (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  make_backup (fixture);
  g_assert_nonnull (strstr (get_last (fixture), "tested"));
  button = find_restore_button (fixture);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static gboolean
says_gone (gpointer user_data)
{
  const char *text = get_last (user_data);

  return text != NULL && strstr (text, "no longer where it was written") != NULL;
}

/* The page does not promise what is not there any more. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = cc_backups_dup_folder ();
  g_autoptr (GPtrArray) backups = NULL;

  make_backup (fixture);
  backups = cc_case_file_list_backups (cc_session_get_file (fixture->session), folder, NULL);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_cmpint (g_unlink (((const CcBackup *) g_ptr_array_index (backups, 0))->path), ==, 0);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  open_window (fixture);
  app_test_wait (says_gone, fixture);
}

static gboolean
has_told (gpointer user_data)
{
  return ((Fixture *) user_data)->told != NULL;
}

static void
on_told (Fixture *fixture, const char *text)
{
  fixture->told = g_strdup (text);
}

/* Whether all of the message is seen. */
static gboolean
sees_message (gpointer window)
{
  return app_test_is_in_sight (app_test_find (window, CC_TYPE_MESSAGE_CARD, NULL));
}

static CcLibraryItem *
find_item (GPtrArray *items, const char *path)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((CcLibraryItem *) g_ptr_array_index (items, i))->path, path))
      return g_ptr_array_index (items, i);
  return NULL;
}

/* Typed at once, the first letters come into the field, and no blank closes the window. */
static void
check_focus (GtkWidget *window, const char *title)
{
  GtkWidget *row = app_test_find (window, ADW_TYPE_ENTRY_ROW, title);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, row));
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *library = cc_library_get_folder ();
  g_autoptr (GPtrArray) items = NULL;
  GtkWidget *window;

  make_backup (fixture);
  g_signal_emit_by_name (find_restore_button (fixture), "clicked");
  window = find_window (CC_TYPE_RESTORE_WINDOW);
  g_assert_nonnull (window);
  check_focus (window, "Passphrase of the Backup");
  g_signal_connect_swapped (window, "restored", G_CALLBACK (on_told), fixture);
  type_into (window, "Passphrase of the Backup", OTHER);
  g_assert_true (gtk_widget_activate_action (window, "restore.restore", NULL));
  app_test_wait (sees_message, window);
  g_assert_true (gtk_widget_has_css_class (app_test_find (window, ADW_TYPE_ENTRY_ROW,
                                                          "Passphrase of the Backup"),
                                           "error"));
  type_into (window, "Passphrase of the Backup", CASE_PASSPHRASE);
  g_assert_true (gtk_widget_activate_action (window, "restore.restore", NULL));
  app_test_wait (has_told, fixture);
  g_assert_true (g_str_has_prefix (fixture->told, library));
  g_assert_true (g_str_has_suffix (fixture->told, "benin (restored).casecount"));
  g_assert_true (g_file_test (fixture->told, G_FILE_TEST_EXISTS));
  g_assert_null (find_window (CC_TYPE_RESTORE_WINDOW));
  /* The library knows what it is without opening it. */
  items = cc_library_list (library, NULL);
  g_assert_cmpint (find_item (items, fixture->told)->mark, ==, CC_LIBRARY_MARK_REAL);
  g_assert_cmpstr (find_item (items, fixture->told)->country, ==,
                   cc_case_file_get_country (cc_session_get_file (fixture->session)));
}

static void
test_change_passphrase (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  app_test_wait (says_none, fixture);
  g_assert_true (
      gtk_widget_activate_action (find_page (fixture), "backups.change-passphrase", NULL));
  window = find_window (CC_TYPE_REKEY_WINDOW);
  g_assert_nonnull (window);
  check_focus (window, "Old Passphrase");
  g_signal_connect_swapped (window, "changed", G_CALLBACK (on_told), fixture);
  type_into (window, "Old Passphrase", CASE_PASSPHRASE);
  type_into (window, "New Passphrase", OTHER);
  type_into (window, "New Passphrase Again", OTHER);
  g_assert_true (gtk_widget_activate_action (window, "rekey.change", NULL));
  app_test_wait (has_told, fixture);
  g_assert_true (g_file_test (fixture->told, G_FILE_TEST_EXISTS));
  g_assert_null (find_window (CC_TYPE_REKEY_WINDOW));
  app_test_wait (is_listed, fixture);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_wait (is_closed, NULL);
  fixture->session = open_session (fixture, OTHER);
  fixture->window = g_object_ref_sink (cc_preferences_window_new (fixture->session));
}

static gboolean
is_loaded_without_file (gpointer window)
{
  GtkWidget  *row = app_test_find (window, ADW_TYPE_ACTION_ROW, "Folder");
  const char *text = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));

  return text != NULL && *text != '\0';
}

/* On the start page there is no file: only the folder can be chosen. */
static void
test_without_file (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = g_object_ref_sink (cc_preferences_window_new (NULL));

  gtk_window_present (GTK_WINDOW (window));
  app_test_wait (is_loaded_without_file, window);
  g_assert_null (app_test_find (window, ADW_TYPE_ACTION_ROW, "None yet"));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (window);
}

static void
test_rules (void)
{
  CcRekeyValues values = { "", "", "", "benin", FALSE };
  CcRekeyState  state;

  cc_rekey_rules_apply (&values, &state);
  g_assert_false (state.complete);
  values.old = OTHER;
  values.passphrase = OTHER;
  values.again = OTHER;
  cc_rekey_rules_apply (&values, &state);
  g_assert_false (state.complete);
  values.passphrase = "benin";
  cc_rekey_rules_apply (&values, &state);
  g_assert_false (state.complete);
  values.passphrase = CASE_PASSPHRASE;
  values.again = "four quiet";
  cc_rekey_rules_apply (&values, &state);
  g_assert_false (state.mismatch || state.complete);
  values.again = "four quick";
  cc_rekey_rules_apply (&values, &state);
  g_assert_true (state.mismatch);
  values.again = CASE_PASSPHRASE;
  cc_rekey_rules_apply (&values, &state);
  g_assert_true (state.complete);
  g_assert_cmpstr (state.hint, ==, "");
}

#define ADD(path, func) g_test_add ("/app/backups/" path, Fixture, NULL, set_up, func, tear_down)

/* ---- the rule ---- */

static GtkWidget *
find_number (Fixture *fixture, const char *title)
{
  GtkWidget *row = app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, title);

  g_assert_nonnull (row);
  return app_test_find (row, GTK_TYPE_SPIN_BUTTON, NULL);
}

static CcBackupRule
load_rule (Fixture *fixture)
{
  CcCaseFile   *file = cc_session_get_file (fixture->session);
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  CcBackupRule  rule;

  g_assert_true (cc_backup_load_rule (reader, &rule, NULL));
  cc_case_file_release_reader (file, reader);
  return rule;
}

static gboolean
is_rule_shown (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *group = app_test_find (fixture->window, CC_TYPE_BACKUP_RULE_GROUP, NULL);

  return group != NULL && gtk_widget_get_visible (group);
}

static gboolean
is_rule_kept (gpointer user_data)
{
  return load_rule (user_data).days == 2;
}

static gboolean
can (Fixture *fixture, const char *label)
{
  GtkWidget *button = app_test_find (fixture->window, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  return gtk_widget_is_sensitive (button);
}

/* What is invented is not backed up by itself: nothing says that it is. */
static void
test_rule_of_practice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) group = g_object_ref_sink (g_object_new (CC_TYPE_BACKUP_RULE_GROUP, NULL));
  GtkWidget *daily = app_test_find (group, ADW_TYPE_ACTION_ROW, "Each Day");
  GtkWidget *rows = app_test_find (group, ADW_TYPE_ACTION_ROW, "Before Large Deliveries");

  cc_backup_rule_group_set_practice (CC_BACKUP_RULE_GROUP (group), FALSE);
  g_assert_true (gtk_widget_get_visible (daily));
  g_assert_true (gtk_widget_get_visible (rows));
  cc_backup_rule_group_set_practice (CC_BACKUP_RULE_GROUP (group), TRUE);
  g_assert_false (gtk_widget_get_visible (daily));
  g_assert_false (gtk_widget_get_visible (rows));
}

static void
test_rule (Fixture *fixture, gconstpointer data)
{
  CcBackupRule usual = CC_BACKUP_RULE_DEFAULT;
  CcBackupRule rule;
  GtkWidget   *daily;

  app_test_wait (is_rule_shown, fixture);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (
                       GTK_SPIN_BUTTON (find_number (fixture, "Before Large Deliveries"))),
                   ==, 1000);
  g_assert_false (can (fixture, "_Keep This Rule"));
  g_assert_false (can (fixture, "_Usual Rule"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_number (fixture, "Days Kept")), 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_number (fixture, "Before Large Deliveries")), 0);
  daily = app_test_find (app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Each Day"),
                         GTK_TYPE_SWITCH, NULL);
  gtk_switch_set_active (GTK_SWITCH (daily), FALSE);
  g_assert_true (can (fixture, "_Keep This Rule"));
  gtk_widget_activate_action (find_page (fixture), "backups.set-rule", NULL);
  app_test_wait (is_rule_kept, fixture);
  rule = load_rule (fixture);
  g_assert_false (rule.daily);
  g_assert_cmpint (rule.import_rows, ==, 0);
  g_assert_cmpuint (rule.weeks, ==, 4);

  /* After a restart the window shows what the file says. */
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_wait (is_closed, NULL);
  fixture->session = open_session (fixture, CASE_PASSPHRASE);
  open_window (fixture);
  app_test_wait (is_rule_shown, fixture);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (
                       GTK_SPIN_BUTTON (find_number (fixture, "Days Kept"))),
                   ==, 2);
  g_assert_true (can (fixture, "_Usual Rule"));
  gtk_widget_activate_action (find_page (fixture), "backups.usual-rule", NULL);
  g_assert_true (can (fixture, "_Keep This Rule"));
  rule = load_rule (fixture);
  g_assert_false (cc_backup_rule_equal (&rule, &usual));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/backups/rules", test_rules);
  ADD ("make", test_make);
  ADD ("gone", test_gone);
  ADD ("rule", test_rule);
  ADD ("rule-of-practice", test_rule_of_practice);
  ADD ("restore", test_restore);
  ADD ("change-passphrase", test_change_passphrase);
  ADD ("without-file", test_without_file);
  return g_test_run ();
}
