/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The size of the window is all that Casecount remembers outside its case files. Where the settings
 * schema is not installed (running from the build folder) nothing is remembered. */
void cc_window_state_restore (GtkWindow *window);
void cc_window_state_save (GtkWindow *window);

G_END_DECLS
