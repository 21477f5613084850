/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"
#include <string.h>

/* The worked example that the reference on questionnaires gives with every figure it expects. */

static const char *const years[] = { "2022", "2023", "2024" };

typedef struct
{
  const char *table;
  const char *row;
  int         expected[3];
} Expected;

static const Expected expected[] = {
  { "Q1", "total", { 1, 3, 1 } },   { "Q2", "men", { 1, 2, 0 } },
  { "Q2", "women", { 0, 1, 0 } },   { "Q2", "boys", { 0, 0, 1 } },
  { "Q2", "unknown", { 0, 0, 1 } }, { "Q2", "total", { 1, 3, 2 } },
  { "Q3", "men", { 0, 3, 0 } },     { "Q3", "women", { 0, 0, 1 } },
  { "Q3", "total", { 0, 3, 1 } },   { "Q4", "men", { 0, 1, 1 } },
  { "Q4", "total", { 0, 1, 1 } },   { "Q7", "women", { 0, 1, 1 } },
  { "Q7", "men", { 0, 1, 1 } },     { "Q7", "oadult", { 0, 0, 1 } },
  { "Q7", "girls", { 0, 1, 1 } },   { "Q7", "boys", { 0, 2, 0 } },
  { "Q7", "ochild", { 0, 0, 0 } },  { "Q7", "unknown", { 0, 1, 0 } },
  { "Q7", "total", { 0, 6, 4 } },   { "Q8", "sexual", { 0, 2, 2 } },
  { "Q8", "labour", { 0, 4, 2 } },  { "Q8", "other", { 0, 1, 0 } },
  { "Q8", "unknown", { 0, 1, 0 } }, { "Q8", "total", { 0, 6, 4 } },
  { "Q9", "BEN", { 0, 2, 2 } },     { "Q9", "NGA", { 0, 2, 0 } },
  { "Q9", "unknown", { 0, 1, 0 } }, { "Q9", "total", { 0, 6, 4 } },
};

static CcQuestionnaire *
load (Fixture *fixture, const char *change)
{
  g_autofree char *text =
      g_strconcat ("[questionnaire]\nid=example\nextends=unodc-glotip\n", change, NULL);
  GError          *error = NULL;
  CcQuestionnaire *questionnaire =
      cc_questionnaire_load_text (fixture->pack, "example.tipq", text, &error);

  g_assert_no_error (error);
  return questionnaire;
}

static void
test_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire = load (fixture, "");

  fixture_worked_example (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (CcTableResult) result =
          count_table (fixture, questionnaire, expected[i].table, "2022-2024", NULL, NULL);

      for (guint year = 0; year < 3; year++)
        {
          g_test_message ("%s %s %s", expected[i].table, expected[i].row, years[year]);
          g_assert_cmpint (cell (result, expected[i].row, "total", years[year]), ==,
                           expected[i].expected[year]);
          if (g_str_equal (expected[i].row, "total"))
            g_assert_cmpint (result->totals[year].count, ==, expected[i].expected[year]);
        }
    }
}

/* Row "labour" of Q8: girls 1, men 1, women 1, unknown 1 in 2023; girls 1, men 1 in 2024. */
static void
test_crossed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire = load (fixture, "");
  g_autoptr (CcTableResult) result = NULL;

  fixture_worked_example (fixture);
  result = count_table (fixture, questionnaire, "Q8", "2022-2024", NULL, NULL);
  g_assert_cmpint (cell (result, "labour", "girls", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "men", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "women", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "unknown", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "boys", "2023"), ==, 0);
  g_assert_cmpint (cell (result, "labour", "girls", "2024"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "men", "2024"), ==, 1);
  g_assert_cmpint (cell (result, "labour", "women", "2024"), ==, 0);
}

static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  static const Expected mixed[] = {
    { "Q8", "mixed", { 0, 2, 0 } },   { "Q8", "sexual", { 0, 0, 2 } },
    { "Q8", "labour", { 0, 2, 2 } },  { "Q8", "other", { 0, 1, 0 } },
    { "Q8", "unknown", { 0, 1, 0 } }, { "Q8", "total", { 0, 6, 4 } },
  };
  g_autoptr (CcQuestionnaire) questionnaire = load (fixture, "[table Q8]\nrows=form5x\n");
  g_autoptr (CcTableResult) result = NULL;

  fixture_worked_example (fixture);
  result = count_table (fixture, questionnaire, "Q8", "2022-2024", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    for (guint year = 0; year < 3; year++)
      g_assert_cmpint (cell (result, mixed[i].row, "total", years[year]), ==,
                       mixed[i].expected[year]);
}

/* With registrations 7 and 5; counted in each year of a detection 6 and 5; identified only 4, 4. */
static void
test_variants (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire = load (fixture, "");
  g_autoptr (CcQuestionnaire) registrations = load (fixture, "[table Q7]\ncount=registrations\n");
  g_autoptr (CcTableResult) each_record = NULL;
  g_autoptr (CcTableResult) yearly = NULL;
  g_autoptr (CcTableResult) identified = NULL;

  fixture_worked_example (fixture);
  each_record = count_table (fixture, registrations, "Q7", "2022-2024", NULL, NULL);
  g_assert_cmpint (each_record->totals[1].count, ==, 7);
  g_assert_cmpint (each_record->totals[2].count, ==, 5);
  yearly = count_table (fixture, questionnaire, "Q7", "2022-2024", "repeat", "yearly");
  g_assert_cmpint (yearly->totals[1].count, ==, 6);
  g_assert_cmpint (yearly->totals[2].count, ==, 5);
  g_assert_cmpint (yearly->totals[3].count, ==, 10);
  identified =
      count_table (fixture, questionnaire, "Q7", "2022-2024", "counted-status", "identified");
  g_assert_cmpint (identified->totals[1].count, ==, 4);
  g_assert_cmpint (identified->totals[2].count, ==, 4);
}

/* Each table of each shipped questionnaire can be counted, and is labelled in six languages. */
static void
test_all_tables (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = cc_questionnaire_list (fixture->pack, NULL, &error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);

  g_assert_no_error (error);
  fixture_worked_example (fixture);
  for (guint i = 0; i < entries->len; i++)
    {
      CcQuestionnaire *questionnaire = ((CcQuestionnaireEntry *) entries->pdata[i])->questionnaire;

      for (guint j = 0; j < cc_questionnaire_get_n_tables (questionnaire); j++)
        {
          const CcTableDefinition *table = cc_questionnaire_get_table (questionnaire, j);
          g_autoptr (CcTableResult) result =
              count_table (fixture, questionnaire, table->id, "2022-2024", NULL, NULL);

          g_assert_cmpuint (result->rows->len, >, 0);
          for (guint k = 0; k < result->rows->len; k++)
            for (guint l = 0; cc_pack_languages[l]; l++)
              {
                const CcHeading *heading = result->rows->pdata[k];
                g_autofree char *label =
                    cc_table_result_label (result, heading, 0, FALSE, texts, cc_pack_languages[l]);

                g_assert_nonnull (label);
                if (heading->parts[0] && strlen (heading->parts[0]) > 3)
                  g_assert_cmpstr (label, !=, heading->parts[0]);
              }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/stats/worked-example/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("tables", test_tables);
  ADD ("crossed", test_crossed);
  ADD ("mixed", test_mixed);
  ADD ("variants", test_variants);
  ADD ("all-tables", test_all_tables);
#undef ADD
  return g_test_run ();
}
