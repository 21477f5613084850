/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <math.h>
#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/report/cc-answer.h>
#include <cc/report/cc-read-back.h>

/* Figures are typed and printed with at most a few decimals; rates are rounded to two on paper but
 * stored whole. */
#define TOLERANCE 1e-9

typedef struct
{
  CcReadBack      *self;
  CcReportContent *content;
  GHashTable      *cells; /* "table\nrow\ncol\nperiod" -> const CcCell */
} CompareWork;

static char *
make_key (const char *table, const char *row, const char *col, const char *period)
{
  return g_strdup_printf ("%s\n%s\n%s\n%s", table, row, col, period);
}

/* The period of a cell as a workbook says it: "" without a period axis, "total" over all. */
static const char *
period_of (const CcTableResult *result, const CcHeading *row, const CcHeading *col)
{
  int        period = MAX (row->period, col->period);
  gboolean   axis = FALSE;
  GPtrArray *sides[] = { result->row_blocks, result->col_blocks };
  guint      blocks[] = { row->block, col->block };

  if (period >= 0)
    return g_array_index (result->periods, CcPeriod, period).code;
  for (guint side = 0; side < 2; side++)
    if (blocks[side] < sides[side]->len)
      {
        GPtrArray *axes = sides[side]->pdata[blocks[side]];

        for (guint i = 0; i < axes->len; i++)
          axis = axis || ((CcResultAxis *) axes->pdata[i])->period;
      }
  return axis ? "total" : "";
}

static void
index_result (CompareWork *work, const CcTableResult *result)
{
  for (guint i = 0; i < result->rows->len; i++)
    {
      const CcHeading *row = result->rows->pdata[i];
      g_autofree char *row_code = cc_report_heading_code (result, row, FALSE, FALSE);

      for (guint j = 0; j < result->cols->len; j++)
        {
          const CcHeading *col = result->cols->pdata[j];
          g_autofree char *col_code = cc_report_heading_code (result, col, TRUE, FALSE);

          g_hash_table_insert (work->cells,
                               make_key (result->table->id, row_code, col_code,
                                         period_of (result, row, col)),
                               (gpointer) &result->cells[i * result->cols->len + j]);
        }
    }
}

static void
add_change (CompareWork      *work,
            const CcReadCell *cell,
            CcReadDifference  kind,
            gboolean          known,
            double            value,
            const char       *text)
{
  CcReadChange *change = g_new0 (CcReadChange, 1);

  change->cell = cell;
  change->kind = kind;
  change->known = known;
  change->value = value;
  change->text = g_strdup (text);
  g_ptr_array_add (work->self->changes, change);
}

static gboolean
is_figure (const CcCell *cell)
{
  return (cell->state == CC_CELL_COMPUTED || cell->state == CC_CELL_ENTRY)
         && isfinite (cell->value);
}

/* "<5" agrees with every figure it may stand for. */
static gboolean
agrees (const CcReadCell *cell, const CcCell *counted)
{
  if (cell->text == NULL)
    return fabs (cell->value - counted->value) <= TOLERANCE * MAX (1, fabs (counted->value));
  if (*cell->text == '<')
    return counted->value < g_ascii_strtod (cell->text + 1, NULL);
  return FALSE;
}

static void
compare_figure (CompareWork *work, const CcReadCell *cell)
{
  g_autofree char *key = make_key (cell->table, cell->row, cell->col, cell->period);
  const CcCell    *counted = g_hash_table_lookup (work->cells, key);

  /* What nobody filled in says nothing, nor what was not worked out. */
  if (cell->uncomputed)
    return;
  if (!cell->known && (counted == NULL || work->self->blank))
    return;
  if (counted == NULL)
    add_change (work, cell, CC_READ_UNMATCHED, FALSE, 0, NULL);
  else if (!cell->known && is_figure (counted))
    add_change (work, cell, CC_READ_REMOVED, TRUE, counted->value, NULL);
  else if (cell->known && !is_figure (counted))
    add_change (work, cell, CC_READ_ADDED, FALSE, 0, NULL);
  else if (cell->known && !agrees (cell, counted))
    add_change (work, cell, CC_READ_CHANGED, TRUE, counted->value, NULL);
}

