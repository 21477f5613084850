/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes and goes piece by piece on the way of a file, and a case file that is closed on it. */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "import/cc-import-chooser.h"
#include "import/cc-import-grid.h"
#include "import/cc-import-line-list.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-step.h"
#include "import/cc-import-wizard.h"
#include "present/cc-job.h"

#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>

#define N_STEPS (CC_WIZARD_RESULT + 1)

typedef struct
{
  AppTest         base;
  GtkWidget      *window;
  CcPage         *page;
  CcSession      *session;
  CcImportWizard *wizard;
  CcImportDraft  *draft;
  guint           n_before; /* deliveries */
} Fixture;

static gboolean
is_settled (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && (draft->state == CC_DRAFT_READY || draft->state == CC_DRAFT_FAILED);
}

static gboolean
is_idle (gpointer user_data)
{
  return cc_job_get_n_running () == 0;
}

static gboolean
is_tried (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && draft->result != NULL;
}

static gboolean
is_imported (gpointer user_data)
{
  return cc_import_wizard_get_step (user_data) == CC_WIZARD_RESULT;
}

static void
open_case (Fixture *fixture)
{
  const CaseParams params = { .n_victims = 0 };
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autofree char *path = app_test_path (&fixture->base, "window.casecount");
  CcCaseFile      *file;
  GError          *error = NULL;

  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
}

static guint
count_deliveries (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = cc_submission_list (cc_session_get_file (fixture->session), NULL);

  return list->len;
}

static const char *const list_csv =
    "Name,Sex,Age,Date\nAwa Kone,F,20,2023-05-01\nIdris Sow,M,31,2023-05-02\n";

/* A file of the police that has been read. */
static void
add_file (Fixture *fixture, const char *text)
{
  g_autofree char  *path = app_test_path (&fixture->base, "police.csv");
  CcImportQueueRow *row;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  cc_import_page_add_file (CC_IMPORT_PAGE (fixture->page), path);
  row = CC_IMPORT_QUEUE_ROW (
      app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_IMPORT_QUEUE_ROW, NULL));
  fixture->draft = g_object_ref (cc_import_queue_row_get_draft (row));
  app_test_wait (is_settled, fixture->draft);
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  cc_import_draft_set_entity (fixture->draft, "police");
  app_test_wait (is_settled, fixture->draft);
  cc_import_draft_set_period (fixture->draft, cc_interval_year (2023));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  open_case (fixture);
  fixture->page = g_object_new (CC_TYPE_IMPORT_PAGE, NULL);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_page_set_session (fixture->page, fixture->session);
  cc_page_load (fixture->page);
  add_file (fixture, data != NULL ? data : list_csv);
  fixture->wizard =
      CC_IMPORT_WIZARD (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_IMPORT_WIZARD, NULL));
  fixture->n_before = count_deliveries (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window);
  app_test_settle ();
  g_assert_finalize_object (fixture->draft);
  cc_session_unref (fixture->session);
  app_test_tear_down (&fixture->base, data);
}

static void
walk_to (Fixture *fixture, CcWizardStep to)
{
  while (cc_import_wizard_get_step (fixture->wizard) < to)
    {
      app_test_wait (is_settled, fixture->draft);
      cc_import_wizard_go_on (fixture->wizard);
    }
}

static GtkWidget *
get_stack (Fixture *fixture)
{
  GtkWidget *step = app_test_find (GTK_WIDGET (fixture->wizard), CC_TYPE_IMPORT_STEP, NULL);

  return gtk_widget_get_parent (step);
}

static void
take_apart (Fixture *fixture)
{
  GtkWidget *stack = get_stack (fixture);

  while (cc_page_take_apart (fixture->page))
    ;
  g_assert_null (gtk_widget_get_first_child (stack));
}

/* What a step shows goes with it: what is left at the end is small. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  GtkWidget *stack = get_stack (fixture);

  walk_to (fixture, CC_WIZARD_SUMMARY);
  app_test_wait (is_tried, fixture->draft);
  cc_import_wizard_go_on (fixture->wizard);
  app_test_wait (is_imported, fixture->wizard);
  app_test_settle ();
  for (guint i = 0; i < N_STEPS; i++)
    {
      GtkWidget *step = gtk_widget_get_last_child (stack);
      GtkWidget *shown = gtk_widget_get_first_child (step);

      g_object_add_weak_pointer (G_OBJECT (shown), (gpointer *) &shown);
      while (gtk_widget_get_last_child (stack) == step)
        g_assert_true (cc_page_take_apart (fixture->page));
      g_assert_null (shown);
      g_assert_null (cc_import_wizard_get_draft (fixture->wizard));
    }
  g_assert_null (gtk_widget_get_first_child (stack));
  g_assert_false (cc_page_take_apart (fixture->page));
}

/* What the first look at the file finds is not shown any more. */
static void
test_trying (Fixture *fixture, gconstpointer data)
{
  walk_to (fixture, CC_WIZARD_SUMMARY);
  g_assert_cmpuint (cc_job_get_n_running (), ==, 1);
  take_apart (fixture);
  app_test_wait (is_idle, NULL);
  app_test_settle ();
  g_assert_false (fixture->draft->busy);
  g_assert_cmpuint (count_deliveries (fixture), ==, fixture->n_before);
}

