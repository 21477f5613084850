/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-engine.h>

#include "cc-link-scan-private.h"

G_BEGIN_DECLS

/* Records whose mean weight says at least this are as good as one. */
#define CC_LINK_GROUP_PROBABILITY 0.9

typedef struct
{
  CcLinkTable             *table;
  const CcLinkFrequencies *frequencies;
  const CcLinkModel       *model;
  const CcLinkParams      *params;
  const guint32           *accept_of; /* what is joined */
  const guint32           *group_of;  /* what is as good as one: never splits accept_of */
} CcLinkProposing;

/* Turns scored pairs into proposals. Element-type CcLinkProposal, by (a, b). */
GArray *cc_link_propose (const CcLinkProposing *self, GArray *edges);

G_END_DECLS
