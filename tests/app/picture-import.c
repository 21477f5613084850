/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-import.h"

#include "app-test.h"
#include "picture.h"

#include "import/cc-import-home.h"
#include "import/cc-import-line-list.h"
#include "import/cc-import-outcome.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-result-view.h"
#include "import/cc-import-sender-step.h"
#include "import/cc-import-summary-step.h"
#include "import/cc-import-wizard.h"
#include "present/cc-job.h"

#include <glib/gi18n.h>

#define KNOWN_AGENCY "police"

/* Lists of one agency; the second has another person, other values and other headers. */
#define FIRST_LIST                                                                                 \
  "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Last name,Service\n"                  \
  "V1,A/1,F,15,Togo,2023-04-05,identified,Mendy,shelter\n"                                         \
  "V2,A/1,M,19,Togo,2023-04-05,presumed,Sarr,\n"                                                   \
  "V3,A/2,F,22,Ghana,2023-05-06,identified,Diatta,shelter\n"
#define SECOND_LIST                                                                                \
  "Victim ID,Case No,Sex of victim,Age,Nationality,Date rescued,Status,Last name,Officer\n"        \
  "V1,A/1,F,15,Togo,2023-04-05,identified,Mendy,12\n"                                              \
  "V2,A/1,M,17,Ghana,2023-04-05,presumed,Sarr Ndiaye,12\n"                                         \
  "V4,A/3,M,30,Mali,2023-06-07,presumed,Sagna,14\n"

static gboolean
draft_is_idle (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return draft->state == CC_DRAFT_READY && !draft->busy;
}

static gboolean
draft_is_tried (gpointer user_data)
{
  return draft_is_idle (user_data) && ((CcImportDraft *) user_data)->result != NULL;
}

static gboolean
draft_is_done (gpointer user_data)
{
  return ((CcImportDraft *) user_data)->state == CC_DRAFT_DONE;
}

static gboolean
nothing_runs (gpointer user_data)
{
  return cc_job_get_n_running () == 0;
}

static gboolean
shows_deliveries (gpointer user_data)
{
  return cc_page_get_session (user_data) != NULL;
}

/* Each look imports into a copy of its own, which knows no delivery yet. */
static CcWindow *
open_copy (const Tour *tour)
{
  g_autofree char *from = g_build_filename (tour->demo, "setup.casecount", NULL);
  g_autofree char *to = g_build_filename (tour->demo, "first.casecount", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
    return NULL;
  return tour_open_file (tour, "first.casecount");
}

static GtkWidget *
find_page (CcWindow *window)
{
  return app_test_find (GTK_WIDGET (window), CC_TYPE_IMPORT_PAGE, NULL);
}

static CcImportWizard *
find_wizard (CcWindow *window)
{
  return CC_IMPORT_WIZARD (app_test_find (GTK_WIDGET (window), CC_TYPE_IMPORT_WIZARD, NULL));
}

static GtkWidget *
find_row (GtkWidget *widget, const char *path)
{
  if (CC_IS_IMPORT_QUEUE_ROW (widget)
      && g_str_equal (cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (widget))->path, path))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, path);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Adds a file and opens it once it is read; the queue is shown as `name`, which may be NULL. */
static CcImportDraft *
open_file (const Tour *tour, CcWindow *window, const char *path, const char *name)
{
  GtkWidget     *page = find_page (window);
  GtkWidget     *row;
  CcImportDraft *draft;

  cc_import_page_add_file (CC_IMPORT_PAGE (page), path);
  row = find_row (page, path);
  draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row));
  app_test_wait (draft_is_idle, draft);
  if (name != NULL)
    tour_show (tour, window, name);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  return draft;
}

static CcImportDraft *
open_list (const Tour *tour, CcWindow *window, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (tour->demo, "setup", name, NULL);
  CcImportDraft   *draft;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  draft = open_file (tour, window, path, NULL);
  if (cc_import_draft_get_entity (draft) == NULL)
    cc_import_draft_set_entity (draft, KNOWN_AGENCY);
  app_test_wait (draft_is_idle, draft);
  cc_import_draft_set_period (draft, cc_interval_year (2023));
  if (!draft->drift_said)
    cc_import_draft_settle_drift (draft, TRUE);
  return draft;
}

/* What is much and stays open is asked about. */
static void
leave_open (CcWindow *window)
{
  GtkWindow *question = tour_find_front (GTK_WINDOW (window));

  if (!ADW_IS_MESSAGE_DIALOG (question))
    return;
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "leave");
  gtk_window_destroy (question);
}

static void
finish (CcImportWizard *wizard, CcImportDraft *draft)
{
  for (CcWizardStep step = cc_import_wizard_get_step (wizard); step < CC_WIZARD_SUMMARY; step++)
    {
      app_test_wait (draft_is_idle, draft);
      cc_import_wizard_go_on (wizard);
    }
  app_test_wait (draft_is_tried, draft);
}

static void
go_back (CcWindow *window)
{
  cc_page_go_back (CC_PAGE (find_page (window)));
  picture_wait_until_quiet (GTK_WIDGET (window));
}

