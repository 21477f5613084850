/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-window.h"
#include "editor/cc-case-editor-private.h"
#include "editor/cc-field-row.h"
#include "history/cc-history-page.h"
#include "overview/cc-overview-page.h"
#include "overview/cc-overview-texts.h"
#include "present/cc-toast.h"
#include "shell/cc-shell.h"
#include "tables/cc-tables-page.h"
#include "widgets/cc-chart-view.h"
#include "widgets/cc-figure-row.h"

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
  return app_test_find (GTK_WIDGET (fixture->window), type, text);
}

static gboolean
is_counted (gpointer user_data)
{
  GtkWidget *row = find (user_data, CC_TYPE_FIGURE_ROW, "Questions about duplicates");

  return row != NULL && gtk_widget_get_mapped (row);
}

static gboolean
has_charts (gpointer user_data)
{
  GtkWidget *view = find (user_data, CC_TYPE_CHART_VIEW, NULL);

  return view != NULL && cc_chart_view_get_chart (CC_CHART_VIEW (view)) != NULL;
}

static void
open_case (Fixture *fixture, const CaseParams *params)
{
  g_autofree char *path = app_test_path (&fixture->base, "senegal 2024.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  case_fixture_write (path, params);
  cc_window_open (fixture->window, file);
  g_assert_true (cc_window_shows (fixture->window, file));
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (is_counted, fixture);
}

/* A file that is called as its country says so once. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };
  CcShell         *shell;
  GtkWidget       *label;
  g_autofree char *country = NULL;
  g_autofree char *lower = NULL;

  open_case (fixture, &params);
  shell = CC_SHELL (find (fixture, CC_TYPE_SHELL, NULL));
  label = find (fixture, GTK_TYPE_LABEL, "senegal 2024");
  g_assert_true (gtk_widget_get_visible (label));
  country = cc_session_dup_country (cc_window_get_session (fixture->window));
  lower = g_utf8_strdown (country, -1);
  cc_shell_set_session (shell, cc_window_get_session (fixture->window), lower);
  g_assert_false (gtk_widget_get_visible (label));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, country));
}

static const char *
get_figure (Fixture *fixture, const char *title)
{
  return cc_figure_row_get_figure (CC_FIGURE_ROW (find (fixture, CC_TYPE_FIGURE_ROW, title)));
}

/* The figures of the page are those of the file. */
static void
test_figures (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 1200, .n_pairs = 3, .n_parked = 5 };
  GtkWidget       *number;

  open_case (fixture, &params);
  number = find (fixture, GTK_TYPE_LABEL, "1,200");
  g_assert_nonnull (number);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "1,200 persons");
  g_assert_nonnull (
      find (fixture, GTK_TYPE_LABEL, "Between 1,197 and 1,200, depending on 3 undecided pairs."));
  g_assert_nonnull (
      find (fixture, GTK_TYPE_LABEL, "Counted from 1,200 victim records of 2 sources."));
  g_assert_cmpstr (get_figure (fixture, "Questions about duplicates"), ==, "3");
  g_assert_cmpstr (get_figure (fixture, "Rows set aside"), ==, "5");
  g_assert_cmpstr (get_figure (fixture, "Findings of the checks"), ==, "3");
  g_assert_cmpstr (get_figure (fixture, "National Police"), ==, "1 of 2 missing");
  g_assert_cmpstr (get_figure (fixture, "Clinics of the North"), ==, "1 of 2 missing");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "3 of 6 expected deliveries are here."));
  app_test_wait (has_charts, fixture);
}

/* Pairs that lost a record are asked about no more. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 20, .n_pairs = 5, .n_withdrawn = 2 };

  open_case (fixture, &params);
  g_assert_cmpstr (get_figure (fixture, "Questions about duplicates"), ==, "3");
}

/* Titles carry the country, never the path or the name of the file. */
static void
test_title (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Casecount");
  open_case (fixture, &params);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Senegal – Casecount");
}

static void
test_practice (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2, .practice = TRUE };

  g_assert_null (find (fixture, CC_TYPE_SHELL, NULL));
  open_case (fixture, &params);
  g_assert_true (gtk_widget_has_css_class (find (fixture, CC_TYPE_SHELL, NULL), "practice"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "Senegal (training) – Casecount");
}

