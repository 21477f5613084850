/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/chart/cc-chart-painter.h>
#include <cc/model/cc-data-dir.h>
#include <cc/report/cc-report-chart.h>
#include <cc/store/cc-entity.h>

#define GROUP        "chart"
#define TABLE_PREFIX "table:"

void
cc_report_figure_info_free (CcReportFigureInfo *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

static CcQuestionnaire *
load_standard_tables (CcPack *pack, GError **error)
{
  g_autofree char *path = cc_data_dir_build ("tables", "standard.tipq", NULL);

  return cc_questionnaire_load (pack, path, error);
}

static void
add_info (GPtrArray *list, char *id, const char *title, gboolean chart)
{
  CcReportFigureInfo *info = g_new0 (CcReportFigureInfo, 1);

  info->id = id;
  info->title = g_strdup (title);
  info->chart = chart;
  g_ptr_array_add (list, info);
}

/**
 * cc_report_figure_list:
 *
 * Returns: (transfer full) (element-type CcReportFigureInfo): what the gallery offers
 */
GPtrArray *
cc_report_figure_list (CcPack *pack, const char *language, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_report_figure_info_free);
  g_autoptr (GPtrArray) charts = NULL;
  g_autoptr (CcQuestionnaire) tables = NULL;

  g_return_val_if_fail (pack != NULL && language != NULL, NULL);

  charts = cc_report_chart_list (language, error);
  if (charts == NULL)
    return NULL;
  for (guint i = 0; i < charts->len; i++)
    {
      const CcReportChartInfo *chart = charts->pdata[i];

      add_info (list, g_strdup (chart->id), chart->title, TRUE);
    }
  tables = load_standard_tables (pack, error);
  if (tables == NULL)
    return NULL;
  for (guint i = 0; i < cc_questionnaire_get_n_tables (tables); i++)
    {
      const CcTableDefinition *table = cc_questionnaire_get_table (tables, i);

      add_info (list, g_strconcat (TABLE_PREFIX, table->id, NULL),
                cc_questionnaire_get_table_title (tables, table, language), FALSE);
    }
  return g_steal_pointer (&list);
}

static void
append_titles (GString *text, CcKeyFile *definition)
{
  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    {
      const char *title =
          cc_key_file_get_localised (definition, GROUP, "title", cc_pack_languages[i]);

      if (title == NULL)
        continue;
      if (i == 0)
        g_string_append_printf (text, "title=%s\n", title);
      else
        g_string_append_printf (text, "title[%s]=%s\n", cc_pack_languages[i], title);
    }
}

/* A chart's own table as a definition of one table. */
static CcQuestionnaire *
make_chart_table (CcPack *pack, const char *id, CcKeyFile *definition, GError **error)
{
  static const char *const keys[] = { "count", "where", "date", "rows", "cols", "limit" };
  g_autoptr (GString) text = g_string_new ("[questionnaire]\n");

  g_string_append_printf (text, "id=%s\nversion=1\naxes=axes.tipq\n", id);
  append_titles (text, definition);
  g_string_append (text, "[sheet table]\ntables=T\n");
  append_titles (text, definition);
  g_string_append (text, "[table T]\n");
  append_titles (text, definition);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = cc_key_file_get (definition, GROUP, keys[i]);

      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s=%s\n", keys[i], value);
    }
  return cc_questionnaire_load_text (pack, id, text->str, error);
}

/* What is asked for: the definition of the table, and of the chart where there is one. */
static const CcTableDefinition *
resolve (CcPack                      *pack,
         const CcReportFigureRequest *request,
         CcQuestionnaire            **questionnaire,
         CcKeyFile                  **chart,
         GError                     **error)
{
  const CcTableDefinition *table;

  if (request->id == NULL)
    *questionnaire = cc_questionnaire_new_table (pack, request->count, request->rows, request->cols,
                                                 request->where, request->date, error);
  else if (g_str_has_prefix (request->id, TABLE_PREFIX))
    *questionnaire = load_standard_tables (pack, error);
  else if ((*chart = cc_report_chart_load (request->id, error)) != NULL)
    *questionnaire = make_chart_table (pack, request->id, *chart, error);
  if (*questionnaire == NULL)
    return NULL;
  if (request->id == NULL || *chart != NULL)
    return cc_questionnaire_get_table (*questionnaire, 0);
  table = cc_questionnaire_find_table (*questionnaire, request->id + strlen (TABLE_PREFIX));
  if (table == NULL)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is no standard table “%s”.",
                 request->id + strlen (TABLE_PREFIX));
  return table;
}

