/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/chart/cc-chart.h>

#include <math.h>
#include <string.h>

static void
free_series (gpointer data)
{
  CcChartSeries *series = data;

  g_free (series->name);
  g_free (series);
}

/**
 * cc_chart_new:
 *
 * Returns: (transfer full): a chart without categories and series; texts are set by the caller and
 * freed with the chart
 */
CcChart *
cc_chart_new (CcChartKind kind)
{
  CcChart *self = g_new0 (CcChart, 1);

  self->kind = kind;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (free_series);
  self->totals = g_array_new (FALSE, TRUE, sizeof (CcPoint));
  return self;
}

void
cc_chart_free (CcChart *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->source);
  g_free (self->date);
  g_free (self->stamp);
  g_free (self->axis);
  g_free (self->alt_text);
  g_free (self->missing);
  g_free (self->hidden);
  g_free (self->empty);
  g_free (self->group);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->series);
  g_array_unref (self->totals);
  g_free (self);
}

/**
 * cc_chart_add_category:
 *
 * All categories are added before the first series.
 */
void
cc_chart_add_category (CcChart *self, const char *label)
{
  g_return_if_fail (self != NULL && label != NULL && self->series->len == 0);

  g_ptr_array_add (self->categories, g_strdup (label));
}

/**
 * cc_chart_add_series:
 * @style: below %CC_CHART_N_STYLES
 *
 * Returns: the series, owned by the chart; its points, one per category, are zero
 */
CcChartSeries *
cc_chart_add_series (CcChart *self, const char *name, guint style)
{
  CcChartSeries *series;

  g_return_val_if_fail (self != NULL && name != NULL && style < CC_CHART_N_STYLES, NULL);

  series = g_malloc0 (sizeof *series + self->categories->len * sizeof (CcPoint));
  series->name = g_strdup (name);
  series->style = style;
  g_ptr_array_add (self->series, series);
  return series;
}

void
cc_chart_add_note (CcChart *self, const char *note)
{
  g_return_if_fail (self != NULL && note != NULL);

  g_ptr_array_add (self->notes, g_strdup (note));
}

/**
 * cc_chart_format_number:
 *
 * Returns: (transfer full): the figure with the chart's thousands sign, at most two decimals
 */
char *
cc_chart_format_number (const CcChart *self, double value)
{
  char     digits[64];
  char    *point;
  gsize    whole;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  g_ascii_formatd (digits, sizeof digits, value == floor (value) ? "%.0f" : "%.2f", fabs (value));
  point = strchr (digits, '.');
  whole = point != NULL ? (gsize) (point - digits) : strlen (digits);
  out = g_string_new (value < 0 ? "-" : "");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0 && self->group != NULL)
        g_string_append (out, self->group);
      g_string_append_c (out, digits[i]);
    }
  if (point != NULL)
    g_string_append (out, point);
  return g_string_free (out, FALSE);
}

/**
 * cc_chart_describe_point:
 *
 * For tooltips and screen readers: "2023, Women (18 and over): 41".
 *
 * Returns: (transfer full): the text
 */
char *
cc_chart_describe_point (const CcChart *self, guint series, guint category)
{
  const CcChartSeries *of;
  const CcPoint       *point;
  g_autofree char     *figure = NULL;

  g_return_val_if_fail (self != NULL && series < self->series->len
                            && category < self->categories->len,
                        NULL);

  of = self->series->pdata[series];
  point = &of->points[category];
  if (point->state == CC_POINT_VALUE)
    figure = cc_chart_format_number (self, point->value);
  else
    figure = g_strdup (point->state == CC_POINT_HIDDEN ? self->hidden : self->missing);
  return g_strdup_printf ("%s, %s: %s", (char *) self->categories->pdata[category], of->name,
                          figure != NULL ? figure : "");
}

/**
 * cc_chart_copy:
 *
 * Returns: (transfer full): the same chart, to be drawn elsewhere
 */
CcChart *
cc_chart_copy (const CcChart *self)
{
  CcChart *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = cc_chart_new (self->kind);
  copy->title = g_strdup (self->title);
  copy->subtitle = g_strdup (self->subtitle);
  copy->source = g_strdup (self->source);
  copy->date = g_strdup (self->date);
  copy->stamp = g_strdup (self->stamp);
  copy->axis = g_strdup (self->axis);
  copy->alt_text = g_strdup (self->alt_text);
  copy->missing = g_strdup (self->missing);
  copy->hidden = g_strdup (self->hidden);
  copy->empty = g_strdup (self->empty);
  copy->group = g_strdup (self->group);
  copy->rtl = self->rtl;
  copy->bare = self->bare;
  copy->no_totals = self->no_totals;
  for (guint i = 0; i < self->notes->len; i++)
    cc_chart_add_note (copy, self->notes->pdata[i]);
  for (guint i = 0; i < self->categories->len; i++)
    cc_chart_add_category (copy, self->categories->pdata[i]);
  for (guint i = 0; i < self->series->len; i++)
    {
      const CcChartSeries *from = self->series->pdata[i];
      CcChartSeries       *to = cc_chart_add_series (copy, from->name, from->style);

      memcpy (to->points, from->points, self->categories->len * sizeof (CcPoint));
    }
  g_array_append_vals (copy->totals, self->totals->data, self->totals->len);
  return copy;
}

/**
 * cc_chart_point_style:
 *
 * Returns: the style of the point's area: its own, or that of its series
 */
guint
cc_chart_point_style (const CcChart *self, guint series, guint category)
{
  const CcChartSeries *of;

  g_return_val_if_fail (self != NULL && series < self->series->len
                            && category < self->categories->len,
                        0);

  of = self->series->pdata[series];
  return of->points[category].style > 0 ? of->points[category].style - 1 : of->style;
}
