/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-fixture.h"

#include <cc/store/cc-entity.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-retention.h>

/* What a merge does in each case a person may meet. */

static CcCaseFile *
make_package (Fixture *fixture, const char *name, gboolean identifiers)
{
  GError              *error = NULL;
  g_autofree char     *path = g_build_filename (fixture->folder, name, NULL);
  const CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN, .identifiers = identifiers };

  cc_package_write (fixture->file, &order, path, PASSPHRASE, NULL, NULL, &error);
  g_assert_no_error (error);
  return merge_open (fixture, path);
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

  merge_act (fixture->file, merge_begin, NULL);
  package = make_package (fixture, "part.casecount", FALSE);
  g_assert_cmpint (merge_compare (fixture->file, package), ==, CC_KINSHIP_OLDER);
  merge_act (package, merge_run_change, &sex);
  merge_act (package, merge_run_change, &fresh);
  merge_act (package, merge_run_change, &delivery);
  merge_act (package, merge_run_change, &join);
  merge_act (fixture->file, merge_run_change, &here);
  result = merge_files (fixture->file, package);
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
  g_assert_true (merge_is_sound (fixture->file));
  hash = fixture_hash (fixture);
  merge_files (fixture->file, package);
  again = fixture_hash (fixture);
  g_assert_cmpstr (hash, ==, again);
  text = merge_say (fixture->file);
  g_assert_nonnull (strstr (text, "f77.xlsx"));
  merge_close (package);
}

static CcHistoryBrought *
read_brought (CcCaseFile *file, gint64 seq)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  g_autoptr (CcHistoryAct) act = cc_history_get (reader, seq, &error);
  CcHistoryBrought *brought = cc_history_get_brought (reader, act, &error);
  g_autoptr (GPtrArray) changes = NULL;
  gint64 n_all = 0;

  g_assert_no_error (error);
  changes = cc_history_list_brought_changes (reader, act, 1, &n_all, &error);
  g_assert_no_error (error);
  g_assert_cmpint (changes->len, ==, MIN (n_all, 1));
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpstr (((CcHistoryChange *) g_ptr_array_index (changes, i))->table, !=, "merged");
  cc_case_file_release_reader (file, reader);
  return brought;
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "shelter", "The Shelter",
                            cc_pack_find_code (pack, "RETYPE", "SHE"), error)
         != 0;
}

static gboolean
add_refuge (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "shelter", "Refuge of the Coast",
                            cc_pack_find_code (pack, "RETYPE", "SHE"), error)
         != 0;
}

/* Two sides made an agency under one key: what both sent belongs to one agency from then on. Where
 * they call it by two names, it may be two, and that is asked, with both names; where all they say
 * of it is the same, it is one. */
static void
test_two_agencies (Fixture *fixture, gconstpointer data)
{
  const CcActFunc theirs[] = { add_refuge, add_agency };

  merge_act (fixture->file, merge_begin, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *mine = g_strdup_printf ("mine%u.casecount", i);
      g_autofree char *name = g_strdup_printf ("copy%u.casecount", i);
      CcCaseFile      *here = merge_copy (fixture, mine);
      CcCaseFile      *other = merge_copy (fixture, name);
      CcConnection    *reader;
      CcMergeResult    result;
      GError          *error = NULL;

      merge_act (here, add_agency, NULL);
      merge_act (other, theirs[i], NULL);
      result = merge_files (here, other);
      g_assert_cmpint (result.agencies, ==, 0);
      g_assert_cmpint (result.conflicts, ==, i == 0);
      reader = cc_case_file_acquire_reader (here, NULL);
      {
        g_autoptr (GPtrArray) conflicts = cc_conflict_list (here, reader, FALSE, &error);

        g_assert_no_error (error);
        for (guint j = 0; j < conflicts->len; j++)
          {
            const CcConflict *conflict = g_ptr_array_index (conflicts, j);

            g_test_message ("%s %s: %s | %s", conflict->table, conflict->name, conflict->mine,
                            conflict->theirs);
            g_assert_cmpint (conflict->kind, ==, CC_CONFLICT_ROW);
            g_assert_cmpstr (conflict->table, ==, "entity");
            g_assert_nonnull (strstr (conflict->mine, "The Shelter"));
            g_assert_nonnull (strstr (conflict->theirs, "Refuge of the Coast"));
          }
      }
      cc_case_file_release_reader (here, reader);
      merge_close (other);
      merge_close (here);
    }
}

