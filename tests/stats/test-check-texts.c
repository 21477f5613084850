/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of a questionnaire that say in the words of its table what they found. */
#include "stats-fixture.h"

#include <cc/stats/cc-checks.h>

#include <string.h>

/* Persons of 2022 of whom little is known: one alone has sex, age and form. */
static const struct
{
  const char *sex;
  int         age;
  const char *forms;
} bare[] = { { "_U", -1, "" },
             { "F", -1, "" },
             { "_X", 30, "" },
             { "M", -1, "SEX" },
             { "F", 20, "LAB" } };

static gboolean
add_bare (CcAct *act, gpointer data, GError **error)
{
  Fixture *fixture = data;
  gint64   entity = fixture_entity (fixture, "police");

  for (guint i = 0; i < G_N_ELEMENTS (bare); i++)
    {
      g_autoptr (CcRecord) victim = make_record (fixture, "victim", 100 + i);
      g_autoptr (CcRecord) link = make_record (fixture, "victim_event", 100 + i);
      g_autoptr (CcRecord) status = make_record (fixture, "status_decision", 100 + i);

      set_code (victim, fixture, "sex", bare[i].sex);
      set_age (victim, fixture, bare[i].age, bare[i].age);
      set_date (victim, fixture, "detected_on", "2022-05-01");
      put_record (act, victim, entity);
      link->parents[0] = victim->id;
      set_codes (link, fixture, "form", bare[i].forms);
      put_record (act, link, entity);
      status->parents[0] = victim->id;
      set_code (status, fixture, "status", "IDEN");
      put_record (act, status, entity);
    }
  return TRUE;
}

static GPtrArray *
run_checks (Fixture *fixture, CcQuestionnaire *questionnaire)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_result_free);
  GPtrArray *checks;

  for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
    {
      const CcTableDefinition *table = cc_questionnaire_get_table (questionnaire, i);

      /* Rates need inhabitants, of which the example has none. */
      if (!table->rate)
        g_ptr_array_add (results,
                         count_table (fixture, questionnaire, table->id, "2022-2024", NULL, NULL));
    }
  checks = cc_checks_run (questionnaire, results, &error);
  g_assert_no_error (error);
  return checks;
}

static const CcCheckResult *
find_check (GPtrArray *checks, const char *id, const char *period)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const CcCheckResult *check = checks->pdata[i];

      if (g_str_equal (check->id, id) && g_strcmp0 (check->period, period) == 0)
        return check;
    }
  g_error ("there is no check %s of %s", id, period);
}

static void
expect (const CcCheckResult *check, CcTexts *texts, const char *language, const char *begins)
{
  g_autofree char *text = cc_check_result_format (check, texts, language);

  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, begins));
  g_assert_null (strchr (text, '{'));
}

/* The figures of each year, in the sentence of each language. */
static void
test_sdg (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "sdg-16-2-2", NULL, &error);
  g_autoptr (GPtrArray) checks = NULL;
  const CcCheckResult *series, *missing;

  g_assert_no_error (error);
  fixture_worked_example (fixture);
  fixture_act (fixture, add_bare, fixture);
  checks = run_checks (fixture, questionnaire);
  series = find_check (checks, "K1", "2022");
  g_assert_false (series->holds);
  g_assert_cmpint (series->severity, ==, CC_SEVERITY_NOTE);
  expect (series, texts, "en",
          "Detected victims (2022): 5; in the series by form of exploitation: 2. For at least 3 of "
          "them no form is known, ");
  expect (series, texts, "fr",
          "Victimes détectées (2022) : 5 ; dans les séries par forme d'exploitation : 2. Pour au "
          "moins 3 d'entre elles, ");
  /* Several forms of some make up for the unknown ones of others: then nothing can be said. */
  g_assert_true (find_check (checks, "K1", "2023")->holds);
  missing = find_check (checks, "K2", "2022");
  g_assert_false (missing->holds);
  g_assert_cmpint (missing->severity, ==, CC_SEVERITY_WARNING);
  expect (missing, texts, "en",
          "Detected victims missing from the figures by sex and age (2022): 4 of 5. ");
  expect (missing, texts, "ar",
          "ضحايا مكتشفون لا يظهرون في الأرقام حسب الجنس والعمر (2022): 4 من 5. ");
  /* One of whom nothing is known in 2023; one who is neither male nor female in 2024. */
  expect (find_check (checks, "K2", "2023"), texts, "es",
          "Víctimas detectadas que faltan en las cifras por sexo y edad (2023): 1 de 6. ");
  expect (find_check (checks, "K2", "2024"), texts, "sw",
          "Waathirika waliogunduliwa wasioonekana katika takwimu za jinsia na umri (2024): 1 kati "
          "ya 4. ");
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      expect (series, texts, cc_pack_languages[i], "");
      expect (missing, texts, cc_pack_languages[i], "");
    }
}

