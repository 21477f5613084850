/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "history/cc-history-texts.h"

#include <cc/linkage/cc-review.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-records.h>

/* What the history says of acts about persons: how many records, which ones, and never by a name.
 */

#define N 6

typedef struct
{
  AppTest    base;
  CcSession *session;
  gint64     records[N];
} Fixture;

static gboolean
find_records (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (cc_act_get_connection (act),
                             "SELECT id FROM record WHERE unit = 'VI' ORDER BY id", error);
  gboolean has_row = FALSE;

  for (guint i = 0; i < N; i++)
    {
      g_assert_true (cc_statement_step (rows, &has_row, error) && has_row);
      fixture->records[i] = cc_statement_int64 (rows, 0);
    }
  return TRUE;
}

/* The first has a name and the number under which its agency keeps it. */
static gboolean
put_number (CcAct *act, gpointer data, GError **error)
{
  Fixture    *fixture = data;
  CcCaseFile *file = cc_act_get_file (act);
  CcPack     *pack = cc_case_file_get_pack (file);
  g_autoptr (CcRecord) record =
      cc_store_read_record (file, cc_act_get_connection (act), fixture->records[0], error);
  const gint64 police =
      cc_connection_get_int64 (cc_act_get_connection (act),
                               "SELECT id FROM entity WHERE key = 'police'", 0, error);

  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_AGENCYREF"))->text =
      g_strdup ("BPM-017");
  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text =
      g_strdup ("Invented");
  return cc_act_put_record (act, record, police, 0, 0, NULL, error);
}

/* Returns: the number of the act */
static gint64
run (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  CcCaseFile   *file = cc_session_get_file (fixture->session);
  CcConnection *reader;
  GError       *error = NULL;
  gint64        seq;

  g_assert_true (cc_case_file_act (file, name, func, data, NULL, &error));
  g_assert_no_error (error);
  reader = cc_case_file_acquire_reader (file, &error);
  seq = cc_history_get_last (reader, &error);
  cc_case_file_release_reader (file, reader);
  g_assert_no_error (error);
  return seq;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = N };
  g_autofree char *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "persons.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
  run (fixture, "look", find_records, fixture);
  run (fixture, "case", put_number, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cc_session_unref (fixture->session);
  app_test_tear_down (&fixture->base, data);
}

static char *
describe (Fixture *fixture, gint64 seq)
{
  CcCaseFile   *file = cc_session_get_file (fixture->session);
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  g_autoptr (CcHistoryEntry) entry = cc_history_entry_load (reader, seq, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return cc_history_describe (fixture->session, entry);
}

/* Isolates keep a number of Latin letters in order in Arabic; here they only are in the way. */
static void
assert_says (Fixture *fixture, gint64 seq, const char *expected)
{
  g_autofree char *sentence = describe (fixture, seq);
  g_autoptr (GString) plain = g_string_new (sentence);

  g_string_replace (plain, "\u2068", "", 0);
  g_string_replace (plain, "\u2069", "", 0);
  g_assert_cmpstr (plain->str, ==, expected);
}

typedef struct
{
  const gint64 *records;
  guint         n;
  CcVerdict     verdict;
  gint64        taken_out;
} Decision;

static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  const Decision *self = data;

  if (self->taken_out != 0)
    return cc_act_take_out (act, self->taken_out, self->records, self->n, NULL, error);
  return cc_act_decide_records (act, self->records, self->n, self->verdict, NULL, error);
}

static gint64
say (Fixture *fixture, guint first, guint n, CcVerdict verdict)
{
  Decision decision = { fixture->records + first, n, verdict, 0 };

  return run (fixture, "decide", decide, &decision);
}

static gint64
find_person (Fixture *fixture, guint record)
{
  CcCaseFile      *file = cc_session_get_file (fixture->session);
  CcConnection    *reader = cc_case_file_acquire_reader (file, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT cluster FROM membership WHERE to_act IS NULL"
                                          " AND record = %" G_GINT64_FORMAT,
                                          fixture->records[record]);
  const gint64     person = cc_connection_get_int64 (reader, sql, 0, NULL);

  cc_case_file_release_reader (file, reader);
  return person;
}

