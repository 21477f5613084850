/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-case.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cc/model/cc-words.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>

static const char *const agencies[] = { "POL", "SHEL", "NGO", "PROS", "BORD", "HOT" };

void
link_case_set_up (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *csv =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);

  self->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  self->csv = cc_csv_table_load (csv, &error);
  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("casecount-linkage-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "count.casecount", NULL);
  self->file =
      cc_case_file_create (path, "four quiet river stones", self->pack, "SEN", TRUE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (agencies); i++)
    {
      g_autofree char *key = g_ascii_strdown (agencies[i], -1);

      g_assert_true (cc_entity_add (self->file, key, agencies[i],
                                    cc_pack_find_code (self->pack, "RETYPE", "POL"), &error));
      g_assert_no_error (error);
    }
}

void
link_case_tear_down (LinkCase *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_assert_true (cc_case_file_close (self->file, NULL));
  cc_case_file_free (self->file);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  cc_csv_table_free (self->csv);
  cc_pack_unref (self->pack);
}

void
link_case_make_uuid (guint number, guint8 uuid[16])
{
  memset (uuid, 0, 16);
  for (guint i = 0; i < 4; i++)
    uuid[i] = (guint8) (number >> (8 * i));
  uuid[15] = 1;
}

static const char *
cell (LinkCase *self, guint row, const char *column)
{
  return cc_csv_table_get (self->csv, row, cc_csv_table_find_column (self->csv, column));
}

static void
set_text (CcRecord *record, const char *id, LinkCase *self, const char *text)
{
  if (*text)
    cc_record_add (record, cc_pack_find_variable (self->pack, id))->text = g_strdup (text);
}

static CcInterval
read_date (const char *text)
{
  int a = 0, b = 0, c = 0;

  if (sscanf (text, "%4d-%2d-%2d", &a, &b, &c) == 3)
    return cc_interval_day (cc_day_from_ymd (a, b, c));
  if (sscanf (text, "%2d/%2d/%4d", &a, &b, &c) == 3)
    return cc_interval_day (cc_day_from_ymd (c, b, a));
  if (sscanf (text, "%2d/%4d", &a, &b) == 2)
    return cc_interval_month (b, a);
  return sscanf (text, "%4d", &a) == 1 ? cc_interval_year (a) : CC_INTERVAL_UNKNOWN;
}

static void
set_birth (LinkCase *self, CcRecord *record, guint row)
{
  CcInterval birth = read_date (cell (self, row, "birth_date"));
  CcInterval contact = read_date (cell (self, row, "contact_date"));

  cc_record_add (record, cc_pack_find_variable (self->pack, "VI19"))->date = contact;
  if (cc_interval_is_known (birth))
    cc_record_add (record, cc_pack_find_variable (self->pack, "VI05"))->date = birth;
  else
    {
      CcValue *age = cc_record_add (record, cc_pack_find_variable (self->pack, "VI06"));

      age->age_min = age->age_max = atoi (cell (self, row, "age"));
      age->age_day = contact.first;
    }
}

static CcRecord *
make_victim (LinkCase *self, guint row)
{
  static const char *const texts[][2] = {
    { "X_VI_ID_FAMILY", "surname" },
    { "X_VI_ID_GIVEN", "given_names" },
    { "X_VI_ID_ALIAS", "alias" },
    { "X_VI_ID_FATHER", "father_name" },
    { "X_VI_ID_DOCUMENT", "document_no" },
    { "X_VI_ID_PHONE", "phone" },
    { "X_VI_ID_BIRTHPLACE", "birth_place" },
    { "X_VI_ID_AGENCYREF", "record_no" },
  };
  CcRecord     *record = cc_record_new (cc_pack_find_unit (self->pack, "victim"));
  const CcCode *country =
      cc_pack_match_value (self->pack, "COUNTRY", cell (self, row, "nationality"), NULL);

  link_case_make_uuid (row, record->uuid);
  if (*cell (self, row, "sex"))
    cc_record_add (record, cc_pack_find_variable (self->pack, "VI03"))->code =
        cc_pack_find_code (self->pack, "SEX", cell (self, row, "sex"));
  if (country)
    g_ptr_array_add (cc_record_add (record, cc_pack_find_variable (self->pack, "VI08"))->codes,
                     (gpointer) country);
  set_birth (self, record, row);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (record, texts[i][0], self, cell (self, row, texts[i][1]));
  return record;
}

