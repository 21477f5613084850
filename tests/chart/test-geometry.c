/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <cc/chart/cc-chart-geometry.h>

#include "sample-charts.h"

/* A measure that needs no font: half the size per character, lines of 1.3 times the size. */
static void
measure (const char *text,
         double      size,
         gboolean    bold,
         double      wrap,
         double     *width,
         double     *height,
         gpointer    user_data)
{
  double whole = g_utf8_strlen (text, -1) * size * 0.5;
  guint  lines = wrap > 0 ? (guint) (whole / wrap + 0.999) : 1;

  *width = wrap > 0 ? MIN (whole, wrap) : whole;
  *height = MAX (lines, 1) * size * 1.3;
}

static CcChartGeometry *
lay_out (const CcChart *chart)
{
  double height = cc_chart_preferred_height (chart, 482, measure, NULL);

  return cc_chart_layout (chart, 482, height, measure, NULL);
}

static const CcLabel *
find_label (const CcChartGeometry *geometry, const char *text)
{
  for (guint i = 0; i < geometry->labels->len; i++)
    if (strcmp (g_array_index (geometry->labels, CcLabel, i).text, text) == 0)
      return &g_array_index (geometry->labels, CcLabel, i);
  return NULL;
}

static void
assert_inside (const CcBox *box, const CcChartGeometry *geometry)
{
  g_assert_cmpfloat (box->x, >=, -0.01);
  g_assert_cmpfloat (box->y, >=, -0.01);
  g_assert_cmpfloat (box->x + box->width, <=, geometry->width + 0.01);
  g_assert_cmpfloat (box->y + box->height, <=, geometry->height + 0.01);
}

static void
assert_all_inside (const CcChartGeometry *geometry)
{
  for (guint i = 0; i < geometry->labels->len; i++)
    assert_inside (&g_array_index (geometry->labels, CcLabel, i).box, geometry);
  for (guint i = 0; i < geometry->marks->len; i++)
    assert_inside (&g_array_index (geometry->marks, CcMark, i).box, geometry);
  for (guint i = 0; i < geometry->swatches->len; i++)
    assert_inside (&g_array_index (geometry->swatches, CcSwatch, i).box, geometry);
}

#define N_KINDS (CC_CHART_PYRAMID + 1)

static CcChart *
make_sample (guint kind)
{
  static CcChart *(*const make[]) (const char *language) = { sample_columns, sample_bars,
                                                             sample_lines, sample_pyramid };

  return make[kind]("en");
}

static CcChart *
make_chart (CcChartKind kind, double value, CcPointState state)
{
  CcChart       *chart = cc_chart_new (kind);
  CcChartSeries *series;

  chart->title = g_strdup ("Victims");
  chart->missing = g_strdup ("not known");
  chart->hidden = g_strdup ("<5");
  chart->empty = g_strdup ("No data");
  chart->group = g_strdup (",");
  cc_chart_add_category (chart, "2024");
  series = cc_chart_add_series (chart, "All", 0);
  series->points[0] = (CcPoint){ state, value };
  return chart;
}

static void
test_ticks (void)
{
  g_assert_cmpfloat (cc_chart_tick_step (0, 5, TRUE), ==, 1);
  g_assert_cmpfloat (cc_chart_tick_step (1, 5, TRUE), ==, 1);
  g_assert_cmpfloat (cc_chart_tick_step (5, 5, TRUE), ==, 1);
  g_assert_cmpfloat (cc_chart_tick_step (6, 5, TRUE), ==, 2);
  g_assert_cmpfloat (cc_chart_tick_step (23, 5, TRUE), ==, 5);
  g_assert_cmpfloat (cc_chart_tick_step (50, 5, TRUE), ==, 10);
  g_assert_cmpfloat (cc_chart_tick_step (412, 5, TRUE), ==, 100);
  g_assert_cmpfloat (cc_chart_tick_step (1e9, 5, TRUE), ==, 2e8);
  g_assert_cmpfloat_with_epsilon (cc_chart_tick_step (0.9, 5, FALSE), 0.2, 1e-12);
  g_assert_cmpfloat_with_epsilon (cc_chart_tick_step (1.0, 5, FALSE), 0.2, 1e-12);
  g_assert_cmpfloat (cc_chart_tick_step (-3, 5, TRUE), ==, 1);
}

