/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-glance-private.h"

#include "cc-link-limit-private.h"

#include <string.h>

#define GROUP_BIT    1u
#define NAME_RARITY  (8 * CC_LINK_BIT)
#define WORD_RARITY  (6 * CC_LINK_BIT)
#define VALUE_RARITY (4 * CC_LINK_BIT)
#define SLIPS        2

/* Wider than any pair can weigh: no early stop. */
#define NO_BOUND (1000 * CC_LINK_BIT)

static gint16
word_rarity (CcLinkTable *table, const CcLinkFrequencies *frequencies, guint32 token)
{
  gint32 skeleton = g_array_index (frequencies->skeleton[0], gint16,
                                   cc_link_table_token (table, token)->skeleton);
  gint32 exact = g_array_index (frequencies->exact[0], gint16, token);

  return (gint16) MIN (MAX (skeleton, (skeleton + exact) / 2), WORD_RARITY);
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
        if (row->values[k] != 0 && (int) k != table->citizenship)
          self[i].columns |= 1u << k;
      for (guint k = 0; k < MIN (row->n_names, CC_LINK_GLANCE_WORDS); k++)
        {
          const CcLinkToken *token = cc_link_table_token (table, row->names[k]);

          self[i].skeletons[k] = token->skeleton;
          self[i].letters[k] =
              (token->letters & ~GROUP_BIT) | (token->n_groups > 0 ? GROUP_BIT : 0);
          /* Words known by their keys only can match whatever these look like. */
          self[i].n_letters[k] = token->bloom != 0 ? 1 : token->length;
          if (token->length >= 4)
            memcpy (&self[i].starts[k], cc_link_table_text (table, token), 4);
          self[i].rarity[k] = word_rarity (table, frequencies, row->names[k]);
        }
    }
  return self;
}

static gint32
most_of (const CcLinkComparison *comparison, guint level)
{
  gint32 most = G_MININT32;

  for (guint class = 0; class < CC_LINK_CLASSES; class ++)
    most = MAX (most, comparison->weight[class][level]);
  return most;
}

static gint32
most_of_all (const CcLinkComparison *comparison)
{
  gint32 most = 0;

  for (guint level = 1; level < comparison->n_levels; level++)
    most = MAX (most, most_of (comparison, level));
  return most;
}

static void
bound_names (CcLinkBounds *self, const CcLinkComparison *names)
{
  self->none = most_of (names, CC_LINK_NAME_NONE);
  self->one = self->one_of_more = self->several = G_MININT32;
  for (guint level = CC_LINK_NAME_ONE; level < CC_LINK_NAME_LEVELS; level++)
    {
      gint32 most = most_of (names, level);

      /* Several family words may match and still be no more than relatives. */
      if (level >= CC_LINK_NAME_RELATIVES || level < CC_LINK_NAME_TWO)
        self->one = MAX (self->one, most);
      if (level >= CC_LINK_NAME_RELATIVES
          || (level < CC_LINK_NAME_TWO && cc_link_name_conflicts (level)))
        self->one_of_more = MAX (self->one_of_more, most);
      self->several = MAX (self->several, most);
    }
}

void
cc_link_bounds_init (CcLinkBounds            *self,
                     CcLinkTable             *table,
                     const CcLinkFrequencies *frequencies,
                     const CcLinkModel       *model)
{
  const CcLinkComparison *all = model->comparisons;

  memset (self, 0, sizeof *self);
  self->frequencies = frequencies;
  self->prior = model->prior;
  for (guint level = 1; level < CC_LINK_BIRTH_LEVELS; level++)
    self->birth[level] = most_of (&all[CC_LINK_COMPARE_BIRTH], level);
  for (guint level = 0; level < CC_LINK_BIRTH_LEVELS; level++)
    self->most_birth = MAX (self->most_birth, self->birth[level]);
  for (guint level = 1; level < CC_LINK_SIMPLE_LEVELS; level++)
    {
      self->sex[level] = most_of (&all[CC_LINK_COMPARE_SEX], level);
      if (table->citizenship >= 0)
        self->citizenship[level] =
            most_of (&all[CC_LINK_COMPARE_COLUMN + (guint) table->citizenship], level);
    }
  bound_names (self, &all[CC_LINK_COMPARE_NAME]);
  self->alias = most_of_all (&all[CC_LINK_COMPARE_ALIAS]) + NAME_RARITY;
  self->cross = most_of (&all[CC_LINK_COMPARE_ALIAS], CC_LINK_OTHER_CROSS);
  self->father = most_of_all (&all[CC_LINK_COMPARE_FATHER]) + NAME_RARITY;
  self->source = most_of_all (&all[CC_LINK_COMPARE_SOURCE]);
  for (guint i = 0; i < table->n_columns; i++)
    self->column[i] = most_of_all (&all[CC_LINK_COMPARE_COLUMN + i]) + VALUE_RARITY;
  for (guint i = 0; i < G_N_ELEMENTS (frequencies->year); i++)
    self->year = MAX (self->year, frequencies->year[i]);
}

static gboolean
has_few_bits (guint32 bits, guint limit)
{
  bits &= bits - 1;
  if (limit > 1)
    bits &= bits - 1;
  return bits == 0;
}

/* As cc_link_match_words(): one of the first two letters is met again among them. */
static inline gboolean
start_alike (guint32 a, guint32 b)
{
  guint32 first = (a ^ b) & 0xffff;
  guint32 crossed = ((a >> 8 & 0xff) | (a & 0xff) << 8) ^ (b & 0xffff);

  return (first & 0xff) == 0 || (first >> 8) == 0 || (crossed & 0xff) == 0 || (crossed >> 8) == 0;
}

