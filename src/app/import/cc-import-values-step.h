/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_VALUES_STEP (cc_import_values_step_get_type ())
G_DECLARE_FINAL_TYPE (CcImportValuesStep,
                      cc_import_values_step,
                      CC,
                      IMPORT_VALUES_STEP,
                      CcImportStep)

/* What the values of coded columns mean, and in which order dates are written. Only what needs eyes
 * is unfolded. */

G_END_DECLS
