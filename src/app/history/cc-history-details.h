/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_HISTORY_DETAILS (cc_history_details_get_type ())
G_DECLARE_FINAL_TYPE (CcHistoryDetails, cc_history_details, CC, HISTORY_DETAILS, AdwBin)

/* One act: what it changed, and whether it can be taken back. Property "can-undo" says so, once
 * the act is read. The button activates history.undo, rows of records history.life. */
void     cc_history_details_show (CcHistoryDetails *self, CcSession *session, gint64 seq);
void     cc_history_details_clear (CcHistoryDetails *self);
gint64   cc_history_details_get_act (CcHistoryDetails *self);
gboolean cc_history_details_get_can_undo (CcHistoryDetails *self);

/* The act's sentence; NULL before it is read. */
const char *cc_history_details_get_sentence (CcHistoryDetails *self);

G_END_DECLS
