/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-date-private.h"

/* Days of the Hijri calendar by its tabular rule (civil epoch, 16 July 622 Julian, leap years 2, 5,
 * 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty) and of the Ethiopian calendar (epoch 29 August 8
 * Julian), after Dershowitz and Reingold, "Calendrical Calculations", chapters 4 and 7. Months that
 * began by sight may differ by a day or two. */

/* The day before the first of each calendar, counted from 1 January 1970. */
#define HIJRI_EPOCH     (-492149)
#define ETHIOPIAN_EPOCH (-716368)

gboolean
cc_calendar_has_year (CcCalendar calendar, int year)
{
  switch (calendar)
    {
    case CC_CALENDAR_HIJRI:
      return year >= 1300 && year <= 1600;
    case CC_CALENDAR_UNKNOWN:
    case CC_CALENDAR_GREGORIAN:
    case CC_CALENDAR_ETHIOPIAN:
    default:
      return year >= 1900 && year <= 2200;
    }
}

int
cc_calendar_days_in_month (CcCalendar calendar, int year, int month)
{
  if (!cc_calendar_has_year (calendar, year) || month < 1)
    return 0;
  switch (calendar)
    {
    case CC_CALENDAR_HIJRI:
      if (month > 12)
        return 0;
      return month % 2 == 1 || (month == 12 && (14 + 11 * year) % 30 < 11) ? 30 : 29;
    case CC_CALENDAR_ETHIOPIAN:
      if (month > 13)
        return 0;
      return month < 13 ? 30 : year % 4 == 3 ? 6 : 5;
    case CC_CALENDAR_UNKNOWN:
    case CC_CALENDAR_GREGORIAN:
    default:
      return month > 12 ? 0 : cc_day_days_in_month (year, month);
    }
}

CcDay
cc_calendar_to_day (CcCalendar calendar, int year, int month, int day)
{
  if (day < 1 || day > cc_calendar_days_in_month (calendar, year, month))
    return CC_DAY_NONE;
  switch (calendar)
    {
    case CC_CALENDAR_HIJRI:
      return (CcDay) (HIJRI_EPOCH + 354 * (year - 1) + (3 + 11 * year) / 30 + 29 * (month - 1)
                      + month / 2 + day);
    case CC_CALENDAR_ETHIOPIAN:
      return (CcDay) (ETHIOPIAN_EPOCH + 365 * (year - 1) + year / 4 + 30 * (month - 1) + day);
    case CC_CALENDAR_UNKNOWN:
    case CC_CALENDAR_GREGORIAN:
    default:
      return cc_day_from_ymd (year, month, day);
    }
}

CcInterval
cc_calendar_month (CcCalendar calendar, int year, int month)
{
  CcInterval interval = CC_INTERVAL_UNKNOWN;
  const int  n_days = cc_calendar_days_in_month (calendar, year, month);

  if (n_days == 0)
    return interval;
  interval.first = cc_calendar_to_day (calendar, year, month, 1);
  interval.last = cc_calendar_to_day (calendar, year, month, n_days);
  return interval;
}

CcInterval
cc_calendar_year (CcCalendar calendar, int year)
{
  const int  last = calendar == CC_CALENDAR_ETHIOPIAN ? 13 : 12;
  CcInterval interval = cc_calendar_month (calendar, year, 1);

  if (cc_interval_is_known (interval))
    interval.last = cc_calendar_month (calendar, year, last).last;
  return interval;
}

/**
 * cc_calendar_from_text:
 * @text: (nullable): "gregorian", "hijri" or "ethiopian", in any case
 *
 * Returns: the calendar, UNKNOWN for anything else
 */
CcCalendar
cc_calendar_from_text (const char *text)
{
  for (CcCalendar calendar = CC_CALENDAR_GREGORIAN; calendar <= CC_CALENDAR_ETHIOPIAN; calendar++)
    if (text && g_ascii_strcasecmp (text, cc_calendar_to_text (calendar)) == 0)
      return calendar;
  return CC_CALENDAR_UNKNOWN;
}

/**
 * cc_calendar_to_text:
 *
 * Returns: the calendar as in a map file, "" for UNKNOWN
 */
const char *
cc_calendar_to_text (CcCalendar calendar)
{
  switch (calendar)
    {
    case CC_CALENDAR_GREGORIAN:
      return "gregorian";
    case CC_CALENDAR_HIJRI:
      return "hijri";
    case CC_CALENDAR_ETHIOPIAN:
      return "ethiopian";
    case CC_CALENDAR_UNKNOWN:
    default:
      return "";
    }
}
