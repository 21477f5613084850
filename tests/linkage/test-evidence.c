/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-engine.h>
#include <cc/linkage/cc-link-fill.h>

#include <cc/base/cc-random.h>

/* Records that say too little are told apart from those about which a person can decide. */

#define N_PERSONS 600
#define N_WEAK    400

static CcPack *pack;

static char *
make_name (CcRandom *random)
{
  static const char *const syllables[] = { "ba", "do", "fi", "ka", "la",  "mo",  "nu",  "ra",
                                           "si", "ta", "ve", "zo", "gui", "lem", "sor", "tan" };
  GString                 *name = g_string_new (NULL);

  for (guint k = 0; k < 3; k++)
    g_string_append (name, syllables[cc_random_below (random, G_N_ELEMENTS (syllables))]);
  return g_string_free (name, FALSE);
}

/* Half of the persons are there twice, the second time without a date. */
static guint
add_persons (CcLinkFill *fill, CcRandom *random)
{
  guint n = 0;

  for (guint i = 0; i < N_PERSONS; i++)
    {
      g_autofree char *family = make_name (random);
      g_autofree char *given = make_name (random);
      const CcDay      born = cc_day_from_ymd (1970, 1, 2) + cc_random_below (random, 12000);

      for (guint k = 0; k <= i % 2; k++)
        {
          cc_link_fill_add_record (fill, ++n);
          cc_link_fill_add_name (fill, CC_LINK_NAME_FAMILY, family);
          cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, given);
          cc_link_fill_set_birth (fill, k == 0 ? cc_interval_day (born)
                                               : cc_interval_year (cc_day_year (born)));
        }
    }
  return n;
}

static CcLinkResult *
run (CcLinkFill *fill)
{
  g_autoptr (CcLinkTable) table = cc_link_fill_finish (fill);
  g_autoptr (GError) error = NULL;
  CcLinkParams  params;
  CcLinkResult *result;

  cc_link_params_init (&params);
  result = cc_link_engine_run (table, &params, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static void
count (const CcLinkResult *result, guint n_good, guint *good, guint *weak)
{
  *good = *weak = 0;
  for (guint i = 0; i < result->n_records; i++)
    *(i < n_good ? good : weak) += result->undecidable[i];
  g_assert_cmpuint (*good + *weak, ==, result->n_undecidable);
}

/* One common name and an age, or nothing at all: no pair of theirs waits for a person, and they are
 * counted. The pairs of the others are what they are without them. */
static void
test_weak (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  CcRandom random;
  guint    n_good;
  guint    good;
  guint    weak;
  guint    open = 0;

  cc_random_init (&random, 11);
  n_good = add_persons (fill, &random);
  for (guint i = 0; i < N_WEAK; i++)
    {
      cc_link_fill_add_record (fill, n_good + i + 1);
      if (i % 4 == 0)
        continue;
      cc_link_fill_add_name (fill, CC_LINK_NAME_FULL, i % 2 ? "Marie" : "Awa");
      cc_link_fill_set_age (fill, 16 + (int) i % 3, 16 + (int) i % 3,
                            cc_interval_day (cc_day_from_ymd (2024, 3, 1)));
    }
  result = run (fill);
  count (result, n_good, &good, &weak);
  g_test_message ("%u good and %u weak records undecidable, %u proposals", good, weak,
                  result->proposals->len);
  g_assert_cmpuint (weak, ==, N_WEAK);
  g_assert_cmpuint (good, ==, 0);
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);

      g_assert_cmpuint (at->b, <, n_good);
      open += at->b == at->a + 1;
    }
  g_assert_cmpuint (open, >=, N_PERSONS / 2 * 98 / 100);
}

/* A rare word is enough for a question, however little else there is. */
static void
test_rare (void)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkResult) result = NULL;
  CcRandom random;
  guint    n_good;
  guint    good;
  guint    weak;

  cc_random_init (&random, 12);
  n_good = add_persons (fill, &random);
  for (guint i = 0; i < 2; i++)
    {
      cc_link_fill_add_record (fill, n_good + i + 1);
      cc_link_fill_add_name (fill, CC_LINK_NAME_FAMILY, "Zwelinzima");
      cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, "Xoliswantana");
    }
  result = run (fill);
  count (result, n_good, &good, &weak);
  g_assert_cmpuint (weak, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/evidence/weak", test_weak);
  g_test_add_func ("/linkage/evidence/rare", test_rare);
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
