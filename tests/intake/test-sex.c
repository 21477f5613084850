/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sex from a column of genders: suggested where nothing else gives it, told, and taken off by
 * whoever knows better. */
#include "import-fixture.h"

#include <cc/intake/cc-map.h>
#include <cc/intake/cc-value-plan.h>

#define TODAY  (cc_day_from_ymd (2026, 1, 1))
#define REASON "intake.reason.gender-sex"
#define ROWS                                                                                       \
  "V1,Female,Togo,2023-04-05,identified\n"                                                         \
  "V2,Male,Togo,2023-04-05,identified\n"                                                           \
  "V3,Transgender woman,Ghana,2023-05-06,identified\n"                                             \
  "V4,,Ghana,2023-05-06,identified\n"

static const char *const gender_csv = "Victim ID,Gender,Nationality,Date rescued,Status\n" ROWS;

static CcInspection *
inspect (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = write_csv (fixture, name, text);
  g_autoptr (GError) error = NULL;
  CcInspection *inspection = cc_inspect (pack, path, TODAY, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (inspection->tables->len, ==, 1);
  return inspection;
}

static CcInspectColumn *
find_column (CcInspection *inspection, const char *header)
{
  CcInspectTable *table = inspection->tables->pdata[0];

  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (((CcInspectColumn *) table->columns->pdata[i])->header, header))
      return table->columns->pdata[i];
  g_error ("there is no column %s", header);
}

static CcColumnPlan *
plan_of (CcInspection *inspection, CcMap *map, const char *header, GPtrArray **plans)
{
  *plans = cc_map_plan_columns (map, pack, inspection->tables->pdata[0]);
  for (guint i = 0; i < (*plans)->len; i++)
    if (g_str_equal (((CcColumnPlan *) (*plans)->pdata[i])->header, header))
      return (*plans)->pdata[i];
  g_error ("there is no column %s", header);
}

/* What the map takes a column for, and why. */
static void
check_map (CcInspection *inspection,
           CcMap        *map,
           const char   *header,
           const char   *targets,
           const char   *reason)
{
  CcInspectTable *table = inspection->tables->pdata[0];
  const char     *unit = cc_map_get_unit (map, table->name);
  g_autoptr (GPtrArray) plans = NULL;
  CcColumnPlan *plan = plan_of (inspection, map, header, &plans);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < plan->targets->len; i++)
    {
      g_autofree char *name = cc_target_to_text (pack, unit, plan->targets->pdata[i]);

      g_string_append_printf (found, "%s%s", i > 0 ? ", " : "", name);
    }
  g_test_message ("%s: %s (%s)", header, found->str, plan->reason ? plan->reason : "by hand");
  g_assert_cmpstr (found->str, ==, targets);
  g_assert_cmpstr (plan->reason, ==, reason);
  g_assert_cmpint (cc_column_plan_takes_sex (plan), ==, g_strcmp0 (reason, REASON) == 0);
}

static void
check_suggestion (Fixture    *fixture,
                  const char *headers,
                  const char *row,
                  const char *header,
                  const char *targets,
                  const char *reason)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n", headers, row, row);
  g_autoptr (CcInspection) inspection = inspect (fixture, "s.csv", text);
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  const CcInspectColumn *column = find_column (inspection, header);

  g_assert_cmpstr (column->suggestion, ==, targets);
  g_assert_cmpstr (column->reason, ==, reason);
  check_map (inspection, map, header, targets, reason);
}

static void
test_suggested (Fixture *fixture, gconstpointer data)
{
  check_suggestion (fixture, "Victim ID,Gender,Nationality,Date rescued",
                    "V1,Female,Togo,2023-04-05", "Gender", "gender, sex", REASON);
  check_suggestion (fixture, "N° dossier,Genre,Nationalité,Date d'identification",
                    "A/1,F,Togo,03/04/2023", "Genre", "gender, sex", REASON);
  check_suggestion (fixture, "رقم القضية,النوع,الجنسية,تاريخ الكشف", "1/23,أنثى,توغو,2023-04-05",
                    "النوع", "gender, sex", REASON);
}

