/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

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

  map = cc_map_load_text ("m.map", "[table several]\nunit=victim\n[values sex]\nM=F\n", &error);
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

/* A person says what the rows are, either way, and the profile keeps it. */
static void
test_said_aggregate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *counts =
      write_csv (fixture, "counts.csv", "Province,TI,TE,TOTAL,F,G\nZou,12,3,15,4,6\n");
  g_autofree char *list = write_csv (fixture, "list.csv", referenced_csv);
  g_autoptr (CcMap) no =
      cc_map_load_text ("no.map", "[table counts]\nunit=victim\naggregate=no\n", &error);
  g_autoptr (CcMap) yes = cc_map_load_text ("yes.map", "[table list]\naggregate=yes\n", &error);
  g_autoptr (CcMap) wrong = cc_map_load_text ("x.map", "[table x]\naggregate=1\n", NULL);
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) first = NULL;
  g_autoptr (CcImportResult) second = NULL;
  g_autoptr (CcImportResult) again = NULL;

  g_assert_no_error (error);
  g_assert_null (wrong);
  options.map = no;
  first = import (fixture, counts, &options);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM aggregate_cell"), ==, 0);
  options = options_for ("court");
  options.map = yes;
  second = import (fixture, list, &options);
  assert_counts (second->parked, "aggregate=3");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE submission = 2"), ==, 0);
  options.map = NULL;
  again = import (fixture, list, &options);
  assert_counts (again->parked, "aggregate=3");
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

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "several-persons", test_several_persons },
    { "ambiguous-dates", test_ambiguous_dates },
    { "border", test_border },
    { "ticks", test_ticks },
    { "also-perpetrator", test_also_perpetrator },
    { "join", test_join },
    { "months", test_months },
    { "aggregate", test_aggregate },
    { "said-aggregate", test_said_aggregate },
    { "period", test_period },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
