/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-connection.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-user.h>

#include <string.h>

/* Every table of a case file, and by what it is proven: what is done to it past the program is
 * found. A new table without an entry here fails. */

typedef struct
{
  const char *table;
  const char *by; /* what proves it; of tables that are not proven, why that is so */
  const char *tricks[8];
} Entry;

static const Entry entries[] = {
  { "meta",
    "a seal",
    { "UPDATE meta SET value = 'x' WHERE key = 'file-id'",
      "DELETE FROM meta WHERE key = 'pack-version'", "INSERT INTO meta VALUES ('x', 'y')" } },
  { "setting",
    "rows in the chain",
    { "UPDATE setting SET value = 'x'", "DELETE FROM setting",
      "INSERT INTO setting VALUES ('x', 'y')" } },
  { "variable",
    "a seal",
    { "UPDATE variable SET key = 'x' WHERE id = 1", "UPDATE variable SET unit = 'x' WHERE id = 1",
      "UPDATE variable SET kind = 'x' WHERE id = 1", "UPDATE variable SET list = 'x' WHERE id = 1",
      "INSERT INTO variable VALUES (9999, 'x', 'x', 'x', 'x')" } },
  { "code",
    "a seal",
    { "UPDATE code SET code = 'x' WHERE id = 1", "UPDATE code SET list = 'x' WHERE id = 1",
      "UPDATE code SET parent = 2 WHERE id = 1",
      "INSERT INTO code VALUES (99999, 'x', 'x', NULL)" } },
  { "code_closure",
    "a seal",
    { "DELETE FROM code_closure", "INSERT INTO code_closure VALUES ('x', 1, 2)" } },
  { "concordance",
    "a seal",
    { "INSERT INTO concordance VALUES (1, 1, 'x', 'x', 'x', 'x', 'x', 1)" } },
  { "pack_overlay", "rows in the chain", { "INSERT INTO pack_overlay VALUES (1, 'x', 'x', 'x')" } },
  { "pack_file", "a seal", { "INSERT INTO pack_file VALUES ('x', 'x')" } },
  { "entity",
    "rows in the chain",
    { "UPDATE entity SET name = 'x'", "UPDATE entity SET basis = 1",
      "UPDATE entity SET identifies = 1 - identifies", "UPDATE entity SET contact = 'x'",
      "INSERT INTO entity (key, name) VALUES ('x', 'x')" } },
  { "expected_return", "rows in the chain", { "INSERT INTO expected_return (entity) VALUES (1)" } },
  { "submission",
    "a seal a delivery",
    { "UPDATE submission SET nil = 1", "UPDATE submission SET rows = 7",
      "UPDATE submission SET first = 7", "UPDATE submission SET state = 'x'",
      "UPDATE submission SET sha256 = 'x'",
      "INSERT INTO submission (entity, received) VALUES (1, 1)" } },
  { "source_row",
    "a seal a delivery",
    { "UPDATE source_row SET cells = 'x'", "UPDATE source_row SET row = 77",
      "DELETE FROM source_row" } },
  { "aggregate_cell",
    "a seal a delivery",
    { "UPDATE aggregate_cell SET count = 70", "UPDATE aggregate_cell SET categories = 'x'",
      "DELETE FROM aggregate_cell" } },
  { "record",
    "words, bound by a hash",
    { "UPDATE record SET state = 1 WHERE id = 4", "UPDATE record SET entity = NULL WHERE id = 4",
      "UPDATE record SET digest = zeroblob (16) WHERE id = 4",
      "UPDATE record SET uuid = zeroblob (16) WHERE id = 4",
      "INSERT INTO record (uuid, unit) VALUES (zeroblob (16), 'VI')" } },
  { "answer", "the digest of its record", { "UPDATE answer SET complete = 0 WHERE record = 4" } },
  { "multi_value", "the digest of its record", { "DELETE FROM multi_value WHERE record = 4" } },
  { "no_value",
    "the digest of its record",
    { "INSERT INTO no_value SELECT 4, id, 'U' FROM variable WHERE unit = 'victim'"
      " AND kind = 'code' AND key <> 'VI03'" } },
  { "extra_value",
    "the digest of its record",
    { "INSERT INTO extra_value VALUES (999, 1, 0, 'x')" } },
  { "identifier",
    "the digest of its record; norm is made anew from the value, and compared with it",
    { "UPDATE identifier SET value = 'x' WHERE record = 4",
      "DELETE FROM identifier WHERE record = 4" } },
  { "cluster",
    "replayed",
    { "UPDATE cluster SET state = 1 WHERE id = 4",
      "UPDATE cluster SET merged_into = 1 WHERE id = 4",
      "UPDATE cluster SET kind = 'PE' WHERE id = 4", "INSERT INTO cluster (kind) VALUES ('VI')" } },
  { "membership",
    "replayed",
    { "UPDATE membership SET cluster = 1 WHERE record = 4",
      "UPDATE membership SET from_act = 1 WHERE record = 4",
      "UPDATE membership SET to_act = 2 WHERE record = 4",
      "DELETE FROM membership WHERE record = 4" } },
  { "cluster_choice", "rows in the chain", { "INSERT INTO cluster_choice VALUES (1, 1, 1)" } },
  { "pair_decision",
    "rows in the chain",
    { "INSERT INTO pair_decision (kind, a, b, verdict, source, time, act)"
      " VALUES ('VI', 1, 2, 'same', 'x', 1, 1)" } },
  { "link_model", "rows in the chain", { "INSERT INTO link_model VALUES (1, 'VI', 1, 'x')" } },
  { "link_run",
    "rows in the chain",
    { "INSERT INTO link_run (kind, seed, records, pairs, time, act)"
      " VALUES ('VI', 1, 1, 1, 1, 1)" } },
  { "proposal",
    "rows in the chain",
    { "PRAGMA defer_foreign_keys = ON;"
      "INSERT INTO link_run (id, kind, seed, records, pairs, time,"
      " act) VALUES (1, 'VI', 1, 1, 1, 1, 1);"
      "INSERT INTO proposal (run, kind, a, b, weight, probability)"
      " VALUES (1, 'VI', 1, 2, 1, 1)" } },
  { "named_table", "rows in the chain", { "INSERT INTO named_table VALUES (1, 'x', 'x', 'x')" } },
  { "questionnaire_answer",
    "rows in the chain",
    { "INSERT INTO questionnaire_answer (questionnaire, tbl, cell) VALUES ('x', 'x', 'x')" } },
  { "layout", "rows in the chain", { "INSERT INTO layout VALUES (1, 'x', 'x')" } },
  { "release",
    "rows in the chain",
    { "INSERT INTO release (profile, audience, time, act) VALUES ('x', 'x', 1, 1)" } },
  { "population",
    "rows in the chain",
    { "INSERT INTO population VALUES (1, 2024, 'F', 'x', 1, 'x')" } },
  { "retention",
    "rows in the chain",
    { "INSERT INTO retention VALUES (1, 'VI', '*', NULL, 1, 'x', 1, 1)" } },
  { "merge_conflict",
    "rows in the chain",
    { "INSERT INTO merge_conflict (act, kind, mine_time, theirs_time, kept)"
      " VALUES (1, 'x', 1, 1, 'x')" } },
  { "audit", "itself", { "UPDATE audit SET user = 'x' WHERE seq = 2" } },
  { "audit_change", "the act's hash", { "UPDATE audit_change SET after = 'x' WHERE seq = 2" } },
  { "user",
    "a seal a row",
    { "UPDATE user SET name = 'x'", "DELETE FROM user", "INSERT INTO user (name) VALUES ('x')" } },
  { "finding",
    "a seal some rows",
    { "UPDATE finding SET state = 'x'", "UPDATE finding SET value = 'x'",
      "UPDATE finding SET severity = 'x' WHERE id = 1", "DELETE FROM finding WHERE id = 2",
      "INSERT INTO finding (rule, severity) VALUES ('x', 'x')",
      "INSERT INTO finding (id, rule, severity) VALUES (5000, 'x', 'x')" } },
  { "profile",
    "a seal a row",
    { "UPDATE profile SET name = 'x'", "UPDATE profile SET entity = 1",
      "INSERT INTO profile (name) VALUES ('x')" } },
  { "profile_version",
    "a seal a row",
    { "UPDATE profile_version SET body = 'x'", "DELETE FROM profile_version",
      "UPDATE profile_version SET signature = 'x'",
      "INSERT INTO profile_version (profile, version, body, time) VALUES (1, 7, 'x', 1)" } },
  /* Not proven. */
  { "person_fact", "made anew from the records, and compared with them", { NULL } },
  { "dirty_cluster", "empty between acts", { NULL } },
  { "norm", "made anew from the records", { NULL } },
  { "staging_batch", "work not yet done", { NULL } },
  { "staging_row", "the same", { NULL } },
};

