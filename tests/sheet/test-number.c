/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-number-private.h"

#include <math.h>
#include <string.h>

static void
test_numbers (void)
{
  static const struct
  {
    const char *source;
    double      value;
    const char *text;
  } cases[] = {
    { "0", 0, "0" },
    { "-0", 0, "0" },
    { "0.0", 0, "0" },
    { "15", 15, "15" },
    { "-15", -15, "-15" },
    { "+15", 15, "15" },
    { "007", 7, "7" },
    { "1.50", 1.5, "1.5" },
    { "1.", 1, "1" },
    { ".5", 0.5, "0.5" },
    { "-0.25", -0.25, "-0.25" },
    { " 3 ", 3, "3" },
    { "0.1", 0.1, "0.1" },
    { "0.10000000000000001", 0.1, "0.1" },
    { "0.30000000000000004", 0.3, "0.3" },
    { "123456789012345", 123456789012345, "123456789012345" },
    { "12345678901234567", 12345678901234600, "12345678901234600" },
    { "999999999999999.9", 1e15, "1000000000000000" },
    { "1E3", 1000, "1000" },
    { "1.5E-3", 0.0015, "0.0015" },
    { "0.00001", 0.00001, "0.00001" },
    { "1e-8", 1e-8, "1e-8" },
    { "0.00000001", 1e-8, "1e-8" },
    { "1.25e21", 1.25e21, "1.25e21" },
    { "1e20", 1e20, "100000000000000000000" },
    { "1e-400", 0, "0" },
  };
  static const char *const bad[] = { "",    " ",    "-",   ".",   "e5",  "1e",    "1e+",
                                     "1,5", "0x10", "1 2", "NaN", "INF", "1e400", "1..2" };
  char                     text[CC_NUMBER_TEXT_SIZE];
  double                   value;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (cc_number_read (cases[i].source, strlen (cases[i].source), &value, text));
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (value == cases[i].value);
      g_assert_false (signbit (value) && value == 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (cc_number_read (bad[i], strlen (bad[i]), &value, text));
}

/* The text read again is the same number; printf's %.15g agrees, but for ties of the 17 digits. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  char   source[64], text[CC_NUMBER_TEXT_SIZE], again_text[CC_NUMBER_TEXT_SIZE];
  char   rounded[64];
  double value, again;

  for (guint i = 0; i < 200000; i++)
    {
      double number =
          g_rand_double_range (random, -1, 1) * pow (10, g_rand_int_range (random, -12, 20));

      g_ascii_formatd (source, sizeof source, i % 2 ? "%.17g" : "%.12g", number);
      g_ascii_formatd (rounded, sizeof rounded, "%.15g", number);
      g_assert_true (cc_number_read (source, strlen (source), &value, text));
      g_assert_true (cc_number_read (text, strlen (text), &again, again_text));
      g_assert_cmpstr (text, ==, again_text);
      g_assert_true (value == again);
      g_assert_true (value == g_ascii_strtod (text, NULL));
      if (i % 2)
        g_assert_cmpfloat (fabs (value - g_ascii_strtod (rounded, NULL)), <=,
                           fabs (value) * 1.1e-14);
    }
}

static void
test_formats (void)
{
  static const struct
  {
    const char *code;
    CcShows     shows;
  } cases[] = {
    { "General", CC_SHOWS_NUMBER },
    { "0.00", CC_SHOWS_NUMBER },
    { "#,##0.00 [$€-407]", CC_SHOWS_NUMBER },
    { "0.00E+00", CC_SHOWS_NUMBER },
    { "0\" days\"", CC_SHOWS_NUMBER },
    { "[Red]0;[Black]-0", CC_SHOWS_NUMBER },
    { "0\\d", CC_SHOWS_NUMBER },
    { "_-* #,##0_-;_-@_-", CC_SHOWS_NUMBER },
    { "yyyy-mm-dd", CC_SHOWS_DATE },
    { "DD/MM/YY", CC_SHOWS_DATE },
    { "mmm", CC_SHOWS_DATE },
    { "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", CC_SHOWS_DATE },
    { "[$-2010401]d/mm/yyyy;@", CC_SHOWS_DATE },
    { "yyyy\"年\"m\"月\"d\"日\"", CC_SHOWS_DATE },
    { "dd.mm.yyyy hh:mm", CC_SHOWS_DATE_TIME },
    { "m/d/yy h:mm AM/PM", CC_SHOWS_DATE_TIME },
    { "h:mm", CC_SHOWS_TIME },
    { "mm:ss.0", CC_SHOWS_TIME },
    { "[h]:mm:ss", CC_SHOWS_TIME },
    { "[mm]", CC_SHOWS_TIME },
    { "h AM/PM", CC_SHOWS_TIME },
    { "0;yyyy", CC_SHOWS_NUMBER },
    { "\\", CC_SHOWS_NUMBER },
    { "\"yyyy", CC_SHOWS_NUMBER },
    { "[yyyy", CC_SHOWS_NUMBER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].code);
      g_assert_cmpint (cc_shows_of_code (cases[i].code), ==, cases[i].shows);
    }
  g_assert_cmpint (cc_shows_of_builtin (0), ==, CC_SHOWS_NUMBER);
  g_assert_cmpint (cc_shows_of_builtin (14), ==, CC_SHOWS_DATE);
  g_assert_cmpint (cc_shows_of_builtin (22), ==, CC_SHOWS_DATE_TIME);
  g_assert_cmpint (cc_shows_of_builtin (47), ==, CC_SHOWS_TIME);
  g_assert_cmpint (cc_shows_of_builtin (57), ==, CC_SHOWS_DATE);
  g_assert_cmpint (cc_shows_of_builtin (49), ==, CC_SHOWS_NUMBER);
}

static void
test_dates (void)
{
  char     text[CC_NUMBER_TEXT_SIZE];
  double   days;
  gboolean has_time;

  /* The last half second of a day is the next day's, and never 24:00:00. */
  cc_days_to_text (19784.999999, CC_SHOWS_DATE_TIME, text);
  g_assert_cmpstr (text, ==, "2024-03-03");
  cc_days_to_text (19784.999999, CC_SHOWS_DATE, text);
  g_assert_cmpstr (text, ==, "2024-03-02");
  cc_time_to_text (-0.5, text);
  g_assert_cmpstr (text, ==, "-12:00:00");
  g_assert_true (cc_days_from_iso ("2024-03-02T12:00:00.000Z", &days, &has_time));
  g_assert_true (has_time && days == 19784.5);
  g_assert_true (cc_days_from_iso ("2024-02-29", &days, &has_time));
  g_assert_false (cc_days_from_iso ("2023-02-29", &days, &has_time));
  g_assert_false (cc_days_from_iso ("12:00", &days, &has_time));
  g_assert_false (cc_days_from_iso ("2024-03-02T25:00", &days, &has_time));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/number/numbers", test_numbers);
  g_test_add_func ("/sheet/number/round-trip", test_round_trip);
  g_test_add_func ("/sheet/number/formats", test_formats);
  g_test_add_func ("/sheet/number/dates", test_dates);
  return g_test_run ();
}
