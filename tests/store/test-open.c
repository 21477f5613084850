/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>

#include <string.h>
#include <unistd.h>

static void
assert_refused (Fixture *fixture, const char *path, const char *passphrase, CcError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            size_before = 0;
  gsize            size_after = 0;
  CcCaseFile      *file;

  g_file_get_contents (path, &before, &size_before, NULL);
  file = cc_case_file_open (path, passphrase, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_null (file);
  g_assert_error (error, CC_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_file_get_contents (path, &after, &size_after, NULL);
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_properties (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cipher = cc_case_file_get_cipher (fixture->file);

  g_assert_true (g_str_has_prefix (cipher, "SQLCipher 4."));
  g_assert_cmpstr (cc_case_file_get_country (fixture->file), ==, "SEN");
  g_assert_false (cc_case_file_is_practice (fixture->file));
  g_assert_cmpint (cc_case_file_get_schema_version (fixture->file), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pragma_table_info"
                                           " ('person_fact') WHERE name IN ('detected_on_first',"
                                           " 'sex', 'form', 'rows', 'recorded_on_last')"),
                   ==, 5);
  /* Roll-ups are not ancestors: each scheme has its own rows. */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (DISTINCT scheme) FROM code_closure"), >,
                   3);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM code c JOIN code_closure t"
                                  " ON t.scheme = 'tree' AND t.ancestor = c.id"
                                  " AND t.descendant = c.id WHERE substr (c.list, 1, 1) <> '@'"),
                   ==, cc_pack_get_n_codes (fixture->pack));
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  const CcVariable *sex = cc_pack_find_variable (fixture->pack, "VI03");
  const CcCode     *female = cc_pack_find_code (fixture->pack, "SEX", "F");
  const gint64      variable = cc_case_file_variable_id (fixture->file, sex);
  const gint64      code = cc_case_file_code_id (fixture->file, female);

  g_assert_cmpint (variable, >, 0);
  g_assert_true (cc_case_file_code_from_id (fixture->file, code) == female);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (cc_case_file_variable_id (fixture->file, sex), ==, variable);
  g_assert_cmpint (cc_case_file_code_id (fixture->file, female), ==, code);
}

static void
test_wrong_passphrase (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  assert_refused (fixture, fixture->path, "four quiet river stone", CC_ERROR_WRONG_PASSPHRASE);
  assert_refused (fixture, fixture->path, "", CC_ERROR_USAGE);
  fixture_open (fixture);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize       size;
    CcFileKind  kind;
    CcError     error;
  } cases[] = {
    { "", 0, CC_FILE_EMPTY, CC_ERROR_DAMAGED },
    { "sexe;age\nF;12\n", 14, CC_FILE_TEXT, CC_ERROR_FOREIGN_FORMAT },
    { "\xff\xfes\0e\0x\0", 8, CC_FILE_TEXT, CC_ERROR_FOREIGN_FORMAT },
    { "PK\3\4rest of a workbook", 22, CC_FILE_ZIP, CC_ERROR_FOREIGN_FORMAT },
    { "%PDF-1.7\n", 9, CC_FILE_PDF, CC_ERROR_FOREIGN_FORMAT },
    { "SQLite format 3\0rest", 20, CC_FILE_PLAIN_SQLITE, CC_ERROR_FOREIGN_FORMAT },
    { "\x01\x02\x00\x03", 4, CC_FILE_OTHER, CC_ERROR_DAMAGED },
  };
  g_autofree char *path = fixture_sibling (fixture, "-other");
  g_autofree char *zeros = g_malloc0 (8192);

  g_assert_cmpint (cc_case_file_probe (path, NULL), ==, CC_FILE_ABSENT);
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (path, cases[i].bytes, (gssize) cases[i].size, NULL));
      g_assert_cmpint (cc_case_file_probe (path, NULL), ==, cases[i].kind);
      assert_refused (fixture, path, PASSPHRASE, cases[i].error);
    }
  g_assert_true (g_file_set_contents (path, zeros, 8192, NULL));
  g_assert_cmpint (cc_case_file_probe (path, NULL), ==, CC_FILE_OTHER);
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_FOREIGN_FORMAT);
  g_assert_cmpint (cc_case_file_probe (fixture->path, NULL), ==, CC_FILE_CASE_FILE);
}

