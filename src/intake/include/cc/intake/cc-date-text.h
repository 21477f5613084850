/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Dates as agencies type them (questionnaires.md 13.3). Pure: nothing is guessed, the order of day
 * and month is decided per column from all its values, and a value that fits both orders stays
 * ambiguous until somebody says which it is. */

typedef enum
{
  CC_DATE_ORDER_UNKNOWN,
  CC_DATE_ORDER_DMY,
  CC_DATE_ORDER_MDY,
  CC_DATE_ORDER_YMD,
} CcDateOrder;

/* Calendars are never guessed: a column whose years are those of another one is asked about. */
typedef enum
{
  CC_CALENDAR_UNKNOWN, /* nobody said so: read as Gregorian where the years are */
  CC_CALENDAR_GREGORIAN,
  CC_CALENDAR_HIJRI,     /* converted by the tabular calendar, civil epoch */
  CC_CALENDAR_ETHIOPIAN, /* Amete Mihret */
} CcCalendar;

/* What is known of how a column writes its dates. */
typedef struct
{
  CcDateOrder order;
  CcCalendar  calendar;
  gboolean    date_1904; /* whether serial numbers count from 1904 */
} CcDateForm;

/* What a date that was read does not say by its days alone. */
typedef enum
{
  CC_DATE_NOTE_APPROXIMATE = 1 << 0, /* "vers mai 2023", "15/05/2023?" */
  CC_DATE_NOTE_CONVERTED = 1 << 1,   /* from another calendar */
} CcDateNote;

typedef enum
{
  CC_DATE_READ_OK,
  CC_DATE_READ_BLANK,      /* nothing there */
  CC_DATE_READ_UNKNOWN,    /* a word that says the date is not known */
  CC_DATE_READ_AMBIGUOUS,  /* day and month could change places; interval spans both readings */
  CC_DATE_READ_FUTURE,     /* a date after `today` */
  CC_DATE_READ_CALENDAR,   /* a year of another calendar (Hijri, Ethiopian) */
  CC_DATE_READ_NO_DAY,     /* a day that its month does not have */
  CC_DATE_READ_UNREADABLE, /* nothing of the grammar fits */
} CcDateRead;

/* What the values of one column prove about its order. */
typedef struct
{
  guint n_read;      /* values that are dates in some order */
  guint n_day_first; /* only day first fits */
  guint n_month_first;
  guint n_either; /* both fit and differ */
  guint n_year_first;
  guint n_serial; /* numbers of days, as Excel stores dates */
  guint n_unreadable;
  guint n_other_calendar;
} CcDateScan;

/* Reads one cell. today bounds two-digit years and the future; date_1904 is the workbook's setting.
 * interval is set for OK (precision kept: a month is the whole month), AMBIGUOUS, FUTURE and NO_DAY
 * (the month). */
CcDateRead cc_date_text_read (CcPack     *pack,
                              const char *text,
                              CcDateOrder order,
                              CcDay       today,
                              gboolean    date_1904,
                              CcInterval *interval);

/* The same with the column's calendar; notes are CcDateNote. */
CcDateRead cc_date_text_read_form (CcPack           *pack,
                                   const char       *text,
                                   const CcDateForm *form,
                                   CcDay             today,
                                   CcInterval       *interval,
                                   guint            *notes);

void cc_date_scan_add (CcDateScan *self, CcPack *pack, const char *text, CcDay today, guint count);

/* The order all values agree on; UNKNOWN where none is needed, or values contradict each other.
 * ambiguous tells whether somebody must be asked. */
CcDateOrder cc_date_scan_decide (const CcDateScan *self, gboolean *ambiguous);

/* "DMY", "MDY", "YMD", "". */
CcDateOrder cc_date_order_from_text (const char *text);
const char *cc_date_order_to_text (CcDateOrder order);

/* "gregorian", "hijri", "ethiopian", "". */
CcCalendar  cc_calendar_from_text (const char *text);
const char *cc_calendar_to_text (CcCalendar calendar);

/* A period of a map file or the command line: 2023, 2023-05, 2023-01-01..2023-06-30, S1 2023,
 * T3 2023. */
gboolean cc_period_from_text (CcPack *pack, const char *text, CcInterval *interval);

G_END_DECLS
