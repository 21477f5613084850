/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

#define BARE_HEIGHT 132.0 /* of a small picture, whatever it shows */

static void
clear_label (gpointer data)
{
  g_clear_pointer (&((CcLabel *) data)->text, g_free);
}

static CcChartGeometry *
new_geometry (double width, double height)
{
  CcChartGeometry *self = g_new0 (CcChartGeometry, 1);

  self->width = width;
  self->height = height;
  self->labels = g_array_new (FALSE, TRUE, sizeof (CcLabel));
  g_array_set_clear_func (self->labels, clear_label);
  self->marks = g_array_new (FALSE, TRUE, sizeof (CcMark));
  self->lines = g_array_new (FALSE, TRUE, sizeof (CcLine));
  self->rules = g_array_new (FALSE, TRUE, sizeof (CcRule));
  self->swatches = g_array_new (FALSE, TRUE, sizeof (CcSwatch));
  return self;
}

void
cc_chart_geometry_free (CcChartGeometry *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->labels);
  g_array_unref (self->marks);
  g_array_unref (self->lines);
  g_array_unref (self->rules);
  g_array_unref (self->swatches);
  g_free (self);
}

static double
put_text (CcLayoutWork *work,
          const char   *text,
          double        y,
          double        size,
          gboolean      bold,
          CcTextRole    role)
{
  double wrap = work->geometry->width - 2 * CC_CHART_MARGIN;
  double height;

  if (text == NULL || *text == '\0')
    return y;
  cc_layout_measure (work, text, size, bold, wrap, NULL, &height);
  cc_layout_label (work, text, size, bold, TRUE, role, CC_ALIGN_START,
                   (CcBox){ CC_CHART_MARGIN, y, wrap, height });
  return y + height;
}

static void
put_head (CcLayoutWork *work)
{
  double y = CC_CHART_MARGIN + CC_ACCENT_HEIGHT + 3;

  if (work->chart->bare)
    {
      work->top = CC_CHART_BARE_MARGIN;
      return;
    }
  if (work->chart->stamp != NULL)
    {
      double width, height;

      cc_layout_measure (work, work->chart->stamp, CC_SIZE_SMALL, TRUE, 0, &width, &height);
      cc_layout_label (work, work->chart->stamp, CC_SIZE_SMALL, TRUE, FALSE, CC_ROLE_STAMP,
                       CC_ALIGN_CENTER,
                       (CcBox){ work->geometry->width - CC_CHART_MARGIN - width - 12,
                                CC_CHART_MARGIN - 6, width + 12, height + 3 });
    }
  y = put_text (work, work->chart->title, y, CC_SIZE_TITLE, TRUE, CC_ROLE_TITLE);
  y = put_text (work, work->chart->subtitle, y + 2, CC_SIZE_SUBTITLE, FALSE, CC_ROLE_QUIET);
  work->top = y + 12;
}

static double
text_height (CcLayoutWork *work, const char *text, double wrap)
{
  double height;

  cc_layout_measure (work, text, CC_SIZE_SMALL, FALSE, wrap, NULL, &height);
  return height;
}

static void
put_foot (CcLayoutWork *work)
{
  const CcChart *chart = work->chart;
  double         wrap = work->geometry->width - 2 * CC_CHART_MARGIN;
  double         height = 7;
  double         y;

  if (chart->bare)
    {
      work->bottom = work->geometry->height - CC_CHART_BARE_MARGIN;
      return;
    }
  for (guint i = 0; i < chart->notes->len; i++)
    height += text_height (work, chart->notes->pdata[i], wrap) + 1.5;
  height += text_height (work, chart->source, wrap) + text_height (work, chart->date, wrap) + 1.5;
  y = work->geometry->height - CC_CHART_MARGIN - height;
  work->bottom = y - 10;
  cc_layout_rule (work, CC_CHART_MARGIN, y, work->geometry->width - CC_CHART_MARGIN, y, FALSE);
  y += 7;
  for (guint i = 0; i < chart->notes->len; i++)
    y = put_text (work, chart->notes->pdata[i], y, CC_SIZE_SMALL, FALSE, CC_ROLE_QUIET) + 1.5;
  y = put_text (work, chart->source, y, CC_SIZE_SMALL, FALSE, CC_ROLE_QUIET) + 1.5;
  put_text (work, chart->date, y, CC_SIZE_SMALL, FALSE, CC_ROLE_QUIET);
}

static gboolean
has_data (const CcChart *chart)
{
  for (guint i = 0; i < chart->series->len; i++)
    for (guint j = 0; j < chart->categories->len; j++)
      if (((CcChartSeries *) chart->series->pdata[i])->points[j].state != CC_POINT_MISSING)
        return TRUE;
  return FALSE;
}

