/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>
#include <cc/report/cc-report-chart.h>

#define GROUP  "chart"
#define SUFFIX ".chart"

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
  const CcReportChartInfo *left = *(const CcReportChartInfo *const *) a;
  const CcReportChartInfo *right = *(const CcReportChartInfo *const *) b;

  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  return strcmp (left->id, right->id);
}

/**
 * cc_report_chart_list:
 *
 * Returns: (transfer full) (element-type CcReportChartInfo): the charts in the order of the gallery
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
      info->order = cc_key_file_get_int (definition, GROUP, "order", G_MAXINT);
      info->title = g_strdup (title != NULL ? title : info->id);
      info->overview = cc_key_file_get (definition, GROUP, "overview") != NULL;
      g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, compare_infos);
  return g_steal_pointer (&list);
}

/* The definition of a shipped chart; CC_ERROR_NOT_FOUND for an id that is none. */
CcKeyFile *
cc_report_chart_load (const char *id, GError **error)
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
  CcReportFigureRequest request = { .id = id, .periods = periods, .language = language };
  g_autoptr (CcReportFigure) figure = NULL;

  g_return_val_if_fail (file != NULL && id != NULL && periods != NULL && texts != NULL
                            && language != NULL,
                        NULL);

  figure = cc_report_figure_build (file, &request, texts, cancellable, error);
  if (figure == NULL)
    return NULL;
  if (base != NULL)
    *base = cc_report_figure_get_base (figure);
  return cc_chart_copy (cc_report_figure_get_chart (figure));
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
  CcReportFigureRequest request = { .id = id, .periods = periods, .language = language };
  g_autoptr (CcReportFigure) figure = NULL;
  CcReportChartSummary *summary;

  g_return_val_if_fail (path != NULL, NULL);

  figure = cc_report_figure_build (file, &request, texts, cancellable, error);
  if (figure == NULL || !cc_report_figure_write (figure, CC_AUDIENCE_AUTHORITY, path, error))
    return NULL;
  summary = g_new0 (CcReportChartSummary, 1);
  summary->path = g_strdup (path);
  summary->alt_text = g_strdup (cc_report_figure_get_chart (figure)->alt_text);
  summary->base = cc_report_figure_get_base (figure);
  return summary;
}