/* An import that has begun is finished, whoever looks on. */
static void
test_importing (Fixture *fixture, gconstpointer data)
{
  walk_to (fixture, CC_WIZARD_SUMMARY);
  app_test_wait (is_tried, fixture->draft);
  cc_import_wizard_go_on (fixture->wizard);
  g_assert_cmpuint (cc_job_get_n_running (), ==, 1);
  take_apart (fixture);
  app_test_wait (is_idle, NULL);
  app_test_settle ();
  g_assert_cmpint (fixture->draft->state, ==, CC_DRAFT_DONE);
  g_assert_cmpuint (count_deliveries (fixture), ==, fixture->n_before + 1);
}

/* A link may lead away from the wizard before the sheet of the import is up. */
static void
test_led_away (Fixture *fixture, gconstpointer data)
{
  walk_to (fixture, CC_WIZARD_SUMMARY);
  app_test_wait (is_tried, fixture->draft);
  cc_import_wizard_go_on (fixture->wizard);
  cc_page_open_target (fixture->page, "submission:1");
  g_assert_null (cc_import_wizard_get_draft (fixture->wizard));
  app_test_wait (is_idle, NULL);
  app_test_settle ();
  g_assert_cmpint (fixture->draft->state, ==, CC_DRAFT_DONE);
  g_assert_false (cc_page_get_can_go_back (fixture->page));
}

static void
free_row (gpointer data)
{
  CcPreviewRow *row = data;

  g_ptr_array_unref (row->texts);
  g_ptr_array_unref (row->merged);
  g_free (row);
}

static CcPreview *
create_preview (guint n_rows, guint n_columns)
{
  CcPreview *preview = g_new0 (CcPreview, 1);

  preview->n_columns = n_columns;
  preview->rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; i < n_rows; i++)
    {
      CcPreviewRow *row = g_new0 (CcPreviewRow, 1);

      row->row = i;
      row->kind = CC_PREVIEW_DATA;
      row->texts = g_ptr_array_new_with_free_func (g_free);
      row->merged = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < n_columns; j++)
        g_ptr_array_add (row->texts, g_strdup_printf ("%u of %u", j, n_rows));
      g_ptr_array_add (preview->rows, row);
    }
  return preview;
}

typedef struct
{
  GListModel *columns;
  GListModel *rows;
  guint       n_columns;
  guint       n_rows;
} Wanted;

static gboolean
has_size (gpointer user_data)
{
  Wanted *wanted = user_data;

  return g_list_model_get_n_items (wanted->columns) == wanted->n_columns
         && g_list_model_get_n_items (wanted->rows) == wanted->n_rows;
}

/* The rows of one preview go before those of the next come, and the last one asked for is shown. */
static void
test_grid (Fixture *fixture, gconstpointer data)
{
  CcImportGrid  *grid = g_object_ref_sink (g_object_new (CC_TYPE_IMPORT_GRID, NULL));
  GtkColumnView *view =
      GTK_COLUMN_VIEW (app_test_find (GTK_WIDGET (grid), GTK_TYPE_COLUMN_VIEW, NULL));
  Wanted wanted = { gtk_column_view_get_columns (view),
                    G_LIST_MODEL (gtk_column_view_get_model (view)), 6, 100 };
  guint  n = 1;

  cc_import_grid_set_preview (grid, create_preview (100, 5), NULL, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (wanted.columns), ==, 6);
  app_test_wait (has_size, &wanted);
  cc_import_grid_set_preview (grid, create_preview (70, 2), NULL, FALSE);
  cc_import_grid_set_preview (grid, create_preview (40, 3), NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (wanted.rows), <, 100);
  g_assert_cmpuint (g_list_model_get_n_items (wanted.rows), >, 40);
  wanted.n_columns = 4;
  wanted.n_rows = 40;
  app_test_wait (has_size, &wanted);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (view)), ==, GTK_TEXT_DIR_RTL);
  while (cc_import_grid_take_apart (grid))
    n++;
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (g_list_model_get_n_items (wanted.rows), ==, 0);
  g_assert_finalize_object (grid);
}

static gboolean
has_lines (gpointer user_data)
{
  GListModel **models = user_data;

  return g_list_model_get_n_items (models[0]) == g_list_model_get_n_items (models[1]);
}

