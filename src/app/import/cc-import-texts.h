/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-import.h>
#include <cc/intake/cc-preview.h>
#include <cc/intake/cc-value-plan.h>

#include "cc-import-draft.h"

G_BEGIN_DECLS

/* What the import page says, as pure functions: each returns a new text. Words of the data come
 * from the pack and the texts catalogue in the window's language. */

/* Keys of data/texts. */
char *cc_import_text (CcSession *session, const char *key);

/* The queue and the deliveries. */
char *cc_import_describe_draft (CcImportDraft *draft);
char *cc_import_describe_delivery (CcSession *session, const CcSubmission *submission);
char *
cc_import_describe_undo (CcSession *session, const char *agency, const CcSubmission *delivery);

/* Columns. */
char *cc_import_describe_unit (const char *unit); /* "One row for each victim" */
char *cc_import_describe_target (CcSession *session, const CcTarget *target);
char *cc_import_describe_targets (CcSession *session, const CcColumnPlan *plan);
char *cc_import_describe_reason (CcSession *session, const CcColumnPlan *plan);
char *cc_import_describe_samples (const CcInspectColumn *column);
char *cc_import_describe_fill (CcSession             *session,
                               const CcInspectTable  *table,
                               const CcInspectColumn *column);

/* Rows of the preview: a short word, NULL for rows of data. */
const char *cc_import_describe_row_kind (CcPreviewKind kind);

/* Values. */
char *cc_import_describe_value (CcSession *session, const CcPlannedValue *value);
char *cc_import_describe_plan (CcSession *session, const CcValuePlan *plan);
char *cc_import_describe_no_value (CcNoValue no_value);
/* Dates: "03/04/2023 is 3 April 2023", in the order given. */
char *cc_import_describe_date_order (CcSession             *session,
                                     const CcInspectColumn *column,
                                     CcDateOrder            order,
                                     CcCalendar             calendar,
                                     gboolean               date_1904);

/* The result of a run, dry or not. */
char *cc_import_describe_result (CcSession *session, const CcImportResult *result, gboolean done);
char *
cc_import_describe_examples (CcSession *session, const CcImportResult *result, const char *rule);
GPtrArray *cc_import_list_consequences (CcImportDraft *draft); /* char* */

G_END_DECLS
