/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a header says, held against the values below it. */
#include "import-fixture.h"

#define TODAY (cc_day_from_ymd (2026, 1, 1))

typedef enum
{
  SURE,
  DOUBTFUL,
  NO_LIST,
} Fit;

/* The values stand in the second column, below the header. */
typedef struct
{
  const char *name;
  const char *header;
  const char *values;
  const char *target;
  Fit         fit;
} Case;

static const Case cases[] = {
  { "countries", "Nationality", "Togo,BEN,béninoise,unknown,Ghana", "citizenship", SURE },
  { "words of another kind", "Nationality", "Blue,Green,Red,Togo,Yellow", "citizenship", DOUBTFUL },
  { "typing errors", "Nationality", "nigerianne,Tugo,togolaize,beninoize", "citizenship", SURE },
  { "names that may be several", "Nationality", "Guinea,Guinea,NIG,Congo", "citizenship", SURE },
  { "half", "Nationality", "Togo,Blue,Ghana,Green", "citizenship", SURE },
  /* Two cells prove nothing. */
  { "too few", "Nationality", "Blue,Green", "citizenship", SURE },
  /* A code of the agency's own: the values can be explained, but the column is asked about. */
  { "letters of nobody", "Sex", "Q,Z,Z,Q,Z", "sex", DOUBTFUL },
  { "letters", "Sex", "F,M,M,F", "sex", SURE },
  { "lists", "Form of exploitation", "sexual exploitation; xyzzy,forced labour,forced labour",
    "form", SURE },
  { "lists of another kind", "Form of exploitation", "xyzzy; plugh,frobnicate,quux; corge", "form",
    DOUBTFUL },
  /* Regions are filled in by the ministry, which has not done so. */
  { "an empty list", "Poste", "Malanville,Aéroport,Malanville", "detected_admin1", NO_LIST },
  { "names", "Family name", "Blue,Green,Red,Yellow", "family", SURE },
  { "nothing at all", "Nationality", ",,,", "citizenship", SURE },
};

static char *
write_list (const Case *test)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) values = g_strsplit (test->values, ",", -1);

  g_string_printf (text, "Age|%s|Date of detection\n", test->header);
  for (guint i = 0; values[i]; i++)
    g_string_append_printf (text, "%u|%s|2023-05-%02u\n", 20 + i, values[i], i + 1);
  /* The values hold commas and semicolons of their own. */
  g_string_replace (text, "|", "\t", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_case (Fixture *fixture, const Case *test)
{
  g_autofree char *text = write_list (test);
  g_autofree char *path = write_csv (fixture, "list.csv", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcInspection) inspection = cc_inspect (pack, path, TODAY, NULL, &error);
  g_autoptr (CcMap) map = NULL;
  g_autoptr (GPtrArray) plans = NULL;
  const CcInspectTable *table;
  const CcColumnPlan   *plan;
  const CcTarget       *target;

  g_test_message ("%s", test->name);
  g_assert_no_error (error);
  map = cc_map_suggest (inspection, pack, NULL, &error);
  g_assert_no_error (error);
  table = inspection->tables->pdata[0];
  plans = cc_map_plan_columns (map, pack, table);
  plan = plans->pdata[1];
  /* The column stays what its header says, so that its values can be explained. */
  g_assert_cmpuint (plan->targets->len, ==, 1);
  target = plan->targets->pdata[0];
  g_assert_cmpstr (target->variable->name, ==, test->target);
  g_assert_cmpint (cc_column_plan_is_doubtful (plan), ==, test->fit == DOUBTFUL);
  g_assert_cmpint (cc_column_plan_has_no_list (plan), ==, test->fit == NO_LIST);
}

static void
test_fit (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (fixture, &cases[i]);
}

/* Whoever says that it is so is not asked again, nor by the next file of the same making. */
static void
test_decided (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_list (&cases[1]);
  g_autofree char *path = write_csv (fixture, "list.csv", text);
  g_autoptr (CcInspection) inspection = cc_inspect (pack, path, TODAY, NULL, NULL);
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  const CcInspectTable *table = inspection->tables->pdata[0];
  g_autoptr (CcMap) again = NULL;
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GPtrArray) later = NULL;

  cc_map_set_column (map, table->name, cases[1].header, "citizenship");
  plans = cc_map_plan_columns (map, pack, table);
  g_assert_false (cc_column_plan_is_doubtful (plans->pdata[1]));
  again = cc_map_suggest (inspection, pack, map, NULL);
  later = cc_map_plan_columns (again, pack, table);
  g_assert_false (cc_column_plan_is_doubtful (later->pdata[1]));
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "fit", test_fit, NULL },
    { "fit-decided", test_decided, NULL },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
