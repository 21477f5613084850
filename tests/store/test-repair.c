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

/* Returns: (transfer full) (nullable): the first page that is kept in a folder, by the beginning of
 * its name */
static char *
find_kept (const char *folder, const char *beginning)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, beginning) && g_str_has_suffix (name, ".beginning"))
      return g_build_filename (folder, name, NULL);
  return NULL;
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
  GStatBuf info;

  back_up (fixture);
  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  fixture_close (fixture);
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  overwrite (fixture, 0, lost, 0);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  assert_open (fixture, "another one altogether", CC_ERROR_WRONG_PASSPHRASE);
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BEGINNING);
  aside = run (fixture, repair);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
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

/* Nothing is kept and there is no backup. The file's other pages speak for the passphrase; that is
 * not called wrong, as the file is what is damaged. */
static void
test_no_help (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRepair) repair = NULL;
  g_autoptr (CcRepair) other = NULL;

  fixture_close (fixture);
  overwrite (fixture, 100, 50, 0);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_NONE);
  g_assert_cmpuint (repair->n_backups, ==, 0);
  other = cc_repair_find (fixture->path, "another one altogether", fixture->pack, NULL, &error);
  g_assert_null (other);
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
}

/* Nothing is left of the file that could speak for a passphrase, or nothing at all. */
static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRepair) repair = NULL;
  g_autoptr (CcRepair) empty = NULL;

  fixture_close (fixture);
  overwrite (fixture, 0, 4096, 0);
  repair = cc_repair_find (fixture->path, PASSPHRASE, fixture->pack, NULL, &error);
  g_assert_null (repair);
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  empty = find (fixture, PASSPHRASE);
  g_assert_cmpint (empty->way, ==, CC_REPAIR_NONE);
}

/* The only backup has the passphrase of before: it is the file that is damaged, not the passphrase
 * that is wrong. */
static void
test_older_passphrase (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (CcRepair) repair = NULL;
  GError *error = NULL;

  cc_case_file_change_passphrase (fixture->file, PASSPHRASE, "three wet brown stones", NULL, NULL,
                                  NULL, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  kept = find_kept (folder, ".");
  g_assert_cmpint (g_unlink (kept), ==, 0);
  overwrite (fixture, 100, 50, 0);
  repair = find (fixture, "three wet brown stones");
  g_assert_cmpint (repair->way, ==, CC_REPAIR_NONE);
  g_assert_cmpuint (repair->n_backups, ==, 1);
}

/* Nothing of the file is left, or the file is not: the newest backup that is whole. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  const gssize     left = GPOINTER_TO_INT (data);
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (CcRepair) repair = NULL;
  GError *error = NULL;

  g_assert_false (cc_repair_has_source (fixture->path));
  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  back_up (fixture);
  fixture_close (fixture);
  g_assert_true (cc_repair_has_source (fixture->path));
  g_assert_true (g_file_get_contents (fixture->path, &bytes, NULL, NULL));
  if (left < 0)
    g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  else
    g_assert_true (g_file_set_contents (fixture->path, bytes, left, NULL));
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BACKUP);
  g_assert_true ((repair->changed == 0) == (left < 0));
  cc_repair_run (repair, fixture->path, PASSPHRASE, fixture->pack, NULL, &aside, &error);
  g_assert_no_error (error);
  g_assert_true ((aside == NULL) == (left < 0));
  fixture_open (fixture);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* The newest backup is damaged itself: the one before it. And the damaged file stays as it was. */
static void
test_older_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = cc_backup_dup_folder (fixture->path);
  g_autofree char *aside = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (CcRepair) repair = NULL;
  const CcBackup *newest;
  gsize           size;
  gsize           size_kept;

  back_up (fixture);
  g_usleep (1100000);
  back_up (fixture);
  fixture_close (fixture);
  backups = cc_backup_list (folder, "count", NULL, NULL);
  g_assert_cmpuint (backups->len, ==, 2);
  newest = g_ptr_array_index (backups, 0);
  g_assert_true (g_file_get_contents (newest->path, &bytes, &size, NULL));
  memset (bytes + 20 * 4096, 9, 4096);
  g_assert_true (g_file_set_contents (newest->path, bytes, (gssize) size, NULL));
  overwrite (fixture, 4096, 40 * 4096, 0x05);
  g_assert_true (g_file_get_contents (fixture->path, &damaged, &size, NULL));
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BACKUP);
  g_assert_cmpstr (repair->source, !=, newest->path);
  aside = run (fixture, repair);
  g_assert_true (g_file_get_contents (aside, &kept, &size_kept, NULL));
  g_assert_cmpmem (damaged, size, kept, size_kept);
  fixture_open (fixture);
}

