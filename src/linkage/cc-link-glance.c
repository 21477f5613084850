/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-glance-private.h"

#include "cc-link-word-private.h"

#define GROUP_BIT 1u

/* Limits of the frequency adjustment, as in the comparison of names. */
#define WORD_LOW  (-5 * CC_LINK_BIT)
#define WORD_HIGH (6 * CC_LINK_BIT)
#define NAME_LOW  (-6 * CC_LINK_BIT)
#define NAME_HIGH (8 * CC_LINK_BIT)

/* Of names that cannot agree in a class: far below anything that is kept. */
#define NEVER (-1000 * CC_LINK_BIT)

static gint16
word_rarity (CcLinkTable *table, const CcLinkFrequencies *frequencies, guint32 token)
{
  gint32 skeleton = g_array_index (frequencies->skeleton[0], gint16,
                                   cc_link_table_token (table, token)->skeleton);
  gint32 exact = g_array_index (frequencies->exact[0], gint16, token);

  return (gint16) CLAMP (MAX (skeleton, (skeleton + exact) / 2), WORD_LOW, WORD_HIGH);
}

/* The most that matches on any of the words add together. */
static guint8
add_rarities (CcLinkTable *table, const CcLinkFrequencies *frequencies, const CcLinkRow *row)
{
  gint32 sum = 0;

  for (guint k = 0; k < row->n_names; k++)
    sum += MAX (word_rarity (table, frequencies, row->names[k]), 0);
  return (guint8) ((MIN (sum, NAME_HIGH) + CC_LINK_RARITY_STEP - 1) / CC_LINK_RARITY_STEP);
}

CcLinkGlance *
cc_link_glance_new (CcLinkTable *table, const CcLinkFrequencies *frequencies)
{
  CcLinkGlance *self = g_new0 (CcLinkGlance, MAX (table->rows->len, 1));

  for (guint i = 0; i < table->rows->len && !cc_link_table_stops (table, i); i++)
    {
      const CcLinkRow *row = cc_link_table_row (table, i);

      self[i].n_words = row->n_names;
      for (guint k = 0; k < table->n_columns; k++)
        if (row->values[k] != 0)
          self[i].columns |= 1u << k;
      self[i].rarities = add_rarities (table, frequencies, row);
      for (guint k = 0; k < MIN (row->n_names, CC_LINK_GLANCE_WORDS); k++)
        {
          const CcLinkToken *token = cc_link_table_token (table, row->names[k]);

          self[i].skeletons[k] = token->skeleton;
          self[i].letters[k] =
              (token->letters & ~GROUP_BIT) | (token->n_groups > 0 ? GROUP_BIT : 0);
          /* Words known by their keys only can match whatever these look like. */
          self[i].n_letters[k] = token->bloom != 0 ? 1 : token->length;
          if (token->length >= 4)
            self[i].starts[k] = token->start;
          self[i].rarity[k] = word_rarity (table, frequencies, row->names[k]);
        }
    }
  return self;
}

/* Whether words of different skeletons could match: by a variant group, as an abbreviation or but
 * for slips, each of which changes one letter of the set. */
static inline gboolean
could_match (const CcLinkGlance *a, guint i, const CcLinkGlance *b, guint j)
{
  guint32 x = a->letters[i];
  guint32 y = b->letters[j];
  guint   shorter = MIN (a->n_letters[i], b->n_letters[j]);
  guint   limit = shorter >= 7 ? 2 : 1;

  if ((x & y & GROUP_BIT) || shorter == 1)
    return TRUE;
  if (shorter < 4)
    return shorter == 3 && MAX (a->n_letters[i], b->n_letters[j]) == 4;
  if (a->starts[i] == b->starts[j])
    return TRUE;
  return cc_link_word_starts_alike (a->starts[i], b->starts[j])
         && (guint) ABS ((int) a->n_letters[i] - (int) b->n_letters[j]) <= limit
         && cc_link_word_has_few (x & ~y & ~GROUP_BIT, limit)
         && cc_link_word_has_few (y & ~x & ~GROUP_BIT, limit);
}

/* Which words of two names could match. */
typedef struct
{
  guint    n_pairs;
  guint    used_a; /* bits of the words that could match any */
  guint    used_b;
  gint32   rarity;  /* of all of them */
  gint32   most;    /* of the rarest */
  gboolean sure;    /* two words are of one skeleton */
  gboolean letters; /* some could match by variant or letters only */
} Meeting;

