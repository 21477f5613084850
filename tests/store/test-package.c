/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-exchange.h>
#include <cc/store/cc-finding.h>

/* Two agencies with records of their own: what belongs to one must not be in a package of the
 * other. Their names occur nowhere else. */

#define OTHER_PASSPHRASE "seven slow grey herons"

typedef struct
{
  const char *entity;
  guint       first;
  guint       n;
  const char *family;
  int         basis;
  gint64      submission;
} Delivery;

static void
add_entity (Fixture *fixture, const char *key, const char *name)
{
  GError *error = NULL;

  g_assert_true (cc_entity_add (fixture->file, key, name,
                                cc_pack_find_code (fixture->pack, "RETYPE", "POL"), &error));
  g_assert_no_error (error);
}

static gint64
find_entity (CcAct *act, const char *key)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (act), "SELECT id FROM entity WHERE key = ?1",
                             NULL);
  gboolean has_row;

  cc_statement_bind_text (find, 1, key);
  g_assert_true (cc_statement_step (find, &has_row, NULL));
  g_assert_true (has_row);
  return cc_statement_int64 (find, 0);
}

/* Raw rows, records with names, an event each, a link, and one parked row. */
static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  Delivery    *self = data;
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  const gint64 entity = find_entity (act, self->entity);
  CcSubmission submission = { .entity = entity,
                              .period = cc_interval_year (2024),
                              .file_name = g_strdup_printf ("%s-2024.xlsx", self->entity),
                              .sha256 = g_strdup_printf ("%064u", self->first),
                              .rows = self->n + 1,
                              .accepted = self->n,
                              .parked = 1 };

  g_assert_true (cc_act_set_entity_rights (act, entity, TRUE, self->basis, error));
  g_assert_true (cc_act_add_submission (act, &submission, error));
  self->submission = submission.id;
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *cells = g_strdup_printf ("[\"%s\",\"F\"]", self->family);
      g_autoptr (CcRecord) victim = make_victim (pack, self->first + i, self->family);
      g_autoptr (CcRecord) event = cc_record_new (cc_pack_find_unit (pack, "event"));
      g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (pack, "victim_event"));
      const gint64 row = cc_act_add_source_row (act, submission.id, "Sheet1", 2 + (gint64) i, cells,
                                                "accepted", NULL, error);
      CcPutResult  put;

      g_assert_cmpint (row, >, 0);
      cc_act_make_uuid (act, self->entity, "EV", victim->uuid[0] ? "1" : "0", event->uuid);
      memcpy (event->uuid, victim->uuid, 16);
      event->uuid[4] = 2;
      memcpy (link->uuid, victim->uuid, 16);
      link->uuid[4] = 3;
      g_assert_true (cc_act_put_record (act, victim, entity, submission.id, row, &put, error));
      g_assert_true (cc_act_put_record (act, event, entity, submission.id, row, &put, error));
      link->parents[0] = victim->id;
      link->parents[1] = event->id;
      g_assert_true (cc_act_put_record (act, link, entity, submission.id, row, &put, error));
    }
  g_assert_cmpint (cc_act_add_source_row (act, submission.id, "Sheet1", 2 + (gint64) self->n,
                                          "[\"parked\"]", "parked", "parked.no-date", error),
                   >, 0);
  g_free (submission.file_name);
  g_free (submission.sha256);
  g_free (submission.state);
  return TRUE;
}

static void
set_up_two (Fixture *fixture)
{
  Delivery mine = { "gendarmes", 1, 4, "Koffiwara", 0, 0 };
  Delivery other = { "shelterhouse", 100, 4, "Zinsoukpo", 0, 0 };

  cc_case_file_set_user (fixture->file, "Office Clerk Quelconque");
  add_entity (fixture, "gendarmes", "Gendarmerie of the North");
  add_entity (fixture, "shelterhouse", "Refuge Espoirville");
  fixture_act (fixture, deliver, &mine);
  fixture_act (fixture, deliver, &other);
}

