/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/intake/cc-profile.h>
#include <string.h>

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
  /* They were here and were taken back: known rows that are awake again, not new ones. */
  assert_counts (again->fresh, "");
  assert_counts (again->updated, "victim=3");
  assert_counts (again->woken, "victim=3");
  assert_counts (first->woken, "");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE state = 0"), ==, n);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record"), ==, n);
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
  /* The column is called otherwise now, by a name that is known as well. */
  g_assert_cmpstr (second->drift->renamed[0], ==, "Status → Victim status");
  g_assert_null (second->drift->missing[0]);
  g_assert_null (second->drift->added[0]);
  g_assert_cmpstr (second->drift->new_values[0], ==, "Type of exploitation: washing cars");
  g_assert_null (second->unmapped_columns[0]);
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
  static const ImportTest tests[] = {
    { "csv", test_csv },           { "again", test_again },           { "dry-run", test_dry_run },
    { "update", test_update },     { "replace", test_replace },       { "undo", test_undo },
    { "workbook", test_workbook }, { "map-file", test_map_file },     { "drift", test_drift },
    { "profile", test_profile },   { "duplicates", test_duplicates },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
