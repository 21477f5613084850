/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-fixture.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-population.h>

#include <glib/gstdio.h>

/* Row groups, stocks, lists, rates, typed-in figures and dates that are only roughly known. */

typedef gboolean (*Fill) (CcAct *act, Fixture *fixture);

typedef struct
{
  Fixture *fixture;
  Fill     fill;
} Filling;

static gboolean
run_fill (CcAct *act, gpointer data, GError **error)
{
  Filling *filling = data;

  return filling->fill (act, filling->fixture);
}

static void
fill (Fixture *fixture, Fill func)
{
  Filling filling = { fixture, func };

  fixture_act (fixture, run_fill, &filling);
}

static CcQuestionnaire *
load (Fixture *fixture, const char *text)
{
  GError          *error = NULL;
  CcQuestionnaire *questionnaire =
      cc_questionnaire_load_text (fixture->pack, "tables.tipq", text, &error);

  g_assert_no_error (error);
  return questionnaire;
}

#define HEAD "[questionnaire]\nid=tables\naxes=axes.tipq\n[sheet a]\ntables=T\n[table T]\n"

static gint64
add_victim (CcAct *act, Fixture *fixture, guint number, const char *sex, const char *detected)
{
  g_autoptr (CcRecord) record = make_record (fixture, "victim", number);

  set_code (record, fixture, "sex", sex);
  set_date (record, fixture, "detected_on", detected);
  return put_record (act, record, 0);
}

static void
add_child (CcAct      *act,
           Fixture    *fixture,
           const char *unit,
           guint       number,
           gint64      parent,
           const char *date,
           const char *day,
           const char *list,
           const char *codes,
           const char *other,
           const char *others)
{
  g_autoptr (CcRecord) record = make_record (fixture, unit, number);

  record->parents[0] = parent;
  if (date)
    set_date (record, fixture, date, day);
  set_codes (record, fixture, list, codes);
  if (other)
    set_codes (record, fixture, other, others);
  put_record (act, record, 0);
}

/* One person with a shelter in 2022 and legal aid in 2023, another with shelter in both years. */
static gboolean
fill_services (CcAct *act, Fixture *fixture)
{
  gint64 one = add_victim (act, fixture, 1, "F", "2022-01-01");
  gint64 two = add_victim (act, fixture, 2, "M", "2022-01-01");

  add_child (act, fixture, "assistance", 1, one, "service_from", "2022-03-01", "service", "SHELTER",
             NULL, NULL);
  add_child (act, fixture, "assistance", 2, one, "service_from", "2023-03-01", "service", "LEGAL",
             NULL, NULL);
  add_child (act, fixture, "assistance", 3, two, "service_from", "2022-05-01", "service",
             "SHELTER;LEGAL", NULL, NULL);
  add_child (act, fixture, "assistance", 4, two, "service_from", "2023-05-01", "service", "SHELTER",
             NULL, NULL);
  add_child (act, fixture, "assistance", 5, two, "service_from", "", "service", "FOOD", NULL, NULL);
  return TRUE;
}

static void
test_services (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=victims\nwhere=service is known\ndate=service-from\nrows=service\n"
                          "cols=period-year;sex4\n");
  g_autoptr (CcTableResult) result = NULL;

  fill (fixture, fill_services);
  result = count_table (fixture, questionnaire, "T", "2022-2023", NULL, NULL);
  g_assert_cmpint (cell (result, "shelter", "total", "2022"), ==, 2);
  g_assert_cmpint (cell (result, "legal-aid", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "legal-aid", "F", "2022"), ==, 0);
  g_assert_cmpint (cell (result, "shelter", "total", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "legal-aid", "F", "2023"), ==, 1);
  g_assert_cmpint (cell (result, "food-clothes", "total", NULL), ==, 0);
  g_assert_cmpint (cell (result, "shelter", "total", NULL), ==, 2);
  g_assert_cmpint (result->totals[0].count, ==, 2);
  g_assert_cmpint (result->totals[2].count, ==, 2);
}

/* Labour in a factory and sexual exploitation in a bar are two rows: the bar is no sector of
 * labour; the third person's sector of labour is not known although another row names one. */
