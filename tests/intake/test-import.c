/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/intake/cc-import.h>
#include <cc/intake/cc-profile.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static CcPack *pack;

/* One case file in a folder of its own, with two reporting entities. */
typedef struct
{
  char       *folder;
  CcCaseFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
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

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  g_assert_true (cc_case_file_close (fixture->file, &error));
  g_assert_no_error (error);
  cc_case_file_free (fixture->file);
  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
}

static char *
write_csv (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
  return path;
}

static CcImportOptions
options_for (const char *entity)
{
  CcImportOptions options = { 0 };

  options.entity = entity;
  options.period = CC_INTERVAL_UNKNOWN;
  options.today = cc_day_from_ymd (2024, 12, 31);
  return options;
}

/* Adds up what became of the rows, whatever it was. */
static void
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

static char *
describe (GPtrArray *counts)
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

static void
assert_counts (GPtrArray *counts, const char *expected)
{
  g_autofree char *found = describe (counts);

  g_assert_cmpstr (found, ==, expected);
}

static void
print_result (CcImportResult *result)
{
  g_autofree char *fresh = describe (result->fresh);
  g_autofree char *updated = describe (result->updated);
  g_autofree char *unchanged = describe (result->unchanged);
  g_autofree char *parked = describe (result->parked);
  g_autofree char *rejected = describe (result->rejected);
  g_autofree char *records = describe (result->records);
  g_autofree char *findings = describe (result->findings);
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

static CcImportResult *
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

static gint64
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

static char *
content_hash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *hash = cc_case_file_content_hash (fixture->file, &error);

  g_assert_no_error (error);
  return hash;
}

/* The only record of a unit, or the one at a position by id. */
static CcRecord *
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

static const char *
code_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  if (!value)
    return NULL;
  if (value->no_value != CC_NO_VALUE_NONE)
    return cc_no_value_to_code (value->no_value);
  return value->code ? value->code->code : NULL;
}

static char *
codes_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; value && value->codes && i < value->codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const CcCode *) value->codes->pdata[i])->code);
  return g_string_free (text, FALSE);
}

static char *
date_of (CcRecord *record, const char *id)
{
  CcValue *value = cc_record_find (record, id);

  return value ? cc_interval_to_iso (value->date) : g_strdup ("");
}

