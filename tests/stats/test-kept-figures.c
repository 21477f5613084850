/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"

#include <cc/base/cc-error.h>

#include "../store/tamper-tricks.h"

#include <string.h>

/* The figures kept for counting are no statement, so the history says nothing of them; whoever
 * changes one of them is found out because they are made anew from the records and compared. */

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

static void
write_past (Fixture *fixture, const char *sql)
{
  GError *error = NULL;

  cc_case_file_maintain (fixture->file, run_sql, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

static void
test_every_column (Fixture *fixture, gconstpointer data)
{
  static const char *const table[] = { "person_fact", NULL };
  g_autoptr (GPtrArray) tricks = NULL;
  CcConnection *reader;
  guint         n_silent = 0;
  GError       *error = NULL;

  fixture_worked_example (fixture);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  tricks = tamper_list_tricks (reader, table);
  cc_case_file_release_reader (fixture->file, reader);
  write_past (fixture, "CREATE TABLE kept AS SELECT * FROM person_fact");
  for (guint i = 0; i < tricks->len; i++)
    {
      const TamperTrick *trick = g_ptr_array_index (tricks, i);

      g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
      g_assert_no_error (error);
      write_past (fixture, trick->sql);
      if (cc_facts_verify (fixture->file, NULL, &error))
        {
          g_test_message ("nobody tells of: %s", trick->sql);
          n_silent++;
        }
      else
        g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
      g_clear_error (&error);
      write_past (fixture, "DELETE FROM person_fact; INSERT INTO person_fact SELECT * FROM kept");
    }
  g_test_message ("%u tricks, %u silent", tricks->len, n_silent);
  g_assert_cmpuint (tricks->len, >, 50);
  g_assert_cmpuint (n_silent, ==, 0);
}

/* A file that nobody has opened for writing since its figures went: after a crash, or made without
 * them. It is accused of nothing, and nobody is told that nobody was there. */
static void
test_not_made (Fixture *fixture, gconstpointer data)
{
  GError     *error = NULL;
  const char *left_out;
  g_autoptr (CcCaseFile) reader = NULL;

  fixture_worked_example (fixture);
  write_past (fixture, "DELETE FROM person_fact");
  reader = cc_case_file_open (fixture->path, "seven grey herons by the river", fixture->pack,
                              CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_examine (reader, NULL, &left_out, &error));
  g_assert_no_error (error);
  g_assert_nonnull (left_out);
  g_assert_nonnull (strstr (left_out, "they wait to be made"));
  g_assert_null (cc_periods_new_reported (reader, 1, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_true (cc_facts_rebuild (fixture->file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_facts_examine (reader, NULL, &left_out, &error));
  g_assert_no_error (error);
  g_assert_null (left_out);
  /* Where one is missing, all are compared. */
  write_past (fixture, "DELETE FROM person_fact WHERE cluster = 1");
  g_assert_false (cc_facts_examine (reader, NULL, &left_out, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (cc_facts_rebuild (fixture->file, NULL, &error));
  g_assert_no_error (error);
}

/* What an act's progress says of the figures that are made after it, and when to stop it. */
typedef struct
{
  CcProgress   *progress;
  GCancellable *cancellable;
  gboolean      stop;
  gboolean      writes;
  guint64       done, total;
} Watching;

static void
watch (const CcProgressState *state, gpointer data)
{
  Watching *self = data;

  if (g_str_equal (state->phase, "progress.write"))
    {
      self->writes = TRUE;
      return;
    }
  g_assert_cmpstr (state->phase, ==, "progress.counts");
  self->done = state->done;
  self->total = state->total;
  if (self->stop)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
mark_all (CcAct *act, gpointer data, GError **error)
{
  Watching *self = data;

  cc_act_set_progress (act, self->progress);
  return cc_connection_execute (cc_act_get_connection (act),
                                "INSERT OR IGNORE INTO dirty_cluster SELECT id FROM cluster",
                                error);
}

static gint64
look_up (Fixture *fixture, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  gint64        number;

  g_assert_no_error (error);
  number = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return number;
}

/* The figures are most of what an act does after its rows: they are told one by one, and stopping
 * there leaves all as it was. */
static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watching self = { .cancellable = cancellable, .stop = data != NULL };
  GError  *error = NULL;
  gboolean ok;

  fixture_worked_example (fixture);
  self.progress = cc_progress_new (cancellable, watch, &self);
  ok = cc_case_file_maintain (fixture->file, mark_all, &self, cancellable, &error);
  cc_progress_free (self.progress);
  g_assert_cmpint (self.total, ==, look_up (fixture, "SELECT count (*) FROM cluster"));
  if (self.stop)
    {
      g_assert_false (ok);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_false (self.writes);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpuint (self.done, ==, self.total);
      g_assert_true (self.writes);
    }
  g_assert_cmpint (look_up (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 0);
  g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stats/kept-figures/every-column", Fixture, NULL, fixture_set_up, test_every_column,
              fixture_tear_down);
  g_test_add ("/stats/kept-figures/not-made", Fixture, NULL, fixture_set_up, test_not_made,
              fixture_tear_down);
  g_test_add ("/stats/kept-figures/progress", Fixture, NULL, fixture_set_up, test_progress,
              fixture_tear_down);
  g_test_add ("/stats/kept-figures/stopped", Fixture, GINT_TO_POINTER (1), fixture_set_up,
              test_progress, fixture_tear_down);
  return g_test_run ();
}
