/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "library/cc-library.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>
#include <cc/store/cc-making.h>

/* Copies into the library and out of it: to whom they are open, and what is left of those that were
 * cut off. No display is needed. */

typedef struct
{
  char *outside;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->outside = g_dir_make_tmp ("casecount-library-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->outside, "library", NULL);
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
  remove_tree (fixture->outside);
  g_free (fixture->outside);
  g_free (fixture->folder);
}

static char *
write_case (Fixture *fixture, const char *name)
{
  const CaseParams params = { .n_victims = 2 };
  char            *path = g_build_filename (fixture->outside, name, NULL);

  case_fixture_write (path, &params);
  return path;
}

static char *
add (Fixture *fixture, const char *source, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (source);
  GError *error = NULL;
  char   *path = NULL;

  g_assert_true (cc_library_add (fixture->folder, file, name, NULL, &path, &error));
  g_assert_no_error (error);
  return path;
}

static mode_t
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

/* On a stick every file is open to everybody. A copy is for its owner alone, with its log and with
 * what is noted about it, also where new files would be for all, and in the place of a file that
 * was open to others. */
static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "stick.casecount");
  g_autofree char *log = g_strconcat (source, "-wal", NULL);
  g_autofree char *index = g_build_filename (fixture->folder, CC_LIBRARY_INDEX, NULL);
  g_autofree char *copy = g_build_filename (fixture->outside, "copy.casecount", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autofree char *path = NULL;
  g_autofree char *path_log = NULL;
  GError          *error = NULL;
  const mode_t     usual = umask (0);

  g_assert_cmpint (g_chmod (source, 0777), ==, 0);
  g_assert_true (g_file_set_contents (log, "pages", -1, NULL));
  path = add (fixture, source, "Benin 2025");
  path_log = g_strconcat (path, "-wal", NULL);
  g_assert_cmpint (get_mode (fixture->folder), ==, 0700);
  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_cmpint (get_mode (path_log), ==, 0600);
  g_assert_true (cc_library_note (fixture->folder, path, "BEN", FALSE, &error));
  g_assert_cmpint (get_mode (index), ==, 0600);

  g_assert_cmpint (g_unlink (path_log), ==, 0);
  g_assert_cmpint (g_unlink (log), ==, 0);
  g_assert_true (g_file_set_contents (copy, "", 0, NULL));
  g_assert_cmpint (g_chmod (copy, 0666), ==, 0);
  g_assert_true (cc_library_save_copy (path, target, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (copy), ==, 0600);
  umask (usual);
}

/* A copy whose maker was killed is cleared away, with the folder of a step of work; one that is
 * being written is not. Of one whose lock the power took, the age tells. */
static void
test_remains (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old_part = g_build_filename (fixture->folder, ".part-00000001", NULL);
  g_autofree char *new_part = g_build_filename (fixture->folder, ".part-00000002", NULL);
  g_autofree char *killed = g_build_filename (fixture->folder, ".part-00000003", NULL);
  g_autofree char *killed_lock = g_strconcat (killed, ".lock", NULL);
  g_autofree char *alive = g_build_filename (fixture->folder, ".part-00000004", NULL);
  g_autofree char *work = g_build_filename (fixture->folder, ".merge-a1b2c3", NULL);
  g_autofree char *work_lock = g_strconcat (work, ".lock", NULL);
  g_autofree char *work_file = g_build_filename (work, "merge.casecount", NULL);
  const gint64     now = g_get_real_time () / G_USEC_PER_SEC;
  struct utimbuf   times = { .actime = now - 100000, .modtime = now - 100000 };
  g_autoptr (GPtrArray) items = cc_library_list (fixture->folder, NULL);
  CcMaking *part;

  g_assert_true (g_file_set_contents (old_part, "x", -1, NULL));
  g_assert_true (g_file_set_contents (new_part, "x", -1, NULL));
  g_assert_true (g_file_set_contents (killed, "x", -1, NULL));
  g_assert_true (g_file_set_contents (killed_lock, "", 0, NULL));
  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (work_lock, "", 0, NULL));
  g_assert_true (g_file_set_contents (work_file, "x", -1, NULL));
  g_assert_true (cc_making_begin (alive, &part, NULL));
  g_assert_true (g_file_set_contents (alive, "x", -1, NULL));
  g_assert_cmpint (g_utime (old_part, &times), ==, 0);
  g_assert_cmpint (g_utime (alive, &times), ==, 0);
  g_ptr_array_unref (items);
  items = cc_library_list (fixture->folder, NULL);
  g_assert_cmpuint (items->len, ==, 0);
  g_assert_false (g_file_test (old_part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (killed, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (killed_lock, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_EXISTS));
  cc_making_end (part);
}

/* A copy to a stick that was pulled out goes with the next copy to it. */
static void
test_remains_outside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = write_case (fixture, "count.casecount");
  g_autofree char *stick = g_build_filename (fixture->outside, "stick", NULL);
  g_autofree char *copy = g_build_filename (stick, "copy.casecount", NULL);
  g_autofree char *killed = g_build_filename (stick, ".part-00000003", NULL);
  g_autofree char *killed_lock = g_strconcat (killed, ".lock", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GDir) dir = NULL;
  GError *error = NULL;

  g_assert_cmpint (g_mkdir (stick, 0755), ==, 0);
  g_assert_true (g_file_set_contents (killed, "x", -1, NULL));
  g_assert_true (g_file_set_contents (killed_lock, "", 0, NULL));
  g_assert_true (cc_library_save_copy (source, target, NULL, &error));
  g_assert_no_error (error);
  dir = g_dir_open (stick, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "copy.casecount");
  g_assert_null (g_dir_read_name (dir));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/library/copies/modes", test_modes);
  ADD ("/app/library/copies/remains", test_remains);
  ADD ("/app/library/copies/remains-outside", test_remains_outside);
  return g_test_run ();
}
