/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/intake/cc-send-back.h>
#include <cc/store/cc-record-list.h>

#include <string.h>

/* Lists go back with questions and return with answers. What the sender does in between is done
 * here by writing a new workbook of what the reader sees, as another program does that saves it. */

#define HEADERS "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Type of exploitation\n"

static const char *const messy =
    HEADERS "V1,A/1,F,15,Togo,13/05/2023,identified,Sexual exploitation\n"
            "V2,A/1,M,150,Togo,13/05/2023,presumed,Forced labour\n"
            "V3,A/2,,22,Klingon,2 or 3 days ago,identified,Forced begging\n"
            "V4,A/3,F,19,2 Togolese,14/05/2023,identified,Forced begging\n"
            "V5,A/4,F,31,Ghana,15/05/2023,identified,Forced begging\n"
            "Total,,,5,,,,\n";

static const char *const nameless = "Sex,Age,Nationality,Date rescued,Type of exploitation\n"
                                    "F,15,Togo,13/05/2023,Sexual exploitation\n"
                                    "M,150,Togo,13/05/2023,Forced labour\n"
                                    "F,22,Ghana,16/05/2023,Forced begging\n"
                                    "F,33,Klingon,17/05/2023,Forced begging\n";

static CcTexts *texts;

/* --- the sender --- */

typedef struct
{
  guint       row, column; /* of the list */
  const char *text;
} Edit;

typedef struct
{
  const Edit  *edits;
  guint        n_edits;
  const guint *order; /* rows of the list in their new order, G_MAXUINT for a new one; or NULL */
  guint        n_order;
  const char  *added;       /* the cells of new rows, with commas */
  const char  *rename;      /* the sheet of questions is called so */
  guint        n_questions; /* sheets of questions beside the first */
} Sender;

static GPtrArray *
read_rows (CcBook *book, guint sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, sheet, &error);
  GPtrArray        *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const CcSheetRow *row;

  g_assert_no_error (error);
  for (;;)
    {
      char **cells = g_new0 (char *, 65);

      cc_sheet_reader_next (reader, &row, NULL, &error);
      g_assert_no_error (error);
      if (!row)
        {
          g_free (cells);
          return rows;
        }
      for (guint i = 0; i < 64; i++)
        cells[i] = g_strdup ("");
      for (guint i = 0; i < row->n_cells; i++)
        {
          g_free (cells[row->cells[i].column]);
          cells[row->cells[i].column] = g_strdup (row->cells[i].text);
        }
      while (rows->len < row->row)
        g_ptr_array_add (rows, g_new0 (char *, 1));
      g_ptr_array_add (rows, cells);
    }
}

static void
write_row (CcSheetWriter *sheet, guint at, char **cells)
{
  for (guint i = 0; cells[i]; i++)
    if (*cells[i])
      cc_sheet_writer_text (sheet, at, i, cells[i], 0);
}

static void
write_list (CcSheetWriter *sheet, GPtrArray *rows, const Sender *sender)
{
  guint n = sender->order ? sender->n_order : rows->len;

  for (guint i = 0; i < sender->n_edits; i++)
    {
      const Edit *edit = &sender->edits[i];
      char      **cells = rows->pdata[edit->row];

      g_free (cells[edit->column]);
      cells[edit->column] = g_strdup (edit->text);
    }
  for (guint i = 0; i < n; i++)
    {
      guint row = sender->order ? sender->order[i] : i;

      if (row == G_MAXUINT)
        {
          g_auto (GStrv) cells = g_strsplit (sender->added, ",", -1);

          write_row (sheet, i, cells);
        }
      else
        write_row (sheet, i, rows->pdata[row]);
    }
}

