/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-windows.h"

#include "app-test.h"
#include "picture.h"
#include "picture-scenes.h"

#include "agencies/cc-agencies-page.h"
#include "cc-session.h"
#include "classification/cc-pack-window.h"
#include "conflicts/cc-conflicts-window.h"
#include "editor/cc-case-editor.h"
#include "editor/cc-field-row.h"
#include "exchange/cc-merge-flow.h"
#include "exchange/cc-passphrase-dialog.h"
#include "help/cc-help-window.h"
#include "history/cc-history-page.h"
#include "library/cc-library.h"
#include "preferences/cc-backups-page.h"
#include "preferences/cc-retention-page.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job-sheet.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"
#include "questionnaires/cc-questionnaires-page.h"
#include "start/cc-start-page.h"
#include "tables/cc-tables-page.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static gboolean
has_backup (gpointer user_data)
{
  return app_test_find (user_data, GTK_TYPE_BUTTON, _ ("_Restore…")) != NULL;
}

static gboolean
nothing_runs (gpointer user_data)
{
  return cc_job_get_n_running () == 0;
}

static void
take_preferences (const Tour *tour, CcWindow *window)
{
  static const char *const pages[] = { "general", "retention", "backups" };
  GtkWindow               *front;
  GtkWidget               *page;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strconcat ("preferences-", pages[i], NULL);

      g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "preferences",
                                      NULL);
      front = tour_find_front (GTK_WINDOW (window));
      adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (front), pages[i]);
      if (i + 1 < G_N_ELEMENTS (pages))
        tour_take_front (tour, window, name);
    }
  picture_wait_until_quiet (GTK_WIDGET (front));
  page = app_test_find (GTK_WIDGET (front), CC_TYPE_BACKUPS_PAGE, NULL);
  gtk_widget_activate_action (page, "backups.change-passphrase", NULL);
  tour_take_front (tour, window, "rekey");
  gtk_widget_activate_action (page, "backups.make", NULL);
  app_test_wait (has_backup, front);
  picture_wait_until_quiet (GTK_WIDGET (front));
  g_signal_emit_by_name (app_test_find (page, GTK_TYPE_BUTTON, _ ("_Restore…")), "clicked");
  tour_take_front (tour, window, "restore");
  tour_take_front (tour, window, "preferences-backups");
}

/* The forms of the main menu; beside the demo may stand another classification. */
static void
take_forms (const Tour *tour, CcWindow *window)
{
  static const char *const actions[] = { "package", "classification" };
  g_autofree char         *second = g_build_filename (tour->demo, "second", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWindow *front;

      g_action_group_activate_action (G_ACTION_GROUP (window), actions[i], NULL);
      front = tour_find_front (GTK_WINDOW (window));
      if (CC_IS_PACK_WINDOW (front) && g_file_test (second, G_FILE_TEST_IS_DIR))
        {
          cc_pack_window_choose (CC_PACK_WINDOW (front), second, NULL);
          app_test_wait (nothing_runs, NULL);
        }
      tour_take_front (tour, window, actions[i]);
    }
}

