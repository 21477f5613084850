/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"

G_BEGIN_DECLS

/* Looks every few seconds whether another program has added acts to a file that is open here for
 * reading only, and then tells the session that its data changed; as long as owner, which shows it,
 * is there. Does nothing for a file that is open for writing. */
void cc_session_follow (CcSession *session, GObject *owner);

G_END_DECLS