/* Saves the workbook as another program does, with what the sender changes in the list. */
static char *
answer (Fixture *fixture, const char *sent, const char *name, const Sender *sender)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open (sent, NULL, &error);
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CcBookWriter) writer = cc_book_writer_new (path, &error);

  g_assert_no_error (error);
  for (guint s = 0; s < cc_book_get_n_sheets (book); s++)
    {
      const CcSheetInfo *info = cc_book_get_sheet (book, s);
      const char        *as = s == 0 && sender->rename ? sender->rename : info->name;
      CcSheetWriter     *sheet = cc_book_writer_add_sheet (writer, as, &error);
      g_autoptr (GPtrArray) rows = read_rows (book, s);

      g_assert_no_error (error);
      if (info->hidden)
        cc_sheet_writer_hide (sheet);
      if (s == 1 + sender->n_questions)
        write_list (sheet, rows, sender);
      else
        for (guint r = 0; r < rows->len; r++)
          write_row (sheet, r, rows->pdata[r]);
    }
  cc_book_writer_close (writer, &error);
  g_assert_no_error (error);
  return path;
}

/* --- the ministry --- */

static CcImportResult *
bring_in (Fixture *fixture, const char *path)
{
  CcImportOptions options = options_for ("police");

  return import (fixture, path, &options);
}

static char *
send_back (Fixture *fixture, gint64 submission, const char *list, const char *language)
{
  g_autoptr (GError) error = NULL;
  char *out = g_build_filename (fixture->folder, "questions.xlsx", NULL);
  g_autoptr (CcSendBackResult) result =
      cc_send_back (fixture->file, texts, submission, list, out, language, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->questions, >, 0);
  return out;
}

