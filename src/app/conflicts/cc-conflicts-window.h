/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_CONFLICTS_WINDOW (cc_conflicts_window_get_type ())
G_DECLARE_FINAL_TYPE (CcConflictsWindow, cc_conflicts_window, CC, CONFLICTS_WINDOW, AdwWindow)

/* What both sides changed before files were brought together: one question after the other, each
 * with both answers. */
CcConflictsWindow *cc_conflicts_window_new (GtkWindow *parent, CcSession *session);

G_END_DECLS
