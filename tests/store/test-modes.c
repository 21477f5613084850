/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/base/cc-progress.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-repair.h>

#include <sys/stat.h>

/* Whose files these are: whatever is written of a case file is for its owner alone, from its first
 * moment on, also where new files of that user are open to everybody. */

#define OTHER_PASSPHRASE "seven slow grey herons"

static void look_into (const char *folder);

/* Only what was made here: files that the owner had opened to others are excepted by name. */
static void
look_at (const char *path)
{
  struct stat info;

  /* Work under way may take a file away at any time. */
  if (lstat (path, &info) != 0)
    return;
  if ((info.st_mode & 0077) != 0)
    g_error ("%s is open to others: %04o", path, info.st_mode & 07777);
  if (S_ISDIR (info.st_mode))
    look_into (path);
}

static void
look_into (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      look_at (path);
    }
}

/* Files that are being made are seen at each step of the work. */
static void
on_progress (const CcProgressState *state, gpointer folder)
{
  look_into (folder);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          empty_folder (path);
          g_assert_cmpint (g_rmdir (path), ==, 0);
        }
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 3, { 0 } };

  /* New files would be for everybody to read and write. */
  umask (0);
  fixture_set_up (fixture, data);
  fixture_act (fixture, add_victims, &victims);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  umask (022);
  fixture_close (fixture);
  empty_folder (fixture->folder);
  fixture_tear_down (fixture, data);
}

static mode_t
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
assert_modes (const char *path, mode_t mode)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

      g_test_message ("%s", beside);
      g_assert_cmpint (get_mode (beside), ==, mode);
    }
}

/* The log, its index and the mark of whoever writes take the rights of their file. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  Victims more = { 10, 3, { 0 } };

  assert_modes (fixture->path, 0600);
  fixture_close (fixture);
  look_into (fixture->folder);
  g_assert_cmpint (g_chmod (fixture->path, 0660), ==, 0);
  fixture_open (fixture);
  fixture_act (fixture, add_victims, &more);
  assert_modes (fixture->path, 0660);
}

static void
test_backups (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = cc_backup_dup_folder (fixture->path);
  g_autofree char *chosen = g_build_filename (fixture->folder, "chosen", NULL);
  g_autofree char *backup = NULL;
  g_autofree char *there = NULL;
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, fixture->folder);
  GError *error = NULL;

  cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, progress, &backup, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (backup), ==, 0600);
  g_assert_cmpint (get_mode (folder), ==, 0700);
  fixture_close (fixture);
  look_into (fixture->folder);
  fixture_open (fixture);

  /* A folder of the user's own stays as it is. */
  g_assert_cmpint (g_mkdir (chosen, 0755), ==, 0);
  cc_case_file_backup (fixture->file, chosen, CC_BACKUP_BY_HAND, NULL, &there, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (there), ==, 0600);
  g_assert_cmpint (get_mode (chosen), ==, 0755);
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  const CcPackageOrder all = { .period = CC_INTERVAL_UNKNOWN };
  g_autofree char     *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char     *package = g_build_filename (fixture->folder, "package.casecount", NULL);
  g_autofree char     *restored = g_build_filename (fixture->folder, "again.casecount", NULL);
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, fixture->folder);
  GError *error = NULL;

  cc_case_file_copy (fixture->file, copy, progress, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (copy), ==, 0600);
  cc_package_write (fixture->file, &all, package, OTHER_PASSPHRASE, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (package), ==, 0600);
  /* Sticks know no rights: what lies on one is open to everybody. */
  g_assert_cmpint (g_chmod (copy, 0777), ==, 0);
  cc_case_file_restore (copy, PASSPHRASE, fixture->pack, restored, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (restored), ==, 0600);
}

static void
test_passphrase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, fixture->folder);
  g_autofree char *backup = NULL;
  GError          *error = NULL;

  cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER_PASSPHRASE, NULL, progress,
                                  &backup, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (backup), ==, 0600);
  fixture_close (fixture);
  look_into (fixture->folder);
}

static CcRepair *
find (Fixture *fixture, CcProgress *progress)
{
  GError   *error = NULL;
  CcRepair *repair = cc_repair_find (fixture->path, PASSPHRASE, fixture->pack, progress, &error);

  g_assert_no_error (error);
  return repair;
}

static void
run (Fixture *fixture, const CcRepair *repair, CcProgress *progress)
{
  g_autofree char *aside = NULL;
  GError          *error = NULL;

  cc_repair_run (repair, fixture->path, PASSPHRASE, fixture->pack, progress, &aside, &error);
  g_assert_no_error (error);
  look_into (fixture->folder);
}

/* From a backup on a stick, and from what is kept of the beginning. */
static void
test_repair (Fixture *fixture, gconstpointer data)
{
  const CcRepairWay way = GPOINTER_TO_INT (data);
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, fixture->folder);
  g_autoptr (CcRepair) repair = NULL;
  g_autofree char *bytes = NULL;
  gsize            size;
  GError          *error = NULL;

  cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  memset (bytes, 0, 64);
  if (way == CC_REPAIR_BACKUP)
    g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  else
    g_assert_true (g_file_set_contents_full (fixture->path, bytes, (gssize) size,
                                             G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  repair = find (fixture, progress);
  g_assert_cmpint (repair->way, ==, way);
  run (fixture, repair, progress);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  fixture_open (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/modes/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/store/modes/backups", Fixture, NULL, set_up, test_backups, tear_down);
  g_test_add ("/store/modes/copies", Fixture, NULL, set_up, test_copies, tear_down);
  g_test_add ("/store/modes/passphrase", Fixture, NULL, set_up, test_passphrase, tear_down);
  g_test_add ("/store/modes/repair/beginning", Fixture, GINT_TO_POINTER (CC_REPAIR_BEGINNING),
              set_up, test_repair, tear_down);
  g_test_add ("/store/modes/repair/backup", Fixture, GINT_TO_POINTER (CC_REPAIR_BACKUP), set_up,
              test_repair, tear_down);
  return g_test_run ();
}
