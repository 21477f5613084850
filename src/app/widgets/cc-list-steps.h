/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list for a view that comes and goes a few lines a frame: a view of GTK 4.8 makes some 200 lines
 * whatever it shows, and making or taking them away at once holds up the window. */

/* Shows a list, whose lines do not change any more, without a selection.
 * list: (transfer full) */
void cc_list_steps_show (GtkListView *view, GListModel *list);

/* To be called when the view goes, as in dispose () of its window: its lines follow it piece by
 * piece, while there is nothing else to do. */
void cc_list_steps_let_go (GtkListView *view);

G_END_DECLS
