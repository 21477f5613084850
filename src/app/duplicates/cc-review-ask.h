/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-review.h>

G_BEGIN_DECLS

/* What a question asks, what its answers mean and what was decided: in a group nobody must guess
 * who is different from whom. Pure functions in the window's language. kind: VI, PE or EV;
 * n_records: of the question; n_persons: as they are joined now, so that more than two are a group.
 * const char * are static, char * newly allocated. */

/* The heading. */
char *cc_review_ask (const char *kind, guint n_records, guint n_persons);

/* What the answers mean, below it; NULL where the heading says everything. */
char *cc_review_explain_question (const char *kind, guint n_records, guint n_persons);

/* "Same", of a group "All the Same". */
const char *cc_review_get_button_word (CcVerdict verdict, guint n_persons);

/* "No two of these 4 records are the same person" */
char *
cc_review_explain_verdict (CcVerdict verdict, const char *kind, guint n_records, guint n_persons);

/* For the toast after a decision. taken_out: about one record of a group. */
char *cc_review_describe_decided (CcVerdict   verdict,
                                  const char *kind,
                                  guint       n_records,
                                  guint       n_persons,
                                  gboolean    taken_out);

G_END_DECLS
