/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-names.h"

#include "widgets/cc-whole-labels.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const char *
get_title (GtkWidget *widget)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (ADW_IS_PREFERENCES_GROUP (widget))
    return adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
  return NULL;
}

static gboolean
is_made_by_others (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_TEXT (widget);
}

static void
name_parts (GtkWidget *widget, const char *title)
{
  const char *own = get_title (widget);

  if (own != NULL && own[0] != '\0')
    title = own;
  if (ADW_IS_PREFERENCES_GROUP (widget))
    cc_group_show_whole_title (ADW_PREFERENCES_GROUP (widget));
  if (is_made_by_others (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    title != NULL ? title : _ ("List"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_parts (child, title);
}

void
cc_import_name_parts (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));
  name_parts (root, NULL);
}