static gboolean
fill_sectors (CcAct *act, Fixture *fixture)
{
  gint64 one = add_victim (act, fixture, 1, "F", "2022-01-01");
  gint64 two = add_victim (act, fixture, 2, "F", "2022-01-01");
  gint64 three = add_victim (act, fixture, 3, "F", "2022-01-01");

  add_child (act, fixture, "victim_event", 1, one, NULL, NULL, "form", "LAB", "sector", "ISIC4:C");
  add_child (act, fixture, "victim_event", 2, one, NULL, NULL, "form", "SEX", "sector", "ISIC4:I");
  add_child (act, fixture, "victim_event", 3, two, NULL, NULL, "form", "LAB", "sector",
             "ISIC4:A01");
  add_child (act, fixture, "victim_event", 4, two, NULL, NULL, "form", "LAB", NULL, NULL);
  add_child (act, fixture, "victim_event", 5, three, NULL, NULL, "form", "LAB", NULL, NULL);
  add_child (act, fixture, "victim_event", 6, three, NULL, NULL, "form", "SEX", "sector",
             "ISIC4:I");
  return TRUE;
}

static void
test_sectors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture,
            HEAD "count=victims\nwhere=form under labour\ndate=detected-on\nrows=sector21\n"
                 "cols=period-year\n");
  g_autoptr (CcTableResult) result = NULL;

  fill (fixture, fill_sectors);
  result = count_table (fixture, questionnaire, "T", "2022", NULL, NULL);
  g_assert_cmpint (cell (result, "C", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "I", "total", "2022"), ==, 0);
  g_assert_cmpint (cell (result, "A", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "unknown", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "total", "total", "2022"), ==, 3);
}

static void
add_stage (CcAct      *act,
           Fixture    *fixture,
           guint       number,
           const char *recorded,
           const char *stage,
           const char *since)
{
  g_autoptr (CcRecord) record = make_record (fixture, "event", number);

  set_date (record, fixture, "recorded_on", recorded);
  set_code (record, fixture, "stage", stage);
  set_date (record, fixture, "stage_on", since);
  fixture->events[number] = put_record (act, record, 0);
}

static gboolean
fill_stages (CcAct *act, Fixture *fixture)
{
  gint64 a, b;

  add_stage (act, fixture, 1, "2021-02-01", "OPEN", "2021-02-01");
  add_stage (act, fixture, 2, "2021-03-01", "INCOURT", "2022-06-01");
  add_stage (act, fixture, 3, "2022-12-01", "OPEN", "2022-12-01");
  add_stage (act, fixture, 4, "2020-01-01", "OPEN", "");
  a = cc_act_find_cluster (act, fixture->events[1], NULL);
  b = cc_act_find_cluster (act, fixture->events[2], NULL);
  return cc_act_join (act, a, b, 0, NULL);
}

/* A stock counts every case recorded by then, in the stage of that day. */
static void
test_stock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=events\ndate=recorded-on\ndate-mode=stock\nrows=stage5\n"
                          "cols=period-year\n");
  g_autoptr (CcTableResult) result = NULL;

  fill (fixture, fill_stages);
  result = count_table (fixture, questionnaire, "T", "2021-2023", NULL, NULL);
  g_assert_cmpint (cell (result, "open", "total", "2021"), ==, 1);
  g_assert_cmpint (cell (result, "unknown", "total", "2021"), ==, 1);
  g_assert_cmpint (cell (result, "total", "total", "2021"), ==, 2);
  g_assert_cmpint (cell (result, "in-court", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "open", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "total", "total", "2022"), ==, 3);
  g_assert_cmpint (cell (result, "total", "total", "2023"), ==, 3);
}

static gboolean
fill_countries (CcAct *act, Fixture *fixture)
{
  static const char *const countries[] = { "NGA", "NGA", "NGA", "TGO", "TGO",    "GHA",
                                           "GHA", "FRA", "XXA", "",    "NGA;BEN" };

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      g_autoptr (CcRecord) record = make_record (fixture, "victim", i + 1);

      set_date (record, fixture, "detected_on", "2022-01-01");
      set_codes (record, fixture, "citizenship", countries[i]);
      put_record (act, record, 0);
    }
  return TRUE;
}

