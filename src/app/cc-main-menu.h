/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The main menu of ui/gtk/menus.ui, the same on every page. */
void cc_main_menu_attach (GtkMenuButton *button);

G_END_DECLS
