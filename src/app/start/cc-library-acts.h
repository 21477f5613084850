/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with case files of the library, with the questions it needs. `page` is the start
 * page: its actions start.refresh and start.open are activated when something changed. */

/* Copies a case file from anywhere into the library and opens it. */
void cc_library_bring_in (GtkWidget *page, GFile *file);

void cc_library_ask_save_copy (GtkWidget *page, const char *path);
void cc_library_ask_rename (GtkWidget *page, const char *path);
void cc_library_ask_remove (GtkWidget *page, const char *path);

G_END_DECLS
