/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of the import wizard stand on: guesses, preview, plan of values, changed maps. */
#include "import-fixture.h"

#include <string.h>
#include <cc/intake/cc-guess.h>
#include <cc/intake/cc-number-plan.h>
#include <cc/intake/cc-preview.h>
#include <cc/intake/cc-profile.h>
#include <cc/intake/cc-value-plan.h>

#define TODAY (cc_day_from_ymd (2026, 1, 1))

static const char *const list_csv = "Police Nationale - victimes 2023;;;\n"
                                    ";;;\n"
                                    "Nom;Sexe;Nationalité;Date d'identification\n"
                                    "Adjovi;F;NIG;03/04/2023\n"
                                    "Kone;M;togolaise;13/04/2023\n"
                                    "Diarra;F;nigerianne;14/05/2023\n"
                                    "Total;3;;\n";

static CcInspection *
inspect (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = write_csv (fixture, name, text);
  g_autoptr (GError) error = NULL;
  CcInspection *inspection = cc_inspect (pack, path, TODAY, NULL, &error);

  g_assert_no_error (error);
  return inspection;
}

static CcInspectTable *
first_table (CcInspection *inspection)
{
  g_assert_cmpuint (inspection->tables->len, >, 0);
  return inspection->tables->pdata[0];
}

static void
test_search_period (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *period;
  } cases[] = {
    { "Victims identified, 2023", "2023" },
    { "S1 2023", "2023-01..2023-06" },
    { "police_2023-05", "2023-05" },
    { "Liste du T3 2022 (définitive)", "2022-07..2022-09" },
    { "Serial 12345", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CcInterval period = CC_INTERVAL_UNKNOWN, expected = CC_INTERVAL_UNKNOWN;
      gboolean   found = cc_period_search (pack, cases[i].text, &period);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (found, ==, cases[i].period != NULL);
      if (!found)
        continue;
      g_assert_true (cc_interval_from_iso (cases[i].period, &expected));
      g_assert_cmpint (period.first, ==, expected.first);
      g_assert_cmpint (period.last, ==, expected.last);
    }
}

static void
check_guess (Fixture    *fixture,
             const char *name,
             const char *text,
             const char *entity,
             const char *entity_reason,
             const char *period,
             const char *period_reason)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, name, text);
  g_autoptr (GPtrArray) entities = cc_entity_list (fixture->file, NULL);
  g_autoptr (GPtrArray) profiles = cc_profile_list (fixture->file, NULL);
  g_autoptr (GPtrArray) submissions = cc_submission_list (fixture->file, NULL);
  g_autoptr (CcGuess) guess = cc_guess_delivery (pack, inspection, entities, profiles, submissions);
  g_autofree char *found = cc_interval_to_iso (guess->period);

  g_test_message ("%s", name);
  g_assert_cmpstr (guess->entity, ==, entity);
  g_assert_cmpstr (guess->entity_reason, ==, entity_reason);
  g_assert_cmpstr (guess->period_reason, ==, period_reason);
  if (period)
    g_assert_cmpstr (found, ==, period);
}

