/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

/* Dates that are no plain day of our calendar: none is stored as one in silence. */

static CcMap *
load_map (const char *text)
{
  g_autoptr (GError) error = NULL;
  CcMap *map = cc_map_load_text ("map", text, &error);

  g_assert_no_error (error);
  return map;
}

static void
set_period (CcImportOptions *options, int year)
{
  options->period = cc_interval_year (year);
}

static void
assert_date (Fixture *fixture, guint position, const char *expected)
{
  g_autoptr (CcRecord) victim = read_record (fixture, "VI", position);
  g_autofree char *date = date_of (victim, "VI19");

  g_assert_cmpstr (date, ==, expected);
}

/* Years of 2015 in a list of 2023 are Ethiopian until somebody says that they are not. */
static void
test_ethiopian (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "eth.csv",
                                     "Victim ID,Sex,Age,Date rescued\n"
                                     "V1,F,15,13/08/2015\nV2,F,16,14/09/2015\n"
                                     "V3,F,17,15/04/2015\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcMap) map = load_map ("[dates]\nDate rescued=DMY ethiopian\n");
  g_autoptr (CcImportResult) asked = NULL;
  g_autoptr (CcImportResult) said = NULL;

  set_period (&options, 2023);
  asked = import (fixture, path, &options);
  assert_counts (asked->fresh, "");
  assert_counts (asked->parked, "date-calendar=3");
  options.map = map;
  said = import (fixture, path, &options);
  assert_counts (said->fresh, "victim=3");
  /* said once, not for each row */
  assert_counts (said->findings, "date-converted=1 date-outside-period=1");
  assert_date (fixture, 0, "2023-04-21");
}

static void
test_gregorian (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "old.csv",
                                     "Victim ID,Sex,Age,Date rescued\n"
                                     "V1,F,15,13/08/2015\nV2,F,16,14/09/2015\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcMap) map = load_map ("[dates]\nDate rescued=DMY gregorian\n");
  g_autoptr (CcImportResult) said = NULL;

  set_period (&options, 2023);
  options.map = map;
  said = import (fixture, path, &options);
  assert_counts (said->fresh, "victim=2");
  assert_counts (said->findings, "date-outside-period=2");
}

static void
test_hijri (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "hijri.csv",
                                     "Victim ID,Sex,Age,Date rescued\n"
                                     "V1,F,15,13/08/1444\nV2,F,16,15 Ramadan 1444\n"
                                     "V3,F,17,2023-05-13\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcMap) map = load_map ("[dates]\nDate rescued=DMY hijri\n");
  g_autoptr (CcImportResult) asked = NULL;
  g_autoptr (CcImportResult) said = NULL;

  set_period (&options, 2023);
  asked = import (fixture, path, &options);
  assert_counts (asked->fresh, "victim=1");
  assert_counts (asked->parked, "date-calendar=2");
  options.map = map;
  said = import (fixture, path, &options);
  assert_counts (said->fresh, "victim=2");
  assert_counts (said->unchanged, "victim=1");
  assert_counts (said->findings, "date-converted=1");
}

/* "No date is stated" is not said where one stands. */
static void
test_unread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "unread.csv",
                                     "Victim ID,Sex,Age,Date rescued\n"
                                     "V1,F,15,dans la nuit\nV2,F,16,\n"
                                     "V3,F,17,vers mai 2023\nV4,F,17,unknown\n"
                                     "V5,F,17,du 15 au 20 mai 2023\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;

  set_period (&options, 2023);
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=5");
  assert_counts (result->findings,
                 "date-approximate=1 date-from-period=2 date-unread-from-period=1 "
                 "date-unreadable=1");
  assert_date (fixture, 4, "2023-05-15..2023-05-20");
}

/* Day, month and year in columns of their own. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "parts.csv",
                 "N° PV,Sexe,Age,Jour,Mois,Année,Nationalité\n"
                 "C1,F,15,3,5,2023,Togo\nC2,M,16,14,novembre,2022,Ghana\n"
                 "C3,F,17,,6,2023,Togo\nC4,F,17,31,6,2023,Togo\nC5,F,17,x,6,2023,Togo\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) again = NULL;

  set_period (&options, 2023);
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=5");
  assert_counts (result->findings, "date-no-day=1 date-outside-period=1 date-unread-from-period=2 "
                                   "date-unreadable=1");
  assert_date (fixture, 0, "2023-05-03");
  assert_date (fixture, 1, "2022-11-14");
  assert_date (fixture, 2, "2023-06");
  again = import (fixture, path, &options);
  g_assert_true (again->same_file);
}

/* A row of another year is no row of the period. */
static void
test_year (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "year.csv",
                                     "Case no,Sex,Age,Year,Nationality\n"
                                     "C1,F,15,2022,Togo\nC2,M,16,2023,Ghana\nC3,M,16,,Ghana\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;

  set_period (&options, 2023);
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=3");
  assert_counts (result->findings, "date-from-period=1 date-outside-period=1");
  assert_date (fixture, 0, "2022");
  assert_date (fixture, 1, "2023");
}

static void
test_birth_parts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "birth.csv",
                                     "Case no,Sex,Birth day,Birth month,Birth year,Date rescued\n"
                                     "C1,F,3,5,2003,2023-01-15\nC2,M,14,11,2003,2023-01-15\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) victim = read_record (fixture, "VI", 0);
  g_autofree char *birth = date_of (victim, "VI05");

  assert_counts (result->fresh, "victim=2");
  g_assert_cmpstr (birth, ==, "2003-05-03");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "dates/ethiopian", test_ethiopian },
    { "dates/gregorian", test_gregorian },
    { "dates/hijri", test_hijri },
    { "dates/unread", test_unread },
    { "dates/parts", test_parts },
    { "dates/year", test_year },
    { "dates/birth-parts", test_birth_parts },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
