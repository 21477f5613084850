/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Asks of each list below front of which Tab did not come to every line that the arrows come to the
 * first, the second and the last.
 *
 * reached: set of the widgets that had the keys while Tab went round */
void sweep_arrows_check (GtkWidget *front, GHashTable *reached, GPtrArray *problems);
