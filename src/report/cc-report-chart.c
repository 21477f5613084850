/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/chart/cc-chart-painter.h>
#include <cc/model/cc-data-dir.h>
#include <cc/report/cc-report-chart.h>
#include <cc/base/cc-text.h>

#define GROUP  "chart"
#define SUFFIX ".chart"

/* A chart while it is built from a counted table. */
typedef struct
{
  CcKeyFile       *definition;
  CcReportContent *content;
  CcTableResult   *result;
  gboolean         columns; /* stacked columns: categories are periods */
  gboolean         series_of_rows;
  gboolean         drop_empty;
  GArray          *categories; /* guint: rows or columns of the result */
  GArray          *series;
} ChartWork;

void
cc_report_chart_info_free (CcReportChartInfo *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

void
cc_report_chart_summary_free (CcReportChartSummary *self)
{
  g_free (self->path);
  g_free (self->alt_text);
  g_free (self);
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const CcReportChartInfo *const *) a)->id,
                 (*(const CcReportChartInfo *const *) b)->id);
}

/**
 * cc_report_chart_list:
 *
 * Returns: (transfer full) (element-type CcReportChartInfo): the charts by id
 */
GPtrArray *
cc_report_chart_list (const char *language, GError **error)
{
  g_autofree char *folder = cc_data_dir_build ("charts", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_report_chart_info_free);
  const char *name;

  g_return_val_if_fail (language != NULL, NULL);

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (CcKeyFile) definition = NULL;
      CcReportChartInfo *info;
      const char        *title;

      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      definition = cc_key_file_load (path, error);
      if (definition == NULL)
        return NULL;
      info = g_new0 (CcReportChartInfo, 1);
      title = cc_key_file_get_localised (definition, GROUP, "title", language);
      info->id = g_strndup (name, strlen (name) - strlen (SUFFIX));
      info->title = g_strdup (title != NULL ? title : info->id);
      g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, compare_infos);
  return g_steal_pointer (&list);
}

static CcKeyFile *
load_definition (const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);
  g_autofree char *path = cc_data_dir_build ("charts", name, NULL);

  if (strchr (id, G_DIR_SEPARATOR) != NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "There is no chart “%s”; the list of charts names them.", id);
      return NULL;
    }
  return cc_key_file_load (path, error);
}

static const char *
get (const ChartWork *work, const char *key)
{
  const char *value = cc_key_file_get (work->definition, GROUP, key);

  return value != NULL ? value : "";
}

static const char *
last_part (const CcHeading *heading)
{
  return heading->parts != NULL && heading->parts[0] != NULL ? heading->parts[0] : "";
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
  return (series == work->series_of_rows ? work->result->rows : work->result->cols)->pdata[index];
}

/* Headings that are drawn: no totals; where asked, none in which nobody stands. */
static GArray *
choose (ChartWork *work, gboolean series, gboolean *dropped)
{
  GPtrArray *mine = series == work->series_of_rows ? work->result->rows : work->result->cols;
  GPtrArray *other = series == work->series_of_rows ? work->result->cols : work->result->rows;
  GArray    *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean   keep_all = !work->drop_empty || (!series && work->columns);

  for (guint i = 0; i < mine->len; i++)
    {
      gboolean used = keep_all;

      if (((const CcHeading *) mine->pdata[i])->total)
        continue;
      for (guint k = 0; !used && k < other->len; k++)
        {
          const CcCell *cell = series ? cell_of (work, k, i) : cell_of (work, i, k);

          used = cell->state != CC_CELL_COMPUTED || cell->count != 0;
        }
      if (used)
        g_array_append_val (chosen, i);
      else
        *dropped = TRUE;
    }
  return chosen;
}

/* Persons of a category, over all series. */
static gint64
weight_of (const ChartWork *work, guint category)
{
  GPtrArray *other = work->series_of_rows ? work->result->rows : work->result->cols;
  gint64     sum = 0;

  for (guint k = 0; k < other->len; k++)
    if (!((const CcHeading *) other->pdata[k])->total)
      sum += cell_of (work, category, k)->count;
  return sum;
}

/* Larger categories first; those named by last= stay at the end, in their order. */
static int
compare_categories (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const ChartWork *work = user_data;
  guint            left = *(const guint *) a, right = *(const guint *) b;
  g_auto (GStrv) last = g_strsplit (get (work, "last"), ";", -1);
  gboolean left_last =
      g_strv_contains ((const char *const *) last, last_part (heading_of (work, FALSE, left)));
  gboolean right_last =
      g_strv_contains ((const char *const *) last, last_part (heading_of (work, FALSE, right)));
  gint64 difference = weight_of (work, right) - weight_of (work, left);

  if (left_last != right_last)
    return left_last ? 1 : -1;
  if (!left_last && difference != 0)
    return difference > 0 ? 1 : -1;
  return left < right ? -1 : 1;
}

