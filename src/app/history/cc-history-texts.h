/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-history-entry.h"

G_BEGIN_DECLS

/* What the page says of acts, in the window's language. All texts are free'd by the caller. */

/* "Case edited: Sex, Age" */
char *cc_history_describe (CcSession *session, const CcHistoryEntry *entry);

/* "14 March 2023, 09:05, by Awa" */
char *cc_history_describe_moment (CcSession *session, const CcHistoryEntry *entry);

/* Why an act cannot be taken back; NULL where it can. other: the act in the way, may be NULL. */
char *
cc_history_describe_refusal (CcSession *session, CcUndoState state, const CcHistoryEntry *other);

/* A unit and the number of one of its records: "Victim, record 12" */
char *cc_history_describe_record (CcSession *session, const char *unit, gint64 record);

/* The result of verifying the history. figures: FALSE where they were not compared */
char *cc_history_describe_intact (CcSession *session, gint64 n_acts, gboolean figures);

/* Kinds of acts to choose from; the first is all. */
guint       cc_history_get_n_kinds (void);
const char *cc_history_get_kind_label (guint kind);

/* The words of acts of a kind. present: those that occur in the file; acts of a word unknown here
 * count as work on cases. Returns: (transfer full) (nullable): NULL for all acts */
GStrv cc_history_get_kind_names (guint kind, const char *const *present);

G_END_DECLS