static void
test_zero_range (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) chart = make_chart ((CcChartKind) kind, 0, CC_POINT_VALUE);
      g_autoptr (CcChartGeometry) geometry = lay_out (chart);

      g_assert_cmpfloat (geometry->maximum, ==, 1);
      /* Zero has no area but its figure is printed; in a line it is a point like any other. */
      g_assert_cmpuint (geometry->marks->len, ==, kind == CC_CHART_LINES ? 1 : 0);
      g_assert_nonnull (find_label (geometry, "0"));
      g_assert_null (find_label (geometry, "No data"));
      assert_all_inside (geometry);
    }
}

static void
test_states (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) hidden = make_chart ((CcChartKind) kind, 0, CC_POINT_HIDDEN);
      g_autoptr (CcChart) missing = make_chart ((CcChartKind) kind, 0, CC_POINT_MISSING);
      g_autoptr (CcChartGeometry) a = lay_out (hidden);
      g_autoptr (CcChartGeometry) b = lay_out (missing);

      g_assert_nonnull (find_label (a, "<5"));
      g_assert_cmpuint (a->marks->len, ==, 1);
      g_assert_cmpint (g_array_index (a->marks, CcMark, 0).state, ==, CC_POINT_HIDDEN);
      g_assert_null (find_label (a, "0") != NULL && kind != CC_CHART_STACKED_COLUMNS
                             && kind != CC_CHART_LINES
                         ? find_label (a, "0")
                         : NULL);
      g_assert_nonnull (find_label (b, "No data"));
      g_assert_cmpuint (b->marks->len, ==, 0);
      assert_all_inside (a);
      assert_all_inside (b);
    }
}

static void
test_one_value (void)
{
  g_autoptr (CcChart) chart = make_chart (CC_CHART_STACKED_COLUMNS, 7, CC_POINT_VALUE);
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);
  const CcMark *mark;

  g_assert_cmpfloat (geometry->maximum, ==, 8);
  g_assert_cmpuint (geometry->marks->len, ==, 1);
  mark = &g_array_index (geometry->marks, CcMark, 0);
  g_assert_cmpfloat_with_epsilon (mark->box.height, geometry->plot.height * 7 / 8, 0.01);
  g_assert_cmpfloat_with_epsilon (mark->box.y + mark->box.height,
                                  geometry->plot.y + geometry->plot.height, 0.01);
  g_assert_true (cc_chart_geometry_find_mark (geometry, mark->box.x + 1, mark->box.y + 1) == mark);
  g_assert_null (cc_chart_geometry_find_mark (geometry, 1, 1));
  assert_all_inside (geometry);
}

static void
test_large (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) chart = make_chart ((CcChartKind) kind, 1e9, CC_POINT_VALUE);
      g_autoptr (CcChartGeometry) geometry = lay_out (chart);

      g_assert_cmpfloat (geometry->maximum, ==, 1e9);
      g_assert_nonnull (find_label (geometry, "1,000,000,000"));
      assert_all_inside (geometry);
    }
}

static void
test_long_labels (void)
{
  const char *sentence =
      "A form of exploitation whose name fills a whole paragraph of the law, with "
      "commas, sub-clauses and an exception that nobody remembers the reason of";

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) chart = cc_chart_new ((CcChartKind) kind);
      g_autoptr (CcChartGeometry) geometry = NULL;

      chart->title = g_strdup (sentence);
      chart->stamp = g_strdup ("TRAINING");
      for (guint i = 0; i < 8; i++)
        cc_chart_add_category (chart, sentence);
      for (guint i = 0; i < 3; i++)
        {
          CcChartSeries *series = cc_chart_add_series (chart, sentence, i);

          for (guint j = 0; j < 8; j++)
            series->points[j].value = 10 * i + j;
        }
      geometry = lay_out (chart);
      assert_all_inside (geometry);
      g_assert_cmpfloat (geometry->plot.width, >, 100);
    }
}

/* Names beside the last column never overlap, and stand in the order of the stack. */
static void
test_names (void)
{
  g_autoptr (CcChart) chart = sample_columns ("en");
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);
  double last = -1;

  for (guint i = chart->series->len; i-- > 0;)
    {
      const CcLabel *label =
          find_label (geometry, ((CcChartSeries *) chart->series->pdata[i])->name);

      g_assert_nonnull (label);
      g_assert_cmpfloat (label->box.y, >=, last - 0.01);
      last = label->box.y + label->box.height;
    }
  g_assert_cmpuint (geometry->swatches->len, ==, chart->series->len);
  assert_all_inside (geometry);
}

