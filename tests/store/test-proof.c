/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-history.h>
#include <cc/store/cc-norm.h>
#include <cc/store/cc-retention.h>
#include <cc/store/cc-returns.h>

#include <string.h>

/* What stands in a file against what its history says: whoever has the passphrase and writes past
 * the program is found out; whatever the program does is not. */

/* A delivery with a row for each victim and a count. */
typedef struct
{
  guint  n;
  guint  first;
  gint64 submission;
  gint64 ids[16];
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
      self->ids[i] = record->id;
    }
  ok = ok
       && cc_act_add_aggregate_cell (act, delivery.id, 0, 0, "victim", delivery.period,
                                     "place=X;column=Y", 7, error)
              != 0
       && cc_act_update_submission (act, &delivery, error);
  g_free (delivery.file_name);
  g_free (delivery.sha256);
  g_free (delivery.state);
  return ok;
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, data, data, NULL, error) != 0;
}

static gboolean
add_nil (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_nil (act, 1, cc_interval_year (2022), error) != 0;
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
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  const gint64  last = cc_history_get_last (reader, NULL);
  gint64        seq;

  cc_case_file_release_reader (fixture->file, reader);
  cc_history_undo (fixture->file, last, NULL, &seq, &error);
  g_assert_no_error (error);
}

/* Three by hand, four of a delivery. */
static void
fill (Fixture *fixture)
{
  Victims   victims = { 1, 3, { 0 } };
  Delivered delivered = { .n = 4, .first = 20 };

  cc_case_file_set_user (fixture->file, "Registry");
  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, deliver, &delivered);
  g_assert_cmpint (delivered.ids[3], ==, 7);
  fixture_act (fixture, add_nil, NULL);
  assert_proven (fixture);
}

