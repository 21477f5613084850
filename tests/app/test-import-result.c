/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes after an import: the next file, and one word that is asked about once. */
#include "import-walk.h"

#define LIST "Name,Sex,Age,Date rescued\nA,F,20,2023-05-01\nB,M,21,2023-05-02\n"
#define COUNTRIES                                                                                  \
  "Name,Sex,Age,Nationality,Country of origin,Country of exploitation,Date rescued\n"              \
  "A,F,20,Guinea,Guinea,Togo,2023-05-01\nB,F,21,Togo,Guinea,Guinea,2023-05-02\n"                   \
  "C,M,22,Guinea,Togo,Togo,2023-05-03\n"

static CcWizardStep
get_step (PageTest *test)
{
  return cc_import_wizard_get_step (import_walk_get_wizard (test));
}

static CcImportDraft *
import_list (PageTest *test)
{
  CcImportDraft *draft = import_walk_add (test, "list.csv", LIST);

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  import_walk_press (test);
  import_walk_wait_step (test, CC_WIZARD_RESULT);
  return draft;
}

static GtkWindow *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_strcmp0 (gtk_window_get_title (l->data), "Choose Spreadsheets") == 0
        && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
asks_for_files (gpointer user_data)
{
  return find_chooser () != NULL;
}

/* After the only file the next one can be chosen from its result. */
static void
test_another (PageTest *test, gconstpointer data)
{
  GtkWidget *row;

  import_list (test);
  row = app_test_find (GTK_WIDGET (test->page), ADW_TYPE_ACTION_ROW, "Import Another File");
  g_assert_true (gtk_widget_get_mapped (row));
  g_signal_emit_by_name (row, "activated");
  g_assert_false (cc_page_get_can_go_back (test->page));
  app_test_wait (asks_for_files, NULL);
}

/* While others wait there is a next file already. */
static void
test_waiting (PageTest *test, gconstpointer data)
{
  GtkWidget *row;

  import_walk_add (test, "other.csv", COUNTRIES);
  import_list (test);
  row = app_test_find (GTK_WIDGET (test->page), ADW_TYPE_ACTION_ROW, "Import Another File");
  g_assert_false (gtk_widget_get_visible (row));
}

static void
turn_away_and_back (PageTest *test)
{
  gtk_widget_set_visible (GTK_WIDGET (test->page), FALSE);
  app_test_settle ();
  gtk_widget_set_visible (GTK_WIDGET (test->page), TRUE);
  app_test_settle ();
}

/* A result that was seen is not shown again; a file that is being set up is. */
static void
test_come_back (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft;

  import_list (test);
  g_assert_true (cc_page_get_can_go_back (test->page));
  turn_away_and_back (test);
  g_assert_false (cc_page_get_can_go_back (test->page));
  g_assert_null (cc_import_wizard_get_draft (import_walk_get_wizard (test)));
  draft = import_walk_add (test, "countries.csv", COUNTRIES);
  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_COLUMNS);
  turn_away_and_back (test);
  g_assert_true (cc_import_wizard_get_draft (import_walk_get_wizard (test)) == draft);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_COLUMNS);
}

/* The word of one column answers the others, which say whose answer it is. */
static void
test_one_answer (PageTest *test, gconstpointer data)
{
  CcImportDraft    *draft = import_walk_add (test, "countries.csv", COUNTRIES);
  CcImportLineList *list;
  GListModel       *lines;
  guint             n = 0, n_like = 0;

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_VALUES);
  list = import_walk_find_list (test, "CcImportValuesStep");
  lines = G_LIST_MODEL (cc_import_line_list_get_lines (list));
  /* The first of them is that of the citizenship. */
  g_signal_emit_by_name (list, "activated", import_walk_find_line (list, CC_LINE_PAIR, "Guinea"));
  import_walk_choose ("guinea-bissau");
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind != CC_LINE_PAIR || !g_str_equal (line->theirs, "Guinea"))
        continue;
      n++;
      g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
      g_assert_cmpstr (line->ours, ==, "Guinea-Bissau");
      n_like += g_str_equal (line->ours_note, "as said for “Citizenship”");
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (n_like, ==, 2);
  g_assert_cmpuint (draft->losses->len, ==, 0);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-result/" name, PageTest, NULL, import_walk_set_up, func,                \
              page_test_tear_down)
  ADD ("another", test_another);
  ADD ("waiting", test_waiting);
  ADD ("come-back", test_come_back);
  ADD ("one-answer", test_one_answer);
#undef ADD
  return g_test_run ();
}
