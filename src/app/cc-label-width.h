/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Works around a fault of GTK 4.8 with long texts in a script whose lines are not all of one
 * height, as Arabic with Latin figures between the words. GTK looks for the width that goes with a
 * height by halving, as if more width never needed more height; where it does, the text is taken
 * for wider than the window and goes on behind its edge. From now on a label that is read from the
 * right and wraps answers with the widths that go with any height, so a row gives it the same width
 * when it is placed as when it was measured. To be called once GTK is set up. */
void cc_label_width_mend (void);

G_END_DECLS
