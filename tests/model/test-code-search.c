/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-code-search.h>

static CcPack *pack;

static void
assert_first (CcCodeSearch *search, const char *text, const char *code)
{
  g_autoptr (GPtrArray) found = cc_code_search_find (search, text);

  g_test_message ("%s", text);
  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpstr (((CcCodeChoice *) found->pdata[0])->code->code, ==, code);
}

static void
test_country (void)
{
  g_autoptr (CcCodeSearch) search = cc_code_search_new (pack, "COUNTRY", "en");
  g_autoptr (GPtrArray) none = cc_code_search_find (search, "zzzz");

  g_assert_cmpuint (none->len, ==, 0);
  assert_first (search, "sen", "SEN");
  assert_first (search, "Sénég", "SEN");
  assert_first (search, "SLE", "SLE");
  assert_first (search, "leone", "SLE");
  assert_first (search, "Côte d'Ivoire", "CIV");
  assert_first (search, "Costa do Mar", "CIV");
  assert_first (search, "السنغال", "SEN");
  assert_first (search, "niger", "NER");
  assert_first (search, "Alemania", "DEU");
}

/* Without a text all codes stand in order, those of a tree below their parents. */
static void
test_tree (void)
{
  g_autoptr (CcCodeSearch) search = cc_code_search_new (pack, "EXPL", "fr");
  g_autoptr (GPtrArray) all = cc_code_search_find (search, "");
  g_autoptr (GPtrArray) blank = cc_code_search_find (search, NULL);
  const CcCodeChoice *first = all->pdata[0], *second = all->pdata[1];

  g_assert_cmpuint (all->len, ==, cc_code_search_get_n (search));
  g_assert_cmpuint (blank->len, ==, all->len);
  g_assert_cmpstr (first->code->code, ==, "SEX");
  g_assert_cmpuint (first->depth, ==, 0);
  g_assert_cmpstr (second->code->parent, ==, "SEX");
  g_assert_cmpuint (second->depth, ==, 1);
  g_assert_cmpstr (cc_code_search_get_label (search, first->code), ==, first->label);
}

static void
test_other_language (void)
{
  g_autoptr (CcCodeSearch) search = cc_code_search_new (pack, "SEX", "fr");
  g_autoptr (GPtrArray) found = cc_code_search_find (search, "female");
  g_autoptr (GPtrArray) own = NULL;

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((CcCodeChoice *) found->pdata[0])->code->code, ==, "F");
  g_assert_cmpstr (((CcCodeChoice *) found->pdata[0])->other, ==, "Female");
  own = cc_code_search_find (search, "fem");
  g_assert_cmpstr (((CcCodeChoice *) own->pdata[0])->code->code, ==, "F");
  assert_first (search, "f", "F");
}

static void
test_empty_list (void)
{
  g_autoptr (CcCodeSearch) search = cc_code_search_new (pack, "ADM", "en");
  g_autoptr (GPtrArray) found = cc_code_search_find (search, "x");

  g_assert_cmpuint (cc_code_search_get_n (search), ==, 0);
  g_assert_cmpuint (found->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  g_test_add_func ("/model/code-search/country", test_country);
  g_test_add_func ("/model/code-search/tree", test_tree);
  g_test_add_func ("/model/code-search/other-language", test_other_language);
  g_test_add_func ("/model/code-search/empty-list", test_empty_list);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
