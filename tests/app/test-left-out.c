/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "overview/cc-overview-page.h"
#include "tables/cc-cell-window.h"
#include "tables/cc-figure-view.h"
#include "tables/cc-tables-page.h"
#include "widgets/cc-figure-row.h"

#include <string.h>

/* The overview counts everybody, tables count whoever has the status and a date in their years:
 * each says of the other how many that leaves out, and why. */

static const CaseParams whole = { .n_victims = 20 };
static const CaseParams gaps = { .n_victims = 20, .n_unclear = 4, .n_undated = 3 };

static void
set_up_overview (PageTest *test, gconstpointer data)
{
  page_test_set_up (test, CC_TYPE_OVERVIEW_PAGE, data);
}

static void
set_up_tables (PageTest *test, gconstpointer data)
{
  page_test_set_up (test, CC_TYPE_TABLES_PAGE, data);
}

static CcFigureRow *
find_row (PageTest *test, const char *title)
{
  GtkWidget *row = app_test_find (test->window, CC_TYPE_FIGURE_ROW, title);

  return row != NULL && gtk_widget_get_mapped (row) ? CC_FIGURE_ROW (row) : NULL;
}

static gboolean
overview_tells (gpointer user_data)
{
  return find_row (user_data, "Persons not in the tables of 2021–2024") != NULL;
}

static const char *
get_reasons (CcFigureRow *row)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

static void
test_overview (PageTest *test, gconstpointer data)
{
  CcFigureRow *row;
  GVariant    *target;

  app_test_wait (overview_tells, test);
  row = find_row (test, "Persons not in the tables of 2021–2024");
  g_assert_cmpstr (cc_figure_row_get_figure (row), ==, "7");
  g_assert_cmpstr (get_reasons (row), ==,
                   "The tables count 13 of these 20 persons: 4 are neither identified nor presumed "
                   "as victims, 3 have no known date.");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.go");
  target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row));
  g_assert_true (
      g_variant_equal (target, g_variant_new_parsed ("('tables', 'left-out:table:by-year')")));
}

static gboolean
is_counted (gpointer user_data)
{
  PageTest     *test = user_data;
  CcFigureView *view = CC_FIGURE_VIEW (app_test_find (test->window, CC_TYPE_FIGURE_VIEW, NULL));

  return !cc_figure_view_is_counting (view) && cc_figure_view_get_figure (view) != NULL;
}

static gboolean
tells_nothing (gpointer user_data)
{
  PageTest *test = user_data;

  return app_test_find (test->window, GTK_TYPE_LABEL, "20") != NULL;
}

/* Where nobody is left out, nothing is said. */
static void
test_overview_whole (PageTest *test, gconstpointer data)
{
  app_test_wait (tells_nothing, test);
  for (guint i = 0; i < 200; i++)
    {
      g_usleep (5000);
      app_test_settle ();
    }
  g_assert_false (overview_tells (test));
}

static CcCellWindow *
find_cell_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (CC_IS_CELL_WINDOW (l->data))
      return l->data;
  return NULL;
}

static gboolean
lists_left_out (gpointer user_data)
{
  CcCellWindow *window = find_cell_window ();
  GtkWidget    *label = window != NULL
                            ? app_test_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Not Counted (7)")
                            : NULL;
  GtkWidget    *list = window != NULL
                           ? app_test_find (GTK_WIDGET (window), GTK_TYPE_LABEL,
                                            "Neither identified nor presumed as a victim: 4\n"
                                               "The date that decides the period is not known: 3")
                           : NULL;

  return label != NULL && list != NULL && gtk_widget_get_mapped (list);
}

/* The other way round, on a chart as on a table, and it leads to them. */
static void
test_tables (PageTest *test, gconstpointer data)
{
  static const char *const figures[] = { "figure:table:by-year", "figure:forms-by-sex" };
  CcFigureRow             *row;

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      cc_page_open_target (test->page, figures[i]);
      app_test_wait (is_counted, test);
      app_test_settle ();
      row = find_row (test, "Persons not in this figure");
      g_assert_nonnull (row);
      g_assert_cmpstr (cc_figure_row_get_figure (row), ==, "7");
      g_assert_cmpstr (get_reasons (row), ==,
                       "The overview counts 20 persons, this figure 13: 4 are neither identified "
                       "nor presumed as victims, 3 have no known date.");
      gtk_widget_activate (GTK_WIDGET (row));
      app_test_wait (lists_left_out, test);
      gtk_window_destroy (GTK_WINDOW (find_cell_window ()));
    }
}

/* The way from the overview. */
static void
test_way (PageTest *test, gconstpointer data)
{
  cc_page_open_target (test->page, "left-out:table:by-year");
  app_test_wait (lists_left_out, test);
  gtk_window_destroy (GTK_WINDOW (find_cell_window ()));
}

static void
test_tables_whole (PageTest *test, gconstpointer data)
{
  cc_page_open_target (test->page, "figure:table:by-year");
  app_test_wait (is_counted, test);
  g_assert_null (find_row (test, "Persons not in this figure"));
}

#define ADD(path, params, set_up, func)                                                            \
  g_test_add (path, PageTest, params, set_up, func, page_test_tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/left-out/overview", &gaps, set_up_overview, test_overview);
  ADD ("/app/left-out/overview-whole", &whole, set_up_overview, test_overview_whole);
  ADD ("/app/left-out/tables", &gaps, set_up_tables, test_tables);
  ADD ("/app/left-out/way", &gaps, set_up_tables, test_way);
  ADD ("/app/left-out/tables-whole", &whole, set_up_tables, test_tables_whole);
  return g_test_run ();
}
