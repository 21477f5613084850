/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "questionnaires/cc-answer-view.h"
#include "questionnaires/cc-cell-popover.h"
#include "questionnaires/cc-check-groups.h"
#include "questionnaires/cc-questionnaire-export.h"
#include "questionnaires/cc-questionnaire-options.h"
#include "questionnaires/cc-questionnaires-page.h"
#include "questionnaires/cc-sheet-cell.h"
#include "questionnaires/cc-sheet-view.h"

#include <cc/report/cc-answer.h>
#include <cc/stats/cc-facts.h>
#include <string.h>

/* The page of questionnaires over a case file of sixty victims. */

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  CcPage    *page;
  CcSession *session;
  char      *text; /* of a part that is waited for */
} Fixture;

static void
on_changed (CcSession *session, gpointer user_data)
{
  cc_page_refresh (((Fixture *) user_data)->page);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 60, .n_pairs = 2 };
  g_autofree char *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "case.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
  cc_session_set_changed_func (fixture->session, on_changed, fixture);
  fixture->page = g_object_new (CC_TYPE_QUESTIONNAIRES_PAGE, NULL);
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
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  g_clear_pointer (&fixture->text, g_free);
  app_test_tear_down (&fixture->base, data);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return app_test_find (fixture->window, type, text);
}

static CcAnswerView *
get_answer (Fixture *fixture)
{
  return CC_ANSWER_VIEW (find (fixture, CC_TYPE_ANSWER_VIEW, NULL));
}

static CcSheetView *
get_sheet (Fixture *fixture)
{
  return CC_SHEET_VIEW (find (fixture, CC_TYPE_SHEET_VIEW, NULL));
}

static gboolean
can_export (Fixture *fixture)
{
  return gtk_widget_get_sensitive (
      gtk_widget_get_parent (find (fixture, GTK_TYPE_LABEL, "_Export…")));
}

static gboolean
has_questionnaires (gpointer user_data)
{
  return find (user_data, ADW_TYPE_ACTION_ROW,
               "West Africa questionnaire on trafficking in persons (stand-in)")
         != NULL;
}

static gboolean
is_counted (gpointer user_data)
{
  return cc_answer_view_get_book (get_answer (user_data)) != NULL;
}

/* A sheet that no frame has given a size yet takes no focus. */
static gboolean
has_cells (gpointer user_data)
{
  return find (user_data, CC_TYPE_SHEET_CELL, NULL) != NULL
         && gtk_widget_get_mapped (GTK_WIDGET (get_sheet (user_data)))
         && gtk_widget_get_width (GTK_WIDGET (get_sheet (user_data))) > 0
         && cc_answer_view_get_part (get_answer (user_data)) != NULL;
}

static void
open_table (Fixture *fixture, const char *target)
{
  app_test_wait (has_questionnaires, fixture);
  cc_page_open_target (fixture->page, target);
  app_test_wait (is_counted, fixture);
  app_test_wait (has_cells, fixture);
  app_test_settle ();
}

/* Each questionnaire is a row that opens it. */
static void
test_home (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  app_test_wait (has_questionnaires, fixture);
  row = find (fixture, ADW_TYPE_ACTION_ROW,
              "West Africa questionnaire on trafficking in persons (stand-in)");
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Not handed in yet"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "stand-in"));
  g_assert_false (cc_page_get_can_go_back (fixture->page));
  g_assert_false (can_export (fixture));
  g_signal_emit_by_name (row, "activate");
  app_test_wait (is_counted, fixture);
  g_assert_true (can_export (fixture));
  g_assert_true (cc_page_get_can_go_back (fixture->page));
  g_assert_nonnull (strstr (cc_page_get_title (fixture->page), "West Africa"));
  cc_page_go_back (fixture->page);
  g_assert_false (cc_page_get_can_go_back (fixture->page));
  g_assert_null (cc_page_get_title (fixture->page));
}

static void
press (Fixture *fixture, guint key)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (get_sheet (fixture)));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0u, 0, &handled);
      g_assert_true (handled);
    }
  app_test_settle ();
}

static guint
count_cells (GtkWidget *sheet)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (sheet); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += CC_IS_SHEET_CELL (child);
  return n;
}

/* The present cell has the focus, and is wholly in view. */
static void
assert_focus_shown (CcSheetView *sheet)
{
  GtkWidget      *widget = GTK_WIDGET (sheet);
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t box;
  GdkRectangle    place;

  g_assert_true (CC_IS_SHEET_CELL (focus));
  g_assert_true (gtk_widget_compute_bounds (focus, widget, &box));
  g_assert_cmpfloat (box.origin.y, >=, 0);
  g_assert_cmpfloat (box.origin.y + box.size.height, <=, gtk_widget_get_height (widget));
  g_assert_true (cc_sheet_view_get_place (sheet, widget, &place));
  g_assert_cmpint ((int) box.origin.x, ==, place.x);
  g_assert_cmpint ((int) box.origin.y, ==, place.y);
}

