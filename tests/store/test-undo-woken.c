/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>

/* Joins and splits are taken back although deliveries of the same records came and went since, and
 * whoever came back meanwhile is where it would be without what is taken back. */

static gint64
run (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  fixture_act (fixture, func, data);
  g_test_message ("%s is %" G_GINT64_FORMAT, name,
                  fixture_count (fixture, "SELECT max (seq) FROM audit"));
  return fixture_count (fixture, "SELECT max (seq) FROM audit");
}

static void
assert_in_order (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static gint64
undo (Fixture *fixture, gint64 seq)
{
  GError  *error = NULL;
  gint64   new_seq = 0;
  gboolean ok = cc_history_undo (fixture->file, seq, NULL, &new_seq, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  assert_in_order (fixture);
  return new_seq;
}

/* The later act that the message names; 0: the act can be taken back. */
static gint64
find_blocking (Fixture *fixture, gint64 seq)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  CcUndoState   state;
  gint64        other;

  g_assert_true (cc_history_check_undo (reader, seq, &state, &other, &error));
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_true (state == CC_UNDO_POSSIBLE || state == CC_UNDO_LATER);
  return state == CC_UNDO_LATER ? other : 0;
}

/* ---- deliveries ---- */

typedef struct
{
  guint  first; /* number of the first victim */
  gint64 submission;
  gint64 ids[2];
} Delivery;

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  Delivery    *delivery = data;
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { .file_name = (char *) "police.xlsx", .rows = 2, .accepted = 2 };
  gboolean     ok;

  submission.entity =
      cc_connection_get_int64 (cc_act_get_connection (act), "SELECT min (id) FROM entity", 0, NULL);
  if (submission.entity == 0)
    submission.entity = cc_act_add_entity (act, "police", "Police", NULL, error);
  ok = submission.entity != 0 && cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  for (guint i = 0; ok && i < G_N_ELEMENTS (delivery->ids); i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, delivery->first + i, "Sané");
      gint64 row =
          cc_act_add_source_row (act, submission.id, "1", i + 2, "[]", "accepted", NULL, error);

      ok = row != 0
           && cc_act_put_record (act, record, submission.entity, submission.id, row, NULL, error);
      delivery->ids[i] = record->id;
    }
  delivery->submission = submission.id;
  return ok;
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_submission (act, ((Delivery *) data)->submission, NULL, error);
}

/* The delivery is taken back, comes by another way, that one is taken back, and it is there again.
 */
static void
come_and_go (Fixture *fixture, Delivery *delivery)
{
  Delivery     again = { .first = delivery->first };
  const gint64 withdrawn = run (fixture, "withdraw", withdraw, delivery);
  const gint64 second = run (fixture, "import", deliver, &again);

  g_assert_cmpint (delivery->ids[0], ==, again.ids[0]);
  undo (fixture, second);
  undo (fixture, withdrawn);
}

/* ---- persons ---- */

typedef struct
{
  gint64    a;
  gint64    b;
  CcVerdict verdict;
} Pair;

static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  const Pair    *pair = data;
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = MIN (pair->a, pair->b),
                              .b = MAX (pair->a, pair->b),
                              .verdict = pair->verdict,
                              .source = (char *) "review" };
  const gint64   a = cc_act_find_cluster (act, pair->a, error);
  const gint64   b = cc_act_find_cluster (act, pair->b, error);

  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  if (pair->verdict == CC_VERDICT_SAME)
    return cc_act_join (act, a, b, decision.id, error);
  return a != b || cc_act_split (act, a, &pair->b, 1, decision.id, error);
}

static gint64
join (Fixture *fixture, gint64 a, gint64 b)
{
  Pair pair = { a, b, CC_VERDICT_SAME };

  return run (fixture, "join", decide, &pair);
}

static gint64
part (Fixture *fixture, gint64 a, gint64 b)
{
  Pair pair = { a, b, CC_VERDICT_DIFFERENT };

  return run (fixture, "part", decide, &pair);
}

/* Who is one person with whom: "1,3 2 4". */
static char *
read_persons (Fixture *fixture)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (reader,
                             "SELECT group_concat (persons, ' ') FROM (SELECT persons FROM"
                             " (SELECT cluster, group_concat (record) AS persons,"
                             "  min (record) AS least FROM (SELECT cluster, record"
                             "  FROM membership WHERE to_act IS NULL ORDER BY record)"
                             " GROUP BY cluster) ORDER BY least)",
                             &error);
  gboolean has_row;
  char    *text;

  g_assert_no_error (error);
  g_assert_true (cc_statement_step (rows, &has_row, &error));
  text = g_strdup (cc_statement_text (rows, 0));
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (fixture->file, reader);
  return text;
}

static void
assert_persons (Fixture *fixture, const char *wanted)
{
  g_autofree char *persons = read_persons (fixture);

  g_assert_cmpstr (persons, ==, wanted);
}

/* ---- */

static void
test_join (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  gint64   joined;
  gint64   taken = 0;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  joined = join (fixture, police.ids[0], court.ids[0]);
  come_and_go (fixture, &court);
  assert_persons (fixture, "1,3 2 4");
  g_assert_cmpint (find_blocking (fixture, joined), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      taken = undo (fixture, i % 2 == 0 ? joined : taken);
      assert_persons (fixture, "1 2 3 4");
      taken = undo (fixture, taken);
      assert_persons (fixture, "1,3 2 4");
      come_and_go (fixture, &court);
      come_and_go (fixture, &police);
      assert_persons (fixture, "1,3 2 4");
    }
  /* While the record is not there, what took it away comes first. */
  taken = run (fixture, "withdraw", withdraw, &court);
  g_assert_cmpint (find_blocking (fixture, joined), ==, taken);
}

