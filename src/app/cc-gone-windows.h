/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Works around two faults of GTK 4.8 with windows that go, for all windows from now on. One reads a
 * window that is freed already: a surface of X11 still answers the window manager for a moment
 * after its window is gone. The other complains, in a dialog over nothing, that a folder could not
 * be listed whose dialog for files went meanwhile. To be called once GTK is set up. */
void cc_gone_windows_watch (void);
