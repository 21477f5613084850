/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"
#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_CASE_EDITOR (cc_case_editor_get_type ())
G_DECLARE_FINAL_TYPE (CcCaseEditor, cc_case_editor, CC, CASE_EDITOR, AdwBin)

/* A whole case in a form: event, victims, perpetrators and everything that links them. Nothing is
 * written before "Save"; then all changes are one act.
 *
 * Signals: "saved" (gint64): the act succeeded, with the record of the person or event that was
 * shown, 0 where the case was deleted; "closed": the user is done with the form; "stayed":
 * the user, asked whether to save, goes on with it, or it could not be saved. Property "title":
 * what the case is about. */
GtkWidget *cc_case_editor_new (void);
void       cc_case_editor_load (CcCaseEditor *self, CcSession *session, gint64 record);
void       cc_case_editor_start (CcCaseEditor *self, CcSession *session, const char *unit);

gboolean cc_case_editor_is_dirty (CcCaseEditor *self);

/* Reads the case again after the file changed elsewhere, such as by an undo; a form with unsaved
 * answers stays as it is. */
void cc_case_editor_refresh (CcCaseEditor *self);

/* Asks what to do with unsaved answers, if there are any; then "closed" follows, or nothing. */
void cc_case_editor_request_close (CcCaseEditor *self);

/* Hides the case while the question is on the screen; it is seen again when its user stays. */
void cc_case_editor_cover (CcCaseEditor *self, gboolean cover);

/* Saves without asking: what can be stored. get_kept tells how that ended. */
void   cc_case_editor_keep (CcCaseEditor *self);
CcKept cc_case_editor_get_kept (CcCaseEditor *self);

/* Forgets the case, unsaved answers too. */
void cc_case_editor_discard (CcCaseEditor *self);

G_END_DECLS
