/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-retention.h>

#include <openssl/evp.h>
#include <string.h>

/* No text of the program or of the pack holds these. */
#define FAMILY "Zzimbelwan"
#define GIVEN  "Qqarolest"
#define PHONE  "+229 55 44 99 17"
#define OTHER  "Wwendelyx"

#define PAGE    4096
#define RESERVE 80

/* Every byte of the file in the clear, free pages included, as whoever has the passphrase could get
 * it. SQLCipher 4: AES-256 in CBC mode, its start vector and code at each page's end. */
static GByteArray *
decrypt_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize            size;
  guint8           key[32];
  GByteArray      *plain = g_byte_array_new ();
  EVP_CIPHER_CTX  *context = EVP_CIPHER_CTX_new ();

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size % PAGE, ==, 0);
  g_assert_cmpint (PKCS5_PBKDF2_HMAC (PASSPHRASE, (int) strlen (PASSPHRASE), (guint8 *) bytes, 16,
                                      256000, EVP_sha512 (), sizeof key, key),
                   ==, 1);
  for (gsize i = 0; i < size / PAGE; i++)
    {
      const guint8 *page = (const guint8 *) bytes + i * PAGE;
      const int     skip = i == 0 ? 16 : 0;
      guint8        out[PAGE + 32];
      int           n = 0;

      g_assert_cmpint (EVP_DecryptInit_ex (context, EVP_aes_256_cbc (), NULL, key,
                                           page + PAGE - RESERVE),
                       ==, 1);
      EVP_CIPHER_CTX_set_padding (context, 0);
      g_assert_cmpint (EVP_DecryptUpdate (context, out, &n, page + skip, PAGE - RESERVE - skip), ==,
                       1);
      g_byte_array_append (plain, out, (guint) n);
    }
  EVP_CIPHER_CTX_free (context);
  return plain;
}

static gboolean
file_says (const char *path, const char *text)
{
  g_autoptr (GByteArray) plain = decrypt_file (path);

  return memmem (plain->data, plain->len, text, strlen (text)) != NULL;
}

typedef struct
{
  gint64      entity;
  gint64      submission;
  gint64      row;
  gint64      record;
  const char *cells;
  guint       number;
  const char *family;
  int         year;
  CcPutResult expected;
} Delivery;

static gboolean
add_police (CcAct *act, gpointer data, GError **error)
{
  CcPack   *pack = cc_case_file_get_pack (cc_act_get_file (act));
  Delivery *delivery = data;

  delivery->entity =
      cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", "POL"), error);
  return delivery->entity != 0;
}

static CcRecord *
make_person (CcPack *pack, const Delivery *delivery)
{
  CcRecord *record = make_victim (pack, delivery->number, delivery->family);
  CcValue  *detected = cc_record_find (record, "VI19");

  detected->date = cc_interval_day (cc_day_from_ymd (delivery->year, 3, 5));
  g_free (cc_record_find (record, "X_VI_ID_GIVEN")->text);
  cc_record_find (record, "X_VI_ID_GIVEN")->text = g_strdup (GIVEN);
  return record;
}

/* One delivery with one victim, a finding about her row and a row that was set aside. */
static gboolean
deliver (CcAct *act, gpointer data, GError **error)
{
  Delivery    *delivery = data;
  CcSubmission submission = { .entity = delivery->entity,
                              .period = cc_interval_year (delivery->year),
                              .file_name = g_strdup ("police.xlsx"),
                              .sha256 = g_strdup ("00") };
  g_autoptr (CcRecord) record =
      make_person (cc_case_file_get_pack (cc_act_get_file (act)), delivery);
  g_autoptr (CcFinding) finding = g_new0 (CcFinding, 1);
  CcPutResult result;
  gboolean    ok;

  ok = cc_act_add_submission (act, &submission, error);
  delivery->submission = submission.id;
  delivery->row = cc_act_add_source_row (act, submission.id, "Sheet1", 2, delivery->cells,
                                         "accepted", NULL, error);
  ok = ok && delivery->row != 0
       && cc_act_put_record (act, record, delivery->entity, submission.id, delivery->row, &result,
                             error);
  g_assert_cmpint (result, ==, delivery->expected);
  delivery->record = record->id;
  finding->rule = g_strdup ("odd-value");
  finding->value = g_strdup (delivery->family);
  finding->severity = g_strdup ("warning");
  finding->record = record->id;
  finding->source_row = delivery->row;
  finding->submission = submission.id;
  ok = ok && cc_act_add_finding (act, finding, error)
       && cc_act_add_source_row (act, submission.id, "Sheet1", 3, "[\"" OTHER "\",\"?\"]", "parked",
                                 "no date", error)
              != 0;
  g_free (submission.file_name);
  g_free (submission.sha256);
  g_free (submission.state);
  return ok;
}

