/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A practice file on its way through the wizard, compared with what the command line makes of it.
 */
#include "app-test.h"
#include "case-fixture.h"
#include "record-dump.h"

#include "cc-session.h"
#include "import/cc-import-chooser.h"
#include "import/cc-import-line-list.h"
#include "import/cc-import-page.h"
#include "import/cc-import-period-group.h"
#include "import/cc-import-period.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-texts.h"
#include "import/cc-import-wizard.h"

#include <string.h>
#include <cc/practice/cc-practice.h>
#include <cc/stats/cc-facts.h>

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  CcPage    *page;
  CcSession *session;
  char      *practice; /* folder */
} Fixture;

static CcInterval
all_years (void)
{
  return (CcInterval){ cc_day_from_ymd (2020, 1, 1), cc_day_from_ymd (2024, 12, 31) };
}

static void
on_changed (CcSession *session, gpointer user_data)
{
  cc_page_refresh (((Fixture *) user_data)->page);
}

static CcCaseFile *
open_case (Fixture *fixture, const char *name)
{
  const CaseParams params = { .n_victims = 0, .practice = TRUE };
  g_autofree char *path = app_test_path (&fixture->base, name);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  return file;
}

static void
write_practice (Fixture *fixture)
{
  g_autoptr (CcPracticeResult) result = NULL;
  CcPracticeParams params;
  GError          *error = NULL;

  cc_practice_params_init (&params);
  params.victims = 60;
  params.agencies = 4;
  fixture->practice = app_test_path (&fixture->base, "practice");
  result = cc_practice_generate (&params, fixture->practice, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);

  app_test_set_up (&fixture->base, data);
  write_practice (fixture);
  fixture->session = cc_session_new (open_case (fixture, "window.casecount"), texts);
  cc_session_set_changed_func (fixture->session, on_changed, fixture);
  fixture->page = g_object_new (CC_TYPE_IMPORT_PAGE, NULL);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_page_set_session (fixture->page, fixture->session);
  cc_page_load (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cc_session_set_changed_func (fixture->session, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window);
  cc_session_unref (fixture->session);
  g_free (fixture->practice);
  app_test_tear_down (&fixture->base, data);
}

static CcImportWizard *
get_wizard (Fixture *fixture)
{
  return CC_IMPORT_WIZARD (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_IMPORT_WIZARD, NULL));
}

static CcImportDraft *
get_draft (Fixture *fixture)
{
  return cc_import_wizard_get_draft (get_wizard (fixture));
}

/* The row of the queue for a file. */
static CcImportQueueRow *
find_row (Fixture *fixture, const char *name)
{
  GtkWidget *row = app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_IMPORT_QUEUE_ROW, name);

  g_assert_nonnull (row);
  return CC_IMPORT_QUEUE_ROW (row);
}

static gboolean
is_settled (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && (draft->state == CC_DRAFT_READY || draft->state == CC_DRAFT_FAILED);
}

static CcImportDraft *
add_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->practice, name, NULL);
  CcImportDraft   *draft;

  cc_import_page_add_file (CC_IMPORT_PAGE (fixture->page), path);
  draft = cc_import_queue_row_get_draft (find_row (fixture, name));
  app_test_wait (is_settled, draft);
  return draft;
}

static void
open_row (Fixture *fixture, const char *name)
{
  CcImportQueueRow *row = find_row (fixture, name);

  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
}

static gboolean
is_free (gpointer user_data)
{
  CcImportDraft *draft = get_draft (user_data);

  return draft != NULL && !draft->busy;
}

static gboolean
is_tried (gpointer user_data)
{
  return is_free (user_data) && get_draft (user_data)->result != NULL;
}

static gboolean
is_imported (gpointer user_data)
{
  return cc_import_wizard_get_step (get_wizard (user_data)) == CC_WIZARD_RESULT;
}