/* Cells are read with their headings; arrows carry the focus; what is out of view does not exist.
 */
static void
test_sheet (Fixture *fixture, gconstpointer data)
{
  const CcAnswerPart *part;
  GtkWidget          *sheet;
  GtkWidget          *focus;
  g_autofree char    *expected = NULL;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  sheet = GTK_WIDGET (get_sheet (fixture));
  g_assert_cmpuint (count_cells (sheet), <, 900);
  gtk_widget_grab_focus (sheet);
  focus = gtk_root_get_focus (gtk_widget_get_root (sheet));
  g_assert_true (CC_IS_SHEET_CELL (focus));
  part = cc_sheet_view_get_part (get_sheet (fixture));
  g_assert_cmpint (part->kind, ==, CC_ANSWER_FIGURE);
  expected = g_strdup_printf ("Women (18 and over), 2020: %s", part->text);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       expected);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (focus)), ==,
                   GTK_ACCESSIBLE_ROLE_GRID_CELL);
  press (fixture, GDK_KEY_Right);
  g_assert_cmpuint (cc_sheet_view_get_part (get_sheet (fixture))->col, ==, part->col + 1);
  press (fixture, GDK_KEY_Down);
  g_assert_cmpuint (cc_sheet_view_get_part (get_sheet (fixture))->row, ==, part->row + 1);
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (sheet)) != focus);
  press (fixture, GDK_KEY_Page_Down);
  press (fixture, GDK_KEY_Page_Down);
  assert_focus_shown (get_sheet (fixture));
  g_assert_cmpuint (cc_sheet_view_get_part (get_sheet (fixture))->line, >, part->line + 20);
  /* Tab leaves the sheet. */
  g_assert_false (gtk_widget_child_focus (sheet, GTK_DIR_TAB_FORWARD));
}

static gboolean
shows_text (gpointer user_data)
{
  Fixture      *fixture = user_data;
  CcAnswerBook *book = cc_answer_view_get_book (get_answer (fixture));
  guint         sheet;

  return book != NULL
         && g_strcmp0 (cc_answer_book_find_part (book, "V1", "2023", &sheet)->text, fixture->text)
                == 0;
}

/* A typed figure needs a reason; it stands in the answer, and the checks notice. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  CcAnswerBook       *book;
  GtkWidget          *popover;
  GtkWidget          *keep;
  GtkWidget          *figure;
  GtkWidget          *reason;
  guint               sheet = 0, n_errors;
  const CcAnswerPart *part;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  book = cc_answer_view_get_book (get_answer (fixture));
  n_errors = cc_answer_book_count_checks (book, CC_SEVERITY_ERROR);
  part = cc_answer_book_find_part (book, "V1", "2023", &sheet);
  cc_sheet_view_show_part (get_sheet (fixture), part);
  app_test_settle ();
  g_assert_true (cc_answer_view_can_edit (get_answer (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "questionnaires.edit", NULL);
  popover = find (fixture, CC_TYPE_CELL_POPOVER, NULL);
  g_assert_true (gtk_widget_get_visible (popover));
  keep = app_test_find (popover, GTK_TYPE_BUTTON, "_Keep");
  figure = app_test_find (popover, GTK_TYPE_ENTRY, NULL);
  g_assert_false (gtk_widget_get_sensitive (keep));
  gtk_editable_set_text (GTK_EDITABLE (figure), "999");
  g_assert_false (gtk_widget_get_sensitive (keep));
  reason = NULL;
  for (GtkWidget *sibling = gtk_widget_get_next_sibling (figure); sibling != NULL;
       sibling = gtk_widget_get_next_sibling (sibling))
    if (GTK_IS_ENTRY (sibling))
      reason = sibling;
  gtk_editable_set_text (GTK_EDITABLE (reason), "reported by telephone");
  g_assert_true (gtk_widget_get_sensitive (keep));
  g_signal_emit_by_name (keep, "clicked");
  fixture->text = g_strdup ("999");
  app_test_wait (shows_text, fixture);
  book = cc_answer_view_get_book (get_answer (fixture));
  g_assert_cmpuint (cc_answer_book_count_checks (book, CC_SEVERITY_ERROR), >, n_errors);
  g_assert_cmpstr (cc_answer_book_find_typed (book, "V1", "total,2023")->reason, ==,
                   "reported by telephone");
  app_test_settle ();
  g_assert_nonnull (cc_sheet_view_get_part (get_sheet (fixture)));
}

/* What changes the look of the sheet takes effect with the next frame; keys that come before it
 * are not lost. */
