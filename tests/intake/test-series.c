/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own-acts.h"

#include <cc/store/cc-history.h>

#include <stdlib.h>

/* A long series of joins, splits, deliveries sent again and takings back, by chance; then all that
 * stands is taken back, the newest first, and the file says what it said at the start.
 * CASECOUNT_SERIES sets how many acts are tried, CASECOUNT_SERIES_SEED another series. */
#define DAILY_ACTS 60
#define MAX_ROUNDS 30
#define MAX_DEPTH  40

/* What counts: records with all that they say, who is one person, what was decided, what stands. */
static const char *const content[] = {
  "SELECT hex (uuid) || ' ' || unit || ' ' || ifnull (submission, 0) || ' ' || hex (digest)"
  " FROM record WHERE state = 0 ORDER BY uuid",
  "SELECT hex (r.uuid) || ' ' || (SELECT min (hex (o.uuid)) FROM membership n"
  "  JOIN record o ON o.id = n.record WHERE n.cluster = m.cluster AND n.to_act IS NULL"
  "   AND o.state = 0)"
  " FROM record r JOIN membership m ON m.record = r.id AND m.to_act IS NULL"
  " WHERE r.state = 0 ORDER BY r.uuid",
  "SELECT hex (a.uuid) || ' ' || hex (b.uuid) || ' ' || d.verdict FROM pair_decision d"
  " JOIN record a ON a.id = d.a JOIN record b ON b.id = d.b"
  " WHERE d.superseded_by IS NULL AND d.verdict <> 'withdrawn' ORDER BY a.uuid, b.uuid",
  "SELECT id || ' ' || sha256 || ' ' || rows || ' ' || accepted || ' ' || parked || ' ' || rejected"
  " FROM submission WHERE state = 'live' ORDER BY id",
  "SELECT f.rule || ' ' || ifnull (f.record, 0) || ' ' || ifnull (s.submission, 0) || ' '"
  "  || ifnull (s.row, 0)"
  " FROM finding f LEFT JOIN source_row s ON s.id = f.source_row"
  " WHERE f.state = 'open' AND EXISTS (SELECT 1 FROM record r WHERE r.id = f.record AND r.state = "
  "0)"
  " ORDER BY 1",
};

static const char source_rows[] = "SELECT id || ' ' || submission || ' ' || row || ' ' || cells"
                                  " FROM source_row ORDER BY id";

static void
add_lines (GString *text, CcConnection *reader, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcStatement) rows = cc_connection_prepare (reader, sql, &error);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  g_string_append_printf (text, "%s\n", sql);
  while (has_row)
    {
      g_assert_true (cc_statement_step (rows, &has_row, &error));
      if (has_row)
        g_string_append_printf (text, "%s\n", cc_statement_text (rows, 0));
    }
}

static char *
read_content (Worker *self, const char *const *queries, guint n_queries)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  GString      *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < n_queries; i++)
    add_lines (text, reader, queries[i]);
  cc_case_file_release_reader (self->file, reader);
  return g_string_free (text, FALSE);
}

static char *
read_all (Worker *self)
{
  return read_content (self, content, G_N_ELEMENTS (content));
}

static char *
read_source_rows (Worker *self)
{
  const char *queries[] = { source_rows };

  return read_content (self, queries, 1);
}

static void
check_order (Worker *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  cc_case_file_verify (self->file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Joins, splits, takings back and deliveries; the other deeds have their own test. */
static gboolean
belongs (const Deed *deed)
{
  static const char *const names[] = { "deliver", "deliver-again", "take-delivery-back",
                                       "decide",  "search",        "undo",
                                       "redo",    "undo-any",      NULL };

  return g_strv_contains (names, deed->name);
}

static const Deed *
choose (Worker *self)
{
  gint32 all = 0;
  gint32 drawn;

  for (const Deed *deed = own_acts_deeds; deed->name != NULL; deed++)
    all += belongs (deed) ? (gint32) deed->weight : 0;
  drawn = own_acts_roll (self, all);
  for (const Deed *deed = own_acts_deeds;; deed++)
    if (belongs (deed) && (drawn -= (gint32) deed->weight) < 0)
      return deed;
}

static void
do_series (Worker *self, guint n, GHashTable *done)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      const Deed *deed = choose (self);
      const char *key = deed->name;

      if (!deed->func (self, &error))
        key = "refused";
      g_hash_table_insert (done, (gpointer) key,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (done, key))
                                             + 1));
    }
}

/* other: the later act that an act cannot be taken back before, as the message names it; 0: it can
 */
