/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-review.h>

#include "cc-review-data.h"

G_BEGIN_DECLS

/* What one act of a reviewer needs in the writer's thread. */
typedef struct
{
  gpointer  owner; /* the widget that waits for the act, held; the act does not touch it */
  gint64    proposal;
  CcVerdict verdict;
  gint64    records[CC_REVIEW_MOST_RECORDS];
  guint     n_records;
  char      kind[3];   /* what the records tell of */
  guint     n_persons; /* as the question was asked */
  gint64    taken_out; /* a record that the others are not one with, 0 for none */
  gboolean  regroup;   /* what is left must be asked anew */
  gint64    seq;       /* of undo: the act to take back */
  char     *reason;
} CcReviewDecision;

/* A decision of this session, and the question that it answered. */
typedef struct
{
  gint64 seq;
  gint64 proposal;
} CcReviewDecided;

/* acts: CcReviewDecided, the oldest first. create_wish: (transfer full): asks which of them still
 * stand. take_undone: takes those that do not (gint64: their numbers) out of acts and returns the
 * question to go back to, 0 where there is none. */
CcReviewWish *cc_review_acts_create_wish (const GArray *acts, const char *kind);
gint64        cc_review_acts_take_undone (GArray *acts, const GArray *undone);

/* CcActFunc, with a CcReviewDecision */
gboolean cc_review_decision_act (CcAct *act, gpointer decision, GError **error);
gboolean cc_review_undo_act (CcAct *act, gpointer decision, GError **error);
void     cc_review_decision_free (CcReviewDecision *self);

/* What was decided, for a toast. Free it. */
char *cc_review_decision_describe (const CcReviewDecision *self);

G_END_DECLS
