/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cases/cc-case-details.h"

G_BEGIN_DECLS

#define CC_TYPE_DETAILS_PANE (cc_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (CcDetailsPane, cc_details_pane, CC, DETAILS_PANE, AdwBin)

/* Shows one record, or one row set aside; NULL: nothing is selected. Its buttons activate
 * cases.edit, cases.delete and cases.copy. */
void cc_details_pane_show (CcDetailsPane *self, const CcCaseDetails *details);

G_END_DECLS
