/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-outcome-private.h"

G_BEGIN_DECLS

/* The setting that holds the sample drawn last for a kind; to free. */
char *cc_link_make_sample_key (const char *kind);

/* Two records in either order as one text; to free. */
char *cc_link_make_pair_key (gint64 a, gint64 b);

/* What people decided (CcPairDecision) by cc_link_make_pair_key(); what an accept level joined is
 * no decision of theirs. */
GHashTable *cc_link_list_verdicts (CcConnection *connection, const char *kind, GError **error);

G_END_DECLS