static void
assert_bytes (const char *path, const char *bytes, gsize size)
{
  g_autofree char *now = NULL;
  gsize            now_size;

  g_assert_true (g_file_get_contents (path, &now, &now_size, NULL));
  g_assert_cmpmem (now, now_size, bytes, size);
}

/* A log that a crash left behind is written into the file by whoever has the passphrase, not by
 * whoever tries another: that says that nothing was changed. */
static void
test_wrong_with_log (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 5, { 0 } };
  g_autofree char *log_path = fixture_sibling (fixture, "-wal");
  g_autofree char *bytes = NULL;
  g_autofree char *log = NULL;
  gsize            size, log_size;

  fixture_close (fixture);
  fixture_open (fixture);
  fixture_act (fixture, add_victims, &victims);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (log_path, &log, &log_size, NULL));
  g_assert_cmpuint (log_size, >, 4096);
  fixture_close (fixture);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (log_path, log, (gssize) log_size, NULL));
  assert_refused (fixture, fixture->path, "four quiet river stone", CC_ERROR_WRONG_PASSPHRASE);
  assert_bytes (fixture->path, bytes, size);
  assert_bytes (log_path, log, log_size);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record WHERE unit = 'VI'"), ==,
                   5);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
}

/* The passphrase is right and still the file does not open: that must be told from a wrong one. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_sibling (fixture, "-damaged");
  g_autofree char *bytes = NULL;
  gsize            size;

  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_cmpuint (size % 4096, ==, 0);
  bytes[100] ^= 0x55;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_DAMAGED);
  assert_refused (fixture, path, "another phrase", CC_ERROR_WRONG_PASSPHRASE);
  bytes[100] ^= 0x55;
  /* Cut off at a page and elsewhere. */
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size / 2 / 4096 * 4096, NULL));
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size - 1000, NULL));
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_DAMAGED);
  /* The salt itself: nothing can be told any more. */
  bytes[3] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  assert_refused (fixture, path, PASSPHRASE, CC_ERROR_WRONG_PASSPHRASE);
  fixture_open (fixture);
}

static gboolean
make_newer (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), "PRAGMA user_version = 99", error);
}

static gboolean
make_other (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "PRAGMA user_version = 1; PRAGMA application_id = 7", error);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  fixture_act (fixture, make_newer, NULL);
  fixture_close (fixture);
  assert_refused (fixture, fixture->path, PASSPHRASE, CC_ERROR_NEWER_VERSION);
}

static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  fixture_act (fixture, make_other, NULL);
  fixture_close (fixture);
  assert_refused (fixture, fixture->path, PASSPHRASE, CC_ERROR_FOREIGN_FORMAT);
}

static void
test_create_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_sibling (fixture, "-new");

  g_assert_null (
      cc_case_file_create (fixture->path, PASSPHRASE, fixture->pack, "SEN", FALSE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (cc_case_file_create (path, PASSPHRASE, fixture->pack, "QQQ", FALSE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A name as long as a disk takes it, of letters with two bytes: no new file gets it, and one that
 * has it has backups all the same. */
static void
test_long_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  GError     *error = NULL;
  CcCaseFile *file;

  for (guint i = 0; i < 113; i++)
    g_string_append (name, "é");
  g_string_append (name, ".casecount");
  path = g_build_filename (fixture->folder, name->str, NULL);
  g_assert_null (cc_case_file_create (path, PASSPHRASE, fixture->pack, "BEN", FALSE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "shorter name"));
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  fixture_close (fixture);
  g_assert_cmpint (g_rename (fixture->path, path), ==, 0);
  file = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  cc_case_file_backup (file, fixture->folder, CC_BACKUP_BY_HAND, NULL, &backup, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (backup, -1, NULL));
  kept = cc_case_file_list_backups (file, fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  g_assert_cmpint (g_rename (path, fixture->path), ==, 0);
  fixture_open (fixture);
}

/* By two names two programs would have two locks and two logs. */
static void
test_second_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = fixture_sibling (fixture, "-other");
  const char      *names[] = { fixture->path, other };
  GError          *error = NULL;
  CcCaseFile      *file;

  fixture_close (fixture);
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_refused (fixture, names[i], PASSPHRASE, CC_ERROR_REFUSED);
      file = cc_case_file_open (names[i], PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
      g_assert_no_error (error);
      cc_case_file_free (file);
    }
  g_assert_cmpint (g_remove (other), ==, 0);
  fixture_open (fixture);
}

static void
test_practice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_sibling (fixture, "-practice");
  CcCaseFile      *file = cc_case_file_create (path, PASSPHRASE, fixture->pack, "MOZ", TRUE, NULL);

  g_assert_true (cc_case_file_close (file, NULL));
  cc_case_file_free (file);
  file = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, NULL);
  g_assert_true (cc_case_file_is_practice (file));
  g_assert_true (cc_case_file_is_read_only (file));
  g_assert_cmpstr (cc_case_file_get_country (file), ==, "MOZ");
  cc_case_file_free (file);
}

/* Another process: refused for writing, welcome for reading, and it sees what is committed. */
static void
read_beside_writer (const char *path, const char *expected)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  CcCaseFile      *file;

  g_assert_null (cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_clear_error (&error);
  file = cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  hash = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, expected);
  g_assert_false (cc_case_file_act (file, "test", add_victims, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  cc_case_file_free (file);
}

static void
test_second_process (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 3, { 0 } };
  g_autofree char *hash = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  int status;

  fixture_act (fixture, add_victims, &victims);
  hash = fixture_hash (fixture);
  {
    const char *arguments[] = { program, "--beside", fixture->path, hash, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                                 NULL, &status, &error));
  }
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_no_error (error);
}

