/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/intake/cc-check.h>
#include <cc/intake/cc-map.h>

static CcPack *pack;

static void
check_target (const char *unit, const char *text, const char *again)
{
  g_autoptr (CcTarget) target = cc_target_parse (pack, unit, text);
  g_autofree char *found = target ? cc_target_to_text (pack, unit, target) : NULL;

  g_test_message ("%s: %s -> %s", unit, text, found ? found : "(nothing)");
  g_assert_cmpstr (found, ==, again);
  if (found)
    {
      g_autoptr (CcTarget) second = cc_target_parse (pack, unit, found);

      g_assert_nonnull (second);
      g_assert_true (second->variable == target->variable && second->part == target->part
                     && second->code == target->code);
    }
}

static void
test_targets (void)
{
  check_target ("victim", "sex", "sex");
  check_target ("victim", "victim.sex", "sex");
  check_target ("victim", "VI03", "sex");
  check_target ("perpetrator", "sex", "sex");
  check_target ("victim", "perpetrator.sex", "perpetrator.sex");
  check_target ("victim", "form", "form");
  check_target ("victim", "form:SEX", "form:SEX");
  check_target ("victim", "form1", "form");
  check_target ("victim", "status", "status");
  check_target ("victim", "age_group", "age");
  check_target ("victim", "age_min", "age:min");
  check_target ("victim", "event_id", "case_no");
  check_target ("victim", "case_no", "case_no");
  check_target ("victim", "service:LEGAL", "service:LEGAL");
  check_target ("victim", "place_country:TRANS", "place_country:TRANS");
  check_target ("perpetrator", "step_on:PROSEC", "step_on:PROSEC");
  check_target ("perpetrator", "arrested_on", "step_on:ARREST");
  check_target ("perpetrator", "judged_on", "step_on:COURT1");
  check_target ("perpetrator", "outcome", "outcome");
  check_target ("event", "form", "form");
  check_target ("event", "recorded_on", "recorded_on");
  check_target ("victim", "nothing_of_the_kind", NULL);
}

