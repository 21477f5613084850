/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-release.h>

static void
run (Fixture *fixture, const char *user, const char *name, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  cc_case_file_set_user (fixture->file, user);
  g_assert_true (cc_case_file_act (fixture->file, name, func, data, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
set_language (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_setting (act, "language", data, error);
}

static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { .file_name = (char *) "police.xlsx", .rows = 2, .accepted = 2 };
  gboolean     ok;

  submission.entity = cc_act_add_entity (act, "police", "Gendarmerie", NULL, error);
  submission.period.first = cc_day_from_ymd (2024, 1, 1);
  submission.period.last = cc_day_from_ymd (2024, 12, 31);
  ok = cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  for (guint i = 0; ok && i < 2; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, 100 + i, "Sané");

      ok = cc_act_put_record (act, record, submission.entity, submission.id, i + 1, NULL, error);
      ((gint64 *) data)[i] = record->id;
    }
  return ok;
}

static gboolean
join (CcAct *act, gpointer data, GError **error)
{
  gint64        *ids = data;
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = ids[0],
                              .b = ids[1],
                              .verdict = CC_VERDICT_SAME,
                              .source = (char *) "review" };

  return cc_act_add_decision (act, &decision, error)
         && cc_act_join (act, cc_act_find_cluster (act, ids[0], error),
                         cc_act_find_cluster (act, ids[1], error), decision.id, error);
}

static const CcHistoryAct *
get_act (GPtrArray *acts, guint index)
{
  g_assert_cmpuint (index, <, acts->len);
  return g_ptr_array_index (acts, index);
}

static void
assert_list (CcConnection *reader, const CcHistoryFilter *filter, guint n, const char *first)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) acts = cc_history_list (reader, filter, 0, 0, &error);
  g_autoptr (GArray) found = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, n);
  found = cc_history_find (reader, filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, n);
  for (guint i = 1; i < found->len; i++)
    g_assert_cmpint (g_array_index (found, gint64, i), <, g_array_index (found, gint64, i - 1));
  if (n > 0)
    g_assert_cmpstr (get_act (acts, 0)->name, ==, first);
}

/* create, setting (Awa), import (Binta), decide (Binta), undo (Awa) */
static void
fill (Fixture *fixture, gint64 ids[2])
{
  run (fixture, "Awa", "setting", set_language, (gpointer) "fr");
  run (fixture, "Binta", "import", deliver, ids);
  run (fixture, "Binta", "decide", join, ids);
  cc_case_file_set_user (fixture->file, "Awa");
  g_assert_true (cc_history_undo (fixture->file, 4, NULL, NULL, NULL));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "import", "decide", NULL };
  gint64            ids[2];
  CcConnection     *reader;
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) users = NULL;
  const CcHistoryAct *act;

  fill (fixture, ids);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_cmpint (cc_history_get_last (reader, NULL), ==, 5);
  acts = cc_history_list (reader, NULL, 0, 0, NULL);
  g_assert_cmpuint (acts->len, ==, 5);
  act = get_act (acts, 0);
  g_assert_cmpstr (act->name, ==, "undo");
  g_assert_cmpstr (act->user, ==, "Awa");
  g_assert_cmpint (act->undoes, ==, 4);
  act = get_act (acts, 1);
  g_assert_cmpstr (act->name, ==, "decide");
  g_assert_cmpint (act->undone_by, ==, 5);
  g_assert_cmpint (act->n_changes, ==, 2);
  g_assert_true (act->has_images);
  g_assert_false (get_act (acts, 2)->has_images);
  g_assert_cmpstr (get_act (acts, 4)->name, ==, "create");
  page = cc_history_list (reader, NULL, 1, 2, NULL);
  g_assert_cmpuint (page->len, ==, 2);
  g_assert_cmpint (get_act (page, 0)->seq, ==, 4);

  assert_list (reader, &(CcHistoryFilter){ .names = names }, 2, "decide");
  assert_list (reader, &(CcHistoryFilter){ .user = "Binta" }, 2, "decide");
  assert_list (reader, &(CcHistoryFilter){ .text = "BINTA" }, 2, "decide");
  assert_list (reader, &(CcHistoryFilter){ .text = "gendarm" }, 1, "import");
  assert_list (reader, &(CcHistoryFilter){ .text = "POLICE.X" }, 1, "import");
  assert_list (reader, &(CcHistoryFilter){ .text = "language" }, 1, "setting");
  assert_list (reader, &(CcHistoryFilter){ .text = "no such word" }, 0, NULL);
  assert_list (reader, &(CcHistoryFilter){ .since = act->time + 3600 }, 0, NULL);
  assert_list (reader, &(CcHistoryFilter){ .before = act->time + 3600 }, 5, "undo");
  words = cc_history_list_names (reader, NULL);
  g_assert_cmpuint (g_strv_length (words), ==, 5);
  users = cc_history_list_users (reader, NULL);
  g_assert_cmpuint (g_strv_length (users), ==, 2);
  cc_case_file_release_reader (fixture->file, reader);
}

