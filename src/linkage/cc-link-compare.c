/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-compare-private.h"
#include "cc-link-word-private.h"

#include <string.h>

/* Bounds of the frequency adjustment: of one word, of all words, of one other value. */
#define WORD_LOW  (-5 * CC_LINK_BIT)
#define WORD_HIGH (6 * CC_LINK_BIT)
#define NAME_LOW  (-6 * CC_LINK_BIT)
#define NAME_HIGH (8 * CC_LINK_BIT)

/* Numbers shorter than this must be equal to count. */
#define SHORT_NUMBER 5

const guint8 cc_link_shift[CC_LINK_MAX_COMPARISONS] = { 0,  5,  11, 14, 17, 19, 21, 24, 27,
                                                        30, 33, 36, 39, 42, 45, 48, 51 };
const guint8 cc_link_mask[CC_LINK_MAX_COMPARISONS] = { 31, 63, 7, 7, 3, 3, 7, 7, 7,
                                                       7,  7,  7, 7, 7, 7, 7, 7 };

enum
{
  ROLE_NAME,
  ROLE_ALIAS,
  ROLE_FATHER,
};

/* The outcome of assigning the words of one list to those of another. */
typedef struct
{
  guint  matched;
  guint  worst;
  gint32 adjust;
  guint  used_a; /* bits of the words that found a partner */
  guint  used_b;
} Assignment;

static gint32
word_adjustment (CcLinkTable             *table,
                 const CcLinkFrequencies *frequencies,
                 guint                    role,
                 guint                    match,
                 guint32                  a,
                 guint32                  b)
{
  const CcLinkToken *ta = cc_link_table_token (table, a);
  const CcLinkToken *tb = cc_link_table_token (table, b);
  gint32             sa = g_array_index (frequencies->skeleton[role], gint16, ta->skeleton);
  gint32             sb = g_array_index (frequencies->skeleton[role], gint16, tb->skeleton);

  /* A rare spelling of a common name is less telling than a rare name, as one writer's spelling is
   * not another's: half way between the frequency of the spelling and that of the skeleton. */
  if (match == CC_LINK_MATCH_EXACT)
    sa = (sa + g_array_index (frequencies->exact[role], gint16, a)) / 2;
  else
    sa = MIN (sa, sb);
  if (match == CC_LINK_MATCH_FUZZY)
    sa += MAX (g_array_index (frequencies->slip[role], gint16, a),
               g_array_index (frequencies->slip[role], gint16, b));
  return CLAMP (sa, WORD_LOW, WORD_HIGH);
}

/* As cc_link_match_words(), which most pairs of words need not be asked. */
static inline guint
match_tokens (CcLinkTable *table, const CcLinkToken *a, const CcLinkToken *b)
{
  return a->skeleton != b->skeleton && (a->n_groups == 0 || b->n_groups == 0) && a->bloom == 0
                 && MIN (a->length, b->length) > 1
                 && !cc_link_word_starts_alike (a->start, b->start)
             ? CC_LINK_MATCH_NONE
             : cc_link_match_words (table, a, b);
}

static void
assign_words (CcLinkTable             *table,
              const CcLinkFrequencies *frequencies,
              guint                    role,
              const guint32           *a,
              guint                    na,
              const guint32           *b,
              guint                    nb,
              Assignment              *result)
{
  guint8 match[CC_LINK_MAX_NAMES][CC_LINK_MAX_NAMES];
  guint  found = 0; /* a bit for each way of matching that came up */

  memset (result, 0, sizeof *result);
  for (guint i = 0; i < na; i++)
    {
      const CcLinkToken *word = cc_link_table_token (table, a[i]);

      for (guint j = 0; j < nb; j++)
        {
          match[i][j] = a[i] == b[j]
                            ? CC_LINK_MATCH_EXACT
                            : match_tokens (table, word, cc_link_table_token (table, b[j]));
          found |= 1u << match[i][j];
        }
    }
  /* Best matches first. Greedy is exact here but for chains of fuzzy matches, which are rarer than
   * a wrong assignment would matter. */
  for (guint level = CC_LINK_MATCH_EXACT; level < CC_LINK_MATCH_NONE; level++)
    for (guint i = 0; i < na && (found & 1u << level); i++)
      for (guint j = 0; j < nb; j++)
        {
          if (match[i][j] != level || (result->used_a & 1u << i) || (result->used_b & 1u << j))
            continue;
          result->used_a |= 1u << i;
          result->used_b |= 1u << j;
          result->matched++;
          result->worst = level;
          result->adjust += word_adjustment (table, frequencies, role, level, a[i], b[j]);
        }
}

