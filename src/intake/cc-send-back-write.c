/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-send-back-private.h"

#include <string.h>

/* Cells of one question that are named; the rest is counted. */
#define MAX_NAMED 12

/* Columns of the first sheet. */
enum
{
  STATE,
  SHEET,
  CELLS,
  TEXT,
  QUESTION,
  N_COLUMNS
};

static const char *
get_text (CcSendBackJob *job, const char *key)
{
  return cc_texts_get (job->texts, key, job->language);
}

static guint
write_head (CcSendBackJob *job, CcPatchSheet *sheet, gboolean full)
{
  static const char *const legend[] = { "send-back.legend.alarm", "send-back.legend.doubt",
                                        "send-back.legend.empty" };
  static const char *const headers[] = { "send-back.column.state", "send-back.column.sheet",
                                         "send-back.column.cells", "send-back.column.text",
                                         "send-back.column.question" };
  static const double      widths[] = { 12, 18, 26, 28, 70 };
  guint                    row = 2;

  cc_patch_sheet_text (sheet, 0, 0, job->returned->title, CC_PATCH_TITLE);
  cc_patch_sheet_text (sheet, row++, 0, get_text (job, "send-back.intro"), CC_PATCH_PLAIN);
  cc_patch_sheet_text (sheet, row++, 0, get_text (job, "send-back.keep"), CC_PATCH_PLAIN);
  if (full)
    cc_patch_sheet_text (sheet, row++, 0, get_text (job, "send-back.no-comment"), CC_PATCH_PLAIN);
  row++;
  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    cc_patch_sheet_text (sheet, row++, 0, get_text (job, legend[i]),
                         (CcPatchLook) (CC_PATCH_SAMPLE + i));
  row++;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      cc_patch_sheet_text (sheet, row, i, get_text (job, headers[i]), CC_PATCH_HEADER);
      cc_patch_sheet_set_width (sheet, i, widths[i]);
    }
  cc_patch_sheet_freeze (sheet, row + 1);
  return row + 1;
}

/* "D4, D9 and 27 more". */
static char *
name_cells (CcSendBackJob *job, const CcSendBackQuestion *question)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *count = NULL;

  for (guint i = 0; i < MIN (question->cells->len, MAX_NAMED); i++)
    {
      const CcSendBackCell *cell = &g_array_index (question->cells, CcSendBackCell, i);
      g_autofree char      *name = cc_patch_name_cell (cell->row, cell->column);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (question->cells->len <= MAX_NAMED)
    return g_string_free (g_steal_pointer (&names), FALSE);
  count = cc_texts_number (job->texts, job->language, question->cells->len - MAX_NAMED, 0);
  return cc_texts_format (job->texts, "send-back.more", job->language, "cells", names->str, "count",
                          count, NULL);
}

static void
write_question (CcSendBackJob            *job,
                CcPatch                  *patch,
                CcPatchSheet             *sheet,
                guint                     row,
                const CcSendBackQuestion *question)
{
  static const char *const states[] = { "send-back.state.alarm", "send-back.state.doubt",
                                        "send-back.state.empty" };
  const CcSendBackCell    *first = &g_array_index (question->cells, CcSendBackCell, 0);
  g_autofree char         *cells = name_cells (job, question);

  if (question->quiet)
    cc_patch_sheet_text (sheet, row, STATE, get_text (job, "send-back.state.note"),
                         CC_PATCH_WRAPPED);
  else
    cc_patch_sheet_text (sheet, row, STATE, get_text (job, states[question->color]),
                         (CcPatchLook) (CC_PATCH_SAMPLE + question->color));
  cc_patch_sheet_text (sheet, row, SHEET,
                       cc_book_get_sheet (cc_patch_get_book (patch), first->sheet)->name,
                       CC_PATCH_WRAPPED);
  cc_patch_sheet_link (sheet, row, CELLS, cells, first->sheet, first->row, first->column);
  cc_patch_sheet_text (sheet, row, TEXT, question->text, CC_PATCH_WRAPPED);
  cc_patch_sheet_text (sheet, row, QUESTION, question->question, CC_PATCH_WRAPPED);
}

