/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <cc/base/cc-day.h>
#include <cc/base/cc-error.h>

/* More years than anybody prints side by side. */
#define MOST_YEARS 10

/**
 * cc_periods_new_reported:
 * @first_month: month in which the years begin
 *
 * Returns: (transfer full) (element-type CcPeriod): the calendar years in which victims of the file
 * were first detected, the last ten where there are more; %NULL with an error where there is none
 */
GArray *
cc_periods_new_reported (CcCaseFile *file, int first_month, GError **error)
{
  CcConnection *connection = cc_stats_acquire (file, error);
  g_autoptr (GError) read_error = NULL;
  gint64 first, last;
  int    first_year, last_year;

  if (!connection)
    return NULL;
  first =
      cc_connection_get_int64 (connection,
                               "SELECT min (detected_on_first) FROM person_fact WHERE kind = 'VI'",
                               CC_DAY_NONE, &read_error);
  last =
      cc_connection_get_int64 (connection,
                               "SELECT max (detected_on_last) FROM person_fact WHERE kind = 'VI'",
                               CC_DAY_NONE, read_error ? NULL : &read_error);
  cc_stats_release (file, connection);
  if (read_error)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }
  if (first == CC_DAY_NONE || last == CC_DAY_NONE)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "No victim of this file has a date of detection yet, so please say which "
                   "years.");
      return NULL;
    }
  last_year = cc_day_year ((CcDay) last);
  first_year = MAX (cc_day_year ((CcDay) first), last_year - MOST_YEARS + 1);
  return cc_periods_new_years (first_year, last_year, first_month);
}
