/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agencies-page.h"

#include "cc-agencies-load.h"
#include "cc-agency-acts.h"
#include "cc-agency-view.h"
#include "cc-return-dialog.h"
#include "import/cc-import-agency-dialog.h"
#include "overview/cc-overview-texts.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

struct _CcAgenciesPage
{
  CcPage parent_instance;

  GtkStack      *stack;
  GtkWidget     *spinner;
  GtkWidget     *nothing;
  AdwStatusPage *failure;
  AdwLeaflet    *leaflet;
  GtkWidget     *list_pane;
  GtkListBox    *list;
  GtkWidget     *agency_pane;
  CcAgencyView  *view;

  CcAgencies         *shown;
  char               *key; /* of the agency to show; NULL: the first */
  GSimpleActionGroup *actions;
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (CcAgenciesPage, cc_agencies_page, CC_TYPE_PAGE)

static void
update_actions (CcAgenciesPage *self)
{
  static const char *const of_agency[] = { "import", "nil", "expect" };
  CcSession               *session = cc_page_get_session (CC_PAGE (self));
  const gboolean           can_act = session != NULL && !cc_session_is_read_only (session);
  const gboolean           chosen = self->shown != NULL && self->shown->entity != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_agency); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (
                                     g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                                                 of_agency[i])),
                                 can_act && chosen);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (
                                   g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                                               "add")),
                               can_act);
}

/* Where both panes do not fit, the agency is a view inside the page. */
static void
show_view (CcAgenciesPage *self)
{
  const gboolean inside = adw_leaflet_get_folded (self->leaflet)
                          && adw_leaflet_get_visible_child (self->leaflet) == self->agency_pane;

  cc_page_set_can_go_back (CC_PAGE (self), inside);
}

static void
show_view_later (CcPage *page)
{
  show_view (CC_AGENCIES_PAGE (page));
}

static void
follow_fold (CcAgenciesPage *self)
{
  cc_page_call_later (CC_PAGE (self), show_view_later);
}

static void
cc_agencies_page_go_back (CcPage *page)
{
  CcAgenciesPage *self = CC_AGENCIES_PAGE (page);

  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
}

static GtkWidget *
create_row (CcAgenciesPage *self, const CcReturns *returns)
{
  CcSession       *session = cc_page_get_session (CC_PAGE (self));
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *state = cc_overview_describe_delivery (session, returns);
  g_autofree char *type = NULL;
  CcFigureRow     *row = cc_figure_row_new (returns->name);

  if (returns->type != NULL)
    type = cc_pack_get_code_label (pack, returns->type, cc_session_get_language (session));
  cc_figure_row_set_quiet (row, TRUE);
  cc_figure_row_set (row, state, type, returns->missing > 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return GTK_WIDGET (row);
}

static void
show_agencies (CcAgenciesPage *self)
{
  const CcReturns *chosen = g_ptr_array_index (self->shown->list, self->shown->chosen);
  GtkWidget       *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->shown->list->len; i++)
    gtk_list_box_append (self->list, create_row (self, g_ptr_array_index (self->shown->list, i)));
  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, (int) self->shown->chosen));
  g_free (self->key);
  self->key = g_strdup (chosen->key);
  cc_agency_view_set (self->view, cc_page_get_session (CC_PAGE (self)), self->shown->entity,
                      chosen->n_records, self->shown->returns, self->shown->sent);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->leaflet));
}

static void
on_agencies_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcAgenciesPage) self = CC_AGENCIES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  CcAgencies *agencies = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (agencies == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  g_clear_pointer (&self->shown, cc_agencies_free);
  self->shown = agencies;
  if (agencies->list->len > 0)
    show_agencies (self);
  else
    gtk_stack_set_visible_child (self->stack, self->nothing);
  update_actions (self);
}

static void
stop_reading (CcAgenciesPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cc_agencies_page_refresh (CcPage *page, CcSession *session)
{
  CcAgenciesPage *self = CC_AGENCIES_PAGE (page);

  stop_reading (self);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_agencies_read, g_strdup (self->key), g_free,
                         (GDestroyNotify) cc_agencies_free, self->cancellable, on_agencies_read,
                         g_object_ref (self));
}

static void
show_agency (CcAgenciesPage *self, const char *key)
{
  g_autofree char *copy = g_strdup (key);

  g_free (self->key);
  self->key = g_steal_pointer (&copy);
  cc_page_refresh (CC_PAGE (self));
  adw_leaflet_set_visible_child (self->leaflet, self->agency_pane);
}

static void
on_agency_activated_cb (CcAgenciesPage *self, GtkListBoxRow *row)
{
  const CcReturns *returns =
      g_ptr_array_index (self->shown->list, (guint) gtk_list_box_row_get_index (row));

  show_agency (self, returns->key);
}

