/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-table-private.h"

G_BEGIN_DECLS

/* Weights are integers of 1/64 bit, so that sums do not depend on order or threads. */
#define CC_LINK_BIT 64

/* The comparisons of one pair. The columns of the table follow CC_LINK_COMPARE_COLUMN. */
enum
{
  CC_LINK_COMPARE_NAME,
  CC_LINK_COMPARE_BIRTH,
  CC_LINK_COMPARE_ALIAS,
  CC_LINK_COMPARE_FATHER,
  CC_LINK_COMPARE_SEX,
  CC_LINK_COMPARE_SOURCE,
  CC_LINK_COMPARE_COLUMN,
};

#define CC_LINK_MAX_COMPARISONS (CC_LINK_COMPARE_COLUMN + CC_LINK_MAX_COLUMNS)
#define CC_LINK_MAX_LEVELS      64

/* Level 0 of every comparison is "not comparable" and weighs nothing. */

/* Names: no word matches; or one word matches: by exactness (3) times what is left over; or two or
 * more match: by exactness (3) times what is left over; or only family names match while both have
 * other given names, as with siblings: by exactness (3). */
enum
{
  CC_LINK_NAME_NONE = 1,
  CC_LINK_NAME_ONE = 2,        /* + exactness * 3 + CC_LINK_LEFT_... (3) */
  CC_LINK_NAME_TWO = 11,       /* + exactness * 3 + CC_LINK_LEFT_... (3) */
  CC_LINK_NAME_RELATIVES = 20, /* + exactness */
  CC_LINK_NAME_LEVELS = 23,
};

enum
{
  CC_LINK_LEFT_NOTHING,  /* all words of both found a partner */
  CC_LINK_LEFT_ONE_SIDE, /* all words of the shorter name did */
  CC_LINK_LEFT_BOTH,     /* words are left over on both sides */
};

enum
{
  CC_LINK_MATCH_EXACT,
  CC_LINK_MATCH_LOOSE,
  CC_LINK_MATCH_FUZZY,
  CC_LINK_MATCH_NONE,
};

/* Births: (pair of precisions) * 8 + one of these. */
enum
{
  CC_LINK_BIRTH_EQUAL = 1,
  CC_LINK_BIRTH_SLIP,    /* day and month swapped, one digit off, a day off */
  CC_LINK_BIRTH_SAME,    /* same month or year as far as known, or intervals overlap; of two days:
                            two of day, month and year are the same */
  CC_LINK_BIRTH_WITHIN1, /* within a year of that */
  CC_LINK_BIRTH_WITHIN2,
  CC_LINK_BIRTH_YEARSLIP, /* year off by ten, or its last digits swapped */
  CC_LINK_BIRTH_WITHIN5,
  CC_LINK_BIRTH_CONFLICT,
};
#define CC_LINK_BIRTH_CLASSES 7
#define CC_LINK_BIRTH_LEVELS  (1 + 8 * CC_LINK_BIRTH_CLASSES)

/* Alias and father's name. */
enum
{
  CC_LINK_OTHER_EXACT = 1,
  CC_LINK_OTHER_LOOSE,
  CC_LINK_OTHER_FUZZY,
  CC_LINK_OTHER_CROSS, /* alias of one is a name of the other */
  CC_LINK_OTHER_DIFFERENT,
  CC_LINK_OTHER_LEVELS,
};

enum
{
  CC_LINK_SIMPLE_EQUAL = 1,
  CC_LINK_SIMPLE_DIFFERENT,
  CC_LINK_SIMPLE_LEVELS,
};

/* What the source says by itself: its own number twice, or two rows of one delivery about one case.
 */
enum
{
  CC_LINK_SOURCE_SAME_NUMBER = 1,
  CC_LINK_SOURCE_CO_VICTIMS,
  CC_LINK_SOURCE_LEVELS,
};

/* Places and texts; with the same citizenship on both sides 3 more. */
enum
{
  CC_LINK_TEXT_SAME = 1,
  CC_LINK_TEXT_FUZZY,
  CC_LINK_TEXT_DIFFERENT,
  CC_LINK_TEXT_LEVELS = 7,
};

