/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "present/cc-form-window.h"

G_BEGIN_DECLS

#define CC_TYPE_REKEY_WINDOW (cc_rekey_window_get_type ())
G_DECLARE_FINAL_TYPE (CcRekeyWindow, cc_rekey_window, CC, REKEY_WINDOW, CcFormWindow)

/* Asks for the old passphrase of the open case file and, twice, for a new one, and changes it.
 * Signal: changed (backup), the path of the backup from before; the window closes itself. */
GtkWidget *cc_rekey_window_new (GtkWindow *parent, CcSession *session);

G_END_DECLS
