/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

void
cc_table_result_free (CcTableResult *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->row_blocks);
  g_ptr_array_unref (self->col_blocks);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->cols);
  g_array_unref (self->periods);
  g_array_unref (self->notes);
  g_free (self->cells);
  g_free (self->totals);
  cc_questionnaire_unref (self->questionnaire);
  g_free (self);
}

/* The cell of a row and a column by position. */
const CcCell *
cc_table_result_get (const CcTableResult *self, guint row, guint col)
{
  g_return_val_if_fail (row < self->rows->len && col < self->cols->len, NULL);

  return &self->cells[row * self->cols->len + col];
}

/**
 * cc_table_result_find:
 * @row_code: such as "women"; "total"
 * @col_code: without the period; "total" where there is no axis but the period
 * @period_code: such as "2023"; NULL = all periods together
 *
 * Returns: (nullable): the first such cell
 */
const CcCell *
cc_table_result_find (const CcTableResult *self,
                      const char          *row_code,
                      const char          *col_code,
                      const char          *period_code)
{
  for (guint row = 0; row < self->rows->len; row++)
    {
      const CcHeading *of_row = self->rows->pdata[row];

      if (!g_str_equal (of_row->code, row_code))
        continue;
      for (guint col = 0; col < self->cols->len; col++)
        {
          const CcHeading *of_col = self->cols->pdata[col];
          int              period = MAX (of_row->period, of_col->period);
          const char      *code =
              period >= 0 ? g_array_index (self->periods, CcPeriod, period).code : NULL;

          if (g_str_equal (of_col->code, col_code) && g_strcmp0 (code, period_code) == 0)
            return &self->cells[row * self->cols->len + col];
        }
    }
  return NULL;
}

static char *
pack_label (CcPack *pack, const char *key, const char *language)
{
  const char      *colon = strchr (key, ':');
  g_autofree char *scope = colon ? g_strndup (key, (gsize) (colon - key)) : NULL;

  return colon ? g_strdup (cc_pack_get_label (pack, scope, colon + 1, language)) : NULL;
}

/* The label that the definition writes or names for a category. */
static char *
written_label (CcQuestionnaire *questionnaire,
               const CcAxis    *axis,
               const char      *code,
               const char      *language)
{
  g_autofree char *key = g_strconcat ("label.", code, NULL);
  const char      *text = cc_questionnaire_get_text (questionnaire, axis->group, key, language);

  if (text)
    return g_strdup (text);
  for (guint i = 0; i < axis->categories->len; i++)
    {
      const CcCategory *category = axis->categories->pdata[i];

      if (g_str_equal (category->code, code) && category->pack)
        return pack_label (questionnaire->pack, category->pack, language);
    }
  return NULL;
}

/* The label that the classification has for a handle or a code of the field. */
static char *
classified_label (CcQuestionnaire *questionnaire,
                  const CcAxis    *axis,
                  const CcField   *field,
                  const char      *code,
                  const char      *language)
{
  const char *rollup = axis->rollup ? axis->rollup : cc_questionnaire_get_rollup (questionnaire);
  const char *scheme = cc_field_get_scheme (field, rollup);
  const char *list = field->contract->list;
  g_autofree char *key = g_strdup_printf ("%s.%s.%s", scheme, list, code);
  const char      *label = cc_pack_get_label (questionnaire->pack, "target", key, language);
  const CcCode    *found;

  if (label && !g_str_equal (label, key))
    return g_strdup (label);
  found = cc_pack_find_code (questionnaire->pack, list, code);
  return found ? cc_pack_get_code_label (questionnaire->pack, found, language) : NULL;
}

static const CcResultAxis *
find_axis (const CcTableResult *self, const CcHeading *heading, guint part, gboolean of_columns)
{
  GPtrArray *axes = (of_columns ? self->col_blocks : self->row_blocks)->pdata[heading->block];

  for (guint i = 0; i < axes->len; i++)
    {
      const CcResultAxis *axis = axes->pdata[i];

      if (axis->period)
        continue;
      if (part-- == 0)
        return axis;
    }
  return NULL;
}

/**
 * cc_table_result_label:
 * @part: which of heading->parts; at or beyond their number gives the word for "total"
 * @of_columns: whether the heading is one of cols
 *
 * Returns: (transfer full): what stands on paper for the category, in the language
 */
