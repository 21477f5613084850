/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names the parts that rows and groups of libadwaita make for themselves: the list of a group, the
 * text of an entry row or spin button, the list of a combo row. Without a name, GTK 4.8 reads the
 * name of their type. To be called when the titles are set. */
void cc_import_name_parts (GtkWidget *root);

G_END_DECLS
