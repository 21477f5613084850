/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-case-save.h"

G_BEGIN_DECLS

/* Where somebody was in a form when it was saved, and the parts they had added and not filled in:
 * the file knows nothing of these, and the form that is read from it again is to be the same. */
typedef struct _CcCaseLayout CcCaseLayout;

/* After the act. shown: the part that is looked at; variable: (nullable): id of the question with
 * the keys */
CcCaseLayout *
cc_case_layout_new (CcCaseDraft *draft, CcCaseSave *save, CcDraftUnit *shown, const char *variable);
void cc_case_layout_free (CcCaseLayout *self);

/* Adds the empty parts to the case as the file has it. Returns: (nullable): the part to show */
CcDraftUnit *cc_case_layout_apply (CcCaseLayout *self, CcCaseDraft *draft);
const char  *cc_case_layout_get_variable (CcCaseLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCaseLayout, cc_case_layout_free)

G_END_DECLS
