/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_OUTCOME (cc_import_outcome_get_type ())
G_DECLARE_FINAL_TYPE (CcImportOutcome, cc_import_outcome, CC, IMPORT_OUTCOME, AdwBin)

/* What becomes, or became, of the rows of a file: counts, what is set aside or left out and why,
 * findings with examples, and what will not be counted. */
void cc_import_outcome_show (CcImportOutcome *self, CcImportDraft *draft, gboolean done);

G_END_DECLS
