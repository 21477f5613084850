/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>

/* Runs an act and returns its number. */
static gint64
run (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  GError  *error = NULL;
  gboolean ok = cc_case_file_act (fixture->file, name, func, data, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return fixture_count (fixture, "SELECT max (seq) FROM audit");
}

static gint64
undo (Fixture *fixture, gint64 seq)
{
  GError  *error = NULL;
  gint64   new_seq = 0;
  gboolean ok = cc_history_undo (fixture->file, seq, NULL, &new_seq, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (new_seq, ==, fixture_count (fixture, "SELECT max (seq) FROM audit"));
  return new_seq;
}

/* The sentence names the act that stands in the way, and nothing changes. */
static void
assert_refused (Fixture *fixture, gint64 seq, gint64 by)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *after = NULL;
  g_autofree char *number = g_strdup_printf ("number %" G_GINT64_FORMAT " (", by);
  const gint64     last = fixture_count (fixture, "SELECT max (seq) FROM audit");

  g_assert_false (cc_history_undo (fixture->file, seq, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_test_message ("refused: %s", error->message);
  if (by != 0)
    g_assert_nonnull (strstr (error->message, number));
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (fixture_count (fixture, "SELECT max (seq) FROM audit"), ==, last);
}

/* The act is undone and done again: the file says what it said before, and after. */
static void
assert_there_and_back (Fixture *fixture, const char *before, gint64 seq)
{
  g_autofree char *after = fixture_hash (fixture);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 first;
  gint64 second;

  first = undo (fixture, seq);
  undone = fixture_hash (fixture);
  g_assert_cmpstr (undone, ==, before);
  assert_refused (fixture, seq, first);
  second = undo (fixture, first);
  redone = fixture_hash (fixture);
  g_assert_cmpstr (redone, ==, after);
  assert_refused (fixture, first, second);
  /* What was brought back can be taken back as the act itself, or as the bringing back. */
  undo (fixture, second);
  again = fixture_hash (fixture);
  g_assert_cmpstr (again, ==, before);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_new_records (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *before = fixture_hash (fixture);
  const gint64     seq = run (fixture, "case", add_victims, &victims);

  assert_there_and_back (fixture, before, seq);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record"), ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM cluster"), ==, 0);
}

typedef struct
{
  guint       number;
  const char *family;
  const char *sex;
  gint64      id;
} Edit;

static gboolean
edit (CcAct *act, gpointer data, GError **error)
{
  Edit   *self = data;
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, self->number, self->family);
  CcPutResult result;

  cc_record_find (record, "VI03")->code = cc_pack_find_code (pack, "SEX", self->sex);
  if (!cc_act_put_record (act, record, 0, 0, 0, &result, error))
    return FALSE;
  self->id = record->id;
  return TRUE;
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 2, { 0 } };
  Edit             first = { 1, "Diatta's, \"sister\"", "M", 0 };
  Edit             second = { 1, "Diop", "M", 0 };
  g_autofree char *before = NULL;
  g_autoptr (CcHistoryAct) act = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  const CcHistoryChange *change;
  CcConnection          *reader;
  gint64                 seq;
  gint64                 later;

  run (fixture, "case", add_victims, &victims);
  before = fixture_hash (fixture);
  seq = run (fixture, "case", edit, &first);
  later = run (fixture, "case", edit, &second);
  g_assert_cmpint (first.id, ==, victims.ids[0]);
  assert_refused (fixture, seq, later);
  undo (fixture, later);
  assert_there_and_back (fixture, before, seq);

  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  act = cc_history_get (reader, seq, NULL);
  changes = cc_history_list_changes (reader, seq, 0, 0, NULL);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpint (act->n_changes, ==, 2);
  g_assert_cmpuint (changes->len, ==, 2);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (change->variable, ==, "VI03");
  g_assert_cmpint (change->record, ==, victims.ids[0]);
  g_assert_cmpstr (change->before, ==, "F");
  g_assert_cmpstr (change->after, ==, "M");
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, *(gint64 *) data, error);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *before = NULL;

  run (fixture, "case", add_victims, &victims);
  before = fixture_hash (fixture);
  assert_there_and_back (fixture, before, run (fixture, "delete", withdraw, &victims.ids[1]));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership WHERE to_act IS NULL"),
                   ==, 3);
}

typedef struct
{
  gint64 a;
  gint64 b;
} Pair;

