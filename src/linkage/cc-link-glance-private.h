/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-model-private.h"

G_BEGIN_DECLS

#define CC_LINK_GLANCE_WORDS 4
#define CC_LINK_RARITY_STEP  4

/* What a quick look at a record needs of its names. */
typedef struct
{
  guint32 skeletons[CC_LINK_GLANCE_WORDS];
  guint32 letters[CC_LINK_GLANCE_WORDS]; /* bit 0: the word belongs to a variant group */
  guint32 starts[CC_LINK_GLANCE_WORDS];  /* the first four letters, 0 for shorter words */
  gint16  rarity[CC_LINK_GLANCE_WORDS];  /* the most a match on the word adds */
  guint8  n_letters[CC_LINK_GLANCE_WORDS];
  guint8  n_words;
  guint8  rarities; /* the most that matches on all words add, in CC_LINK_RARITY_STEP */
  guint16 columns;  /* one bit per column with a value */
} CcLinkGlance;

G_STATIC_ASSERT (sizeof (CcLinkGlance) == 64);

/* A weight for each class of name agreement. */
typedef gint32 CcLinkLanes __attribute__ ((vector_size (4 * CC_LINK_CLASSES)));

G_STATIC_ASSERT (sizeof (CcLinkLanes) == 4 * CC_LINK_CLASSES);

/* The most that two values of a column weigh. */
typedef struct
{
  CcLinkLanes same;
  CcLinkLanes same_country; /* the same value, and the same citizenship */
  CcLinkLanes other;
  CcLinkLanes other_country;
  CcLinkLanes akin; /* another value of the same skeleton */
  CcLinkLanes akin_country;
  gboolean    has_skeletons;
} CcLinkColumnBounds;

/* Bounds of what a pair can weigh, taken from a model. */
typedef struct
{
  const CcLinkFrequencies *frequencies;
  CcLinkLanes              birth[CC_LINK_BIRTH_LEVELS];
  CcLinkLanes              sex[CC_LINK_SIMPLE_LEVELS];
  CcLinkLanes              aliases; /* both have aliases */
  CcLinkLanes              alias;   /* one has */
  CcLinkLanes              father;
  CcLinkLanes              source;
  CcLinkColumnBounds       columns[CC_LINK_MAX_COLUMNS];
  CcLinkLanes              names; /* any agreement of names, without their rarity */
  gint32                   prior;
  gint32                   none; /* no word matches */
  gint32 one[2][3];              /* one word matches: surely; by letters too; by what is left */
  gint32 several[3];             /* two or more do, surely; by what is left */
  gint32 most_several;
  gint32 relatives[2]; /* no more than family names do: surely; by letters too */
} CcLinkBounds;

CcLinkGlance *cc_link_glance_new (CcLinkTable *table, const CcLinkFrequencies *frequencies);
CcLinkLanes   cc_link_glance_names (const CcLinkBounds *self,
                                    const CcLinkRow    *a,
                                    const CcLinkRow    *b,
                                    const CcLinkGlance *ga,
                                    const CcLinkGlance *gb);

void     cc_link_bounds_init (CcLinkBounds            *self,
                              CcLinkTable             *table,
                              const CcLinkFrequencies *frequencies,
                              const CcLinkModel       *model);
gboolean cc_link_bounds_admit (const CcLinkBounds *self,
                               CcLinkTable        *table,
                               const CcLinkRow    *a,
                               const CcLinkRow    *b,
                               const CcLinkGlance *ga,
                               const CcLinkGlance *gb,
                               gint32              keep,
                               CcLinkLanes        *others);
gboolean cc_link_bounds_score (const CcLinkBounds *self,
                               CcLinkTable        *table,
                               const CcLinkModel  *model,
                               const CcLinkRow    *a,
                               const CcLinkRow    *b,
                               const CcLinkLanes  *others,
                               gint32              keep,
                               CcLinkPattern      *pattern,
                               gint32             *weight);

G_END_DECLS
