/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program that changes the passphrase is killed at instants spread over the whole change. Each
 * time the file opens with the old words or the new ones, holds what it held, and its history says
 * which. */

#define KILLS 40

static const char *const words[] = { PASSPHRASE, "nine other words" };

/* What the killed program does. */
static int
run_child (const char *path, const char *before, const char *after)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcCaseFile) file = cc_case_file_open (path, before, pack, CC_OPEN_READ_WRITE, NULL);

  if (file == NULL || write (STDOUT_FILENO, "!", 1) != 1)
    return 1;
  return cc_case_file_change_passphrase (file, before, after, NULL, NULL, NULL, NULL)
                 && cc_case_file_close (file, NULL)
             ? 0
             : 1;
}

/* Returns: microseconds that the change took; 0 where it was killed. delay below 0: it is not. */
static gint64
change (const char *program, const char *path, guint from, gint64 delay)
{
  const char *const arguments[] = { program, "--change", path, words[from], words[!from], NULL };
  int               output;
  GPid              child;
  gint64            began;
  char              sign;
  int               status;
  GError           *error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &child, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (output, &sign, 1), ==, 1);
  began = g_get_monotonic_time ();
  if (delay >= 0)
    {
      /* Not GLib's, which does not wait in this program. */
      (void) usleep ((useconds_t) delay);
      kill (child, SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (output);
  g_spawn_close_pid (child);
  if (!WIFEXITED (status))
    return 0;
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return g_get_monotonic_time () - began;
}

static char *
get_hash (CcCaseFile *file)
{
  GError *error = NULL;
  char   *hash = cc_case_file_content_hash (file, &error);

  g_assert_no_error (error);
  return hash;
}

/* Opens with the words that fit, and looks at everything. Returns: which words. */
static guint
examine (Fixture *fixture, const char *hash, gint64 *n_changes)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *found = NULL;
  g_autofree char *left = fixture_sibling (fixture, ".new-passphrase");
  gint64           n;
  guint            which;

  for (which = 0; which < 2 && fixture->file == NULL; which++)
    fixture->file =
        cc_case_file_open (fixture->path, words[which], fixture->pack, CC_OPEN_READ_WRITE, NULL);
  g_assert_nonnull (fixture->file);
  which--;
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  found = get_hash (fixture->file);
  g_assert_cmpstr (found, ==, hash);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  n = fixture_count (fixture, "SELECT count (*) FROM audit WHERE act = 'rekey'");
  g_assert_cmpint (n % 2, ==, which);
  g_assert_true (n == *n_changes || n == *n_changes + 1);
  *n_changes = n;
  fixture_close (fixture);
  return which;
}

static void
remove_backups (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_killed (Fixture *fixture, gconstpointer program)
{
  Victims          victims = { 1, 200, { 0 } };
  g_autofree char *hash = NULL;
  gint64           n_changes = 0;
  gint64           duration;
  guint            which = 0;
  guint            n_done = 0;

  fixture_act (fixture, add_victims, &victims);
  hash = get_hash (fixture->file);
  fixture_close (fixture);
  duration = change (program, fixture->path, which, -1);
  which = examine (fixture, hash, &n_changes);
  g_assert_cmpuint (which, ==, 1);
  for (guint i = 0; i < KILLS; i++)
    {
      const guint before = which;

      (void) change (program, fixture->path, which, duration * i / KILLS);
      which = examine (fixture, hash, &n_changes);
      n_done += which != before;
    }
  g_test_message ("%u of %d changes were done when they were killed", n_done, KILLS);
  remove_backups (fixture);
  fixture->file = NULL;
}

int
main (int argc, char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--change"))
    return run_child (argv[2], argv[3], argv[4]);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/rekey/killed", Fixture, argv[0], fixture_set_up, test_killed,
              fixture_tear_down);
  return g_test_run ();
}
