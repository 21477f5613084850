/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CC_PARTITION_MAX_NODES 64

/* How much work is put into all partitions of one graph, in units that no machine changes. */
typedef struct
{
  guint subsets; /* connected, allowed subsets */
  guint steps;   /* choices of a subset, and remainders they leave */
} CcPartitionBudget;

typedef struct _CcPartitions CcPartitions;

CcPartitions *cc_partitions_new (guint                    n,
                                 const guint64           *adjacent,
                                 const guint64           *forbidden,
                                 const CcPartitionBudget *budget);
void          cc_partitions_free (CcPartitions *self);
guint         cc_partitions_get_n_subsets (const CcPartitions *self);
guint64       cc_partitions_get_subset (const CcPartitions *self, guint index);
void          cc_partitions_solve (const CcPartitions *self,
                                   guint               n_values,
                                   const gint8        *values,
                                   gint8              *low,
                                   gint8              *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPartitions, cc_partitions_free)

G_END_DECLS