/* Whether what matched is a family name only, while both have given names that match nothing. In a
 * name of one field it is not known which word is which: there the other side decides. */
static gboolean
is_relatives (const CcLinkRow *a, const CcLinkRow *b, const Assignment *found)
{
  gboolean given_a = FALSE;
  gboolean given_b = FALSE;
  gboolean family = FALSE;

  for (guint i = 0; i < a->n_names; i++)
    {
      gboolean used = found->used_a & 1u << i;

      if (used && a->roles[i] == CC_LINK_NAME_GIVEN)
        return FALSE;
      family |= used && a->roles[i] == CC_LINK_NAME_FAMILY;
      given_a |= !used && a->roles[i] != CC_LINK_NAME_FAMILY;
    }
  for (guint i = 0; i < b->n_names; i++)
    {
      gboolean used = found->used_b & 1u << i;

      if (used && b->roles[i] == CC_LINK_NAME_GIVEN)
        return FALSE;
      family |= used && b->roles[i] == CC_LINK_NAME_FAMILY;
      given_b |= !used && b->roles[i] != CC_LINK_NAME_FAMILY;
    }
  return family && given_a && given_b;
}

static guint
compare_names (CcLinkTable             *table,
               const CcLinkFrequencies *frequencies,
               const CcLinkRow         *a,
               const CcLinkRow         *b,
               gint32                  *adjust)
{
  Assignment found;
  guint      left;

  if (a->n_names == 0 || b->n_names == 0)
    return 0;
  assign_words (table, frequencies, ROLE_NAME, a->names, a->n_names, b->names, b->n_names, &found);
  if (found.matched == 0)
    return CC_LINK_NAME_NONE;
  /* Siblings share a rare family name as surely as a common one. */
  if (is_relatives (a, b, &found))
    {
      *adjust += CLAMP (found.adjust, NAME_LOW, 0);
      return CC_LINK_NAME_RELATIVES + found.worst;
    }
  *adjust += CLAMP (found.adjust, NAME_LOW, NAME_HIGH);
  left = found.matched == MAX (a->n_names, b->n_names)   ? CC_LINK_LEFT_NOTHING
         : found.matched == MIN (a->n_names, b->n_names) ? CC_LINK_LEFT_ONE_SIDE
                                                         : CC_LINK_LEFT_BOTH;
  return (found.matched > 1 ? CC_LINK_NAME_TWO : CC_LINK_NAME_ONE) + found.worst * 3 + left;
}

static guint
compare_aliases (CcLinkTable             *table,
                 const CcLinkFrequencies *frequencies,
                 const CcLinkRow         *a,
                 const CcLinkRow         *b,
                 gint32                  *adjust)
{
  Assignment found;
  Assignment other;

  if (a->n_aliases > 0 && b->n_aliases > 0)
    {
      assign_words (table, frequencies, ROLE_ALIAS, a->aliases, a->n_aliases, b->aliases,
                    b->n_aliases, &found);
      if (found.matched > 0)
        {
          *adjust += CLAMP (found.adjust, NAME_LOW, NAME_HIGH);
          return CC_LINK_OTHER_EXACT + found.worst;
        }
    }
  /* An alias met again among the other's names; that it is not, says nothing. */
  assign_words (table, frequencies, ROLE_NAME, a->aliases, a->n_aliases, b->names, b->n_names,
                &found);
  assign_words (table, frequencies, ROLE_NAME, b->aliases, b->n_aliases, a->names, a->n_names,
                &other);
  if ((found.matched > 0 && found.worst < CC_LINK_MATCH_FUZZY)
      || (other.matched > 0 && other.worst < CC_LINK_MATCH_FUZZY))
    return CC_LINK_OTHER_CROSS;
  return a->n_aliases > 0 && b->n_aliases > 0 ? CC_LINK_OTHER_DIFFERENT : 0;
}

