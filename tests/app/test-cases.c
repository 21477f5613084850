/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cases/cc-cases-page.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-details-pane.h"
#include "cases/cc-filter-popover.h"
#include "cases/cc-record-grid.h"
#include "cases/cc-record-view.h"
#include "cases/cc-text-cell.h"
#include "cc-window.h"
#include "widgets/cc-lazy-item.h"

#include <string.h>

typedef struct
{
  AppTest   base;
  CcWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->window = cc_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_tear_down (&fixture->base, data);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  GtkWidget *page = app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_CASES_PAGE, NULL);

  return page != NULL ? app_test_find (page, type, text) : NULL;
}

static gboolean
is_unlocked (gpointer user_data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (user_data), "page");
}

/* Each unit has a table of its own; others wait behind the one that is seen. */
static GtkColumnView *
get_table (Fixture *fixture)
{
  GtkWidget *view = find (fixture, CC_TYPE_RECORD_VIEW, NULL);
  GtkWidget *grid =
      view != NULL ? gtk_stack_get_visible_child (GTK_STACK (adw_bin_get_child (ADW_BIN (view))))
                   : NULL;

  return grid != NULL ? GTK_COLUMN_VIEW (app_test_find (grid, GTK_TYPE_COLUMN_VIEW, NULL)) : NULL;
}

static GtkSelectionModel *
get_lines (Fixture *fixture)
{
  return gtk_column_view_get_model (get_table (fixture));
}

static guint
count_lines (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_lines (fixture)));
}

typedef struct
{
  Fixture *fixture;
  guint    n;
} Lines;

static gboolean
has_lines (gpointer user_data)
{
  const Lines *lines = user_data;

  return get_table (lines->fixture) != NULL && count_lines (lines->fixture) == lines->n;
}

static void
wait_for_lines (Fixture *fixture, guint n)
{
  Lines lines = { fixture, n };

  app_test_wait (has_lines, &lines);
}

typedef struct
{
  Fixture    *fixture;
  const char *text;
} Text;

static gboolean
has_label (gpointer user_data)
{
  const Text *text = user_data;

  return find (text->fixture, GTK_TYPE_LABEL, text->text) != NULL
         || find (text->fixture, CC_TYPE_TEXT_CELL, text->text) != NULL;
}

static void
wait_for_label (Fixture *fixture, const char *label)
{
  Text text = { fixture, label };

  app_test_wait (has_label, &text);
}

static void
go (Fixture *fixture, const char *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "go",
                                  g_variant_new ("(ss)", "cases", target));
}

static void
open_cases (Fixture *fixture, const CaseParams *params)
{
  g_autofree char *path = app_test_path (&fixture->base, "senegal.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  case_fixture_write (path, params);
  cc_window_open (fixture->window, file);
  app_test_settle ();
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (is_unlocked, fixture->window);
  go (fixture, "");
}

static gboolean
activate (Fixture *fixture, const char *action, GVariant *parameter)
{
  return gtk_widget_activate_action_variant (find (fixture, CC_TYPE_CASES_PAGE, NULL), action,
                                             parameter);
}

/* All records are there, those looked at are read, and one tells everything about itself. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 1200, .n_pairs = 3, .n_parked = 5 };

  open_cases (fixture, &params);
  wait_for_lines (fixture, 1200);
  wait_for_label (fixture, "1,200 victim records");
  wait_for_label (fixture, "2024-12-05");
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Citizenship"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Senegal"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Decision on victim status"));
}

static void
test_units (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_parked = 5 };

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  g_assert_true (activate (fixture, "cases.unit", g_variant_new_string ("event")));
  wait_for_lines (fixture, 0);
  g_assert_true (activate (fixture, "cases.unit", g_variant_new_string ("parked")));
  wait_for_lines (fixture, 5);
  wait_for_label (fixture, "5 rows set aside");
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "The Row as It Arrived");
}

static void
test_targets (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_pairs = 3, .n_parked = 5 };

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  go (fixture, "entity:police");
  wait_for_lines (fixture, 20);
  wait_for_label (fixture, "20 of 40 victim records");
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, NULL));
  go (fixture, "sign:pair");
  wait_for_lines (fixture, 6);
  go (fixture, "submission:2");
  wait_for_lines (fixture, 20);
  wait_for_label (fixture, "Delivery: victims.xlsx");
  g_assert_true (activate (fixture, "cases.clear", NULL));
  wait_for_lines (fixture, 40);
  go (fixture, "state:parked");
  wait_for_lines (fixture, 5);
  go (fixture, "record:1");
  wait_for_lines (fixture, 40);
  wait_for_label (fixture, "Where It Comes From");
  /* A record that never was changes nothing. */
  go (fixture, "record:99999");
  app_test_settle ();
  g_assert_cmpuint (count_lines (fixture), ==, 40);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40 };
  GtkWidget       *popover;
  GtkWidget       *entry;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  popover = find (fixture, CC_TYPE_FILTER_POPOVER, NULL);
  g_signal_emit_by_name (popover, "chosen", (guint) CC_FACET_YEAR, (gint64) 2024, TRUE);
  wait_for_lines (fixture, 10);
  wait_for_label (fixture, "10 of 40 victim records");
  entry = find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody");
  wait_for_lines (fixture, 0);
  g_assert_true (activate (fixture, "cases.clear", NULL));
  wait_for_lines (fixture, 40);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_true (activate (fixture, "cases.order", g_variant_new_string ("date")));
  g_assert_true (activate (fixture, "cases.descending", NULL));
  wait_for_label (fixture, "2021-01-05");
}

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  GtkWidget *found =
      app_test_find (find (fixture, CC_TYPE_DETAILS_PANE, NULL), GTK_TYPE_BUTTON, action);

  g_assert_nonnull (found);
  return gtk_widget_get_sensitive (found);
}