static const char *const police_csv =
    "N°;N° PV;Date;Nom et prénoms;Date de naissance / Âge;Sexe;Nationalité;Type d'exploitation\n"
    "1;045/23/BPM;23/03/23;A. K.;15 ans;F;Béninoise;Exploitation sexuelle\n"
    "2;idem;\"\"\"\";M. S.;12-14;M;\"\"\"\";mendicité / travail forcé\n"
    "3;046/23/BPM;02/04/2023;T. D.;adulte;M;NIG;Travail forcé\n"
    "4;047/23/BPM;;R. L.;2005;F;Togolaise;zzz\n"
    "TOTAL : 4;;;;;;;\n";

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "police.csv", police_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) first = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) second = read_record (fixture, "VI", 1);
  g_autoptr (CcRecord) third = read_record (fixture, "VI", 2);
  g_autoptr (CcRecord) link = read_record (fixture, "VE", 1);
  g_autofree char *date = date_of (second, "VI19");
  g_autofree char *forms = codes_of (link, "VE03");
  g_autofree char *citizenship = codes_of (second, "VI08");

  assert_counts (result->fresh, "victim=3");
  assert_counts (result->parked, "date=1");
  assert_counts (result->rejected, "total=1");
  g_assert_cmpint (result->rows, ==, 5);
  g_assert_cmpstr (code_of (first, "VI03"), ==, "F");
  g_assert_cmpint (cc_record_find (first, "VI06")->age_max, ==, 15);
  g_assert_cmpint (cc_record_find (second, "VI06")->age_min, ==, 12);
  g_assert_cmpstr (date, ==, "2023-03-23");
  g_assert_cmpstr (forms, ==, "BEG LAB");
  g_assert_cmpstr (citizenship, ==, "BEN");
  g_assert_cmpstr (code_of (third, "VI08"), ==, "_X");
  g_assert_cmpint (cc_record_find (third, "VI06")->age_min, ==, 18);
  /* Two victims share one event; the ditto mark says so. Parked rows keep theirs. */
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'EV'"), ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (DISTINCT event) FROM victim_event"), ==, 2);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM source_row"), ==, 5);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM source_row WHERE state = 'parked'"), ==,
                   1);
  g_assert_cmpint (query (fixture, "SELECT row FROM source_row WHERE state = 'rejected'"), ==, 6);
  g_assert_cmpint (query (fixture, "SELECT accepted FROM submission"), ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM finding WHERE rule = "
                                   "'intake.finding.value-ask'"),
                   ==, 1);
  g_assert_cmpuint (result->unmapped_values->len, ==, 2);
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "police.csv", police_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) first = import (fixture, path, &options);
  g_autofree char *before = content_hash (fixture);
  g_autoptr (CcImportResult) again = import (fixture, path, &options);
  g_autofree char *after = content_hash (fixture);

  assert_counts (again->unchanged, "victim=3");
  assert_counts (again->fresh, "");
  g_assert_true (again->same_file);
  g_assert_cmpint (again->submission, ==, first->submission);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (again->drift->missing[0]);
  g_assert_null (again->drift->added[0]);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "police.csv", police_csv);
  CcImportOptions  options = options_for ("police");
  g_autofree char *before = content_hash (fixture);
  g_autoptr (CcImportResult) result = NULL;
  g_autofree char *after = NULL;

  options.dry_run = TRUE;
  result = import (fixture, path, &options);
  after = content_hash (fixture);
  assert_counts (result->fresh, "victim=3");
  g_assert_cmpint (result->submission, ==, 0);
  g_assert_cmpstr (before, ==, after);
}

static const char *const referenced_csv =
    "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Type of exploitation\n"
    "V1,A/1,F,15,Togo,2023-04-05,identified,Sexual exploitation\n"
    "V2,A/1,M,19,Togo,2023-04-05,presumed,Forced labour\n"
    "V3,A/2,F,22,Ghana,2023-05-06,identified,Forced begging\n";

static const char *const corrected_csv =
    "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Type of exploitation\n"
    "V1,A/1,F,15,Togo,2023-04-05,identified,Sexual exploitation\n"
    "V2,A/1,M,17,Togo,2023-04-05,,Forced labour\n"
    "V4,A/3,M,30,Mali,2023-06-07,presumed,Forced labour\n";

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = write_csv (fixture, "one.csv", referenced_csv);
  g_autofree char *two = write_csv (fixture, "two.csv", corrected_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) first = import (fixture, one, &options);
  g_autoptr (CcImportResult) second = import (fixture, two, &options);
  g_autoptr (CcRecord) victim = read_record (fixture, "VI", 1);

  assert_counts (first->fresh, "victim=3");
  assert_counts (second->fresh, "victim=1");
  assert_counts (second->updated, "victim=1");
  assert_counts (second->unchanged, "victim=1");
  g_assert_cmpint (cc_record_find (victim, "VI06")->age_max, ==, 17);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 4);
  /* The status of V2 is no longer stated. */
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VS' AND state = 0"),
                   ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'EV'"), ==, 3);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = write_csv (fixture, "one.csv", referenced_csv);
  g_autofree char *two = write_csv (fixture, "two.csv", corrected_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) first = NULL;
  g_autoptr (CcImportResult) second = NULL;

  options.period = cc_interval_year (2023);
  first = import (fixture, one, &options);
  options.replaces = CC_IMPORT_REPLACES_AUTO;
  second = import (fixture, two, &options);
  g_assert_cmpint (second->replaced, ==, first->submission);
  /* V3 with its link and status, the status of V2 gone before, and the event of V3. */
  g_assert_cmpint (second->withdrawn, ==, 4);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"),
                   ==, 3);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "one.csv", referenced_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) first = import (fixture, path, &options);
  g_autoptr (CcImportResult) again = NULL;
  gint64 n;

  g_assert_true (cc_import_undo (fixture->file, first->submission, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3 + 3 + 3 + 2);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==, 0);
  again = import (fixture, path, &options);
  g_assert_false (again->same_file);
  assert_counts (again->fresh, "victim=3");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==, n);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record"), ==, n);
}

