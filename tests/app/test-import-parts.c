/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the import page that need no display. */
#include "import/cc-import-choice.h"
#include "import/cc-import-period.h"

/* Each period is shown the plainest way and comes back unchanged. */
static void
test_periods (void)
{
  static const struct
  {
    const char  *text;
    CcPeriodKind kind;
    int          part;
  } cases[] = {
    { "2023", CC_PERIOD_YEAR, 0 },
    { "2023-01-01..2023-06-30", CC_PERIOD_HALF, 0 },
    { "2023-07-01..2023-12-31", CC_PERIOD_HALF, 1 },
    { "2023-10-01..2023-12-31", CC_PERIOD_QUARTER, 3 },
    { "2023-02", CC_PERIOD_MONTH, 1 },
    { "2020-01-01..2024-12-31", CC_PERIOD_YEARS, 0 },
    { "2023-03-04..2023-05-06", CC_PERIOD_DAYS, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CcInterval     interval, again;
      CcImportPeriod period;

      g_assert_true (cc_interval_from_iso (cases[i].text, &interval));
      period = cc_import_period_from_interval (interval, 2026);
      g_assert_cmpint (period.kind, ==, cases[i].kind);
      g_assert_cmpint (period.part, ==, cases[i].part);
      again = cc_import_period_to_interval (&period);
      g_assert_cmpint (again.first, ==, interval.first);
      g_assert_cmpint (again.last, ==, interval.last);
    }
  g_assert_cmpint (cc_import_period_from_interval (CC_INTERVAL_UNKNOWN, 2026).kind, ==,
                   CC_PERIOD_OPEN);
  g_assert_cmpint (cc_import_period_from_interval (CC_INTERVAL_UNKNOWN, 2026).year, ==, 2026);
}

/* What begins like the letters typed comes before what holds them somewhere; the long tail of a
 * list shows only when something is typed. */
static void
test_choices (void)
{
  g_autoptr (CcImportChoice) sex = cc_import_choice_new ("sex", "Sex", "As in papers", "gender");
  g_autoptr (CcImportChoice) form =
      cc_import_choice_new ("form", "Form of exploitation", NULL, NULL);
  g_autoptr (CcImportChoice) tick =
      cc_import_choice_new ("form:SEX", "Form of exploitation: sexual", NULL, NULL);

  cc_import_choice_set_rare (tick, TRUE);
  g_assert_cmpint (cc_import_choice_rank (sex, ""), ==, 0);
  g_assert_cmpint (cc_import_choice_rank (tick, ""), ==, -1);
  g_assert_cmpint (cc_import_choice_rank (sex, "se"), ==, 0);
  g_assert_cmpint (cc_import_choice_rank (tick, "se"), ==, 1);
  g_assert_cmpint (cc_import_choice_rank (form, "se"), ==, -1);
  g_assert_cmpint (cc_import_choice_rank (sex, "gend"), ==, 2);
  g_assert_cmpint (cc_import_choice_rank (form, "loit"), ==, 2);
  cc_import_choice_set_selected (tick, TRUE);
  g_assert_cmpint (cc_import_choice_rank (tick, ""), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/import/periods", test_periods);
  g_test_add_func ("/app/import/choices", test_choices);
  return g_test_run ();
}
