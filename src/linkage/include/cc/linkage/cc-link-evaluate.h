/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-engine.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 true_pairs;
  guint64 found;   /* pairs said to be one */
  guint64 correct; /* of these */
  double  precision;
  double  recall;
  double  f1;
} CcLinkScore;

typedef struct
{
  guint64 n_proposals;
  guint64 n_true_proposals;
  double  probability; /* mean */
} CcLinkBand;

/* The protocol of evaluation: recall is over all true pairs, blocked or not. Figures of pairs are
 * those of a run that joins nothing: with an accept level one proposal stands for all pairs between
 * two groups. */
typedef struct
{
  double      reach; /* share of true pairs that meet in a block */
  CcLinkScore pairs50;
  CcLinkScore pairs90;
  CcLinkScore pairs99;
  CcLinkScore clusters;
  CcLinkScore accepted; /* pairs within the clusters joined without a person */
  double      bcubed;   /* F1 */
  double      exact;    /* share of true entities found exactly */
  guint       largest;  /* cluster */
  CcLinkBand  bands[10];
  double      calibration_error; /* mean |observed - stated| weighted by pairs */
  guint64     n_open;            /* proposals that wait for a person */
  double      covered;           /* share of true pairs joined or open */
} CcLinkEvaluation;

void cc_link_evaluate (CcLinkTable        *table,
                       const CcLinkResult *result,
                       const guint32      *truth,
                       CcLinkEvaluation   *out);

G_END_DECLS
