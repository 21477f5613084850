/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What open questions about values and dates cost, in rows. */
#include "import-fixture.h"

#include <cc/intake/cc-import-loss.h>

#define TODAY (cc_day_from_ymd (2026, 1, 1))

typedef struct
{
  CcInspection *inspection;
  CcMap        *map;
  GPtrArray    *plans;
} Plan;

static void
plan_file (Plan *plan, Fixture *fixture, const char *text)
{
  g_autofree char *path = write_csv (fixture, "list.csv", text);
  g_autoptr (GError) error = NULL;

  plan->inspection = cc_inspect (pack, path, TODAY, NULL, &error);
  g_assert_no_error (error);
  plan->map = cc_map_suggest (plan->inspection, pack, NULL, &error);
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

static GPtrArray *
list_losses (Plan *plan)
{
  return cc_import_loss_list (pack, plan->map, plan->inspection, plan->plans);
}

static const CcImportLoss *
find_loss (GPtrArray *losses, const char *header)
{
  for (guint i = 0; i < losses->len; i++)
    if (g_str_equal (((CcImportLoss *) losses->pdata[i])->header, header))
      return losses->pdata[i];
  return NULL;
}

static void
decide (Plan *plan, const char *variable, const char *text, const char *codes)
{
  for (guint i = 0; i < plan->plans->len; i++)
    {
      CcValuePlan *made = plan->plans->pdata[i];

      for (guint j = 0; j < made->values->len && g_str_equal (made->variable->name, variable); j++)
        if (g_str_equal (((CcPlannedValue *) made->values->pdata[j])->text, text))
          {
            cc_value_plan_decide (made, pack, plan->map, made->values->pdata[j], codes, "BEN");
            return;
          }
    }
  g_assert_not_reached ();
}

/* "H/M" is man and woman in Portuguese and Spanish, and M alone may be either: nobody guesses. */
static char *
write_sexes (guint n_h, guint n_m)
{
  g_autoptr (GString) text = g_string_new ("Nome,H/M,Idade,Data da detecção\n");

  for (guint i = 0; i < n_h + n_m; i++)
    g_string_append_printf (text, "Pessoa %u,%s,%u,%u/05/2023\n", i, i < n_h ? "H" : "M", 18 + i,
                            1 + i % 28);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One open value of a variable: as many persons as cells, until somebody says what it means. */
static void
test_value (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_sexes (30, 12);
  g_autoptr (GPtrArray) losses = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const CcImportLoss *loss;
  Plan                plan;

  plan_file (&plan, fixture, text);
  losses = list_losses (&plan);
  loss = find_loss (losses, "H/M");
  g_assert_nonnull (loss);
  g_assert_true (losses->pdata[0] == loss);
  g_assert_cmpint (loss->kind, ==, CC_LOSS_VALUE);
  g_assert_cmpstr (loss->variable->name, ==, "sex");
  g_assert_false (loss->cases);
  g_assert_cmpuint (loss->n_rows, ==, 12);
  g_assert_cmpuint (loss->n_all, ==, 42);
  g_assert_cmpuint (loss->texts->len, ==, 1);
  g_assert_cmpstr (loss->texts->pdata[0], ==, "M");
  g_assert_true (cc_import_loss_is_large (loss));
  decide (&plan, "sex", "M", "F");
  after = list_losses (&plan);
  g_assert_null (find_loss (after, "H/M"));
  plan_clear (&plan);
}

/* A row whose list has two unknown words is one row, and what is known of it stays; a row without
 * any known word has nothing. */
static void
test_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) losses = NULL;
  const CcImportLoss *loss;
  Plan                plan;

  plan_file (&plan, fixture,
             "Name,Sex,Age,Form of exploitation\n"
             "A,F,20,sexual exploitation; qwerty; uiop\n"
             "B,F,21,sexual exploitation; qwerty\n"
             "C,F,22,uiop\n"
             "D,F,23,forced labour\n");
  losses = list_losses (&plan);
  g_assert_cmpuint (losses->len, ==, 2);
  loss = losses->pdata[1];
  g_assert_cmpint (loss->kind, ==, CC_LOSS_VALUE);
  g_assert_cmpuint (loss->n_rows, ==, 1);
  g_assert_cmpuint (loss->texts->len, ==, 1);
  loss = losses->pdata[0];
  g_assert_cmpint (loss->kind, ==, CC_LOSS_PART);
  g_assert_cmpuint (loss->n_rows, ==, 2);
  g_assert_cmpuint (loss->n_all, ==, 4);
  g_assert_cmpuint (loss->texts->len, ==, 2);
  g_assert_cmpstr (loss->texts->pdata[0], ==, "qwerty");
  /* Two rows of four are a slip of the pen, not a list without forms. */
  g_assert_false (cc_import_loss_is_large (loss));
  plan_clear (&plan);
}

/* Dates that fit day first and month first, until somebody says the order. */
static void
test_dates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) losses = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const CcImportLoss *loss;
  Plan                plan;

  plan_file (&plan, fixture,
             "Name,Sex,Age,Date of detection\n"
             "A,F,20,03/04/2023\nB,F,21,05/06/2023\nC,F,22,07/08/2023\nD,F,23,2023-09-10\n");
  losses = list_losses (&plan);
  loss = find_loss (losses, "Date of detection");
  g_assert_nonnull (loss);
  g_assert_cmpint (loss->kind, ==, CC_LOSS_DATE);
  g_assert_cmpuint (loss->n_rows, ==, 3);
  g_assert_cmpuint (loss->n_all, ==, 4);
  g_assert_true (cc_import_loss_is_large (loss));
  cc_map_set_date_order (plan.map, "Date of detection", CC_DATE_ORDER_DMY);
  after = list_losses (&plan);
  g_assert_cmpuint (after->len, ==, 0);
  plan_clear (&plan);
}

/* In a list of cases it is cases that lose; a table left out loses nothing. */
static void
test_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) losses = NULL;
  const CcImportLoss *loss;
  CcInspectTable     *table;
  Plan                plan;

  plan_file (&plan, fixture,
             "Case no,Number of victims,Country of exploitation,Status of case\n"
             "C1,2,Guinea,open\nC2,1,Guinea,open\nC3,4,Guinea,open\nC4,1,Togo,open\n");
  table = plan.inspection->tables->pdata[0];
  g_assert_cmpstr (cc_map_get_unit (plan.map, table->name), ==, "event");
  losses = list_losses (&plan);
  loss = find_loss (losses, "Country of exploitation");
  g_assert_nonnull (loss);
  g_assert_true (loss->cases);
  g_assert_cmpuint (loss->n_rows, ==, 3);
  plan_clear (&plan);
}

/* Few of many pass; many of any number do not. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint    n_rows, n_all;
    gboolean large;
  } cases[] = {
    { 1, 4, FALSE },  { 2, 2, FALSE },     { 3, 40, TRUE },      { 3, 61, FALSE },
    { 62, 62, TRUE }, { 49, 5000, FALSE }, { 50, 100000, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CcImportLoss loss = { .n_rows = cases[i].n_rows, .n_all = cases[i].n_all };

      g_test_message ("%u of %u", loss.n_rows, loss.n_all);
      g_assert_cmpint (cc_import_loss_is_large (&loss), ==, cases[i].large);
    }
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "loss/value", test_value, NULL }, { "loss/part", test_part, NULL },
    { "loss/dates", test_dates, NULL }, { "loss/tables", test_tables, NULL },
    { "loss/large", test_large, NULL },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