static const char *const full_map = "[table line list]\n"
                                    "sheet=/jan|feb/\n"
                                    "unit=victim\n"
                                    "header-row=5\n"
                                    "last-row=200\n"
                                    "period=2023\n"
                                    "\n"
                                    "[columns line list]\n"
                                    "Nom=full_name\n"
                                    "Date de naissance / Âge=birth_date, age\n"
                                    "Obs=-\n"
                                    "Sexuelle=form:SEX\n"
                                    "\n"
                                    "[values sex]\n"
                                    "1=M\n"
                                    "2=F\n"
                                    "\n"
                                    "[values form]\n"
                                    "bonne à tout faire=SERV; LAB\n"
                                    "\n"
                                    "[row line list]\n"
                                    "also=perpetrator\n"
                                    "\n"
                                    "[dates]\n"
                                    "order=DMY\n"
                                    "Né le=MDY\n"
                                    "\n"
                                    "[blank]\n"
                                    "citizenship=_U\n";

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("a.map", full_map, &error);
  g_autoptr (CcMap) copy = NULL;
  g_autofree char  *text = NULL, *again = NULL;
  const CcVariable *sex = cc_pack_find_variable (pack, "VI03");

  g_assert_no_error (error);
  g_assert_true (cc_map_check (map, pack, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (cc_map_get_unit (map, "line list"), ==, "victim");
  g_assert_cmpstr (cc_map_get_value (map, sex, "1"), ==, "M");
  g_assert_null (cc_map_get_value (map, sex, "3"));
  g_assert_cmpstr (cc_map_get_value (map, cc_pack_find_variable (pack, "VE03"),
                                     "BONNE A TOUT FAIRE"),
                   ==, "SERV; LAB");
  g_assert_cmpint (cc_map_get_date_order (map, "anything"), ==, CC_DATE_ORDER_DMY);
  g_assert_cmpint (cc_map_get_date_order (map, "né le"), ==, CC_DATE_ORDER_MDY);
  g_assert_cmpstr (cc_map_get_blank (map, cc_pack_find_variable (pack, "VI08")), ==, "_U");
  g_assert_true (cc_map_states_also (map, "line list", "perpetrator"));
  text = cc_map_to_text (map);
  copy = cc_map_copy (map);
  again = cc_map_to_text (copy);
  g_assert_cmpstr (text, ==, again);
}

static void
check_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = cc_map_load_text ("bad.map", text, &error);

  if (map)
    g_assert_false (cc_map_check (map, pack, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_INVALID_DATA);
  g_test_message ("%s", error->message);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("%s", error->message);
}

static void
test_errors (void)
{
  check_refused ("[tables x]\n", "bad.map, line 1:*no group of a map*");
  check_refused ("[table x]\nshet=a\n", "bad.map, line 2:*shet*");
  check_refused ("[table x]\nheader-row=0\n", "bad.map, line 2:*rows count from 1*");
  check_refused ("[table x]\nunit=person\n", "bad.map, line 1:*person*");
  check_refused ("[table x]\nsheet=/(/\n", "bad.map, line 2:*pattern*");
  check_refused ("[table x]\nperiod=soon\n", "bad.map, line 1:*no period*");
  check_refused ("[columns x]\nSexe=sexx\n", "bad.map, line 2:*sexx*Did you mean*sex*");
  check_refused ("[values sex]\n1=Q\n", "bad.map*no code of the list SEX*");
  check_refused ("[values sxxq]\n1=F\n", "bad.map, line 1:*sxxq*");
  check_refused ("[dates]\norder=DDMM\n", "bad.map, line 2:*DMY*");
  check_refused ("[values]\n1=F\n", "bad.map, line 1:*needs the name*");
  check_refused ("[row x]\ncolumns=a\n", "bad.map, line 1:*also=*");
}

static CcRecord *
add_record (GPtrArray *records, const char *unit)
{
  CcRecord *record = cc_record_new (cc_pack_find_unit (pack, unit));

  g_ptr_array_add (records, record);
  return record;
}

static CcValue *
add (CcRecord *record, const char *id)
{
  return cc_record_add (record, cc_pack_find_variable (pack, id));
}

static void
add_date (CcRecord *record, const char *id, const char *iso)
{
  g_assert_true (cc_interval_from_iso (iso, &add (record, id)->date));
}

static void
check_rules (GPtrArray *records, const char *expected)
{
  g_autoptr (GPtrArray) findings = cc_check_records (pack, records, cc_day_from_ymd (2024, 12, 31));
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            ((CcCheckFinding *) findings->pdata[i])->rule + sizeof "intake.check."
                                - 1);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_checks (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_record_free);
  CcRecord *victim = add_record (records, "victim");
  CcRecord *status = add_record (records, "status_decision");
  CcRecord *link = add_record (records, "victim_event");
  CcValue  *age;

  check_rules (records, "");
  add_date (victim, "VI19", "2023-05-01");
  add_date (victim, "VI05", "2005");
  age = add (victim, "VI06");
  age->age_min = age->age_max = 18;
  check_rules (records, "");
  /* Without that day the age is held against every later one of which anything is said. */
  cc_record_remove (victim, "VI19");
  age->age_min = age->age_max = 0;
  check_rules (records, "birth-against-age");
  add_date (status, "VS02", "2006-02-01");
  check_rules (records, "");
  cc_record_remove (status, "VS02");
  age->age_min = age->age_max = 19;
  check_rules (records, "");
  add_date (victim, "VI19", "2023-05-01");
  age->age_min = age->age_max = 18;
  add (status, "VS01")->code = cc_pack_find_code (pack, "VSTAT", "IDEN");
  check_rules (records, "adult-without-means");
  g_ptr_array_add (add (link, "VE07")->codes,
                   (gpointer) cc_pack_find_code (pack, "MEANS", "DECEP"));
  add_date (status, "VS02", "2023-04-01");
  check_rules (records, "decision-before-detection");
  age->age_min = age->age_max = 30;
  check_rules (records, "decision-before-detection birth-against-age");
  age->age_min = age->age_max = 118;
  check_rules (records, "decision-before-detection age-range birth-against-age");
  age->age_min = age->age_max = 18;
  g_ptr_array_add (add (link, "VE05")->codes,
                   (gpointer) cc_pack_find_code (pack, "ISIC", "ISIC4:F"));
  g_ptr_array_add (add (link, "VE03")->codes, (gpointer) cc_pack_find_code (pack, "EXPL", "SEX"));
  check_rules (records, "decision-before-detection sector-without-labour");
  add_date (link, "VE13", "2023-03");
  add_date (link, "VE14", "2022");
  check_rules (records, "decision-before-detection exploitation-order sector-without-labour");
}

static void
test_steps (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_record_free);
  CcRecord *first = add_record (records, "justice_step"),
           *second = add_record (records, "justice_step");

  add (first, "JS01")->code = cc_pack_find_code (pack, "JSTAGE", "PROSEC");
  add_date (first, "JS03", "2023-05-01");
  add (second, "JS01")->code = cc_pack_find_code (pack, "JSTAGE", "COURT1");
  add_date (second, "JS03", "2023-04");
  check_rules (records, "step-order");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/map/targets", test_targets);
  g_test_add_func ("/intake/map/round-trip", test_round_trip);
  g_test_add_func ("/intake/map/errors", test_errors);
  g_test_add_func ("/intake/checks/victim", test_checks);
  g_test_add_func ("/intake/checks/steps", test_steps);
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
