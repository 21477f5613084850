/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"

#include <gtk/gtk.h>

/* Titles a window after the country of the file it shows; session: NULL for none. No path and no
 * name of a file: others see window titles, and screenshots carry them. */
void cc_window_title_show (GtkWindow *window, CcSession *session);

/* Names the file above its pages: by its country and, where that says something else, by the name
 * of the file without its folder. */
void cc_window_title_show_names (GtkLabel   *country,
                                 GtkLabel   *file,
                                 CcSession  *session,
                                 const char *file_name);