/* How another agency's columns were read may name this one. */
static gboolean
deliver_of_court (CcAct *act, gpointer data, GError **error)
{
  CcProfileVersion profile = { .name = (char *) "gendarmerie-like",
                               .body = (char *) "[map]\nGendarmerie case no=other_ref\n" };
  CcSubmission     submission = { .file_name = (char *) "court.xlsx", .rows = 1, .accepted = 1 };
  gboolean         ok;

  submission.entity = cc_act_add_entity (act, "court", "Court", NULL, error);
  submission.period.first = cc_day_from_ymd (2024, 1, 1);
  submission.period.last = cc_day_from_ymd (2024, 12, 31);
  profile.entity = submission.entity;
  ok = cc_act_keep_profile (act, &profile, error);
  submission.profile_version = profile.id;
  ok = ok && cc_act_add_submission (act, &submission, error);
  g_free (submission.state);
  return ok;
}

static gboolean
hand_in (CcAct *act, gpointer data, GError **error)
{
  CcRelease release = { .questionnaire = (char *) "trial",
                        .version = 1,
                        .checksum = (char *) "ffeedd",
                        .periods = (char *) "2024",
                        .language = (char *) "en",
                        .audience = (char *) "authority",
                        .file_name = (char *) "Handed In.xlsx",
                        .sha256 = (char *) "cafe" };

  return cc_act_add_release (act, &release, error);
}

/* A text finds what people see of an act, and not what was noted for machines. */
static void
test_search_seen (Fixture *fixture, gconstpointer data)
{
  gint64        ids[2];
  CcConnection *reader;

  fill (fixture, ids);
  run (fixture, "Awa", "import", deliver_of_court, NULL);
  run (fixture, "Awa", "export", hand_in, NULL);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  assert_list (reader, &(CcHistoryFilter){ .text = "gendarmerie" }, 1, "import");
  assert_list (reader, &(CcHistoryFilter){ .text = "court" }, 1, "import");
  assert_list (reader, &(CcHistoryFilter){ .text = "accepted=" }, 0, NULL);
  assert_list (reader, &(CcHistoryFilter){ .text = "handed in" }, 1, "export");
  assert_list (reader, &(CcHistoryFilter){ .text = "cafe" }, 0, NULL);
  cc_case_file_release_reader (fixture->file, reader);
}

