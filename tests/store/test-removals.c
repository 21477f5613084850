/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-retention.h>

#include <string.h>

/* A removal empties words of the history, and names them. Whoever has the passphrase and empties
 * others, to alter what they prove, is found out: behind a removal, too. */

#define GONE "History: the words of "

typedef struct
{
  guint  number;
  gint64 record;
} ByHand;

static gboolean
add_police (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"),
                            error)
         != 0;
}

static gboolean
enter (CcAct *act, gpointer data, GError **error)
{
  ByHand *hand = data;
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, hand->number, "Zzimbelwan");
  CcPutResult result;

  if (!cc_act_put_record (act, record, 0, 0, 0, &result, error))
    return FALSE;
  hand->record = record->id;
  return TRUE;
}

static gint64
withdraw (Fixture *fixture, gint64 record)
{
  CcPurgeResult result;
  GError       *error = NULL;

  cc_retention_withdraw (fixture->file, record, "asked for it", NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.changes, >, 0);
  return result.act;
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* Whoever has the key can write what they like, past the program. */
static void
tamper (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cc_case_file_maintain (fixture->file, run_sql, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

static void
add_text (GHmac *mac, const char *text)
{
  const guint32 size = GUINT32_TO_LE ((guint32) (text != NULL ? strlen (text) : 0));

  g_hmac_update (mac, (const guchar *) (text != NULL ? "\1" : "\0"), 1);
  g_hmac_update (mac, (const guchar *) &size, sizeof size);
  g_hmac_update (mac, (const guchar *) text, (gssize) (text != NULL ? strlen (text) : 0));
}

/* Does by hand to changes what a removal does to them. Returns: how many were emptied */
static guint
empty_words (Fixture *fixture, const char *where)
{
  CcConnection    *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_autofree char *query = g_strdup_printf ("SELECT seq, n, salt, tbl, key, before, after"
                                            " FROM audit_change WHERE salt IS NOT NULL AND (%s)",
                                            where);
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean has_row = TRUE;
  guint    n = 0;

  {
    g_autoptr (CcStatement) rows = cc_connection_prepare (reader, query, NULL);

    for (; cc_statement_step (rows, &has_row, NULL) && has_row; n++)
      {
        gsize         size;
        gconstpointer salt = cc_statement_blob (rows, 2, &size);
        GHmac        *mac = g_hmac_new (G_CHECKSUM_SHA256, salt, size);

        for (int i = 3; i < 7; i++)
          add_text (mac, cc_statement_text (rows, i));
        g_string_append_printf (sql,
                                "UPDATE audit_change SET before = NULL, after = NULL, salt = NULL,"
                                " mac = x'%s' WHERE seq = %" G_GINT64_FORMAT
                                " AND n = %" G_GINT64_FORMAT ";",
                                g_hmac_get_string (mac), cc_statement_int64 (rows, 0),
                                cc_statement_int64 (rows, 1));
        g_hmac_unref (mac);
      }
  }
  cc_case_file_release_reader (fixture->file, reader);
  tamper (fixture, sql->str);
  return n;
}

static void
check_sound (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

/* Both examinations, that of the whole file and that of the history, say this first. */
static void
check_told (Fixture *fixture, const char *said)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);
  g_autoptr (GPtrArray) history = NULL;
  GError *error = NULL;

  g_assert_cmpuint (problems->len, >, 0);
  if (!g_str_has_prefix (problems->pdata[0], said))
    g_error ("“%s”", (char *) problems->pdata[0]);
  g_assert_true (cc_case_file_verify_history (fixture->file, NULL, &history, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, >, 0);
  g_assert_true (g_str_has_prefix (history->pdata[0], said));
}

static gint64
count_nameless (CcCaseFile *file)
{
  GError *error = NULL;
  gint64  n = -1;

  g_assert_true (cc_case_file_count_nameless_removals (file, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* An agency, a person by hand, whose names are removed, and another person. */
static gint64
fill (Fixture *fixture, ByHand *first, ByHand *second)
{
  gint64 act;

  *first = (ByHand){ 5, 0 };
  *second = (ByHand){ 6, 0 };
  fixture_act (fixture, add_police, NULL);
  fixture_act (fixture, enter, first);
  fixture_act (fixture, enter, second);
  act = withdraw (fixture, first->record);
  check_sound (fixture);
  g_assert_cmpint (count_nameless (fixture->file), ==, 0);
  return act;
}

/* What was emptied before a removal, for a row to be altered, is not passed off as its work. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  ByHand           first, second;
  g_autofree char *anchor = NULL;
  gint64           seq = 0;

  fill (fixture, &first, &second);
  anchor = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), ==, 1);
  tamper (fixture, "UPDATE entity SET name = 'Elsewhere'");
  check_told (fixture, GONE "1 changes are gone, the first in act 2,");
  /* The chain itself is whole: it is the removal that does not name this. */
  g_assert_true (cc_case_file_find_anchor (fixture->file, anchor, &seq, NULL));
  g_assert_cmpint (seq, >, 0);
}

/* Nor where it is called by a name that removals do empty. */
static void
test_disguised (Fixture *fixture, gconstpointer data)
{
  ByHand first, second;

  fill (fixture, &first, &second);
  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), ==, 1);
  tamper (fixture, "UPDATE audit_change SET tbl = 'row:finding', key = '7' WHERE tbl = "
                   "'row:entity'; UPDATE entity SET name = 'Elsewhere'");
  check_told (fixture, GONE "1 changes are gone");
}

/* What a removal emptied is named with what it was about. */
static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  ByHand           first, second;
  const gint64     act = fill (fixture, &first, &second);
  g_autofree char *said =
      g_strdup_printf ("History: what stands empty is not what act %" G_GINT64_FORMAT, act);

  tamper (fixture, "UPDATE audit_change SET tbl = 'row:setting', key = '''country''' WHERE seq ="
                   " (SELECT min (seq) FROM audit_change WHERE salt IS NULL) AND salt IS NULL");
  check_told (fixture, said);
}

/* Nor can words that were removed come back. */
static void
test_put_back (Fixture *fixture, gconstpointer data)
{
  ByHand           first = { 5, 0 };
  g_autofree char *path = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *said = NULL;
  g_autofree char *sql = NULL;
  GError          *error = NULL;

  fixture_act (fixture, enter, &first);
  g_assert_true (cc_case_file_copy (fixture->file, path, NULL, &error));
  g_assert_no_error (error);
  said = g_strdup_printf ("History: what stands empty is not what act %" G_GINT64_FORMAT,
                          withdraw (fixture, first.record));
  {
    Fixture       copy = { .pack = fixture->pack, .path = path };
    CcConnection *reader;
    const char *quoted = "SELECT 'UPDATE audit_change SET salt = ' || quote (salt) || ', before = "
                         "' || quote (before) || ', after = ' || quote (after) || ', mac = NULL "
                         "WHERE seq = ' || seq || ' AND n = ' || n FROM audit_change"
                         " WHERE tbl = 'row:identifier' LIMIT 1";

    fixture_open (&copy);
    reader = cc_case_file_acquire_reader (copy.file, NULL);
    {
      g_autoptr (CcStatement) row = cc_connection_prepare (reader, quoted, NULL);
      gboolean has_row;

      g_assert_true (cc_statement_step (row, &has_row, NULL) && has_row);
      sql = g_strdup (cc_statement_text (row, 0));
    }
    cc_case_file_release_reader (copy.file, reader);
    fixture_close (&copy);
  }
  tamper (fixture, sql);
  check_told (fixture, said);
}

/* The list of what was emptied stands in the chain. */
static void
test_faked_list (Fixture *fixture, gconstpointer data)
{
  ByHand           first, second;
  const gint64     act = fill (fixture, &first, &second);
  g_autofree char *altered =
      g_strdup_printf ("UPDATE audit_change SET after = replace (after, ' 3:', ' 2:1;3:')"
                       " WHERE seq = %" G_GINT64_FORMAT " AND key LIKE 'emptied:%%'",
                       act);
  g_autofree char *broken =
      g_strdup_printf ("History: the changes noted for act %" G_GINT64_FORMAT, act);

  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), ==, 1);
  tamper (fixture, altered);
  check_told (fixture, broken);
}