/* Found by what it brought: an agency, or the file of a delivery. */
static gboolean
is_found (CcCaseFile *file, gint64 seq, const char *text)
{
  const CcHistoryFilter filter = { .text = text };
  GError               *error = NULL;
  CcConnection         *reader = cc_case_file_acquire_reader (file, &error);
  g_autoptr (GArray) found = cc_history_find (reader, &filter, &error);
  gboolean is = FALSE;

  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  for (guint i = 0; i < found->len; i++)
    is = is || g_array_index (found, gint64, i) == seq;
  return is;
}

/* What the history says of a merge: an agency, its delivery, records new, changed and withdrawn. */
static void
test_brought (Fixture *fixture, gconstpointer data)
{
  Change        sex = { 2, 3, 0, 4 };
  Change        fresh = { 0, 0, 0, 900 };
  Change        delivery = { 6, 0, 0, 77 };
  CcCaseFile   *other;
  CcMergeResult result;
  g_autoptr (CcHistoryBrought) brought = NULL;
  g_autoptr (CcHistoryBrought) after = NULL;
  GError *error = NULL;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  merge_act (other, add_agency, NULL);
  merge_act (other, merge_run_change, &sex);
  merge_act (other, merge_run_change, &fresh);
  merge_act (other, merge_run_change, &delivery);
  result = merge_files (fixture->file, other);
  g_assert_cmpint (result.agencies, ==, 1);
  g_assert_cmpint (result.deliveries, ==, 1);
  brought = read_brought (fixture->file, result.act);
  g_assert_false (brought->package);
  g_assert_cmpint (brought->n_agencies, ==, 1);
  g_assert_cmpuint (brought->agencies->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (brought->agencies, 0), ==, "The Shelter");
  g_assert_cmpint (brought->deliveries, ==, 1);
  g_assert_cmpint (brought->added, ==, result.added);
  g_assert_cmpint (brought->changed, ==, result.updated);
  g_assert_cmpint (brought->withdrawn, ==, 0);
  g_assert_true (is_found (fixture->file, result.act, "the shelter"));
  g_assert_true (is_found (fixture->file, result.act, "F77.xlsx"));
  g_assert_false (is_found (fixture->file, result.act, "the hospital"));
  /* Taken back, it still says what came; the agency has no name any more. */
  g_assert_true (cc_history_undo (fixture->file, result.act, NULL, NULL, &error));
  g_assert_no_error (error);
  after = read_brought (fixture->file, result.act);
  g_assert_cmpint (after->n_agencies, ==, 1);
  g_assert_cmpuint (after->agencies->len, ==, 0);
  g_assert_cmpint (after->added, ==, result.added);
  merge_close (other);
}

/* Both change one name: the newest stands, both wait, and either can be chosen. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  Change        mine = { 1, 2, 0, 10 };
  Change        theirs = { 1, 2, 0, 20 };
  CcCaseFile   *other;
  CcMergeResult result;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  merge_act (fixture->file, merge_run_change, &mine);
  g_usleep (1100 * 1000);
  merge_act (other, merge_run_change, &theirs);
  result = merge_files (fixture->file, other);
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
  merge_close (other);
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

/* Removes the identifiers of a record. */
static void
withdraw_names (Fixture *fixture, gint64 record)
{
  CcPurgeResult purged;
  GError       *error = NULL;

  cc_retention_withdraw (fixture->file, record, NULL, NULL, &purged, &error);
  g_assert_no_error (error);
}

