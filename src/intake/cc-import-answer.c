/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-answer-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

static void
free_was (gpointer data)
{
  CcAnswerWas *self = data;

  g_slist_free (self->asks);
  g_strfreev (self->texts);
  g_free (self->unit);
  g_free (self->base);
  g_free (self->key);
  g_free (self);
}

static void
clear_now (gpointer data)
{
  g_strfreev (((CcAnswerNow *) data)->texts);
}

static void
free_sheet (gpointer data)
{
  CcAnswerSheet *self = data;

  g_ptr_array_unref (self->was);
  g_array_unref (self->now);
  g_free (self);
}

void
cc_import_answer_free (CcImportAnswer *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

/* --- the delivery that was asked about --- */

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "This list answers questions about a delivery %s. Nothing was imported. To import "
               "it "
               "like any other list, say that all of it is to be read.",
               reason);
  return FALSE;
}

/**
 * cc_import_answer_find:
 *
 * Whether the file is a list that this case file sent back: then the delivery it answers, whose
 * period is its own.
 */
gboolean
cc_import_answer_find (CcImportJob *job, GError **error)
{
  const CcReturned *returned = job->inspection->returned;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  if (!returned || job->options->whole
      || returned->token != cc_returned_hash_file (job->file, returned->sha256))
    return TRUE;
  find = cc_connection_prepare (
      cc_act_get_connection (job->act),
      "SELECT s.id, s.entity, s.first, s.last, EXISTS (SELECT 1 FROM submission n"
      "  WHERE n.replaces = s.id AND n.state = 'live') FROM submission s"
      " WHERE s.sha256 = ?1 AND s.state = 'live' ORDER BY s.entity = ?2 DESC, s.id DESC LIMIT 1",
      error);
  if (!find)
    return FALSE;
  cc_statement_bind_text (find, 1, returned->sha256);
  cc_statement_bind_int64 (find, 2, job->entity->id);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return refuse (error, "that was taken back");
  if (cc_statement_int64 (find, 1) != job->entity->id)
    return refuse (error, "of another agency");
  if (cc_statement_int64 (find, 4) != 0)
    return refuse (error, "that a later one has replaced");
  job->answer = g_new0 (CcImportAnswer, 1);
  job->answer->returned = returned;
  job->answer->submission = cc_statement_int64 (find, 0);
  job->answer->sheets = g_ptr_array_new_with_free_func (free_sheet);
  job->answered_period = CC_INTERVAL_UNKNOWN;
  if (!cc_statement_is_null (find, 2))
    job->answered_period =
        (CcInterval){ (CcDay) cc_statement_int64 (find, 2), (CcDay) cc_statement_int64 (find, 3) };
  job->result->answers = g_new0 (CcImportAnswers, 1);
  job->result->answers->submission = job->answer->submission;
  job->result->answers->asked = returned->asks->len;
  return TRUE;
}

/* --- rows --- */

static gint
compare_was (gconstpointer a, gconstpointer b)
{
  const CcAnswerWas *x = *(CcAnswerWas *const *) a;
  const CcAnswerWas *y = *(CcAnswerWas *const *) b;

  return x->row < y->row ? -1 : x->row > y->row;
}

static void
add_was (CcAnswerSheet *sheet, GArray *rows, gboolean header)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CcReturnedRow *row = &g_array_index (rows, CcReturnedRow, i);
      CcAnswerWas         *was = g_new0 (CcAnswerWas, 1);

      was->row = row->row;
      was->code = row->code;
      was->header = header;
      was->now = -1;
      g_ptr_array_add (sheet->was, was);
    }
}

static gboolean
is_blank_row (const CcSheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (!cc_text_is_blank (row->cells[i].text))
      return FALSE;
  return TRUE;
}

static char **
copy_texts (const CcSheetRow *row)
{
  const guint n = row->n_cells > 0 ? row->cells[row->n_cells - 1].column + 1 : 0;
  char      **texts = g_new0 (char *, n + 1);

  for (guint i = 0; i < row->n_cells; i++)
    texts[row->cells[i].column] = g_strdup (row->cells[i].text);
  for (guint i = 0; i < n; i++)
    if (!texts[i])
      texts[i] = g_strdup ("");
  return texts;
}