static void
test_emptied_list (Fixture *fixture, gconstpointer data)
{
  ByHand           first, second;
  const gint64     act = fill (fixture, &first, &second);
  g_autofree char *where =
      g_strdup_printf ("seq = %" G_GINT64_FORMAT " AND key LIKE 'emptied:%%'", act);
  g_autofree char *sql = g_strdup_printf ("UPDATE audit_change SET tbl = 'finding', key = '7'"
                                          " WHERE %s",
                                          where);

  g_assert_cmpuint (empty_words (fixture, where), ==, 1);
  tamper (fixture, sql);
  check_told (fixture, GONE);
  /* Nor together with what the file said from its beginning. */
  g_assert_cmpuint (empty_words (fixture, "key LIKE 'emptied:%'"), ==, 1);
  check_told (fixture, GONE);
}

/* A second removal names its own, and makes nothing good that was emptied between the two. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  ByHand first, second;

  fill (fixture, &first, &second);
  withdraw (fixture, second.record);
  check_sound (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE key LIKE 'emptied:%'"),
                   ==, 3);
  {
    ByHand third = { 7, 0 };

    fixture_act (fixture, enter, &third);
    g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), ==, 1);
    withdraw (fixture, third.record);
  }
  check_told (fixture, GONE "1 changes are gone, the first in act 2,");
}

/* Of a row whose words were removed, the mark alone may stand. */
static void
test_mark (Fixture *fixture, gconstpointer data)
{
  ByHand first, second;

  fill (fixture, &first, &second);
  tamper (fixture, "UPDATE identifier SET value = 'Somebody' WHERE value = '" CC_PURGED_MARK "'");
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 1);
    g_assert_nonnull (strstr (problems->pdata[0], "what it says was changed"));
  }
}

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_retention (act, data, error);
}

