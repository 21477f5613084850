/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>

/* Two copies of one case file go on apart and are brought together again. What a file says is
 * written down without its row numbers, so that copies can be compared. */

#define N_VICTIMS 12

static void
write_value (GString *text, const CcValue *value)
{
  g_string_append_printf (text, " %s=%d", value->variable->id, (int) value->no_value);
  if (value->code != NULL)
    g_string_append_printf (text, "/%s", value->code->code);
  for (guint i = 0; value->codes != NULL && i < value->codes->len; i++)
    g_string_append_printf (text, "+%s", ((CcCode *) g_ptr_array_index (value->codes, i))->code);
  g_string_append_printf (text, "/%d..%d/%d..%d/%" G_GINT64_FORMAT "/%s", value->date.first,
                          value->date.last, value->age_min, value->age_max, value->number,
                          value->text != NULL ? value->text : "");
}

static void
write_query (CcConnection *reader, GString *text, const char *sql)
{
  GError  *error = NULL;
  gboolean has_row = TRUE;
  g_autoptr (CcStatement) rows = cc_connection_prepare (reader, sql, &error);

  g_assert_no_error (error);
  while (cc_statement_step (rows, &has_row, &error) && has_row)
    g_string_append_printf (text, "%s\n",
                            cc_statement_is_null (rows, 0) ? "?" : cc_statement_text (rows, 0));
  g_assert_no_error (error);
}

static void
write_records (CcCaseFile *file, CcConnection *reader, GString *text)
{
  g_autoptr (CcStatement) ids =
      cc_connection_prepare (reader,
                             "SELECT r.id, hex (r.uuid) || ' ' || r.unit || ' ' || r.state || ' '"
                             " || r.basis || ' ' || coalesce (e.key, '-') || ' '"
                             " || coalesce (s.file_name, '-') || ' ' || coalesce (w.row, 0)"
                             " FROM record r LEFT JOIN entity e ON e.id = r.entity"
                             " LEFT JOIN submission s ON s.id = r.submission"
                             " LEFT JOIN source_row w ON w.id = r.source_row ORDER BY r.uuid",
                             NULL);
  gboolean has_row = TRUE;

  while (cc_statement_step (ids, &has_row, NULL) && has_row)
    {
      GError *error = NULL;
      g_autoptr (CcRecord) record =
          cc_store_read_record (file, reader, cc_statement_int64 (ids, 0), &error);

      g_assert_no_error (error);
      g_string_append (text, cc_statement_text (ids, 1));
      for (guint i = 0; i < record->values->len; i++)
        write_value (text, g_ptr_array_index (record->values, i));
      g_string_append_c (text, '\n');
    }
}

static char *
say (CcCaseFile *file)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  GString      *text = g_string_new (NULL);

  write_records (file, reader, text);
  /* Each live record with the smallest record of its person. */
  write_query (reader, text,
               "SELECT hex (r.uuid) || ' is ' || (SELECT min (hex (o.uuid)) FROM membership x"
               " JOIN record o ON o.id = x.record WHERE x.cluster = m.cluster"
               " AND x.to_act IS NULL) FROM membership m JOIN record r ON r.id = m.record"
               " WHERE m.to_act IS NULL ORDER BY r.uuid");
  write_query (reader, text,
               "SELECT min (hex (a.uuid), hex (b.uuid)) || ' ' || max (hex (a.uuid), hex (b.uuid))"
               " || ' ' || d.verdict FROM pair_decision d JOIN record a ON a.id = d.a"
               " JOIN record b ON b.id = d.b WHERE d.superseded_by IS NULL ORDER BY 1");
  write_query (reader, text,
               "SELECT s.file_name || s.state || s.rows || e.key FROM submission s"
               " JOIN entity e ON e.id = s.entity ORDER BY 1");
  write_query (reader, text,
               "SELECT s.file_name || w.sheet || w.row || w.cells || w.state FROM source_row w"
               " JOIN submission s ON s.id = w.submission ORDER BY 1");
  write_query (reader, text, "SELECT key || '=' || value FROM setting ORDER BY 1");
  write_query (reader, text, "SELECT key || '=' || name FROM entity ORDER BY 1");
  cc_case_file_release_reader (file, reader);
  return g_string_free (text, FALSE);
}

