/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-decision.h>

/* What a delivery changes, told value by value: when it comes, replaces another, is taken back. */

#define HEADERS "Victim ID,Case No,Sex,Age,Nationality,Date rescued,Status,Last name,Service\n"

static const char *const first_csv =
    HEADERS "V1,A/1,F,15,Togo,2023-04-05,identified,Sane,shelter\n"
            "V2,A/1,M,19,Togo,2023-04-05,presumed,Diop,\n"
            "V3,A/2,F,22,Ghana,2023-05-06,identified,Keita,shelter\n";
/* V1 as it was, V2 corrected, V3 not there, V4 new. */
static const char *const second_csv =
    HEADERS "V1,A/1,F,15,Togo,2023-04-05,identified,Sane,shelter\n"
            "V2,A/1,M,17,Togo,2023-04-05,presumed,Diop Ba,shelter\n"
            "V4,A/3,M,30,Mali,2023-06-07,presumed,Cisse,\n";

static CcImportResult *
bring (Fixture *fixture, const char *name, const char *text, gint64 replaces, gboolean dry_run)
{
  g_autofree char *path = write_csv (fixture, name, text);
  CcImportOptions  options = options_for ("police");

  options.period = cc_interval_year (2023);
  options.replaces = replaces;
  options.dry_run = dry_run;
  return import (fixture, path, &options);
}

/* "gone victim V3", "changed victim V2 age 19..19>17..17" ...: as a text to compare. */
static char *
write_rows (GPtrArray *rows)
{
  static const char *const kinds[] = { "new", "changed", "gone", "back", "elsewhere" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const CcDifferenceRow *row = rows->pdata[i];

      g_string_append_printf (text, "%s%s %s %s", i > 0 ? "; " : "", kinds[row->kind],
                              row->unit->name, row->number);
      for (guint j = 0; row->kind != CC_DIFFERENCE_NEW && j < row->values->len; j++)
        {
          const CcDifferenceValue *value = row->values->pdata[j];

          g_string_append_printf (text, " %s %s>%s", value->variable->name,
                                  value->before ? value->before : "",
                                  value->after ? value->after : "");
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (GPtrArray *rows, const char *expected)
{
  g_autofree char *text = write_rows (rows);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_persons (const CcDifference *difference,
                gint64              fresh,
                gint64              changed,
                gint64              gone,
                gint64              back)
{
  g_assert_cmpint (difference->persons[CC_DIFFERENCE_NEW], ==, fresh);
  g_assert_cmpint (difference->persons[CC_DIFFERENCE_CHANGED], ==, changed);
  g_assert_cmpint (difference->persons[CC_DIFFERENCE_GONE], ==, gone);
  g_assert_cmpint (difference->persons[CC_DIFFERENCE_BACK], ==, back);
}

#define V2_CHANGED "changed victim V2 age 19..19>17..17 family Diop>Diop Ba service >SHELTER"
#define NEW        "new event A/3; new victim V4"

/* A list of the same period that does not replace the earlier one says who is missing from it. */
static void
test_beside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", first_csv, 0, FALSE);
  g_autoptr (CcImportResult) second = bring (fixture, "2.csv", second_csv, 0, FALSE);
  g_autoptr (CcImportResult) other = NULL;

  assert_persons (first->difference, 3, 0, 0, 0);
  g_assert_cmpint (first->difference->cases[CC_DIFFERENCE_NEW], ==, 2);
  g_assert_cmpint (first->earlier, ==, 0);
  assert_persons (second->difference, 1, 1, 0, 0);
  assert_rows (second->difference->rows, V2_CHANGED "; " NEW);
  g_assert_cmpint (second->earlier, ==, first->submission);
  g_assert_cmpint (second->n_again, ==, 2);
  g_assert_cmpint (second->n_vanished, ==, 1);
  assert_rows (second->vanished, "gone victim V3");
  /* A list of others is sent besides: nobody is missing from it. */
  other =
      bring (fixture, "3.csv", HEADERS "V9,A/9,F,15,Togo,2023-04-05,identified,Ba,\n", 0, FALSE);
  g_assert_cmpint (other->earlier, ==, 0);
  g_assert_cmpint (other->n_vanished, ==, 0);
}

/* A dry run says the same as the import itself. */
static void
test_replacing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", first_csv, 0, FALSE);
  g_autofree char *before = content_hash (fixture);
  g_autofree char *after = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CcImportResult) second =
          bring (fixture, "2.csv", second_csv, first->submission, i == 0);

      assert_persons (second->difference, 1, 1, 1, 0);
      g_assert_cmpint (second->difference->cases[CC_DIFFERENCE_GONE], ==, 1);
      assert_rows (second->difference->rows, V2_CHANGED "; gone event A/2; gone victim V3; " NEW);
      g_assert_cmpint (second->n_vanished, ==, 0);
      if (i > 0)
        continue;
      after = content_hash (fixture);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportResult) first = bring (fixture, "1.csv", first_csv, 0, FALSE);
  g_autoptr (CcImportResult) second =
      bring (fixture, "2.csv", second_csv, first->submission, FALSE);
  g_autofree char *before = content_hash (fixture);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CcDifference) difference =
          cc_import_difference (fixture->file, second->submission, i == 0, NULL, NULL, &error);
      g_autofree char *after = content_hash (fixture);

      g_assert_no_error (error);
      assert_persons (difference, 0, 1, 1, 1);
      assert_rows (difference->rows,
                   "changed victim V2 age 17..17>19..19 family Diop Ba>Diop service SHELTER>; "
                   "gone event A/3; gone victim V4; back event A/2; back victim V3"
                   " status >IDEN service >SHELTER");
      g_assert_cmpint (g_strcmp0 (after, before) == 0, ==, i == 0);
    }
  g_assert_null (
      cc_import_difference (fixture->file, second->submission, TRUE, NULL, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
}

static gint64
find_record (Fixture *fixture, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT record FROM identifier"
                                          " WHERE kind = 'agency_ref' AND value = '%s'",
                                          number);

  return query (fixture, sql);
}