static char *
number (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
test_joined (Fixture *fixture, gconstpointer data)
{
  const gint64     first = say (fixture, 1, 2, CC_VERDICT_SAME);
  const gint64     all = say (fixture, 0, 2, CC_VERDICT_SAME);
  g_autofree char *person = number (find_person (fixture, 0));
  g_autofree char *second = number (fixture->records[1]);
  g_autofree char *third = number (fixture->records[2]);
  g_autofree char *expected = NULL;
  g_autofree char *taken_back = NULL;
  gint64           undo = 0;
  GError          *error = NULL;

  expected = g_strdup_printf ("3 records joined as person %s: BPM-017 (National Police), record %s "
                              "(Labour Inspectorate), record %s (National Police)",
                              person, second, third);
  assert_says (fixture, all, expected);
  g_assert_true (
      cc_history_undo (cc_session_get_file (fixture->session), all, NULL, &undo, &error));
  g_assert_no_error (error);
  assert_says (fixture, all, expected);
  taken_back = g_strconcat ("Taken back: ", expected, NULL);
  assert_says (fixture, undo, taken_back);
  g_assert_cmpint (first, <, all);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  const gint64     act = say (fixture, 0, 6, CC_VERDICT_SAME);
  g_autofree char *sentence = describe (fixture, act);

  g_assert_true (g_str_has_prefix (sentence, "6 records joined as person "));
  g_assert_true (g_str_has_suffix (sentence, " and 3 more"));
}

static void
test_different (Fixture *fixture, gconstpointer data)
{
  const gint64     pair = say (fixture, 0, 2, CC_VERDICT_DIFFERENT);
  const gint64     group = say (fixture, 2, 3, CC_VERDICT_DIFFERENT);
  g_autofree char *second = number (fixture->records[1]);
  g_autofree char *third = number (fixture->records[2]);
  g_autofree char *fourth = number (fixture->records[3]);
  g_autofree char *fifth = number (fixture->records[4]);
  g_autofree char *of_pair = g_strdup_printf ("2 records decided to be different persons: BPM-017 "
                                              "(National Police), record %s (Labour "
                                              "Inspectorate)",
                                              second);
  g_autofree char *of_group = g_strdup_printf ("3 records decided to be different persons: record "
                                               "%s (National Police), record %s (Labour "
                                               "Inspectorate), record %s (National Police)",
                                               third, fourth, fifth);

  assert_says (fixture, pair, of_pair);
  assert_says (fixture, group, of_group);
}

/* One is apart from the others, which nothing was said about. */
static void
test_taken_out (Fixture *fixture, gconstpointer data)
{
  Decision         decision = { fixture->records, 3, CC_VERDICT_DIFFERENT, fixture->records[0] };
  gint64           act = run (fixture, "decide", decide, &decision);
  g_autofree char *second = number (fixture->records[1]);
  g_autofree char *third = number (fixture->records[2]);
  g_autofree char *apart = g_strdup_printf ("BPM-017 (National Police) decided to be another "
                                            "person than record %s (Labour "
                                            "Inspectorate), record %s (National Police)",
                                            second, third);
  g_autofree char *fifth = number (fixture->records[4]);
  g_autofree char *sixth = number (fixture->records[5]);
  g_autofree char *from = NULL;

  assert_says (fixture, act, apart);
  say (fixture, 3, 3, CC_VERDICT_SAME);
  /* The others move, if their person was that of the one taken out. */
  decision.records = fixture->records + 3;
  decision.taken_out = fixture->records[3];
  act = run (fixture, "decide", decide, &decision);
  from = g_strdup_printf ("record %" G_GINT64_FORMAT " (Labour Inspectorate) decided to be another "
                          "person than record %s (National Police), record %s (Labour "
                          "Inspectorate)",
                          fixture->records[3], fifth, sixth);
  assert_says (fixture, act, from);
}

/* Of two, the one that left. */
static void
test_parted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *person = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *sentence = NULL;
  Decision         decision = { fixture->records + 1, 2, CC_VERDICT_DIFFERENT, 0 };

  say (fixture, 1, 2, CC_VERDICT_SAME);
  person = number (find_person (fixture, 1));
  decision.taken_out = fixture->records[1];
  sentence = describe (fixture, run (fixture, "decide", decide, &decision));
  expected = g_strdup_printf ("1 record told apart from person %s: ", person);
  g_assert_true (g_str_has_prefix (sentence, expected));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/history-persons/joined", test_joined);
  ADD ("/app/history-persons/many", test_many);
  ADD ("/app/history-persons/different", test_different);
  ADD ("/app/history-persons/taken-out", test_taken_out);
  ADD ("/app/history-persons/parted", test_parted);
  return g_test_run ();
}