/* Deleting withdraws: the record leaves the list and can be found among the withdrawn ones. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 10 };
  GtkWidget       *popover;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 10);
  g_assert_false (is_enabled (fixture, "_Delete"));
  gtk_selection_model_select_item (get_lines (fixture), 3, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  g_assert_true (is_enabled (fixture, "_Delete"));
  g_assert_true (activate (fixture, "cases.delete", NULL));
  wait_for_lines (fixture, 9);
  popover = find (fixture, CC_TYPE_FILTER_POPOVER, NULL);
  g_signal_emit_by_name (popover, "chosen", (guint) CC_FACET_STATE, (gint64) 1, TRUE);
  wait_for_lines (fixture, 1);
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "Withdrawn: it is kept, and it does not count.");
  g_assert_false (is_enabled (fixture, "_Delete"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { 0 };

  open_cases (fixture, &params);
  wait_for_label (fixture, "No Records Yet");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "_Import Files"));
}

static void
test_editor (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 10 };
  GtkWidget       *page;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 10);
  page = find (fixture, CC_TYPE_CASES_PAGE, NULL);
  g_assert_false (cc_page_get_can_go_back (CC_PAGE (page)));
  go (fixture, "new");
  g_assert_true (cc_page_get_can_go_back (CC_PAGE (page)));
  g_assert_false (gtk_widget_get_visible (cc_page_get_toolbar (CC_PAGE (page))));
  cc_page_go_back (CC_PAGE (page));
  g_assert_false (cc_page_get_can_go_back (CC_PAGE (page)));
  g_assert_true (gtk_widget_get_visible (cc_page_get_toolbar (CC_PAGE (page))));
}

/* Every line says what its cells say; nothing that takes the focus is without a name. */
static void
assert_named (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (gtk_widget_get_focusable (widget) && gtk_widget_get_mapped (widget)
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && !GTK_IS_LABEL (widget) && !GTK_IS_TEXT (widget) && !GTK_IS_SCROLLED_WINDOW (widget)
      && strcmp (G_OBJECT_TYPE_NAME (widget), "GtkColumnListView") != 0)
    {
      g_test_message ("%s has no name", G_OBJECT_TYPE_NAME (widget));
      g_test_fail ();
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_parked = 5 };

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  wait_for_label (fixture, "2024-12-05");
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  assert_named (find (fixture, CC_TYPE_CASES_PAGE, NULL));
}

