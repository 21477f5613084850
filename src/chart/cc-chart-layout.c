/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/**
 * cc_chart_tick_step:
 * @range: length of the axis
 * @at_most: ticks wanted, the one at zero not counted
 * @whole: whole numbers only, as persons are
 *
 * Returns: the smallest of 1, 2, 5 times a power of ten that needs at most @at_most ticks; 1 for a
 * range of nothing
 */
double
cc_chart_tick_step (double range, guint at_most, gboolean whole)
{
  double rough, power, step;

  g_return_val_if_fail (at_most > 0, 1);

  if (!(range > 0) || !isfinite (range))
    return 1;
  rough = range / at_most;
  power = pow (10, floor (log10 (rough)));
  /* A hair of tolerance: 0.2 * 5 must not need a sixth tick because of binary fractions. */
  step = 10 * power;
  if (rough <= 1 * power * (1 + 1e-9))
    step = power;
  else if (rough <= 2 * power * (1 + 1e-9))
    step = 2 * power;
  else if (rough <= 5 * power * (1 + 1e-9))
    step = 5 * power;
  return whole ? MAX (step, 1) : step;
}

void
cc_layout_measure (CcLayoutWork *work,
                   const char   *text,
                   double        size,
                   gboolean      bold,
                   double        wrap,
                   double       *width,
                   double       *height)
{
  double w = 0, h = 0;

  if (text != NULL && *text != '\0')
    work->measure (text, size, bold, wrap, &w, &h, work->user_data);
  if (width != NULL)
    *width = w;
  if (height != NULL)
    *height = h;
}

void
cc_layout_label (CcLayoutWork *work,
                 const char   *text,
                 double        size,
                 gboolean      bold,
                 gboolean      wrap,
                 CcTextRole    role,
                 CcTextAlign   align,
                 CcBox         box)
{
  CcLabel label = { .text = g_strdup (text),
                    .box = box,
                    .size = size,
                    .bold = bold,
                    .wrap = wrap,
                    .role = role,
                    .align = align };

  g_array_append_val (work->geometry->labels, label);
}

void
cc_layout_rule (CcLayoutWork *work, double x1, double y1, double x2, double y2, gboolean strong)
{
  CcRule rule = { x1, y1, x2, y2, strong };

  g_array_append_val (work->geometry->rules, rule);
}

/* Sets the end of the value axis: the first tick at or above the largest figure. */
void
cc_layout_scale (CcLayoutWork *work, double maximum, guint at_most)
{
  CcChartGeometry *geometry = work->geometry;

  geometry->step = cc_chart_tick_step (maximum, at_most, maximum >= 1 || maximum == 0);
  geometry->maximum = MAX (ceil (maximum / geometry->step - 1e-9), 1) * geometry->step;
}

/* The counted total of a category, or the sum of its series where every one of them is known. */
CcPoint
cc_layout_total (const CcChart *chart, guint category)
{
  CcPoint total = { CC_POINT_VALUE, 0 };

  if (category < chart->totals->len)
    return g_array_index (chart->totals, CcPoint, category);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = chart->series->pdata[i];

      if (series->points[category].state != CC_POINT_VALUE)
        total.state = series->points[category].state;
      total.value += series->points[category].value;
    }
  return total;
}
