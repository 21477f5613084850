/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Asks for a package or another copy of the open case file and its passphrase, and brings it in. */
void cc_merge_flow_start (GtkWindow *window, CcSession *session);

/* Another copy of a case file was brought into the library: asks whether to keep both, to keep the
 * one that was here, or to bring what is new into it. page: the start page. */
void cc_copy_flow_start (GtkWidget *page, const char *here, const char *brought);

G_END_DECLS
