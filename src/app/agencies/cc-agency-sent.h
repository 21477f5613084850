/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-sent-counts.h>
#include <gio/gio.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What an agency sent as counts, in words. All to be freed. */

/* "24 victims"; "8 figures" where they do not say what adds up */
char *cc_agency_sent_describe_total (CcSession *session, const CcSentCounts *counts);
/* The file, and how its counts stand beside the tables. */
char *cc_agency_sent_describe (CcSession *session, const CcSentCounts *counts);

/* Element-type CcCellItem: a line for each figure, with the cell that it stood in. */
GListStore *cc_agency_sent_list (CcSession *session, GPtrArray *figures);

G_END_DECLS
