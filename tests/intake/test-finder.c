/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-inspect.h>
#include <cc/intake/cc-map.h>
#include <cc/sheet/cc-book-writer.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Sheets like the eight variants of questionnaires.md 13.2, with invented rows. */

static CcPack *pack;
static char   *folder;

/* Writes rows of cells separated by "|" ("#" before a number, "!" hides the row). */
static void
write_rows (CcSheetWriter *sheet, const char *const *rows)
{
  for (guint r = 0; rows[r]; r++)
    {
      const char *text = rows[r];
      g_auto (GStrv) cells = NULL;

      if (text[0] == '!')
        {
          cc_sheet_writer_hide_row (sheet, r);
          text++;
        }
      cells = g_strsplit (text, "|", -1);
      for (guint c = 0; cells[c]; c++)
        {
          if (cells[c][0] == '#')
            cc_sheet_writer_number (sheet, r, c, g_ascii_strtod (cells[c] + 1, NULL), 0);
          else if (cells[c][0] != '\0')
            cc_sheet_writer_text (sheet, r, c, cells[c], 0);
        }
    }
}

static char *
begin_book (CcBookWriter **book, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  *book = cc_book_writer_new (path, &error);
  g_assert_no_error (error);
  return path;
}

static CcInspection *
end_book (CcBookWriter *book, char *path)
{
  g_autoptr (GError) error = NULL;
  CcInspection *inspection;

  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_no_error (error);
  cc_book_writer_free (book);
  inspection = cc_inspect (pack, path, cc_day_from_ymd (2024, 12, 31), NULL, &error);
  g_assert_no_error (error);
  g_free (path);
  return inspection;
}

static CcInspection *
inspect_rows (const char *name, const char *sheet, const char *const *rows)
{
  g_autoptr (GError) error = NULL;
  CcBookWriter *book;
  char         *path = begin_book (&book, name);

  write_rows (cc_book_writer_add_sheet (book, sheet, &error), rows);
  return end_book (book, path);
}

static CcInspectTable *
only_table (CcInspection *inspection)
{
  CcInspectTable *table;

  g_assert_cmpuint (inspection->tables->len, ==, 1);
  table = inspection->tables->pdata[0];
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      g_test_message ("%s [%s] -> %s (%.2f, %s)", column->letter, column->header,
                      column->suggestion, column->score, column->reason ? column->reason : "");
    }
  return table;
}

static CcInspectColumn *
find_column (CcInspectTable *table, const char *header)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      if (g_str_equal (column->header, header))
        return column;
    }
  g_error ("there is no column %s", header);
}

static void
expect (CcInspectTable *table, const char *header, const char *suggestion)
{
  CcInspectColumn *column = find_column (table, header);

  if (g_strcmp0 (column->suggestion, suggestion) != 0)
    g_test_message ("%s: %s, not %s", header, column->suggestion, suggestion);
  g_assert_cmpstr (column->suggestion, ==, suggestion);
}

static void
test_french_police (void)
{
  static const char *const rows[] = {
    "MINISTERE DE LA SECURITE  -  DIRECTION GENERALE DE LA POLICE NATIONALE",
    "SITUATION DES CAS DE TRAITE DES PERSONNES  -  ANNEE 2023",
    "",
    "",
    "N°|N° PV|Date|Nom et prénoms|Date de naissance / Âge|Sexe|Nationalité|Type d'exploitation|"
    "Provenance|Destination|Auteur présumé|Suite réservée|Obs",
    "#1|045/23/BPM|02/03/23|A. K. (anonyme)|15 ans|F|Béninoise|Exploitation sexuelle|Zou|Lagos|1 "
    "(en fuite)|Déféré|RAS",
    "#2|idem|\"|(idem)|12-14|M|\"|mendicité / travail forcé",
    "TOTAL GENERAL : 2",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v1.xlsx", "Feuil1", rows);
  CcInspectTable  *table = only_table (inspection);
  g_autofree char *period = cc_interval_to_iso (table->period);

  g_assert_cmpuint (table->header_first, ==, 4);
  g_assert_cmpuint (table->header_last, ==, 4);
  g_assert_cmpstr (table->unit, ==, "victim");
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 2);
  g_assert_cmpuint (table->n_rows[CC_ROW_TOTAL], ==, 1);
  g_assert_cmpint (table->serial_column, ==, 0);
  g_assert_cmpstr (period, ==, "2023");
  g_assert_cmpstr (inspection->languages[0], ==, "fr");
  expect (table, "N° PV", "case_no");
  expect (table, "Sexe", "sex");
  expect (table, "Nationalité", "citizenship");
  expect (table, "Type d'exploitation", "form");
  expect (table, "Date de naissance / Âge", "birth_date, age");
  expect (table, "Nom et prénoms", "full_name");
  expect (table, "Obs", "-");
}

