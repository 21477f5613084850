/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-glance-private.h"

#include "cc-link-limit-private.h"

#include <string.h>

/* The most that the frequency of an alias' or a father's name adds. */
#define NAME_RARITY (8 * CC_LINK_BIT)

static CcLinkLanes
weigh_level (const CcLinkComparison *comparison, guint level, gint32 more)
{
  CcLinkLanes result;

  for (guint class = 0; class < CC_LINK_CLASSES; class ++)
    result[class] = comparison->weight[class][level] + more;
  return result;
}

static CcLinkLanes
most_lanes (CcLinkLanes a, CcLinkLanes b)
{
  for (guint class = 0; class < CC_LINK_CLASSES; class ++)
    a[class] = MAX (a[class], b[class]);
  return a;
}

static gint32
most_lane (CcLinkLanes lanes)
{
  return MAX (MAX (lanes[0], lanes[1]), MAX (lanes[2], lanes[3]));
}

/* The most of a run of levels; 0 stands for levels that say nothing. */
static CcLinkLanes
weigh_levels (const CcLinkComparison *comparison, guint first, guint last, gint32 more)
{
  CcLinkLanes result = weigh_level (comparison, first, more);

  for (guint level = first + 1; level <= last; level++)
    result = most_lanes (result, weigh_level (comparison, level, more));
  return result;
}

/* What the rarest of the values adds. */
static gint32
most_rarity (const GArray *rarities)
{
  gint32 most = 0;

  for (guint i = 1; i < rarities->len; i++)
    most = MAX (most, g_array_index (rarities, gint16, i));
  return most;
}

static void
bound_column (CcLinkColumnBounds     *self,
              CcLinkColumnKind        kind,
              const CcLinkComparison *at,
              gint32                  rarity)
{
  switch (kind)
    {
    case CC_LINK_COLUMN_CODE:
      self->same = weigh_level (at, CC_LINK_SIMPLE_EQUAL, rarity);
      self->other = weigh_level (at, CC_LINK_SIMPLE_DIFFERENT, 0);
      break;
    case CC_LINK_COLUMN_CITIZENSHIP:
      self->same = weigh_level (at, CC_LINK_SIMPLE_EQUAL, 0);
      self->same[0] += rarity;
      self->other = weigh_level (at, CC_LINK_SIMPLE_DIFFERENT, 0);
      break;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
      /* Level 0: so many carry it that it says nothing. */
      self->same = most_lanes (weigh_levels (at, CC_LINK_NUMBER_FEW, CC_LINK_NUMBER_MANY, 0),
                               (CcLinkLanes){ 0 });
      self->other = weigh_levels (at, CC_LINK_NUMBER_SLIP, CC_LINK_NUMBER_DIFFERENT, 0);
      break;
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
    default:
      self->has_skeletons = TRUE;
      self->same = weigh_level (at, CC_LINK_TEXT_SAME, rarity);
      self->other = most_lanes (weigh_level (at, CC_LINK_TEXT_FUZZY, rarity),
                                weigh_level (at, CC_LINK_TEXT_DIFFERENT, 0));
      self->akin = most_lanes (self->same, self->other);
      self->same_country = weigh_level (at, CC_LINK_TEXT_SAME + 3, 0);
      self->other_country =
          weigh_levels (at, CC_LINK_TEXT_FUZZY + 3, CC_LINK_TEXT_DIFFERENT + 3, 0);
      self->akin_country = most_lanes (self->same_country, self->other_country);
      return;
    }
  self->same_country = self->same;
  self->other_country = self->other;
}

/* Of names the class is that of the level. */
static gint32
weigh_name (const CcLinkComparison *names, guint level)
{
  return names->weight[cc_link_name_class (level)][level];
}

