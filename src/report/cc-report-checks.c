/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

/* The Checks sheet: first what does not hold, then which rules were looked at and hold. In a blank
 * questionnaire: live differences between typed totals and the sums of their parts. */

enum
{
  COLUMN_RESULT = CC_REPORT_LABEL_COLUMN,
  COLUMN_TABLE,
  COLUMN_PERIOD,
  COLUMN_TEXT,
  COLUMN_RULE,
};

static void
put_row (CcReportSheet *sheet, const char *const *texts, guint style)
{
  double highest = 1;

  for (guint i = 0; i < 5; i++)
    {
      guint column = CC_REPORT_LABEL_COLUMN + i;

      cc_sheet_writer_text (sheet->sheet, sheet->row, column, texts[i],
                            style | (style == CC_STYLE_HEADER ? 0 : CC_STYLE_WRAP));
      highest =
          MAX (highest,
               cc_report_lines (texts[i], cc_report_span_width (sheet, column, column) * 1.08));
    }
  cc_report_sheet_height (sheet, sheet->row, highest * 15 + 1);
  sheet->row++;
}

static void
put_head (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  const char *const      texts[] = { cc_report_text (content, "report.checks.result"),
                                     cc_report_text (content, "report.checks.table"),
                                     cc_report_text (content, "report.checks.period"),
                                     cc_report_text (content, "report.checks.finding"),
                                     cc_report_text (content, "report.checks.rule") };

  put_row (sheet, texts, CC_STYLE_HEADER);
}

static void
put_heading (CcReportSheet *sheet, const char *text)
{
  cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, text, CC_STYLE_HEADING);
  cc_report_sheet_height (sheet, sheet->row, 19);
  sheet->row++;
}

/* The years of a check in words. */
char *
cc_report_check_period (const CcReportContent *content,
                        const CcCheckResult   *check,
                        const char            *language)
{
  if (check->period == NULL)
    return g_strdup (cc_texts_get (content->texts, "report.checks.cumulated", language));
  for (guint i = 0; i < content->periods->len; i++)
    {
      const CcPeriod *period = &g_array_index (content->periods, CcPeriod, i);

      if (strcmp (period->code, check->period) == 0)
        return cc_period_label (period, cc_questionnaire_get_first_month (content->questionnaire),
                                content->texts, language);
    }
  return g_strdup (check->period);
}

/* Built-in rules that speak of a table in every year say so once. */
gboolean
cc_report_check_is_grouped (const CcCheckResult *check)
{
  return check->table != NULL
         && (strcmp (check->id, "multi") == 0 || strcmp (check->id, "unresolved") == 0);
}

static gboolean
is_same_group (const CcCheckResult *a, const CcCheckResult *b)
{
  return !b->holds && strcmp (a->id, b->id) == 0 && g_strcmp0 (a->table, b->table) == 0;
}

/* The years of a group, or NULL where an earlier finding has shown the group already. *n counts
 * them. */
char *
cc_report_check_periods (const CcReportContent *content,
                         guint                  index,
                         const char            *language,
                         guint                 *n)
{
  const CcCheckResult *check = content->checks->pdata[index];
  g_autoptr (GString) periods = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < content->checks->len; i++)
    {
      const CcCheckResult *other = content->checks->pdata[i];
      g_autofree char     *period = NULL;

      if (!is_same_group (check, other))
        continue;
      if (i < index)
        return NULL;
      period = cc_report_check_period (content, other, language);
      if ((*n)++ > 0)
        g_string_append (periods, cc_texts_get (content->texts, "report.comma", language));
      g_string_append (periods, period);
    }
  return g_string_free (g_steal_pointer (&periods), FALSE);
}

static void
put_finding (CcReportSheet *sheet, guint index)
{
  const CcReportContent *content = sheet->content;
  const CcCheckResult   *check = content->checks->pdata[index];
  g_autofree char       *period = NULL;
  g_autofree char       *text = NULL;
  guint                  n = 1;

  if (cc_report_check_is_grouped (check))
    period = cc_report_check_periods (content, index, content->language, &n);
  else
    period = cc_report_check_period (content, check, content->language);
  if (period == NULL)
    return;
  if (n > 1)
    {
      g_autofree char *key = g_strconcat ("report.checks.", check->id, NULL);

      text = g_strdup (cc_report_text (content, key));
    }
  else
    text = cc_check_result_format (check, content->texts, content->language);
  {
    const char *const texts[] = { cc_report_severity (content, check->severity),
                                  check->table != NULL ? check->table : "", period, text,
                                  check->rule != NULL ? check->rule : "" };

    put_row (sheet, texts, CC_STYLE_LABEL);
  }
}

