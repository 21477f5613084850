/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-model-private.h"

G_BEGIN_DECLS

/* Counts of pattern keys by open addressing; keys are never 0. */
typedef struct
{
  CcLinkPatternCount *slots;
  guint               size; /* power of two */
  guint               used;
} CcLinkTally;

void    cc_link_tally_init (CcLinkTally *self);
void    cc_link_tally_clear (CcLinkTally *self);
void    cc_link_tally_add (CcLinkTally *self, guint64 key, guint64 count);
void    cc_link_tally_add_all (CcLinkTally *self, const CcLinkTally *other);
GArray *cc_link_tally_to_array (const CcLinkTally *self); /* sorted by key */

G_END_DECLS
