/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-retention.h>

#include <string.h>

/* Deliveries that overlap, taken back and brought back in every order: the figures are always those
 * of a file that only ever imported what stands. */

#define N 3
#define HEADERS                                                                                    \
  "Victim ID,Case No,recorded_on,Sex,Age,Nationality,Date rescued,Status,Type of exploitation,"    \
  "Last name,Service\n"

static const char *const texts[N] = {
  HEADERS "V1,A/1,2023-04-06,F,15,Togo,2023-04-05,identified,Sexual exploitation,Sane,shelter\n"
          "V2,A/1,,M,19,Togo,2023-04-05,presumed,Forced labour,Diop,\n"
          "V3,A/2,2023-05-07,F,22,Ghana,2023-05-06,identified,Forced begging,Keita,\n",
  /* V1 as before, V2 corrected and without a status, V3 not there, V4 new. */
  HEADERS "V1,A/1,2023-04-06,F,15,Togo,2023-04-05,identified,Sexual exploitation,Sane,shelter\n"
          "V2,A/1,2023-04-08,M,17,Togo;Mali,2023-04-05,,Forced labour,Diop Ba,\n"
          "V4,A/3,,M,30,Mali,2023-06-07,presumed,Forced labour,Cisse,shelter\n",
  /* V1 corrected, V2 as it first was, V3 older, V5 in the case of V3. */
  HEADERS "V1,A/1,,M,16,Togo,2023-04-05,identified,Sexual exploitation,Sane,\n"
          "V2,A/1,,M,19,Togo,2023-04-05,presumed,Forced labour,Diop,\n"
          "V3,A/2,2023-05-09,F,23,Ghana,2023-05-06,identified,Forced begging,Keita,shelter\n"
          "V5,A/2,,F,8,Ghana,2023-05-06,identified,Forced begging,Toure,\n",
};

