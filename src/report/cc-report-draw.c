/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <string.h>

#include <cc/base/cc-text.h>

#define GROUP "chart"

/* A chart while it is built from a counted table. */
typedef struct
{
  CcKeyFile       *definition;
  CcReportContent *content;
  CcTableResult   *result;
  gboolean         periods; /* categories are periods */
  gboolean         series_of_rows;
  gboolean         drop_empty;
  gboolean         sum;        /* the only series are all periods together */
  gboolean         dropped;    /* something in which nobody stands was left out */
  GArray          *categories; /* guint: rows or columns of the result */
  GArray          *series;
  GArray          *not_drawn[2]; /* categories, series */
} ChartWork;

static const char *
get (const ChartWork *work, const char *key)
{
  const char *value = cc_key_file_get (work->definition, GROUP, key);

  return value != NULL ? value : "";
}

static gboolean
get_flag (const ChartWork *work, const char *key)
{
  return strcmp (get (work, key), "true") == 0;
}

static gboolean
is_listed (const ChartWork *work, const char *key, const char *code)
{
  g_auto (GStrv) codes = g_strsplit (get (work, key), ";", -1);

  return g_strv_contains ((const char *const *) codes, code);
}

static const char *
last_part (const CcHeading *heading)
{
  return heading->parts != NULL && heading->parts[0] != NULL ? heading->parts[0] : "";
}

static GPtrArray *
headings_of (const ChartWork *work, gboolean series)
{
  return series == work->series_of_rows ? work->result->rows : work->result->cols;
}

/* The cell where a category and a series meet. */
static const CcCell *
cell_of (const ChartWork *work, guint category, guint series)
{
  guint row = work->series_of_rows ? series : category;
  guint col = work->series_of_rows ? category : series;

  return &work->result->cells[row * work->result->cols->len + col];
}

static const CcHeading *
heading_of (const ChartWork *work, gboolean series, guint index)
{
  return headings_of (work, series)->pdata[index];
}

