/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_CHECK_LIST (cc_check_list_get_type ())
G_DECLARE_FINAL_TYPE (CcCheckList, cc_check_list, CC, CHECK_LIST, AdwBin)

/* The checks of an answer: what fails first, each with what to do and a way to the table. The
 * signal "jump" (table, period or NULL) asks to show it. */
void cc_check_list_show (CcCheckList *self, CcAnswerBook *book, const char *language);

/* What a person can do about a failing check; "" where nothing needs to be done. */
const char *cc_check_list_advise (const CcAnswerCheck *check);

G_END_DECLS
