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

/* Spellings of one text that nobody knows: by words in another order, by letters that slipped. Not
 * what begins otherwise, says another number, is short, or is near to something else. */
#define SPELLINGS                                                                                  \
  "Name,Age,Form of exploitation,Nationality,Date rescued\n"                                       \
  "A,20,Zorbing in quarries,Zorbland,2023-05-01\n"                                                 \
  "B,21,Zorbing in quarries,Zorblnd,2023-05-02\n"                                                  \
  "C,22,zorbing IN quaries,zorbland,2023-05-03\n"                                                  \
  "D,23,Quarries in zorbing,Zorbland,2023-05-04\n"                                                 \
  "E,24,Unzorbing in quarries,Zorb 2,2023-05-05\n"                                                 \
  "F,25,Zorb,Zorb 3,2023-05-06\n"                                                                  \
  "G,26,Zorc,Nigerai,2023-05-07\n"                                                                 \
  "H,27,Zorbing in quarries,Zorbland,2023-05-08\n"

static void
assert_spelling (Plan *plan, const char *header, const char *text, const char *of)
{
  g_assert_cmpstr (find_value (plan, header, text)->spelling_of, ==, of);
}

static void
test_spellings (Fixture *fixture, gconstpointer data)
{
  const char  *form = "Form of exploitation", *leader = "Zorbing in quarries";
  CcValuePlan *made;
  Plan         plan;

  plan_file (&plan, fixture, SPELLINGS, NULL);
  made = find_plan (&plan, form);
  assert_spelling (&plan, form, leader, NULL);
  g_assert_cmpuint (find_value (&plan, form, leader)->n_spellings, ==, 2);
  assert_spelling (&plan, form, "zorbing IN quaries", leader);
  assert_spelling (&plan, form, "Quarries in zorbing", leader);
  assert_spelling (&plan, form, "Unzorbing in quarries", NULL);
  assert_spelling (&plan, form, "Zorb", NULL);
  assert_spelling (&plan, form, "Zorc", NULL);
  assert_spelling (&plan, "Nationality", "Zorblnd", "Zorbland");
  assert_spelling (&plan, "Nationality", "zorbland", "Zorbland");
  assert_spelling (&plan, "Nationality", "Zorb 3", NULL);
  /* They stand behind the one they are of. */
  g_assert_cmpstr (((CcPlannedValue *) made->values->pdata[0])->text, ==, leader);
  g_assert_cmpstr (((CcPlannedValue *) made->values->pdata[1])->spelling_of, ==, leader);
  g_assert_cmpstr (((CcPlannedValue *) made->values->pdata[2])->spelling_of, ==, leader);
  plan_clear (&plan);
}

/* One answer for all spellings, which can be answered otherwise one by one. */
static void
test_spellings_decided (Fixture *fixture, gconstpointer data)
{
  const char *form = "Form of exploitation", *leader = "Zorbing in quarries";
  const char *slip = "zorbing IN quaries", *turned = "Quarries in zorbing";
  guint       before;
  Plan        plan;

  plan_file (&plan, fixture, SPELLINGS, NULL);
  before = find_plan (&plan, form)->n_open;
  decide (&plan, form, leader, "LAB");
  g_assert_cmpuint (find_plan (&plan, form)->n_open, ==, before - 3);
  g_assert_cmpstr (cc_map_get_value (plan.map, find_plan (&plan, form)->variable, turned), ==,
                   "LAB");
  g_assert_true (find_value (&plan, form, slip)->as_spelling);
  g_assert_false (find_value (&plan, form, leader)->as_spelling);
  g_assert_cmpint (find_value (&plan, form, "Unzorbing in quarries")->state, ==, CC_VALUE_OPEN);
  /* What is answered by itself stays when the answer for the others changes. */
  decide (&plan, form, turned, "SEX");
  assert_spelling (&plan, form, turned, NULL);
  g_assert_cmpuint (find_value (&plan, form, leader)->n_spellings, ==, 1);
  decide (&plan, form, leader, "BEG");
  g_assert_cmpstr (cc_map_get_value (plan.map, find_plan (&plan, form)->variable, turned), ==,
                   "SEX");
  g_assert_cmpstr (cc_map_get_value (plan.map, find_plan (&plan, form)->variable, slip), ==, "BEG");
  plan_clear (&plan);
}

/* What was said about a text is suggested for the next file's misspelling of it, never taken. */
static void
test_spelling_of_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) known =
      cc_map_load_text ("map", "[values citizenship]\nZorbland=TGO\nZorbia=_U\n", &error);
  const CcPlannedValue *value;
  Plan                  plan;

  g_assert_no_error (error);
  plan_file (&plan, fixture,
             "Name,Age,Nationality,Date rescued\nA,20,Zorblandt,2023-05-01\n"
             "B,21,Zorbia,2023-05-02\nC,22,Togo,2023-05-03\n",
             known);
  value = find_value (&plan, "Nationality", "Zorblandt");
  g_assert_cmpint (value->state, ==, CC_VALUE_OPEN);
  g_assert_cmpuint (value->codes->len, ==, 1);
  g_assert_cmpstr (((const CcCode *) value->codes->pdata[0])->code, ==, "TGO");
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
    { "spellings", test_spellings, NULL },
    { "spellings/decided", test_spellings_decided, NULL },
    { "spellings/of-known", test_spelling_of_known, NULL },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
