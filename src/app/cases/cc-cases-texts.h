/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>
#include <cc/store/cc-record-list.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* The words of the page of cases. All texts are to be freed unless they are const. */

const char *cc_cases_facet_title (const char *unit, CcFacet facet);
char *cc_cases_value_label (CcSession *session, CcRecordTable *table, CcFacet facet, gint64 value);
char *cc_cases_count (CcSession *session, const char *unit, guint n, guint n_all);
char *cc_cases_tell_deleted (CcSession *session, guint n_parts);
char *cc_cases_format_age (CcSession *session, int min, int max);
char *cc_cases_format_code (CcSession *session, const CcCode *code);
char *cc_cases_format_value (CcSession *session, const CcValue *value, GPtrArray *entities);
char *cc_cases_reason (CcSession *session, const char *rule);

/* One sign at a time. */
const char *cc_cases_sign_icon (CcRecordSign sign);
const char *cc_cases_sign_text (CcRecordSign sign, const char *unit);

/* A line as it is read aloud, and as it is copied into a spreadsheet. */
char *cc_cases_describe_row (CcSession *session, const char *unit, const CcRecordRow *row);
char *cc_cases_describe_parked (CcSession *session, const CcParkedRow *row);
char *cc_cases_copy_row (CcSession *session, const char *unit, const CcRecordRow *row);
char *cc_cases_copy_parked (CcSession *session, const CcParkedRow *row);

/* What a record is called where it has neither name nor number. */
char *cc_cases_name_unit (CcSession *session, const CcUnit *unit);

G_END_DECLS