static CcImportResult *
fail_to_bring_in (Fixture *fixture, const char *path, const char *words)
{
  CcImportOptions options = options_for ("police");
  g_autoptr (GError) error = NULL;
  CcImportResult *result = cc_import_file (fixture->file, path, &options, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  if (!strstr (error->message, words))
    g_error ("%s", error->message);
  return result;
}

static gint64
count_waiting (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (GArray) ids = cc_parked_list (reader, 0, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return ids->len;
}

/* As the lists of deliveries tell it. */
static gint64
count_parked (Fixture *fixture, gint64 submission)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = cc_submission_list (fixture->file, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    if (((CcSubmission *) all->pdata[i])->id == submission)
      return ((CcSubmission *) all->pdata[i])->parked;
  return -1;
}

static void
assert_answers (CcImportResult *result, const char *expected)
{
  const CcImportAnswers *a = result->answers;
  g_autofree char       *text = NULL;

  g_assert_nonnull (a);
  text = g_strdup_printf ("of %d answered %d; touched %d untouched %d added %d gone %d",
                          (int) a->asked, (int) a->answered, (int) a->touched, (int) a->untouched,
                          (int) a->added, (int) a->gone);
  g_assert_cmpstr (text, ==, expected);
  check_arithmetic (result);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const Edit edits[] = { { 2, 3, "15" },
                                { 3, 4, "Kenya" },
                                { 3, 5, "12 May 2023" },
                                { 4, 4, "Togo" } };
  const Sender      sender = { edits, G_N_ELEMENTS (edits), NULL, 0, NULL, "Fragen", 0 };
  g_autofree char  *list = write_csv (fixture, "list.csv", messy);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "answers.xlsx", &sender);
  g_autoptr (CcImportResult) second = NULL;
  g_autoptr (CcImportResult) third = NULL;
  g_autoptr (GError) error = NULL;
  gint64 waiting = count_waiting (fixture);

  g_assert_cmpint (waiting, ==, 2);
  second = bring_in (fixture, back);
  assert_answers (second, "of 4 answered 4; touched 3 untouched 2 added 0 gone 0");
  assert_counts (second->fresh, "victim=2");
  assert_counts (second->updated, "victim=1");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 5);
  g_assert_cmpint (count_waiting (fixture), ==, 0);
  g_assert_cmpint (count_parked (fixture, first->submission), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM source_row WHERE submission = 2"), ==, 3);
  /* The same answers again ask and change nothing. */
  third = bring_in (fixture, back);
  g_assert_true (third->same_file);
  /* Taken back, all is as it was. */
  g_assert_true (cc_import_undo (fixture->file, second->submission, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_waiting (fixture), ==, waiting);
  g_assert_cmpint (count_parked (fixture, first->submission), ==, waiting);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 3);
}

/* What the list asks: in the language asked for, and nothing of anybody else. */
static void
test_questions (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other =
      write_csv (fixture, "other.csv", HEADERS "V1,A/1,M,44,Mali,12/05/2023,identified,Slavery\n");
  g_autofree char *list = write_csv (fixture, "list.csv", messy);
  CcImportOptions  options = options_for ("court");
  g_autoptr (CcImportResult) foreign = import (fixture, other, &options);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  static const char *const languages[] = { "en", "fr", "pt", "es", "ar", "sw" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *sent = send_back (fixture, first->submission, list, languages[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (CcBook) book = cc_book_open (sent, NULL, &error);
      g_autoptr (GPtrArray) questions = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (cc_book_get_n_sheets (book), ==, 3);
      g_assert_cmpstr (cc_book_get_sheet (book, 0)->name, ==,
                       cc_texts_get (texts, "send-back.sheet", languages[i]));
      g_assert_cmpint (cc_book_get_sheet (book, 0)->right_to_left, ==,
                       g_str_equal (languages[i], "ar"));
      g_assert_true (cc_book_get_sheet (book, 2)->hidden);
      questions = read_rows (book, 0);
      for (guint r = 0; r < questions->len; r++)
        for (char **cell = questions->pdata[r]; *cell; cell++)
          {
            g_assert_null (strstr (*cell, "send-back."));
            g_assert_null (strchr (*cell, '{'));
            g_assert_null (strstr (*cell, "Tribunal"));
            g_assert_null (strstr (*cell, "Mali"));
            g_assert_null (strstr (*cell, "Slavery"));
          }
      /* The list has its rows where they were. */
      rows = read_rows (book, 1);
      g_assert_cmpuint (rows->len, ==, 7);
      g_assert_cmpstr (((char **) rows->pdata[3])[4], ==, "Klingon");
    }
}

/* Rows without a number of the agency stay the persons that they were; sorted, with one row out and
 * one more. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  static const Edit  edits[] = { { 2, 1, "51" } };
  static const guint order[] = { 0, 4, 2, G_MAXUINT, 1 };
  const Sender       sender = {
          edits, 1, order, G_N_ELEMENTS (order), "M,8,Ghana,18/05/2023,Forced begging", NULL, 0
  };
  g_autofree char *list = write_csv (fixture, "list.csv", nameless);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "answers.xlsx", &sender);
  g_autoptr (CcImportResult) second = bring_in (fixture, back);

  assert_answers (second, "of 2 answered 1; touched 1 untouched 2 added 1 gone 1");
  assert_counts (second->updated, "victim=1");
  assert_counts (second->fresh, "victim=1");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 5);
}

/* A number that was wrong: the person goes on under the right one. */
static void
test_number (Fixture *fixture, gconstpointer data)
{
  static const Edit edits[] = { { 2, 0, "V9" }, { 2, 3, "15" } };
  const Sender      sender = { edits, 2, NULL, 0, NULL, NULL, 0 };
  g_autofree char  *list = write_csv (fixture, "list.csv", messy);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "answers.xlsx", &sender);
  g_autoptr (CcImportResult) second = bring_in (fixture, back);
  g_autoptr (GError) error = NULL;

  assert_counts (second->fresh, "victim=1");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM identifier i JOIN record r"
                                   " ON r.id = i.record WHERE r.state = 0 AND i.value = 'V9'"),
                   ==, 1);
  g_assert_true (cc_import_undo (fixture->file, second->submission, NULL, NULL, &error));
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM identifier i JOIN record r"
                                   " ON r.id = i.record WHERE r.state = 0 AND i.value = 'V2'"),
                   ==, 1);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const Edit header[] = { { 0, 4, "Pays" } };
  const Sender      changed = { header, 1, NULL, 0, NULL, NULL, 0 };
  const Sender      same = { NULL, 0, NULL, 0, NULL, NULL, 0 };
  g_autofree char  *list = write_csv (fixture, "list.csv", messy);
  g_autofree char  *other = write_csv (fixture, "other.csv", nameless);
  g_autofree char  *out = g_build_filename (fixture->folder, "x.xlsx", NULL);
  g_autofree char  *before = NULL;
  g_autofree char  *after = NULL;
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "layout.xlsx", &changed);
  g_autofree char *untouched = answer (fixture, sent, "same.xlsx", &same);
  g_autoptr (CcImportResult) nothing = NULL;
  g_autoptr (CcSendBackResult) none = NULL;
  g_autoptr (GError) error = NULL;

  before = content_hash (fixture);
  fail_to_bring_in (fixture, back, "layout");
  none = cc_send_back (fixture->file, texts, first->submission, other, out, NULL, NULL, &error);
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  g_clear_error (&error);
  none = cc_send_back (fixture->file, texts, 99, list, out, NULL, NULL, &error);
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  after = content_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  /* Nothing touched: nothing read. */
  nothing = bring_in (fixture, untouched);
  assert_answers (nothing, "of 4 answered 0; touched 0 untouched 5 added 0 gone 0");
  g_assert_cmpint (nothing->rows, ==, 0);
  g_assert_true (cc_import_undo (fixture->file, first->submission, NULL, NULL, &error));
  fail_to_bring_in (fixture, untouched, "taken back");
  none = cc_send_back (fixture->file, texts, first->submission, list, out, NULL, NULL, &error);
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
}

