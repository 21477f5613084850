/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "tables/cc-cell-item.h"
#include "tables/cc-cell-window.h"
#include "tables/cc-figure-cells.h"
#include "tables/cc-figure-grid.h"
#include "tables/cc-figure-params.h"
#include "tables/cc-figure-view.h"
#include "tables/cc-gallery-card.h"
#include "tables/cc-table-builder.h"
#include "tables/cc-tables-page.h"
#include "widgets/cc-chart-view.h"

#include <string.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>

/* The page of tables and charts over a case file of 40 victims, half of them of each of two
 * agencies. */

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  CcPage    *page;
  CcSession *session;
} Fixture;

static void
open_page (Fixture *fixture, guint n_victims)
{
  const CaseParams params = { .n_victims = n_victims, .n_pairs = n_victims / 13 };
  g_autofree char *path = app_test_path (&fixture->base, "tables.casecount");
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
  fixture->page = g_object_new (CC_TYPE_TABLES_PAGE, NULL);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_page_set_session (fixture->page, fixture->session);
  cc_page_load (fixture->page);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  open_page (fixture, GPOINTER_TO_UINT (data));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_tear_down (&fixture->base, data);
}

/* With CASECOUNT_KEEP_DIR set a picture of the window stays there, to be looked at. */
static void
keep_picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("CASECOUNT_KEEP_DIR");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  app_test_settle ();
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_build_filename (folder, name, NULL);
  gdk_texture_save_to_png (texture, path);
}

static CcFigureView *
get_view (Fixture *fixture)
{
  return CC_FIGURE_VIEW (app_test_find (fixture->window, CC_TYPE_FIGURE_VIEW, NULL));
}

static CcFigureGrid *
get_grid (Fixture *fixture)
{
  return CC_FIGURE_GRID (app_test_find (fixture->window, CC_TYPE_FIGURE_GRID, NULL));
}

static gboolean
is_counted (gpointer user_data)
{
  CcFigureView *view = get_view (user_data);

  return !cc_figure_view_is_counting (view) && cc_figure_view_get_figure (view) != NULL;
}

static gint64
get_base (Fixture *fixture)
{
  return cc_report_figure_get_base (cc_figure_view_get_figure (get_view (fixture)));
}

static const CcCell *
get_total (Fixture *fixture)
{
  const CcTableResult *result =
      cc_report_figure_get_result (cc_figure_view_get_figure (get_view (fixture)));

  return &result->totals[result->periods->len];
}

static void
open_figure (Fixture *fixture, const char *target)
{
  cc_page_open_target (fixture->page, target);
  app_test_wait (is_counted, fixture);
}

static gboolean
has_cards (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *card = app_test_find (fixture->window, CC_TYPE_GALLERY_CARD, NULL);
  GtkWidget *view = card != NULL ? app_test_find (card, CC_TYPE_CHART_VIEW, NULL) : NULL;

  return view != NULL && cc_chart_view_get_chart (CC_CHART_VIEW (view)) != NULL;
}

/* Cards have small pictures of the file's own figures, and each has a name. */
static void
test_gallery (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card;
  guint      n = 0;

  app_test_wait (has_cards, fixture);
  for (card = app_test_find (fixture->window, CC_TYPE_GALLERY_CARD, NULL); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    {
      g_assert_true (gtk_widget_get_focusable (card));
      n++;
    }
  g_assert_cmpuint (n, ==, 6);
  card = app_test_find (fixture->window, CC_TYPE_GALLERY_CARD, NULL);
  g_assert_cmpstr (cc_gallery_card_get_id (CC_GALLERY_CARD (card)), ==, "victims-by-year-agesex");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Victims of trafficking in persons, by year, sex and age");
  g_assert_nonnull (
      app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Persons prosecuted, by sex and age"));
  g_assert_false (cc_page_get_can_go_back (fixture->page));
  g_signal_emit_by_name (gtk_widget_get_parent (card), "child-activated", card);
  app_test_wait (is_counted, fixture);
  g_assert_cmpint (get_base (fixture), ==, 40);
  g_assert_true (cc_page_get_can_go_back (fixture->page));
  g_assert_cmpstr (cc_page_get_title (fixture->page), ==,
                   "Victims of trafficking in persons, by year, sex and age");
  cc_page_go_back (fixture->page);
  g_assert_false (cc_page_get_can_go_back (fixture->page));
  g_assert_null (cc_page_get_title (fixture->page));
}

static gboolean
is_empty (gpointer user_data)
{
  GtkWidget *status =
      app_test_find (((Fixture *) user_data)->window, ADW_TYPE_STATUS_PAGE, "No Figures Yet");

  return status != NULL && gtk_widget_get_mapped (status);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  app_test_wait (is_empty, fixture);
}

static gboolean
lose_facts (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), "DROP TABLE person_fact", error);
}