/* Goes on when nothing holds the user back any more. */
static void
go_on (Fixture *fixture, CcWizardStep to)
{
  app_test_wait (is_free, fixture);
  cc_import_wizard_go_on (get_wizard (fixture));
  app_test_wait (is_free, fixture);
  g_assert_cmpint (cc_import_wizard_get_step (get_wizard (fixture)), ==, to);
}

static void
walk_to_summary (Fixture *fixture, const char *name)
{
  CcImportDraft *draft = add_file (fixture, name);

  open_row (fixture, name);
  g_assert_true (get_draft (fixture) == draft);
  cc_import_draft_set_use_map (draft, TRUE);
  app_test_wait (is_free, fixture);
  cc_import_draft_set_entity (draft, "police");
  cc_import_draft_set_period (draft, all_years ());
  for (CcWizardStep step = CC_WIZARD_TABLE; step <= CC_WIZARD_SUMMARY; step++)
    go_on (fixture, step);
  app_test_wait (is_tried, fixture);
}

static char *
import_by_command (Fixture *fixture, const char *name)
{
  g_autoptr (CcCaseFile) file = open_case (fixture, "command.casecount");
  g_autofree char *path = g_build_filename (fixture->practice, name, NULL);
  g_autofree char *map_path = g_build_filename (fixture->practice, "police.map", NULL);
  GError          *error = NULL;
  g_autoptr (CcMap) map = cc_map_load (map_path, &error);
  CcImportOptions options = { .entity = "police",
                              .period = all_years (),
                              .map = map,
                              .today = CC_DAY_NONE };
  g_autoptr (CcImportResult) result = NULL;
  char *dump;

  g_assert_no_error (error);
  result = cc_import_file (file, path, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->rows, >, 20);
  dump = record_dump_make (file);
  g_assert_true (cc_case_file_close (file, &error));
  return dump;
}

/* From a file in the queue to a delivery: the records are those of the command line. */
static void
test_walk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = import_by_command (fixture, "police.xlsx");
  g_autofree char *found = NULL;
  CcImportDraft   *draft;

  walk_to_summary (fixture, "police.xlsx");
  draft = get_draft (fixture);
  g_assert_cmpint (draft->result->submission, ==, 0);
  g_assert_cmpint (cc_import_count_total (draft->result->fresh), >, 20);
  cc_import_wizard_go_on (get_wizard (fixture));
  app_test_wait (is_imported, fixture);
  g_assert_cmpint (draft->result->submission, >, 0);
  g_assert_cmpint (draft->state, ==, CC_DRAFT_DONE);
  found = record_dump_make (cc_session_get_file (fixture->session));
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (cc_page_get_title (fixture->page), ==, "Imported");
  cc_page_go_back (fixture->page);
  g_assert_false (cc_page_get_can_go_back (fixture->page));
}

/* Nobody comes past the first step without sender and period, and back goes back. */
static void
test_obstacles (Fixture *fixture, gconstpointer data)
{
  CcImportDraft *draft = add_file (fixture, "shelter.xlsx");

  open_row (fixture, "shelter.xlsx");
  g_assert_true (cc_page_get_can_go_back (fixture->page));
  /* The row of steps says which step it is, and the header which file. */
  g_assert_null (cc_page_get_title (fixture->page));
  g_assert_cmpstr (cc_page_get_subtitle (fixture->page), ==, "shelter.xlsx");
  g_assert_null (draft->entity);
  cc_import_wizard_go_on (get_wizard (fixture));
  g_assert_cmpint (cc_import_wizard_get_step (get_wizard (fixture)), ==, CC_WIZARD_SENDER);
  g_assert_nonnull (app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL,
                                   "Choose the agency that sent the file."));
  cc_import_draft_set_entity (draft, "labour");
  cc_import_draft_set_period (draft, CC_INTERVAL_UNKNOWN);
  go_on (fixture, CC_WIZARD_TABLE);
  cc_page_go_back (fixture->page);
  g_assert_cmpint (cc_import_wizard_get_step (get_wizard (fixture)), ==, CC_WIZARD_SENDER);
  cc_page_go_back (fixture->page);
  g_assert_false (cc_page_get_can_go_back (fixture->page));
}

