/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include "cc-date-private.h"

/* An Ethiopian year is seven or eight behind. */
#define BEHIND_LEAST 7
#define BEHIND_MOST  8

/* Of a longer period nobody can tell a shift of seven years. */
#define MAX_YEARS 3

typedef struct
{
  guint n_dates;
  guint n_hijri;
  guint n_ethiopian; /* named months */
  guint n_behind;    /* years that are seven or eight before the period */
} CalendarCount;

static gboolean
is_date (const CcDateParts *parts)
{
  return parts->shape == SHAPE_FIXED || parts->shape == SHAPE_TWO_ORDERS
         || parts->shape == SHAPE_SERIAL || parts->shape == SHAPE_NO_DAY;
}

static int
year_of (const CcDateParts *parts)
{
  return parts->shape == SHAPE_TWO_ORDERS ? parts->year : cc_day_year (parts->interval.first);
}

static void
count_text (CcPack        *pack,
            const char    *text,
            guint          n,
            CcDay          today,
            int            first,
            int            last,
            CalendarCount *count)
{
  CcDateParts parts;

  cc_date_parse (pack, text, CC_CALENDAR_UNKNOWN, today, FALSE, &parts);
  if (parts.shape == SHAPE_OTHER_CALENDAR)
    {
      count->n_dates += n;
      cc_date_parse (pack, text, CC_CALENDAR_HIJRI, today, FALSE, &parts);
      if (is_date (&parts))
        count->n_hijri += n;
      else
        count->n_ethiopian += n;
    }
  else if (is_date (&parts))
    {
      const int year = year_of (&parts);

      count->n_dates += n;
      if (first > 0 && year >= first - BEHIND_MOST && year <= last - BEHIND_LEAST)
        count->n_behind += n;
    }
}

/**
 * cc_column_guess_calendar:
 * @period: what the list covers, unknown where nobody said so
 *
 * Most years of 1400 to 1470 are Hijri; most years seven or eight before those of the list are
 * Ethiopian (questionnaires.md 13.3).
 *
 * Returns: HIJRI or ETHIOPIAN where somebody must be asked, else UNKNOWN
 */
CcCalendar
cc_column_guess_calendar (CcPack                *pack,
                          const CcInspectColumn *column,
                          CcDay                  today,
                          CcInterval             period)
{
  CalendarCount count = { 0 };
  int           first = 0, last = 0;

  g_return_val_if_fail (pack != NULL && column != NULL, CC_CALENDAR_UNKNOWN);

  if (cc_interval_is_known (period))
    {
      first = cc_day_year (period.first);
      last = cc_day_year (period.last);
      if (last - first >= MAX_YEARS)
        first = last = 0;
    }
  for (guint i = 0; column->values && i < column->values->len; i++)
    {
      const CcDistinct *distinct = column->values->pdata[i];

      count_text (pack, distinct->text, distinct->count, today, first, last, &count);
    }
  if (count.n_hijri * 2 > count.n_dates)
    return CC_CALENDAR_HIJRI;
  if (count.n_ethiopian * 2 > count.n_dates || count.n_behind * 2 > count.n_dates)
    return CC_CALENDAR_ETHIOPIAN;
  return CC_CALENDAR_UNKNOWN;
}