static const char *
get_unit_name (const CcReportContent *content, const CcTableResult *result)
{
  static const char *const keys[] = { "report.unit-name.victim", "chart.axis.registrations",
                                      "report.unit-name.perpetrator", "report.unit-name.event",
                                      "chart.axis.returns" };

  return cc_report_text (content, keys[result->table->count]);
}

static void
append_axes (GString *title, const CcReportContent *content, GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *axes = blocks->pdata[i];

      for (guint k = 0; k < axes->len; k++)
        g_string_append_printf (title, "%s%s", title->len > 0 ? " × " : "",
                                cc_questionnaire_get_axis_label (content->questionnaire,
                                                                 ((CcResultAxis *) axes->pdata[k])
                                                                     ->name,
                                                                 content->language));
    }
}

/* "Victims: Sex × Year": of a table that the user put together. */
static char *
make_title (const CcReportContent *content, const CcTableResult *result)
{
  g_autoptr (GString) axes = g_string_new (NULL);

  append_axes (axes, content, result->row_blocks);
  append_axes (axes, content, result->col_blocks);
  return axes->len == 0 ? g_strdup (get_unit_name (content, result))
                        : g_strdup_printf ("%s: %s", get_unit_name (content, result), axes->str);
}

static char *
make_subtitle (const CcReportContent *content, const CcTableResult *result)
{
  gint64           base = result->totals[result->periods->len].count;
  g_autofree char *periods = cc_report_periods (content);
  g_autofree char *number = cc_report_number (content, base);

  if (result->table->count == CC_COUNT_VICTIMS || result->table->count == CC_COUNT_PERPS)
    return cc_texts_format_count (content->texts, "chart.base", content->language, base, "country",
                                  content->country, "periods", periods, NULL);
  return cc_texts_format (content->texts, "figure.base", content->language, "country",
                          content->country, "periods", periods, "count", number, NULL);
}

static void
make_words (CcReportFigure *self, const char *id)
{
  CcReportContent *content = self->content;
  CcReportWords   *words = &self->words;
  g_autofree char *all = cc_report_number (content, content->agencies->len);
  g_autofree char *day = cc_report_date (content, content->cut_off);
  g_autofree char *received = NULL;
  guint            n = 0;

  for (guint i = 0; i < content->agencies->len; i++)
    n += ((CcReportAgency *) content->agencies->pdata[i])->deliveries > 0;
  received = cc_report_number (content, n);
  words->title =
      id == NULL
          ? make_title (content, self->result)
          : g_strdup (cc_questionnaire_get_table_title (content->questionnaire, self->result->table,
                                                        content->language));
  content->title = g_strdup (words->title);
  words->subtitle = make_subtitle (content, self->result);
  words->source = cc_texts_format (content->texts, "chart.source", content->language, "received",
                                   received, "all", all, NULL);
  words->date =
      cc_texts_format (content->texts, "chart.date", content->language, "date", day, NULL);
  if (content->practice)
    words->stamp = g_strdup (cc_report_text (content, "report.training-short"));
}

/* Below the table: whom it is about, and who is not in it, with the number. */
static void
make_notes (CcReportFigure *self)
{
  const CcReportContent *content = self->content;
  char                  *unit = cc_report_subtitle (content, self->result);

  g_ptr_array_add (self->notes, unit);
  if (content->known_to != NULL)
    g_ptr_array_add (self->notes, g_strdup (content->known_to));
  for (guint i = 0; i < self->result->notes->len; i++)
    {
      const CcNote    *note = &g_array_index (self->result->notes, CcNote, i);
      g_autofree char *number = cc_report_number (content, note->count);

      g_ptr_array_add (self->notes, cc_texts_format (content->texts, note->key, content->language,
                                                     "count", number, NULL));
    }
}