static void
write_sheet (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->practice, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gint64
count_entities (Fixture *fixture)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (cc_session_get_file (fixture->session), NULL);

  return entities->len;
}

/* A new sender comes into the case file with its delivery, and not before. */
static void
test_newcomer (Fixture *fixture, gconstpointer data)
{
  const gint64   before = count_entities (fixture);
  CcImportDraft *draft;

  write_sheet (fixture, "foyer_2023.csv",
               "Name,Sex,Age,Date\nAwa Kone,F,20,2023-05-01\nIdris Sow,M,31,2023-05-02\n");
  draft = add_file (fixture, "foyer_2023.csv");
  open_row (fixture, "foyer_2023.csv");
  g_assert_null (draft->entity);
  g_assert_cmpstr (draft->guess->new_name, ==, "Foyer");
  g_assert_cmpstr (draft->guess->new_type->code, ==, "SHE");
  cc_import_draft_set_newcomer (draft, "الجمعية الوطنية", draft->guess->new_type);
  app_test_wait (is_free, fixture);
  for (CcWizardStep step = CC_WIZARD_TABLE; step <= CC_WIZARD_SUMMARY; step++)
    go_on (fixture, step);
  app_test_wait (is_tried, fixture);
  g_assert_cmpint (count_entities (fixture), ==, before);
  cc_import_wizard_go_on (get_wizard (fixture));
  app_test_wait (is_imported, fixture);
  g_assert_cmpint (count_entities (fixture), ==, before + 1);
  g_assert_cmpint (cc_import_count_total (draft->result->fresh), ==, 2);
}

/* A file without any date: nothing is chosen beforehand, so that “Not stated” can be. */
static void
test_no_dates (Fixture *fixture, gconstpointer data)
{
  CcImportDraft *draft;
  GtkWidget     *group;
  GtkWidget     *kind;
  const char    *ask = "Say which period the file covers, or choose “Not stated”.";

  write_sheet (fixture, "list.csv", "Name,Sex,Age\nAwa Kone,F,20\nIdris Sow,M,31\n");
  draft = add_file (fixture, "list.csv");
  open_row (fixture, "list.csv");
  cc_import_draft_set_entity (draft, "police");
  app_test_wait (is_free, fixture);
  group = app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_IMPORT_PERIOD_GROUP, NULL);
  kind = app_test_find (group, ADW_TYPE_COMBO_ROW, "The File Covers");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (kind)), ==, CC_PERIOD_UNSET);
  g_assert_nonnull (app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, ask));
  cc_import_wizard_go_on (get_wizard (fixture));
  g_assert_cmpint (cc_import_wizard_get_step (get_wizard (fixture)), ==, CC_WIZARD_SENDER);
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), CC_PERIOD_OPEN);
  g_assert_true (draft->period_said);
  g_assert_null (app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, ask));
  go_on (fixture, CC_WIZARD_TABLE);
}

static CcImportLine *
find_line (CcImportLineList *list, CcLineKind kind, const char *theirs)
{
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (list));

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind == kind && (theirs == NULL || g_str_has_suffix (line->theirs, theirs)))
        return line; /* kept by the list */
    }
  g_assert_not_reached ();
}

static CcImportLineList *
find_list (Fixture *fixture, const char *step)
{
  GtkWidget *view = app_test_find (GTK_WIDGET (fixture->page), g_type_from_name (step), NULL);

  return CC_IMPORT_LINE_LIST (app_test_find (view, CC_TYPE_IMPORT_LINE_LIST, NULL));
}

