/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-book-private.h"

#include <math.h>
#include <string.h>

#include <cc/report/cc-answer.h>

static void
free_typed (gpointer data)
{
  CcAnswerTyped *typed = data;

  g_free (typed->value);
  g_free (typed->reason);
  g_free (typed);
}

static char *
make_key (const char *table, const char *cell)
{
  return g_strconcat (table, "\n", cell, NULL);
}

/* The latest round wins, as it does in the workbook. */
static gboolean
read_typed (CcAnswerBook *self, CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) answers =
      cc_answer_list (file, cc_questionnaire_get_id (self->content->questionnaire), error);

  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      CcAnswer      *answer = answers->pdata[i];
      CcAnswerTyped *typed = g_new0 (CcAnswerTyped, 1);

      typed->value = g_strdup (answer->value);
      typed->reason = g_strdup (answer->reason);
      typed->periods = answer->periods;
      g_hash_table_replace (self->typed, make_key (answer->table, answer->cell), typed);
    }
  return TRUE;
}

static char *
make_heading (const CcReportContent *content)
{
  g_autofree char *periods = cc_report_periods (content);

  return g_strdup_printf ("%s%s%s%s%s",
                          cc_questionnaire_get_title (content->questionnaire, content->language),
                          *content->country != '\0' ? " · " : "", content->country,
                          *periods != '\0' ? " · " : "", periods);
}

/**
 * cc_answer_book_load:
 *
 * Counts all tables, evaluates the checks and lays the sheets out; not on the main loop of a
 * window. Progress and errors as in cc_workbook_write (); the audience is not looked at.
 *
 * Returns: (transfer full): the answer
 */
CcAnswerBook *
cc_answer_book_load (CcCaseFile              *file,
                     const CcWorkbookRequest *request,
                     CcTexts                 *texts,
                     CcProgress              *progress,
                     GError                 **error)
{
  g_autoptr (CcReportContent) content = NULL;
  g_autoptr (CcAnswerBook) self = NULL;
  CcQuestionnaire *questionnaire;

  g_return_val_if_fail (file != NULL && request != NULL && texts != NULL, NULL);

  content = cc_workbook_gather (file, request, texts, progress, error);
  if (content == NULL)
    return NULL;
  self = g_new0 (CcAnswerBook, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->content = g_steal_pointer (&content);
  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_answer_sheet_free);
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_typed);
  self->heading = make_heading (self->content);
  if (!read_typed (self, file, error))
    return NULL;
  questionnaire = self->content->questionnaire;
  for (guint i = 0; i < cc_questionnaire_get_n_sheets (questionnaire); i++)
    g_ptr_array_add (self->sheets,
                     cc_answer_sheet_new (self->content,
                                          cc_questionnaire_get_sheet (questionnaire, i)));
  return g_steal_pointer (&self);
}

CcAnswerBook *
cc_answer_book_ref (CcAnswerBook *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cc_answer_book_unref (CcAnswerBook *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->sheets);
  g_hash_table_unref (self->typed);
  cc_report_content_free (self->content);
  g_free (self->heading);
  g_free (self);
}

CcQuestionnaire *
cc_answer_book_get_questionnaire (CcAnswerBook *self)
{
  return self->content->questionnaire;
}

const char *
cc_answer_book_get_language (CcAnswerBook *self)
{
  return self->content->language;
}

GPtrArray *
cc_answer_book_get_sheets (CcAnswerBook *self)
{
  return self->sheets;
}

GPtrArray *
cc_answer_book_get_results (CcAnswerBook *self)
{
  return self->content->tables;
}

GArray *
cc_answer_book_get_periods (CcAnswerBook *self)
{
  return self->content->periods;
}

CcInterval
cc_answer_book_get_interval (CcAnswerBook *self)
{
  GArray    *periods = self->content->periods;
  CcInterval first = g_array_index (periods, CcPeriod, 0).interval;

  first.last = g_array_index (periods, CcPeriod, periods->len - 1).interval.last;
  return first;
}

/* Questionnaire, country and years in one line. */
const char *
cc_answer_book_get_heading (CcAnswerBook *self)
{
  return self->heading;
}

const char *
cc_answer_book_get_head (CcAnswerBook *self)
{
  return self->content->head_hash;
}

const char *
cc_answer_book_get_statement (CcAnswerBook *self)
{
  return cc_answer_statement (self->content);
}

