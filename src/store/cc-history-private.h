/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-history.h>

G_BEGIN_DECLS

/* The change that says which act an act takes back; its key is that act's number. */
#define CC_UNDO_TABLE "audit"

/* What the index on changes by key leaves out; to be part of each query that shall use it. */
#define CC_CHANGE_INDEXED "NOT (tbl = 'record' AND before IS NULL)"

/* FALSE with an error; *seq 0 where none. */
gboolean
cc_history_find_undone_by (CcConnection *connection, gint64 act, gint64 *seq, GError **error);

/* The number of the first change of an act that is a row as it was: before it, words. */
gboolean cc_history_find_images (CcConnection *connection,
                                 gint64        seq,
                                 gint64        n,
                                 gint64       *first,
                                 GError      **error);

/* Completes an act whose own row was read: n_changes holds audit.n on entry. */
gboolean cc_history_act_complete (CcConnection *connection, CcHistoryAct *act, GError **error);

G_END_DECLS