/* Where a column gives the sex, the genders stay what they are. */
static void
test_not_suggested (Fixture *fixture, gconstpointer data)
{
  static const char *const both = "Victim ID,Gender,Sex,Nationality,Date rescued";
  static const char *const row = "V1,Woman,F,Togo,2023-04-05";

  check_suggestion (fixture, both, row, "Gender", "gender", "intake.reason.synonym");
  check_suggestion (fixture, both, row, "Sex", "sex", "intake.reason.synonym");
  check_suggestion (fixture, "Victim ID,Gender,Sex/Age,Nationality", "V1,Woman,F/20,Togo", "Gender",
                    "gender", "intake.reason.synonym");
  /* Of the accused another column speaks, and it is no sex of the victim. */
  check_suggestion (fixture, "Victim ID,Gender,Nationality,Date rescued,Sex of accused",
                    "V1,Woman,Togo,2023-04-05,M", "Gender", "gender, sex", REASON);
  /* What only looks like a sex is never taken, so it gives none. */
  check_suggestion (fixture, "Victim ID,Gender,Zorb,Nationality,Date rescued",
                    "V1,Woman,female,Togo,2023-04-05", "Gender", "gender, sex", REASON);
}

/* A header over values of another kind says nothing of a sex; signs that only the sex has do. */
static void
test_fit (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "Fraud", "ke", "Trans woman" };
  static const char *const targets[] = { "gender", "gender, sex", "gender, sex" };
  static const char *const reasons[] = { "intake.reason.misfit", REASON, REASON };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *row =
          g_strdup_printf ("V1,%s,Togo,2023-04-05\nV2,%s,Togo,2023-04-06", kinds[i], kinds[i]);

      check_suggestion (fixture, "Victim ID,Gender,Nationality,Date rescued", row, "Gender",
                        targets[i], reasons[i]);
    }
}

/* Once a person, a map file or a constant says where the sex stands, it stands there alone. */
static void
test_given_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection =
      inspect (fixture, "zorb.csv",
               "Victim ID,Gender,Zorb,Nationality,Date rescued\nV1,Woman,F,Togo,2023-04-05\n"
               "V2,Man,M,Togo,2023-04-05\n");
  CcInspectTable *table = inspection->tables->pdata[0];
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  static const char *const known[] = { "[columns]\nZorb=sex\n", "[columns]\nZorb=VI03\n",
                                       "[constants]\nsex=F\n" };

  check_map (inspection, map, "Gender", "gender, sex", REASON);
  cc_map_set_column (map, table->name, "Zorb", "sex");
  cc_map_settle_sex (map, pack);
  check_map (inspection, map, "Gender", "gender", "intake.reason.synonym");
  check_map (inspection, map, "Zorb", "sex", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CcMap) file = cc_map_load_text ("a.map", known[i], &error);
      g_autoptr (CcMap) settled = NULL;

      g_assert_no_error (error);
      settled = cc_map_suggest (inspection, pack, file, &error);
      g_assert_no_error (error);
      check_map (inspection, settled, "Gender", "gender", "intake.reason.synonym");
    }
}

/* What a person took off or put on stays, whatever else is decided. */
static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, "gender.csv", gender_csv);
  CcInspectTable *table = inspection->tables->pdata[0];
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  g_autoptr (CcMap) other = cc_map_suggest (inspection, pack, NULL, NULL);

  cc_map_set_column (map, table->name, "Gender", "gender");
  cc_map_change_unit (map, pack, table, "victim");
  check_map (inspection, map, "Gender", "gender", NULL);
  cc_map_set_column (map, table->name, "Gender", "gender, sex");
  cc_map_set_column (map, table->name, "Status", "sex");
  cc_map_settle_sex (map, pack);
  check_map (inspection, map, "Gender", "gender, sex", NULL);
  /* Of accused persons the pack knows one field, the sex. */
  cc_map_change_unit (other, pack, table, "perpetrator");
  check_map (inspection, other, "Gender", "sex", "intake.reason.synonym");
  cc_map_change_unit (other, pack, table, "victim");
  check_map (inspection, other, "Gender", "gender, sex", REASON);
}

