/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-detail-item.h"

G_BEGIN_DECLS

#define CC_TYPE_DETAIL_WINDOW (cc_detail_window_get_type ())
G_DECLARE_FINAL_TYPE (CcDetailWindow, cc_detail_window, CC, DETAIL_WINDOW, AdwWindow)

/* A window over the one it belongs to, with a list of any length. A line that stands for a record
 * leads to it, and the window closes. */
CcDetailWindow *cc_detail_window_new (GtkWidget *near, const char *title);

/* Until this is called, the window shows that something is being looked up. items: CcDetailItem. */
void cc_detail_window_show (CcDetailWindow *self, const char *summary, GListModel *items);
void cc_detail_window_fail (CcDetailWindow *self, const GError *error);

G_END_DECLS
