/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-pack.h>

#include <string.h>

/* Loading proves most of it: see cc_pack_load(). These tests prove what stands in it. */
static CcPack *
load (void)
{
  g_autoptr (GError) error = NULL;
  CcPack *pack = cc_pack_load_default (&error);

  g_assert_no_error (error);
  return pack;
}

static void
test_units_and_variables (void)
{
  g_autoptr (CcPack) pack = load ();
  const char *const units[] = { "reporting_entity", "event",      "victim",          "perpetrator",
                                "victim_event",     "perp_event", "status_decision", "justice_step",
                                "assistance",       "place" };
  const CcVariable *sex = cc_pack_find_variable (pack, "VI03");

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    g_assert_nonnull (cc_pack_find_unit (pack, units[i]));
  g_assert_nonnull (sex);
  g_assert_cmpint (sex->type, ==, CC_VARIABLE_CODE);
  g_assert_cmpstr (sex->list, ==, "SEX");
  g_assert_true (cc_pack_find_unit_variable (pack, "victim", "sex") == sex);
  g_assert_true (cc_pack_find_unit_variable (pack, "perpetrator", "sex")
                 == cc_pack_find_variable (pack, "PE04"));
  g_assert_null (cc_pack_find_variable (pack, "VI99"));
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      g_assert_cmpuint (variable->index, ==, i);
      g_assert_true (variable->ours || !g_str_has_prefix (variable->id, "X_"));
    }
}

static void
test_codes (void)
{
  g_autoptr (CcPack) pack = load ();
  const CcCode    *child = cc_pack_find_code (pack, "EXPL", "SEX_PROST");
  const CcCode    *police = cc_pack_find_code (pack, "RETYPE", "POL");
  g_autofree char *identifies = cc_code_get_attribute (police, "identifies");
  g_autofree char *alpha2 =
      cc_code_get_attribute (cc_pack_find_code (pack, "COUNTRY", "BEN"), "alpha2");
  GPtrArray *sexes = cc_pack_get_list_codes (pack, "SEX");

  g_assert_cmpstr (child->parent, ==, "SEX");
  g_assert_cmpstr (identifies, ==, "yes");
  g_assert_cmpstr (alpha2, ==, "BJ");
  g_assert_cmpuint (sexes->len, ==, 3);
  g_assert_cmpstr (((CcCode *) sexes->pdata[0])->code, ==, "F");
  /* The kinds of no value belong to every list. */
  g_assert_true (cc_pack_find_code (pack, "SEX", "_U") == cc_pack_find_code (pack, "EXPL", "_U"));
  g_assert_cmpuint (cc_pack_get_list_codes (pack, "COUNTRY")->len, >=, 249);
  g_assert_true (cc_pack_country_in_group (pack, "BEN", "ECOWAS"));
  g_assert_false (cc_pack_country_in_group (pack, "MLI", "ECOWAS"));
  for (CcNoValue kind = CC_NO_VALUE_UNKNOWN; kind <= CC_NO_VALUE_NOT_APPLICABLE; kind++)
    g_assert_cmpint (cc_no_value_from_code (cc_no_value_to_code (kind)), ==, kind);
  g_assert_cmpint (cc_no_value_from_code ("_O"), ==, CC_NO_VALUE_NONE);
}

