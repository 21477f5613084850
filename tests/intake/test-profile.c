/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/intake/cc-profile.h>

/* What a profile remembers from one delivery to the next. */

#define FULL "Case no,Victim code,Sex,Age,Nationality,Date of detection,Type of exploitation\n"

static const char *const full_csv =
    FULL "C-1,V1,F,17,Togo,2023-05-13,Forced labour\nC-2,V2,M,20,Mali,2023-05-14,Forced labour\n";

static gint64
count_victims (Fixture *fixture)
{
  return query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0");
}

static CcImportResult *
bring (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = write_csv (fixture, name, text);
  CcImportOptions  options = options_for ("police");

  return import (fixture, path, &options);
}

static void
assert_texts (char **texts, const char *expected)
{
  g_autofree char *joined = g_strjoinv ("; ", texts);

  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_reading (const CcImportResult *result,
                CcReadingHow          how,
                const char           *profile,
                guint                 n_common,
                guint                 n_columns)
{
  g_assert_cmpint (result->reading->how, ==, how);
  g_assert_cmpstr (result->reading->profile, ==, profile);
  g_assert_cmpuint (result->reading->n_common, ==, n_common);
  g_assert_cmpuint (result->reading->n_columns, ==, n_columns);
}

/* A column that one file lacks is known when it is there again. */
static void
test_poorer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", full_csv);
  g_autoptr (CcImportResult) poorer =
      bring (fixture, "2.csv",
             "Case no,Sex,Age,Nationality,Date of detection,Type of exploitation\n"
             "C-3,F,16,Togo,2023-06-13,Forced labour\n");
  g_autoptr (CcImportResult) again = bring (fixture, "3.csv",
                                            FULL "C-1,V1,F,18,Togo,2023-05-13,Forced labour\n"
                                                 "C-2,V2,M,20,Mali,2023-05-14,Forced labour\n");

  assert_counts (first->fresh, "victim=2");
  assert_texts (poorer->drift->missing, "Victim code");
  assert_counts (again->fresh, "");
  assert_counts (again->updated, "victim=1");
  assert_counts (again->unchanged, "victim=1");
  assert_texts (again->drift->missing, "");
  assert_texts (again->drift->added, "");
  g_assert_cmpuint (g_strv_length (again->unmapped_columns), ==, 0);
  g_assert_cmpint (count_victims (fixture), ==, 3);
  g_assert_cmpstr (again->profile, ==, "police");
}

/* A column under another name that is known is read as before, and said. */
static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  static const char *const renamed =
      "Case no,Victim code,Sex,Age,Citizenship,Date of detection,Type of exploitation,Zone\n"
      "C-5,V5,F,17,Ghana,2023-05-13,Forced labour,North\n";
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", full_csv);
  g_autoptr (CcImportResult) second = bring (fixture, "2.csv", renamed);
  g_autoptr (CcImportResult) third = NULL;
  g_autoptr (CcImportResult) fourth = NULL;
  g_autoptr (CcRecord) victim = read_record (fixture, "VI", 2);
  g_autofree char *citizenship = codes_of (victim, "VI08");

  g_assert_cmpstr (citizenship, ==, "GHA");
  assert_texts (second->drift->renamed, "Nationality → Citizenship");
  assert_texts (second->drift->missing, "");
  assert_texts (second->drift->added, "Zone");
  assert_texts (second->unmapped_columns, "Zone");
  /* The new name is known from now on and the old one still; what nobody decided is new again. */
  third = bring (fixture, "3.csv",
                 "Case no,Victim code,Sex,Age,Citizenship,Date of detection,Type of "
                 "exploitation,Zone\nC-6,V6,F,17,Ghana,2023-05-13,Forced labour,North\n");
  assert_texts (third->drift->renamed, "");
  assert_texts (third->drift->missing, "");
  assert_texts (third->drift->added, "Zone");
  fourth = bring (fixture, "4.csv", FULL "C-7,V7,M,20,Mali,2023-05-14,Forced labour\n");
  assert_texts (fourth->drift->renamed, "");
  assert_texts (fourth->drift->missing, "");
  g_assert_cmpuint (g_strv_length (fourth->unmapped_columns), ==, 0);
}

