/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"

#define YEAR 366

static guint
level_of (guint class, guint level)
{
  return class * 8 + level;
}

static int
count_different_digits (guint a, guint b)
{
  int n = 0;

  for (; a > 0 || b > 0; a /= 10, b /= 10)
    n += a % 10 != b % 10;
  return n;
}

static inline gboolean
is_year_slip (int a, int b)
{
  return ABS (a - b) == 10
         || (a / 100 == b / 100 && a != b && a % 10 == b / 10 % 10 && b % 10 == a / 10 % 10);
}

static guint
compare_days (const CcLinkRow *a, const CcLinkRow *b)
{
  int ya = (int) a->birth_ymd / 10000;
  int yb = (int) b->birth_ymd / 10000;
  int ma = (int) a->birth_ymd / 100 % 100;
  int mb = (int) b->birth_ymd / 100 % 100;
  int da = (int) a->birth_ymd % 100;
  int db = (int) b->birth_ymd % 100;

  if (a->birth_first == b->birth_first)
    return CC_LINK_BIRTH_EQUAL;
  if (ABS (a->birth_first - b->birth_first) == 1)
    return CC_LINK_BIRTH_SLIP;
  if (ya == yb && ma == db && da == mb)
    return CC_LINK_BIRTH_SLIP;
  /* Where one digit differs, two of year, month and day do not. */
  if ((ya == yb) + (ma == mb) + (da == db) == 2
      && (count_different_digits (a->birth_ymd, b->birth_ymd) == 1
          || (ma == mb && da == db && (ABS (ya - yb) == 1 || is_year_slip (ya, yb)))))
    return CC_LINK_BIRTH_SLIP;
  /* Whoever writes one part wrong writes the other two right. */
  if ((ya == yb) + (ma == mb) + (da == db) == 2)
    return CC_LINK_BIRTH_SAME;
  if (ya == yb)
    return CC_LINK_BIRTH_WITHIN1;
  if (ABS (ya - yb) == 1)
    return CC_LINK_BIRTH_WITHIN2;
  if (is_year_slip (ya, yb))
    return CC_LINK_BIRTH_YEARSLIP;
  return ABS (ya - yb) <= 5 ? CC_LINK_BIRTH_WITHIN5 : CC_LINK_BIRTH_CONFLICT;
}

static guint
compare_years (const CcLinkRow *a, const CcLinkRow *b)
{
  int ya = (int) (a->birth_ymd / 10000);
  int yb = (int) (b->birth_ymd / 10000);

  if (a->birth_first <= b->birth_last && b->birth_first <= a->birth_last)
    return CC_LINK_BIRTH_SAME;
  if (ABS (ya - yb) <= 1)
    return CC_LINK_BIRTH_WITHIN1;
  if (ABS (ya - yb) == 2)
    return CC_LINK_BIRTH_WITHIN2;
  if (is_year_slip (ya, yb))
    return CC_LINK_BIRTH_YEARSLIP;
  return ABS (ya - yb) <= 5 ? CC_LINK_BIRTH_WITHIN5 : CC_LINK_BIRTH_CONFLICT;
}

static guint
compare_intervals (const CcLinkRow *a, const CcLinkRow *b)
{
  gint32 gap = MAX (a->birth_first, b->birth_first) - MIN (a->birth_last, b->birth_last);

  if (gap <= 0)
    return CC_LINK_BIRTH_SAME;
  if (gap <= YEAR)
    return CC_LINK_BIRTH_WITHIN1;
  if (gap <= 2 * YEAR)
    return CC_LINK_BIRTH_WITHIN2;
  return gap <= 5 * YEAR ? CC_LINK_BIRTH_WITHIN5 : CC_LINK_BIRTH_CONFLICT;
}

/**
 * cc_link_compare_births:
 *
 * Compares two births as intervals with a precision: two year-only births agree by chance some 365
 * times as often as two days, so every pair of precisions has levels of its own.
 *
 * Returns: the level, 0 where one is not known
 */
guint
cc_link_compare_births (const CcLinkRow *a, const CcLinkRow *b)
{
  guint low = MIN (a->precision, b->precision);
  guint high = MAX (a->precision, b->precision);

  if (low == CC_LINK_PRECISION_NONE)
    return 0;
  if (high == CC_LINK_PRECISION_DAY)
    return level_of (0, compare_days (a, b));
  if (high == CC_LINK_PRECISION_MONTH)
    return level_of (1, compare_years (a, b));
  if (high == CC_LINK_PRECISION_YEAR)
    return level_of (2, compare_years (a, b));
  if (high == CC_LINK_PRECISION_ROUNDED)
    return level_of (6, compare_intervals (a, b));
  if (low == CC_LINK_PRECISION_AGE)
    return level_of (5, compare_intervals (a, b));
  return level_of (low == CC_LINK_PRECISION_DAY ? 3 : 4, compare_intervals (a, b));
}
