/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-value-plan.h>

#include "cc-import-draft.h"
#include "cc-import-line.h"

G_BEGIN_DECLS

/* What the lines of the step Values say; no widgets. owner of a value's line is its CcValuePlan and
 * subject its CcPlannedValue, NULL for blank cells; of a date's line the table and the column. */

/* Dates. */
gboolean    cc_import_has_date (GPtrArray *plans, guint index);
gboolean    cc_import_needs_order (CcImportDraft *draft, const CcInspectColumn *column);
CcCalendar  cc_import_needs_calendar (CcImportDraft *draft, const CcInspectColumn *column);
char       *cc_import_name_form (CcDateOrder order, CcCalendar calendar);
CcDateOrder cc_import_get_order (CcImportDraft *draft, const CcInspectColumn *column);
const char *cc_import_name_order (CcDateOrder order);
void        cc_import_show_date (CcImportDraft *draft, CcImportLine *line);

/* Values. */
CcImportLine *
cc_import_create_value (CcImportDraft *draft, CcValuePlan *plan, CcPlannedValue *value);
CcImportLine *cc_import_create_blank (CcImportDraft *draft, CcValuePlan *plan);
void          cc_import_show_value (CcImportDraft *draft, CcImportLine *line);
void          cc_import_show_blank (CcImportDraft *draft, CcImportLine *line);
void          cc_import_show_group (CcImportDraft *draft, CcImportLine *line);

G_END_DECLS
