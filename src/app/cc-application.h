/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_APPLICATION (cc_application_get_type ())
G_DECLARE_FINAL_TYPE (CcApplication, cc_application, CC, APPLICATION, AdwApplication)

/* The program: one window per case file. Actions: app.about, app.help, app.lock, app.new-window,
 * app.preferences, app.quit. */
CcApplication *cc_application_new (void);

G_END_DECLS
