/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/redo/again", Fixture, NULL, fixture_set_up, test_again, fixture_tear_down);
  return g_test_run ();
}
