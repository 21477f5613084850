/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-review.h>

G_BEGIN_DECLS

/* Which questions of the queue are shown. */
typedef struct
{
  gboolean bands[CC_REVIEW_N_BANDS];
  gint64   agency; /* one side at least, 0 for any */
  gint64   other;  /* the other side, 0 for any */
  gboolean only_changed;
  gboolean only_undecided;
} CcReviewFilter;

void     cc_review_filter_init (CcReviewFilter *self);
gboolean cc_review_filter_is_set (const CcReviewFilter *self);
gboolean cc_review_filter_matches (const CcReviewFilter *self, const CcReviewItem *item);

/* How fast this session's decisions come, and so how long the rest takes. */
typedef struct
{
  guint  n_decided;
  gint64 last;      /* monotonic microseconds of the last decision, 0 at first */
  double seconds;   /* spent on decisions that count */
  guint  n_counted; /* decisions that count: those after a break do not */
} CcReviewPace;

void   cc_review_pace_note (CcReviewPace *self, gint64 now);
void   cc_review_pace_take_back (CcReviewPace *self);
double cc_review_pace_seconds_left (const CcReviewPace *self, guint n_open);

G_END_DECLS
