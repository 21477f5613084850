/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-form.h>

static CcPack *pack;

static GPtrArray *
build (const char *unit)
{
  return cc_form_build (pack, cc_pack_find_unit (pack, unit));
}

static char *
list_fields (GPtrArray *fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const CcFormField *field = fields->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", field->variable->id);
    }
  return g_string_free (text, FALSE);
}

static void
assert_fields (GPtrArray *fields, const char *expected)
{
  g_autofree char *text = list_fields (fields);

  g_assert_cmpstr (text, ==, expected);
}

/* What a clerk sees first of a victim: name and number, then the person, then the detection. */
static void
test_victim (void)
{
  g_autoptr (GPtrArray) sections = build ("VI");
  CcFormSection *section = sections->pdata[0];

  g_assert_cmpint (section->kind, ==, CC_FORM_SECTION_IDENTITY);
  assert_fields (section->essential, "X_VI_ID_FAMILY X_VI_ID_GIVEN X_VI_ID_AGENCYREF");
  g_assert_true (((CcFormField *) section->essential->pdata[0])->repeats);
  section = sections->pdata[1];
  g_assert_cmpint (section->kind, ==, CC_FORM_SECTION_GENERAL);
  assert_fields (section->essential, "VI03 VI05 VI06 VI08");
  section = sections->pdata[2];
  g_assert_cmpint (section->kind, ==, CC_FORM_SECTION_GROUP);
  g_assert_cmpstr (section->group, ==, "detection");
  assert_fields (section->essential, "VI19 VI20 X_VI_REGON");
  section = sections->pdata[3];
  g_assert_cmpstr (section->group, ==, "return");
  g_assert_cmpuint (section->essential->len, ==, 0);
  assert_fields (section->more, "VI22 X_VI_RETTYPE X_VI_RETON");
}

/* Links of a few fields of higher tiers do not fold them all away. */
static void
test_lowest_tier (void)
{
  g_autoptr (GPtrArray) referral = build ("RF");
  g_autoptr (GPtrArray) link = build ("VP");
  g_autoptr (GPtrArray) step = build ("JS");
  g_autoptr (GPtrArray) link_event = build ("VE");

  assert_fields (((CcFormSection *) referral->pdata[0])->essential, "RF01 X_RF_TO RF02");
  assert_fields (((CcFormSection *) referral->pdata[0])->more, "RF03");
  assert_fields (((CcFormSection *) link->pdata[0])->essential, "VP02");
  g_assert_cmpstr (((CcFormSection *) link_event->pdata[0])->group, ==, "exploitation");
  g_assert_cmpuint (((CcFormSection *) link_event->pdata[link_event->len - 1])->essential->len, ==,
                    0);
  assert_fields (((CcFormSection *) step->pdata[0])->essential, "JS01 JS02 JS03 JS04");
}

/* Each stored variable of a unit that has choices stands in its form once; derived ones and links
 * never do. */
static void
test_every_variable_once (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint u = 0; u < cc_pack_get_n_units (pack); u++)
    {
      g_autoptr (GPtrArray) sections = cc_form_build (pack, cc_pack_get_unit (pack, u));

      for (guint i = 0; i < sections->len; i++)
        {
          CcFormSection *section = sections->pdata[i];

          g_assert_cmpuint (section->essential->len + section->more->len, >, 0);
          for (guint j = 0; j < section->essential->len + section->more->len; j++)
            {
              CcFormField *field = j < section->essential->len
                                       ? section->essential->pdata[j]
                                       : section->more->pdata[j - section->essential->len];

              g_assert_true (g_hash_table_add (seen, (gpointer) field->variable));
              g_assert_cmpint (field->part, ==,
                               j < section->essential->len ? CC_FORM_ESSENTIAL : CC_FORM_MORE);
            }
        }
    }
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);
      gboolean          stored = variable->storage == CC_STORAGE_COLUMN
                        || variable->storage == CC_STORAGE_ANSWER
                        || variable->storage == CC_STORAGE_IDENTIFIER;

      /* Regions come from a ministry. */
      if (g_str_equal (variable->list, "ADM"))
        stored = FALSE;
      if (g_hash_table_contains (seen, variable) != stored)
        g_error ("%s", variable->id);
      g_assert_true (cc_form_is_asked (pack, variable) == stored);
      /* The line of help, in the languages of the window. */
      if (stored)
        {
          g_assert_cmpstr (cc_pack_get_label (pack, "definition", variable->id, "en"), ==,
                           variable->definition);
          g_assert_cmpstr (cc_pack_get_label (pack, "definition", variable->id, "fr"), !=,
                           variable->id);
          g_assert_cmpstr (cc_pack_get_label (pack, "definition", variable->id, "ar"), !=,
                           variable->id);
        }
    }
}

static void
test_limits (void)
{
  g_autoptr (GPtrArray) sections = build ("victim");
  gboolean seen = FALSE;

  for (guint i = 0; i < ((CcFormSection *) sections->pdata[1])->more->len; i++)
    {
      CcFormField *field = ((CcFormSection *) sections->pdata[1])->more->pdata[i];

      if (g_str_equal (field->variable->id, "VI16"))
        {
          seen = TRUE;
          g_assert_cmpuint (field->most, ==, 2);
        }
    }
  g_assert_true (seen);
  g_assert_cmpuint (((CcFormField *) ((CcFormSection *) sections->pdata[1])->essential->pdata[3])
                        ->most,
                    ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  g_test_add_func ("/model/form/victim", test_victim);
  g_test_add_func ("/model/form/lowest-tier", test_lowest_tier);
  g_test_add_func ("/model/form/every-variable-once", test_every_variable_once);
  g_test_add_func ("/model/form/limits", test_limits);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
