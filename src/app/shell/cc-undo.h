/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Takes an act back as a new act, and says which in a toast that takes even that back. seq 0: the
 * newest act that can be taken back; where somebody types, what was typed last. What stands in the
 * way is told in a dialog. */
void cc_undo_run (GtkWidget *near, CcSession *session, gint64 seq);

/* Does again what was taken back last, as long as nothing new was done since; likewise. */
void cc_redo_run (GtkWidget *near, CcSession *session);

G_END_DECLS