static gboolean
is_sound (CcCaseFile *file)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (cc_case_file_verify (file, &problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  return problems->len == 0;
}

static CcCaseFile *
open_file (Fixture *fixture, const char *path)
{
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

/* Another copy of the fixture's file, both open. */
static CcCaseFile *
copy_file (Fixture *fixture, const char *name)
{
  GError          *error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, &error));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, &error));
  fixture_open (fixture);
  return open_file (fixture, path);
}

static void
act (CcCaseFile *file, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  cc_case_file_act (file, "test", func, data, NULL, &error);
  g_assert_no_error (error);
}

static CcMergeResult
merge (CcCaseFile *file, CcCaseFile *other)
{
  GError       *error = NULL;
  CcMergeResult result;

  g_assert_true (cc_merge (file, other, NULL, &result, &error));
  g_assert_no_error (error);
  return result;
}

static CcKinship
compare (CcCaseFile *file, CcCaseFile *other)
{
  GError   *error = NULL;
  CcKinship kinship;

  g_assert_true (cc_exchange_compare (file, other, &kinship, &error));
  g_assert_no_error (error);
  return kinship;
}

/* One change, by a number that stands for what and where. */
typedef struct
{
  guint what;
  guint number; /* of a victim */
  guint other;  /* of another */
  guint salt;   /* makes values differ */
} Change;

static gint64
find_victim (CcAct *act, guint number)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, number, "x");

  return cc_store_find_uuid (cc_act_get_connection (act), record->uuid, NULL);
}

static gint64
find_number (CcAct *act, const char *sql)
{
  return cc_connection_get_int64 (cc_act_get_connection (act), sql, 0, NULL);
}

static gboolean
change_value (CcAct *act, const Change *self, gboolean sex, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  const gint64 id = find_victim (act, self->number);
  g_autoptr (CcRecord) record =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act), id, error);
  g_autofree char *name = g_strdup_printf ("Name%u", self->salt);
  CcPutResult      put;

  g_assert_nonnull (record);
  if (sex)
    cc_record_find (record, "VI03")->code =
        cc_pack_find_code (pack, "SEX", self->salt % 2 ? "M" : "F");
  else
    {
      cc_record_remove (record, "X_VI_ID_FAMILY");
      set_text (record, pack, "X_VI_ID_FAMILY", name);
    }
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

static gboolean
deliver (CcAct *act, const Change *self, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { .entity = find_number (act, "SELECT id FROM entity LIMIT 1"),
                              .period = cc_interval_year (2024),
                              .file_name = g_strdup_printf ("f%u.xlsx", self->salt),
                              .sha256 = g_strdup_printf ("%064u", self->salt),
                              .rows = 2,
                              .accepted = 2 };
  gboolean     ok = cc_act_add_submission (act, &submission, error);

  for (guint i = 0; ok && i < 2; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, 1000 + self->salt * 2 + i, "Delivered");
      const gint64 row = cc_act_add_source_row (act, submission.id, "S", 2 + (gint64) i, "[\"a\"]",
                                                "accepted", NULL, error);
      CcPutResult  put;

      ok = row > 0
           && cc_act_put_record (act, record, submission.entity, submission.id, row, &put, error);
    }
  g_free (submission.file_name);
  g_free (submission.sha256);
  g_free (submission.state);
  return ok;
}

static gboolean
decide (CcAct *act, const Change *self, gboolean same, GError **error)
{
  CcPairDecision decision = { .kind = (char *) "VI", .source = (char *) "review" };
  gint64         a = find_victim (act, self->number);
  gint64         b = find_victim (act, self->other);
  gint64         x = cc_act_find_cluster (act, a, error);
  gint64         y = cc_act_find_cluster (act, b, error);

  if (a == b || x == 0 || y == 0)
    return TRUE;
  decision.a = a;
  decision.b = b;
  decision.verdict = same ? CC_VERDICT_SAME : CC_VERDICT_DIFFERENT;
  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  if (same && x != y)
    return cc_act_join (act, x, y, decision.id, error);
  if (!same && x == y)
    return cc_act_split (act, x, &b, 1, decision.id, error);
  return TRUE;
}

