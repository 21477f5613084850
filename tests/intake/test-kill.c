/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process works on a case file and says of each act that it is done; it is killed at some
 * instant, and what it said must be true. The variable CASECOUNT_KILLS sets another number of
 * kills. */
#define DAILY_KILLS 60

/* After so many kills the file begins anew, so that it stays quick to look through. */
#define KILLS_PER_FILE 40

#define PASSPHRASE "four quiet river stones"
#define ROWS       12 /* of one delivery */
#define ENTITY_ACT 2  /* the act that adds the office, after the creation */

typedef struct
{
  CcCaseFile *file;
  const char *folder;
  GRand      *random;
  int         pipe;
} Worker;

typedef struct
{
  char  *folder;
  char  *path;
  gint64 seq; /* of the last act that was said to be done */
  char  *head;
  char  *content;
  char  *tried; /* the act begun after it */
  guint  n_done;
  guint  n_not_done;
  guint  n_done_unsaid;
  guint  n_opening;
} Watch;

/* ---- the process that works ---- */

static void
say (Worker *self, const char *text)
{
  if (write (self->pipe, text, strlen (text)) != (ssize_t) strlen (text))
    _exit (3);
}

static void
fail (Worker *self, GError *error)
{
  g_autofree char *text = g_strdup_printf ("f %s\n", error->message);

  say (self, text);
  _exit (4);
}

static gint64
put_unit (CcAct *act, const char *unit, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (pack, unit));

  record->parents[0] = first;
  record->parents[1] = second;
  if (!cc_act_make_random_uuid (act, record->uuid, error)
      || !cc_act_put_record (act, record, 0, 0, 0, NULL, error))
    return 0;
  return record->id;
}

/* A case by hand: three records that stand or fall together. */
static gboolean
enter (CcAct *act, gpointer data, GError **error)
{
  const gint64 victim = put_unit (act, "victim", 0, 0, error);
  const gint64 event = victim != 0 ? put_unit (act, "event", 0, 0, error) : 0;

  return event != 0 && put_unit (act, "victim_event", victim, event, error) != 0;
}

/* A verdict on two persons, and their joining. */
static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  Worker        *self = data;
  CcConnection  *connection = cc_act_get_connection (act);
  CcPairDecision decision = { .kind = (char *) "VI",
                              .source = (char *) "review",
                              .verdict = CC_VERDICT_SAME };
  const gint64   n = cc_connection_get_int64 (connection,
                                              "SELECT count (*) FROM victim JOIN record"
                                                " ON id = record WHERE state = 0",
                                              0, NULL);
  gint64         ids[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT record FROM victim JOIN record ON id = record WHERE state = 0"
                           " ORDER BY record LIMIT 1 OFFSET %d",
                           g_rand_int_range (self->random, 0, (gint32) MAX (n, 1)));

      ids[i] = cc_connection_get_int64 (connection, sql, 0, NULL);
    }
  if (ids[0] == ids[1])
    return enter (act, data, error);
  decision.a = MIN (ids[0], ids[1]);
  decision.b = MAX (ids[0], ids[1]);
  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    ids[i] = cc_act_find_cluster (act, ids[i], error);
  return ids[0] == ids[1] || cc_act_join (act, ids[0], ids[1], decision.id, error);
}

static gboolean
deliver (Worker *self, GError **error)
{
  CcImportOptions options = options_for ("police");
  g_autoptr (GString) csv = g_string_new ("Victim ID,Case No,Sex,Age,Nationality,Date rescued\n");
  g_autofree char *path = g_build_filename (self->folder, "list.csv", NULL);
  const guint32    number = g_rand_int (self->random);
  g_autoptr (CcImportResult) result = NULL;

  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (csv, "V%u-%u,C%u-%u,%s,%u,Togo,2023-04-%02u\n", number, i, number,
                            i / 2, i % 2 ? "F" : "M", 10 + i, 1 + i);
  if (!g_file_set_contents (path, csv->str, -1, error))
    return FALSE;
  result = cc_import_file (self->file, path, &options, NULL, error);
  return result != NULL;
}

static gboolean
take_back (Worker *self, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self->file, error);
  gint64        seq;

  if (reader == NULL)
    return FALSE;
  seq = cc_history_find_undoable (reader, NULL);
  cc_case_file_release_reader (self->file, reader);
  /* The office stays. */
  if (seq <= ENTITY_ACT)
    return cc_case_file_act (self->file, "record", enter, self, NULL, error);
  return cc_history_undo (self->file, seq, NULL, NULL, error);
}

