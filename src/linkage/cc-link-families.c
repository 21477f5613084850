/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

#include <math.h>

/* Fields that a family shares and that agree, from which a pair shows that it may be one. */
#define FAMILY_FIELDS 2

/* Bits by which persons must outnumber families before that says anything: the share of brothers
 * and sisters that are twins is about that of persons whose given name is another one. */
#define CAUTION 3

/* Whether the fields that a family shares agree in all that both records say of them, and in
 * enough: father, telephone, places and addresses. */
static gboolean
shows_family (const CcLinkModel *self, guint64 key)
{
  const guint father = cc_link_pattern_level (key, CC_LINK_COMPARE_FATHER);
  guint       same = father == CC_LINK_OTHER_EXACT || father == CC_LINK_OTHER_LOOSE;

  if (father > 0 && !same)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      const guint level = cc_link_pattern_level (key, CC_LINK_COMPARE_COLUMN + i);

      if (level == 0)
        continue;
      switch (self->kinds[i])
        {
        case CC_LINK_COLUMN_PHONE:
          same += level <= CC_LINK_NUMBER_MANY;
          break;
        case CC_LINK_COLUMN_PLACE:
        case CC_LINK_COLUMN_TEXT:
          if ((level - 1) % 3 + 1 == CC_LINK_TEXT_DIFFERENT)
            return FALSE;
          same++;
          break;
        case CC_LINK_COLUMN_CITIZENSHIP:
        case CC_LINK_COLUMN_CODE:
        case CC_LINK_COLUMN_NUMBER:
        default:
          break;
        }
    }
  return same >= FAMILY_FIELDS;
}

/* Brothers and sisters who are no twins: born more than a slip of the pen apart. */
static gboolean
born_apart (guint64 key)
{
  const guint birth = cc_link_pattern_level (key, CC_LINK_COMPARE_BIRTH);

  return birth > 0 && (birth - 1) % 8 + 1 >= CC_LINK_BIRTH_WITHIN2;
}

/**
 * cc_link_find_relief:
 *
 * What a family shares must not add up to one person, and twins share the day of birth, too. How
 * much of a danger that is shows in the file: where there are twins there are brothers and sisters,
 * some fifty times as many. Where records of one person agree in father, place and address by
 * hundreds and nobody of the same family name and another birth does, the same day of birth is
 * hardly that of twins, but that of one person whose given name was written down wrong.
 *
 * Returns: by how many bits the limits of agreement between possible relatives may be raised, from
 * 0 where families show nearly as often as persons
 */
double
cc_link_find_relief (const CcLinkModel *self, const CcLinkSample *sample)
{
  double persons = 0;
  double families = 0;

  for (guint i = 0; i < sample->candidates->len; i++)
    {
      const CcLinkPatternCount *at = &g_array_index (sample->candidates, CcLinkPatternCount, i);
      const gboolean            relatives =
          cc_link_name_class (cc_link_pattern_level (at->key, CC_LINK_COMPARE_NAME))
          == CC_LINK_CLASS_RELATIVES;

      if ((relatives && !born_apart (at->key)) || !shows_family (self, at->key))
        continue;
      if (relatives)
        families += at->count;
      else
        persons += at->count * cc_link_model_match_probability (self, at->key);
    }
  return MAX (log2 (MAX (persons * sample->candidate_scale, 1)
                    / (families * sample->candidate_scale + 1))
                  - CAUTION,
              0);
}
