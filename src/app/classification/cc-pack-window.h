/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "present/cc-form-window.h"

G_BEGIN_DECLS

#define CC_TYPE_PACK_WINDOW (cc_pack_window_get_type ())
G_DECLARE_FINAL_TYPE (CcPackWindow, cc_pack_window, CC, PACK_WINDOW, CcFormWindow)

/* Which classification the open case file uses, and another one over it: what changes is told
 * first. Signal: installed, when the window closes after that: the case file must be opened again.
 * parent: (nullable). */
GtkWidget *cc_pack_window_new (GtkWindow *parent, CcSession *session);

/* As if they were chosen; concordance: (nullable): the one that the folder brings along. */
void cc_pack_window_choose (CcPackWindow *self, const char *folder, const char *concordance);

G_END_DECLS
