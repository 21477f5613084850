/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-review.h>

#include "cc-session.h"
#include "cc-review-filter.h"

G_BEGIN_DECLS

/* The words and sentences of the page: pure functions, in the window's language. const char* are
 * static, char* are newly allocated. */

#define CC_REVIEW_N_REASONS 6

const char *cc_review_get_unit_title (const char *kind);
const char *cc_review_get_unit_name (const char *kind);
const char *cc_review_get_band_word (CcReviewBand band);
const char *cc_review_get_state_word (CcCompareState state);
const char *cc_review_get_state_sign (CcCompareState state);
const char *cc_review_get_group_title (CcCompareGroup group);
const char *cc_review_get_verdict_word (CcVerdict verdict);
const char *cc_review_get_no_value_word (CcNoValue no_value);
const char *cc_review_get_rule_sentence (const char *rule);

/* The reasons that are kept as stable words, numbered from 0 as their keys are from 1. */
const char *cc_review_get_reason_key (guint index);
const char *cc_review_get_reason_word (guint index);
char       *cc_review_make_reason (int index, const char *note);
char       *cc_review_describe_reason (const char *reason);

char *cc_review_describe_progress (CcSession *session, const CcReviewPace *pace, guint n_open);
char *cc_review_describe_new (CcSession *session, gint64 n_new);
char *cc_review_describe_cell (CcSession *session, const CcCompareCell *cell);
char *cc_review_describe_reading (CcSession *session, const CcCompareCell *cell);
char *cc_review_describe_row (CcSession *session, const CcCompareRow *row);
char *cc_review_describe_head (CcSession *session, const CcReviewRecord *record);

/* What the machine compared, in words. */
char       *cc_review_describe_comparison (const char *comparison);
char       *cc_review_describe_outcome (const char *outcome);
char       *cc_review_describe_bits (CcSession *session, double bits);
const char *cc_review_get_strength_word (double bits);
char       *cc_review_describe_weight (CcSession *session, double bits);
char       *cc_review_describe_sum (CcSession *session, double bits);
char       *cc_review_describe_probability (CcSession *session, double probability);

G_END_DECLS
