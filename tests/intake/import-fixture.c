/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <stdlib.h>
#include <string.h>

CcPack *pack;

const char *const referenced_csv =
    "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Type of exploitation\n"
    "V1,A/1,F,15,Togo,2023-04-05,identified,Sexual exploitation\n"
    "V2,A/1,M,19,Togo,2023-04-05,presumed,Forced labour\n"
    "V3,A/2,F,22,Ghana,2023-05-06,identified,Forced begging\n";

void
set_up_import (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("intake-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "a.casecount", NULL);
  fixture->file = cc_case_file_create (path, "a passphrase", pack, "BEN", FALSE, &error);
  g_assert_no_error (error);
  cc_entity_add (fixture->file, "police", "Police nationale",
                 cc_pack_find_code (pack, "RETYPE", "POL"), &error);
  g_assert_no_error (error);
  cc_entity_add (fixture->file, "court", "Tribunal", cc_pack_find_code (pack, "RETYPE", "COU"),
                 &error);
  g_assert_no_error (error);
}

void
tear_down_import (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  g_assert_true (cc_case_file_close (fixture->file, &error));
  g_assert_no_error (error);
  cc_case_file_free (fixture->file);
  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
}

char *
write_csv (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
  return path;
}

CcImportOptions
options_for (const char *entity)
{
  CcImportOptions options = { 0 };

  options.entity = entity;
  options.period = CC_INTERVAL_UNKNOWN;
  options.today = cc_day_from_ymd (2024, 12, 31);
  return options;
}

/* Adds up what became of the rows, whatever it was. */
void
check_arithmetic (CcImportResult *result)
{
  g_assert_cmpint (cc_import_count_total (result->fresh) + cc_import_count_total (result->updated)
                       + cc_import_count_total (result->unchanged)
                       + cc_import_count_total (result->parked)
                       + cc_import_count_total (result->rejected),
                   ==, result->rows);
  g_assert_cmpint (cc_import_count_total (result->parked), ==, result->n_parked);
  g_assert_cmpint (cc_import_count_total (result->rejected), ==, result->n_rejected);
}

char *
describe_counts (GPtrArray *counts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      CcImportCount *count = counts->pdata[i];
      const char    *dot = strrchr (count->key, '.');

      g_string_append_printf (text, "%s%s=%d", i > 0 ? " " : "", dot ? dot + 1 : count->key,
                              (int) count->count);
    }
  return g_string_free (text, FALSE);
}

void
assert_counts (GPtrArray *counts, const char *expected)
{
  g_autofree char *found = describe_counts (counts);

  g_assert_cmpstr (found, ==, expected);
}

static void
print_result (CcImportResult *result)
{
  g_autofree char *fresh = describe_counts (result->fresh);
  g_autofree char *updated = describe_counts (result->updated);
  g_autofree char *unchanged = describe_counts (result->unchanged);
  g_autofree char *parked = describe_counts (result->parked);
  g_autofree char *rejected = describe_counts (result->rejected);
  g_autofree char *records = describe_counts (result->records);
  g_autofree char *findings = describe_counts (result->findings);
  g_autofree char *columns = g_strjoinv (", ", result->unmapped_columns);

  g_test_message ("rows %d; new %s; updated %s; unchanged %s; parked %s; rejected %s",
                  (int) result->rows, fresh, updated, unchanged, parked, rejected);
  g_test_message ("records %s; findings %s; unmapped %s", records, findings, columns);
  for (guint i = 0; i < result->unmapped_values->len; i++)
    {
      CcImportUnmapped *value = result->unmapped_values->pdata[i];

      g_test_message ("unmapped %s = %s (%d)", value->variable, value->text, (int) value->count);
    }
}

CcImportResult *
import (Fixture *fixture, const char *path, CcImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  CcImportResult *result = cc_import_file (fixture->file, path, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  print_result (result);
  check_arithmetic (result);
  return result;
}

gint64
query (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CcConnection *connection = cc_case_file_acquire_reader (fixture->file, &error);
  gint64        value;

  g_assert_no_error (error);
  value = cc_connection_get_int64 (connection, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, connection);
  return value;
}

char *
content_hash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *hash = cc_case_file_content_hash (fixture->file, &error);

  g_assert_no_error (error);
  return hash;
}

/* The only record of a unit, or the one at a position by id. */
CcRecord *
read_record (Fixture *fixture, const char *abbr, guint position)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM record WHERE unit = '%s' AND state = 0 "
                                          "ORDER BY id LIMIT 1 OFFSET %u",
                                          abbr, position);
  gint64           id = query (fixture, sql);
  CcConnection    *connection;
  CcRecord        *record;

  g_assert_cmpint (id, >, 0);
  connection = cc_case_file_acquire_reader (fixture->file, &error);
  record = cc_store_read_record (fixture->file, connection, id, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (fixture->file, connection);
  return record;
}

const char *
code_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  if (!value)
    return NULL;
  if (value->no_value != CC_NO_VALUE_NONE)
    return cc_no_value_to_code (value->no_value);
  return value->code ? value->code->code : NULL;
}

char *
codes_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; value && value->codes && i < value->codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const CcCode *) value->codes->pdata[i])->code);
  return g_string_free (text, FALSE);
}

char *
date_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  return value ? cc_interval_to_iso (value->date) : g_strdup ("");
}

void
put_row (CcSheetWriter *sheet, guint row, const char *text)
{
  g_auto (GStrv) cells = g_strsplit (text, "|", -1);

  for (guint c = 0; cells[c]; c++)
    if (cells[c][0] == '#')
      cc_sheet_writer_number (sheet, row, c, g_ascii_strtod (cells[c] + 1, NULL), 0);
    else if (cells[c][0] == '@')
      {
        CcInterval date;

        g_assert_true (cc_interval_from_iso (cells[c] + 1, &date));
        cc_sheet_writer_date (sheet, row, c, date.first, CC_STYLE_DATE);
      }
    else if (cells[c][0] != '\0')
      cc_sheet_writer_text (sheet, row, c, cells[c], 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_import (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tear_down_import (fixture);
}

int
run_import_tests (int argc, char **argv, const ImportTest *tests, guint n_tests)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_tests; i++)
    {
      g_autofree char *path = g_strconcat ("/intake/import/", tests[i].name, NULL);

      g_test_add (path, Fixture, tests[i].data, set_up, tests[i].func, tear_down);
    }
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
