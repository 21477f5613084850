/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Real keys of the window system, pressed by one xdotool that stays for the whole run. */

/* Returns: FALSE where there is nothing to press keys with */
gboolean sweep_keys_start (void);
void     sweep_keys_stop (void);

/* Presses a key ("Tab", "shift+Tab") and returns when the program has dealt with it. */
void sweep_keys_press (const char *key);

/* Lets the main loop run until nothing turns, moves or grows in what is shown. */
void sweep_keys_settle (GtkWidget *root);