/* To another case file it is a list like any other, the sheets of questions apart; to this one when
 * that is asked for. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  static const Edit edits[] = { { 2, 3, "15" } };
  const Sender      sender = { edits, 1, NULL, 0, NULL, NULL, 0 };
  g_autofree char  *list = write_csv (fixture, "list.csv", messy);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "answers.xlsx", &sender);
  CcImportOptions  options = options_for ("police");
  Fixture          stranger = { 0 };
  g_autoptr (CcImportResult) whole = NULL;
  g_autoptr (CcImportResult) there = NULL;

  options.whole = TRUE;
  whole = import (fixture, back, &options);
  g_assert_null (whole->answers);
  g_assert_cmpint (whole->rows, ==, 6);
  set_up_import (&stranger);
  there = bring_in (&stranger, back);
  g_assert_null (there->answers);
  g_assert_cmpint (there->rows, ==, 6);
  tear_down_import (&stranger);
}

/* Questions about answers. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  static const Edit first_edits[] = { { 2, 3, "999" } };
  static const Edit second_edits[] = { { 2, 3, "15" } };
  const Sender      one = { first_edits, 1, NULL, 0, NULL, NULL, 0 };
  const Sender      two = { second_edits, 1, NULL, 0, NULL, NULL, 1 };
  g_autofree char  *list = write_csv (fixture, "list.csv", messy);
  g_autoptr (CcImportResult) first = bring_in (fixture, list);
  g_autofree char *sent = send_back (fixture, first->submission, list, NULL);
  g_autofree char *back = answer (fixture, sent, "answers.xlsx", &one);
  g_autoptr (CcImportResult) second = bring_in (fixture, back);
  g_autofree char *again = send_back (fixture, second->submission, back, NULL);
  g_autofree char *better = answer (fixture, again, "better.xlsx", &two);
  g_autoptr (CcImportResult) third = bring_in (fixture, better);

  assert_answers (second, "of 4 answered 1; touched 1 untouched 4 added 0 gone 0");
  g_assert_cmpint (third->answers->submission, ==, second->submission);
  assert_answers (third, "of 1 answered 1; touched 1 untouched 4 added 0 gone 0");
  assert_counts (third->updated, "victim=1");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "send-back/round-trip", test_round_trip, NULL },
    { "send-back/questions", test_questions, NULL },
    { "send-back/moved", test_moved, NULL },
    { "send-back/number", test_number, NULL },
    { "send-back/refusals", test_refusals, NULL },
    { "send-back/whole", test_whole, NULL },
    { "send-back/again", test_again, NULL },
  };
  g_autoptr (GError) error = NULL;
  int code;

  texts = cc_texts_load_default (&error);
  g_assert_no_error (error);
  code = run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
  cc_texts_unref (texts);
  return code;
}
