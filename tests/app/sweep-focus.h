/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Goes through a window with Tab and back with Shift+Tab and adds what is wrong to problems: a
 * place that holds the keys, a widget that they never come to, by itself or in a list or group
 * whose other members are reached with the arrows. */
void sweep_focus_check (GtkWidget *front, GPtrArray *problems);

/* What a widget is, for a person who looks for it. */
char *sweep_focus_describe (GtkWidget *widget);

GtkWidget *sweep_focus_get (GtkWidget *front);

/* Whether the keys can be given to it: it is shown, sensitive and nothing around it refuses them.
 */
gboolean sweep_focus_takes_keys (GtkWidget *widget);
