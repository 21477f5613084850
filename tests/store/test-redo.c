/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>

#include <string.h>

static gboolean
change_language (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_setting (act, "language", data, error);
}

static void
undo (Fixture *fixture, gint64 seq)
{
  GError  *error = NULL;
  gboolean ok = cc_history_undo (fixture->file, seq, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static gint64
find (Fixture *fixture, gint64 (*func) (CcConnection *, GError **))
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  GError       *error = NULL;
  const gint64  seq = func (reader, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return seq;
}

/* What was taken back is done again in the other direction, also after the file was closed; with
 * something new nothing is left to do again. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  static const char *const languages[] = { "fr", "pt", "sw" };
  char                    *hashes[G_N_ELEMENTS (languages) + 1];

  hashes[0] = fixture_hash (fixture);
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      fixture_act (fixture, change_language, (gpointer) languages[i]);
      hashes[i + 1] = fixture_hash (fixture);
    }
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = G_N_ELEMENTS (languages); i > 0; i--)
        {
          g_autofree char *hash = NULL;

          undo (fixture, find (fixture, cc_history_find_undoable));
          hash = fixture_hash (fixture);
          g_assert_cmpstr (hash, ==, hashes[i - 1]);
        }
      fixture_close (fixture);
      fixture_open (fixture);
      for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          g_autofree char *hash = NULL;

          undo (fixture, find (fixture, cc_history_find_redoable));
          hash = fixture_hash (fixture);
          g_assert_cmpstr (hash, ==, hashes[i + 1]);
        }
      g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
    }
  undo (fixture, find (fixture, cc_history_find_undoable));
  g_assert_cmpint (find (fixture, cc_history_find_redoable), >, 0);
  fixture_act (fixture, change_language, (gpointer) "ar");
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    g_free (hashes[i]);
}

/* An old act that is done again from its place in the history was done last; and the only step back
 * from taking that back is doing it again once more. */
static void
test_old (Fixture *fixture, gconstpointer data)
{
  gint64  first;
  gint64  second;
  gint64  taken;
  GError *error = NULL;

  fixture_act (fixture, change_language, (gpointer) "fr");
  first = fixture_count (fixture, "SELECT max (seq) FROM audit");
  g_assert_true (cc_entity_add (fixture->file, "police", "Police", NULL, &error));
  second = fixture_count (fixture, "SELECT max (seq) FROM audit");
  undo (fixture, first);
  taken = fixture_count (fixture, "SELECT max (seq) FROM audit");
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, second);
  undo (fixture, taken);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, first);
  undo (fixture, first);
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, second);
  undo (fixture, find (fixture, cc_history_find_redoable));
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, first);
  /* The same where the doing again itself is taken back. */
  undo (fixture, fixture_count (fixture, "SELECT max (seq) FROM audit"));
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, second);
  g_assert_cmpint (find (fixture, cc_history_find_redoable), >, 0);
  undo (fixture, find (fixture, cc_history_find_redoable));
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, first);
}

/* However much was taken back, what stands before it can be, and all of it be done again. */
static void
test_far (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N_ACTS = 230
  };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *hash = NULL;

  before = fixture_hash (fixture);
  for (guint i = 0; i < N_ACTS; i++)
    fixture_act (fixture, change_language, (gpointer) (i % 2 ? "fr" : "pt"));
  after = fixture_hash (fixture);
  for (guint i = 0; i < N_ACTS; i++)
    undo (fixture, find (fixture, cc_history_find_undoable));
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, 0);
  hash = fixture_hash (fixture);
  g_assert_cmpstr (hash, ==, before);
  for (guint i = 0; i < N_ACTS; i++)
    undo (fixture, find (fixture, cc_history_find_redoable));
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
  g_free (hash);
  hash = fixture_hash (fixture);
  g_assert_cmpstr (hash, ==, after);
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* The program brings a newer edition of its classification: opening the file follows it. */
static void
bring_edition (Fixture *fixture)
{
  const gint64 before = fixture_count (fixture, "SELECT max (seq) FROM audit");

  g_assert_true (cc_case_file_maintain (fixture->file, run_sql,
                                        (gpointer) "UPDATE meta SET value = 'of an earlier edition'"
                                                   " WHERE key = 'pack-checksum'",
                                        NULL, NULL));
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT max (seq) FROM audit"), ==, before + 2);
}

