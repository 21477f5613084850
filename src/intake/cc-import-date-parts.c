/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include "cc-date-private.h"

/* A date that stands in several columns of the row. */
typedef struct
{
  const CcTarget *target; /* the first part that was met */
  CcCalendar      calendar;
  int             parts[3]; /* day, month, year; 0 where not stated, -1 where not read */
  char           *texts[3];
} RowDate;

static void
clear_row_date (gpointer data)
{
  RowDate *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
}

/* Keeps one part of a date until the whole row is read. */
void
cc_import_row_note_part (CcImportRow        *row,
                         const CcCellReader *reader,
                         const CcCellRead   *read,
                         const char         *text)
{
  const int at = reader->target->part - CC_TARGET_DAY;
  RowDate  *date = NULL;

  if (read->part == 0)
    return;
  if (!row->date_parts)
    {
      row->date_parts = g_array_new (FALSE, TRUE, sizeof (RowDate));
      g_array_set_clear_func (row->date_parts, clear_row_date);
    }
  for (guint i = 0; i < row->date_parts->len && !date; i++)
    {
      RowDate *known = &g_array_index (row->date_parts, RowDate, i);

      if (known->target->variable == reader->target->variable
          && known->target->unit == reader->target->unit)
        date = known;
    }
  if (!date)
    {
      g_array_set_size (row->date_parts, row->date_parts->len + 1);
      date = &g_array_index (row->date_parts, RowDate, row->date_parts->len - 1);
      date->target = reader->target;
      date->calendar = reader->calendar;
    }
  if (date->texts[at])
    return;
  date->parts[at] = read->part;
  date->texts[at] = g_strdup (text);
}

/* "14/11/2023", as the columns have it. */
static char *
join_texts (const RowDate *date)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (date->texts); i++)
    if (date->texts[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? "/" : "", date->texts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The year of a list that covers no other one. */
static int
year_of_period (CcInterval period)
{
  if (!cc_interval_is_known (period) || cc_day_year (period.first) != cc_day_year (period.last))
    return 0;
  return cc_day_year (period.first);
}

static const char *
join_parts (const RowDate *date, CcInterval period, CcDay today, CcInterval *interval)
{
  const int day = date->parts[0], month = date->parts[1];
  const int year = date->parts[2] ? date->parts[2] : year_of_period (period);

  *interval = CC_INTERVAL_UNKNOWN;
  if (day < 0 || month < 0 || year < 0)
    return NULL; /* told with the cell */
  if (year == 0 || (day > 0 && month == 0))
    return "intake.finding.date-unreadable";
  if (day > 0)
    {
      const CcDay value = cc_calendar_to_day (date->calendar, year, month, day);

      if (value == CC_DAY_NONE)
        return "intake.finding.date-no-day";
      *interval = cc_interval_day (value);
    }
  else
    {
      *interval = month > 0 ? cc_calendar_month (date->calendar, year, month)
                            : cc_calendar_year (date->calendar, year);
      if (!cc_interval_is_known (*interval))
        return "intake.finding.date-unreadable";
      /* The year of a row in a list of its second quarter is that quarter. */
      if (cc_interval_is_known (period) && period.first <= interval->last
          && period.last >= interval->first)
        *interval =
            (CcInterval){ MAX (period.first, interval->first), MIN (period.last, interval->last) };
    }
  if (interval->first <= today)
    return NULL;
  *interval = CC_INTERVAL_UNKNOWN;
  return "intake.finding.date-future";
}

/* Puts the dates together whose parts stand in columns of their own. */
void
cc_import_row_join_dates (CcImportJob *job, CcImportRow *row)
{
  for (guint i = 0; row->date_parts && i < row->date_parts->len; i++)
    {
      const RowDate   *date = &g_array_index (row->date_parts, RowDate, i);
      g_autofree char *text = join_texts (date);
      g_autoptr (CcValue) value = cc_value_new (date->target->variable);
      const char *rule = join_parts (date, row->table->period, job->today, &value->date);

      value->text = g_strdup (text);
      if (!cc_interval_is_known (value->date))
        value->no_value = CC_NO_VALUE_NOT_COLLECTED;
      if (rule)
        cc_import_row_find (row, rule, CC_SEVERITY_WARNING, date->target->variable, text);
      cc_record_add_known (cc_import_row_ensure (job, row, date->target->unit->name), value);
    }
}