/* A journal of the damaged file must not be taken for one of the backup that took its place. */
static void
test_journal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *journal = fixture_sibling (fixture, "-journal");
  g_autofree char *aside = NULL;
  g_autofree char *aside_journal = NULL;
  g_autoptr (CcRepair) repair = NULL;

  back_up (fixture);
  fixture_close (fixture);
  overwrite (fixture, 4096, 40 * 4096, 0x05);
  g_assert_true (g_file_set_contents (journal, "\xd9\xd5\x05\xf9 pages of before", -1, NULL));
  repair = find (fixture, PASSPHRASE);
  aside = run (fixture, repair);
  aside_journal = g_strconcat (aside, "-journal", NULL);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (aside_journal, G_FILE_TEST_EXISTS));
  fixture_open (fixture);
}

static guint
count_kept (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".beginning");
  return n;
}

static void
find_beginning (const char *path, CcPack *pack)
{
  GError *error = NULL;
  g_autoptr (CcRepair) repair = cc_repair_find (path, PASSPHRASE, pack, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BEGINNING);
}

/* Two files of one name keep their first pages in one folder: none takes the other's place. What
 * was kept under the name alone, or before the file was moved or renamed, is found as long as it
 * fits.
 */
static void
test_one_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *path = g_build_filename (elsewhere, "count.casecount", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *moved = g_build_filename (elsewhere, "moved.casecount", NULL);
  g_autofree char *plain = g_build_filename (folder, ".count.casecount.beginning", NULL);
  g_autofree char *kept = NULL;
  GError          *error = NULL;
  CcCaseFile      *other;
  int              fd;
  const char       zeros[4096] = { 0 };

  g_assert_true (g_mkdir (folder, 0700) == 0 && g_mkdir (elsewhere, 0700) == 0);
  cc_backup_set_folder (folder);
  fixture_close (fixture);
  g_assert_cmpuint (count_kept (folder), ==, 1);
  kept = find_kept (folder, ".count.casecount-");
  g_assert_nonnull (kept);
  other = cc_case_file_create (path, PASSPHRASE, fixture->pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (other, &error));
  cc_case_file_free (other);
  g_assert_cmpuint (count_kept (folder), ==, 2);
  overwrite (fixture, 0, 4096, 0);
  find_beginning (fixture->path, fixture->pack);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, zeros, sizeof zeros, 0), ==, sizeof zeros);
  close (fd);
  find_beginning (path, fixture->pack);
  /* Under the name alone. */
  g_assert_cmpint (rename (kept, plain), ==, 0);
  find_beginning (fixture->path, fixture->pack);
  g_assert_cmpint (g_unlink (plain), ==, 0);
  /* That of the other file opens with the passphrase, but is not this one's. */
  {
    g_autoptr (CcRepair) repair =
        cc_repair_find (fixture->path, PASSPHRASE, fixture->pack, NULL, &error);

    g_assert_null (repair);
    g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
    g_clear_error (&error);
  }
  g_assert_cmpint (rename (path, moved), ==, 0);
  cc_repair_follow (path, moved);
  find_beginning (moved, fixture->pack);
  cc_repair_forget (moved);
  g_assert_cmpuint (count_kept (folder), ==, 0);
  cc_backup_set_folder (NULL);
  (void) g_unlink (lock);
  (void) g_unlink (moved);
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
}