/* Own country first, then by falling count, ties by code; at most three, the rest together. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = {
    "BEN", "NGA", "GHA", "other", "stateless", "unknown", "total"
  };
  static const int counts[] = { 1, 3, 2, 3, 1, 1, 11 };
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=victims\ndate=detected-on\nrows=cit-list\ncols=period-year\n"
                          "limit=3\n");
  g_autoptr (CcTableResult) result = NULL;

  fill (fixture, fill_countries);
  result = count_table (fixture, questionnaire, "T", "2022", NULL, NULL);
  g_assert_cmpuint (result->rows->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (((CcHeading *) result->rows->pdata[i])->code, ==, rows[i]);
      g_assert_cmpint (cell (result, rows[i], "total", "2022"), ==, counts[i]);
    }
}

/* Blocks stand under each other and repeat the same total; regions of countries are groups. */
static void
test_blocks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, "[questionnaire]\nid=tables\naxes=axes.tipq\nparams=region\n"
                     "param.region=ECOWAS\n[sheet a]\ntables=T\n[table T]\n"
                     "count=victims\ndate=detected-on\nrows=sex4|cit-own|cit-rec3\n"
                     "cols=period-year\n");
  g_autoptr (CcTableResult) result = NULL;
  guint totals = 0;

  fill (fixture, fill_countries);
  result = count_table (fixture, questionnaire, "T", "2022", NULL, NULL);
  g_assert_cmpuint (result->row_blocks->len, ==, 3);
  for (guint i = 0; i < result->rows->len; i++)
    if (g_str_equal (((CcHeading *) result->rows->pdata[i])->code, "total"))
      {
        g_assert_cmpint (cc_table_result_get (result, i, 0)->count, ==, 11);
        totals++;
      }
  g_assert_cmpuint (totals, ==, 3);
  g_assert_cmpint (cell (result, "foreign", "total", "2022"), ==, 8);
  g_assert_cmpint (cell (result, "region", "total", "2022"), ==, 7);
  g_assert_cmpint (cell (result, "outside", "total", "2022"), ==, 2);
}

static gboolean
fill_rough (CcAct *act, Fixture *fixture)
{
  add_victim (act, fixture, 1, "F", "2022");
  add_victim (act, fixture, 2, "F", "2022-12");
  add_victim (act, fixture, 3, "F", "");
  add_victim (act, fixture, 4, "F", "2019-05-05");
  return TRUE;
}

/* A year is not within a year that begins in April; what is not certain counts nowhere and is told.
 */
static void
test_rough_dates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=victims\ndate=detected-on\nrows=sex4\ncols=period-year\n");
  g_autoptr (GArray) periods = cc_periods_new_years (2021, 2022, 4);
  CcCountOptions options = { .periods = periods };
  g_autoptr (CcTableResult) result = NULL;
  GError *error = NULL;
  gint64  not_determined = 0, no_date = 0, outside = 0;

  fill (fixture, fill_rough);
  result =
      cc_count_table (fixture->file, questionnaire,
                      cc_questionnaire_find_table (questionnaire, "T"), &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cell (result, "F", "total", "2022-04"), ==, 1);
  g_assert_cmpint (cell (result, "F", "total", "2021-04"), ==, 0);
  g_assert_cmpint (cell (result, "F", "total", NULL), ==, 1);
  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote *note = &g_array_index (result->notes, CcNote, i);

      if (g_str_equal (note->key, "stats.note.not-determined"))
        not_determined = note->count;
      else if (g_str_equal (note->key, "stats.note.no-date"))
        no_date = note->count;
      else if (g_str_equal (note->key, "stats.note.outside"))
        outside = note->count;
    }
  g_assert_cmpint (not_determined, ==, 1);
  g_assert_cmpint (no_date, ==, 1);
  g_assert_cmpint (outside, ==, 1);
  g_assert_cmpint (result->base, ==, 4);
}

/* Rates per 100,000; where the population is missing the cell is blank, not zero. */
static void
test_rates (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "sdg-16-2-2", NULL, &error);
  g_autoptr (CcTableResult) result = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "population.csv", NULL);
  const CcCell    *found;

  fixture_worked_example (fixture);
  g_file_set_contents (path,
                       "year,sex,age_class,count,source\n2023,total,total,200000,INSAE\n"
                       "2023,F,total,100000,INSAE\n",
                       -1, &error);
  g_assert_no_error (error);
  g_assert_true (cc_population_import (fixture->file, path, NULL, &error));
  g_assert_no_error (error);
  result = count_table (fixture, questionnaire, "S2", "2023-2024", NULL, NULL);
  found = cc_table_result_find (result, "DETV;T;all", "total", "2023");
  g_assert_cmpint (found->state, ==, CC_CELL_COMPUTED);
  g_assert_cmpfloat_with_epsilon (found->value, 3.0, 1e-9);
  found = cc_table_result_find (result, "DETV;F;all", "total", "2023");
  g_assert_cmpfloat_with_epsilon (found->value, 2.0, 1e-9);
  found = cc_table_result_find (result, "DETV;M;all", "total", "2023");
  g_assert_cmpint (found->state, ==, CC_CELL_BLANK);
  g_assert_cmpstr (found->reason, ==, "stats.blank.no-population");
  g_assert_cmpint (found->count, ==, 3);
  found = cc_table_result_find (result, "DETV;T;all", "total", "2024");
  g_assert_cmpint (found->state, ==, CC_CELL_BLANK);
  g_unlink (path);
}