static CcUndoState
check (Worker *self, gint64 seq, gint64 *other)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  CcUndoState   state;

  cc_history_check_undo (reader, seq, &state, other, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return state;
}

/* As the messages say: where a later act built on it, that one first. */
static void
take_back (Worker *self, gint64 seq, guint depth)
{
  g_autoptr (GError) error = NULL;
  gint64 other;

  for (guint round = 0; check (self, seq, &other) == CC_UNDO_LATER; round++)
    {
      /* Each must get nearer: acts that build on each other in a ring never end. */
      if (round == MAX_ROUNDS || depth == MAX_DEPTH)
        g_error ("act %" G_GINT64_FORMAT " stands behind act %" G_GINT64_FORMAT
                 " for ever (round %u, depth %u)",
                 seq, other, round, depth);
      take_back (self, other, depth + 1);
    }
  /* It may have been in the way of what was in its way. */
  if (check (self, seq, &other) == CC_UNDO_UNDONE)
    return;
  own_acts_undo (self, seq, &error);
  g_assert_no_error (error);
}

static guint
take_all_back (Worker *self)
{
  guint n = 0;

  for (gint64 seq; (seq = own_acts_find_undoable (self)) > self->first; n++)
    take_back (self, seq, 0);
  return n;
}

static gboolean
run_begin (CcAct *act, gpointer data, GError **error)
{
  return cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                            error)
             != 0
         && cc_act_add_entity (act, "court", "Court", cc_pack_find_code (pack, "RETYPE", "COU"),
                               error)
                != 0;
}

static void
begin (Worker *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  self->file = cc_case_file_create (path, OWN_ACTS_PASSPHRASE, pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  own_acts_act (self, "entity", run_begin, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      own_acts_deliver_again (self, &error);
      g_assert_no_error (error);
    }
  for (const Deed *deed = own_acts_deeds; deed->name != NULL; deed++)
    for (guint i = 0;
         i < 3 && (g_str_equal (deed->name, "decide") || g_str_equal (deed->name, "search")); i++)
      {
        g_clear_error (&error);
        deed->func (self, &error);
      }
  self->first = own_acts_ask (self, "SELECT max (seq) FROM audit");
  self->submission = own_acts_ask (self, "SELECT max (id) FROM submission");
}

/* The first line in which two contents differ, instead of both as a whole. */
static void
tell_difference (const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (after, "\n", -1);

  for (guint i = 0; old[i] != NULL && new[i] != NULL; i++)
    if (!g_str_equal (old[i], new[i]))
      {
        g_test_message ("before: %s", old[i]);
        g_test_message ("after:  %s", new[i]);
        return;
      }
}

static guint
read_number (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_series (void)
{
  g_autofree char *folder = g_dir_make_tmp ("casecount-series-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_autofree char *before = NULL;
  g_autofree char *rows_before = NULL;
  g_autofree char *between = NULL;
  g_autofree char *rows_between = NULL;
  g_autofree char *after = NULL;
  g_autofree char *rows_after = NULL;
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  Worker         self = { .folder = folder, .told = g_string_new (NULL) };
  GHashTableIter iter;
  gpointer       name;
  gpointer       times;
  guint          n_back;

  self.random = g_rand_new_with_seed (read_number ("CASECOUNT_SERIES_SEED", 11));
  begin (&self, path);
  before = read_all (&self);
  rows_before = read_source_rows (&self);
  do_series (&self, read_number ("CASECOUNT_SERIES", DAILY_ACTS), done);
  between = read_all (&self);
  rows_between = read_source_rows (&self);
  check_order (&self);
  g_assert_false (g_str_equal (before, between));
  g_assert_true (g_str_has_prefix (rows_between, rows_before));
  g_hash_table_iter_init (&iter, done);
  while (g_hash_table_iter_next (&iter, &name, &times))
    g_test_message ("%s %u", (const char *) name, GPOINTER_TO_UINT (times));
  n_back = take_all_back (&self);
  g_test_message ("taken back at the end: %u", n_back);
  g_assert_cmpuint (n_back, >, 0);
  after = read_all (&self);
  rows_after = read_source_rows (&self);
  check_order (&self);
  tell_difference (before, after);
  g_assert_true (g_str_equal (before, after));
  g_assert_true (g_str_equal (rows_between, rows_after));
  own_acts_close (self.file);
  g_rand_free (self.random);
  g_string_free (self.told, TRUE);
  g_assert_cmpint (system (command), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/series", test_series);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
