/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

/* What becomes of values that say nothing, or nothing we know: the kind of no value, the text as it
 * was given, and a finding. */

static const char *
text_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  g_assert_nonnull (value);
  return value->text;
}

static CcNoValue
kind_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  g_assert_nonnull (value);
  return value->no_value;
}

/* A status, a service and a country of transit that nobody knows have no record but for their
 * text. */
static void
test_children (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "children.csv",
                 "Victim ID,Sex,Age,Nationality,Date rescued,Status,Recruitment "
                 "country\nV1,F,15,Togo,2023-04-05,Zorbed,Zorbistan\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) decision = read_record (fixture, "VS", 0);
  g_autoptr (CcRecord) place = read_record (fixture, "PL", 0);

  assert_counts (result->fresh, "victim=1");
  assert_counts (result->findings, "value-unmapped=2");
  g_assert_cmpint (kind_of (decision, "VS01"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (decision, "VS01"), ==, "Zorbed");
  g_assert_cmpstr (text_of (place, "X_PL_COUNTRY"), ==, "Zorbistan");
}

/* The text is the whole cell, and a list with an unknown part is not the whole list. */
static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "lists.csv",
                 "Victim ID,Sex,Age,Nationality,Date rescued,Type of exploitation\n"
                 "V1,F,15,Togo,2023-04-05,Zorbing; Blipping\n"
                 "V2,F,15,Togo,2023-04-05,Zorbing; Forced labour\n"
                 "V3,F,15,Togo,2023-04-05,Forced labour; Zorbing\n"
                 "V4,F,15,Togo,2023-04-05,Forced labour\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) unknown = read_record (fixture, "VE", 0);

  assert_counts (result->findings, "value-unmapped=3");
  g_assert_cmpint (kind_of (unknown, "VE03"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (unknown, "VE03"), ==, "Zorbing; Blipping");
  for (guint i = 1; i < 4; i++)
    {
      g_autoptr (CcRecord) record = read_record (fixture, "VE", i);
      g_autofree char *codes = codes_of (record, "VE03");

      g_assert_cmpstr (codes, ==, "LAB");
      g_assert_cmpint (cc_record_find (record, "VE03")->complete, ==, i == 3 ? -1 : 0);
    }
}

static void
test_ticks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "ticks.csv",
                 "Victim ID,Sex,Age,Nationality,Date rescued,Sexual exploitation,Forced labour\n"
                 "V1,F,15,Togo,2023-04-05,zorbed,\nV2,F,16,Togo,2023-04-06,x,zorbed\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) first = read_record (fixture, "VE", 0);
  g_autoptr (CcRecord) second = read_record (fixture, "VE", 1);
  g_autofree char *codes = codes_of (second, "VE03");

  assert_counts (result->findings, "tick-unreadable=2");
  g_assert_cmpint (kind_of (first, "VE03"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (first, "VE03"), ==, "zorbed");
  g_assert_cmpstr (codes, ==, "SEX");
}

/* Who refuses to say is not somebody of whom nothing is known. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "refused.csv",
                                     "Victim ID,Sex,Age,Date of birth,Nationality,Date rescued\n"
                                     "V1,refused,refused,refused,refused,2023-04-05\n"
                                     "V2,unknown,unknown,unknown,unknown,2023-04-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) refused = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) unknown = read_record (fixture, "VI", 1);
  static const char *const ids[] = { "VI03", "VI05", "VI06" };

  assert_counts (result->fresh, "victim=2");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpint (kind_of (refused, ids[i]), ==, CC_NO_VALUE_REFUSED);
      g_assert_cmpint (kind_of (unknown, ids[i]), ==, CC_NO_VALUE_UNKNOWN);
    }
}

/* A region of a list that has no codes yet, and an agency that nobody has entered: nothing to ask,
 * and said all the same. */
static void
test_no_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "regions.csv",
                                     "Victim ID,Sex,Age,Nationality,Date rescued,Region of "
                                     "origin,Referred from\n"
                                     "V1,F,15,Togo,2023-04-05,Zorbia,Zorb police\n"
                                     "V2,F,15,Togo,2023-04-05,,Tribunal\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) victim = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) referral = read_record (fixture, "RF", 0);

  assert_counts (result->findings, "value-unmapped=2");
  g_assert_cmpint (result->n_notes, ==, 2);
  g_assert_cmpuint (result->unmapped_values->len, ==, 0);
  g_assert_cmpint (kind_of (victim, "X_VI_ORIGADM"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (victim, "X_VI_ORIGADM"), ==, "Zorbia");
  g_assert_cmpint (kind_of (referral, "RF01"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (referral, "RF01"), ==, "Zorb police");
}

/* The second row of a case may be the one that says something unreadable of it. */
static void
test_event (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "second.csv",
                 "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Means,Date recorded\n"
                 "V1,A/1,F,15,Togo,2023-04-05,identified,,\nV2,A/"
                 "1,M,19,Togo,2023-04-05,identified,Threat,zorbday\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcImportResult) again = NULL;
  g_autoptr (CcRecord) event = read_record (fixture, "EV", 0);

  assert_counts (result->findings, "date-unreadable=1");
  g_assert_cmpint (kind_of (event, "EV06"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (event, "EV06"), ==, "zorbday");
  again = import (fixture, path, &options);
  g_assert_true (again->same_file);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "values/children", test_children }, { "values/lists", test_lists },
    { "values/ticks", test_ticks },       { "values/refused", test_refused },
    { "values/no-list", test_no_list },   { "values/event", test_event },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