static gboolean
decide_same (CcAct *act, gpointer data, GError **error)
{
  Pair          *pair = data;
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = pair->a,
                              .b = pair->b,
                              .verdict = CC_VERDICT_SAME,
                              .source = (char *) "review" };

  return cc_act_add_decision (act, &decision, error)
         && cc_act_join (act, cc_act_find_cluster (act, pair->a, error),
                         cc_act_find_cluster (act, pair->b, error), decision.id, error);
}

static gboolean
decide_different (CcAct *act, gpointer data, GError **error)
{
  Pair          *pair = data;
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = pair->a,
                              .b = pair->b,
                              .verdict = CC_VERDICT_DIFFERENT,
                              .source = (char *) "review" };

  return cc_act_add_decision (act, &decision, error)
         && cc_act_split (act, cc_act_find_cluster (act, pair->b, error), &pair->b, 1, decision.id,
                          error);
}

static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  Pair             first;
  Pair             second;
  g_autofree char *apart = NULL;
  g_autofree char *joined = NULL;
  gint64           case_act;
  gint64           join;
  gint64           further;
  gint64           split;

  case_act = run (fixture, "case", add_victims, &victims);
  first = (Pair){ victims.ids[0], victims.ids[1] };
  second = (Pair){ victims.ids[2], victims.ids[0] };
  apart = fixture_hash (fixture);
  join = run (fixture, "decide", decide_same, &first);
  joined = fixture_hash (fixture);
  assert_refused (fixture, case_act, join);
  /* A third joins the two; then the first join cannot be taken back alone. */
  further = run (fixture, "decide", decide_same, &second);
  assert_refused (fixture, join, further);
  undo (fixture, further);
  /* A split supersedes the verdict. */
  split = run (fixture, "decide", decide_different, &first);
  assert_refused (fixture, join, split);
  assert_there_and_back (fixture, joined, split);
  assert_there_and_back (fixture, apart, join);
}

typedef struct
{
  gint64 submission;
  gint64 ids[4];
} Delivery;

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  Delivery    *delivery = data;
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { .file_name = (char *) "police.xlsx", .rows = 4, .accepted = 4 };
  gboolean     ok;

  submission.entity =
      cc_connection_get_int64 (cc_act_get_connection (act), "SELECT min (id) FROM entity", 0, NULL);
  if (submission.entity == 0)
    submission.entity = cc_act_add_entity (act, "police", "Police", NULL, error);
  ok = submission.entity != 0 && cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  for (guint i = 0; ok && i < 4; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, 100 + i, "Sané");
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
withdraw_delivery (CcAct *act, gpointer data, GError **error)
{
  Delivery *delivery = data;

  return cc_act_withdraw_submission (act, delivery->submission, NULL, error);
}

/* Undoing an import withdraws the delivery, and undoing that wakes it with all decisions. */
static void
test_delivery (Fixture *fixture, gconstpointer data)
{
  Delivery         delivery = { 0 };
  Pair             pair;
  g_autofree char *joined = NULL;
  g_autofree char *woken = NULL;
  gint64           seq;
  gint64           taken;

  seq = run (fixture, "import", deliver, &delivery);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE substr (tbl, 1, 4) = 'row:'"),
                   ==, 0);
  pair = (Pair){ delivery.ids[0], delivery.ids[3] };
  run (fixture, "decide", decide_same, &pair);
  joined = fixture_hash (fixture);
  taken = undo (fixture, seq);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership WHERE to_act IS NULL"),
                   ==, 0);
  undo (fixture, taken);
  woken = fixture_hash (fixture);
  g_assert_cmpstr (woken, ==, joined);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (DISTINCT cluster) FROM membership"
                                           " WHERE to_act IS NULL"),
                   ==, 3);

  taken = run (fixture, "undo-import", withdraw_delivery, &delivery);
  undo (fixture, taken);
  g_free (woken);
  woken = fixture_hash (fixture);
  g_assert_cmpstr (woken, ==, joined);
}

/* What came back by another delivery is the first one's as well when that comes back. */
static void
test_delivery_replaced (Fixture *fixture, gconstpointer data)
{
  Delivery delivery = { 0 };
  Delivery again = { 0 };
  gint64   seq = run (fixture, "import", deliver, &delivery);
  gint64   taken = undo (fixture, seq);
  gint64   second = run (fixture, "import", deliver, &again);

  g_assert_cmpint (delivery.ids[0], ==, again.ids[0]);
  undo (fixture, taken);
  undo (fixture, second);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==, 4);
}

