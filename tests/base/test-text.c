/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-text.h>

static void
test_fold (void)
{
  const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "Côte d'Ivoire", "cote d ivoire" },
    { "  NATIONALITÉ  (actuelle) ", "nationalite actuelle" },
    { "São Tomé e Príncipe", "sao tome e principe" },
    { "N° PV", "n pv" },
    { "١٦ سنة", "16 سنه" },
    { "أُنْثى", "انثي" },
    { "أنـثي", "انثي" },
    { "الجنسية", "الجنسيه" },
    { "Straße", "strasse" },
    { "", "" },
    { "---", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = cc_text_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
  g_assert_true (cc_text_equal ("Sénégal", "SENEGAL"));
}

/* ASCII takes a way of its own; a mark behind it, which folding drops, sends it the long way. */
static void
test_fold_both_ways (void)
{
  for (guint c = 1; c < 128; c++)
    {
      g_autofree char *text = g_strdup_printf (" a%c%cB9%c", (char) c, (char) c, (char) c);
      g_autofree char *marked = g_strconcat (text, "\314\201", NULL);
      g_autofree char *plain_way = cc_text_fold_keep (text, "/-.");
      g_autofree char *long_way = cc_text_fold_keep (marked, "/-.");

      g_assert_cmpstr (plain_way, ==, long_way);
    }
}

static void
test_fold_keeps_what_is_asked (void)
{
  g_autofree char *age = cc_text_fold_keep ("< 18 ANS", "<>+-");
  g_autofree char *range = cc_text_fold_keep ("15-17", "<>+-");
  g_autofree char *none = cc_text_fold (NULL);
  g_autofree char *broken = cc_text_fold ("\377\376");

  g_assert_cmpstr (age, ==, "< 18 ans");
  g_assert_cmpstr (range, ==, "15-17");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (broken, ==, "");
}

static void
test_repair_of_double_encoding (void)
{
  g_autofree char *repaired = cc_text_repair_double_utf8 ("CÃ´te d'Ivoire");
  g_autofree char *turkey = cc_text_repair_double_utf8 ("TÃ¼rkiye");

  g_assert_cmpstr (repaired, ==, "Côte d'Ivoire");
  g_assert_cmpstr (turkey, ==, "Türkiye");
  g_assert_null (cc_text_repair_double_utf8 ("Côte d'Ivoire"));
  g_assert_null (cc_text_repair_double_utf8 ("Ghana"));
}

static void
test_edit_distance (void)
{
  g_assert_cmpuint (cc_text_edit_distance ("senegal", "senegal", 2), ==, 0);
  g_assert_cmpuint (cc_text_edit_distance ("senegal", "sengeal", 2), ==, 1);
  g_assert_cmpuint (cc_text_edit_distance ("gana", "ghana", 2), ==, 1);
  g_assert_cmpuint (cc_text_edit_distance ("mali", "malawi", 1), ==, 2);
  g_assert_cmpuint (cc_text_edit_distance ("", "ab", 5), ==, 2);
}

static void
test_whole_numbers (void)
{
  const struct
  {
    const char *text;
    gboolean    good;
    gint64      number;
  } cases[] = {
    { "2023", TRUE, 2023 },
    { "-7", TRUE, -7 },
    { "007", TRUE, 7 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9223372036854775808", FALSE, 0 },
    { "-9223372036854775809", FALSE, 0 },
    { "", FALSE, 0 },
    { "-", FALSE, 0 },
    { " 1", FALSE, 0 },
    { "1 ", FALSE, 0 },
    { "1.0", FALSE, 0 },
    { "+1", FALSE, 0 },
  };
  gint64 number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (cc_text_to_int (cases[i].text, G_MININT64, G_MAXINT64, &number), ==,
                       cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (number, ==, cases[i].number);
    }
  g_assert_false (cc_text_to_int ("1899", 1900, 2200, &number));
  g_assert_false (cc_text_to_int ("2201", 1900, 2200, &number));
}

static void
test_white_space (void)
{
  g_autofree char *text = cc_text_collapse (" a \n b\302\240\302\240c ");

  g_assert_cmpstr (text, ==, "a b c");
  g_assert_true (cc_text_is_blank (" \302\240\n"));
  g_assert_true (cc_text_is_blank (NULL));
  g_assert_false (cc_text_is_blank (" . "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/fold-both-ways", test_fold_both_ways);
  g_test_add_func ("/base/text/fold-keep", test_fold_keeps_what_is_asked);
  g_test_add_func ("/base/text/repair", test_repair_of_double_encoding);
  g_test_add_func ("/base/text/edit-distance", test_edit_distance);
  g_test_add_func ("/base/text/whole-numbers", test_whole_numbers);
  g_test_add_func ("/base/text/white-space", test_white_space);
  return g_test_run ();
}
