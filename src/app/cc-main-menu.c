/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-main-menu.h"

void
cc_main_menu_attach (GtkMenuButton *button)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/casecount/Casecount/gtk/menus.ui");

  gtk_menu_button_set_menu_model (button,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "main-menu")));
}
