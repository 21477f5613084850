/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-act.h"

#include <cc/store/cc-history.h>

gboolean
cc_review_decision_act (CcAct *act, gpointer data, GError **error)
{
  const CcReviewDecision *self = data;

  if (self->taken_out != 0)
    return cc_act_take_out (act, self->taken_out, self->records, self->n_records, self->reason,
                            error);
  return cc_act_decide_records (act, self->records, self->n_records, self->verdict, self->reason,
                                error);
}

gboolean
cc_review_undo_act (CcAct *act, gpointer data, GError **error)
{
  const CcReviewDecision *self = data;

  return cc_act_undo (act, self->seq, error);
}

void
cc_review_decision_free (CcReviewDecision *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->owner);
  g_free (self->reason);
  g_free (self);
}