static CcValuePlan *
find_plan (GPtrArray *plans, const char *variable)
{
  for (guint i = 0; i < plans->len; i++)
    if (g_str_equal (((CcValuePlan *) plans->pdata[i])->variable->name, variable))
      return plans->pdata[i];
  return NULL;
}

static CcPlannedValue *
find_value (CcValuePlan *plan, const char *text)
{
  for (guint i = 0; i < plan->values->len; i++)
    if (g_str_equal (((CcPlannedValue *) plan->values->pdata[i])->text, text))
      return plan->values->pdata[i];
  g_error ("there is no value %s", text);
}

/* The values are asked about as in any column of sexes: a word for a gender alone is no sex. */
static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, "gender.csv", gender_csv);
  g_autoptr (CcInspection) spanish =
      inspect (fixture, "genero.csv",
               "N.º,Género,Nacionalidad,Fecha de detección\nA/1,H,Togo,2023-04-05\n"
               "A/2,M,Togo,2023-04-05\n");
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  g_autoptr (CcMap) other = cc_map_suggest (spanish, pack, NULL, NULL);
  g_autoptr (GPtrArray) plans = cc_value_plan_list (pack, map, inspection, "BEN");
  g_autoptr (GPtrArray) again = NULL;
  CcValuePlan    *sex = find_plan (plans, "sex");
  CcPlannedValue *value;

  g_assert_nonnull (sex);
  g_assert_cmpuint (find_plan (plans, "gender")->n_open, ==, 0);
  g_assert_cmpuint (sex->n_open, ==, 1);
  g_assert_cmpint (find_value (sex, "Female")->state, ==, CC_VALUE_KNOWN);
  value = find_value (sex, "Transgender woman");
  g_assert_cmpint (value->state, ==, CC_VALUE_ASK);
  cc_value_plan_decide (sex, pack, map, value, "_U", "BEN");
  g_assert_cmpint (value->no_value, ==, CC_NO_VALUE_UNKNOWN);
  g_assert_cmpuint (sex->n_open, ==, 0);
  again = cc_value_plan_list (pack, other, spanish, "BEN");
  sex = find_plan (again, "sex");
  g_assert_nonnull (sex);
  g_assert_cmpint (find_value (sex, "M")->state, ==, CC_VALUE_ASK);
  /* Beside H the M is no more a man's gender than his sex. */
  g_assert_cmpint (find_value (find_plan (again, "gender"), "M")->state, ==, CC_VALUE_ASK);
}

static gint64
count_sex (Fixture *fixture, const char *code)
{
  gint64 n = 0;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (CcRecord) record = read_record (fixture, "VI", i);

      n += g_strcmp0 (code_of (record, "VI03"), code) == 0;
    }
  return n;
}