static void
run_act (Fixture *fixture, const char *name, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  cc_case_file_act (fixture->file, name, func, data, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  guint       number;
  const char *phone;
  gint64      record;
} ByHand;

static gboolean
enter (CcAct *act, gpointer data, GError **error)
{
  ByHand  *hand = data;
  CcPack  *pack = cc_case_file_get_pack (cc_act_get_file (act));
  Delivery like = { .number = hand->number, .family = FAMILY, .year = 2019 };
  g_autoptr (CcRecord) record = make_person (pack, &like);
  CcPutResult result;

  set_text (record, pack, "X_VI_ID_PHONE", hand->phone);
  if (!cc_act_put_record (act, record, 0, 0, 0, &result, error))
    return FALSE;
  hand->record = record->id;
  return TRUE;
}

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_retention (act, data, error);
}

static void
add_rule (Fixture *fixture, const char *unit, const char *kind, int months, const char *from)
{
  CcRetentionRule rule = { .unit = (char *) unit,
                           .kind = (char *) kind,
                           .months = months,
                           .counted_from = (char *) from };

  run_act (fixture, "retention", set_rule, &rule);
  g_assert_cmpint (rule.id, >, 0);
}

static GPtrArray *
list_due (Fixture *fixture, CcDay today, gint64 *undated)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  GPtrArray    *due = cc_retention_list_due (fixture->file, reader, today, undated, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return due;
}

/* The due list in few lines: family name and given names of one agency's victims, by two rules. */
static void
check_groups (Fixture *fixture, GPtrArray *due, guint n_goes, guint n_stays)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (GPtrArray) groups = cc_retention_group_due (reader, due, &error);
  const CcRetentionGroup *group;

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpuint (groups->len, ==, 1);
  group = g_ptr_array_index (groups, 0);
  g_assert_cmpstr (group->unit, ==, "VI");
  g_assert_cmpstr (group->entity, ==, "Police");
  g_assert_cmpuint (group->n, ==, due->len);
  g_assert_false (group->returned);
  g_assert_cmpint (group->counted.first, ==, cc_day_from_ymd (2011, 3, 5));
  g_assert_cmpint (group->counted.last, ==, cc_day_from_ymd (2011, 3, 5));
  g_assert_cmpuint (group->goes->len, ==, n_goes);
  g_assert_cmpuint (group->stays->len, ==, n_stays);
}

static void
purge (Fixture *fixture, CcDay today, CcPurgeResult *result)
{
  GError *error = NULL;

  cc_retention_purge (fixture->file, today, NULL, result, &error);
  g_assert_no_error (error);
}

static CcUndoState
check_undo (Fixture *fixture, gint64 act)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  CcUndoState   state;

  cc_history_check_undo (reader, act, &state, NULL, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return state;
}

