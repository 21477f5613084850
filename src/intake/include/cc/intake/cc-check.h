/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* Checks of one victim or perpetrator with its links, as pure functions over records before or
 * after they are stored. Each rule has an id, which is the key of its text. */

typedef enum
{
  CC_SEVERITY_NOTE,
  CC_SEVERITY_WARNING,
  CC_SEVERITY_ERROR,
} CcSeverity;

typedef struct
{
  const char       *rule; /* intake.check.date-order ... */
  CcSeverity        severity;
  const CcVariable *variable; /* the one to look at, may be NULL */
  char             *value;
} CcCheckFinding;

/* The records of one sheet row or one person of the case entry page: CcRecord* of any units. */
GPtrArray  *cc_check_records (CcPack *pack, GPtrArray *records, CcDay today);
const char *cc_severity_to_text (CcSeverity severity); /* error, warning, note */
void        cc_check_finding_free (CcCheckFinding *self);

extern const char *const cc_check_rules[]; /* all rule ids, NULL-terminated */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCheckFinding, cc_check_finding_free)

G_END_DECLS
