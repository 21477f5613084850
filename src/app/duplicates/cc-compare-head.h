/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/linkage/cc-review.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* The head of a column: where the record comes from, which others it is one with already, and a
 * menu of what can be done with it. one_person: all columns are one person, so nothing is said
 * about that. */
GtkWidget *
cc_compare_create_head (CcSession *session, GPtrArray *records, guint index, gboolean one_person);
void cc_compare_mark_head (GtkWidget *head, gboolean marked);

/* Without the file and row, where there is no room. */
void cc_compare_shorten_head (GtkWidget *head, gboolean shorten);

/* The text inside an entry takes the focus and needs the name, too. Menu buttons pass their name on
 * to the toggle button inside, which takes the focus. */
void cc_compare_name_editable (GtkEditable *editable, const char *name);
void cc_compare_name_menu_button (GtkWidget *button, const char *name);

G_END_DECLS
