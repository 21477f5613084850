/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-compare-private.h"

G_BEGIN_DECLS

/* One distinct outcome of comparing pairs, and how many pairs had it. */
typedef struct
{
  guint64 key; /* levels, and the adjustment in half bits above them */
  guint64 count;
} CcLinkPatternCount;

/* A pair that a person decided about. */
typedef struct
{
  guint64  key; /* of what the pair shows */
  gboolean same;
} CcLinkLabel;

/* Pattern counts of three sets of pairs: candidates (all that blocking produced, or a known share
 * of them), random pairs, and random pairs that share the skeleton of a name. */
typedef struct
{
  GArray *candidates;
  GArray *random;
  GArray *namesakes;
  double  candidate_scale; /* candidates per candidate counted */
  double  n_pairs;         /* all pairs of the table */
  double  n_lost;          /* pairs with two names in common that blocking did not produce */
  GArray *labels;          /* CcLinkLabel; NULL where none teach */
  double  sharing[CC_LINK_NAME_LEVELS]; /* pairs that share a skeleton, by level of the names */
} CcLinkSample;

typedef struct
{
  guint  n_levels;
  guint8 group[CC_LINK_MAX_LEVELS]; /* levels of one group sum to one; 0 = weight is fixed */
  double prior[CC_LINK_MAX_LEVELS]; /* expected share among matches, within the group */
  double m[CC_LINK_MAX_LEVELS];
  double u[CC_LINK_CLASSES][CC_LINK_MAX_LEVELS]; /* by class of name agreement */
  gint32 weight[CC_LINK_CLASSES][CC_LINK_MAX_LEVELS];
} CcLinkComparison;

typedef struct
{
  guint            n_comparisons;
  guint            n_columns;
  CcLinkColumnKind kinds[CC_LINK_MAX_COLUMNS];
  CcLinkComparison comparisons[CC_LINK_MAX_COMPARISONS];
  double           matches; /* expected number of matching pairs */
  double           pairs;   /* all pairs */
  gint32           prior;   /* log odds of a match before any evidence */
  double           relief;  /* see cc_link_find_relief () */
} CcLinkModel;

#define CC_LINK_ADJUST_SHIFT 57

static inline guint64
cc_link_pattern_key (CcLinkPattern pattern)
{
  gint32 half_bits = (pattern.adjust + 16 * CC_LINK_BIT + 16) / 32;

  return pattern.levels | (guint64) CLAMP (half_bits, 0, 127) << CC_LINK_ADJUST_SHIFT;
}

static inline gint32
cc_link_pattern_key_adjust (guint64 key)
{
  return (gint32) (key >> CC_LINK_ADJUST_SHIFT) * 32 - 16 * CC_LINK_BIT;
}

static inline gint32
cc_link_model_weigh (const CcLinkModel *self, CcLinkPattern pattern)
{
  guint class = cc_link_name_class (pattern.levels & 31);
  gint32 weight = self->prior + pattern.adjust;

  for (guint i = 0; i < self->n_comparisons; i++)
    weight += self->comparisons[i].weight[class][cc_link_pattern_level (pattern.levels, i)];
  return weight;
}

void cc_link_model_init (CcLinkModel *self, CcLinkTable *table);
void cc_link_model_train (CcLinkModel *self, const CcLinkSample *sample, GCancellable *cancellable);
double cc_link_model_match_probability (const CcLinkModel *self, guint64 key);
double cc_link_find_relief (const CcLinkModel *self, const CcLinkSample *sample);
double cc_link_weight_to_probability (gint32 weight);
gint32 cc_link_probability_to_weight (double probability);
void   cc_link_model_set_weights (CcLinkModel *self);
char  *cc_link_model_to_text (const CcLinkModel *self, CcLinkTable *table);
gboolean
cc_link_model_from_text (CcLinkModel *self, CcLinkTable *table, const char *text, GError **error);

/* What a level of a comparison found, as a stable word; kind: of a column. */
char *cc_link_outcome_word (guint comparison, CcLinkColumnKind kind, guint level);

G_END_DECLS
