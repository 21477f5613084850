/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"

#include <string.h>

#define MAX_WORD 63

/* Words shorter than this must not differ by more than the skeleton allows: most short names are
 * one letter away from another name. */
#define SHORT_WORD 4
#define LONG_WORD  7

/* Hundredths of alikeness from which two filters are taken for a slip of the pen. */
#define LEAST_DICE 75

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
  guint8 rows[3][MAX_WORD + 1];

  la = MIN (la, MAX_WORD);
  lb = MIN (lb, MAX_WORD);
  if (la > lb + limit || lb > la + limit)
    return limit + 1;
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
  const char *ta = cc_link_table_text (table, a);
  const char *tb = cc_link_table_text (table, b);
  guint       shorter = MIN (a->length, b->length);
  guint       limit;

  if (a->text == b->text)
    return CC_LINK_MATCH_EXACT;
  if (a->skeleton == b->skeleton || share_group (a, b))
    return CC_LINK_MATCH_LOOSE;
  if (a->bloom != 0 && b->bloom != 0)
    return have_like_filters (table, a, b) ? CC_LINK_MATCH_FUZZY : CC_LINK_MATCH_NONE;
  if (shorter == 1 && !g_ascii_isdigit (*ta))
    return ta[0] == tb[0] ? CC_LINK_MATCH_FUZZY : CC_LINK_MATCH_NONE;
  if (shorter < SHORT_WORD)
    return CC_LINK_MATCH_NONE;
  if (memcmp (ta, tb, shorter) == 0 && !g_ascii_isdigit (*ta))
    return CC_LINK_MATCH_FUZZY;
  /* Nobody misses both of the first letters. */
  if (ta[0] != tb[0] && ta[1] != tb[1] && ta[0] != tb[1] && ta[1] != tb[0])
    return CC_LINK_MATCH_NONE;
  limit = shorter >= LONG_WORD ? 2 : 1;
  /* A letter that only one of the words has costs at least one edit. */
  if ((guint) __builtin_popcount (a->letters & ~b->letters) > limit
      || (guint) __builtin_popcount (b->letters & ~a->letters) > limit)
    return CC_LINK_MATCH_NONE;
  return cc_link_edit_distance (ta, a->length, tb, b->length, limit) <= limit ? CC_LINK_MATCH_FUZZY
                                                                              : CC_LINK_MATCH_NONE;
}
