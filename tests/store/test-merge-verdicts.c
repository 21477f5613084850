/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>

/* After a merge, and after a question about a pair is settled, records are one person as the
 * verdicts that stand say. */

#define SAME      4
#define DIFFERENT 5

static gint64
count (CcCaseFile *file, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return n;
}

static gint64
count_persons (CcCaseFile *file)
{
  return count (file, "SELECT count (DISTINCT cluster) FROM membership WHERE to_act IS NULL");
}

/* Records are numbered from 1, victims from 0. */
static gboolean
are_one (CcCaseFile *file, guint a, guint b)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM membership x JOIN membership y"
                       " ON y.cluster = x.cluster WHERE x.to_act IS NULL AND y.to_act IS NULL"
                       " AND x.record = %u AND y.record = %u",
                       a + 1, b + 1);

  return count (file, sql) == 1;
}

/* No two of which it stands that they are not one are one. */
static void
assert_follows (CcCaseFile *file)
{
  g_assert_cmpint (count (file, "SELECT count (*) FROM pair_decision d"
                                " JOIN membership x ON x.record = d.a AND x.to_act IS NULL"
                                " JOIN membership y ON y.record = d.b AND y.to_act IS NULL"
                                " WHERE d.superseded_by IS NULL"
                                " AND d.verdict IN ('different', 'related')"
                                " AND x.cluster = y.cluster"),
                   ==, 0);
  g_assert_true (merge_is_sound (file));
}

static void
judge (CcCaseFile *file, guint what, guint a, guint b)
{
  Change change = { what, a, b, 0 };

  merge_act (file, merge_run_change, &change);
}

/* Verdicts are told apart by whole seconds. */
static void
wait_a_second (void)
{
  g_usleep (1100 * 1000);
}

/* One pair, first seen in one way here, then in the other way there. */
static CcCaseFile *
part_ways (Fixture *fixture, guint first, guint second)
{
  CcCaseFile *other;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  judge (fixture->file, first, 1, 2);
  wait_a_second ();
  judge (other, second, 1, 2);
  return other;
}

typedef struct
{
  guint    first;
  guint    second;
  gboolean back; /* the older is brought into the newer */
} Meeting;

static const Meeting meetings[] = {
  { SAME, DIFFERENT, FALSE },
  { SAME, DIFFERENT, TRUE },
  { DIFFERENT, SAME, FALSE },
  { DIFFERENT, SAME, TRUE },
};

static gboolean
settle_all (CcAct *act, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) list =
      cc_conflict_list (cc_act_get_file (act), cc_act_get_connection (act), FALSE, error);

  g_assert_nonnull (list);
  for (guint i = 0; i < list->len; i++)
    if (!cc_act_settle_conflict (act, ((const CcConflict *) g_ptr_array_index (list, i))->id,
                                 GPOINTER_TO_INT (data), error))
      return FALSE;
  return TRUE;
}