static gboolean
run_change (CcAct *act, gpointer data, GError **error)
{
  const Change    *self = data;
  CcPack          *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autofree char *key = g_strdup_printf ("test.%u", self->number);
  g_autofree char *value = g_strdup_printf ("%u", self->salt);
  g_autoptr (CcRecord) record = NULL;
  CcPutResult put;

  switch (self->what)
    {
    case 0:
      record = make_victim (pack, 500 + self->salt, "New");
      return cc_act_put_record (act, record, 0, 0, 0, &put, error);
    case 1:
      return change_value (act, self, FALSE, error);
    case 2:
      return change_value (act, self, TRUE, error);
    case 3:
      return cc_act_withdraw_record (act, find_victim (act, self->number), error);
    case 4:
      return decide (act, self, TRUE, error);
    case 5:
      return decide (act, self, FALSE, error);
    case 6:
      return deliver (act, self, error);
    default:
      return cc_act_set_setting (act, key, value, error);
    }
}

static gboolean
begin (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  g_assert_cmpint (cc_act_add_entity (act, "police", "Police",
                                      cc_pack_find_code (pack, "RETYPE", "POL"), error),
                   >, 0);
  for (guint i = 0; i < N_VICTIMS; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, i, "Begin");
      CcPutResult put;

      if (!cc_act_put_record (act, record, 0, 0, 0, &put, error))
        return FALSE;
    }
  return TRUE;
}

static Change
choose (GRand *random, guint side, gboolean apart)
{
  static guint salt = 1;
  Change       change;

  change.what = (guint) g_rand_int_range (random, 0, 8);
  change.salt = salt++;
  change.number = (guint) g_rand_int_range (random, 0, N_VICTIMS);
  change.other = (guint) g_rand_int_range (random, 0, N_VICTIMS);
  /* Each side has its own half. */
  if (apart)
    {
      change.number = change.number % (N_VICTIMS / 2) + side * (N_VICTIMS / 2);
      change.other = change.other % (N_VICTIMS / 2) + side * (N_VICTIMS / 2);
    }
  return change;
}

/* Apart: nothing meets, so no question arises, and both ways lead to the same. */
static void
diverge (Fixture *fixture, guint seed, gboolean apart)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *name = g_strdup_printf ("copy-%u-%d.casecount", seed, apart);
  CcCaseFile      *other;
  CcMergeResult    result;
  g_autofree char *before = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < 3; i++)
    {
      Change change = choose (random, 0, FALSE);

      if (change.what != 3)
        act (fixture->file, run_change, &change);
    }
  other = copy_file (fixture, name);
  g_assert_cmpint (compare (fixture->file, other), ==, CC_KINSHIP_SAME);
  for (guint i = 0; i < 8; i++)
    {
      Change mine = choose (random, 0, apart);
      Change theirs = choose (random, 1, apart);

      act (fixture->file, run_change, &mine);
      act (other, run_change, &theirs);
    }
  g_assert_cmpint (compare (fixture->file, other), ==, CC_KINSHIP_DIVERGED);
  before = say (fixture->file);
  result = merge (fixture->file, other);
  if (apart && result.conflicts > 0)
    {
      CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
      g_autoptr (GPtrArray) list = cc_conflict_list (fixture->file, reader, TRUE, NULL);

      for (guint i = 0; i < list->len; i++)
        {
          const CcConflict *conflict = g_ptr_array_index (list, i);

          g_test_message ("kind %d record %d %s %s: %s | %s", conflict->kind,
                          (int) conflict->record, conflict->variable ? conflict->variable->id : "-",
                          conflict->name ? conflict->name : "-", conflict->mine, conflict->theirs);
        }
      cc_case_file_release_reader (fixture->file, reader);
    }
  if (apart)
    g_assert_cmpint (result.conflicts, ==, 0);
  g_assert_cmpint (compare (fixture->file, other), ==, CC_KINSHIP_OLDER);
  g_assert_cmpint (compare (other, fixture->file), ==, CC_KINSHIP_NEWER);
  here = say (fixture->file);
  g_assert_true (is_sound (fixture->file));
  /* Once more changes nothing. */
  hash = cc_case_file_content_hash (fixture->file, NULL);
  result = merge (fixture->file, other);
  g_assert_cmpint (result.added + result.updated + result.withdrawn + result.others, ==, 0);
  again = cc_case_file_content_hash (fixture->file, NULL);
  g_assert_cmpstr (hash, ==, again);
  /* The other way round. */
  merge (other, fixture->file);
  there = say (other);
  g_assert_true (is_sound (other));
  if (apart)
    g_assert_true (strcmp (here, there) == 0);
  g_assert_true (cc_case_file_close (other, NULL));
  cc_case_file_free (other);
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  act (fixture->file, begin, NULL);
  for (guint seed = 1; seed <= 5; seed++)
    diverge (fixture, seed, TRUE);
}

