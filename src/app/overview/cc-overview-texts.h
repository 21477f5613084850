/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-overview-figures.h"

G_BEGIN_DECLS

/* The sentences of the overview, made from its figures: pure functions, in the window's language.
 * All return newly allocated texts. */
char *cc_overview_describe_persons (CcSession *session, const CcOverviewFigures *figures);
char *cc_overview_describe_range (CcSession *session, const CcPersonBounds *bounds);
char *cc_overview_describe_records (CcSession *session, const CcOverviewFigures *figures);
char *cc_overview_describe_unit_records (CcSession *session, gint64 n_records);
char *cc_overview_describe_deliveries (CcSession *session, const CcOverviewFigures *figures);
char *cc_overview_describe_delivery (CcSession *session, const CcReturns *delivery);
char *cc_overview_describe_pairs (CcSession *session, const CcOverviewFigures *figures);
char *cc_overview_describe_findings (CcSession *session, const CcOverviewFigures *figures);

G_END_DECLS