static void
check_sound (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = fixture_problems (fixture);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  static const CcRetentionRule bad[] = {
    { .unit = (char *) "XX",
      .kind = (char *) "*",
      .months = 12,
      .counted_from = (char *) "received" },
    { .unit = (char *) "VI",
      .kind = (char *) "sex",
      .months = 12,
      .counted_from = (char *) "received" },
    { .unit = (char *) "VI",
      .kind = (char *) "*",
      .months = 0,
      .counted_from = (char *) "received" },
    { .unit = (char *) "VI", .kind = (char *) "*", .months = 12, .counted_from = (char *) "birth" },
    { .unit = (char *) "ROW",
      .kind = (char *) "phone",
      .months = 12,
      .counted_from = (char *) "received" },
  };
  g_autoptr (GPtrArray) rules = NULL;
  GError       *error = NULL;
  CcConnection *reader;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      CcRetentionRule rule = bad[i];

      g_assert_false (cc_case_file_act (fixture->file, "retention", set_rule, &rule, NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
      g_clear_error (&error);
    }
  add_rule (fixture, "VI", "*", 120, "last-contact");
  add_rule (fixture, "VI", "phone", 12, "received");
  add_rule (fixture, "VI", "phone", 24, "received");
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  rules = cc_retention_list (reader, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_cmpint (((CcRetentionRule *) g_ptr_array_index (rules, 1))->months, ==, 24);
}

/* After ten years nothing that points to the person is left anywhere, and everything else is. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  Delivery      first = { .number = 1,
                          .family = FAMILY,
                          .year = 2010,
                          .expected = CC_PUT_NEW,
                          .cells = "[\"7\",\"" FAMILY "\",\"" GIVEN "\",\"F\"]" };
  Delivery      again;
  Delivery      recent = { .number = 2,
                           .family = OTHER,
                           .year = 2024,
                           .expected = CC_PUT_NEW,
                           .cells = "[\"8\",\"" OTHER "\",\"" GIVEN "\",\"F\"]" };
  const CcDay   today = cc_day_from_ymd (2025, 6, 1);
  CcPurgeResult result;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *wal = fixture_sibling (fixture, "-wal");
  g_autofree char *head = NULL;
  gint64           undated, seq, records, memberships;
  GError          *error = NULL;
  gboolean         anchored;

  run_act (fixture, "entity", add_police, &first);
  recent.entity = first.entity;
  run_act (fixture, "import", deliver, &first);
  /* The same again, then with a correction: three raw rows are about her. */
  again = first;
  again.expected = CC_PUT_UNCHANGED;
  again.cells = "[\"7\",\"" FAMILY "\",\"" GIVEN "\",\"F\",\"seen again\"]";
  run_act (fixture, "import", deliver, &again);
  again.expected = CC_PUT_UPDATED;
  again.year = 2011;
  run_act (fixture, "import", deliver, &again);
  run_act (fixture, "import", deliver, &recent);
  g_assert_cmpint (first.record, ==, again.record);

  due = list_due (fixture, today, &undated);
  g_assert_cmpuint (due->len, ==, 0);
  add_rule (fixture, "VI", "*", 120, "last-contact");
  g_clear_pointer (&due, g_ptr_array_unref);
  due = list_due (fixture, today, &undated);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_cmpint (undated, ==, 0);
  {
    const CcRetentionDue *item = g_ptr_array_index (due, 0);

    g_assert_cmpint (item->record, ==, first.record);
    g_assert_cmpstr (item->unit, ==, "VI");
    g_assert_cmpstr (item->entity, ==, "police");
    g_assert_cmpint (item->counted, ==, cc_day_from_ymd (2011, 3, 5));
    g_assert_cmpuint (g_strv_length (item->kinds), ==, 2);
  }
  check_groups (fixture, due, 2, 0);
  /* A rule of its own keeps one kind of name longer: it stays. */
  add_rule (fixture, "VI", "given", 600, "last-contact");
  {
    g_autoptr (GPtrArray) less = list_due (fixture, today, &undated);

    check_groups (fixture, less, 1, 1);
  }
  add_rule (fixture, "VI", "given", 120, "last-contact");
  /* One day earlier it was not due. */
  later = list_due (fixture, cc_day_from_ymd (2021, 3, 4), &undated);
  g_assert_cmpuint (later->len, ==, 0);

  records = fixture_count (fixture, "SELECT count (*) FROM record WHERE state = 0");
  memberships = fixture_count (fixture, "SELECT count (*) FROM membership WHERE to_act IS NULL");
  head = cc_case_file_head_hash (fixture->file, &error);
  g_assert_no_error (error);
  purge (fixture, today, &result);
  g_assert_cmpint (result.records, ==, 1);
  g_assert_cmpint (result.identifiers, ==, 2);
  g_assert_cmpint (result.rows, ==, 3);
  g_assert_true (result.compacted);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==,
                   records);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership WHERE to_act IS NULL"),
                   ==, memberships);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM identifier WHERE value = '" CC_PURGED_MARK
                                  "' AND norm IS NULL"),
                   ==, 2);
  check_sound (fixture);
  g_assert_true (cc_case_file_find_anchor (fixture->file, head, &seq, &error));
  anchored = seq == result.act - 1;
  g_assert_true (anchored);
  g_assert_cmpint (check_undo (fixture, result.act), ==, CC_UNDO_PURGED);
  /* What is not due stays, and a second time there is nothing to do. */
  purge (fixture, today, &result);
  g_assert_cmpint (result.act, ==, 0);
  fixture_close (fixture);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (file_says (fixture->path, FAMILY));
  g_assert_true (file_says (fixture->path, OTHER));
  g_assert_true (file_says (fixture->path, GIVEN));
  fixture_open (fixture);
  check_sound (fixture);
}