/* What the name of a first file says of its sender, in the words of the pack's languages. */
static void
test_guess_kind (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *type;
    const char *suggested;
  } cases[] = {
    { "police.csv", "POL", "Police" },
    { "gendarmerie_2023-T1.csv", "POL", "Gendarmerie" },
    { "policía nacional 2023.csv", "POL", "Policía nacional" },
    { "شرطة.csv", "POL", "شرطة" },
    { "polisi_2024.csv", "POL", "Polisi" },
    { "shelter.csv", "SHE", "Shelter" },
    { "ngo-hope.csv", "NGO", "NGO hope" },
    { "foyer-ong-2023.csv", "SHE", "Foyer ONG" },
    { "Oim cotonou.csv", "IOR", "OIM cotonou" },
    { "ngos_north.csv", "NGO", "NGOs north" },
    { "ONG Espoir.csv", "NGO", "ONG Espoir" },
    { "labour.csv", "LAB", "Labour" },
    { "tribunal.csv", "COU", "Tribunal" },
    { "procuradoria.csv", "PRO", "Procuradoria" },
    { "ligne-verte.csv", "HOT", "Ligne verte" },
    { "border_2023.csv", "BOR", "Border" },
    { "hot.csv", NULL, NULL },
    { "2023.csv", NULL, NULL },
    { "liste.csv", NULL, NULL },
  };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CcInspection) inspection =
          inspect (fixture, cases[i].name, "Sex,Age\nF,20\nM,30\n");
      g_autoptr (CcGuess) guess = cc_guess_delivery (pack, inspection, none, none, none);

      g_assert_cmpstr (guess->new_type != NULL ? guess->new_type->code : NULL, ==, cases[i].type);
      g_assert_cmpstr (guess->new_name, ==, cases[i].suggested);
    }
}

static void
test_guess (Fixture *fixture, gconstpointer data)
{
  check_guess (fixture, "liste.csv", list_csv, "police", "intake.guess.title", "2023",
               "intake.guess.title");
  check_guess (fixture, "police-T1-2022.csv",
               list_csv + strlen ("Police Nationale - victimes 2023"), "police",
               "intake.guess.file-name", "2022-01-01..2022-03-31", "intake.guess.file-name");
  /* Nothing but the dates of the cases. */
  check_guess (fixture, "liste.csv", list_csv + strlen ("Police Nationale - victimes 2023"), NULL,
               NULL, "2023", "intake.guess.dates");
}

/* Once a file of the same making was imported, its headers tell the sender. */
static void
test_guess_profile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_csv (fixture, "first.csv", referenced_csv);
  g_autofree char *longer =
      g_strconcat (referenced_csv, "V4,A/3,F,31,Ghana,2023-06-07,identified,Forced begging\n",
                   NULL);
  g_autoptr (GPtrArray) entities = cc_entity_list (fixture->file, NULL);
  CcImportOptions options = options_for (((CcEntity *) entities->pdata[0])->key);
  g_autoptr (CcImportResult) result = import (fixture, path, &options);
  g_autoptr (CcInspection) inspection = inspect (fixture, "other.csv", list_csv);
  g_autofree char *name = NULL;

  check_guess (fixture, "again.csv", referenced_csv, ((CcEntity *) entities->pdata[0])->key,
               "intake.guess.same-file", NULL, "intake.guess.dates");
  check_guess (fixture, "again.csv", longer, ((CcEntity *) entities->pdata[0])->key,
               "intake.guess.profile", NULL, "intake.guess.dates");
  /* A second layout of the same sender gets a profile of its own. */
  g_assert_cmpstr (result->profile, ==, ((CcEntity *) entities->pdata[0])->key);
  name = cc_profile_choose_name (fixture->file, result->profile, inspection, NULL);
  g_assert_true (g_str_has_suffix (name, " 2"));
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  static const CcPreviewKind kinds[] = { CC_PREVIEW_ABOVE, CC_PREVIEW_HEADER, CC_PREVIEW_DATA,
                                         CC_PREVIEW_DATA,  CC_PREVIEW_DATA,   CC_PREVIEW_TOTAL };
  g_autoptr (CcInspection) inspection = inspect (fixture, "list.csv", list_csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPreview) preview = cc_preview_load (pack, inspection->path, inspection,
                                                   first_table (inspection), 200, NULL, &error);
  g_autoptr (CcPreview) raw = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (preview->rows->len, ==, G_N_ELEMENTS (kinds));
  g_assert_cmpuint (preview->n_columns, ==, 4);
  g_assert_false (preview->more);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (((CcPreviewRow *) preview->rows->pdata[i])->kind, ==, kinds[i]);
  raw = cc_preview_load (pack, inspection->path, NULL, NULL, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raw->rows->len, ==, 2);
  g_assert_true (raw->more);
}

