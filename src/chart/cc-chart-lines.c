/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* Lines over years: a sign at each point with its figure where there is room, the name of each line
 * at its end. A figure that is not known breaks the line; nothing is drawn across the gap. */

#define PLOT_HEIGHT 200.0
#define DOT         12.0 /* the box of a point, which is what the pointer has to hit */
#define SIGN        7.0  /* of a figure that is held back */
#define SWATCH      20.0

static double
get_x (const CcPlotFrame *frame, guint category)
{
  return frame->left + (category + 0.5) * frame->slot;
}

static double
get_y (CcLayoutWork *work, const CcPlotFrame *frame, double value)
{
  return frame->base - value / work->geometry->maximum * (frame->base - frame->top);
}

static void
put_line (CcLayoutWork *work, const CcPlotFrame *frame, guint i)
{
  const CcChartSeries *series = work->chart->series->pdata[i];

  for (guint j = 1; j < work->chart->categories->len; j++)
    {
      const CcPoint *from = &series->points[j - 1], *to = &series->points[j];
      CcLine         line = { get_x (frame, j - 1),
                              get_y (work, frame, from->value),
                              get_x (frame, j),
                              get_y (work, frame, to->value),
                              i,
                              series->style };

      if (from->state == CC_POINT_VALUE && to->state == CC_POINT_VALUE)
        g_array_append_val (work->geometry->lines, line);
    }
}

static void
put_points (CcLayoutWork *work, const CcPlotFrame *frame, guint i)
{
  const CcChart       *chart = work->chart;
  const CcChartSeries *series = chart->series->pdata[i];

  for (guint j = 0; j < chart->categories->len; j++)
    {
      const CcPoint *point = &series->points[j];
      double         x = get_x (frame, j), y = get_y (work, frame, point->value);
      CcMark         mark = { { x - DOT / 2, y - DOT / 2, DOT, DOT },
                              i,
                              j,
                              cc_chart_point_style (chart, i, j),
                              point->state,
                              TRUE };

      if (point->state == CC_POINT_MISSING)
        continue;
      if (point->state == CC_POINT_HIDDEN)
        {
          /* Signs of several lines stand side by side on the base line. */
          mark.box = (CcBox){ x - SIGN / 2 + i * (SIGN + 1), frame->base - SIGN, SIGN, SIGN };
          mark.dot = FALSE;
        }
      g_array_append_val (work->geometry->marks, mark);
    }
}

static gboolean
meets (const CcBox *a, const CcBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* Whether a box is free of points, figures and lines. */
static gboolean
is_free (CcLayoutWork *work, const CcBox *box, guint first_label, const CcMark *own)
{
  CcChartGeometry *geometry = work->geometry;

  for (guint i = 0; i < geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (geometry->marks, CcMark, i);
      CcBox         core = { mark->box.x + 2.5, mark->box.y + 2.5, mark->box.width - 5,
                             mark->box.height - 5 };

      if (mark != own && meets (box, &core))
        return FALSE;
    }
  for (guint i = first_label; i < geometry->labels->len; i++)
    if (meets (box, &g_array_index (geometry->labels, CcLabel, i).box))
      return FALSE;
  for (guint i = 0; i < geometry->lines->len; i++)
    {
      const CcLine *line = &g_array_index (geometry->lines, CcLine, i);

      for (guint k = 0; k <= 16; k++)
        {
          CcBox at = { line->x1 + (line->x2 - line->x1) * k / 16 - 0.5,
                       line->y1 + (line->y2 - line->y1) * k / 16 - 0.5, 1, 1 };

          if (line->series != own->series && meets (box, &at))
            return FALSE;
        }
    }
  return TRUE;
}

/* The figure above its point, else below it, else left to the table. */
static void
put_figures (CcLayoutWork *work, const CcPlotFrame *frame, guint first_label)
{
  const CcChart *chart = work->chart;

  for (guint n = 0; n < work->geometry->marks->len; n++)
    {
      const CcMark  *mark = &g_array_index (work->geometry->marks, CcMark, n);
      const CcPoint *point =
          &((CcChartSeries *) chart->series->pdata[mark->series])->points[mark->category];
      g_autofree char *text = cc_layout_figure (chart, point);
      double           x = mark->box.x + mark->box.width / 2, width, height;
      CcBox            box;

      if (text == NULL)
        continue;
      cc_layout_measure (work, text, CC_SIZE_SMALL, FALSE, 0, &width, &height);
      box = (CcBox){ x - width / 2 - 0.5, mark->box.y - height + (mark->dot ? 2 : -1), width + 1,
                     height };
      if (!is_free (work, &box, first_label, mark))
        box.y = mark->box.y + mark->box.height - 2;
      if (box.y + height > frame->base || !is_free (work, &box, first_label, mark)
          || width > frame->slot)
        continue;
      cc_layout_label (work, text, CC_SIZE_SMALL, FALSE, FALSE, CC_ROLE_TEXT, CC_ALIGN_CENTER, box);
    }
}

/* Where a line ends: the last point that has a figure, or below 0. */
static const CcPoint *
find_end (const CcChart *chart, const CcChartSeries *series, guint *category)
{
  for (guint j = chart->categories->len; j-- > 0;)
    if (series->points[j].state == CC_POINT_VALUE)
      {
        *category = j;
        return &series->points[j];
      }
  return NULL;
}

typedef struct
{
  guint  series;
  double y;
} Name;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *left = a, *right = b;

  if (left->y < right->y || left->y > right->y)
    return left->y < right->y ? -1 : 1;
  return left->series < right->series ? -1 : left->series > right->series;
}

static void
put_names (CcLayoutWork *work, const CcPlotFrame *frame)
{
  const CcChart     *chart = work->chart;
  guint              n = chart->series->len;
  g_autofree Name   *names = g_new0 (Name, n + 1);
  g_autofree double *y = g_new0 (double, n + 1);
  g_autofree double *height = g_new0 (double, n + 1);

  for (guint i = 0; i < n; i++)
    {
      guint          category;
      const CcPoint *end = find_end (chart, chart->series->pdata[i], &category);

      names[i] = (Name){ i, end != NULL ? get_y (work, frame, end->value) : frame->base };
    }
  qsort (names, n, sizeof (Name), compare_names);
  for (guint k = 0; k < n; k++)
    {
      const CcChartSeries *series = chart->series->pdata[names[k].series];

      height[k] = cc_layout_name_height (work, series, frame->names_width);
      y[k] = names[k].y - height[k] / 2;
    }
  cc_layout_spread (y, height, n, frame->top - 8, frame->base + 10);
  for (guint k = 0; k < n; k++)
    cc_layout_name (work, frame, chart->series->pdata[names[k].series], y[k], height[k], TRUE);
}

void
cc_layout_lines (CcLayoutWork *work)
{
  CcPlotFrame frame;
  guint       first_label;

  cc_layout_scale (work, cc_layout_largest (work->chart, work->chart->series->len), 5);
  cc_layout_plot (work, &frame, SWATCH, 10);
  cc_layout_categories (work, frame.left, frame.slot, frame.base);
  first_label = work->geometry->labels->len;
  for (guint i = 0; i < work->chart->series->len; i++)
    put_line (work, &frame, i);
  for (guint i = 0; i < work->chart->series->len; i++)
    put_points (work, &frame, i);
  if (work->chart->bare)
    return;
  put_figures (work, &frame, first_label);
  put_names (work, &frame);
}

double
cc_layout_lines_height (CcLayoutWork *work, double width)
{
  return cc_layout_plot_height (work, width, PLOT_HEIGHT);
}
