/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-hat-row.h"

struct _CcHatRow
{
  AdwEntryRow parent_instance;

  GtkMenuButton *button;
  GtkStringList *suggestions;
};

G_DEFINE_FINAL_TYPE (CcHatRow, cc_hat_row, ADW_TYPE_ENTRY_ROW)

static void
add_item (GMenu *menu, GHashTable *added, const char *hat)
{
  g_autoptr (GMenuItem) item = NULL;

  if (!g_hash_table_add (added, g_strdup (hat)))
    return;
  item = g_menu_item_new (NULL, NULL);
  g_menu_item_set_attribute (item, "label", "s", hat);
  g_menu_item_set_action_and_target (item, "hat.take", "s", hat);
  g_menu_append_item (menu, item);
}

static void
on_take_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), g_variant_get_string (parameter, NULL));
  gtk_editable_set_position (GTK_EDITABLE (widget), -1);
}

static void
cc_hat_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_HAT_ROW);
  G_OBJECT_CLASS (cc_hat_row_parent_class)->dispose (object);
}

static void
cc_hat_row_class_init (CcHatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_hat_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/widgets/cc-hat-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcHatRow, button);
  gtk_widget_class_bind_template_child (widget_class, CcHatRow, suggestions);
  gtk_widget_class_install_action (widget_class, "hat.take", "s", on_take_activated);
}

static void
cc_hat_row_init (CcHatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_hat_row_set_known (self, NULL);
}

void
cc_hat_row_set_known (CcHatRow *self, const GPtrArray *known)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GHashTable) added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->suggestions));

  g_return_if_fail (CC_IS_HAT_ROW (self));
  for (guint i = 0; known != NULL && i < known->len; i++)
    add_item (menu, added, g_ptr_array_index (known, i));
  for (guint i = 0; i < n; i++)
    add_item (menu, added, gtk_string_list_get_string (self->suggestions, i));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

char *
cc_hat_row_dup_hat (CcHatRow *self)
{
  g_return_val_if_fail (CC_IS_HAT_ROW (self), NULL);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
}
