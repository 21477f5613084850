/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Asks for a package or another copy of the open case file and its passphrase, says how the two
 * stand to each other, and brings it in if that is wanted. window: a CcWindow that shows it. */
void cc_merge_flow_start (GtkWindow *window, CcSession *session);

/* The same when the file is chosen. */
void cc_merge_flow_bring (GtkWindow *window, CcSession *session, GFile *file);

/* A case file was brought in and opened: if it is a package, asks whether to bring it into another
 * one of the library. window: a CcWindow that shows it. */
void cc_package_flow_start (GtkWindow *window, CcSession *session);

/* A copy of a case file was brought into the library that has others: asks whether to keep both, to
 * keep the one that was here, or to bring what is new into it, and in whose name. page: the start
 * page. copies: paths of those that were here; of several one is chosen. */
void cc_copy_flow_start (GtkWidget *page, const char *const *copies, const char *brought);

G_END_DECLS
