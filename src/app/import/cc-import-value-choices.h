/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-value-plan.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* What a person chooses from in the step Values: CcImportChoice, whose values are codes as in a map
 * file, and orders of dates. */
GListModel *
cc_import_list_codes (CcImportDraft *draft, const CcValuePlan *plan, const CcPlannedValue *value);
/* What may hold for every row; said: what does, or NULL; nothing: the value of a line that takes it
 * back, NULL for no such line. */
GListModel *cc_import_list_constant_codes (CcImportDraft    *draft,
                                           const CcVariable *variable,
                                           const CcValue    *said,
                                           const char       *nothing);
GListModel *cc_import_list_blanks (CcImportDraft *draft, const CcVariable *variable);
GListModel *cc_import_list_orders (CcImportDraft *draft, const CcInspectColumn *column);

G_END_DECLS
