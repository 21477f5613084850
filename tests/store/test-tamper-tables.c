/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "second-pack.h"
#include "tamper-filled.h"
#include "tamper-tricks.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-pack-install.h>
#include <cc/store/cc-retention.h>

#include "cc-case-file-private.h"

#include <string.h>

/* Whoever has the passphrase changes one row of one table with another program: verifying tells of
 * it, whatever the table and the column, but for what is listed here. A new table or column is
 * tried without being named. */

typedef struct
{
  const char *table;
  const char *what; /* a column, TAMPER_INSERT or TAMPER_DELETE; "*": anything */
  const char *why;
} Exception;

static const Exception exceptions[] = {
  { "person_fact", "*", "made anew from the records, and compared with them by the layer above" },
  { "dirty_cluster", "*", "empty between acts: whoever is in it is only computed anew" },
  { "norm", "*", "nothing stands in it, and nothing reads it" },
  { "staging_batch", "*", "nothing stands in it, and nothing reads it" },
  { "staging_row", "*", "nothing stands in it, and nothing reads it" },
  { "identifier", "norm", "made anew from the value, and compared with it by cc_norm_verify ()" },
};

static gboolean
is_excepted (const TamperTrick *trick)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (strcmp (exceptions[i].table, trick->table) == 0
        && (strcmp (exceptions[i].what, "*") == 0 || strcmp (exceptions[i].what, trick->what) == 0))
      return TRUE;
  return FALSE;
}

/* With the file's key, and nothing of the program between. Returns: whether the database let it */
static gboolean
write_past (const char *path, const CcKey *key, const char *sql)
{
  GError *error = NULL;
  g_autoptr (CcConnection) foreign = cc_connection_open (path, key, SQLITE_OPEN_READWRITE, &error);
  gboolean ok;

  g_assert_no_error (error);
  ok = cc_connection_execute (foreign, "PRAGMA foreign_keys = OFF", &error);
  g_assert_no_error (error);
  ok = ok && cc_connection_execute (foreign, sql, NULL);
  return ok && sqlite3_total_changes (foreign->db) > 0;
}

static gboolean
is_told (Fixture *fixture)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);

  /* What cannot even be opened is not passed over. */
  if (file == NULL)
    {
      g_error_free (error);
      return TRUE;
    }
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  return problems->len > 0;
}

typedef struct
{
  guint told;
  guint refused; /* by the database itself */
  guint silent;
} Sum;

/* Closes the file, changes it once for each trick, and opens it again as it was. */
static void
try_tricks (Fixture *fixture, GPtrArray *tricks)
{
  CcKey           *key = cc_key_dup (fixture->file->key);
  g_autofree char *bytes = NULL;
  gsize            size;
  Sum              sum = { 0 };

  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < tricks->len; i++)
    {
      const TamperTrick *trick = g_ptr_array_index (tricks, i);

      if (is_excepted (trick))
        continue;
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      if (!write_past (fixture->path, key, trick->sql))
        sum.refused++;
      else if (is_told (fixture))
        sum.told++;
      else
        {
          sum.silent++;
          g_test_message ("nobody tells of: %s", trick->sql);
        }
    }
  g_test_message ("%u tricks told, %u not possible, %u silent", sum.told, sum.refused, sum.silent);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  fixture_open (fixture);
  cc_key_free (key);
  g_assert_cmpuint (sum.told, >, 0);
  g_assert_cmpuint (sum.silent, ==, 0);
}

/* tables: (nullable): NULL for all */
static void
try_tables (Fixture *fixture, const char *const *tables)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_autoptr (GPtrArray) tricks = tamper_list_tricks (reader, tables);

  cc_case_file_release_reader (fixture->file, reader);
  try_tricks (fixture, tricks);
}

/* Nothing was tried where nothing stands. */
static void
assert_filled (Fixture *fixture)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_autoptr (GPtrArray) empty = tamper_list_empty (reader);

  cc_case_file_release_reader (fixture->file, reader);
  for (guint i = 0; i < empty->len; i++)
    {
      const TamperTrick trick = { empty->pdata[i], (char *) "*", NULL };

      g_test_message ("empty: %s", trick.table);
      if (strcmp (trick.table, "pack_file") != 0 && strcmp (trick.table, "concordance") != 0)
        g_assert_true (is_excepted (&trick));
    }
}