/* Tab reaches the units, the search, the tools and the list, in this order, and leaves the list for
 * the pane. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40 };
  GtkWidget       *entry, *view, *pane;
  gboolean         met_list = FALSE, met_pane = FALSE;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  entry = find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL);
  view = GTK_WIDGET (get_table (fixture));
  pane = find (fixture, CC_TYPE_DETAILS_PANE, NULL);
  g_assert_true (activate (fixture, "cases.find", NULL));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), entry));
  for (guint i = 0; i < 12 && !met_pane; i++)
    {
      GtkWidget *focus;

      g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      if (focus == NULL)
        break;
      met_list = met_list || gtk_widget_is_ancestor (focus, view);
      met_pane = gtk_widget_is_ancestor (focus, pane);
      g_assert_true (!met_pane || met_list);
    }
  g_assert_true (met_list);
  g_assert_true (met_pane);
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_parked = 5 };
  int              minimum;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  gtk_selection_model_select_item (get_lines (fixture), 0, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  app_test_settle ();
  gtk_widget_measure (find (fixture, CC_TYPE_CASES_PAGE, NULL), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 350);
}

static gboolean
shows_lines (gpointer user_data)
{
  return gtk_adjustment_get_upper (user_data) > gtk_adjustment_get_page_size (user_data);
}

/* It is shown only after the list has found out how long it is. */
static gboolean
is_seen (gpointer scrollbar)
{
  return gtk_widget_get_opacity (scrollbar) == 1;
}

/* Where lines are read from the right, what shows how far the list goes on is at the left, inside
 * of the window and beside the lines. */
static void
check_scrollbar (Fixture *fixture, GtkTextDirection direction)
{
  const CaseParams params = { .n_victims = 600 };
  const gboolean   rtl = direction == GTK_TEXT_DIR_RTL;
  graphene_rect_t  lines, bar, grid;
  GtkWidget       *scrollbar, *table, *whole, *slider;
  GtkAdjustment   *adjustment;

  gtk_widget_set_direction (GTK_WIDGET (fixture->window), direction);
  gtk_widget_set_default_direction (direction);
  open_cases (fixture, &params);
  wait_for_lines (fixture, 600);
  table = GTK_WIDGET (get_table (fixture));
  whole = gtk_widget_get_ancestor (table, CC_TYPE_RECORD_GRID);
  scrollbar = gtk_widget_get_last_child (
      gtk_widget_get_parent (gtk_widget_get_ancestor (table, GTK_TYPE_SCROLLED_WINDOW)));
  g_assert_true (GTK_IS_SCROLLBAR (scrollbar));
  adjustment = gtk_scrollbar_get_adjustment (GTK_SCROLLBAR (scrollbar));
  app_test_wait (shows_lines, adjustment);
  g_assert_true (adjustment == gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table)));
  g_assert_true (gtk_widget_get_mapped (scrollbar));
  app_test_wait (is_seen, scrollbar);
  g_assert_true (gtk_widget_compute_bounds (scrollbar, whole, &bar));
  g_assert_true (gtk_widget_compute_bounds (table, whole, &lines));
  g_assert_true (gtk_widget_compute_bounds (whole, whole, &grid));
  g_assert_cmpfloat (bar.size.width, >, 0);
  g_assert_cmpfloat (bar.size.height, >, 100);
  g_assert_true (graphene_rect_contains_rect (&grid, &bar));
  /* The part of the list that is seen, also after the list grew. */
  app_test_settle ();
  slider = gtk_widget_get_first_child (
      gtk_widget_get_first_child (gtk_widget_get_first_child (scrollbar)));
  g_assert_cmpint (gtk_widget_get_height (slider), >, 0);
  g_assert_cmpint (gtk_widget_get_height (slider), <=, gtk_widget_get_height (scrollbar) / 10);
  g_assert_cmpfloat (rtl ? bar.origin.x + bar.size.width : lines.origin.x + lines.size.width, <=,
                     rtl ? lines.origin.x : bar.origin.x);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_scrollbar (Fixture *fixture, gconstpointer data)
{
  check_scrollbar (fixture, GTK_TEXT_DIR_LTR);
}

static void
test_scrollbar_rtl (Fixture *fixture, gconstpointer data)
{
  check_scrollbar (fixture, GTK_TEXT_DIR_RTL);
}

static gint64
get_id (Fixture *fixture, guint position)
{
  g_autoptr (CcLazyItem) item =
      g_list_model_get_item (G_LIST_MODEL (get_lines (fixture)), position);

  return item != NULL ? cc_lazy_item_get_id (item) : 0;
}

static guint
get_selected (Fixture *fixture)
{
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (get_lines (fixture)));
}