static gboolean
set_kept (CcAct *act, gpointer data, GError **error)
{
  const gint64     entity = cc_act_add_entity (act, "border", "Border", NULL, error);
  CcInterval       year = { cc_day_from_ymd (2024, 1, 1), cc_day_from_ymd (2024, 12, 31) };
  CcProfileVersion profile = { .entity = entity, .name = (char *) "border", .body = (char *) "x" };

  return entity != 0 && cc_act_set_entity_rights (act, entity, TRUE, 1, error)
         && cc_act_expect_return (act, entity, year, error)
         && cc_act_set_setting (act, "language", "fr", error)
         && cc_act_set_setting (act, "language", "ar", error)
         && cc_act_keep_profile (act, &profile, error);
}

static gboolean
change_setting (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_setting (act, "language", data, error);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *kept = NULL;
  gint64           seq = run (fixture, "agency", set_kept, NULL);
  gint64           setting;

  kept = fixture_hash (fixture);
  setting = run (fixture, "setting", change_setting, (gpointer) "es");
  assert_refused (fixture, seq, setting);
  assert_there_and_back (fixture, kept, setting);
  setting = run (fixture, "setting", change_setting, NULL);
  assert_there_and_back (fixture, kept, setting);
  assert_there_and_back (fixture, before, seq);
}

static gboolean
add_finding (CcAct *act, gpointer data, GError **error)
{
  CcFinding finding = { .rule = (char *) "age", .severity = (char *) "warning" };
  gboolean  ok = cc_act_add_finding (act, &finding, error);

  g_free (finding.state);
  return ok;
}

static gboolean
settle_finding (CcAct *act, gpointer data, GError **error)
{
  return cc_act_resolve_finding (act, 1, "confirmed", "asked the sender", error);
}

static void
test_finding (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;

  run (fixture, "check", add_finding, NULL);
  before = fixture_hash (fixture);
  assert_there_and_back (fixture, before, run (fixture, "settle", settle_finding, NULL));
}

static void
test_nil (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autoptr (CcEntity) entity = NULL;
  CcInterval year = { cc_day_from_ymd (2024, 1, 1), cc_day_from_ymd (2024, 12, 31) };

  g_assert_true (cc_entity_add (fixture->file, "court", "Court", NULL, NULL));
  entity = cc_entity_find (fixture->file, "court", NULL);
  before = fixture_hash (fixture);
  g_assert_cmpint (cc_submission_add_nil (fixture->file, entity->id, year, NULL), >, 0);
  assert_there_and_back (fixture, before, fixture_count (fixture, "SELECT max (seq) FROM audit"));
}

static gboolean
add_many (CcAct *act, gpointer data, GError **error)
{
  for (guint i = 0; i < 60000; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %u", i);

      if (!cc_act_set_setting (act, key, "value", error))
        return FALSE;
    }
  return TRUE;
}

/* Acts that changed nothing, or too much, or are not there. */
static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  CcConnection *reader;
  CcUndoState   state;
  gint64        many;

  assert_refused (fixture, 1, 0);
  many = run (fixture, "many", add_many, NULL);
  assert_refused (fixture, many, 0);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_true (cc_history_check_undo (reader, 1, &state, NULL, NULL));
  g_assert_cmpint (state, ==, CC_UNDO_NOTHING);
  g_assert_true (cc_history_check_undo (reader, many, &state, NULL, NULL));
  g_assert_cmpint (state, ==, CC_UNDO_NOT_KEPT);
  g_assert_true (cc_history_check_undo (reader, 4711, &state, NULL, NULL));
  g_assert_cmpint (state, ==, CC_UNDO_NOT_FOUND);
  /* It is named, not passed over for an act before it. */
  g_assert_cmpint (cc_history_find_undoable (reader, NULL), ==, many);
  cc_case_file_release_reader (fixture->file, reader);
}

typedef struct
{
  GRand  *rand;
  GArray *ids;
  guint   next;
} Random;

