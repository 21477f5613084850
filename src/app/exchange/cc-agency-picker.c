/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agency-picker.h"

#include <glib/gi18n.h>
#include <cc/store/cc-entity.h>

/* Of the list: about five agencies; the rest scrolls. */
#define MOST_HEIGHT 220

struct _CcAgencyPicker
{
  AdwPreferencesGroup parent_instance;

  GtkSwitch     *all;
  GtkWidget     *scroller;
  GtkListView   *list;
  GtkStringList *names;
  GPtrArray     *keys;   /* in their order */
  GtkBitset     *chosen; /* positions */
};

G_DEFINE_FINAL_TYPE (CcAgencyPicker, cc_agency_picker, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_toggled (GtkCheckButton *check, GtkListItem *item)
{
  CcAgencyPicker *self = g_object_get_data (G_OBJECT (item), "picker");
  const guint     position = gtk_list_item_get_position (item);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (gtk_check_button_get_active (check))
    gtk_bitset_add (self->chosen, position);
  else
    gtk_bitset_remove (self->chosen, position);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, CcAgencyPicker *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_object_set_data (G_OBJECT (item), "picker", self);
  gtk_widget_set_margin_start (check, 6);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), item);
  gtk_list_item_set_child (item, check);
  /* The keys go from check to check, not to the line and then into it. */
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, CcAgencyPicker *self)
{
  GtkWidget  *check = gtk_list_item_get_child (item);
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));
  const guint position = gtk_list_item_get_position (item);

  g_signal_handlers_block_by_func (check, on_toggled, item);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (check), name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               gtk_bitset_contains (self->chosen, position));
  g_signal_handlers_unblock_by_func (check, on_toggled, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_all_changed (CcAgencyPicker *self)
{
  gtk_widget_set_visible (self->scroller, !gtk_switch_get_active (self->all));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
create_row (CcAgencyPicker *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->all = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->all, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->all), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->all), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All Agencies"), -1);
  g_signal_connect_object (self->all, "notify::active", G_CALLBACK (on_all_changed), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("All Agencies"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  return row;
}

static GtkWidget *
create_list (CcAgencyPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection     *selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->names)));
  GtkWidget          *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Agencies"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "max-content-height", MOST_HEIGHT, "margin-top", 6, "visible", FALSE, NULL);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

static void
cc_agency_picker_finalize (GObject *object)
{
  CcAgencyPicker *self = CC_AGENCY_PICKER (object);

  g_object_unref (self->names);
  g_ptr_array_unref (self->keys);
  gtk_bitset_unref (self->chosen);
  G_OBJECT_CLASS (cc_agency_picker_parent_class)->finalize (object);
}

static void
cc_agency_picker_class_init (CcAgencyPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_agency_picker_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_agency_picker_init (CcAgencyPicker *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->names = gtk_string_list_new (NULL);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->chosen = gtk_bitset_new_empty ();
  adw_preferences_group_set_title (group, _ ("From Whom"));
  adw_preferences_group_add (group, create_row (self));
  self->scroller = create_list (self);
  adw_preferences_group_add (group, self->scroller);
}

void
cc_agency_picker_set_agencies (CcAgencyPicker *self, GPtrArray *entities)
{
  g_return_if_fail (CC_IS_AGENCY_PICKER (self) && entities != NULL);
  gtk_bitset_remove_all (self->chosen);
  g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < entities->len; i++)
    g_ptr_array_add (self->keys,
                     g_strdup (((const CcEntity *) g_ptr_array_index (entities, i))->key));
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          NULL);
  for (guint i = 0; i < entities->len; i++)
    gtk_string_list_append (self->names,
                            ((const CcEntity *) g_ptr_array_index (entities, i))->name);
}

GStrv
cc_agency_picker_get_keys (CcAgencyPicker *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GtkBitsetIter iter;
  guint         position;

  g_return_val_if_fail (CC_IS_AGENCY_PICKER (self), NULL);
  if (gtk_switch_get_active (self->all))
    return NULL;
  if (gtk_bitset_iter_init_first (&iter, self->chosen, &position))
    do
      g_strv_builder_add (keys, g_ptr_array_index (self->keys, position));
    while (gtk_bitset_iter_next (&iter, &position));
  return g_strv_builder_end (keys);
}
