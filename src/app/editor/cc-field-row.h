/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/model/cc-form.h>
#include <cc/model/cc-record.h>

#include "cc-editor-context.h"

G_BEGIN_DECLS

#define CC_TYPE_FIELD_ROW (cc_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcFieldRow, cc_field_row, CC, FIELD_ROW, GtkWidget)

/* One question of the form: its label, something to answer it with, what was understood, and what
 * the checks say. Signals: "changed" when somebody answered; "focused" when the keys come here. */
struct _CcFieldRowClass
{
  GtkWidgetClass parent_class;

  /* Shows the answer; unread: (nullable): what was typed and is no answer. */
  void (*show) (CcFieldRow *self, const CcValue *value, const char *unread);

  /* Takes what stands there for the last word; NULL where every change is one. */
  void (*settle) (CcFieldRow *self);
};

/* What a check says at the field. */
typedef enum
{
  CC_FIELD_REMARK,
  CC_FIELD_WARNING,
  CC_FIELD_ERROR,
} CcFieldSign;

/* The row that fits the variable. */
CcFieldRow *cc_field_row_new (CcEditorContext *context, const CcFormField *field);

const CcVariable *cc_field_row_get_variable (CcFieldRow *self);
gboolean          cc_field_row_get_repeats (CcFieldRow *self);
const CcValue    *cc_field_row_get_value (CcFieldRow *self);
const char       *cc_field_row_get_unread (CcFieldRow *self);

/* A date of birth that was typed where the age belongs; unknown otherwise. */
CcInterval cc_field_row_get_birth (CcFieldRow *self);

/* Shows what the record says. */
void cc_field_row_load (CcFieldRow *self, CcRecord *record, const char *unread);

/* reason: (nullable): why the question does not apply; its answer stays in sight. */
void cc_field_row_set_aside (CcFieldRow *self, const char *reason);
void cc_field_row_clear_findings (CcFieldRow *self);
void cc_field_row_add_finding (CcFieldRow *self, CcFieldSign sign, const char *text);
void cc_field_row_set_no_value (CcFieldRow *self, CcNoValue no_value);

/* What came without the keys ever leaving the field, as a text dropped there or one that a screen
 * reader put there, counts as much as what was typed. */
void cc_field_row_settle (CcFieldRow *self);

/* For the kinds of rows. */
CcEditorContext *cc_field_row_get_context (CcFieldRow *self);
guint            cc_field_row_get_most (CcFieldRow *self);
void             cc_field_row_set_control (CcFieldRow *self, GtkWidget *control, GtkWidget *focus);
void             cc_field_row_name_widget (CcFieldRow *self, GtkWidget *widget);

/* value: (transfer full): what was answered; unread: (nullable): what cannot be one, and why. */
void     cc_field_row_take (CcFieldRow *self, CcValue *value, const char *unread, CcEntryRead read);
void     cc_field_row_take_birth (CcFieldRow *self, CcInterval birth);
CcValue *cc_field_row_start_value (CcFieldRow *self);
void     cc_field_row_move_on (CcFieldRow *self);

G_END_DECLS
