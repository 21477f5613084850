/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

/* Media that cannot be written, mounted in a space of the process's own. */

static gboolean
mount_there (const char *folder)
{
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("tmpfs", folder, "tmpfs", 0, "size=12m") == 0;
}

/* Tried in a child: what it mounts goes with it. */
static gboolean
may_mount (const char *folder)
{
  pid_t child = fork ();
  int   status = 1;

  if (child == 0)
    _exit (mount_there (folder) ? 0 : 1);
  return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

static void
write_protect (const char *folder)
{
  g_assert_cmpint (mount ("none", folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
}

static void
check_refused (GError **error, int code)
{
  g_assert_error (*error, CC_ERROR, code);
  g_test_message ("%s", (*error)->message);
  g_assert_null (strstr ((*error)->message, "SQL"));
  g_assert_true (g_str_has_suffix ((*error)->message, "."));
  g_clear_error (error);
}

/* Opened for writing it is refused and says so; for reading it shows everything; nothing can be
 * made beside it. */
static void
work_on_protected (Fixture *fixture)
{
  Victims victims = { 1, 10, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *other = g_build_filename (folder, "other.casecount", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CcCaseFile      *file;

  g_assert_true (mount_there (folder));
  file = cc_case_file_create (path, PASSPHRASE, fixture->pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (file, "test", add_victims, &victims, NULL, &error));
  before = cc_case_file_content_hash (file, NULL);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  write_protect (folder);
  g_assert_null (cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error));
  check_refused (&error, CC_ERROR_READ_ONLY);
  g_assert_null (cc_case_file_create (other, PASSPHRASE, fixture->pack, "SEN", FALSE, &error));
  check_refused (&error, CC_ERROR_READ_ONLY);
  file = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  after = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (cc_case_file_verify (file, &problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_false (cc_case_file_act (file, "test", add_victims, &victims, NULL, &error));
  check_refused (&error, CC_ERROR_READ_ONLY);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
}

/* A disk that becomes write-protected while the file is open, as an old stick does: acts are
 * refused, and what was there is kept. */
static void
work_on_turning (Fixture *fixture)
{
  Victims victims = { 1, 10, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *bytes = NULL;
  gsize            size;
  CcCaseFile      *file;

  g_assert_true (mount_there (folder));
  file = cc_case_file_create (path, PASSPHRASE, fixture->pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (file, "test", add_victims, &victims, NULL, &error));
  before = cc_case_file_content_hash (file, NULL);
  /* Detached: files that are open for writing forbid to protect the disk itself. */
  g_assert_cmpint (mount (folder, folder, NULL, MS_BIND, NULL), ==, 0);
  g_assert_cmpint (mount ("none", folder, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), ==, 0);
  after = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, after);
  (void) cc_case_file_close (file, NULL);
  cc_case_file_free (file);
  g_clear_pointer (&after, g_free);
  /* On another disk it opens as it was. */
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) size, NULL));
  file = cc_case_file_open (copy, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  after = cc_case_file_content_hash (file, &error);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
}

static void
run_mounted (Fixture *fixture, gconstpointer data)
{
  void (*func) (Fixture *) = (void (*) (Fixture *)) data;
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);

  if (g_test_subprocess ())
    {
      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      func (fixture);
      g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
      (void) umount2 (folder, MNT_DETACH);
      g_rmdir (folder);
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/medium/protected", Fixture, work_on_protected, fixture_set_up, run_mounted,
              fixture_tear_down);
  g_test_add ("/store/medium/turning", Fixture, work_on_turning, fixture_set_up, run_mounted,
              fixture_tear_down);
  return g_test_run ();
}
