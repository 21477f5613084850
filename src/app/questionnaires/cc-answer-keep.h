/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

#include <cc/report/cc-answer-book.h>
#include <cc/report/cc-answer.h>

G_BEGIN_DECLS

/* Keeps what was typed, as one act away from the main loop, and offers to take it back. The answer
 * is copied; value NULL takes away what was typed. */
void cc_answer_keep (GtkWidget *near, CcSession *session, const CcAnswer *answer);

/* Whether there is anything to keep. typed: what stands there so far, or NULL. */
gboolean cc_answer_keep_differs (const CcAnswerTyped *typed, const char *value, const char *reason);

/* The years that a text is kept for: those asked, unless a later round has one, which is in force
 * in earlier years, too. */
CcInterval
cc_answer_keep_choose_round (CcAnswerBook *book, const CcAnswerTyped *typed, const char *value);

G_END_DECLS
