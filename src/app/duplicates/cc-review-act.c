/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-act.h"

#include "cc-review-ask.h"

#include <cc/store/cc-history.h>

/* Of more than these nobody takes one back. */
#define MOST_ASKED 64

CcReviewWish *
cc_review_acts_create_wish (const GArray *acts, const char *kind)
{
  CcReviewWish *wish = cc_review_wish_new (kind);

  for (guint i = acts->len > MOST_ASKED ? acts->len - MOST_ASKED : 0; i < acts->len; i++)
    g_array_append_val (wish->acts, g_array_index (acts, CcReviewDecided, i).seq);
  return wish;
}

/* Who takes a decision back wants to answer that question anew: of several, the one that was
 * answered first, since the last is taken back first. */
gint64
cc_review_acts_take_undone (GArray *acts, const GArray *undone)
{
  gint64 question = 0;

  for (guint i = acts->len; i > 0; i--)
    for (guint j = 0; j < undone->len; j++)
      if (g_array_index (acts, CcReviewDecided, i - 1).seq == g_array_index (undone, gint64, j))
        {
          question = g_array_index (acts, CcReviewDecided, i - 1).proposal;
          g_array_remove_index (acts, i - 1);
          break;
        }
  return question;
}

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

char *
cc_review_decision_describe (const CcReviewDecision *self)
{
  return cc_review_describe_decided (self->verdict, self->kind, self->n_records, self->n_persons,
                                     self->taken_out != 0);
}
