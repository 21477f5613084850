/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One answer for one word: what "Guinea" means is asked once for a sender, not once a column. */
#include "import-fixture.h"

#include <cc/intake/cc-value-plan.h>

#define TODAY (cc_day_from_ymd (2026, 1, 1))
#define LIST                                                                                       \
  "Name,Sex,Age,Nationality,Country of origin,Country of exploitation,Date rescued\n"              \
  "A,F,20,Guinea,GUINEA,Togo,2023-05-01\n"                                                         \
  "B,F,21,Togo,Guinea,guinea,2023-05-02\n"                                                         \
  "C,M,22,NIG,Togo,Togo,2023-05-03\n"

typedef struct
{
  CcInspection *inspection;
  CcMap        *map;
  GPtrArray    *plans;
} Plan;

static void
plan_file (Plan *plan, Fixture *fixture, const char *text, CcMap *known)
{
  g_autofree char *path = write_csv (fixture, "list.csv", text);
  g_autoptr (GError) error = NULL;

  plan->inspection = cc_inspect (pack, path, TODAY, NULL, &error);
  g_assert_no_error (error);
  plan->map = cc_map_suggest (plan->inspection, pack, known, &error);
  g_assert_no_error (error);
  plan->plans = cc_value_plan_list (pack, plan->map, plan->inspection, "BEN");
}

static void
plan_clear (Plan *plan)
{
  g_ptr_array_unref (plan->plans);
  cc_map_free (plan->map);
  cc_inspection_free (plan->inspection);
}

static CcValuePlan *
find_plan (Plan *plan, const char *header)
{
  for (guint i = 0; i < plan->plans->len; i++)
    if (g_str_equal (((CcValuePlan *) plan->plans->pdata[i])->column->header, header))
      return plan->plans->pdata[i];
  g_assert_not_reached ();
}

static CcPlannedValue *
find_value (Plan *plan, const char *header, const char *text)
{
  CcValuePlan *made = find_plan (plan, header);

  for (guint i = 0; i < made->values->len; i++)
    if (g_str_equal (((CcPlannedValue *) made->values->pdata[i])->text, text))
      return made->values->pdata[i];
  g_assert_not_reached ();
}

static void
decide (Plan *plan, const char *header, const char *text, const char *codes)
{
  cc_value_plans_decide (plan->plans, pack, plan->map, find_plan (plan, header),
                         find_value (plan, header, text), codes, "BEN");
}

static void
assert_country (Plan *plan, const char *header, const char *text, const char *expected)
{
  const CcPlannedValue *value = find_value (plan, header, text);

  g_assert_cmpint (value->state, ==, expected ? CC_VALUE_DECIDED : CC_VALUE_ASK);
  if (expected)
    g_assert_cmpstr (((const CcCode *) value->codes->pdata[0])->code, ==, expected);
}

/* The other columns of the list follow, however they write the word, and follow again when the
 * answer changes; what was answered there by itself stays. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  const CcVariable *citizenship;
  Plan              plan;

  plan_file (&plan, fixture, LIST, NULL);
  citizenship = find_plan (&plan, "Nationality")->variable;
  assert_country (&plan, "Nationality", "Guinea", NULL);
  assert_country (&plan, "Country of origin", "GUINEA", NULL);
  decide (&plan, "Nationality", "Guinea", "GIN");
  assert_country (&plan, "Nationality", "Guinea", "GIN");
  g_assert_null (find_value (&plan, "Nationality", "Guinea")->like);
  assert_country (&plan, "Country of origin", "GUINEA", "GIN");
  assert_country (&plan, "Country of exploitation", "guinea", "GIN");
  g_assert_true (find_value (&plan, "Country of origin", "GUINEA")->like == citizenship);
  g_assert_cmpuint (find_plan (&plan, "Country of origin")->n_open, ==, 0);
  /* Nobody answered another word. */
  assert_country (&plan, "Nationality", "NIG", NULL);
  decide (&plan, "Country of exploitation", "guinea", "GNQ");
  assert_country (&plan, "Nationality", "Guinea", "GIN");
  decide (&plan, "Nationality", "Guinea", "GNB");
  assert_country (&plan, "Country of origin", "GUINEA", "GNB");
  assert_country (&plan, "Country of exploitation", "guinea", "GNQ");
  plan_clear (&plan);
}

/* What stays a text, and what is several countries, is no answer for other columns. */
static void
test_not_for_others (Fixture *fixture, gconstpointer data)
{
  Plan plan;

  plan_file (&plan, fixture, LIST, NULL);
  decide (&plan, "Nationality", "Guinea", "_X");
  assert_country (&plan, "Country of origin", "GUINEA", NULL);
  decide (&plan, "Nationality", "Guinea", "GIN; GNB");
  g_assert_cmpuint (find_value (&plan, "Nationality", "Guinea")->codes->len, ==, 2);
  assert_country (&plan, "Country of exploitation", "guinea", NULL);
  plan_clear (&plan);
}

/* The next delivery of the same making, with another column, asks nothing that was answered; a
 * sender of whom nothing is known is asked. */
static void
test_profile (Fixture *fixture, gconstpointer data)
{
  Plan first, next, other;

  plan_file (&first, fixture, "Name,Sex,Nationality,Date rescued\nA,F,Guinea,2023-05-01\n", NULL);
  assert_country (&first, "Nationality", "Guinea", NULL);
  g_assert_cmpuint (cc_value_plans_follow (first.plans, pack, first.map, "BEN"), ==, 0);
  decide (&first, "Nationality", "Guinea", "GIN");
  {
    g_autoptr (CcMap) known = cc_map_copy (first.map);

    plan_file (&next, fixture, LIST, known);
  }
  cc_map_set_column (next.map, ((CcInspectTable *) next.inspection->tables->pdata[0])->name,
                     "Country of origin", "origin_country");
  g_ptr_array_unref (next.plans);
  next.plans = cc_value_plan_list (pack, next.map, next.inspection, "BEN");
  assert_country (&next, "Nationality", "Guinea", "GIN");
  assert_country (&next, "Country of origin", "GUINEA", NULL);
  g_assert_cmpuint (cc_value_plans_follow (next.plans, pack, next.map, "BEN"), >=, 1);
  assert_country (&next, "Country of origin", "GUINEA", "GIN");
  g_assert_cmpstr (cc_map_get_value (next.map, find_plan (&next, "Country of origin")->variable,
                                     "GUINEA"),
                   ==, "GIN");
  plan_file (&other, fixture, LIST, NULL);
  g_assert_cmpuint (cc_value_plans_follow (other.plans, pack, other.map, "BEN"), ==, 0);
  plan_clear (&other);
  plan_clear (&next);
  plan_clear (&first);
}

/* Answers that differ leave the question open. */
static void
test_disagree (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) known =
      cc_map_load_text ("map",
                        "[values citizenship]\nGuinea=GIN\n[values origin_country]\nGuinea=GNB\n",
                        &error);
  Plan plan;

  g_assert_no_error (error);
  plan_file (&plan, fixture, LIST, known);
  g_assert_cmpuint (cc_value_plans_follow (plan.plans, pack, plan.map, "BEN"), ==, 0);
  assert_country (&plan, "Country of exploitation", "guinea", NULL);
  plan_clear (&plan);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "follow-columns", test_columns, NULL },
    { "follow-not-for-others", test_not_for_others, NULL },
    { "follow-profile", test_profile, NULL },
    { "follow-disagree", test_disagree, NULL },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
