/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

/* Numbers, ages and counts inside a label: none becomes a figure in silence. */

static gint64
count_cells (Fixture *fixture, const char *categories)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (sum (count), -1) FROM aggregate_cell WHERE categories = '%s'", categories);

  return query (fixture, sql);
}

/* A row that counts is no row of one person, whatever its number turns out to be. */
static void
test_unclear (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "unclear.csv",
                                     "Victim ID,Sex,Number of victims,Date rescued\n"
                                     "V1,F,<5,2023-04-05\nV2,F,5 à 10,2023-04-05\n"
                                     "V3,F,1.200,2023-04-05\nV4,F,1 200,2023-04-05\n"
                                     "V5,F,1,2023-04-05\nV6,F,unknown,2023-04-05\n"
                                     "V7,F,5/10,2023-04-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  assert_counts (result->fresh, "victim=2");
  assert_counts (result->parked, "persons=1 persons-unclear=4");
  assert_counts (result->findings, "number-bound=2 number-mark=1 number-unreadable=1");
  g_assert_cmpuint (result->unmapped_values->len, ==, 3);
  g_assert_cmpint (query (fixture, "SELECT sum (count) FROM aggregate_cell"), ==, 1200);
}

/* What the texts mean is said once, and kept with the profile. */
static void
test_decided (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "Case No,Number of victims,Date opened\n"
                            "A/1,<5,2023-04-05\nA/2,1.200,2023-04-05\n"
                            "A/3,-,2023-04-05\nA/4,env. 10,2023-04-05\n";
  g_autofree char  *path = write_csv (fixture, "cases.csv", csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map =
      cc_map_load_text ("map", "[numbers]\n<5=_X\n-=0\npoint=thousands\n", &error);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) again = NULL;
  g_autofree char *later = NULL;

  g_assert_no_error (error);
  options.map = map;
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "event=4");
  assert_counts (result->findings, "number-approximate=1");
  options.map = NULL;
  later = write_csv (fixture, "later.csv",
                     "Case No,Number of victims,Date opened\n"
                     "B/1,<5,2023-07-05\nB/2,2.300,2023-07-05\n");
  again = import (fixture, later, &options);
  assert_counts (again->fresh, "event=2");
  assert_counts (again->findings, "");
}

/* "3 nigériens et 1 tunisien" are four persons of two countries. */
static void
test_labels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "labels.csv",
                                     "Case No,Sex,Nationality,Date rescued\n"
                                     "A/1,F,3 nigériens et 1 tunisien,2023-04-05\n"
                                     "A/2,F,2 maliens,2023-04-05\n"
                                     "A/3,F,1 tunisien,2023-04-05\n"
                                     "A/4,F,2 NIG et 1 tunisien,2023-04-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  assert_counts (result->fresh, "victim=1");
  assert_counts (result->parked, "persons=3");
  g_assert_cmpint (count_cells (fixture, "citizenship=NER"), ==, 3);
  g_assert_cmpint (count_cells (fixture, "citizenship=TUN"), ==, 1);
  g_assert_cmpint (count_cells (fixture, "citizenship=MLI"), ==, 2);
  /* nobody knows yet which country NIG is */
  g_assert_cmpint (count_cells (fixture, ""), ==, 3);
}

static CcValue *
age_of (CcRecord *record)
{
  CcValue *age = cc_record_find (record, "VI06");

  g_assert_nonnull (age);
  return age;
}

/* An estimate is stored as one: its text stays with it, and comes back the same. */
static void
test_ages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "ages.csv",
                                     "Victim ID,Sex,Age,Date rescued\n"
                                     "V1,F,env. 20,2023-04-05\nV2,F,20 ans,2023-04-05\n"
                                     "V3,F,99,2023-04-05\nV4,F,-99,2023-04-05\n"
                                     "V5,F,15 ans et 6 mois,2023-04-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) about = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) plain = read_record (fixture, "VI", 1);
  g_autoptr (CcRecord) code = read_record (fixture, "VI", 2);
  g_autoptr (CcRecord) unknown = read_record (fixture, "VI", 3);
  g_autoptr (CcRecord) months = read_record (fixture, "VI", 4);
  g_autoptr (CcImportResult) again = NULL;
  g_autofree char *copy = NULL;

  assert_counts (result->fresh, "victim=5");
  assert_counts (result->findings, "age-approximate=1 age-code=1");
  g_assert_cmpint (age_of (about)->age_min, ==, 20);
  g_assert_cmpstr (age_of (about)->text, ==, "env. 20");
  g_assert_cmpint (age_of (plain)->age_min, ==, 20);
  g_assert_null (age_of (plain)->text);
  g_assert_cmpint (age_of (code)->no_value, ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (age_of (code)->text, ==, "99");
  g_assert_cmpint (age_of (unknown)->no_value, ==, CC_NO_VALUE_UNKNOWN);
  g_assert_cmpint (age_of (months)->age_min, ==, 15);
  copy = write_csv (fixture, "copy.csv",
                    "Victim ID,Sex,Age,Date rescued\n"
                    "V1,F,env. 20,2023-04-05\nV2,F,20,2023-04-05\nV3,F,99,2023-04-05\n");
  again = import (fixture, copy, &options);
  assert_counts (again->unchanged, "victim=3");
}

/* H and M are asked once, and M is then what somebody said. */
static void
test_h_and_m (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "Victim ID,Sexe,Age,Date rescued\n"
                            "V1,H,20,2023-04-05\nV2,M,20,2023-04-05\n";
  g_autofree char  *path = write_csv (fixture, "hm.csv", csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("map", "[values sex]\nM=F\n", &error);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) asked = import (fixture, path, &options);
  g_autoptr (CcRecord) first = read_record (fixture, "VI", 0);
  g_autoptr (CcImportResult) said = NULL;
  g_autoptr (CcImportResult) later = NULL;
  g_autoptr (CcRecord) second = NULL;
  g_autofree char *next = NULL;

  assert_counts (asked->findings, "value-ask=1");
  g_assert_cmpstr (code_of (first, "VI03"), ==, "M");
  options.map = map;
  next = write_csv (fixture, "next.csv",
                    "Victim ID,Sexe,Age,Date rescued\nV3,M,20,2023-04-05\nV4,H,20,2023-04-05\n");
  said = import (fixture, next, &options);
  assert_counts (said->findings, "");
  second = read_record (fixture, "VI", 2);
  g_assert_cmpstr (code_of (second, "VI03"), ==, "F");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "numbers/unclear", test_unclear }, { "numbers/decided", test_decided },
    { "numbers/labels", test_labels },   { "numbers/ages", test_ages },
    { "numbers/h-and-m", test_h_and_m },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
