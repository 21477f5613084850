/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-release.h>

static CcRelease *
make_release (const char *file_name)
{
  CcRelease *release = g_new0 (CcRelease, 1);

  release->questionnaire = g_strdup ("ecowas-tip");
  release->version = 3;
  release->checksum = g_strdup ("c0ffee");
  release->periods = g_strdup ("2023;2024");
  release->language = g_strdup ("ar");
  release->audience = g_strdup ("authority");
  release->file_name = g_strdup (file_name);
  release->sha256 = g_strnfill (64, 'a');
  release->head = g_strnfill (64, 'b');
  release->n_tables = 26;
  release->n_errors = 2;
  release->n_warnings = 1;
  release->n_notes = 7;
  return release;
}

static gboolean
add_release (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_release (act, data, error);
}

static void export(Fixture *fixture, CcRelease *release)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_act (fixture->file, "export", add_release, release, NULL, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list_releases (Fixture *fixture)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  GPtrArray    *releases = cc_release_list (reader, &error);

  cc_case_file_release_reader (fixture->file, reader);
  g_assert_no_error (error);
  return releases;
}

static char *
find_head (Fixture *fixture, gint64 *time)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  char         *head = cc_release_find_head (reader, time, &error);

  cc_case_file_release_reader (fixture->file, reader);
  g_assert_no_error (error);
  return head;
}

/* What is noted comes back, the newest first, also after the file was closed. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRelease) first = make_release ("réponse 2024; \"final\".xlsx");
  g_autoptr (CcRelease) second = make_release ("second.xlsx");
  g_autoptr (GPtrArray) releases = list_releases (fixture);
  g_autoptr (GPtrArray) problems = NULL;
  const CcRelease *read;

  g_assert_cmpuint (releases->len, ==, 0);
  cc_case_file_set_user (fixture->file, "Officer of the day");
  export(fixture, first);
  export(fixture, second);
  g_assert_cmpint (second->act, ==, first->act + 1);
  fixture_close (fixture);
  fixture_open (fixture);
  g_ptr_array_unref (g_steal_pointer (&releases));
  releases = list_releases (fixture);
  g_assert_cmpuint (releases->len, ==, 2);
  read = releases->pdata[0];
  g_assert_cmpstr (read->file_name, ==, "second.xlsx");
  read = releases->pdata[1];
  g_assert_cmpint (read->id, ==, first->id);
  g_assert_cmpint (read->act, ==, first->act);
  g_assert_cmpint (read->time, ==, first->time);
  g_assert_cmpstr (read->user, ==, "Officer of the day");
  g_assert_cmpstr (read->questionnaire, ==, "ecowas-tip");
  g_assert_cmpint (read->version, ==, 3);
  g_assert_cmpstr (read->checksum, ==, "c0ffee");
  g_assert_cmpstr (read->periods, ==, "2023;2024");
  g_assert_cmpstr (read->language, ==, "ar");
  g_assert_cmpstr (read->audience, ==, "authority");
  g_assert_cmpstr (read->file_name, ==, first->file_name);
  g_assert_cmpstr (read->sha256, ==, first->sha256);
  g_assert_cmpstr (read->head, ==, first->head);
  g_assert_cmpuint (read->n_tables, ==, 26);
  g_assert_cmpuint (read->n_errors, ==, 2);
  g_assert_cmpuint (read->n_warnings, ==, 1);
  g_assert_cmpuint (read->n_notes, ==, 7);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Handing in does not move the state that a workbook is printed from; every other act does. */
static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRelease) release = make_release ("one.xlsx");
  gint64           time = 0, seq = 0;
  g_autofree char *before = find_head (fixture, &time);
  g_autofree char *newest = NULL;
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;
  Victims          victims = { .first = 1, .n = 1 };

  g_assert_cmpint (time, >, 0);
  export(fixture, release);
  after = find_head (fixture, NULL);
  newest = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (newest, !=, after);
  g_assert_true (cc_case_file_find_anchor (fixture->file, after, &seq, NULL));
  g_assert_cmpint (seq, >, 0);
  fixture_act (fixture, add_victims, &victims);
  later = find_head (fixture, NULL);
  g_assert_cmpstr (later, !=, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/release/round-trip", Fixture, NULL, fixture_set_up, test_round_trip,
              fixture_tear_down);
  g_test_add ("/store/release/head", Fixture, NULL, fixture_set_up, test_head, fixture_tear_down);
  return g_test_run ();
}
