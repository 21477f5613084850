/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  CcRecord *record;
  gint64    entity;
} Put;

static gboolean
put_new (CcAct *act, gpointer data, GError **error)
{
  put (act, ((Put *) data)->record, CC_PUT_NEW);
  return TRUE;
}

static gboolean
put_updated (CcAct *act, gpointer data, GError **error)
{
  put (act, ((Put *) data)->record, CC_PUT_UPDATED);
  return TRUE;
}

static gboolean
put_woken (CcAct *act, gpointer data, GError **error)
{
  put (act, ((Put *) data)->record, CC_PUT_WOKEN);
  return TRUE;
}

static gboolean
put_unchanged (CcAct *act, gpointer data, GError **error)
{
  put (act, ((Put *) data)->record, CC_PUT_UNCHANGED);
  return TRUE;
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, ((Put *) data)->record->id, error);
}

static CcRecord *
read_back (Fixture *fixture, gint64 id)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  CcRecord     *record = cc_store_read_record (fixture->file, reader, id, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return record;
}

static void
assert_same (CcRecord *a, CcRecord *b)
{
  guint identifiers = 0;

  g_assert_cmpmem (a->uuid, 16, b->uuid, 16);
  g_assert_true (a->unit == b->unit);
  g_assert_cmpint (a->parents[0], ==, b->parents[0]);
  g_assert_cmpint (a->parents[1], ==, b->parents[1]);
  g_assert_cmpuint (a->values->len, ==, b->values->len);
  for (guint i = 0; i < a->values->len; i++)
    {
      const CcValue *value = g_ptr_array_index (a->values, i);
      gboolean       found = FALSE;

      for (guint j = 0; j < b->values->len; j++)
        found = found || cc_value_equal (value, g_ptr_array_index (b->values, j));
      if (!found)
        g_test_message ("variable %s differs", value->variable->id);
      g_assert_true (found);
      identifiers += value->variable->type == CC_VARIABLE_IDENTIFIER;
    }
}

/* One value of each type that a unit's table, the answers and the identifiers can hold. */
static CcRecord *
make_full_victim (CcPack *pack)
{
  CcRecord *record = make_victim (pack, 7, "Mendy");
  CcValue  *value;

  value = cc_record_find (record, "VI19");
  value->date = cc_interval_month (2024, 3);
  value->text = g_strdup ("mars 2024");
  value = cc_record_find (record, "VI06");
  value->age_min = 15;
  value->age_max = -1;
  value->age_day = cc_day_from_ymd (2024, 3, 9);
  value = cc_record_find (record, "VI08");
  g_ptr_array_add (value->codes, (gpointer) cc_pack_find_code (pack, "COUNTRY", "GMB"));
  value->complete = 1;
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI05"));
  value->text = g_strdup ("vers 2008?");
  value->no_value = CC_NO_VALUE_UNKNOWN;
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI14"));
  value->number = 0;
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI10"));
  value->no_value = CC_NO_VALUE_REFUSED;
  value->text = g_strdup ("ne veut pas dire");
  set_code (record, pack, "VI17", "NO");
  set_text (record, pack, "X_VI_ID_FAMILY", "Mendi");
  return record;
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRecord) record = make_full_victim (fixture->pack);
  g_autoptr (CcRecord) back = NULL;
  Put put = { record, 0 };

  fixture_act (fixture, put_new, &put);
  back = read_back (fixture, record->id);
  assert_same (record, back);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM identifier"), ==, 3);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM no_value"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM answer WHERE complete = 1"), ==,
                   1);
  fixture_act (fixture, put_unchanged, &put);
}

typedef struct
{
  CcRecord *victim, *event, *link, *step, *perpetrator, *service, *place;
} Family;