static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  act (fixture->file, begin, NULL);
  for (guint seed = 1; seed <= 5; seed++)
    diverge (fixture, seed, FALSE);
}

static void
close_file (CcCaseFile *file)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
}

static CcCaseFile *
make_package (Fixture *fixture, const char *name, gboolean identifiers)
{
  GError              *error = NULL;
  g_autofree char     *path = g_build_filename (fixture->folder, name, NULL);
  const CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN, .identifiers = identifiers };

  cc_package_write (fixture->file, &order, path, PASSPHRASE, NULL, NULL, &error);
  g_assert_no_error (error);
  return open_file (fixture, path);
}

/* A package goes out without names, is worked on, and comes back: what was done arrives, and what
 * it did not hold is not lost. */
static void
test_package_returns (Fixture *fixture, gconstpointer data)
{
  Change           sex = { 2, 3, 0, 4 };
  Change           fresh = { 0, 0, 0, 900 };
  Change           delivery = { 6, 0, 0, 77 };
  Change           join = { 4, 1, 2, 0 };
  Change           here = { 1, 5, 0, 8 };
  CcCaseFile      *package;
  CcMergeResult    result;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *again = NULL;

  act (fixture->file, begin, NULL);
  package = make_package (fixture, "part.casecount", FALSE);
  g_assert_cmpint (compare (fixture->file, package), ==, CC_KINSHIP_OLDER);
  act (package, run_change, &sex);
  act (package, run_change, &fresh);
  act (package, run_change, &delivery);
  act (package, run_change, &join);
  act (fixture->file, run_change, &here);
  result = merge (fixture->file, package);
  g_assert_cmpint (result.added, ==, 3);
  g_assert_cmpint (result.updated, ==, 1);
  g_assert_cmpint (result.withdrawn, ==, 0);
  g_assert_cmpint (result.conflicts, ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"
                                           " WHERE kind = 'family' AND value = 'Begin'"),
                   ==, N_VICTIMS - 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"
                                           " WHERE value = 'Name8'"),
                   ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM source_row"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pair_decision"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership"
                                           " WHERE to_act IS NULL GROUP BY cluster"
                                           " ORDER BY 1 DESC LIMIT 1"),
                   ==, 2);
  g_assert_true (is_sound (fixture->file));
  hash = fixture_hash (fixture);
  merge (fixture->file, package);
  again = fixture_hash (fixture);
  g_assert_cmpstr (hash, ==, again);
  text = say (fixture->file);
  g_assert_nonnull (strstr (text, "f77.xlsx"));
  close_file (package);
}

