/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cases-page-private.h"

#include "cases/cc-cases-texts.h"
#include "cases/cc-filter-chips.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <cc/store/cc-record-detail.h>
#include <glib/gi18n.h>
#include <string.h>

static const char *const order_names[] = {
  [CC_ORDER_DATE] = "date",     [CC_ORDER_NAME] = "name",     [CC_ORDER_NUMBER] = "number",
  [CC_ORDER_AGENCY] = "agency", [CC_ORDER_SEX] = "sex",       [CC_ORDER_AGE] = "age",
  [CC_ORDER_STATUS] = "status", [CC_ORDER_CHANGE] = "change",
};

static void
set_enabled (CcCasesPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (CcCasesPage *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

void
cc_cases_page_update_actions (CcCasesPage *self)
{
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gboolean writable = session != NULL && !cc_session_is_read_only (session);
  const gboolean listing = !cc_cases_page_is_editing (self);
  const gboolean selected = listing && cc_cases_page_get_selected (self) != 0;
  const gboolean parked = g_str_equal (self->unit, CC_CASES_PARKED);
  const gboolean live =
      selected && !parked && self->shown != NULL && self->shown->table != NULL
      && cc_record_table_is_live (self->shown->table, cc_cases_page_get_selected (self));

  set_enabled (self, "new", listing && writable);
  set_enabled (self, "edit", live && writable);
  set_enabled (self, "delete", live && writable);
  set_enabled (self, "find", listing);
  set_enabled (self, "copy", selected);
  set_enabled (self, "history", selected && !parked);
  set_state (self, "unit", g_variant_new_string (self->unit));
  set_state (self, "order", g_variant_new_string (order_names[self->query->order]));
  set_state (self, "descending", g_variant_new_boolean (self->query->descending));
}

static void
on_unit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;
  const char  *unit = g_variant_get_string (parameter, NULL);

  if (strcmp (unit, self->unit) == 0)
    return;
  /* What narrows one unit means nothing for another; the words searched for do. */
  for (guint i = 0; i < CC_N_FACETS; i++)
    g_clear_pointer (&self->query->chosen[i], g_array_unref);
  self->query->submission = 0;
  self->query->one_per_person = FALSE;
  g_free (self->unit);
  self->unit = g_strdup (unit);
  g_simple_action_set_state (action, parameter);
  cc_cases_page_load (self);
}

static void
on_order_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (order_names); i++)
    if (strcmp (order_names[i], g_variant_get_string (parameter, NULL)) == 0)
      self->query->order = (CcRecordOrder) i;
  /* The newest first, names from A. */
  self->query->descending =
      self->query->order == CC_ORDER_DATE || self->query->order == CC_ORDER_CHANGE;
  cc_cases_page_load (self);
}

static void
on_descending_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;

  self->query->descending = !self->query->descending;
  cc_cases_page_load (self);
}

static void
on_drop_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;
  guint32      facet;
  gint64       value;

  g_variant_get (parameter, "(ux)", &facet, &value);
  if (facet < CC_N_FACETS)
    cc_record_query_choose (self->query, facet, value, FALSE);
  else if (facet == CC_CHIP_DELIVERY)
    self->query->submission = 0;
  else
    self->query->one_per_person = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_button));
  cc_cases_page_load (self);
}

static void
on_clear_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;

  cc_record_query_clear (self->query);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  cc_cases_page_load (self);
}

static void
on_show_saved_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;

  if (self->hidden == 0)
    return;
  g_free (self->target);
  self->target = g_strdup_printf ("record:%" G_GINT64_FORMAT, self->hidden);
  cc_cases_page_load (self);
}

static void
on_find_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (CC_CASES_PAGE (user_data)->search));
}

static void
on_copy_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage     *self = user_data;
  CcSession       *session = cc_page_get_session (CC_PAGE (self));
  CcLazyItem      *item = cc_record_view_get_selected (self->view);
  gconstpointer    row = item != NULL ? cc_lazy_item_get_row (item) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  if (g_str_equal (self->shown->unit, CC_CASES_PARKED))
    text = cc_cases_copy_parked (session, row);
  else
    text = cc_cases_copy_row (session, self->shown->unit, row);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  cc_present_toast (GTK_WIDGET (self), _ ("The row is in the clipboard."));
}

