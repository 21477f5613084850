/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* Horizontal bars, grouped: one group per category, one bar per series, the figure at its end. */

#define BAR        10.0
#define SINGLE_BAR 13.0 /* of a single series */
#define BAR_GAP    2.0
#define GROUP_GAP  11.0
#define SINGLE_GAP 5.0
#define BARE_LINE  13.0 /* the least height of a category in a small picture */
#define SIGN_WIDTH 7.0  /* of a bar whose figure is held back */

typedef struct
{
  double labels_width;
  double left, right;
  double top, bottom;
  double group; /* height of a group without its gap */
  double bar;
} BarFrame;

static double
get_bar (const CcChart *chart)
{
  return chart->series->len < 2 ? SINGLE_BAR : BAR;
}

static double
get_gap (const CcChart *chart)
{
  return chart->series->len < 2 ? SINGLE_GAP : GROUP_GAP;
}

/* How many categories a small picture has room for. */
static guint
count_shown (const CcChart *chart, double room)
{
  double line = MAX (BARE_LINE, chart->series->len * 5.0 + 4);

  return chart->bare ? MIN (chart->categories->len, (guint) MAX (room / line, 1))
                     : chart->categories->len;
}

/* The legend: swatches and names in a row, wrapped. Returns its height; places it when `put`. */
static double
put_legend (CcLayoutWork *work, double y, double width, gboolean put)
{
  const CcChart *chart = work->chart;
  double         x = CC_CHART_MARGIN;
  double         line = 0;
  double         start = y;

  /* The title says what a single series is. */
  if (chart->series->len < 2 || chart->bare)
    return 0;
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = chart->series->pdata[i];
      double               limit = width - 2 * CC_CHART_MARGIN - CC_SWATCH_WIDTH - 5;
      double               w, h;

      cc_layout_measure (work, series->name, CC_SIZE_TEXT, FALSE, limit, &w, &h);
      w = MIN (w, limit);
      if (x > CC_CHART_MARGIN && x + CC_SWATCH_WIDTH + 5 + w > width - CC_CHART_MARGIN)
        {
          x = CC_CHART_MARGIN;
          y += line + 3;
          line = 0;
        }
      if (put)
        {
          CcSwatch swatch = { { x, y + (h - CC_SWATCH_HEIGHT) / 2, CC_SWATCH_WIDTH,
                                CC_SWATCH_HEIGHT },
                              series->style };

          g_array_append_val (work->geometry->swatches, swatch);
          cc_layout_label (work, series->name, CC_SIZE_TEXT, FALSE, TRUE, CC_ROLE_TEXT,
                           CC_ALIGN_START, (CcBox){ x + CC_SWATCH_WIDTH + 5, y, w + 1, h });
        }
      x += CC_SWATCH_WIDTH + 5 + w + 16;
      line = MAX (line, h);
    }
  return y + line - start;
}

static double
label_height (CcLayoutWork *work, guint category, double width)
{
  double height;

  cc_layout_measure (work, work->chart->categories->pdata[category], CC_SIZE_TEXT, FALSE,
                     work->chart->bare ? 0 : width, NULL, &height);
  return height;
}

static void
put_bar (CcLayoutWork *work, const BarFrame *frame, guint i, guint j, double y)
{
  const CcChart       *chart = work->chart;
  const CcChartSeries *series = chart->series->pdata[i];
  const CcPoint       *point = &series->points[j];
  CcMark               mark = { .series = i,
                                .category = j,
                                .style = cc_chart_point_style (chart, i, j),
                                .state = point->state };
  double           length = point->value / work->geometry->maximum * (frame->right - frame->left);
  g_autofree char *text = NULL;
  double           height;

  if (point->state == CC_POINT_HIDDEN)
    length = SIGN_WIDTH;
  mark.box = (CcBox){ frame->left, y, length, frame->bar };
  if (length > 0)
    g_array_append_val (work->geometry->marks, mark);
  text = cc_layout_figure (chart, point);
  if (text == NULL)
    return;
  cc_layout_measure (work, text, CC_SIZE_FIGURE, FALSE, 0, NULL, &height);
  /* In a small picture bars can be too thin for their figures. */
  if (chart->bare && height > frame->bar + 3)
    return;
  cc_layout_label (work, text, CC_SIZE_FIGURE, FALSE, FALSE,
                   point->state == CC_POINT_VALUE ? CC_ROLE_TEXT : CC_ROLE_QUIET, CC_ALIGN_START,
                   (CcBox){ frame->left + length + 4, y + (frame->bar - height) / 2,
                            work->geometry->width - CC_CHART_MARGIN - frame->left - length - 4,
                            height });
}