static void
add_lines (GListStore *lines, guint position, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CcImportLine) line = cc_import_line_new (CC_LINE_PAIR, "Name");

      g_list_store_insert (lines, position + i, line);
    }
}

static void
assert_same (GListModel **models)
{
  for (guint i = 0; i < g_list_model_get_n_items (models[0]); i++)
    {
      g_autoptr (GObject) a = g_list_model_get_item (models[0], i);
      g_autoptr (GObject) b = g_list_model_get_item (models[1], i);

      g_assert_true (a == b);
    }
}

/* The view follows what the list holds, a few lines at a time, wherever they come and go. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  CcImportLineList *list = g_object_ref_sink (g_object_new (CC_TYPE_IMPORT_LINE_LIST, NULL));
  GtkListView *view = GTK_LIST_VIEW (app_test_find (GTK_WIDGET (list), GTK_TYPE_LIST_VIEW, NULL));
  GListStore  *lines = cc_import_line_list_get_lines (list);
  GListModel  *models[] = { G_LIST_MODEL (gtk_list_view_get_model (view)), G_LIST_MODEL (lines) };

  add_lines (lines, 0, 100);
  g_assert_cmpuint (g_list_model_get_n_items (models[0]), <, 100);
  app_test_wait (has_lines, models);
  assert_same (models);
  add_lines (lines, 50, 30);
  g_list_store_splice (lines, 10, 20, NULL, 0);
  app_test_wait (has_lines, models);
  assert_same (models);
  g_list_store_remove_all (lines);
  add_lines (lines, 0, 40);
  app_test_wait (has_lines, models);
  assert_same (models);
  while (cc_import_line_list_take_apart (list))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (models[0]), ==, 0);
  g_assert_finalize_object (list);
}

static const char *const numbers_csv = "Case No,Number of victims,Date opened\n"
                                       "A/1,<5,2023-04-05\nA/2,1.200,2023-04-05\n"
                                       "A/3,3,2023-04-05\nA/4,2.300,2023-04-05\n";

static CcImportLine *
find_line (CcImportLineList *list, const char *theirs)
{
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (list));

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (g_str_equal (line->theirs, theirs))
        return line; /* kept by the list */
    }
  return NULL;
}

static void
choose (const char *typed)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (CC_IS_IMPORT_CHOOSER (window))
        {
          GtkWidget *search = app_test_find (window, GTK_TYPE_SEARCH_ENTRY, NULL);

          gtk_editable_set_text (GTK_EDITABLE (search), typed);
          g_signal_emit_by_name (search, "activate");
          return;
        }
    }
  g_assert_not_reached ();
}

static gboolean
lists_numbers (gpointer user_data)
{
  return find_line (user_data, "1.200") != NULL;
}

/* What the point stands for, and what "<5" means, is asked once each and goes into the map. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  CcImportLineList *list;
  CcImportLine     *line;
  CcNoValue         no_value;
  gint64            number;

  walk_to (fixture, CC_WIZARD_VALUES);
  app_test_wait (is_settled, fixture->draft);
  list = CC_IMPORT_LINE_LIST (
      app_test_find (app_test_find (GTK_WIDGET (fixture->wizard),
                                    g_type_from_name ("CcImportValuesStep"), NULL),
                     CC_TYPE_IMPORT_LINE_LIST, NULL));
  app_test_wait (lists_numbers, list);
  g_assert_nonnull (find_line (list, "Numbers: what do they mean?"));
  line = find_line (list, "1.200");
  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  g_assert_cmpstr (line->ours, ==, "Thousands, or decimals?");
  g_assert_cmpstr (line->theirs_quiet, ==, "2 times");
  g_signal_emit_by_name (list, "activated", line);
  choose ("thousands");
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (line->ours, ==, "The point parts thousands: 1,200");
  g_assert_cmpint (cc_map_get_number_mark (fixture->draft->map, '.'), ==, CC_NUMBER_MARK_THOUSANDS);
  line = find_line (list, "<5");
  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  g_signal_emit_by_name (list, "activated", line);
  choose ("not known");
  g_assert_cmpstr (line->ours, ==, "Not known");
  g_assert_true (cc_map_get_number (fixture->draft->map, "<5", &number, &no_value));
  g_assert_cmpint (no_value, ==, CC_NO_VALUE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-pieces/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("pieces", test_pieces);
  ADD ("trying", test_trying);
  ADD ("importing", test_importing);
  ADD ("led-away", test_led_away);
  g_test_add ("/app/import-pieces/numbers", Fixture, numbers_csv, set_up, test_numbers, tear_down);
  ADD ("grid", test_grid);
  ADD ("lines", test_lines);
#undef ADD
  return g_test_run ();
}