/* Another layout of the same sender takes what is of use and leaves the profile as it was. */
static void
test_layout (Fixture *fixture, gconstpointer data)
{
  static const char *const other =
      "Victim code,Sex,Age,Nationality,Date of detection,Marital status,Level of education,"
      "Occupation\nV8,F,17,Ghana,2023-05-13,single,primary,farmer\n";
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", full_csv);
  g_autoptr (CcProfile) before = cc_profile_find (fixture->file, "police", NULL);
  g_autoptr (CcImportResult) second = bring (fixture, "2.csv", other);
  g_autoptr (CcProfile) after = cc_profile_find (fixture->file, "police", NULL);
  g_autoptr (CcImportResult) third = NULL;
  g_autoptr (CcImportResult) fourth = NULL;

  g_assert_cmpstr (second->profile, !=, "police");
  g_assert_cmpint (first->reading->how, ==, CC_READING_FIRST);
  assert_reading (second, CC_READING_PARTLY, "police", 5, 8);
  g_assert_cmpstr (before->body, ==, after->body);
  third = bring (fixture, "3.csv", FULL "C-9,V9,F,17,Togo,2023-05-13,Forced labour\n");
  g_assert_cmpstr (third->profile, ==, "police");
  g_assert_true (cc_drift_is_empty (third->drift));
  assert_reading (third, CC_READING_KNOWN, "police", 7, 7);
  /* Too little in common: nothing that was decided is used, and nothing is covered. */
  fourth = bring (fixture, "4.csv",
                  "Victim code,Sex,Age,Occupation,Height,Eyes,Weight\nV10,F,17,x,1.60,brown,60\n");
  assert_reading (fourth, CC_READING_ANEW, second->profile, 4, 7);
  g_assert_cmpstr (fourth->profile, !=, second->profile);
  g_assert_cmpstr (fourth->profile, !=, "police");
}

/* Columns are found wherever they stand; one that was missing in between has not moved. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  static const char *const moved =
      "Case no,Sex,Age,Nationality,Victim code,Date of detection,Type of exploitation\n"
      "C-1,F,17,Togo,V1,2023-05-13,Forced labour\n";
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", full_csv);
  g_autoptr (CcImportResult) second = bring (fixture, "2.csv", moved);
  g_autoptr (CcImportResult) third = NULL;
  g_autoptr (CcImportResult) fourth = NULL;

  assert_texts (second->drift->moved, "Victim code");
  g_assert_true (cc_drift_is_empty (second->drift));
  assert_counts (second->unchanged, "victim=1");
  third = bring (fixture, "3.csv",
                 "Case no,Sex,Age,Nationality,Date of detection,Type of exploitation\n"
                 "C-3,F,16,Togo,2023-06-13,Forced labour\n");
  assert_texts (third->drift->moved, "");
  fourth = bring (fixture, "4.csv",
                  "Case no,Sex,Age,Nationality,Victim code,Date of detection,Type of exploitation\n"
                  "C-1,F,18,Togo,V1,2023-05-13,Forced labour\n");
  assert_texts (fourth->drift->moved, "");
  assert_counts (fourth->updated, "victim=1");
}

/* A map file decides what it names; what was decided about other values stays. */
static void
test_map (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_csv (fixture, "1.csv", FULL "C-1,V1,F,17,NIG,2023-05-13,abc\n");
  g_autofree char *next = write_csv (fixture, "2.csv", FULL "C-2,V2,F,17,NIG,2023-05-13,def\n");
  g_autoptr (CcMap) one = cc_map_load_text ("1.map", "[values citizenship]\nNIG=NER\n", &error);
  g_autoptr (CcMap) two = cc_map_load_text ("2.map", "[values form]\ndef=LAB\n", &error);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) first = NULL;
  g_autoptr (CcImportResult) second = NULL;

  options.map = one;
  first = import (fixture, path, &options);
  options.map = two;
  second = import (fixture, next, &options);
  g_assert_cmpuint (second->unmapped_values->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "profile/poorer", test_poorer }, { "profile/renamed", test_renamed },
    { "profile/layout", test_layout }, { "profile/moved", test_moved },
    { "profile/map", test_map },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
