/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"
#include "cc-link-word-private.h"

#include <string.h>

#define MAX_WORD 63

/* Words shorter than this must not differ by more than the skeleton allows, or a letter too much in
 * three: most short names are one letter away from another name. */
#define SHORT_WORD 4
#define LONG_WORD  7

/* Hundredths of alikeness from which two filters are taken for a slip of the pen. */
#define LEAST_DICE 75

/* Distance of two texts that neither begin nor end alike, as a table of three rows. */
static guint
fill_table (const char *a, guint la, const char *b, guint lb, guint limit)
{
  guint8 rows[3][MAX_WORD + 1];

  for (guint j = 0; j <= lb; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= la; i++)
    {
      guint8 *row = rows[i % 3];
      guint8 *above = rows[(i + 2) % 3];
      guint8 *two_above = rows[(i + 1) % 3];
      guint   best = i;

      row[0] = i;
      for (guint j = 1; j <= lb; j++)
        {
          guint cost = a[i - 1] != b[j - 1];
          guint value = MIN (MIN (above[j], row[j - 1]) + 1u, above[j - 1] + cost);

          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            value = MIN (value, two_above[j - 2] + 1u);
          row[j] = value;
          best = MIN (best, value);
        }
      if (best > limit)
        return limit + 1;
    }
  return MIN (rows[la % 3][lb], limit + 1);
}

/**
 * cc_link_edit_distance:
 * @limit: distances above it are reported as @limit + 1
 *
 * Optimal string alignment distance (insertion, deletion, substitution, swap of neighbours) of two
 * byte strings of up to 63 bytes.
 */
guint
cc_link_edit_distance (const char *a, guint la, const char *b, guint lb, guint limit)
{
  la = MIN (la, MAX_WORD);
  lb = MIN (lb, MAX_WORD);
  if (la > lb + limit || lb > la + limit)
    return limit + 1;
  /* What both begin and end with changes nothing. */
  while (la > 0 && lb > 0 && *a == *b)
    {
      a++, la--;
      b++, lb--;
    }
  while (la > 0 && lb > 0 && a[la - 1] == b[lb - 1])
    {
      la--;
      lb--;
    }
  if (la == 0 || lb == 0)
    return MIN (MAX (la, lb), limit + 1);
  /* One change that is left is of one letter, or the swap of two. */
  if (la == lb && (la == 1 || (la == 2 && a[0] == b[1] && a[1] == b[0])))
    return MIN (1, limit + 1);
  return limit <= 1 ? limit + 1 : fill_table (a, la, b, lb, limit);
}

static gboolean
share_group (const CcLinkToken *a, const CcLinkToken *b)
{
  for (guint i = 0; i < a->n_groups; i++)
    for (guint j = 0; j < b->n_groups; j++)
      if (a->groups[i] == b->groups[j])
        return TRUE;
  return FALSE;
}

static guint
count_bits (const guint8 *a, const guint8 *b)
{
  guint n = 0;

  for (guint i = 0; i < CC_LINK_BLOOM_BYTES; i += sizeof (guint64))
    {
      guint64 x;
      guint64 y;

      memcpy (&x, a + i, sizeof x);
      memcpy (&y, b + i, sizeof y);
      n += (guint) __builtin_popcountll (x & y);
    }
  return n;
}

/* Dice's coefficient of the filters (Schnell and others 2009): words of which only keys are known.
 */
static gboolean
have_like_filters (CcLinkTable *table, const CcLinkToken *a, const CcLinkToken *b)
{
  const guint8 *x = table->blooms->data + (a->bloom - 1) * (gsize) CC_LINK_BLOOM_BYTES;
  const guint8 *y = table->blooms->data + (b->bloom - 1) * (gsize) CC_LINK_BLOOM_BYTES;

  return 100 * 2 * count_bits (x, y) >= LEAST_DICE * (count_bits (x, x) + count_bits (y, y));
}

/**
 * cc_link_match_words:
 *
 * Returns: how well two words match: same spelling; spelling variant or same skeleton; a slip away
 *   (edit distance 1, from seven letters on 2), abbreviation or initial; not at all
 */
guint
cc_link_match_words (CcLinkTable *table, const CcLinkToken *a, const CcLinkToken *b)
{
  guint       shorter = MIN (a->length, b->length);
  guint       limit = shorter >= LONG_WORD ? 2 : 1;
  const char *ta;
  const char *tb;

  if (a->text == b->text)
    return CC_LINK_MATCH_EXACT;
  if (a->skeleton == b->skeleton || (a->n_groups > 0 && b->n_groups > 0 && share_group (a, b)))
    return CC_LINK_MATCH_LOOSE;
  if (a->bloom != 0 && b->bloom != 0)
    return have_like_filters (table, a, b) ? CC_LINK_MATCH_FUZZY : CC_LINK_MATCH_NONE;
  if (shorter == 1 && !g_ascii_isdigit (a->start & 0xff))
    return ((a->start ^ b->start) & 0xff) == 0 ? CC_LINK_MATCH_FUZZY : CC_LINK_MATCH_NONE;
  /* Nobody misses both of the first letters. */
  if (shorter < SHORT_WORD - 1 || !cc_link_word_starts_alike (a->start, b->start))
    return CC_LINK_MATCH_NONE;
  ta = cc_link_table_text (table, a);
  tb = cc_link_table_text (table, b);
  if (shorter < SHORT_WORD)
    return MAX (a->length, b->length) == SHORT_WORD && !g_ascii_isdigit (*ta)
                   && cc_link_edit_distance (ta, a->length, tb, b->length, 1) == 1
               ? CC_LINK_MATCH_FUZZY
               : CC_LINK_MATCH_NONE;
  if (a->start == b->start && memcmp (ta, tb, shorter) == 0 && !g_ascii_isdigit (*ta))
    return CC_LINK_MATCH_FUZZY;
  /* A letter that only one of the words has costs at least one edit. */
  if (!cc_link_word_has_few (a->letters & ~b->letters, limit)
      || !cc_link_word_has_few (b->letters & ~a->letters, limit))
    return CC_LINK_MATCH_NONE;
  return cc_link_edit_distance (ta, a->length, tb, b->length, limit) <= limit ? CC_LINK_MATCH_FUZZY
                                                                              : CC_LINK_MATCH_NONE;
}