typedef struct
{
  LinkCase *self;
  guint     first;
  guint     n;
  gint64    entities[G_N_ELEMENTS (agencies)];
  CcRecord *record;
  gint64    entity;
  gint64    withdrawn;
} Rows;

static gint64
entity_of (LinkCase *self, const char *agency)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = g_ascii_strdown (agency, -1);
  g_autoptr (CcEntity) entity = cc_entity_find (self->file, key, &error);

  g_assert_no_error (error);
  return entity->id;
}

static gboolean
put_rows (CcAct *act, gpointer data, GError **error)
{
  Rows *rows = data;

  for (guint i = rows->first; i < rows->first + rows->n; i++)
    {
      g_autoptr (CcRecord) record = make_victim (rows->self, i);
      CcPutResult result;
      gint64      entity = 0;

      for (guint k = 0; k < G_N_ELEMENTS (agencies); k++)
        if (strcmp (cell (rows->self, i, "agency"), agencies[k]) == 0)
          entity = rows->entities[k];
      if (!cc_act_put_record (act, record, entity, 0, 0, &result, error))
        return FALSE;
    }
  return TRUE;
}

static void
run_act (LinkCase *self, CcActFunc func, Rows *rows)
{
  g_autoptr (GError) error = NULL;

  cc_case_file_act (self->file, "test", func, rows, NULL, &error);
  g_assert_no_error (error);
}

/* Stores rows of the set, first counted from 0. */
void
link_case_add_rows (LinkCase *self, guint first, guint n)
{
  Rows rows = { .self = self, .first = first, .n = n };

  for (guint k = 0; k < G_N_ELEMENTS (agencies); k++)
    rows.entities[k] = entity_of (self, agencies[k]);
  run_act (self, put_rows, &rows);
}

static gboolean
put_record (CcAct *act, gpointer data, GError **error)
{
  Rows       *rows = data;
  CcPutResult result;

  return cc_act_put_record (act, rows->record, rows->entity, 0, 0, &result, error);
}

void
link_case_add_event (LinkCase   *self,
                     guint       number,
                     const char *agency,
                     const char *case_no,
                     const char *other_ref)
{
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (self->pack, "event"));
  Rows rows = { .self = self, .record = record, .entity = entity_of (self, agency) };

  link_case_make_uuid (number, record->uuid);
  record->uuid[14] = 2;
  set_text (record, "EV02", self, case_no);
  set_text (record, "X_EV_REF", self, other_ref);
  run_act (self, put_record, &rows);
}

/* Stores a row anew with another phone number, as a corrected delivery does. */
void
link_case_change_phone (LinkCase *self, guint row, const char *phone)
{
  g_autoptr (CcRecord) record = make_victim (self, row);
  Rows     rows = { .self = self,
                    .record = record,
                    .entity = entity_of (self, cell (self, row, "agency")) };
  CcValue *value = cc_record_find (record, "X_VI_ID_PHONE");

  if (!value)
    value = cc_record_add (record, cc_pack_find_variable (self->pack, "X_VI_ID_PHONE"));
  g_free (value->text);
  value->text = g_strdup (phone);
  run_act (self, put_record, &rows);
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, ((Rows *) data)->withdrawn, error);
}

void
link_case_withdraw (LinkCase *self, gint64 record)
{
  Rows rows = { .self = self, .withdrawn = record };

  run_act (self, withdraw, &rows);
}

gint64
link_case_count (LinkCase *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return n;
}

/* The record id of a row. */
gint64
link_case_find (LinkCase *self, guint row)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  guint8        uuid[16];
  gint64        record;

  link_case_make_uuid (row, uuid);
  record = cc_store_find_uuid (reader, uuid, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return record;
}

/* The cluster a row is in now, 0 for none. */
gint64
link_case_cluster (LinkCase *self, guint row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (cluster), 0) FROM membership"
                                          " WHERE to_act IS NULL AND record = %" G_GINT64_FORMAT,
                                          link_case_find (self, row));

  return link_case_count (self, sql);
}

guint
link_case_decide (LinkCase *self, guint a, guint b, CcVerdict verdict)
{
  g_autoptr (GError) error = NULL;
  guint8 uuid_a[16];
  guint8 uuid_b[16];
  guint  persons;

  link_case_make_uuid (a, uuid_a);
  link_case_make_uuid (b, uuid_b);
  cc_link_decide (self->file, uuid_a, uuid_b, verdict, "test", &persons, NULL, &error);
  g_assert_no_error (error);
  return persons;
}
