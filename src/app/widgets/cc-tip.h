/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A tooltip for what stands in lines, in cells, or wherever many are made at once. The toolkit's
 * own setter asks the display server each time where the pointer is, and waits for the answer. */

/* text: (nullable): copied; NULL or "" takes the tooltip away */
void cc_tip_set_text (GtkWidget *widget, const char *text);

/* Whether a modal window stands over that of the widget. The pointer still reaches what lies behind
 * it; the toolkit would show the tooltip on top of what is asked, or seek a place for it on no
 * screen. */
gboolean cc_tip_is_blocked (GtkWidget *widget);

G_END_DECLS
