/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <sched.h>
#include <stdio.h>
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
try (Fixture *fixture, const char *path, CcOpenMode mode, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file = cc_case_file_open (path, PASSPHRASE, fixture->pack, mode, &error);

  if (words == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (cc_case_file_close (file, NULL));
      return;
    }
  g_assert_null (file);
  g_assert_nonnull (strstr (error->message, words));
  check_refused (&error, code);
}

static void
copy_to (const char *from, const char *to, const char *suffix)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (source, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 0);
  g_assert_true (g_file_set_contents (target, bytes, (gssize) size, NULL));
}

/* A stick that was pulled out while the file was open, and is write-protected now: there nobody can
 * put it in order; a copy with its log has everything. */
static void
work_on_unfinished (Fixture *fixture)
{
  Victims          victims = { 1, 10, { 0 } };
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (mount_there (folder));
  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  copy_to (fixture->path, path, "");
  copy_to (fixture->path, path, "-wal");
  fixture_close (fixture);
  write_protect (folder);
  try (fixture, path, CC_OPEN_READ_WRITE, CC_ERROR_UNFINISHED, "Copy the file together");
  try (fixture, path, CC_OPEN_READ_ONLY, CC_ERROR_UNFINISHED, "Copy the file together");
  copy_to (path, copy, "");
  copy_to (path, copy, "-wal");
  fixture->file = cc_case_file_open (copy, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, NULL);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  fixture_close (fixture);
  g_unlink (copy);
}

/* The file alone is protected, as administrators do with what is not to be changed. */
static void
work_on_protected_file (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);

  g_assert_true (mount_there (folder));
  fixture_close (fixture);
  copy_to (fixture->path, path, "");
  g_assert_cmpint (mount (path, path, NULL, MS_BIND, NULL), ==, 0);
  g_assert_cmpint (mount ("none", path, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), ==, 0);
  try (fixture, path, CC_OPEN_READ_WRITE, CC_ERROR_READ_ONLY, "is protected against writing");
  try (fixture, path, CC_OPEN_READ_ONLY, 0, NULL);
  g_assert_cmpint (umount (path), ==, 0);
}

static void
fill_disk (const char *path)
{
  static char chunk[4096];
  FILE       *file = fopen (path, "w");

  setbuf (file, NULL);
  while (fwrite (chunk, 1, sizeof chunk, file) == sizeof chunk)
    continue;
  fclose (file);
}

/* No room even for what opening needs: it can be read, and nobody is locked out afterwards. */
static void
work_on_full (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *rest = g_build_filename (folder, "rest", NULL);

  g_assert_true (mount_there (folder));
  fixture_close (fixture);
  copy_to (fixture->path, path, "");
  fill_disk (rest);
  try (fixture, path, CC_OPEN_READ_WRITE, CC_ERROR_NO_SPACE, "is full");
  try (fixture, path, CC_OPEN_READ_ONLY, 0, NULL);
  g_unlink (rest);
  try (fixture, path, CC_OPEN_READ_WRITE, 0, NULL);
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
  g_test_add ("/store/medium/unfinished", Fixture, work_on_unfinished, fixture_set_up, run_mounted,
              fixture_tear_down);
  g_test_add ("/store/medium/protected-file", Fixture, work_on_protected_file, fixture_set_up,
              run_mounted, fixture_tear_down);
  g_test_add ("/store/medium/full", Fixture, work_on_full, fixture_set_up, run_mounted,
              fixture_tear_down);
  g_test_add ("/store/medium/turning", Fixture, work_on_turning, fixture_set_up, run_mounted,
              fixture_tear_down);
  return g_test_run ();
}