static void
on_history_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage     *self = user_data;
  g_autofree char *target =
      g_strdup_printf ("record:%" G_GINT64_FORMAT, cc_cases_page_get_selected (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)", "history", target);
}

static void
on_new_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_cases_page_edit (CC_CASES_PAGE (user_data), 0, g_variant_get_string (parameter, NULL));
}

static void
on_edit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;

  if (cc_cases_page_get_selected (self) != 0)
    cc_cases_page_edit (self, cc_cases_page_get_selected (self), NULL);
}

typedef struct
{
  CcCasesPage *page;
  gint64       record;
  guint        n_parts; /* that went with it */
} Withdrawal;

static void
withdrawal_free (gpointer data)
{
  Withdrawal *self = data;

  g_object_unref (self->page);
  g_free (self);
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  Withdrawal *self = data;

  return cc_act_withdraw_with_parts (act, self->record, &self->n_parts, error);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Withdrawal  *withdrawal = user_data;
  CcCasesPage *self = withdrawal->page;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    {
      CcSession       *session = cc_page_get_session (CC_PAGE (self));
      g_autofree char *text = cc_cases_tell_deleted (session, withdrawal->n_parts);

      /* Undo brings it back to where it was looked at. */
      g_array_append_val (self->deleted, withdrawal->record);
      cc_present_undo (GTK_WIDGET (self), text, seq);
    }
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Record Could Not Be Deleted"), error);
  withdrawal_free (withdrawal);
}

static void
on_delete_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcCasesPage *self = user_data;
  const gint64 record = cc_cases_page_get_selected (self);
  Withdrawal  *withdrawal;

  if (record == 0)
    return;
  withdrawal = g_new0 (Withdrawal, 1);
  withdrawal->page = g_object_ref (self);
  withdrawal->record = record;
  cc_session_act_async (cc_page_get_session (CC_PAGE (self)), "delete", withdraw, withdrawal, NULL,
                        NULL, on_withdrawn, withdrawal);
}

static const GActionEntry action_entries[] = {
  { "unit", on_unit_activated, "s", "'victim'", NULL, { 0 } },
  { "order", on_order_activated, "s", "'date'", NULL, { 0 } },
  { "descending", on_descending_activated, NULL, "true", NULL, { 0 } },
  { "drop", on_drop_activated, "(ux)", NULL, NULL, { 0 } },
  { "clear", on_clear_activated, NULL, NULL, NULL, { 0 } },
  { "show-saved", on_show_saved_activated, NULL, NULL, NULL, { 0 } },
  { "find", on_find_activated, NULL, NULL, NULL, { 0 } },
  { "new", on_new_activated, "s", NULL, NULL, { 0 } },
  { "edit", on_edit_activated, NULL, NULL, NULL, { 0 } },
  { "copy", on_copy_activated, NULL, NULL, NULL, { 0 } },
  { "history", on_history_activated, NULL, NULL, NULL, { 0 } },
  { "delete", on_delete_activated, NULL, NULL, NULL, { 0 } },
};

GSimpleActionGroup *
cc_cases_page_create_actions (CcCasesPage *self)
{
  GSimpleActionGroup *actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  return actions;
}

static void
add_shortcut (GtkEventController *controller, const char *trigger, GtkShortcutAction *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), action);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* Reached wherever the focus is, while the page is seen. */
void
cc_cases_page_add_shortcuts (CcCasesPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut        *new_case;

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  add_shortcut (controller, "<Control>f", gtk_named_action_new ("cases.find"));
  new_case = gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control>n"),
                                              gtk_named_action_new ("cases.new"), "s", "victim");
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), new_case);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
cc_cases_page_follow_pane (CcCasesPage *self)
{
  if (self->view != NULL)
    cc_record_view_set_beside (self->view, gtk_widget_get_visible (GTK_WIDGET (self->pane))
                                               && adw_flap_get_reveal_flap (self->flap)
                                               && !adw_flap_get_folded (self->flap));
}

void
cc_cases_page_watch_pane (CcCasesPage *self)
{
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (cc_cases_page_follow_pane),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-flap",
                           G_CALLBACK (cc_cases_page_follow_pane), self, G_CONNECT_SWAPPED);
}
