/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-field-menu.h"

#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

typedef struct
{
  const char     *action;
  const char     *label;
  guint           key; /* none of those of GtkText that matter, nor of the window */
  GdkModifierType mods;
  CcNoValue       kind; /* NONE: something else */
} Line;

static const Line lines[] = {
  { "field.unknown", N_ ("_Unknown"), GDK_KEY_u, GDK_CONTROL_MASK, CC_NO_VALUE_UNKNOWN },
  { "field.refused", N_ ("_Refused"), GDK_KEY_k, GDK_CONTROL_MASK, CC_NO_VALUE_REFUSED },
  { "field.not-asked", N_ ("_Not Asked"), GDK_KEY_e, GDK_CONTROL_MASK, CC_NO_VALUE_NOT_COLLECTED },
  { "field.not-applicable", N_ ("Does Not _Apply"), GDK_KEY_d, GDK_CONTROL_MASK,
    CC_NO_VALUE_NOT_APPLICABLE },
  { "field.none-of-these", N_ ("N_one of These"), GDK_KEY_0, GDK_CONTROL_MASK, CC_NO_VALUE_NONE },
  { "field.complete", N_ ("List Is _Complete"), GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
    CC_NO_VALUE_NONE },
};

static void
append (GMenu *menu, const Line *line)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (_ (line->label), line->action);
  g_autofree char *accel = gtk_accelerator_name (line->key, line->mods);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

static void
create_popup (GtkMenuButton *button, gpointer user_data)
{
  const CcVariable *variable = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) kinds = g_menu_new ();
  g_autoptr (GMenu) list = g_menu_new ();
  g_autofree char *title = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    append (lines[i].kind != CC_NO_VALUE_NONE ? kinds : list, &lines[i]);
  /* Translators: head of a small menu; %s is the code of a variable, such as VI03. */
  title = g_strdup_printf (_ ("Variable %s"), variable->id);
  g_menu_append_section (menu, title, G_MENU_MODEL (kinds));
  if (variable->type == CC_VARIABLE_MULTI)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

GtkWidget *
cc_field_menu_create_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "field-menu");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Control+M opens it from the field: a stop less for each question. */
  gtk_widget_set_can_focus (button, FALSE);
  return button;
}

void
cc_field_menu_set_variable (GtkWidget *button, const CcVariable *variable, const char *label)
{
  g_autofree char *name =
      /* Translators: name of a menu button for readers of the screen; %s is a question's label. */
      g_strdup_printf (_ ("No answer to “%s”"), label);

  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popup,
                                         (gpointer) variable, NULL);
  cc_tip_set_text (button, _ ("No Answer (Ctrl+M)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_key (GtkShortcutController *keys, guint key, GdkModifierType mods, const char *action)
{
  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (key, mods),
                                                                gtk_named_action_new (action)));
}

/**
 * Before the text under it: Control+U would empty it, and "unknown" does that as well.
 */
void
cc_field_menu_add_keys (GtkWidget *row)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    add_key (GTK_SHORTCUT_CONTROLLER (keys), lines[i].key, lines[i].mods, lines[i].action);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_m, GDK_CONTROL_MASK, "field.menu");
  gtk_widget_add_controller (row, keys);
}

CcNoValue
cc_field_menu_get_kind (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_str_equal (lines[i].action, action))
      return lines[i].kind;
  g_return_val_if_reached (CC_NO_VALUE_NONE);
}
