/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_TABLE_STEP (cc_import_table_step_get_type ())
G_DECLARE_FINAL_TYPE (CcImportTableStep, cc_import_table_step, CC, IMPORT_TABLE_STEP, CcImportStep)

/* The tables found in the file: where each begins, what its rows are, what is left out of it. */

G_END_DECLS
