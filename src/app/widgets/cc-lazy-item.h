/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CC_TYPE_LAZY_ITEM (cc_lazy_item_get_type ())
G_DECLARE_FINAL_TYPE (CcLazyItem, cc_lazy_item, CC, LAZY_ITEM, GObject)

/* One line of a CcLazyModel. Its row is NULL until it has been read; then "row" is notified. */
CcLazyItem   *cc_lazy_item_new (gint64 id);
gint64        cc_lazy_item_get_id (CcLazyItem *self);
gconstpointer cc_lazy_item_get_row (CcLazyItem *self);

/* row: (transfer full): freed with free_row */
void cc_lazy_item_set_row (CcLazyItem *self, gpointer row, GDestroyNotify free_row);

G_END_DECLS
