/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

#include "cc-link-block-private.h"
#include "cc-link-model-private.h"

G_BEGIN_DECLS

/* A scored pair of records; a < b are positions in the table. */
typedef struct
{
  guint32 a;
  guint32 b;
  gint32  weight;
  gint32  adjust;
  guint64 levels;
} CcLinkEdge;

/* Counts the patterns of candidates: one pair in @one_in, spread evenly over each block. */
GArray *cc_link_scan_patterns (CcLinkTable             *table,
                               const CcLinkBlocking    *blocking,
                               const CcLinkFrequencies *frequencies,
                               guint                    one_in,
                               guint                    n_threads,
                               CcProgress              *progress,
                               GError                 **error);

/* What is not kept of pairs below one half, see cc-link-evidence-private.h; both by row. */
typedef struct
{
  const guint8 *weak;
  guint32      *faint; /* adds up odds */
} CcLinkHopeless;

/* Scores all candidates (those of strong keys only, where @strong is set) and keeps those of at
 * least @keep. hopeless: nullable. */
GArray *cc_link_scan_edges (CcLinkTable             *table,
                            const CcLinkBlocking    *blocking,
                            const CcLinkFrequencies *frequencies,
                            const CcLinkModel       *model,
                            gint32                   keep,
                            gboolean                 strong,
                            const CcLinkHopeless    *hopeless,
                            guint                    n_threads,
                            guint64                 *n_compared,
                            CcProgress              *progress,
                            GError                 **error);

/* Patterns of random pairs, and of random pairs that share the skeleton of a name. sharing: by
 * level of the names, how many pairs of the whole table that share a skeleton those drawn stand
 * for. */
GArray *cc_link_sample_random (CcLinkTable             *table,
                               const CcLinkFrequencies *frequencies,
                               guint                    n,
                               guint64                  seed);
GArray *cc_link_sample_namesakes (CcLinkTable             *table,
                                  const CcLinkFrequencies *frequencies,
                                  guint                    n,
                                  guint64                  seed,
                                  double                   sharing[CC_LINK_NAME_LEVELS]);

G_END_DECLS
