/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <cc/store/cc-record-list.h>

G_BEGIN_DECLS

#define CC_TYPE_RECORD_ITEM (cc_record_item_get_type ())
G_DECLARE_FINAL_TYPE (CcRecordItem, cc_record_item, CC, RECORD_ITEM, GObject)

/* One line of a list: an id at once, what it shows when it has been read. The signal "loaded" tells
 * when that is. */
CcRecordItem      *cc_record_item_new (gint64 id);
gint64             cc_record_item_get_id (CcRecordItem *self);
const CcRecordRow *cc_record_item_get_row (CcRecordItem *self); /* NULL: not read yet, or parked */
const CcParkedRow *cc_record_item_get_parked (CcRecordItem *self); /* NULL: not read yet, or not */

/* Both take what they are given. */
void cc_record_item_take_row (CcRecordItem *self, CcRecordRow *row);
void cc_record_item_take_parked (CcRecordItem *self, CcParkedRow *parked);

G_END_DECLS
