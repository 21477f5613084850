/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-field-kinds.h"

#include <string.h>

/* A row of choices beside each other must fit a narrow window. */
#define RADIO_MOST    3
#define RADIO_LETTERS 26

static gboolean
fits_in_a_row (CcEditorContext *context, const CcVariable *variable)
{
  CcCodeSearch *search = cc_editor_context_get_search (context, variable->list);
  g_autoptr (GPtrArray) all = cc_code_search_find (search, NULL);
  glong n_letters = 0;

  if (all->len > RADIO_MOST)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const CcCodeChoice *choice = all->pdata[i];

      if (choice->depth > 0 || strcmp (choice->code->code, "_O") == 0)
        return FALSE;
      n_letters += g_utf8_strlen (choice->label, -1);
    }
  return n_letters <= RADIO_LETTERS;
}

GType
cc_field_kind_for (CcEditorContext *context, const CcFormField *field)
{
  switch (field->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      return fits_in_a_row (context, field->variable) ? CC_TYPE_FIELD_RADIO : CC_TYPE_FIELD_CODE;
    case CC_VARIABLE_REF:
      return CC_TYPE_FIELD_CODE;
    case CC_VARIABLE_MULTI:
      return CC_TYPE_FIELD_LIST;
    case CC_VARIABLE_DATE:
    case CC_VARIABLE_AGE:
    case CC_VARIABLE_INT:
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      return CC_TYPE_FIELD_TEXT;
    }
}

void
cc_field_kind_set_up (CcFieldRow *row)
{
  if (CC_IS_FIELD_TEXT (row))
    cc_field_text_set_up (CC_FIELD_TEXT (row));
  else if (CC_IS_FIELD_CODE (row))
    cc_field_code_set_up (CC_FIELD_CODE (row));
  else if (CC_IS_FIELD_RADIO (row))
    cc_field_radio_set_up (CC_FIELD_RADIO (row));
  else
    cc_field_list_set_up (CC_FIELD_LIST (row));
}
