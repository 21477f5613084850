/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-code-entry.h"
#include "cc-field-kinds.h"
#include "widgets/cc-wrap-box.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/intake/cc-code-text.h>

/* Several codes of a list: what was chosen stands in front of the entry, each with a button that
 * takes it out. */
struct _CcFieldList
{
  CcFieldRow parent_instance;

  CcWrapBox   *wrap;
  CcCodeEntry *entry;
  GtkText     *other; /* what "other" is */
  gboolean     own_change;
};

G_DEFINE_FINAL_TYPE (CcFieldList, cc_field_list, CC_TYPE_FIELD_ROW)

static void show_value (CcFieldList *self, const CcValue *value);

static const char *
get_label (CcFieldList *self, const CcCode *code)
{
  CcEditorContext *context = cc_field_row_get_context (CC_FIELD_ROW (self));

  return cc_code_search_get_label (cc_editor_context_get_search (context, code->list), code);
}

static gboolean
has_other (const CcValue *value)
{
  for (guint i = 0; i < value->codes->len; i++)
    if (strcmp (((const CcCode *) value->codes->pdata[i])->code, "_O") == 0)
      return TRUE;
  return FALSE;
}

static void
remove_code (CcFieldList *self, const CcCode *code)
{
  CcFieldRow *row = CC_FIELD_ROW (self);
  CcValue    *value = cc_value_copy (cc_field_row_get_value (row));

  cc_entry_remove_code (value, code);
  show_value (self, value);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  cc_field_row_take (row, value, NULL, CC_ENTRY_OK);
}

static void
on_chip_clicked_cb (GtkWidget *chip, CcFieldList *self)
{
  remove_code (self, g_object_get_data (G_OBJECT (chip), "code"));
}

static GtkWidget *
create_chip (CcFieldList *self, const CcCode *code)
{
  GtkWidget       *chip = gtk_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (get_label (self, code));
  g_autofree char *name =
      /* Translators: %s is an entry of a list that was chosen. */
      g_strdup_printf (_ ("Remove %s"), get_label (self, code));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  cc_tip_set_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* Backspace in the empty entry does the same from the keyboard: a stop less for each code. */
  gtk_widget_set_focusable (chip, FALSE);
  g_object_set_data (G_OBJECT (chip), "code", (gpointer) code);
  g_signal_connect (chip, "clicked", G_CALLBACK (on_chip_clicked_cb), self);
  return chip;
}

static void
show_value (CcFieldList *self, const CcValue *value)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->wrap));
  GString   *spoken = g_string_new (NULL);

  while (child != GTK_WIDGET (self->entry))
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      cc_wrap_box_remove (self->wrap, child);
      child = next;
    }
  for (guint i = 0; i < value->codes->len; i++)
    {
      cc_wrap_box_insert_before_last (self->wrap, create_chip (self, value->codes->pdata[i]));
      g_string_append_printf (spoken, "%s%s", i > 0 ? ", " : "",
                              get_label (self, value->codes->pdata[i]));
    }
  cc_code_entry_set_placeholder (self->entry, value->codes->len > 0 ? _ ("Add another") : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cc_code_entry_get_text_widget (self->entry)),
                                  GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION, spoken->str, -1);
  self->own_change = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->other), has_other (value));
  gtk_editable_set_text (GTK_EDITABLE (self->other), value->text != NULL ? value->text : "");
  self->own_change = FALSE;
  g_string_free (spoken, TRUE);
}

static void
on_chosen_cb (CcFieldList *self, gpointer id)
{
  CcFieldRow *row = CC_FIELD_ROW (self);
  CcValue    *value;

  if (id == NULL)
    return;
  value = cc_value_copy (cc_field_row_get_value (row));
  if (!cc_entry_add_code (value, id, cc_field_row_get_most (row)))
    {
      cc_value_free (value);
      return;
    }
  show_value (self, value);
  cc_field_row_take (row, value, NULL, CC_ENTRY_OK);
}

static void
on_unread_cb (CcFieldList *self, const char *text)
{
  CcFieldRow     *row = CC_FIELD_ROW (self);
  const CcNoValue kind = cc_word_no_value (cc_field_row_get_context (row)->pack, text);

  if (kind != CC_NO_VALUE_NONE && cc_field_row_get_value (row)->codes->len == 0)
    cc_field_row_set_no_value (row, kind);
  else
    cc_field_row_take (row, cc_value_copy (cc_field_row_get_value (row)), text,
                       CC_ENTRY_UNREADABLE);
}

static void
on_other_changed_cb (CcFieldList *self)
{
  CcValue *value;

  if (self->own_change)
    return;
  value = cc_value_copy (cc_field_row_get_value (CC_FIELD_ROW (self)));
  g_free (value->text);
  value->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->other)));
  cc_field_row_take (CC_FIELD_ROW (self), value, NULL, CC_ENTRY_OK);
}

static gboolean
on_key_pressed_cb (CcFieldList *self, guint key)
{
  const CcValue *value = cc_field_row_get_value (CC_FIELD_ROW (self));

  if (key != GDK_KEY_BackSpace || *cc_code_entry_get_text (self->entry) != '\0'
      || value->codes->len == 0)
    return FALSE;
  remove_code (self, value->codes->pdata[value->codes->len - 1]);
  return TRUE;
}

static void
cc_field_list_show (CcFieldRow *row, const CcValue *value, const char *unread)
{
  CcFieldList *self = CC_FIELD_LIST (row);

  show_value (self, value);
  cc_code_entry_show (self->entry, NULL, unread);
}

static void
cc_field_list_settle (CcFieldRow *row)
{
  cc_code_entry_settle (CC_FIELD_LIST (row)->entry);
}

static void
cc_field_list_class_init (CcFieldListClass *klass)
{
  CC_FIELD_ROW_CLASS (klass)->show = cc_field_list_show;
  CC_FIELD_ROW_CLASS (klass)->settle = cc_field_list_settle;
}

static void
cc_field_list_init (CcFieldList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->wrap = cc_wrap_box_new ();
  self->entry = cc_code_entry_new ();
  cc_code_entry_set_several (self->entry, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->entry), 130, -1);
  cc_wrap_box_append (self->wrap, GTK_WIDGET (self->entry));
  self->other = cc_field_text_create ();
  gtk_text_set_placeholder_text (self->other, _ ("Say which"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->other), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Say which"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->other), "other");
  g_signal_connect_swapped (self->entry, "chosen", G_CALLBACK (on_chosen_cb), self);
  g_signal_connect_swapped (self->entry, "unread", G_CALLBACK (on_unread_cb), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (on_other_changed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (cc_code_entry_get_text_widget (self->entry), keys);
}

void
cc_field_list_set_up (CcFieldList *self)
{
  CcFieldRow      *row = CC_FIELD_ROW (self);
  CcEditorContext *context = cc_field_row_get_context (row);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  cc_code_entry_set_source (self->entry, cc_editor_find_codes,
                            cc_editor_context_get_search (context,
                                                          cc_field_row_get_variable (row)->list),
                            NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->wrap));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->other));
  cc_field_row_set_control (row, box, cc_code_entry_get_text_widget (self->entry));
  cc_field_row_name_widget (row, GTK_WIDGET (self->other));
}
