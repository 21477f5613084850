/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that do not belong among the lists of agencies: practice data where real persons are
 * counted, and figures of the population. */
#include "import-walk.h"

#include "import/cc-import-texts.h"

#include <cc/store/cc-kept.h>

#define LIST                                                                                       \
  "TRAINING - INVENTED DATA;;;\nName;Sex;Age;Date rescued\nA;F;20;2023-05-01\n"                    \
  "B;M;21;2023-05-02\n"
#define POPULATION                                                                                 \
  "year,sex,age_class,count,source\n2020,M,child,2908800,Office\n2020,F,child,2851200,Office\n"
#define UNKNOWN "Year;Sex;Population\n2020;M;5760000\n2020;F;6240000\n2021;M;5904000\n"

static const CaseParams practice_file = { .practice = TRUE };

static CcWizardStep
get_step (PageTest *test)
{
  return cc_import_wizard_get_step (import_walk_get_wizard (test));
}

static gboolean
is_seen (PageTest *test, GType type, const char *text)
{
  GtkWidget *widget = app_test_find (GTK_WIDGET (test->page), type, text);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

/* Told with the first step, and asked before anything is stored. */
static void
test_practice (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = import_walk_add (test, "police-2023.csv", LIST);
  GtkWidget     *view, *check;

  import_walk_open (test, draft);
  app_test_settle ();
  g_assert_true (is_seen (test, ADW_TYPE_ACTION_ROW, "These Are Practice Data"));
  import_walk_to (test, draft, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  app_test_settle ();
  g_assert_true (is_seen (test, GTK_TYPE_LABEL, "Say whether practice data are to be imported."));
  import_walk_press (test);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_SUMMARY);
  view = app_test_find (GTK_WIDGET (test->page), g_type_from_name ("CcImportSummaryStep"), NULL);
  check = app_test_find (view, ADW_TYPE_ACTION_ROW, "Import Them All the Same");
  g_assert_true (gtk_widget_get_mapped (check));
  gtk_widget_activate (check);
  g_assert_true (draft->invented);
  import_walk_press (test);
  import_walk_wait_step (test, CC_WIZARD_RESULT);
  g_assert_cmpint (cc_import_count_total (draft->result->fresh), ==, 2);
}

/* In a practice file nothing is asked. */
static void
test_lesson (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = import_walk_add (test, "police-2023.csv", LIST);

  import_walk_open (test, draft);
  app_test_settle ();
  g_assert_false (is_seen (test, ADW_TYPE_ACTION_ROW, "These Are Practice Data"));
  import_walk_to (test, draft, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  app_test_settle ();
  g_assert_false (is_seen (test, ADW_TYPE_ACTION_ROW, "Import Them All the Same"));
  import_walk_press (test);
  import_walk_wait_step (test, CC_WIZARD_RESULT);
}

static GtkWidget *
find_button (PageTest *test, const char *label)
{
  GtkWidget *text = app_test_find (GTK_WIDGET (test->page), GTK_TYPE_LABEL, label);

  g_assert_nonnull (text);
  return gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON);
}

static GPtrArray *
list_figures (PageTest *test)
{
  CcCaseFile   *file = cc_session_get_file (test->session);
  CcConnection *connection = cc_case_file_acquire_reader (file, NULL);
  GPtrArray    *figures = cc_store_list_population (connection, NULL);

  cc_case_file_release_reader (file, connection);
  return figures;
}

static gboolean
is_taken (gpointer user_data)
{
  g_autoptr (GPtrArray) figures = list_figures (user_data);

  return figures->len == 2 && !cc_page_get_can_go_back (((PageTest *) user_data)->page);
}

/* It is told what it is, and one press brings it where it belongs. */
static void
test_population (PageTest *test, gconstpointer data)
{
  CcImportDraft   *draft = import_walk_add (test, "population.csv", POPULATION);
  g_autofree char *text = cc_import_describe_draft (draft);
  g_autoptr (GPtrArray) before = cc_submission_list (cc_session_get_file (test->session), NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpstr (text, ==, "Figures of the population, and no list");
  import_walk_open (test, draft);
  app_test_settle ();
  g_assert_true (is_seen (test, ADW_TYPE_STATUS_PAGE, "These Are Figures of the Population"));
  import_walk_press (test);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_SENDER);
  g_signal_emit_by_name (find_button (test, "_Take Over the Figures"), "clicked");
  app_test_wait (is_taken, test);
  after = cc_submission_list (cc_session_get_file (test->session), NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  /* Nothing of it waits any more. */
  g_assert_cmpuint (cc_page_count_waiting (test->page), ==, 0);
  app_test_settle ();
}

/* Whoever knows better goes on; what cannot be taken over as it is does not offer it. */
static void
test_as_list (PageTest *test, gconstpointer data)
{
  CcImportDraft  *draft = import_walk_add (test, "table.csv", UNKNOWN);
  CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, 0);
  GtkWidget      *take;

  cc_import_draft_set_period (draft, cc_interval_year (2023));
  import_walk_open (test, draft);
  app_test_settle ();
  take = find_button (test, "_Take Over the Figures");
  g_assert_false (gtk_widget_get_visible (take));
  g_signal_emit_by_name (find_button (test, "_Read It as a List All the Same"), "clicked");
  app_test_settle ();
  g_assert_false (is_seen (test, ADW_TYPE_STATUS_PAGE, "These Are Figures of the Population"));
  import_walk_to (test, draft, CC_WIZARD_TABLE);
  g_assert_true (is_seen (test, GTK_TYPE_LABEL, "All tables are left out. Take at least one."));
  cc_import_draft_set_unit (draft, table, "victim");
  import_walk_press (test);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_COLUMNS);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, data, func)                                                                      \
  g_test_add ("/app/import-strange/" name, PageTest, data, import_walk_set_up, func,               \
              page_test_tear_down)
  ADD ("practice", NULL, test_practice);
  ADD ("lesson", &practice_file, test_lesson);
  ADD ("population", NULL, test_population);
  ADD ("as-list", NULL, test_as_list);
#undef ADD
  return g_test_run ();
}
