/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/* The verdicts in force, by (a, b); kind NULL: all. Element-type CcPairDecision. */
GPtrArray *cc_store_list_decisions (CcConnection *connection, const char *kind, GError **error);

/* Both return the new id, 0 with an error. accept is a probability, below 0 where nothing was
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

/* levels: packed agreement levels as the model defines them. State of a new proposal: open. */
gint64   cc_act_add_proposal (CcAct      *act,
                              gint64      run,
                              const char *kind,
                              gint64      a,
                              gint64      b,
                              double      weight,
                              double      probability,
                              guint64     levels,
                              GError    **error);
gboolean cc_act_set_proposal_state (CcAct *act, gint64 proposal, const char *state, GError **error);

/* Open proposals of earlier runs of that kind make room for those of a new one. */
gboolean cc_act_withdraw_proposals (CcAct *act, const char *kind, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPairDecision, cc_pair_decision_free)

G_END_DECLS
