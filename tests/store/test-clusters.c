/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-kept.h>

typedef struct
{
  gint64    a;
  gint64    b;
  CcVerdict verdict;
  gint64    decision;
  gboolean  split;
} Decide;

/* A reviewer's verdict with what follows from it. */
static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  Decide        *wish = data;
  CcPairDecision decision = { 0 };
  const gint64   a = cc_act_find_cluster (act, wish->a, error);
  const gint64   b = cc_act_find_cluster (act, wish->b, error);

  decision.kind = (char *) "VI";
  decision.a = wish->a;
  decision.b = wish->b;
  decision.verdict = wish->verdict;
  decision.source = (char *) "review";
  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  wish->decision = decision.id;
  if (wish->verdict == CC_VERDICT_SAME && a != b)
    return cc_act_join (act, a, b, decision.id, error);
  if (wish->verdict == CC_VERDICT_DIFFERENT && a == b)
    return cc_act_split (act, a, &wish->b, 1, decision.id, error);
  return TRUE;
}

static gint64
persons (Fixture *fixture)
{
  return fixture_count (fixture,
                        "SELECT count (DISTINCT cluster) FROM membership WHERE to_act IS NULL");
}

static void
test_join_split_rejoin (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 4, { 0 } };
  Decide  wish = { 0 };

  fixture_act (fixture, add_victims, &victims);
  g_assert_cmpint (persons (fixture), ==, 4);
  wish.a = victims.ids[2];
  wish.b = victims.ids[0];
  wish.verdict = CC_VERDICT_SAME;
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 3);
  wish.b = victims.ids[3];
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 2);
  wish.verdict = CC_VERDICT_DIFFERENT;
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 3);
  wish.verdict = CC_VERDICT_SAME;
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 2);
  /* Nothing is overwritten: every membership that was is still told, and one verdict is in force.
   */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership"), ==, 8);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pair_decision WHERE "
                                           "superseded_by IS NULL"),
                   ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pair_decision"), ==, 4);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM cluster c WHERE (state = 0) <> EXISTS"
                                  " (SELECT 1 FROM membership WHERE cluster = c.id"
                                  " AND to_act IS NULL)"),
                   ==, 0);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
}

static gboolean
join_bad (CcAct *act, gpointer data, GError **error)
{
  const gint64 *clusters = data;

  return cc_act_join (act, clusters[0], clusters[1], 0, error);
}

