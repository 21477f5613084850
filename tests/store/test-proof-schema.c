/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "cc-case-file-private.h"

/* Whoever has the passphrase changes the database's own parts with another program: tables, what
 * their columns are declared to be, and parts under names that the database keeps for itself. */

#define SCHEMA(change) "PRAGMA writable_schema = ON; " change "; PRAGMA writable_schema = RESET"

/* Replaces words in what makes a part. */
#define REPLACE(name, before, after)                                                               \
  SCHEMA ("UPDATE sqlite_master SET sql = replace (sql, '" before "', '" after                     \
          "') WHERE name = '" name "'")

static const char *const tricks[] = {
  "ALTER TABLE identifier ADD COLUMN more TEXT",
  "ALTER TABLE audit ADD COLUMN more TEXT DEFAULT 'x'",
  "ALTER TABLE victim ADD COLUMN more INTEGER GENERATED ALWAYS AS (1) VIRTUAL",
  "ALTER TABLE victim ADD COLUMN v9999 INTEGER CHECK (v9999 > 0)",
  "ALTER TABLE victim DROP COLUMN v51",
  "ALTER TABLE entity DROP COLUMN coverage",
  "ALTER TABLE entity RENAME COLUMN coverage TO scope",
  REPLACE ("record", "basis INTEGER NOT NULL DEFAULT 0", "basis INTEGER NOT NULL DEFAULT 3"),
  REPLACE ("submission", "REFERENCES entity (id)", "REFERENCES entity (id) ON DELETE CASCADE"),
  REPLACE ("entity", "key TEXT NOT NULL UNIQUE", "key TEXT NOT NULL UNIQUE ON CONFLICT REPLACE"),
  REPLACE ("audit", "user TEXT", "user TEXT COLLATE NOCASE"),
  REPLACE ("submission", "file_name TEXT", "file_name TEXT CHECK (file_name <> ''x'')"),
  SCHEMA ("INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_x', 'audit', 0,"
          " 'CREATE TRIGGER sqlite_x AFTER INSERT ON audit BEGIN DELETE FROM finding; END')"),
  SCHEMA ("INSERT INTO sqlite_master VALUES ('view', 'SQLITE_X', 'SQLITE_X', 0,"
          " 'CREATE VIEW SQLITE_X AS SELECT 1')"),
  "ANALYZE",
  "CREATE INDEX x ON victim (record)",
  "CREATE UNIQUE INDEX victim_event_x ON victim_event (victim)",
  "DROP INDEX source_row_parked;"
  "CREATE INDEX source_row_parked ON source_row (submission) WHERE state = 'PARKED'",
  "PRAGMA user_version = 1",
  "PRAGMA user_version = 1; CREATE TRIGGER x AFTER INSERT ON audit BEGIN DELETE FROM finding; END",
};

/* With the file's key, and nothing of the program between. */
static void
write_past (const char *path, const CcKey *key, const char *sql)
{
  GError *error = NULL;
  g_autoptr (CcConnection) foreign = cc_connection_open (path, key, SQLITE_OPEN_READWRITE, &error);

  g_assert_no_error (error);
  cc_connection_execute (foreign, sql, &error);
  g_assert_no_error (error);
}

/* What cannot be opened is not passed over either. */
static gboolean
is_told (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);

  if (file == NULL)
    {
      g_test_message ("%s", error->message);
      return TRUE;
    }
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) problems->pdata[i]);
  return problems->len > 0;
}

static void
test_altered (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 4, { 0 } };
  CcKey           *key = cc_key_dup (fixture->file->key);
  g_autofree char *bytes = NULL;
  gsize            size;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  g_assert_false (is_told (fixture));
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_test_message ("trick: %s", tricks[i]);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      write_past (fixture->path, key, tricks[i]);
      g_assert_true (is_told (fixture));
    }
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  cc_key_free (key);
  fixture_open (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/proof-schema/altered", Fixture, NULL, fixture_set_up, test_altered,
              fixture_tear_down);
  return g_test_run ();
}
