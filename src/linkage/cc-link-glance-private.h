/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-model-private.h"

G_BEGIN_DECLS

#define CC_LINK_GLANCE_WORDS 4

/* What a quick look at a record needs of its names. */
typedef struct
{
  guint32 skeletons[CC_LINK_GLANCE_WORDS];
  guint32 letters[CC_LINK_GLANCE_WORDS]; /* bit 0: the word belongs to a variant group */
  gint16  rarity[CC_LINK_GLANCE_WORDS];  /* the most a match on the word adds */
  guint32 starts[CC_LINK_GLANCE_WORDS];  /* the first four letters, 0 for shorter words */
  guint8  n_letters[CC_LINK_GLANCE_WORDS];
  guint8  n_words;
  guint16 columns; /* one bit per column with a value, citizenship apart */
} CcLinkGlance;

/* Bounds of what a pair can weigh, taken from a model. */
typedef struct
{
  const CcLinkFrequencies *frequencies;
  gint32                   prior;
  gint32                   birth[CC_LINK_MAX_LEVELS];
  gint32                   most_birth;
  gint32                   sex[CC_LINK_SIMPLE_LEVELS];
  gint32                   citizenship[CC_LINK_SIMPLE_LEVELS];
  gint32                   none;        /* no word matches */
  gint32                   one;         /* one word matches */
  gint32                   one_of_more; /* one word matches and both have more */
  gint32                   several;
  gint32                   alias;
  gint32                   father;
  gint32                   source;
  gint32                   column[CC_LINK_MAX_COLUMNS]; /* any agreement, rarity included */
  gint32                   cross;
  gint32                   year; /* the rarest year of birth */
} CcLinkBounds;

CcLinkGlance *cc_link_glance_new (CcLinkTable *table, const CcLinkFrequencies *frequencies);
void          cc_link_bounds_init (CcLinkBounds            *self,
                                   CcLinkTable             *table,
                                   const CcLinkFrequencies *frequencies,
                                   const CcLinkModel       *model);

gboolean cc_link_bounds_score (const CcLinkBounds *self,
                               CcLinkTable        *table,
                               const CcLinkModel  *model,
                               const CcLinkRow    *a,
                               const CcLinkRow    *b,
                               const CcLinkGlance *ga,
                               const CcLinkGlance *gb,
                               gint32              keep,
                               CcLinkPattern      *pattern,
                               gint32             *weight);

G_END_DECLS
