/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "present/cc-form-window.h"

G_BEGIN_DECLS

#define CC_TYPE_PACKAGE_WINDOW (cc_package_window_get_type ())
G_DECLARE_FINAL_TYPE (CcPackageWindow, cc_package_window, CC, PACKAGE_WINDOW, CcFormWindow)

/* Chooses a part of the open case file, tells what it is before anything is written, and writes it
 * as a package with a passphrase of its own. parent: (nullable). */
GtkWidget *cc_package_window_new (GtkWindow *parent, CcSession *session);

/* Writes it, as the button does once a file is chosen. */
void cc_package_window_write (CcPackageWindow *self, GFile *target);

G_END_DECLS
