/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <unistd.h>

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("casecount-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "count.casecount", NULL);
  fixture->file =
      cc_case_file_create (fixture->path, PASSPHRASE, fixture->pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->file);
}

void
fixture_close (Fixture *fixture)
{
  GError *error = NULL;

  if (fixture->file == NULL)
    return;
  g_assert_true (cc_case_file_close (fixture->file, &error));
  g_assert_no_error (error);
  g_clear_pointer (&fixture->file, cc_case_file_free);
}

void
fixture_open (Fixture *fixture)
{
  GError *error = NULL;

  fixture->file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  fixture_close (fixture);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  cc_pack_unref (fixture->pack);
}

char *
fixture_sibling (Fixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

void
fixture_act (Fixture *fixture, CcActFunc func, gpointer data)
{
  GError  *error = NULL;
  gboolean ok = cc_case_file_act (fixture->file, "test", func, data, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

char *
fixture_hash (Fixture *fixture)
{
  GError *error = NULL;
  char   *hash = cc_case_file_content_hash (fixture->file, &error);

  g_assert_no_error (error);
  return hash;
}

gint64
fixture_count (Fixture *fixture, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, reader);
  return n;
}

GPtrArray *
fixture_problems (Fixture *fixture)
{
  GError    *error = NULL;
  GPtrArray *problems = NULL;

  cc_case_file_verify (fixture->file, &problems, &error);
  g_assert_no_error (error);
  g_assert_nonnull (problems);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) g_ptr_array_index (problems, i));
  return problems;
}

CcValue *
set_code (CcRecord *record, CcPack *pack, const char *id, const char *code)
{
  const CcVariable *variable = cc_pack_find_variable (pack, id);
  CcValue          *value;

  g_assert_nonnull (variable);
  value = cc_record_add (record, variable);
  value->code = cc_pack_find_code (pack, variable->list, code);
  g_assert_nonnull (value->code);
  return value;
}

CcValue *
set_text (CcRecord *record, CcPack *pack, const char *id, const char *text)
{
  CcValue *value = cc_record_add (record, cc_pack_find_variable (pack, id));

  value->text = g_strdup (text);
  return value;
}

/* A victim with a number for its UUID. */
CcRecord *
make_victim (CcPack *pack, guint number, const char *family)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, "victim"));
  CcValue  *value;

  for (guint i = 0; i < 4; i++)
    record->uuid[i] = (guint8) (number * 2654435761u >> (8 * i));
  record->uuid[4] = 1;
  set_code (record, pack, "VI03", number % 3 == 0 ? "M" : "F");
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI19"));
  value->date = cc_interval_day (cc_day_from_ymd (2024, 1 + (int) number % 12, 5));
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI06"));
  value->age_min = value->age_max = 12 + (int) number % 30;
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI08"));
  g_ptr_array_add (value->codes, (gpointer) cc_pack_find_code (pack, "COUNTRY", "SEN"));
  set_text (record, pack, "X_VI_ID_FAMILY", family);
  set_text (record, pack, "X_VI_ID_GIVEN", "Awa");
  return record;
}

gint64
put (CcAct *act, CcRecord *record, CcPutResult expected)
{
  GError     *error = NULL;
  CcPutResult result;

  g_assert_true (cc_act_put_record (act, record, 0, 0, 0, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, expected);
  g_assert_cmpint (record->id, >, 0);
  return record->id;
}

gboolean
add_victims (CcAct *act, gpointer data, GError **error)
{
  Victims *victims = data;
  CcPack  *pack = cc_case_file_get_pack (cc_act_get_file (act));

  for (guint i = 0; i < victims->n; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, victims->first + i, "Diatta");
      CcPutResult result;

      if (!cc_act_put_record (act, record, 0, 0, 0, &result, error))
        return FALSE;
      g_assert_cmpint (result, ==, CC_PUT_NEW);
      if (i < G_N_ELEMENTS (victims->ids))
        victims->ids[i] = record->id;
    }
  return TRUE;
}