static void
test_french_aggregate (void)
{
  g_autoptr (GError) error = NULL;
  CcBookWriter  *book;
  char          *path = begin_book (&book, "v2.xlsx");
  CcSheetWriter *sheet = cc_book_writer_add_sheet (book, "Situation 2023", &error);
  g_autoptr (CcInspection) inspection = NULL;
  CcInspectTable          *table;
  static const char *const rows[] = {
    "",
    "",
    "CENTRE SUD",
    "  Zoundwéogo|#12|#3|#15|#4|#6|#10",
    "  S/Total|#12|#3|#15|#4|#6|#10",
    "TOTAL GENERAL|#12|#3|#15|#4|#6|#10",
    NULL,
  };

  write_rows (sheet, rows);
  cc_sheet_writer_merge (sheet, 0, 0, 1, 0, "REGIONS/PROVINCES", 0);
  cc_sheet_writer_merge (sheet, 0, 1, 0, 3, "Nombre d'enfants interceptés", 0);
  cc_sheet_writer_merge (sheet, 0, 4, 0, 6, "Enfants placés en apprentissage", 0);
  for (guint i = 0; i < 6; i++)
    {
      static const char *const sub[] = { "TI", "TE", "TOTAL", "F", "G", "T" };

      cc_sheet_writer_text (sheet, 1, 1 + i, sub[i], 0);
    }
  inspection = end_book (book, path);
  table = only_table (inspection);
  g_assert_cmpuint (table->header_first, ==, 0);
  g_assert_cmpuint (table->header_last, ==, 1);
  g_assert_true (table->aggregate);
  find_column (table, "Enfants placés en apprentissage / F");
  find_column (table, "REGIONS/PROVINCES");
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 1);
  g_assert_cmpuint (table->n_rows[CC_ROW_TOTAL], ==, 2);
  g_assert_cmpuint (table->n_rows[CC_ROW_NOTE], ==, 1);
}

static void
test_english_docket (void)
{
  static const char *const rows[] = {
    "S/No|CR No.|Accused|Sex/Age|Section charged|Plea|Date of Judgment|Verdict / Sentence",
    "#1|CRM 112/2023|J. D.|M/40|S. 13(2) TIP Act|NG|1st Feb 2024|Convicted, 5yrs",
    "#2|CRM 113/2023|1. J. D.  2. M. S.|M/40,F/35|S. 13(2) TIP Act|NG|2nd Feb 2024|acquitted",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v3.xlsx", "Docket", rows);
  CcInspectTable *table = only_table (inspection);

  g_assert_cmpstr (table->unit, ==, "perpetrator");
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 2);
  expect (table, "CR No.", "case_no");
  expect (table, "Sex/Age", "sex, age");
  expect (table, "Date of Judgment", "step_on:COURT1");
}

