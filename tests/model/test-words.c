/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-words.h>

static void
test_headers (void)
{
  const struct
  {
    const char *text;
    const char *variable;
  } cases[] = {
    { "Sexe", "VI03" },        { "SEX", "VI03" },           { "الجنس", "VI03" },
    { "Nationalité", "VI08" }, { "nacionalidade", "VI08" }, { "Date de naissance", "VI05" },
    { "prs_Gender", "VI04" },  { "detected_on", "VI19" },
  };
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GPtrArray *meanings = cc_pack_match_header (pack, cases[i].text);
      gboolean   found = FALSE;

      for (guint j = 0; meanings && j < meanings->len; j++)
        {
          CcHeaderMeaning *meaning = meanings->pdata[j];

          found = found || g_str_equal (meaning->variable->id, cases[i].variable);
        }
      if (!found)
        g_error ("“%s” does not mean %s", cases[i].text, cases[i].variable);
    }
  g_assert_null (cc_pack_match_header (pack, "colour of the roof"));
}

static void
test_values (void)
{
  const struct
  {
    const char *list;
    const char *text;
    const char *language;
    const char *code;
  } cases[] = {
    { "SEX", "Féminin", NULL, "F" },
    { "SEX", "ذكر", NULL, "M" },
    { "EXPL", "exploitation sexuelle", NULL, "SEX" },
    { "EXPL", "mendicité", NULL, "BEG" },
    { "EXPL", "Trabalho forçado", NULL, "LAB" },
    { "COUNTRY", "BJ", NULL, "BEN" },
    { "COUNTRY", "benin", NULL, "BEN" },
    { "COUNTRY", "Bénin", "fr", "BEN" },
    { "VSTAT", "Possible victim of trafficking", NULL, "PRES" },
  };
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CcCode *code =
          cc_pack_match_value (pack, cases[i].list, cases[i].text, cases[i].language);

      if (!code || !g_str_equal (code->code, cases[i].code))
        g_error ("“%s” means %s, not %s", cases[i].text, code ? code->code : "nothing",
                 cases[i].code);
    }
  g_assert_null (cc_pack_match_value (pack, "COUNTRY", "Atlantis", NULL));
}

static void
test_near_spellings_are_only_proposed (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (GPtrArray) near = cc_pack_match_value_near (pack, "COUNTRY", "Kazalhstan");
  g_autoptr (GPtrArray) none = cc_pack_match_value_near (pack, "COUNTRY", "Gan");

  g_assert_null (cc_pack_match_value (pack, "COUNTRY", "Kazalhstan", NULL));
  g_assert_cmpuint (near->len, ==, 1);
  g_assert_cmpstr (((CcCode *) near->pdata[0])->code, ==, "KAZ");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_tokens (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  g_assert_nonnull (cc_pack_match_token (pack, "total", "TOTAL GENERAL"));
  g_assert_nonnull (cc_pack_match_token (pack, "total", "المجموع"));
  g_assert_nonnull (cc_pack_match_token (pack, "ditto", "idem"));
  g_assert_nonnull (cc_pack_match_token (pack, "ditto", "//"));
  g_assert_cmpstr (cc_pack_match_token (pack, "unknown", "inconnu"), ==, "_U");
  g_assert_cmpstr (cc_pack_match_token (pack, "month", "mars"), ==, "3");
  g_assert_null (cc_pack_match_token (pack, "total", "Fatou"));
}

static void
test_traps_always_ask (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  char **countries = cc_pack_find_country_trap (pack, "NIG");

  g_assert_nonnull (countries);
  g_assert_true (g_strv_contains ((const char *const *) countries, "NER"));
  g_assert_true (g_strv_contains ((const char *const *) countries, "NGA"));
  g_assert_null (cc_pack_find_country_trap (pack, "Togo"));
}

static void
test_demonyms_keep_niger_and_nigeria_apart (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  g_assert_cmpstr (cc_pack_match_value (pack, "COUNTRY", "nigérienne", "fr")->code, ==, "NER");
  g_assert_cmpstr (cc_pack_match_value (pack, "COUNTRY", "nigériane", "fr")->code, ==, "NGA");
  g_assert_cmpstr (cc_pack_match_value (pack, "COUNTRY", "Béninoise", "fr")->code, ==, "BEN");
  g_assert_cmpstr (cc_pack_match_value (pack, "COUNTRY", "moçambicana", "pt")->code, ==, "MOZ");
  g_assert_cmpstr (cc_pack_match_value (pack, "COUNTRY", "تونسية", "ar")->code, ==, "TUN");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/words/headers", test_headers);
  g_test_add_func ("/model/words/values", test_values);
  g_test_add_func ("/model/words/near", test_near_spellings_are_only_proposed);
  g_test_add_func ("/model/words/tokens", test_tokens);
  g_test_add_func ("/model/words/traps", test_traps_always_ask);
  g_test_add_func ("/model/words/demonyms", test_demonyms_keep_niger_and_nigeria_apart);
  return g_test_run ();
}