static void
tell_state (Worker *self, char sign)
{
  GError          *error = NULL;
  CcConnection    *reader = cc_case_file_acquire_reader (self->file, &error);
  g_autofree char *head = NULL;
  g_autofree char *content = NULL;
  g_autofree char *text = NULL;
  gint64           seq = 0;

  if (reader != NULL)
    {
      seq = cc_history_get_last (reader, &error);
      cc_case_file_release_reader (self->file, reader);
    }
  if (error == NULL)
    head = cc_case_file_head_hash (self->file, &error);
  if (error == NULL)
    content = cc_case_file_content_hash (self->file, &error);
  if (error != NULL)
    fail (self, error);
  text = g_strdup_printf ("%c %" G_GINT64_FORMAT " %s %s\n", sign, seq, head, content);
  say (self, text);
}

static void
work (Worker *self, const char *path)
{
  static const char *const names[] = { "enter", "decide", "import", "undo" };
  GError                  *error = NULL;

  self->file = cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  if (self->file == NULL)
    fail (self, error);
  tell_state (self, 'o');
  for (;;)
    {
      const guint      which = (guint) g_rand_int_range (self->random, 0, 8) % 4;
      g_autofree char *text = g_strdup_printf ("t %s\n", names[which]);
      gboolean         ok;

      say (self, text);
      if (which == 0)
        ok = cc_case_file_act (self->file, "record", enter, self, NULL, &error);
      else if (which == 1)
        ok = cc_case_file_act (self->file, "decide", decide, self, NULL, &error);
      else if (which == 2)
        ok = deliver (self, &error);
      else
        ok = take_back (self, &error);
      if (!ok)
        fail (self, error);
      tell_state (self, 'a');
    }
}

/* ---- the process that watches ---- */

static void
hear (Watch *self, const char *line)
{
  g_auto (GStrv) words = NULL;

  if (line[0] == 'f')
    g_error ("the process that works failed: %s", line + 2);
  words = g_strsplit (line + 2, " ", 3);
  g_free (self->tried);
  self->tried = line[0] == 't' ? g_strdup (words[0]) : NULL;
  if (line[0] == 't')
    return;
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  if (line[0] == 'a')
    {
      self->n_done++;
      g_assert_cmpint (g_ascii_strtoll (words[0], NULL, 10), >, self->seq);
    }
  self->seq = g_ascii_strtoll (words[0], NULL, 10);
  g_free (self->head);
  g_free (self->content);
  self->head = g_strdup (words[1]);
  self->content = g_strdup (words[2]);
}

/* Listens until the other end is closed, and kills on the way: some time after the act number
 * `acts` was begun, 0 for the opening. */
static void
listen_and_kill (Watch *self, int fd, GPid child, GRand *random)
{
  const int    acts = g_rand_int_range (random, 0, 6);
  const gulong delay = (gulong) (g_rand_double (random) * (acts == 0 ? 30000 : 12000));
  FILE        *lines = fdopen (fd, "r");
  gboolean     killed = FALSE;
  gboolean     opened = FALSE;
  int          begun = 0;
  char         line[512];

  while (!killed || fgets (line, sizeof line, lines) != NULL)
    {
      if (!killed && begun == acts)
        {
          (void) usleep ((useconds_t) delay);
          kill (child, SIGKILL);
          killed = TRUE;
          continue;
        }
      if (!killed && fgets (line, sizeof line, lines) == NULL)
        g_error ("the process that works ended by itself");
      /* Words cut off by the kill were not said. */
      if (!g_str_has_suffix (line, "\n"))
        break;
      g_strchomp (line);
      opened = TRUE;
      if (line[0] == 't')
        begun++;
      hear (self, line);
    }
  fclose (lines);
  if (!opened)
    self->n_opening++;
}

static gint64
ask (CcCaseFile *file, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return n;
}