static void
test_split (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  gint64   first;
  gint64   second;
  gint64   parted;
  gint64   taken;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  first = join (fixture, police.ids[0], court.ids[0]);
  second = join (fixture, police.ids[0], court.ids[1]);
  parted = part (fixture, police.ids[0], court.ids[0]);
  assert_persons (fixture, "1,4 2 3");
  come_and_go (fixture, &court);
  assert_persons (fixture, "1,4 2 3");
  g_assert_cmpint (find_blocking (fixture, first), ==, parted);
  taken = undo (fixture, parted);
  assert_persons (fixture, "1,3,4 2");
  taken = undo (fixture, taken);
  assert_persons (fixture, "1,4 2 3");
  come_and_go (fixture, &court);
  undo (fixture, parted);
  assert_persons (fixture, "1,3,4 2");
  come_and_go (fixture, &police);
  undo (fixture, second);
  assert_persons (fixture, "1,3 2 4");
  undo (fixture, first);
  assert_persons (fixture, "1 2 3 4");
}

/* What was done while the record was there by another way stands in the way as long as it stands.
 */
static void
test_between (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  Delivery again = { .first = 3 };
  gint64   joined;
  gint64   withdrawn;
  gint64   second;
  gint64   further;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  joined = join (fixture, police.ids[0], court.ids[0]);
  withdrawn = run (fixture, "withdraw", withdraw, &court);
  second = run (fixture, "import", deliver, &again);
  further = join (fixture, police.ids[1], police.ids[0]);
  undo (fixture, second);
  undo (fixture, withdrawn);
  assert_persons (fixture, "1,2,3 4");
  g_assert_cmpint (find_blocking (fixture, joined), ==, further);
  undo (fixture, further);
  assert_persons (fixture, "1,3 2 4");
  undo (fixture, joined);
  assert_persons (fixture, "1 2 3 4");
}

/* Came back while its person was part of another: that taken back, it goes with its own. */
static void
test_joined_meanwhile (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  gint64   first;
  gint64   second;
  gint64   withdrawn;
  gint64   taken;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  first = join (fixture, police.ids[0], court.ids[0]);
  withdrawn = run (fixture, "withdraw", withdraw, &court);
  second = join (fixture, police.ids[1], police.ids[0]);
  undo (fixture, withdrawn);
  assert_persons (fixture, "1,2,3 4");
  taken = undo (fixture, second);
  assert_persons (fixture, "1,3 2 4");
  taken = undo (fixture, taken);
  assert_persons (fixture, "1,2,3 4");
  g_assert_cmpint (find_blocking (fixture, first), ==, taken);
  undo (fixture, second);
  undo (fixture, first);
  assert_persons (fixture, "1 2 3 4");
}

/* Came back as a person of its own, because its person had become part of one that it is not. */
static void
test_kept_apart (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  gint64   first;
  gint64   second;
  gint64   withdrawn;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  first = join (fixture, police.ids[0], court.ids[0]);
  part (fixture, police.ids[1], court.ids[0]);
  withdrawn = run (fixture, "withdraw", withdraw, &court);
  second = join (fixture, police.ids[0], police.ids[1]);
  undo (fixture, withdrawn);
  assert_persons (fixture, "1,2 3 4");
  undo (fixture, second);
  assert_persons (fixture, "1,3 2 4");
  undo (fixture, first);
  assert_persons (fixture, "1 2 3 4");
}

/* What it came back to meanwhile counts no more when that was taken back while it was away again:
 * neither the person that its own became part of, nor the one of its own. data: non-NULL: kept
 * apart from that person */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  Delivery police = { .first = 1 };
  Delivery court = { .first = 3 };
  Delivery again = { .first = 3 };
  gint64   first;
  gint64   second;
  gint64   withdrawn;
  gint64   import;

  run (fixture, "import", deliver, &police);
  run (fixture, "import", deliver, &court);
  first = join (fixture, police.ids[0], court.ids[0]);
  if (data != NULL)
    part (fixture, police.ids[1], court.ids[0]);
  withdrawn = run (fixture, "withdraw", withdraw, &court);
  second = join (fixture, police.ids[1], police.ids[0]);
  import = run (fixture, "import", deliver, &again);
  assert_persons (fixture, data != NULL ? "1,2 3 4" : "1,2,3 4");
  import = undo (fixture, import);
  assert_persons (fixture, "1,2");
  import = undo (fixture, import);
  assert_persons (fixture, data != NULL ? "1,2 3 4" : "1,2,3 4");
  undo (fixture, import);
  undo (fixture, second);
  undo (fixture, withdrawn);
  assert_persons (fixture, "1,3 2 4");
  undo (fixture, first);
  assert_persons (fixture, "1 2 3 4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/undo-woken/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("join", test_join);
  ADD ("split", test_split);
  ADD ("between", test_between);
  ADD ("joined-meanwhile", test_joined_meanwhile);
  ADD ("kept-apart", test_kept_apart);
  ADD ("away", test_away);
  g_test_add ("/store/undo-woken/away-apart", Fixture, "apart", fixture_set_up, test_away,
              fixture_tear_down);
#undef ADD
  return g_test_run ();
}
