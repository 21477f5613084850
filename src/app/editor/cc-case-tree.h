/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-case-draft.h"
#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_CASE_TREE (cc_case_tree_get_type ())
G_DECLARE_FINAL_TYPE (CcCaseTree, cc_case_tree, CC, CASE_TREE, AdwBin)

/* The parts of a case, from the event to the last step of justice. Signal "selected": another part
 * was chosen. */
CcCaseTree *cc_case_tree_new (void);

/* Shows the parts as they are now and marks one; draft is borrowed. */
void
cc_case_tree_show (CcCaseTree *self, CcSession *session, CcCaseDraft *draft, CcDraftUnit *selected);
void         cc_case_tree_empty (CcCaseTree *self);
CcDraftUnit *cc_case_tree_get_selected (CcCaseTree *self);

/* The part after or before the marked one; NULL at the end. */
CcDraftUnit *cc_case_tree_get_next (CcCaseTree *self, int by);
void         cc_case_tree_select (CcCaseTree *self, CcDraftUnit *unit);
guint        cc_case_tree_get_n (CcCaseTree *self);

G_END_DECLS
