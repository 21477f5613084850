/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_HELP_WINDOW (cc_help_window_get_type ())
G_DECLARE_FINAL_TYPE (CcHelpWindow, cc_help_window, CC, HELP_WINDOW, AdwWindow)

/* The work in eight steps and the questions that come up, on one page that needs no network. One
 * window for the program, beside the others and not over them. page: (nullable): the page the user
 * is on; its step is opened. */
void cc_help_window_show (GtkWindow *parent, const char *page);

/* Makes and shows the list of shortcuts; from then on the window has an action of its own for it.
 */
void cc_help_show_shortcuts (GtkApplicationWindow *window);

G_END_DECLS
