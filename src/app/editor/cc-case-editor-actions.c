/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-editor-private.h"

#include "cc-editor-texts.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
can_edit (CcCaseEditor *self)
{
  return self->draft != NULL && !self->saving && !cc_session_is_read_only (self->session);
}

static void
on_save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_case_editor_save (user_data);
}

static void
on_close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_case_editor_request_close (user_data);
}

static void
go (CcCaseEditor *self, int by)
{
  CcDraftUnit *unit = self->draft != NULL ? cc_case_tree_get_next (self->tree, by) : NULL;

  if (unit != NULL)
    cc_case_editor_show_unit (self, unit, TRUE);
}

static void
on_next_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  go (user_data, 1);
}

static void
on_previous_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  go (user_data, -1);
}

/* The part that takes the place of one that goes: the one above it, else the first that is left. */
static CcDraftUnit *
find_neighbour (CcCaseEditor *self, CcDraftUnit *removed)
{
  g_autoptr (GPtrArray) list = cc_case_draft_list (self->draft);
  CcDraftUnit *above = NULL;

  for (guint i = 0; i < 2; i++)
    if (above == NULL || above->removed)
      above = removed->parents[i];
  if (above != NULL && !above->removed)
    return above;
  return list->len > 0 ? list->pdata[0] : NULL;
}

static void
on_delete_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCaseEditor *self = user_data;
  CcDraftUnit  *neighbour;

  cc_case_draft_remove (self->draft, self->unit);
  neighbour = find_neighbour (self, self->unit);
  if (neighbour == NULL)
    /* A case without parts is a new one, until it is saved. */
    neighbour = cc_case_draft_add_person (self->draft, "VI");
  cc_case_editor_show_unit (self, neighbour, FALSE);
}

/* Adding two units together: a person comes with the links that every person has. */
static void
on_add_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCaseEditor *self = user_data;
  const guint   index = g_variant_get_uint32 (parameter);
  g_autoptr (GPtrArray) offers = cc_case_draft_list_offers (self->draft);
  const CcDraftOffer *offer;
  CcDraftUnit        *unit;

  if (index >= offers->len)
    return;
  offer = offers->pdata[index];
  if (strcmp (offer->unit->abbr, "VI") == 0 || strcmp (offer->unit->abbr, "PE") == 0)
    unit = cc_case_draft_add_person (self->draft, offer->unit->abbr);
  else
    unit = cc_case_draft_add (self->draft, offer->unit, offer->parents[0], offer->parents[1]);
  cc_case_editor_show_unit (self, unit, TRUE);
}

static void
add_new (CcCaseEditor *self, const char *abbr)
{
  if (can_edit (self))
    cc_case_editor_show_unit (self, cc_case_draft_add_person (self->draft, abbr), TRUE);
}

static void
on_add_victim_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_new (user_data, "VI");
}

static void
on_add_perpetrator_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_new (user_data, "PE");
}

static void
on_parts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCaseEditor *self = user_data;

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* What can be added to the person whose part is shown stands first. */
static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  CcCaseEditor *self = user_data;
  CcDraftUnit  *head = cc_draft_unit_get_head (self->unit);
  g_autoptr (GPtrArray) offers = cc_case_draft_list_offers (self->draft);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) here = g_menu_new ();
  g_autoptr (GMenu) persons = g_menu_new ();
  GtkWidget *popover;

  for (guint i = 0; i < offers->len; i++)
    {
      const CcDraftOffer *offer = offers->pdata[i];
      CcDraftUnit        *above = offer->parents[0] != NULL ? offer->parents[0] : offer->parents[1];
      g_autofree char    *name = cc_editor_name_offer (self->draft, offer);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "editor.add", "u", i);
      if (above == NULL)
        g_menu_append_item (persons, item);
      else if (cc_draft_unit_get_head (above) == head)
        g_menu_append_item (here, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (here));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (persons));
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  /* What the button does is not to be said over what it offers. */
  g_object_bind_property (popover, "visible", button, "has-tooltip", G_BINDING_INVERT_BOOLEAN);
  gtk_menu_button_set_popover (button, popover);
}

void
cc_case_editor_add_actions (CcCaseEditor *self)
{
  static const GActionEntry entries[] = {
    { "save", on_save_cb },
    { "close", on_close_cb },
    { "next", on_next_cb },
    { "previous", on_previous_cb },
    { "delete", on_delete_cb },
    { "add", on_add_cb, "u" },
    { "add-victim", on_add_victim_cb },
    { "add-perpetrator", on_add_perpetrator_cb },
    { "parts", on_parts_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (self->actions));
  gtk_menu_button_set_create_popup_func (self->add_button, create_menu, self, NULL);
}

static void
set_enabled (CcCaseEditor *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
cc_case_editor_update_actions (CcCaseEditor *self)
{
  const gboolean edit = can_edit (self);

  set_enabled (self, "save", edit && cc_case_draft_is_dirty (self->draft));
  set_enabled (self, "delete", edit);
  set_enabled (self, "add", edit);
  set_enabled (self, "add-victim", edit);
  set_enabled (self, "add-perpetrator", edit);
  set_enabled (self, "next", cc_case_tree_get_next (self->tree, 1) != NULL);
  set_enabled (self, "previous", cc_case_tree_get_next (self->tree, -1) != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), edit);
}