static gboolean
split_bad (CcAct *act, gpointer data, GError **error)
{
  const gint64 *ids = data;

  return cc_act_split (act, ids[0], ids + 1, 1, 0, error);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 2, { 0 } };
  gint64           same[] = { 1, 1 };
  gint64           absent[] = { 1, 77 };
  gint64           whole[] = { 1, 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GError          *error = NULL;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  g_assert_false (cc_case_file_act (fixture->file, "join", join_bad, same, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (cc_case_file_act (fixture->file, "join", join_bad, absent, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  whole[1] = victims.ids[0];
  g_assert_false (cc_case_file_act (fixture->file, "split", split_bad, whole, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

typedef struct
{
  gint64  entity;
  gint64  submission;
  guint   n_withdrawn;
  gint64 *ids;
} Delivery;

static gboolean
import (CcAct *act, gpointer data, GError **error)
{
  Delivery    *delivery = data;
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { 0 };

  if (delivery->entity == 0)
    delivery->entity = cc_act_add_entity (act, "police", "Police nationale",
                                          cc_pack_find_code (pack, "RETYPE", "POL"), error);
  submission.entity = delivery->entity;
  submission.period = cc_interval_year (2024);
  submission.sha256 = (char *) "ab";
  submission.rows = 3;
  if (!cc_act_add_submission (act, &submission, error))
    return FALSE;
  delivery->submission = submission.id;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, i, "Sarr");
      const gint64 row = cc_act_add_source_row (act, submission.id, "Feuil1", 5 + i, "[\"F\"]",
                                                "accepted", NULL, error);

      if (row == 0
          || !cc_act_put_record (act, record, delivery->entity, submission.id, row, NULL, error))
        return FALSE;
      delivery->ids[i] = record->id;
    }
  submission.accepted = 3;
  if (!cc_act_update_submission (act, &submission, error))
    return FALSE;
  g_free (submission.state);
  return TRUE;
}

static gboolean
undo (CcAct *act, gpointer data, GError **error)
{
  Delivery *delivery = data;

  return cc_act_withdraw_submission (act, delivery->submission, &delivery->n_withdrawn, error);
}

/* Decisions sleep while a delivery is taken back, and wake when it comes again. */
static void
test_undo_import (Fixture *fixture, gconstpointer data)
{
  gint64   ids[3];
  Delivery delivery = { 0, 0, 0, ids };
  Decide   wish = { 0 };
  GError  *error = NULL;

  fixture_act (fixture, import, &delivery);
  /* An import's change points to its row and repeats nothing of it. */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change WHERE tbl = 'record'"
                                           " AND before IS NULL AND after LIKE 'source_row:%'"),
                   ==, 3);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE before LIKE '%Sarr%' OR after LIKE '%Sarr%'"),
                   ==, 0);
  wish.a = ids[0];
  wish.b = ids[1];
  wish.verdict = CC_VERDICT_SAME;
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 2);
  fixture_act (fixture, undo, &delivery);
  g_assert_cmpuint (delivery.n_withdrawn, ==, 3);
  g_assert_cmpint (persons (fixture), ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM q_return"), ==, 0);
  g_assert_false (cc_case_file_act (fixture->file, "undo", undo, &delivery, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_act (fixture, import, &delivery);
  g_assert_cmpint (persons (fixture), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record"), ==, 3);
}

/* A verdict made while the record was away stands: it does not come back among others. */
static void
test_wake_apart (Fixture *fixture, gconstpointer data)
{
  gint64   ids[3];
  Delivery delivery = { 0, 0, 0, ids };
  Decide   wish = { 0 };

  fixture_act (fixture, import, &delivery);
  wish.a = ids[0];
  wish.b = ids[1];
  wish.verdict = CC_VERDICT_SAME;
  fixture_act (fixture, decide, &wish);
  fixture_act (fixture, undo, &delivery);
  wish.verdict = CC_VERDICT_UNDECIDED;
  fixture_act (fixture, decide, &wish);
  wish.verdict = CC_VERDICT_DIFFERENT;
  {
    Decide later = wish;

    later.a = ids[0];
    later.b = ids[2];
    later.verdict = CC_VERDICT_RELATED;
    fixture_act (fixture, decide, &later);
  }
  fixture_act (fixture, import, &delivery);
  g_assert_cmpint (persons (fixture), ==, 2);
  fixture_act (fixture, decide, &wish);
  g_assert_cmpint (persons (fixture), ==, 3);
  fixture_act (fixture, undo, &delivery);
  fixture_act (fixture, import, &delivery);
  g_assert_cmpint (persons (fixture), ==, 3);
}

static gboolean
change (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, 1, "Sagna");

  put (act, record, CC_PUT_UPDATED);
  return TRUE;
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  Victims       victims = { 1, 2, { 0 } };
  Decide        wish = { 0 };
  CcConnection *reader;

  fixture_act (fixture, add_victims, &victims);
  wish.a = victims.ids[0];
  wish.b = victims.ids[1];
  wish.verdict = CC_VERDICT_DIFFERENT;
  fixture_act (fixture, decide, &wish);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) decisions = NULL;
      CcPairDecision *decision;

      reader = cc_case_file_acquire_reader (fixture->file, NULL);
      decisions = cc_store_list_decisions (reader, "VI", NULL);
      cc_case_file_release_reader (fixture->file, reader);
      g_assert_cmpuint (decisions->len, ==, 1);
      decision = g_ptr_array_index (decisions, 0);
      g_assert_cmpint (decision->verdict, ==, CC_VERDICT_DIFFERENT);
      g_assert_cmpint (decision->stale, ==, (gboolean) i);
      if (i == 0)
        fixture_act (fixture, change, NULL);
    }
}

/* A run that finds `pairs`, pairs of records 0 to 3. */
typedef struct
{
  const Victims *victims;
  const char    *model;
  guint          n_pairs;
  double         weight;
} Run;

static gboolean
run_linkage (CcAct *act, gpointer data, GError **error)
{
  const Run    *self = data;
  const gint64 *ids = self->victims->ids;
  const gint64  model = cc_act_add_link_model (act, "VI", 1, self->model, error);
  const gint64  run = cc_act_add_link_run (act, "VI", model, 7, -1, 4, 6, error);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (CcProposal));

  g_assert_cmpint (model, >, 0);
  g_assert_cmpint (run, >, 0);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      const CcProposal pair = { .a = ids[i],
                                .b = ids[i + 1],
                                .weight = self->weight,
                                .probability = 0.97,
                                .levels = G_MAXUINT64 };

      g_array_append_val (found, pair);
    }
  return cc_act_replace_proposals (act, run, "VI", found, NULL, error);
}

/* Pairs are kept over runs: what says the same is not written anew, what is not found goes. */
static void
test_runs (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 4, { 0 } };
  Run     run = { &victims, "{}", 3, 8.5 };
  gint64  last;

  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, run_linkage, &run);
  last = fixture_count (fixture, "SELECT max (id) FROM proposal");
  fixture_act (fixture, run_linkage, &run);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM proposal WHERE a < b AND levels = -1"
                                  " AND state = 'open' AND run = 1"),
                   ==, 3);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM link_run"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM link_model"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change WHERE seq ="
                                           " (SELECT max (seq) FROM audit)"
                                           " AND tbl = 'row:proposal'"),
                   ==, 0);
  run.weight = 7.5;
  fixture_act (fixture, run_linkage, &run);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal WHERE run = 3"), ==, 3);
  run.model = "{ }";
  run.n_pairs = 2;
  fixture_act (fixture, run_linkage, &run);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal WHERE run = 4"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT max (id) FROM proposal"), <, last);
}

static gboolean
decide_first (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "UPDATE proposal SET state = 'decided' WHERE id = 1;"
                                "UPDATE proposal SET state = 'withdrawn' WHERE id = 2",
                                error);
}

/* What a person decided stays as it was decided, found again or not; what earlier versions left
 * withdrawn goes. */
static void
test_decided_pairs (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 4, { 0 } };
  Run     run = { &victims, "{}", 3, 8.5 };

  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, run_linkage, &run);
  fixture_act (fixture, decide_first, NULL);
  run.n_pairs = 0;
  fixture_act (fixture, run_linkage, &run);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal WHERE state = 'decided'"
                                           " AND weight = 8.5 AND run = 1"),
                   ==, 1);
  /* Found anew without a verdict that still holds: it waits again, beside what was decided. */
  run.n_pairs = 1;
  fixture_act (fixture, run_linkage, &run);
  fixture_act (fixture, run_linkage, &run);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal WHERE state = 'open'"),
                   ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM proposal"), ==, 2);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/clusters/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("join-split-rejoin", test_join_split_rejoin);
  ADD ("refused", test_refused);
  ADD ("undo-import", test_undo_import);
  ADD ("wake-apart", test_wake_apart);
  ADD ("stale", test_stale);
  ADD ("runs", test_runs);
  ADD ("decided-pairs", test_decided_pairs);
  return g_test_run ();
}
