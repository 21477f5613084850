/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>

#include <string.h>

/* Which records are one person decides how many are counted: whoever joins or parts them past the
 * program is found out, and whatever the program does is not. */

typedef struct
{
  gint64    a;
  gint64    b;
  CcVerdict verdict;
  guint     proposals; /* more than the history keeps rows of */
} Decide;

typedef struct
{
  guint  n;
  guint  first;
  gint64 submission;
} Delivered;

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  Delivered   *self = data;
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission delivery = { .entity = 1, .rows = self->n, .accepted = self->n };
  gboolean     ok;

  delivery.file_name = g_strdup ("police.csv");
  delivery.sha256 = g_strdup ("0f");
  delivery.period.first = cc_day_from_ymd (2024, 1, 1);
  delivery.period.last = cc_day_from_ymd (2024, 12, 31);
  ok = cc_act_add_submission (act, &delivery, error);
  self->submission = delivery.id;
  for (guint i = 0; ok && i < self->n; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, self->first + i, "Sarr");
      gint64 row = cc_act_add_source_row (act, delivery.id, "Sheet 1", i + 2, "[\"Sarr\",\"Awa\"]",
                                          "accepted", NULL, error);

      ok = row != 0 && cc_act_put_record (act, record, 1, delivery.id, row, NULL, error);
    }
  ok = ok && cc_act_update_submission (act, &delivery, error);
  g_free (delivery.file_name);
  g_free (delivery.sha256);
  g_free (delivery.state);
  return ok;
}

static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  const Decide  *wish = data;
  CcPairDecision decision = { 0 };
  const gint64   a = cc_act_find_cluster (act, wish->a, error);
  const gint64   b = cc_act_find_cluster (act, wish->b, error);
  gint64         run = 0;

  if (wish->proposals > 0)
    run = cc_act_add_link_run (act, "VI", 0, 1, -1, 9, 9, error);
  if (wish->proposals > 0)
    {
      g_autofree char *sql =
          g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                           "i < %u)"
                           " INSERT INTO proposal (run, kind, a, b, weight, probability)"
                           " SELECT %" G_GINT64_FORMAT ", 'VI', 1, 2, 1, 0.5 FROM n",
                           wish->proposals, run);

      if (!cc_connection_execute (cc_act_get_connection (act), sql, error))
        return FALSE;
    }
  decision.kind = (char *) "VI";
  decision.a = wish->a;
  decision.b = wish->b;
  decision.verdict = wish->verdict;
  decision.source = (char *) "review";
  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  return wish->verdict == CC_VERDICT_SAME ? cc_act_join (act, a, b, decision.id, error)
                                          : cc_act_split (act, a, &wish->b, 1, decision.id, error);
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_submission (act, ((Delivered *) data)->submission, NULL, error);
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, data, data, NULL, error) != 0;
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