/* Acts are whole: a case has its three records, a delivery all its rows. */
static void
check_whole_acts (CcCaseFile *file)
{
  g_assert_cmpint (ask (file, "SELECT count (*) FROM record r WHERE submission IS NULL"
                              " AND unit = 'VE' AND (SELECT count (*) FROM victim_event e"
                              " JOIN record v ON v.id = e.victim AND v.state = r.state"
                              " JOIN record w ON w.id = e.event AND w.state = r.state"
                              " WHERE e.record = r.id) <> 1"),
                   ==, 0);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM record WHERE submission IS NULL"
                              " AND unit IN ('VI', 'EV')"),
                   ==,
                   2
                       * ask (file, "SELECT count (*) FROM record WHERE submission IS NULL"
                                    " AND unit = 'VE'"));
  g_assert_cmpint (ask (file, "SELECT count (*) FROM submission s WHERE rows <> 12 OR (SELECT"
                              " count (*) FROM source_row WHERE submission = s.id) <> 12"
                              " OR (SELECT count (*) FROM record r WHERE r.submission = s.id"
                              " AND unit = 'VI' AND r.state = (s.state <> 'live')) <> 12"),
                   ==, 0);
}

static void
check (Watch *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *content = NULL;
  g_autofree char *sql = NULL;
  CcConnection    *reader;
  gint64           last;
  CcCaseFile *file = cc_case_file_open (self->path, PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (const char *) problems->pdata[0]);
  reader = cc_case_file_acquire_reader (file, &error);
  last = cc_history_get_last (reader, &error);
  cc_case_file_release_reader (file, reader);
  g_assert_no_error (error);
  content = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  if (self->head != NULL)
    {
      gint64 found = 0;

      g_assert_true (cc_case_file_find_anchor (file, self->head, &found, &error));
      g_assert_cmpint (found, ==, self->seq);
      if (last == self->seq)
        {
          g_assert_cmpstr (content, ==, self->content);
          self->n_not_done += self->tried != NULL;
        }
      else
        {
          g_assert_cmpint (last, ==, self->seq + 1);
          g_assert_nonnull (self->tried);
          self->n_done_unsaid++;
        }
    }
  g_free (self->head);
  g_free (self->content);
  self->seq = last;
  self->head = cc_case_file_head_hash (file, &error);
  self->content = g_steal_pointer (&content);
  check_whole_acts (file);
  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
}

/* A case file that was opened and closed again after the kill is one file. */
static void
check_strays (Watch *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_equal (name, "count.casecount") && !g_str_has_prefix (name, "list.csv"))
      g_error ("“%s” was left behind", name);
}

static void
begin_file (Watch *self)
{
  g_autoptr (GError) error = NULL;
  CcCaseFile *file;

  g_unlink (self->path);
  file = cc_case_file_create (self->path, PASSPHRASE, pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  cc_entity_add (file, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"), &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->content, g_free);
  self->seq = 0;
}

static void
run_once (Watch *self, guint number, GRand *random)
{
  int    ends[2];
  pid_t  child;
  Worker worker = { .folder = self->folder };

  g_assert_cmpint (pipe (ends), ==, 0);
  g_clear_pointer (&self->tried, g_free);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (ends[0]);
      worker.pipe = ends[1];
      worker.random = g_rand_new_with_seed (number);
      work (&worker, self->path);
      _exit (5);
    }
  close (ends[1]);
  listen_and_kill (self, ends[0], child, random);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  check (self);
  check_strays (self);
}

static void
test_kill (void)
{
  const char *wanted = g_getenv ("CASECOUNT_KILLS");
  const guint n = wanted != NULL ? (guint) atoi (wanted) : DAILY_KILLS;
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree char *command = NULL;
  Watch            watch = { 0 };

  watch.folder = g_dir_make_tmp ("casecount-kill-XXXXXX", NULL);
  watch.path = g_build_filename (watch.folder, "count.casecount", NULL);
  for (guint i = 0; i < n; i++)
    {
      if (i % KILLS_PER_FILE == 0)
        begin_file (&watch);
      run_once (&watch, i, random);
    }
  g_test_message ("%u kills: %u in opening, %u in an act that is not there, %u in one that is there"
                  " but was not said; %u acts said to be done, none lost, none half",
                  n, watch.n_opening, watch.n_not_done, watch.n_done_unsaid, watch.n_done);
  command = g_strdup_printf ("rm -rf '%s'", watch.folder);
  g_assert_cmpint (system (command), ==, 0);
  g_free (watch.folder);
  g_free (watch.path);
  g_free (watch.head);
  g_free (watch.content);
  g_free (watch.tried);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/kill", test_kill);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