static char *
label_of (ChartWork *work, gboolean series, guint index)
{
  const CcReportContent *content = work->content;
  const CcHeading       *heading = heading_of (work, series, index);

  if (!series && work->columns)
    return cc_period_label (&g_array_index (work->result->periods, CcPeriod, heading->period), 1,
                            content->texts, content->language);
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

static guint
style_of (const ChartWork *work, guint index, guint fallback)
{
  g_autofree char *key = g_strconcat ("style.", last_part (heading_of (work, TRUE, index)), NULL);
  gint64           style = fallback;

  if (!cc_text_to_int (get (work, key), 0, CC_CHART_N_STYLES - 1, &style))
    style = fallback;
  return (guint) style % CC_CHART_N_STYLES;
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
        series->points[i] =
            point_of (cell_of (work, g_array_index (work->categories, guint, i), index));
    }
  for (guint i = 0; work->columns && i < work->categories->len; i++)
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
name_unknown (ChartWork *work, gboolean series, guint index)
{
  g_autofree char *label = label_of (work, series, index);
  GPtrArray       *blocks =
      series == work->series_of_rows ? work->result->row_blocks : work->result->col_blocks;
  GPtrArray *axes = blocks->pdata[0];

  if (series || axes->len != 1)
    return g_steal_pointer (&label);
  return g_strdup_printf ("%s – %s",
                          cc_questionnaire_get_axis_label (work->result->questionnaire,
                                                           ((CcResultAxis *) axes->pdata[0])->name,
                                                           work->content->language),
                          label);
}

/* What is not known: the figure of the category, over everything on the other side. */
static void
add_unknowns (ChartWork *work, CcChart *chart, gboolean series)
{
  const CcReportContent *content = work->content;
  GArray                *chosen = series ? work->series : work->categories;
  GPtrArray *other = series == work->series_of_rows ? work->result->cols : work->result->rows;

  for (guint i = 0; i < chosen->len; i++)
    {
      guint            index = g_array_index (chosen, guint, i);
      const CcHeading *heading = heading_of (work, series, index);

      if (strcmp (last_part (heading), get (work, "unknown")) != 0)
        continue;
      for (guint k = 0; k < other->len; k++)
        {
          const CcHeading *total = other->pdata[k];
          const CcCell    *cell = series ? cell_of (work, k, index) : cell_of (work, index, k);
          g_autofree char *label = NULL;
          g_autofree char *note = NULL;

          if (!total->total || total->period >= 0 || cell->count == 0)
            continue;
          label = name_unknown (work, series, index);
          note = cc_texts_format_count (content->texts, "chart.unknown", content->language,
                                        cell->count, "label", label, NULL);
          cc_chart_add_note (chart, note);
          break;
        }
    }
}

static void
add_notes (ChartWork *work, CcChart *chart, gboolean dropped)
{
  const CcReportContent *content = work->content;
  const CcCell          *total = &work->result->totals[work->result->periods->len];
  const char            *counted =
      cc_key_file_get_localised (work->definition, GROUP, "note", content->language);

  if (counted != NULL)
    cc_chart_add_note (chart, counted);
  add_unknowns (work, chart, TRUE);
  if (!work->columns)
    add_unknowns (work, chart, FALSE);
  if (cc_report_counts_several (work->result))
    cc_chart_add_note (chart, cc_report_text (content, "chart.several"));
  if (dropped)
    cc_chart_add_note (chart, cc_report_text (content, "chart.left-out"));
  if (total->low < total->high)
    {
      g_autofree char *low = cc_report_number (content, total->low);
      g_autofree char *high = cc_report_number (content, total->high);
      g_autofree char *pairs =
          cc_report_number (content,
                            content->units->len > 0
                                ? g_array_index (content->units, CcReportUnit, 0).open_pairs
                                : 0);
      g_autofree char *note = cc_texts_format (content->texts, "chart.bounds", content->language,
                                               "low", low, "high", high, "pairs", pairs, NULL);

      cc_chart_add_note (chart, note);
    }
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
add_words (ChartWork *work, CcChart *chart, gint64 base)
{
  CcReportContent *content = work->content;
  const char      *title =
      cc_key_file_get_localised (work->definition, GROUP, "title", content->language);
  g_autofree char *periods = cc_report_periods (content);
  g_autofree char *all = cc_report_number (content, content->agencies->len);
  g_autofree char *day = cc_report_date (content, content->cut_off);
  g_autofree char *threshold = cc_report_number (content, content->threshold);
  g_autofree char *received = NULL;
  guint            n = 0;

  for (guint i = 0; i < content->agencies->len; i++)
    n += ((CcReportAgency *) content->agencies->pdata[i])->deliveries > 0;
  received = cc_report_number (content, n);
  chart->title = g_strdup (title != NULL ? title : get (work, "id"));
  chart->subtitle = cc_texts_format_count (content->texts, "chart.base", content->language, base,
                                           "country", content->country, "periods", periods, NULL);
  chart->source = cc_texts_format (content->texts, "chart.source", content->language, "received",
                                   received, "all", all, NULL);
  chart->date =
      cc_texts_format (content->texts, "chart.date", content->language, "date", day, NULL);
  if (content->practice)
    chart->stamp = g_strdup (cc_report_text (content, "report.training-short"));
  chart->axis = g_strdup (cc_report_text (content, "chart.axis.persons"));
  chart->missing = g_strdup (cc_report_text (content, "chart.missing"));
  chart->hidden =
      cc_texts_format (content->texts, "chart.hidden", content->language, "count", threshold, NULL);
  chart->empty = g_strdup (cc_report_text (content, "chart.empty"));
  chart->group = g_strdup (cc_report_text (content, "number.group"));
  chart->rtl = cc_texts_is_rtl (content->language);
}

static CcChart *
build (ChartWork *work, gint64 base)
{
  CcChart *chart = cc_chart_new (work->columns ? CC_CHART_STACKED_COLUMNS : CC_CHART_GROUPED_BARS);
  gboolean dropped = FALSE;

  add_words (work, chart, base);
  work->series = choose (work, TRUE, &dropped);
  work->categories = choose (work, FALSE, &dropped);
  if (strcmp (get (work, "sort"), "count") == 0)
    g_array_sort_with_data (work->categories, compare_categories, work);
  add_data (work, chart);
  if (base == 0)
    {
      /* Nobody at all: the sentence in the middle says it better than empty axes. */
      g_ptr_array_set_size (chart->series, 0);
      g_array_set_size (chart->totals, 0);
    }
  else
    add_notes (work, chart, dropped);
  chart->alt_text = describe (work, chart, base);
  g_array_unref (work->series);
  g_array_unref (work->categories);
  return chart;
}

static CcTableResult *
count (ChartWork       *work,
       CcCaseFile      *file,
       CcQuestionnaire *questionnaire,
       GCancellable    *cancellable,
       GError         **error)
{
  CcCountOptions options = { .periods = work->content->periods };

  return cc_count_table (file, questionnaire, cc_questionnaire_get_table (questionnaire, 0),
                         &options, cancellable, error);
}

/**
 * cc_report_chart_build:
 *
 * Returns: (transfer full): the chart, with all its texts
 */
CcChart *
cc_report_chart_build (CcCaseFile   *file,
                       const char   *id,
                       GArray       *periods,
                       CcTexts      *texts,
                       const char   *language,
                       gint64       *base,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (CcKeyFile) definition = NULL;
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autoptr (CcReportContent) content = NULL;
  g_autoptr (CcTableResult) result = NULL;
  ChartWork work = { 0 };
  gint64    persons;

  g_return_val_if_fail (file != NULL && id != NULL && periods != NULL && texts != NULL
                            && language != NULL,
                        NULL);

  definition = load_definition (id, error);
  if (definition == NULL)
    return NULL;
  work.definition = definition;
  questionnaire = cc_questionnaire_new_table (cc_case_file_get_pack (file), get (&work, "count"),
                                              get (&work, "rows"), get (&work, "cols"),
                                              get (&work, "where"), get (&work, "date"), error);
  if (questionnaire == NULL)
    return NULL;
  content = cc_report_content_new (questionnaire, texts, language, cc_case_file_get_country (file),
                                   periods);
  content->created = g_get_real_time () / G_USEC_PER_SEC;
  work.content = content;
  if (!cc_report_gather_sources (content, file, error))
    return NULL;
  result = count (&work, file, questionnaire, cancellable, error);
  if (result == NULL)
    return NULL;
  work.result = result;
  work.columns = strcmp (get (&work, "kind"), "stacked-columns") == 0;
  work.series_of_rows = strcmp (get (&work, "series"), "cols") != 0;
  work.drop_empty = strcmp (get (&work, "drop-empty"), "true") == 0;
  persons = result->totals[result->periods->len].count;
  if (base != NULL)
    *base = persons;
  return build (&work, persons);
}

/**
 * cc_report_chart:
 *
 * Returns: (transfer full): what was drawn
 */
CcReportChartSummary *
cc_report_chart (CcCaseFile   *file,
                 const char   *id,
                 GArray       *periods,
                 CcTexts      *texts,
                 const char   *language,
                 const char   *path,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (CcChart) chart = NULL;
  CcReportChartSummary *summary;
  gint64                base;

  g_return_val_if_fail (path != NULL, NULL);

  chart = cc_report_chart_build (file, id, periods, texts, language, &base, cancellable, error);
  if (chart == NULL || !cc_chart_export (chart, path, CC_CHART_LIGHT, error))
    return NULL;
  summary = g_new0 (CcReportChartSummary, 1);
  summary->path = g_strdup (path);
  summary->alt_text = g_strdup (chart->alt_text);
  summary->base = base;
  return summary;
}