/* Parts of a stack touch, do not overlap, and add up. */
static void
test_stack (void)
{
  g_autoptr (CcChart) chart = sample_columns ("en");
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);
  double base = geometry->plot.y + geometry->plot.height;
  double sum = 0;

  for (guint i = 0; i < geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (geometry->marks, CcMark, i);

      if (mark->category != 0)
        continue;
      g_assert_cmpfloat_with_epsilon (mark->box.y + mark->box.height, base, 0.01);
      base = mark->box.y;
      sum += mark->box.height;
    }
  g_assert_cmpfloat_with_epsilon (sum, geometry->plot.height * 264 / geometry->maximum, 0.01);
  g_assert_nonnull (find_label (geometry, "264"));
}

static void
test_mirrored (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) chart = make_sample (kind);
      g_autoptr (CcChartGeometry) left = lay_out (chart);
      g_autoptr (CcChartGeometry) right = NULL;

      chart->rtl = TRUE;
      right = lay_out (chart);
      g_assert_cmpuint (left->marks->len, ==, right->marks->len);
      for (guint i = 0; i < left->marks->len; i++)
        {
          const CcBox *a = &g_array_index (left->marks, CcMark, i).box;
          const CcBox *b = &g_array_index (right->marks, CcMark, i).box;

          g_assert_cmpfloat_with_epsilon (a->x + a->width, right->width - b->x, 0.01);
          g_assert_cmpfloat_with_epsilon (a->y, b->y, 0.01);
        }
      for (guint i = 0; i < left->lines->len; i++)
        g_assert_cmpfloat_with_epsilon (g_array_index (left->lines, CcLine, i).x1,
                                        right->width - g_array_index (right->lines, CcLine, i).x1,
                                        0.01);
      assert_all_inside (right);
    }
}

/* Both halves have one scale, begin at the names of the ages, and the youngest stand below. */
static void
test_pyramid (void)
{
  g_autoptr (CcChart) chart = sample_pyramid ("en");
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);
  const CcMark  *girls = NULL, *boys = NULL, *women = NULL;
  const CcLabel *youngest = find_label (geometry, "0-5"), *oldest = find_label (geometry, "60+");

  for (guint i = 0; i < geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (geometry->marks, CcMark, i);

      if (mark->category == 2)
        *(mark->series == 0 ? &girls : &boys) = mark;
      if (mark->category == 3 && mark->series == 0)
        women = mark;
    }
  g_assert_true (girls != NULL && boys != NULL && women != NULL);
  g_assert_cmpfloat_with_epsilon (girls->box.width / boys->box.width, 142.0 / 97, 0.001);
  g_assert_cmpfloat_with_epsilon (girls->box.width / women->box.width, 142.0 / 171, 0.001);
  g_assert_cmpfloat (girls->box.x + girls->box.width, <, youngest->box.x);
  g_assert_cmpfloat (boys->box.x, >, youngest->box.x + youngest->box.width);
  g_assert_cmpfloat_with_epsilon (girls->box.x + girls->box.width - 241, 241 - boys->box.x, 0.01);
  g_assert_cmpfloat (youngest->box.y, >, oldest->box.y);
  g_assert_cmpuint (girls->style, ==, 3);
  g_assert_cmpuint (boys->style, ==, 4);
  g_assert_cmpuint (women->style, ==, 0);
  /* Children are set off from adults. */
  g_assert_cmpuint (geometry->rules->len, ==, 4);
  assert_all_inside (geometry);
}

