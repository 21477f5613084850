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

/* ---- one stop ---- */

static GQuark
get_stop_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("cc-tab-one-stop");
  return quark;
}

static GtkWidget *
find_line (GtkWidget *part, GtkWidget *focus)
{
  for (GtkWidget *at = focus; at != NULL && at != part; at = gtk_widget_get_parent (at))
    {
      GtkWidget *parent = gtk_widget_get_parent (at);

      if (GTK_IS_LIST_BOX (parent) || GTK_IS_LIST_BASE (parent))
        return at;
    }
  return NULL;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                gpointer               user_data)
{
  GtkWidget             *part = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget             *native = GTK_WIDGET (gtk_widget_get_native (part));
  GtkWidget             *focus = gtk_root_get_focus (gtk_widget_get_root (part));
  GtkWidget             *line = focus != NULL ? find_line (part, focus) : NULL;
  const GtkDirectionType direction = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0
                                         ? GTK_DIR_TAB_BACKWARD
                                         : GTK_DIR_TAB_FORWARD;

  if ((key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (line != NULL && gtk_widget_child_focus (line, direction))
    return TRUE;
  /* For this once it is passed over, and whatever comes after it is found as ever. */
  gtk_widget_set_can_focus (part, FALSE);
  g_signal_emit_by_name (native, "move-focus", direction);
  gtk_widget_set_can_focus (part, TRUE);
  return TRUE;
}

/**
 * Makes a list, or a part with several lists, one stop of Tab and Shift+Tab: the arrows go through
 * its lines, and Tab goes on to what stands inside of the line that has the keys, then out. GTK 4.8
 * would stop at every line.
 */
void
cc_tab_make_one_stop (GtkWidget *part)
{
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_WIDGET (part));
  g_return_if_fail (!cc_tab_is_one_stop (part));
  keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), NULL);
  gtk_widget_add_controller (part, keys);
  g_object_set_qdata (G_OBJECT (part), get_stop_quark (), part);
}

/**
 * Returns: whether cc_tab_make_one_stop() was called for it
 */
gboolean
cc_tab_is_one_stop (GtkWidget *part)
{
  g_return_val_if_fail (GTK_IS_WIDGET (part), FALSE);
  return g_object_get_qdata (G_OBJECT (part), get_stop_quark ()) != NULL;
}

/* ---- in the order of the tree ---- */

static gboolean
can_stop_at (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget)
         && !GTK_IS_LIST_BOX (widget) && !GTK_IS_SCROLLED_WINDOW (widget);
}

static void
collect_stops (GtkWidget *widget, GPtrArray *stops)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_focus (widget)
      || GTK_IS_NATIVE (widget))
    return;
  if (can_stop_at (widget))
    g_ptr_array_add (stops, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_stops (child, stops);
}

/**
 * Moves the focus to the next widget inside of part, or with Shift+Tab to the one before, whatever
 * stands between them. A list box of GTK 4.8 is left, or not even entered, where the next of its
 * lines does not take the focus.
 *
 * Returns: FALSE where there is none
 */
gboolean
cc_tab_walk (GtkWidget *part, GtkDirectionType direction)
{
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();
  GtkRoot  *root = gtk_widget_get_root (part);
  const int step = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1;
  guint     at;
  int       next;

  g_return_val_if_fail (GTK_IS_WIDGET (part), FALSE);
  collect_stops (part, stops);
  if (root != NULL && gtk_widget_get_focus_child (part) != NULL
      && g_ptr_array_find (stops, gtk_root_get_focus (root), &at))
    next = (int) at + step;
  else
    next = step > 0 ? 0 : (int) stops->len - 1;
  for (; next >= 0 && next < (int) stops->len; next += step)
    if (gtk_widget_grab_focus (stops->pdata[next]))
      return TRUE;
  return FALSE;
}
