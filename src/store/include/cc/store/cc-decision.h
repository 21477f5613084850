/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* What the linkage layer and its reviewers write: models, runs, proposals, verdicts on pairs. Kinds
 * are unit abbreviations: VI, PE, EV. Pairs are record ids with a < b. */

typedef enum
{
  CC_VERDICT_UNDECIDED,
  CC_VERDICT_SAME,
  CC_VERDICT_DIFFERENT,
  CC_VERDICT_RELATED, /* different persons who belong together */
} CcVerdict;

typedef struct
{
  gint64    id;
  char     *kind;
  gint64    a;
  gint64    b;
  CcVerdict verdict;
  char     *reason; /* may be NULL */
  char     *source; /* review, accept-level or key */
  gint64    run;    /* 0 where none */
  gint64    time;
  gboolean  stale; /* a record has changed since the verdict */
} CcPairDecision;

void        cc_pair_decision_free (CcPairDecision *self);
const char *cc_verdict_to_text (CcVerdict verdict);
gboolean    cc_verdict_from_text (const char *text, CcVerdict *verdict);

/* Stores a verdict with the hashes of both records as they are now; an earlier verdict on the pair
 * is superseded, never changed. Sets id and time; a and b may come in any order. Does not join or
 * split: the caller does, with the id. */
gboolean cc_act_add_decision (CcAct *act, CcPairDecision *decision, GError **error);

/* Makes the clusters say what the verdicts in force say: records tied by "same" are one, unless
 * that would bring together two that are "different" or "related"; then verdicts by people come
 * before those of the accept level, and newer ones before older ones. Starts from the records
 * given: only their clusters and what is tied to them is touched. records NULL: all of the kind,
 * which may be NULL otherwise. touched (nullable, gint64): records whose cluster may have changed
 * are added. */
gboolean cc_act_follow_verdicts (CcAct        *act,
                                 const char   *kind,
                                 const gint64 *records,
                                 guint         n_records,
                                 GArray       *touched,
                                 GError      **error);

/* The verdicts in force, by (a, b); kind NULL: all. Element-type CcPairDecision. */
GPtrArray *cc_store_list_decisions (CcConnection *connection, const char *kind, GError **error);

/* Both return the id, 0 with an error. A model that says what the last one of the kind says is kept
 * once. accept is a probability, below 0 where nothing was
 * accepted without review. */
gint64
cc_act_add_link_model (CcAct *act, const char *kind, int version, const char *body, GError **error);
gint64 cc_act_add_link_run (CcAct      *act,
                            const char *kind,
                            gint64      model,
                            gint64      seed,
                            double      accept,
                            gint64      records,
                            gint64      pairs,
                            GError    **error);

typedef enum
{
  CC_PROPOSAL_OPEN,        /* waits for a person */
  CC_PROPOSAL_ACCEPTED,    /* both records are in one cluster */
  CC_PROPOSAL_DECIDED,     /* a person decided */
  CC_PROPOSAL_UNDECIDABLE, /* a = b: the record says too little for anybody to decide about it */
} CcProposalState;

typedef struct
{
  gint64          a; /* records, a <= b */
  gint64          b;
  double          weight;
  double          probability;
  guint64         levels; /* packed agreement levels as the model defines them */
  CcProposalState state;
} CcProposal;

gboolean cc_act_replace_proposals (CcAct      *act,
                                   gint64      run,
                                   const char *kind,
                                   GArray     *proposals,
                                   CcProgress *progress,
                                   GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPairDecision, cc_pair_decision_free)

G_END_DECLS
