/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a line is read from the right, what is wider than its place shows its right end first:
 * GTK begins at the left in both directions, and hides the first columns of an Arabic table. */
void cc_scroll_from_start (GtkScrolledWindow *scrolled);

/* Scrolls what a widget stands in, once it has been laid out, until the whole of it is seen. */
void cc_scroll_to (GtkWidget *child);

/* A widget that scrolls, with a bar beside its lines that is seen all the time. GTK 4.8 puts a bar
 * at the left side that takes room of its own outside of the window, where an Arabic list has it:
 * so this bar is beside the scrolled window, not in it. Returns: (transfer floating): a box. */
GtkWidget *cc_scroll_new_with_bar (GtkScrolledWindow *scrolled);

G_END_DECLS