/* Many changes in a short list. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 300
  };
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "*",
                           .months = 1,
                           .counted_from = (char *) "last-contact" };
  Victims         victims = { 100, 60, { 0 } };
  CcPurgeResult   result;
  GError         *error = NULL;
  gint64          size;

  for (guint i = 0; i < N / victims.n; i++, victims.first += victims.n)
    fixture_act (fixture, add_victims, &victims);
  g_assert_true (cc_case_file_act (fixture->file, "retention", set_rule, &rule, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_retention_purge (fixture->file, cc_day_today () + 4000, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, N);
  g_assert_cmpint (result.changes, >=, 2 * N);
  size = fixture_count (fixture, "SELECT sum (length (after)) FROM audit_change"
                                 " WHERE key LIKE 'emptied:%' AND seq > 1");
  g_test_message ("%" G_GINT64_FORMAT " changes in %" G_GINT64_FORMAT " characters", result.changes,
                  size);
  g_assert_cmpint (size, <, result.changes * 4 + 200);
  check_sound (fixture);
}

/* A copy, one under another passphrase, a package and a merge say the same. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  ByHand           first, second;
  CcPackageOrder   order = { .identifiers = TRUE, .audience = "authority" };
  CcPackageResult  told = { 0 };
  g_autofree char *package = g_build_filename (fixture->folder, "package.casecount", NULL);
  g_autofree char *copy_path = g_build_filename (fixture->folder, "copy.casecount", NULL);
  Fixture          copy = { .pack = fixture->pack, .path = copy_path };
  Fixture          packed = { .pack = fixture->pack, .path = package };
  CcMergeResult    merged;
  GError          *error = NULL;

  fill (fixture, &first, &second);
  g_assert_true (cc_case_file_copy (fixture->file, copy_path, NULL, &error));
  g_assert_no_error (error);
  cc_package_write (fixture->file, &order, package, PASSPHRASE, NULL, &told, &error);
  g_assert_no_error (error);
  cc_package_result_clear (&told);
  fixture_open (&copy);
  check_sound (&copy);
  withdraw (&copy, second.record);
  check_sound (&copy);
  fixture_close (&copy);
  fixture_open (&packed);
  check_sound (&packed);
  g_assert_cmpint (count_nameless (packed.file), ==, 0);
  {
    ByHand third = { 7, 0 };

    fixture_act (&packed, enter, &third);
    withdraw (&packed, third.record);
  }
  check_sound (&packed);
  g_assert_cmpuint (empty_words (&packed, "tbl = 'row:cluster'"), >, 0);
  check_told (&packed, GONE);
  fixture_close (&packed);
  copy.file = cc_case_file_open (copy_path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (cc_merge (fixture->file, copy.file, NULL, &merged, &error));
  g_assert_no_error (error);
  cc_case_file_free (copy.file);
  check_sound (fixture);
  cc_case_file_change_passphrase (fixture->file, PASSPHRASE, PASSPHRASE " and moss",
                                  fixture->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  check_sound (fixture);
  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), >, 0);
  check_told (fixture, GONE);
}

/* ---- a removal by a version of the program that did not name ---- */

