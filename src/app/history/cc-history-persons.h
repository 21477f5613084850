/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-history-entry.h"

G_BEGIN_DECLS

/* What the page says of acts about persons and cases: records joined, told apart or decided upon,
 * each by the number of its agency or of this file, never by a name. Free what is returned. */

/* "3 records joined as person 12: BPM-017 (National Police), record 45 (Labour Inspectorate)" */
char *cc_history_describe_persons (CcSession *session, const CcHistoryEntry *entry);

/* "BPM-017 (National Police)", "record 45" */
char *cc_history_describe_party (const CcHistoryParty *party);

G_END_DECLS