static void
cc_agencies_page_open_target (CcPage *page, const char *target)
{
  if (g_str_has_prefix (target, "entity:"))
    show_agency (CC_AGENCIES_PAGE (page), target + strlen ("entity:"));
}

static void
on_agency_added (CcAgenciesPage *self, const char *key)
{
  show_agency (self, key);
}

static void
on_add_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcAgenciesPage       *self = CC_AGENCIES_PAGE (user_data);
  CcImportAgencyDialog *dialog =
      cc_import_agency_dialog_new (GTK_WIDGET (self), cc_page_get_session (CC_PAGE (self)));

  g_signal_connect_object (dialog, "added", G_CALLBACK (on_agency_added), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_import_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcAgenciesPage  *self = CC_AGENCIES_PAGE (user_data);
  g_autofree char *target = g_strconcat ("entity:", self->shown->entity->key, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)", "import", target);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcAgenciesPage) self = CC_AGENCIES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (GTK_WIDGET (self), _ ("The returns were changed."), seq);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Returns Could Not Be Changed"), error);
}

static void
on_nil_chosen (CcReturnDialog *dialog, CcAgenciesPage *self)
{
  g_autoptr (GArray) periods = cc_return_dialog_get_periods (dialog);
  CcReturnAct *act = g_new0 (CcReturnAct, 1);

  act->entity = self->shown->entity->id;
  act->period = g_array_index (periods, CcInterval, 0);
  cc_session_act_async (cc_page_get_session (CC_PAGE (self)), "nil", cc_return_act_add_nil, act,
                        g_free, NULL, on_noted, g_object_ref (self));
}

static void
on_nil_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcAgenciesPage *self = CC_AGENCIES_PAGE (user_data);
  CcReturnDialog *dialog =
      cc_return_dialog_new_nil (GTK_WIDGET (self), cc_page_get_session (CC_PAGE (self)),
                                self->shown->entity->name);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_nil_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GArray *
list_entities (CcAgenciesPage *self, gboolean all)
{
  GArray *entities = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->shown->list->len; i++)
    {
      const CcReturns *returns = g_ptr_array_index (self->shown->list, i);

      if (all || returns->entity == self->shown->entity->id)
        g_array_append_val (entities, returns->entity);
    }
  return entities;
}

static void
on_expect_chosen (CcReturnDialog *dialog, CcAgenciesPage *self)
{
  CcExpectAct *act = cc_expect_act_new (list_entities (self, cc_return_dialog_is_for_all (dialog)),
                                        cc_return_dialog_get_periods (dialog));

  cc_session_act_async (cc_page_get_session (CC_PAGE (self)), "expect", cc_expect_act_run, act,
                        cc_expect_act_free, NULL, on_noted, g_object_ref (self));
}

static void
on_expect_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcAgenciesPage *self = CC_AGENCIES_PAGE (user_data);
  CcReturnDialog *dialog =
      cc_return_dialog_new_expect (GTK_WIDGET (self), cc_page_get_session (CC_PAGE (self)),
                                   self->shown->entity->name);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_expect_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const GActionEntry actions[] = {
  { .name = "add", .activate = on_add_activated },
  { .name = "import", .activate = on_import_activated },
  { .name = "nil", .activate = on_nil_activated },
  { .name = "expect", .activate = on_expect_activated },
};

static void
cc_agencies_page_dispose (GObject *object)
{
  CcAgenciesPage *self = CC_AGENCIES_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->shown, cc_agencies_free);
  g_clear_pointer (&self->key, g_free);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_AGENCIES_PAGE);
  G_OBJECT_CLASS (cc_agencies_page_parent_class)->dispose (object);
}

static void
cc_agencies_page_class_init (CcAgenciesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_agencies_page_dispose;
  CC_PAGE_CLASS (klass)->refresh = cc_agencies_page_refresh;
  CC_PAGE_CLASS (klass)->open_target = cc_agencies_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_agencies_page_go_back;
  g_type_ensure (CC_TYPE_AGENCY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/agencies/"
                                                             "cc-agencies-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, list_pane);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, list);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, agency_pane);
  gtk_widget_class_bind_template_child (widget_class, CcAgenciesPage, view);
  gtk_widget_class_bind_template_callback (widget_class, show_view);
  gtk_widget_class_bind_template_callback (widget_class, follow_fold);
  gtk_widget_class_bind_template_callback (widget_class, on_agency_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "agencies.add",
                                       NULL);
}

static void
cc_agencies_page_init (CcAgenciesPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  cc_page_add_actions (CC_PAGE (self), "agencies", G_ACTION_GROUP (self->actions));
  update_actions (self);
}