static double
measure_figures (CcLayoutWork *work)
{
  double widest = 0;

  for (guint i = 0; i < work->chart->series->len; i++)
    for (guint j = 0; j < work->chart->categories->len; j++)
      {
        const CcChartSeries *series = work->chart->series->pdata[i];
        g_autofree char     *text = cc_chart_format_number (work->chart, series->points[j].value);
        double               width;

        cc_layout_measure (work, text, CC_SIZE_FIGURE, FALSE, 0, &width, NULL);
        widest = MAX (widest, width);
      }
  return widest;
}

void
cc_layout_bars (CcLayoutWork *work)
{
  const CcChart   *chart = work->chart;
  CcChartGeometry *geometry = work->geometry;
  BarFrame         frame;
  double           usable = geometry->width - 2 * CC_CHART_MARGIN;
  guint            n = MAX (chart->series->len, 1);
  double           bar = get_bar (chart), gap = get_gap (chart);
  double           wanted = 0, room, scale, y;
  guint            shown;

  geometry->maximum = cc_layout_largest (chart, chart->series->len);
  if (geometry->maximum <= 0)
    geometry->maximum = 1;
  geometry->step = geometry->maximum;
  y = work->top + put_legend (work, work->top, geometry->width, TRUE) + (chart->bare ? 0 : 12);
  frame.labels_width = cc_layout_categories_width (work, usable * 0.34);
  frame.left = CC_CHART_MARGIN + frame.labels_width + 9;
  frame.right = geometry->width - CC_CHART_MARGIN - MIN (measure_figures (work), usable * 0.25) - 8;
  frame.top = y;
  frame.bottom = MAX (work->bottom, y + 20);
  frame.group = n * (bar + BAR_GAP) - BAR_GAP;
  room = frame.bottom - frame.top;
  shown = count_shown (chart, room);
  for (guint j = 0; j < shown; j++)
    wanted += MAX (frame.group, label_height (work, j, frame.labels_width)) + gap;
  scale = wanted > 0 ? MIN (room / wanted, 1.6) : 1;
  frame.bar = bar * scale;
  frame.bottom = MIN (frame.bottom, frame.top + wanted * scale);
  geometry->plot =
      (CcBox){ frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top };
  /* Each bar carries its figure, so the axis needs no other line. */
  cc_layout_rule (work, frame.left, frame.top, frame.left, frame.bottom, TRUE);
  for (guint j = 0; j < shown; j++)
    {
      double label = label_height (work, j, frame.labels_width);
      double height = (MAX (frame.group, label) + gap) * scale;
      double bars = frame.group * scale;

      cc_layout_label (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, !chart->bare,
                       CC_ROLE_TEXT, CC_ALIGN_END,
                       (CcBox){ CC_CHART_MARGIN, y + (height - label) / 2, frame.labels_width,
                                label });
      g_array_index (geometry->labels, CcLabel, geometry->labels->len - 1).cut = chart->bare;
      for (guint i = 0; i < chart->series->len; i++)
        put_bar (work, &frame, i, j, y + (height - bars) / 2 + i * (bar + BAR_GAP) * scale);
      y += height;
    }
}

double
cc_layout_bars_height (CcLayoutWork *work, double width)
{
  const CcChart *chart = work->chart;
  double         labels = cc_layout_categories_width (work, (width - 2 * CC_CHART_MARGIN) * 0.34);
  double         group = MAX (chart->series->len, 1) * (get_bar (chart) + BAR_GAP) - BAR_GAP;
  double         height = put_legend (work, 0, width, FALSE) + 12;

  for (guint j = 0; j < chart->categories->len; j++)
    height += MAX (group, label_height (work, j, labels)) + get_gap (chart);
  return height;
}
