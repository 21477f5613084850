/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cc-review-filter.h"
#include "cc-session.h"

G_BEGIN_DECLS

/* One question of the queue as a list shows it. Its "title", the names of the records, is read when
 * somebody looks at it. */
#define CC_TYPE_REVIEW_ENTRY (cc_review_entry_get_type ())
G_DECLARE_FINAL_TYPE (CcReviewEntry, cc_review_entry, CC, REVIEW_ENTRY, GObject)

const CcReviewItem *cc_review_entry_get_item (CcReviewEntry *self);
const char         *cc_review_entry_get_title (CcReviewEntry *self);

/* The queue as a list of CcReviewEntry: a snapshot of which some questions are shown. Entries are
 * made when they are asked for. */
#define CC_TYPE_REVIEW_MODEL (cc_review_model_get_type ())
G_DECLARE_FINAL_TYPE (CcReviewModel, cc_review_model, CC, REVIEW_MODEL, GObject)

CcReviewModel *cc_review_model_new (void);
void           cc_review_model_clear (CcReviewModel *self);

/* queue: (transfer full) */
void cc_review_model_set_queue (CcReviewModel *self, CcSession *session, CcReviewQueue *queue);
void cc_review_model_set_filter (CcReviewModel *self, const CcReviewFilter *filter);

/* Position of the question, -1 where it is not shown. */
int                 cc_review_model_find (CcReviewModel *self, gint64 proposal);
const CcReviewItem *cc_review_model_get_item (CcReviewModel *self, guint position);

/* Takes a question out that has been decided. */
void  cc_review_model_remove (CcReviewModel *self, gint64 proposal);
guint cc_review_model_get_n_open (CcReviewModel *self);

G_END_DECLS
