/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-backup.h>

#include "cc-session.h"
#include "present/cc-form-window.h"

G_BEGIN_DECLS

#define CC_TYPE_RESTORE_WINDOW (cc_restore_window_get_type ())
G_DECLARE_FINAL_TYPE (CcRestoreWindow, cc_restore_window, CC, RESTORE_WINDOW, CcFormWindow)

/* Asks under which name a backup is to be brought back into the library and for its passphrase, and
 * does it. session: of the case file whose backup it is.
 * Signal: restored (path); the window closes itself. */
GtkWidget *cc_restore_window_new (GtkWindow *parent, CcSession *session, const CcBackup *backup);

G_END_DECLS
