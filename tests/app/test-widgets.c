/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "overview/cc-overview-page.h"
#include "shell/cc-pages.h"
#include "shell/cc-shell.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"
#include "widgets/cc-chart-card.h"
#include "widgets/cc-chart-table.h"
#include "widgets/cc-chart-view.h"
#include "widgets/cc-columns.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-range-bar.h"
#include "widgets/cc-scroll.h"
#include "widgets/cc-suggestion.h"
#include "widgets/cc-tip.h"

static CcChart *
create_chart (void)
{
  CcChart       *chart = cc_chart_new (CC_CHART_STACKED_COLUMNS);
  CcChartSeries *women, *men;

  chart->title = g_strdup ("Victims by year and sex");
  chart->alt_text = g_strdup ("Twelve women and three men in two years.");
  chart->hidden = g_strdup ("<5");
  chart->missing = g_strdup ("not known");
  chart->group = g_strdup (",");
  cc_chart_add_category (chart, "2023");
  cc_chart_add_category (chart, "2024");
  women = cc_chart_add_series (chart, "Women", 0);
  men = cc_chart_add_series (chart, "Men", 1);
  women->points[0] = (CcPoint){ CC_POINT_VALUE, 1200 };
  women->points[1] = (CcPoint){ CC_POINT_VALUE, 7 };
  men->points[0] = (CcPoint){ CC_POINT_VALUE, 3 };
  men->points[1] = (CcPoint){ CC_POINT_HIDDEN, 0 };
  return chart;
}

/* Every template class can be built from its resource and leaves nothing behind. */
static void
test_templates (void)
{
  const GType types[] = {
    CC_TYPE_START_PAGE, CC_TYPE_UNLOCK_PAGE, CC_TYPE_OVERVIEW_PAGE, CC_TYPE_SHELL,
    CC_TYPE_CHART_CARD, CC_TYPE_CHART_TABLE, CC_TYPE_CHART_VIEW,    CC_TYPE_COLUMNS,
    CC_TYPE_FIGURE_ROW, CC_TYPE_RANGE_BAR,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_test_message ("%s", g_type_name (types[i]));
      g_assert_true (GTK_IS_WIDGET (widget));
      g_assert_finalize_object (widget);
    }
}

static GtkListBox *
find_sidebar (GtkWidget *root)
{
  if (GTK_IS_LIST_BOX (root) && gtk_widget_has_css_class (root, "navigation-sidebar"))
    return GTK_LIST_BOX (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkListBox *found = find_sidebar (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The sidebar offers the pages that exist and no other, each reachable by its action. */
static void
test_sidebar (void)
{
  CcShell    *shell = g_object_ref_sink (g_object_new (CC_TYPE_SHELL, NULL));
  GtkListBox *list = find_sidebar (GTK_WIDGET (shell));

  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) i);

      g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.page");
      g_assert_true (cc_shell_show_page (shell, cc_pages_get (i)->name));
      g_assert_cmpstr (cc_shell_get_page (shell), ==, cc_pages_get (i)->name);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           cc_pages_get (i)->title);
    }
  g_assert_null (gtk_list_box_get_row_at_index (list, (int) cc_pages_get_n ()));
  g_assert_false (cc_shell_show_page (shell, "no such page"));
  g_assert_finalize_object (shell);
}

static void
test_chart_view (void)
{
  CcChartView *view = g_object_ref_sink (cc_chart_view_new ());
  int          at_300, at_600, minimum;

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 300, &at_300, NULL, NULL, NULL);
  g_assert_cmpint (at_300, ==, 0);

  cc_chart_view_set_chart (view, create_chart ());
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Victims by year and sex");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Twelve women and three men in two years.");
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 300, &at_300, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 600, &at_600, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (at_300, >, 100);
  g_assert_cmpint (at_600, >, 100);
  g_assert_cmpint (minimum, <=, 300);
  g_assert_finalize_object (view);
}

