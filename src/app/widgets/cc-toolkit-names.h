/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Mends what GTK 4.8 and libadwaita 1.2 tell a screen reader about parts that they make themselves:
 * buttons are named twice, "_Save Save", and the lists and lines of drop-downs, of rows that unfold
 * and of groups have no name at all. From then on each such part is named when it is first shown.
 * To be called once. */
void cc_toolkit_names_start (void);

G_END_DECLS
