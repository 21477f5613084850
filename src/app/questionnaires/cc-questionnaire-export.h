/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-questionnaire-choice.h"
#include "cc-session.h"

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

/* Handing in: asks where something speaks against it, then for a place, writes off the main loop,
 * and says where the workbook is. book is the answer on screen: its checks are asked about. */
void cc_questionnaire_export_run (GtkWidget                   *near,
                                  CcSession                   *session,
                                  const CcQuestionnaireChoice *choice,
                                  CcAnswerBook                *book);

/* The same workbook empty, for an office without Casecount. */
void cc_questionnaire_export_run_blank (GtkWidget                   *near,
                                        CcSession                   *session,
                                        const CcQuestionnaireChoice *choice);

/* The checks that fail as errors, one line each, at most `most` and then how many more. Free it. */
char *cc_questionnaire_export_list_errors (CcAnswerBook *book, const char *language, guint most);

/* What speaks against handing the answer in, one thing a line: errors, many warnings, empty boxes
 * of the cover. NULL where nothing does. Free it. */
char *cc_questionnaire_export_find_doubts (CcAnswerBook *book, const char *language);

G_END_DECLS
