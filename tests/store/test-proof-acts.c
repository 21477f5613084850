/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-connection.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-retention.h>

/* What the program did itself and verifying once took for somebody else's doing. */

typedef struct
{
  const char *family;
  guint       n;
} Delivered;

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  const Delivered *self = data;
  CcPack          *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission     delivery = { .entity = 1, .rows = self->n, .accepted = self->n };
  gboolean         ok;

  delivery.file_name = g_strconcat (self->family, ".csv", NULL);
  delivery.sha256 = g_strdup (self->family);
  delivery.period = cc_interval_year (2024);
  ok = cc_act_add_submission (act, &delivery, error);
  for (guint i = 0; ok && i < self->n; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, i, self->family);
      gint64 row = cc_act_add_source_row (act, delivery.id, "Sheet 1", i + 2, "[\"Sarr\"]",
                                          "accepted", NULL, error);

      ok = row != 0 && cc_act_put_record (act, record, 1, delivery.id, row, NULL, error);
    }
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

static void
assert_proven (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
undo (Fixture *fixture)
{
  GError *error = NULL;

  cc_history_undo (fixture->file,
                   fixture_count (fixture, "SELECT max (seq) FROM audit WHERE act <> 'undo'"), NULL,
                   NULL, &error);
  g_assert_no_error (error);
}

/* Names are removed, another list states the same persons with other names, and is taken back: the
 * records belong to the first list again, and still say less than it did. */
static void
test_purged_and_back (Fixture *fixture, gconstpointer data)
{
  Delivered     first = { "Sarr", 3 };
  Delivered     second = { "Diallo", 3 };
  CcPurgeResult result;
  GError       *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  g_assert_true (cc_retention_withdraw (fixture->file, 1, "asked for", NULL, &result, &error));
  g_assert_no_error (error);
  fixture_act (fixture, deliver, &second);
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
}

static gboolean
edit (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act), 1, error);

  cc_record_remove (record, "VI03");
  set_code (record, pack, "VI03", data);
  return cc_act_put_record (act, record, 0, 0, 0, NULL, error);
}

/* A correction from before the names were removed is taken back after it. */
static void
test_edited_and_purged (Fixture *fixture, gconstpointer data)
{
  Delivered     first = { "Sarr", 3 };
  CcPurgeResult result;
  gint64        seq;
  GError       *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, edit, (gpointer) "F");
  seq = fixture_count (fixture, "SELECT max (seq) FROM audit");
  g_assert_true (cc_retention_withdraw (fixture->file, 1, "asked for", NULL, &result, &error));
  g_assert_no_error (error);
  cc_history_undo (fixture->file, seq, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_proven (fixture);
}

/* Names are removed from a record, and a correction of it is taken back, done again, taken back. */
static void
test_purged_and_edited (Fixture *fixture, gconstpointer data)
{
  Delivered     first = { "Sarr", 3 };
  CcPurgeResult result;
  GError       *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  g_assert_true (cc_retention_withdraw (fixture->file, 1, "asked for", NULL, &result, &error));
  g_assert_no_error (error);
  fixture_act (fixture, edit, (gpointer) "F");
  undo (fixture);
  assert_proven (fixture);
  for (guint i = 0; i < 2; i++)
    {
      cc_history_undo (fixture->file, fixture_count (fixture, "SELECT max (seq) FROM audit"), NULL,
                       NULL, &error);
      g_assert_no_error (error);
      assert_proven (fixture);
    }
}

static gboolean
give_to (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "UPDATE record SET submission = 2, source_row = 4 WHERE id = 1",
                                error);
}

/* As a merge does that brings the withdrawal of the first list: the record is the second's now. */
static void
test_purged_and_given (Fixture *fixture, gconstpointer data)
{
  Delivered     first = { "Sarr", 3 };
  CcPurgeResult result;
  GError       *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  g_assert_true (cc_retention_withdraw (fixture->file, 1, "asked for", NULL, &result, &error));
  g_assert_no_error (error);
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, give_to, NULL);
  assert_proven (fixture);
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, 1, error);
}

/* As a merge does: what a withdrawn record says changes, and it stays withdrawn. */
static gboolean
edit_withdrawn (CcAct *act, gpointer data, GError **error)
{
  return edit (act, data, error) && cc_act_withdraw_record (act, 1, error);
}

static void
test_withdrawn_and_edited (Fixture *fixture, gconstpointer data)
{
  Delivered first = { "Sarr", 3 };

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, withdraw, NULL);
  fixture_act (fixture, edit_withdrawn, (gpointer) "F");
  assert_proven (fixture);
  undo (fixture);
  assert_proven (fixture);
}