static void
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

static char *
write_workbook (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, "return.xlsx", NULL);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  CcSheetWriter *sheet;

  g_assert_no_error (error);
  sheet = cc_book_writer_add_sheet (book, "Victims", &error);
  put_row (sheet, 0,
           "victim_ref|event_id|sex|birth_year|age_group|citizenship1|citizenship2|detected_on|"
           "status|form1|form2|transit_country|recruit_country|service1");
  put_row (sheet, 1, "EX-1|EX-1|F|#2001|adult|BEN||@2023-01-01|identified|Sexual exploitation||||");
  put_row (sheet, 2,
           "P-1|C-1|F|#2008|child|Bénin|Togo|@2023-02-03|identified|Sexual exploitation|Forced "
           "labour|Togo|Benin|shelter");
  put_row (sheet, 3, "P-2|C-2|M||adult|Nigeria|||presumed|Forced labour|||Nigeria|");
  sheet = cc_book_writer_add_sheet (book, "Perpetrators", &error);
  put_row (sheet, 0,
           "perp_ref|event_id|sex|age_group|citizenship1|role1|arrested_on|prosecuted_on|"
           "judged_on|outcome|sentence_months");
  put_row (sheet, 1,
           "S-1|C-1|M|adult|Benin|recruiter|@2023-02-04|@2023-03-01|@2023-09-09|convicted|#60");
  sheet = cc_book_writer_add_sheet (book, "Events", &error);
  put_row (sheet, 0, "event_id|recorded_on|n_victims|n_perps|form1");
  put_row (sheet, 1, "C-1|@2023-02-03|#1|#1|Sexual exploitation");
  put_row (sheet, 2, "C-2|@2023-06-07|#3|#0|Forced labour");
  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_no_error (error);
  return path;
}

static void
test_workbook (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_workbook (fixture);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcImportResult) again = NULL;
  g_autoptr (CcRecord) first = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) second = read_record (fixture, "VI", 1);
  g_autofree char *citizenship = codes_of (first, "VI08");
  g_autofree char *born = date_of (first, "VI05");
  g_autofree char *detected = date_of (second, "VI19");
  g_autofree char *before = NULL, *after = NULL;

  assert_counts (result->fresh, "event=2 perpetrator=1 victim=2");
  assert_counts (result->rejected, "example=1");
  assert_counts (result->parked, "");
  g_assert_cmpuint (g_strv_length (result->unmapped_columns), ==, 0);
  g_assert_cmpstr (citizenship, ==, "BEN TGO");
  g_assert_cmpstr (born, ==, "2008");
  /* P-2 has no date of its own: the one of its event, which stands on another sheet. */
  g_assert_cmpstr (detected, ==, "2023-06-07");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'EV'"), ==, 2);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'JS'"), ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'PL'"), ==, 3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'AS'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM victim_event WHERE victim IS NULL"), ==,
                   2);
  before = content_hash (fixture);
  again = import (fixture, path, &options);
  after = content_hash (fixture);
  assert_counts (again->unchanged, "event=2 perpetrator=1 victim=2");
  g_assert_cmpstr (before, ==, after);
}

static const char *const several_csv =
    "N.º Proc.,Data,Vítima(s),H/M,Idade,Nacionalidade,Finalidade\n"
    "23/PGR-N/23,15/01/2023,2 (Menores),1H/1M,9 e 12 anos,moçambicana,Trabalho forçado\n"
    "24/PGR-N/23,16/01/2023,1,M,ND,moçambicana,Exploração sexual\n"
    "25/PGR-N/23,17/01/2023,5 + 2 bebés,,,,\n"
    "26/PGR-N/23,18/01/2023,,H,30,moçambicana,Trabalho forçado\n";

