/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"

#include <cc/stats/cc-bounds.h>
#include <cc/store/cc-decision.h>
#include <cc/stats/cc-checks.h>

#include <string.h>

/* Bounds from undecided pairs against the truth: every allowed way of deciding is carried out in a
 * case file of its own and counted there. */

typedef struct
{
  guint a; /* registrations of the worked example */
  guint b;
} Pair;

typedef struct
{
  Fixture    *fixture;
  const Pair *pairs;
  guint       n;
  const char *verdict;
} Decide;

static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  Decide       *decide = data;
  CcConnection *connection = cc_act_get_connection (act);

  for (guint i = 0; i < decide->n; i++)
    {
      gint64 a = decide->fixture->victims[decide->pairs[i].a];
      gint64 b = decide->fixture->victims[decide->pairs[i].b];
      g_autoptr (CcStatement) insert =
          cc_connection_prepare (connection,
                                 "INSERT INTO pair_decision (kind, a, b, verdict, source, time, "
                                 "act)"
                                 " VALUES ('VI', ?1, ?2, ?3, 'review', 0, 1)",
                                 error);

      if (!insert)
        return FALSE;
      cc_statement_bind_int64 (insert, 1, MIN (a, b));
      cc_statement_bind_int64 (insert, 2, MAX (a, b));
      cc_statement_bind_text (insert, 3, decide->verdict);
      if (!cc_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_verdict (Fixture *fixture, const Pair *pairs, guint n, const char *verdict)
{
  Decide data = { fixture, pairs, n, verdict };

  fixture_act (fixture, decide, &data);
}

static gboolean
join (CcAct *act, gpointer data, GError **error)
{
  Decide *decide = data;

  for (guint i = 0; i < decide->n; i++)
    {
      gint64 a = cc_act_find_cluster (act, decide->fixture->victims[decide->pairs[i].a], error);
      gint64 b = cc_act_find_cluster (act, decide->fixture->victims[decide->pairs[i].b], error);

      if (a != b && !cc_act_join (act, MIN (a, b), MAX (a, b), 0, error))
        return FALSE;
    }
  return TRUE;
}

/* Two components: R05, R13, R04 in a chain whose ends are known to differ, and R08 with R10. */
static const Pair open_pairs[] = { { 5, 13 }, { 4, 13 }, { 8, 10 } };
static const Pair different[] = { { 4, 5 } };

/* Which of the pairs may be decided "same" together. */
static gboolean
is_allowed (guint choice)
{
  return (choice & 3) != 3;
}

static void
test_brute_force (Fixture *fixture, gconstpointer data)
{
  const char *table = data;
  GError     *error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTableResult) bounded = NULL;
  g_autofree gint64 *low = NULL;
  g_autofree gint64 *high = NULL;
  guint              n;

  g_assert_no_error (error);
  fixture_worked_example (fixture);
  set_verdict (fixture, open_pairs, G_N_ELEMENTS (open_pairs), "undecided");
  set_verdict (fixture, different, G_N_ELEMENTS (different), "different");
  bounded = count_table (fixture, questionnaire, table, "2022-2024", NULL, NULL);
  n = bounded->rows->len * bounded->cols->len;
  low = g_new (gint64, n);
  high = g_new0 (gint64, n);
  for (guint i = 0; i < n; i++)
    low[i] = G_MAXINT64;
  for (guint choice = 0; choice < 1u << G_N_ELEMENTS (open_pairs); choice++)
    {
      Fixture other = { 0 };
      Pair    joined[G_N_ELEMENTS (open_pairs)];
      Decide  joins = { &other, joined, 0, NULL };
      g_autoptr (CcQuestionnaire) own = NULL;
      g_autoptr (CcTableResult) result = NULL;

      if (!is_allowed (choice))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (open_pairs); i++)
        if (choice & (1u << i))
          joined[joins.n++] = open_pairs[i];
      fixture_set_up (&other, NULL);
      fixture_worked_example (&other);
      fixture_act (&other, join, &joins);
      own = cc_questionnaire_find (other.pack, "unodc-glotip", NULL, &error);
      g_assert_no_error (error);
      result = count_table (&other, own, table, "2022-2024", NULL, NULL);
      g_assert_cmpuint (result->rows->len, ==, bounded->rows->len);
      for (guint i = 0; i < n; i++)
        {
          low[i] = MIN (low[i], result->cells[i].count);
          high[i] = MAX (high[i], result->cells[i].count);
          if (choice == 0)
            g_assert_cmpint (bounded->cells[i].count, ==, result->cells[i].count);
        }
      fixture_tear_down (&other, NULL);
    }
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (bounded->cells[i].low, ==, low[i]);
      g_assert_cmpint (bounded->cells[i].high, ==, high[i]);
      g_assert_false (bounded->cells[i].bounds_loose);
    }
}