/* One step of a hand that does not know what it wants. */
static gboolean
act_at_random (CcAct *act, gpointer data, GError **error)
{
  Random *self = data;
  gint64  id = 0;
  gint64  other = 0;

  if (self->ids->len > 0)
    {
      id = g_array_index (self->ids, gint64,
                          (guint) g_rand_int_range (self->rand, 0, (gint32) self->ids->len));
      other = g_array_index (self->ids, gint64,
                             (guint) g_rand_int_range (self->rand, 0, (gint32) self->ids->len));
    }
  switch (self->ids->len < 4 ? 0 : g_rand_int_range (self->rand, 0, 6))
    {
    case 0:
      {
        Victims victims = { self->next, 2, { 0 } };

        self->next += 2;
        if (!add_victims (act, &victims, error))
          return FALSE;
        g_array_append_vals (self->ids, victims.ids, 2);
        return TRUE;
      }
    case 1:
      {
        Edit change = { (guint) g_rand_int_range (self->rand, 1, (gint32) self->next), "Ba",
                        g_rand_boolean (self->rand) ? "F" : "O", 0 };

        return edit (act, &change, error);
      }
    case 2:
      return cc_act_withdraw_record (act, id, error);
    case 3:
      {
        Pair pair = { id, other };

        if (id == other || cc_act_find_cluster (act, id, error) <= 0
            || cc_act_find_cluster (act, other, error) <= 0
            || cc_act_find_cluster (act, id, error) == cc_act_find_cluster (act, other, error))
          return TRUE;
        return decide_same (act, &pair, error);
      }
    case 4:
      {
        Pair         pair = { other, id };
        const gint64 cluster = cc_act_find_cluster (act, id, error);

        if (cluster <= 0 || id == other || cluster != cc_act_find_cluster (act, other, error))
          return TRUE;
        return decide_different (act, &pair, error);
      }
    default:
      return cc_act_set_setting (act, "colour", g_rand_boolean (self->rand) ? "red" : NULL, error);
    }
}

/* Whatever was done, undone from the last to the first it leaves the file as it was; and done again
 * from the last undoing back, as it had become. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N_ACTS = 40
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260314);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Random random = { rand, ids, 1 };
  char  *hashes[N_ACTS + 1];
  gint64 acts[N_ACTS];
  gint64 undone[N_ACTS];
  gint64 kinds = 0;
  g_autoptr (GPtrArray) problems = NULL;

  hashes[0] = fixture_hash (fixture);
  for (guint i = 0; i < N_ACTS; i++)
    {
      acts[i] = run (fixture, "random", act_at_random, &random);
      hashes[i + 1] = fixture_hash (fixture);
      kinds += g_strcmp0 (hashes[i], hashes[i + 1]) != 0;
    }
  g_assert_cmpint (kinds, >, N_ACTS / 2);
  for (guint i = N_ACTS; i > 0; i--)
    {
      g_autofree char *hash = NULL;

      undone[i - 1] = g_strcmp0 (hashes[i - 1], hashes[i]) != 0 ? undo (fixture, acts[i - 1]) : 0;
      hash = fixture_hash (fixture);
      g_assert_cmpstr (hash, ==, hashes[i - 1]);
    }
  for (guint i = 0; i < N_ACTS; i++)
    {
      g_autofree char *hash = NULL;

      if (undone[i] != 0)
        undo (fixture, undone[i]);
      hash = fixture_hash (fixture);
      g_assert_cmpstr (hash, ==, hashes[i + 1]);
    }
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  for (guint i = 0; i <= N_ACTS; i++)
    g_free (hashes[i]);
}

/* Taking the last act back, and once more, goes further back. */
static void
test_last (Fixture *fixture, gconstpointer data)
{
  Victims       victims = { 1, 1, { 0 } };
  gint64        first = run (fixture, "case", add_victims, &victims);
  gint64        second = run (fixture, "setting", change_setting, (gpointer) "fr");
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  gint64        taken;

  g_assert_cmpint (cc_history_find_undoable (reader, NULL), ==, second);
  taken = undo (fixture, second);
  g_assert_cmpint (cc_history_find_undoable (reader, NULL), ==, first);
  undo (fixture, taken);
  g_assert_cmpint (cc_history_find_undoable (reader, NULL), ==, second);
  cc_case_file_release_reader (fixture->file, reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/undo/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("new-records", test_new_records);
  ADD ("edit", test_edit);
  ADD ("delete", test_delete);
  ADD ("decisions", test_decisions);
  ADD ("delivery", test_delivery);
  ADD ("delivery-replaced", test_delivery_replaced);
  ADD ("kept", test_kept);
  ADD ("finding", test_finding);
  ADD ("nil", test_nil);
  ADD ("impossible", test_impossible);
  ADD ("random", test_random);
  ADD ("last", test_last);
#undef ADD
  return g_test_run ();
}
