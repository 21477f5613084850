/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "present/cc-error-presenter.h"
#include "unlock/cc-repair-flow.h"

#include <cc/base/cc-error.h>

#include <stdio.h>

/* What is told of a damaged case file, and how often. */

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  GtkWidget *label;
  gboolean   done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  fixture->label = gtk_label_new ("page");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), fixture->label);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  app_test_tear_down (&fixture->base, data);
}

static GtkWindow *
find_other_window (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (window) != fixture->window
          && gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->window))
        return window;
    }
  return NULL;
}

static gboolean
has_other_window (gpointer user_data)
{
  return find_other_window (user_data) != NULL;
}

static void
on_repair_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ((Fixture *) user_data)->done = TRUE;
}

static gboolean
is_repair_offered (Fixture *fixture, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (CC_ERROR, CC_ERROR_DAMAGED, message);
  gboolean offered;

  cc_present_error (fixture->label, "The Case Could Not Be Saved", error);
  app_test_wait (has_other_window, fixture);
  offered =
      adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (find_other_window (fixture)), "repair");
  if (offered)
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_other_window (fixture)), "repair");
  gtk_window_destroy (find_other_window (fixture));
  app_test_settle ();
  return offered;
}

/* Damage of the open case file leads to its repair; a damaged workbook does not. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  const GActionEntry entry = { .name = "repair-file",
                               .activate = on_repair_activated,
                               .state = "'benin.casecount'" };
  GAction           *action;

  g_assert_false (is_repair_offered (fixture, "A part of “benin.casecount” cannot be read."));
  g_action_map_add_action_entries (G_ACTION_MAP (fixture->window), &entry, 1, fixture);
  g_assert_false (is_repair_offered (fixture, "The workbook “police.xlsx” cannot be read."));
  g_assert_false (fixture->done);
  g_assert_true (is_repair_offered (fixture, "A part of “benin.casecount” cannot be read."));
  g_assert_true (fixture->done);
  action = g_action_map_lookup_action (G_ACTION_MAP (fixture->window), "repair-file");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), FALSE);
  g_assert_false (is_repair_offered (fixture, "A part of “benin.casecount” cannot be read."));
}

static guint
count_dialogs (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      n += ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window));
    }
  return n;
}

/* Several pages that meet the same damage tell of it once, and of nothing over the page where the
 * file is opened again. */
static void
test_one_dialog (Fixture *fixture, gconstpointer data)
{
  const GActionEntry entry = { .name = "repair-file",
                               .activate = on_repair_activated,
                               .state = "'benin.casecount'" };
  g_autoptr (GError) act =
      g_error_new_literal (CC_ERROR, CC_ERROR_DAMAGED, "“benin.casecount” cannot be written.");
  g_autoptr (GError) read =
      g_error_new_literal (CC_ERROR, CC_ERROR_DAMAGED, "“benin.casecount” cannot be read.");
  g_autoptr (GError) full = g_error_new_literal (CC_ERROR, CC_ERROR_NO_SPACE, "The disk is full.");
  AdwMessageDialog *dialog;

  g_action_map_add_action_entries (G_ACTION_MAP (fixture->window), &entry, 1, fixture);
  cc_present_error (fixture->label, "The Records Could Not Be Read", read);
  app_test_wait (has_other_window, fixture);
  dialog = ADW_MESSAGE_DIALOG (find_other_window (fixture));
  cc_present_error (fixture->label, "The Records Could Not Be Read", read);
  cc_present_error (GTK_WIDGET (dialog), "The Records Could Not Be Read", read);
  g_assert_cmpuint (count_dialogs (fixture), ==, 1);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "The Records Could Not Be Read");
  cc_present_error (fixture->label, "The Case Could Not Be Saved", act);
  g_assert_cmpuint (count_dialogs (fixture), ==, 1);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "The Case File Is Damaged");
  /* Another cause is told. */
  cc_present_error (fixture->label, "The Copy Could Not Be Saved", full);
  cc_present_error (fixture->label, "The Copy Could Not Be Saved", full);
  g_assert_cmpuint (count_dialogs (fixture), ==, 2);
  cc_present_no_more_errors (fixture->label);
  g_assert_cmpuint (count_dialogs (fixture), ==, 0);
  cc_present_error (fixture->label, "The Records Could Not Be Read", read);
  g_assert_cmpuint (count_dialogs (fixture), ==, 0);
}

static void
on_repair_over (gboolean repaired, gpointer user_data)
{
  g_assert_false (repaired);
  ((Fixture *) user_data)->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->done;
}

static gboolean
is_told (gpointer user_data)
{
  GtkWindow *dialog = find_other_window (user_data);

  return ADW_IS_MESSAGE_DIALOG (dialog)
         && adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), "choose");
}

static void
assert_says (const char *body, const char *const *words)
{
  g_test_message ("%s", body);
  for (guint i = 0; words[i] != NULL; i++)
    g_assert_nonnull (strstr (body, words[i]));
}

/* Nothing on this computer helps: it is said what happened, that the file stays as it is and where
 * to look on; a passphrase that opens the rest of the file is not called wrong. */
static void
test_no_help (Fixture *fixture, gconstpointer data)
{
  static const char *const of_damage[] = { "damaged",         "no backup", "not changed", "sticks",
                                           "bring in a copy", "lists",     NULL };
  static const char *const of_doubt[] = { "mistyped", "may be damaged",  "Nothing was changed",
                                          "sticks",   "bring in a copy", NULL };
  const CaseParams         params = { .n_victims = 2 };
  const char              *passphrase = data != NULL ? data : CASE_PASSPHRASE;
  g_autofree char         *path = app_test_path (&fixture->base, "benin.casecount");
  FILE                    *file;
  AdwMessageDialog        *dialog;

  case_fixture_write (path, &params);
  file = fopen (path, "r+");
  g_assert_cmpint (fseek (file, 100, SEEK_SET), ==, 0);
  g_assert_cmpint (fputs ("no longer what it was", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  cc_repair_flow_start (fixture->label, path, passphrase, on_repair_over, fixture, NULL);
  app_test_wait (is_told, fixture);
  dialog = ADW_MESSAGE_DIALOG (find_other_window (fixture));
  assert_says (adw_message_dialog_get_body (dialog), data != NULL ? of_doubt : of_damage);
  adw_message_dialog_response (dialog, "close");
  app_test_wait (is_done, fixture);
  app_test_settle ();
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/app/damage/offered", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/app/damage/one-dialog", Fixture, NULL, set_up, test_one_dialog, tear_down);
  g_test_add ("/app/damage/no-backup", Fixture, NULL, set_up, test_no_help, tear_down);
  g_test_add ("/app/damage/no-backup-and-other-passphrase", Fixture, "another one altogether",
              set_up, test_no_help, tear_down);
  return g_test_run ();
}
