/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

const char *
cc_report_text (const CcReportContent *self, const char *key)
{
  return cc_texts_get (self->texts, key, self->language);
}

char *
cc_report_number (const CcReportContent *self, gint64 number)
{
  return cc_texts_number (self->texts, self->language, (double) number, 0);
}

char *
cc_report_date (const CcReportContent *self, CcDay day)
{
  return cc_texts_date (self->texts, self->language, day);
}

/* A point in time as its day, in UTC: the same on every machine. */
char *
cc_report_moment (const CcReportContent *self, gint64 seconds)
{
  gint64 day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);

  return cc_report_date (self, (CcDay) day);
}

char *
cc_report_interval (const CcReportContent *self, CcInterval interval)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!cc_interval_is_known (interval))
    return g_strdup ("");
  first = cc_report_date (self, interval.first);
  last = cc_report_date (self, interval.last);
  return cc_texts_format (self->texts, "report.interval", self->language, "first", first, "last",
                          last, NULL);
}

/* "2020 to 2024", or the one year. */
char *
cc_report_periods (const CcReportContent *self)
{
  int              month = cc_questionnaire_get_first_month (self->questionnaire);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (self->periods->len == 0)
    return g_strdup ("");
  first = cc_period_label (&g_array_index (self->periods, CcPeriod, 0), month, self->texts,
                           self->language);
  if (self->periods->len == 1)
    return g_steal_pointer (&first);
  last = cc_period_label (&g_array_index (self->periods, CcPeriod, self->periods->len - 1), month,
                          self->texts, self->language);
  return cc_texts_format (self->texts, "report.interval", self->language, "first", first, "last",
                          last, NULL);
}

char *
cc_report_between (const CcReportContent *self, gint64 low, gint64 high)
{
  g_autofree char *from = cc_report_number (self, low);
  g_autofree char *to = cc_report_number (self, high);

  return cc_texts_format (self->texts, "report.between", self->language, "low", from, "high", to,
                          NULL);
}

const char *
cc_report_severity (const CcReportContent *self, CcSeverity severity)
{
  static const char *const keys[] = { "report.severity.error", "report.severity.warning",
                                      "report.severity.note" };

  return cc_report_text (self, keys[severity]);
}

/* Texts joined the way the language lists things. */
char *
cc_report_join (const CcReportContent *self, GPtrArray *texts)
{
  const char *comma = cc_report_text (self, "report.comma");
  GString    *list = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append (list, comma);
      g_string_append (list, texts->pdata[i]);
    }
  return g_string_free (list, FALSE);
}

/* The statuses counted, in words: the parameter counted-status, overridden or as defined. */
char *
cc_report_statuses (const CcReportContent *self)
{
  const char *value = NULL;
  g_auto (GStrv) codes = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (self->params != NULL)
    value = g_hash_table_lookup (self->params, "counted-status");
  if (value == NULL)
    value = cc_questionnaire_get_param (self->questionnaire, "counted-status");
  if (value == NULL)
    return NULL;
  codes = g_strsplit (value, ",", -1);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("report.status.", g_strstrip (codes[i]), NULL);

      g_ptr_array_add (names,
                       (gpointer) (cc_texts_has (self->texts, key) ? cc_report_text (self, key)
                                                                   : codes[i]));
    }
  return cc_report_join (self, names);
}

static char *
describe_date (const CcReportContent *self, const CcTableDefinition *table)
{
  g_autofree char *key = g_strconcat ("report.date.", table->date, NULL);

  if (*table->date == '\0' || !cc_texts_has (self->texts, key))
    return NULL;
  if (table->stock)
    return g_strdup (cc_report_text (self, "report.date.stock"));
  return g_strdup (cc_report_text (self, key));
}

/* Below the title: what is counted, by which date, with which status. */
char *
cc_report_subtitle (const CcReportContent *self, const CcTableResult *result)
{
  static const char *const units[] = { "report.unit.victims", "report.unit.registrations",
                                       "report.unit.perps", "report.unit.events",
                                       "report.unit.returns" };
  const CcTableDefinition *table = result->table;
  const char              *separator = " · ";
  GString                 *text = g_string_new (cc_report_text (self, units[table->count]));
  g_autofree char         *date = describe_date (self, table);

  if (table->rate)
    {
      g_autofree char *per = cc_report_number (self, (gint64) table->per);
      g_autofree char *rate =
          cc_texts_format (self->texts, "report.rate", self->language, "per", per, NULL);

      g_string_append_printf (text, "%s%s", separator, rate);
    }
  if (date != NULL)
    g_string_append_printf (text, "%s%s", separator, date);
  if (table->count == CC_COUNT_VICTIMS && table->repeat == CC_REPEAT_YEARLY)
    g_string_append_printf (text, "%s%s", separator, cc_report_text (self, "report.repeat.yearly"));
  if (table->count == CC_COUNT_VICTIMS && table->repeat == CC_REPEAT_NEW_EVENT)
    g_string_append_printf (text, "%s%s", separator,
                            cc_report_text (self, "report.repeat.new-event"));
  if (strstr (table->where, "$counted-status") != NULL)
    {
      g_autofree char *statuses = cc_report_statuses (self);
      g_autofree char *status = NULL;

      if (statuses != NULL)
        status = cc_texts_format (self->texts, "report.status", self->language, "statuses",
                                  statuses, NULL);
      if (status != NULL)
        g_string_append_printf (text, "%s%s", separator, status);
    }
  return g_string_free (text, FALSE);
}
