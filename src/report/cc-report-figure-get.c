/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <string.h>

/* What a figure shows, for the window, the clipboard and the workbook. */

const CcTableResult *
cc_report_figure_get_result (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->result;
}

const CcChart *
cc_report_figure_get_chart (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->chart;
}

const char *
cc_report_figure_get_title (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->words.title;
}

const char *
cc_report_figure_get_subtitle (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->words.subtitle;
}

const char *
cc_report_figure_get_source (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->words.source;
}

const char *
cc_report_figure_get_date (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->words.date;
}

const char *
cc_report_figure_get_stamp (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->words.stamp;
}

const char *
cc_report_figure_get_language (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->content->language;
}

GPtrArray *
cc_report_figure_get_notes (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->notes;
}

gint64
cc_report_figure_get_base (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->result->totals[self->result->periods->len].count;
}

guint
cc_report_figure_count_small (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return cc_report_count_small (self->content, self->result);
}

int
cc_report_figure_get_threshold (const CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->content->threshold;
}

static char *
get_period_label (const CcReportFigure *self, int period)
{
  const CcReportContent *content = self->content;

  if (period < 0)
    return g_strdup (cc_report_text (content, "report.all-years"));
  return cc_period_label (&g_array_index (self->result->periods, CcPeriod, period),
                          cc_questionnaire_get_first_month (content->questionnaire), content->texts,
                          content->language);
}

/**
 * cc_report_figure_get_labels:
 * @index: of a row, or of a column
 *
 * Returns: (transfer full): one label per axis
 */
char **
cc_report_figure_get_labels (const CcReportFigure *self, guint index, gboolean of_columns)
{
  const CcHeading *heading;
  GPtrArray       *blocks, *axes;
  GStrvBuilder    *labels;
  char           **result;
  guint            part = 0;

  g_return_val_if_fail (self != NULL, NULL);

  blocks = of_columns ? self->result->col_blocks : self->result->row_blocks;
  heading = (of_columns ? self->result->cols : self->result->rows)->pdata[index];
  axes = blocks->pdata[heading->block];
  labels = g_strv_builder_new ();
  for (guint i = 0; i < axes->len; i++)
    {
      g_autofree char *label = NULL;

      if (((CcResultAxis *) axes->pdata[i])->period)
        label = get_period_label (self, heading->period);
      else
        label = cc_table_result_label (self->result, heading, part++, of_columns,
                                       self->content->texts, self->content->language);
      g_strv_builder_add (labels, label);
    }
  if (axes->len == 0)
    g_strv_builder_add (labels, cc_report_text (self->content, "report.total"));
  result = g_strv_builder_end (labels);
  g_strv_builder_unref (labels);
  return result;
}

/**
 * cc_report_figure_format_cell:
 *
 * Returns: (transfer full): the figure as the language writes it, "not known", or "fewer than 5"
 */
char *
cc_report_figure_format_cell (const CcReportFigure *self, const CcCell *cell)
{
  const CcReportContent *content;
  g_autofree char       *threshold = NULL;

  g_return_val_if_fail (self != NULL && cell != NULL, NULL);

  content = self->content;
  switch (cell->state)
    {
    case CC_CELL_COMPUTED:
    case CC_CELL_ENTRY:
      return cc_report_number (content, (gint64) cell->value);
    case CC_CELL_MASKED:
      threshold = cc_report_number (content, content->threshold);
      return cc_texts_format (content->texts, "chart.hidden", content->language, "count", threshold,
                              NULL);
    case CC_CELL_BLANK:
    case CC_CELL_NOT_DETERMINED:
    default:
      return g_strdup (cc_report_text (content, "chart.missing"));
    }
}

/* A cell of a tab-separated line: no tab and no new line inside. */
static void
append_field (GString *text, const char *field, gboolean first)
{
  g_autofree char *clean = g_strdelimit (g_strdup (field), "\t\r\n", ' ');

  if (!first)
    g_string_append_c (text, '\t');
  g_string_append (text, clean);
}

static void
append_line (GString *text, const char *line)
{
  if (line == NULL)
    return;
  append_field (text, line, TRUE);
  g_string_append_c (text, '\n');
}

/**
 * cc_report_figure_to_text:
 *
 * Figures are written as plain digits, so that any spreadsheet takes them for numbers.
 *
 * Returns: (transfer full): title and base, the table, notes, source and date
 */
char *
cc_report_figure_to_text (const CcReportFigure *self)
{
  const CcTableResult *result;
  GString             *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  result = self->result;
  append_line (text, self->words.stamp);
  append_line (text, self->words.title);
  append_line (text, self->words.subtitle);
  for (guint col = 0; col < result->cols->len; col++)
    {
      g_auto (GStrv) labels = cc_report_figure_get_labels (self, col, TRUE);
      g_autofree char *label = g_strjoinv (" · ", labels);

      append_field (text, label, FALSE);
    }
  g_string_append_c (text, '\n');
  for (guint row = 0; row < result->rows->len; row++)
    {
      g_auto (GStrv) labels = cc_report_figure_get_labels (self, row, FALSE);
      g_autofree char *label = g_strjoinv (" · ", labels);

      append_field (text, label, TRUE);
      for (guint col = 0; col < result->cols->len; col++)
        {
          const CcCell    *cell = cc_table_result_get (result, row, col);
          g_autofree char *figure = cell->state == CC_CELL_COMPUTED
                                        ? g_strdup_printf ("%" G_GINT64_FORMAT, cell->count)
                                        : cc_report_figure_format_cell (self, cell);

          append_field (text, figure, FALSE);
        }
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < self->notes->len; i++)
    append_line (text, self->notes->pdata[i]);
  append_line (text, self->words.source);
  append_line (text, self->words.date);
  return g_string_free (text, FALSE);
}
