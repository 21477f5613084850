/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-day.h>

/* Years outside these bounds are typing errors in every register we serve. */
#define FIRST_YEAR 1
#define LAST_YEAR  9999

/**
 * cc_day_is_leap_year:
 *
 * Returns: whether @year has a 29 February
 */
gboolean
cc_day_is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/**
 * cc_day_days_in_month:
 * @month: 1 to 12
 *
 * Returns: 28 to 31, or 0 for a month that does not exist
 */
int
cc_day_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month < 1 || month > 12)
    return 0;
  return days[month - 1] + (month == 2 && cc_day_is_leap_year (year));
}

/**
 * cc_day_from_ymd:
 *
 * Returns: the day, or %CC_DAY_NONE for a date that does not exist
 */
CcDay
cc_day_from_ymd (int year, int month, int day)
{
  int era, year_of_era, day_of_year, day_of_era;

  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > cc_day_days_in_month (year, month))
    return CC_DAY_NONE;

  /* Years begin in March, so that the leap day is the last of a year. */
  if (month <= 2)
    year--;
  era = year / 400;
  year_of_era = year - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

/**
 * cc_day_to_ymd:
 * @day: a day, not %CC_DAY_NONE
 * @year: (out) (optional): its year
 * @month: (out) (optional): 1 to 12
 * @mday: (out) (optional): 1 to 31
 */
void
cc_day_to_ymd (CcDay day, int *year, int *month, int *mday)
{
  int shifted, era, day_of_era, year_of_era, day_of_year, shifted_month, m;

  g_return_if_fail (day != CC_DAY_NONE);

  shifted = day + 719468;
  era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  day_of_era = shifted - era * 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted_month = (5 * day_of_year + 2) / 153;
  m = shifted_month + (shifted_month < 10 ? 3 : -9);
  if (year)
    *year = year_of_era + era * 400 + (m <= 2);
  if (month)
    *month = m;
  if (mday)
    *mday = day_of_year - (153 * shifted_month + 2) / 5 + 1;
}

/**
 * cc_day_year:
 *
 * Returns: the calendar year of @day
 */
int
cc_day_year (CcDay day)
{
  int year = 0;

  cc_day_to_ymd (day, &year, NULL, NULL);
  return year;
}

/**
 * cc_day_add_years:
 * @years: may be negative
 *
 * Returns: the same day of another year; 29 February becomes 28 February where there is none
 */
CcDay
cc_day_add_years (CcDay day, int years)
{
  int year, month, mday;

  if (day == CC_DAY_NONE)
    return CC_DAY_NONE;
  cc_day_to_ymd (day, &year, &month, &mday);
  return cc_day_from_ymd (year + years, month,
                          MIN (mday, cc_day_days_in_month (year + years, month)));
}

/**
 * cc_day_completed_years:
 * @birth: day of birth
 * @at: the day asked about
 *
 * A person born on 29 February completes a year on 1 March of common years.
 *
 * Returns: completed years at @at, negative before birth
 */
int
cc_day_completed_years (CcDay birth, CcDay at)
{
  int birth_year, birth_month, birth_day, year, month, day;

  g_return_val_if_fail (birth != CC_DAY_NONE && at != CC_DAY_NONE, 0);

  cc_day_to_ymd (birth, &birth_year, &birth_month, &birth_day);
  cc_day_to_ymd (at, &year, &month, &day);
  return year - birth_year - (month < birth_month || (month == birth_month && day < birth_day));
}

/**
 * cc_day_to_iso:
 *
 * Returns: (transfer full): "2024-03-17", or "" for %CC_DAY_NONE
 */
char *
cc_day_to_iso (CcDay day)
{
  int year, month, mday;

  if (day == CC_DAY_NONE)
    return g_strdup ("");
  cc_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

/**
 * cc_day_today:
 *
 * Returns: today in the local time zone
 */
CcDay
cc_day_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return cc_day_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now),
                          g_date_time_get_day_of_month (now));
}
