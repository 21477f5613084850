/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <stdio.h>
#include <cc/store/cc-backup.h>

#define OTHER "nine other words"

static char *
open_hash (Fixture *fixture, const char *path, const char *passphrase)
{
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, passphrase, fixture->pack, CC_OPEN_READ_ONLY, &error);
  char       *hash;

  g_assert_no_error (error);
  hash = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  cc_case_file_free (file);
  return hash;
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 30, { 0 } };
  GError          *error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;
  g_autofree char *restored = fixture_sibling (fixture, "-restored");
  g_autofree char *other = fixture_sibling (fixture, "-other");
  g_autofree char *before = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *after = NULL;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  g_assert_true (
      cc_case_file_backup (fixture->file, fixture->folder, CC_BACKUP_BY_HAND, NULL, &path, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_backup (fixture->file, fixture->folder, CC_BACKUP_BY_HAND, NULL,
                                      &second, &error));
  g_assert_cmpstr (path, !=, second);
  victims.first = 100;
  fixture_act (fixture, add_victims, &victims);
  copied = open_hash (fixture, path, PASSPHRASE);
  g_assert_cmpstr (before, ==, copied);

  g_assert_true (cc_case_file_restore (path, PASSPHRASE, fixture->pack, restored, NULL, &error));
  g_assert_no_error (error);
  after = open_hash (fixture, restored, PASSPHRASE);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (cc_case_file_restore (path, PASSPHRASE, fixture->pack, restored, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (cc_case_file_restore (path, OTHER, fixture->pack, other, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (
      cc_case_file_backup (fixture->file, "/nowhere", CC_BACKUP_BY_HAND, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
}

static void
test_passphrase (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 30, { 0 } };
  GError          *error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *same = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  CcConnection *reader;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  g_assert_false (cc_case_file_change_passphrase (fixture->file, OTHER, OTHER, fixture->folder,
                                                  NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, PASSPHRASE,
                                                  fixture->folder, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, fixture->folder,
                                                  NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_clear_error (&error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_true (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, fixture->folder,
                                                 NULL, NULL, &error));
  g_assert_no_error (error);
  /* The open file goes on, and the closed one opens with the new words only. */
  same = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, same);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  fixture_close (fixture);
  g_assert_null (
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  after = open_hash (fixture, fixture->path, OTHER);
  g_assert_cmpstr (before, ==, after);
}

/* A newer edition of the pack: what has an id keeps it, what is new gets one. */
static void
copy_pack (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
      if (g_str_equal (name, "variables.csv"))
        {
          char *longer = g_strconcat (text,
                                      "X_VI_TEST,victim,test_word,text,0..1,,,column,3,D,,yes,"
                                      "A word of the newer edition\n",
                                      NULL);

          g_free (text);
          text = longer;
        }
      if (g_str_equal (name, "labels.csv"))
        {
          char *longer = g_strconcat (text,
                                      "variable,X_VI_TEST,Word,ours,Mot,ours,Palavra,ours,"
                                      "Palabra,ours,كلمة,ours,Neno,draft\n",
                                      NULL);

          g_free (text);
          text = longer;
        }
      g_assert_true (g_file_set_contents (target, text, -1, NULL));
    }
}

static gboolean
put_word (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, 1, "Diatta");
  g_autoptr (CcRecord) back = NULL;

  set_text (record, pack, "X_VI_TEST", "parole");
  put (act, record, CC_PUT_UPDATED);
  back =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act), record->id, error);
  g_assert_cmpstr (cc_record_find (back, "X_VI_TEST")->text, ==, "parole");
  return TRUE;
}

static void
test_newer_pack (Fixture *fixture, gconstpointer data)
{
  g_autofree char  *folder = g_build_filename (fixture->folder, "pack", NULL);
  g_autofree char  *original = g_build_filename (g_getenv ("CASECOUNT_DATA_DIR"), "classification",
                                                 cc_pack_get_id (fixture->pack), NULL);
  const CcVariable *sex = cc_pack_find_variable (fixture->pack, "VI03");
  const gint64      id = cc_case_file_variable_id (fixture->file, sex);
  Victims           victims = { 1, 2, { 0 } };
  GError           *error = NULL;
  CcPack           *newer;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  g_mkdir (folder, 0700);
  copy_pack (original, folder);
  newer = cc_pack_load (folder, &error);
  g_assert_no_error (error);
  cc_pack_unref (fixture->pack);
  fixture->pack = newer;
  fixture_open (fixture);
  g_assert_cmpint (cc_case_file_variable_id (fixture->file, cc_pack_find_variable (newer, "VI03")),
                   ==, id);
  g_assert_cmpint (cc_case_file_variable_id (fixture->file,
                                             cc_pack_find_variable (newer, "X_VI_TEST")),
                   >, id);
  fixture_act (fixture, put_word, NULL);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit WHERE act = 'pack'"), ==,
                   1);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit WHERE act = 'pack'"), ==,
                   1);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static guint
count_files (const char *folder, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, suffix);
  return n;
}

static void
remove_backups (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static CcLastBackup *
find_last (Fixture *fixture)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  CcLastBackup *last = cc_backup_find_last (reader, NULL);

  cc_case_file_release_reader (fixture->file, reader);
  return last;
}

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_backup_rule (act, data, error);
}

