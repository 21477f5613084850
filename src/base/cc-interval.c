/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-day.h>

#include <string.h>

/**
 * cc_interval_day:
 *
 * Returns: the interval of one day
 */
CcInterval
cc_interval_day (CcDay day)
{
  return (CcInterval){ day, day };
}

/**
 * cc_interval_month:
 *
 * Returns: first to last day of a month; unknown where there is no such month
 */
CcInterval
cc_interval_month (int year, int month)
{
  CcDay first = cc_day_from_ymd (year, month, 1);

  if (first == CC_DAY_NONE)
    return CC_INTERVAL_UNKNOWN;
  return (CcInterval){ first, first + cc_day_days_in_month (year, month) - 1 };
}

/**
 * cc_interval_year:
 *
 * Returns: 1 January to 31 December
 */
CcInterval
cc_interval_year (int year)
{
  return (CcInterval){ cc_day_from_ymd (year, 1, 1), cc_day_from_ymd (year, 12, 31) };
}

/**
 * cc_interval_is_known:
 *
 * Returns: whether both ends are known
 */
gboolean
cc_interval_is_known (CcInterval interval)
{
  return interval.first != CC_DAY_NONE && interval.last != CC_DAY_NONE;
}

/**
 * cc_interval_is_day:
 *
 * Returns: whether the date is known to the day
 */
gboolean
cc_interval_is_day (CcInterval interval)
{
  return cc_interval_is_known (interval) && interval.first == interval.last;
}

static gboolean
take_digits (const char **cursor, guint n_digits, int *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit ((*cursor)[i]))
        return FALSE;
      *number = *number * 10 + ((*cursor)[i] - '0');
    }
  *cursor += n_digits;
  return TRUE;
}

/* One side of an ISO interval: 2024, 2024-03, 2024-03-17, 2024-Q1 or 2024-S1. */
static gboolean
parse_side (const char *text, CcInterval *interval)
{
  const char *cursor = text;
  int         year, month, day, part;

  if (!take_digits (&cursor, 4, &year))
    return FALSE;
  if (*cursor == '\0')
    {
      *interval = cc_interval_year (year);
      return cc_interval_is_known (*interval);
    }
  if (*cursor++ != '-')
    return FALSE;
  if (*cursor == 'Q' || *cursor == 'S')
    {
      int months = *cursor++ == 'Q' ? 3 : 6;

      if (!take_digits (&cursor, 1, &part) || *cursor != '\0' || part < 1 || part > 12 / months)
        return FALSE;
      interval->first = cc_day_from_ymd (year, (part - 1) * months + 1, 1);
      interval->last = cc_interval_month (year, part * months).last;
      return cc_interval_is_known (*interval);
    }
  if (!take_digits (&cursor, 2, &month))
    return FALSE;
  if (*cursor == '\0')
    {
      *interval = cc_interval_month (year, month);
      return cc_interval_is_known (*interval);
    }
  if (*cursor++ != '-' || !take_digits (&cursor, 2, &day) || *cursor != '\0')
    return FALSE;
  *interval = cc_interval_day (cc_day_from_ymd (year, month, day));
  return cc_interval_is_known (*interval);
}

/**
 * cc_interval_from_iso:
 * @text: "2024", "2024-03", "2024-03-17", "2024-Q1", "2024-S2", or two of them joined by ".."
 * @interval: (out): the days it may mean
 *
 * Returns: %FALSE where @text is none of these; @interval is then unknown
 */
gboolean
cc_interval_from_iso (const char *text, CcInterval *interval)
{
  const char *dots;
  CcInterval  last;

  g_return_val_if_fail (text != NULL && interval != NULL, FALSE);

  dots = strstr (text, "..");
  if (dots)
    {
      g_autofree char *first_text = g_strndup (text, dots - text);

      if (parse_side (first_text, interval) && parse_side (dots + 2, &last)
          && interval->first <= last.last)
        {
          interval->last = last.last;
          return TRUE;
        }
    }
  else if (parse_side (text, interval))
    return TRUE;
  *interval = CC_INTERVAL_UNKNOWN;
  return FALSE;
}

/**
 * cc_interval_to_iso:
 *
 * The shortest form that cc_interval_from_iso() reads back to the same interval.
 *
 * Returns: (transfer full): the text, "" where the interval is unknown
 */
char *
cc_interval_to_iso (CcInterval interval)
{
  int        year, month, day;
  CcInterval whole;

  if (!cc_interval_is_known (interval))
    return g_strdup ("");
  if (interval.first == interval.last)
    return cc_day_to_iso (interval.first);
  cc_day_to_ymd (interval.first, &year, &month, &day);
  whole = cc_interval_year (year);
  if (whole.first == interval.first && whole.last == interval.last)
    return g_strdup_printf ("%04d", year);
  whole = cc_interval_month (year, month);
  if (whole.first == interval.first && whole.last == interval.last)
    return g_strdup_printf ("%04d-%02d", year, month);

  g_autofree char *first = cc_day_to_iso (interval.first);
  g_autofree char *last = cc_day_to_iso (interval.last);

  return g_strdup_printf ("%s..%s", first, last);
}

/**
 * cc_interval_relation:
 * @value: what is known of a date
 * @period: the period asked about
 *
 * Returns: whether the date lies in the period, perhaps lies in it, or cannot
 */
CcRelation
cc_interval_relation (CcInterval value, CcInterval period)
{
  if (!cc_interval_is_known (value))
    return CC_RELATION_UNKNOWN;
  if (value.last < period.first || value.first > period.last)
    return CC_RELATION_OUTSIDE;
  if (value.first >= period.first && value.last <= period.last)
    return CC_RELATION_INSIDE;
  return CC_RELATION_OVERLAPS;
}

/**
 * cc_interval_intersect:
 *
 * Returns: the days in both; unknown where there are none or one is unknown
 */
CcInterval
cc_interval_intersect (CcInterval a, CcInterval b)
{
  CcInterval both = { MAX (a.first, b.first), MIN (a.last, b.last) };

  if (!cc_interval_is_known (a) || !cc_interval_is_known (b) || both.first > both.last)
    return CC_INTERVAL_UNKNOWN;
  return both;
}
