/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "opening-child.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Every state that a file can be found in: what opening it says, for writing and for reading. */

#define OPENS (-1)

typedef struct
{
  const char *name;
  void (*make) (Fixture *fixture, const char *path); /* path: of a whole and closed case file */
  int         writing;                               /* the code of the error, or OPENS */
  int         reading;
  const char *words; /* in the message of writing, or of reading where writing is possible */
} State;

static void
store_bytes (const char *path, const char *bytes, gsize size)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
make_whole (Fixture *fixture, const char *path)
{
}

static void
make_missing (Fixture *fixture, const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
make_dangling (Fixture *fixture, const char *path)
{
  make_missing (fixture, path);
  g_assert_cmpint (symlink ("nowhere.casecount", path), ==, 0);
}

static void
make_circle (Fixture *fixture, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  make_missing (fixture, path);
  g_assert_cmpint (symlink (base, path), ==, 0);
}

static void
make_linked (Fixture *fixture, const char *path)
{
  g_autofree char *target = fixture_sibling (fixture, "-target");

  g_assert_cmpint (rename (path, target), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_folder (Fixture *fixture, const char *path)
{
  make_missing (fixture, path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_empty (Fixture *fixture, const char *path)
{
  store_bytes (path, "", 0);
}

static void
make_zip (Fixture *fixture, const char *path)
{
  store_bytes (path, "PK\3\4rest of a workbook", 22);
}

static void
make_office (Fixture *fixture, const char *path)
{
  store_bytes (path, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a workbook with a password", 35);
}

static void
make_pdf (Fixture *fixture, const char *path)
{
  store_bytes (path, "%PDF-1.7\n", 9);
}

static void
make_text (Fixture *fixture, const char *path)
{
  store_bytes (path, "sexe;age\nF;12\n", 14);
}

static void
make_plain (Fixture *fixture, const char *path)
{
  store_bytes (path, "SQLite format 3\0rest", 20);
}

static void
make_zeros (Fixture *fixture, const char *path)
{
  g_autofree char *zeros = g_malloc0 (8192);

  store_bytes (path, zeros, 8192);
}

static void
cut (const char *path, gsize keep, gsize unit)
{
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  store_bytes (path, bytes, keep != 0 ? keep : size / 2 / unit * unit + (unit == 1 ? 7 : 0));
}

static void
make_cut_at_page (Fixture *fixture, const char *path)
{
  cut (path, 0, 4096);
}

static void
make_cut (Fixture *fixture, const char *path)
{
  cut (path, 0, 1);
}

static void
make_stub (Fixture *fixture, const char *path)
{
  cut (path, 1000, 1);
}

static void
overwrite (const char *path, gsize at, gsize n, char byte)
{
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  memset (bytes + at, byte, n);
  store_bytes (path, bytes, size);
}

static void
make_damaged_salt (Fixture *fixture, const char *path)
{
  overwrite (path, 0, 16, 7);
}

static void
make_damaged_page (Fixture *fixture, const char *path)
{
  overwrite (path, 100, 50, 7);
}

static void
make_damaged_inside (Fixture *fixture, const char *path)
{
  overwrite (path, 4096, 40 * 4096, 7);
}

static gboolean
set_newer (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), "PRAGMA user_version = 99", error);
}

static gboolean
set_other (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), "PRAGMA application_id = 7", error);
}

static void
change (Fixture *fixture, CcActFunc func)
{
  fixture_open (fixture);
  fixture_act (fixture, func, NULL);
  fixture_close (fixture);
}

static void
make_newer (Fixture *fixture, const char *path)
{
  change (fixture, set_newer);
}

static void
make_other_program (Fixture *fixture, const char *path)
{
  change (fixture, set_other);
}

static void
make_older (Fixture *fixture, const char *path)
{
  g_autofree char *stored =
      g_test_build_filename (G_TEST_DIST, "data", "case-file-v1.casecount", NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (stored, &bytes, &size, NULL));
  store_bytes (path, bytes, size);
}

static void
make_log (Fixture *fixture, const char *path)
{
  child_crash ("crash-log", path, PLACE_AS_IT_IS);
}

static void
make_journal (Fixture *fixture, const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  child_crash ("crash-journal", path, PLACE_NETWORK);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
}

/* What lies beside the file and is no file. */
static void
make_pipe (Fixture *fixture, const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  g_assert_cmpint (mkfifo (journal, 0600), ==, 0);
}

static void
make_log_folder (Fixture *fixture, const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  g_assert_cmpint (g_mkdir (log, 0700), ==, 0);
}

static void
make_index_link (Fixture *fixture, const char *path)
{
  g_autofree char *target = g_strconcat (path, "-target", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  store_bytes (target, "what lies elsewhere", 19);
  g_assert_cmpint (symlink (target, index), ==, 0);
}

static const State states[] = {
  { "whole", make_whole, OPENS, OPENS, NULL },
  { "missing", make_missing, CC_ERROR_NOT_FOUND, CC_ERROR_NOT_FOUND, "There is no file" },
  { "dangling-link", make_dangling, CC_ERROR_NOT_FOUND, CC_ERROR_NOT_FOUND, "is a link" },
  { "link-to-itself", make_circle, CC_ERROR_NOT_FOUND, CC_ERROR_NOT_FOUND, "is a link" },
  { "link", make_linked, OPENS, OPENS, NULL },
  { "folder", make_folder, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT, "a folder" },
  { "empty", make_empty, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "is empty" },
  { "zip", make_zip, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT, "zip archive" },
  { "office", make_office, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT, "with a password" },
  { "pdf", make_pdf, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT, "a PDF document" },
  { "text", make_text, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "begins like a text" },
  { "plain-database", make_plain, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT,
    "without encryption" },
  { "zeros", make_zeros, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT,
    "is not a case file of Casecount" },
  { "cut-at-page", make_cut_at_page, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "damaged or missing" },
  { "cut", make_cut, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "cut off while it was copied" },
  { "stub", make_stub, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "cut off while it was copied" },
  { "damaged-salt", make_damaged_salt, CC_ERROR_WRONG_PASSPHRASE, CC_ERROR_WRONG_PASSPHRASE,
    "or the beginning of the file is damaged" },
  { "damaged-page", make_damaged_page, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED,
    "is damaged at its beginning" },
  { "damaged-inside", make_damaged_inside, CC_ERROR_DAMAGED, CC_ERROR_DAMAGED, "a part of" },
  { "newer", make_newer, CC_ERROR_NEWER_VERSION, CC_ERROR_NEWER_VERSION, "a newer Casecount" },
  { "other-program", make_other_program, CC_ERROR_FOREIGN_FORMAT, CC_ERROR_FOREIGN_FORMAT,
    "an encrypted database of another program" },
  { "older", make_older, OPENS, OPENS, NULL },
  { "log-left", make_log, OPENS, OPENS, NULL },
  { "pipe-beside", make_pipe, CC_ERROR_REFUSED, CC_ERROR_REFUSED, "is a pipe" },
  { "folder-beside", make_log_folder, CC_ERROR_REFUSED, CC_ERROR_REFUSED, "is a folder" },
  { "link-beside", make_index_link, CC_ERROR_REFUSED, CC_ERROR_REFUSED, "is a link" },
  { "journal-left", make_journal, OPENS, CC_ERROR_UNFINISHED, "Open it for writing once" },
};

static void
check_message (const GError *error, const char *words)
{
  g_test_message ("%s", error->message);
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "hanged") != NULL      ? error->message
                    : strstr (error->message, "as it was") != NULL ? error->message
                    : strstr (error->message, "whether it was moved") != NULL
                        ? error->message
                        : strstr (error->message, "newest backup"));
  g_assert_null (strstr (error->message, "SQL"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
try (Fixture *fixture, CcOpenMode mode, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, mode, &error);

  if (code == OPENS)
    {
      g_assert_no_error (error);
      g_assert_true (cc_case_file_is_read_only (file) == (mode == CC_OPEN_READ_ONLY));
      g_assert_true (cc_case_file_close (file, &error));
      return;
    }
  g_assert_null (file);
  g_assert_error (error, CC_ERROR, code);
  check_message (error, words);
}

static void
clear (Fixture *fixture)
{
  static const char *const suffixes[] = { "", "-target", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = fixture_sibling (fixture, suffixes[i]);

      if (g_remove (path) == 0)
        continue;
    }
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  const State     *state = data;
  Victims          victims = { 1, 60, { 0 } };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *lock = fixture_sibling (fixture, ".lock");
  gsize            size = 0;
  gsize            size_after = 0;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  state->make (fixture, fixture->path);
  g_file_get_contents (fixture->path, &before, &size, NULL);
  try (fixture, CC_OPEN_READ_ONLY, state->reading, state->words);
  if (state->writing != OPENS)
    try (fixture, CC_OPEN_READ_WRITE, state->writing, state->words);
  g_file_get_contents (fixture->path, &after, &size_after, NULL);
  g_assert_cmpmem (before, size, after, size_after);
  if (state->writing == OPENS)
    try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
  /* Nothing locks anybody out afterwards. */
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  clear (fixture);
}

/* ---- another program ---- */

static void
test_written_elsewhere (Fixture *fixture, gconstpointer data)
{
  const Place place = (Place) GPOINTER_TO_INT (data);
  Child       child;

  fixture_close (fixture);
  place_set (place);
  child_start (&child, "write", fixture->path, place);
  g_assert_true (cc_case_file_is_in_use (fixture->path));
  if (place == PLACE_AS_IT_IS)
    {
      try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_LOCKED, "open the file for reading only");
      try (fixture, CC_OPEN_READ_ONLY, OPENS, NULL);
    }
  else
    {
      try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_LOCKED, "perhaps on another computer");
      try (fixture, CC_OPEN_READ_ONLY, CC_ERROR_LOCKED, "perhaps on another computer");
    }
  child_end (&child);
  g_assert_false (cc_case_file_is_in_use (fixture->path));
  try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
  place_set (PLACE_AS_IT_IS);
}

/* The other ends without any order, at once: the file opens, with all that was acknowledged. */
static void
test_killed_elsewhere (Fixture *fixture, gconstpointer data)
{
  const Place place = (Place) GPOINTER_TO_INT (data);
  Child       child;

  fixture_close (fixture);
  place_set (place);
  child_start (&child, "write", fixture->path, place);
  child_act (&child);
  child_kill (&child);
  g_assert_false (cc_case_file_is_in_use (fixture->path));
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 40);
  fixture_close (fixture);
  place_set (PLACE_AS_IT_IS);
}

