/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
fail_half_way (CcAct *act, gpointer data, GError **error)
{
  if (!add_victims (act, data, error))
    return FALSE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED, "enough");
  return FALSE;
}

static void
test_hash (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 10, { 0 } };
  Victims          others = { 100, 10, { 0 } };
  g_autofree char *empty = fixture_hash (fixture);
  g_autofree char *read = NULL;
  g_autofree char *reopened = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *rolled_back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (empty), ==, 64);
  read = fixture_hash (fixture);
  g_assert_cmpstr (empty, ==, read);
  fixture_act (fixture, add_victims, &victims);
  changed = fixture_hash (fixture);
  g_assert_cmpstr (empty, !=, changed);
  g_assert_false (cc_case_file_act (fixture->file, "test", fail_half_way, &others, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  rolled_back = fixture_hash (fixture);
  g_assert_cmpstr (changed, ==, rolled_back);
  fixture_close (fixture);
  fixture_open (fixture);
  reopened = fixture_hash (fixture);
  g_assert_cmpstr (changed, ==, reopened);
}

static gboolean
tamper (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

static void
test_chain (Fixture *fixture, gconstpointer data)
{
  static const char *const tricks[] = {
    "UPDATE audit SET user = 'somebody' WHERE seq = 2",
    "UPDATE audit SET time = time + 60 WHERE seq = 2",
    "UPDATE audit_change SET after = 'O' WHERE seq = 2 AND n = 0",
    "DELETE FROM audit_change WHERE seq = 2 AND n = 3",
    "DELETE FROM audit WHERE seq = 2",
    "DELETE FROM audit WHERE seq = 1",
    "UPDATE audit_change SET n = n + 1000 WHERE seq = 2 AND n = 1",
    "INSERT INTO audit_change VALUES (2, 99, 'victim', '1', 'a', 'b', x'00', NULL)",
    "INSERT INTO audit_change VALUES (99, 0, 'victim', '1', 'a', 'b', x'00', NULL)"
  };
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *copy = fixture_sibling (fixture, "-copy");
  g_autofree char *anchor = NULL;
  g_autofree char *bytes = NULL;
  gsize            size;
  gint64           seq;

  cc_case_file_set_user (fixture->file, "Registry");
  fixture_act (fixture, add_victims, &victims);
  anchor = cc_case_file_head_hash (fixture->file, NULL);
  victims.first = 10;
  fixture_act (fixture, add_victims, &victims);
  g_assert_true (cc_case_file_find_anchor (fixture->file, anchor, &seq, NULL));
  g_assert_cmpint (seq, ==, 2);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      g_test_message ("trick: %s", tricks[i]);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      fixture_open (fixture);
      g_assert_true (
          cc_case_file_maintain (fixture->file, tamper, (gpointer) tricks[i], NULL, NULL));
      problems = fixture_problems (fixture);
      g_assert_cmpuint (problems->len, >, 0);
      fixture_close (fixture);
    }
  fixture_open (fixture);
}

/* The chain cut at its end is whole in itself: the anchor tells, and what the act had brought. */
static void
test_anchor (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *anchor = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 seq;

  fixture_act (fixture, add_victims, &victims);
  anchor = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_true (cc_case_file_maintain (fixture->file, tamper,
                                        (gpointer) "DELETE FROM audit_change WHERE seq = 2; DELETE "
                                                   "FROM audit WHERE seq = 2",
                                        NULL, NULL));
  g_assert_true (cc_case_file_verify_history (fixture->file, NULL, &problems, NULL));
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_true (cc_case_file_find_anchor (fixture->file, anchor, &seq, NULL));
  g_assert_cmpint (seq, ==, 0);
}

/* Bytes that change on the disk are found, and what is read through them is refused. */
static void
test_flipped_byte (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3000, { 0 } };
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  /* The history fills the second half: content_hash does not read it. */
  for (gsize i = size / 4; i < size; i += 4096)
    bytes[i] ^= 1;
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  fixture_open (fixture);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, >, 1);
  g_assert_null (cc_case_file_content_hash (fixture->file, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_DAMAGED);
}

static gboolean
log_in_upkeep (CcAct *act, gpointer data, GError **error)
{
  return cc_act_log (act, "victim", "1", NULL, "x", error);
}