static gboolean
fill_answer (CcAct *act, Fixture *fixture)
{
  GError *error = NULL;
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (cc_act_get_connection (act),
                             "INSERT INTO questionnaire_answer (questionnaire, period_first, "
                             "period_last, tbl, cell, value,"
                             " reason) VALUES ('tables', ?1, ?2, 'T', 'F,total', '12', 'paper "
                             "file')",
                             &error);

  g_assert_no_error (error);
  cc_statement_bind_int64 (insert, 1, cc_day_from_ymd (2022, 1, 1));
  cc_statement_bind_int64 (insert, 2, cc_day_from_ymd (2022, 12, 31));
  return cc_statement_run (insert, &error);
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=victims\ndate=detected-on\nrows=sex4\ncols=period-year\n");
  g_autoptr (CcQuestionnaire) typed =
      load (fixture, HEAD "count=victims\ndate=detected-on\nrows=sex4\ncols=period-year\n"
                          "source=entry\n");
  g_autoptr (CcTableResult) result = NULL;
  g_autoptr (CcTableResult) entered = NULL;
  const CcCell *found;

  fill (fixture, fill_rough);
  fill (fixture, fill_answer);
  result = count_table (fixture, questionnaire, "T", "2021-2022", NULL, NULL);
  found = cc_table_result_find (result, "F", "total", "2022");
  g_assert_cmpint (found->state, ==, CC_CELL_ENTRY);
  g_assert_cmpfloat (found->value, ==, 12);
  g_assert_cmpint (found->count, ==, 2);
  g_assert_cmpstr (found->entry_reason, ==, "paper file");
  g_assert_cmpint (cc_table_result_find (result, "F", "total", "2021")->state, ==,
                   CC_CELL_COMPUTED);
  entered = count_table (fixture, typed, "T", "2021-2022", NULL, NULL);
  g_assert_cmpint (cc_table_result_find (entered, "F", "total", "2022")->state, ==, CC_CELL_ENTRY);
  g_assert_cmpint (cc_table_result_find (entered, "M", "total", "2022")->state, ==, CC_CELL_BLANK);
}

/* Nothing reported is not zero. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=events\ndate=recorded-on\nrows=none\ncols=period-year\n");
  g_autoptr (CcTableResult) result = count_table (fixture, questionnaire, "T", "2022", NULL, NULL);

  g_assert_cmpint (cc_table_result_get (result, 0, 0)->state, ==, CC_CELL_BLANK);
  g_assert_cmpstr (cc_table_result_get (result, 0, 0)->reason, ==, "stats.blank.no-records");
}

/* A sentence that one agency knows and another does not counts once, where it is known. */
static gboolean
fill_sentences (CcAct *act, Fixture *fixture)
{
  g_autoptr (CcRecord) person = make_record (fixture, "perpetrator", 1);

  put_record (act, person, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CcRecord) step = make_record (fixture, "justice_step", i + 1);

      step->parents[0] = person->id;
      set_code (step, fixture, "stage", "COURT1");
      set_code (step, fixture, "outcome", "CONVICTED");
      set_date (step, fixture, "step_on", "2022-05-05");
      if (i)
        set_codes (step, fixture, "sentence_type", "FINE");
      put_record (act, step, 0);
    }
  return TRUE;
}

static void
test_sentences (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=perps\nwhere=outcome = convicted\ndate=judged-on\nrows=sentence\n"
                          "cols=period-year\n");
  g_autoptr (CcTableResult) result = NULL;

  fill (fixture, fill_sentences);
  result = count_table (fixture, questionnaire, "T", "2022", NULL, NULL);
  g_assert_cmpint (cell (result, "fine", "total", "2022"), ==, 1);
  g_assert_cmpint (cell (result, "unknown", "total", "2022"), ==, 0);
  g_assert_cmpint (cell (result, "total", "total", "2022"), ==, 1);
}