/* What an act of a page puts in front of it. */
static void
take_asked (const Tour *tour, CcWindow *window)
{
  static const struct
  {
    const char *page;
    const char *target;
    GType (*get_type) (void);
    const char *action;
    const char *name;
  } asked[] = {
    { "agencies", "", cc_agencies_page_get_type, "agencies.add", "new-agency" },
    { "agencies", "entity:police", cc_agencies_page_get_type, "agencies.nil", "nil-return" },
    { "agencies", "entity:police", cc_agencies_page_get_type, "agencies.expect", "return" },
    { "tables", "", cc_tables_page_get_type, "tables.build", "table-builder" },
    { "questionnaires", "questionnaire:ecowas-tip", cc_questionnaires_page_get_type,
      "questionnaires.export", "export-question" },
    { "history", "act:3", cc_history_page_get_type, "history.undo", "undo-question" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      GtkWidget *page;

      g_action_group_activate_action (G_ACTION_GROUP (window), "go",
                                      g_variant_new ("(ss)", asked[i].page, asked[i].target));
      picture_wait_until_quiet (GTK_WIDGET (window));
      page = app_test_find (GTK_WIDGET (window), asked[i].get_type (), NULL);
      gtk_widget_activate_action (page, asked[i].action, NULL);
      picture_wait_until_quiet (GTK_WIDGET (window));
      tour_take_front (tour, window, asked[i].name);
    }
}

static GtkWindow *
find_help (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (CC_IS_HELP_WINDOW (item->data))
      return item->data;
  return NULL;
}

/* The windows of the program that belong to no page. */
static void
take_program (const Tour *tour, CcWindow *window)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const CcProgressState state = { .phase = "progress.read",
                                  .done = 23000,
                                  .total = 52000,
                                  .rate = 9000,
                                  .seconds_left = 3 };
  CcJobSheet           *sheet = cc_job_sheet_new (_ ("Looking for Duplicates"), cancellable);

  g_object_ref_sink (sheet);
  cc_job_sheet_show (sheet, GTK_WINDOW (window));
  cc_job_sheet_tell (&state, sheet);
  app_test_settle ();
  tour_take_front (tour, window, "job");
  g_object_unref (sheet);
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "about", NULL);
  tour_take_front (tour, window, "about");
  cc_help_show_shortcuts (GTK_APPLICATION_WINDOW (window));
  tour_take_front (tour, window, "shortcuts");
  cc_help_window_show (GTK_WINDOW (window), "import");
  tour_show (tour, find_help (), "help");
  gtk_window_destroy (find_help ());
}

/* What any page may put in front of itself. */
void
picture_windows_take (const Tour *tour, CcWindow *window)
{
  g_autoptr (GError) error =
      g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on the device");

  take_preferences (tour, window);
  take_forms (tour, window);
  gtk_window_present (GTK_WINDOW (
      cc_passphrase_dialog_new (GTK_WINDOW (window), _ ("Passphrase of the Package or Copy"),
                                "ministry-2024.casecount", _ ("_Bring In"))));
  tour_take_front (tour, window, "passphrase");
  cc_present_error (GTK_WIDGET (window), _ ("The Case Could Not Be Saved"), error);
  tour_take_front (tour, window, "error");
  g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string ("cases"));
  cc_present_undo (GTK_WIDGET (window), _ ("The record was deleted."), 3);
  tour_show (tour, window, "toast");
  take_asked (tour, window);
  take_program (tour, window);
}

/* Types the passphrase into the dialog in front, goes on, and waits for the next question. */
static void
pass (const Tour *tour, CcWindow *window)
{
  GtkWindow *front = tour_find_front (GTK_WINDOW (window));
  GtkWidget *entry = app_test_find (GTK_WIDGET (front), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), tour->passphrase);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (front), "take");
  gtk_window_destroy (front);
  app_test_wait (nothing_runs, NULL);
  picture_wait_until_quiet (GTK_WIDGET (window));
}

static void
expand_question (GtkWidget *window)
{
  GtkWidget *row = app_test_find (window, ADW_TYPE_EXPANDER_ROW, NULL);

  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

static GtkWidget *
find_editor (CcWindow *window)
{
  return app_test_find (GTK_WIDGET (window), CC_TYPE_CASE_EDITOR, NULL);
}

static gboolean
shows_form (gpointer user_data)
{
  GtkWidget *row = app_test_find (find_editor (user_data), CC_TYPE_FIELD_ROW, NULL);

  return row != NULL && gtk_widget_get_mapped (row);
}

static gboolean
can_save (gpointer user_data)
{
  return gtk_widget_is_sensitive (
      app_test_find (find_editor (user_data), GTK_TYPE_BUTTON, _ ("_Save")));
}

/* A form with something typed into it, while the window is locked: without a question the program
 * would start anew. */
static void
take_locking (const Tour *tour, CcWindow *window)
{
  GtkWidget *text;
  GtkWidget *dialog = NULL;
  GtkWindow *front;

  g_action_group_activate_action (G_ACTION_GROUP (window), "go",
                                  g_variant_new ("(ss)", "cases", "edit:1"));
  app_test_wait (shows_form, window);
  picture_wait_until_quiet (GTK_WIDGET (window));
  text = app_test_find (find_editor (window), CC_TYPE_FIELD_ROW, NULL);
  text = app_test_find (text, GTK_TYPE_TEXT, NULL);
  if (text == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (text), "2023");
  app_test_wait (can_save, window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "lock", NULL);
  app_test_wait (app_test_find_dialog, &dialog);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_show (tour, window, "locking");
  front = tour_find_front (GTK_WINDOW (window));
  tour_show (tour, front, "locking-question");
  if (ADW_IS_MESSAGE_DIALOG (front))
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (front), "keep");
}