/* A backup that was written just beside the file helps, and so does the beginning kept with it. */
static void
test_beside (Fixture *fixture, gconstpointer data)
{
  const CcRepairWay way = GPOINTER_TO_INT (data);
  GError           *error = NULL;
  g_autofree char  *kept = NULL;
  g_autofree char  *backup = NULL;
  g_autofree char  *aside = NULL;
  g_autoptr (CcRepair) repair = NULL;

  cc_case_file_backup (fixture->file, fixture->folder, CC_BACKUP_BY_HAND, NULL, &backup, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  kept = find_kept (fixture->folder, ".count.casecount-");
  g_assert_nonnull (kept);
  g_assert_true (cc_repair_has_source (fixture->path));
  overwrite (fixture, 0, way == CC_REPAIR_BEGINNING ? 4096 : 5 * 4096, 0);
  assert_open (fixture, PASSPHRASE, CC_ERROR_DAMAGED);
  repair = find (fixture, PASSPHRASE);
  g_assert_cmpint (repair->way, ==, way);
  aside = run (fixture, repair);
  fixture_open (fixture);
  fixture_close (fixture);
  g_unlink (kept);
  g_unlink (backup);
  g_unlink (aside);
}

/* One that is somewhere else helps when it is named; what is no backup is refused. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("casecount-XXXXXX", &error);
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *after = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (CcRepair) repair = NULL;

  cc_case_file_backup (fixture->file, folder, CC_BACKUP_BY_HAND, NULL, &backup, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  overwrite (fixture, 0, 5 * 4096, 0);
  g_assert_false (cc_repair_has_source (fixture->path));
  assert_open (fixture, PASSPHRASE, CC_ERROR_WRONG_PASSPHRASE);
  g_assert_null (
      cc_repair_find_with (fixture->path, fixture->path, PASSPHRASE, fixture->pack, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (cc_repair_find_with (fixture->path, backup, "another one altogether",
                                      fixture->pack, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  repair = cc_repair_find_with (fixture->path, backup, PASSPHRASE, fixture->pack, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (repair->way, ==, CC_REPAIR_BACKUP);
  g_assert_cmpint (repair->time, >, 0);
  aside = run (fixture, repair);
  fixture_open (fixture);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  g_unlink (aside);
  remove_backups (folder);
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
  g_test_add ("/repair/one-name", Fixture, NULL, fixture_set_up, test_one_name, tear_down);
  g_test_add ("/repair/no-help", Fixture, NULL, fixture_set_up, test_no_help, tear_down);
  g_test_add ("/repair/nothing-left", Fixture, NULL, fixture_set_up, test_nothing_left, tear_down);
  g_test_add ("/repair/older-passphrase", Fixture, NULL, fixture_set_up, test_older_passphrase,
              tear_down);
  g_test_add ("/repair/gone", Fixture, GINT_TO_POINTER (-1), fixture_set_up, test_gone, tear_down);
  g_test_add ("/repair/empty", Fixture, GINT_TO_POINTER (0), fixture_set_up, test_gone, tear_down);
  g_test_add ("/repair/stub", Fixture, GINT_TO_POINTER (1000), fixture_set_up, test_gone,
              tear_down);
  g_test_add ("/repair/older-backup", Fixture, NULL, fixture_set_up, test_older_backup, tear_down);
  g_test_add ("/repair/beside/beginning", Fixture, GINT_TO_POINTER (CC_REPAIR_BEGINNING),
              fixture_set_up, test_beside, tear_down);
  g_test_add ("/repair/beside/backup", Fixture, GINT_TO_POINTER (CC_REPAIR_BACKUP), fixture_set_up,
              test_beside, tear_down);
  g_test_add ("/repair/elsewhere", Fixture, NULL, fixture_set_up, test_elsewhere, tear_down);
  g_test_add ("/repair/journal", Fixture, NULL, fixture_set_up, test_journal, tear_down);
  return g_test_run ();
}
