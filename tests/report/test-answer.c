/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/report/cc-answer-book.h>
#include <cc/report/cc-answer.h>
#include <cc/report/cc-read-back.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-release.h>

#define CREATED 1746230400

static CcWorkbookRequest
make_request (CcQuestionnaire *questionnaire, CcCountOptions *options, const char *language)
{
  return (CcWorkbookRequest){ questionnaire, options, language, CC_AUDIENCE_AUTHORITY, CREATED };
}

static CcAnswerBook *
load (Fixture *fixture, const char *id, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = find_questionnaire (id);
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  CcCountOptions    options = { .periods = periods };
  CcWorkbookRequest request = make_request (questionnaire, &options, language);
  CcAnswerBook     *book = cc_answer_book_load (fixture->file, &request, texts, NULL, &error);

  g_assert_no_error (error);
  return book;
}

static CcWorkbookSummary *export(Fixture    *fixture,
                                 const char *id,
                                 const char *name,
                                 CcAudience  audience,
                                 GError    **error)
{
  g_autoptr (CcQuestionnaire) questionnaire = find_questionnaire (id);
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autofree char  *path = g_build_filename (fixture->folder, name, NULL);
  CcCountOptions    options = { .periods = periods };
  CcWorkbookRequest request = make_request (questionnaire, &options, "en");

  request.audience = audience;
  return cc_workbook_export (fixture->file, &request, texts, path, NULL, error);
}

static GPtrArray *
list_releases (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  GPtrArray    *releases = cc_release_list (reader, &error);

  cc_case_file_release_reader (fixture->file, reader);
  g_assert_no_error (error);
  return releases;
}

static const CcReadCell *
find_read (CcReadBack *back, const CcAnswerPart *part)
{
  const CcHeading *row = part->result->rows->pdata[part->row];
  const CcHeading *col = part->result->cols->pdata[part->col];
  const char      *period = cc_answer_part_get_period (part, NULL);

  for (guint i = 0; i < back->cells->len; i++)
    {
      const CcReadCell *cell = back->cells->pdata[i];

      if (g_strcmp0 (cell->table, part->result->table->id) == 0
          && strcmp (cell->row, row->code) == 0 && strcmp (cell->col, col->code) == 0
          && strcmp (cell->period, period != NULL ? period : "total") == 0)
        return cell;
    }
  return NULL;
}

/* Figure by figure, the screen shows what the workbook holds. */
static void
test_same_as_workbook (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcAnswerBook) book = load (fixture, "unodc-glotip", "en");
  g_autoptr (CcWorkbookSummary) summary =
      export(fixture, "unodc-glotip", "same.xlsx", CC_AUDIENCE_AUTHORITY, &error);
  g_autoptr (CcReadBack) back = NULL;
  GPtrArray *sheets = cc_answer_book_get_sheets (book);
  guint      n_figures = 0, n_read = 0;

  g_assert_no_error (error);
  back = cc_read_back_load (summary->path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < back->cells->len; i++)
    {
      const CcReadCell *cell = back->cells->pdata[i];

      n_read += cell->table != NULL && *cell->row != '@';
    }
  for (guint i = 0; i < sheets->len; i++)
    {
      const CcAnswerSheet *sheet = sheets->pdata[i];

      for (guint k = 0; k < sheet->parts->len; k++)
        {
          const CcAnswerPart *part = sheet->parts->pdata[k];
          const CcReadCell   *cell;
          g_autofree char    *text = NULL;

          g_assert_cmpuint (part->line + part->n_lines, <=, sheet->n_lines);
          g_assert_cmpuint (part->column + part->n_columns, <=, sheet->n_columns);
          if (part->kind != CC_ANSWER_FIGURE)
            continue;
          n_figures++;
          if (part->result->row_blocks->len > 1 || part->result->col_blocks->len > 1)
            continue;
          cell = find_read (back, part);
          g_assert_nonnull (cell);
          text = cell->known ? cc_texts_number (texts, "en", cell->value, 0) : g_strdup ("");
          g_assert_cmpstr (part->text, ==, text);
          g_assert_true (cc_answer_sheet_find (sheet, part->line, part->column) == part);
        }
    }
  g_assert_cmpuint (n_figures, ==, n_read);
  g_assert_cmpuint (n_figures, >, 100);
}