static void
test_altered (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *said; /* words of the sentence */
  } tricks[] = {
    { "UPDATE identifier SET value = 'MALLORY' WHERE record = 2",
      "Record 2 (victim): what it says" },
    { "UPDATE identifier SET value = 'MALLORY' WHERE record = 5",
      "Record 5 (victim) of “police”, delivery 1 (“police.csv”), row 3: what it says was changed "
      "by something other than Casecount" },
    { "DELETE FROM identifier WHERE record = 6", "Record 6 (victim)" },
    { "INSERT INTO identifier SELECT record, kind, 3, 'x', 'x' FROM identifier WHERE record = 4",
      "Record 4 (victim)" },
    { "INSERT INTO extra_value VALUES (999, 1, 0, 'x')", "1 values belong to no record" },
    { "INSERT INTO extra_value VALUES (5, 9999, 0, 'x')", "Record 5 (victim)" },
    { "INSERT INTO perpetrator (record) VALUES (5)",
      "1 rows of the table “perpetrator” belong to no such record" },
    { "UPDATE record SET basis = 3 WHERE id = 7", "which agency and delivery it belongs to" },
    { "UPDATE record SET source_row = 1 WHERE id = 7", "which agency and delivery it belongs to" },
    { "UPDATE source_row SET state = 'rejected' WHERE id = 2",
      "Delivery 1 (“police.csv”) of “police”: its rows as they arrived" },
    { "INSERT INTO aggregate_cell (submission, unit, count) VALUES (2, 'victim', 70)",
      "Delivery 2 of “police”: its counts were changed, added or removed" },
    { "INSERT INTO source_row (submission, row, state) VALUES (2, 1, 'accepted')",
      "Delivery 2 of “police”: its rows as they arrived were changed, added" },
    { "UPDATE audit SET time = time || 'a' WHERE seq = 2", "History: act 2 was altered" },
    { "UPDATE record SET digest = zeroblob (16) WHERE id = 7", "Record 7 (victim)" },
    { "UPDATE record SET digest = zeroblob (16) WHERE id = 1", "Record 1 (victim)" },
    { "UPDATE record SET entity = NULL WHERE id = 7",
      "which agency and delivery it belongs to, was changed" },
    { "UPDATE record SET state = 1 WHERE id = 7", "it was taken out of the counts" },
    { "UPDATE record SET state = 1 WHERE id = 2", "Record 2 (victim)" },
    { "UPDATE multi_value SET code = (SELECT id FROM code WHERE list = 'COUNTRY' AND code = 'GHA')"
      " WHERE record = 5",
      "Record 5 (victim)" },
    { "UPDATE source_row SET cells = '[]' WHERE id = 2",
      "Delivery 1 (“police.csv”) of “police”: its rows as they arrived" },
    { "INSERT INTO source_row VALUES (9, 1, 'Sheet 1', 9, '[]', 'accepted', NULL)",
      "Delivery 1 (“police.csv”) of “police”: its rows as they arrived" },
    { "UPDATE aggregate_cell SET count = 8", "its counts were changed" },
    { "UPDATE submission SET accepted = accepted + 1 WHERE id = 1",
      "Delivery 1 (“police.csv”) of “police”: "
      "what is noted of it" },
    { "UPDATE entity SET name = 'Other'", "Agency 1: it was changed" },
    { "INSERT INTO entity (key, name) VALUES ('x', 'Ghost')",
      "Agency “Ghost”: no act of the history has brought it" },
    { "INSERT INTO setting VALUES ('x', 'y')", "The setting “x”: no act" },
    { "INSERT INTO pack_file VALUES ('variables.csv', 'x')",
      "Classifications (“variables.csv”): no act" },
    { "UPDATE meta SET value = 'TGO' WHERE key = 'country'", "What the file says of itself" },
    { "UPDATE meta SET value = '1' WHERE key = 'practice'", "What the file says of itself" },
    { "UPDATE meta SET value = 'x' WHERE key = 'pack-checksum'", "What the file says of itself" },
    { "UPDATE variable SET key = 'VI99' WHERE id = 3", "What the numbers of codes and variables" },
    { "UPDATE code SET code = 'XXX' WHERE id = (SELECT max (id) FROM code)",
      "What the numbers of codes and variables" },
    { "DELETE FROM code_closure WHERE scheme = 'tree'", "What the numbers of codes and variables" },
    { "INSERT INTO concordance (act, kind, list, old, new, state, target)"
      " VALUES (1, 'code', 'SEX', 'F', 'M', 'recoded', 1)",
      "What the numbers of codes and variables" },
    { "INSERT INTO population (year, sex, age_class, count, source) VALUES (2024, 'F', 'x', 1, "
      "'y')",
      "What is kept in “population” under 1: no act" },
    { "INSERT INTO pack_overlay (kind, key, body) VALUES ('a', 'b', 'c')", "“pack_overlay”" },
    { "INSERT INTO pair_decision (kind, a, b, verdict, source, time, act)"
      " VALUES ('VI', 1, 2, 'same', 'review', 1, 2)",
      "“pair_decision”" },
    { "INSERT INTO cluster_choice VALUES (1, 1, 1)", "“cluster_choice”" },
    { "CREATE TRIGGER evil AFTER INSERT ON audit BEGIN DELETE FROM finding; END",
      "a rule that acts by itself (trigger) “evil”" },
    { "CREATE TABLE evil (x)", "table “evil”" },
    { "DROP INDEX record_withdrawn", "missing: index record_withdrawn" },
    { "DROP VIEW q_return; CREATE VIEW q_return AS SELECT 1 AS id", "the view “q_return”" },
  };
  g_autofree char *bytes = NULL;
  gsize            size;

  fill (fixture);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      g_test_message ("trick: %s", tricks[i].sql);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      fixture_open (fixture);
      tamper (fixture, tricks[i].sql);
      problems = fixture_problems (fixture);
      g_assert_cmpuint (problems->len, >, 0);
      g_assert_nonnull (strstr (problems->pdata[0], tricks[i].said));
      fixture_close (fixture);
    }
}

/* A record that is gone, one that nobody brought. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  static const char remove[] = "DELETE FROM identifier WHERE record = 7;"
                               "DELETE FROM multi_value WHERE record = 7;"
                               "DELETE FROM answer WHERE record = 7;"
                               "DELETE FROM membership WHERE record = 7;"
                               "DELETE FROM victim WHERE record = 7;"
                               "DELETE FROM record WHERE id = 7";
  g_autoptr (GPtrArray) problems = NULL;

  fill (fixture);
  tamper (fixture, remove);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "Record 7: it was removed by something other"));
}

static void
test_added (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;

  fill (fixture);
  tamper (fixture, "INSERT INTO record (uuid, unit) VALUES (randomblob (16), 'VI');"
                   "INSERT INTO victim (record) VALUES (8)");
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "Record 8 (victim): no act of the history"));
}

/* What was altered is found however much is done afterwards. */
static void
test_later_acts (Fixture *fixture, gconstpointer data)
{
  Delivered more = { .n = 2, .first = 40 };

  fill (fixture);
  tamper (fixture, "UPDATE entity SET name = 'Other'");
  tamper (fixture, "UPDATE identifier SET value = 'MALLORY' WHERE record = 5");
  tamper (fixture, "UPDATE submission SET rows = 99 WHERE id = 1");
  fixture_act (fixture, deliver, &more);
  fixture_act (fixture, add_agency, (gpointer) "court");
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 3);
  }
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_submission (act, *(gint64 *) data, NULL, error);
}