/* Documents and phones by how many records carry the value. */
enum
{
  CC_LINK_NUMBER_FEW = 1, /* up to 3 records */
  CC_LINK_NUMBER_SOME,    /* up to 6 */
  CC_LINK_NUMBER_MANY,    /* up to 10; beyond that the value says nothing */
  CC_LINK_NUMBER_SLIP,    /* one character off */
  CC_LINK_NUMBER_DIFFERENT,
  CC_LINK_NUMBER_LEVELS,
};

/* How common each value is, as additions to the weight of a match on it, in 1/64 bit. */
typedef struct
{
  GArray *exact[3];                      /* gint16 by token: names, aliases, fathers */
  GArray *skeleton[3];                   /* gint16 by skeleton */
  GArray *slip[3];                       /* gint16 by token, at most 0: see weigh_slips () */
  GArray *value[CC_LINK_MAX_COLUMNS];    /* gint16 by value */
  GArray *carriers[CC_LINK_MAX_COLUMNS]; /* guint32 by value: records that carry it */
  gint16  year[256];                     /* by year of birth - 1900 */
} CcLinkFrequencies;

/* What comparing one pair found: a level per comparison, packed, and the frequency adjustment. */
typedef struct
{
  guint64 levels;
  gint32  adjust;
} CcLinkPattern;

extern const guint8 cc_link_shift[CC_LINK_MAX_COMPARISONS];
extern const guint8 cc_link_mask[CC_LINK_MAX_COMPARISONS];

static inline guint
cc_link_pattern_level (guint64 levels, guint comparison)
{
  return (levels >> cc_link_shift[comparison]) & cc_link_mask[comparison];
}

/* What the chances of the other comparisons depend on: names agree in no, one or several words, or
 * only as those of siblings do, who share much else. */
#define CC_LINK_CLASSES         4
#define CC_LINK_CLASS_RELATIVES 3

static inline guint
cc_link_name_class (guint name_level)
{
  return name_level >= CC_LINK_NAME_RELATIVES ? CC_LINK_CLASS_RELATIVES
         : name_level >= CC_LINK_NAME_TWO     ? 2
         : name_level >= CC_LINK_NAME_ONE     ? 1
                                              : 0;
}

/* Words are left over on both sides: full names that differ in part. */
static inline gboolean
cc_link_name_conflicts (guint name_level)
{
  if (name_level >= CC_LINK_NAME_RELATIVES)
    return TRUE;
  if (name_level >= CC_LINK_NAME_TWO)
    return (name_level - CC_LINK_NAME_TWO) % 3 == CC_LINK_LEFT_BOTH;
  return name_level >= CC_LINK_NAME_ONE && (name_level - CC_LINK_NAME_ONE) % 3 == CC_LINK_LEFT_BOTH;
}

CcLinkFrequencies *cc_link_frequencies_new (CcLinkTable *table, const guint32 *cluster_of);
void               cc_link_frequencies_free (CcLinkFrequencies *self);

CcLinkPattern cc_link_compare (CcLinkTable             *table,
                               const CcLinkFrequencies *frequencies,
                               const CcLinkRow         *a,
                               const CcLinkRow         *b);
CcLinkPattern cc_link_compare_names (CcLinkTable             *table,
                                     const CcLinkFrequencies *frequencies,
                                     const CcLinkRow         *a,
                                     const CcLinkRow         *b);
void          cc_link_compare_rest (CcLinkTable             *table,
                                    const CcLinkFrequencies *frequencies,
                                    const CcLinkRow         *a,
                                    const CcLinkRow         *b,
                                    CcLinkPattern           *pattern);
gint32        cc_link_birth_adjustment (const CcLinkFrequencies *frequencies,
                                        guint                    level,
                                        const CcLinkRow         *a,
                                        const CcLinkRow         *b);
guint         cc_link_match_words (CcLinkTable *table, const CcLinkToken *a, const CcLinkToken *b);
guint         cc_link_edit_distance (const char *a, guint la, const char *b, guint lb, guint limit);
guint         cc_link_compare_births (const CcLinkRow *a, const CcLinkRow *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkFrequencies, cc_link_frequencies_free)

G_END_DECLS
