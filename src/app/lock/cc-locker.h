/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Locks the case files of all windows: by hand, or after a time without use. Work under way is
 * waited for. Where no case file is open, nothing happens. */
typedef struct _CcLocker CcLocker;

CcLocker *cc_locker_new (GtkApplication *application);
void      cc_locker_free (CcLocker *self);

/* Minutes without use until it locks; 0: never. */
void cc_locker_set_minutes (CcLocker *self, int minutes);

/* Locks as soon as no work is under way. */
void cc_locker_lock (CcLocker *self);

/* After the program was started anew: asks for the passphrases of the files that were open. FALSE
 * where none were. */
gboolean cc_locker_come_back (CcLocker *self);

G_END_DECLS
