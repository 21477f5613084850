/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <sqlite3.h>

/* An SQLite without encryption takes a key, does nothing with it and writes in the clear. It is
 * known by what it answers when asked for its cipher: nothing. This program is linked so that the
 * question, and only it, is answered as such a library would. */

int __real_sqlite3_prepare_v3 (sqlite3       *db,
                               const char    *sql,
                               int            size,
                               unsigned       flags,
                               sqlite3_stmt **out,
                               const char   **tail);
int __wrap_sqlite3_prepare_v3 (sqlite3       *db,
                               const char    *sql,
                               int            size,
                               unsigned       flags,
                               sqlite3_stmt **out,
                               const char   **tail);

static const char *answer; /* NULL: the true one */

int
__wrap_sqlite3_prepare_v3 (sqlite3       *db,
                           const char    *sql,
                           int            size,
                           unsigned       flags,
                           sqlite3_stmt **out,
                           const char   **tail)
{
  if (answer != NULL && g_str_equal (sql, "PRAGMA cipher_version"))
    sql = answer;
  return __real_sqlite3_prepare_v3 (db, sql, size, flags, out, tail);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "PRAGMA no_such_pragma", "SELECT ''", "SELECT NULL" };
  g_autofree char         *other = fixture_sibling (fixture, "-other");

  fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      answer = answers[i];
      g_assert_null (
          cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
      g_clear_error (&error);
      g_assert_null (
          cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
      g_clear_error (&error);
      g_assert_null (cc_case_file_create (other, PASSPHRASE, fixture->pack, "SEN", FALSE, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
      g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
    }
  answer = NULL;
  fixture_open (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/cipher/refused", Fixture, NULL, fixture_set_up, test_refused,
              fixture_tear_down);
  return g_test_run ();
}
