/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts a text into a field that somebody may want to have otherwise: when the focus comes there, by
 * the keyboard or the pointer, the whole of it is selected, so that typing replaces it. What was
 * changed by hand is no suggestion any more. */
void cc_suggestion_set (GtkEditable *editable, const char *text);

G_END_DECLS
