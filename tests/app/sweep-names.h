/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The accessible name as GTK 4.8 makes it up: the label and, behind it, those of the widgets that
 * label it. What the toolkit tells where there is neither, the name of the class, is left out. */
char *sweep_names_get (GtkWidget *widget);

/* Returns: (nullable): what is wrong with the name of a widget that takes the keys */
char *sweep_names_find_fault (GtkWidget *widget);

/* Whether a widget takes the keys when it can be used: those are the ones to be named. */
gboolean sweep_names_is_asked (GtkWidget *widget);
