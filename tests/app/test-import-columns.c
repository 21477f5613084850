/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of a file are shown as sure, which are asked about, and which only stay as text. */
#include "import-walk.h"

#include "import/cc-import-chooser.h"

#define LIST                                                                                       \
  "Nom;Sexe;Nationalité;Poste;Observations;Date d'interception\n"                                 \
  "A;F;Bleu;Malanville;RAS;2023-05-01\n"                                                           \
  "B;M;Vert;Aéroport;;2023-05-02\n"                                                               \
  "C;F;Rouge;Malanville;à suivre;2023-05-03\n"                                                    \
  "D;M;Jaune;Aéroport;;2023-05-04\n"

/* The heading above a line of the list. */
static const char *
find_heading (CcImportLineList *list, const char *theirs)
{
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (list));
  const char *heading = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind == CC_LINE_HEADING)
        heading = line->theirs;
      else if (line->kind == CC_LINE_PAIR && g_str_equal (line->theirs, theirs))
        return heading;
    }
  g_assert_not_reached ();
}

#define GENDERS                                                                                    \
  "Victim ID,Gender,Zorb,Age,Date rescued\n"                                                       \
  "V1,Woman,F,20,2023-05-01\n"                                                                     \
  "V2,Man,M,31,2023-05-02\n"

static CcImportLineList *
open_columns (PageTest *test, const char *text)
{
  CcImportDraft *draft = import_walk_add (test, "poste.csv", text);

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_COLUMNS);
  return import_walk_find_list (test, "CcImportColumnsStep");
}

/* Every line stands below a heading that says what is true of it. */
static void
test_headings (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, LIST);

  g_assert_cmpstr (find_heading (list, "Nationalité"), ==, "Please look at these");
  g_assert_cmpstr (find_heading (list, "Sexe"), ==, "Recognised columns");
  g_assert_cmpstr (find_heading (list, "Observations"), ==, "Columns kept as text only");
  g_assert_cmpstr (find_heading (list, "Poste"), ==, "Columns kept as text only");
}

/* A known header over values of another kind is asked about, until somebody says that it is so. */
static void
test_doubt (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, LIST);
  CcImportLine     *line = import_walk_find_line (list, CC_LINE_PAIR, "Nationalité");

  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  g_assert_cmpstr (line->ours, ==, "Citizenship? Please check.");
  g_assert_cmpstr (line->ours_note, ==, "known header, but most of its values are no such thing");
  g_signal_emit_by_name (list, "activated", line);
  import_walk_choose ("citizenship");
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (line->ours, ==, "Citizenship");
  g_assert_cmpstr (line->ours_note, ==, "chosen by you");
}

/* A list that nobody has filled yet leaves nothing to be sure of: texts, and no tick. */
static void
test_no_list (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, LIST);
  CcImportLine     *line = import_walk_find_line (list, CC_LINE_PAIR, "Poste");

  g_assert_cmpint (line->mark, ==, CC_MARK_QUIET);
  g_assert_cmpstr (line->ours, ==, "Region of detection");
  g_assert_cmpstr (line->ours_note, ==,
                   "known header; kept as text, because its list of codes is still empty");
}

/* The sex from a column of genders is shown with its reason among what somebody should look at, and
 * is left to the column that somebody says it stands in. */
static void
test_sex (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, GENDERS);
  CcImportLine     *line = import_walk_find_line (list, CC_LINE_PAIR, "Gender");
  CcImportLine     *other = import_walk_find_line (list, CC_LINE_PAIR, "Zorb");

  g_assert_cmpstr (find_heading (list, "Gender"), ==, "Please look at these");
  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  g_assert_cmpstr (line->ours, ==, "Gender and Sex? Please check.");
  g_assert_true (g_str_has_prefix (line->ours_note, "known header; no column gives the sex, "));
  g_signal_emit_by_name (list, "activated", other);
  import_walk_choose ("sex");
  g_assert_cmpstr (other->ours, ==, "Sex");
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (line->ours, ==, "Gender");
  g_assert_cmpstr (line->ours_note, ==, "known header in English");
}

static void
press_done (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *label =
          CC_IS_IMPORT_CHOOSER (window) ? app_test_find (window, GTK_TYPE_LABEL, "_Done") : NULL;

      if (label == NULL)
        continue;
      g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
      return;
    }
  g_assert_not_reached ();
}

/* Whoever says that the column gives the gender alone has it so. */
static void
test_sex_taken_off (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, GENDERS);
  CcImportLine     *line = import_walk_find_line (list, CC_LINE_PAIR, "Gender");

  g_signal_emit_by_name (list, "activated", line);
  import_walk_choose ("sex");
  /* Of several answers the window stays until they are all right. */
  g_assert_cmpint (line->mark, ==, CC_MARK_ASK);
  press_done ();
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (line->ours, ==, "Gender");
  g_assert_cmpstr (line->ours_note, ==, "chosen by you");
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-columns/" name, PageTest, NULL, import_walk_set_up, func,               \
              page_test_tear_down)
  ADD ("headings", test_headings);
  ADD ("doubt", test_doubt);
  ADD ("no-list", test_no_list);
  ADD ("sex", test_sex);
  ADD ("sex-taken-off", test_sex_taken_off);
#undef ADD
  return g_test_run ();
}
