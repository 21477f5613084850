/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Watches the main loop: for how long it was away from its sources, act by act. */

/* Takes the place of the default context's poll function; call it once, before the first window. */
void bench_loop_init (void);

/* Tells apart the frame clock's layout and painting, and sees how far frames are from each other.
 */
void bench_loop_watch (GtkWidget *window);

/* All that the loop does between these counts for the act. */
void bench_loop_begin (const char *act);
void bench_loop_end (void);

/* Runs the loop until neither it nor another thread of this process has anything to do. FALSE when
 * that took longer than ten minutes. */
gboolean bench_loop_settle (void);

/* Prints a line an act. Returns: whether the longest stay away of all is within `bar` milliseconds
 * of processor. */
gboolean bench_loop_report (double bar);