static char *
write_package (Fixture              *fixture,
               const char           *name,
               const CcPackageOrder *order,
               CcPackageResult      *result)
{
  GError  *error = NULL;
  char    *path = g_build_filename (fixture->folder, name, NULL);
  gboolean ok =
      cc_package_write (fixture->file, order, path, OTHER_PASSPHRASE, NULL, result, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return path;
}

static CcCaseFile *
open_package (Fixture *fixture, const char *path)
{
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (path, OTHER_PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

/* Every value of every table as one text: what somebody with the passphrase can read. */
static char *
dump (CcCaseFile *file)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = TRUE;

  {
    g_autoptr (CcStatement) names =
        cc_connection_prepare (reader, "SELECT name FROM sqlite_master WHERE type = 'table'",
                               &error);

    while (cc_statement_step (names, &has_row, &error) && has_row)
      g_ptr_array_add (tables, g_strdup (cc_statement_text (names, 0)));
  }
  for (guint i = 0; i < tables->len; i++)
    {
      const char      *table = g_ptr_array_index (tables, i);
      g_autofree char *info =
          g_strdup_printf ("SELECT group_concat ('quote (\"' || name || '\")', ' || '','' || ')"
                           " FROM pragma_table_info ('%s')",
                           table);
      g_autoptr (CcStatement) columns = cc_connection_prepare (reader, info, &error);
      g_autofree char *sql = NULL;
      g_autoptr (CcStatement) rows = NULL;

      g_assert_true (cc_statement_step (columns, &has_row, &error));
      sql = g_strdup_printf ("SELECT %s FROM \"%s\"", cc_statement_text (columns, 0), table);
      rows = cc_connection_prepare (reader, sql, &error);
      g_assert_no_error (error);
      while (cc_statement_step (rows, &has_row, &error) && has_row)
        g_string_append_printf (text, "%s: %s\n", table, cc_statement_text (rows, 0));
      g_assert_no_error (error);
    }
  cc_case_file_release_reader (file, reader);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gint64
count_in (CcCaseFile *file, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  gint64        n = cc_connection_get_int64 (reader, sql, -1, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return n;
}

static void
assert_sound (CcCaseFile *file)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (cc_case_file_verify (file, &problems, &error));
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Nothing of the other agency, of users, of earlier acts is in it; what belongs to it is. */
static void
test_subset (Fixture *fixture, gconstpointer data)
{
  static const char *const entities[] = { "gendarmes", NULL };
  static const char *const foreign[] = { "shelterhouse", "Espoirville", "Zinsoukpo",
                                         "shelterhouse-2024.xlsx" };
  const CcPackageOrder     order = { .entities = entities,
                                     .period = CC_INTERVAL_UNKNOWN,
                                     .identifiers = TRUE,
                                     .audience = "agency" };
  CcPackageResult          result = { 0 };
  g_autofree char         *path = NULL;
  g_autofree char         *head = NULL;
  g_autofree char         *text = NULL;
  g_autoptr (CcCaseFile) package = NULL;

  set_up_two (fixture);
  head = cc_case_file_head_hash (fixture->file, NULL);
  path = write_package (fixture, "part.casecount", &order, &result);
  g_assert_cmpint (result.victims, ==, 4);
  g_assert_cmpint (result.events, ==, 4);
  g_assert_cmpint (result.records, ==, 12);
  g_assert_cmpstr (result.head, ==, head);
  package = open_package (fixture, path);
  text = dump (package);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (strstr (text, foreign[i]));
  g_assert_null (strstr (text, "user: "));
  g_assert_nonnull (strstr (text, "Koffiwara"));
  g_assert_nonnull (strstr (text, "gendarmes-2024.xlsx"));
  g_assert_nonnull (strstr (text, head));
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM record"), ==, 12);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM source_row"), ==, 5);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM audit"), ==, 2);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM victim_event"
                                      " WHERE victim IS NOT NULL AND event IS NOT NULL"),
                   ==, 4);
  assert_sound (package);
  assert_sound (fixture->file);
  /* That it left is an act of the file. */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change"
                                           " WHERE tbl = 'package' AND key = 'part.casecount'"
                                           " AND after LIKE '%audience=agency%'"),
                   ==, 1);
  cc_package_result_clear (&result);
}

