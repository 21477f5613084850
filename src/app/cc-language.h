/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The language of the window, as a code of the pack: its own words, numbers and days. */
const char *cc_language_get (void);

/* The language of data labels (codes, variables, questionnaires): that of the window, until another
 * one is chosen in the preferences. NULL chooses that of the window. Any thread may ask. */
const char *cc_language_get_labels (void);
void        cc_language_set_labels (const char *code);

G_END_DECLS
