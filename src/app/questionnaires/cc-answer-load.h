/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "cc-questionnaire-choice.h"

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

/* How far the counting has come, for whoever looks from the main loop. */
typedef struct
{
  int done;
  int total;
} CcAnswerProgress;

/* Counts an answer in a thread. progress must live until the callback; it is filled while counting
 * goes on. */
void          cc_answer_load_async (CcSession                   *session,
                                    const CcQuestionnaireChoice *choice,
                                    CcAnswerProgress            *progress,
                                    GCancellable                *cancellable,
                                    GAsyncReadyCallback          callback,
                                    gpointer                     user_data);
CcAnswerBook *cc_answer_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
