/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-case-draft.h"
#include "cc-editor-context.h"
#include "cc-field-row.h"

G_BEGIN_DECLS

#define CC_TYPE_UNIT_FORM (cc_unit_form_get_type ())
G_DECLARE_FINAL_TYPE (CcUnitForm, cc_unit_form, CC, UNIT_FORM, AdwBin)

/* The questions about one part of a case, section by section. Signals: "changed" when somebody
 * answered; "focused" (CcFieldRow) when the keys come to a question. */
CcUnitForm *cc_unit_form_new (void);

/* draft and unit are borrowed: the form is filled anew before they go. */
void cc_unit_form_fill (CcUnitForm      *self,
                        CcEditorContext *context,
                        CcCaseDraft     *draft,
                        CcDraftUnit     *unit,
                        gboolean         read_only);
void cc_unit_form_empty (CcUnitForm *self);

/* Takes what stands in the fields for the last word, wherever the keys are. */
void cc_unit_form_settle (CcUnitForm *self);

/* Shows again what the draft says, after something else changed it. */
void cc_unit_form_reload (CcUnitForm *self);

/* findings: CcCheckFinding of the person; stored: CcFinding of the file that are still open. */
void cc_unit_form_show_findings (CcUnitForm *self, GPtrArray *findings, GPtrArray *stored);

/* The first question, or the one about a variable. */
void        cc_unit_form_focus (CcUnitForm *self, const CcVariable *variable);
CcFieldRow *cc_unit_form_find_row (CcUnitForm *self, const char *variable);

G_END_DECLS
