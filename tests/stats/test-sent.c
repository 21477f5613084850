/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agencies sent as counts stands beside the tables, and never in them. */
#include "stats-fixture.h"

#include <string.h>

typedef struct
{
  Fixture    *fixture;
  const char *entity;
  int         year;
  const char *unit;
  const char *column; /* NULL: a row of a list */
  gint64      count;
  gint64      accepted; /* rows of the same delivery that became records */
} Sent;

static gboolean
add_sent (CcAct *act, gpointer data, GError **error)
{
  const Sent      *sent = data;
  g_autofree char *categories =
      sent->column ? g_strdup_printf ("Country=Togo;column=%s", sent->column) : g_strdup ("");
  CcSubmission delivery = { .entity = fixture_entity (sent->fixture, sent->entity),
                            .period = cc_interval_year (sent->year),
                            .rows = 1,
                            .accepted = sent->accepted };
  gboolean     ok = cc_act_add_submission (act, &delivery, error)
                && cc_act_update_submission (act, &delivery, error)
                && cc_act_add_aggregate_cell (act, delivery.id, 0, 0, sent->unit, delivery.period,
                                              categories, sent->count, error)
                       != 0;

  g_free (delivery.state);
  return ok;
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* "as-counts 9, in-rows 2, unclear 1" */
static char *
describe_sent (const CcTableResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote *note = &g_array_index (result->notes, CcNote, i);

      if (g_str_has_prefix (note->key, "stats.note.sent-"))
        g_string_append_printf (text, "%s%s %d", text->len > 0 ? ", " : "",
                                note->key + strlen ("stats.note.sent-"), (int) note->count);
    }
  return g_string_free (text, FALSE);
}

static void
assert_sent (Fixture *fixture, const char *table, const char *years, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTableResult) result = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  result = count_table (fixture, questionnaire, table, years, NULL, NULL);
  text = describe_sent (result);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_victims (Fixture *fixture, gint64 count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTableResult) result =
      count_table (fixture, questionnaire, "Q7", "2022-2024", NULL, NULL);

  g_assert_cmpint (result->totals[3].count, ==, count);
}

static void
test_sent (Fixture *fixture, gconstpointer data)
{
  static Sent sent[] = {
    { NULL, "shelter", 2023, "victim", "Total", 9, 0 },
    { NULL, "shelter", 2021, "victim", "Total", 100, 0 },
    { NULL, "shelter", 2023, "perpetrator", "Total", 4, 0 },
    { NULL, "police", 2024, "victim", "Total", 50, 3 },
    { NULL, "police", 2024, "victim", NULL, 2, 0 },
  };

  fixture_worked_example (fixture);
  assert_sent (fixture, "Q7", "2022-2024", "");
  assert_victims (fixture, 10);
  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      sent[i].fixture = fixture;
      fixture_act (fixture, add_sent, &sent[i]);
    }
  /* The police sent records of the year too: its own table is no second layer beside them. */
  assert_sent (fixture, "Q7", "2022-2024", "as-counts 9, in-rows 2");
  assert_sent (fixture, "Q7", "2021-2023", "as-counts 109");
  assert_sent (fixture, "Q7", "2022", "");
  assert_victims (fixture, 10);
  /* Taken back, nothing of it is left. */
  fixture_act (fixture, run_sql, (gpointer) "UPDATE submission SET state = 'withdrawn'");
  assert_sent (fixture, "Q7", "2022-2024", "");
}

/* Figures that do not say what adds up, and a time that is not the table's. */
static void
test_unclear (Fixture *fixture, gconstpointer data)
{
  Sent parts[] = { { fixture, "shelter", 2023, "victim", "TI", 9, 0 },
                   { fixture, "police", 2023, "victim", "TI", 9, 0 } };

  fixture_worked_example (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    fixture_act (fixture, add_sent, &parts[i]);
  assert_sent (fixture, "Q7", "2022-2024", "as-counts 18");
  fixture_act (fixture, run_sql,
               (gpointer) "UPDATE aggregate_cell SET last = last + 700 WHERE submission = 1");
  assert_sent (fixture, "Q7", "2022-2023", "as-counts 9, unclear 1");
  fixture_act (fixture, run_sql,
               (gpointer) "INSERT INTO aggregate_cell (submission, unit, first, last, categories,"
                          " count) SELECT submission, unit, first, last,"
                          " replace (categories, 'TI', 'TE'), 3 FROM aggregate_cell");
  assert_sent (fixture, "Q7", "2022-2023", "unclear 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stats/sent/tables", Fixture, NULL, fixture_set_up, test_sent, fixture_tear_down);
  g_test_add ("/stats/sent/unclear", Fixture, NULL, fixture_set_up, test_unclear,
              fixture_tear_down);
  return g_test_run ();
}