/* Whether the words could match at all: by skeleton, by a variant group, as an abbreviation or but
 * for slips, each of which changes one letter of the set. */
static inline gboolean
could_match (const CcLinkGlance *a, guint i, const CcLinkGlance *b, guint j)
{
  guint32 x = a->letters[i];
  guint32 y = b->letters[j];
  guint   shorter = MIN (a->n_letters[i], b->n_letters[j]);
  guint   limit = shorter >= 7 ? 2 : 1;

  if (a->skeletons[i] == b->skeletons[j] || (x & y & GROUP_BIT) || shorter == 1)
    return TRUE;
  if (shorter < 4)
    return FALSE;
  if (a->starts[i] == b->starts[j])
    return TRUE;
  return start_alike (a->starts[i], b->starts[j])
         && (guint) ABS ((int) a->n_letters[i] - (int) b->n_letters[j]) <= limit
         && has_few_bits (x & ~y & ~GROUP_BIT, limit) && has_few_bits (y & ~x & ~GROUP_BIT, limit);
}

static gint32
bound_pair_of_names (const CcLinkBounds *self, const CcLinkGlance *a, const CcLinkGlance *b)
{
  gint32 rarity = 0;
  guint  matched = 0;

  if (a->n_words == 0 || b->n_words == 0)
    return 0;
  if (a->n_words > CC_LINK_GLANCE_WORDS || b->n_words > CC_LINK_GLANCE_WORDS)
    return NO_BOUND;
  for (guint i = 0; i < a->n_words; i++)
    {
      gint32 most = G_MININT32;

      for (guint j = 0; j < b->n_words; j++)
        if (could_match (a, i, b, j))
          most = MAX (most, a->skeletons[i] == b->skeletons[j] ? MAX (a->rarity[i], b->rarity[j])
                                                               : MIN (a->rarity[i], b->rarity[j]));
      if (most == G_MININT32)
        continue;
      matched++;
      rarity += most;
    }
  if (matched == 0)
    return self->none + self->cross + VALUE_RARITY;
  rarity = MIN (rarity, NAME_RARITY);
  if (matched > 1)
    return self->several + MAX (rarity, 0);
  return (a->n_words > 1 && b->n_words > 1 ? self->one_of_more : self->one)
         + MAX (rarity, -6 * CC_LINK_BIT);
}

/* The most that all but names, births and sex can weigh. */
static gint32
bound_others (const CcLinkBounds *self,
              CcLinkTable        *table,
              const CcLinkRow    *a,
              const CcLinkRow    *b,
              guint               both)
{
  gint32 weight = 0;

  if (a->n_aliases > 0 && b->n_aliases > 0)
    weight += self->alias;
  if (a->n_fathers > 0 && b->n_fathers > 0)
    weight += self->father;
  if (a->own_number != 0 && a->own_number == b->own_number)
    weight += self->source;
  if (table->citizenship >= 0 && a->values[table->citizenship] != 0
      && b->values[table->citizenship] != 0)
    weight += self->citizenship[a->values[table->citizenship] == b->values[table->citizenship]
                                    ? CC_LINK_SIMPLE_EQUAL
                                    : CC_LINK_SIMPLE_DIFFERENT];
  for (guint i = 0; both != 0; i++, both >>= 1)
    if (both & 1)
      weight += self->column[i];
  return weight;
}

/* What names, births and sex weigh at the most, without looking at a letter. */
static gint32
bound_names_and_births (const CcLinkBounds *self,
                        const CcLinkRow    *a,
                        const CcLinkRow    *b,
                        const CcLinkGlance *ga,
                        const CcLinkGlance *gb,
                        gint32              needed)
{
  gint32 weight = bound_pair_of_names (self, ga, gb);
  guint  level;

  if (a->sex != 0 && b->sex != 0)
    weight += self->sex[a->sex == b->sex ? CC_LINK_SIMPLE_EQUAL : CC_LINK_SIMPLE_DIFFERENT];
  if (weight + self->most_birth + self->year < needed)
    return G_MININT32;
  level = cc_link_compare_births (a, b);
  return level == 0 ? weight
                    : weight + self->birth[level]
                          + cc_link_birth_adjustment (self->frequencies, level, a, b);
}

/**
 * cc_link_bounds_score:
 * @keep: the least weight that matters
 * @pattern: (out): how the pair agrees, where %TRUE is returned
 * @weight: (out): its weight
 *
 * Scores a pair in three steps, from whole numbers over names to everything; most end early.
 *
 * Returns: whether the pair weighs at least @keep
 */
gboolean
cc_link_bounds_score (const CcLinkBounds *self,
                      CcLinkTable        *table,
                      const CcLinkModel  *model,
                      const CcLinkRow    *a,
                      const CcLinkRow    *b,
                      const CcLinkGlance *ga,
                      const CcLinkGlance *gb,
                      gint32              keep,
                      CcLinkPattern      *pattern,
                      gint32             *weight)
{
  gint32 others = bound_others (self, table, a, b, ga->columns & gb->columns);
  gint32 needed = keep - self->prior - others;
  gint32 cross = 0;

  if (bound_names_and_births (self, a, b, ga, gb, needed) < needed)
    return FALSE;
  *pattern = cc_link_compare_names (table, self->frequencies, a, b);
  if (cc_link_pattern_level (pattern->levels, CC_LINK_COMPARE_NAME) <= CC_LINK_NAME_NONE)
    cross = self->cross + VALUE_RARITY;
  if (cc_link_model_weigh (model, *pattern) + others + cross < keep)
    return FALSE;
  cc_link_compare_rest (table, self->frequencies, a, b, pattern);
  *weight = cc_link_judge (model, *pattern);
  return *weight >= keep;
}
