/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-table-private.h"

#include <cc/linkage/cc-link-engine.h>

G_BEGIN_DECLS

/* The engine works on rows, in an order that only depends on what the records say. Callers know
 * positions: the order in which they added the records. */

void cc_link_order_table (CcLinkTable *self);
CcLinkVerdict      *
cc_link_order_verdicts (const CcLinkTable *self, const CcLinkVerdict *verdicts, guint n);
void cc_link_order_clusters (const CcLinkTable *self, guint32 **cluster_of);
void cc_link_order_flags (const CcLinkTable *self, guint8 **flags);
void cc_link_order_proposals (const CcLinkTable *self, GArray *proposals);

G_END_DECLS