static void
test_keys_before_frame (Fixture *fixture, gconstpointer data)
{
  GtkWidget          *sheet;
  const CcAnswerPart *part;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  sheet = GTK_WIDGET (get_sheet (fixture));
  part = cc_sheet_view_get_part (get_sheet (fixture));
  cc_sheet_view_set_show_ranges (get_sheet (fixture), TRUE);
  g_assert_true (gtk_widget_grab_focus (sheet));
  g_assert_true (CC_IS_SHEET_CELL (gtk_root_get_focus (gtk_widget_get_root (sheet))));
  cc_sheet_view_set_show_ranges (get_sheet (fixture), FALSE);
  press (fixture, GDK_KEY_Down);
  g_assert_cmpuint (cc_sheet_view_get_part (get_sheet (fixture))->row, ==, part->row + 1);
  cc_sheet_view_set_show_ranges (get_sheet (fixture), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "questionnaires.edit", NULL);
  g_assert_true (gtk_widget_get_visible (find (fixture, CC_TYPE_CELL_POPOVER, NULL)));
}

/* The cell that is typed into is brought into view: a popover has no place beside one that is far
 * outside the window. */
static void
test_typing_out_of_view (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;
  GtkWidget     *popover;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  app_test_settle ();
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_sheet (fixture)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  app_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "questionnaires.edit", NULL);
  popover = find (fixture, CC_TYPE_CELL_POPOVER, NULL);
  g_assert_true (gtk_widget_get_visible (popover));
  app_test_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), <,
                     gtk_adjustment_get_upper (adjustment)
                         - gtk_adjustment_get_page_size (adjustment));
  gtk_popover_popdown (GTK_POPOVER (popover));
  app_test_settle ();
}

static gboolean
has_form_answer (gpointer user_data)
{
  CcAnswerBook *book = cc_answer_view_get_book (get_answer (user_data));

  return book != NULL && cc_answer_book_find_typed (book, CC_ANSWER_FORM, "institution") != NULL;
}

/* A box of the cover is kept for the next time. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  GtkWidget           *row;
  const CcAnswerTyped *typed;

  app_test_wait (has_questionnaires, fixture);
  cc_page_open_target (fixture->page, "questionnaire:ecowas-tip");
  app_test_wait (is_counted, fixture);
  app_test_settle ();
  row = find (fixture, ADW_TYPE_ENTRY_ROW, "Institution");
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "Ministry of Justice");
  g_signal_emit_by_name (row, "apply");
  app_test_wait (has_form_answer, fixture);
  typed = cc_answer_book_find_typed (cc_answer_view_get_book (get_answer (fixture)), CC_ANSWER_FORM,
                                     "institution");
  g_assert_cmpstr (typed->value, ==, "Ministry of Justice");

  row = find (fixture, ADW_TYPE_ENTRY_ROW, "Date (year-month-day)");
  gtk_editable_set_text (GTK_EDITABLE (row), "next Monday");
  g_signal_emit_by_name (row, "apply");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "2024-02");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "31/02/2024");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "Date: Write the date as 2024-02-28");
}

static gboolean
has_email (gpointer user_data)
{
  CcAnswerBook *book = cc_answer_view_get_book (get_answer (user_data));

  return book != NULL && cc_answer_book_find_typed (book, CC_ANSWER_FORM, "email") != NULL;
}

/* Leaving a box keeps what stands in it; what cannot be kept is still there afterwards. */
static void
test_leave_form (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  app_test_wait (has_questionnaires, fixture);
  cc_page_open_target (fixture->page, "questionnaire:ecowas-tip");
  app_test_wait (is_counted, fixture);
  app_test_settle ();
  row = find (fixture, ADW_TYPE_ENTRY_ROW, "Date (year-month-day)");
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "31/02/2024");
  row = find (fixture, ADW_TYPE_ENTRY_ROW, "E-mail");
  g_assert_nonnull (row);
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "office@example.org");
  cc_answer_view_show_checks (get_answer (fixture));
  app_test_wait (has_email, fixture);
  cc_answer_view_show_table (get_answer (fixture), "V1", NULL);
  g_signal_emit_by_name (find (fixture, g_type_from_name ("CcSheetTabs"), NULL), "chosen", 0u);
  app_test_settle ();
  row = find (fixture, ADW_TYPE_ENTRY_ROW, "Date: Write the date as 2024-02-28");
  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "31/02/2024");
}