/* Where all is known the check holds, and a rule that holds is told in general words. */
static void
test_holding (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_find (fixture->pack, "sdg-16-2-2", NULL, &error);
  g_autoptr (GPtrArray) checks = NULL;
  const CcCheckResult *check;

  g_assert_no_error (error);
  fixture_worked_example (fixture);
  checks = run_checks (fixture, questionnaire);
  check = find_check (checks, "K2", "2022");
  g_assert_true (check->holds);
  expect (check, texts, "en", "S1[DETV;T;all] = 0, ");
}

#define OWN                                                                                        \
  "[questionnaire]\nid=own\naxes=axes.tipq\nparams=counted-status\n"                               \
  "param.counted-status=identified, presumed\n[sheet a]\ntables=T;U\n"                             \
  "[table T]\ntitle=All of them\ntitle[fr]=Toutes et tous\ncount=victims\n"                        \
  "where=status in $counted-status\ndate=detected-on\nrows=sexage7\ncols=period-year\n"            \
  "[table U]\ncount=victims\nwhere=status in $counted-status and sex = F\ndate=detected-on\n"      \
  "rows=sexage7\ncols=period-year\n"                                                               \
  "[check A]\nseverity=warning\nby=cumulated\nrule=T.total <= U.total\n"                           \
  "text=stats.check.sex-age-missing\n"                                                             \
  "[check B]\nseverity=warning\nby=cumulated\nrule=T.total <= U.total\n"

/* A definition of one's own: over all years, and with and without a sentence. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_load_text (fixture->pack, "own.tipq", OWN, &error);
  g_autoptr (GPtrArray) checks = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (cc_questionnaire_get_check (questionnaire, 0)->text, ==,
                   "stats.check.sex-age-missing");
  g_assert_cmpstr (cc_questionnaire_get_check (questionnaire, 1)->text, ==, "");
  fixture_worked_example (fixture);
  checks = run_checks (fixture, questionnaire);
  /* The results hold the definition whose words they use. */
  g_clear_pointer (&questionnaire, cc_questionnaire_unref);
  expect (find_check (checks, "A", NULL), texts, "en",
          "Detected victims missing from the figures by sex and age (Total): 6 of 10. ");
  expect (find_check (checks, "B", NULL), texts, "en",
          "T.total is 10 but should be at most U.total, which is 4 (Total)");
}

/* What a sentence may name, of a table with a title in two languages. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  GError          *error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "t.csv", NULL);
  g_autoptr (CcQuestionnaire) questionnaire =
      cc_questionnaire_load_text (fixture->pack, "own.tipq", OWN, &error);
  g_autoptr (CcTexts) texts = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  const CcCheckResult *check;
  g_autofree char     *english = NULL;
  g_autofree char     *french = NULL;

#define ALL "{id}: {title} ({table}): {left} {left_value} {right} {right_value} {difference}"
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path,
                                      "key,en,fr,pt,es,ar,sw\n"
                                      "number.group,.,.,.,.,.,.\nnumber.decimal,x,x,x,x,x,x\n"
                                      "stats.check.sex-age-missing," ALL "," ALL "," ALL "," ALL
                                      "," ALL "," ALL "\n",
                                      -1, &error));
  texts = cc_texts_load (fixture->folder, &error);
  g_assert_no_error (error);
  fixture_worked_example (fixture);
  checks = run_checks (fixture, questionnaire);
  check = find_check (checks, "A", NULL);
  english = cc_check_result_format (check, texts, "en");
  french = cc_check_result_format (check, texts, "fr");
  g_assert_cmpstr (english, ==, "A: All of them (T): T.total 10 U.total 4 6");
  g_assert_cmpstr (french, ==, "A: Toutes et tous (T): T.total 10 U.total 4 6");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/stats/check-texts/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("sdg", test_sdg);
  ADD ("holding", test_holding);
  ADD ("own", test_own);
  ADD ("words", test_words);
#undef ADD
  return g_test_run ();
}
