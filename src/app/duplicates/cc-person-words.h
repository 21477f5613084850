/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-review.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* The sentences about one person and about verdicts: pure functions, in the window's language. All
 * return newly allocated texts. */
char *cc_person_describe (CcSession *session, const CcReviewPerson *person);
char *cc_person_describe_step (const CcReviewPerson *person, const CcReviewStep *step);
char *cc_person_describe_step_origin (CcSession *session, const CcReviewStep *step);
char *cc_person_describe_verdict (CcSession *session, const CcReviewVerdict *verdict);

G_END_DECLS