/* Both state one. */
static guint
compare_fathers (CcLinkTable             *table,
                 const CcLinkFrequencies *frequencies,
                 const CcLinkRow         *a,
                 const CcLinkRow         *b,
                 gint32                  *adjust)
{
  Assignment found;

  assign_words (table, frequencies, ROLE_FATHER, a->fathers, a->n_fathers, b->fathers, b->n_fathers,
                &found);
  if (found.matched == 0)
    return CC_LINK_OTHER_DIFFERENT;
  *adjust += CLAMP (found.adjust, NAME_LOW, NAME_HIGH);
  return CC_LINK_OTHER_EXACT + found.worst;
}

static guint
compare_numbers (CcLinkTable             *table,
                 const CcLinkFrequencies *frequencies,
                 guint                    column,
                 guint32                  a,
                 guint32                  b)
{
  const CcLinkToken *ta;
  const CcLinkToken *tb;

  if (a == b)
    {
      guint32 carriers = g_array_index (frequencies->carriers[column], guint32, a);

      return carriers <= 3    ? CC_LINK_NUMBER_FEW
             : carriers <= 6  ? CC_LINK_NUMBER_SOME
             : carriers <= 10 ? CC_LINK_NUMBER_MANY
                              : 0;
    }
  ta = cc_link_table_value (table, column, a);
  tb = cc_link_table_value (table, column, b);
  return MIN (ta->length, tb->length) > SHORT_NUMBER
                 && cc_link_edit_distance (cc_link_table_text (table, ta), ta->length,
                                           cc_link_table_text (table, tb), tb->length, 1)
                        <= 1
             ? CC_LINK_NUMBER_SLIP
             : CC_LINK_NUMBER_DIFFERENT;
}

/* Both state one. */
static guint
compare_column (CcLinkTable             *table,
                const CcLinkFrequencies *frequencies,
                guint                    column,
                guint                    name_class,
                const CcLinkRow         *a,
                const CcLinkRow         *b,
                gint32                  *adjust)
{
  gboolean same_country = FALSE;
  guint32  va = a->values[column];
  guint32  vb = b->values[column];
  guint    level;

  switch (table->columns[column].kind)
    {
    case CC_LINK_COLUMN_CODE:
    case CC_LINK_COLUMN_CITIZENSHIP:
      if (va != vb)
        return CC_LINK_SIMPLE_DIFFERENT;
      /* Names already tell the country: where they agree, a rare one is no further sign. */
      if (name_class == 0 || table->columns[column].kind == CC_LINK_COLUMN_CODE)
        *adjust += g_array_index (frequencies->value[column], gint16, va);
      return CC_LINK_SIMPLE_EQUAL;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
      return compare_numbers (table, frequencies, column, va, vb);
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
    default:
      level = cc_link_match_words (table, cc_link_table_value (table, column, va),
                                   cc_link_table_value (table, column, vb));
      break;
    }
  level = level <= CC_LINK_MATCH_LOOSE   ? CC_LINK_TEXT_SAME
          : level == CC_LINK_MATCH_FUZZY ? CC_LINK_TEXT_FUZZY
                                         : CC_LINK_TEXT_DIFFERENT;
  if (table->columns[column].kind == CC_LINK_COLUMN_PLACE && table->citizenship >= 0)
    same_country = a->values[table->citizenship] != 0
                   && a->values[table->citizenship] == b->values[table->citizenship];
  /* Within one country all its places are about as likely. */
  if (level != CC_LINK_TEXT_DIFFERENT && !same_country)
    *adjust += MIN (g_array_index (frequencies->value[column], gint16, va),
                    g_array_index (frequencies->value[column], gint16, vb));
  return same_country ? level + 3 : level;
}

