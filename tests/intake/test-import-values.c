/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/base/cc-error.h>

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

/* A day that its month does not have is told from what is no date at all. */
static void
test_no_day (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "short.csv",
                 "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Means,Date recorded\n"
                 "V1,A/1,F,15,Togo,2023-04-05,identified,,29/02/2023\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) event = read_record (fixture, "EV", 0);

  assert_counts (result->findings, "date-no-day=1");
  g_assert_cmpint (kind_of (event, "EV06"), ==, CC_NO_VALUE_NOT_COLLECTED);
  g_assert_cmpstr (text_of (event, "EV06"), ==, "29/02/2023");
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

/* What no column says and holds for all rows is said once, and again by the profile; what a column
 * says is left to it. */
static void
test_constants (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "Victim ID,Sex,Age,Date rescued\nV1,F,15,2023-04-05\n"
                            "V2,,19,2023-04-06\n";
  g_autofree char  *path = write_csv (fixture, "constants.csv", csv);
  g_autofree char  *later =
      write_csv (fixture, "later.csv", "Victim ID,Sex,Age,Date rescued\nV3,M,16,2023-07-05\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map =
      cc_map_load_text ("map", "[constants]\ncitizenship=BEN\nform=SEX; BEG\nsex=F\n", &error);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) again = NULL;
  g_autoptr (CcRecord) second = NULL;
  g_autoptr (CcRecord) third = NULL;
  g_autoptr (CcRecord) link = NULL;
  g_autofree char *citizenship = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *forms = NULL;

  g_assert_no_error (error);
  options.map = map;
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=2");
  second = read_record (fixture, "VI", 1);
  citizenship = codes_of (second, "VI08");
  g_assert_cmpstr (citizenship, ==, "BEN");
  g_assert_cmpstr (code_of (second, "VI03"), !=, "F");
  link = read_record (fixture, "VE", 0);
  forms = codes_of (link, "VE03");
  g_assert_cmpstr (forms, ==, "SEX BEG");
  options.map = NULL;
  again = import (fixture, later, &options);
  assert_counts (again->fresh, "victim=1");
  third = read_record (fixture, "VI", 2);
  kept = codes_of (third, "VI08");
  g_assert_cmpstr (kept, ==, "BEN");
}

static char *
name_codes (const CcValue *value)
{
  g_autoptr (GString) text = g_string_new (value->code ? value->code->code : NULL);

  for (guint i = 0; value->codes && i < value->codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const CcCode *) value->codes->pdata[i])->code);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
list_said (CcMap *map, CcInspection *inspection)
{
  g_autoptr (GPtrArray) constants = cc_map_list_file_constants (map, pack, inspection);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < constants->len; i++)
    {
      const CcConstant *constant = constants->pdata[i];
      g_autofree char  *codes = name_codes (constant->value);

      g_string_append_printf (text, "%s%s=%s%s", i > 0 ? ", " : "", constant->key, codes,
                              constant->stated ? " (column)" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
may_say (CcMap *map, CcInspection *inspection, const char *key)
{
  g_autoptr (GPtrArray) targets = cc_map_list_constant_targets (map, pack, inspection);

  for (guint i = 0; i < targets->len; i++)
    {
      g_autofree char *name = cc_constant_make_key (targets->pdata[i]);

      if (g_str_equal (name, key))
        return TRUE;
    }
  return FALSE;
}

/* What the window shows and offers: what is said, what a column says, what may still be said. */
static void
test_constants_of_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "said.csv", "Victim ID,Sex,Age,Date rescued\nV1,F,15,2023-04-05\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) inspection = cc_inspect (pack, path, cc_day_today (), NULL, &error);
  g_autoptr (CcMap) known =
      cc_map_load_text ("map", "[constants]\ncitizenship=BEN\nsex=F\n", &error);
  g_autoptr (CcMap) map = NULL;
  g_autofree char *said = NULL;
  g_autofree char *changed = NULL;

  g_assert_no_error (error);
  map = cc_map_suggest (inspection, pack, known, &error);
  g_assert_no_error (error);
  said = list_said (map, inspection);
  g_assert_cmpstr (said, ==, "citizenship=BEN, sex=F (column)");
  g_assert_false (may_say (map, inspection, "victim.citizenship"));
  g_assert_false (may_say (map, inspection, "victim.sex"));
  g_assert_false (may_say (map, inspection, "victim.age"));
  g_assert_false (may_say (map, inspection, "place.place_country"));
  g_assert_true (may_say (map, inspection, "victim_event.form"));
  g_assert_true (may_say (map, inspection, "victim_event.exploitation_country"));
  cc_map_set_constant (map, "victim_event.form", "SEX; BEG");
  cc_map_set_constant (map, "citizenship", NULL);
  g_assert_true (cc_map_check (map, pack, &error));
  changed = list_said (map, inspection);
  g_assert_cmpstr (changed, ==, "sex=F (column), victim_event.form=SEX BEG");
  g_assert_true (may_say (map, inspection, "victim.citizenship"));
  g_assert_false (may_say (map, inspection, "victim_event.form"));
}

/* What a person said or took back stays so when the map is made anew from the profile: after
 * another header row or sender. */
static void
test_constants_carried (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "carried.csv", "Victim ID,Age,Date rescued\nV1,15,2023-04-05\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) inspection = cc_inspect (pack, path, cc_day_today (), NULL, &error);
  g_autoptr (CcMap) known =
      cc_map_load_text ("map", "[constants]\ncitizenship=BEN\nsex=F\nmigration_status=_U\n",
                        &error);
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcMap) copy = NULL;
  g_autoptr (CcMap) again = NULL;
  g_autoptr (CcMap) other = NULL;
  g_autofree char *said = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  map = cc_map_suggest (inspection, pack, known, &error);
  g_assert_no_error (error);
  cc_map_set_constant (map, "sex", NULL);
  cc_map_set_constant (map, "citizenship", "TGO");
  cc_map_set_constant (map, "victim_event.form", "LAB");
  copy = cc_map_copy (map);
  again = cc_map_suggest (inspection, pack, known, &error);
  cc_map_carry_over (again, copy);
  said = list_said (again, inspection);
  g_assert_cmpstr (said, ==, "citizenship=TGO, migration_status=, victim_event.form=LAB");
  /* Of another sender's profile nothing comes along. */
  other = cc_map_suggest (inspection, pack, NULL, &error);
  cc_map_carry_over (other, copy);
  elsewhere = list_said (other, inspection);
  g_assert_cmpstr (elsewhere, ==, "citizenship=TGO, victim_event.form=LAB");
  text = cc_map_to_text (other);
  g_assert_null (strstr (text, "sex="));
}

/* What cannot hold for a row is refused before anything is read. */
static void
test_wrong_constants (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "shoe=BEN", "citizenship=Nowhere", "sex=F; M", "age=15",
                                       "form=_U; SEX" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("[constants]\n%s\n", wrong[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (CcMap) map = cc_map_load_text ("map", text, &error);

      g_assert_no_error (error);
      g_assert_false (cc_map_check (map, pack, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "line 2"));
    }
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "constants", test_constants },
    { "wrong-constants", test_wrong_constants },
    { "constants/of-file", test_constants_of_file },
    { "constants/carried", test_constants_carried },
    { "values/children", test_children },
    { "values/lists", test_lists },
    { "values/ticks", test_ticks },
    { "values/refused", test_refused },
    { "values/no-list", test_no_list },
    { "values/event", test_event },
    { "values/no-day", test_no_day },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
