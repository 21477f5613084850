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

#define SAY "Say Something for Every Row…"
#define PLAIN                                                                                      \
  "Victim ID,Age,Date rescued\n"                                                                   \
  "V1,20,2023-05-01\n"                                                                             \
  "V2,31,2023-05-02\n"
#define LATER                                                                                      \
  "Victim ID,Age,Date rescued\n"                                                                   \
  "V3,22,2024-05-01\n"

/* Chooses a line of the list as Enter on it does, then types into the question. */
static void
answer (CcImportLineList *list, CcImportLine *line, const char *typed)
{
  g_assert_nonnull (line);
  g_signal_emit_by_name (list, "activated", line);
  import_walk_choose (typed);
}

static gboolean
shows_row (GtkWidget *widget, const char *title, const char *subtitle)
{
  if (ADW_IS_ACTION_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0
      && g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), subtitle) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_row (child, title, subtitle))
      return TRUE;
  return FALSE;
}

static CcImportLine *
find_said (CcImportLineList *list, const char *name)
{
  CcImportLine *line = import_walk_find_line (list, CC_LINE_PAIR, name);

  g_assert_nonnull (line);
  g_assert_cmpstr (find_heading (list, name), ==, "Said for every row");
  return line;
}

/* What holds for every row is said, seen, changed and taken back in the list of columns; the lines
 * that stay are the same, so that the focus stays with them. */
static void
test_constants (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, PLAIN);
  CcImportLine     *more = import_walk_find_line (list, CC_LINE_MORE, SAY);
  CcImportLine     *line;

  g_assert_null (import_walk_find_line (list, CC_LINE_PAIR, "Citizenship"));
  answer (list, more, "Citizenship");
  import_walk_choose ("Benin");
  line = find_said (list, "Citizenship");
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (line->ours, ==, "Benin");
  g_assert_cmpstr (line->ours_note, ==, "for every row");
  g_assert_true (import_walk_find_line (list, CC_LINE_MORE, SAY) == more);
  answer (list, more, "Country of exploitation");
  import_walk_choose ("Togo");
  g_assert_cmpstr (find_said (list, "Country of exploitation")->ours, ==, "Togo");
  g_assert_true (find_said (list, "Citizenship") == line);
  answer (list, line, "Ghana");
  g_assert_true (find_said (list, "Citizenship") == line);
  g_assert_cmpstr (line->ours, ==, "Ghana");
  /* Enter alone takes nothing back and says nothing. */
  answer (list, line, "");
  g_assert_cmpstr (line->ours, ==, "Ghana");
  import_walk_choose ("Say Nothing");
  g_assert_null (import_walk_find_line (list, CC_LINE_PAIR, "Citizenship"));
  g_assert_cmpstr (find_said (list, "Country of exploitation")->ours, ==, "Togo");
}

/* Where a column says it, what is said of every row does not count, and the line tells it. */
static void
test_constant_of_column (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, GENDERS);
  CcImportLine     *more = import_walk_find_line (list, CC_LINE_MORE, SAY);
  CcImportLine     *gender = import_walk_find_line (list, CC_LINE_PAIR, "Gender");
  CcImportLine     *age = import_walk_find_line (list, CC_LINE_PAIR, "Zorb");
  CcImportLine     *line;

  answer (list, more, "Citizenship");
  import_walk_choose ("Benin");
  line = find_said (list, "Citizenship");
  answer (list, age, "citizenship");
  g_assert_cmpint (line->mark, ==, CC_MARK_QUIET);
  g_assert_cmpstr (line->ours_note, ==, "not used: a column of the file says it");
  answer (list, age, "Keep as Text");
  g_assert_cmpint (line->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (gender->ours, ==, "Gender and Sex? Please check.");
}

/* It stands in the summary, goes into the profile, and with the next file into its summary. */
static void
test_constants_kept (PageTest *test, gconstpointer data)
{
  CcImportLineList *list = open_columns (test, PLAIN);
  CcImportDraft    *draft = cc_import_wizard_get_draft (import_walk_get_wizard (test));
  GtkWidget        *summary;

  answer (list, import_walk_find_line (list, CC_LINE_MORE, SAY), "Citizenship");
  import_walk_choose ("Benin");
  import_walk_to (test, draft, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  summary = app_test_find (GTK_WIDGET (test->page), g_type_from_name ("CcImportSummaryStep"), NULL);
  g_assert_true (shows_row (summary, "Citizenship", "Benin"));
  import_walk_press (test);
  import_walk_wait_step (test, CC_WIZARD_RESULT);
  draft = import_walk_add (test, "later.csv", LATER);
  g_assert_cmpstr (draft->entity, ==, "police");
  import_walk_open (test, draft);
  import_walk_wait_tried (test);
  g_assert_cmpint (cc_import_wizard_get_step (import_walk_get_wizard (test)), ==,
                   CC_WIZARD_SUMMARY);
  summary = app_test_find (GTK_WIDGET (test->page), g_type_from_name ("CcImportSummaryStep"), NULL);
  g_assert_true (shows_row (summary, "Citizenship", "Benin"));
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
  ADD ("constants", test_constants);
  ADD ("constant-of-column", test_constant_of_column);
  ADD ("constants-kept", test_constants_kept);
#undef ADD
  return g_test_run ();
}
