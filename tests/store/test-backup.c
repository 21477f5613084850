/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

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

#define ADD(path, func)                                                                            \
  g_test_add ("/store/backup/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("backup", test_backup);
  ADD ("passphrase", test_passphrase);
  ADD ("newer-pack", test_newer_pack);
  return g_test_run ();
}