static gboolean
fill (CcAct *act, gpointer data, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission delivery = { .entity = 1, .rows = 2, .accepted = 2 };
  gboolean     ok;

  delivery.file_name = g_strdup ("police.csv");
  delivery.sha256 = g_strdup ("0f");
  delivery.period.first = cc_day_from_ymd (2024, 1, 1);
  delivery.period.last = cc_day_from_ymd (2024, 12, 31);
  ok = cc_act_add_submission (act, &delivery, error);
  for (guint i = 0; ok && i < 2; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, 20 + i, "Sarr");
      gint64 row = cc_act_add_source_row (act, delivery.id, "Sheet 1", i + 2, "[\"Sarr\"]",
                                          "accepted", NULL, error);

      ok = row != 0 && cc_act_put_record (act, record, 1, delivery.id, row, NULL, error);
    }
  ok = ok
       && cc_act_add_aggregate_cell (act, delivery.id, 0, 0, "victim", delivery.period,
                                     "place=X;column=Y", 7, error)
              != 0;
  for (guint i = 0; ok && i < 2; i++)
    {
      CcFinding finding = { .rule = (char *) "a",
                            .record = 4,
                            .submission = delivery.id,
                            .value = (char *) "b",
                            .severity = (char *) "note" };

      ok = cc_act_add_finding (act, &finding, error);
      g_free (finding.state);
    }
  if (ok)
    {
      CcProfileVersion profile = { .name = (char *) "Lists", .body = (char *) "b" };

      ok = cc_act_keep_profile (act, &profile, error);
    }
  g_free (delivery.file_name);
  g_free (delivery.sha256);
  g_free (delivery.state);
  return ok;
}