char *
cc_table_result_label (const CcTableResult *self,
                       const CcHeading     *heading,
                       guint                part,
                       gboolean             of_columns,
                       CcTexts             *texts,
                       const char          *language)
{
  const CcResultAxis *result =
      part < g_strv_length (heading->parts) ? find_axis (self, heading, part, of_columns) : NULL;
  const char    *code = result ? heading->parts[part] : CC_TOTAL;
  const CcTable *table = (const CcTable *) self->table;
  const CcField *field;
  const CcAxis  *axis;
  char          *label;

  if (!result || g_str_equal (code, CC_TOTAL))
    return g_strdup (cc_texts_get (texts, "stats.total", language));
  axis = cc_definition_find_axis (self->questionnaire, result->name);
  label = axis ? written_label (self->questionnaire, axis, code, language) : NULL;
  if (label)
    return label;
  field = *result->field ? cc_fields_find (self->questionnaire->fields, table->kind, result->field)
                         : NULL;
  label =
      axis && field ? classified_label (self->questionnaire, axis, field, code, language) : NULL;
  if (label)
    return label;
  return g_strdup (g_str_equal (code, "unknown") ? cc_texts_get (texts, "stats.unknown", language)
                                                 : code);
}

#define DESCRIBED 3

/**
 * cc_questionnaire_describe_axis:
 *
 * Returns: (transfer full): labels of its first categories
 */
char *
cc_questionnaire_describe_axis (CcQuestionnaire *self, const char *axis, const char *language)
{
  const CcAxis *found;
  GString      *text = g_string_new (NULL);
  guint         n = 0;

  g_return_val_if_fail (self && axis && language, NULL);

  found = cc_definition_find_axis (self, axis);
  for (guint i = 0; found && found->kind == CC_AXIS_GROUP && i < found->categories->len; i++)
    {
      g_autofree char *label =
          written_label (self, found, ((CcCategory *) found->categories->pdata[i])->code, language);

      if (!label || n == DESCRIBED)
        continue;
      if (n++ > 0)
        g_string_append (text, g_str_equal (language, "ar") ? "، " : ", ");
      g_string_append (text, label);
    }
  if (n == DESCRIBED && found->categories->len > DESCRIBED)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

/**
 * cc_period_label:
 *
 * Returns: (transfer full): "2023"; "April 2023 – March 2024" where the year begins in another
 * month, or the period is no year at all
 */
char *
cc_period_label (const CcPeriod *period, int first_month, CcTexts *texts, const char *language)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const int        year = cc_day_year (period->interval.first);

  if (first_month <= 1 && period->interval.first == cc_day_from_ymd (year, 1, 1)
      && period->interval.last == cc_day_from_ymd (year, 12, 31))
    return g_strdup (period->code);
  first = cc_texts_date (texts, language, period->interval.first);
  last = cc_texts_date (texts, language, period->interval.last);
  return cc_texts_format (texts, "stats.period", language, "first", first, "last", last, NULL);
}

/**
 * cc_periods_new_years:
 * @first_month: 1 to 12
 *
 * Returns: (transfer full) (element-type CcPeriod): one period per year, named after the year in
 * which it begins
 */
GArray *
cc_periods_new_years (int first, int last, int first_month)
{
  GArray *periods = g_array_new (FALSE, TRUE, sizeof (CcPeriod));

  for (int year = first; year <= last; year++)
    {
      CcPeriod period = { { cc_day_from_ymd (year, first_month, 1),
                            cc_day_from_ymd (year + 1, first_month, 1) - 1 },
                          "" };

      if (first_month == 1)
        g_snprintf (period.code, sizeof (period.code), "%d", year);
      else
        g_snprintf (period.code, sizeof (period.code), "%d-%02d", year, first_month);
      g_array_append_val (periods, period);
    }
  return periods;
}

/**
 * cc_periods_new_days:
 *
 * Returns: (transfer full) (element-type CcPeriod): one period from the first to the last day
 */
GArray *
cc_periods_new_days (CcDay first, CcDay last)
{
  GArray  *periods = g_array_new (FALSE, TRUE, sizeof (CcPeriod));
  CcPeriod period = { { first, last }, "days" };

  g_array_append_val (periods, period);
  return periods;
}

/**
 * cc_periods_parse:
 * @text: "2022-2024" or "2023"
 * @first_month: month in which the years begin
 *
 * Returns: FALSE with an error that says how years are written
 */
gboolean
cc_periods_parse (const char *text, int first_month, GArray **periods, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 2);
  gint64 first = 0, last = 0;

  if (!parts[0] || !cc_text_to_int (g_strstrip (parts[0]), 1900, 2200, &first)
      || (parts[1] && !cc_text_to_int (g_strstrip (parts[1]), 1900, 2200, &last)))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” are no years; write 2023 or 2021-2023, from 1900 to 2200.", text);
      return FALSE;
    }
  if (!parts[1])
    last = first;
  if (last < first || last - first >= 50)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” must run from the earlier to the later year, over at most 50 years.",
                   text);
      return FALSE;
    }
  *periods = cc_periods_new_years ((int) first, (int) last, first_month);
  return TRUE;
}