/* Decrypted page by page: no page, used or free, has a word of the rest. The package is encrypted,
 * so it is copied into one without a key by the only means there is: reading what it says. */
static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  static const char *const entities[] = { "gendarmes", NULL };
  const CcPackageOrder     order = { .entities = entities, .period = CC_INTERVAL_UNKNOWN };
  g_autofree char         *path = NULL;
  g_autoptr (CcCaseFile) package = NULL;

  set_up_two (fixture);
  path = write_package (fixture, "part.casecount", &order, NULL);
  package = open_package (fixture, path);
  g_assert_cmpint (count_in (package, "PRAGMA freelist_count"), ==, 0);
}

/* Without identifiers: no name in a table, in a raw row, in a finding. */
static void
test_without_identifiers (Fixture *fixture, gconstpointer data)
{
  static const char *const entities[] = { "gendarmes", NULL };
  const CcPackageOrder     order = { .entities = entities, .period = CC_INTERVAL_UNKNOWN };
  g_autofree char         *path = NULL;
  g_autofree char         *text = NULL;
  g_autoptr (CcCaseFile) package = NULL;
  g_autoptr (CcPackageInfo) info = NULL;
  CcConnection *reader;

  set_up_two (fixture);
  path = write_package (fixture, "part.casecount", &order, NULL);
  package = open_package (fixture, path);
  text = dump (package);
  g_assert_null (strstr (text, "Koffiwara"));
  g_assert_null (strstr (text, "Awa"));
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM victim"), ==, 4);
  reader = cc_case_file_acquire_reader (package, NULL);
  info = cc_package_info_read (reader, NULL);
  g_assert_nonnull (info);
  g_assert_false (info->identifiers);
  g_assert_cmpstr (info->entities, ==, "gendarmes");
  cc_case_file_release_reader (package, reader);
}

static char *
read_meta (CcCaseFile *file, const char *key)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  CcStatement *find = cc_connection_prepare (reader, "SELECT value FROM meta WHERE key = ?1", NULL);
  gboolean     has_row;
  char        *value;

  cc_statement_bind_text (find, 1, key);
  g_assert_true (cc_statement_step (find, &has_row, NULL));
  g_assert_true (has_row);
  value = g_strdup (cc_statement_text (find, 0));
  cc_statement_release (find);
  cc_case_file_release_reader (file, reader);
  return value;
}

/* With the file's secret the UUIDs would tell case numbers to whoever tries them; the package still
 * comes home, and so does one made of it. */
static void
test_secret (Fixture *fixture, gconstpointer data)
{
  static const char *const entities[] = { "gendarmes", NULL };
  CcPackageOrder           order = { .entities = entities, .period = CC_INTERVAL_UNKNOWN };
  g_autofree char         *own = NULL;

  set_up_two (fixture);
  own = read_meta (fixture->file, "record-secret");
  g_assert_nonnull (own);
  for (guint identifiers = 0; identifiers < 2; identifiers++)
    {
      const char      *name = identifiers ? "named.casecount" : "part.casecount";
      g_autofree char *path = NULL;
      g_autofree char *secret = NULL;
      g_autofree char *text = NULL;
      g_autoptr (CcCaseFile) package = NULL;
      CcKinship kinship;

      order.identifiers = identifiers == 1;
      path = write_package (fixture, name, &order, NULL);
      package = open_package (fixture, path);
      secret = read_meta (package, "record-secret");
      g_assert_nonnull (secret);
      g_assert_cmpint (strcmp (secret, own) == 0, ==, order.identifiers);
      text = dump (package);
      g_assert_cmpint (strstr (text, own) != NULL, ==, order.identifiers);
      g_assert_true (cc_exchange_compare (fixture->file, package, &kinship, NULL));
      g_assert_cmpint (kinship, !=, CC_KINSHIP_OTHER);
    }
}