static gboolean
says_failure (gpointer user_data)
{
  GtkWidget *status = app_test_find (((Fixture *) user_data)->window, ADW_TYPE_STATUS_PAGE,
                                     "The Figures Could Not Be Loaded");

  return status != NULL && gtk_widget_get_mapped (status);
}

/* What cannot be read is not told as if there were nothing. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_act (cc_session_get_file (fixture->session), "trial", lose_facts,
                                   NULL, NULL, &error));
  g_assert_no_error (error);
  cc_page_refresh (fixture->page);
  app_test_wait (says_failure, fixture);
  g_assert_false (is_empty (fixture));
}

static GtkWidget *
find_check (Fixture *fixture, const char *agency)
{
  GtkWidget *row = app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, agency);

  return app_test_find (row, GTK_TYPE_CHECK_BUTTON, NULL);
}

/* Choosing agencies and years counts anew, and the last result stays meanwhile. */
static void
test_options (Fixture *fixture, gconstpointer data)
{
  GtkWidget    *last_year;
  const CcCell *total;

  open_figure (fixture, "figure:table:by-year");
  g_assert_cmpint (get_base (fixture), ==, 40);
  total = get_total (fixture);
  g_assert_cmpint (total->low, ==, 37);
  g_assert_cmpint (total->high, ==, 40);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (fixture, "National Police")), TRUE);
  g_assert_true (cc_figure_view_is_counting (get_view (fixture)));
  g_assert_cmpint (get_base (fixture), ==, 40);
  app_test_wait (is_counted, fixture);
  g_assert_cmpint (get_base (fixture), ==, 20);
  /* Each open pair has a record of both agencies: joined or not, the police know one of them. */
  total = get_total (fixture);
  g_assert_cmpint (total->low, ==, 20);
  g_assert_cmpint (total->high, ==, 20);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (fixture, "National Police")), FALSE);
  last_year = app_test_find (fixture->window, ADW_TYPE_COMBO_ROW, "Last year");
  adw_combo_row_set_selected (ADW_COMBO_ROW (last_year), 0);
  app_test_wait (is_counted, fixture);
  g_assert_cmpint (get_base (fixture), ==, 10);
}

static const char *
get_text (GtkWidget *cell)
{
  return gtk_label_get_label (GTK_LABEL (app_test_find (cell, GTK_TYPE_LABEL, NULL)));
}

static guint
count_lines (GtkWidget *cell)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (cell));
  guint      n = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (box); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    n++;
  return n;
}