/* Another copy of the open file is brought in. */
static void
take_merge (const Tour *tour, CcWindow *window)
{
  g_autofree char *path = g_build_filename (tour->demo, "other.casecount", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  cc_merge_flow_bring (GTK_WINDOW (window), cc_window_get_session (window), file);
  pass (tour, window);
  tour_take_front (tour, window, "merge-question");
}

/* What stands in a case file only after copies were brought together, acts taken back and rules
 * made. */
void
picture_windows_take_scenes (const Tour *tour)
{
  CcWindow *window =
      tour_open_file (tour, picture_scenes_make (tour->demo, "demo.casecount", tour->passphrase));
  GtkWidget *front;

  g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                  g_variant_new_string ("history"));
  tour_show (tour, window, "history-undone");
  g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string ("checks"));
  tour_show (tour, window, "checks-questions");
  front =
      GTK_WIDGET (cc_conflicts_window_new (GTK_WINDOW (window), cc_window_get_session (window)));
  gtk_window_present (GTK_WINDOW (front));
  picture_wait_until_quiet (front);
  expand_question (front);
  tour_take_front (tour, window, "conflicts");
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "preferences",
                                  NULL);
  front = GTK_WIDGET (tour_find_front (GTK_WINDOW (window)));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (front), "retention");
  tour_show (tour, front, "retention-due");
  gtk_widget_activate_action (app_test_find (front, CC_TYPE_RETENTION_PAGE, NULL),
                              "retention.remove-due", NULL);
  picture_wait_until_quiet (front);
  if (tour_find_front (GTK_WINDOW (front)) != GTK_WINDOW (front))
    tour_take_front (tour, window, "retention-question");
  gtk_window_destroy (GTK_WINDOW (front));
  take_merge (tour, window);
  /* A lock that asks nothing would start the test anew in the place of the program. */
  if (tour->tell == NULL)
    take_locking (tour, window);
  tour_close_file (window);
}

static char *
bring_in (const Tour *tour, const char *name)
{
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *from = g_build_filename (tour->demo, name, NULL);
  char            *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  GError *error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return to;
}

/* A file whose beginning was lost, and what is offered for it. */
static void
take_damaged (const Tour *tour, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  CcWindow  *window;
  GtkWidget *page, *entry;

  picture_scenes_damage (path, tour->passphrase);
  window = tour_open_window (tour);
  cc_window_open (window, file);
  app_test_settle ();
  page = app_test_find (GTK_WIDGET (window), CC_TYPE_UNLOCK_PAGE, NULL);
  entry = app_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), tour->passphrase);
  g_signal_emit_by_name (entry, "entry-activated");
  picture_wait_until_quiet (GTK_WIDGET (window));
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_show (tour, window, "unlock-damaged");
  gtk_widget_activate_action (page, "unlock.repair", NULL);
  picture_wait_until_quiet (GTK_WIDGET (window));
  app_test_wait (nothing_runs, NULL);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_take_front (tour, window, "repair-question");
  gtk_window_destroy (GTK_WINDOW (window));
}

void
picture_windows_take_library (const Tour *tour)
{
  g_autofree char *here = bring_in (tour, "scenes.casecount");
  g_autofree char *brought = bring_in (tour, "other.casecount");
  g_autofree char *damaged = NULL;
  CcWindow        *window = tour_open_window (tour);
  GtkWidget       *page = app_test_find (GTK_WIDGET (window), CC_TYPE_START_PAGE, NULL);

  tour_show (tour, window, "library");
  cc_copy_flow_start (page, (const char *const[]){ here, NULL }, brought);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_show (tour, tour_find_front (GTK_WINDOW (window)), "copy-passphrase");
  pass (tour, window);
  tour_take_front (tour, window, "copy-question");
  gtk_widget_activate_action (page, "start.remove", "s", brought);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_take_front (tour, window, "library-remove");
  gtk_window_destroy (GTK_WINDOW (window));
  damaged = bring_in (tour, "demo.casecount");
  take_damaged (tour, damaged);
  g_remove (here);
  g_remove (brought);
  g_remove (damaged);
}
