/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A question whose text may be long: where the text is higher than a small screen, it scrolls, and
 * the answers stay in view. AdwMessageDialog of libadwaita 1.2 grows beyond the screen instead. To
 * be called once the heading is set. */
void cc_long_question_scroll (AdwMessageDialog *dialog);

G_END_DECLS
