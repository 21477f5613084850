/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"

#include <cc/store/cc-history.h>

/* Persons are counted right after an act, after taking it back and after taking that back. */

static gint64
get_last (Fixture *fixture)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  gint64        seq;

  g_assert_no_error (error);
  seq = cc_history_get_last (reader, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return seq;
}

static void
assert_counts (Fixture *fixture)
{
  GError *error = NULL;

  g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
  g_assert_no_error (error);
}

static gint64
undo (Fixture *fixture, gint64 seq)
{
  GError *error = NULL;
  gint64  new_seq = 0;

  cc_history_undo (fixture->file, seq, NULL, &new_seq, &error);
  g_assert_no_error (error);
  assert_counts (fixture);
  return new_seq;
}

static char *
get_hash (Fixture *fixture)
{
  return cc_case_file_content_hash (fixture->file, NULL);
}

/* Leaves the act done. */
static gint64
try_act (Fixture *fixture, CcActFunc func)
{
  g_autofree char *before = get_hash (fixture);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  gint64           seq;

  fixture_act (fixture, func, fixture);
  seq = get_last (fixture);
  assert_counts (fixture);
  after = get_hash (fixture);
  seq = undo (fixture, seq);
  undone = get_hash (fixture);
  g_assert_cmpstr (undone, ==, before);
  seq = undo (fixture, seq);
  redone = get_hash (fixture);
  g_assert_cmpstr (redone, ==, after);
  return seq;
}

static gboolean
join_events (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  return cc_act_join (act, cc_act_find_cluster (act, fixture->events[1], error),
                      cc_act_find_cluster (act, fixture->events[2], error), 0, error);
}

static gboolean
join_victims (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  return cc_act_join (act, cc_act_find_cluster (act, fixture->victims[3], error),
                      cc_act_find_cluster (act, fixture->victims[4], error), 0, error);
}

static gboolean
split_victims (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  return cc_act_split (act, cc_act_find_cluster (act, fixture->victims[4], error),
                       &fixture->victims[4], 1, 0, error);
}

static gboolean
withdraw_event (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;

  return cc_act_withdraw_record (act, fixture->events[1], error)
         && cc_act_withdraw_record (act, fixture->victims[5], error);
}

static gboolean
move_link (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (CcRecord) link = make_record (fixture, "victim_event", 1);

  link->parents[0] = fixture->victims[1];
  link->parents[1] = fixture->events[2];
  set_codes (link, fixture, "form", "LAB");
  put_record (act, link, fixture_entity (fixture, "police"));
  return TRUE;
}

static gboolean
change_rights (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_entity_rights (act, fixture_entity (data, "police"), FALSE, 0, error);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  static const CcActFunc acts[] = { move_link,     join_events,    join_victims,
                                    split_victims, withdraw_event, change_rights };
  gint64                 done[G_N_ELEMENTS (acts)];
  g_autofree char       *before = NULL;
  g_autofree char       *after = NULL;

  fixture_worked_example (fixture);
  before = get_hash (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_test_message ("act %u", i);
      done[i] = try_act (fixture, acts[i]);
    }
  for (guint i = G_N_ELEMENTS (acts); i > 0; i--)
    undo (fixture, done[i - 1]);
  after = get_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* Figures that are missing on opening are made by the program, which signs for that and for nothing
 * else. */
static void
test_signed (Fixture *fixture, gconstpointer data)
{
  GError       *error = NULL;
  CcConnection *reader;

  fixture_worked_example (fixture);
  cc_case_file_set_user (fixture->file, "Registry");
  cc_case_file_maintain (fixture->file, run_sql, (gpointer) "DELETE FROM person_fact", NULL,
                         &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (fixture->file, &error));
  g_assert_no_error (error);
  reader = cc_case_file_acquire_reader (fixture->file, &error);
  {
    g_autoptr (GPtrArray) acts = cc_history_list (reader, NULL, 0, 1, &error);
    const CcHistoryAct *act = acts->pdata[0];
    g_autofree char    *user = cc_case_file_get_user (fixture->file);

    g_assert_cmpstr (act->name, ==, "rebuild-cache");
    g_assert_true (cc_history_act_is_by_program (act));
    g_assert_cmpstr (user, ==, "Registry");
  }
  cc_case_file_release_reader (fixture->file, reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stats/undo/counts", Fixture, NULL, fixture_set_up, test_counts, fixture_tear_down);
  g_test_add ("/stats/undo/signed", Fixture, NULL, fixture_set_up, test_signed, fixture_tear_down);
  return g_test_run ();
}