/* As a computer that is sent to sleep: nothing moves on the other side, and it still has its lock.
 * Afterwards it goes on as if nothing had been. */
static void
test_paused_elsewhere (Fixture *fixture, gconstpointer data)
{
  Child child;

  fixture_close (fixture);
  child_start (&child, "write", fixture->path, PLACE_AS_IT_IS);
  child_act (&child);
  g_assert_cmpint (kill (child.pid, SIGSTOP), ==, 0);
  try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_LOCKED, NULL);
  try (fixture, CC_OPEN_READ_ONLY, OPENS, NULL);
  g_assert_cmpint (kill (child.pid, SIGCONT), ==, 0);
  child_act (&child);
  child_end (&child);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 80);
  fixture_close (fixture);
}

/* A lock that no Casecount took, and two ways to one file. */
static void
test_other_lock (Fixture *fixture, gconstpointer data)
{
  Child child;

  fixture_close (fixture);
  child_start (&child, "lock", fixture->path, PLACE_AS_IT_IS);
  try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_BUSY, "Another program holds");
  child_end (&child);
  try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
}

static void
test_two_ways (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = fixture_sibling (fixture, "-other");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (fixture->path, other), ==, 0);
  g_assert_null (cc_case_file_open (other, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_unlink (other);
}

/* On a network drive: one file beside its lock and never shared memory; connections of one program
 * read while it writes; and SQLite's own lock keeps everybody else away. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  static const char *const never[] = { "-wal", "-shm" };
  Victims                  victims = { 1, 30, { 0 } };
  g_autofree char         *lock = fixture_sibling (fixture, ".lock");
  CcConnection            *reader;
  Child                    child;

  fixture_close (fixture);
  place_set ((Place) GPOINTER_TO_INT (data));
  fixture_open (fixture);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_cmpint (cc_connection_get_int64 (reader, "SELECT count (*) FROM victim", -1, NULL), ==,
                   0);
  g_assert_false (cc_connection_execute (reader, "DELETE FROM audit", NULL));
  cc_case_file_release_reader (fixture->file, reader);
  fixture_act (fixture, add_victims, &victims);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 30);
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_autofree char *path = fixture_sibling (fixture, never[i]);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  /* Even where the lock beside it was taken away. */
  g_assert_cmpint (g_unlink (lock), ==, 0);
  child_start (&child, "look", fixture->path, PLACE_NETWORK);
  child_end (&child);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 30);
  fixture_close (fixture);
  place_set (PLACE_AS_IT_IS);
}