static void
compare_text (CompareWork *work, const CcReadCell *cell)
{
  gboolean    meta = g_str_has_prefix (cell->row, "@meta ");
  const char *name = meta ? cell->row + strlen ("@meta ") : cell->row;
  const char *answer =
      cc_report_content_answer (work->content, meta ? CC_ANSWER_META : CC_ANSWER_FORM, name);
  g_autofree char *typed = NULL;

  if (cell->known)
    typed = cell->text != NULL ? g_strdup (cell->text) : g_strdup_printf ("%.15g", cell->value);
  if (typed == NULL && (answer == NULL || *answer == '\0' || work->self->blank))
    return;
  if (g_strcmp0 (typed, answer) == 0)
    return;
  add_change (work, cell,
              typed == NULL    ? CC_READ_REMOVED
              : answer == NULL ? CC_READ_ADDED
                               : CC_READ_CHANGED,
              answer != NULL, 0, answer);
}

static GArray *
parse_periods (CcReadBack *self, CcQuestionnaire *questionnaire, GError **error)
{
  int    month = cc_questionnaire_get_first_month (questionnaire);
  guint  n = self->periods != NULL ? g_strv_length (self->periods) : 0;
  gint64 first = n > 0 ? g_ascii_strtoll (self->periods[0], NULL, 10) : 0;
  gint64 last = n > 0 ? g_ascii_strtoll (self->periods[n - 1], NULL, 10) : 0;

  if (first < 1900 || last > 2200 || last < first || last - first >= 100)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "The workbook does not say for which years it is. Nothing was compared.");
      return NULL;
    }
  return cc_periods_new_years ((int) first, (int) last, month);
}

static gboolean
check_fit (CcReadBack *self, CcCaseFile *file, GError **error)
{
  const char *country = cc_case_file_get_country (file);

  if (!self->blank && self->practice != cc_case_file_is_practice (file))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   self->practice
                       ? "The workbook comes from a practice file; it is not compared with real "
                         "data. Nothing was changed."
                       : "The workbook holds real figures; it is not compared with a practice "
                         "file. Nothing was changed.");
      return FALSE;
    }
  if (*self->country != '\0' && g_strcmp0 (self->country, country) != 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "The workbook is that of %s, the case file that of %s. Nothing was compared.",
                   self->country, country);
      return FALSE;
    }
  return TRUE;
}

/**
 * cc_read_back_compare:
 * @user_directory: of the user's own questionnaires, or %NULL
 *
 * Sets changes. Cells that agree are not among them.
 *
 * Returns: %FALSE with an error when the two cannot be compared
 */
gboolean
cc_read_back_compare (CcReadBack   *self,
                      CcCaseFile   *file,
                      const char   *user_directory,
                      CcTexts      *texts,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autoptr (CcReportContent) content = NULL;
  g_autoptr (GArray) periods = NULL;
  CcCountOptions options = { .no_bounds = TRUE };
  CompareWork    work = { .self = self };

  g_return_val_if_fail (self != NULL && file != NULL && texts != NULL, FALSE);

  if (!check_fit (self, file, error))
    return FALSE;
  questionnaire = cc_questionnaire_find (cc_case_file_get_pack (file), self->questionnaire,
                                         user_directory, error);
  if (questionnaire == NULL)
    return FALSE;
  periods = parse_periods (self, questionnaire, error);
  if (periods == NULL)
    return FALSE;
  options.periods = periods;
  content = cc_report_content_new (questionnaire, texts, self->language, self->country, periods);
  work.content = content;
  if (!cc_report_gather_answers (content, file, error))
    return FALSE;
  for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
    {
      CcTableResult *result =
          cc_count_table (file, questionnaire, cc_questionnaire_get_table (questionnaire, i),
                          &options, cancellable, error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (content->tables, result);
    }
  g_ptr_array_set_size (self->changes, 0);
  work.cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < content->tables->len; i++)
    index_result (&work, content->tables->pdata[i]);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CcReadCell *cell = self->cells->pdata[i];

      if (cell->table == NULL || *cell->row == '@')
        compare_text (&work, cell);
      else
        compare_figure (&work, cell);
    }
  g_hash_table_unref (work.cells);
  return TRUE;
}
