/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "library/cc-library.h"

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cc/base/cc-error.h>

/* Folders that may not be read or written, and copies that would fall on a file in use: told in
 * words of their own, and nothing is lost. No display is needed. */

typedef struct
{
  char *outside;
  char *folder;
  char *path; /* a case file in the folder */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2 };

  fixture->outside = g_dir_make_tmp ("casecount-refused-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->outside, "library", NULL);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  fixture->path = g_build_filename (fixture->folder, "count.casecount", NULL);
  case_fixture_write (fixture->path, &params);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) g_chmod (fixture->folder, 0700);
  remove_tree (fixture->outside);
  g_free (fixture->outside);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* The rights of folders bind whoever rules the computer as well, while they are not wanted. */
static void
want_power (gboolean wanted)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct   sets[2];
  const guint32 power = 1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH | 1U << CAP_FOWNER;

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  if (wanted)
    sets[0].effective |= sets[0].permitted & power;
  else
    sets[0].effective &= ~power;
  g_assert_cmpint (syscall (SYS_capset, &header, sets), ==, 0);
}

static char *
read_all (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
}

/* Whoever sees an empty page would believe that the files are gone. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;

  g_assert_cmpint (g_chmod (fixture->folder, 0), ==, 0);
  want_power (FALSE);
  items = cc_library_list (fixture->folder, &error);
  want_power (TRUE);
  g_assert_null (items);
  g_assert_error (error, CC_ERROR, CC_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "not changed"));
  g_assert_nonnull (strstr (error->message, fixture->folder));
}

/* Nothing is copied when a file is renamed, and no other folder is to be chosen. */
static void
test_rename (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  want_power (FALSE);
  g_assert_false (cc_library_rename (fixture->folder, fixture->path, "Other", NULL, &error));
  want_power (TRUE);
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  g_assert_null (strstr (error->message, "copied"));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* To be deleted for good is offered only where there is no trash. */
static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  for (guint forever = 0; forever < 2; forever++)
    {
      g_autoptr (GError) error = NULL;

      want_power (FALSE);
      g_assert_false (cc_library_remove (fixture->folder, fixture->path, forever == 1, &error));
      want_power (TRUE);
      g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
    }
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A copy put in the place of a file that is open would take away whatever is done in it from then
 * on; in the place of one that was not closed, the log would be played into the copy. */
static void
test_copy_over (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 3 };
  g_autofree char *other = g_build_filename (fixture->outside, "other.casecount", NULL);
  g_autofree char *log = g_strconcat (other, "-journal", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (other);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CcCaseFile      *file;

  case_fixture_write (other, &params);
  file = cc_case_file_open (other, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (cc_library_save_copy (fixture->path, target, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "other"));
  g_clear_error (&error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);

  before = read_all (other);
  g_assert_true (g_file_set_contents (log, "log", -1, NULL));
  g_assert_false (cc_library_save_copy (fixture->path, target, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_clear_error (&error);
  after = read_all (other);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (g_remove (log), ==, 0);
  g_assert_true (cc_library_save_copy (fixture->path, target, NULL, &error));
  g_assert_no_error (error);
}

/* Where no part can be written beside it, an older copy could not be given back. */
static void
test_copy_without_part (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = g_build_filename (fixture->outside, "place", NULL);
  g_autofree char *older = g_build_filename (place, "older.casecount", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (older);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *original = read_all (fixture->path);

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  g_assert_true (g_file_set_contents (older, "older", -1, NULL));
  g_assert_cmpint (g_chmod (place, 0500), ==, 0);
  want_power (FALSE);
  g_assert_false (cc_library_save_copy (fixture->path, target, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (older, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "older");
  /* A document portal makes the empty file and gives the right to fill it. */
  g_assert_cmpint (truncate (older, 0), ==, 0);
  g_assert_true (cc_library_save_copy (fixture->path, target, NULL, &error));
  g_assert_no_error (error);
  want_power (TRUE);
  g_assert_cmpint (g_chmod (place, 0700), ==, 0);
  copied = read_all (older);
  g_assert_cmpstr (copied, ==, original);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/library-refused/unreadable", test_unreadable);
  ADD ("/app/library-refused/rename", test_rename);
  ADD ("/app/library-refused/remove", test_remove);
  ADD ("/app/library-refused/copy-over", test_copy_over);
  ADD ("/app/library-refused/copy-without-part", test_copy_without_part);
  return g_test_run ();
}