/* An empty file says what to do first. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { 0 };

  open_case (fixture, &params);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "No victim records yet."));
}

/* Actions that need a case file are disabled without one. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  static const char *const of_case_file[] = { "go",   "page",    "refresh", "toggle-sidebar",
                                              "undo", "undo-act" };
  const CaseParams         params = { .n_victims = 2 };
  GActionGroup            *actions = G_ACTION_GROUP (fixture->window);

  g_assert_true (g_action_group_get_action_enabled (actions, "open"));
  g_assert_true (g_action_group_get_action_enabled (actions, "show-menu"));
  for (guint i = 0; i < G_N_ELEMENTS (of_case_file); i++)
    g_assert_false (g_action_group_get_action_enabled (actions, of_case_file[i]));
  open_case (fixture, &params);
  for (guint i = 0; i < G_N_ELEMENTS (of_case_file); i++)
    g_assert_true (g_action_group_get_action_enabled (actions, of_case_file[i]));
  g_action_group_activate_action (actions, "refresh", NULL);
  app_test_wait (is_counted, fixture);
}

static gboolean
offers_undo (gpointer user_data)
{
  GtkWidget *button = find (user_data, GTK_TYPE_BUTTON, "_Undo");

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
offers_nothing (gpointer user_data)
{
  return find (user_data, GTK_TYPE_BUTTON, "_Undo") == NULL;
}

/* What was done in a case file is not offered to be undone when it is closed. A toast stays for 8
 * seconds by itself. */
static void
test_toast (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };
  gint64           closed;

  open_case (fixture, &params);
  cc_present_undo (find (fixture, CC_TYPE_SHELL, NULL), "Something was done", 1);
  app_test_wait (offers_undo, fixture);
  closed = g_get_monotonic_time ();
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "close-file", NULL);
  app_test_wait (offers_nothing, fixture);
  g_assert_cmpint (g_get_monotonic_time () - closed, <, 6 * G_USEC_PER_SEC);
}

static gboolean
is_asked_for (gpointer title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_widget_get_mapped (l->data) && g_strcmp0 (gtk_window_get_title (l->data), title) == 0)
      return TRUE;
  return FALSE;
}

static void
open_here (Fixture *fixture, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", page);
  app_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-here", NULL);
}

/* The key for opening chooses what the page takes: lists on Import, elsewhere a case file. */
static void
test_open_lists (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };

  open_case (fixture, &params);
  open_here (fixture, "import");
  app_test_wait (is_asked_for, (gpointer) "Choose Spreadsheets");
  g_assert_false (is_asked_for ((gpointer) "Bring In a Case File"));
}

static void
test_open_case (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };

  open_case (fixture, &params);
  open_here (fixture, "overview");
  app_test_wait (is_asked_for, (gpointer) "Bring In a Case File");
}

/* Counts again each time it is asked, also while it still counts; closing meanwhile is safe. */
static void
test_refresh_twice (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 50, .n_pairs = 2 };

  open_case (fixture, &params);
  for (guint i = 0; i < 5; i++)
    g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "refresh", NULL);
  app_test_wait (is_counted, fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "refresh", NULL);
}

