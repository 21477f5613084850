/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

/* What a cell of the sheet on screen says, to the eye and to the ear. Figures and headings are in
 * the language of the sheet, the remarks of the window in its own. All transfer full. */
char *cc_sheet_words_markup (CcAnswerBook *book, const CcAnswerPart *part, gboolean ranges);
char *cc_sheet_words_spoken (CcAnswerBook *book, const CcAnswerPart *part);
char *cc_sheet_words_tooltip (CcAnswerBook *book, const CcAnswerPart *part); /* may be NULL */

char *cc_sheet_words_label (CcAnswerBook *book, const CcAnswerPart *part);

gboolean cc_sheet_words_is_typed (const CcAnswerPart *part);

/* "Kept from 2019 to 2023" where the box was typed for other years; else NULL. */
char *cc_sheet_words_kept (CcAnswerBook *book, const CcAnswerTyped *typed);

G_END_DECLS
