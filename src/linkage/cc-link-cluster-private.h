/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-engine.h>

#include "cc-link-scan-private.h"

G_BEGIN_DECLS

typedef struct
{
  CcLinkTable             *table;
  const CcLinkFrequencies *frequencies;
  const CcLinkModel       *model;
  const CcLinkParams      *params;
  gint32                   connect; /* edges from this weight on connect components */
  gint32                   stop;    /* clusters are joined while the mean weight is above it */
} CcLinkClustering;

/* Splits the components of the edges by constrained average linkage. Returns the cluster of each
 * record, named by its first record. */
guint32 *cc_link_cluster (const CcLinkClustering *self, GArray *edges);

G_END_DECLS
