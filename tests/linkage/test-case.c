/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-case.h"

#include <locale.h>
#include <string.h>

static CcLinkCounts
run (LinkCase *self, const char *unit, double accept)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams params;
  CcLinkCounts counts;

  cc_link_params_init (&params);
  params.accept = accept;
  cc_link_run (self->file, unit, &params, NULL, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static const char *
entity_of (LinkCase *self, guint row)
{
  return cc_csv_table_get (self->csv, row, cc_csv_table_find_column (self->csv, "entity_id"));
}

/* Pairs of rows that share a cluster, and how many of them are truly one. */
static void
count_joined (LinkCase *self, guint n, guint *pairs, guint *right)
{
  g_autofree gint64 *clusters = g_new (gint64, n);

  *pairs = *right = 0;
  for (guint i = 0; i < n; i++)
    clusters[i] = link_case_cluster (self, i);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      if (clusters[i] == clusters[j])
        {
          (*pairs)++;
          *right += strcmp (entity_of (self, i), entity_of (self, j)) == 0;
        }
}

/* Nothing is joined on a first run; with an accept level the joins are safe; without it again,
 * they are taken back. */
static void
test_accept (LinkCase *self, gconstpointer data)
{
  CcLinkCounts counts;
  guint        pairs;
  guint        right;

  link_case_add_rows (self, 0, 1500);
  counts = run (self, "victim", 2);
  g_assert_cmpuint (counts.records, ==, 1500);
  g_assert_cmpuint (counts.clusters, ==, 1500);
  g_assert_cmpuint (counts.persons_high, ==, 1500);
  g_assert_cmpuint (counts.persons_low, <, 1500);
  g_assert_cmpuint (counts.proposals, >, 200);
  g_assert_cmpint (counts.proposals, ==,
                   link_case_count (self, "SELECT count (*) FROM proposal WHERE state = 'open'"));

  counts = run (self, "victim", 0.99);
  count_joined (self, 1500, &pairs, &right);
  g_test_message ("%u persons, %u pairs joined, %u rightly", counts.clusters, pairs, right);
  g_assert_cmpuint (pairs, >, 100);
  g_assert_cmpuint (right * 100, >=, pairs * 99);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM pair_decision"
                                          " WHERE source = 'accept-level' AND verdict = 'same'"
                                          " AND superseded_by IS NULL"),
                   ==, counts.joined);
  g_assert_cmpuint (counts.clusters, ==, 1500 - counts.joined);

  counts = run (self, "victim", 2);
  g_assert_cmpuint (counts.clusters, ==, 1500);
}

/* A run on the same records changes no cluster. */
static void
test_again (LinkCase *self, gconstpointer data)
{
  CcLinkCounts first;
  CcLinkCounts second;
  gint64       memberships;
  gint64       newest;

  link_case_add_rows (self, 0, 800);
  first = run (self, "victim", 0.99);
  newest = link_case_count (self, "SELECT max (id) FROM proposal");
  memberships = link_case_count (self, "SELECT count (*) FROM membership");
  second = run (self, "victim", 0.99);
  g_assert_cmpuint (first.clusters, ==, second.clusters);
  g_assert_cmpuint (first.proposals, ==, second.proposals);
  g_assert_cmpint (memberships, ==, link_case_count (self, "SELECT count (*) FROM membership"));
  /* Nor is a pair written anew: the file does not grow. */
  g_assert_cmpuint (first.undecidable, ==, second.undecidable);
  g_assert_cmpint (newest, ==, link_case_count (self, "SELECT max (id) FROM proposal"));
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM proposal WHERE run <> 1"), ==, 0);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM link_model"), ==, 1);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM audit_change WHERE seq ="
                                          " (SELECT max (seq) FROM audit)"),
                   <, 10);
}