/* The command asks nothing, so it says what it took; the profile of that list says it from then
 * on, and nothing is told again. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "gender.csv", gender_csv);
  g_autofree char *later = write_csv (fixture, "later.csv",
                                      "Victim ID,Gender,Nationality,Date rescued,Status\n"
                                      "V9,Female,Togo,2024-04-05,identified\n");
  CcImportOptions  options = options_for ("police");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcImportResult) second = NULL;
  g_autoptr (CcRecord) woman = read_record (fixture, "VI", 2);

  assert_counts (result->fresh, "victim=4");
  assert_counts (result->findings, "gender-sex=1 value-ask=1");
  g_assert_cmpint (count_sex (fixture, "F"), ==, 1);
  g_assert_cmpint (count_sex (fixture, "M"), ==, 1);
  g_assert_cmpstr (code_of (woman, "VI03"), ==, "_X");
  g_assert_cmpstr (code_of (woman, "VI04"), ==, "TW");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM finding WHERE value = 'Gender'"), ==, 1);
  second = import (fixture, later, &options);
  assert_counts (second->findings, "");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM record WHERE unit = 'VI'"), ==, 5);
  {
    g_autoptr (CcRecord) record = read_record (fixture, "VI", 4);

    g_assert_cmpstr (code_of (record, "VI03"), ==, "F");
  }
}

/* Beside H the letter M may be a woman, of whatever the column is taken for. */
static void
test_import_letters (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "genero.csv",
                                     "N.º,Género,Nacionalidad,Fecha de detección,Estatus\n"
                                     "A/1,H,Togo,2023-04-05,identificada\n"
                                     "A/2,M,Togo,2023-04-05,identificada\n");
  g_autofree char *clear = write_csv (fixture, "gender.csv",
                                      "Victim ID,Gender,Nationality,Date rescued,Status\n"
                                      "V1,F,Togo,2023-04-05,identified\n"
                                      "V2,M,Togo,2023-04-05,identified\n");
  CcImportOptions  options = options_for ("police");
  CcImportOptions  other = options_for ("court");
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcImportResult) second = import (fixture, clear, &other);
  g_autoptr (CcRecord) unclear = read_record (fixture, "VI", 1);
  g_autoptr (CcRecord) man = read_record (fixture, "VI", 3);

  g_assert_cmpuint (result->unmapped_values->len, ==, 3);
  g_assert_cmpstr (code_of (unclear, "VI03"), ==, "_X");
  g_assert_cmpstr (code_of (unclear, "VI04"), ==, "_X");
  g_assert_cmpuint (second->unmapped_values->len, ==, 0);
  g_assert_cmpstr (code_of (man, "VI03"), ==, "M");
  g_assert_cmpstr (code_of (man, "VI04"), ==, "MN");
}

/* Taken off in the map, the sex stays unknown and nothing is said; a decision about a value holds
 * for the sex alone. */
static void
test_import_decided (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "gender.csv", gender_csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) off = cc_map_load_text ("off.map", "[columns]\nGender=gender\n", &error);
  g_autoptr (CcMap) on =
      cc_map_load_text ("on.map",
                        "[columns]\nGender=gender, sex\n[values sex]\nTransgender woman=_R\n",
                        &error);
  CcImportOptions options = options_for ("police");
  CcImportOptions declared = options_for ("court");
  g_autoptr (CcImportResult) result = NULL;
  g_autoptr (CcImportResult) second = NULL;
  g_autoptr (CcRecord) record = NULL;

  g_assert_no_error (error);
  options.map = off;
  result = import (fixture, path, &options);
  assert_counts (result->findings, "");
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (CcRecord) victim = read_record (fixture, "VI", i);

      g_assert_null (code_of (victim, "VI03"));
    }
  declared.map = on;
  second = import (fixture, path, &declared);
  assert_counts (second->findings, "");
  record = read_record (fixture, "VI", 6);
  g_assert_cmpstr (code_of (record, "VI03"), ==, "_R");
  g_assert_cmpstr (code_of (record, "VI04"), ==, "TW");
}

static const ImportTest tests[] = {
  { "sex/suggested", test_suggested, NULL },
  { "sex/not-suggested", test_not_suggested, NULL },
  { "sex/fit", test_fit, NULL },
  { "sex/given-elsewhere", test_given_elsewhere, NULL },
  { "sex/by-hand", test_by_hand, NULL },
  { "sex/values", test_values, NULL },
  { "sex/import", test_import, NULL },
  { "sex/import-letters", test_import_letters, NULL },
  { "sex/import-decided", test_import_decided, NULL },
};

int
main (int argc, char **argv)
{
  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
