/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "cc-history-entry.h"

G_BEGIN_DECLS

#define CC_TYPE_HISTORY_ITEM (cc_history_item_get_type ())
G_DECLARE_FINAL_TYPE (CcHistoryItem, cc_history_item, CC, HISTORY_ITEM, GObject)

/* One place of the list. Its act comes later than the item, with property "loaded". */
CcHistoryItem        *cc_history_item_new (void);
void                  cc_history_item_take_entry (CcHistoryItem *self, CcHistoryEntry *entry);
const CcHistoryEntry *cc_history_item_get_entry (CcHistoryItem *self);

G_END_DECLS