static CcImportChooser *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (CC_IS_IMPORT_CHOOSER (window))
        return CC_IMPORT_CHOOSER (window);
    }
  g_assert_not_reached ();
}

static void
choose (const char *typed)
{
  CcImportChooser *chooser = find_chooser ();
  GtkWidget       *search = app_test_find (GTK_WIDGET (chooser), GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (search), typed);
  g_signal_emit_by_name (search, "activate");
}

/* A column gets another meaning by typing; a value gets one as well, and it reaches the map. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  CcImportDraft    *draft = add_file (fixture, "police.xlsx");
  CcPack           *pack = cc_case_file_get_pack (cc_session_get_file (fixture->session));
  CcImportLineList *list;
  CcImportLine     *line;
  CcInspectTable   *table = g_ptr_array_index (draft->inspection->tables, 0);

  open_row (fixture, "police.xlsx");
  cc_import_draft_set_entity (draft, "police");
  cc_import_draft_set_period (draft, all_years ());
  go_on (fixture, CC_WIZARD_TABLE);
  go_on (fixture, CC_WIZARD_COLUMNS);
  list = find_list (fixture, "CcImportColumnsStep");
  line = find_line (list, CC_LINE_PAIR, "Surnom");
  g_assert_cmpstr (line->ours, ==, "Alias");
  /* Naming the sender reads the columns again; that is nobody's choice. */
  g_assert_cmpstr (line->ours_note, ==, "known header in French");
  g_signal_emit_by_name (list, "activated", line);
  choose ("marital");
  g_assert_cmpstr (line->ours, ==, "Marital status");
  g_assert_cmpstr (line->ours_note, ==, "chosen by you");
  g_assert_true (cc_map_is_by_hand (draft->map, table->name, line->theirs));
  go_on (fixture, CC_WIZARD_VALUES);
  list = find_list (fixture, "CcImportValuesStep");
  /* Nicknames are no marital status: the group is unfolded, its values are asked about. */
  line = find_line (list, CC_LINE_GROUP, "Surnom");
  g_assert_true (line->open);
  line = find_line (list, CC_LINE_PAIR, NULL);
  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  {
    g_autofree char *theirs = g_strdup (line->theirs);

    g_signal_emit_by_name (list, "activated", line);
    choose ("not known");
    line = find_line (list, CC_LINE_PAIR, theirs);
    g_assert_cmpstr (line->ours, ==, "Not known");
    g_assert_cmpstr (cc_map_get_value (draft->map, cc_pack_find_variable (pack, "VI13"), theirs),
                     ==, "_U");
  }
}

