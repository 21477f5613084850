/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-finding-list.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* The sentences of the page of checks: pure functions, in the window's language. All but the icon
 * return newly allocated texts. */
char       *cc_checks_describe_rule (CcSession *session, const char *rule);
char       *cc_checks_describe_count (CcSession *session, const CcFindingGroup *group);
char       *cc_checks_describe_finding (CcSession *session, const CcFindingRow *row);
char       *cc_checks_describe_place (CcSession *session, const CcFindingRow *row);
char       *cc_checks_describe_settled (CcSession *session, const CcFindingRow *row);
const char *cc_checks_get_severity_name (const char *severity);
const char *cc_checks_get_severity_icon (const char *severity);

/* TRUE for rules about values that want a code: these are best worked off by importing again. */
gboolean cc_checks_is_unmapped (const char *rule);

G_END_DECLS
