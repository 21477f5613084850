/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_COLUMNS_STEP (cc_import_columns_step_get_type ())
G_DECLARE_FINAL_TYPE (CcImportColumnsStep,
                      cc_import_columns_step,
                      CC,
                      IMPORT_COLUMNS_STEP,
                      CcImportStep)

/* What each column of the tables holds. */

G_END_DECLS