/* A list is taken back, comes again, is taken back again; then the first is brought back. */
static void
test_again_and_back (Fixture *fixture, gconstpointer data)
{
  Delivered first = { "Sarr", 3 };
  gint64    taken_back;
  GError   *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  undo (fixture);
  taken_back = fixture_count (fixture, "SELECT max (seq) FROM audit");
  fixture_act (fixture, deliver, &first);
  undo (fixture);
  cc_history_undo (fixture->file, taken_back, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership m JOIN membership o"
                                           " ON o.record = m.record AND o.id > m.id"
                                           " WHERE m.to_act IS NULL"),
                   ==, 0);
  assert_proven (fixture);
}

static gboolean
join (CcAct *act, gpointer data, GError **error)
{
  const gint64 *records = data;
  const gint64  into = cc_act_find_cluster (act, records[0], error);

  return cc_act_join (act, into, cc_act_find_cluster (act, records[1], error), 0, error);
}

/* Persons that are counted although nobody is in them, and the other way round. */
static gint64
count_odd_clusters (Fixture *fixture)
{
  return fixture_count (fixture, "SELECT count (*) FROM cluster c WHERE (state = 0) <> EXISTS"
                                 " (SELECT 1 FROM membership WHERE cluster = c.id"
                                 " AND to_act IS NULL)");
}

static gint64
undo_act (Fixture *fixture, gint64 seq)
{
  GError *error = NULL;

  cc_history_undo (fixture->file, seq, NULL, &seq, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_odd_clusters (fixture), ==, 0);
  assert_proven (fixture);
  return seq;
}

/* One record of a person is withdrawn, the other goes with its list; then the first comes back
 * alone, goes again and comes back once more, with the list brought back in between. */
static void
test_withdrawn_alone (Fixture *fixture, gconstpointer data)
{
  Delivered first = { "Sarr", 3 };
  gint64    both[] = { 2, 1 };
  gint64    delivered, withdrawn, taken_back, back;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  delivered = fixture_count (fixture, "SELECT max (seq) FROM audit");
  fixture_act (fixture, join, both);
  fixture_act (fixture, withdraw, NULL);
  withdrawn = fixture_count (fixture, "SELECT max (seq) FROM audit");
  taken_back = undo_act (fixture, delivered);
  back = undo_act (fixture, withdrawn);
  undo_act (fixture, taken_back);
  undo_act (fixture, back);
}

/* The person a withdrawn record was counted as became part of another: it cannot go back there. */
static void
test_withdrawn_and_joined (Fixture *fixture, gconstpointer data)
{
  Delivered first = { "Sarr", 3 };
  gint64    both[] = { 2, 1 };
  gint64    others[] = { 3, 2 };
  gint64    withdrawn, joined;
  GError   *error = NULL;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, join, both);
  fixture_act (fixture, withdraw, NULL);
  withdrawn = fixture_count (fixture, "SELECT max (seq) FROM audit");
  fixture_act (fixture, join, others);
  joined = fixture_count (fixture, "SELECT max (seq) FROM audit");
  g_assert_false (cc_history_undo (fixture->file, withdrawn, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  assert_proven (fixture);
  undo_act (fixture, joined);
  undo_act (fixture, withdrawn);
}

/* A join is taken back, one of the two is joined with somebody else, and then it is to be done
 * again. */
static void
test_joined_otherwise (Fixture *fixture, gconstpointer data)
{
  Delivered first = { "Sarr", 3 };
  Delivered second = { "Diallo", 6 };
  gint64    both[] = { 2, 1 };
  gint64    otherwise[][2] = { { 1, 3 }, { 3, 2 } };
  gint64    seq;

  fixture_act (fixture, add_agency, (gpointer) "police");
  fixture_act (fixture, deliver, &first);
  fixture_act (fixture, join, both);
  seq = fixture_count (fixture, "SELECT max (seq) FROM audit");
  fixture_act (fixture, deliver, &second);
  seq = undo_act (fixture, seq);
  for (guint i = 0; i < G_N_ELEMENTS (otherwise); i++)
    {
      gint64  joined;
      GError *error = NULL;

      fixture_act (fixture, join, otherwise[i]);
      joined = fixture_count (fixture, "SELECT max (seq) FROM audit");
      g_assert_false (cc_history_undo (fixture->file, seq, NULL, NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
      g_clear_error (&error);
      undo_act (fixture, joined);
    }
  undo_act (fixture, seq);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/proof-acts/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("again-and-back", test_again_and_back);
  ADD ("purged-and-back", test_purged_and_back);
  ADD ("edited-and-purged", test_edited_and_purged);
  ADD ("purged-and-edited", test_purged_and_edited);
  ADD ("purged-and-given", test_purged_and_given);
  ADD ("joined-otherwise", test_joined_otherwise);
  ADD ("withdrawn-alone", test_withdrawn_alone);
  ADD ("withdrawn-and-joined", test_withdrawn_and_joined);
  ADD ("withdrawn-and-edited", test_withdrawn_and_edited);
  return g_test_run ();
}
