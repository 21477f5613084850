/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_BITS_BAR (cc_bits_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcBitsBar, cc_bits_bar, CC, BITS_BAR, GtkWidget)

/* What a comparison weighs: from the middle towards the end where it speaks for one person, towards
 * the start where it speaks against it. Decoration: the number beside it says the same. */
GtkWidget *cc_bits_bar_new (double bits, double most);

G_END_DECLS