/* Whatever the program does itself. */
static void
test_own_acts (Fixture *fixture, gconstpointer data)
{
  Delivered     first = { .n = 4, .first = 20 };
  Delivered     again = { .n = 2, .first = 22 };
  Victims       victims = { 70, 2, { 0 } };
  CcPurgeResult purged;
  g_autoptr (GError) error = NULL;
  gint64 second = 3; /* after the nil return */

  fill (fixture);
  /* The same persons sent again, the delivery taken back and woken. */
  fixture_act (fixture, deliver, &again);
  assert_proven (fixture);
  fixture_act (fixture, withdraw, &second);
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
  /* By hand, taken back, and the numbers given out again by a delivery. */
  fixture_act (fixture, add_victims, &victims);
  undo (fixture);
  assert_proven (fixture);
  first.first = 80;
  fixture_act (fixture, deliver, &first);
  assert_proven (fixture);
  /* Identifiers removed, and sent once more. */
  g_assert_true (
      cc_retention_withdraw (fixture->file, first.ids[1], "asked for", NULL, &purged, &error));
  g_assert_no_error (error);
  assert_proven (fixture);
  fixture_act (fixture, deliver, &first);
  assert_proven (fixture);
  tamper (fixture, "UPDATE identifier SET value = 'back' WHERE value = '███'");
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, >, 0);
    g_assert_nonnull (strstr (problems->pdata[0], "what it says was changed"));
  }
}

/* Which record has folded forms that do not follow from what it says; 0: none. */
static void
assert_folded (Fixture *fixture, gint64 wrong)
{
  g_autoptr (GError) error = NULL;
  CcConnection  *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  const gboolean ok = cc_norm_verify (reader, NULL, &error);

  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpint (ok, ==, wrong == 0);
  if (wrong != 0)
    {
      g_autofree char *said = g_strdup_printf ("record %" G_GINT64_FORMAT ".", wrong);

      g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
      g_assert_true (g_str_has_suffix (error->message, said));
    }
}

static gboolean
fold_anew (CcAct *act, gpointer data, GError **error)
{
  return cc_norm_rebuild (act, error);
}

/* Folded forms by which persons are found are no statement: they are made anew from what is, and
 * records remain as the history says. */
static void
test_folded (Fixture *fixture, gconstpointer data)
{
  static const char *const tricks[] = { "UPDATE identifier SET norm = 'x' WHERE record = 2",
                                        "UPDATE identifier SET norm = NULL WHERE record = 5",
                                        "UPDATE identifier SET norm = 'x'" };
  static const gint64      first[] = { 2, 5, 1 };
  Victims                  many = { 100, 6000, { 0 } };
  CcPurgeResult            purged;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;

  fill (fixture);
  fixture_act (fixture, add_victims, &many);
  g_assert_true (cc_retention_withdraw (fixture->file, 6, "asked for", NULL, &purged, &error));
  g_assert_no_error (error);
  assert_folded (fixture, 0);
  hash = fixture_hash (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autofree char *mended = NULL;

      tamper (fixture, tricks[i]);
      assert_folded (fixture, first[i]);
      assert_proven (fixture);
      fixture_act (fixture, fold_anew, NULL);
      assert_folded (fixture, 0);
      assert_proven (fixture);
      mended = fixture_hash (fixture);
      g_assert_cmpstr (mended, ==, hash);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/proof/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("altered", test_altered);
  ADD ("removed", test_removed);
  ADD ("added", test_added);
  ADD ("later-acts", test_later_acts);
  ADD ("own-acts", test_own_acts);
  ADD ("folded", test_folded);
  return g_test_run ();
}