/* Both change one name: the newest stands, both wait, and either can be chosen. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  Change        mine = { 1, 2, 0, 10 };
  Change        theirs = { 1, 2, 0, 20 };
  CcCaseFile   *other;
  CcMergeResult result;

  act (fixture->file, begin, NULL);
  other = copy_file (fixture, "copy.casecount");
  act (fixture->file, run_change, &mine);
  g_usleep (1100 * 1000);
  act (other, run_change, &theirs);
  result = merge (fixture->file, other);
  g_assert_cmpint (result.conflicts, ==, 1);
  g_assert_cmpint (result.updated, ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"
                                           " WHERE value = 'Name20'"),
                   ==, 1);
  {
    CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
    g_autoptr (GPtrArray) list = cc_conflict_list (fixture->file, reader, FALSE, NULL);
    const CcConflict *conflict = g_ptr_array_index (list, 0);

    g_assert_cmpuint (list->len, ==, 1);
    g_assert_cmpint (cc_conflict_count_open (reader, NULL), ==, 1);
    g_assert_cmpint (conflict->kind, ==, CC_CONFLICT_VALUE);
    g_assert_cmpstr (conflict->variable->id, ==, "X_VI_ID_FAMILY");
    g_assert_cmpstr (conflict->mine, ==, "Name10");
    g_assert_cmpstr (conflict->theirs, ==, "Name20");
    g_assert_true (conflict->kept_theirs);
    g_assert_cmpint (conflict->theirs_time, >, conflict->mine_time);
    cc_case_file_release_reader (fixture->file, reader);
  }
  close_file (other);
}

typedef struct
{
  gint64   id;
  gboolean theirs;
} Settle;

static gboolean
settle (CcAct *act, gpointer data, GError **error)
{
  const Settle *self = data;

  return cc_act_settle_conflict (act, self->id, self->theirs, error);
}

static void
test_settle (Fixture *fixture, gconstpointer data)
{
  Change      mine = { 1, 2, 0, 10 };
  Change      theirs = { 1, 2, 0, 20 };
  Settle      choice = { 1, FALSE };
  CcCaseFile *other;
  g_autoptr (GError) error = NULL;

  act (fixture->file, begin, NULL);
  other = copy_file (fixture, "copy.casecount");
  act (fixture->file, run_change, &mine);
  act (other, run_change, &theirs);
  merge (fixture->file, other);
  act (fixture->file, settle, &choice);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"
                                           " WHERE value = 'Name10'"),
                   ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM merge_conflict"
                                           " WHERE mine IS NULL AND theirs IS NULL"),
                   ==, 1);
  g_assert_false (cc_case_file_act (fixture->file, "settle", settle, &choice, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_assert_true (is_sound (fixture->file));
  close_file (other);
}

/* A merge is taken back like any act; then the same can be brought in again. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  Change           theirs = { 1, 2, 0, 20 };
  Change           fresh = { 0, 0, 0, 901 };
  Change           join = { 4, 1, 2, 0 };
  GError          *error = NULL;
  CcCaseFile      *other;
  CcMergeResult    result;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  act (fixture->file, begin, NULL);
  other = copy_file (fixture, "copy.casecount");
  act (other, run_change, &theirs);
  act (other, run_change, &fresh);
  act (other, run_change, &join);
  before = fixture_hash (fixture);
  result = merge (fixture->file, other);
  first = say (fixture->file);
  cc_history_undo (fixture->file, result.act, NULL, NULL, &error);
  g_assert_no_error (error);
  undone = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, undone);
  result = merge (fixture->file, other);
  g_assert_cmpint (result.conflicts, ==, 0);
  second = say (fixture->file);
  g_assert_true (strcmp (first, second) == 0);
  close_file (other);
}

static void
assert_refused (CcCaseFile *file, CcCaseFile *other, CcError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = cc_case_file_content_hash (file, NULL);
  g_autofree char *after = NULL;

  g_assert_false (cc_merge (file, other, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, (int) code);
  g_test_message ("%s", error->message);
  after = cc_case_file_content_hash (file, NULL);
  g_assert_cmpstr (before, ==, after);
}

static CcCaseFile *
create (Fixture *fixture, const char *name, gboolean practice)
{
  GError          *error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  CcCaseFile *file = cc_case_file_create (path, PASSPHRASE, fixture->pack, "SEN", practice, &error);

  g_assert_no_error (error);
  return file;
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  CcCaseFile *practice = create (fixture, "practice.casecount", TRUE);
  CcCaseFile *stranger = create (fixture, "stranger.casecount", FALSE);
  CcCaseFile *same;
  GError     *error = NULL;

  assert_refused (fixture->file, practice, CC_ERROR_REFUSED);
  assert_refused (practice, fixture->file, CC_ERROR_REFUSED);
  assert_refused (fixture->file, stranger, CC_ERROR_REFUSED);
  g_assert_cmpint (compare (fixture->file, stranger), ==, CC_KINSHIP_OTHER);
  same = cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_refused (fixture->file, same, CC_ERROR_REFUSED);
  cc_case_file_free (same);
  close_file (practice);
  close_file (stranger);
}

static void
cancel_in_records (const CcProgressState *state, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Cancelled half way, the file is as it was, and the same works afterwards. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, cancel_in_records, cancellable);
  g_autoptr (GError) error = NULL;
  Change           fresh = { 0, 0, 0, 902 };
  CcCaseFile      *other;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  act (fixture->file, begin, NULL);
  other = copy_file (fixture, "copy.casecount");
  act (other, run_change, &fresh);
  before = fixture_hash (fixture);
  g_assert_false (cc_merge (fixture->file, other, progress, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (merge (fixture->file, other).added, ==, 1);
  close_file (other);
}

/* Private to the store: how a table takes part. */
const char *cc_merge_get_rule (const char *table);
const char *cc_package_get_rule (const char *table);