static inline void
meet (const CcLinkGlance *a, const CcLinkGlance *b, Meeting *self)
{
  for (guint i = 0; i < a->n_words; i++)
    {
      gint32 most = G_MININT32;

      for (guint j = 0; j < b->n_words; j++)
        {
          gboolean akin = a->skeletons[i] == b->skeletons[j];

          if (!akin && !could_match (a, i, b, j))
            continue;
          self->n_pairs++;
          self->used_a |= 1u << i;
          self->used_b |= 1u << j;
          self->sure |= akin;
          self->letters |= !akin;
          most = MAX (most,
                      akin ? MAX (a->rarity[i], b->rarity[j]) : MIN (a->rarity[i], b->rarity[j]));
        }
      if (most == G_MININT32)
        continue;
      self->most = MAX (self->most, most);
      self->rarity += most;
    }
}

#define MET_GIVEN G_MAXUINT

/* Words that are neither met again nor from the field of family names; MET_GIVEN where a given name
 * is met again. family: set where a family name is */
static inline guint
count_beside (const CcLinkRow *row, guint used, gboolean *family)
{
  guint n = 0;

  for (guint i = 0; i < row->n_names; i++)
    if (!(used & 1u << i))
      n += row->roles[i] != CC_LINK_NAME_FAMILY;
    else if (row->roles[i] == CC_LINK_NAME_GIVEN)
      return MET_GIVEN;
    else
      *family |= row->roles[i] == CC_LINK_NAME_FAMILY;
  return n;
}

/* Whether what matches makes no more than relatives, see cc_link_compare_names(): a family name is
 * met again, and both have other names that are not. */
static inline gboolean
is_family_only (const CcLinkRow *a, const CcLinkRow *b, const Meeting *met)
{
  gboolean family = FALSE;
  guint    beside_a = count_beside (a, met->used_a, &family);
  guint    beside_b = count_beside (b, met->used_b, &family);

  return family && beside_a != MET_GIVEN && beside_b != MET_GIVEN && beside_a > 0 && beside_b > 0;
}

static inline guint
left_over (guint matched, guint least, guint most)
{
  return matched == most    ? CC_LINK_LEFT_NOTHING
         : matched == least ? CC_LINK_LEFT_ONE_SIDE
                            : CC_LINK_LEFT_BOTH;
}

static inline guint
count_words (guint used)
{
  return (used & 1) + (used >> 1 & 1) + (used >> 2 & 1) + (used >> 3);
}

/**
 * cc_link_glance_names:
 *
 * Returns: the most that the names of two records weigh with their frequencies, by the class in
 *   which they agree, without looking at a letter; what cannot be weighs next to nothing
 */
CcLinkLanes
cc_link_glance_names (const CcLinkBounds *self,
                      const CcLinkRow    *a,
                      const CcLinkRow    *b,
                      const CcLinkGlance *ga,
                      const CcLinkGlance *gb)
{
  CcLinkLanes result = { NEVER, NEVER, NEVER, NEVER };
  Meeting     met = { .most = WORD_LOW };
  guint       least = MIN (ga->n_words, gb->n_words);
  guint       most = MAX (ga->n_words, gb->n_words);
  guint       n;
  gint32      rarity;

  if (least == 0)
    {
      result[0] = 0;
      return result;
    }
  if (most > CC_LINK_GLANCE_WORDS)
    return (CcLinkLanes){ self->none, self->one[1][left_over (1, least, most)] + WORD_HIGH,
                          self->most_several + NAME_HIGH, self->relatives[1] };
  meet (ga, gb, &met);
  if (!met.sure)
    result[0] = self->none;
  if (met.n_pairs == 0)
    return result;
  n = count_words (met.used_a);
  /* Where each word could match one other, what matches is known, but for one that may not. */
  if (n == met.n_pairs && n == count_words (met.used_b) && (n == 1 || !met.letters))
    {
      rarity = CLAMP (met.rarity, NAME_LOW, NAME_HIGH);
      if (is_family_only (a, b, &met))
        result[3] = self->relatives[met.letters] + MIN (rarity, 0);
      else if (n == 1)
        result[1] = self->one[met.letters][left_over (1, least, most)] + rarity;
      else
        result[2] = self->several[left_over (n, least, most)] + rarity;
      return result;
    }
  result[1] = self->one[1][left_over (1, least, most)] + met.most;
  if (n > 1)
    result[2] = self->most_several + NAME_HIGH;
  if (least > 1)
    result[3] = self->relatives[1];
  return result;
}
