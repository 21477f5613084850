/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-skip.h>

#include <string.h>

static CcPack *pack;

static CcRecord *
new_record (const char *unit)
{
  return cc_record_new (cc_pack_find_unit (pack, unit));
}

/* Answers with codes separated by spaces, or with a kind of no value. */
static CcValue *
answer (CcRecord *record, const char *id, const char *codes)
{
  const CcVariable *variable = cc_pack_find_variable (pack, id);
  CcValue          *value;
  g_auto (GStrv) names = g_strsplit (codes, " ", -1);

  cc_record_remove (record, id);
  value = cc_record_add (record, variable);
  value->no_value = cc_no_value_from_code (codes);
  for (guint i = 0; value->no_value == CC_NO_VALUE_NONE && names[i]; i++)
    {
      const CcCode *code = cc_pack_find_code (pack, variable->list, names[i]);

      if (variable->type == CC_VARIABLE_MULTI)
        g_ptr_array_add (value->codes, (gpointer) code);
      else
        value->code = code;
      g_assert_nonnull (code);
    }
  return value;
}

static gboolean
applies (CcRecord *record, const char *id)
{
  return cc_skip_applies (pack, record, cc_pack_find_variable (pack, id));
}

static void
test_single (void)
{
  g_autoptr (CcRecord) status = new_record ("VS");

  /* Nothing is set aside by what nobody has answered yet. */
  g_assert_true (applies (status, "VS06"));
  answer (status, "VS01", "PRES");
  g_assert_true (applies (status, "VS06"));
  answer (status, "VS01", "IDEN");
  g_assert_false (applies (status, "VS06"));
  g_assert_true (applies (status, "VS02"));
  answer (status, "VS01", "_U");
  g_assert_true (applies (status, "VS06"));
  answer (status, "VS01", "_R");
  g_assert_true (applies (status, "VS06"));
  answer (status, "VS01", "_X");
  g_assert_true (applies (status, "VS06"));
  answer (status, "VS01", "_Z");
  g_assert_false (applies (status, "VS06"));
}

/* A form below "sexual exploitation" asks for its kind, a complete other list does not. */
static void
test_multi (void)
{
  g_autoptr (CcRecord) link = new_record ("VE");

  answer (link, "VE03", "LAB");
  g_assert_true (applies (link, "X_VE_SEXSECT"));
  answer (link, "VE03", "LAB")->complete = 0;
  g_assert_true (applies (link, "X_VE_SEXSECT"));
  answer (link, "VE03", "LAB BEG")->complete = 1;
  g_assert_false (applies (link, "X_VE_SEXSECT"));
  answer (link, "VE03", "LAB SEX_PROST")->complete = 1;
  g_assert_true (applies (link, "X_VE_SEXSECT"));
}

/* What hangs on a question that is set aside is set aside with it. */
static void
test_chain (void)
{
  g_autoptr (CcRecord) step = new_record ("JS");

  g_assert_true (applies (step, "X_JS_MONTHS"));
  answer (step, "JS07", "LIFE")->complete = 1;
  g_assert_true (applies (step, "X_JS_MONTHS"));
  answer (step, "JS02", "ACQUITTED");
  g_assert_false (applies (step, "JS07"));
  g_assert_false (applies (step, "X_JS_MONTHS"));
  g_assert_true (applies (step, "JS06"));
  answer (step, "JS02", "CONVICTED");
  g_assert_true (applies (step, "X_JS_MONTHS"));
  answer (step, "JS07", "FINE")->complete = 1;
  g_assert_false (applies (step, "X_JS_MONTHS"));
}

/* Set aside, not deleted: the answer comes back with the one it hangs on. */
static void
test_set_aside_and_back (void)
{
  g_autoptr (CcRecord) perpetrator = new_record ("PE");
  g_autoptr (CcRecord) before = NULL;
  const CcSkip *reason;

  answer (perpetrator, "PE03", "NATURAL");
  answer (perpetrator, "PE04", "M");
  cc_record_add (perpetrator, cc_pack_find_variable (pack, "X_PE_ID_FAMILY"))->text =
      g_strdup ("Diallo");
  cc_record_add (perpetrator, cc_pack_find_variable (pack, "X_PE_ID_FAMILY"))->text =
      g_strdup ("Jalloh");
  before = cc_record_copy (perpetrator);
  answer (perpetrator, "PE03", "LEGAL");
  {
    g_autoptr (GPtrArray) aside = cc_skip_list_set_aside (pack, perpetrator);
    g_autoptr (CcRecord) stored = cc_skip_strip (pack, perpetrator);

    g_assert_cmpuint (aside->len, ==, 3);
    g_assert_cmpuint (perpetrator->values->len, ==, 4);
    g_assert_cmpuint (stored->values->len, ==, 1);
    g_assert_nonnull (cc_record_find (stored, "PE03"));
    g_assert_true (stored->unit == perpetrator->unit);
  }
  reason = cc_skip_find_reason (pack, perpetrator, cc_pack_find_variable (pack, "PE04"));
  g_assert_cmpstr (reason->when->id, ==, "PE03");
  answer (perpetrator, "PE03", "NATURAL");
  {
    g_autoptr (CcRecord) stored = cc_skip_strip (pack, perpetrator);

    g_assert_true (cc_record_equal (stored, before));
    g_assert_true (cc_record_equal (perpetrator, before));
  }
}

static void
test_governs (void)
{
  g_assert_true (cc_pack_governs (pack, cc_pack_find_variable (pack, "VS01")));
  g_assert_false (cc_pack_governs (pack, cc_pack_find_variable (pack, "VS06")));
  g_assert_null (cc_pack_get_skips (pack, cc_pack_find_variable (pack, "VI03")));
  g_assert_cmpuint (cc_pack_get_skips (pack, cc_pack_find_variable (pack, "VS06"))->len, ==, 1);
}

static void
test_equal_records (void)
{
  g_autoptr (CcRecord) a = new_record ("VI");
  g_autoptr (CcRecord) b = NULL;

  memset (a->uuid, 7, sizeof a->uuid);
  a->id = 12;
  a->parents[0] = 3;
  cc_record_add (a, cc_pack_find_variable (pack, "X_VI_ID_ALIAS"))->text = g_strdup ("Mimi");
  cc_record_add (a, cc_pack_find_variable (pack, "X_VI_ID_ALIAS"))->text = g_strdup ("Lala");
  answer (a, "VI03", "F");
  b = cc_record_copy (a);
  g_assert_cmpmem (a->uuid, 16, b->uuid, 16);
  g_assert_cmpint (b->id, ==, 12);
  g_assert_true (cc_record_equal (a, b));
  /* In another order, but each alias in its place. */
  answer (b, "VI03", "F");
  g_assert_true (cc_record_equal (a, b));
  b->parents[0] = 4;
  g_assert_false (cc_record_equal (a, b));
  b->parents[0] = 3;
  answer (b, "VI03", "M");
  g_assert_false (cc_record_equal (a, b));
  cc_record_remove (b, "VI03");
  g_assert_false (cc_record_equal (a, b));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  g_test_add_func ("/model/skip/single", test_single);
  g_test_add_func ("/model/skip/multi", test_multi);
  g_test_add_func ("/model/skip/chain", test_chain);
  g_test_add_func ("/model/skip/set-aside-and-back", test_set_aside_and_back);
  g_test_add_func ("/model/skip/governs", test_governs);
  g_test_add_func ("/model/skip/equal-records", test_equal_records);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
