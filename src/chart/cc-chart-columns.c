/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* Stacked columns. The names of the series stand beside the last column, each at the height of its
 * part and joined to it by a thin line: so the legend is read in the order of the stack. */

#define PLOT_HEIGHT   215.0
#define HIDDEN_HEIGHT 9.0 /* of a part whose figure is held back: a sign, not a size */

static double
find_maximum (const CcChart *chart)
{
  double maximum = 0;

  for (guint j = 0; j < chart->categories->len; j++)
    {
      double sum = 0;

      for (guint i = 0; i < chart->series->len; i++)
        sum += ((CcChartSeries *) chart->series->pdata[i])->points[j].value;
      maximum = MAX (maximum, sum);
    }
  return maximum;
}

static double
get_bar (const CcPlotFrame *frame)
{
  return MIN (frame->slot * 0.64, 54);
}

static void
put_inside (CcLayoutWork *work, const CcBox *box, double value, guint style)
{
  g_autofree char *text = cc_chart_format_number (work->chart, value);
  double           width, height;

  cc_layout_measure (work, text, CC_SIZE_SMALL, FALSE, 0, &width, &height);
  if (work->chart->bare || box->height < height * 0.92 || box->width < width + 6)
    return;
  cc_layout_label (work, text, CC_SIZE_SMALL, FALSE, FALSE, CC_ROLE_INSIDE, CC_ALIGN_CENTER,
                   (CcBox){ box->x, box->y + (box->height - height) / 2, box->width, height });
  g_array_index (work->geometry->labels, CcLabel, work->geometry->labels->len - 1).style = style;
}

/* Above a column: its total, or why there is none. */
static void
put_total (CcLayoutWork *work, const CcPlotFrame *frame, guint category, double y)
{
  const CcChart   *chart = work->chart;
  CcPoint          total = cc_layout_total (chart, category);
  g_autofree char *text = NULL;
  gboolean         known = total.state == CC_POINT_VALUE;
  double           x = frame->left + category * frame->slot;
  double           width, height;

  if (chart->no_totals && known)
    return;
  if (known)
    text = cc_chart_format_number (chart, total.value);
  else
    text = g_strdup (total.state == CC_POINT_HIDDEN ? chart->hidden : chart->missing);
  if (text == NULL)
    return;
  cc_layout_measure (work, text, CC_SIZE_FIGURE, known, known ? 0 : frame->slot - 4, &width,
                     &height);
  if (width > frame->slot - 2)
    return;
  cc_layout_label (work, text, CC_SIZE_FIGURE, known, !known, known ? CC_ROLE_TEXT : CC_ROLE_QUIET,
                   CC_ALIGN_CENTER, (CcBox){ x + 2, y - height - 2, frame->slot - 4, height });
}

static void
put_column (CcLayoutWork *work, const CcPlotFrame *frame, guint category)
{
  const CcChart *chart = work->chart;
  double         x = frame->left + category * frame->slot + (frame->slot - get_bar (frame)) / 2;
  double         scale = (frame->base - frame->top) / work->geometry->maximum;
  double         y = frame->base;

  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = chart->series->pdata[i];
      const CcPoint       *point = &series->points[category];
      CcMark               mark = { .series = i,
                                    .category = category,
                                    .style = cc_chart_point_style (chart, i, category),
                                    .state = point->state };
      double               height = point->value * scale;

      if (point->state == CC_POINT_HIDDEN)
        height = HIDDEN_HEIGHT;
      else if (point->state == CC_POINT_MISSING || point->value <= 0)
        continue;
      y -= height;
      mark.box = (CcBox){ x, y, get_bar (frame), height };
      g_array_append_val (work->geometry->marks, mark);
      if (point->state == CC_POINT_VALUE)
        put_inside (work, &mark.box, point->value, mark.style);
      else if (chart->hidden != NULL)
        cc_layout_label (work, chart->hidden, CC_SIZE_SMALL - 1, FALSE, FALSE, CC_ROLE_TEXT,
                         CC_ALIGN_CENTER, mark.box);
    }
  put_total (work, frame, category, y);
}

/* Height at which the series stands in the last column, or below 0. */
static double
find_part (CcLayoutWork *work, guint series)
{
  for (guint i = 0; i < work->geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (work->geometry->marks, CcMark, i);

      if (mark->series == series && mark->category == work->chart->categories->len - 1)
        return mark->box.y + mark->box.height / 2;
    }
  return -1;
}

static void
put_names (CcLayoutWork *work, const CcPlotFrame *frame)
{
  const CcChart     *chart = work->chart;
  guint              n = chart->series->len;
  g_autofree double *y = g_new0 (double, n);
  g_autofree double *height = g_new0 (double, n);
  double             at = frame->top;

  /* The stack's top comes first. */
  for (guint k = 0; k < n; k++)
    {
      const CcChartSeries *series = chart->series->pdata[n - 1 - k];
      double               part = find_part (work, n - 1 - k);

      height[k] = cc_layout_name_height (work, series, frame->names_width);
      y[k] = part >= 0 ? part - height[k] / 2 : at;
      at = y[k] + height[k];
    }
  cc_layout_spread (y, height, n, frame->top - 8, frame->base + 8);
  for (guint k = 0; k < n; k++)
    {
      const CcChartSeries *series = chart->series->pdata[n - 1 - k];
      double               middle = y[k] + height[k] / 2;
      double               part = find_part (work, n - 1 - k);

      if (part >= 0)
        {
          double from = frame->right - (frame->slot - get_bar (frame)) / 2 + 1.5;

          cc_layout_rule (work, from, part, frame->names_x - 2, middle, FALSE);
        }
      cc_layout_name (work, frame, series, y[k], height[k], FALSE);
    }
}

void
cc_layout_columns (CcLayoutWork *work)
{
  CcPlotFrame frame;

  cc_layout_scale (work, find_maximum (work->chart), 5);
  cc_layout_plot (work, &frame, CC_SWATCH_WIDTH, 14);
  for (guint j = 0; j < work->chart->categories->len; j++)
    put_column (work, &frame, j);
  cc_layout_categories (work, frame.left, frame.slot, frame.base);
  if (!work->chart->bare)
    put_names (work, &frame);
}

double
cc_layout_columns_height (CcLayoutWork *work, double width)
{
  return cc_layout_plot_height (work, width, PLOT_HEIGHT);
}