static void
unfold (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unfold (child);
}

/* What stands below the figures of an import. */
static void
show_below (const Tour *tour, CcWindow *window, GType step, const char *name)
{
  GtkWidget     *view = app_test_find (GTK_WIDGET (window), step, NULL);
  GtkWidget     *outcome = app_test_find (view, CC_TYPE_IMPORT_OUTCOME, NULL);
  GtkWidget     *scroller = gtk_widget_get_ancestor (outcome, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  picture_wait_until_quiet (GTK_WIDGET (window));
  unfold (outcome);
  picture_wait_until_quiet (GTK_WIDGET (window));
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s-%u", name, i);
      const double     before = gtk_adjustment_get_value (place);

      tour_show (tour, window, part);
      gtk_adjustment_set_value (place, before + gtk_adjustment_get_page_size (place));
      if (gtk_adjustment_get_value (place) <= before)
        return;
    }
}

static void
scroll_down (GtkWidget *widget)
{
  GtkWidget     *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
}

/* The question before the newest delivery is taken back. */
static void
take_undo (const Tour *tour, CcWindow *window)
{
  GtkWidget *home = app_test_find (GTK_WIDGET (window), CC_TYPE_IMPORT_HOME, NULL);
  GtkWidget *row = app_test_find (home, ADW_TYPE_EXPANDER_ROW, NULL);
  GtkWidget *button;

  unfold (row);
  picture_wait_until_quiet (GTK_WIDGET (window));
  scroll_down (row);
  tour_show (tour, window, "import-deliveries");
  button = app_test_find (row, GTK_TYPE_BUTTON, _ ("_Take It Back…"));
  g_signal_emit_by_name (button, "clicked");
  app_test_wait (nothing_runs, NULL);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_take_front (tour, window, "import-take-back");
}

/* The same agency sends its list again, with other values, another header and a row less. */
static void
take_again (const Tour *tour, CcWindow *window)
{
  CcImportWizard *wizard = find_wizard (window);
  CcImportDraft  *draft = open_list (tour, window, "list-1.csv", FIRST_LIST);

  finish (wizard, draft);
  cc_import_wizard_go_on (wizard);
  app_test_wait (draft_is_done, draft);
  go_back (window);
  draft = open_list (tour, window, "list-2.csv", SECOND_LIST);
  finish (wizard, draft);
  show_below (tour, window, CC_TYPE_IMPORT_SUMMARY_STEP, "import-again-summary");
  cc_import_wizard_go_on (wizard);
  app_test_wait (draft_is_done, draft);
  show_below (tour, window, CC_TYPE_IMPORT_RESULT_VIEW, "import-again-result");
  go_back (window);
  take_undo (tour, window);
}

/* A list that says "M" of most, where that may be men or women. */
static void
take_open (const Tour *tour, CcWindow *window)
{
  CcImportWizard *wizard = find_wizard (window);
  CcImportDraft  *draft;
  GtkWindow      *question;
  g_autoptr (GString) text = g_string_new ("Nome,H/M,Idade,Nacionalidade,Data da detecção\n");

  for (guint i = 0; i < 74; i++)
    g_string_append_printf (text, "Pessoa %u,%s,%u,%s,2023-05-%02u\n", i, i < 12 ? "H" : "M",
                            18 + i % 40, i == 7 ? "Guinea" : "TGO", 1 + i % 28);
  draft = open_list (tour, window, "lista.csv", text->str);
  while (cc_import_wizard_get_step (wizard) < CC_WIZARD_VALUES)
    {
      app_test_wait (draft_is_idle, draft);
      cc_import_wizard_go_on (wizard);
    }
  app_test_wait (draft_is_idle, draft);
  tour_show (tour, window, "import-open-values");
  cc_import_wizard_go_on (wizard);
  picture_wait_until_quiet (GTK_WIDGET (window));
  question = tour_find_front (GTK_WINDOW (window));
  tour_show (tour, question, "import-open-question");
  leave_open (window);
  picture_wait_until_quiet (GTK_WIDGET (window));
  app_test_wait (draft_is_tried, draft);
  tour_show (tour, window, "import-open-summary");
  go_back (window);
  go_back (window);
}

/* A list of an agency that is not known yet: who sent it, and who else may have. */
static void
take_sender (const Tour *tour, CcWindow *window)
{
  g_autofree char *path = g_build_filename (tour->demo, "setup", "foyer_nord_2023.csv", NULL);
  GtkWidget       *step, *row, *list;

  g_assert_true (g_file_set_contents (path, FIRST_LIST, -1, NULL));
  (void) open_file (tour, window, path, NULL);
  step = app_test_find (GTK_WIDGET (window), CC_TYPE_IMPORT_SENDER_STEP, NULL);
  row = app_test_find (step, ADW_TYPE_ACTION_ROW, _ ("Sender"));
  tour_show (tour, window, "import-new-sender");
  g_signal_emit_by_name (row, "activated");
  tour_take_front (tour, window, "import-sender-question");
  g_signal_emit_by_name (row, "activated");
  picture_wait_until_quiet (GTK_WIDGET (window));
  list =
      app_test_find (GTK_WIDGET (tour_find_front (GTK_WINDOW (window))), GTK_TYPE_LIST_VIEW, NULL);
  g_signal_emit_by_name (list, "activate", 1u);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_take_front (tour, window, "import-sender-doubt");
  go_back (window);
}

