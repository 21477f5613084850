/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-engine.h>

#include <math.h>

#include "cc-link-scan-private.h"

G_BEGIN_DECLS

/* Records that say too little to be told from others. The odds of all pairs below one half that a
 * record is met in are added up. Where they come to more than one, the record is faint: it is not
 * all of these people, whatever each pair says by itself. A pair below one half is then not worth a
 * person's time where
 * - among all that are as good a guess it has less than one chance in twenty, or
 * - one of its records is weak: somebody who came again and said the very same would more likely be
 *   somebody else.
 * What is left of a weak or faint record without a pair is counted apart: nobody can decide about
 * it (reference method, pitfall 12). */

/* Odds of one, as a whole number, so that sums do not depend on their order. */
#define CC_LINK_ODDS_ONE 4096u

#define CC_LINK_LEAST_CHANCE 20

/* Odds of a pair below one half. */
static inline guint
cc_link_evidence_odds (gint32 weight)
{
  return (guint) (CC_LINK_ODDS_ONE * exp2 (weight / (double) CC_LINK_BIT));
}

/* sum: the odds of all pairs below one half of the record with the greater sum. */
static inline gboolean
cc_link_evidence_is_hopeless (guint odds, guint sum, gboolean weak)
{
  return sum > CC_LINK_ODDS_ONE
         && (weak || (guint64) odds * CC_LINK_LEAST_CHANCE < CC_LINK_ODDS_ONE + (guint64) sum);
}

/* Which records are weak, by row. */
guint8 *cc_link_evidence_find_weak (CcLinkTable             *table,
                                    const CcLinkFrequencies *frequencies,
                                    const CcLinkModel       *model);

/* Drops the edges that are hopeless once all are counted. */
void cc_link_evidence_drop_hopeless (GArray *edges, const CcLinkHopeless *hopeless);

/* By row: whether nobody can decide about the record, as it is weak or faint and neither a pair nor
 * a verdict is left that names it. */
guint8 *cc_link_evidence_find_undecidable (CcLinkTable          *table,
                                           const CcLinkParams   *params,
                                           GArray               *edges,
                                           const CcLinkHopeless *hopeless,
                                           guint                *n);

G_END_DECLS
