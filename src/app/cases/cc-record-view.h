/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cases/cc-record-model.h"

G_BEGIN_DECLS

#define CC_TYPE_RECORD_VIEW (cc_record_view_get_type ())
G_DECLARE_FINAL_TYPE (CcRecordView, cc_record_view, CC, RECORD_VIEW, AdwBin)

/* The table of records. Signals: "selected" when another line is selected or none, "activated" on
 * Enter and double click, "ordered" when a column's header was clicked. */
void cc_record_view_show (CcRecordView  *self,
                          CcSession     *session,
                          const char    *unit,
                          CcRecordTable *table,
                          GArray        *ids);
void cc_record_view_clear (CcRecordView *self);

/* id 0 selects nothing. FALSE where the record is not in the list. */
gboolean      cc_record_view_select (CcRecordView *self, gint64 id);
void          cc_record_view_scroll_up (CcRecordView *self);
CcRecordItem *cc_record_view_get_selected (CcRecordView *self);
void cc_record_view_set_order (CcRecordView *self, CcRecordOrder order, gboolean descending);
CcRecordOrder cc_record_view_get_order (CcRecordView *self, gboolean *descending);

G_END_DECLS
