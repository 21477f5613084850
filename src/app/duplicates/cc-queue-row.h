/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-review-model.h"

G_BEGIN_DECLS

#define CC_TYPE_QUEUE_ROW (cc_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (CcQueueRow, cc_queue_row, CC, QUEUE_ROW, AdwBin)

/* One question in the queue: the names, and how likely it is in words. */
CcQueueRow *cc_queue_row_new (void);
void        cc_queue_row_bind (CcQueueRow *self, CcReviewEntry *entry, gboolean show_band);

G_END_DECLS
