/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-case-draft.h"
#include "cc-case-editor.h"
#include "cc-case-layout.h"
#include "cc-case-tree.h"
#include "cc-editor-context.h"
#include "cc-unit-form.h"

G_BEGIN_DECLS

struct _CcCaseEditor
{
  AdwBin parent_instance;

  GtkStack          *stack;
  GtkWidget         *covered; /* in place of the stack, which keeps the keys */
  AdwFlap           *flap;
  CcCaseTree        *tree;
  GtkMenuButton     *add_button;
  GtkLabel          *unit_name;
  GtkLabel          *unit_summary;
  GtkWidget         *cut_notice;
  GtkWidget         *similar_place;
  CcUnitForm        *form;
  GtkScrolledWindow *scrolled;
  GtkWidget         *delete_button;
  GtkWidget         *next_button;
  GtkLabel          *next_label;
  GtkLabel          *help;
  GtkLabel          *status;
  AdwStatusPage     *failure;

  CcSession          *session;
  CcEditorContext    *context;
  CcCaseDraft        *draft;
  CcDraftUnit        *unit;     /* shown */
  const CcVariable   *at;       /* the question that had the keys last, NULL at first */
  CcCaseLayout       *layout;   /* what the form looked like when it was saved, until it is read */
  GPtrArray          *findings; /* CcFinding of the file */
  GSimpleActionGroup *actions;
  GCancellable       *cancellable;
  char               *start_unit; /* of a new case */
  gint64              record;     /* by which the case was opened, 0 for a new one */
  gint64              agency;     /* the last new case was stated by; 0 at first */
  guint               check_id;   /* source that waits to run the checks */
  gboolean            saving;
  gboolean            close_after_save;
  CcKept              kept;
  CcKept              kept_then; /* when the act has succeeded */
};

/* cc-case-editor.c */
void cc_case_editor_show_unit (CcCaseEditor *self, CcDraftUnit *unit, gboolean focus);
void cc_case_editor_update (CcCaseEditor *self);

/* cc-case-editor-save.c */
void cc_case_editor_save (CcCaseEditor *self);
void cc_case_editor_ask_close (CcCaseEditor *self);

/* cc-case-editor-actions.c */
void cc_case_editor_add_actions (CcCaseEditor *self);
void cc_case_editor_update_actions (CcCaseEditor *self);

G_END_DECLS
