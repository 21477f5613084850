/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"

#include <cc/base/cc-random.h>

#include <string.h>

static guint
distance (const char *a, const char *b, guint limit)
{
  return cc_link_edit_distance (a, strlen (a), b, strlen (b), limit);
}

static void
test_distance (void)
{
  g_assert_cmpuint (distance ("", "", 2), ==, 0);
  g_assert_cmpuint (distance ("abc", "abc", 2), ==, 0);
  g_assert_cmpuint (distance ("abc", "abd", 2), ==, 1);
  g_assert_cmpuint (distance ("abc", "acb", 2), ==, 1);
  g_assert_cmpuint (distance ("abc", "ab", 2), ==, 1);
  g_assert_cmpuint (distance ("hicham", "hciham", 1), ==, 1);
  g_assert_cmpuint (distance ("kitten", "sitting", 3), ==, 3);
  g_assert_cmpuint (distance ("kitten", "sitting", 2), ==, 3);
  g_assert_cmpuint (distance ("abcdef", "uvwxyz", 2), ==, 3);
}

/* The distance as it is defined, without any short cut. */
static guint
plain_distance (const char *a, const char *b)
{
  const guint la = strlen (a);
  const guint lb = strlen (b);
  guint       d[16][16];

  for (guint i = 0; i <= la; i++)
    for (guint j = 0; j <= lb; j++)
      {
        d[i][j] = i == 0 ? j : i;
        if (i == 0 || j == 0)
          continue;
        d[i][j] =
            MIN (MIN (d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = MIN (d[i][j], d[i - 2][j - 2] + 1);
      }
  return d[la][lb];
}

/* Short words of two letters hold every way of beginning, ending and swapping. */
static void
test_distance_random (void)
{
  CcRandom random;

  cc_random_init (&random, 7);
  for (guint i = 0; i < 20000; i++)
    {
      char  words[2][16] = { "", "" };
      guint plain;

      for (guint k = 0; k < 2; k++)
        for (guint at = 0, n = cc_random_below (&random, 9); at < n; at++)
          words[k][at] = (char) ('a' + cc_random_below (&random, 2 + i % 3));
      plain = plain_distance (words[0], words[1]);
      for (guint limit = 0; limit < 4; limit++)
        g_assert_cmpuint (distance (words[0], words[1], limit), ==, MIN (plain, limit + 1));
    }
}

typedef struct
{
  const char *a;
  const char *skeleton_a;
  const char *b;
  const char *skeleton_b;
  guint       group_a;
  guint       group_b;
  guint       match;
} Words;

static void
test_words (void)
{
  static const Words cases[] = {
    { "diallo", "dl", "diallo", "dl", 0, 0, CC_LINK_MATCH_EXACT },
    { "diallo", "dl", "djalo", "jl", 7, 7, CC_LINK_MATCH_LOOSE },
    { "diallo", "dl", "djalo", "jl", 7, 8, CC_LINK_MATCH_NONE },
    { "cissoko", "ssk", "sissoko", "ssk", 0, 0, CC_LINK_MATCH_LOOSE },
    { "hicham", "hsm", "hciham", "hkm", 0, 0, CC_LINK_MATCH_FUZZY },
    { "fatoumata", "ftmt", "fatou", "ft", 0, 0, CC_LINK_MATCH_FUZZY },
    { "awa", "a", "ava", "af", 0, 0, CC_LINK_MATCH_NONE },
    { "uwe", "w", "uwbe", "wb", 0, 0, CC_LINK_MATCH_FUZZY },
    { "1", "1", "12", "12", 0, 0, CC_LINK_MATCH_NONE },
    { "147", "147", "1247", "1247", 0, 0, CC_LINK_MATCH_NONE },
    { "m", "m", "moussa", "ms", 0, 0, CC_LINK_MATCH_FUZZY },
    { "1", "1", "10", "10", 0, 0, CC_LINK_MATCH_NONE },
    { "keita", "kt", "traore", "trr", 0, 0, CC_LINK_MATCH_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CcLinkTable) table = cc_link_table_new ();
      const Words *at = &cases[i];
      guint32      a = cc_link_table_intern_token (table, at->a, at->skeleton_a, &at->group_a,
                                              at->group_a ? 1 : 0);
      guint32      b = cc_link_table_intern_token (table, at->b, at->skeleton_b, &at->group_b,
                                              at->group_b ? 1 : 0);

      g_assert_cmpuint (cc_link_match_words (table, cc_link_table_token (table, a),
                                             cc_link_table_token (table, b)),
                        ==, at->match);
    }
}

static void
add_birth (CcLinkTable *table, CcLinkBirth kind, const char *first, const char *last, int age)
{
  CcInterval a;
  CcInterval b;

  g_assert_true (cc_interval_from_iso (first, &a));
  g_assert_true (cc_interval_from_iso (last, &b));
  cc_link_table_add_record (table, (gint64) cc_link_table_get_n_records (table) + 1);
  cc_link_table_set_source (table, 1, 0, 0, 0);
  cc_link_table_set_birth (table, kind, (CcInterval){ a.first, b.last }, age);
}

static guint
compare_days (const char *a, const char *b)
{
  g_autoptr (CcLinkTable) table = cc_link_table_new ();

  add_birth (table, CC_LINK_BIRTH_DAY, a, a, 0);
  add_birth (table, CC_LINK_BIRTH_DAY, b, b, 0);
  cc_link_table_finish (table);
  return cc_link_compare_births (cc_link_table_row_at (table, 0), cc_link_table_row_at (table, 1));
}

static void
test_days (void)
{
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-03-04"), ==, CC_LINK_BIRTH_EQUAL);
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-04-03"), ==, CC_LINK_BIRTH_SLIP);
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-03-05"), ==, CC_LINK_BIRTH_SLIP);
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-03-14"), ==, CC_LINK_BIRTH_SLIP);
  g_assert_cmpuint (compare_days ("2001-03-04", "2011-03-04"), ==, CC_LINK_BIRTH_SLIP);
  g_assert_cmpuint (compare_days ("1999-12-31", "2000-01-01"), ==, CC_LINK_BIRTH_SLIP);
  /* Two of three parts. */
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-03-27"), ==, CC_LINK_BIRTH_SAME);
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-12-04"), ==, CC_LINK_BIRTH_SAME);
  g_assert_cmpuint (compare_days ("2001-03-04", "1978-03-04"), ==, CC_LINK_BIRTH_SAME);
  g_assert_cmpuint (compare_days ("2001-03-04", "2001-07-27"), ==, CC_LINK_BIRTH_WITHIN1);
  g_assert_cmpuint (compare_days ("2001-03-04", "1985-07-27"), ==, CC_LINK_BIRTH_CONFLICT);
}

/* A source that writes 1 January for "year only" is read so; one that does not is taken at its
 * word. */
static void
test_default_days (void)
{
  g_autoptr (CcLinkTable) table = cc_link_table_new ();

  for (guint i = 0; i < 10; i++)
    add_birth (table, CC_LINK_BIRTH_DAY, i < 5 ? "2001-01-01" : "2001-05-17",
               i < 5 ? "2001-01-01" : "2001-05-17", 0);
  cc_link_table_finish (table);
  g_assert_cmpuint (cc_link_table_row_at (table, 0)->precision, ==, CC_LINK_PRECISION_YEAR);
  g_assert_cmpuint (cc_link_table_row_at (table, 7)->precision, ==, CC_LINK_PRECISION_DAY);
  /* 1 January against 17 May of one year: the same year, not two days. */
  g_assert_cmpuint (cc_link_compare_births (cc_link_table_row_at (table, 0),
                                            cc_link_table_row_at (table, 7)),
                    ==, 2 * 8 + CC_LINK_BIRTH_SAME);
  g_assert_cmpuint (compare_days ("2001-01-01", "2001-01-01"), !=, CC_LINK_BIRTH_EQUAL);
}

static void
test_ages (void)
{
  g_autoptr (CcLinkTable) table = cc_link_table_new ();

  /* 17 on 2021-03-04: born 2003-03-05 to 2004-03-04. */
  add_birth (table, CC_LINK_BIRTH_AGE, "2003-03-05", "2004-03-04", 17);
  add_birth (table, CC_LINK_BIRTH_DAY, "2003-11-02", "2003-11-02", 0);
  add_birth (table, CC_LINK_BIRTH_DAY, "2004-09-20", "2004-09-20", 0);
  add_birth (table, CC_LINK_BIRTH_DAY, "1990-09-20", "1990-09-20", 0);
  add_birth (table, CC_LINK_BIRTH_NONE, "2001", "2001", 0);
  cc_link_table_finish (table);
#define LEVEL(i)                                                                                   \
  cc_link_compare_births (cc_link_table_row_at (table, 0), cc_link_table_row_at (table, i))
  g_assert_cmpuint (LEVEL (1), ==, 3 * 8 + CC_LINK_BIRTH_SAME);
  g_assert_cmpuint (LEVEL (2), ==, 3 * 8 + CC_LINK_BIRTH_WITHIN1);
  g_assert_cmpuint (LEVEL (3), ==, 3 * 8 + CC_LINK_BIRTH_CONFLICT);
  g_assert_cmpuint (LEVEL (4), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linkage/words/distance", test_distance);
  g_test_add_func ("/linkage/words/distance-random", test_distance_random);
  g_test_add_func ("/linkage/words/match", test_words);
  g_test_add_func ("/linkage/birth/days", test_days);
  g_test_add_func ("/linkage/birth/default-days", test_default_days);
  g_test_add_func ("/linkage/birth/ages", test_ages);
  return g_test_run ();
}