static void
test_roll_ups_are_not_ancestors (void)
{
  g_autoptr (CcPack) pack = load ();

  g_assert_cmpstr (cc_pack_roll_up (pack, "unodc", "EXPL", "SEX_PORN"), ==, "sexual");
  g_assert_cmpstr (cc_pack_roll_up (pack, "unodc", "EXPL", "SERV"), ==, "labour");
  g_assert_cmpstr (cc_pack_roll_up (pack, "unodc", "EXPL", "BEG"), ==, "begging");
  g_assert_cmpstr (cc_pack_roll_up (pack, "eu", "EXPL", "BEG"), ==, "labour");
  g_assert_cmpstr (cc_pack_roll_up (pack, "detail", "EXPL", "SERV"), ==, "servitude");
  g_assert_cmpstr (cc_pack_roll_up (pack, "handle", "VSTAT", "PEND"), ==, "presumed");
  g_assert_cmpstr (cc_pack_roll_up (pack, "code", "COUNTRY", "BEN"), ==, "BEN");
  g_assert_cmpstr (cc_pack_roll_up (pack, "handle", "RETTYPE", "NONE"), ==, "none");
  g_assert_null (cc_pack_roll_up (pack, "unodc", "EXPL", "_U"));
  g_assert_true (cc_pack_has_scheme (pack, "sdg", "EXPL"));
  g_assert_false (cc_pack_has_scheme (pack, "sdg", "SEX"));
}

static void
test_every_label_in_six_languages (void)
{
  g_autoptr (CcPack) pack = load ();

  g_assert_cmpstr (cc_pack_get_label (pack, "code", "SEX.F", "fr"), ==, "Femme");
  g_assert_cmpstr (cc_pack_get_label (pack, "code", "SEX.F", "fr_CA"), ==, "Femme");
  g_assert_cmpstr (cc_pack_get_label (pack, "code", "COUNTRY.DEU", "es"), ==, "Alemania");
  g_assert_cmpstr (cc_pack_get_label (pack, "code", "NO.SUCH", "en"), ==, "NO.SUCH");
  for (guint i = 0; i < cc_pack_get_n_codes (pack); i++)
    for (guint j = 0; cc_pack_languages[j]; j++)
      {
        g_autofree char *label =
            cc_pack_get_code_label (pack, cc_pack_get_code (pack, i), cc_pack_languages[j]);

        g_assert_cmpuint (strlen (label), >, 0);
      }
}

static void
test_contract (void)
{
  g_autoptr (CcPack) pack = load ();
  const char *const      victim[] = { "sex",         "age-class",    "status",      "detected-on",
                                      "citizenship", "form",         "sector",      "channel",
                                      "service",     "service-from", "return-type", "first-agency-type",
                                      "scope",       "flow",         "means" };
  const CcContractField *form = cc_pack_find_field (pack, "victim", "form");
  g_autoptr (GPtrArray) fields = cc_pack_get_fields (pack, "perp");

  for (guint i = 0; i < G_N_ELEMENTS (victim); i++)
    g_assert_nonnull (cc_pack_find_field (pack, "victim", victim[i]));
  g_assert_true (form->multi && form->tree);
  g_assert_cmpstr (form->handles, ==, "@");
  g_assert_cmpstr (form->group, ==, "exploitation");
  g_assert_cmpuint (fields->len, >=, 20);
  g_assert_null (cc_pack_find_field (pack, "victim", "shoe-size"));
}

static void
test_says_what_it_is (void)
{
  g_autoptr (CcPack) pack = load ();
  g_autofree char *checksum = cc_pack_get_checksum (pack);

  g_assert_cmpstr (cc_pack_get_id (pack), ==, "ic-tip-2025-recon");
  g_assert_nonnull (strstr (cc_pack_get_statement (pack, "en"), "reconstruction"));
  for (guint i = 1; cc_pack_languages[i]; i++)
    g_assert_cmpstr (cc_pack_get_statement (pack, cc_pack_languages[i]), !=,
                     cc_pack_get_statement (pack, "en"));
  g_assert_cmpuint (strlen (checksum), ==, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pack/units-and-variables", test_units_and_variables);
  g_test_add_func ("/model/pack/codes", test_codes);
  g_test_add_func ("/model/pack/roll-ups", test_roll_ups_are_not_ancestors);
  g_test_add_func ("/model/pack/labels", test_every_label_in_six_languages);
  g_test_add_func ("/model/pack/contract", test_contract);
  g_test_add_func ("/model/pack/says-what-it-is", test_says_what_it_is);
  return g_test_run ();
}
