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

/* Keeps the day's backup of an open case file, also when it stays open over midnight, in the
 * background. What fails is said in the window of `near` once a day; it holds nothing up. */
typedef struct _CcBackupKeeper CcBackupKeeper;

CcBackupKeeper *cc_backup_keeper_new (GtkWidget *near, CcSession *session);
void            cc_backup_keeper_free (CcBackupKeeper *self);

G_END_DECLS
