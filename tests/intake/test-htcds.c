/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of a case management standard, filled: names for programs in a hidden first row, headers
 * for people in the second. The layout is drawn here, with what is wrong in the one that is handed
 * out: in N, O, Q and R the hidden names stand over headers of other columns, T is misspelt, AJ has
 * none, and A holds a running number under no header. */
#include "import-fixture.h"

#include <cc/model/cc-texts.h>

#include <locale.h>
#include <string.h>

#define NAMES                                                                                      \
  "|cas_CaseOwner|prs_Salutation|prs_FirstName|prs_SecondName|con_Consent|prs_Birthdate|"          \
  "prs_Gender|prs_Citizenship|prs_Title|prs_Email|prs_HomePhone|prs_MobilePhone|"                  \
  "prs_MailingCity|prs_MailingCountry|prs_MailingState|prs_MailingStreet|prs_MailingPostalCode|"   \
  "vic_TraffickingStatus|vic_TraffickinStatusDecisionMakingOrg|vic_MethodOfRecruitment|"           \
  "vic_LocationOfRecruitment|vic_MethodsOfControl|vic_TypeOfExploitation|"                         \
  "vic_ForcedLabourIndustry|vic_TypeOfSexExploitation|vic_LocationOfExploitation|cas_Status|"      \
  "cas_ReferringOrganisation|cas_IncomingReferralDate|cas_ReferringPrimaryCaseWorker|"             \
  "cas_ReasonForIncomingReferral|cas_IncomingReferralDetails|cas_ReferredOrganisation|"            \
  "cas_ReferredPrimaryCaseWorker||cas_OutgoingReferralDate|cas_OutgoingReferralDetails|"           \
  "cas_ReasonForCaseClosure"

#define LABELS                                                                                     \
  "|Case Owner|Salutation|First Name|Second Name|Consent|Birthdate|Gender|Citizenship|Title|"      \
  "Email|Home Phone|Mobile Phone|Mailing Street|Mailing City|Mailing State/Province|"              \
  "Mailing Zip/Postal Code|Mailing Country|Trafficking Status|"                                    \
  "Trafficking Status Decision Making Organization|Method of Recruitment|"                         \
  "Location of Recruitment|Methods of Control|Type of Exploitation|Forced Labour Industry|"        \
  "Type of Sex Exploitation|Location of Exploitation|Status|Referring Organisation|"               \
  "Incoming Referral Date|Referring Primary Case Worker|Reason for Incoming Referral|"             \
  "Incoming Referral Details|Referred Organisation|Referred Primary Case Worker|"                  \
  "Reason for Outgoing Referral|Outgoing Referral Date|Outgoing Referral Details|"                 \
  "Reason for Case Closure"

/* The blank and the no-break space behind "Debt bondage" and "Feminine" are those of its lists. */
#define FIRST                                                                                      \
  "S-021||Ama|K.|Yes|@2005-07-01|Feminine\302\240|Ghana||||+233 20 000|1 Harbour Road|Tema|"       \
  "Greater Accra|GA-1|Ghana|Actual victim of trafficking|Police|At a place of business||"          \
  "Debt bondage ; Physical threats|Forced labour|"                                                 \
  "Wholesale and retail trade; repair of motor vehicles and motorcycles|||Active||@2024-08-08||"   \
  "Additional Services Required||||||"
#define SECOND                                                                                     \
  "S-021||Kofi|M.|Yes|@2009-02-03|Masculine|Niger; Togo||||||||||Possible victim of trafficking|"  \
  "NGO|||Physical threats|Forced labour; Sexual exploitation|Construction|Prostitution||"          \
  "Follow up||@2024-08-10||||||||"

/* Rows of the sheet: two persons, and numbers for more. */
static const char *const filled[] = { "#1|" FIRST, "#2|" SECOND, "#3", "#4", "#5", NULL };
/* The same persons in another order and with one more: the running numbers are others. */
static const char *const again[] = { "#1|" SECOND, "#2|" FIRST, "#3|" SECOND "|x", "#4", NULL };

typedef enum
{
  BY_BOTH,
  BY_NAME,
  BY_LABEL,
} Layout;

static char *
write_sheet (Fixture *fixture, const char *name, Layout layout, const char *const *rows)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);
  CcSheetWriter *sheet;
  guint          row = 0;

  g_assert_no_error (error);
  sheet = cc_book_writer_add_sheet (book, "Case Sheet", &error);
  g_assert_no_error (error);
  if (layout == BY_BOTH)
    cc_sheet_writer_hide_row (sheet, row);
  if (layout != BY_LABEL)
    put_row (sheet, row++, NAMES);
  if (layout != BY_NAME)
    put_row (sheet, row++, LABELS);
  for (guint i = 0; rows[i]; i++)
    put_row (sheet, row++, rows[i]);
  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_no_error (error);
  return path;
}

static void
assert_code (CcRecord *record, const char *id, const char *expected)
{
  g_assert_cmpstr (code_of (record, id), ==, expected);
}

static void
assert_codes (CcRecord *record, const char *id, const char *expected)
{
  g_autofree char *found = codes_of (record, id);

  g_assert_cmpstr (found, ==, expected);
}