/* What a run does not find any more goes, unless a person decided about it. */
static void
test_fewer (LinkCase *self, gconstpointer data)
{
  g_autoptr (GPtrArray) queue = NULL;
  g_autoptr (GError) error = NULL;
  CcLinkCounts counts;
  CcLinkItem  *item;

  link_case_add_rows (self, 0, 300);
  run (self, "victim", 2);
  queue = cc_link_queue (self->file, "victim", 0, 1, &error);
  g_assert_no_error (error);
  item = queue->pdata[0];
  link_case_decide (self, item->uuid_a[0] | item->uuid_a[1] << 8,
                    item->uuid_b[0] | item->uuid_b[1] << 8, CC_VERDICT_DIFFERENT);
  for (guint i = 0; i < 300; i++)
    link_case_withdraw (self, link_case_find (self, i));
  counts = run (self, "victim", 2);
  g_assert_cmpuint (counts.proposals, ==, 0);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM proposal"), ==, 1);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM proposal WHERE state = 'decided'"),
                   ==, 1);
}

/* Two rows of one person, joined, parted, and run again. */
static void
test_decide (LinkCase *self, gconstpointer data)
{
  g_autoptr (GPtrArray) queue = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GError) error = NULL;
  CcLinkCounts counts;
  CcLinkItem  *item;
  guint        a;
  guint        b;

  link_case_add_rows (self, 0, 800);
  counts = run (self, "victim", 2);
  queue = cc_link_queue (self->file, "victim", 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (queue->len, ==, counts.proposals);
  item = queue->pdata[0];
  a = item->uuid_a[0] | item->uuid_a[1] << 8;
  b = item->uuid_b[0] | item->uuid_b[1] << 8;
  reasons = cc_link_explain (self->file, "victim", item->a, item->b, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reasons->len, >=, 3);

  g_assert_cmpuint (link_case_decide (self, a, b, CC_VERDICT_SAME), ==, 799);
  g_assert_cmpint (link_case_cluster (self, a), ==, link_case_cluster (self, b));
  g_clear_pointer (&queue, g_ptr_array_unref);
  queue = cc_link_queue (self->file, "victim", 0, 1, &error);
  g_assert_cmpuint (queue->len, ==, counts.proposals - 1);

  g_assert_cmpuint (link_case_decide (self, b, a, CC_VERDICT_DIFFERENT), ==, 800);
  g_assert_cmpint (link_case_cluster (self, a), !=, link_case_cluster (self, b));

  /* The verdict stands against the highest probability, run after run. */
  run (self, "victim", 0.5);
  g_assert_cmpint (link_case_cluster (self, a), !=, link_case_cluster (self, b));

  /* It comes back, marked, when a record changes. */
  link_case_change_phone (self, a, "770001122");
  run (self, "victim", 2);
  g_clear_pointer (&queue, g_ptr_array_unref);
  queue = cc_link_queue (self->file, "victim", 0, 1, &error);
  for (guint i = 0; i < queue->len; i++)
    {
      item = queue->pdata[i];
      if (item->changed)
        return;
    }
  g_assert_not_reached ();
}

/* a = b, b = c, then a is not c: the newest verdict stands, the older ones give way. */
static void
test_conflict (LinkCase *self, gconstpointer data)
{
  link_case_add_rows (self, 0, 4);
  g_assert_cmpuint (link_case_decide (self, 0, 1, CC_VERDICT_SAME), ==, 3);
  g_assert_cmpuint (link_case_decide (self, 1, 2, CC_VERDICT_SAME), ==, 2);
  g_assert_cmpint (link_case_cluster (self, 0), ==, link_case_cluster (self, 2));
  g_assert_cmpuint (link_case_decide (self, 0, 2, CC_VERDICT_DIFFERENT), ==, 3);
  g_assert_cmpint (link_case_cluster (self, 0), !=, link_case_cluster (self, 2));
  /* The newer of the two "same" holds. */
  g_assert_cmpint (link_case_cluster (self, 1), ==, link_case_cluster (self, 2));
  g_assert_cmpuint (link_case_decide (self, 0, 2, CC_VERDICT_SAME), ==, 2);
  g_assert_cmpint (link_case_cluster (self, 0), ==, link_case_cluster (self, 1));
  g_assert_cmpuint (link_case_decide (self, 0, 2, CC_VERDICT_UNDECIDED), ==, 2);
  g_assert_cmpuint (link_case_decide (self, 0, 1, CC_VERDICT_UNDECIDED), ==, 3);
}

