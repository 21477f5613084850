/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/store/cc-decision.h>

#include "cc-review-data.h"

G_BEGIN_DECLS

#define CC_TYPE_REVIEW_VIEW (cc_review_view_get_type ())
G_DECLARE_FINAL_TYPE (CcReviewView, cc_review_view, CC, REVIEW_VIEW, AdwBin)

/* The desk of whoever reviews: queue, records beside each other, and the verdicts. The next
 * questions are read ahead, so that a decision shows the next one at once; the act runs meanwhile,
 * and further verdicts are ignored until it is done.
 *
 * Signals: "kind-selected", "reload" (the queue must be read anew), "changed" (what the actions can
 * do has changed). */

/* load: (transfer full): with a queue */
void          cc_review_view_set_load (CcReviewView *self, CcSession *session, CcReviewLoad *load);
CcReviewWish *cc_review_view_create_wish (CcReviewView *self);
const char   *cc_review_view_get_kind (CcReviewView *self);

/* Shows a question once the queue has it. */
void cc_review_view_select (CcReviewView *self, gint64 proposal);

gboolean cc_review_view_is_busy (CcReviewView *self);
gboolean cc_review_view_has_question (CcReviewView *self);
gboolean cc_review_view_is_group (CcReviewView *self);
gboolean cc_review_view_can_undo (CcReviewView *self);

void     cc_review_view_decide (CcReviewView *self, CcVerdict verdict);
void     cc_review_view_take_out (CcReviewView *self, int column); /* -1: the marked one */
void     cc_review_view_undo (CcReviewView *self);
gboolean cc_review_view_move (CcReviewView *self, int by);
void     cc_review_view_mark (CcReviewView *self, int by);
void     cc_review_view_set_reason (CcReviewView *self, guint index);
void     cc_review_view_write_note (CcReviewView *self);
void     cc_review_view_set_show_evidence (CcReviewView *self, gboolean show);
void     cc_review_view_toggle_queue (CcReviewView *self);
void     cc_review_view_take_focus (CcReviewView *self);

G_END_DECLS