static void
bound_names (CcLinkBounds *self, const CcLinkComparison *names)
{
  self->none = weigh_name (names, CC_LINK_NAME_NONE);
  self->most_several = G_MININT32;
  for (guint left = 0; left < 3; left++)
    {
      guint exact = CC_LINK_NAME_TWO + 3 * CC_LINK_MATCH_EXACT + left;
      guint loose = CC_LINK_NAME_TWO + 3 * CC_LINK_MATCH_LOOSE + left;
      guint fuzzy = CC_LINK_NAME_TWO + 3 * CC_LINK_MATCH_FUZZY + left;

      self->several[left] = MAX (weigh_name (names, exact), weigh_name (names, loose));
      self->most_several =
          MAX (self->most_several, MAX (self->several[left], weigh_name (names, fuzzy)));
    }
  for (guint letters = 0; letters < 2; letters++)
    {
      guint worst = letters ? CC_LINK_MATCH_FUZZY : CC_LINK_MATCH_LOOSE;

      self->relatives[letters] = G_MININT32;
      for (guint left = 0; left < 3; left++)
        self->one[letters][left] = G_MININT32;
      for (guint match = CC_LINK_MATCH_EXACT; match <= worst; match++)
        {
          self->relatives[letters] =
              MAX (self->relatives[letters], weigh_name (names, CC_LINK_NAME_RELATIVES + match));
          for (guint left = 0; left < 3; left++)
            self->one[letters][left] =
                MAX (self->one[letters][left],
                     weigh_name (names, CC_LINK_NAME_ONE + 3 * match + left));
        }
    }
}

/* The most that names weigh by class, whatever words match; without names they weigh nothing. */
static CcLinkLanes
bound_all_names (const CcLinkBounds *self)
{
  gint32 one = MAX (MAX (self->one[1][0], self->one[1][1]), self->one[1][2]);

  return (CcLinkLanes){ MAX (self->none, 0), one, self->most_several, self->relatives[1] };
}

/**
 * cc_link_bounds_init:
 *
 * Takes from a model what tells the most that a pair can weigh, by the class in which its names
 * agree, before all is compared. Bounds are never too low: what they stop would not be kept.
 */
void
cc_link_bounds_init (CcLinkBounds            *self,
                     CcLinkTable             *table,
                     const CcLinkFrequencies *frequencies,
                     const CcLinkModel       *model)
{
  const CcLinkComparison *all = model->comparisons;
  const CcLinkComparison *alias = &all[CC_LINK_COMPARE_ALIAS];
  const CcLinkLanes       nothing = { 0 };

  memset (self, 0, sizeof *self);
  self->frequencies = frequencies;
  self->prior = model->prior;
  for (guint level = 1; level < CC_LINK_BIRTH_LEVELS; level++)
    self->birth[level] = weigh_level (&all[CC_LINK_COMPARE_BIRTH], level, 0);
  for (guint level = 1; level < CC_LINK_SIMPLE_LEVELS; level++)
    self->sex[level] = weigh_level (&all[CC_LINK_COMPARE_SEX], level, 0);
  bound_names (self, &all[CC_LINK_COMPARE_NAME]);
  self->names = bound_all_names (self);
  self->alias = most_lanes (weigh_level (alias, CC_LINK_OTHER_CROSS, 0), nothing);
  self->aliases =
      most_lanes (self->alias, weigh_levels (alias, 1, CC_LINK_OTHER_LEVELS - 1, NAME_RARITY));
  self->father = most_lanes (weigh_levels (&all[CC_LINK_COMPARE_FATHER], 1,
                                           CC_LINK_OTHER_LEVELS - 1, NAME_RARITY),
                             nothing);
  self->source =
      most_lanes (weigh_levels (&all[CC_LINK_COMPARE_SOURCE], 1, CC_LINK_SOURCE_LEVELS - 1, 0),
                  nothing);
  for (guint i = 0; i < table->n_columns; i++)
    bound_column (&self->columns[i], table->columns[i].kind, &all[CC_LINK_COMPARE_COLUMN + i],
                  most_rarity (frequencies->value[i]));
}

static inline CcLinkLanes
bound_value (const CcLinkBounds *self,
             CcLinkTable        *table,
             guint               column,
             guint32             a,
             guint32             b,
             gboolean            same_country)
{
  const CcLinkColumnBounds *at = &self->columns[column];

  if (a == b)
    return same_country ? at->same_country : at->same;
  if (at->has_skeletons
      && cc_link_table_value (table, column, a)->skeleton
             == cc_link_table_value (table, column, b)->skeleton)
    return same_country ? at->akin_country : at->akin;
  return same_country ? at->other_country : at->other;
}

