/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-fixture.h"

/* Random acts on both sides: properties that hold whatever was done. */

/* Apart: nothing meets, so no question arises, and both ways lead to the same. */
static void
diverge (Fixture *fixture, guint seed, gboolean apart)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *name = g_strdup_printf ("copy-%u-%d.casecount", seed, apart);
  CcCaseFile      *other;
  CcMergeResult    result;
  g_autofree char *before = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < 3; i++)
    {
      Change change = merge_choose (random, 0, FALSE);

      if (change.what != 3)
        merge_act (fixture->file, merge_run_change, &change);
    }
  other = merge_copy (fixture, name);
  g_assert_cmpint (merge_compare (fixture->file, other), ==, CC_KINSHIP_SAME);
  for (guint i = 0; i < 8; i++)
    {
      Change mine = merge_choose (random, 0, apart);
      Change theirs = merge_choose (random, 1, apart);

      merge_act (fixture->file, merge_run_change, &mine);
      merge_act (other, merge_run_change, &theirs);
    }
  g_assert_cmpint (merge_compare (fixture->file, other), ==, CC_KINSHIP_DIVERGED);
  before = merge_say (fixture->file);
  result = merge_files (fixture->file, other);
  if (apart && result.conflicts > 0)
    {
      CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
      g_autoptr (GPtrArray) list = cc_conflict_list (fixture->file, reader, TRUE, NULL);

      for (guint i = 0; i < list->len; i++)
        {
          const CcConflict *conflict = g_ptr_array_index (list, i);

          g_test_message ("kind %d record %d %s %s: %s | %s", conflict->kind,
                          (int) conflict->record, conflict->variable ? conflict->variable->id : "-",
                          conflict->name ? conflict->name : "-", conflict->mine, conflict->theirs);
        }
      cc_case_file_release_reader (fixture->file, reader);
    }
  if (apart)
    g_assert_cmpint (result.conflicts, ==, 0);
  g_assert_cmpint (merge_compare (fixture->file, other), ==, CC_KINSHIP_OLDER);
  g_assert_cmpint (merge_compare (other, fixture->file), ==, CC_KINSHIP_NEWER);
  here = merge_say (fixture->file);
  g_assert_true (merge_is_sound (fixture->file));
  /* Once more changes nothing. */
  hash = cc_case_file_content_hash (fixture->file, NULL);
  result = merge_files (fixture->file, other);
  g_assert_cmpint (result.added + result.updated + result.withdrawn + result.others, ==, 0);
  again = cc_case_file_content_hash (fixture->file, NULL);
  g_assert_cmpstr (hash, ==, again);
  /* The other way round. */
  merge_files (other, fixture->file);
  there = merge_say (other);
  g_assert_true (merge_is_sound (other));
  if (apart)
    g_assert_true (strcmp (here, there) == 0);
  g_assert_true (cc_case_file_close (other, NULL));
  cc_case_file_free (other);
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  merge_act (fixture->file, merge_begin, NULL);
  for (guint seed = 1; seed <= 5; seed++)
    diverge (fixture, seed, TRUE);
}

static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  merge_act (fixture->file, merge_begin, NULL);
  for (guint seed = 1; seed <= 5; seed++)
    diverge (fixture, seed, FALSE);
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* Whoever knows the passphrase of a copy can write into it past the program. Nothing of it comes
 * in: here it would look as if it had been told so. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  static const char *const tricks[] = {
    "UPDATE identifier SET value = value || 'x'",
    "UPDATE record SET basis = 1 WHERE id = (SELECT max (id) FROM record)",
    "UPDATE audit SET user = 'somebody' WHERE seq = (SELECT max (seq) FROM audit)",
    "DROP TABLE named_table",
  };
  Change change = { 1, 2, 3, 4 };

  merge_act (fixture->file, merge_begin, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autofree char *name = g_strdup_printf ("altered-%u.casecount", i);
      CcCaseFile      *other = merge_copy (fixture, name);
      g_autofree char *before = cc_case_file_content_hash (fixture->file, NULL);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      change.salt += i;
      merge_act (other, merge_run_change, &change);
      g_assert_true (cc_case_file_maintain (other, run_sql, (gpointer) tricks[i], NULL, NULL));
      g_assert_false (cc_merge (fixture->file, other, NULL, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, name));
      g_assert_nonnull (strstr (error->message, "Nothing was brought in"));
      after = cc_case_file_content_hash (fixture->file, NULL);
      g_assert_cmpstr (before, ==, after);
      g_assert_true (merge_is_sound (fixture->file));
      merge_close (other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/merge/apart", Fixture, NULL, fixture_set_up, test_apart, fixture_tear_down);
  g_test_add ("/merge/meeting", Fixture, NULL, fixture_set_up, test_meeting, fixture_tear_down);
  g_test_add ("/merge/altered", Fixture, NULL, fixture_set_up, test_altered, fixture_tear_down);
  return g_test_run ();
}