static void
test_several_persons (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "several.csv", several_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRecord) victim = NULL;

  map = cc_map_load_text ("m.map", "[table several]\nunit=victim\n", &error);
  g_assert_no_error (error);
  options.map = map;
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=2");
  assert_counts (result->parked, "persons=2");
  victim = read_record (fixture, "VI", 0);
  g_assert_cmpstr (code_of (victim, "VI03"), ==, "F");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'EV'"), ==, 4);
  g_assert_cmpint (query (fixture, "SELECT sum (count) FROM aggregate_cell"), ==, 9);
}

static const char *const ambiguous_csv = "Victim ID,Sex,Age,Nationality,Date rescued\n"
                                         "V1,F,15,Togo,02/03/2023\n"
                                         "V2,M,19,Togo,04/05/2023\n"
                                         "V3,M,19,Togo,05/05/2023\n";

static void
test_ambiguous_dates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "dates.csv", ambiguous_csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) asked = import (fixture, path, &options);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("m.map", "[dates]\norder=DMY\n", &error);
  g_autoptr (CcImportResult) decided = NULL;
  g_autoptr (CcImportResult) remembered = NULL;
  g_autoptr (CcRecord) victim = NULL;
  g_autofree char *date = NULL;

  assert_counts (asked->fresh, "victim=1");
  assert_counts (asked->parked, "date-ambiguous=2");
  options.map = map;
  decided = import (fixture, path, &options);
  assert_counts (decided->fresh, "victim=2");
  assert_counts (decided->unchanged, "victim=1");
  victim = read_record (fixture, "VI", 1);
  date = date_of (victim, "VI19");
  g_assert_cmpstr (date, ==, "2023-03-02");
  /* The order is in the profile now. */
  options.map = NULL;
  remembered = import (fixture, path, &options);
  assert_counts (remembered->unchanged, "victim=3");
  g_assert_true (remembered->same_file);
}

static void
test_map_file (Fixture *fixture, gconstpointer data)
{
  static const char *const csv = "Kennung,Gruppe,Tag,Was,Egal\n"
                                 "1,1,2023-04-05,bonne,abc\n"
                                 "2,2,2023-04-06,rue,def\n";
  static const char *const text =
      "[columns list]\nKennung=agency_ref\nGruppe=sex\nTag=detected_on\n"
      "Was=form\nEgal=-\n[values sex]\n1=M\n2=F\n[values form]\n"
      "bonne=SERV; LAB\nrue=BEG\n";
  g_autofree char *path = write_csv (fixture, "list.csv", csv);
  CcImportOptions  options = options_for ("police");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("m.map", text, &error);
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcRecord) victim = NULL;
  g_autoptr (CcRecord) link = NULL;
  g_autofree char *forms = NULL;

  g_assert_no_error (error);
  options.map = map;
  result = import (fixture, path, &options);
  victim = read_record (fixture, "VI", 0);
  link = read_record (fixture, "VE", 0);
  forms = codes_of (link, "VE03");
  assert_counts (result->fresh, "victim=2");
  g_assert_cmpstr (code_of (victim, "VI03"), ==, "M");
  g_assert_cmpstr (forms, ==, "SERV LAB");
  g_assert_cmpuint (g_strv_length (result->unmapped_columns), ==, 0);
}

