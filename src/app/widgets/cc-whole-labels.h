/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row whose choices are long: the list wraps their labels instead of cutting them off, and the
 * chosen one stands whole below the title. Its model is a GtkStringList. */
void cc_combo_row_show_whole_labels (AdwComboRow *row);

G_END_DECLS