/* What a record says, what it hangs on included, without any number of the file. */
static char *
describe (Fixture *fixture, CcConnection *connection, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRecord) record = cc_store_read_record (fixture->file, connection, id, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = record->values->pdata[i];
      GString *line = g_string_new (value->variable->id);

      g_string_append_printf (line, "=%d %s %d..%d %d..%d %d %s", value->no_value,
                              value->code ? value->code->code : "", value->date.first,
                              value->date.last, value->age_min, value->age_max, (int) value->number,
                              value->text ? value->text : "");
      for (guint j = 0; value->codes && j < value->codes->len; j++)
        g_string_append_printf (line, " %s", ((CcCode *) value->codes->pdata[j])->code);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_string_append (text, record->unit->abbr);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "; %s", (char *) lines->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (record->parents); i++)
    if (record->parents[i])
      {
        g_autofree char *parent = describe (fixture, connection, record->parents[i]);

        g_string_append_printf (text, " <%s>", parent);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
dump (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CcConnection *connection = cc_case_file_acquire_reader (fixture->file, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  CcStatement *rows;
  GArray      *ids;

  g_assert_no_error (error);
  rows =
      cc_connection_prepare (connection, "SELECT id FROM record WHERE state = 0 ORDER BY id", NULL);
  ids = cc_statement_list_ids (rows, &error);
  g_assert_no_error (error);
  cc_statement_release (rows);
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (lines, describe (fixture, connection, g_array_index (ids, gint64, i)));
  g_array_unref (ids);
  cc_case_file_release_reader (fixture->file, connection);
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, g_strdup_printf ("%d persons and events",
                                           (int) query (fixture,
                                                        "SELECT count (DISTINCT cluster)"
                                                        " FROM membership WHERE to_act IS NULL")));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Names the lines that only one of two dumps has. */
static void
assert_same (const char *found, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (found, "\n", -1);
  g_auto (GStrv) b = g_strsplit (expected, "\n", -1);

  for (guint i = 0; a[i]; i++)
    if (!g_strv_contains ((const char *const *) b, a[i]))
      g_test_message ("too much: %s", a[i]);
  for (guint i = 0; b[i]; i++)
    if (!g_strv_contains ((const char *const *) a, b[i]))
      g_test_message ("lacking: %s", b[i]);
  g_assert_true (g_str_equal (found, expected));
}

static gint64
deliver (Fixture *fixture, guint which, gint64 replaces)
{
  g_autofree char *name = g_strdup_printf ("%c.csv", 'a' + (int) which);
  g_autofree char *path = write_csv (fixture, name, texts[which]);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;

  options.replaces = replaces;
  result = import (fixture, path, &options);
  g_assert_false (result->same_file);
  g_assert_cmpint (result->n_parked, ==, 0);
  return result->submission;
}

/* What a file says that got the deliveries of the mask and nothing else. `replacing`: the last of
 * them replaces the first. */
static char *
expect (guint mask, gboolean replacing)
{
  Fixture          fresh = { 0 };
  g_autofree char *text = NULL;
  gint64           ids[N] = { 0 };

  set_up_import (&fresh);
  for (guint i = 0; i < N; i++)
    if (mask & (1u << i))
      ids[i] = deliver (&fresh, i, replacing && i == N - 1 ? ids[0] : 0);
  text = dump (&fresh);
  tear_down_import (&fresh);
  return g_steal_pointer (&text);
}

static const guint orders[][N] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                   { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

static gint64
last_act (Fixture *fixture)
{
  return query (fixture, "SELECT max (seq) FROM audit");
}

static void
undo_act (Fixture *fixture, gint64 seq)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cc_history_undo (fixture->file, seq, NULL, NULL, &error));
  g_assert_no_error (error);
}

typedef struct
{
  gboolean replacing;
  gboolean by_act; /* taken back in the history, else as a delivery */
  gboolean all;    /* every order back after every order of leaving, else one of them */
} Way;

static void
test_orders (Fixture *fixture, gconstpointer data)
{
  const Way *way = data;
  char      *expected[1u << N];
  gint64     ids[N];
  gint64     acts[N]; /* what brought each delivery last */
  guint      mask = (1u << N) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    expected[i] = expect (i, way->replacing);
  for (guint i = 0; i < N; i++)
    {
      ids[i] = deliver (fixture, i, way->replacing && i == N - 1 ? ids[0] : 0);
      acts[i] = last_act (fixture);
    }
  for (guint leave = 0; leave < G_N_ELEMENTS (orders); leave++)
    for (guint back = 0; back < G_N_ELEMENTS (orders); back++)
      {
        if (!way->all && back != (leave * 5 + 1) % G_N_ELEMENTS (orders))
          continue;
        for (guint i = 0; i < N; i++)
          {
            const guint      which = orders[leave][i];
            g_autofree char *found = NULL;
            g_autoptr (GError) error = NULL;

            if (way->by_act)
              undo_act (fixture, acts[which]);
            else
              g_assert_true (cc_import_undo (fixture->file, ids[which], NULL, NULL, &error));
            g_assert_no_error (error);
            acts[which] = last_act (fixture);
            mask &= ~(1u << which);
            found = dump (fixture);
            assert_same (found, expected[mask]);
          }
        for (guint i = 0; i < N; i++)
          {
            const guint      which = orders[back][i];
            g_autofree char *found = NULL;

            undo_act (fixture, acts[which]);
            acts[which] = last_act (fixture);
            mask |= 1u << which;
            found = dump (fixture);
            assert_same (found, expected[mask]);
          }
      }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_free (expected[i]);
}

/* Back and forth once leaves no trace outside the history. */
static void
test_hash (Fixture *fixture, gconstpointer data)
{
  gint64           ids[N];
  g_autofree char *before = NULL;

  for (guint i = 0; i < N; i++)
    ids[i] = deliver (fixture, i, 0);
  before = content_hash (fixture);
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_true (cc_import_undo (fixture->file, ids[i], NULL, NULL, &error));
      g_assert_no_error (error);
      undo_act (fixture, last_act (fixture));
      after = content_hash (fixture);
      g_assert_cmpstr (after, ==, before);
    }
}

