/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"
#include "widgets/cc-lazy-item.h"

G_BEGIN_DECLS

#define CC_TYPE_HISTORY_ROW (cc_history_row_get_type ())
G_DECLARE_FINAL_TYPE (CcHistoryRow, cc_history_row, CC, HISTORY_ROW, GtkBox)

/* One act in the list: what, when, by whom, and whether it was taken back. */
GtkWidget *cc_history_row_new (void);

/* item NULL takes it away. session is needed with an item. */
void cc_history_row_set_item (CcHistoryRow *self, CcSession *session, CcLazyItem *item);

G_END_DECLS
