/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The small menu of a field: the kinds of no value, what a list can say besides its codes, and
 * which variable it is. The actions are those of CcFieldRow. */
GtkWidget *cc_field_menu_create_button (void);
void cc_field_menu_set_variable (GtkWidget *button, const CcVariable *variable, const char *label);
void cc_field_menu_add_keys (GtkWidget *row);

/* The kind that an action such as "field.unknown" stands for. */
CcNoValue cc_field_menu_get_kind (const char *action);

G_END_DECLS