/* The most that all but names, births and sex can weigh. */
static inline CcLinkLanes
bound_others (const CcLinkBounds *self,
              CcLinkTable        *table,
              const CcLinkRow    *a,
              const CcLinkRow    *b,
              guint               both)
{
  CcLinkLanes result = { 0 };
  gboolean    same_country = table->citizenship >= 0 && a->values[table->citizenship] != 0
                          && a->values[table->citizenship] == b->values[table->citizenship];

  if (a->n_aliases > 0 || b->n_aliases > 0)
    result += a->n_aliases > 0 && b->n_aliases > 0 ? self->aliases : self->alias;
  if (a->n_fathers > 0 && b->n_fathers > 0)
    result += self->father;
  if (a->own_number != 0 && a->own_number == b->own_number)
    result += self->source;
  for (; both != 0; both &= both - 1)
    {
      guint column = (guint) __builtin_ctz (both);

      result += bound_value (self, table, column, a->values[column], b->values[column],
                             same_country && table->columns[column].kind == CC_LINK_COLUMN_PLACE);
    }
  return result;
}

/* What a pair weighs by what cc_link_compare_names() found. */
static inline gint32
weigh_first (const CcLinkModel *model, CcLinkPattern pattern, guint class)
{
  static const guint first[] = { CC_LINK_COMPARE_NAME, CC_LINK_COMPARE_BIRTH, CC_LINK_COMPARE_SEX };
  gint32             weight = model->prior + pattern.adjust;

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    weight += model->comparisons[first[i]]
                  .weight[class][cc_link_pattern_level (pattern.levels, first[i])];
  return weight;
}

/**
 * cc_link_bounds_admit:
 * @keep: the least weight that matters
 * @others: (out): the most that all but names, births and sex weighs, by the class in which the
 *   names agree
 *
 * Returns: whether the pair could weigh @keep, by whole numbers alone; most do not
 */
gboolean
cc_link_bounds_admit (const CcLinkBounds *self,
                      CcLinkTable        *table,
                      const CcLinkRow    *a,
                      const CcLinkRow    *b,
                      const CcLinkGlance *ga,
                      const CcLinkGlance *gb,
                      gint32              keep,
                      CcLinkLanes        *others)
{
  CcLinkLanes most = bound_others (self, table, a, b, ga->columns & gb->columns);
  guint       level = cc_link_compare_births (a, b);
  gint32      needed = keep - self->prior;
  gint32      rarity;

  *others = most;
  most += self->birth[level];
  if (level > 0)
    needed -= cc_link_birth_adjustment (self->frequencies, level, a, b);
  if (a->sex != 0 && b->sex != 0)
    most += self->sex[a->sex == b->sex ? CC_LINK_SIMPLE_EQUAL : CC_LINK_SIMPLE_DIFFERENT];
  rarity = MIN (ga->rarities, gb->rarities) * CC_LINK_RARITY_STEP;
  if (most_lane (most + self->names + (CcLinkLanes){ 0, rarity, rarity, 0 }) < needed)
    return FALSE;
  return most_lane (most + cc_link_glance_names (self, a, b, ga, gb)) >= needed;
}

/**
 * cc_link_bounds_score:
 * @others: from cc_link_bounds_admit(), which let the pair pass
 * @keep: the least weight that matters
 * @pattern: (out): how the pair agrees, where %TRUE is returned
 * @weight: (out): its weight
 *
 * Scores a pair, first by names, then by everything.
 *
 * Returns: whether the pair weighs at least @keep
 */
gboolean
cc_link_bounds_score (const CcLinkBounds *self,
                      CcLinkTable        *table,
                      const CcLinkModel  *model,
                      const CcLinkRow    *a,
                      const CcLinkRow    *b,
                      const CcLinkLanes  *others,
                      gint32              keep,
                      CcLinkPattern      *pattern,
                      gint32             *weight)
{
  guint class;

  *pattern = cc_link_compare_names (table, self->frequencies, a, b);
  class = cc_link_name_class (cc_link_pattern_level (pattern->levels, CC_LINK_COMPARE_NAME));
  if (weigh_first (model, *pattern, class) + (*others)[class] < keep)
    return FALSE;
  cc_link_compare_rest (table, self->frequencies, a, b, pattern);
  *weight = cc_link_judge (model, *pattern);
  return *weight >= keep;
}