static gboolean
put_family (CcAct *act, gpointer data, GError **error)
{
  Family  *all = data;
  CcPack  *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcValue *value;

  cc_act_make_uuid (act, "police", "event", "17/24", all->event->uuid);
  cc_act_make_uuid (act, "police", "victim_event", "1", all->link->uuid);
  cc_act_make_uuid (act, "police", "justice_step", "1", all->step->uuid);
  cc_act_make_uuid (act, "police", "perpetrator", "1", all->perpetrator->uuid);
  cc_act_make_uuid (act, "police", "assistance", "1", all->service->uuid);
  g_assert_true (cc_act_make_random_uuid (act, all->place->uuid, NULL));
  put (act, all->victim, CC_PUT_NEW);
  set_text (all->event, pack, "EV02", "17/24");
  put (act, all->event, CC_PUT_NEW);
  all->link->parents[0] = all->victim->id;
  all->link->parents[1] = all->event->id;
  value = cc_record_add (all->link, cc_pack_find_variable (pack, "VE03"));
  g_ptr_array_add (value->codes, (gpointer) cc_pack_find_code (pack, "EXPL", "BEG"));
  g_ptr_array_add (value->codes, (gpointer) cc_pack_find_code (pack, "EXPL", "_O"));
  value->text = g_strdup ("ventes dans la rue");
  put (act, all->link, CC_PUT_NEW);
  set_code (all->perpetrator, pack, "PE04", "M");
  put (act, all->perpetrator, CC_PUT_NEW);
  all->step->parents[0] = all->perpetrator->id;
  set_code (all->step, pack, "JS01", "PROSEC");
  value = cc_record_add (all->step, cc_pack_find_variable (pack, "JS04"));
  value->number = 1;
  set_text (all->step, pack, "JS05", "art. 3; art. 4");
  put (act, all->step, CC_PUT_NEW);
  all->service->parents[0] = all->victim->id;
  value = cc_record_add (all->service, cc_pack_find_variable (pack, "AS01"));
  value->no_value = CC_NO_VALUE_NOT_APPLICABLE;
  put (act, all->service, CC_PUT_NEW);
  all->place->parents[0] = all->link->id;
  set_code (all->place, pack, "X_PL_COUNTRY", "GMB");
  put (act, all->place, CC_PUT_NEW);
  return TRUE;
}

static void
test_units (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRecord) victim = make_victim (fixture->pack, 1, "Mendy");
  g_autoptr (CcRecord) event = cc_record_new (cc_pack_find_unit (fixture->pack, "event"));
  g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (fixture->pack, "victim_event"));
  g_autoptr (CcRecord) step = cc_record_new (cc_pack_find_unit (fixture->pack, "justice_step"));
  g_autoptr (CcRecord) perp = cc_record_new (cc_pack_find_unit (fixture->pack, "perpetrator"));
  g_autoptr (CcRecord) service = cc_record_new (cc_pack_find_unit (fixture->pack, "assistance"));
  g_autoptr (CcRecord) place = cc_record_new (cc_pack_find_unit (fixture->pack, "place"));
  Family          all = { victim, event, link, step, perp, service, place };
  CcRecord *const records[] = { victim, event, link, step, perp, service, place };

  fixture_act (fixture, put_family, &all);
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (CcRecord) back = read_back (fixture, records[i]->id);

      assert_same (records[i], back);
    }
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM cluster"), ==, 3);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 3);
}

/* Each change must mark the persons and events that take values from the record. */
static gboolean
clean_up (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), "DELETE FROM dirty_cluster", error);
}