/* A window never needs more than 360 pixels. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 60, .n_pairs = 2 };
  int              minimum;

  open_case (fixture, &params);
  app_test_wait (has_charts, fixture);
  app_test_settle ();
  gtk_widget_measure (find (fixture, CC_TYPE_SHELL, NULL), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static CcCaseEditor *
find_editor (Fixture *fixture)
{
  return CC_CASE_EDITOR (find (fixture, CC_TYPE_CASE_EDITOR, NULL));
}

static gboolean
is_editing (gpointer user_data)
{
  CcCaseEditor *editor = find_editor (user_data);

  return editor != NULL && editor->unit != NULL;
}

static void
type_name (Fixture *fixture, const char *name)
{
  CcFieldRow *row;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "(ss)", "cases", "new");
  app_test_wait (is_editing, fixture);
  row = cc_unit_form_find_row (find_editor (fixture)->form, "X_VI_ID_FAMILY");
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (app_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL)),
                         name);
  app_test_settle ();
  g_assert_true (cc_case_editor_is_dirty (find_editor (fixture)));
}

static GtkWindow *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static void
answer (const char *response)
{
  g_assert_nonnull (find_question ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), response);
  gtk_window_destroy (find_question ());
  app_test_settle ();
}

static void
count_call (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static gboolean
is_called (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* What was typed is not lost by closing or locking: one is asked, and may stay. */
static void
test_unsaved (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 3 };
  guint            n = 0;

  open_case (fixture, &params);
  g_assert_false (cc_window_ask_unsaved (fixture->window, count_call, &n));
  type_name (fixture, "Diallo");
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("keep");
  g_assert_true (cc_case_editor_is_dirty (find_editor (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-file", NULL);
  answer ("keep");
  g_assert_nonnull (find (fixture, CC_TYPE_SHELL, NULL));

  /* From another page, too: the form is shown again. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", "overview");
  g_assert_true (cc_window_ask_unsaved (fixture->window, count_call, &n));
  g_assert_cmpstr (cc_window_get_page (fixture->window), ==, "cases");
  answer ("keep");
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (cc_window_ask_unsaved (fixture->window, count_call, &n));
  answer ("save");
  app_test_wait (is_called, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (cc_window_ask_unsaved (fixture->window, count_call, &n));
}

static gboolean
is_kept (gpointer user_data)
{
  return cc_window_get_kept (((Fixture *) user_data)->window) == CC_KEPT_ALL;
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 3 };

  open_case (fixture, &params);
  type_name (fixture, "Diallo");
  cc_window_keep_unsaved (fixture->window);
  g_assert_cmpint (cc_window_get_kept (fixture->window), ==, CC_KEPT_BUSY);
  app_test_wait (is_kept, fixture);
  g_assert_nonnull (cc_kept_describe (CC_KEPT_ALL));
}

static GtkWidget *
find_save_button (Fixture *fixture)
{
  GtkWidget *page = find (fixture, CC_TYPE_TABLES_PAGE, NULL);

  return page == NULL
             ? NULL
             : app_test_find (cc_page_get_toolbar (CC_PAGE (page)), GTK_TYPE_MENU_BUTTON, NULL);
}

static gboolean
offers_formats (gpointer user_data)
{
  GtkWidget *button = find_save_button (user_data);

  if (button == NULL)
    return FALSE;
  gtk_widget_activate_action (find (user_data, CC_TYPE_TABLES_PAGE, NULL), "tables.save-menu",
                              NULL);
  return gtk_widget_get_visible (
      GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))));
}

/* The key for saving shows what the button in the header bar shows. */
static void
test_save_table (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 20 };

  open_case (fixture, &params);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "(ss)", "tables",
                              "figure:table:by-year");
  app_test_wait (offers_formats, fixture);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_save_button (fixture)));
}

typedef struct
{
  Fixture *fixture;
  GType    type;
} Visit;

static gboolean
is_there (gpointer user_data)
{
  const Visit *self = user_data;
  GtkWidget   *page = find (self->fixture, self->type, NULL);

  return page != NULL && gtk_widget_get_mapped (page);
}

/* The button of a page that is left and shown again still works. */
static void
test_buttons_come_back (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 5 };
  Visit            history = { fixture, CC_TYPE_HISTORY_PAGE };
  Visit            overview = { fixture, CC_TYPE_OVERVIEW_PAGE };

  open_case (fixture, &params);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *button;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", "history");
      app_test_wait (is_there, &history);
      app_test_settle ();
      button =
          app_test_find (cc_page_get_toolbar (CC_PAGE (find (fixture, CC_TYPE_HISTORY_PAGE, NULL))),
                         GTK_TYPE_BUTTON, NULL);
      g_assert_true (gtk_widget_is_sensitive (button));
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", "overview");
      app_test_wait (is_there, &overview);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/window/figures", test_figures);
  ADD ("/app/window/withdrawn", test_withdrawn);
  ADD ("/app/window/title", test_title);
  ADD ("/app/window/names", test_names);
  ADD ("/app/window/practice", test_practice);
  ADD ("/app/window/empty", test_empty);
  ADD ("/app/window/actions", test_actions);
  ADD ("/app/window/toast", test_toast);
  ADD ("/app/window/open-lists", test_open_lists);
  ADD ("/app/window/open-case", test_open_case);
  ADD ("/app/window/refresh-twice", test_refresh_twice);
  ADD ("/app/window/narrow", test_narrow);
  ADD ("/app/window/unsaved", test_unsaved);
  ADD ("/app/window/keep", test_keep);
  ADD ("/app/window/buttons-come-back", test_buttons_come_back);
  ADD ("/app/window/save-table", test_save_table);
  return g_test_run ();
}