/* The card changes between the chart and its table by one named action. */
static void
test_chart_card (void)
{
  GtkWindow    *window = GTK_WINDOW (gtk_window_new ());
  CcChartCard  *card = cc_chart_card_new ();
  CcChartTable *table;

  gtk_window_set_child (window, GTK_WIDGET (card));
  /* Without figures there is no table. */
  gtk_widget_activate_action (GTK_WIDGET (card), "chart.show-table", NULL);
  g_assert_false (cc_chart_card_get_show_table (card));
  cc_chart_card_set_chart (card, create_chart ());
  table = CC_CHART_TABLE (app_test_find (GTK_WIDGET (card), CC_TYPE_CHART_TABLE, NULL));
  g_assert_cmpuint (cc_chart_table_get_n_rows (table), ==, 2);
  g_assert_false (cc_chart_card_get_show_table (card));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (card), "chart.show-table", NULL));
  g_assert_true (cc_chart_card_get_show_table (card));
  gtk_window_present (window);
  app_test_settle ();
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (table)));
  /* The figures of the chart, with its thousands sign, hidden cell and totals. */
  g_assert_nonnull (app_test_find (GTK_WIDGET (table), GTK_TYPE_LABEL, "1,200"));
  g_assert_nonnull (app_test_find (GTK_WIDGET (table), GTK_TYPE_LABEL, "1,203"));
  g_assert_nonnull (app_test_find (GTK_WIDGET (table), GTK_TYPE_LABEL, "<5"));
  gtk_window_destroy (window);
}

static void
test_figure_row (void)
{
  CcFigureRow *row = g_object_ref_sink (cc_figure_row_new ("Rows set aside"));

  cc_figure_row_set (row, "12", "They are kept.", TRUE);
  g_assert_cmpstr (cc_figure_row_get_figure (row), ==, "12");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "They are kept.");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Rows set aside: 12");
  cc_figure_row_set (row, "0", NULL, FALSE);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "They are kept.");
  g_assert_finalize_object (row);
}

/* Two columns where they fit, one where they do not, and mirrored from right to left. */
static void
test_columns (void)
{
  CcColumns *columns = g_object_ref_sink (g_object_new (CC_TYPE_COLUMNS, NULL));
  GtkWidget *first = gtk_drawing_area_new ();
  GtkWidget *second = gtk_drawing_area_new ();
  int        wide, narrow;

  gtk_widget_set_size_request (first, 100, 50);
  gtk_widget_set_size_request (second, 100, 70);
  cc_columns_append (columns, first);
  cc_columns_append (columns, second);
  gtk_widget_measure (GTK_WIDGET (columns), GTK_ORIENTATION_VERTICAL, 1200, &wide, NULL, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (columns), GTK_ORIENTATION_VERTICAL, 320, &narrow, NULL, NULL,
                      NULL);
  g_assert_cmpint (wide, ==, 70);
  g_assert_cmpint (narrow, ==, 50 + 24 + 70);
  /* What can grow reaches down to the end of the longest column. */
  gtk_widget_set_vexpand (first, TRUE);
  gtk_widget_size_allocate (GTK_WIDGET (columns), &(GtkAllocation){ 0, 0, 1200, 70 }, -1);
  g_assert_cmpint (gtk_widget_get_allocated_height (first), ==, 70);
  g_assert_cmpint (gtk_widget_get_allocated_height (second), ==, 70);
  cc_columns_clear (columns);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (columns)));
  g_assert_finalize_object (columns);
}

/* Only a name of the other direction is set apart, whatever the direction of the window. */
static void
test_isolate (void)
{
  const GtkTextDirection before = gtk_widget_get_default_direction ();
  g_autofree char       *empty = cc_isolate (NULL);
  g_autofree char       *number = NULL;
  g_autofree char       *latin = NULL;
  g_autofree char       *arabic = NULL;
  g_autofree char       *latin_in_arabic = NULL;
  g_autofree char       *arabic_in_arabic = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  number = cc_isolate ("12");
  latin = cc_isolate ("Shelter");
  arabic = cc_isolate ("خط");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  latin_in_arabic = cc_isolate ("Shelter");
  arabic_in_arabic = cc_isolate ("خط");
  gtk_widget_set_default_direction (before);
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (number, ==, "12");
  g_assert_cmpstr (latin, ==, "Shelter");
  g_assert_cmpstr (arabic, ==, "\342\200\216\342\201\250خط\342\201\251");
  g_assert_cmpstr (latin_in_arabic, ==, "\342\200\217\342\201\250Shelter\342\201\251");
  g_assert_cmpstr (arabic_in_arabic, ==, "خط");
}

static void
add_strings (GtkStringList *list, guint n)
{
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, "line");
}

static void
set_up_line (gpointer factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new ("line"));
}

static gboolean
is_bar_shown (gpointer bar)
{
  return gtk_widget_get_opacity (bar) == 1 && gtk_widget_get_can_target (bar);
}

