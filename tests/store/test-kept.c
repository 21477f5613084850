/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-finding.h>
#include <cc/store/cc-kept.h>

static void
test_entities (Fixture *fixture, gconstpointer data)
{
  const CcCode *police = cc_pack_find_code (fixture->pack, "RETYPE", "POL");
  GError       *error = NULL;
  g_autoptr (CcEntity) entity = NULL;
  g_autoptr (GPtrArray) entities = NULL;
  g_autoptr (GPtrArray) submissions = NULL;

  g_assert_nonnull (police);
  g_assert_true (cc_entity_add (fixture->file, "shelter", "Maison Espoir", NULL, &error));
  g_assert_true (cc_entity_add (fixture->file, "police", "Police nationale", police, &error));
  g_assert_no_error (error);
  g_assert_false (cc_entity_add (fixture->file, "police", "Other", police, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (cc_entity_add (fixture->file, "a b", "Other", police, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  entity = cc_entity_find (fixture->file, "police", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entity->name, ==, "Police nationale");
  g_assert_true (entity->type == police);
  g_assert_null (cc_entity_find (fixture->file, "nobody", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  entities = cc_entity_list (fixture->file, NULL);
  g_assert_cmpuint (entities->len, ==, 2);
  g_assert_cmpstr (((CcEntity *) g_ptr_array_index (entities, 0))->key, ==, "police");

  g_assert_cmpint (cc_submission_add_nil (fixture->file, entity->id, cc_interval_year (2024),
                                          &error),
                   >, 0);
  submissions = cc_submission_list (fixture->file, NULL);
  g_assert_cmpuint (submissions->len, ==, 1);
  g_assert_true (((CcSubmission *) g_ptr_array_index (submissions, 0))->nil);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE received = 'nil'"
                                           " AND agency = 'police'"),
                   ==, 1);
}

static gboolean
expect (CcAct *act, gpointer data, GError **error)
{
  return cc_act_expect_return (act, *(gint64 *) data, cc_interval_year (2024), error)
         && cc_act_expect_return (act, *(gint64 *) data, cc_interval_year (2023), error);
}

/* What is owed and did not come is a row of its own. */
static void
test_returns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcEntity) entity = NULL;

  g_assert_true (cc_entity_add (fixture->file, "police", "Police", NULL, NULL));
  entity = cc_entity_find (fixture->file, "police", NULL);
  fixture_act (fixture, expect, &entity->id);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE received = 'no'"),
                   ==, 2);
  cc_submission_add_nil (fixture->file, entity->id, cc_interval_year (2024), NULL);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE received = 'no'"),
                   ==, 1);
}

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  CcSubmission submission = { 0 };
  gboolean     ok;

  submission.entity = *(gint64 *) data;
  submission.period = cc_interval_year (2023);
  submission.file_name = (char *) "cases.csv";
  submission.rows = submission.accepted = 3;
  ok = cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  return ok;
}

/* Who has sent cases cannot have had none. */
static void
test_nil_against_cases (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcEntity) police = NULL;
  g_autoptr (CcEntity) shelter = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cc_entity_add (fixture->file, "police", "Police", NULL, NULL));
  g_assert_true (cc_entity_add (fixture->file, "shelter", "Shelter", NULL, NULL));
  police = cc_entity_find (fixture->file, "police", NULL);
  shelter = cc_entity_find (fixture->file, "shelter", NULL);
  fixture_act (fixture, deliver, &police->id);
  g_assert_cmpint (cc_submission_add_nil (fixture->file, police->id, cc_interval_year (2023),
                                          &error),
                   ==, 0);
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "cases.csv"));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM submission"), ==, 1);
  g_assert_cmpint (cc_submission_add_nil (fixture->file, police->id, cc_interval_year (2024), NULL),
                   >, 0);
  g_assert_cmpint (cc_submission_add_nil (fixture->file, shelter->id, cc_interval_year (2023),
                                          NULL),
                   >, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE received = 'nil'"),
                   ==, 2);
  /* Cases that come after all leave one answer, not two. */
  fixture_act (fixture, deliver, &shelter->id);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE agency = 'shelter'"
                                           " AND received = 'yes'"),
                   ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return WHERE agency = 'shelter'"
                                           " AND received = 'nil'"),
                   ==, 0);
}

