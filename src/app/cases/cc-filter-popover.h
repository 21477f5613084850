/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/store/cc-record-list.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_FILTER_POPOVER (cc_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (CcFilterPopover, cc_filter_popover, CC, FILTER_POPOVER, GtkPopover)

/* By what a list can be narrowed, each value with the number of records it would give. Signals:
 * "chosen" (facet, value, whether it is wanted), "persons" (whether one line a person is wanted).
 */
void cc_filter_popover_update (CcFilterPopover     *self,
                               CcSession           *session,
                               CcRecordTable       *table,
                               const CcRecordList  *list,
                               const CcRecordQuery *query);

G_END_DECLS
