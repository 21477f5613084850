/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>

/* Reference values computed apart from this code, with the published algorithms. */
static void
test_sequence_never_changes (void)
{
  CcRandom random;

  cc_random_init (&random, 42);
  g_assert_cmphex (cc_random_next (&random), ==, G_GUINT64_CONSTANT (0x15780b2e0c2ec716));
  g_assert_cmphex (cc_random_next (&random), ==, G_GUINT64_CONSTANT (0x6104d9866d113a7e));
}

static void
test_bounds_and_evenness (void)
{
  CcRandom random;
  guint    counts[7] = { 0 };

  cc_random_init (&random, 1);
  for (guint i = 0; i < 70000; i++)
    counts[cc_random_below (&random, 7)]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (ABS ((int) counts[i] - 10000), <, 500);
  for (guint i = 0; i < 1000; i++)
    {
      int    value = cc_random_range (&random, -3, 4);
      double unit = cc_random_unit (&random);

      g_assert_true (value >= -3 && value <= 4);
      g_assert_true (unit >= 0 && unit < 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/sequence", test_sequence_never_changes);
  g_test_add_func ("/base/random/bounds", test_bounds_and_evenness);
  return g_test_run ();
}