/* The codes of the rows as they are now; the second time the texts of those in doubt. */
static gboolean
read_now (CcImportJob *job, CcBook *book, CcAnswerSheet *sheet, gboolean texts, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, sheet->sheet, error);
  const CcSheetRow *row;
  guint             at = 0;

  if (!reader)
    return FALSE;
  for (;;)
    {
      CcAnswerNow now = { .was = -1 };

      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (is_blank_row (row))
        continue;
      if (texts)
        {
          CcAnswerNow *known = &g_array_index (sheet->now, CcAnswerNow, at++);

          if (known->was < 0)
            known->texts = copy_texts (row);
          continue;
        }
      now.row = row->row;
      now.code =
          cc_returned_hash_row (job->file, job->answer->returned->sha256, row->cells, row->n_cells);
      g_array_append_val (sheet->now, now);
    }
}

static gboolean
check_headers (const CcAnswerSheet *sheet, GError **error)
{
  for (guint i = 0; i < sheet->was->len; i++)
    {
      const CcAnswerWas *was = sheet->was->pdata[i];

      if (!was->header || (was->now >= 0 && !was->touched))
        continue;
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "The layout of the list was changed: the headers of the sheet “%s” are other "
                   "than "
                   "they were when the list was sent back, so that its rows cannot be found again. "
                   "Nothing was imported. Undo that in the file, or import it like any other list.",
                   sheet->known->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_sheet (CcBook *book, const char *name, guint *index)
{
  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    if (g_str_equal (cc_book_get_sheet (book, i)->name, name))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
load_sheet (CcImportJob *job, CcBook *book, const CcReturnedSheet *known, GError **error)
{
  CcAnswerSheet *sheet;
  guint          index;

  if (!find_sheet (book, known->name, &index))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "The sheet “%s” of the list is missing or has another name. Nothing was "
                   "imported. Undo that in the file, or import it like any other list.",
                   known->name);
      return FALSE;
    }
  sheet = g_new0 (CcAnswerSheet, 1);
  sheet->sheet = index;
  sheet->known = known;
  sheet->was = g_ptr_array_new_with_free_func (free_was);
  sheet->now = g_array_new (FALSE, FALSE, sizeof (CcAnswerNow));
  g_array_set_clear_func (sheet->now, clear_now);
  g_ptr_array_add (job->answer->sheets, sheet);
  add_was (sheet, known->rows, FALSE);
  add_was (sheet, known->headers, TRUE);
  g_ptr_array_sort (sheet->was, compare_was);
  if (!read_now (job, book, sheet, FALSE, error))
    return FALSE;
  cc_answer_align (sheet);
  return check_headers (sheet, error);
}

/**
 * cc_import_answer_load:
 *
 * Finds out what was touched. Called before the rows are read.
 */
gboolean
cc_import_answer_load (CcImportJob *job, CcBook *book, GError **error)
{
  CcImportAnswer *self = job->answer;
  gboolean        doubt = FALSE;

  if (!self)
    return TRUE;
  for (guint i = 0; i < self->returned->sheets->len; i++)
    {
      if (!load_sheet (job, book, self->returned->sheets->pdata[i], error))
        return FALSE;
      doubt = doubt || cc_answer_has_doubt (self->sheets->pdata[i]);
    }
  if (!cc_import_answer_load_old (job, error))
    return FALSE;
  for (guint i = 0; i < self->sheets->len && doubt; i++)
    {
      CcAnswerSheet *sheet = self->sheets->pdata[i];

      if (!read_now (job, book, sheet, TRUE, error))
        return FALSE;
      cc_answer_align_doubtful (sheet);
    }
  cc_import_answer_count_gone (job);
  return TRUE;
}

/**
 * cc_import_answer_look:
 * @was: (out): what the row was; %NULL where it was none
 *
 * Returns: what became of a row of the list
 */
CcAnswerState
cc_import_answer_look (CcImportJob *job, guint sheet, guint row, const CcAnswerWas **was)
{
  *was = NULL;
  for (guint i = 0; i < job->answer->sheets->len; i++)
    {
      CcAnswerSheet *known = job->answer->sheets->pdata[i];
      guint          low = 0, high = known->now->len;

      if (known->sheet != sheet)
        continue;
      while (low < high)
        {
          const guint        middle = low + (high - low) / 2;
          const CcAnswerNow *now = &g_array_index (known->now, CcAnswerNow, middle);

          if (now->row < row)
            low = middle + 1;
          else if (now->row > row)
            high = middle;
          else if (now->was < 0)
            return now->unplaced ? CC_ANSWER_UNPLACED : CC_ANSWER_NEW;
          else
            {
              *was = known->was->pdata[now->was];
              return (*was)->touched ? CC_ANSWER_TOUCHED : CC_ANSWER_UNTOUCHED;
            }
        }
    }
  return CC_ANSWER_NEW;
}