/* A table that nobody thought of would be lost in silence. */
static void
test_rules (Fixture *fixture, gconstpointer data)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  gboolean      has_row = TRUE;

  {
    g_autoptr (CcStatement) tables = cc_connection_prepare (
        reader, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        NULL);

    while (cc_statement_step (tables, &has_row, NULL) && has_row)
      {
        const char   *table = cc_statement_text (tables, 0);
        const CcUnit *unit = cc_pack_find_unit (fixture->pack, table);

        if (unit != NULL && strcmp (table, "submission") != 0)
          continue;
        g_test_message ("%s", table);
        g_assert_nonnull (cc_merge_get_rule (table));
        g_assert_nonnull (cc_package_get_rule (table));
      }
  }
  cc_case_file_release_reader (fixture->file, reader);
}

/* Copies are known by their beginning, without a passphrase; packages are not copies. */
static void
test_kinship (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *part = g_build_filename (fixture->folder, "part.casecount", NULL);
  CcCaseFile      *other;
  CcCaseFile      *package;
  Change           change = { 1, 2, 0, 30 };

  act (fixture->file, begin, NULL);
  other = copy_file (fixture, "copy.casecount");
  package = make_package (fixture, "part.casecount", TRUE);
  g_assert_true (cc_exchange_is_copy (fixture->path, copy));
  g_assert_false (cc_exchange_is_copy (fixture->path, part));
  /* The note that the package left makes this file newer than its copy. */
  g_assert_cmpint (compare (fixture->file, other), ==, CC_KINSHIP_OLDER);
  act (other, run_change, &change);
  g_assert_cmpint (compare (fixture->file, other), ==, CC_KINSHIP_DIVERGED);
  close_file (other);
  close_file (package);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/merge/apart", Fixture, NULL, fixture_set_up, test_apart, fixture_tear_down);
  g_test_add ("/merge/meeting", Fixture, NULL, fixture_set_up, test_meeting, fixture_tear_down);
  g_test_add ("/merge/package-returns", Fixture, NULL, fixture_set_up, test_package_returns,
              fixture_tear_down);
  g_test_add ("/merge/conflict", Fixture, NULL, fixture_set_up, test_conflict, fixture_tear_down);
  g_test_add ("/merge/settle", Fixture, NULL, fixture_set_up, test_settle, fixture_tear_down);
  g_test_add ("/merge/undo", Fixture, NULL, fixture_set_up, test_undo, fixture_tear_down);
  g_test_add ("/merge/refusals", Fixture, NULL, fixture_set_up, test_refusals, fixture_tear_down);
  g_test_add ("/merge/cancel", Fixture, NULL, fixture_set_up, test_cancel, fixture_tear_down);
  g_test_add ("/merge/rules", Fixture, NULL, fixture_set_up, test_rules, fixture_tear_down);
  g_test_add ("/merge/kinship", Fixture, NULL, fixture_set_up, test_kinship, fixture_tear_down);
  return g_test_run ();
}
