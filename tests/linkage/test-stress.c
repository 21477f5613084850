/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-engine.h>
#include <cc/linkage/cc-link-fill.h>

#include <cc/base/cc-random.h>

/* Files that give no ground to join anybody must end, report and join nobody. */

static CcPack *pack;

static CcLinkResult *
run (CcLinkFill *fill)
{
  g_autoptr (CcLinkTable) table = cc_link_fill_finish (fill);
  g_autoptr (GError) error = NULL;
  CcLinkParams  params;
  CcLinkResult *result;

  cc_link_params_init (&params);
  params.accept = 0.99;
  result = cc_link_engine_run (table, &params, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static guint
count_accepted (const CcLinkResult *result)
{
  guint n = 0;

  for (guint i = 0; i < result->n_records; i++)
    n += result->accept_of[i] != i;
  return n;
}

static void
test_nothing (void)
{
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
      g_autoptr (CcLinkResult) result = NULL;

      for (guint i = 0; i < n; i++)
        cc_link_fill_add_record (fill, i + 1);
      result = run (fill);
      g_assert_cmpuint (result->n_records, ==, n);
      g_assert_cmpuint (result->proposals->len, ==, 0);
      g_assert_cmpuint (result->n_clusters, ==, n);
    }
}

/* One name for all, nothing else: nobody can be told apart, so nobody is joined. */
static void
test_all_names_equal (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  guint64 lost = 0;

  for (guint i = 0; i < 5000; i++)
    {
      cc_link_fill_add_record (fill, i + 1);
      cc_link_fill_add_name (fill, CC_LINK_NAME_FAMILY, "Diallo");
      cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, "Fatoumata");
    }
  result = run (fill);
  g_assert_cmpuint (count_accepted (result), ==, 0);
  for (guint i = 0; i < result->n_keys; i++)
    lost += result->keys[i].n_lost_pairs;
  g_assert_cmpuint (lost, >, 0);
}

static void
add_random (CcLinkFill *fill, CcRandom *random, guint id)
{
  static const char *const syllables[] = { "ba", "do", "fi", "ka", "la",  "mo",  "nu",  "ra",
                                           "si", "ta", "ve", "zo", "gui", "lem", "sor", "tan" };
  g_autoptr (GString) family = g_string_new (NULL);
  g_autoptr (GString) given = g_string_new (NULL);

  for (guint k = 0; k < 3; k++)
    {
      g_string_append (family, syllables[cc_random_below (random, G_N_ELEMENTS (syllables))]);
      g_string_append (given, syllables[cc_random_below (random, G_N_ELEMENTS (syllables))]);
    }
  cc_link_fill_add_record (fill, id);
  cc_link_fill_add_name (fill, CC_LINK_NAME_FAMILY, family->str);
  cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, given->str);
}

/* Different people, all with the same default date and a phone that five thousand share. */
static void
test_shared_values (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  CcRandom random;

  cc_random_init (&random, 5);
  for (guint i = 0; i < 5000; i++)
    {
      add_random (fill, &random, i + 1);
      cc_link_fill_set_birth (fill, cc_interval_day (cc_day_from_ymd (2000, 1, 1)));
      cc_link_fill_set_phone (fill, "+224 620 11 22 33");
      cc_link_fill_set_document (fill, "00000000");
    }
  result = run (fill);
  g_test_message ("%u of 5000 joined", count_accepted (result));
  g_assert_cmpuint (count_accepted (result), <=, 5);
}

static void
test_placeholders (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  const char *const nobody[] = { "inconnu", "X", "N/A", "مجهول", "unknown" };

  for (guint i = 0; i < 1000; i++)
    {
      cc_link_fill_add_record (fill, i + 1);
      cc_link_fill_add_name (fill, CC_LINK_NAME_FULL, nobody[i % G_N_ELEMENTS (nobody)]);
      cc_link_fill_set_document (fill, "N/A");
      cc_link_fill_set_place (fill, "inconnu");
      cc_link_fill_set_birth (fill, cc_interval_day (cc_day_from_ymd (1900, 1, 1)));
    }
  result = run (fill);
  g_assert_cmpuint (result->proposals->len, ==, 0);
}

static void
test_many_aliases (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  CcRandom random;

  cc_random_init (&random, 6);
  for (guint i = 0; i < 500; i++)
    {
      add_random (fill, &random, i + 1);
      for (guint k = 0; k < 20; k++)
        {
          char alias[] = { 'a', (char) ('b' + k), 'a', 'r', 'i', '\0' };

          cc_link_fill_add_name (fill, CC_LINK_NAME_ALIAS, alias);
        }
    }
  result = run (fill);
  g_assert_cmpuint (count_accepted (result), <=, 2);
}

/* The same file twice: every record finds its copy. */
static void
test_twice (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  guint found = 0;

  for (guint copy = 0; copy < 2; copy++)
    {
      CcRandom random;

      cc_random_init (&random, 7);
      for (guint i = 0; i < 1000; i++)
        {
          add_random (fill, &random, copy * 1000 + i + 1);
          cc_link_fill_set_birth (fill,
                                  cc_interval_day (cc_day_from_ymd (1980, 1, 1)
                                                   + (CcDay) cc_random_below (&random, 9000)));
        }
    }
  result = run (fill);
  for (guint i = 0; i < 1000; i++)
    found += result->cluster_of[i] == result->cluster_of[1000 + i];
  g_test_message ("%u of 1000 found their copy, %u clusters", found, result->n_clusters);
  g_assert_cmpuint (found, >=, 990);
  g_assert_cmpuint (result->n_clusters, >=, 990);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/stress/nothing", test_nothing);
  g_test_add_func ("/linkage/stress/all-names-equal", test_all_names_equal);
  g_test_add_func ("/linkage/stress/shared-values", test_shared_values);
  g_test_add_func ("/linkage/stress/placeholders", test_placeholders);
  g_test_add_func ("/linkage/stress/many-aliases", test_many_aliases);
  g_test_add_func ("/linkage/stress/twice", test_twice);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
