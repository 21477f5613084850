/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-code-entry.h"
#include "cc-field-kinds.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/intake/cc-code-text.h>

/* One code of a list, or one agency. */
struct _CcFieldCode
{
  CcFieldRow parent_instance;

  CcCodeEntry *entry;
  GtkText     *other; /* what "other" is */
  gboolean     own_change;
};

G_DEFINE_FINAL_TYPE (CcFieldCode, cc_field_code, CC_TYPE_FIELD_ROW)

static gboolean
is_other (const CcValue *value)
{
  return value->code != NULL && strcmp (value->code->code, "_O") == 0;
}

static void
show_other (CcFieldCode *self, const CcValue *value)
{
  self->own_change = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->other), is_other (value));
  gtk_editable_set_text (GTK_EDITABLE (self->other),
                         is_other (value) && value->text != NULL ? value->text : "");
  self->own_change = FALSE;
}

static void
on_chosen_cb (CcFieldCode *self, gpointer id)
{
  CcFieldRow *row = CC_FIELD_ROW (self);
  CcValue    *value = cc_field_row_start_value (row);

  if (id != NULL && value->variable->type == CC_VARIABLE_REF)
    value->number = ((const CcEntity *) id)->id;
  else
    value->code = id;
  show_other (self, value);
  cc_field_row_take (row, value, NULL, CC_ENTRY_OK);
}

static void
on_unread_cb (CcFieldCode *self, const char *text)
{
  CcFieldRow     *row = CC_FIELD_ROW (self);
  const CcNoValue kind = cc_word_no_value (cc_field_row_get_context (row)->pack, text);

  if (kind != CC_NO_VALUE_NONE)
    cc_field_row_set_no_value (row, kind);
  else
    cc_field_row_take (row, cc_field_row_start_value (row), text, CC_ENTRY_UNREADABLE);
}

static void
on_other_changed_cb (CcFieldCode *self)
{
  CcValue *value;

  if (self->own_change)
    return;
  value = cc_value_copy (cc_field_row_get_value (CC_FIELD_ROW (self)));
  g_free (value->text);
  value->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->other)));
  cc_field_row_take (CC_FIELD_ROW (self), value, NULL, CC_ENTRY_OK);
}

static void
cc_field_code_show (CcFieldRow *row, const CcValue *value, const char *unread)
{
  CcFieldCode     *self = CC_FIELD_CODE (row);
  CcEditorContext *context = cc_field_row_get_context (row);
  const CcEntity  *entity;

  show_other (self, value);
  if (unread != NULL)
    cc_code_entry_show (self->entry, NULL, unread);
  else if (value->variable->type == CC_VARIABLE_REF)
    {
      entity = value->no_value == CC_NO_VALUE_NONE
                   ? cc_editor_context_find_entity (context, value->number)
                   : NULL;
      cc_code_entry_show (self->entry, entity, entity != NULL ? entity->name : NULL);
    }
  else if (value->code != NULL)
    cc_code_entry_show (self->entry, value->code,
                        cc_code_search_get_label (cc_editor_context_get_search (context,
                                                                                value->variable
                                                                                    ->list),
                                                  value->code));
  else
    cc_code_entry_show (self->entry, NULL, NULL);
}

static void
cc_field_code_settle (CcFieldRow *row)
{
  cc_code_entry_settle (CC_FIELD_CODE (row)->entry);
}

static void
cc_field_code_class_init (CcFieldCodeClass *klass)
{
  CC_FIELD_ROW_CLASS (klass)->show = cc_field_code_show;
  CC_FIELD_ROW_CLASS (klass)->settle = cc_field_code_settle;
}

static void
cc_field_code_init (CcFieldCode *self)
{
  self->entry = cc_code_entry_new ();
  self->other = cc_field_text_create ();
  gtk_text_set_placeholder_text (self->other, _ ("Say which"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->other), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Say which"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->other), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->other), "other");
  g_signal_connect_swapped (self->entry, "chosen", G_CALLBACK (on_chosen_cb), self);
  g_signal_connect_swapped (self->entry, "unread", G_CALLBACK (on_unread_cb), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (on_other_changed_cb), self);
}

void
cc_field_code_set_up (CcFieldCode *self)
{
  CcFieldRow       *row = CC_FIELD_ROW (self);
  CcEditorContext  *context = cc_field_row_get_context (row);
  const CcVariable *variable = cc_field_row_get_variable (row);
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (variable->type == CC_VARIABLE_REF)
    /* Borrowed: the row holds the context as long as its entry lives. */
    cc_code_entry_set_source (self->entry, cc_editor_context_find_entities, context, NULL);
  else
    cc_code_entry_set_source (self->entry, cc_editor_find_codes,
                              cc_editor_context_get_search (context, variable->list), NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->other));
  cc_field_row_set_control (row, box, cc_code_entry_get_text_widget (self->entry));
  cc_field_row_name_widget (row, GTK_WIDGET (self->other));
}
