/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-review-data.h"

G_BEGIN_DECLS

/* Questions that are read before they are asked for, so that the next one is there at once. On the
 * main loop only. */
typedef struct _CcReviewAhead CcReviewAhead;

/* A question has been read (shown borrowed), or could not be (error). */
typedef void (*CcReviewAheadFunc) (CcReviewShown *shown, const GError *error, gpointer user_data);

CcReviewAhead *cc_review_ahead_new (CcReviewAheadFunc func, gpointer user_data);

/* Ends all reading; the function is not called any more. */
void cc_review_ahead_free (CcReviewAhead *self);

/* Forgets everything and reads from that session from now on; NULL: from none. */
void cc_review_ahead_start (CcReviewAhead *self, CcSession *session);

void           cc_review_ahead_read (CcReviewAhead *self, const CcReviewItem *item);
CcReviewShown *cc_review_ahead_find (CcReviewAhead *self, gint64 proposal);
void           cc_review_ahead_forget (CcReviewAhead *self, gint64 proposal);

G_END_DECLS
