/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-scroll.h"

static void
show_start (GtkScrolledWindow *scrolled, GtkAdjustment *across)
{
  if (gtk_widget_get_direction (GTK_WIDGET (scrolled)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across)
                                          - gtk_adjustment_get_page_size (across));
}

void
cc_scroll_from_start (GtkScrolledWindow *scrolled)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scrolled), "changed",
                           G_CALLBACK (show_start), scrolled, G_CONNECT_SWAPPED);
}
