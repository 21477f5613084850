/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-making.h>

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a program leaves that is killed while it makes a file, and what must never be taken for
 * that. */

#define OTHER_PASSPHRASE "seven slow grey herons"

static const CcPackageOrder all = { .period = CC_INTERVAL_UNKNOWN };

/* ---- the program that is killed ---- */

/* Returns: (transfer full) (nullable): a part in the folder that something was written to */
static char *
find_part (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf         info;

      if (g_str_has_suffix (name, ".part") && g_stat (path, &info) == 0 && info.st_size > 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* In the middle of the work, whatever it is. */
static gpointer
wait_to_die (gpointer folder)
{
  for (;;)
    {
      g_autofree char *part = find_part (folder);

      if (part != NULL)
        kill (getpid (), SIGKILL);
      g_usleep (100);
    }
  return NULL;
}

/* arguments: what to make, of which case file, in which folder */
static int
run_child (char **arguments)
{
  const char      *what = arguments[0];
  const char      *folder = arguments[2];
  g_autofree char *made = g_build_filename (folder, "made.casecount", NULL);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  CcCaseFile *file = NULL;

  g_thread_unref (g_thread_new ("killer", wait_to_die, (gpointer) folder));
  if (g_str_equal (what, "restore"))
    return !cc_case_file_restore (arguments[1], PASSPHRASE, pack, made, NULL, NULL);
  file = cc_case_file_open (arguments[1], PASSPHRASE, pack, CC_OPEN_READ_WRITE, NULL);
  if (g_str_equal (what, "backup"))
    return !cc_case_file_backup (file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, NULL);
  if (g_str_equal (what, "copy"))
    return !cc_case_file_copy (file, made, NULL, NULL);
  return !cc_package_write (file, &all, made, OTHER_PASSPHRASE, NULL, NULL, NULL);
}

/* Returns: (transfer full): the part that it left in the folder */
static char *
kill_while (Fixture *fixture, const char *program, const char *what, const char *folder)
{
  const char *const arguments[] = { program, "--make", what, fixture->path, folder, NULL };
  int               status;
  GError           *error = NULL;
  char             *part;

  fixture_close (fixture);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  part = find_part (folder);
  g_assert_nonnull (part);
  return part;
}

/* ---- what becomes of it ---- */

static char *
add_lock (const char *path)
{
  return g_strconcat (path, ".lock", NULL);
}

static void
assert_gone (const char *part)
{
  static const char *const suffixes[] = { "", ".lock", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (part, suffixes[i], NULL);

      g_test_message ("%s", path);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
assert_stays (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
write_own (const char *path)
{
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        empty_folder (path);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  empty_folder (fixture->folder);
  fixture_tear_down (fixture, data);
}

static const char *program;

/* Gone with the next opening of the file beside it, or of whose backups it is among. */
static void
test_killed (Fixture *fixture, gconstpointer what)
{
  Victims          victims = { 1, 60, { 0 } };
  g_autofree char *backups = cc_backup_dup_folder (fixture->path);
  const gboolean   is_backup = g_str_equal (what, "backup");
  g_autofree char *part = NULL;

  fixture_act (fixture, add_victims, &victims);
  part = kill_while (fixture, program, what, is_backup ? backups : fixture->folder);
  fixture_open (fixture);
  assert_gone (part);
}

/* Tried again at once, it works: what was left is in nobody's way. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made = g_build_filename (fixture->folder, "made.casecount", NULL);
  g_autofree char *source = g_build_filename (fixture->folder, "source.casecount", NULL);
  g_autofree char *part = NULL;
  GError          *error = NULL;

  cc_case_file_copy (fixture->file, source, NULL, &error);
  g_assert_no_error (error);
  part = kill_while (fixture, program, "copy", fixture->folder);
  cc_case_file_restore (source, PASSPHRASE, fixture->pack, made, NULL, &error);
  g_assert_no_error (error);
  assert_gone (part);
}

/* A copy under a repair's name, and one of a changed passphrase. */
static void
test_own_parts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *repair = fixture_sibling (fixture, ".repair");
  g_autofree char *log = fixture_sibling (fixture, ".repair-wal");

  fixture_close (fixture);
  write_own (repair);
  write_own (log);
  fixture_open (fixture);
  g_assert_false (g_file_test (repair, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

/* What another program is writing stays, and nobody else may write under that name. */
static void
test_alive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made = g_build_filename (fixture->folder, "made.casecount", NULL);
  g_autofree char *path = g_strconcat (made, ".part", NULL);
  g_autofree char *lock = add_lock (path);
  g_autoptr (GError) error = NULL;
  CcMaking *part;

  g_assert_true (cc_making_begin (path, &part, NULL));
  g_assert_nonnull (part);
  write_own (path);
  fixture_close (fixture);
  fixture_open (fixture);
  assert_stays (path);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  g_assert_false (cc_case_file_copy (fixture->file, made, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  assert_stays (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  cc_making_end (part);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

/* What somebody named so, or another program did: without our lock, with a lock that is none of
 * ours, or under another name. A link, and what it leads to, is no part either. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "download.casecount.part", "photos.part", ".part-12",
                                       "locked.casecount.part", NULL };
  g_autofree char         *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char         *link = g_build_filename (fixture->folder, "link.casecount.part", NULL);
  g_autofree char         *link_lock = add_lock (link);
  g_autofree char *photos_lock = g_build_filename (fixture->folder, "photos.part.lock", NULL);
  g_autofree char *full_lock =
      g_build_filename (fixture->folder, "locked.casecount.part.lock", NULL);
  g_autofree char *made = g_build_filename (fixture->folder, "download.casecount", NULL);
  g_autoptr (GError) error = NULL;

  fixture_close (fixture);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      write_own (path);
    }
  write_own (target);
  write_own (full_lock);
  g_assert_true (g_file_set_contents (photos_lock, "", 0, NULL));
  g_assert_true (g_file_set_contents (link_lock, "", 0, NULL));
  g_assert_cmpint (symlink (target, link), ==, 0);
  fixture_open (fixture);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      assert_stays (path);
    }
  assert_stays (target);
  assert_stays (full_lock);
  g_assert_true (g_file_test (photos_lock, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (cc_case_file_copy (fixture->file, made, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_test_message ("%s", error->message);
}

/* Folders in which a step of work was done. */
static void
test_folders (Fixture *fixture, gconstpointer data)
{
  CcMaking        *part = NULL;
  char            *folder = cc_making_make_folder (fixture->folder, "merge", &part);
  g_autofree char *path = g_strdup (folder);
  g_autofree char *lock = add_lock (folder);
  g_autofree char *file = g_build_filename (folder, "merge.casecount", NULL);
  GStatBuf         info;

  write_own (file);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
  cc_making_clear (fixture->folder);
  assert_stays (file);
  cc_making_remove_folder (folder, part);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  /* As a program leaves it that is killed. */
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  write_own (file);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  cc_making_clear (fixture->folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/store/parts/" path, Fixture, data, fixture_set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--make"))
    return run_child (argv + 2);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("killed/backup", "backup", test_killed);
  ADD ("killed/copy", "copy", test_killed);
  ADD ("killed/restore", "restore", test_killed);
  ADD ("killed/package", "package", test_killed);
  ADD ("again", NULL, test_again);
  ADD ("own", NULL, test_own_parts);
  ADD ("alive", NULL, test_alive);
  ADD ("foreign", NULL, test_foreign);
  ADD ("folders", NULL, test_folders);
  return g_test_run ();
}
