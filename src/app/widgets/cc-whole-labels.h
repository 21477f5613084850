/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row whose choices are long: the list wraps their labels instead of cutting them off, and the
 * chosen one stands whole below the title. Its model is a GtkStringList. */
void cc_combo_row_show_whole_labels (AdwComboRow *row);

/* A group whose title may be longer than a narrow window with large text: libadwaita cuts it off,
 * here it wraps. */
void cc_group_show_whole_title (AdwPreferencesGroup *group);

/* All buttons inside of a widget: labels that do not fit have more lines. For buttons that the
 * toolkit builds, as the answers of an AdwMessageDialog; to be called once they are there. */
void cc_buttons_show_whole_labels (GtkWidget *widget);

G_END_DECLS
