/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks every few seconds whether another program has changed a file that is open here for reading
 * only, and then tells the session that its data changed; where another file took its place, it
 * activates win.ask-again. As long as owner, which shows it, is there. Does nothing for a file that
 * is open for writing. */
void cc_session_follow (CcSession *session, GtkWidget *owner);

G_END_DECLS
