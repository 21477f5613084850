/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/store/cc-sent-counts.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_SENT_WINDOW (cc_sent_window_get_type ())
G_DECLARE_FINAL_TYPE (CcSentWindow, cc_sent_window, CC, SENT_WINDOW, AdwWindow)

/* The figures that a delivery sent as counts, each with the cell it stood in. */
CcSentWindow *cc_sent_window_new (GtkWidget *near);
void cc_sent_window_load (CcSentWindow *self, CcSession *session, const CcSentCounts *counts);

G_END_DECLS
