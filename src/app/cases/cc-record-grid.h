/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/store/cc-record-list.h>

#include "cc-session.h"
#include "widgets/cc-lazy-model.h"

G_BEGIN_DECLS

#define CC_TYPE_RECORD_GRID (cc_record_grid_get_type ())
G_DECLARE_FINAL_TYPE (CcRecordGrid, cc_record_grid, CC, RECORD_GRID, AdwBin)

/* The table of the records of one unit, or of the rows set aside (CC_CASES_PARKED). Signals:
 * "selected" when another line is selected or none, "activated" on Enter and double click,
 * "ordered" when a column's header was clicked. */
CcRecordGrid *cc_record_grid_new (CcSession *session, const char *unit);
void          cc_record_grid_show (CcRecordGrid *self, CcRecordTable *table, GArray *ids);

/* id 0 selects nothing. FALSE where the record is not in the list. */
gboolean    cc_record_grid_select (CcRecordGrid *self, gint64 id);
void        cc_record_grid_scroll_up (CcRecordGrid *self);
CcLazyItem *cc_record_grid_get_selected (CcRecordGrid *self);
void        cc_record_grid_set_order (CcRecordGrid *self, CcRecordOrder order, gboolean descending);
CcRecordOrder cc_record_grid_get_order (CcRecordGrid *self, gboolean *descending);

/* beside: whether the details of the selected line stand beside the table; then what they say as
 * well gives way to names where there is little room. FALSE at first. */
void cc_record_grid_set_beside (CcRecordGrid *self, gboolean beside);

/* Takes one column away for good. FALSE where none is left. */
gboolean cc_record_grid_take_apart (CcRecordGrid *self);

G_END_DECLS