/* Detected in 2022, 2023 and 2024, with one case in the first two years and a further one in 2024;
 * the case of 2023 has another number at another agency until both are joined. */
static gboolean
fill_repeats (CcAct *act, Fixture *fixture)
{
  static const char *const days[] = { "2022-01-01", "2023-01-01", "2024-01-01" };
  gint64                   person = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CcRecord) event = make_record (fixture, "event", i + 1);
      g_autoptr (CcRecord) link = make_record (fixture, "victim_event", i + 1);
      gint64 victim, cluster;

      set_date (event, fixture, "recorded_on", days[i]);
      fixture->events[i + 1] = put_record (act, event, 0);
      victim = add_victim (act, fixture, i + 1, "F", days[i]);
      link->parents[0] = victim;
      link->parents[1] = event->id;
      set_codes (link, fixture, "form", "SEX");
      put_record (act, link, 0);
      cluster = cc_act_find_cluster (act, victim, NULL);
      if (i == 0)
        person = cluster;
      else if (!cc_act_join (act, person, cluster, 0, NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
join_events (CcAct *act, Fixture *fixture)
{
  return cc_act_join (act, cc_act_find_cluster (act, fixture->events[1], NULL),
                      cc_act_find_cluster (act, fixture->events[2], NULL), 0, NULL);
}

static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *repeat;
    int         apart[3];
    int         joined[3];
  } cases[] = { { "first", { 1, 0, 0 }, { 1, 0, 0 } },
                { "yearly", { 1, 1, 1 }, { 1, 1, 1 } },
                { "new-event", { 1, 1, 1 }, { 1, 0, 1 } } };
  g_autoptr (CcQuestionnaire) questionnaire =
      load (fixture, HEAD "count=victims\ndate=detected-on\nrows=sex4\ncols=period-year\n");

  fill (fixture, fill_repeats);
  for (guint joined = 0; joined < 2; joined++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (CcTableResult) result =
              count_table (fixture, questionnaire, "T", "2022-2024", "repeat", cases[i].repeat);

          for (guint year = 0; year < 3; year++)
            g_assert_cmpint (result->totals[year].count, ==,
                             joined ? cases[i].joined[year] : cases[i].apart[year]);
          g_assert_cmpint (result->totals[3].count, ==, 1);
        }
      if (!joined)
        fill (fixture, join_events);
    }
}

/* The cache is right after joins, splits, withdrawals and a rebuild; the tear-down verifies it too.
 */
static gboolean
change (CcAct *act, Fixture *fixture)
{
  gint64 cluster = cc_act_find_cluster (act, fixture->victims[1], NULL);

  return cc_act_split (act, cluster, &fixture->victims[2], 1, 0, NULL)
         && cc_act_withdraw_record (act, fixture->victims[3], NULL);
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_autoptr (CcTableResult) before = NULL;
  g_autoptr (CcTableResult) after = NULL;

  fixture_worked_example (fixture);
  g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
  g_assert_no_error (error);
  fill (fixture, change);
  g_assert_true (cc_facts_verify (fixture->file, NULL, &error));
  g_assert_no_error (error);
  before = count_table (fixture, questionnaire, "Q7", "2022-2024", NULL, NULL);
  g_assert_cmpint (before->totals[1].count, ==, 6);
  g_assert_cmpint (before->totals[2].count, ==, 5);
  g_assert_true (cc_facts_rebuild (fixture->file, NULL, &error));
  g_assert_no_error (error);
  after = count_table (fixture, questionnaire, "Q7", "2022-2024", NULL, NULL);
  for (guint i = 0; i < before->rows->len * before->cols->len; i++)
    g_assert_cmpint (before->cells[i].count, ==, after->cells[i].count);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/stats/tables/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("services", test_services);
  ADD ("sectors", test_sectors);
  ADD ("stock", test_stock);
  ADD ("list", test_list);
  ADD ("blocks", test_blocks);
  ADD ("rough-dates", test_rough_dates);
  ADD ("rates", test_rates);
  ADD ("entries", test_entries);
  ADD ("nothing", test_nothing);
  ADD ("sentences", test_sentences);
  ADD ("repeats", test_repeats);
  ADD ("cache", test_cache);
#undef ADD
  return g_test_run ();
}