static char *
back_up_if_due (Fixture *fixture)
{
  GError *error = NULL;
  char   *path = NULL;

  g_assert_true (cc_case_file_backup_if_due (fixture->file, NULL, &path, &error));
  g_assert_no_error (error);
  return path;
}

/* The day's backup: of a file that holds something, once, and again when it is gone. */
static void
test_daily (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 5, { 0 } };
  g_autofree char *head = NULL;
  char            *path = back_up_if_due (fixture);
  g_autoptr (CcLastBackup) last = NULL;
  g_autoptr (GPtrArray) listed = NULL;

  g_assert_null (path);
  g_assert_null (find_last (fixture));
  fixture_act (fixture, add_victims, &victims);
  head = cc_case_file_head_hash (fixture->file, NULL);
  path = back_up_if_due (fixture);
  g_assert_nonnull (path);
  last = find_last (fixture);
  g_assert_cmpstr (last->path, ==, path);
  g_assert_cmpstr (last->head, ==, head);
  g_assert_false (last->changed);
  g_assert_null (back_up_if_due (fixture));
  victims.first = 50;
  fixture_act (fixture, add_victims, &victims);
  g_assert_null (back_up_if_due (fixture));
  listed = cc_case_file_list_backups (fixture->file, NULL, NULL);
  g_assert_cmpuint (listed->len, ==, 1);
  g_assert_cmpint (((CcBackup *) listed->pdata[0])->stamp.reason, ==, CC_BACKUP_DAILY);
  g_unlink (path);
  g_free (path);
  path = back_up_if_due (fixture);
  g_assert_nonnull (path);
  g_free (path);
  remove_backups (fixture);
}

static void
test_rotation (Fixture *fixture, gconstpointer data)
{
  CcBackupRule     rule = { 2, 0, 0, 0, 10, FALSE };
  CcBackupRule     found;
  Victims          victims = { 1, 5, { 0 } };
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *foreign =
      g_build_filename (folder, "count-2001-01-01-000000-daily-00000000.casecount", NULL);
  GError       *error = NULL;
  CcConnection *reader;

  fixture_act (fixture, add_victims, &victims);
  fixture_act (fixture, set_rule, &rule);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_true (cc_backup_load_rule (reader, &found, &error));
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpuint (found.recent, ==, rule.recent);
  g_assert_cmpuint (found.days + found.weeks + found.months, ==, 0);
  g_assert_cmpint (found.import_rows, ==, rule.import_rows);
  g_assert_false (found.daily);
  g_assert_null (back_up_if_due (fixture));

  g_assert_true (cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, &error));
  g_assert_true (g_file_set_contents (foreign, "of another file", -1, NULL));
  for (guint i = 0; i < 5; i++)
    g_assert_true (cc_case_file_backup (fixture->file, NULL, CC_BACKUP_DAILY, NULL, NULL, &error));
  g_assert_no_error (error);
  /* Two of the five, the one made by hand, and what belongs to another file. */
  g_assert_cmpuint (count_files (folder, ".casecount"), ==, 4);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder, ".part"), ==, 0);
  remove_backups (fixture);
}

/* Copies of one file bear its name and its mark; where they share a folder for backups, none
 * removes those of the other. */
