/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names the line of a list view for a screen reader, which in GTK 4.8 says nothing of it otherwise.
 * child: what the line shows
 * name: what it says, as one text
 * detail: (nullable): what stands below it */
void cc_list_line_name (GtkWidget *child, const char *name, const char *detail);

G_END_DECLS
