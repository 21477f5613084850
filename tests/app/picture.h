/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures of windows, once nothing in them moves any more. */

/* How long nothing may have moved; pictures need longer than measuring does. */
void picture_set_quiet (guint milliseconds);

void picture_wait_until_quiet (GtkWidget *window);

/* Writes what was drawn last and prints the path. FALSE where nothing was drawn yet. */
gboolean picture_save (GtkWidget *window, const char *path);

G_END_DECLS
