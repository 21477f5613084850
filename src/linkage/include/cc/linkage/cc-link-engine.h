/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/linkage/cc-link-table.h>

G_BEGIN_DECLS

/* A verdict of a person about two records, by their positions in the table. */
typedef struct
{
  guint32  a;
  guint32  b;
  gboolean same; /* else different */
} CcLinkVerdict;

typedef struct
{
  guint                n_threads; /* 0 = as many as processors */
  guint64              seed;      /* of the samples that training draws */
  double               drop;      /* pairs below this probability are forgotten */
  double               accept; /* joined without a person from this probability; above 1 = never */
  gboolean             link_only; /* only pairs of different entities */
  const CcLinkVerdict *verdicts;
  guint                n_verdicts;
  gboolean             learn; /* the verdicts teach the model, too */
  const char          *model; /* a stored model to score by, NULL: the one learnt in this run */
} CcLinkParams;

/* A pair worth keeping, by positions in the table, a < b. */
typedef struct
{
  guint32  a;
  guint32  b;
  gint32   weight;      /* log odds of the pair alone, in 1/64 bit */
  double   probability; /* that both are one, given all records that go with either */
  guint64  levels;      /* see cc_link_result_explain() */
  gboolean joined;      /* both are in one cluster of accept_of */
} CcLinkProposal;

typedef struct
{
  const char *name;
  guint64     n_pairs;
  guint64     n_lost_pairs;
  guint       n_lost_blocks;
} CcLinkKeyReport;

typedef struct
{
  guint           n_records;
  guint64         n_compared;
  GArray         *proposals;  /* CcLinkProposal, by (a, b) */
  guint32        *cluster_of; /* best guess: numbered by each cluster's first record, from 0 */
  guint32        *accept_of;  /* only what may be joined without a person, and their "same" */
  guint           n_clusters;
  guint8         *undecidable; /* by position: the record says too little, nobody could decide */
  guint           n_undecidable;
  CcLinkKeyReport keys[16];
  guint           n_keys;
  char           *model; /* the trained model as text */
} CcLinkResult;

void          cc_link_params_init (CcLinkParams *self);
CcLinkResult *cc_link_engine_run (CcLinkTable        *table,
                                  const CcLinkParams *params,
                                  CcProgress         *progress,
                                  GError            **error);
void          cc_link_result_free (CcLinkResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkResult, cc_link_result_free)

G_END_DECLS