/* Cells have names, say what they may be, and which part of the whole they are. */
static void
test_grid (Fixture *fixture, gconstpointer data)
{
  const CcTableResult *result;
  CcFigureGrid        *grid;
  GtkWidget           *total, *share, *ranges;
  guint                row, col;
  const char          *part = "Identified, All years: 30; 75.0%";
  const char          *whole = "Total, All years: 40; 37 to 40; 100.0%";

  open_figure (fixture, "figure:table:by-status");
  grid = get_grid (fixture);
  result = cc_report_figure_get_result (cc_figure_view_get_figure (get_view (fixture)));
  row = result->rows->len - 1;
  col = result->cols->len - 1;
  total = cc_figure_grid_get_cell (grid, row, col);
  g_assert_cmpstr (get_text (total), ==, "40");
  g_assert_cmpuint (count_lines (total), ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (total), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Total, All years: 40");
  g_assert_null (cc_figure_grid_get_cell (grid, row + 1, 0));
  share = app_test_find (fixture->window, ADW_TYPE_COMBO_ROW, "Percentages");
  adw_combo_row_set_selected (ADW_COMBO_ROW (share), CC_SHARE_OF_COLUMN);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (cc_figure_grid_get_cell (grid, 0, col)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, part);
  ranges =
      app_test_find (app_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Lowest and highest"),
                     GTK_TYPE_SWITCH, NULL);
  gtk_switch_set_active (GTK_SWITCH (ranges), TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (cc_figure_grid_get_cell (grid, row, col)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, whole);
  g_assert_cmpuint (count_lines (cc_figure_grid_get_cell (grid, row, col)), ==, 3);
  keep_picture (fixture->window, "grid.png");
}

/* Tab comes to the table once and leaves it; arrows walk in it, and stop at its edges. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  CcFigureGrid *grid;
  GtkWidget    *cell;

  open_figure (fixture, "figure:table:by-status");
  app_test_settle ();
  grid = get_grid (fixture);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  cell = cc_figure_grid_get_cell (grid, 0, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == cell);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  gtk_widget_grab_focus (cc_figure_grid_get_cell (grid, 1, 2));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window))
                 == cc_figure_grid_get_cell (grid, 1, 2));
}

static CcCellWindow *
find_cell_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (CC_IS_CELL_WINDOW (link->data))
      return link->data;
  return NULL;
}

static GListModel *
get_list (GtkWidget *window, const char *page)
{
  GtkWidget *switcher = app_test_find (window, GTK_TYPE_STACK_SWITCHER, NULL);
  GtkStack  *lists = gtk_stack_switcher_get_stack (GTK_STACK_SWITCHER (switcher));
  GtkWidget *view =
      app_test_find (gtk_stack_get_child_by_name (lists, page), GTK_TYPE_LIST_VIEW, NULL);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

/* The lines come a few a frame. */
static gboolean
has_records (gpointer user_data)
{
  CcCellWindow *window = find_cell_window ();

  return window != NULL && get_list (GTK_WIDGET (window), "inside") != NULL
         && g_list_model_get_n_items (get_list (GTK_WIDGET (window), "inside")) == 30;
}

/* With text of twice the size it fits a screen of 360 pixels. */
static void
check_narrow (GtkWidget *window)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int          dpi = 0;
  int          width;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  app_test_settle ();
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (width, <=, 360);
}

/* A click on a figure lists who is behind it, and who is not and why. */
static void
test_records (Fixture *fixture, gconstpointer data)
{
  const CcTableResult *result;
  CcCellWindow        *window;
  g_autoptr (CcCellItem) first = NULL;
  g_autoptr (CcCellItem) other = NULL;

  open_figure (fixture, "figure:table:by-status");
  result = cc_report_figure_get_result (cc_figure_view_get_figure (get_view (fixture)));
  g_signal_emit_by_name (cc_figure_grid_get_cell (get_grid (fixture), 0, result->cols->len - 1),
                         "clicked");
  app_test_wait (has_records, fixture);
  window = find_cell_window ();
  g_assert_cmpuint (g_list_model_get_n_items (get_list (GTK_WIDGET (window), "outside")), ==, 10);
  first = g_list_model_get_item (get_list (GTK_WIDGET (window), "inside"), 0);
  g_assert_true (g_str_has_prefix (cc_cell_item_get_target (first), "record:"));
  g_assert_nonnull (strstr (cc_cell_item_get_subtitle (first), "Labour Inspectorate"));
  other = g_list_model_get_item (get_list (GTK_WIDGET (window), "outside"), 0);
  g_assert_nonnull (strstr (cc_cell_item_get_subtitle (other), "Counted in another category"));
  g_assert_nonnull (
      app_test_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Counted in another category: 10"));
  keep_picture (GTK_WIDGET (window), "records.png");
  check_narrow (GTK_WIDGET (window));
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (GTK_STACK_SWITCHER (
                                        app_test_find (GTK_WIDGET (window), GTK_TYPE_STACK_SWITCHER,
                                                       NULL))),
                                    "outside");
  keep_picture (GTK_WIDGET (window), "records-outside.png");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Labels and direction follow the figure's language, not the window's. */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  GtkWidget *language;

  open_figure (fixture, "figure:table:by-status");
  language = app_test_find (fixture->window, ADW_TYPE_COMBO_ROW, "Language");
  adw_combo_row_set_selected (ADW_COMBO_ROW (language), 4);
  app_test_wait (is_counted, fixture);
  g_assert_cmpint (gtk_widget_get_direction (cc_figure_grid_get_cell (get_grid (fixture), 0, 0)),
                   ==, GTK_TEXT_DIR_RTL);
  g_assert_nonnull (app_test_find (GTK_WIDGET (get_grid (fixture)), GTK_TYPE_LABEL, "المجموع"));
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

/* What goes to the clipboard is the table, tab by tab. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  char *text = NULL;

  open_figure (fixture, "figure:table:by-status");
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->page), "tables.copy-table", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, on_text_read,
                                 &text);
  app_test_wait (has_text, &text);
  g_assert_nonnull (strstr (text, "\nIdentified\t"));
  g_assert_nonnull (strstr (text, "\t40\n"));
  g_free (text);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->page), "tables.copy-chart", NULL));
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (
                                                        gtk_widget_get_clipboard (fixture->window)),
                                                    GDK_TYPE_TEXTURE));
}

/* The builder offers what stands on the unit, and no axis twice. */
static void
test_builder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) axes = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2021, 2024, 1);
  g_autoptr (CcFigureParams) params = cc_figure_params_new ("citizenship", periods, "en");
  CcTableBuilder *builder;
  GtkWidget      *rows, *cols, *button;

  axes = cc_questionnaire_new_table (cc_case_file_get_pack (cc_session_get_file (fixture->session)),
                                     "victims", "sex4", "period-year", NULL, "detected-on", NULL);
  builder = cc_table_builder_new (GTK_WINDOW (fixture->window), axes, "en");
  rows = app_test_find (GTK_WIDGET (builder), ADW_TYPE_COMBO_ROW, "Rows by");
  cols = app_test_find (GTK_WIDGET (builder), ADW_TYPE_COMBO_ROW, "Columns by");
  button = app_test_find (GTK_WIDGET (builder), GTK_TYPE_BUTTON, "_Show Table");
  g_assert_true (gtk_widget_get_sensitive (button));
  gtk_window_present (GTK_WINDOW (builder));
  keep_picture (GTK_WIDGET (builder), "builder.png");
  cc_table_builder_apply (builder, params);
  g_assert_null (params->id);
  g_assert_cmpstr (params->count, ==, "victims");
  g_assert_cmpstr (params->cols, ==, "period-year");
  g_assert_cmpstr (params->date, ==, "detected-on");
  g_assert_cmpstr (params->where, ==, "status in (identified, presumed)");
  adw_combo_row_set_selected (ADW_COMBO_ROW (cols),
                              adw_combo_row_get_selected (ADW_COMBO_ROW (rows)) + 1);
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_window_destroy (GTK_WINDOW (builder));
}

