/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a class that gives the focus to a part of its own when it is asked to take it. GTK 4.8 asks
 * it for that, too, when Tab or Shift+Tab leaves it, and would never get out. Such a class sets
 * both:
 *
 *   focus: return cc_tab_focus (widget, parent_class, direction);
 *   grab_focus: return !cc_tab_is_passing (widget) && ...;
 */
gboolean cc_tab_focus (GtkWidget *widget, gpointer parent_class, GtkDirectionType direction);
gboolean cc_tab_is_passing (GtkWidget *widget);

void     cc_tab_make_one_stop (GtkWidget *part);
gboolean cc_tab_is_one_stop (GtkWidget *part);
gboolean cc_tab_walk (GtkWidget *part, GtkDirectionType direction);

G_END_DECLS
