/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that closes any descriptor of a file gives up its locks on it. Whatever else this
 * program reads of a file that it works in, another process must still see the locks. */

/* Where SQLite keeps its locks: after the first gigabyte, the shared ones behind two other bytes.
 */
#define SHARED_FIRST 0x40000002
#define SHARED_SIZE  510

/* Asked by another process, as one's own locks are never in one's way. */
static gboolean
is_locked (const char *path)
{
  int         status = 0;
  const pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      struct flock request = { .l_type = F_WRLCK,
                               .l_whence = SEEK_SET,
                               .l_start = SHARED_FIRST,
                               .l_len = SHARED_SIZE };
      const int    fd = open (path, O_RDWR | O_CLOEXEC);

      _exit (fd < 0 || fcntl (fd, F_GETLK, &request) != 0 ? 2 : request.l_type != F_UNLCK);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), !=, 2);
  return WEXITSTATUS (status) == 1;
}

static void
act (Fixture *fixture, guint first)
{
  Victims victims = { first, 1, { 0 } };

  fixture_act (fixture, add_victims, &victims);
}

static void
verify (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
read_beside (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) reader =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (reader, &error));
}

static void
read_with_wrong_word (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      cc_case_file_open (fixture->path, "not this one", fixture->pack, CC_OPEN_READ_ONLY, &error));
  g_assert_nonnull (error);
}

static void
open_twice (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
}

static void
look_from_outside (Fixture *fixture)
{
  g_assert_cmpint (cc_case_file_probe (fixture->path, NULL), ==, CC_FILE_CASE_FILE);
  g_assert_true (cc_exchange_is_copy (fixture->path, fixture->path));
}

static void
copy (Fixture *fixture)
{
  g_autofree char *path = fixture_sibling (fixture, "-copy");
  g_autoptr (GError) error = NULL;

  cc_case_file_copy (fixture->file, path, NULL, &error);
  g_assert_no_error (error);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  void (*const all[]) (Fixture *) = { verify,     read_beside,       read_with_wrong_word,
                                      open_twice, look_from_outside, copy };

  act (fixture, 1);
  g_assert_true (is_locked (fixture->path));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_test_message ("work %u", i);
      all[i](fixture);
      g_assert_true (is_locked (fixture->path));
    }
  act (fixture, 2);
  verify (fixture);
  fixture_close (fixture);
  g_assert_false (is_locked (fixture->path));
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* What waits to be closed is used again, and closed in the end. */
static void
test_descriptors (Fixture *fixture, gconstpointer data)
{
  guint before;
  guint open_before;

  fixture_close (fixture);
  before = count_descriptors ();
  fixture_open (fixture);
  verify (fixture);
  open_before = count_descriptors ();
  for (guint i = 0; i < 20; i++)
    {
      verify (fixture);
      look_from_outside (fixture);
    }
  g_assert_cmpuint (count_descriptors (), <=, open_before + 2);
  fixture_close (fixture);
  g_assert_cmpuint (count_descriptors (), ==, before);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/locks/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("descriptors", test_descriptors);
  return g_test_run ();
}