static void
test_details (Fixture *fixture, gconstpointer data)
{
  gint64        ids[2];
  CcConnection *reader;
  GError       *error = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (CcHistoryDelivery) delivery = NULL;
  const CcHistoryChange *change;

  fill (fixture, ids);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  done = cc_history_list_changes (reader, 4, 0, 0, NULL);
  g_assert_cmpuint (done->len, ==, 2);
  /* The decision is gone since, and still says which pair it was about. */
  change = g_ptr_array_index (done, 0);
  g_assert_cmpstr (change->table, ==, "pair_decision");
  g_assert_cmpint (change->record, ==, ids[0]);
  g_assert_cmpint (change->other, ==, ids[1]);
  g_assert_cmpstr (change->unit, ==, "VI");
  change = g_ptr_array_index (done, 1);
  g_assert_cmpstr (change->table, ==, "membership");
  g_assert_cmpint (change->record, ==, ids[1]);
  g_assert_false (change->purged);
  /* Taking back tells the same the other way round. */
  undone = cc_history_list_changes (reader, 5, 0, 0, NULL);
  g_assert_cmpuint (undone->len, ==, 2);
  g_assert_cmpstr (((CcHistoryChange *) g_ptr_array_index (undone, 0))->before, ==, change->after);
  g_assert_cmpstr (((CcHistoryChange *) g_ptr_array_index (undone, 0))->after, ==, change->before);
  second = cc_history_list_changes (reader, 4, 1, 5, NULL);
  g_assert_cmpuint (second->len, ==, 1);
  delivery = cc_history_get_delivery (reader, 3, NULL);
  g_assert_cmpstr (delivery->agency, ==, "Gendarmerie");
  g_assert_cmpstr (delivery->file_name, ==, "police.xlsx");
  g_assert_cmpint (delivery->rows, ==, 2);
  g_assert_cmpint (delivery->period.first, ==, cc_day_from_ymd (2024, 1, 1));
  g_assert_null (cc_history_get_delivery (reader, 2, &error));
  g_assert_no_error (error);
  g_assert_null (cc_history_get (reader, 4711, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  cc_case_file_release_reader (fixture->file, reader);
}

static void
assert_life (Fixture *fixture, gint64 record, const char *expected)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_autoptr (GPtrArray) acts = cc_history_list_record (reader, record, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < acts->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", get_act (acts, i)->seq);
  g_assert_cmpstr (text->str, ==, expected);
  cc_case_file_release_reader (fixture->file, reader);
}

static gboolean
add_link (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (pack, "victim_event"));

  link->uuid[0] = 7;
  link->parents[0] = ((gint64 *) data)[0];
  put (act, link, CC_PUT_NEW);
  return TRUE;
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, ((gint64 *) data)[1], error);
}

/* The life of a record: its delivery, decisions, links, withdrawal, and nothing else. */
static void
test_life (Fixture *fixture, gconstpointer data)
{
  gint64  ids[2];
  Victims victims = { 1, 1, { 0 } };
  gint64  other;

  fill (fixture, ids);
  run (fixture, "Awa", "case", add_link, ids);
  run (fixture, "Awa", "delete", withdraw, ids);
  run (fixture, "Awa", "setting", set_language, (gpointer) "ar");
  /* Also of the one whose membership stayed: the decision and that it was taken back. */
  assert_life (fixture, ids[0], "6 5 4 3");
  assert_life (fixture, ids[1], "7 5 4 3");
  /* Whoever gets the number of a record that was taken back does not inherit its life. */
  run (fixture, "Awa", "case", add_victims, &victims);
  other = victims.ids[0];
  assert_life (fixture, other, "9");
  g_assert_true (cc_history_undo (fixture->file, 9, NULL, NULL, NULL));
  assert_life (fixture, other, "10 9");
  victims.first = 2;
  run (fixture, "Awa", "case", add_victims, &victims);
  g_assert_cmpint (victims.ids[0], ==, other);
  assert_life (fixture, other, "11");
}

static gboolean
set_clock_back (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "UPDATE audit SET time = -5 WHERE seq = 2", error);
}

/* An act done while the clock of the computer stood before 1970 is seen like any other. */
static void
test_old_clock (Fixture *fixture, gconstpointer data)
{
  gint64        ids[2];
  CcConnection *reader;
  g_autoptr (GPtrArray) acts = NULL;

  fill (fixture, ids);
  g_assert_true (cc_case_file_maintain (fixture->file, set_clock_back, NULL, NULL, NULL));
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  acts = cc_history_list (reader, NULL, 0, 0, NULL);
  g_assert_cmpint (acts->len, ==,
                   cc_connection_get_int64 (reader, "SELECT max (seq) FROM audit", 0, NULL));
  cc_case_file_release_reader (fixture->file, reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/history/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("list", test_list);
  ADD ("search-seen", test_search_seen);
  ADD ("details", test_details);
  ADD ("life", test_life);
  ADD ("old-clock", test_old_clock);
#undef ADD
  return g_test_run ();
}