/* "Only persons known to: Police, Labour Inspectorate". */
static gboolean
name_agencies (CcReportContent   *content,
               CcCaseFile        *file,
               const char *const *agencies,
               GError           **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) entities = NULL;
  g_autofree char *list = NULL;

  if (agencies == NULL)
    return TRUE;
  entities = cc_entity_list (file, error);
  if (entities == NULL)
    return FALSE;
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];

      if (g_strv_contains (agencies, entity->key))
        g_ptr_array_add (names, entity->name);
    }
  list = cc_report_join (content, names);
  content->known_to =
      cc_texts_format (content->texts, "chart.agencies", content->language, "agencies", list, NULL);
  return TRUE;
}

static gboolean
count_figure (CcReportFigure              *self,
              CcCaseFile                  *file,
              const CcReportFigureRequest *request,
              const CcTableDefinition     *table,
              GCancellable                *cancellable,
              GError                     **error)
{
  CcCountOptions options = { .periods = request->periods, .agencies = request->agencies };

  self->content->created = g_get_real_time () / G_USEC_PER_SEC;
  if (!cc_report_gather_sources (self->content, file, error)
      || !name_agencies (self->content, file, request->agencies, error))
    return FALSE;
  self->result =
      cc_count_table (file, self->content->questionnaire, table, &options, cancellable, error);
  if (self->result == NULL)
    return FALSE;
  g_ptr_array_add (self->content->tables, self->result);
  return TRUE;
}

/**
 * cc_report_figure_build:
 *
 * Returns: (transfer full): the figure, independent of the case file from now on
 */
CcReportFigure *
cc_report_figure_build (CcCaseFile                  *file,
                        const CcReportFigureRequest *request,
                        CcTexts                     *texts,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autoptr (CcKeyFile) chart = NULL;
  g_autoptr (CcReportFigure) self = NULL;
  const CcTableDefinition *table;

  g_return_val_if_fail (file != NULL && request != NULL && request->periods != NULL
                            && request->language != NULL && texts != NULL,
                        NULL);

  table = resolve (cc_case_file_get_pack (file), request, &questionnaire, &chart, error);
  if (table == NULL)
    return NULL;
  self = g_new0 (CcReportFigure, 1);
  g_atomic_ref_count_init (&self->refs);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->content = cc_report_content_new (questionnaire, texts, request->language,
                                         cc_case_file_get_country (file), request->periods);
  if (!count_figure (self, file, request, table, cancellable, error))
    return NULL;
  make_words (self, request->id);
  make_notes (self);
  if (chart == NULL)
    {
      g_autoptr (GError) failure = NULL;

      chart = cc_report_chart_for_table (self->result, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  if (chart != NULL)
    self->chart = cc_report_draw (chart, self->content, self->result, &self->words);
  return g_steal_pointer (&self);
}

CcReportFigure *
cc_report_figure_ref (CcReportFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
cc_report_figure_unref (CcReportFigure *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  cc_chart_free (self->chart);
  g_ptr_array_unref (self->notes);
  g_free (self->words.title);
  g_free (self->words.subtitle);
  g_free (self->words.source);
  g_free (self->words.date);
  g_free (self->words.stamp);
  cc_report_content_free (self->content);
  g_free (self);
}

static gboolean
write_picture (const CcReportFigure *self, const char *path, GError **error)
{
  if (self->chart != NULL)
    return cc_chart_export (self->chart, path, CC_CHART_LIGHT, error);
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "This table has too many sides for a picture. Save it as a workbook (.xlsx).");
  return FALSE;
}

/**
 * cc_report_figure_write:
 *
 * Returns: %FALSE with an error when nothing was written
 */
gboolean
cc_report_figure_write (const CcReportFigure *self,
                        CcAudience            audience,
                        const char           *path,
                        GError              **error)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (audience == CC_AUDIENCE_PUBLIC && !cc_report_check_public (self->content, error))
    return FALSE;
  folded = g_ascii_strdown (path, -1);
  if (g_str_has_suffix (folded, ".xlsx"))
    return cc_report_write_figure_book (self, path, error);
  return write_picture (self, path, error);
}
