/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* Ages upwards, two series back to back: the first before the names of the ages, the second after
 * them, both to the same scale. Each bar carries its figure, so there is no value axis. */

#define BAR    13.0
#define GAP    3.0
#define GUTTER 8.0 /* between a bar and the names */
#define SIGN   7.0 /* of a bar whose figure is held back */

typedef struct
{
  double inner[2]; /* where the bars of each side begin */
  double length;   /* of the longest bar */
  double top;
  double line; /* height of a category */
  double labels_width;
} PyramidFrame;

static double
measure_figures (CcLayoutWork *work)
{
  const CcChart *chart = work->chart;
  double         widest = 0;

  for (guint i = 0; i < MIN (chart->series->len, 2); i++)
    for (guint j = 0; j < chart->categories->len; j++)
      {
        const CcChartSeries *series = chart->series->pdata[i];
        g_autofree char     *text = cc_layout_figure (chart, &series->points[j]);
        double               width;

        cc_layout_measure (work, text, CC_SIZE_FIGURE, FALSE, 0, &width, NULL);
        widest = MAX (widest, width);
      }
  return widest;
}

static void
put_bar (CcLayoutWork *work, const PyramidFrame *frame, guint side, guint j, double y)
{
  const CcChart       *chart = work->chart;
  const CcChartSeries *series = chart->series->pdata[side];
  const CcPoint       *point = &series->points[j];
  double               length = point->value / work->geometry->maximum * frame->length;
  double               bar = frame->line * BAR / (BAR + GAP);
  CcMark               mark = { .series = side,
                                .category = j,
                                .style = cc_chart_point_style (chart, side, j),
                                .state = point->state };
  g_autofree char     *text = cc_layout_figure (chart, point);
  double               x = frame->inner[side], width, height;

  if (point->state == CC_POINT_HIDDEN)
    length = SIGN;
  mark.box = (CcBox){ side == 0 ? x - length : x, y + (frame->line - bar) / 2, length, bar };
  if (length > 0)
    g_array_append_val (work->geometry->marks, mark);
  if (text == NULL)
    return;
  cc_layout_measure (work, text, CC_SIZE_FIGURE, FALSE, 0, &width, &height);
  cc_layout_label (work, text, CC_SIZE_FIGURE, FALSE, FALSE,
                   point->state == CC_POINT_VALUE ? CC_ROLE_TEXT : CC_ROLE_QUIET,
                   side == 0 ? CC_ALIGN_END : CC_ALIGN_START,
                   (CcBox){ side == 0 ? x - length - 4 - width : x + length + 4,
                            y + (frame->line - height) / 2, width, height });
}

/* The names of the two sides, over their halves. Returns their height. */
static double
put_names (CcLayoutWork *work, const PyramidFrame *frame, gboolean put)
{
  const CcChart *chart = work->chart;
  double         highest = 0;

  for (guint side = 0; side < MIN (chart->series->len, 2); side++)
    {
      const CcChartSeries *series = chart->series->pdata[side];
      double               height;

      cc_layout_measure (work, series->name, CC_SIZE_TEXT, TRUE, frame->length, NULL, &height);
      highest = MAX (highest, height);
      if (put)
        cc_layout_label (work, series->name, CC_SIZE_TEXT, TRUE, TRUE, CC_ROLE_TEXT,
                         side == 0 ? CC_ALIGN_END : CC_ALIGN_START,
                         (CcBox){ side == 0 ? frame->inner[0] - frame->length : frame->inner[1],
                                  work->top, frame->length, height });
    }
  return highest + 6;
}

/* A fine line where the style changes: children below it, adults above. */
static void
put_border (CcLayoutWork *work, const PyramidFrame *frame, guint category, double y)
{
  if (category + 1 >= work->chart->categories->len || work->chart->series->len == 0
      || cc_chart_point_style (work->chart, 0, category)
             == cc_chart_point_style (work->chart, 0, category + 1))
    return;
  cc_layout_rule (work, frame->inner[0] - frame->length, y, frame->inner[1] + frame->length, y,
                  FALSE);
}

static void
plan_frame (CcLayoutWork *work, PyramidFrame *frame, double width)
{
  double usable = width - 2 * CC_CHART_MARGIN;
  double figures = MIN (measure_figures (work), usable * 0.15) + 6;
  double middle = width / 2;

  frame->labels_width = cc_layout_categories_width (work, usable * 0.3);
  frame->inner[0] = middle - frame->labels_width / 2 - GUTTER;
  frame->inner[1] = middle + frame->labels_width / 2 + GUTTER;
  frame->length = MAX (frame->inner[0] - CC_CHART_MARGIN - figures, 20);
}

void
cc_layout_pyramid (CcLayoutWork *work)
{
  const CcChart   *chart = work->chart;
  CcChartGeometry *geometry = work->geometry;
  PyramidFrame     frame;
  guint            n = MAX (chart->categories->len, 1);
  double           bottom;

  geometry->maximum = MAX (cc_layout_largest (chart, 2), 1);
  geometry->step = geometry->maximum;
  plan_frame (work, &frame, geometry->width);
  frame.top = work->top + put_names (work, &frame, TRUE);
  frame.line = MIN (MAX (work->bottom - frame.top, 20) / n, 1.5 * (BAR + GAP));
  bottom = frame.top + n * frame.line;
  geometry->plot =
      (CcBox){ frame.inner[0] - frame.length, frame.top,
               frame.inner[1] - frame.inner[0] + 2 * frame.length, bottom - frame.top };
  for (guint j = 0; j < chart->categories->len; j++)
    {
      double y = bottom - (j + 1) * frame.line;
      double height;

      cc_layout_measure (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, frame.labels_width,
                         NULL, &height);
      cc_layout_label (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, TRUE, CC_ROLE_TEXT,
                       CC_ALIGN_CENTER,
                       (CcBox){ frame.inner[0] + GUTTER, y + (frame.line - height) / 2,
                                frame.labels_width, height });
      for (guint side = 0; side < MIN (chart->series->len, 2); side++)
        put_bar (work, &frame, side, j, y);
      put_border (work, &frame, j, y);
    }
  for (guint side = 0; side < 2; side++)
    cc_layout_rule (work, frame.inner[side], frame.top, frame.inner[side], bottom, TRUE);
}

double
cc_layout_pyramid_height (CcLayoutWork *work, double width)
{
  PyramidFrame frame;

  plan_frame (work, &frame, width);
  return put_names (work, &frame, FALSE) + MAX (work->chart->categories->len, 4) * (BAR + GAP) + 6;
}
