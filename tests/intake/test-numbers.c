/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

static CcPack *pack;

#define NO_MARK CC_NUMBER_MARK_UNKNOWN

typedef struct
{
  const char  *text;
  CcNumberRead read;
  int          number, min, max;
  gboolean     approximate;
} NumberCase;

static const NumberCase cases[] = {
  { "3", CC_NUMBER_READ_OK, 3, -1, -1, FALSE },
  { "٣", CC_NUMBER_READ_OK, 3, -1, -1, FALSE },
  { "2 (Menores)", CC_NUMBER_READ_OK, 2, -1, -1, FALSE },
  { "5 + 2 bébés", CC_NUMBER_READ_OK, 7, -1, -1, FALSE },
  { "1H/1M", CC_NUMBER_READ_OK, 2, -1, -1, FALSE },
  { "2 filles et 1 garçon", CC_NUMBER_READ_OK, 3, -1, -1, FALSE },
  { "2F, 1M", CC_NUMBER_READ_OK, 3, -1, -1, FALSE },
  { "néant", CC_NUMBER_READ_OK, 0, -1, -1, FALSE },
  { "nil", CC_NUMBER_READ_OK, 0, -1, -1, FALSE },
  { "1 (U)", CC_NUMBER_READ_OK, 1, -1, -1, FALSE },
  { "1 (H, 34A)", CC_NUMBER_READ_OK, 1, -1, -1, FALSE },
  { "2 (H/M)", CC_NUMBER_READ_OK, 2, -1, -1, FALSE },
  { "3 filles - mineures", CC_NUMBER_READ_OK, 3, -1, -1, FALSE },
  { "dix", CC_NUMBER_READ_OK, 10, -1, -1, FALSE },
  { "twenty-five", CC_NUMBER_READ_OK, 25, -1, -1, FALSE },
  { "15.0", CC_NUMBER_READ_OK, 15, -1, -1, FALSE },
  /* written in groups */
  { "1 200", CC_NUMBER_READ_OK, 1200, -1, -1, FALSE },
  { "1\302\240200", CC_NUMBER_READ_OK, 1200, -1, -1, FALSE },
  { "1\342\200\257200", CC_NUMBER_READ_OK, 1200, -1, -1, FALSE },
  { "1'200", CC_NUMBER_READ_OK, 1200, -1, -1, FALSE },
  { "12 345 personnes", CC_NUMBER_READ_OK, 12345, -1, -1, FALSE },
  { "1.200.000", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "1.200", CC_NUMBER_READ_MARK, 1200, -1, -1, FALSE },
  { "1,200", CC_NUMBER_READ_MARK, 1200, -1, -1, FALSE },
  { "0.200", CC_NUMBER_READ_FRACTION, -1, -1, -1, FALSE },
  { "2.5", CC_NUMBER_READ_FRACTION, -1, -1, -1, FALSE },
  { "3,5", CC_NUMBER_READ_FRACTION, -1, -1, -1, FALSE },
  /* no number, but its bounds */
  { "<5", CC_NUMBER_READ_BOUND, -1, 0, 4, FALSE },
  { "≤5", CC_NUMBER_READ_BOUND, -1, 0, 5, FALSE },
  { ">5", CC_NUMBER_READ_BOUND, -1, 6, -1, FALSE },
  { "10+", CC_NUMBER_READ_BOUND, -1, 10, -1, FALSE },
  { "moins de 5", CC_NUMBER_READ_BOUND, -1, 0, 4, FALSE },
  { "fewer than 5", CC_NUMBER_READ_BOUND, -1, 0, 4, FALSE },
  { "no more than 5", CC_NUMBER_READ_BOUND, -1, 0, 5, FALSE },
  { "au moins 3", CC_NUMBER_READ_BOUND, -1, 3, -1, FALSE },
  { "plus de 3", CC_NUMBER_READ_BOUND, -1, 4, -1, FALSE },
  { "5 à 10", CC_NUMBER_READ_BOUND, -1, 5, 10, FALSE },
  { "5-10", CC_NUMBER_READ_BOUND, -1, 5, 10, FALSE },
  { "entre 5 et 10", CC_NUMBER_READ_BOUND, -1, 5, 10, FALSE },
  { "between 5 and 10", CC_NUMBER_READ_BOUND, -1, 5, 10, FALSE },
  { "environ 10", CC_NUMBER_READ_OK, 10, -1, -1, TRUE },
  { "10?", CC_NUMBER_READ_OK, 10, -1, -1, TRUE },
  { "10 (approx.)", CC_NUMBER_READ_OK, 10, -1, -1, TRUE },
  /* 2^64 and five: no delivery has so many, and surely not five. */
  { "18.446.744.073.709.551.621", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "18 446 744 073 709 551 621", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "9999999999999999999.9", CC_NUMBER_READ_FRACTION, -1, -1, -1, FALSE },
  /* never added up */
  { "5/10", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "5 10", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "12/05/2023", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "10-5", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "1-2-3", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "-5", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "50%", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "F", CC_NUMBER_READ_UNREADABLE, -1, -1, -1, FALSE },
  { "", CC_NUMBER_READ_BLANK, -1, -1, -1, FALSE },
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const NumberCase *c = &cases[i];
      CcNumberText      number;
      CcNumberRead      read = cc_number_text_read (pack, c->text, NO_MARK, NO_MARK, &number);

      g_test_message ("%s: %d, %" G_GINT64_FORMAT " (%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT ")",
                      c->text, read, number.number, number.min, number.max);
      g_assert_cmpint (read, ==, c->read);
      g_assert_cmpint (number.number, ==, c->number);
      g_assert_cmpint (number.min, ==, c->min);
      g_assert_cmpint (number.max, ==, c->max);
      g_assert_cmpint (number.approximate, ==, c->approximate);
      g_assert_cmpint (cc_persons_text_read (pack, c->text), ==,
                       c->read == CC_NUMBER_READ_OK ? c->number : -1);
    }
}