const CcAnswerTyped *
cc_answer_book_find_typed (CcAnswerBook *self, const char *table, const char *cell)
{
  g_autofree char *key = make_key (table, cell);

  return g_hash_table_lookup (self->typed, key);
}

gboolean
cc_answer_book_check_public (CcAnswerBook *self, GError **error)
{
  return cc_report_check_public (self->content, error);
}

const char *
cc_answer_part_get_period (const CcAnswerPart *part, CcInterval *interval)
{
  const CcHeading *row, *col;
  const CcPeriod  *period;

  g_return_val_if_fail (part != NULL && part->cell != NULL, NULL);

  row = part->result->rows->pdata[part->row];
  col = part->result->cols->pdata[part->col];
  if (row->period < 0 && col->period < 0)
    return NULL;
  period = &g_array_index (part->result->periods, CcPeriod, MAX (row->period, col->period));
  if (interval != NULL)
    *interval = period->interval;
  return period->code;
}

/* Totals over all years are never typed: they would not follow the years. Blocks share codes, so
 * only the first of them can be told apart. */
char *
cc_answer_part_get_place (const CcAnswerPart *part)
{
  const CcHeading *row, *col;
  const char      *period;

  g_return_val_if_fail (part != NULL, NULL);

  if (part->cell == NULL || part->result->row_blocks->len > 1 || part->result->col_blocks->len > 1
      || part->result->table->rate || (period = cc_answer_part_get_period (part, NULL)) == NULL)
    return NULL;
  row = part->result->rows->pdata[part->row];
  col = part->result->cols->pdata[part->col];
  if (strcmp (col->code, "total") == 0 && (col->parts == NULL || col->parts[0] == NULL))
    return g_strdup_printf ("%s,%s", row->code, period);
  return g_strdup_printf ("%s,%s;%s", row->code, period, col->code);
}

static void
add_heading (GString *text, const char *heading)
{
  if (heading == NULL || *heading == '\0')
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", heading);
}

char *
cc_answer_book_describe_place (CcAnswerBook *self, const CcAnswerPart *part)
{
  const CcReportContent *content = self->content;
  GString               *text = g_string_new (NULL);

  g_return_val_if_fail (part != NULL && part->cell != NULL, NULL);

  {
    g_autoptr (CcReportGrid) grid = cc_report_grid_new (part->result, 1, FALSE);
    const CcHeading *row = part->result->rows->pdata[part->row];
    const CcHeading *col = part->result->cols->pdata[part->col];

    for (guint level = 0; level < grid->n_labels; level++)
      {
        g_autofree char *label = cc_report_level_text (content, grid, row, FALSE, level);

        add_heading (text, label);
      }
    if (grid->fold == CC_FOLD_BANDS)
      {
        g_autofree char *period = cc_report_period_text (content, col->period);

        add_heading (text, period);
      }
    for (guint level = 0; level < grid->n_levels; level++)
      {
        g_autofree char *label = cc_report_level_text (content, grid, col, TRUE, level);

        add_heading (text, label);
      }
  }
  return g_string_free (text, FALSE);
}

char *
cc_answer_book_describe_figure (CcAnswerBook *self, const CcAnswerPart *part)
{
  g_return_val_if_fail (part != NULL && part->cell != NULL, NULL);

  return cc_report_cell_comment (self->content, part->result, part->cell);
}

static gboolean
is_total_in (const CcAnswerPart *part, const char *table, const char *period)
{
  const char *own;

  if (part->cell == NULL || strcmp (part->result->table->id, table) != 0
      || (int) part->row != cc_report_result_total_row (part->result, 0))
    return FALSE;
  own = cc_answer_part_get_period (part, NULL);
  return g_strcmp0 (own, period) == 0;
}

/* The whole of a period stands last among its columns. */
const CcAnswerPart *
cc_answer_book_find_part (CcAnswerBook *self, const char *table, const char *period, guint *sheet)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const CcAnswerSheet *answer = self->sheets->pdata[i];
      const CcAnswerPart  *found = NULL;

      for (guint k = 0; period != NULL && k < answer->parts->len; k++)
        if (is_total_in (answer->parts->pdata[k], table, period))
          found = answer->parts->pdata[k];
      for (guint k = 0; found == NULL && k < answer->titles->len; k++)
        if (strcmp (((CcAnswerPart *) answer->titles->pdata[k])->result->table->id, table) == 0)
          found = answer->titles->pdata[k];
      if (found == NULL)
        continue;
      *sheet = i;
      return found;
    }
  return NULL;
}
