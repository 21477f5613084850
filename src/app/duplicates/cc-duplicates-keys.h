/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The single keys of the page: S same, D different, U unsure, R related, X take out, Z undo, W why,
 * N note, 1 to 9 reason, arrows and page keys. They are heard wherever the focus is in the page but
 * not while somebody types. */
void cc_duplicates_add_keys (GtkWidget *page);

G_END_DECLS