static void
test_rotation_of_copies (Fixture *fixture, gconstpointer data)
{
  CcBackupRule     rule = { 1, 0, 0, 0, 10, FALSE };
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *path = g_build_filename (elsewhere, "count.casecount", NULL);
  g_autofree char *other = NULL;
  g_autofree char *lock = NULL;
  CcCaseFile      *copy;
  GError          *error = NULL;

  fixture_act (fixture, set_rule, &rule);
  g_assert_true (g_mkdir_with_parents (folder, 0700) == 0 && g_mkdir (elsewhere, 0700) == 0);
  g_assert_true (cc_case_file_copy (fixture->file, path, NULL, &error));
  copy = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_backup (copy, folder, CC_BACKUP_DAILY, NULL, &other, &error));
  for (guint i = 0; i < 3; i++)
    g_assert_true (
        cc_case_file_backup (fixture->file, folder, CC_BACKUP_DAILY, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder, ".casecount"), ==, 2);
  g_assert_true (cc_case_file_backup (copy, folder, CC_BACKUP_DAILY, NULL, NULL, &error));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder, ".casecount"), ==, 2);
  g_assert_true (cc_case_file_close (copy, &error));
  g_assert_no_error (error);
  cc_case_file_free (copy);
  lock = g_strconcat (path, ".lock", NULL);
  (void) g_unlink (lock);
  (void) g_unlink (path);
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
  remove_backups (fixture);
}

static void
test_before_import (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 5, { 0 } };
  GError *error = NULL;
  char   *path = NULL;

  g_assert_true (cc_case_file_backup_before_import (fixture->file, 5000, NULL, &path, &error));
  g_assert_null (path);
  fixture_act (fixture, add_victims, &victims);
  g_assert_true (cc_case_file_backup_before_import (fixture->file, 900, NULL, &path, &error));
  g_assert_null (path);
  g_assert_true (cc_case_file_backup_before_import (fixture->file, 5000, NULL, &path, &error));
  g_assert_nonnull (path);
  g_clear_pointer (&path, g_free);
  /* Nothing was done since. */
  g_assert_true (cc_case_file_backup_before_import (fixture->file, 5000, NULL, &path, &error));
  g_assert_null (path);
  g_assert_no_error (error);
  remove_backups (fixture);
}

typedef struct
{
  GCancellable *cancellable;
  const char   *phase;
  guint         n_told;
} Stop;

static void
stop_in_phase (const CcProgressState *state, gpointer data)
{
  Stop *stop = data;

  if (!g_str_equal (state->phase, stop->phase))
    return;
  stop->n_told++;
  g_assert_cmpuint (state->total, >, 0);
  g_assert_cmpuint (state->done, <=, state->total);
  g_cancellable_cancel (stop->cancellable);
}