static CcCaseFile *
write_package (Fixture *fixture)
{
  const CcPackageOrder order = { .identifiers = TRUE, .period = CC_INTERVAL_UNKNOWN };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "package.casecount", NULL);
  CcCaseFile      *package;

  cc_package_write (fixture->file, &order, path, "another passphrase", NULL, NULL, &error);
  g_assert_no_error (error);
  package = cc_case_file_open (path, "another passphrase", pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  return package;
}

static void
close_package (CcCaseFile *package)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cc_case_file_close (package, &error));
  g_assert_no_error (error);
  cc_case_file_free (package);
}

/* The number of a delivery by its file. */
static gint64
find_delivery (Fixture *fixture, guint which)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT id FROM submission WHERE file_name = '%c.csv'", 'a' + (int) which);

  return query (fixture, sql);
}

static void
assert_each_leaves (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *expected = expect (((1u << N) - 1) & ~(1u << i), FALSE);
      g_autofree char *found = NULL;

      g_test_message ("without %c", 'a' + (int) i);
      cc_import_undo (fixture->file, find_delivery (fixture, i), NULL, NULL, &error);
      g_assert_no_error (error);
      found = dump (fixture);
      assert_same (found, expected);
      undo_act (fixture, last_act (fixture));
    }
}

/* A package takes along what each delivery said of the records in it; what the newest left out is
 * withdrawn, and such records do not leave. */
static void
test_package (Fixture *fixture, gconstpointer data)
{
  Fixture package = { 0 };

  for (guint i = 0; i < N; i++)
    deliver (fixture, i, 0);
  package.folder = fixture->folder;
  package.file = write_package (fixture);
  assert_each_leaves (&package, N - 1);
  close_package (package.file);
}

/* Deliveries that came to different places. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  Fixture package = { 0 };
  g_autoptr (GError) error = NULL;

  deliver (fixture, 0, 0);
  package.folder = fixture->folder;
  package.file = write_package (fixture);
  deliver (&package, 1, 0);
  cc_merge (fixture->file, package.file, NULL, NULL, &error);
  g_assert_no_error (error);
  close_package (package.file);
  deliver (fixture, 2, 0);
  assert_each_leaves (fixture, N);
}

/* Whom a person took out stays out, and what a person corrected is there again with the delivery it
 * was corrected in. */
static gboolean
take_out (CcAct *act, gpointer user_data, GError **error)
{
  return cc_act_withdraw_record (act, *(gint64 *) user_data, error);
}

static gint64
find_victim (Fixture *fixture, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT record FROM identifier WHERE kind = 'agency_ref'"
                                          " AND value = '%s'",
                                          number);

  return query (fixture, sql);
}

static gboolean
correct (CcAct *act, gpointer user_data, GError **error)
{
  g_autoptr (CcRecord) victim =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act),
                            *(gint64 *) user_data, error);
  CcValue *age;

  if (!victim)
    return FALSE;
  age = cc_record_find (victim, "VI06");
  age->age_max = age->age_min = 14;
  return cc_act_put_record (act, victim,
                            cc_connection_get_int64 (cc_act_get_connection (act),
                                                     "SELECT min (id) FROM entity", 0, NULL),
                            0, 0, NULL, error);
}

