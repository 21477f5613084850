/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"

G_BEGIN_DECLS

/* Looks every few seconds whether another program has added acts to a file that is open here for
 * reading only, and then tells the session that its data changed. */
typedef struct _CcSessionFollow CcSessionFollow;

CcSessionFollow *cc_session_follow_new (CcSession *session);
void             cc_session_follow_free (CcSessionFollow *self);

G_END_DECLS