static void
test_settle (Fixture *fixture, gconstpointer data)
{
  Change      mine = { 1, 2, 0, 10 };
  Change      theirs = { 1, 2, 0, 20 };
  Settle      choice = { 1, FALSE };
  CcCaseFile *other;
  g_autoptr (GError) error = NULL;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  merge_act (fixture->file, merge_run_change, &mine);
  merge_act (other, merge_run_change, &theirs);
  merge_files (fixture->file, other);
  merge_act (fixture->file, settle, &choice);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"
                                           " WHERE value = 'Name10'"),
                   ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM merge_conflict"
                                           " WHERE mine IS NOT NULL AND theirs IS NOT NULL"),
                   ==, 1);
  {
    CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
    g_autoptr (GPtrArray) list = cc_conflict_list (fixture->file, reader, TRUE, NULL);
    const CcConflict *conflict = g_ptr_array_index (list, 0);

    g_assert_false (conflict->open);
    g_assert_cmpstr (conflict->mine, ==, "Name10");
    g_assert_cmpstr (conflict->theirs, ==, "Name20");
    g_assert_nonnull (strstr (conflict->name, "victim record "));
    cc_case_file_release_reader (fixture->file, reader);
  }
  g_assert_false (cc_case_file_act (fixture->file, "settle", settle, &choice, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (merge_is_sound (fixture->file));
  /* What a purge removes, the queue forgets, too. */
  withdraw_names (fixture, fixture_count (fixture, "SELECT record FROM merge_conflict"));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM merge_conflict"
                                           " WHERE mine IS NULL AND theirs IS NULL"),
                   ==, 1);
  g_assert_true (merge_is_sound (fixture->file));
  merge_close (other);
}

