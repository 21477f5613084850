/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-whole-labels.h"

#define LEAST_WIDTH 28
#define MOST_WIDTH  44

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0, "hexpand", TRUE, "width-chars", LEAST_WIDTH,
                                   "max-width-chars", MOST_WIDTH, NULL);
  GtkWidget *sign = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_list_item_set_child (item, box);
}

/* The sign keeps its place where it is not shown. */
static void
show_sign (AdwComboRow *row, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_widget_set_opacity (gtk_widget_get_last_child (box),
                          adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item));
}

static void
on_selected (AdwComboRow *row, GParamSpec *spec, gpointer user_data)
{
  if (gtk_list_item_get_child (user_data) != NULL)
    show_sign (row, user_data);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
  show_sign (user_data, item);
  g_signal_connect_object (user_data, "notify::selected-item", G_CALLBACK (on_selected), item, 0);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (user_data, on_selected, item);
}

void
cc_combo_row_show_whole_labels (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), row, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), row, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), row, 0);
  adw_combo_row_set_list_factory (row, factory);
  adw_combo_row_set_use_subtitle (row, TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
}

static GtkLabel *
find_heading (GtkWidget *widget)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading"))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_heading (child);
  return found;
}

void
cc_group_show_whole_title (AdwPreferencesGroup *group)
{
  GtkLabel *title;

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));
  title = find_heading (GTK_WIDGET (group));
  if (title == NULL || gtk_label_get_ellipsize (title) == PANGO_ELLIPSIZE_NONE)
    return;
  gtk_label_set_ellipsize (title, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (title, TRUE);
  gtk_label_set_wrap_mode (title, PANGO_WRAP_WORD_CHAR);
}

static void
wrap_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_labels (child);
}

void
cc_buttons_show_whole_labels (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (GTK_IS_BUTTON (widget))
    {
      wrap_labels (widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cc_buttons_show_whole_labels (child);
}