static void
put_empty (CcLayoutWork *work)
{
  double wrap = (work->geometry->width - 2 * CC_CHART_MARGIN) * 0.7;
  double height;

  cc_layout_measure (work, work->chart->empty, CC_SIZE_SUBTITLE, FALSE, wrap, NULL, &height);
  work->geometry->plot =
      (CcBox){ CC_CHART_MARGIN, work->top, work->geometry->width - 2 * CC_CHART_MARGIN,
               MAX (work->bottom - work->top, 0) };
  if (work->chart->empty != NULL)
    cc_layout_label (work, work->chart->empty, CC_SIZE_SUBTITLE, FALSE, TRUE, CC_ROLE_QUIET,
                     CC_ALIGN_CENTER,
                     (CcBox){ (work->geometry->width - wrap) / 2,
                              (work->top + work->bottom - height) / 2, wrap, height });
}

static void
mirror_box (CcBox *box, double width)
{
  box->x = width - box->x - box->width;
}

static void
mirror (CcChartGeometry *self)
{
  mirror_box (&self->plot, self->width);
  for (guint i = 0; i < self->labels->len; i++)
    mirror_box (&g_array_index (self->labels, CcLabel, i).box, self->width);
  for (guint i = 0; i < self->marks->len; i++)
    mirror_box (&g_array_index (self->marks, CcMark, i).box, self->width);
  for (guint i = 0; i < self->swatches->len; i++)
    mirror_box (&g_array_index (self->swatches, CcSwatch, i).box, self->width);
  for (guint i = 0; i < self->lines->len; i++)
    {
      CcLine *line = &g_array_index (self->lines, CcLine, i);

      line->x1 = self->width - line->x1;
      line->x2 = self->width - line->x2;
    }
  for (guint i = 0; i < self->rules->len; i++)
    {
      CcRule *rule = &g_array_index (self->rules, CcRule, i);

      rule->x1 = self->width - rule->x1;
      rule->x2 = self->width - rule->x2;
    }
}

static const struct
{
  void (*place) (CcLayoutWork *work);
  double (*measure) (CcLayoutWork *work, double width);
} layouts[] = {
  [CC_CHART_STACKED_COLUMNS] = { cc_layout_columns, cc_layout_columns_height },
  [CC_CHART_GROUPED_BARS] = { cc_layout_bars, cc_layout_bars_height },
  [CC_CHART_LINES] = { cc_layout_lines, cc_layout_lines_height },
  [CC_CHART_PYRAMID] = { cc_layout_pyramid, cc_layout_pyramid_height },
};

/**
 * cc_chart_layout:
 * @width: in points; below 200 nothing sensible fits, so it is taken as 200
 * @height: in points, at least 160 (80 of a bare chart)
 * @measure: how large a text is
 *
 * Returns: (transfer full): where everything lies. A label with the align START begins at the left
 * of its box, at the right where the chart is mirrored.
 */
CcChartGeometry *
cc_chart_layout (const CcChart *chart,
                 double         width,
                 double         height,
                 CcTextMeasure  measure,
                 gpointer       user_data)
{
  CcLayoutWork work = { .chart = chart, .measure = measure, .user_data = user_data };

  g_return_val_if_fail (chart != NULL && measure != NULL, NULL);

  work.geometry = new_geometry (MAX (width, 200), MAX (height, chart->bare ? 80 : 160));
  put_head (&work);
  put_foot (&work);
  if (!has_data (chart))
    put_empty (&work);
  else
    layouts[chart->kind].place (&work);
  if (chart->rtl)
    mirror (work.geometry);
  return work.geometry;
}

/**
 * cc_chart_preferred_height:
 *
 * Returns: the height at which nothing is crowded at that width
 */
double
cc_chart_preferred_height (const CcChart *chart,
                           double         width,
                           CcTextMeasure  measure,
                           gpointer       user_data)
{
  CcLayoutWork work = { .chart = chart, .measure = measure, .user_data = user_data };
  double       body;

  g_return_val_if_fail (chart != NULL && measure != NULL, 0);

  if (chart->bare)
    return BARE_HEIGHT;
  work.geometry = new_geometry (MAX (width, 200), 1000);
  put_head (&work);
  put_foot (&work);
  body = layouts[chart->kind].measure (&work, MAX (width, 200));
  if (!has_data (chart))
    body = 80;
  body += work.top + (1000 - work.bottom);
  cc_chart_geometry_free (work.geometry);
  return ceil (body);
}

/**
 * cc_chart_geometry_find_mark:
 *
 * Returns: (nullable): the mark under a point, for tooltips
 */
const CcMark *
cc_chart_geometry_find_mark (const CcChartGeometry *self, double x, double y)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (self->marks, CcMark, i);

      if (x >= mark->box.x && x < mark->box.x + mark->box.width && y >= mark->box.y
          && y < mark->box.y + mark->box.height)
        return mark;
    }
  return NULL;
}