static void
test_machine_row (void)
{
  static const char *const rows[] = {
    "!|cas_CaseOwner|prs_FirstName|prs_Birthdate|prs_Gender|prs_Citizenship|vic_TraffickingStatus|"
    "vic_TypeOfExploitation|cas_IncomingReferralDate",
    "|Case Owner|First Name|Birthdate|Gender|Citizenship|Trafficking Status|Type of "
    "Exploitation|Incoming Referral Date",
    "#1|S-021||2005-07-01|Feminine|Ghana|Possible victim of trafficking|Sexual exploitation; "
    "Forced labour|2024-08-08",
    "#2",
    "#3",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v4.xlsx", "Victims", rows);
  CcInspectTable *table = only_table (inspection);

  g_assert_cmpint (table->machine_row, ==, 0);
  g_assert_cmpuint (table->header_first, ==, 1);
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 1);
  g_assert_cmpuint (table->n_rows[CC_ROW_NUMBERED], ==, 2);
  g_assert_cmpstr (table->unit, ==, "victim");
  expect (table, "Birthdate", "birth_date");
  expect (table, "Trafficking Status", "status");
  expect (table, "Citizenship", "citizenship");
  expect (table, "Type of Exploitation", "form");
  g_assert_cmpstr (find_column (table, "Birthdate")->machine, ==, "prs_Birthdate");
}