static void
put_findings (CcReportSheet *sheet, CcSeverity severity)
{
  const CcReportContent *content = sheet->content;

  for (guint i = 0; i < content->checks->len; i++)
    {
      const CcCheckResult *check = content->checks->pdata[i];

      if (!check->holds && check->severity == severity)
        put_finding (sheet, i);
    }
}

/* Rules that hold, one line each however many periods they were looked at for. */
static void
put_holding (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < content->checks->len; i++)
    {
      const CcCheckResult *check = content->checks->pdata[i];
      char                *key;
      const char          *text;
      g_autofree char     *rule_key = NULL;

      if (!check->holds)
        continue;
      key = g_strdup_printf ("%s\n%s\n%s", check->id, check->table != NULL ? check->table : "",
                             check->rule != NULL ? check->rule : "");
      if (!g_hash_table_add (seen, key))
        continue;
      rule_key = g_strdup_printf ("report.checks.holds.%s", check->id);
      text =
          cc_report_text (content, cc_texts_has (content->texts, rule_key) ? rule_key
                                                                           : "report.checks.holds");
      {
        const char *const texts[] = { cc_report_text (content, "report.checks.ok"),
                                      check->table != NULL ? check->table : "",
                                      cc_report_text (content, "report.checks.every"), text,
                                      check->rule != NULL ? check->rule : "" };

        put_row (sheet, texts, CC_STYLE_LABEL);
      }
    }
}

static void
put_summary (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  gint64                 counts[3] = { 0 };
  gint64                 holding = 0;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char         *text = NULL;
  static const char *const keys[] = { "report.checks.n-errors", "report.checks.n-warnings",
                                      "report.checks.n-notes" };

  for (guint i = 0; i < content->checks->len; i++)
    {
      const CcCheckResult *check = content->checks->pdata[i];

      if (check->holds)
        holding++;
      else
        counts[check->severity]++;
    }
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (parts, cc_texts_format_count (content->texts, keys[i], content->language,
                                                   counts[i], NULL));
  g_ptr_array_add (parts, cc_texts_format_count (content->texts, "report.checks.n-holding",
                                                 content->language, holding, NULL));
  text = cc_report_join (content, parts);
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, text, CC_STYLE_BOLD | CC_STYLE_WRAP);
  sheet->row += 2;
}

static void
put_live (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;

  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, cc_report_text (content, "report.checks.live"),
                         CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, 31);
  sheet->row += 2;
  put_head (sheet);
  for (guint i = 0, next; i < sheet->differences->len; i = next)
    {
      const char *table = g_array_index (sheet->differences, CcReportDifference, i).table;
      g_autoptr (GString) formula = g_string_new ("=0");
      g_autofree char  *alarm = NULL;
      g_autofree char  *cell = cc_report_cell_name (sheet->row, COLUMN_RESULT);
      guint             row = sheet->row;
      const char *const texts[] = { "", table, cc_report_text (content, "report.checks.every"),
                                    cc_report_text (content, "report.checks.total-is-sum"), "" };

      for (next = i;
           next < sheet->differences->len
           && strcmp (g_array_index (sheet->differences, CcReportDifference, next).table, table)
                  == 0;
           next++)
        g_string_append_printf (formula, "+SUMPRODUCT(--(%s<>0))",
                                g_array_index (sheet->differences, CcReportDifference, next).range);
      put_row (sheet, texts, CC_STYLE_LABEL);
      cc_sheet_writer_formula (sheet->sheet, row, COLUMN_RESULT, formula->str, 0, CC_STYLE_VALUE);
      alarm = g_strdup_printf ("%s<>0", cell);
      cc_sheet_writer_format_when (sheet->sheet, row, COLUMN_RESULT, alarm);
    }
}

void
cc_report_write_checks (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;

  if (content->blank)
    {
      put_live (sheet);
      return;
    }
  put_summary (sheet);
  put_heading (sheet, cc_report_text (content, "report.checks.not-holding"));
  put_head (sheet);
  put_findings (sheet, CC_SEVERITY_ERROR);
  put_findings (sheet, CC_SEVERITY_WARNING);
  put_findings (sheet, CC_SEVERITY_NOTE);
  sheet->row++;
  put_heading (sheet, cc_report_text (content, "report.checks.holding"));
  put_head (sheet);
  put_holding (sheet);
}