/* Cancelled at whatever point, nothing is left and the file is what it was. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  static const char *const phases[] = { "progress.copy", "progress.test" };
  Victims                  victims = { 1, 400, { 0 } };
  g_autofree char         *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;

  fixture_act (fixture, add_victims, &victims);
  before = cc_case_file_head_hash (fixture->file, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    for (guint rekey = 0; rekey < 2; rekey++)
      {
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        Stop stop = { cancellable, phases[i], 0 };
        g_autoptr (CcProgress) progress = cc_progress_new (cancellable, stop_in_phase, &stop);
        g_autoptr (GError) error = NULL;

        if (rekey)
          g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, NULL,
                                                          progress, NULL, &error));
        else
          g_assert_false (
              cc_case_file_backup (fixture->file, NULL, CC_BACKUP_BY_HAND, progress, NULL, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_cmpuint (stop.n_told, >, 0);
        g_assert_cmpuint (count_files (folder, ""), ==, 0);
      }
  after = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_files (fixture->folder, "new-passphrase"), ==, 0);
  remove_backups (fixture);
}

static void
flip_byte (const char *path, goffset offset)
{
  FILE *file = fopen (path, "r+");
  int   byte;

  fseek (file, offset, SEEK_SET);
  byte = fgetc (file);
  fseek (file, offset, SEEK_SET);
  fputc (byte ^ 1, file);
  fclose (file);
}

/* A backup in which one bit fell over never becomes a case file. */
static void
test_damaged_backup (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 50, { 0 } };
  g_autofree char *path = NULL;
  g_autofree char *restored = fixture_sibling (fixture, "-restored");
  GError          *error = NULL;
  GStatBuf         info;

  fixture_act (fixture, add_victims, &victims);
  g_assert_true (
      cc_case_file_backup (fixture->file, fixture->folder, CC_BACKUP_BY_HAND, NULL, &path, &error));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  for (guint i = 0; i < 12; i++)
    {
      const goffset offset = info.st_size * i / 12 + 21;

      flip_byte (path, offset);
      g_assert_false (
          cc_case_file_restore (path, PASSPHRASE, fixture->pack, restored, NULL, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_cmpuint (count_files (fixture->folder, "-restored"), ==, 0);
      g_assert_cmpuint (count_files (fixture->folder, ".part"), ==, 0);
      flip_byte (path, offset);
    }
  g_assert_true (cc_case_file_restore (path, PASSPHRASE, fixture->pack, restored, NULL, &error));
  g_assert_no_error (error);
}

/* What a change of the passphrase leaves: a backup that opens with the old words, one file, a
 * history that goes on, writing that goes on. */
static void
test_rekey_whole (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 30, { 0 } };
  GError          *error = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *before = NULL;
  g_autofree char *old_head = NULL;
  g_autofree char *in_backup = NULL;
  g_autofree char *left = fixture_sibling (fixture, ".new-passphrase");
  g_autoptr (GPtrArray) problems = NULL;
  gint64 seq = 0;

  fixture_act (fixture, add_victims, &victims);
  before = fixture_hash (fixture);
  old_head = cc_case_file_head_hash (fixture->file, NULL);
  /* What a program that was killed in the middle left does not hinder. */
  g_assert_true (g_file_set_contents (left, "half a copy", -1, NULL));
  g_assert_true (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, NULL, NULL,
                                                 &backup, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  in_backup = open_hash (fixture, backup, PASSPHRASE);
  g_assert_cmpstr (in_backup, ==, before);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM audit WHERE act IN ('rekey', 'backup')"),
                   ==, 2);
  g_assert_true (cc_case_file_find_anchor (fixture->file, old_head, &seq, &error));
  g_assert_cmpint (seq, >, 0);
  victims.first = 100;
  fixture_act (fixture, add_victims, &victims);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  /* And back, by whoever knows the new one. */
  g_assert_true (
      cc_case_file_change_passphrase (fixture->file, OTHER, PASSPHRASE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  fixture_close (fixture);
  g_assert_cmpuint (count_files (fixture->folder, ""), ==, 2);
  fixture_open (fixture);
  remove_backups (fixture);
}

/* Where the backup cannot be made the passphrase stays. */
static void
test_rekey_without_backup (Fixture *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *hash = NULL;

  g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, "/nowhere",
                                                  NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_close (fixture);
  hash = open_hash (fixture, fixture->path, PASSPHRASE);
  g_assert_nonnull (hash);
}

/* Another program that reads holds the file open: then its place is not taken. */
static void
test_rekey_followed (Fixture *fixture, gconstpointer data)
{
  GError     *error = NULL;
  CcCaseFile *follower =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  CcConnection *reader = cc_case_file_acquire_reader (follower, &error);

  g_assert_no_error (error);
  g_assert_cmpint (cc_connection_get_int64 (reader, "SELECT count (*) FROM audit", -1, &error), ==,
                   1);
  g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, fixture->folder,
                                                  NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_clear_error (&error);
  cc_case_file_release_reader (follower, reader);
  cc_case_file_free (follower);
  g_assert_true (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, OTHER, fixture->folder,
                                                 NULL, NULL, &error));
  g_assert_no_error (error);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/backup/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("backup", test_backup);
  ADD ("daily", test_daily);
  ADD ("rotation", test_rotation);
  ADD ("rotation-of-copies", test_rotation_of_copies);
  ADD ("before-import", test_before_import);
  ADD ("cancel", test_cancel);
  ADD ("damaged-backup", test_damaged_backup);
  ADD ("passphrase", test_passphrase);
  ADD ("rekey-whole", test_rekey_whole);
  ADD ("rekey-without-backup", test_rekey_without_backup);
  ADD ("rekey-followed", test_rekey_followed);
  ADD ("newer-pack", test_newer_pack);
  return g_test_run ();
}
