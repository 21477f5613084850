/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_PREFERENCES_WINDOW (cc_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (CcPreferencesWindow,
                      cc_preferences_window,
                      CC,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/* Appearance, language of data labels, locking: settings of this computer, used at once; and the
 * passphrase and backups of the open case file. session: (nullable). */
GtkWidget *cc_preferences_window_new (CcSession *session);

/* The choices of the list of minutes: which one stands for a number, and back. Numbers between two
 * choices take the shorter, which is the safer one; 0 is never. */
guint cc_preferences_find_minutes (int minutes);
int   cc_preferences_get_minutes (guint choice);

G_END_DECLS