static void
tamper (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cc_case_file_maintain (fixture->file, run_sql, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_proven (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
act_named (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cc_case_file_act (fixture->file, name, func, data, NULL, &error);
  g_assert_no_error (error);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  const gint64  last = cc_history_get_last (reader, NULL);

  cc_case_file_release_reader (fixture->file, reader);
  cc_history_undo (fixture->file, last, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Ten records of deliveries and two by hand. 1 and 2 are one person by a reviewer, 4 and 5 by a
 * search that found more than the history keeps, 7 and 8 were for a while. */
static void
fill (Fixture *fixture)
{
  Delivered first = { 5, 1, 0 };
  Delivered second = { 5, 20, 0 };
  Victims   by_hand = { 40, 2, { 0 } };
  Decide    found = { 4, 5, CC_VERDICT_SAME, 50001 };
  Decide    reviewed = { 1, 2, CC_VERDICT_SAME, 0 };
  Decide    taken_back = { 7, 8, CC_VERDICT_SAME, 0 };

  cc_case_file_set_user (fixture->file, "Registry");
  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, decide, &reviewed);
  fixture_act (fixture, deliver, &second);
  fixture_act (fixture, add_victims, &by_hand);
  assert_proven (fixture);
  fixture_act (fixture, decide, &taken_back);
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
  act_named (fixture, "link", decide, &found);
  assert_proven (fixture);
}

#define PERSON(n) "Record " #n " (victim)"
#define CHANGED   "which person or event it is counted as was changed by something other"

static void
test_altered (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *said;
  } tricks[] = {
    /* Joined. */
    { "UPDATE membership SET cluster = 1 WHERE record = 3", PERSON (3) },
    { "UPDATE membership SET cluster = 9 WHERE record IN (6, 7)", PERSON (6) },
    { "UPDATE membership SET cluster = 11 WHERE record = 12", "membership" },
    { "UPDATE membership SET to_act = 5 WHERE record = 3;"
      "INSERT INTO membership (record, cluster, from_act) VALUES (3, 1, 5);"
      "UPDATE cluster SET state = 1, merged_into = 1 WHERE id = 3",
      PERSON (3) },
    /* Parted. */
    { "INSERT INTO cluster (id, kind) VALUES (900, 'VI');"
      "UPDATE membership SET cluster = 900 WHERE record = 5 AND to_act IS NULL",
      PERSON (5) },
    { "DELETE FROM membership WHERE record = 5 AND to_act IS NULL;"
      "UPDATE membership SET to_act = NULL WHERE record = 5;"
      "UPDATE cluster SET state = 0, merged_into = NULL WHERE id = 5",
      PERSON (5) },
    { "DELETE FROM membership WHERE record = 2 AND to_act IS NULL;"
      "UPDATE membership SET to_act = NULL WHERE record = 2;"
      "UPDATE cluster SET state = 0, merged_into = NULL WHERE id = 2",
      "membership" },
    { "INSERT INTO cluster (id, kind) VALUES (-7, 'VI');"
      "UPDATE membership SET cluster = -7 WHERE record = 4",
      "cluster -7" },
    { "INSERT INTO cluster (id, kind) VALUES (901, 'VI');"
      "UPDATE membership SET cluster = 901 WHERE record = 4",
      PERSON (4) },
    /* Exchanged: 5 is then one with 3. */
    { "UPDATE membership SET cluster = 30 - cluster WHERE record IN (3, 4) AND cluster < 30;"
      "UPDATE membership SET cluster = CASE cluster WHEN 27 THEN 4 ELSE 3 END"
      " WHERE cluster IN (26, 27)",
      CHANGED },
    { "UPDATE membership SET record = -record WHERE record IN (3, 4);"
      "UPDATE membership SET record = CASE record WHEN -3 THEN 4 ELSE 3 END WHERE record < 0",
      CHANGED },
    /* Taken again, what a reviewer took back. */
    { "UPDATE membership SET to_act = 6 WHERE record = 8;"
      "INSERT INTO membership (record, cluster, from_act) VALUES (8, 7, 6);"
      "UPDATE cluster SET state = 1, merged_into = 7 WHERE id = 8",
      PERSON (8) },
    /* Nobody, or nowhere. */
    { "DELETE FROM membership WHERE record = 3", PERSON (3) },
    { "UPDATE membership SET to_act = 5 WHERE record = 3", PERSON (3) },
    { "UPDATE membership SET from_act = 5 WHERE record = 3", PERSON (3) },
    { "UPDATE cluster SET kind = 'PE' WHERE id = 3", PERSON (3) },
    { "UPDATE cluster SET state = 1 WHERE id = 3", "cluster 3" },
    { "UPDATE cluster SET merged_into = 1 WHERE id = 3", "cluster 3" },
    { "UPDATE cluster SET merged_into = NULL WHERE id = 5", "cluster 5" },
    { "INSERT INTO cluster (kind) VALUES ('VI')", "cluster 13" },
  };
  g_autofree char *bytes = NULL;
  gsize            size;

  fill (fixture);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;
      gboolean found = FALSE;

      g_autofree char *sql = g_strconcat ("PRAGMA defer_foreign_keys = ON;", tricks[i].sql, NULL);

      g_test_message ("trick: %s", tricks[i].sql);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      fixture_open (fixture);
      tamper (fixture, sql);
      problems = fixture_problems (fixture);
      for (guint j = 0; j < problems->len; j++)
        found = found || strstr (problems->pdata[j], tricks[i].said) != NULL;
      g_assert_true (found);
      fixture_close (fixture);
    }
}

/* Many at once are named one by one, and nobody else is. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  Delivered first = { 60, 1, 0 };
  g_autoptr (GPtrArray) problems = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  assert_proven (fixture);
  tamper (fixture, "UPDATE membership SET cluster = 50 WHERE record BETWEEN 20 AND 24");
  problems = fixture_problems (fixture);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Record %u (victim) of", 20 + i);

      g_assert_true (g_str_has_prefix (problems->pdata[i], name));
    }
  g_assert_cmpuint (problems->len, ==, 5);
}

/* Whatever the program does itself. */
static void
test_own_acts (Fixture *fixture, gconstpointer data)
{
  Delivered again = { 3, 21, 0 };
  Decide    join = { 9, 10, CC_VERDICT_SAME, 0 };
  Decide    joined = { 6, 7, CC_VERDICT_SAME, 50001 };
  Decide    part = { 6, 7, CC_VERDICT_DIFFERENT, 50001 };
  Decide    wider = { 4, 9, CC_VERDICT_SAME, 50001 };
  Delivered third = { 2, 60, 0 };
  Victims   more = { 80, 2, { 0 } };

  fill (fixture);
  fixture_act (fixture, deliver, &again);
  assert_proven (fixture);
  fixture_act (fixture, decide, &join);
  act_named (fixture, "link", decide, &joined);
  assert_proven (fixture);
  /* A delivery goes and comes back, with those that are one with others. */
  again.submission = 2;
  fixture_act (fixture, withdraw, &again);
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
  act_named (fixture, "link", decide, &part);
  assert_proven (fixture);
  act_named (fixture, "link", decide, &wider);
  assert_proven (fixture);
  /* Numbers that were taken back are given anew. */
  fixture_act (fixture, add_victims, &more);
  undo (fixture);
  assert_proven (fixture);
  fixture_act (fixture, deliver, &third);
  assert_proven (fixture);
  fixture_act (fixture, withdraw, &third);
  third.submission = 1;
  fixture_act (fixture, withdraw, &third);
  assert_proven (fixture);
  third.first = 1;
  third.n = 5;
  fixture_act (fixture, deliver, &third);
  assert_proven (fixture);
}

/* A delivery takes the numbers of records that were taken back, and its records are joined. */
static void
test_numbers_given_anew (Fixture *fixture, gconstpointer data)
{
  Victims   taken_back = { 80, 3, { 0 } };
  Delivered first = { 5, 1, 0 };
  Decide    join = { 1, 2, CC_VERDICT_SAME, 0 };

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, add_victims, &taken_back);
  undo (fixture);
  fixture_act (fixture, deliver, &first);
  assert_proven (fixture);
  fixture_act (fixture, decide, &join);
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/proof-persons/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("altered", test_altered);
  ADD ("numbers-given-anew", test_numbers_given_anew);
  ADD ("many", test_many);
  ADD ("own-acts", test_own_acts);
  return g_test_run ();
}
