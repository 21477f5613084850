/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-field-kinds.h"

#include "widgets/cc-wrap-box.h"

/* Beside what the box leaves between two buttons. */
#define GAP 12

/* One of two or three codes, all in sight. */
struct _CcFieldRadio
{
  CcFieldRow parent_instance;

  GtkWidget *box;
  GPtrArray *codes; /* const CcCode*, as the buttons stand */
  gboolean   own_change;
};

G_DEFINE_FINAL_TYPE (CcFieldRadio, cc_field_radio, CC_TYPE_FIELD_ROW)

static GtkWidget *
get_button (CcFieldRadio *self, guint index)
{
  GtkWidget *child = gtk_widget_get_first_child (self->box);

  for (guint i = 0; i < index && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
on_toggled_cb (CcFieldRadio *self)
{
  CcFieldRow *row = CC_FIELD_ROW (self);
  CcValue    *value;

  if (self->own_change)
    return;
  value = cc_field_row_start_value (row);
  for (guint i = 0; i < self->codes->len; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (get_button (self, i))))
      value->code = self->codes->pdata[i];
  if (value->code == cc_field_row_get_value (row)->code)
    cc_value_free (value);
  else
    cc_field_row_take (row, value, NULL, CC_ENTRY_OK);
}

static void
cc_field_radio_show (CcFieldRow *row, const CcValue *value, const char *unread)
{
  CcFieldRadio *self = CC_FIELD_RADIO (row);

  self->own_change = TRUE;
  for (guint i = 0; i < self->codes->len; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (get_button (self, i)),
                                 value->code == self->codes->pdata[i]);
  self->own_change = FALSE;
}

static void
cc_field_radio_finalize (GObject *object)
{
  g_ptr_array_unref (CC_FIELD_RADIO (object)->codes);
  G_OBJECT_CLASS (cc_field_radio_parent_class)->finalize (object);
}

static void
cc_field_radio_class_init (CcFieldRadioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_field_radio_finalize;
  CC_FIELD_ROW_CLASS (klass)->show = cc_field_radio_show;
}

static void
cc_field_radio_init (CcFieldRadio *self)
{
  self->codes = g_ptr_array_new ();
  self->box = GTK_WIDGET (cc_wrap_box_new ());
}

void
cc_field_radio_set_up (CcFieldRadio *self)
{
  CcFieldRow      *row = CC_FIELD_ROW (self);
  CcEditorContext *context = cc_field_row_get_context (row);
  CcCodeSearch    *search =
      cc_editor_context_get_search (context, cc_field_row_get_variable (row)->list);
  g_autoptr (GPtrArray) all = cc_code_search_find (search, NULL);
  GtkWidget *first = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const CcCodeChoice *choice = all->pdata[i];
      GtkWidget          *button = gtk_check_button_new_with_label (choice->label);

      g_ptr_array_add (self->codes, (gpointer) choice->code);
      if (first != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
      else
        first = button;
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled_cb), self);
      gtk_widget_set_margin_end (button, GAP);
      cc_wrap_box_append (CC_WRAP_BOX (self->box), button);
    }
  cc_field_row_set_control (row, self->box, first);
  /* The buttons are named by their labels; the row, a group, by the question. */
  if (first != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_check_button_get_label (GTK_CHECK_BUTTON (first)), -1);
}
