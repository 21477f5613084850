/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-components-private.h"
#include "cc-count-axis-private.h"

G_BEGIN_DECLS

/* Bounds of the cells and totals as if a component were all there is: cells first, then totals. */
typedef struct
{
  const CcCountPlan *plan;
  CcTableResult     *result;
  CcHits            *hits;
  CcFact            *scratch; /* facts are shared; a count writes into this copy */
  guint              first_total;
} CcBounding;

CcCell *cc_bounding_get (CcBounding *self, guint slot);
CcFact *cc_bounding_copy (CcBounding *self, const CcFact *fact);
void    cc_bounding_hit (CcBounding *self, const CcFact *fact, GArray *slots);
void    cc_bounding_add_loose (CcBounding *self, const CcComponent *component);

G_END_DECLS