/* Names removed here, the record withdrawn there: nobody but a person can say which was meant. */
static void
test_purge_against_change (Fixture *fixture, gconstpointer data)
{
  Change        theirs = { 3, 2, 0, 0 };
  CcMergeResult result;
  CcCaseFile   *other;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  withdraw_names (fixture, 3);
  merge_act (other, merge_run_change, &theirs);
  result = merge_files (fixture->file, other);
  g_assert_cmpint (result.conflicts, ==, 1);
  {
    CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
    g_autoptr (GPtrArray) list = cc_conflict_list (fixture->file, reader, FALSE, NULL);
    const CcConflict *conflict = g_ptr_array_index (list, 0);

    g_assert_cmpint (conflict->kind, ==, CC_CONFLICT_STATE);
    g_assert_cmpint (conflict->record, ==, 3);
    g_assert_cmpstr (conflict->mine, ==, "live");
    g_assert_cmpstr (conflict->theirs, ==, "withdrawn");
    cc_case_file_release_reader (fixture->file, reader);
  }
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier WHERE record = 3"
                                           " AND value <> '███'"),
                   ==, 0);
  g_assert_true (merge_is_sound (fixture->file));
  merge_close (other);
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

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  merge_act (other, merge_run_change, &theirs);
  merge_act (other, merge_run_change, &fresh);
  merge_act (other, merge_run_change, &join);
  before = fixture_hash (fixture);
  result = merge_files (fixture->file, other);
  first = merge_say (fixture->file);
  cc_history_undo (fixture->file, result.act, NULL, NULL, &error);
  g_assert_no_error (error);
  undone = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, undone);
  result = merge_files (fixture->file, other);
  g_assert_cmpint (result.conflicts, ==, 0);
  second = merge_say (fixture->file);
  g_assert_true (strcmp (first, second) == 0);
  merge_close (other);
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
  g_assert_cmpint (merge_compare (fixture->file, stranger), ==, CC_KINSHIP_OTHER);
  same = cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_refused (fixture->file, same, CC_ERROR_REFUSED);
  cc_case_file_free (same);
  merge_close (practice);
  merge_close (stranger);
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

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  merge_act (other, merge_run_change, &fresh);
  before = fixture_hash (fixture);
  g_assert_false (cc_merge (fixture->file, other, progress, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (merge_files (fixture->file, other).added, ==, 1);
  merge_close (other);
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
static gboolean
keep_profile (CcAct *act, gpointer data, GError **error)
{
  CcProfileVersion profile = { .name = (char *) "Lists", .body = data };

  return cc_act_keep_profile (act, &profile, error);
}

/* A merge numbers versions of a profile anew; taken back, they have the numbers that they had. */
static void
test_undo_versions (Fixture *fixture, gconstpointer data)
{
  static const char *const theirs[] = { "a", "b" };
  static const char *const mine[] = { "c", "d" };
  CcCaseFile              *other;
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  CcMergeResult result;
  GError       *error = NULL;

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  for (guint i = 0; i < 2; i++)
    merge_act (other, keep_profile, (gpointer) theirs[i]);
  for (guint i = 0; i < 2; i++)
    merge_act (fixture->file, keep_profile, (gpointer) mine[i]);
  before = fixture_hash (fixture);
  result = merge_files (fixture->file, other);
  g_assert_cmpint (fixture_count (fixture, "SELECT max (version) FROM profile_version"), ==, 4);
  g_assert_true (cc_history_undo (fixture->file, result.act, NULL, NULL, &error));
  g_assert_no_error (error);
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  problems = fixture_problems (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  merge_close (other);
}

static void
test_kinship (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_autofree char *part = g_build_filename (fixture->folder, "part.casecount", NULL);
  CcCaseFile      *other;
  CcCaseFile      *package;
  Change           change = { 1, 2, 0, 30 };

  merge_act (fixture->file, merge_begin, NULL);
  other = merge_copy (fixture, "copy.casecount");
  package = make_package (fixture, "part.casecount", TRUE);
  g_assert_true (cc_exchange_is_copy (fixture->path, copy));
  g_assert_false (cc_exchange_is_copy (fixture->path, part));
  /* The note that the package left makes this file newer than its copy. */
  g_assert_cmpint (merge_compare (fixture->file, other), ==, CC_KINSHIP_OLDER);
  merge_act (other, merge_run_change, &change);
  g_assert_cmpint (merge_compare (fixture->file, other), ==, CC_KINSHIP_DIVERGED);
  merge_close (other);
  merge_close (package);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/merge/package-returns", Fixture, NULL, fixture_set_up, test_package_returns,
              fixture_tear_down);
  g_test_add ("/merge/conflict", Fixture, NULL, fixture_set_up, test_conflict, fixture_tear_down);
  g_test_add ("/merge/two-agencies", Fixture, NULL, fixture_set_up, test_two_agencies,
              fixture_tear_down);
  g_test_add ("/merge/brought", Fixture, NULL, fixture_set_up, test_brought, fixture_tear_down);
  g_test_add ("/merge/settle", Fixture, NULL, fixture_set_up, test_settle, fixture_tear_down);
  g_test_add ("/merge/purge-against-change", Fixture, NULL, fixture_set_up,
              test_purge_against_change, fixture_tear_down);
  g_test_add ("/merge/undo", Fixture, NULL, fixture_set_up, test_undo, fixture_tear_down);
  g_test_add ("/merge/undo-versions", Fixture, NULL, fixture_set_up, test_undo_versions,
              fixture_tear_down);
  g_test_add ("/merge/refusals", Fixture, NULL, fixture_set_up, test_refusals, fixture_tear_down);
  g_test_add ("/merge/cancel", Fixture, NULL, fixture_set_up, test_cancel, fixture_tear_down);
  g_test_add ("/merge/rules", Fixture, NULL, fixture_set_up, test_rules, fixture_tear_down);
  g_test_add ("/merge/kinship", Fixture, NULL, fixture_set_up, test_kinship, fixture_tear_down);
  return g_test_run ();
}
