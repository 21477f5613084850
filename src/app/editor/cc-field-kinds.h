/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-field-row.h"

G_BEGIN_DECLS

/* The kinds of rows; made by cc_field_row_new (). */
#define CC_TYPE_FIELD_TEXT (cc_field_text_get_type ())
G_DECLARE_FINAL_TYPE (CcFieldText, cc_field_text, CC, FIELD_TEXT, CcFieldRow)

#define CC_TYPE_FIELD_CODE (cc_field_code_get_type ())
G_DECLARE_FINAL_TYPE (CcFieldCode, cc_field_code, CC, FIELD_CODE, CcFieldRow)

#define CC_TYPE_FIELD_RADIO (cc_field_radio_get_type ())
G_DECLARE_FINAL_TYPE (CcFieldRadio, cc_field_radio, CC, FIELD_RADIO, CcFieldRow)

#define CC_TYPE_FIELD_LIST (cc_field_list_get_type ())
G_DECLARE_FINAL_TYPE (CcFieldList, cc_field_list, CC, FIELD_LIST, CcFieldRow)

/* Returns: (transfer floating): a line to type in, without a frame */
GtkText *cc_field_text_create (void);

GType cc_field_kind_for (CcEditorContext *context, const CcFormField *field);

/* Once the row knows its variable. */
void cc_field_kind_set_up (CcFieldRow *row);
void cc_field_text_set_up (CcFieldText *self);
void cc_field_code_set_up (CcFieldCode *self);
void cc_field_radio_set_up (CcFieldRadio *self);
void cc_field_list_set_up (CcFieldList *self);

G_END_DECLS
