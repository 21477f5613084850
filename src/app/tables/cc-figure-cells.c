/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-cells.h"

#include <glib/gi18n.h>
#include <string.h>

static void
heading_free (gpointer data)
{
  CcFigureHeading *self = data;

  g_free (self->label);
  g_free (self);
}

static guint
count_headings (const CcReportFigure *figure, gboolean of_columns)
{
  const CcTableResult *result = cc_report_figure_get_result (figure);

  return (of_columns ? result->cols : result->rows)->len;
}

/**
 * Returns: how many axes stand on the side, at least 1
 */
guint
cc_figure_count_levels (const CcReportFigure *figure, gboolean of_columns)
{
  guint levels = 1;

  for (guint i = 0; i < count_headings (figure, of_columns); i++)
    {
      g_auto (GStrv) labels = cc_report_figure_get_labels (figure, i, of_columns);

      levels = MAX (levels, g_strv_length (labels));
    }
  return levels;
}

/* Whether two headings share everything down to the level. */
static gboolean
same_until (char **a, char **b, guint level)
{
  for (guint i = 0; i <= level; i++)
    if (a[i] == NULL || b[i] == NULL || strcmp (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
add_level (const CcReportFigure *figure,
           gboolean              of_columns,
           guint                 level,
           guint                 n_levels,
           GPtrArray            *headings)
{
  const CcTableResult *result = cc_report_figure_get_result (figure);
  GPtrArray           *all = of_columns ? result->cols : result->rows;
  guint                i = 0;

  while (i < all->len)
    {
      g_auto (GStrv) labels = cc_report_figure_get_labels (figure, i, of_columns);
      const guint      n = g_strv_length (labels);
      CcFigureHeading *heading;
      guint            last = i;

      if (level >= n)
        {
          i++;
          continue;
        }
      while (level + 1 < n && last + 1 < all->len)
        {
          g_auto (GStrv) next = cc_report_figure_get_labels (figure, last + 1, of_columns);

          if (!same_until (labels, next, level))
            break;
          last++;
        }
      heading = g_new0 (CcFigureHeading, 1);
      heading->label = g_strdup (labels[level]);
      heading->level = level;
      heading->first = i;
      heading->last = last;
      heading->depth = level + 1 == n ? n_levels - level : 1;
      heading->total = ((const CcHeading *) all->pdata[i])->total;
      g_ptr_array_add (headings, heading);
      i = last + 1;
    }
}

GPtrArray *
cc_figure_headings_new (const CcReportFigure *figure, gboolean of_columns)
{
  GPtrArray  *headings = g_ptr_array_new_with_free_func (heading_free);
  const guint n_levels = cc_figure_count_levels (figure, of_columns);

  for (guint level = 0; level < n_levels; level++)
    add_level (figure, of_columns, level, n_levels, headings);
  return headings;
}

gboolean
cc_figure_is_total (const CcReportFigure *figure, guint row, guint col)
{
  const CcTableResult *result = cc_report_figure_get_result (figure);

  return ((const CcHeading *) result->rows->pdata[row])->total
         || ((const CcHeading *) result->cols->pdata[col])->total;
}

/* All parts of a heading are totals: it takes everybody of its period. */
static gboolean
takes_all (const CcHeading *heading)
{
  for (guint i = 0; heading->parts != NULL && heading->parts[i] != NULL; i++)
    if (strcmp (heading->parts[i], "total") != 0)
      return FALSE;
  return TRUE;
}

/* The heading of the side that takes everybody: of the same period as the cell, or of all. */
static int
find_whole (GPtrArray *headings, const CcHeading *like, gboolean same_period)
{
  for (guint i = 0; i < headings->len; i++)
    {
      const CcHeading *heading = headings->pdata[i];

      if (takes_all (heading) && heading->period == (same_period ? like->period : -1))
        return (int) i;
    }
  return -1;
}

/* The count that a share is a part of; NULL where the table has no such total. */
static const CcCell *
find_denominator (const CcTableResult *result, guint row, guint col, CcFigureShare share)
{
  const CcHeading *of_row = result->rows->pdata[row];
  const CcHeading *of_col = result->cols->pdata[col];
  int              whole_row = (int) row;
  int              whole_col = (int) col;

  if (share == CC_SHARE_OF_ALL)
    return &result->totals[result->periods->len];
  if (share == CC_SHARE_OF_COLUMN)
    whole_row = find_whole (result->rows, of_row, TRUE);
  else
    whole_col = find_whole (result->cols, of_col, FALSE);
  if (whole_row < 0 || whole_col < 0)
    return NULL;
  return cc_table_result_get (result, (guint) whole_row, (guint) whole_col);
}

char *
cc_figure_format_share (const CcReportFigure *figure,
                        CcTexts              *texts,
                        guint                 row,
                        guint                 col,
                        CcFigureShare         share)
{
  const CcTableResult *result = cc_report_figure_get_result (figure);
  const char          *language = cc_report_figure_get_language (figure);
  const CcCell        *cell = cc_table_result_get (result, row, col);
  const CcCell        *whole;
  g_autofree char     *number = NULL;

  if (share == CC_SHARE_NONE || cell->state != CC_CELL_COMPUTED)
    return NULL;
  whole = find_denominator (result, row, col, share);
  if (whole == NULL || whole->state != CC_CELL_COMPUTED || whole->count <= 0)
    return NULL;
  number =
      cc_texts_number (texts, language, 100.0 * (double) cell->count / (double) whole->count, 1);
  return cc_texts_format (texts, "figure.percent", language, "value", number, NULL);
}

char *
cc_figure_format_range (const CcReportFigure *figure, CcTexts *texts, guint row, guint col)
{
  const CcCell    *cell = cc_table_result_get (cc_report_figure_get_result (figure), row, col);
  const char      *language = cc_report_figure_get_language (figure);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (cell->state != CC_CELL_COMPUTED || cell->low == cell->high)
    return NULL;
  low = cc_texts_number (texts, language, (double) cell->low, 0);
  high = cc_texts_number (texts, language, (double) cell->high, 0);
  return cc_texts_format (texts, "figure.range", language, "low", low, "high", high, NULL);
}

char *
cc_figure_describe_cell (const CcReportFigure *figure, guint row, guint col)
{
  const CcTableResult *result = cc_report_figure_get_result (figure);
  g_auto (GStrv) of_row = cc_report_figure_get_labels (figure, row, FALSE);
  g_auto (GStrv) of_col = cc_report_figure_get_labels (figure, col, TRUE);
  const char      *comma = C_ ("summary", ", ");
  g_autofree char *row_label = g_strjoinv (comma, of_row);
  g_autofree char *col_label = g_strjoinv (comma, of_col);
  g_autofree char *cell =
      cc_report_figure_format_cell (figure, cc_table_result_get (result, row, col));

  return g_strdup_printf ("%s%s%s: %s", row_label, comma, col_label, cell);
}