/* Every language lays out the same lines; labels differ. */
static void
test_languages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcAnswerBook) english = load (fixture, "ecowas-tip", "en");
  g_autoptr (CcAnswerBook) arabic = load (fixture, "ecowas-tip", "ar");
  GPtrArray *a = cc_answer_book_get_sheets (english);
  GPtrArray *b = cc_answer_book_get_sheets (arabic);

  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const CcAnswerSheet *left = a->pdata[i];
      const CcAnswerSheet *right = b->pdata[i];

      g_assert_cmpuint (left->n_lines, ==, right->n_lines);
      g_assert_cmpuint (left->parts->len, ==, right->parts->len);
      g_assert_cmpstr (left->title, !=, right->title);
    }
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcAnswerBook) book = load (fixture, "unodc-glotip", "en");
  g_autofree char     *place = NULL;
  g_autofree char     *spoken = NULL;
  g_autofree char     *comment = NULL;
  guint                sheet;
  CcInterval           period;
  const CcAnswerPart  *part = cc_answer_book_find_part (book, "Q7", "2023", &sheet);
  const CcAnswerTyped *typed;

  g_assert_nonnull (part);
  g_assert_cmpint (part->kind, ==, CC_ANSWER_FIGURE);
  g_assert_cmpstr (part->text, ==, "4");
  place = cc_answer_part_get_place (part);
  g_assert_cmpstr (place, ==, "total,2023");
  spoken = cc_answer_book_describe_place (book, part);
  g_assert_nonnull (strstr (spoken, "Total"));
  g_assert_nonnull (strstr (spoken, "2023"));
  g_assert_cmpstr (cc_answer_part_get_period (part, &period), ==, "2023");
  g_assert_null (cc_answer_book_find_typed (book, "Q7", place));
  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", period, "Q7", place, "9",
                                "by telephone", &error));
  g_assert_no_error (error);

  cc_answer_book_unref (g_steal_pointer (&book));
  book = load (fixture, "unodc-glotip", "en");
  part = cc_answer_book_find_part (book, "Q7", "2023", &sheet);
  g_assert_cmpstr (part->text, ==, "9");
  g_assert_cmpint (part->cell->state, ==, CC_CELL_ENTRY);
  comment = cc_answer_book_describe_figure (book, part);
  g_assert_nonnull (strstr (comment, "by telephone"));
  typed = cc_answer_book_find_typed (book, "Q7", place);
  g_assert_cmpstr (typed->value, ==, "9");
  g_assert_cmpstr (typed->reason, ==, "by telephone");
  g_assert_cmpint (typed->periods.first, ==, period.first);
  g_assert_null (cc_answer_book_find_part (book, "Q99", NULL, &sheet));
}

/* A typed total that is not the sum fails a check, and the check says where. */
static void
test_checks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcInterval year = { cc_day_from_ymd (2023, 1, 1), cc_day_from_ymd (2023, 12, 31) };
  g_autoptr (CcAnswerBook) book = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (CcWorkbookSummary) summary = NULL;
  const CcAnswerCheck *check;
  gboolean             ordered = TRUE;

  g_assert_true (
      cc_answer_set (fixture->file, "unodc-glotip", year, "Q7", "girls,2023", "9", "x", &error));
  book = load (fixture, "unodc-glotip", "fr");
  checks = cc_answer_book_list_checks (book, "en");
  g_assert_cmpuint (checks->len, >, 3);
  check = checks->pdata[0];
  g_assert_cmpint (check->outcome, ==, CC_ANSWER_FAILS);
  g_assert_cmpint (check->severity, ==, CC_SEVERITY_ERROR);
  g_assert_cmpstr (check->table, ==, "Q7");
  g_assert_cmpstr (check->period, ==, "2023");
  for (guint i = 0; i < checks->len; i++)
    {
      const CcAnswerCheck *here = checks->pdata[i];

      g_assert_nonnull (here->text);
      if (i > 0 && here->outcome == CC_ANSWER_FAILS)
        ordered =
            ordered && ((const CcAnswerCheck *) checks->pdata[i - 1])->severity <= here->severity;
    }
  g_assert_true (ordered);
  g_assert_cmpuint (cc_answer_book_count_checks (book, CC_SEVERITY_ERROR), >, 0);
  summary = export(fixture, "unodc-glotip", "errors.xlsx", CC_AUDIENCE_AUTHORITY, &error);
  g_assert_cmpuint (summary->n_errors, ==, cc_answer_book_count_checks (book, CC_SEVERITY_ERROR));
}

/* What a questionnaire says of its checks in its own words is read so here, too, and nowhere else.
 */
