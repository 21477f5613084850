/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>

G_BEGIN_DECLS

/* The period of a delivery as a person chooses it: a kind, a year, which part of it. */
typedef enum
{
  CC_PERIOD_UNSET, /* nobody has said it yet */
  CC_PERIOD_YEAR,
  CC_PERIOD_YEARS,
  CC_PERIOD_HALF,
  CC_PERIOD_QUARTER,
  CC_PERIOD_MONTH,
  CC_PERIOD_DAYS, /* any first and last day */
  CC_PERIOD_OPEN, /* none is stated, on purpose */
} CcPeriodKind;

#define CC_PERIOD_N_KINDS (CC_PERIOD_OPEN + 1)

typedef struct
{
  CcPeriodKind kind;
  int          year;
  int          last_year; /* YEARS */
  int          part;      /* which half, quarter or month of the year, from 0 */
  CcInterval   days;      /* DAYS */
} CcImportPeriod;

CcImportPeriod cc_import_period_from_interval (CcInterval interval, int this_year);
CcInterval     cc_import_period_to_interval (const CcImportPeriod *self);
guint          cc_import_period_get_n_parts (CcPeriodKind kind);

G_END_DECLS
