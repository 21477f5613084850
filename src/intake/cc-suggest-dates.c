/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-suggest-private.h"

#include <cc/model/cc-words.h>

#include <string.h>

/* Dates whose day, month and year stand in columns of their own. */

static const char *const part_names[] = { "day", "month", "year" };

/* Which part the header names: 0 day, 1 month, 2 year; -1 none. */
static int
find_part (CcPack *pack, const CcInspectColumn *column, const char *kind)
{
  const char *texts[] = { column->leaf, column->header };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *value = texts[i] ? cc_pack_match_token (pack, kind, texts[i]) : NULL;

      for (guint p = 0; value && p < G_N_ELEMENTS (part_names); p++)
        if (g_str_equal (value, part_names[p]))
          return (int) p;
    }
  return -1;
}

static void
set_suggestion (CcInspectColumn *column, const char *variable, int part)
{
  g_free (column->suggestion);
  column->suggestion = g_strdup_printf ("%s:%s", variable, part_names[part]);
  g_free (column->reason);
  column->reason = g_strdup ("intake.reason.date-part");
  column->score = 0.8;
}

/* Whether another column states the day by which the row is counted. */
static gboolean
has_date (CcInspectTable *table)
{
  static const char *const names[] = { "detected_on", "recorded_on", "registered_on" };

  for (guint i = 0; i < table->columns->len; i++)
    for (guint n = 0; n < G_N_ELEMENTS (names); n++)
      if (strstr (((CcInspectColumn *) table->columns->pdata[i])->suggestion, names[n]))
        return TRUE;
  return FALSE;
}

static void
suggest_parts (CcInspectTable *table,
               CcPack         *pack,
               const char     *kind,
               const char     *variable,
               guint           least)
{
  CcInspectColumn *found[3] = { NULL, NULL, NULL };
  guint            n = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];
      const int        part = find_part (pack, column, kind);

      if (part < 0 || found[part] || column->n_filled == 0
          || (int) column->column == table->serial_column)
        continue;
      found[part] = column;
      n++;
    }
  /* A day alone is no date; a month is one in a list of one year. */
  if (n < least || (found[0] && !found[1]))
    return;
  for (int part = 0; part < 3; part++)
    if (found[part])
      set_suggestion (found[part], variable, part);
}

/* Columns "Day", "Month", "Year" of a table that has no other date to count its rows by, and the
 * parts of a date of birth. */
void
cc_suggest_date_parts (CcInspectTable *table, CcPack *pack, const char *unit)
{
  const gboolean is_event = g_str_equal (unit, "event");

  if (table->aggregate || g_str_equal (unit, "perpetrator"))
    return;
  if (!has_date (table))
    suggest_parts (table, pack, "date-part-header", is_event ? "recorded_on" : "detected_on", 1);
  if (!is_event)
    suggest_parts (table, pack, "birth-part-header", "birth_date", 2);
}
