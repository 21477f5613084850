/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-record.h>

static void
test_values (void)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (pack, "victim"));
  CcValue *sex, *citizenship;
  g_autoptr (CcValue) copy = NULL;

  g_assert_true (cc_record_is_empty (record));
  sex = cc_record_add (record, cc_pack_find_variable (pack, "VI03"));
  sex->no_value = CC_NO_VALUE_UNKNOWN;
  g_assert_true (cc_record_is_empty (record));
  sex->no_value = CC_NO_VALUE_NONE;
  sex->code = cc_pack_find_code (pack, "SEX", "F");
  g_assert_false (cc_record_is_empty (record));
  g_assert_true (cc_record_find (record, "VI03") == sex);
  g_assert_null (cc_record_find (record, "VI04"));

  citizenship = cc_value_new (cc_pack_find_variable (pack, "VI08"));
  g_ptr_array_add (citizenship->codes, (gpointer) cc_pack_find_code (pack, "COUNTRY", "BEN"));
  citizenship->text = g_strdup ("Béninoise");
  cc_record_take (record, citizenship);
  copy = cc_value_copy (citizenship);
  g_assert_true (cc_value_equal (copy, citizenship));
  g_ptr_array_add (copy->codes, (gpointer) cc_pack_find_code (pack, "COUNTRY", "TGO"));
  g_assert_false (cc_value_equal (copy, citizenship));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/record/values", test_values);
  return g_test_run ();
}
