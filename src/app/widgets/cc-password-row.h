/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names the eye at the end of an AdwPasswordEntryRow, which shows what was typed; libadwaita 1.2
 * gives it a tooltip but no name. */
void cc_password_row_name_eye (GtkWidget *row);

G_END_DECLS