static void
test_drift (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = write_csv (fixture, "one.csv", referenced_csv);
  g_autofree char *two = write_csv (fixture, "two.csv",
                                    "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Victim "
                                    "status,Type of exploitation\n"
                                    "V9,A/9,F,15,Togo,2023-04-05,identified,washing cars\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) first = import (fixture, one, &options);
  g_autoptr (CcImportResult) second = import (fixture, two, &options);

  g_assert_null (first->drift);
  g_assert_nonnull (second->drift);
  g_assert_cmpstr (second->drift->missing[0], ==, "Status");
  g_assert_cmpstr (second->drift->added[0], ==, "Victim status");
  g_assert_cmpstr (second->drift->new_values[0], ==, "Type of exploitation: washing cars");
  g_assert_cmpstr (second->unmapped_columns[0], ==, "Victim status");
}

static void
check_failure (Fixture         *fixture,
               const char      *path,
               CcImportOptions *options,
               int              code,
               const char      *pattern)
{
  g_autofree char *before = content_hash (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result = cc_import_file (fixture->file, path, options, NULL, &error);
  g_autofree char *after = content_hash (fixture);

  g_assert_null (result);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, CC_ERROR, code);
  g_assert_true (g_pattern_match_simple (pattern, error->message));
  g_assert_cmpstr (before, ==, after);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = write_csv (fixture, "good.csv", referenced_csv);
  g_autofree char *headers = write_csv (fixture, "headers.csv", "Victim ID,Sex,Age,Nationality\n");
  g_autofree char *blank = write_csv (fixture, "blank.csv", "\n\n");
  g_autofree char *prose = write_csv (fixture, "prose.csv", "only one cell\n");
  g_autofree char *numbers = write_csv (fixture, "numbers.csv", "qwe,rtz\nuio,pas\n");
  CcImportOptions  options = options_for ("nobody");

  check_failure (fixture, good, &options, CC_ERROR_NOT_FOUND, "*“nobody”*Known keys:*police*");
  options.entity = "police";
  check_failure (fixture, headers, &options, CC_ERROR_INVALID_DATA, "*headers and no rows*nil*");
  check_failure (fixture, blank, &options, CC_ERROR_INVALID_DATA, "*empty*");
  check_failure (fixture, prose, &options, CC_ERROR_INVALID_DATA, "*No table*");
  check_failure (fixture, numbers, &options, CC_ERROR_INVALID_DATA, "*No column*");
  options.replaces = 99;
  check_failure (fixture, good, &options, CC_ERROR_NOT_FOUND, "*no delivery 99*");
}

typedef struct
{
  GCancellable *cancellable;
  guint64       at;
} Stop;

static void
stop_at (const CcProgressState *state, gpointer data)
{
  Stop *stop = data;

  if (g_str_equal (state->phase, "progress.import") && state->done >= stop->at)
    g_cancellable_cancel (stop->cancellable);
}

static char *
write_long (Fixture *fixture, guint n)
{
  g_autoptr (GString) csv =
      g_string_new ("Victim ID,Sex,Age,Nationality,Date rescued,Type of exploitation\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "V%u,%s,%u,Togo,2023-04-%02u,Forced labour\n", i,
                            i % 2 ? "F" : "M", 10 + i % 40, 1 + i % 28);
  return write_csv (fixture, "long.csv", csv->str);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_long (fixture, 3000);
  CcImportOptions  options = options_for ("police");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { cancellable, 64 };
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, stop_at, &stop);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;
  g_autoptr (CcImportResult) result =
      cc_import_file (fixture->file, path, &options, progress, &error);
  g_autoptr (CcImportResult) whole = NULL;

  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = content_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  whole = import (fixture, path, &options);
  assert_counts (whole->fresh, "victim=3000");
}

static void
test_border (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "border.csv",
                 "Date d'interception/Date of interception,Poste/Post,Nbre de victimes/No. of "
                 "victims,H,F,"
                 "Nationalité(s)\n23-XI-2023,Seme-Kraké,3,1,2,\"2 NIG, 1 TOGO\"\n"
                 "2024/1/15,Ilara,5 + 2 bébés,,,Nigériane\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) event = read_record (fixture, "EV", 1);
  g_autofree char *date = date_of (event, "EV06");

  assert_counts (result->fresh, "event=2");
  g_assert_cmpstr (date, ==, "2024-01-15");
  g_assert_cmpint (cc_record_find (event, "EV17")->number, ==, 7);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI'"), ==, 0);
}

