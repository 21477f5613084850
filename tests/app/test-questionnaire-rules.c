/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "questionnaires/cc-answer-keep.h"
#include "questionnaires/cc-cell-popover.h"
#include "questionnaires/cc-check-list.h"
#include "questionnaires/cc-questionnaire-choice.h"
#include "questionnaires/cc-sheet-keys.h"
#include "questionnaires/cc-sheet-plan.h"

#include <cc/stats/cc-facts.h>
#include <glib/gstdio.h>

/* What the page of questionnaires asks for, where cells stand, where keys lead: without a display.
 */

static CcPack  *pack;
static CcTexts *texts;

typedef struct
{
  char       *folder;
  CcCaseFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 60, .n_pairs = 2 };
  GError          *error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("casecount-app-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "case.casecount", NULL);
  case_fixture_write (path, &params);
  fixture->file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (fixture->file, &error));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_assert_true (cc_case_file_close (fixture->file, NULL));
  cc_case_file_free (fixture->file);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static CcQuestionnaireChoice *
choose (const char *id, int last_year)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = cc_questionnaire_find (pack, id, NULL, &error);

  g_assert_no_error (error);
  return cc_questionnaire_choice_new (questionnaire, last_year, "fr");
}

static void
test_years (void)
{
  g_autoptr (CcQuestionnaireChoice) five = choose ("ecowas-tip", 2024);
  g_autoptr (CcQuestionnaireChoice) four = choose ("unodc-glotip", 2024);
  g_autoptr (CcQuestionnaireChoice) copy = cc_questionnaire_choice_copy (five);

  g_assert_cmpint (five->first_year, ==, 2020);
  g_assert_cmpint (five->last_year, ==, 2024);
  g_assert_cmpint (five->audience, ==, CC_AUDIENCE_AUTHORITY);
  g_assert_cmpint (four->first_year, ==, 2021);
  g_assert_true (cc_questionnaire_choice_counts_alike (five, copy));
  copy->audience = CC_AUDIENCE_PUBLIC;
  g_assert_true (cc_questionnaire_choice_counts_alike (five, copy));
  cc_questionnaire_choice_set_years (copy, 2026, 2022);
  g_assert_cmpint (copy->first_year, ==, 2022);
  g_assert_cmpint (copy->last_year, ==, 2022);
  g_assert_false (cc_questionnaire_choice_counts_alike (five, copy));
  cc_questionnaire_choice_set_years (copy, 1800, 2024);
  g_assert_cmpint (copy->first_year, ==, 1975);

  /* The year that runs is not over; a file without data asks for the last one that is. */
  g_assert_cmpint (cc_questionnaire_choice_find_last_year (2024, 2026), ==, 2024);
  g_assert_cmpint (cc_questionnaire_choice_find_last_year (2026, 2026), ==, 2025);
  g_assert_cmpint (cc_questionnaire_choice_find_last_year (2031, 2026), ==, 2025);
  g_assert_cmpint (cc_questionnaire_choice_find_last_year (0, 2026), ==, 2025);
}

static void
test_file_name (void)
{
  g_autoptr (CcQuestionnaireChoice) choice = choose ("ecowas-tip", 2024);
  g_autofree char *name = cc_questionnaire_choice_make_file_name (choice, "SEN", FALSE, FALSE);
  g_autofree char *training = cc_questionnaire_choice_make_file_name (choice, "SEN", TRUE, FALSE);
  g_autofree char *blank = cc_questionnaire_choice_make_file_name (choice, "SEN", TRUE, TRUE);

  g_assert_cmpstr (name, ==, "ecowas-tip_SEN_2020-2024_fr.xlsx");
  g_assert_cmpstr (training, ==, "TRAINING_ecowas-tip_SEN_2020-2024_fr.xlsx");
  g_assert_cmpstr (blank, ==, "ecowas-tip_blank_SEN_2020-2024_fr.xlsx");
}

static char *
write_workbook (Fixture *fixture, const CcWorkbookRequest *request, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CcWorkbookSummary) summary =
      cc_workbook_export (fixture->file, request, texts, path, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (summary->sha256);
}

/* The window's request gives the bytes that the command's gives: "questionnaire --years 2020-2024
 * --lang fr", with the day of writing held still. */
static void
test_same_workbook (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaireChoice) choice = choose ("ecowas-tip", 2024);
  g_autoptr (CcQuestionnaireRequest) request = cc_questionnaire_choice_build (choice);
  g_autoptr (GArray) periods = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  g_assert_true (cc_periods_parse ("2020-2024", 1, &periods, &error));
  {
    CcCountOptions    options = { .periods = periods };
    CcWorkbookRequest command = { choice->questionnaire, &options, "fr", CC_AUDIENCE_AUTHORITY,
                                  1746230400 };

    request->request.created = 1746230400;
    here = write_workbook (fixture, &request->request, "window.xlsx");
    there = write_workbook (fixture, &command, "command.xlsx");
  }
  g_assert_cmpstr (here, ==, there);
}