static void
test_own_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcInterval year = { cc_day_from_ymd (2023, 1, 1), cc_day_from_ymd (2023, 12, 31) };
  g_autoptr (CcAnswerBook) sdg = NULL;
  g_autoptr (CcAnswerBook) other = load (fixture, "unodc-glotip", "en");
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) general = cc_answer_book_list_checks (other, "pt");
  guint n = 0;

  g_assert_true (cc_answer_set (fixture->file, "sdg-16-2-2", year, "S1", "DETV;T;all,2023", "90",
                                "by letter", &error));
  g_assert_no_error (error);
  sdg = load (fixture, "sdg-16-2-2", "en");
  own = cc_answer_book_list_checks (sdg, "pt");
  for (guint i = 0; i < own->len; i++)
    {
      const CcAnswerCheck *check = own->pdata[i];

      g_test_message ("%s %s: %s", check->id, check->when, check->text);
      if (strcmp (check->id, "K2") != 0 || check->outcome != CC_ANSWER_FAILS)
        {
          g_assert_true (!check->advises || strcmp (check->id, "K1") == 0);
          continue;
        }
      n++;
      g_assert_true (check->advises);
      g_assert_cmpstr (check->table, ==, "S1");
      g_assert_true (g_str_has_prefix (check->text, "Vítimas detetadas em falta nos números"));
    }
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < general->len; i++)
    g_assert_false (((const CcAnswerCheck *) general->pdata[i])->advises);
}

/* The workbook and its note come together; the same data give the same bytes. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcWorkbookSummary) first =
      export(fixture, "ecowas-tip", "first.xlsx", CC_AUDIENCE_AUTHORITY, &error);
  g_autoptr (CcWorkbookSummary) second = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *absent = g_build_filename (fixture->folder, "public.xlsx", NULL);
  gsize            length;
  const CcRelease *release;

  g_assert_no_error (error);
  second = export(fixture, "ecowas-tip", "second.xlsx", CC_AUDIENCE_AUTHORITY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->sha256, ==, second->sha256);
  g_assert_true (g_file_get_contents (second->path, &bytes, &length, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_assert_cmpstr (hash, ==, second->sha256);

  g_assert_null (export(fixture, "ecowas-tip", "public.xlsx", CC_AUDIENCE_PUBLIC, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
  g_assert_null (
      export(fixture, "ecowas-tip", "no such/folder.xlsx", CC_AUDIENCE_AUTHORITY, &error));
  g_assert_nonnull (error);
  g_assert_null (strstr (error->message, ".part"));

  releases = list_releases (fixture);
  g_assert_cmpuint (releases->len, ==, 2);
  release = releases->pdata[0];
  g_assert_cmpstr (release->file_name, ==, "second.xlsx");
  g_assert_cmpstr (release->questionnaire, ==, "ecowas-tip");
  g_assert_cmpstr (release->periods, ==, "2022;2023;2024");
  g_assert_cmpstr (release->language, ==, "en");
  g_assert_cmpstr (release->audience, ==, "authority");
  g_assert_cmpstr (release->sha256, ==, second->sha256);
  g_assert_cmpstr (release->head, ==, second->head_hash);
  g_assert_cmpuint (release->n_tables, ==, second->tables->len);
  g_assert_cmpuint (release->n_warnings, ==, second->n_warnings);
}

/* Typing can be taken back; what left the house cannot. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcInterval year = { cc_day_from_ymd (2023, 1, 1), cc_day_from_ymd (2023, 12, 31) };
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (CcWorkbookSummary) summary = NULL;
  CcConnection *reader;
  gint64        typed, left;
  char         *reason = NULL;

  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", year, "Q7", "girls,2023", "8",
                                "first", &error));
  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", year, "Q7", "girls,2023", "9",
                                "later", &error));
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  typed = cc_history_get_last (reader, &error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_true (cc_history_undo (fixture->file, typed, NULL, NULL, &error));
  g_assert_no_error (error);
  answers = cc_answer_list (fixture->file, "unodc-glotip", &error);
  g_assert_cmpuint (answers->len, ==, 1);
  g_assert_cmpstr (((CcAnswer *) answers->pdata[0])->value, ==, "8");
  g_assert_cmpstr (((CcAnswer *) answers->pdata[0])->reason, ==, "first");

  summary = export(fixture, "unodc-glotip", "left.xlsx", CC_AUDIENCE_AUTHORITY, &error);
  g_assert_no_error (error);
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  left = cc_history_get_last (reader, &error);
  g_assert_false (cc_history_can_undo (reader, left, &reason));
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_nonnull (reason);
  g_free (reason);
}

static void
test_public (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcAnswerBook) book = load (fixture, "unodc-glotip", "en");

  g_assert_false (cc_answer_book_check_public (book, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  ADD ("/report/answer/same-as-workbook", test_same_as_workbook);
  ADD ("/report/answer/languages", test_languages);
  ADD ("/report/answer/places", test_places);
  ADD ("/report/answer/checks", test_checks);
  ADD ("/report/answer/own-words", test_own_words);
  ADD ("/report/answer/export", test_export);
  ADD ("/report/answer/undo", test_undo);
  ADD ("/report/answer/public", test_public);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