/* Colours, comments, and what was asked. */
static guint
mark_cells (CcSendBackJob *job, CcPatch *patch)
{
  guint n_comments = 0;

  for (guint i = 0; i < job->questions->len; i++)
    {
      const CcSendBackQuestion *question = job->questions->pdata[i];

      for (guint j = 0; j < question->cells->len && !question->quiet; j++)
        {
          const CcSendBackCell *cell = &g_array_index (question->cells, CcSendBackCell, j);

          cc_patch_mark (patch, cell->sheet, cell->row, cell->column, cell->color,
                         question->question);
          n_comments++;
          for (guint s = 0; s < job->returned->sheets->len; s++)
            if (g_str_equal (((CcReturnedSheet *) job->returned->sheets->pdata[s])->original,
                             ((CcInspectSheet *) job->inspection->sheets->pdata[cell->sheet])
                                 ->name))
              cc_returned_add_ask (job->returned, s, cell->row, cell->column, question->key);
        }
    }
  return n_comments;
}

/* A new workbook may have shortened the sheets' names. */
static void
rename_sheets (CcSendBackJob *job, CcPatch *patch)
{
  for (guint s = 0; s < job->returned->sheets->len; s++)
    {
      CcReturnedSheet *sheet = job->returned->sheets->pdata[s];

      for (guint i = 0; i < job->inspection->sheets->len; i++)
        if (g_str_equal (((CcInspectSheet *) job->inspection->sheets->pdata[i])->name,
                         sheet->original))
          {
            g_free (sheet->name);
            sheet->name = g_strdup (cc_book_get_sheet (cc_patch_get_book (patch), i)->name);
          }
    }
}

static void
write_memory (CcSendBackJob *job, CcPatch *patch)
{
  CcPatchSheet *sheet = cc_patch_add_hidden_sheet (patch, CC_RETURNED_SHEET);
  g_autoptr (GPtrArray) lines = cc_returned_to_lines (job->returned);

  for (guint i = 0; i < lines->len; i++)
    {
      char **texts = lines->pdata[i];

      for (guint j = 0; texts[j]; j++)
        cc_patch_sheet_text (sheet, i, j, texts[j], CC_PATCH_PLAIN);
    }
}

static gint
compare_questions (gconstpointer a, gconstpointer b)
{
  const CcSendBackQuestion *x = *(CcSendBackQuestion *const *) a;
  const CcSendBackQuestion *y = *(CcSendBackQuestion *const *) b;
  const CcSendBackCell     *p = &g_array_index (x->cells, CcSendBackCell, 0);
  const CcSendBackCell     *q = &g_array_index (y->cells, CcSendBackCell, 0);

  if (x->quiet != y->quiet)
    return x->quiet ? 1 : -1;
  if (x->color != y->color)
    return x->color < y->color ? -1 : 1;
  if (p->sheet != q->sheet)
    return p->sheet < q->sheet ? -1 : 1;
  if (p->row != q->row)
    return p->row < q->row ? -1 : 1;
  return p->column < q->column ? -1 : p->column > q->column;
}

gboolean
cc_send_back_write (CcSendBackJob *job, const char *path, gboolean *fresh, GError **error)
{
  GCancellable *cancellable = job->progress ? cc_progress_get_cancellable (job->progress) : NULL;
  g_autoptr (CcPatch) patch = cc_patch_open_any (job->inspection->path, fresh, cancellable, error);
  CcPatchSheet *sheet;
  guint         row;
  guint         n_comments;

  if (!patch)
    return FALSE;
  if (job->progress)
    cc_progress_begin (job->progress, "progress.send-back-write", 0);
  g_ptr_array_sort (job->questions, compare_questions);
  job->returned->title = cc_texts_format (job->texts, "send-back.title", job->language, "file",
                                          job->inspection->file_name, NULL);
  rename_sheets (job, patch);
  n_comments = mark_cells (job, patch);
  sheet = cc_patch_add_first_sheet (patch, get_text (job, "send-back.sheet"),
                                    cc_texts_is_rtl (job->language));
  job->returned->questions = g_strdup (cc_patch_sheet_get_name (sheet));
  row = write_head (job, sheet, n_comments > CC_PATCH_MAX_COMMENTS);
  for (guint i = 0; i < job->questions->len; i++)
    write_question (job, patch, sheet, row++, job->questions->pdata[i]);
  write_memory (job, patch);
  return cc_patch_save (patch, path, cancellable, error);
}