/* How rare the year is in which both were born, where they agree on it. */
gint32
cc_link_birth_adjustment (const CcLinkFrequencies *frequencies,
                          guint                    level,
                          const CcLinkRow         *a,
                          const CcLinkRow         *b)
{
  guint kind = (level - 1) % 8 + 1;
  gint  year;

  if (kind != CC_LINK_BIRTH_EQUAL && kind != CC_LINK_BIRTH_SAME)
    return 0;
  /* Two days may share day and month only. */
  if (level == CC_LINK_BIRTH_SAME && a->birth_ymd / 10000 != b->birth_ymd / 10000)
    return 0;
  /* The later beginning lies within both intervals. */
  year = (gint) ((a->birth_first >= b->birth_first ? a : b)->birth_ymd / 10000);
  return frequencies->year[CLAMP (year - 1900, 0, 255)];
}

/**
 * cc_link_compare_names:
 *
 * Compares names, births and sex: what tells most pairs apart.
 *
 * Returns: their levels and frequency adjustments
 */
CcLinkPattern
cc_link_compare_names (CcLinkTable             *table,
                       const CcLinkFrequencies *frequencies,
                       const CcLinkRow         *a,
                       const CcLinkRow         *b)
{
  CcLinkPattern pattern = { 0, 0 };
  guint64       name = compare_names (table, frequencies, a, b, &pattern.adjust);
  guint64       birth = cc_link_compare_births (a, b);
  guint64       sex = 0;

  if (birth > 0)
    pattern.adjust += cc_link_birth_adjustment (frequencies, (guint) birth, a, b);
  if (a->sex != 0 && b->sex != 0)
    sex = a->sex == b->sex ? CC_LINK_SIMPLE_EQUAL : CC_LINK_SIMPLE_DIFFERENT;
  pattern.levels = name << cc_link_shift[CC_LINK_COMPARE_NAME]
                   | birth << cc_link_shift[CC_LINK_COMPARE_BIRTH]
                   | sex << cc_link_shift[CC_LINK_COMPARE_SEX];
  return pattern;
}

static inline void
set_level (CcLinkPattern *pattern, guint comparison, guint level)
{
  pattern->levels |= (guint64) level << cc_link_shift[comparison];
}

/**
 * cc_link_compare_rest:
 * @pattern: from cc_link_compare_names(); the other comparisons are added to it
 */
void
cc_link_compare_rest (CcLinkTable             *table,
                      const CcLinkFrequencies *frequencies,
                      const CcLinkRow         *a,
                      const CcLinkRow         *b,
                      CcLinkPattern           *pattern)
{
  guint class = cc_link_name_class (cc_link_pattern_level (pattern->levels, CC_LINK_COMPARE_NAME));

  if (a->n_aliases > 0 || b->n_aliases > 0)
    set_level (pattern, CC_LINK_COMPARE_ALIAS,
               compare_aliases (table, frequencies, a, b, &pattern->adjust));
  if (a->n_fathers > 0 && b->n_fathers > 0)
    set_level (pattern, CC_LINK_COMPARE_FATHER,
               compare_fathers (table, frequencies, a, b, &pattern->adjust));
  if (a->own_number != 0 && a->own_number == b->own_number && a->entity == b->entity)
    set_level (pattern, CC_LINK_COMPARE_SOURCE, CC_LINK_SOURCE_SAME_NUMBER);
  else if (a->delivery != 0 && a->delivery == b->delivery && a->event != 0 && a->event == b->event)
    set_level (pattern, CC_LINK_COMPARE_SOURCE, CC_LINK_SOURCE_CO_VICTIMS);
  for (guint i = 0; i < table->n_columns; i++)
    if (a->values[i] != 0 && b->values[i] != 0)
      set_level (pattern, CC_LINK_COMPARE_COLUMN + i,
                 compare_column (table, frequencies, i, class, a, b, &pattern->adjust));
}

/**
 * cc_link_compare:
 *
 * Compares two prepared records.
 *
 * Returns: a level per comparison and the sum of the frequency adjustments
 */
CcLinkPattern
cc_link_compare (CcLinkTable             *table,
                 const CcLinkFrequencies *frequencies,
                 const CcLinkRow         *a,
                 const CcLinkRow         *b)
{
  CcLinkPattern pattern = cc_link_compare_names (table, frequencies, a, b);

  cc_link_compare_rest (table, frequencies, a, b, &pattern);
  return pattern;
}
