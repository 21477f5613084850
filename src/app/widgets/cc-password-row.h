/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names the eye at the end of an AdwPasswordEntryRow, which shows what was typed; libadwaita 1.2
 * gives it a tooltip but no name. */
void cc_password_row_name_eye (GtkWidget *row);

/* The second of two passphrases that differ. */
void cc_password_row_mark_error (GtkWidget *row, gboolean wrong);

/* Takes the keys from the entries of a window before it goes: the entry rows of libadwaita 1.2 look
 * at their text once more when a window that is freed gives up its focus, and it is gone by then.
 */
void cc_entry_rows_leave_with (GtkWindow *window);

G_END_DECLS