typedef struct
{
  Fixture *fixture;
  gint64   first; /* id of the first line */
  gboolean other; /* or any but this one */
} First;

static gboolean
is_first (gpointer user_data)
{
  const First *first = user_data;
  const gint64 id = get_id (first->fixture, 0);

  return id != 0 && (id == first->first) != first->other;
}

static void
wait_for_first (Fixture *fixture, gint64 id, gboolean other)
{
  First first = { fixture, id, other };

  app_test_wait (is_first, &first);
}

static void
count_changes (guint *n)
{
  (*n)++;
}

/* Another order: the lines stay and show other records; what is selected is a record, wherever its
 * line is then. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40 };
  gint64           record, first;
  guint            n_changes = 0;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 40);
  wait_for_label (fixture, "2024-12-05");
  gtk_selection_model_select_item (get_lines (fixture), 3, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  record = get_id (fixture, 3);
  first = get_id (fixture, 0);
  g_signal_connect_swapped (get_lines (fixture), "items-changed", G_CALLBACK (count_changes),
                            &n_changes);
  g_assert_true (activate (fixture, "cases.descending", NULL));
  wait_for_first (fixture, first, TRUE);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpuint (get_selected (fixture), >, 3);
  g_assert_cmpint (get_id (fixture, get_selected (fixture)), ==, record);
  g_assert_true (is_enabled (fixture, "_Delete"));
  g_assert_true (activate (fixture, "cases.descending", NULL));
  wait_for_first (fixture, first, FALSE);
  g_assert_cmpuint (get_selected (fixture), ==, 3);
}

/* What is deleted is the selected record alone, and the line that takes its place is not selected.
 */
static void
test_delete_one (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 10 };
  gint64           record, next;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 10);
  gtk_selection_model_select_item (get_lines (fixture), 3, TRUE);
  wait_for_label (fixture, "Where It Comes From");
  record = get_id (fixture, 3);
  next = get_id (fixture, 4);
  g_assert_true (activate (fixture, "cases.delete", NULL));
  wait_for_lines (fixture, 9);
  g_assert_cmpint (get_id (fixture, 3), ==, next);
  g_assert_cmpuint (get_selected (fixture), ==, GTK_INVALID_LIST_POSITION);
  g_assert_false (is_enabled (fixture, "_Delete"));
  for (guint i = 0; i < 9; i++)
    g_assert_cmpint (get_id (fixture, i), !=, record);
}

/* Long lists grow and shrink in steps, and end where they should. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 1200, .n_pairs = 3 };
  g_autofree char *target = NULL;
  gint64           last;
  guint            n_changes = 0;

  open_cases (fixture, &params);
  wait_for_lines (fixture, 1200);
  last = get_id (fixture, 1199);
  target = g_strdup_printf ("record:%" G_GINT64_FORMAT, last);
  g_signal_connect_swapped (get_lines (fixture), "items-changed", G_CALLBACK (count_changes),
                            &n_changes);
  go (fixture, "sign:pair");
  wait_for_lines (fixture, 6);
  g_assert_cmpuint (n_changes, >, 10);
  g_assert_true (activate (fixture, "cases.clear", NULL));
  wait_for_lines (fixture, 1200);
  /* One far down, before the list has grown so far. */
  go (fixture, "sign:pair");
  wait_for_lines (fixture, 6);
  go (fixture, target);
  wait_for_lines (fixture, 1200);
  wait_for_label (fixture, "Where It Comes From");
  g_assert_cmpint (get_id (fixture, get_selected (fixture)), ==, last);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/cases/list", test_list);
  ADD ("/app/cases/units", test_units);
  ADD ("/app/cases/targets", test_targets);
  ADD ("/app/cases/filters", test_filters);
  ADD ("/app/cases/delete", test_delete);
  ADD ("/app/cases/delete-one", test_delete_one);
  ADD ("/app/cases/selection", test_selection);
  ADD ("/app/cases/steps", test_steps);
  ADD ("/app/cases/empty", test_empty);
  ADD ("/app/cases/editor", test_editor);
  ADD ("/app/cases/names", test_names);
  ADD ("/app/cases/tab", test_tab);
  ADD ("/app/cases/narrow", test_narrow);
  ADD ("/app/cases/scrollbar", test_scrollbar);
  ADD ("/app/cases/scrollbar-rtl", test_scrollbar_rtl);
  return g_test_run ();
}
