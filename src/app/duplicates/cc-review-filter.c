/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-filter.h"

/* Who looks at one question for longer than this has done something else in between. */
#define LONGEST_SECONDS 120

/* A pace is known after this many decisions. */
#define LEAST_COUNTED 3

void
cc_review_filter_init (CcReviewFilter *self)
{
  *self = (CcReviewFilter){ .agency = 0 };
  for (guint i = 0; i < CC_REVIEW_N_BANDS; i++)
    self->bands[i] = TRUE;
}

gboolean
cc_review_filter_is_set (const CcReviewFilter *self)
{
  for (guint i = 0; i < CC_REVIEW_N_BANDS; i++)
    if (!self->bands[i])
      return TRUE;
  return self->agency != 0 || self->other != 0 || self->only_changed || self->only_undecided;
}

/* Two different records of the item are of the two agencies; one agency asked for twice means two
 * records of it. */
static gboolean
matches_agencies (const CcReviewFilter *self, const CcReviewItem *item)
{
  for (guint i = 0; i < item->n_records; i++)
    for (guint j = 0; j < item->n_records; j++)
      if (i != j && (self->agency == 0 || item->entities[i] == self->agency)
          && (self->other == 0 || item->entities[j] == self->other))
        return TRUE;
  return FALSE;
}

gboolean
cc_review_filter_matches (const CcReviewFilter *self, const CcReviewItem *item)
{
  return self->bands[item->band] && (!self->only_changed || item->changed)
         && (!self->only_undecided || item->undecided) && matches_agencies (self, item);
}

void
cc_review_pace_note (CcReviewPace *self, gint64 now)
{
  const double seconds = (double) (now - self->last) / G_USEC_PER_SEC;

  if (self->last != 0 && seconds <= LONGEST_SECONDS)
    {
      self->seconds += seconds;
      self->n_counted++;
    }
  self->last = now;
  self->n_decided++;
}

void
cc_review_pace_take_back (CcReviewPace *self)
{
  if (self->n_decided > 0)
    self->n_decided--;
}

/**
 * Returns: seconds that n_open questions take at the pace of this session; below 0 while that is
 *   not known
 */
double
cc_review_pace_seconds_left (const CcReviewPace *self, guint n_open)
{
  return self->n_counted < LEAST_COUNTED ? -1 : self->seconds / self->n_counted * n_open;
}