static void
test_dirty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRecord) victim = make_victim (fixture->pack, 1, "Mendy");
  g_autoptr (CcRecord) event = cc_record_new (cc_pack_find_unit (fixture->pack, "event"));
  g_autoptr (CcRecord) link = cc_record_new (cc_pack_find_unit (fixture->pack, "victim_event"));
  g_autoptr (CcRecord) step = cc_record_new (cc_pack_find_unit (fixture->pack, "justice_step"));
  g_autoptr (CcRecord) perp = cc_record_new (cc_pack_find_unit (fixture->pack, "perpetrator"));
  g_autoptr (CcRecord) service = cc_record_new (cc_pack_find_unit (fixture->pack, "assistance"));
  g_autoptr (CcRecord) place = cc_record_new (cc_pack_find_unit (fixture->pack, "place"));
  Family  all = { victim, event, link, step, perp, service, place };
  Put     change = { 0 };
  GError *error = NULL;

  fixture_act (fixture, put_family, &all);
  g_assert_true (cc_case_file_maintain (fixture->file, clean_up, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 0);
  set_code (event, fixture->pack, "EV16", "YES");
  change.record = event;
  fixture_act (fixture, put_updated, &change);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 2);
  g_assert_true (cc_case_file_maintain (fixture->file, clean_up, NULL, NULL, &error));
  set_code (place, fixture->pack, "X_PL_STAGE", "RECR");
  change.record = place;
  fixture_act (fixture, put_updated, &change);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 2);
  g_assert_true (cc_case_file_maintain (fixture->file, clean_up, NULL, NULL, &error));
  change.record = step;
  fixture_act (fixture, withdraw, &change);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM dirty_cluster"), ==, 1);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRecord) record = make_full_victim (fixture->pack);
  g_autoptr (CcRecord) back = NULL;
  Put      put = { record, 0 };
  CcValue *value;

  fixture_act (fixture, put_new, &put);
  cc_record_find (record, "VI03")->code = cc_pack_find_code (fixture->pack, "SEX", "M");
  value = cc_record_find (record, "VI08");
  g_ptr_array_remove_index (value->codes, 0);
  fixture_act (fixture, put_updated, &put);
  back = read_back (fixture, record->id);
  assert_same (record, back);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 1);
  /* By hand, the chain tells the two values that changed, from what to what. */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit_change WHERE seq = 3"
                                           " AND tbl = 'victim' AND ((before = 'F' OR before = 'M')"
                                           " OR before = 'SEN;GMB (complete)')"),
                   ==, 2);
}

static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcRecord) record = make_full_victim (fixture->pack);
  Put    put = { record, 0 };
  gint64 cluster;

  fixture_act (fixture, put_new, &put);
  cluster = fixture_count (fixture, "SELECT cluster FROM membership WHERE to_act IS NULL");
  fixture_act (fixture, withdraw, &put);
  fixture_act (fixture, withdraw, &put);
  g_assert_cmpint (fixture_count (fixture, "SELECT state FROM record"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM membership WHERE to_act IS NULL"),
                   ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT state FROM cluster"), ==, 1);
  /* The same statement comes back: the same person again. */
  fixture_act (fixture, put_woken, &put);
  g_assert_cmpint (fixture_count (fixture, "SELECT state FROM record"), ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT cluster FROM membership WHERE to_act IS NULL"),
                   ==, cluster);
  g_assert_cmpint (fixture_count (fixture, "SELECT state FROM cluster"), ==, 0);
}

static gboolean
put_wrong (CcAct *act, gpointer data, GError **error)
{
  return cc_act_put_record (act, ((Put *) data)->record, 0, 0, 0, NULL, error);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "VI18", "PE04", "VI03" };
  g_autofree char         *before = fixture_hash (fixture);
  g_autofree char         *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CcRecord) record = make_victim (fixture->pack, 1, "Mendy");
      g_autoptr (GError) error = NULL;
      Put put = { record, 0 };

      set_code (record, fixture->pack, wrong[i], i == 0 ? "IDEN" : "F");
      g_assert_false (cc_case_file_act (fixture->file, "test", put_wrong, &put, NULL, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
    }
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
}

static gboolean
make_uuids (CcAct *act, gpointer data, GError **error)
{
  guint8 a[16], b[16], c[16], d[16];

  cc_act_make_uuid (act, "police", "victim", "7", a);
  cc_act_make_uuid (act, "police", "victim", "7", b);
  cc_act_make_uuid (act, "polic", "evictim", "7", c);
  cc_act_make_uuid (act, "shelter", "victim", "7", d);
  g_assert_cmpmem (a, 16, b, 16);
  g_assert_true (memcmp (a, c, 16) != 0);
  g_assert_true (memcmp (a, d, 16) != 0);
  memcpy (data, a, 16);
  return TRUE;
}

static void
test_uuids (Fixture *fixture, gconstpointer data)
{
  guint8 first[16];
  guint8 second[16];

  fixture_act (fixture, make_uuids, first);
  fixture_close (fixture);
  fixture_open (fixture);
  fixture_act (fixture, make_uuids, second);
  g_assert_cmpmem (first, 16, second, 16);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/records/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("types", test_types);
  ADD ("units", test_units);
  ADD ("dirty", test_dirty);
  ADD ("update", test_update);
  ADD ("withdraw", test_withdraw);
  ADD ("refused", test_refused);
  ADD ("uuids", test_uuids);
  return g_test_run ();
}
