/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-entry.h>
#include <cc/model/cc-form.h>

#include "cc-case-draft.h"
#include "cc-editor-context.h"
#include "cc-session.h"

G_BEGIN_DECLS

/* The words of the case form, in the window's language. Returned texts are to be freed unless they
 * are const. */

/* "Victim 2", "Exploitation", "Justice Step 1": what the tree calls a unit. */
char *cc_editor_name_unit (CcCaseDraft *draft, CcDraftUnit *unit);

/* What tells this unit from others of its kind: a name, a status and its day; NULL while nothing is
 * entered. */
char *cc_editor_summarise_unit (CcSession *session, CcDraftUnit *unit);

/* "Add Justice Step": for a menu. */
char       *cc_editor_name_offer (CcCaseDraft *draft, const CcDraftOffer *offer);
char       *cc_editor_name_section (CcSession *session, const CcFormSection *section);
const char *cc_editor_name_no_value (CcNoValue no_value);

/* Why a text cannot be stored; NULL where it can. */
char *cc_editor_explain_read (CcEditorContext  *context,
                              CcEntryRead       read,
                              const CcVariable *variable,
                              const char       *text);

/* The value in words: labels, days, ages, "Unknown". */
char *cc_editor_write_value (CcSession *session, const CcValue *value);
char *cc_editor_write_age (CcSession *session, const CcValue *value);

const char *cc_editor_get_label (CcSession *session, const CcVariable *variable);

/* One line of help; the dictionary has it in English. */
const char *cc_editor_get_definition (CcSession *session, const CcVariable *variable);

G_END_DECLS
