/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-return-periods.h"

#include <glib/gi18n.h>

static const guint months_of[] = { 1, 3, 6, 12 };

GArray *
cc_return_periods_split (int year, CcRhythm rhythm)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (CcInterval));
  guint   n_months;

  g_return_val_if_fail (rhythm < CC_N_RHYTHMS, periods);
  n_months = months_of[rhythm];
  for (guint month = 1; month <= 12; month += n_months)
    {
      const CcInterval period = { cc_interval_month (year, (int) month).first,
                                  cc_interval_month (year, (int) (month + n_months - 1)).last };

      g_array_append_val (periods, period);
    }
  return periods;
}

const char *
cc_rhythm_get_name (CcRhythm rhythm)
{
  switch (rhythm)
    {
    case CC_EVERY_MONTH:
      return _ ("Every month");
    case CC_EVERY_QUARTER:
      return _ ("Every quarter");
    case CC_EVERY_HALF_YEAR:
      return _ ("Every half-year");
    default:
      return _ ("Once a year");
    }
}

GArray *
cc_return_periods_list (int year)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (CcInterval));

  for (int rhythm = CC_EVERY_YEAR; rhythm >= CC_EVERY_MONTH; rhythm--)
    {
      g_autoptr (GArray) parts = cc_return_periods_split (year, (CcRhythm) rhythm);

      g_array_append_vals (periods, parts->data, parts->len);
    }
  return periods;
}

static char *
describe_part (int year, CcRhythm rhythm, guint index)
{
  static const char *const quarters[] = { N_ ("First quarter of %d"), N_ ("Second quarter of %d"),
                                          N_ ("Third quarter of %d"), N_ ("Fourth quarter of %d") };
  static const char *const halves[] = { N_ ("First half of %d"), N_ ("Second half of %d") };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (rhythm == CC_EVERY_QUARTER ? _ (quarters[index]) : _ (halves[index]),
                          year);
#pragma GCC diagnostic pop
}

char *
cc_return_periods_describe (CcSession *session, CcInterval period)
{
  if (!cc_interval_is_known (period))
    return g_strdup (_ ("No period stated"));
  for (int rhythm = CC_EVERY_QUARTER; rhythm <= CC_EVERY_HALF_YEAR; rhythm++)
    {
      const int year = cc_day_year (period.first);
      g_autoptr (GArray) parts = cc_return_periods_split (year, (CcRhythm) rhythm);

      for (guint i = 0; i < parts->len; i++)
        {
          const CcInterval *part = &g_array_index (parts, CcInterval, i);

          if (part->first == period.first && part->last == period.last)
            return describe_part (year, (CcRhythm) rhythm, i);
        }
    }
  return cc_session_format_interval (session, period);
}
