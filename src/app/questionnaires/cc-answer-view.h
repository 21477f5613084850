/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-questionnaire-choice.h"
#include "cc-session.h"

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_ANSWER_VIEW (cc_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (CcAnswerView, cc_answer_view, CC, ANSWER_VIEW, AdwBin)

/* The answer to one questionnaire: its sheets as they will be printed, boxes to fill, checks. The
 * signal "loaded" tells that another answer, or none, is shown; "records-wanted" (no arguments)
 * asks for the records behind the present cell. */
void cc_answer_view_open (CcAnswerView    *self,
                          CcSession       *session,
                          CcQuestionnaire *questionnaire,
                          int              last_year,
                          const char      *head);

/* Counts anew where the case file's state is no longer the one that was counted. */
void cc_answer_view_update (CcAnswerView *self, const char *head);
void cc_answer_view_stop (CcAnswerView *self);

const CcQuestionnaireChoice *cc_answer_view_get_choice (CcAnswerView *self); /* NULL at first */
CcAnswerBook                *cc_answer_view_get_book (CcAnswerView *self); /* NULL while counting */
const CcAnswerPart          *cc_answer_view_get_part (CcAnswerView *self); /* the present cell */

/* What the present choice may not do, as a sentence; NULL where it may leave. */
const char *cc_answer_view_get_refusal (CcAnswerView *self);

void     cc_answer_view_edit (CcAnswerView *self);
gboolean cc_answer_view_can_edit (CcAnswerView *self);
void     cc_answer_view_set_show_ranges (CcAnswerView *self, gboolean show_ranges);
void     cc_answer_view_step (CcAnswerView *self, int step); /* to another sheet */
void     cc_answer_view_show_checks (CcAnswerView *self);
void     cc_answer_view_show_table (CcAnswerView *self, const char *table, const char *period);

G_END_DECLS
