/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day: days since 1970-01-01 in the proleptic Gregorian calendar. */
typedef gint32 CcDay;

#define CC_DAY_NONE G_MININT32

/* What is known of a date: first and last possible day, both inclusive. An interval whose ends are
 * CC_DAY_NONE is unknown. "2024" is 2024-01-01..2024-12-31; nothing is ever padded to 1 January. */
typedef struct
{
  CcDay first;
  CcDay last;
} CcInterval;

#define CC_INTERVAL_UNKNOWN ((CcInterval){ CC_DAY_NONE, CC_DAY_NONE })

typedef enum
{
  CC_RELATION_UNKNOWN,  /* the value is not known */
  CC_RELATION_OUTSIDE,  /* certainly not in the period */
  CC_RELATION_OVERLAPS, /* perhaps in the period: "period not determined" */
  CC_RELATION_INSIDE,   /* certainly in the period */
} CcRelation;

CcDay    cc_day_from_ymd (int year, int month, int day);
void     cc_day_to_ymd (CcDay day, int *year, int *month, int *mday);
int      cc_day_year (CcDay day);
CcDay    cc_day_add_years (CcDay day, int years);
int      cc_day_completed_years (CcDay birth, CcDay at);
char    *cc_day_to_iso (CcDay day);
CcDay    cc_day_today (void);
gboolean cc_day_is_leap_year (int year);
int      cc_day_days_in_month (int year, int month);

CcInterval cc_interval_day (CcDay day);
CcInterval cc_interval_month (int year, int month);
CcInterval cc_interval_year (int year);
gboolean   cc_interval_is_known (CcInterval interval);
gboolean   cc_interval_is_day (CcInterval interval);
gboolean   cc_interval_from_iso (const char *text, CcInterval *interval);
char      *cc_interval_to_iso (CcInterval interval);
CcRelation cc_interval_relation (CcInterval value, CcInterval period);
CcInterval cc_interval_intersect (CcInterval a, CcInterval b);

G_END_DECLS