static gboolean
is_slider_short (gpointer user_data)
{
  GtkWidget *bar = user_data;
  GtkWidget *trough = gtk_widget_get_first_child (gtk_widget_get_first_child (bar));
  GtkWidget *slider = gtk_widget_get_first_child (trough);

  return gtk_widget_get_height (slider) > 0
         && gtk_widget_get_height (slider) < gtk_widget_get_height (bar) / 5;
}

/* The bar follows a list that grows while it is laid out, a frame later at most. */
static void
test_scroll_bar (void)
{
  GtkStringList      *list = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();
  GtkWidget          *window = gtk_window_new ();
  GtkWidget          *view, *box, *bar;
  GtkSelectionModel  *lines;

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_line), NULL);
  lines = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list))));
  view = gtk_list_view_new (lines, factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  box = cc_scroll_new_with_bar (GTK_SCROLLED_WINDOW (scrolled));
  bar = gtk_widget_get_last_child (box);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 400);
  gtk_window_present (GTK_WINDOW (window));
  app_test_settle ();
  g_assert_cmpfloat (gtk_widget_get_opacity (bar), ==, 0);
  g_assert_false (gtk_widget_get_can_target (bar));
  add_strings (list, 60);
  app_test_wait (is_bar_shown, bar);
  add_strings (list, 4000);
  app_test_wait (is_slider_short, bar);
  g_object_unref (list);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A text whose lines are not all of one height, in a row: it needs no more than it is given. */
static void
test_label_width (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  int        height, width;

  g_object_ref_sink (box);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_RTL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_markup (GTK_LABEL (label), "تسرد صفحة الفحوص القيم التي لا يمكن أن تصح معًا. "
                                           "<big>صحّحها أو بيّن لماذا هي صحيحة.</big>");
  gtk_box_append (GTK_BOX (box), label);
  for (int given = 100; given < 500; given++)
    {
      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, given, &height, NULL, NULL, NULL);
      gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, height, &width, NULL, NULL, NULL);
      g_assert_cmpint (width, <=, given);
    }
  g_object_unref (box);
}

/* What lies behind a question tells nothing over it. */
static void
test_tip (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("12");
  GtkWidget *question = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_transient_for (GTK_WINDOW (question), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (question));
  app_test_settle ();
  g_assert_false (cc_tip_is_blocked (label));
  gtk_window_set_modal (GTK_WINDOW (question), TRUE);
  g_assert_true (cc_tip_is_blocked (label));
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_false (cc_tip_is_blocked (label));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
selects_all (gpointer user_data)
{
  int start = 0, end = 0;

  gtk_editable_get_selection_bounds (user_data, &start, &end);
  return start == 0 && end == (int) g_utf8_strlen (gtk_editable_get_text (user_data), -1);
}

/* Whoever types over a suggestion has it replaced, however the focus came; what they typed stays.
 */
static void
test_suggestion (void)
{
  GtkWidget   *window = gtk_window_new ();
  GtkWidget   *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget   *row = adw_entry_row_new ();
  GtkWidget   *other = adw_entry_row_new ();
  GtkEditable *inside = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_box_append (GTK_BOX (list), row);
  gtk_box_append (GTK_BOX (list), other);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (other);
  cc_suggestion_set (GTK_EDITABLE (row), "Bénin");
  app_test_settle ();
  gtk_text_grab_focus_without_selecting (GTK_TEXT (inside));
  gtk_editable_set_position (inside, -1);
  app_test_wait (selects_all, inside);

  gtk_editable_set_text (GTK_EDITABLE (row), "Bénin 2021");
  gtk_widget_grab_focus (other);
  app_test_settle ();
  gtk_text_grab_focus_without_selecting (GTK_TEXT (inside));
  gtk_editable_set_position (inside, -1);
  app_test_settle ();
  g_assert_false (gtk_editable_get_selection_bounds (inside, NULL, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/widgets/templates", test_templates);
  g_test_add_func ("/app/widgets/sidebar", test_sidebar);
  g_test_add_func ("/app/widgets/chart-view", test_chart_view);
  g_test_add_func ("/app/widgets/chart-card", test_chart_card);
  g_test_add_func ("/app/widgets/figure-row", test_figure_row);
  g_test_add_func ("/app/widgets/columns", test_columns);
  g_test_add_func ("/app/widgets/isolate", test_isolate);
  g_test_add_func ("/app/widgets/scroll-bar", test_scroll_bar);
  g_test_add_func ("/app/widgets/label-width", test_label_width);
  g_test_add_func ("/app/widgets/suggestion", test_suggestion);
  g_test_add_func ("/app/widgets/tip", test_tip);
  return g_test_run ();
}