static gboolean
make_one (CcAct *act, gpointer data, GError **error)
{
  gint64 *ids = data;

  for (guint i = 0; i < 4; i++)
    {
      CcPairDecision decision = { .kind = (char *) "VI",
                                  .a = ids[2 * i],
                                  .b = ids[2 * i + 1],
                                  .verdict = CC_VERDICT_SAME,
                                  .source = (char *) "review" };

      if (!cc_act_add_decision (act, &decision, error))
        return FALSE;
    }
  return cc_act_follow_verdicts (act, "VI", NULL, 0, NULL, error);
}

/* Who counts no more is told in persons: one of several records is one, and who stands in the list
 * of another agency, too, counts on. */
static void
test_persons (Fixture *fixture, gconstpointer data)
{
  static const char *const same[] = { "V1", "K1", "V2", "V3", "V4", "V5", "V4", "K2" };
  g_autofree char         *path = write_csv (fixture, "1.csv",
                                             HEADERS "V1,A/1,F,15,Togo,2023-04-05,identified,Sane,\n"
                                                             "V2,A/1,M,19,Togo,2023-04-05,identified,Diop,\n"
                                                             "V3,A/1,M,19,Togo,2023-04-05,identified,Diop,\n"
                                                             "V4,A/1,F,30,Mali,2023-04-05,identified,Cisse,\n"
                                                             "V5,A/1,F,30,Mali,2023-04-05,identified,Cisse,\n");
  g_autofree char         *others = write_csv (fixture, "2.csv",
                                               HEADERS "K1,B/1,F,15,Togo,2023-04-05,identified,Sane,\n"
                                                               "K2,B/1,F,30,Mali,2023-04-05,identified,Cisse,\n");
  CcImportOptions          of_police = options_for ("police");
  CcImportOptions          of_court = options_for ("court");
  g_autoptr (CcImportResult) first = import (fixture, path, &of_police);
  g_autoptr (CcImportResult) second = import (fixture, others, &of_court);
  g_autoptr (CcDifference) difference = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[G_N_ELEMENTS (same)];

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    ids[i] = find_record (fixture, same[i]);
  cc_case_file_act (fixture->file, "test", make_one, ids, NULL, &error);
  g_assert_no_error (error);
  difference = cc_import_difference (fixture->file, first->submission, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_persons (difference, 0, 0, 1, 0);
  g_assert_cmpint (difference->persons[CC_DIFFERENCE_ELSEWHERE], ==, 2);
  assert_rows (difference->rows,
               "gone event A/1; gone victim V2; elsewhere victim V1; elsewhere victim V4");
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "difference/beside", test_beside },
    { "difference/replacing", test_replacing },
    { "difference/taken-back", test_taken_back },
    { "difference/persons", test_persons },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
