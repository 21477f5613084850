/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_RESULT_VIEW (cc_import_result_view_get_type ())
G_DECLARE_FINAL_TYPE (CcImportResultView,
                      cc_import_result_view,
                      CC,
                      IMPORT_RESULT_VIEW,
                      CcImportStep)

/* After the import: what became of the rows, and where to go from here. The signal "next" asks for
 * the next file of the queue. */
void cc_import_result_view_set_n_waiting (CcImportResultView *self, guint n_waiting);

G_END_DECLS