/* What is sent again as before needs one page; the very same file changes nothing. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->practice, "police.xlsx", NULL);
  g_autofree char *again = g_build_filename (fixture->practice, "again.xlsx", NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  walk_to_summary (fixture, "police.xlsx");
  cc_import_wizard_go_on (get_wizard (fixture));
  app_test_wait (is_imported, fixture);
  cc_page_go_back (fixture->page);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (again, bytes, (gssize) length, NULL));
  add_file (fixture, "again.xlsx");
  open_row (fixture, "again.xlsx");
  g_assert_true (cc_import_draft_is_known (get_draft (fixture)));
  g_assert_nonnull (get_draft (fixture)->same);
  g_assert_cmpstr (cc_page_get_title (fixture->page), ==, "As Last Time");
  app_test_wait (is_tried, fixture);
  g_assert_true (get_draft (fixture)->result->same_file);
  cc_import_wizard_go_on (get_wizard (fixture));
  g_assert_cmpint (cc_import_wizard_get_step (get_wizard (fixture)), ==, CC_WIZARD_SUMMARY);
}

/* A broken file says so and stays; the next one is read. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->practice, "broken.xlsx", NULL);
  CcImportDraft   *draft;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "PK\003\004 cut off", -1, NULL));
  draft = add_file (fixture, "broken.xlsx");
  g_assert_cmpint (draft->state, ==, CC_DRAFT_FAILED);
  text = cc_import_describe_draft (draft);
  g_assert_cmpstr (text, ==, "Could not be read");
  draft = add_file (fixture, "shelter.xlsx");
  g_assert_cmpint (draft->state, ==, CC_DRAFT_READY);
  open_row (fixture, "broken.xlsx");
  g_assert_nonnull (
      app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "The File Could Not Be Read"));
}

static gint64
count_live (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = cc_submission_list (cc_session_get_file (fixture->session), NULL);
  gint64 n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const CcSubmission *submission = g_ptr_array_index (list, i);

      n += g_str_equal (submission->state, "live")
           && g_strcmp0 (submission->file_name, "police.xlsx") == 0;
    }
  return n;
}

static gboolean
is_taken_back (gpointer user_data)
{
  return count_live (user_data) == 0;
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget       *home;
  GtkWidget       *row;
  GtkWidget       *dialog = NULL;
  g_autofree char *target = NULL;
  gint64           submission;

  walk_to_summary (fixture, "police.xlsx");
  cc_import_wizard_go_on (get_wizard (fixture));
  app_test_wait (is_imported, fixture);
  submission = get_draft (fixture)->result->submission;
  cc_page_go_back (fixture->page);
  app_test_settle ();
  g_assert_cmpint (count_live (fixture), ==, 1);
  target = g_strdup_printf ("submission:%" G_GINT64_FORMAT, submission);
  cc_page_open_target (fixture->page, target);
  row = app_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW,
                       "National Police · 2020–2024");
  g_assert_nonnull (row);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_nonnull (app_test_find (row, GTK_TYPE_BUTTON, "Send _Back With Questions…"));
  home = app_test_find (GTK_WIDGET (fixture->page), g_type_from_name ("CcImportHome"), NULL);
  g_signal_emit_by_name (home, "undo", submission);
  /* Who would count no more is named before it is asked. */
  app_test_wait (app_test_find_dialog, &dialog);
  row = app_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)),
                       GTK_TYPE_LABEL, NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (row)), "Persons Who Count No More"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "undo");
  app_test_wait (is_taken_back, fixture);
  app_test_settle ();
}

/* Widgets that take the focus and would be read aloud by the name of their type. */
static void
check_names (GtkWidget *widget)
{
  if (gtk_widget_get_focusable (widget) && gtk_widget_get_mapped (widget)
      && (GTK_IS_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BOX (widget)
          || GTK_IS_LIST_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_SPIN_BUTTON (widget)
          || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget))
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && (!GTK_IS_BUTTON (widget) || gtk_button_get_label (GTK_BUTTON (widget)) == NULL)
      && gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) == NULL)
    g_error ("A %s has no name", G_OBJECT_TYPE_NAME (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  CcImportDraft *draft = add_file (fixture, "police.xlsx");

  app_test_settle ();
  check_names (GTK_WIDGET (fixture->page));
  open_row (fixture, "police.xlsx");
  cc_import_draft_set_entity (draft, "police");
  cc_import_draft_set_period (draft, all_years ());
  for (CcWizardStep step = CC_WIZARD_SENDER; step <= CC_WIZARD_SUMMARY; step++)
    {
      if (step > CC_WIZARD_SENDER)
        go_on (fixture, step);
      app_test_settle ();
      check_names (GTK_WIDGET (fixture->page));
    }
  app_test_wait (is_tried, fixture);
  app_test_settle ();
  check_names (GTK_WIDGET (fixture->page));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/app/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("walk", test_walk);
  ADD ("obstacles", test_obstacles);
  ADD ("no-dates", test_no_dates);
  ADD ("newcomer", test_newcomer);
  ADD ("choose", test_choose);
  ADD ("known", test_known);
  ADD ("broken", test_broken);
  ADD ("undo", test_undo);
  ADD ("names", test_names);
#undef ADD
  return g_test_run ();
}
