/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-date-text.h>

#include "cc-scan-private.h"

G_BEGIN_DECLS

/* How a date's parts stand before the order is known. */
typedef enum
{
  SHAPE_NONE,
  SHAPE_FIXED,      /* interval is known whatever the order */
  SHAPE_TWO_ORDERS, /* a / b / year */
  SHAPE_SERIAL,
  SHAPE_OTHER_CALENDAR,
  SHAPE_NO_DAY, /* interval is the month that has no such day */
} CcDateShape;

typedef struct
{
  CcDateShape shape;
  CcInterval  interval;
  int         a, b, year;
  gboolean    year_first;
  gboolean    short_parts; /* a, b and year all have at most two digits */
  CcCalendar  said;        /* what is known of the column */
  CcCalendar  calendar;    /* the one the year belongs to */
} CcDateParts;

/* What stands in a cell before the order of day and month is known. */
void cc_date_parse (CcPack      *pack,
                    const char  *text,
                    CcCalendar   calendar,
                    CcDay        today,
                    gboolean     date_1904,
                    CcDateParts *parts);
/* The year 20yy, or 19yy where that would lie after today. */
int      cc_date_full_year (CcCalendar calendar, gint64 number, guint n_digits, CcDay today);
gboolean cc_date_is_short_month (CcCalendar calendar, int year, int month, int day);
/* The two ends of "15/05/2023 - 20/05/2023", "du 15 au 20 mai 2023", as texts that can be read each
 * by itself; FALSE where the text states no such range. */
gboolean cc_date_split_range (CcPack     *pack,
                              const char *text,
                              CcCalendar  calendar,
                              CcDay       today,
                              char      **first,
                              char      **last);
gboolean cc_date_says_about (CcPack *pack, const char *text);

/* Days of other calendars by rule; CC_DAY_NONE where there is no such day. */
CcDay      cc_calendar_to_day (CcCalendar calendar, int year, int month, int day);
CcInterval cc_calendar_month (CcCalendar calendar, int year, int month);
CcInterval cc_calendar_year (CcCalendar calendar, int year);
int        cc_calendar_days_in_month (CcCalendar calendar, int year, int month);
gboolean   cc_calendar_has_year (CcCalendar calendar, int year);

G_END_DECLS
