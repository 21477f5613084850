/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* What the layouts share of axes: figures of the value axis, names of the categories. */

/* Width of the widest figure of the value axis. */
double
cc_layout_ticks_width (CcLayoutWork *work)
{
  double widest = 0;

  for (double tick = 0; tick <= work->geometry->maximum * (1 + 1e-9); tick += work->geometry->step)
    {
      g_autofree char *text = cc_chart_format_number (work->chart, tick);
      double           width;

      cc_layout_measure (work, text, CC_SIZE_SMALL, FALSE, 0, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

/* Height of the names of the categories below a column of that width. */
double
cc_layout_categories_height (CcLayoutWork *work, double slot)
{
  double highest = 0;

  for (guint j = 0; j < work->chart->categories->len; j++)
    {
      double height;

      cc_layout_measure (work, work->chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, slot, NULL,
                         &height);
      highest = MAX (highest, height);
    }
  return highest;
}

/* Figures and lines of the value axis. */
void
cc_layout_ticks (CcLayoutWork *work, double left, double right, double base, double top)
{
  CcChartGeometry *geometry = work->geometry;
  double           room = base - top;

  for (guint n = 0; n * geometry->step <= geometry->maximum * (1 + 1e-9); n++)
    {
      double           tick = n * geometry->step;
      double           y = base - tick / geometry->maximum * room;
      g_autofree char *text = cc_chart_format_number (work->chart, tick);
      double           width, height;

      cc_layout_measure (work, text, CC_SIZE_SMALL, FALSE, 0, &width, &height);
      cc_layout_label (work, text, CC_SIZE_SMALL, FALSE, FALSE, CC_ROLE_QUIET, CC_ALIGN_END,
                       (CcBox){ CC_CHART_MARGIN, y - height / 2, left - 6 - CC_CHART_MARGIN,
                                height });
      cc_layout_rule (work, left, y, right, y, n == 0);
    }
}

/* Names below the columns; every second, third ... where they would run into each other. */
void
cc_layout_categories (CcLayoutWork *work, double left, double slot, double base)
{
  const CcChart *chart = work->chart;
  double         widest = 0;
  guint          every;

  for (guint j = 0; j < chart->categories->len; j++)
    {
      double width;

      cc_layout_measure (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, slot - 2, &width,
                         NULL);
      widest = MAX (widest, width);
    }
  every = (guint) MAX (ceil (widest / MAX (slot - 2, 1)), 1);
  for (guint j = 0; j < chart->categories->len; j += every)
    {
      double height;

      cc_layout_measure (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, every * slot - 2,
                         NULL, &height);
      cc_layout_label (work, chart->categories->pdata[j], CC_SIZE_TEXT, FALSE, TRUE, CC_ROLE_TEXT,
                       CC_ALIGN_CENTER,
                       (CcBox){ left + (j + 0.5) * slot - every * slot / 2 + 1, base + 4,
                                every * slot - 2, height });
    }
}

/* Moves names apart that would overlap: neighbours that touch form a block, and a block stands so
 * that its names are on average where they belong (pool adjacent violators). */
void
cc_layout_spread (double *y, const double *height, guint n, double top, double bottom)
{
  g_autofree double *start = g_new0 (double, n);
  g_autofree double *size = g_new0 (double, n);
  g_autofree guint  *count = g_new0 (guint, n);
  guint              blocks = 0, at = 0;

  for (guint i = 0; i < n; i++)
    {
      start[blocks] = y[i];
      size[blocks] = height[i];
      count[blocks++] = 1;
      while (blocks > 1 && start[blocks - 2] + size[blocks - 2] > start[blocks - 1])
        {
          guint  a = blocks - 2, b = blocks - 1;
          double wish =
              (start[a] * count[a] + (start[b] - size[a]) * count[b]) / (count[a] + count[b]);

          start[a] = wish;
          size[a] += size[b];
          count[a] += count[b];
          blocks--;
        }
    }
  for (guint i = blocks; i-- > 0;)
    {
      start[i] = MIN (start[i], bottom - size[i]);
      bottom = start[i];
    }
  for (guint i = 0; i < blocks; i++)
    {
      start[i] = MAX (start[i], top);
      top = start[i] + size[i];
      for (double from = start[i]; count[i] > 0; count[i]--, at++)
        {
          y[at] = from;
          from += height[at];
        }
    }
}

/* What the value axis counts, above it. Returns its height. */
double
cc_layout_axis_name (CcLayoutWork *work, double right)
{
  double height = 0;

  if (work->chart->axis == NULL || work->chart->bare)
    return 0;
  cc_layout_measure (work, work->chart->axis, CC_SIZE_SMALL, FALSE, 0, NULL, &height);
  cc_layout_label (work, work->chart->axis, CC_SIZE_SMALL, FALSE, FALSE, CC_ROLE_QUIET,
                   CC_ALIGN_START,
                   (CcBox){ CC_CHART_MARGIN, work->top, right - CC_CHART_MARGIN, height });
  return height;
}

/* The figure of a point, or what stands for it; NULL where nothing does. */
char *
cc_layout_figure (const CcChart *chart, const CcPoint *point)
{
  if (point->state == CC_POINT_VALUE)
    return cc_chart_format_number (chart, point->value);
  return g_strdup (point->state == CC_POINT_HIDDEN ? chart->hidden : chart->missing);
}
