/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CC_TYPE_LAZY_ITEM (cc_lazy_item_get_type ())
G_DECLARE_FINAL_TYPE (CcLazyItem, cc_lazy_item, CC, LAZY_ITEM, GObject)

/* One line of a CcLazyModel. It stays where it is when the list becomes another; then it stands for
 * another id. "row" is notified when what it shows has been read, or when it shows nothing. */
CcLazyItem   *cc_lazy_item_new (gint64 id);
gint64        cc_lazy_item_get_id (CcLazyItem *self);
gconstpointer cc_lazy_item_get_row (CcLazyItem *self);

/* From now on the line stands for another id; 0: for nothing. What is seen of the one before is
 * left until the row of the new one comes, but nobody gets it any more. */
void cc_lazy_item_set_id (CcLazyItem *self, gint64 id);

/* row: (transfer full) (nullable): begins with its id; freed with free_row */
void cc_lazy_item_set_row (CcLazyItem *self, gpointer row, GDestroyNotify free_row);

G_END_DECLS
