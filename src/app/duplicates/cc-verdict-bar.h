/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_VERDICT_BAR (cc_verdict_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcVerdictBar, cc_verdict_bar, CC, VERDICT_BAR, AdwBin)

/* The buttons that answer a question, by the actions duplicates.same and so on. Of a group they say
 * that the answer is about all of its records, and one can be taken out. Property "folded": it is
 * narrow, and the buttons stand two by two, without their keys. */

/* As cc_review_ask(). */
void cc_verdict_bar_ask (CcVerdictBar *self, const char *kind, guint n_records, guint n_persons);

G_END_DECLS