/* What is no list of real persons: figures of the population, and practice data where they would
 * count. */
static void
take_strange (const Tour *tour)
{
  CcWindow        *window = tour_open_file (tour, "real.casecount");
  g_autofree char *population = g_build_filename (tour->demo, "agencies", "population.csv", NULL);
  g_autofree char *border = g_build_filename (tour->demo, "agencies", "border.csv", NULL);
  CcImportDraft   *draft;
  CcPack          *pack;

  if (window == NULL)
    return;
  g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string ("import"));
  app_test_wait (shows_deliveries, find_page (window));
  picture_wait_until_quiet (GTK_WIDGET (window));
  open_file (tour, window, population, NULL);
  tour_show (tour, window, "import-population");
  go_back (window);
  draft = open_file (tour, window, border, "import-strange-queue");
  tour_show (tour, window, "import-practice-sender");
  pack = cc_case_file_get_pack (cc_session_get_file (draft->session));
  cc_import_draft_set_newcomer (draft, "Border", cc_pack_find_code (pack, "RETYPE", "BOR"));
  app_test_wait (draft_is_idle, draft);
  cc_import_draft_set_period (draft, cc_interval_year (2023));
  while (cc_import_wizard_get_step (find_wizard (window)) < CC_WIZARD_SUMMARY)
    {
      app_test_wait (draft_is_idle, draft);
      if (cc_import_wizard_get_step (find_wizard (window)) == CC_WIZARD_COLUMNS)
        tour_show (tour, window, "import-practice-columns");
      cc_import_wizard_go_on (find_wizard (window));
      leave_open (window);
    }
  app_test_wait (draft_is_tried, draft);
  tour_show (tour, window, "import-practice-summary");
  tour_close_file (window);
}

static GtkWindow *
type_answer (GtkWindow *behind, const char *words)
{
  GtkWindow *front = tour_find_front (behind);
  GtkWidget *search = app_test_find (GTK_WIDGET (front), GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (search), words);
  g_signal_emit_by_name (search, "activate");
  picture_wait_until_quiet (GTK_WIDGET (behind));
  return tour_find_front (behind);
}

/* What is said for every row, below the columns. */
static void
take_constants (const Tour *tour, CcWindow *window)
{
  GtkWidget *step =
      app_test_find (GTK_WIDGET (window), g_type_from_name ("CcImportColumnsStep"), NULL);
  GtkWidget  *list = app_test_find (step, CC_TYPE_IMPORT_LINE_LIST, NULL);
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (CC_IMPORT_LINE_LIST (list)));
  g_autoptr (CcImportLine) more =
      g_list_model_get_item (lines, g_list_model_get_n_items (lines) - 1);
  GtkWindow *front;

  g_signal_emit_by_name (list, "activated", more);
  picture_wait_until_quiet (GTK_WIDGET (window));
  tour_show (tour, tour_find_front (GTK_WINDOW (window)), "import-constants-question");
  front = type_answer (GTK_WINDOW (window), "Marital status");
  tour_show (tour, front, "import-constants-codes");
  type_answer (GTK_WINDOW (window), "Single");
  scroll_down (app_test_find (list, GTK_TYPE_LIST_VIEW, NULL));
  tour_show (tour, window, "import-constants");
}

static void
take_wizard (const Tour *tour, CcWindow *window)
{
  static const char *const names[] = { "import-sender", "import-table", "import-columns",
                                       "import-values", "import-summary" };
  g_autofree char         *path = g_build_filename (tour->demo, "setup", "police.xlsx", NULL);
  CcImportDraft           *draft = open_file (tour, window, path, "import-queue");
  CcImportWizard          *wizard = find_wizard (window);

  cc_import_draft_set_entity (draft, KNOWN_AGENCY);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      app_test_wait (draft_is_idle, draft);
      tour_show (tour, window, names[i]);
      if (cc_import_wizard_get_step (wizard) == CC_WIZARD_COLUMNS)
        take_constants (tour, window);
      cc_import_wizard_go_on (wizard);
      leave_open (window);
    }
  app_test_wait (draft_is_done, draft);
  tour_show (tour, window, "import-result");
  go_back (window);
}

void
picture_import_take (const Tour *tour)
{
  CcWindow *window = open_copy (tour);

  if (window == NULL)
    return;
  g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string ("import"));
  app_test_wait (shows_deliveries, find_page (window));
  picture_wait_until_quiet (GTK_WIDGET (window));
  take_sender (tour, window);
  take_wizard (tour, window);
  take_open (tour, window);
  take_again (tour, window);
  tour_close_file (window);
  take_strange (tour);
}
