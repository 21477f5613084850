/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/linkage/cc-review.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* A verdict as an object of a list. */
#define CC_TYPE_VERDICT_ITEM (cc_verdict_item_get_type ())
G_DECLARE_FINAL_TYPE (CcVerdictItem, cc_verdict_item, CC, VERDICT_ITEM, GObject)

/* verdict: (transfer full) */
CcVerdictItem         *cc_verdict_item_new (CcReviewVerdict *verdict);
const CcReviewVerdict *cc_verdict_item_get (CcVerdictItem *self);

#define CC_TYPE_VERDICT_ROW (cc_verdict_row_get_type ())
G_DECLARE_FINAL_TYPE (CcVerdictRow, cc_verdict_row, CC, VERDICT_ROW, AdwBin)

/* One verdict: whose records, what was decided, by whom and when; buttons verdict.take-back with
 * the two records and compare.show-person with the person. */
CcVerdictRow *cc_verdict_row_new (void);
void          cc_verdict_row_bind (CcVerdictRow *self, CcSession *session, CcVerdictItem *item);

G_END_DECLS