static void
test_portuguese (void)
{
  static const char *const rows[] = {
    "PROCURADORIA-GERAL DA REPÚBLICA - MAPA DE PROCESSOS DE TRÁFICO DE PESSOAS (1.º SEMESTRE/2023)",
    "N.º Ord.|N.º Proc.|Província|Vítima(s)|H/M|Idade|Nacionalidade|Finalidade|Fase "
    "processual|Arguido(s)|Decisão",
    "#1|23/PGR-N/23|Nampula|2 (Menores)|1H/1M|9 e 12 anos|moç.|Trabalho forçado|Instrução "
    "preparat.|1 (H, 34A)|Aguarda",
    "#2|31/PGR-N/23|Maputo|Ignorada|M|ND|moçambicana|Exploração sexual|Julgado|2 (H/M)|Condenado",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v5.xlsx", "Mapa", rows);
  CcInspectTable  *table = only_table (inspection);
  g_autofree char *period = cc_interval_to_iso (table->period);

  g_assert_cmpuint (table->header_first, ==, 1);
  g_assert_cmpstr (period, ==, "2023-01-01..2023-06-30");
  g_assert_cmpstr (table->unit, ==, "victim");
  expect (table, "N.º Proc.", "case_no");
  expect (table, "H/M", "sex");
  expect (table, "Idade", "age");
  expect (table, "Finalidade", "form");
}

static void
test_arabic (void)
{
  static const char *const rows[] = {
    "الجدول رقم (٣): ضحايا الاتجار بالأشخاص سنة ٢٠٢٣",
    "ع/ر|رقم القضية|الاسم واللقب|الجنس|السن|الجنسية|شكل الاستغلال|تاريخ الإشعار|الجهة المبلغة|مآل "
    "الملف",
    "١|١٢٣/٢٠٢٣|ق. م.|أنثى|١٦ سنة|تونسية|استغلال جنسي|٠٢/٠٣/٢٠٢٣|مندوب حماية الطفولة|تتبع قضائي",
    "٢|//|مجهول|ذ|راشد|إيفوارية|العمل القسري + تسول|مارس ٢٠٢٣|منظمة غير حكومية|في طور البحث",
    "المجموع|||||||||٢",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v6.xlsx", "ورقة1", rows);
  CcInspectTable *table = only_table (inspection);

  g_assert_cmpuint (table->header_first, ==, 1);
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 2);
  g_assert_cmpuint (table->n_rows[CC_ROW_TOTAL], ==, 1);
  g_assert_cmpstr (table->unit, ==, "victim");
  g_assert_cmpstr (inspection->languages[0], ==, "ar");
  expect (table, "رقم القضية", "case_no");
  expect (table, "الجنس", "sex");
  expect (table, "السن", "age");
  expect (table, "الجنسية", "citizenship");
  expect (table, "شكل الاستغلال", "form");
}

static void
test_border (void)
{
  static const char *const rows[] = {
    "Date d'interception/Date of interception|Poste/Post|Nbre de victimes/No. of "
    "victims|H|F|<18|18+|Nationalité(s)|Moyen de transport|Trafiquant interpellé O/N|Remise à "
    "(handed to)",
    "23-XI-2023|Seme-Kraké|#3|#1|#2|#2|#1|2 NIG, 1 TOGO|bus|N|OCPM",
    "2024/1/15|Ilara|5 + 2 bébés|||||Nigériane / nigérienne|taxi|Oui (2)|???",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("v7.xlsx", "Interceptions", rows);
  CcInspectTable *table = only_table (inspection);

  g_assert_cmpuint (table->header_first, ==, 0);
  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 2);
  expect (table, "Nbre de victimes/No. of victims", "victims_number");
  g_assert_cmpint (find_column (table, "Date d'interception/Date of interception")->date_ambiguous,
                   ==, FALSE);
}

static void
test_months (void)
{
  static const char *const january[] = {
    "Call ID|Date/Time|Caller type|Loc.|# potential victims (F/M/U)|Age grp|Issue / "
    "secteur|Referred?|Outcome|Remarks",
    "H-0391|15.12.23 22:10|anon. (neighbour)|Abomey-Cal.|1 (U)|adult?|domestic work, no pay|yes - "
    "CNLTP|pending|tel coupé",
    "H-0392|#44993|victim herself|-|F|15-17|maid|Non|closed|see H-0391 (same?)",
    NULL,
  };
  static const char *const february[] = {
    "Call ID|Date/Time|Caller type|# potential victims (F/M/U)|Age grp|Issue / "
    "secteur|Referred?|Outcome|Remarks",
    "H-0401|02.02.24 10:00|family|1 (F)|adult|maid|Non|closed|",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  CcBookWriter *book;
  char         *path = begin_book (&book, "v8.xlsx");
  g_autoptr (CcInspection) inspection = NULL;
  CcInspectTable *first, *second;

  write_rows (cc_book_writer_add_sheet (book, "Jan", &error), january);
  write_rows (cc_book_writer_add_sheet (book, "Fév", &error), february);
  inspection = end_book (book, path);
  g_assert_cmpuint (inspection->tables->len, ==, 2);
  first = inspection->tables->pdata[0];
  second = inspection->tables->pdata[1];
  g_assert_cmpint (first->sheet_month, ==, 1);
  g_assert_cmpint (second->sheet_month, ==, 2);
  g_assert_cmpuint (first->n_rows[CC_ROW_DATA], ==, 2);
  g_assert_cmpuint (second->n_rows[CC_ROW_DATA], ==, 1);
}

static void
test_two_tables (void)
{
  static const char *const rows[] = {
    "Victims 2023",
    "Case No|Sex|Age|Nationality|Date of interception",
    "A/1|F|#15|Togo|2023-04-05",
    "A/2|M|#19|Togo|2023-04-06",
    "",
    "Case No|Accused|Verdict|Date of Judgment",
    "A/1|X. Y.|convicted|2023-10-02",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("two.xlsx", "All", rows);
  CcInspectTable *first, *second;

  g_assert_cmpuint (inspection->tables->len, ==, 2);
  first = inspection->tables->pdata[0];
  second = inspection->tables->pdata[1];
  g_assert_cmpstr (first->unit, ==, "victim");
  g_assert_cmpuint (first->n_rows[CC_ROW_DATA], ==, 2);
  g_assert_cmpstr (second->unit, ==, "perpetrator");
  g_assert_cmpuint (second->header_first, ==, 5);
  g_assert_cmpuint (second->n_rows[CC_ROW_DATA], ==, 1);
}

static void
test_repeated_header (void)
{
  static const char *const rows[] = {
    "Case No|Sex|Age|Nationality",
    "A/1|F|#15|Togo",
    "Case No|Sex|Age|Nationality",
    "A/2|M|#19|Togo",
    "|||",
    "Source: police records",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("again.xlsx", "S", rows);
  CcInspectTable *table = only_table (inspection);

  g_assert_cmpuint (table->n_rows[CC_ROW_DATA], ==, 2);
  g_assert_cmpuint (table->n_rows[CC_ROW_HEADER], ==, 1);
  g_assert_cmpuint (table->n_rows[CC_ROW_NOTE], ==, 1);
}

static void
test_one_column_per_form (void)
{
  static const char *const rows[] = {
    "Victim ID|Sex|Age|Nationality|Date rescued|Sexual exploitation|Forced labour|Forced begging",
    "V1|F|#15|Togo|2023-04-05|x||",
    "V2|M|#19|Togo|2023-04-06||1|oui",
    NULL,
  };
  g_autoptr (CcInspection) inspection = inspect_rows ("forms.xlsx", "S", rows);
  CcInspectTable *table = only_table (inspection);

  expect (table, "Victim ID", "agency_ref");
  expect (table, "Sexual exploitation", "form:SEX");
  expect (table, "Forced labour", "form:LAB");
  expect (table, "Forced begging", "form:BEG");
  expect (table, "Date rescued", "detected_on");
}

/* What a sheet is called does not turn a list of persons into a list of cases. */
static void
test_persons_on_cases_sheet (void)
{
  static const char *const rows[] = {
    "Case No|Full name|Gender|Age|Nationality|Date rescued|Type of exploitation",
    "C/1|Ama Test|F|15-17|Ghanaian|2024-04-23|Sexual exploitation",
    "C/2|Kojo Test|M|<18|Ghana|2024-06-25|Forced labour",
    NULL,
  };
  static const char *const cases[] = {
    "Case No|Date recorded|Number of victims|Province",
    "C/1|2024-04-23|#2|North",
    "C/2|2024-06-25|#1|South",
    NULL,
  };
  g_autoptr (CcInspection) persons = inspect_rows ("persons.xlsx", "Cases", rows);
  g_autoptr (CcInspection) events = inspect_rows ("cases.xlsx", "Cases", cases);
  CcInspectTable *table = only_table (persons);

  g_assert_cmpstr (table->unit, ==, "victim");
  expect (table, "Full name", "full_name");
  expect (table, "Age", "age");
  expect (table, "Nationality", "citizenship");
  expect (table, "Date rescued", "detected_on");
  g_assert_cmpstr (only_table (events)->unit, ==, "event");
}

static void
test_csv (void)
{
  g_autofree char *path = g_build_filename (folder, "s.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) inspection = NULL;

  g_assert_true (
      g_file_set_contents (path, "Sexe;\xC2ge;Nationalit\xE9\nF;15;B\xE9ninoise\n", -1, &error));
  inspection = cc_inspect (pack, path, cc_day_from_ymd (2024, 12, 31), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inspection->separator, ==, ';');
  g_assert_cmpstr (inspection->encoding, ==, "WINDOWS-1252");
  expect (only_table (inspection), "Âge", "age");
}

static void
test_nothing (void)
{
  g_autofree char *path = g_build_filename (folder, "empty.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) inspection = NULL;

  g_assert_true (g_file_set_contents (path, "", -1, &error));
  inspection = cc_inspect (pack, path, cc_day_from_ymd (2024, 12, 31), NULL, &error);
  if (inspection)
    g_assert_cmpuint (inspection->tables->len, ==, 0);
  else
    g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  int              result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  folder = g_dir_make_tmp ("intake-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/finder/french-police", test_french_police);
  g_test_add_func ("/intake/finder/french-aggregate", test_french_aggregate);
  g_test_add_func ("/intake/finder/english-docket", test_english_docket);
  g_test_add_func ("/intake/finder/machine-row", test_machine_row);
  g_test_add_func ("/intake/finder/portuguese", test_portuguese);
  g_test_add_func ("/intake/finder/arabic", test_arabic);
  g_test_add_func ("/intake/finder/border", test_border);
  g_test_add_func ("/intake/finder/months", test_months);
  g_test_add_func ("/intake/finder/two-tables", test_two_tables);
  g_test_add_func ("/intake/finder/repeated-header", test_repeated_header);
  g_test_add_func ("/intake/finder/one-column-per-form", test_one_column_per_form);
  g_test_add_func ("/intake/finder/persons-on-cases-sheet", test_persons_on_cases_sheet);
  g_test_add_func ("/intake/finder/csv", test_csv);
  g_test_add_func ("/intake/finder/nothing", test_nothing);
  result = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (system (command), ==, 0);
  cc_pack_unref (pack);
  g_free (folder);
  return result;
}
