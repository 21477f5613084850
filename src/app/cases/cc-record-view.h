/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/cc-record-grid.h"

G_BEGIN_DECLS

#define CC_TYPE_RECORD_VIEW (cc_record_view_get_type ())
G_DECLARE_FINAL_TYPE (CcRecordView, cc_record_view, CC, RECORD_VIEW, AdwBin)

/* The tables of records, one a unit: columns and lines are not made anew when another unit is
 * looked at. Signals as those of CcRecordGrid, of the one that is seen. What is asked is asked
 * of that one. */
void cc_record_view_show (CcRecordView  *self,
                          CcSession     *session,
                          const char    *unit,
                          CcRecordTable *table,
                          GArray        *ids);

/* id 0 selects nothing. FALSE where the record is not in the list. */
gboolean    cc_record_view_select (CcRecordView *self, gint64 id);
void        cc_record_view_scroll_up (CcRecordView *self);
CcLazyItem *cc_record_view_get_selected (CcRecordView *self);
void        cc_record_view_set_order (CcRecordView *self, CcRecordOrder order, gboolean descending);
CcRecordOrder cc_record_view_get_order (CcRecordView *self, gboolean *descending);

/* beside: whether the details of the selected line stand beside the table; then what they say as
 * well gives way to names where there is little room. */
void cc_record_view_set_beside (CcRecordView *self, gboolean beside);

/* Takes a part of a table away for good. FALSE where no table is left. */
gboolean cc_record_view_take_apart (CcRecordView *self);

G_END_DECLS