static void
undo_last (CcCaseFile *file)
{
  GError      *error = NULL;
  const gint64 last = count (file, "SELECT max (seq) FROM audit");

  cc_history_undo (file, last, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The newer verdict decides, whichever file takes the other in. */
static void
test_newer_stands (Fixture *fixture, gconstpointer data)
{
  const Meeting   *meeting = data;
  CcCaseFile      *other = part_ways (fixture, meeting->first, meeting->second);
  CcCaseFile      *into = meeting->back ? other : fixture->file;
  CcCaseFile      *from = meeting->back ? fixture->file : other;
  const gboolean   one = meeting->second == SAME;
  g_autofree char *before = merge_say (into);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  CcMergeResult    result = merge_files (into, from);

  g_assert_cmpint (result.conflicts, ==, 1);
  g_assert_cmpint (result.persons, ==, meeting->back ? 0 : 1);
  g_assert_cmpint (are_one (into, 1, 2), ==, one);
  g_assert_cmpint (count_persons (into), ==, N_VICTIMS - (one ? 1 : 0));
  assert_follows (into);
  /* The other way round leads to the same. */
  after = merge_say (into);
  undo_last (into);
  undone = merge_say (into);
  g_assert_cmpstr (before, ==, undone);
  g_assert_true (merge_is_sound (into));
  merge_files (from, into);
  g_assert_cmpint (are_one (from, 1, 2), ==, one);
  assert_follows (from);
  undone = (g_free (undone), merge_say (from));
  g_assert_cmpstr (after, ==, undone);
  merge_close (other);
}

/* The beginning of a second: acts that follow at once are of the same one. */
static void
wait_for_second (void)
{
  g_usleep ((gulong) (G_USEC_PER_SEC - g_get_real_time () % G_USEC_PER_SEC));
}

#define TIME_OF_VERDICT "SELECT max (time) FROM pair_decision"

/* Two verdicts of the same second: one of them stands, and it is the same whichever file takes the
 * other in. */
static void
test_same_second (Fixture *fixture, gconstpointer data)
{
  const Meeting   *meeting = data;
  CcCaseFile      *other;
  CcCaseFile      *into;
  CcCaseFile      *from;
  g_autofree char *after = NULL;
  g_autofree char *back = NULL;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  wait_for_second ();
  judge (fixture->file, meeting->first, 1, 2);
  judge (other, meeting->second, 1, 2);
  g_assert_cmpint (count (fixture->file, TIME_OF_VERDICT), ==, count (other, TIME_OF_VERDICT));
  into = meeting->back ? other : fixture->file;
  from = meeting->back ? fixture->file : other;
  merge_files (into, from);
  assert_follows (into);
  after = merge_say (into);
  undo_last (into);
  merge_files (from, into);
  assert_follows (from);
  back = merge_say (from);
  g_assert_cmpstr (after, ==, back);
  merge_close (other);
}

/* Whoever settles the question settles the person with it, and can change it back. */
static void
test_settled (Fixture *fixture, gconstpointer data)
{
  const Meeting *meeting = data;
  CcCaseFile    *other = part_ways (fixture, meeting->first, meeting->second);
  CcCaseFile    *into = meeting->back ? other : fixture->file;
  const guint    mine = meeting->back ? meeting->second : meeting->first;
  const gboolean stands = meeting->second == SAME;

  merge_files (into, meeting->back ? fixture->file : other);
  for (guint theirs = 0; theirs < 2; theirs++)
    {
      const gboolean one = (mine == SAME) == (theirs == 0);

      merge_act (into, settle_all, GINT_TO_POINTER (theirs));
      g_assert_cmpint (are_one (into, 1, 2), ==, one);
      g_assert_cmpint (count_persons (into), ==, N_VICTIMS - (one ? 1 : 0));
      assert_follows (into);
      undo_last (into);
      g_assert_cmpint (are_one (into, 1, 2), ==, stands);
      assert_follows (into);
    }
  merge_close (other);
}

/* Joined by way of a third here, told apart there: of the ties the newest holds, as where somebody
 * decides it in one file. */
static void
test_third (Fixture *fixture, gconstpointer data)
{
  const gboolean back = GPOINTER_TO_INT (data);
  CcCaseFile    *other;
  CcCaseFile    *into;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  into = back ? other : fixture->file;
  judge (fixture->file, SAME, 1, 3);
  wait_a_second ();
  judge (fixture->file, SAME, 3, 2);
  judge (other, DIFFERENT, 1, 2);
  merge_files (into, back ? fixture->file : other);
  g_assert_true (are_one (into, 2, 3));
  g_assert_false (are_one (into, 1, 3));
  g_assert_cmpint (count_persons (into), ==, N_VICTIMS - 1);
  assert_follows (into);
  merge_close (other);
}

/* What an older version left joined is parted when the question is settled. */
static void
test_left_joined (Fixture *fixture, gconstpointer data)
{
  CcCaseFile *other = part_ways (fixture, SAME, DIFFERENT);

  merge_files (fixture->file, other);
  judge (fixture->file, CHANGE_JOIN, 1, 2);
  g_assert_true (are_one (fixture->file, 1, 2));
  merge_act (fixture->file, settle_all, GINT_TO_POINTER (TRUE));
  g_assert_false (are_one (fixture->file, 1, 2));
  assert_follows (fixture->file);
  merge_close (other);
}

/* Verdicts at random on few victims, so that they often meet. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  merge_act (fixture->file, merge_begin, NULL);
  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *name = g_strdup_printf ("copy-%u.casecount", seed);
      CcCaseFile      *other = merge_copy (fixture, name);
      g_autofree char *before = NULL;
      g_autofree char *undone = NULL;
      CcMergeResult    result;

      for (guint i = 0; i < 12; i++)
        judge (i % 2 ? fixture->file : other, g_rand_boolean (random) ? SAME : DIFFERENT,
               (guint) g_rand_int_range (random, 0, 5), (guint) g_rand_int_range (random, 0, 5));
      before = merge_say (fixture->file);
      result = merge_files (fixture->file, other);
      assert_follows (fixture->file);
      if (result.others + result.persons + result.conflicts > 0)
        {
          undo_last (fixture->file);
          undone = merge_say (fixture->file);
          g_assert_cmpstr (before, ==, undone);
          assert_follows (fixture->file);
          merge_files (fixture->file, other);
          assert_follows (fixture->file);
        }
      merge_files (other, fixture->file);
      assert_follows (other);
      merge_act (fixture->file, settle_all, GINT_TO_POINTER (seed % 2));
      assert_follows (fixture->file);
      merge_close (other);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "parted-there", "parted-here", "joined-there",
                                       "joined-here" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autofree char *newer = g_strdup_printf ("/merge-verdicts/%s", names[i]);
      g_autofree char *settled = g_strdup_printf ("/merge-verdicts/%s/settled", names[i]);
      g_autofree char *tie = g_strdup_printf ("/merge-verdicts/%s/same-second", names[i]);

      g_test_add (tie, Fixture, &meetings[i], fixture_set_up, test_same_second, fixture_tear_down);
      g_test_add (newer, Fixture, &meetings[i], fixture_set_up, test_newer_stands,
                  fixture_tear_down);
      g_test_add (settled, Fixture, &meetings[i], fixture_set_up, test_settled, fixture_tear_down);
    }
  g_test_add ("/merge-verdicts/third", Fixture, GINT_TO_POINTER (FALSE), fixture_set_up, test_third,
              fixture_tear_down);
  g_test_add ("/merge-verdicts/third/back", Fixture, GINT_TO_POINTER (TRUE), fixture_set_up,
              test_third, fixture_tear_down);
  g_test_add ("/merge-verdicts/left-joined", Fixture, NULL, fixture_set_up, test_left_joined,
              fixture_tear_down);
  g_test_add ("/merge-verdicts/random", Fixture, NULL, fixture_set_up, test_random,
              fixture_tear_down);
  return g_test_run ();
}