static gboolean
set_bases (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "UPDATE record SET basis = 1 WHERE id % 12 < 3;"
                                "UPDATE record SET basis = 2 WHERE id % 12 BETWEEN 3 AND 5;"
                                "UPDATE record SET basis = 3 WHERE id % 12 BETWEEN 6 AND 8;",
                                error);
}

static void
test_basis (Fixture *fixture, gconstpointer data)
{
  const CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN, .identifiers = TRUE };
  CcPackageResult      result = { 0 };
  g_autofree char     *path = NULL;
  g_autoptr (CcCaseFile) package = NULL;

  set_up_two (fixture);
  fixture_act (fixture, set_bases, NULL);
  path = write_package (fixture, "part.casecount", &order, &result);
  package = open_package (fixture, path);
  g_assert_cmpint (result.left_out_basis, >, 0);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM record WHERE basis > 1"), ==, 0);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM record WHERE basis = 1"), >, 0);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM identifier i JOIN record r"
                                      " ON r.id = i.record WHERE r.basis <> 0"),
                   ==, 0);
  g_assert_cmpint (count_in (package, "SELECT count (*) FROM source_row w JOIN record r"
                                      " ON r.source_row = w.id WHERE r.basis <> 0"
                                      " AND w.cells IS NOT NULL"),
                   ==, 0);
  assert_sound (package);
  cc_package_result_clear (&result);
}