/* What the sender means by point and comma decides what stands between digits. */
static void
test_marks (void)
{
  CcNumberText number;

  g_assert_cmpint (cc_number_text_read (pack, "1.200", CC_NUMBER_MARK_THOUSANDS, NO_MARK, &number),
                   ==, CC_NUMBER_READ_OK);
  g_assert_cmpint (number.number, ==, 1200);
  g_assert_cmpint (cc_number_text_read (pack, "1.200", CC_NUMBER_MARK_DECIMALS, NO_MARK, &number),
                   ==, CC_NUMBER_READ_FRACTION);
  g_assert_cmpint (cc_number_text_read (pack, "2.000", CC_NUMBER_MARK_DECIMALS, NO_MARK, &number),
                   ==, CC_NUMBER_READ_OK);
  g_assert_cmpint (number.number, ==, 2);
  g_assert_cmpint (cc_number_text_read (pack, "1,200", CC_NUMBER_MARK_THOUSANDS, NO_MARK, &number),
                   ==, CC_NUMBER_READ_MARK);
}

static void
assert_meaning (CcMap *map, const char *text, gint64 number, CcNoValue no_value)
{
  gint64    found;
  CcNoValue kind;

  g_assert_true (cc_map_get_number (map, text, &found, &kind));
  g_assert_cmpint (found, ==, number);
  g_assert_cmpint (kind, ==, no_value);
}

/* Texts that differ in a sign alone are different texts. */
static void
test_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map =
      cc_map_load_text ("map", "[numbers]\n<5=_X\n1.200=1200\nNA=_Z\n-=0\ncomma=thousands\n",
                        &error);
  g_autoptr (CcMap) copy = NULL;
  g_autofree char *text = NULL;
  gint64           number;
  CcNoValue        no_value;

  g_assert_no_error (error);
  g_assert_true (cc_map_check (map, pack, &error));
  text = cc_map_to_text (map);
  copy = cc_map_load_text ("copy", text, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      CcMap *one = i == 0 ? map : copy;

      assert_meaning (one, "<5", -1, CC_NO_VALUE_NOT_COLLECTED);
      assert_meaning (one, "1.200", 1200, CC_NO_VALUE_NONE);
      assert_meaning (one, " na ", -1, CC_NO_VALUE_NOT_APPLICABLE);
      assert_meaning (one, "-", 0, CC_NO_VALUE_NONE);
      g_assert_false (cc_map_get_number (one, "5", &number, &no_value));
      g_assert_false (cc_map_get_number (one, ">5", &number, &no_value));
      g_assert_false (cc_map_get_number (one, "1 200", &number, &no_value));
      g_assert_false (cc_map_get_number (one, "comma", &number, &no_value));
      g_assert_cmpint (cc_map_get_number_mark (one, ','), ==, CC_NUMBER_MARK_THOUSANDS);
      g_assert_cmpint (cc_map_get_number_mark (one, '.'), ==, CC_NUMBER_MARK_UNKNOWN);
    }
  g_assert_true (cc_map_set_number (copy, "<5", "3"));
  assert_meaning (copy, "<5", 3, CC_NO_VALUE_NONE);
  g_assert_true (cc_map_set_number (copy, "<5", NULL));
  g_assert_false (cc_map_get_number (copy, "<5", &number, &no_value));
  g_assert_false (cc_map_set_number (copy, "<5", "few"));
  cc_map_set_number_mark (copy, ',', CC_NUMBER_MARK_UNKNOWN);
  g_assert_cmpint (cc_map_get_number_mark (copy, ','), ==, CC_NUMBER_MARK_UNKNOWN);
}

static void
test_map_errors (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cc_map_load_text ("map", "[numbers]\n<5=some\n", &error));
  g_assert_nonnull (strstr (error->message, "some"));
  g_clear_error (&error);
  g_assert_null (cc_map_load_text ("map", "[numbers]\npoint=5\n", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/numbers/texts", test_numbers);
  g_test_add_func ("/intake/numbers/marks", test_marks);
  g_test_add_func ("/intake/numbers/map", test_map);
  g_test_add_func ("/intake/numbers/map-errors", test_map_errors);
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