static void
test_upkeep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Victims          victims = { 1, 1, { 0 } };
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *after = NULL;

  g_assert_false (cc_case_file_maintain (fixture->file, log_in_upkeep, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (cc_case_file_maintain (fixture->file, add_victims, &victims, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_assert_true (
      cc_case_file_maintain (fixture->file, tamper,
                             (gpointer) "INSERT INTO staging_batch (created) VALUES (0);"
                                        "INSERT INTO person_fact (cluster, kind) VALUES (1, 'VI')",
                             NULL, NULL));
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, 1);
}

static gboolean
refresh (CcAct *act, gpointer data, GError **error)
{
  guint *calls = data;

  (*calls)++;
  return cc_connection_execute (cc_act_get_connection (act),
                                "INSERT OR REPLACE INTO person_fact (cluster, kind)"
                                " SELECT id, kind FROM cluster JOIN dirty_cluster ON cluster = id;"
                                "DELETE FROM dirty_cluster",
                                error);
}

static gboolean
add_setting (CcAct *act, gpointer data, GError **error)
{
  return cc_act_log (act, "setting", "x", NULL, "y", error);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  guint   calls = 0;
  Victims victims = { 1, 4, { 0 } };

  cc_case_file_set_refresh (fixture->file, refresh, &calls);
  fixture_act (fixture, add_victims, &victims);
  g_assert_cmpuint (calls, ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM person_fact"), ==, 4);
  fixture_act (fixture, add_setting, NULL);
  g_assert_cmpuint (calls, ==, 1);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
count_free (gpointer data)
{
  ((Victims *) data)->first++;
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  Victims       victims = { 1, 4, { 0 } };
  GAsyncResult *result = NULL;
  GError       *error = NULL;

  cc_case_file_act_async (fixture->file, "test", add_victims, &victims, count_free, NULL, on_done,
                          &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (cc_case_file_act_finish (fixture->file, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 4);
  g_assert_false (cc_case_file_is_busy (fixture->file));

  victims.first = 100;
  cc_case_file_act_async (fixture->file, "test", fail_half_way, &victims, NULL, NULL, on_done,
                          &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (cc_case_file_act_finish (fixture->file, result, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 4);
}

static gboolean
add_and_die (CcAct *act, gpointer data, GError **error)
{
  Victims more = { 1000, 20000, { 0 } };

  /* Enough that pages spill into the log before the end. */
  if (!add_victims (act, &more, error))
    return FALSE;
  kill (getpid (), SIGKILL);
  return TRUE;
}

/* The program dies in the middle of an act: the act is gone, everything before it is there. */
static void
test_crash (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 10, { 0 } };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  pid_t child;
  int   status;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  fixture_close (fixture);
  child = fork ();
  if (child == 0)
    {
      fixture_open (fixture);
      cc_case_file_act (fixture->file, "test", add_and_die, NULL, NULL, NULL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  fixture_open (fixture);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A small file system of our own, which needs the right to mount. */
static gboolean
mount_small (const char *folder)
{
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("tmpfs", folder, "tmpfs", 0, "size=12m") == 0;
}

/* A full disk, or a limit on the size of files. In a child, as both stay with the process. */
static void
run_out_of_space (Fixture *fixture, gboolean disk)
{
  Victims few = { 1, 10, { 0 } };
  Victims many = { 1000, 60000, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = NULL;
  CcCaseFile      *file;

  /* It would lie under what is mounted. */
  fixture_close (fixture);
  g_assert_true (!disk || mount_small (fixture->folder));
  path = g_build_filename (fixture->folder, "full.casecount", NULL);
  file = cc_case_file_create (path, PASSPHRASE, fixture->pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (file, "test", add_victims, &few, NULL, &error));
  before = cc_case_file_content_hash (file, NULL);
  if (!disk)
    {
      struct rlimit limit = { 8 << 20, 8 << 20 };

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
    }
  g_assert_false (cc_case_file_act (file, "test", add_victims, &many, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NO_SPACE);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  after = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, after);
  /* And the file goes on working. */
  few.first = 200;
  g_assert_true (cc_case_file_act (file, "test", add_victims, &few, NULL, &error));
  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
  file = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  cc_case_file_free (file);
  g_unlink (path);
}

/* Tried in a child: what it mounts goes with it. */
static gboolean
may_mount (const char *folder)
{
  pid_t child = fork ();
  int   status = 1;

  if (child == 0)
    _exit (mount_small (folder) ? 0 : 1);
  return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      run_out_of_space (fixture, TRUE);
      return;
    }
  if (!may_mount (fixture->folder))
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_size_limit (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      run_out_of_space (fixture, FALSE);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/acts/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hash", test_hash);
  ADD ("chain", test_chain);
  ADD ("anchor", test_anchor);
  ADD ("flipped-byte", test_flipped_byte);
  ADD ("upkeep", test_upkeep);
  ADD ("refresh", test_refresh);
  ADD ("async", test_async);
  ADD ("crash", test_crash);
  ADD ("disk-full", test_disk_full);
  ADD ("size-limit", test_size_limit);
  return g_test_run ();
}
