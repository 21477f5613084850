/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_RANGE_BAR (cc_range_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcRangeBar, cc_range_bar, CC, RANGE_BAR, GtkWidget)

/* How sure a number is, at a glance: full colour up to what is certain, light colour up to the most
 * it can be, a mark where it stands now. Decoration: the sentence beside it says the same. */
void cc_range_bar_set (CcRangeBar *self, gint64 low, gint64 value, gint64 high);

G_END_DECLS