/* The tab, the sentence and the list count the same rows. */
static void
test_check_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;
  g_autofree char *doubts = NULL;
  CcAnswerBook    *book;
  guint            n_errors, n_warnings, n_places;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  book = cc_answer_view_get_book (get_answer (fixture));
  checks = cc_answer_book_list_checks (book, "en");
  n_errors = cc_check_groups_count (checks, CC_CHECKS_ERRORS);
  n_warnings = cc_check_groups_count (checks, CC_CHECKS_WARNINGS);
  n_places = cc_check_groups_count_places (checks, CC_CHECKS_WARNINGS);
  g_assert_cmpuint (n_warnings, <=, n_places);
  for (guint i = 0; i < checks->len; i++)
    if (cc_check_groups_section (checks->pdata[i]) == CC_CHECKS_WARNINGS)
      g_assert_cmpint (((CcAnswerCheck *) checks->pdata[i])->severity, ==, CC_SEVERITY_WARNING);
  if (n_errors + n_warnings > 0)
    {
      g_autofree char *tab = g_strdup_printf ("Checks: %u", n_errors > 0 ? n_errors : n_warnings);

      g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, tab));
    }
  /* An empty cover is asked about before the workbook leaves. */
  doubts = cc_questionnaire_export_find_doubts (book, "en");
  g_assert_nonnull (strstr (doubts, "boxes of the cover are empty"));
  g_assert_nonnull (strstr (doubts, "Institution"));
}

/* The public gets no copy with small cells, and the page says why. */
static void
test_public (Fixture *fixture, gconstpointer data)
{
  CcQuestionnaireOptions *options;
  g_autoptr (CcQuestionnaireChoice) choice = NULL;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  g_assert_null (cc_answer_view_get_refusal (get_answer (fixture)));
  options = CC_QUESTIONNAIRE_OPTIONS (find (fixture, CC_TYPE_QUESTIONNAIRE_OPTIONS, NULL));
  choice = cc_questionnaire_choice_copy (cc_questionnaire_options_get (options));
  choice->audience = CC_AUDIENCE_PUBLIC;
  cc_questionnaire_options_set (options, choice);
  g_signal_emit_by_name (options, "changed");
  app_test_settle ();
  g_assert_nonnull (cc_answer_view_get_refusal (get_answer (fixture)));
  g_assert_false (can_export (fixture));
  g_assert_nonnull (cc_answer_view_get_book (get_answer (fixture)));
}

/* A sheet in Arabic runs from right to left in an English window. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  CcQuestionnaireOptions *options;
  g_autoptr (CcQuestionnaireChoice) choice = NULL;

  open_table (fixture, "questionnaire:ecowas-tip/V1");
  options = CC_QUESTIONNAIRE_OPTIONS (find (fixture, CC_TYPE_QUESTIONNAIRE_OPTIONS, NULL));
  choice = cc_questionnaire_choice_copy (cc_questionnaire_options_get (options));
  choice->language = "ar";
  cc_questionnaire_options_set (options, choice);
  g_signal_emit_by_name (options, "changed");
  g_assert_null (cc_answer_view_get_book (get_answer (fixture)));
  app_test_wait (is_counted, fixture);
  cc_answer_view_show_table (get_answer (fixture), "V1", NULL);
  app_test_settle ();
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (get_sheet (fixture))), ==,
                   GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (fixture->window), ==, GTK_TEXT_DIR_LTR);
}

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
assert_named (GtkWidget *widget)
{
  if (gtk_widget_get_mapped (widget) && gtk_widget_get_focusable (widget)
      && (CC_IS_SHEET_CELL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget)
          || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_SPIN_BUTTON (widget))
      && !(GTK_IS_TOGGLE_BUTTON (widget) && GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
      && !is_named (widget))
    g_error ("%s “%s” has no accessible name", G_OBJECT_TYPE_NAME (widget),
             gtk_widget_get_name (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  app_test_wait (has_questionnaires, fixture);
  assert_named (fixture->window);
  open_table (fixture, "questionnaire:ecowas-tip/V1");
  assert_named (fixture->window);
  cc_answer_view_show_checks (get_answer (fixture));
  app_test_settle ();
  assert_named (fixture->window);
  g_assert_null (cc_answer_view_get_part (get_answer (fixture)));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/questionnaires/home", test_home);
  ADD ("/app/questionnaires/sheet", test_sheet);
  ADD ("/app/questionnaires/typing", test_typing);
  ADD ("/app/questionnaires/typing-out-of-view", test_typing_out_of_view);
  ADD ("/app/questionnaires/keys-before-frame", test_keys_before_frame);
  ADD ("/app/questionnaires/form", test_form);
  ADD ("/app/questionnaires/leave-form", test_leave_form);
  ADD ("/app/questionnaires/check-groups", test_check_groups);
  ADD ("/app/questionnaires/public", test_public);
  ADD ("/app/questionnaires/right-to-left", test_right_to_left);
  ADD ("/app/questionnaires/names", test_names);
  return g_test_run ();
}