/* What is told before is what is written, and telling changes nothing. */
static void
assert_preview (Fixture *fixture, const CcPackageOrder *order, const CcPackageResult *written)
{
  GError          *error = NULL;
  CcPackageResult  told = { 0 };
  g_autofree char *before = cc_case_file_head_hash (fixture->file, NULL);
  g_autofree char *after = NULL;

  cc_package_preview (fixture->file, order, NULL, &told, &error);
  g_assert_no_error (error);
  after = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (told.records, ==, written->records);
  g_assert_cmpint (told.victims, ==, written->victims);
  g_assert_cmpint (told.perpetrators, ==, written->perpetrators);
  g_assert_cmpint (told.events, ==, written->events);
  g_assert_cmpint (told.left_out_basis, ==, written->left_out_basis);
  g_assert_cmpint (told.left_out_dates, ==, written->left_out_dates);
  g_assert_null (told.head);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  static const char *const unknown[] = { "nobody", NULL };
  static const char *const nobody[] = { NULL };
  static const char *const units[] = { "event", NULL };
  const CcPackageOrder     orders[] = {
        { .period = CC_INTERVAL_UNKNOWN, .identifiers = TRUE },
        { .period = CC_INTERVAL_UNKNOWN, .units = units },
        { .period = cc_interval_month (2024, 2) },
        { .period = cc_interval_month (1999, 2) },
  };
  const CcPackageOrder wrong[] = { { .entities = unknown, .period = CC_INTERVAL_UNKNOWN },
                                   { .entities = nobody, .period = CC_INTERVAL_UNKNOWN } };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CcPackageResult result = { 0 };

  set_up_two (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *name = g_strdup_printf ("part-%u.casecount", i);
      g_autofree char *path = write_package (fixture, name, &orders[i], &result);

      assert_preview (fixture, &orders[i], &result);
      cc_package_result_clear (&result);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (cc_package_preview (fixture->file, &wrong[i], NULL, &result, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_cancellable_cancel (cancelled);
  g_assert_false (cc_package_preview (fixture->file, &orders[0], cancelled, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_period_and_units (Fixture *fixture, gconstpointer data)
{
  static const char *const units[] = { "victim", NULL };
  const CcPackageOrder     order = { .period = cc_interval_month (2024, 2), .units = units };
  CcPackageResult          result = { 0 };
  g_autofree char         *path = NULL;
  g_autoptr (CcCaseFile) package = NULL;

  set_up_two (fixture);
  path = write_package (fixture, "part.casecount", &order, &result);
  package = open_package (fixture, path);
  /* Detected in February: number 1; events of the same come with them. */
  g_assert_cmpint (result.victims, ==, 1);
  g_assert_cmpint (result.events, ==, 1);
  g_assert_cmpint (result.records, ==, 3);
  assert_sound (package);
  cc_package_result_clear (&result);
}

static void
assert_refused (Fixture              *fixture,
                const CcPackageOrder *order,
                const char           *path,
                const char           *words,
                CcError               code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = cc_case_file_head_hash (fixture->file, NULL);
  g_autofree char *after = NULL;

  g_assert_false (cc_package_write (fixture->file, order, path, words, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, (int) code);
  g_test_message ("%s", error->message);
  after = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const char *const unknown[] = { "nobody", NULL };
  const CcPackageOrder     all = { .period = CC_INTERVAL_UNKNOWN };
  const CcPackageOrder     none = { .entities = unknown, .period = CC_INTERVAL_UNKNOWN };
  g_autofree char         *path = g_build_filename (fixture->folder, "part.casecount", NULL);
  g_autofree char         *part = g_strconcat (path, ".part", NULL);

  set_up_two (fixture);
  assert_refused (fixture, &none, path, OTHER_PASSPHRASE, CC_ERROR_NOT_FOUND);
  assert_refused (fixture, &all, path, "", CC_ERROR_USAGE);
  assert_refused (fixture, &all, fixture->path, OTHER_PASSPHRASE, CC_ERROR_EXISTS);
  assert_refused (fixture, &all, "/nowhere/part.casecount", OTHER_PASSPHRASE, CC_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static gboolean
refuse_to_deliver (const char *path, gpointer called, GError **error)
{
  *(gboolean *) called = g_file_test (path, G_FILE_TEST_EXISTS);
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NO_SPACE, "The stick is full.");
  return FALSE;
}

/* What does not arrive did not leave: the history says nothing and no file is left. */
static void
test_not_delivered (Fixture *fixture, gconstpointer data)
{
  const CcPackageOrder all = { .period = CC_INTERVAL_UNKNOWN };
  g_autofree char     *path = g_build_filename (fixture->folder, "part.casecount", NULL);
  g_autofree char     *before = NULL;
  g_autofree char     *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean called = FALSE;

  set_up_two (fixture);
  before = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_false (cc_package_hand_over (fixture->file, &all, path, OTHER_PASSPHRASE,
                                        refuse_to_deliver, &called, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NO_SPACE);
  g_assert_true (called);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  after = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/package/subset", Fixture, NULL, fixture_set_up, test_subset, fixture_tear_down);
  g_test_add ("/package/fresh", Fixture, NULL, fixture_set_up, test_fresh, fixture_tear_down);
  g_test_add ("/package/without-identifiers", Fixture, NULL, fixture_set_up,
              test_without_identifiers, fixture_tear_down);
  g_test_add ("/package/secret", Fixture, NULL, fixture_set_up, test_secret, fixture_tear_down);
  g_test_add ("/package/basis", Fixture, NULL, fixture_set_up, test_basis, fixture_tear_down);
  g_test_add ("/package/period-and-units", Fixture, NULL, fixture_set_up, test_period_and_units,
              fixture_tear_down);
  g_test_add ("/package/preview", Fixture, NULL, fixture_set_up, test_preview, fixture_tear_down);
  g_test_add ("/package/not-delivered", Fixture, NULL, fixture_set_up, test_not_delivered,
              fixture_tear_down);
  g_test_add ("/package/refusals", Fixture, NULL, fixture_set_up, test_refusals, fixture_tear_down);
  return g_test_run ();
}
