/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on each window is in a group of its own, with what is put over it. A window that asks (a
 * modal one) keeps the keys and the pointer from the other windows of its group alone: without
 * groups GTK keeps them from every window of the program, also from those of other case files. To
 * be called once GTK is set up. */
void cc_window_groups_watch (void);

G_END_DECLS
