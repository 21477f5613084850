/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-review-data.h"

G_BEGIN_DECLS

#define CC_TYPE_EVIDENCE_VIEW (cc_evidence_view_get_type ())
G_DECLARE_FINAL_TYPE (CcEvidenceView, cc_evidence_view, CC, EVIDENCE_VIEW, AdwBin)

/* Why the computer asks: each comparison in words, what it weighs as a bar with its sign, their sum
 * and what it makes of it. */
CcEvidenceView *cc_evidence_view_new (void);

/* Reads it off the main loop and shows it. question: (nullable): NULL shows nothing */
void
cc_evidence_view_load (CcEvidenceView *self, CcSession *session, const CcReviewQuestion *question);

G_END_DECLS
