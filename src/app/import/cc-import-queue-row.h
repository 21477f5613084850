/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_QUEUE_ROW (cc_import_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (CcImportQueueRow, cc_import_queue_row, CC, IMPORT_QUEUE_ROW, AdwActionRow)

/* One file of the queue. The signal "removed" comes when the user takes it out. */
CcImportQueueRow *cc_import_queue_row_new (CcImportDraft *draft);
CcImportDraft    *cc_import_queue_row_get_draft (CcImportQueueRow *self);

G_END_DECLS
