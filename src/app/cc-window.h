/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_WINDOW (cc_window_get_type ())
G_DECLARE_FINAL_TYPE (CcWindow, cc_window, CC, WINDOW, AdwApplicationWindow)

/* One window: the start page, the passphrase page, or an open case file.
 * Actions: win.open, win.page, win.refresh, win.show-menu, win.toggle-sidebar. */
CcWindow *cc_window_new (GtkApplication *application);

/* Asks for the passphrase of a file and then shows it. A window that shows a case file already
 * opens another window. */
void cc_window_open (CcWindow *self, GFile *file);

/* TRUE where the window shows this file or asks for its passphrase. */
gboolean cc_window_shows (CcWindow *self, GFile *file);

G_END_DECLS