/* What opening the file did is passed over in both directions, and says that nobody asked for it.
 */
static void
test_own_acts (Fixture *fixture, gconstpointer data)
{
  CcConnection    *reader;
  g_autofree char *french = NULL;
  g_autofree char *portuguese = NULL;
  gint64           set;

  cc_case_file_set_user (fixture->file, "Registry");
  bring_edition (fixture);
  fixture_act (fixture, change_language, (gpointer) "fr");
  french = fixture_hash (fixture);
  fixture_act (fixture, change_language, (gpointer) "pt");
  portuguese = fixture_hash (fixture);
  set = fixture_count (fixture, "SELECT max (seq) FROM audit");
  bring_edition (fixture);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  {
    g_autoptr (GPtrArray) acts = cc_history_list (reader, NULL, 0, 3, NULL);

    for (guint i = 0; i < acts->len; i++)
      g_assert_cmpint (cc_history_act_is_by_program (acts->pdata[i]), ==, i < 2);
  }
  {
    g_autofree char *reason = NULL;

    /* Nothing in it can be taken back, and nothing needs to. */
    g_assert_false (cc_history_can_undo (reader, set + 1, &reason));
    g_assert_nonnull (strstr (reason, "changed nothing"));
  }
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpint (find (fixture, cc_history_find_undoable), ==, set);
  undo (fixture, set);
  {
    g_autofree char *hash = fixture_hash (fixture);

    g_assert_cmpstr (hash, ==, french);
  }
  bring_edition (fixture);
  undo (fixture, find (fixture, cc_history_find_redoable));
  {
    g_autofree char *hash = fixture_hash (fixture);

    g_assert_cmpstr (hash, ==, portuguese);
  }
}

static gboolean
install_other (CcAct *act, gpointer data, GError **error)
{
  return cc_act_log (act, "meta", "pack", "one", "another", error);
}

/* Another classification by a concordance is nobody's opening: there it stops, and says why. */
static void
test_concordance (Fixture *fixture, gconstpointer data)
{
  CcConnection    *reader;
  g_autofree char *reason = NULL;
  gint64           seq;

  fixture_act (fixture, change_language, (gpointer) "fr");
  undo (fixture, find (fixture, cc_history_find_undoable));
  g_assert_true (cc_case_file_act (fixture->file, "pack", install_other, NULL, NULL, NULL));
  bring_edition (fixture);
  seq = find (fixture, cc_history_find_undoable);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_false (cc_history_can_undo (reader, seq, &reason));
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_nonnull (strstr (reason, "installed another classification"));
  g_assert_cmpint (find (fixture, cc_history_find_redoable), ==, 0);
}

/* Whoever works signs for a new passphrase, and nobody else does where nobody said who works. */
static void
test_signed (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  cc_case_file_set_user (fixture->file, "Registry");
  cc_case_file_change_passphrase (fixture->file, PASSPHRASE, PASSPHRASE " and moss",
                                  fixture->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit WHERE user = 'Registry'"
                                           " AND act IN ('rekey', 'backup')"),
                   ==, 2);
  cc_case_file_set_user (fixture->file, "");
  cc_case_file_change_passphrase (fixture->file, PASSPHRASE " and moss", PASSPHRASE,
                                  fixture->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit WHERE user = ''"
                                           " AND act IN ('rekey', 'backup')"),
                   ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/redo/again", Fixture, NULL, fixture_set_up, test_again, fixture_tear_down);
  g_test_add ("/store/redo/old", Fixture, NULL, fixture_set_up, test_old, fixture_tear_down);
  g_test_add ("/store/redo/far", Fixture, NULL, fixture_set_up, test_far, fixture_tear_down);
  g_test_add ("/store/redo/own-acts", Fixture, NULL, fixture_set_up, test_own_acts,
              fixture_tear_down);
  g_test_add ("/store/redo/concordance", Fixture, NULL, fixture_set_up, test_concordance,
              fixture_tear_down);
  g_test_add ("/store/redo/signed", Fixture, NULL, fixture_set_up, test_signed, fixture_tear_down);
  return g_test_run ();
}
