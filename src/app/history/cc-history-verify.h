/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Examines the whole file: encryption, database, the chain of acts from the first on, and the
 * counts made of it; then says what was found. */
void cc_history_verify_run (GtkWidget *near, CcSession *session);

G_END_DECLS
