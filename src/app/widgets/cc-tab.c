/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-tab.h"

static GQuark
get_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("cc-tab-passing");
  return quark;
}

/**
 * Moves the focus as the parent class does, and only to what can take it by itself.
 */
gboolean
cc_tab_focus (GtkWidget *widget, gpointer parent_class, GtkDirectionType direction)
{
  gboolean moved;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && GTK_IS_WIDGET_CLASS (parent_class), FALSE);
  g_object_set_qdata (G_OBJECT (widget), get_quark (), widget);
  moved = GTK_WIDGET_CLASS (parent_class)->focus (widget, direction);
  g_object_set_qdata (G_OBJECT (widget), get_quark (), NULL);
  return moved;
}

/**
 * Returns: whether Tab or an arrow looks for the next place at this moment
 */
gboolean
cc_tab_is_passing (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  return g_object_get_qdata (G_OBJECT (widget), get_quark ()) != NULL;
}