/* What was entered by hand stands in the history, too. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  ByHand           hand = { 5, PHONE, 0 };
  CcPurgeResult    result;
  gint64           made, edited;
  g_autofree char *text = NULL;

  add_rule (fixture, "VI", "phone", 12, "last-contact");
  run_act (fixture, "enter", enter, &hand);
  made = fixture_count (fixture, "SELECT max (seq) FROM audit");
  hand.phone = PHONE "2";
  run_act (fixture, "edit", enter, &hand);
  edited = made + 1;
  g_assert_cmpint (check_undo (fixture, edited), ==, CC_UNDO_POSSIBLE);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM audit_change WHERE after LIKE '%" PHONE
                                  "%'"),
                   >, 0);
  purge (fixture, cc_day_from_ymd (2025, 6, 1), &result);
  g_assert_cmpint (result.identifiers, ==, 1);
  g_assert_cmpint (result.changes, >=, 4);
  g_assert_cmpint (check_undo (fixture, edited), ==, CC_UNDO_PURGED);
  g_assert_cmpint (check_undo (fixture, made), ==, CC_UNDO_PURGED);
  {
    CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);

    g_assert_false (cc_history_can_undo (reader, edited, &text));
    cc_case_file_release_reader (fixture->file, reader);
    g_assert_nonnull (strstr (text, "purged"));
  }
  check_sound (fixture);
  fixture_close (fixture);
  g_assert_false (file_says (fixture->path, PHONE));
  /* Only the phone was due. */
  g_assert_true (file_says (fixture->path, FAMILY));
  fixture_open (fixture);
}

/* One person's lawful wish, whatever the rules say. */
static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  ByHand        hand = { 6, PHONE, 0 };
  CcPurgeResult result;
  GError       *error = NULL;

  run_act (fixture, "enter", enter, &hand);
  g_assert_true (cc_retention_withdraw (fixture->file, hand.record, "consent taken back", NULL,
                                        &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.identifiers, ==, 3);
  check_sound (fixture);
  g_assert_false (cc_retention_withdraw (fixture->file, 4711, NULL, NULL, &result, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  fixture_close (fixture);
  g_assert_false (file_says (fixture->path, FAMILY));
  g_assert_false (file_says (fixture->path, GIVEN));
  g_assert_false (file_says (fixture->path, PHONE));
  fixture_open (fixture);
}

/* The agency sends it again: the names stay away, and so do its new raw rows. */
static void
test_sent_again (Fixture *fixture, gconstpointer data)
{
  Delivery      delivery = { .number = 1,
                             .family = FAMILY,
                             .year = 2010,
                             .expected = CC_PUT_NEW,
                             .cells = "[\"" FAMILY "\",\"" GIVEN "\"]" };
  const CcDay   today = cc_day_from_ymd (2025, 6, 1);
  CcPurgeResult result;
  g_autoptr (GPtrArray) due = NULL;

  run_act (fixture, "entity", add_police, &delivery);
  run_act (fixture, "import", deliver, &delivery);
  add_rule (fixture, "VI", "*", 12, "last-contact");
  add_rule (fixture, "ROW", "*", 12, "received");
  purge (fixture, today, &result);
  g_assert_cmpint (result.identifiers, ==, 2);
  delivery.expected = CC_PUT_UPDATED;
  delivery.year = 2012;
  run_act (fixture, "import", deliver, &delivery);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM identifier WHERE value <> '" CC_PURGED_MARK
                                  "'"),
                   ==, 0);
  delivery.expected = CC_PUT_UNCHANGED;
  run_act (fixture, "import", deliver, &delivery);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM source_row WHERE cells LIKE '%" FAMILY
                                  "%'"),
                   ==, 0);
  due = list_due (fixture, today, NULL);
  g_assert_cmpuint (due->len, ==, 0);
  /* Rows that were set aside are nobody's record: their own rule counts from the day they came. */
  g_clear_pointer (&due, g_ptr_array_unref);
  due = list_due (fixture, cc_day_today () + 800, NULL);
  g_assert_cmpuint (due->len, ==, 3);
  g_assert_cmpstr (((CcRetentionDue *) g_ptr_array_index (due, 0))->unit, ==, "ROW");
  purge (fixture, cc_day_today () + 800, &result);
  g_assert_cmpint (result.rows, ==, 3);
  check_sound (fixture);
  fixture_close (fixture);
  g_assert_false (file_says (fixture->path, FAMILY));
  g_assert_false (file_says (fixture->path, OTHER));
  fixture_open (fixture);
}