static gboolean
set_up (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, "police", "Police", NULL, error) != 0
         && cc_act_set_setting (act, "a", "b", error);
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

static const Entry *
find_entry (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (strcmp (entries[i].table, table) == 0)
      return &entries[i];
  return NULL;
}

static gboolean
is_unit (CcPack *pack, const char *table)
{
  for (guint i = 0; i < cc_pack_get_n_units (pack); i++)
    if (strcmp (cc_pack_get_unit (pack, i)->name, table) == 0)
      return TRUE;
  return FALSE;
}

/* Tables of units are proven by the digests of their records. */
static void
test_complete (Fixture *fixture, gconstpointer data)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  guint         n = 0;

  {
    g_autoptr (CcStatement) rows =
        cc_connection_prepare (reader,
                               "SELECT name FROM sqlite_master WHERE type = 'table'"
                               " AND name NOT LIKE 'sqlite%' ORDER BY name",
                               NULL);
    gboolean has_row;

    while (cc_statement_step (rows, &has_row, NULL) && has_row)
      {
        const char *table = cc_statement_text (rows, 0);

        g_test_message ("table %s", table);
        if (is_unit (fixture->pack, table) && find_entry (table) == NULL)
          continue;
        g_assert_nonnull (find_entry (table));
        n++;
      }
  }
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (entries));
}

static void
test_found (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (cc_user_choose (fixture->file, "Registry", "", NULL, NULL));
  fixture_act (fixture, set_up, NULL);
  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, fill, NULL);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    for (guint j = 0; entries[i].tricks[j] != NULL; j++)
      {
        g_autoptr (GPtrArray) problems = NULL;
        g_autoptr (GError) error = NULL;

        g_test_message ("trick: %s", entries[i].tricks[j]);
        g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
        fixture_open (fixture);
        cc_case_file_maintain (fixture->file, run_sql, (gpointer) entries[i].tricks[j], NULL,
                               &error);
        g_assert_no_error (error);
        problems = fixture_problems (fixture);
        g_assert_cmpuint (problems->len, >, 0);
        fixture_close (fixture);
      }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/proof-tables/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("complete", test_complete);
  ADD ("found", test_found);
  return g_test_run ();
}
