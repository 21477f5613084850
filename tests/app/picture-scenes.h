/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Makes a copy of a case file in the same folder in which more waits: a name that was changed on
 * both sides of a copy, acts that were taken back and done again, and a rule of how long names are
 * kept whose time is over. Returns the name of the copy. */
const char *picture_scenes_make (const char *folder, const char *from, const char *passphrase);

/* Types the passphrase of a window's case file, as far as the question who works; and answers it.
 */
void picture_scenes_type (GtkWidget *window, const char *passphrase);
void picture_scenes_sign (GtkWidget *window);

/* Takes the beginning of a case file away. */
void picture_scenes_damage (const char *path, const char *passphrase);