static int
width_of (double characters, gpointer user_data)
{
  return (int) (characters * 8);
}

static int
height_of (const CcAnswerPart *part, int width, gpointer user_data)
{
  return part->kind == CC_ANSWER_HEADER
             ? 60
             : 20 + (int) g_utf8_strlen (part->text, -1) * 8 / width * 16;
}

static CcAnswerBook *
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaireChoice) choice = choose ("ecowas-tip", 2024);
  g_autoptr (CcQuestionnaireRequest) request = cc_questionnaire_choice_build (choice);
  CcAnswerBook *book = cc_answer_book_load (fixture->file, &request->request, texts, NULL, &error);

  g_assert_no_error (error);
  return book;
}

/* The sheet with the most tables. */
static const CcAnswerSheet *
find_sheet (CcAnswerBook *book)
{
  GPtrArray           *sheets = cc_answer_book_get_sheets (book);
  const CcAnswerSheet *best = sheets->pdata[0];

  for (guint i = 0; i < sheets->len; i++)
    if (((CcAnswerSheet *) sheets->pdata[i])->titles->len > best->titles->len)
      best = sheets->pdata[i];
  g_assert_cmpuint (best->titles->len, >, 5);
  return best;
}

static gboolean
overlap (const CcSheetPlan *plan, const CcAnswerPart *a, const CcAnswerPart *b)
{
  int ax, ay, aw, ah, bx, by, bw, bh;

  cc_sheet_plan_place (plan, a, &ax, &ay, &aw, &ah);
  cc_sheet_plan_place (plan, b, &bx, &by, &bw, &bh);
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}

/* No two cells cover each other, wide or narrow, and texts stay within the view. */
static void
test_plan (Fixture *fixture, gconstpointer data)
{
  static const int widths[] = { 340, 1100 };
  g_autoptr (CcAnswerBook) book = count (fixture);
  const CcAnswerSheet *sheet = find_sheet (book);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_autoptr (CcSheetPlan) plan =
          cc_sheet_plan_new (sheet, widths[w], width_of, height_of, NULL);

      g_assert_true (plan->frozen);
      for (guint i = 0; i < sheet->parts->len; i++)
        {
          const CcAnswerPart *part = sheet->parts->pdata[i];
          int                 x, y, width, height;

          cc_sheet_plan_place (plan, part, &x, &y, &width, &height);
          g_assert_cmpint (width, >, 0);
          g_assert_cmpint (height, >=, MIN (height_of (part, width, NULL), 60));
          g_assert_cmpint (y + height, <=, cc_sheet_plan_get_height (plan));
          if (part->kind == CC_ANSWER_TITLE || part->kind == CC_ANSWER_BOX_TYPED)
            g_assert_cmpint (x + width, <=, widths[w]);
          for (guint k = i + 1; k < sheet->parts->len && k < i + 40; k++)
            g_assert_false (overlap (plan, part, sheet->parts->pdata[k]));
        }
    }
}

/* Only what is in view is marked; headings of the table in view stay at the top. */
static void
test_view (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcAnswerBook) book = count (fixture);
  const CcAnswerSheet *sheet = find_sheet (book);
  g_autoptr (CcSheetPlan) plan = cc_sheet_plan_new (sheet, 1100, width_of, height_of, NULL);
  const CcAnswerPart *deep = NULL;
  guint               index = 0, n_visible = 0, n_headers = 0;
  GdkRectangle        view = { 0, 0, 1100, 300 };
  g_autofree guint8  *visible = NULL;

  /* The last figure of a table that is taller than the view. */
  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];
      const guint         header = plan->header[part->line];

      if (part->kind == CC_ANSWER_FIGURE && plan->y[part->line] - plan->y[header] > 600)
        {
          deep = part;
          index = i;
        }
    }
  g_assert_nonnull (deep);
  view.y = plan->y[deep->line] - 150;
  visible = cc_sheet_plan_find_visible (plan, &view, 50);
  g_assert_true (visible[index]);
  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];
      GdkRectangle        box;

      n_visible += visible[i];
      if (!visible[i] || part->kind != CC_ANSWER_HEADER
          || plan->header[part->line] != plan->header[deep->line])
        continue;
      n_headers++;
      cc_sheet_plan_place_in_view (plan, part, view.x, view.y, &box);
      g_assert_cmpint (box.y, >=, 0);
      g_assert_cmpint (box.y, <, 150);
    }
  g_assert_cmpuint (n_headers, >, 2);
  g_assert_cmpuint (n_visible, <, sheet->parts->len / 3);
  g_assert_cmpint (cc_sheet_plan_find_top (plan, sheet->titles->pdata[2], 300), ==,
                   plan->y[((CcAnswerPart *) sheet->titles->pdata[2])->line]);
}

