/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-list-names.h"

void
cc_list_line_name (GtkWidget *child, const char *name, const char *detail)
{
  GtkWidget *line;

  g_return_if_fail (GTK_IS_WIDGET (child) && name != NULL);
  line = gtk_widget_get_parent (child);
  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    detail != NULL ? detail : "", -1);
}