static void
test_params (void)
{
  g_autoptr (GArray) periods = cc_periods_new_years (2020, 2024, 1);
  g_autoptr (CcFigureParams) params = cc_figure_params_new ("table:by-year", periods, "fr");
  char            *keys[] = { (char *) "police", (char *) "labour", NULL };
  g_autofree char *years = cc_figure_params_make_file_name (params, "xlsx");
  g_autofree char *days = NULL;

  g_assert_cmpstr (years, ==, "by-year-2020-2024.xlsx");
  cc_figure_params_set_years (params, 2024, 2022);
  g_assert_cmpuint (params->periods->len, ==, 3);
  g_assert_cmpstr (g_array_index (params->periods, CcPeriod, 0).code, ==, "2022");
  g_assert_false (cc_figure_params_set_days (params, "2024-06", "2024-03-15"));
  g_assert_false (cc_figure_params_set_days (params, "soon", "2024"));
  g_assert_cmpuint (params->periods->len, ==, 3);
  g_assert_true (cc_figure_params_set_days (params, " 2024-03-15", "2024-06 "));
  g_assert_cmpuint (params->periods->len, ==, 1);
  days = cc_figure_params_make_file_name (params, "png");
  g_assert_cmpstr (days, ==, "by-year-2024-03-15-2024-06-30.png");
  cc_figure_params_set_agencies (params, keys, 3);
  g_assert_cmpuint (g_strv_length (params->agencies), ==, 2);
  cc_figure_params_set_agencies (params, keys, 2);
  g_assert_null (params->agencies);
}

/* Every template class can be built from its resource and leaves nothing behind. */
static void
test_templates (void)
{
  const GType types[] = { CC_TYPE_TABLES_PAGE, CC_TYPE_FIGURE_VIEW, CC_TYPE_FIGURE_GRID,
                          CC_TYPE_GALLERY_CARD };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_assert_finalize_object (widget);
    }
}

#define ADD(path, n_victims, func)                                                                 \
  g_test_add ("/app/tables/" path, Fixture, GUINT_TO_POINTER (n_victims), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/tables/params", test_params);
  g_test_add_func ("/app/tables/templates", test_templates);
  ADD ("gallery", 40, test_gallery);
  ADD ("empty", 0, test_empty);
  ADD ("unreadable", 40, test_unreadable);
  ADD ("options", 40, test_options);
  ADD ("grid", 40, test_grid);
  ADD ("keyboard", 40, test_keyboard);
  ADD ("records", 40, test_records);
  ADD ("language", 40, test_language);
  ADD ("copy", 40, test_copy);
  ADD ("builder", 40, test_builder);
  return g_test_run ();
}