/* Somebody reads an older state: the freed pages are given back on the next opening. */
static void
test_reader (Fixture *fixture, gconstpointer data)
{
  ByHand        hand = { 6, PHONE, 0 };
  CcPurgeResult result;
  GError       *error = NULL;
  CcConnection *reader;

  run_act (fixture, "enter", enter, &hand);
  reader = cc_case_file_acquire_reader (fixture->file, NULL);
  g_assert_true (cc_connection_execute (reader, "BEGIN", NULL));
  g_assert_cmpint (cc_connection_get_int64 (reader, "SELECT count (*) FROM identifier", 0, NULL),
                   ==, 3);
  g_assert_true (cc_retention_withdraw (fixture->file, hand.record, NULL, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_false (result.compacted);
  cc_case_file_release_reader (fixture->file, reader);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM meta WHERE key = 'compact-due'"),
                   ==, 0);
  check_sound (fixture);
  fixture_close (fixture);
  g_assert_false (file_says (fixture->path, FAMILY));
  fixture_open (fixture);
}

/* A copy that went on without the removal comes in: the names stay away. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  ByHand           hand = { 6, PHONE, 0 };
  Fixture          copy = { .pack = fixture->pack };
  CcPurgeResult    purged;
  CcMergeResult    merged;
  GError          *error = NULL;
  g_autofree char *path = NULL;
  gint64           record;

  run_act (fixture, "enter", enter, &hand);
  record = hand.record;
  path = g_build_filename (fixture->folder, "copy.casecount", NULL);
  g_assert_true (cc_case_file_copy (fixture->file, path, NULL, &error));
  g_assert_no_error (error);
  copy.path = path;
  fixture_open (&copy);
  hand.phone = PHONE "3";
  run_act (&copy, "edit", enter, &hand);
  fixture_close (&copy);

  g_assert_true (cc_retention_withdraw (fixture->file, record, NULL, NULL, &purged, &error));
  g_assert_no_error (error);
  copy.file = cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (cc_merge (fixture->file, copy.file, NULL, &merged, &error));
  g_assert_no_error (error);
  cc_case_file_free (copy.file);
  check_sound (fixture);
  g_assert_cmpint (fixture_count (fixture,
                                  "SELECT count (*) FROM identifier WHERE value <> '" CC_PURGED_MARK
                                  "'"),
                   ==, 0);
  fixture_close (fixture);
  g_assert_true (file_says (path, FAMILY));
  g_assert_false (file_says (fixture->path, FAMILY));
  g_assert_false (file_says (fixture->path, PHONE));
  fixture_open (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/retention/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("rules", test_rules);
  ADD ("purge", test_purge);
  ADD ("history", test_history);
  ADD ("withdraw", test_withdraw);
  ADD ("sent-again", test_sent_again);
  ADD ("merge", test_merge);
  ADD ("reader", test_reader);
  return g_test_run ();
}
