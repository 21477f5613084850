/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

/* The plot that columns and lines share: a value axis at the start, categories below, and the names
 * of the series at the end, where the eye arrives. */

/* The largest single figure of the first `n_series` series. */
double
cc_layout_largest (const CcChart *chart, guint n_series)
{
  double largest = 0;

  for (guint i = 0; i < MIN (chart->series->len, n_series); i++)
    for (guint j = 0; j < chart->categories->len; j++)
      largest = MAX (largest, ((CcChartSeries *) chart->series->pdata[i])->points[j].value);
  return largest;
}

/* Width of the widest name of a category, at most `limit`. */
double
cc_layout_categories_width (CcLayoutWork *work, double limit)
{
  double widest = 0;

  for (guint j = 0; j < work->chart->categories->len; j++)
    {
      double width;

      cc_layout_measure (work, work->chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, limit,
                         &width, NULL);
      widest = MAX (widest, width);
    }
  return MIN (widest, limit);
}

static double
measure_names (CcLayoutWork *work, double limit)
{
  double widest = 0;

  for (guint i = 0; i < work->chart->series->len; i++)
    {
      const CcChartSeries *series = work->chart->series->pdata[i];
      double               width;

      cc_layout_measure (work, series->name, CC_SIZE_TEXT, FALSE, limit, &width, NULL);
      widest = MAX (widest, width);
    }
  return MIN (widest, limit);
}

/* Divides the picture, and draws the value axis. `swatch` is the width of what stands before a
 * name, `gap` the room between the plot and the names. The scale must be set. */
void
cc_layout_plot (CcLayoutWork *work, CcPlotFrame *frame, double swatch, double gap)
{
  CcChartGeometry *geometry = work->geometry;
  double           usable = geometry->width - 2 * CC_CHART_MARGIN;
  guint            n = MAX (work->chart->categories->len, 1);

  frame->swatch = swatch;
  frame->left = CC_CHART_MARGIN + MIN (cc_layout_ticks_width (work), usable * 0.25) + 6;
  frame->names_width = measure_names (work, usable * CC_NAMES_SHARE);
  frame->names_x = geometry->width - CC_CHART_MARGIN - frame->names_width - swatch - 5;
  frame->right = work->chart->bare ? geometry->width - CC_CHART_MARGIN : frame->names_x - gap;
  frame->slot = (frame->right - frame->left) / n;
  frame->top = work->top + cc_layout_axis_name (work, frame->right) + 14;
  frame->base = work->bottom - cc_layout_categories_height (work, frame->slot - 2) - 4;
  frame->base = MAX (frame->base, frame->top + 20);
  geometry->plot =
      (CcBox){ frame->left, frame->top, frame->right - frame->left, frame->base - frame->top };
  cc_layout_ticks (work, frame->left, frame->right, frame->base, frame->top);
}

/* Height of the line that the name of a series takes beside the plot. */
double
cc_layout_name_height (CcLayoutWork *work, const CcChartSeries *series, double width)
{
  double height;

  cc_layout_measure (work, series->name, CC_SIZE_TEXT, FALSE, width, NULL, &height);
  return height + 4;
}

/* The name of a series beside the plot, after its swatch. y: where its line begins; height: of the
 * line, by cc_layout_name_height. */
void
cc_layout_name (CcLayoutWork        *work,
                const CcPlotFrame   *frame,
                const CcChartSeries *series,
                double               y,
                double               height,
                gboolean             line)
{
  CcSwatch swatch = { { frame->names_x, y + height / 2 - CC_SWATCH_HEIGHT / 2, frame->swatch,
                        CC_SWATCH_HEIGHT },
                      series->style,
                      line };

  g_array_append_val (work->geometry->swatches, swatch);
  cc_layout_label (work, series->name, CC_SIZE_TEXT, FALSE, TRUE, CC_ROLE_TEXT, CC_ALIGN_START,
                   (CcBox){ frame->names_x + frame->swatch + 5, y + 2, frame->names_width,
                            height - 4 });
}

/* Height that the plot wishes for: `least`, or what the names beside it need, and the categories
 * below it. */
double
cc_layout_plot_height (CcLayoutWork *work, double width, double least)
{
  double usable = width - 2 * CC_CHART_MARGIN;
  double slot = usable * 0.6 / MAX (work->chart->categories->len, 1);
  double names = 0;

  for (guint i = 0; i < work->chart->series->len; i++)
    names += cc_layout_name_height (work, work->chart->series->pdata[i], usable * CC_NAMES_SHARE);
  return MAX (least, names) + cc_layout_categories_height (work, slot - 2) + 30;
}