/* What the sheet says of the two, whichever row names its columns. */
static void
check_records (Fixture *fixture)
{
  g_autoptr (CcRecord) first = read_record (fixture, "VI", 0);
  g_autoptr (CcRecord) second = read_record (fixture, "VI", 1);
  g_autoptr (CcRecord) first_link = read_record (fixture, "VE", 0);
  g_autoptr (CcRecord) second_link = read_record (fixture, "VE", 1);
  g_autoptr (CcRecord) first_status = read_record (fixture, "VS", 0);
  g_autoptr (CcRecord) second_status = read_record (fixture, "VS", 1);
  g_autofree char *born = date_of (first, "VI05");

  assert_code (first, "VI04", "W");
  assert_codes (first, "VI08", "GHA");
  g_assert_cmpstr (born, ==, "2005-07-01");
  assert_codes (first_link, "VE03", "LAB");
  /* The label of the industry holds a semicolon of its own, that of the control a blank. */
  assert_codes (first_link, "VE05", "ISIC4:G");
  assert_codes (first_link, "VE08", "DEBT THR");
  assert_codes (first_link, "VE09", "BUSINESS");
  assert_code (first_status, "VS01", "IDEN");

  assert_code (second, "VI04", "MN");
  assert_codes (second, "VI08", "NER TGO");
  assert_codes (second_link, "VE03", "LAB SEX");
  assert_code (second_status, "VS01", "PRES");
}

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  const Layout     layout = GPOINTER_TO_UINT (data);
  g_autofree char *path = write_sheet (fixture, "sheet.xlsx", layout, filled);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);

  assert_counts (result->fresh, "victim=2");
  assert_counts (result->rejected, "numbered=3");
  check_records (fixture);
  /* The address, the staff and the case work are known and not taken; the running number too. */
  for (guint i = 0; result->unmapped_columns[i]; i++)
    {
      g_assert_cmpstr (result->unmapped_columns[i], !=, "Column A");
      g_assert_null (strstr (result->unmapped_columns[i], "ailing"));
      if (layout != BY_LABEL)
        g_assert_cmpstr (result->unmapped_columns[i], !=, "Status");
    }
}

static const CcInspectColumn *
find_letter (const CcInspectTable *table, const char *letter)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (((CcInspectColumn *) table->columns->pdata[i])->letter, letter))
      return table->columns->pdata[i];
  g_assert_not_reached ();
}

/* Whether the finder tells exactly these columns of the table, and in words of all six languages.
 */
static void
test_contradiction (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[][3] = {
    { "N", "Mailing Street", "prs_MailingCity" },
    { "O", "Mailing City", "prs_MailingCountry" },
    { "Q", "Mailing Zip/Postal Code", "prs_MailingStreet" },
    { "R", "Mailing Country", "prs_MailingPostalCode" },
  };
  g_autofree char *path = write_sheet (fixture, "sheet.xlsx", BY_BOTH, filled);
  CcImportOptions  options = options_for ("police");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) found =
      cc_inspect (pack, path, cc_day_from_ymd (2024, 12, 31), NULL, &error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  g_autoptr (CcImportResult) result = NULL;
  CcInspectTable *table;
  guint           n = 0, n_examples = 0;

  g_assert_no_error (error);
  table = found->tables->pdata[0];
  for (guint i = 0; i < table->columns->len; i++)
    n += ((CcInspectColumn *) table->columns->pdata[i])->machine_suggestion != NULL;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (wrong));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const CcInspectColumn *column = find_letter (table, wrong[i][0]);

      g_assert_cmpstr (column->label, ==, wrong[i][1]);
      g_assert_cmpstr (column->machine, ==, wrong[i][2]);
      g_assert_nonnull (column->machine_suggestion);
    }
  /* The one between them agrees, the misspelt one is known, the one without a name has its header.
   */
  g_assert_null (find_letter (table, "P")->machine_suggestion);
  g_assert_null (find_letter (table, "T")->machine_suggestion);
  g_assert_cmpstr (find_letter (table, "T")->suggestion, ==, "deciding_entity");
  g_assert_null (find_letter (table, "AJ")->machine);
  g_assert_cmpstr (find_letter (table, "AJ")->header, ==, "Reason for Outgoing Referral");

  result = import (fixture, path, &options);
  for (guint i = 0; i < result->examples->len; i++)
    {
      const CcImportExample *example = result->examples->pdata[i];
      g_autofree char       *names = NULL;

      if (!g_str_equal (example->rule, "intake.finding.machine-contradicts"))
        continue;
      g_assert_cmpuint (n_examples, <, G_N_ELEMENTS (wrong));
      names = g_strdup_printf ("%s / %s", wrong[n_examples][1], wrong[n_examples][2]);
      g_assert_cmpstr (example->value, ==, names);
      n_examples++;
    }
  g_assert_cmpuint (n_examples, ==, G_N_ELEMENTS (wrong));
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      g_assert_cmpstr (cc_texts_get (texts, "intake.finding.machine-contradicts",
                                     cc_pack_languages[i]),
                       !=, "intake.finding.machine-contradicts");
      g_assert_cmpstr (cc_texts_get (texts, "intake.note.machine-contradicts",
                                     cc_pack_languages[i]),
                       !=, "intake.note.machine-contradicts");
    }
}

/* Numbers drawn down the side say nothing of a person: whoever stands in another row next time is
 * who he was. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_sheet (fixture, "sheet.xlsx", BY_BOTH, filled);
  g_autofree char *next = write_sheet (fixture, "next.xlsx", BY_BOTH, again);
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) first = import (fixture, path, &options);
  g_autoptr (CcImportResult) second = import (fixture, next, &options);

  assert_counts (second->unchanged, "victim=2");
  assert_counts (second->fresh, "victim=1");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "htcds/both-rows", test_layout, GUINT_TO_POINTER (BY_BOTH) },
    { "htcds/machine-names", test_layout, GUINT_TO_POINTER (BY_NAME) },
    { "htcds/labels", test_layout, GUINT_TO_POINTER (BY_LABEL) },
    { "htcds/contradiction", test_contradiction, NULL },
    { "htcds/order", test_order, NULL },
  };

  setlocale (LC_ALL, "");
  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