/* Arrows reach every figure and every box, and stop at the edges. */
static void
test_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcAnswerBook) book = count (fixture);
  const CcAnswerSheet *sheet = find_sheet (book);
  const guint          first = cc_sheet_find_first (sheet);
  const guint          last = cc_sheet_move (sheet, first, CC_SHEET_LAST);
  guint                n_targets = 0, n_reached = 0;

  for (guint i = 0; i < sheet->parts->len; i++)
    n_targets += cc_sheet_part_is_target (sheet->parts->pdata[i]);
  for (guint at = first, next;; at = next)
    {
      for (guint side = at, further;; side = further)
        {
          n_reached++;
          further = cc_sheet_move (sheet, side, CC_SHEET_FORWARD);
          if (further == side)
            break;
          g_assert_cmpuint (cc_sheet_move (sheet, further, CC_SHEET_BACKWARD), ==, side);
        }
      next = cc_sheet_move (sheet, cc_sheet_move (sheet, at, CC_SHEET_LINE_START), CC_SHEET_DOWN);
      next = cc_sheet_move (sheet, next, CC_SHEET_LINE_START);
      if (next == at)
        break;
    }
  g_assert_cmpuint (n_reached, ==, n_targets);
  g_assert_cmpuint (cc_sheet_move (sheet, last, CC_SHEET_FIRST), ==, first);
  g_assert_cmpuint (cc_sheet_move (sheet, first, CC_SHEET_UP), ==, first);
  g_assert_cmpuint (cc_sheet_move (sheet, last, CC_SHEET_DOWN), ==, last);
}

static void
test_keys (void)
{
  CcSheetMove move = CC_SHEET_UP;

  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_Left, 0, FALSE, &move), ==, CC_SHEET_KEY_MOVE);
  g_assert_cmpint (move, ==, CC_SHEET_BACKWARD);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_Left, 0, TRUE, &move), ==, CC_SHEET_KEY_MOVE);
  g_assert_cmpint (move, ==, CC_SHEET_FORWARD);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_End, GDK_CONTROL_MASK, TRUE, &move), ==,
                   CC_SHEET_KEY_MOVE);
  g_assert_cmpint (move, ==, CC_SHEET_LAST);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_Return, 0, FALSE, &move), ==, CC_SHEET_KEY_OPEN);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_F10, GDK_SHIFT_MASK, FALSE, &move), ==,
                   CC_SHEET_KEY_MENU);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_F10, 0, FALSE, &move), ==, CC_SHEET_KEY_NONE);
  /* Alt and arrows go back in the window, Ctrl and page keys to another sheet. */
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_Left, GDK_ALT_MASK, FALSE, &move), ==,
                   CC_SHEET_KEY_NONE);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_Page_Down, GDK_CONTROL_MASK, FALSE, &move), ==,
                   CC_SHEET_KEY_NONE);
  g_assert_cmpint (cc_sheet_key_find (GDK_KEY_a, 0, FALSE, &move), ==, CC_SHEET_KEY_NONE);
}

static void
test_typing (void)
{
  CcAnswerTyped typed = { .value = (char *) "7", .reason = (char *) "by telephone" };

  g_assert_true (cc_cell_popover_is_figure ("0"));
  g_assert_true (cc_cell_popover_is_figure (" 1234 "));
  g_assert_false (cc_cell_popover_is_figure (""));
  g_assert_false (cc_cell_popover_is_figure ("-1"));
  g_assert_false (cc_cell_popover_is_figure ("2.5"));
  g_assert_false (cc_cell_popover_is_figure ("many"));
  g_assert_false (cc_answer_keep_differs (NULL, NULL, NULL));
  g_assert_true (cc_answer_keep_differs (NULL, "7", NULL));
  g_assert_false (cc_answer_keep_differs (&typed, "7", "by telephone"));
  g_assert_true (cc_answer_keep_differs (&typed, "7", "by letter"));
  g_assert_true (cc_answer_keep_differs (&typed, NULL, NULL));
}

/* A sentence of the definition's own says what to do; none other is put below it. */
static void
test_advice (void)
{
  CcAnswerCheck check = { .id = "K2", .outcome = CC_ANSWER_FAILS, .severity = CC_SEVERITY_WARNING };

  g_assert_cmpstr (cc_check_list_advise (&check), !=, "");
  check.advises = TRUE;
  g_assert_cmpstr (cc_check_list_advise (&check), ==, "");
  check.outcome = CC_ANSWER_NOT_COMPUTED;
  g_assert_cmpstr (cc_check_list_advise (&check), !=, "");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  g_test_add_func ("/app/questionnaire-rules/years", test_years);
  g_test_add_func ("/app/questionnaire-rules/file-name", test_file_name);
  g_test_add_func ("/app/questionnaire-rules/keys", test_keys);
  g_test_add_func ("/app/questionnaire-rules/typing", test_typing);
  g_test_add_func ("/app/questionnaire-rules/advice", test_advice);
  ADD ("/app/questionnaire-rules/same-workbook", test_same_workbook);
  ADD ("/app/questionnaire-rules/plan", test_plan);
  ADD ("/app/questionnaire-rules/view", test_view);
  ADD ("/app/questionnaire-rules/moves", test_moves);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
