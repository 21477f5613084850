/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Takes an act back as a new act, and says so in a toast that takes even that back. seq 0: the
 * newest act that can be taken back. What stands in the way is told in a dialog. */
void cc_undo_run (GtkWidget *near, CcSession *session, gint64 seq);

G_END_DECLS
