/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-period.h"

static int
months_of (CcPeriodKind kind)
{
  switch (kind)
    {
    case CC_PERIOD_HALF:
      return 6;
    case CC_PERIOD_QUARTER:
      return 3;
    case CC_PERIOD_MONTH:
      return 1;
    case CC_PERIOD_YEAR:
    case CC_PERIOD_YEARS:
    case CC_PERIOD_DAYS:
    case CC_PERIOD_OPEN:
    case CC_PERIOD_UNSET:
    default:
      return 12;
    }
}

guint
cc_import_period_get_n_parts (CcPeriodKind kind)
{
  return (guint) (12 / months_of (kind));
}

/**
 * Returns: the days of the period; unknown where none is stated
 */
CcInterval
cc_import_period_to_interval (const CcImportPeriod *self)
{
  const int  months = months_of (self->kind);
  CcInterval interval;

  switch (self->kind)
    {
    case CC_PERIOD_UNSET:
    case CC_PERIOD_OPEN:
      return CC_INTERVAL_UNKNOWN;
    case CC_PERIOD_DAYS:
      return self->days;
    case CC_PERIOD_YEARS:
      interval.first = cc_interval_year (MIN (self->year, self->last_year)).first;
      interval.last = cc_interval_year (MAX (self->year, self->last_year)).last;
      return interval;
    case CC_PERIOD_YEAR:
    case CC_PERIOD_HALF:
    case CC_PERIOD_QUARTER:
    case CC_PERIOD_MONTH:
    default:
      interval.first = cc_interval_month (self->year, self->part * months + 1).first;
      interval.last = cc_interval_month (self->year, (self->part + 1) * months).last;
      return interval;
    }
}

static gboolean
is_same (CcInterval a, CcInterval b)
{
  return a.first == b.first && a.last == b.last;
}

/**
 * this_year: shown where the interval is unknown
 *
 * Returns: the plainest way to say the interval
 */
CcImportPeriod
cc_import_period_from_interval (CcInterval interval, int this_year)
{
  static const CcPeriodKind parts[] = { CC_PERIOD_YEAR, CC_PERIOD_HALF, CC_PERIOD_QUARTER,
                                        CC_PERIOD_MONTH };
  CcImportPeriod            self = { CC_PERIOD_OPEN, this_year, this_year, 0, interval };
  int                       month, day;

  if (!cc_interval_is_known (interval))
    return self;
  cc_day_to_ymd (interval.first, &self.year, &month, &day);
  self.last_year = cc_day_year (interval.last);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      self.kind = parts[i];
      self.part = (month - 1) / months_of (parts[i]);
      if (is_same (cc_import_period_to_interval (&self), interval))
        return self;
    }
  self.part = 0;
  self.kind = CC_PERIOD_YEARS;
  if (!is_same (cc_import_period_to_interval (&self), interval))
    self.kind = CC_PERIOD_DAYS;
  return self;
}
