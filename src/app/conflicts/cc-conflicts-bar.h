/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_CONFLICTS_BAR (cc_conflicts_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcConflictsBar, cc_conflicts_bar, CC, CONFLICTS_BAR, AdwBin)

/* Says how many questions from bringing files together wait, and leads to them. Invisible where
 * none does. */
void cc_conflicts_bar_refresh (CcConflictsBar *self, CcSession *session);

G_END_DECLS
