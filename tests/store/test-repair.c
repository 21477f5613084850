/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-repair.h>

#include <fcntl.h>
#include <unistd.h>

/* A file whose beginning is damaged, and what helps. */

static void
remove_backups (const char *folder)
{
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
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);

  fixture_close (fixture);
  remove_backups (folder);
  fixture_tear_down (fixture, data);
}

static void
back_up (Fixture *fixture)
{
  GError *error = NULL;

  cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
overwrite (Fixture *fixture, gsize at, gsize n, guint8 byte)
{
  g_autofree guint8 *bytes = g_malloc (n);
  const int          fd = open (fixture->path, O_WRONLY | O_CLOEXEC);

  memset (bytes, byte, n);
  g_assert_cmpint (pwrite (fd, bytes, n, (off_t) at), ==, (gssize) n);
  close (fd);
}

static void
assert_open (Fixture *fixture, const char *passphrase, CcError code)
{
  g_autoptr (GError) error = NULL;
  CcCaseFile *file =
      cc_case_file_open (fixture->path, passphrase, fixture->pack, CC_OPEN_READ_ONLY, &error);

  g_assert_null (file);
  g_assert_error (error, CC_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static CcRepair *
find (Fixture *fixture, const char *passphrase)
{
  GError   *error = NULL;
  CcRepair *repair = cc_repair_find (fixture->path, passphrase, fixture->pack, NULL, &error);

  g_assert_no_error (error);
  return repair;
}

static char *
run (Fixture *fixture, const CcRepair *repair)
{
  GError *error = NULL;
  char   *aside = NULL;

  cc_repair_run (repair, fixture->path, PASSPHRASE, fixture->pack, NULL, &aside, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  return aside;
}

/* The kept page gives back everything, the salt included: n bytes from the start are gone. */
static void
test_beginning (Fixture *fixture, gconstpointer data)
{
  const gsize      lost = GPOINTER_TO_SIZE (data);
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (CcRepair) repair = NULL;

  back_up (fixture);
  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  fixture_close (fixture);
  overwrite (fixture, 0, lost, 0);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  assert_open (fixture, "another one altogether", CC_ERROR_WRONG_PASSPHRASE);
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BEGINNING);
  aside = run (fixture, repair);
  fixture_open (fixture);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* Where nothing is kept of the beginning, or more is damaged, the newest backup helps. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (CcRepair) repair = NULL;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  back_up (fixture);
  fixture_close (fixture);
  overwrite (fixture, 0, 5 * 4096, 0x05);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BACKUP);
  g_assert_cmpint (repair->time, >, 0);
  aside = run (fixture, repair);
  fixture_open (fixture);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* A wrong passphrase is a wrong passphrase; nothing is offered, nothing changes. */
static void
test_wrong_passphrase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRepair) repair = NULL;

  back_up (fixture);
  fixture_close (fixture);
  assert_open (fixture, "another one altogether", CC_ERROR_WRONG_PASSPHRASE);
  repair = cc_repair_find (fixture->path, "another one altogether", fixture->pack, NULL, &error);
  g_assert_null (repair);
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  fixture_open (fixture);
}

/* After a change of the passphrase an old backup opens with the old one, and the file is whole. */
static void
test_old_passphrase (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  cc_case_file_change_passphrase (fixture->file, PASSPHRASE, "three wet brown stones", NULL, NULL,
                                  NULL, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  assert_open (fixture, PASSPHRASE, CC_ERROR_WRONG_PASSPHRASE);
}

static void
test_no_help (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRepair) repair = NULL;

  fixture_close (fixture);
  overwrite (fixture, 100, 50, 0);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  repair = cc_repair_find (fixture->path, PASSPHRASE, fixture->pack, NULL, &error);
  g_assert_null (repair);
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/repair/beginning/salt", Fixture, GSIZE_TO_POINTER (8), fixture_set_up,
              test_beginning, tear_down);
  g_test_add ("/repair/beginning/page", Fixture, GSIZE_TO_POINTER (4096), fixture_set_up,
              test_beginning, tear_down);
  g_test_add ("/repair/backup", Fixture, NULL, fixture_set_up, test_backup, tear_down);
  g_test_add ("/repair/wrong-passphrase", Fixture, NULL, fixture_set_up, test_wrong_passphrase,
              tear_down);
  g_test_add ("/repair/old-passphrase", Fixture, NULL, fixture_set_up, test_old_passphrase,
              tear_down);
  g_test_add ("/repair/no-help", Fixture, NULL, fixture_set_up, test_no_help, tear_down);
  return g_test_run ();
}