static gboolean
keep (CcAct *act, gpointer data, GError **error)
{
  CcProfileVersion profile = { 0 };
  CcPopulation     figure = { 2024, (char *) "F", (char *) "child", 1000, (char *) "census" };
  g_autoptr (GPtrArray) figures = g_ptr_array_new ();

  profile.name = (char *) "police-liste";
  profile.body = data;
  g_ptr_array_add (figures, &figure);
  return cc_act_keep_profile (act, &profile, error)
         && cc_act_set_setting (act, "language", data, error)
         && cc_act_set_population (act, figures, error);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcProfileVersion) profile = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  g_autofree char *language = NULL;
  CcConnection    *reader;
  GError          *error = NULL;

  fixture_act (fixture, keep, (gpointer) "one");
  fixture_act (fixture, keep, (gpointer) "one");
  fixture_act (fixture, keep, (gpointer) "two");
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  profile = cc_store_find_profile (reader, "police-liste", &error);
  g_assert_no_error (error);
  g_assert_cmpint (profile->version, ==, 2);
  g_assert_cmpstr (profile->body, ==, "two");
  g_assert_null (cc_store_find_profile (reader, "none", &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  profiles = cc_store_list_profiles (reader, 0, NULL);
  g_assert_cmpuint (profiles->len, ==, 1);
  figures = cc_store_list_population (reader, NULL);
  g_assert_cmpuint (figures->len, ==, 1);
  g_assert_cmpint (((CcPopulation *) g_ptr_array_index (figures, 0))->count, ==, 1000);
  language = cc_store_get_setting (reader, "language", NULL);
  g_assert_cmpstr (language, ==, "two");
  g_assert_null (cc_store_get_setting (reader, "colour", NULL));
  cc_case_file_release_reader (fixture->file, reader);
}

static gboolean
find (CcAct *act, gpointer data, GError **error)
{
  CcFinding finding = { 0 };
  Victims  *victims = data;

  finding.rule = (char *) "check.age";
  finding.severity = (char *) "warning";
  finding.record = victims->ids[0];
  finding.variable = cc_pack_find_variable (cc_case_file_get_pack (cc_act_get_file (act)), "VI06");
  finding.value = (char *) "130";
  if (!cc_act_add_finding (act, &finding, error))
    return FALSE;
  g_free (finding.state);
  finding.state = NULL;
  if (!cc_act_resolve_finding (act, finding.id, "confirmed", "asked the sender", error)
      || !cc_act_add_finding (act, &finding, error))
    return FALSE;
  g_free (finding.state);
  return TRUE;
}

static gboolean
clear (CcAct *act, gpointer data, GError **error)
{
  return cc_act_clear_findings (act, 0, ((Victims *) data)->ids[0], "check.age", error);
}

static void
test_findings (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 1, { 0 } };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) left = NULL;
  const CcFinding *finding;

  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, find, &victims);
  all = cc_finding_list (fixture->file, 0, NULL, NULL);
  open = cc_finding_list (fixture->file, 0, "open", NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (open->len, ==, 1);
  finding = g_ptr_array_index (all, 0);
  g_assert_cmpstr (finding->state, ==, "confirmed");
  g_assert_cmpstr (finding->resolution, ==, "asked the sender");
  g_assert_cmpstr (finding->variable->id, ==, "VI06");
  fixture_act (fixture, clear, &victims);
  left = cc_finding_list (fixture->file, 0, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/kept/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("entities", test_entities);
  ADD ("returns", test_returns);
  ADD ("nil-against-cases", test_nil_against_cases);
  ADD ("kept", test_kept);
  ADD ("findings", test_findings);
  return g_test_run ();
}