static CcValuePlan *
find_plan (GPtrArray *plans, const char *variable)
{
  for (guint i = 0; i < plans->len; i++)
    if (g_str_equal (((CcValuePlan *) plans->pdata[i])->variable->name, variable))
      return plans->pdata[i];
  g_assert_not_reached ();
}

static void
test_value_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, "list.csv", list_csv);
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  g_autoptr (GPtrArray) plans = cc_value_plan_list (pack, map, inspection, "BEN");
  CcValuePlan    *plan = find_plan (plans, "citizenship");
  CcPlannedValue *value;

  /* What must be looked at comes first: the column, and in it the value. */
  g_assert_true (plans->pdata[0] == plan);
  g_assert_cmpuint (plan->n_open, >=, 1);
  g_assert_cmpuint (plan->n_rows, ==, 3);
  value = plan->values->pdata[0];
  g_assert_true (value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN);
  for (guint i = 0; i < plan->values->len; i++)
    {
      value = plan->values->pdata[i];
      if (g_str_equal (value->text, "NIG"))
        break;
    }
  g_assert_cmpstr (value->text, ==, "NIG");
  g_assert_cmpint (value->state, ==, CC_VALUE_ASK);
  g_assert_cmpuint (value->codes->len, ==, 2);
  cc_value_plan_decide (plan, pack, map, value, "NGA", "BEN");
  g_assert_cmpint (value->state, ==, CC_VALUE_DECIDED);
  g_assert_cmpstr (((CcCode *) value->codes->pdata[0])->code, ==, "NGA");
  g_assert_cmpstr (cc_map_get_value (map, plan->variable, "NIG"), ==, "NGA");
  cc_value_plan_decide (plan, pack, map, value, "_X", "BEN");
  g_assert_cmpint (value->no_value, ==, CC_NO_VALUE_NOT_COLLECTED);
  cc_value_plan_decide (plan, pack, map, value, NULL, "BEN");
  g_assert_cmpint (value->state, ==, CC_VALUE_ASK);
  plan = find_plan (plans, "sex");
  g_assert_cmpuint (plan->n_open, ==, 0);
}

static void
test_change_map (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, "list.csv", list_csv);
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  g_autoptr (CcMap) other = NULL;
  CcInspectTable *table = first_table (inspection);
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (CcInspection) again = NULL;

  g_assert_false (cc_map_is_by_hand (map, table->name, "Nom"));
  {
    /* A copy knows who decided what. */
    g_autoptr (CcMap) copy = cc_map_copy (map);

    g_assert_false (cc_map_is_by_hand (copy, table->name, "Nom"));
  }
  cc_map_set_column (map, table->name, "Nom", "-");
  g_assert_true (cc_map_is_by_hand (map, table->name, "Nom"));
  cc_map_change_unit (map, pack, table, "perpetrator");
  g_assert_cmpstr (cc_map_get_unit (map, table->name), ==, "perpetrator");
  plans = cc_map_plan_columns (map, pack, table);
  g_assert_true (((CcColumnPlan *) plans->pdata[0])->ignored);
  g_assert_cmpstr (((CcTarget *) ((CcColumnPlan *) plans->pdata[1])->targets->pdata[0])->unit->name,
                   ==, "perpetrator");
  cc_map_set_header_row (map, table, 3);
  again = cc_inspect_with (pack, inspection->path, map, TODAY, NULL, NULL);
  g_assert_cmpuint (first_table (again)->header_first, ==, 3);
  other = cc_map_suggest (inspection, pack, NULL, NULL);
  cc_map_carry_over (other, map);
  g_assert_true (cc_map_is_by_hand (other, table->name, "Nom"));
}

