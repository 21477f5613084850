/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_VERDICTS_VIEW (cc_verdicts_view_get_type ())
G_DECLARE_FINAL_TYPE (CcVerdictsView, cc_verdicts_view, CC, VERDICTS_VIEW, AdwBin)

/* The decisions that are remembered, newest first: searched, and each taken back by itself, which
 * brings its pair back into the queue. */
void  cc_verdicts_view_load (CcVerdictsView *self, CcSession *session, const char *kind);
void  cc_verdicts_view_refresh (CcVerdictsView *self);
guint cc_verdicts_view_get_n (CcVerdictsView *self);

G_END_DECLS