static void
set_up_old (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "data", "case-file-v2.casecount", NULL);
  g_autofree char *bytes = NULL;
  gsize            size;
  GError          *error = NULL;

  fixture_set_up (fixture, data);
  fixture_close (fixture);
  g_file_get_contents (source, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (fixture->path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
test_old (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  /* As it is, it is in order, and says what it cannot prove. */
  fixture->file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  check_sound (fixture);
  g_assert_cmpint (count_nameless (fixture->file), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE key LIKE 'emptied:%'"),
                   ==, 0);
  fixture_close (fixture);
  /* The first act of the program's own names what it finds empty. */
  fixture_open (fixture);
  check_sound (fixture);
  g_assert_cmpint (count_nameless (fixture->file), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE key LIKE 'emptied:%'"),
                   >, 0);
  {
    ByHand hand = { 900, 0 };

    fixture_act (fixture, enter, &hand);
    withdraw (fixture, hand.record);
  }
  check_sound (fixture);
  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity' AND seq ="
                                          " (SELECT min (seq) FROM audit_change"
                                          "  WHERE tbl = 'row:entity')"),
                    >, 0);
  check_told (fixture, GONE);
}

/* What was emptied in a file in which nothing names is at least seen where no removal empties. */
static void
test_old_table (Fixture *fixture, gconstpointer data)
{
  fixture_open (fixture);
  tamper (fixture, "DELETE FROM audit_change WHERE seq > (SELECT max (seq) FROM audit WHERE act = "
                   "'purge') ; DELETE FROM audit WHERE seq > (SELECT max (seq) FROM audit WHERE "
                   "act = 'purge')");
  g_assert_cmpuint (empty_words (fixture, "tbl = 'row:entity'"), >, 0);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);
    gboolean told = FALSE;

    for (guint i = 0; i < problems->len; i++)
      told = told || strstr (problems->pdata[i], "was taken out of the history") != NULL;
    g_assert_true (told);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/removals/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
#define ADD_OLD(name, func)                                                                        \
  g_test_add ("/store/removals/" name, Fixture, NULL, set_up_old, func, fixture_tear_down)
  ADD ("before", test_before);
  ADD ("disguised", test_disguised);
  ADD ("renamed", test_renamed);
  ADD ("put-back", test_put_back);
  ADD ("faked-list", test_faked_list);
  ADD ("emptied-list", test_emptied_list);
  ADD ("twice", test_twice);
  ADD ("mark", test_mark);
  ADD ("many", test_many);
  ADD ("copies", test_copies);
  ADD_OLD ("old", test_old);
  ADD_OLD ("old-table", test_old_table);
  return g_test_run ();
}