static void
test_ticks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_csv (fixture, "ticks.csv",
                 "Victim ID,Sex,Age,Nationality,Date rescued,Sexual exploitation,Forced "
                 "labour,Forced "
                 "begging\nV1,F,15,Togo,2023-04-05,x,,oui\nV2,M,19,Togo,2023-04-06,N,1,0\n");
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcRecord) first = read_record (fixture, "VE", 0);
  g_autoptr (CcRecord) second = read_record (fixture, "VE", 1);
  g_autofree char *one = codes_of (first, "VE03");
  g_autofree char *two = codes_of (second, "VE03");

  assert_counts (result->fresh, "victim=2");
  g_assert_cmpstr (one, ==, "SEX BEG");
  g_assert_cmpstr (two, ==, "LAB");
}

static void
test_also_perpetrator (Fixture *fixture, gconstpointer data)
{
  static const char *const text = "[columns also]\nSuspect=perpetrator.full_name\nSuspect "
                                  "sex=perpetrator.sex\nArrest=justice_step.step_on:ARREST\n"
                                  "[row also]\nalso=perpetrator\n";
  g_autofree char         *path = write_csv (fixture, "also.csv",
                                             "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Suspect,"
                                                     "Suspect sex,Arrest\n"
                                                     "V1,A/1,F,15,Togo,2023-04-05,X. Y.,M,2023-04-06\n"
                                                     "V2,A/2,F,15,Togo,2023-04-05,,,\n");
  CcImportOptions          options = options_for ("police");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("m.map", text, &error);
  g_autoptr (CcImportResult) result = NULL;

  g_assert_no_error (error);
  options.map = map;
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=2");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'PE'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'JS'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM perp_event WHERE event IS NOT NULL"), ==,
                   1);
}

static void
test_join (Fixture *fixture, gconstpointer data)
{
  static const char *const text = "[table Persons]\nsheet=Persons\nunit=victim\n"
                                  "[table Files]\nsheet=Files\nunit=event\n"
                                  "[columns Files]\nOpened=recorded_on\n"
                                  "[join]\nPersons.Key=Files.Key\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "join.xlsx", NULL);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  g_autoptr (CcMap) map = cc_map_load_text ("m.map", text, &error);
  CcSheetWriter  *sheet;
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcRecord) victim = NULL;
  g_autofree char *date = NULL;

  g_assert_no_error (error);
  sheet = cc_book_writer_add_sheet (book, "Persons", &error);
  put_row (sheet, 0, "Key|Sex|Age|Nationality");
  put_row (sheet, 1, "#7|F|#15|Togo");
  put_row (sheet, 2, "#7|M|#16|Togo");
  sheet = cc_book_writer_add_sheet (book, "Files", &error);
  put_row (sheet, 0, "Key|Opened|Number of victims");
  put_row (sheet, 1, "#7|@2023-05-06|#2");
  g_assert_true (cc_book_writer_close (book, &error));
  options.map = map;
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "event=1 victim=2");
  victim = read_record (fixture, "VI", 1);
  date = date_of (victim, "VI19");
  g_assert_cmpstr (date, ==, "2023-05-06");
  g_assert_cmpint (query (fixture, "SELECT count (DISTINCT event) FROM victim_event"), ==, 1);
}

static void
test_months (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "months.xlsx", NULL);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  static const char *const names[] = { "Jan", "Fév", "Mars" };
  CcImportOptions          options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcRecord) victim = NULL;
  g_autofree char *date = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CcSheetWriter *sheet = cc_book_writer_add_sheet (book, names[i], &error);

      put_row (sheet, 0, i == 1 ? "N°|Âge|Sexe|Nationalité" : "N°|Sexe|Âge|Nationalité");
      put_row (sheet, 1, i == 1 ? "#1|#15|F|Togo" : "#1|F|#15|Togo");
      put_row (sheet, 2, i == 1 ? "#2|#16|M|Togo" : "#2|M|#17|Mali");
      put_row (sheet, 3, "Total|#2");
    }
  g_assert_true (cc_book_writer_close (book, &error));
  options.period = cc_interval_year (2023);
  result = import (fixture, path, &options);
  assert_counts (result->fresh, "victim=6");
  assert_counts (result->rejected, "total=3");
  victim = read_record (fixture, "VI", 2);
  date = date_of (victim, "VI19");
  g_assert_cmpstr (date, ==, "2023-02");
  g_assert_cmpint (cc_record_find (victim, "VI06")->age_max, ==, 15);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_long (fixture, 3000);
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;
  CcImportOptions  options = options_for ("police");
  struct rlimit    old, tight;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) again = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = old;
  tight.rlim_cur = 512 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  result = cc_import_file (fixture->file, path, &options, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_null (result);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (error->domain, ==, CC_ERROR);
  after = content_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  again = import (fixture, path, &options);
  assert_counts (again->fresh, "victim=3000");
}

