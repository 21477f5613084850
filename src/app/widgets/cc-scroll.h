/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a line is read from the right, what is wider than its place shows its right end first:
 * GTK begins at the left in both directions, and hides the first columns of an Arabic table. */
void cc_scroll_from_start (GtkScrolledWindow *scrolled);

G_END_DECLS
