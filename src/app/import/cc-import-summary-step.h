/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_SUMMARY_STEP (cc_import_summary_step_get_type ())
G_DECLARE_FINAL_TYPE (CcImportSummaryStep,
                      cc_import_summary_step,
                      CC,
                      IMPORT_SUMMARY_STEP,
                      CcImportStep)

/* Last step before the import: tries everything without keeping it, and says what would become of
 * each row. Also the one page of a file that is read as last time: then it asks for the period and
 * says what is new in the file; the signal "adjust" comes when a person wants to see the steps. */
void cc_import_summary_step_set_known (CcImportSummaryStep *self, gboolean known);

G_END_DECLS