static void
test_persons (Fixture *fixture, gconstpointer data)
{
  GError        *error = NULL;
  CcPersonBounds bounds;

  fixture_worked_example (fixture);
  set_verdict (fixture, open_pairs, G_N_ELEMENTS (open_pairs), "undecided");
  set_verdict (fixture, different, G_N_ELEMENTS (different), "different");
  g_assert_true (cc_bounds_persons (fixture->file, "victim", &bounds, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (bounds.value, ==, 11);
  g_assert_cmpint (bounds.low, ==, 9);
  g_assert_cmpint (bounds.high, ==, 11);
  g_assert_cmpuint (bounds.open_pairs, ==, 3);
  g_assert_cmpuint (bounds.components, ==, 2);
  g_assert_false (bounds.loose);
}

/* R05 and R09 say too little; R05 was put together with R13 since. */
static gboolean
add_undecidable (CcAct *act, gpointer data, GError **error)
{
  const Fixture *fixture = data;
  const gint64   run = cc_act_add_link_run (act, "VI", 0, 1, -1, 11, 0, error);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (CcProposal));

  for (guint i = 5; i <= 9; i += 4)
    {
      const CcProposal record = { .a = fixture->victims[i],
                                  .b = fixture->victims[i],
                                  .state = CC_PROPOSAL_UNDECIDABLE };

      g_array_append_val (found, record);
    }
  return run != 0 && cc_act_replace_proposals (act, run, "VI", found, NULL, error);
}

static gint64
get_note (const CcTableResult *result, const char *key)
{
  for (guint i = 0; i < result->notes->len; i++)
    if (g_str_equal (g_array_index (result->notes, CcNote, i).key, key))
      return g_array_index (result->notes, CcNote, i).count;
  return 0;
}

/* Records of which nobody can tell stand beside the range, in the persons and in each table. */
static void
test_undecidable (Fixture *fixture, gconstpointer data)
{
  GError        *error = NULL;
  CcPersonBounds bounds;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);

  fixture_worked_example (fixture);
  fixture_act (fixture, add_undecidable, fixture);
  for (guint joined = 0; joined < 2; joined++)
    {
      g_autoptr (CcTableResult) result = NULL;
      Decide decide = { fixture, open_pairs, 1, NULL };

      if (joined)
        fixture_act (fixture, join, &decide);
      g_assert_true (cc_bounds_persons (fixture->file, "victim", &bounds, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (bounds.value, ==, 11 - joined);
      g_assert_cmpint (bounds.low, ==, bounds.value);
      g_assert_cmpint (bounds.high, ==, bounds.value);
      g_assert_cmpuint (bounds.undecidable, ==, 2 - joined);
      result = count_table (fixture, questionnaire, "Q7", "2022-2024", NULL, NULL);
      g_assert_cmpint (get_note (result, "stats.note.undecidable"), ==, 2 - joined);
    }
}

/* Ten open pairs in one component: a star with one pair more. Of R01's nine neighbours each may be
 * another person or the same. */
static void
test_star (Fixture *fixture, gconstpointer data)
{
  static const Pair many[] = { { 1, 3 }, { 1, 4 }, { 1, 5 }, { 1, 6 },  { 1, 7 },
                               { 1, 8 }, { 1, 9 }, { 3, 4 }, { 1, 11 }, { 1, 13 } };
  GError           *error = NULL;
  CcPersonBounds    bounds;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTableResult) result = NULL;

  fixture_worked_example (fixture);
  set_verdict (fixture, many, G_N_ELEMENTS (many), "undecided");
  g_assert_true (cc_bounds_persons (fixture->file, "victim", &bounds, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (bounds.loose);
  g_assert_cmpint (bounds.high, ==, 11);
  g_assert_cmpint (bounds.low, ==, 2);
  result = count_table (fixture, questionnaire, "Q7", "2022-2024", NULL, NULL);
  for (guint i = 0; i < result->rows->len * result->cols->len; i++)
    g_assert_false (result->cells[i].bounds_loose);
  g_assert_cmpint (result->totals[1].high, <=, 6 + 2);
}

/* Rules of the questionnaire and those built in, on the worked example. */
static void
test_checks (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_result_free);
  g_autoptr (GPtrArray) checks = NULL;
  guint several = 0, unresolved = 0;

  g_assert_no_error (error);
  fixture_worked_example (fixture);
  set_verdict (fixture, open_pairs, G_N_ELEMENTS (open_pairs), "undecided");
  for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
    g_ptr_array_add (results, count_table (fixture, questionnaire,
                                           cc_questionnaire_get_table (questionnaire, i)->id,
                                           "2022-2024", NULL, NULL));
  checks = cc_checks_run (questionnaire, results, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    {
      const CcCheckResult *check = checks->pdata[i];

      for (guint j = 0; cc_pack_languages[j]; j++)
        {
          g_autofree char *text = cc_check_result_format (check, texts, cc_pack_languages[j]);

          g_assert_cmpstr (text, !=, check->key);
          g_assert_null (strchr (text, '{'));
          if (j == 0)
            g_test_message ("%s: %s", check->id, text);
        }
      if (check->severity == CC_SEVERITY_ERROR)
        g_assert_true (check->holds);
      several += g_str_equal (check->id, "multi") && !check->holds;
      unresolved += g_str_equal (check->id, "unresolved");
      if (g_str_equal (check->id, "K3") && g_strcmp0 (check->period, "2023") == 0)
        {
          g_assert_cmpfloat (check->left_value, ==, 8);
          g_assert_cmpfloat (check->right_value, ==, 6);
        }
      if (g_str_equal (check->id, "K4"))
        {
          g_assert_cmpfloat (check->left_value, ==, 2);
          g_assert_cmpfloat (check->right_value, ==, 4);
        }
    }
  g_assert_cmpuint (several, ==, 1);
  g_assert_cmpuint (unresolved, >, 0);
}

/* Who is behind a cell, and why others are not. */
static void
test_cell (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  CcCountOptions options = { .periods = periods };
  g_autoptr (CcCellPersons) persons = NULL;
  const CcCellPerson *girl;
  guint               filtered = 0, elsewhere = 0, other_period = 0;

  fixture_worked_example (fixture);
  persons = cc_count_cell (fixture->file, questionnaire,
                           cc_questionnaire_find_table (questionnaire, "Q7"), &options, "girls",
                           "total", "2023", 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (persons->n_inside, ==, 1);
  g_assert_cmpint (persons->n_outside, ==, 10);
  girl = persons->inside->pdata[0];
  g_assert_cmpuint (girl->records->len, ==, 2);
  /* The date by which she counts in 2023, whatever else her records say. */
  g_assert_cmpint (cc_interval_relation (girl->date, cc_interval_year (2023)), ==,
                   CC_RELATION_INSIDE);
  for (guint i = 0; i < persons->outside->len; i++)
    {
      const CcCellPerson *person = persons->outside->pdata[i];

      filtered += g_str_equal (person->reason, "stats.why.filter");
      elsewhere += g_str_equal (person->reason, "stats.why.category");
      other_period += g_str_equal (person->reason, "stats.why.other-period");
      if (g_str_equal (person->reason, "stats.why.other-period"))
        g_assert_cmpint (cc_interval_relation (person->date, cc_interval_year (2023)), ==,
                         CC_RELATION_OUTSIDE);
      if (!g_str_equal (person->reason, "stats.why.filter"))
        g_assert_nonnull (person->category);
    }
  g_assert_cmpuint (filtered, ==, 1);
  g_assert_cmpuint (elsewhere, ==, 5);
  g_assert_cmpuint (other_period, ==, 4);
  g_assert_null (cc_count_cell (fixture->file, questionnaire,
                                cc_questionnaire_find_table (questionnaire, "Q7"), &options, "cats",
                                "total", "2023", 0, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func)                                                                      \
  g_test_add ("/stats/" path, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("bounds/brute-force/Q7", "Q7", test_brute_force);
  ADD ("bounds/brute-force/Q8", "Q8", test_brute_force);
  ADD ("bounds/persons", NULL, test_persons);
  ADD ("bounds/undecidable", NULL, test_undecidable);
  ADD ("bounds/star", NULL, test_star);
  ADD ("checks/example", NULL, test_checks);
  ADD ("cell/example", NULL, test_cell);
#undef ADD
  return g_test_run ();
}