/* Nothing is drawn across a figure that is not known; figures never stand on each other. */
static void
test_lines (void)
{
  g_autoptr (CcChart) chart = sample_lines ("en");
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);
  guint pieces[4] = { 0 };

  for (guint i = 0; i < geometry->lines->len; i++)
    pieces[g_array_index (geometry->lines, CcLine, i).series]++;
  g_assert_cmpuint (pieces[0], ==, 4);
  g_assert_cmpuint (pieces[2], ==, 2);
  g_assert_cmpuint (pieces[3], ==, 3);
  for (guint i = 0; i < geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (geometry->marks, CcMark, i);
      double        y = mark->box.y + mark->box.height / 2;

      if (mark->series == 0 && mark->category == 3)
        g_assert_cmpfloat_with_epsilon (geometry->plot.y + geometry->plot.height - y,
                                        geometry->plot.height * 121 / geometry->maximum, 0.01);
    }
  for (guint i = 0; i < geometry->labels->len; i++)
    for (guint k = 0; k < i; k++)
      {
        const CcBox *a = &g_array_index (geometry->labels, CcLabel, i).box;
        const CcBox *b = &g_array_index (geometry->labels, CcLabel, k).box;

        if (g_array_index (geometry->labels, CcLabel, i).size < 8
            && a->y + a->height < geometry->plot.y + geometry->plot.height
            && a->x > geometry->plot.x)
          g_assert_false (a->x < b->x + b->width && b->x < a->x + a->width
                          && a->y < b->y + b->height && b->y < a->y + a->height);
      }
  g_assert_cmpuint (geometry->swatches->len, ==, 4);
  assert_all_inside (geometry);
}

/* A small picture has neither title nor legend, and fits into its box. */
static void
test_bare (void)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (CcChart) whole = make_sample (kind);
      g_autoptr (CcChart) chart = cc_chart_copy (whole);
      g_autoptr (CcChartGeometry) geometry = NULL;

      chart->bare = TRUE;
      geometry = cc_chart_layout (chart, 220, 120, measure, NULL);
      g_assert_null (find_label (geometry, chart->title));
      g_assert_null (find_label (geometry, chart->source));
      g_assert_cmpuint (geometry->swatches->len, ==, 0);
      g_assert_cmpuint (geometry->marks->len, >, 8);
      assert_all_inside (geometry);
    }
}

/* A single series needs no legend. */
static void
test_ranking (void)
{
  g_autoptr (CcChart) chart = sample_ranking ("en");
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);

  g_assert_cmpuint (geometry->swatches->len, ==, 0);
  g_assert_cmpuint (geometry->marks->len, ==, 6);
  g_assert_cmpuint (g_array_index (geometry->marks, CcMark, 0).style, ==, CC_CHART_PLAIN);
  g_assert_cmpuint (g_array_index (geometry->marks, CcMark, 5).style, ==, 6);
  assert_all_inside (geometry);
}

static void
test_nothing (void)
{
  g_autoptr (CcChart) chart = cc_chart_new (CC_CHART_STACKED_COLUMNS);
  g_autoptr (CcChartGeometry) geometry = lay_out (chart);

  g_assert_cmpuint (geometry->marks->len, ==, 0);
  assert_all_inside (geometry);
}

static void
test_texts (void)
{
  g_autoptr (CcChart) chart = sample_bars ("en");
  g_autofree char *large = cc_chart_format_number (chart, 1234567);
  g_autofree char *rate = cc_chart_format_number (chart, 1234.5);
  g_autofree char *negative = cc_chart_format_number (chart, -1234);
  g_autofree char *hidden = cc_chart_describe_point (chart, 2, 0);
  g_autofree char *missing = cc_chart_describe_point (chart, 3, 4);

  g_assert_cmpstr (large, ==, "1,234,567");
  g_assert_cmpstr (rate, ==, "1,234.50");
  g_assert_cmpstr (negative, ==, "-1,234");
  g_assert_cmpstr (hidden, ==, "Sexual exploitation, Other: <5");
  g_assert_cmpstr (missing, ==, "Other forms, Sex not known: not known");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/geometry/ticks", test_ticks);
  g_test_add_func ("/chart/geometry/zero-range", test_zero_range);
  g_test_add_func ("/chart/geometry/states", test_states);
  g_test_add_func ("/chart/geometry/one-value", test_one_value);
  g_test_add_func ("/chart/geometry/large", test_large);
  g_test_add_func ("/chart/geometry/long-labels", test_long_labels);
  g_test_add_func ("/chart/geometry/names", test_names);
  g_test_add_func ("/chart/geometry/stack", test_stack);
  g_test_add_func ("/chart/geometry/mirrored", test_mirrored);
  g_test_add_func ("/chart/geometry/pyramid", test_pyramid);
  g_test_add_func ("/chart/geometry/lines", test_lines);
  g_test_add_func ("/chart/geometry/bare", test_bare);
  g_test_add_func ("/chart/geometry/ranking", test_ranking);
  g_test_add_func ("/chart/geometry/nothing", test_nothing);
  g_test_add_func ("/chart/geometry/texts", test_texts);
  return g_test_run ();
}
