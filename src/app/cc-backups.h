/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Where this computer keeps backups: the folder chosen in the preferences, else one beside the
 * library. Returns: (transfer full). */
char *cc_backups_dup_folder (void);
char *cc_backups_dup_usual_folder (void);

/* Tells the store, before a file is opened: opening may make a backup. Makes the usual folder where
 * it is missing, so not on the main loop. */
void cc_backups_prepare_folder (void);

/* Keeps the day's backup of an open case file in the background until `shell` is destroyed, also
 * when the file stays open over midnight. What fails is said in its window once a day; it holds
 * nothing up. */
void cc_backups_keep (GtkWidget *shell, CcSession *session);

G_END_DECLS
