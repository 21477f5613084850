/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-review-model.h"

G_BEGIN_DECLS

#define CC_TYPE_QUEUE_PANE (cc_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (CcQueuePane, cc_queue_pane, CC, QUEUE_PANE, AdwBin)

/* The queue beside the records: what waits, which of it is shown, and how far one is.
 *
 * Signals: "item-selected" when another question is chosen (or none is left), "kind-selected" when
 * another unit is. */
CcReviewModel *cc_queue_pane_get_model (CcQueuePane *self);
const char    *cc_queue_pane_get_kind (CcQueuePane *self);
void           cc_queue_pane_set_kind (CcQueuePane *self, const char *kind);

/* agencies: ids (gint64) and names of equal length, in the order shown. */
void cc_queue_pane_set_agencies (CcQueuePane *self, GArray *ids, GStrv names);
void cc_queue_pane_show_progress (CcQueuePane        *self,
                                  CcSession          *session,
                                  const CcReviewPace *pace,
                                  gint64              n_new);

/* The chosen question, NULL where none is. */
const CcReviewItem *cc_queue_pane_get_selected (CcQueuePane *self);
int                 cc_queue_pane_get_position (CcQueuePane *self);
void                cc_queue_pane_select (CcQueuePane *self, int position);
gboolean            cc_queue_pane_move (CcQueuePane *self, int by);

G_END_DECLS