static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64           first = deliver (fixture, 0, 0), second;
  gint64           out = find_victim (fixture, "V3"), changed = find_victim (fixture, "V2");
  g_autofree char *age =
      g_strdup_printf ("SELECT v.v%d_min FROM victim v WHERE v.record = %d",
                       (int) query (fixture, "SELECT id FROM variable WHERE key = 'VI06'"),
                       (int) changed);

  cc_case_file_act (fixture->file, "case", take_out, &out, NULL, &error);
  g_assert_no_error (error);
  cc_case_file_act (fixture->file, "case", correct, &changed, NULL, &error);
  g_assert_no_error (error);
  second = deliver (fixture, 1, 0);
  g_assert_cmpint (query (fixture, age), ==, 17);
  cc_import_undo (fixture->file, second, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (fixture, age), ==, 14);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 2);
  undo_act (fixture, last_act (fixture));
  cc_import_undo (fixture->file, first, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (fixture, age), ==, 17);
  undo_act (fixture, last_act (fixture));
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 3);
}

static gboolean
redate (CcAct *act, gpointer user_data, GError **error)
{
  CcConnection *connection = cc_act_get_connection (act);
  g_autoptr (CcRecord) event =
      cc_store_read_record (cc_act_get_file (act), connection, *(gint64 *) user_data, error);

  if (!event)
    return FALSE;
  cc_record_find (event, "EV06")->date = cc_interval_year (2020);
  return cc_act_put_record (act, event,
                            cc_connection_get_int64 (connection, "SELECT min (id) FROM entity", 0,
                                                     NULL),
                            0, 0, NULL, error);
}

/* An event says what all deliveries say; a value corrected by hand stays above them. */
static void
test_event_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64           ids[2] = { deliver (fixture, 0, 0), deliver (fixture, 1, 0) };
  gint64           event = query (fixture, "SELECT record FROM identifier WHERE value = 'A/1'");
  g_autofree char *sql =
      g_strdup_printf ("SELECT v%d_first FROM event WHERE record = %d",
                       (int) query (fixture, "SELECT id FROM variable WHERE key = 'EV06'"),
                       (int) event);

  cc_case_file_act (fixture->file, "case", redate, &event, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      cc_import_undo (fixture->file, ids[i], NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (query (fixture, sql), ==, cc_interval_year (2020).first);
      undo_act (fixture, last_act (fixture));
      g_assert_cmpint (query (fixture, sql), ==, cc_interval_year (2020).first);
    }
  deliver (fixture, 2, ids[0]);
  g_assert_cmpint (query (fixture, sql), ==, cc_interval_year (2020).first);
}

/* What was removed does not come back with an older delivery, and stands nowhere in the history. */
static void
test_purged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcPurgeResult result;
  gint64        second, victim;

  deliver (fixture, 0, 0);
  second = deliver (fixture, 1, 0);
  victim = find_victim (fixture, "V2");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM audit_change WHERE tbl = 'said'"
                                   " AND after LIKE '%Diop Ba%'"),
                   ==, 1);
  cc_retention_withdraw (fixture->file, victim, "asked for", NULL, &result, &error);
  g_assert_no_error (error);
  cc_import_undo (fixture->file, second, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM audit_change WHERE before LIKE '%Diop%'"
                                   " OR after LIKE '%Diop%'"),
                   ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM identifier WHERE value LIKE '%Diop%'"),
                   ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM source_row WHERE cells LIKE '%Diop%'"),
                   ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 3);
}

int
main (int argc, char **argv)
{
  static const Way        delivery = { FALSE, FALSE, TRUE }, act = { FALSE, TRUE, FALSE };
  static const Way        replacing = { TRUE, FALSE, FALSE };
  static const Way        replacing_act = { TRUE, TRUE, FALSE };
  static const ImportTest tests[] = {
    { "redeliver/orders", test_orders, &delivery },
    { "redeliver/orders-by-act", test_orders, &act },
    { "redeliver/orders-replacing", test_orders, &replacing },
    { "redeliver/orders-replacing-by-act", test_orders, &replacing_act },
    { "redeliver/hash", test_hash },
    { "redeliver/package", test_package },
    { "redeliver/merge", test_merge },
    { "redeliver/by-hand", test_by_hand },
    { "redeliver/event-by-hand", test_event_by_hand },
    { "redeliver/purged", test_purged },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
