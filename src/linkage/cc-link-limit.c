/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-limit-private.h"

/* Points of sameness that a pair must show before it is taken for one person, whatever it weighs: a
 * telephone, a document, or one name with an age is not enough (pitfalls 4, 5 and 12 of the
 * reference method). Below the first limit nobody can tell; below the second a person must look.
 * Sex and citizenship are no signs: they only tell people apart. */
#define LEAST_TO_GUESS  4
#define LEAST_TO_ACCEPT 6

/* Log odds of the most that a pair may reach: as likely as not, so that it joins nothing; and four
 * in five, so that the best guess may join it and no level of acceptance does without a person. */
#define MOST_TO_TELL  0
#define MOST_TO_GUESS (2 * CC_LINK_BIT)

static guint
count_name_signs (guint level)
{
  if (level >= CC_LINK_NAME_RELATIVES || level < CC_LINK_NAME_ONE)
    return 0;
  return level >= CC_LINK_NAME_TWO ? 4 : 2;
}

static guint
count_birth_signs (guint level)
{
  guint class = level > 0 ? (level - 1) / 8 : 0;
  guint kind = level > 0 ? (level - 1) % 8 + 1 : 0;

  if (kind == CC_LINK_BIRTH_EQUAL)
    return 4;
  if (class < 3)
    return kind == CC_LINK_BIRTH_SLIP || kind == CC_LINK_BIRTH_SAME ? 2 : 0;
  return kind == CC_LINK_BIRTH_SAME || kind == CC_LINK_BIRTH_WITHIN1 ? 2 : 0;
}

static guint
count_other_signs (guint level)
{
  return level == CC_LINK_OTHER_EXACT || level == CC_LINK_OTHER_LOOSE
                 || level == CC_LINK_OTHER_CROSS
             ? 2
             : 0;
}

static guint
count_column_signs (CcLinkColumnKind kind, guint level)
{
  switch (kind)
    {
    case CC_LINK_COLUMN_NUMBER:
      return level == CC_LINK_NUMBER_FEW                                    ? 3
             : level == CC_LINK_NUMBER_SOME || level == CC_LINK_NUMBER_SLIP ? 2
                                                                            : 0;
    case CC_LINK_COLUMN_PHONE:
      return level == CC_LINK_NUMBER_FEW || level == CC_LINK_NUMBER_SOME ? 2 : 0;
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
      return level == CC_LINK_TEXT_SAME || level == CC_LINK_TEXT_SAME + 3 ? 2 : 0;
    case CC_LINK_COLUMN_CODE:
    case CC_LINK_COLUMN_CITIZENSHIP:
    default:
      return 0;
    }
}

/**
 * cc_link_count_signs:
 * @levels: how a pair agrees
 *
 * Returns: how many signs the pair shows that both are one person; the entity's own number is
 *   enough by itself
 */
guint
cc_link_count_signs (const CcLinkModel *self, guint64 levels)
{
  guint n = count_name_signs (cc_link_pattern_level (levels, CC_LINK_COMPARE_NAME))
            + count_birth_signs (cc_link_pattern_level (levels, CC_LINK_COMPARE_BIRTH))
            + count_other_signs (cc_link_pattern_level (levels, CC_LINK_COMPARE_ALIAS))
            + count_other_signs (cc_link_pattern_level (levels, CC_LINK_COMPARE_FATHER));

  if (cc_link_pattern_level (levels, CC_LINK_COMPARE_SOURCE) == CC_LINK_SOURCE_SAME_NUMBER)
    n += LEAST_TO_ACCEPT;
  for (guint i = 0; i < self->n_columns; i++)
    n += count_column_signs (self->kinds[i],
                             cc_link_pattern_level (levels, CC_LINK_COMPARE_COLUMN + i));
  return n;
}

/* Whether the records cannot both be right about one person, and no document says that they are. Of
 * two days that differ in one part the other two may be chance, or a parent's and a child's; and
 * whoever shares a family name and no given name may be a twin. */
static gboolean
contradicts (const CcLinkModel *self, guint64 levels)
{
  const guint birth = cc_link_pattern_level (levels, CC_LINK_COMPARE_BIRTH);

  if (cc_link_pattern_level (levels, CC_LINK_COMPARE_SEX) != CC_LINK_SIMPLE_DIFFERENT
      && cc_link_pattern_level (levels, CC_LINK_COMPARE_NAME) < CC_LINK_NAME_RELATIVES
      && birth != CC_LINK_BIRTH_CONFLICT && birth != CC_LINK_BIRTH_SAME)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->kinds[i] == CC_LINK_COLUMN_NUMBER
        && cc_link_pattern_level (levels, CC_LINK_COMPARE_COLUMN + i) == CC_LINK_NUMBER_FEW)
      return FALSE;
  return TRUE;
}

/**
 * cc_link_limit_weight:
 * @levels: how a pair agrees
 * @weight: what it weighs by the model, log odds in 1/64 bit
 *
 * Returns: the same, or less where the pair shows too few signs or contradicts itself (reference
 *   method, sections 5.5 and 5.7)
 */
gint32
cc_link_limit_weight (const CcLinkModel *self, guint64 levels, gint32 weight)
{
  guint signs;

  if (weight <= MOST_TO_TELL)
    return weight;
  signs = cc_link_count_signs (self, levels);
  if (signs < LEAST_TO_GUESS)
    return MOST_TO_TELL;
  return weight > MOST_TO_GUESS && (signs < LEAST_TO_ACCEPT || contradicts (self, levels))
             ? MOST_TO_GUESS
             : weight;
}