static void
assert_proven (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_every_table (Fixture *fixture, gconstpointer data)
{
  tamper_fill (fixture);
  assert_filled (fixture);
  assert_proven (fixture);
  try_tables (fixture, NULL);
}

/* What another copy brought in came by one act. */
static void
test_merged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_sibling (fixture, ".copy");
  g_autoptr (CcCaseFile) other = NULL;
  CcMergeResult result;
  GError       *error = NULL;

  tamper_fill (fixture);
  g_assert_true (cc_case_file_copy (fixture->file, path, NULL, &error));
  g_assert_no_error (error);
  other = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  tamper_fill_more (other);
  g_assert_true (cc_merge (fixture->file, other, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (other, &error));
  assert_proven (fixture);
  try_tables (fixture, NULL);
}

/* A package begins with what stood in another file. */
static void
test_package (Fixture *fixture, gconstpointer data)
{
  CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN,
                           .identifiers = TRUE,
                           .audience = "authority" };
  char          *path = fixture_sibling (fixture, ".part");
  GError        *error = NULL;

  tamper_fill (fixture);
  tamper_fill_more (fixture->file);
  g_assert_true (cc_package_write (fixture->file, &order, path, PASSPHRASE, NULL, NULL, &error));
  g_assert_no_error (error);
  fixture_close (fixture);
  g_free (fixture->path);
  fixture->path = path;
  fixture_open (fixture);
  assert_proven (fixture);
  try_tables (fixture, NULL);
}

/* Of what was removed, the history says that something was, and no more. */
static const char *const emptied[] = {
  "UPDATE audit_change SET key = '9' || key WHERE salt IS NULL",
  "UPDATE audit_change SET tbl = 'finding' WHERE salt IS NULL",
  "UPDATE audit_change SET before = 'x' WHERE salt IS NULL",
  "UPDATE audit_change SET after = 'x' WHERE salt IS NULL",
  "UPDATE audit_change SET mac = NULL WHERE salt IS NULL",
  "UPDATE identifier SET value = 'x' WHERE value = '" CC_PURGED_MARK "'",
  "UPDATE merge_conflict SET mine = 'x' WHERE mine IS NULL",
  "UPDATE merge_conflict SET kept = 'x' WHERE mine IS NULL",
};

/* The names of persons were removed, also from the history. */
static void
test_purged (Fixture *fixture, gconstpointer data)
{
  static const gint64      whose[] = { 1, 2, 17 };
  static const char *const touched[] = { "identifier",     "source_row", "finding",
                                         "merge_conflict", "audit",      "audit_change",
                                         "record",         "victim",     NULL };
  g_autoptr (GPtrArray) tricks = g_ptr_array_new ();
  TamperTrick   own[G_N_ELEMENTS (emptied)];
  CcPurgeResult result;
  GError       *error = NULL;

  tamper_fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (whose); i++)
    {
      cc_retention_withdraw (fixture->file, whose[i], "asked for", NULL, &result, &error);
      g_assert_no_error (error);
    }
  assert_proven (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (emptied); i++)
    {
      own[i] = (TamperTrick){ (char *) "", (char *) "", (char *) emptied[i] };
      g_ptr_array_add (tricks, &own[i]);
    }
  try_tricks (fixture, tricks);
  try_tables (fixture, touched);
}

/* Another classification came, which the file brings with it. */
static void
test_packed (Fixture *fixture, gconstpointer data)
{
  static const char *const touched[] = { "meta",        "pack_overlay", "pack_file",
                                         "variable",    "code",         "code_closure",
                                         "concordance", "profile",      "profile_version",
                                         "record",      "victim",       NULL };
  SecondPack               second;
  GError                  *error = NULL;
  g_autoptr (CcPackInstall) done = NULL;

  tamper_fill (fixture);
  second_pack_make (&second, fixture->pack);
  done = cc_pack_install (fixture->file, second.folder, second.concordance, &error);
  g_assert_no_error (error);
  g_assert_nonnull (done);
  second_pack_remove (&second);
  fixture_close (fixture);
  fixture_open (fixture);
  assert_proven (fixture);
  try_tables (fixture, touched);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/tamper-tables/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-table", test_every_table);
  ADD ("merged", test_merged);
  ADD ("package", test_package);
  ADD ("purged", test_purged);
  ADD ("packed", test_packed);
  return g_test_run ();
}
