/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-day.h>

static void
test_every_day_round_trips (void)
{
  CcDay expected = cc_day_from_ymd (1899, 12, 31);

  for (int year = 1900; year <= 2100; year++)
    for (int month = 1; month <= 12; month++)
      for (int mday = 1; mday <= cc_day_days_in_month (year, month); mday++)
        {
          int   y, m, d;
          CcDay day = cc_day_from_ymd (year, month, mday);

          g_assert_cmpint (day, ==, ++expected);
          cc_day_to_ymd (day, &y, &m, &d);
          g_assert_cmpint (y * 10000 + m * 100 + d, ==, year * 10000 + month * 100 + mday);
        }
  g_assert_cmpint (cc_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (cc_day_from_ymd (2000, 3, 1), ==, 11017);
}

static void
test_impossible_dates (void)
{
  g_assert_cmpint (cc_day_from_ymd (2023, 2, 29), ==, CC_DAY_NONE);
  g_assert_cmpint (cc_day_from_ymd (1900, 2, 29), ==, CC_DAY_NONE);
  g_assert_cmpint (cc_day_from_ymd (2024, 13, 1), ==, CC_DAY_NONE);
  g_assert_cmpint (cc_day_from_ymd (2024, 0, 1), ==, CC_DAY_NONE);
  g_assert_cmpint (cc_day_from_ymd (0, 1, 1), ==, CC_DAY_NONE);
  g_assert_cmpint (cc_day_from_ymd (2024, 2, 29), !=, CC_DAY_NONE);
}

static void
test_completed_years (void)
{
  CcDay birth = cc_day_from_ymd (2008, 2, 29);

  g_assert_cmpint (cc_day_completed_years (birth, cc_day_from_ymd (2026, 2, 28)), ==, 17);
  g_assert_cmpint (cc_day_completed_years (birth, cc_day_from_ymd (2026, 3, 1)), ==, 18);
  g_assert_cmpint (cc_day_completed_years (birth, cc_day_from_ymd (2008, 2, 28)), ==, -1);
  g_assert_cmpint (cc_day_add_years (birth, 1), ==, cc_day_from_ymd (2009, 2, 28));
}

static void
test_intervals_keep_their_precision (void)
{
  const struct
  {
    const char *text;
    const char *first;
    const char *last;
    const char *back;
  } cases[] = {
    { "2024", "2024-01-01", "2024-12-31", "2024" },
    { "2024-02", "2024-02-01", "2024-02-29", "2024-02" },
    { "2024-03-17", "2024-03-17", "2024-03-17", "2024-03-17" },
    { "2024-Q4", "2024-10-01", "2024-12-31", "2024-10-01..2024-12-31" },
    { "2023-S1", "2023-01-01", "2023-06-30", "2023-01-01..2023-06-30" },
    { "2020..2024", "2020-01-01", "2024-12-31", "2020-01-01..2024-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CcInterval       interval;
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      g_autofree char *back = NULL;

      g_assert_true (cc_interval_from_iso (cases[i].text, &interval));
      first = cc_day_to_iso (interval.first);
      last = cc_day_to_iso (interval.last);
      back = cc_interval_to_iso (interval);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (last, ==, cases[i].last);
      g_assert_cmpstr (back, ==, cases[i].back);
    }
}

static void
test_texts_that_are_no_dates (void)
{
  const char *const texts[] = { "",        "24",       "2024-13",     "2024-02-30", "2024-Q5",
                                "2024-S3", "2024-1-1", "2024-01-01x", "2024..2020", "..2024" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CcInterval interval = cc_interval_day (0);

      g_assert_false (cc_interval_from_iso (texts[i], &interval));
      g_assert_false (cc_interval_is_known (interval));
    }
}

static void
test_relation_to_a_period (void)
{
  CcInterval year = cc_interval_year (2024);

  g_assert_cmpint (cc_interval_relation (cc_interval_month (2024, 5), year), ==,
                   CC_RELATION_INSIDE);
  g_assert_cmpint (cc_interval_relation (cc_interval_year (2023), year), ==, CC_RELATION_OUTSIDE);
  g_assert_cmpint (cc_interval_relation ((CcInterval){ cc_day_from_ymd (2023, 12, 1),
                                                       cc_day_from_ymd (2024, 1, 5) },
                                         year),
                   ==, CC_RELATION_OVERLAPS);
  g_assert_cmpint (cc_interval_relation (CC_INTERVAL_UNKNOWN, year), ==, CC_RELATION_UNKNOWN);
  g_assert_false (cc_interval_is_known (cc_interval_intersect (year, cc_interval_year (2023))));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day/every-day-round-trips", test_every_day_round_trips);
  g_test_add_func ("/base/day/impossible-dates", test_impossible_dates);
  g_test_add_func ("/base/day/completed-years", test_completed_years);
  g_test_add_func ("/base/interval/keeps-precision", test_intervals_keep_their_precision);
  g_test_add_func ("/base/interval/no-dates", test_texts_that_are_no_dates);
  g_test_add_func ("/base/interval/relation", test_relation_to_a_period);
  return g_test_run ();
}