static void
test_aggregate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "aggregate.csv",
                                     "Province,TI,TE,TOTAL,F,G\nZou,12,3,15,4,6\nMono,1,0,1,1,0\n"
                                     "TOTAL,13,3,16,5,6\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  assert_counts (result->parked, "aggregate=2");
  assert_counts (result->rejected, "total=1");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record"), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM aggregate_cell"), ==, 10);
}

static void
test_period (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "p.csv",
                                     "Victim ID,Sex,Age,Nationality,Date rescued\n"
                                     "V1,F,15,Togo,\nV2,M,20,Togo,2022-05-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcRecord) victim = NULL;
  g_autofree char *date = NULL;

  options.period = cc_interval_year (2023);
  result = import (fixture, path, &options);
  victim = read_record (fixture, "VI", 0);
  date = date_of (victim, "VI19");
  g_assert_cmpstr (date, ==, "2023");
  assert_counts (result->fresh, "victim=2");
  assert_counts (result->findings, "date-from-period=1 date-outside-period=1");
}

static void
test_profile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "one.csv", referenced_csv);
  g_autofree char *out = g_build_filename (fixture->folder, "out.map", NULL);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = NULL;

  result = import (fixture, path, &options);
  g_assert_cmpstr (result->profile, ==, "police");
  profiles = cc_profile_list (fixture->file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 1);
  g_assert_true (cc_profile_export (fixture->file, "police", out, &error));
  map = cc_map_load (out, &error);
  g_assert_no_error (error);
  g_assert_true (cc_map_is_complete (map));
  g_assert_true (cc_profile_import (fixture->file, "court", "court list", out, &error));
  g_assert_no_error (error);
  g_assert_false (cc_profile_import (fixture->file, "nobody", "x", out, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
}

static void
test_duplicates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "d.csv",
                                     "Victim ID,Sex,Age,Nationality,Date rescued\n"
                                     "V1,F,15,Togo,2023-05-05\nV1,F,16,Togo,2023-05-06\n"
                                     ",F,15,Togo,2023-05-05\n,F,15,Togo,2023-05-05\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  assert_counts (result->fresh, "victim=4");
  assert_counts (result->findings, "duplicate-number=1 duplicate-row=1");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
#define ADD(path, func) g_test_add ("/intake/import/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("csv", test_csv);
  ADD ("again", test_again);
  ADD ("dry-run", test_dry_run);
  ADD ("update", test_update);
  ADD ("replace", test_replace);
  ADD ("undo", test_undo);
  ADD ("workbook", test_workbook);
  ADD ("several-persons", test_several_persons);
  ADD ("ambiguous-dates", test_ambiguous_dates);
  ADD ("map-file", test_map_file);
  ADD ("drift", test_drift);
  ADD ("failures", test_failures);
  ADD ("cancel", test_cancel);
  ADD ("border", test_border);
  ADD ("ticks", test_ticks);
  ADD ("also-perpetrator", test_also_perpetrator);
  ADD ("join", test_join);
  ADD ("months", test_months);
  ADD ("disk-full", test_disk_full);
  ADD ("aggregate", test_aggregate);
  ADD ("period", test_period);
  ADD ("profile", test_profile);
  ADD ("duplicates", test_duplicates);
#undef ADD
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
