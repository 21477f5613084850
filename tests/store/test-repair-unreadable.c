/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The function below must not be renamed by the header. */
#undef _FILE_OFFSET_BITS

#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-repair.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* A file whose disk does not give back its bytes any more, while a backup of it is whole. */

static const char *unreadable;

static gboolean
is_unreadable (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = unreadable != NULL ? g_file_read_link (link, NULL) : NULL;

  return g_strcmp0 (path, unreadable) == 0 && path != NULL;
}

/* As the C library's, but for the file that is named above: its pages one by one, as pread () gives
 * them, are still there. */
ssize_t
read (int fd, void *data, size_t size)
{
  static __typeof__ (&read) real;

  if (real == NULL)
    real = (__typeof__ (&read)) dlsym (RTLD_NEXT, "read");
  if (unreadable == NULL || !is_unreadable (fd))
    return real (fd, data, size);
  errno = EIO;
  return -1;
}

static void
remove_backups (const char *path)
{
  g_autofree char *folder = cc_backup_dup_folder (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Its beginning alone could be put back, if the rest could be read; the backup takes its place. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRepair) repair = NULL;
  g_autofree char *aside = NULL;
  GError          *error = NULL;
  FILE            *file;

  cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  file = fopen (fixture->path, "r+");
  g_assert_cmpint (fputs ("no longer the salt of the file", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  unreadable = fixture->path;
  repair = cc_repair_find (fixture->path, PASSPHRASE, fixture->pack, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BACKUP);
  cc_repair_run (repair, fixture->path, PASSPHRASE, fixture->pack, NULL, &aside, &error);
  g_assert_no_error (error);
  unreadable = NULL;
  fixture_open (fixture);
  fixture_close (fixture);
  g_assert_cmpint (g_unlink (aside), ==, 0);
  remove_backups (fixture->path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/repair/unreadable/backup", Fixture, NULL, fixture_set_up, test_backup,
              fixture_tear_down);
  return g_test_run ();
}