static gboolean
is_used (const ChartWork *work, gboolean series, guint index)
{
  GPtrArray *other = headings_of (work, !series);

  if (!work->drop_empty || (!series && work->periods))
    return TRUE;
  for (guint k = 0; k < other->len; k++)
    {
      const CcCell *cell = series ? cell_of (work, k, index) : cell_of (work, index, k);

      if (cell->state != CC_CELL_COMPUTED || cell->count != 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the definition lets the category be drawn, or the series. */
static gboolean
is_drawn (const ChartWork *work, gboolean series, const CcHeading *heading)
{
  if (series)
    return *get (work, "draw") == '\0' || is_listed (work, "draw", last_part (heading));
  return !is_listed (work, "skip", last_part (heading));
}

/* Headings that are drawn: no totals, but where the series is all periods together; where asked,
 * none in which nobody stands. */
static GArray *
choose (ChartWork *work, gboolean series)
{
  GPtrArray *mine = headings_of (work, series);
  GArray    *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray    *rest = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < mine->len; i++)
    {
      const CcHeading *heading = mine->pdata[i];

      if (series && work->sum ? heading->period >= 0 : heading->total)
        continue;
      if (!is_used (work, series, i))
        work->dropped = TRUE;
      else if (is_drawn (work, series, heading))
        g_array_append_val (chosen, i);
      else
        g_array_append_val (rest, i);
    }
  work->not_drawn[series ? 1 : 0] = rest;
  return chosen;
}

/* Persons of a category, over the series. */
static gint64
weight_of (const ChartWork *work, guint category)
{
  gint64 sum = 0;

  for (guint k = 0; k < work->series->len; k++)
    sum += cell_of (work, category, g_array_index (work->series, guint, k))->count;
  return sum;
}

/* Larger categories first; those named by last= stay at the end, in their order. */
static int
compare_categories (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const ChartWork *work = user_data;
  guint            left = *(const guint *) a, right = *(const guint *) b;
  gboolean         left_last = is_listed (work, "last", last_part (heading_of (work, FALSE, left)));
  gboolean right_last = is_listed (work, "last", last_part (heading_of (work, FALSE, right)));
  gint64   difference = weight_of (work, right) - weight_of (work, left);

  if (left_last != right_last)
    return left_last ? 1 : -1;
  if (!left_last && difference != 0)
    return difference > 0 ? 1 : -1;
  return left < right ? -1 : 1;
}

/* The axis of a side without its period; NULL where the side has none. */
static const CcResultAxis *
axis_of (const ChartWork *work, gboolean series)
{
  GPtrArray *blocks =
      series == work->series_of_rows ? work->result->row_blocks : work->result->col_blocks;
  GPtrArray *axes = blocks->pdata[0];

  for (guint i = 0; i < axes->len; i++)
    if (!((CcResultAxis *) axes->pdata[i])->period)
      return axes->pdata[i];
  return NULL;
}

static const char *
get_axis_name (const ChartWork *work)
{
  static const char *const keys[] = { "chart.axis.persons", "chart.axis.registrations",
                                      "chart.axis.persons", "chart.axis.cases",
                                      "chart.axis.returns" };

  return cc_report_text (work->content, keys[work->result->table->count]);
}

static char *
label_of (ChartWork *work, gboolean series, guint index)
{
  const CcReportContent *content = work->content;
  const CcHeading       *heading = heading_of (work, series, index);

  if (!series && work->periods)
    return cc_period_label (&g_array_index (work->result->periods, CcPeriod, heading->period), 1,
                            content->texts, content->language);
  if (axis_of (work, series) == NULL)
    return g_strdup (get_axis_name (work));
  return cc_table_result_label (work->result, heading, 0, series != work->series_of_rows,
                                content->texts, content->language);
}

static CcPoint
point_of (const CcCell *cell)
{
  CcPoint point = { CC_POINT_MISSING, 0 };

  if (cell->state == CC_CELL_MASKED)
    point.state = CC_POINT_HIDDEN;
  else if (cell->state == CC_CELL_COMPUTED || cell->state == CC_CELL_ENTRY)
    point = (CcPoint){ CC_POINT_VALUE, cell->value };
  return point;
}

static gboolean
get_style (const ChartWork *work, const char *prefix, const char *code, guint *style)
{
  g_autofree char *key = g_strconcat (prefix, ".", code, NULL);
  gint64           number;

  if (!cc_text_to_int (get (work, key), 0, CC_CHART_N_STYLES - 1, &number))
    return FALSE;
  *style = (guint) number;
  return TRUE;
}

/* The style of a series: as defined, as the axis has it everywhere, or one without a meaning. */
static guint
style_of (const ChartWork *work, guint index, guint nth)
{
  static const guint fallback[] = { CC_CHART_PLAIN, 9, 10, 11, 7, 2, 4, 3 };
  const char        *code = last_part (heading_of (work, TRUE, index));
  guint              style = fallback[nth % G_N_ELEMENTS (fallback)];

  if (!get_style (work, "style", code, &style) && strcmp (code, get (work, "unknown")) == 0)
    style = 6;
  return style;
}

/* The style of a point alone, or 0: of a category, or of a series among children. */
static guint
point_style_of (const ChartWork *work, guint category, guint series)
{
  const char *code = last_part (heading_of (work, FALSE, category));
  guint       style;

  if (get_style (work, "category", code, &style))
    return style + 1;
  if (is_listed (work, "young", code)
      && get_style (work, "young", last_part (heading_of (work, TRUE, series)), &style))
    return style + 1;
  return 0;
}

static void
add_data (ChartWork *work, CcChart *chart)
{
  for (guint i = 0; i < work->categories->len; i++)
    {
      g_autofree char *label = label_of (work, FALSE, g_array_index (work->categories, guint, i));

      cc_chart_add_category (chart, label);
    }
  for (guint k = 0; k < work->series->len; k++)
    {
      guint            index = g_array_index (work->series, guint, k);
      g_autofree char *label = label_of (work, TRUE, index);
      CcChartSeries   *series = cc_chart_add_series (chart, label, style_of (work, index, k));

      for (guint i = 0; i < work->categories->len; i++)
        {
          guint category = g_array_index (work->categories, guint, i);

          series->points[i] = point_of (cell_of (work, category, index));
          series->points[i].style = point_style_of (work, category, index);
        }
    }
  for (guint i = 0; chart->kind == CC_CHART_STACKED_COLUMNS && i < work->categories->len; i++)
    {
      const CcHeading *heading =
          heading_of (work, FALSE, g_array_index (work->categories, guint, i));
      CcPoint total = point_of (&work->result->totals[heading->period]);

      g_array_append_val (chart->totals, total);
    }
}

/* "Form of exploitation – not known": alone the label of a category does not say what is unknown.
 */
static char *
name_heading (ChartWork *work, gboolean series, guint index)
{
  g_autofree char    *label = label_of (work, series, index);
  const CcResultAxis *axis = axis_of (work, series);

  if (axis == NULL || (series && strcmp (get (work, "draw"), "") == 0))
    return g_steal_pointer (&label);
  return g_strdup_printf ("%s – %s",
                          cc_questionnaire_get_axis_label (work->result->questionnaire, axis->name,
                                                           work->content->language),
                          label);
}

/* A note on one heading: its figure, over everything on the other side. */
static void
note_heading (ChartWork *work, CcChart *chart, gboolean series, guint index, const char *key)
{
  const CcReportContent *content = work->content;
  GPtrArray             *other = headings_of (work, !series);

  for (guint k = 0; k < other->len; k++)
    {
      const CcHeading *total = other->pdata[k];
      const CcCell    *cell = series ? cell_of (work, k, index) : cell_of (work, index, k);
      g_autofree char *label = NULL;
      g_autofree char *note = NULL;

      if ((!total->total && other->len > 1) || total->period >= 0 || cell->count == 0)
        continue;
      label = name_heading (work, series, index);
      note = cc_texts_format_count (content->texts, key, content->language, cell->count, "label",
                                    label, NULL);
      cc_chart_add_note (chart, note);
      break;
    }
}

static void
note_side (ChartWork *work, CcChart *chart, gboolean series)
{
  GArray *chosen = series ? work->series : work->categories;
  GArray *rest = work->not_drawn[series ? 1 : 0];

  for (guint i = 0; i < chosen->len; i++)
    {
      guint       index = g_array_index (chosen, guint, i);
      const char *code = last_part (heading_of (work, series, index));

      if (*code != '\0' && strcmp (code, get (work, "unknown")) == 0)
        note_heading (work, chart, series, index, "chart.unknown");
    }
  for (guint i = 0; i < rest->len; i++)
    note_heading (work, chart, series, g_array_index (rest, guint, i), "chart.not-shown");
}

static void
note_bounds (ChartWork *work, CcChart *chart)
{
  const CcReportContent *content = work->content;
  const CcCell          *total = &work->result->totals[work->result->periods->len];
  g_autofree char       *low = cc_report_number (content, total->low);
  g_autofree char       *high = cc_report_number (content, total->high);
  g_autofree char       *pairs = NULL;
  g_autofree char       *note = NULL;
  gint64                 n_pairs = 0;

  if (total->low >= total->high)
    return;
  for (guint i = 0; i < work->result->notes->len; i++)
    if (strcmp (g_array_index (work->result->notes, CcNote, i).key, "stats.note.open-pairs") == 0)
      n_pairs = g_array_index (work->result->notes, CcNote, i).count;
  pairs = cc_report_number (content, n_pairs);
  note = cc_texts_format (content->texts, "chart.bounds", content->language, "low", low, "high",
                          high, "pairs", pairs, NULL);
  cc_chart_add_note (chart, note);
}

static void
add_notes (ChartWork *work, CcChart *chart)
{
  const CcReportContent *content = work->content;
  const char            *counted =
      cc_key_file_get_localised (work->definition, GROUP, "note", content->language);

  if (counted != NULL)
    cc_chart_add_note (chart, counted);
  if (content->known_to != NULL)
    cc_chart_add_note (chart, content->known_to);
  note_side (work, chart, TRUE);
  if (!work->periods)
    note_side (work, chart, FALSE);
  if (cc_report_counts_several (work->result))
    cc_chart_add_note (chart, cc_report_text (content, "chart.several"));
  if (work->dropped)
    cc_chart_add_note (chart, cc_report_text (content, "chart.left-out"));
  note_bounds (work, chart);
}

static char *
describe (ChartWork *work, const CcChart *chart, gint64 base)
{
  const CcReportContent *content = work->content;
  guint                  best_series = 0, best_category = 0;
  double                 best = -1;
  g_autofree char       *periods = cc_report_periods (content);
  g_autofree char       *count = cc_report_number (content, base);
  g_autofree char       *value = NULL;

  for (guint i = 0; i < chart->series->len; i++)
    for (guint j = 0; j < chart->categories->len; j++)
      if (((CcChartSeries *) chart->series->pdata[i])->points[j].value > best)
        {
          best = ((CcChartSeries *) chart->series->pdata[i])->points[j].value;
          best_series = i;
          best_category = j;
        }
  if (best <= 0)
    return g_strdup_printf ("%s: %s", chart->title, chart->empty);
  value = cc_report_number (content, (gint64) best);
  return cc_texts_format (content->texts, "chart.alt", content->language, "title", chart->title,
                          "periods", periods, "count", count, "value", value, "series",
                          ((CcChartSeries *) chart->series->pdata[best_series])->name, "category",
                          (char *) chart->categories->pdata[best_category], NULL);
}

static void
add_words (ChartWork *work, CcChart *chart, const CcReportWords *words)
{
  CcReportContent *content = work->content;
  g_autofree char *threshold = cc_report_number (content, content->threshold);

  chart->title = g_strdup (words->title);
  chart->subtitle = g_strdup (words->subtitle);
  chart->source = g_strdup (words->source);
  chart->date = g_strdup (words->date);
  chart->stamp = g_strdup (words->stamp);
  chart->axis = g_strdup (get_axis_name (work));
  chart->missing = g_strdup (cc_report_text (content, "chart.missing"));
  chart->hidden =
      cc_texts_format (content->texts, "chart.hidden", content->language, "count", threshold, NULL);
  chart->empty = g_strdup (cc_report_text (content, "chart.empty"));
  chart->group = g_strdup (cc_report_text (content, "number.group"));
  chart->rtl = cc_texts_is_rtl (content->language);
}

static CcChartKind
get_kind (const ChartWork *work)
{
  const char *kind = get (work, "kind");

  if (strcmp (kind, "stacked-columns") == 0)
    return CC_CHART_STACKED_COLUMNS;
  if (strcmp (kind, "lines") == 0)
    return CC_CHART_LINES;
  if (strcmp (kind, "pyramid") == 0)
    return CC_CHART_PYRAMID;
  return CC_CHART_GROUPED_BARS;
}

/* Builds the chart that the definition describes from a counted table. */
CcChart *
cc_report_draw (CcKeyFile           *definition,
                CcReportContent     *content,
                CcTableResult       *result,
                const CcReportWords *words)
{
  ChartWork work = { .definition = definition, .content = content, .result = result };
  gint64    base = result->totals[result->periods->len].count;
  CcChart  *chart = cc_chart_new (get_kind (&work));

  work.periods = chart->kind == CC_CHART_STACKED_COLUMNS || chart->kind == CC_CHART_LINES;
  work.series_of_rows = strcmp (get (&work, "series"), "cols") != 0;
  work.drop_empty = get_flag (&work, "drop-empty");
  work.sum = get_flag (&work, "sum");
  add_words (&work, chart, words);
  work.series = choose (&work, TRUE);
  work.categories = choose (&work, FALSE);
  if (strcmp (get (&work, "sort"), "count") == 0)
    g_array_sort_with_data (work.categories, compare_categories, &work);
  add_data (&work, chart);
  if (base == 0)
    {
      /* Nobody at all: the sentence in the middle says it better than empty axes. */
      g_ptr_array_set_size (chart->series, 0);
      g_array_set_size (chart->totals, 0);
    }
  else
    add_notes (&work, chart);
  chart->alt_text = describe (&work, chart, base);
  g_array_unref (work.series);
  g_array_unref (work.categories);
  g_array_unref (work.not_drawn[0]);
  g_array_unref (work.not_drawn[1]);
  return chart;
}
