/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>

/* A case file that is moved, removed or replaced while it is open: no act is told as done that is
 * gone when the file is closed, and the message says where the others are. So for what was left
 * beside a file that was replaced after its program had been killed. */

#define COUNT "SELECT count (*) FROM victim"

static void
add (Fixture *fixture, guint first, guint n)
{
  Victims victims = { first, n, { 0 } };

  fixture_act (fixture, add_victims, &victims);
}

/* An act that is refused, with words that hold `said`. */
static void
refuse (Fixture *fixture, const char *said)
{
  Victims victims = { 90, 1, { 0 } };
  g_autoptr (GError) error = NULL;

  g_assert_false (cc_case_file_act (fixture->file, "test", add_victims, &victims, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, said));
}

static void
close_with (Fixture *fixture, const char *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cc_case_file_close (fixture->file, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, said));
  g_assert_null (strstr (error->message, "for reading only"));
  g_clear_pointer (&fixture->file, cc_case_file_free);
}

/* What a whole file holds, read anew. */
static void
expect_victims (Fixture *fixture, const char *path, gint64 n)
{
  g_autofree char *usual = g_steal_pointer (&fixture->path);
  g_autoptr (GPtrArray) problems = NULL;

  fixture->path = g_strdup (path);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, COUNT), ==, n);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  fixture_close (fixture);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&usual);
}

static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other.casecount", NULL);
  g_autofree char *log = fixture_sibling (fixture, "-wal");

  add (fixture, 1, 2);
  g_assert_cmpint (g_rename (fixture->path, other), ==, 0);
  refuse (fixture, "no longer where it was");
  /* Put back, it goes on as if nothing had been. */
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  add (fixture, 3, 2);
  g_assert_cmpint (g_rename (fixture->path, other), ==, 0);
  close_with (fixture, "All that was done in it is in that file");
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  expect_victims (fixture, other, 4);
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *saved = g_build_filename (fixture->folder, "saved.casecount", NULL);
  g_autofree char *log = fixture_sibling (fixture, "-wal");
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  add (fixture, 1, 2);
  g_assert_true (cc_case_file_copy (fixture->file, copy, NULL, &error));
  add (fixture, 3, 3);
  g_assert_cmpint (fixture_count (fixture, COUNT), ==, 5);
  g_assert_cmpint (g_rename (copy, fixture->path), ==, 0);
  refuse (fixture, "Another file was put in the place");
  /* What the message advises is possible. */
  g_assert_true (cc_case_file_copy (fixture->file, saved, NULL, &error));
  g_assert_no_error (error);
  close_with (fixture, "was kept beside it");
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  expect_victims (fixture, saved, 5);
  expect_victims (fixture, fixture->path, 2);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, "-kept-") != NULL && g_str_has_suffix (name, ".casecount"))
      kept = g_build_filename (fixture->folder, name, NULL);
  g_assert_nonnull (kept);
  expect_victims (fixture, kept, 5);
}

static gboolean
replace_midway (CcAct *act, gpointer data, GError **error)
{
  Fixture         *fixture = data;
  Victims          victims = { 50, 1, { 0 } };
  g_autofree char *other = g_build_filename (fixture->folder, "other.casecount", NULL);

  return add_victims (act, &victims, error) && g_rename (fixture->path, other) == 0;
}

/* The file goes while an act is under way. */
static void
test_midway (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other.casecount", NULL);
  g_autoptr (GError) error = NULL;

  add (fixture, 1, 2);
  g_assert_false (cc_case_file_act (fixture->file, "test", replace_midway, fixture, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
  close_with (fixture, "was moved, renamed or removed");
  expect_victims (fixture, other, 2);
}

/* A new passphrase must not overwrite what took the file's place. */
static void
test_rekey (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, "new words", NULL, NULL,
                                                 NULL, &error));
  g_assert_no_error (error);
  add (fixture, 1, 2);
  g_assert_true (cc_case_file_change_passphrase (fixture->file, "new words", PASSPHRASE, NULL, NULL,
                                                 NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_copy (fixture->file, copy, NULL, &error));
  g_assert_cmpint (g_rename (copy, fixture->path), ==, 0);
  g_assert_false (cc_case_file_change_passphrase (fixture->file, PASSPHRASE, "new words", NULL,
                                                  NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FAILED);
  close_with (fixture, "was kept beside it");
  expect_victims (fixture, fixture->path, 2);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
}

/* A log that was left by a program that was killed, beside a copy that was put in the file's place:
 * neither is opened as if they were one, and neither is changed. */
static void
expect_strangers (Fixture *fixture, const char *file, const char *log)
{
  static const CcOpenMode modes[] = { CC_OPEN_READ_ONLY, CC_OPEN_READ_WRITE };
  g_autofree char        *path = g_build_filename (fixture->folder, "met.casecount", NULL);
  g_autofree char        *path_log = g_strconcat (path, "-wal", NULL);
  g_autofree char        *before = NULL;
  g_autofree char        *after = NULL;
  gsize                   size, left;

  copy_file (file, path);
  copy_file (log, path_log);
  g_assert_true (g_file_get_contents (path, &before, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cc_case_file_open (path, PASSPHRASE, fixture->pack, modes[i], &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "do not belong together"));
    }
  g_assert_true (g_file_get_contents (path, &after, &left, NULL));
  g_assert_cmpmem (after, left, before, size);
  g_assert_true (g_file_test (path_log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (path_log), ==, 0);
}

static void
test_log_of_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *early = g_build_filename (fixture->folder, "early.casecount", NULL);
  g_autofree char *killed = g_build_filename (fixture->folder, "killed.casecount", NULL);
  g_autofree char *killed_log = g_strconcat (killed, "-wal", NULL);
  g_autofree char *spare_log = g_strconcat (killed, "-spare", NULL);
  g_autofree char *log = fixture_sibling (fixture, "-wal");
  g_autofree char *met = g_build_filename (fixture->folder, "met.casecount", NULL);

  add (fixture, 1, 2);
  fixture_close (fixture);
  copy_file (fixture->path, early);
  fixture_open (fixture);
  add (fixture, 3, 2);
  fixture_close (fixture);
  fixture_open (fixture);
  add (fixture, 5, 2);
  copy_file (fixture->path, killed);
  copy_file (log, killed_log);
  copy_file (log, spare_log);
  fixture_close (fixture);
  /* What belongs together is put in order. */
  expect_victims (fixture, killed, 6);
  fixture_open (fixture);
  add (fixture, 7, 1);
  fixture_close (fixture);
  /* An older copy, and a newer one. */
  expect_strangers (fixture, early, spare_log);
  expect_victims (fixture, met, 2);
  expect_strangers (fixture, fixture->path, spare_log);
  expect_victims (fixture, met, 7);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/replaced/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("renamed", test_renamed);
  ADD ("replaced", test_replaced);
  ADD ("midway", test_midway);
  ADD ("rekey", test_rekey);
  ADD ("log-of-another", test_log_of_another);
  return g_test_run ();
}