/* ---- following, and going on where another one ended ---- */

static CcChange
look (CcCaseFile *file)
{
  GError  *error = NULL;
  CcChange seen = CC_CHANGE_NONE;

  cc_case_file_look (file, &seen, &error);
  g_assert_no_error (error);
  return seen;
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcCaseFile *again;
  Child       child;

  fixture_close (fixture);
  child_start (&child, "write", fixture->path, PLACE_AS_IT_IS);
  fixture->file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_NONE);
  g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_NONE);
  for (int i = 1; i <= 3; i++)
    {
      child_act (&child);
      g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_DATA);
      g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_NONE);
      g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 40 * i);
    }
  g_assert_null (cc_case_file_open_again (fixture->file, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_clear_error (&error);
  child_end (&child);
  /* The first has closed: the second goes on, without its passphrase. */
  again = cc_case_file_open_again (fixture->file, NULL, &error);
  g_assert_no_error (error);
  fixture_close (fixture);
  fixture->file = again;
  g_assert_false (cc_case_file_is_read_only (again));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 120);
  fixture_close (fixture);
  fixture_open (fixture);
  fixture_close (fixture);
}

/* Another file under the same name, and another passphrase. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = fixture_sibling (fixture, "-copy");
  g_autoptr (CcCaseFile) other = NULL;

  fixture_close (fixture);
  other = cc_case_file_create (copy, "three wet brown stones", fixture->pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (other, NULL));
  fixture->file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, NULL);
  g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_NONE);
  g_assert_cmpint (rename (copy, fixture->path), ==, 0);
  g_assert_cmpint (look (fixture->file), ==, CC_CHANGE_REPLACED);
  g_assert_null (cc_case_file_open_again (fixture->file, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE);
  check_message (error, "another passphrase");
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/store/opening/" path, Fixture, GINT_TO_POINTER (data), fixture_set_up, func,       \
              fixture_tear_down)

int
main (int argc, char *argv[])
{
  child_run (argc, argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/opening/state/%s", states[i].name);

      g_test_add (path, Fixture, &states[i], fixture_set_up, test_state, fixture_tear_down);
    }
  ADD ("written-elsewhere/local", PLACE_AS_IT_IS, test_written_elsewhere);
  ADD ("written-elsewhere/network", PLACE_NETWORK, test_written_elsewhere);
  ADD ("written-elsewhere/unknown", PLACE_UNKNOWN, test_written_elsewhere);
  ADD ("killed-elsewhere/local", PLACE_AS_IT_IS, test_killed_elsewhere);
  ADD ("killed-elsewhere/network", PLACE_NETWORK, test_killed_elsewhere);
  ADD ("paused-elsewhere", 0, test_paused_elsewhere);
  ADD ("other-lock", 0, test_other_lock);
  ADD ("two-ways", 0, test_two_ways);
  ADD ("network", PLACE_NETWORK, test_network);
  ADD ("unknown", PLACE_UNKNOWN, test_network);
  ADD ("follow", 0, test_follow);
  ADD ("replaced", 0, test_replaced);
  return g_test_run ();
}
