/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

#define CC_TYPE_FORM_VIEW (cc_form_view_get_type ())
G_DECLARE_FINAL_TYPE (CcFormView, cc_form_view, CC, FORM_VIEW, AdwBin)

/* A sheet of typed boxes as a form: cover, law. The signal "answered" (name of the field, value or
 * NULL) asks to keep an answer. */
void cc_form_view_show (CcFormView *self, CcAnswerBook *book, guint sheet, gboolean read_only);

G_END_DECLS