static void
test_target_list (Fixture *fixture, gconstpointer data)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    {
      g_autoptr (GPtrArray) values = cc_target_list (pack, units[u], FALSE);
      g_autoptr (GPtrArray) all = cc_target_list (pack, units[u], TRUE);

      g_assert_cmpuint (values->len, >, 10);
      g_assert_cmpuint (all->len, >, values->len);
      for (guint i = 0; i < all->len; i++)
        {
          g_autofree char *text = cc_target_to_text (pack, units[u], all->pdata[i]);
          g_autoptr (CcTarget) again = cc_target_parse (pack, units[u], text);

          g_assert_nonnull (again);
        }
    }
}

/* A sheet called after suspects that lists victims. */
static void
test_columns_outweigh_sheet (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "suspects.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, NULL);
  CcSheetWriter *sheet = cc_book_writer_add_sheet (book, "Suspects", NULL);
  g_autoptr (CcInspection) inspection = NULL;

  put_row (sheet, 0, "Nom|Sexe|Nationalité|Type d'exploitation|Date d'identification|Statut");
  put_row (sheet, 1, "Adjovi|F|BEN|sexuelle|2023-04-03|identifiée");
  put_row (sheet, 2, "Kone|M|TGO|travail forcé|2023-04-13|identifiée");
  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_no_error (error);
  inspection = cc_inspect (pack, path, TODAY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first_table (inspection)->unit, ==, "victim");
}

static const char *const numbers_csv = "Case No,Number of victims,Date opened\n"
                                       "A/1,<5,2023-04-05\nA/2,1.200,2023-04-05\n"
                                       "A/3,3,2023-04-05\nA/4,2.300,2023-04-05\n"
                                       "A/5,unknown,2023-04-05\nA/6,<5,2023-04-05\n";

/* What point and comma stand for is asked once, and each text that is no number once. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcInspection) inspection = inspect (fixture, "numbers.csv", numbers_csv);
  g_autoptr (CcMap) map = cc_map_suggest (inspection, pack, NULL, NULL);
  g_autoptr (GPtrArray) list = cc_number_plan_list (pack, map, inspection);
  g_autoptr (GPtrArray) again = NULL;
  CcNumberQuestion *question;

  g_assert_cmpuint (list->len, ==, 2);
  question = list->pdata[0];
  g_assert_cmpint (question->sign, ==, '.');
  g_assert_cmpstr (question->text, ==, "1.200");
  g_assert_cmpuint (question->count, ==, 2);
  g_assert_cmpint (question->number, ==, 1200);
  g_assert_false (question->decided);
  question = list->pdata[1];
  g_assert_cmpint (question->sign, ==, '\0');
  g_assert_cmpstr (question->text, ==, "<5");
  g_assert_cmpuint (question->count, ==, 2);
  g_assert_cmpint (question->max, ==, 4);
  g_assert_false (question->decided);

  cc_map_set_number_mark (map, '.', CC_NUMBER_MARK_THOUSANDS);
  g_assert_true (cc_map_set_number (map, "<5", "_U"));
  again = cc_number_plan_list (pack, map, inspection);
  g_assert_cmpuint (again->len, ==, 2);
  question = again->pdata[0];
  g_assert_true (question->decided);
  g_assert_cmpint (question->mark, ==, CC_NUMBER_MARK_THOUSANDS);
  question = again->pdata[1];
  g_assert_true (question->decided);
  g_assert_cmpint (question->no_value, ==, CC_NO_VALUE_UNKNOWN);
  g_assert_cmpint (question->meaning, ==, -1);
}

int
main (int argc, char **argv)
{
  static const ImportTest tests[] = {
    { "numbers", test_numbers },
    { "search-period", test_search_period },
    { "guess", test_guess },
    { "guess-kind", test_guess_kind },
    { "guess-profile", test_guess_profile },
    { "preview", test_preview },
    { "value-plan", test_value_plan },
    { "change-map", test_change_map },
    { "target-list", test_target_list },
    { "columns-outweigh-sheet", test_columns_outweigh_sheet },
  };

  return run_import_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
