/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a window comes back with: its size, and the page at which each case file was left. Files are
 * told apart by a digest of their path, so that the settings name none. */
void cc_window_state_restore (GtkWindow *window);
void cc_window_state_save (GtkWindow *window);

/* Returns: (transfer full) (nullable): the name of the page. */
char *cc_window_state_get_page (GFile *file);
void  cc_window_state_save_page (GFile *file, const char *page);

G_END_DECLS