/* A withdrawn record leaves its cluster; its verdicts sleep and it is not linked. */
static void
test_withdrawn (LinkCase *self, gconstpointer data)
{
  CcLinkCounts counts;

  link_case_add_rows (self, 0, 300);
  link_case_decide (self, 0, 1, CC_VERDICT_SAME);
  link_case_withdraw (self, link_case_find (self, 1));
  counts = run (self, "victim", 2);
  g_assert_cmpuint (counts.records, ==, 299);
  g_assert_cmpint (link_case_cluster (self, 1), ==, 0);
  g_assert_cmpuint (counts.clusters, ==, 299);
  link_case_add_rows (self, 1, 1);
  g_assert_cmpint (link_case_cluster (self, 0), ==, link_case_cluster (self, 1));
}

/* The answer key imposed: clusters equal the true persons, whatever was accepted before. */
static void
test_impose (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree CcLinkMember *members = g_new (CcLinkMember, 1000);
  guint                    persons;
  guint                    pairs;
  guint                    right;

  link_case_add_rows (self, 0, 1000);
  run (self, "victim", 0.7);
  for (guint i = 0; i < 1000; i++)
    {
      gpointer group = g_hash_table_lookup (groups, entity_of (self, i));

      if (!group)
        {
          group = GUINT_TO_POINTER (g_hash_table_size (groups) + 1);
          g_hash_table_insert (groups, (gpointer) entity_of (self, i), group);
        }
      link_case_make_uuid (i, members[i].uuid);
      members[i].group = GPOINTER_TO_UINT (group);
    }
  cc_link_impose (self->file, "victim", members, 1000, "answer key", &persons, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (persons, ==, g_hash_table_size (groups));
  count_joined (self, 1000, &pairs, &right);
  g_assert_cmpuint (pairs, ==, right);
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM proposal WHERE state = 'open'"),
                   ==, 0);
  /* And a further run leaves them so. */
  g_assert_cmpuint (run (self, "victim", 0.5).clusters, ==, persons);
}

/* Events: one entity's reference is another's case number. */
static void
test_events (LinkCase *self, gconstpointer data)
{
  CcLinkCounts counts;

  link_case_add_event (self, 1, "POL", "POL/2021/17", "");
  link_case_add_event (self, 2, "PROS", "RP 88-21", "pol 2021 17");
  link_case_add_event (self, 3, "PROS", "RP 89-21", "POL/2021/99");
  link_case_add_event (self, 4, "POL", "POL/2021/18", "");
  counts = run (self, "event", 2);
  g_assert_cmpuint (counts.records, ==, 4);
  g_assert_cmpuint (counts.proposals, ==, 1);
  g_assert_cmpuint (counts.persons_high, ==, 4);
  g_assert_cmpuint (counts.persons_low, ==, 3);
  counts = run (self, "event", 0.99);
  g_assert_cmpuint (counts.clusters, ==, 3);
  g_assert_cmpuint (counts.proposals, ==, 0);
}

static void
test_nothing (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams params;
  CcLinkCounts counts;
  guint8       uuid[16] = { 9 };
  guint        persons;

  g_assert_cmpuint (run (self, "victim", 0.9).clusters, ==, 0);
  g_assert_cmpuint (run (self, "perpetrator", 0.9).clusters, ==, 0);
  g_assert_cmpuint (run (self, "event", 0.9).clusters, ==, 0);
  cc_link_params_init (&params);
  g_assert_false (cc_link_run (self->file, "assistance", &params, NULL, &counts, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (
      cc_link_decide (self->file, uuid, uuid, CC_VERDICT_SAME, NULL, &persons, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, LinkCase, NULL, link_case_set_up, func, link_case_tear_down)
  ADD ("/linkage/case/nothing", test_nothing);
  ADD ("/linkage/case/accept", test_accept);
  ADD ("/linkage/case/again", test_again);
  ADD ("/linkage/case/fewer", test_fewer);
  ADD ("/linkage/case/decide", test_decide);
  ADD ("/linkage/case/conflict", test_conflict);
  ADD ("/linkage/case/withdrawn", test_withdrawn);
  ADD ("/linkage/case/impose", test_impose);
  ADD ("/linkage/case/events", test_events);
  return g_test_run ();
}