static void
test_second_opening (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, fixture->path, PASSPHRASE, CC_ERROR_LOCKED);
}

/* Nothing of what is stored may stand readable on the disk, not even while the file is open. */
static void
test_secrecy (Fixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
  static const char *const words[] = { "Diatta", "victim", "SQLite format" };
  Victims                  victims = { 1, 50, { 0 } };

  fixture_act (fixture, add_victims, &victims);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = fixture_sibling (fixture, suffixes[i]);
      g_autofree char *bytes = NULL;
      gsize            size = 0;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        g_assert_null (memmem (bytes, size, words[j], strlen (words[j])));
    }
}

static void
test_one_file (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 50, { 0 } };
  g_autoptr (GDir) folder = NULL;
  g_autofree char *name = g_path_get_basename (fixture->path);

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  folder = g_dir_open (fixture->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, name);
  g_assert_null (g_dir_read_name (folder));
}

static gboolean
slow (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_get_int64 (cc_act_get_connection (act),
                                  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                  " WHERE i < 100000000) SELECT sum (i) FROM n",
                                  0, error)
         != 0;
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (50000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const gint64 start = g_get_monotonic_time ();
  GThread     *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (cc_case_file_act (fixture->file, "test", slow, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, 1);
}

/* A reader in the middle of a query and the file's other connections see commits at the right time.
 */
static void
test_two_connections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcConnection *first = cc_case_file_acquire_reader (fixture->file, NULL);
  CcConnection *second = cc_case_file_acquire_reader (fixture->file, NULL);
  Victims       victims = { 1, 5, { 0 } };

  g_assert_true (first != second);
  g_assert_true (cc_connection_execute (first, "BEGIN", &error));
  g_assert_cmpint (cc_connection_get_int64 (first, "SELECT count (*) FROM victim", -1, NULL), ==,
                   0);
  fixture_act (fixture, add_victims, &victims);
  g_assert_cmpint (cc_connection_get_int64 (first, "SELECT count (*) FROM victim", -1, NULL), ==,
                   0);
  g_assert_cmpint (cc_connection_get_int64 (second, "SELECT count (*) FROM victim", -1, NULL), ==,
                   5);
  g_assert_false (cc_case_file_close (fixture->file, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  cc_case_file_release_reader (fixture->file, first);
  cc_case_file_release_reader (fixture->file, second);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/open/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--beside") == 0)
    {
      read_beside_writer (argv[2], argv[3]);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  ADD ("properties", test_properties);
  ADD ("ids", test_ids);
  ADD ("wrong-passphrase", test_wrong_passphrase);
  ADD ("wrong-with-log", test_wrong_with_log);
  ADD ("foreign", test_foreign);
  ADD ("damaged", test_damaged);
  ADD ("newer-version", test_versions);
  ADD ("other-program", test_other_program);
  ADD ("create-refused", test_create_refused);
  ADD ("long-name", test_long_name);
  ADD ("second-name", test_second_name);
  ADD ("practice", test_practice);
  ADD ("second-process", test_second_process);
  ADD ("second-opening", test_second_opening);
  ADD ("secrecy", test_secrecy);
  ADD ("one-file", test_one_file);
  ADD ("cancel", test_cancel);
  ADD ("two-connections", test_two_connections);
  return g_test_run ();
}
