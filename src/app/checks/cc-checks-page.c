/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-checks-page.h"

#include "cc-checks-texts.h"
#include "cc-findings-load.h"
#include "conflicts/cc-conflicts-bar.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-lazy-model.h"
#include "widgets/cc-list-names.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

/* Characters of a line of the list. */
#define NARROWEST 12

struct _CcChecksPage
{
  CcPage parent_instance;

  CcConflictsBar  *conflicts;
  GtkStack        *stack;
  GtkWidget       *spinner;
  GtkWidget       *nothing;
  AdwStatusPage   *failure;
  AdwLeaflet      *leaflet;
  GtkWidget       *rules_pane;
  GtkListBox      *rules;
  GtkWidget       *findings_pane;
  GtkLabel        *sentence;
  GtkLabel        *advice;
  GtkToggleButton *open_button;
  GtkToggleButton *settled_button;
  GtkWidget       *confirm_button;
  GtkWidget       *dismiss_button;
  GtkWidget       *reopen_button;
  GtkListView     *findings;

  GPtrArray          *groups; /* CcFindingGroup *, in the order of the rows */
  char               *rule;   /* the one chosen */
  CcLazyModel        *model;
  GtkMultiSelection  *selection;
  GSimpleActionGroup *actions;
  GCancellable       *cancellable;
  guint               looking; /* source: the findings of the rule are still to be asked for */
};

G_DEFINE_FINAL_TYPE (CcChecksPage, cc_checks_page, CC_TYPE_PAGE)

static void
set_enabled (CcChecksPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (CcChecksPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gboolean settled = !gtk_toggle_button_get_active (self->open_button);
  const gboolean can_act =
      !gtk_bitset_is_empty (chosen) && session != NULL && !cc_session_is_read_only (session);

  set_enabled (self, "confirm", can_act && !settled);
  set_enabled (self, "dismiss", can_act && !settled);
  set_enabled (self, "reopen", can_act && settled);
  gtk_widget_set_visible (self->confirm_button, !settled);
  gtk_widget_set_visible (self->dismiss_button, !settled);
}

/* Where both panes do not fit, the findings are a view inside the page. */
static void
show_view (CcChecksPage *self)
{
  cc_page_set_can_go_back (CC_PAGE (self), adw_leaflet_get_folded (self->leaflet)
                                               && adw_leaflet_get_visible_child (self->leaflet)
                                                      == self->findings_pane);
}

static void
show_view_later (CcPage *page)
{
  show_view (CC_CHECKS_PAGE (page));
}

static void
follow_fold (CcChecksPage *self)
{
  cc_page_call_later (CC_PAGE (self), show_view_later);
}

static void
cc_checks_page_go_back (CcPage *page)
{
  CcChecksPage *self = CC_CHECKS_PAGE (page);

  adw_leaflet_set_visible_child (self->leaflet, self->rules_pane);
}

/* What was chosen stays so only where it is the same finding. */
static void
show_findings (CcChecksPage *self, GArray *ids)
{
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gboolean same = cc_lazy_model_is_same (self->model, session, ids);

  if (!same)
    {
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
      if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
        gtk_widget_activate_action (GTK_WIDGET (self->findings), "list.scroll-to-item", "u", 0);
    }
  cc_lazy_model_set (self->model, session, ids);
}

static void
on_ids_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcChecksPage) self = CC_CHECKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ids != NULL)
    show_findings (self, ids);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Findings Could Not Be Read"), error);
  update_actions (self);
}

static void
load_findings (CcChecksPage *self)
{
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  g_clear_handle_id (&self->looking, g_source_remove);
  if (self->rule == NULL || session == NULL)
    return;
  cc_session_read_async (session, cc_findings_read_ids,
                         cc_findings_question_new (self->rule, !gtk_toggle_button_get_active (
                                                                   self->open_button)),
                         cc_findings_question_free, (GDestroyNotify) g_array_unref,
                         self->cancellable, on_ids_read, g_object_ref (self));
}

static void
show_rule (CcChecksPage *self, const char *rule)
{
  CcSession       *session = cc_page_get_session (CC_PAGE (self));
  g_autofree char *sentence = cc_checks_describe_rule (session, rule);

  if (self->rule != rule)
    {
      g_free (self->rule);
      self->rule = g_strdup (rule);
    }
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->advice,
                       cc_checks_is_unmapped (rule)
                           ? _ (
                               "Give the value a code: in the case itself, or for all rows at once "
                               "by importing the agency's file again. The file's earlier rows are "
                               "then updated, not doubled.")
                           : _ ("Open the case to correct it. If it is right as it stands, say so; "
                                "it will not be asked again."));
}

static gboolean
on_rules_drawn (gpointer user_data)
{
  CcChecksPage *self = user_data;

  self->looking = 0;
  load_findings (self);
  return G_SOURCE_REMOVE;
}

static void
on_rule_activated_cb (CcChecksPage *self, GtkListBoxRow *row)
{
  const CcFindingGroup *group =
      g_ptr_array_index (self->groups, (guint) gtk_list_box_row_get_index (row));

  gtk_toggle_button_set_active (group->n_open > 0 ? self->open_button : self->settled_button, TRUE);
  show_rule (self, group->rule);
  load_findings (self);
  adw_leaflet_set_visible_child (self->leaflet, self->findings_pane);
}

static GtkWidget *
create_rule_row (CcChecksPage *self, const CcFindingGroup *group)
{
  CcSession       *session = cc_page_get_session (CC_PAGE (self));
  g_autofree char *sentence = cc_checks_describe_rule (session, group->rule);
  g_autofree char *count = cc_checks_describe_count (session, group);
  g_autofree char *subtitle = NULL;
  CcFigureRow     *row = cc_figure_row_new (sentence);
  GtkWidget       *sign = gtk_image_new_from_icon_name (
            group->n_open > 0 ? cc_checks_get_severity_icon (group->severity) : "object-select-symbolic");

  cc_tip_set_text (sign, cc_checks_get_severity_name (group->severity));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), sign);
  /* Translators: how heavy the findings of a rule are, and how many there are. */
  subtitle =
      g_strdup_printf (_ ("%1$s · %2$s"), cc_checks_get_severity_name (group->severity), count);
  cc_figure_row_set (row, "", subtitle, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return GTK_WIDGET (row);
}

static int
find_group (CcChecksPage *self, const char *rule)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const CcFindingGroup *group = g_ptr_array_index (self->groups, i);

      if (g_strcmp0 (group->rule, rule) == 0)
        return (int) i;
    }
  return -1;
}

/* The rule looked at before stays, unless it is gone. Its findings come after the frame that has
 * the looks of the whole page to find. */
static void
show_groups (CcChecksPage *self)
{
  GtkWidget            *child;
  const CcFindingGroup *group;
  int                   chosen;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rules))) != NULL)
    gtk_list_box_remove (self->rules, child);
  for (guint i = 0; i < self->groups->len; i++)
    gtk_list_box_append (self->rules, create_rule_row (self, g_ptr_array_index (self->groups, i)));
  chosen = MAX (find_group (self, self->rule), 0);
  group = g_ptr_array_index (self->groups, (guint) chosen);
  gtk_list_box_select_row (self->rules, gtk_list_box_get_row_at_index (self->rules, chosen));
  show_rule (self, group->rule);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->leaflet));
  g_clear_handle_id (&self->looking, g_source_remove);
  self->looking = g_idle_add_full (G_PRIORITY_LOW, on_rules_drawn, self, NULL);
}

static void
on_groups_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcChecksPage) self = CC_CHECKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (groups == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = g_steal_pointer (&groups);
  if (self->groups->len > 0)
    show_groups (self);
  else
    gtk_stack_set_visible_child (self->stack, self->nothing);
}

static void
stop_reading (CcChecksPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->looking, g_source_remove);
}

static void
cc_checks_page_refresh (CcPage *page, CcSession *session)
{
  CcChecksPage *self = CC_CHECKS_PAGE (page);

  stop_reading (self);
  cc_conflicts_bar_refresh (self->conflicts, session);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_findings_read_groups, NULL, NULL,
                         (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_groups_read,
                         g_object_ref (self));
}

static void
cc_checks_page_open_target (CcPage *page, const char *target)
{
  CcChecksPage *self = CC_CHECKS_PAGE (page);
  const char   *rule = NULL;

  if (g_str_equal (target, "unmapped"))
    rule = "intake.finding.value-unmapped";
  else if (g_str_has_prefix (target, "rule:"))
    rule = target + strlen ("rule:");
  else
    return;
  g_free (self->rule);
  self->rule = g_strdup (rule);
  gtk_toggle_button_set_active (self->open_button, TRUE);
  cc_page_refresh (page);
}

static GArray *
list_chosen (CcChecksPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray       *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint         position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      const gint64 id = cc_lazy_model_get_id (self->model, position);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcChecksPage) self = CC_CHECKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (GTK_WIDGET (self), _ ("The findings were settled."), seq);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Findings Could Not Be Settled"), error);
}

static void
settle (CcChecksPage *self, const char *state)
{
  GArray    *ids = list_chosen (self);
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  /* Once: a second press while the act runs would settle what is settled. */
  set_enabled (self, "confirm", FALSE);
  set_enabled (self, "dismiss", FALSE);
  set_enabled (self, "reopen", FALSE);
  cc_session_act_async (session, "settle", cc_findings_settle, cc_findings_verdict_new (ids, state),
                        cc_findings_verdict_free, NULL, on_settled, g_object_ref (self));
}

static void
on_confirm_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  settle (CC_CHECKS_PAGE (user_data), "confirmed");
}

static void
on_dismiss_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  settle (CC_CHECKS_PAGE (user_data), "dismissed");
}

static void
on_reopen_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  settle (CC_CHECKS_PAGE (user_data), "open");
}

static const GActionEntry actions[] = {
  { .name = "confirm", .activate = on_confirm_activated },
  { .name = "dismiss", .activate = on_dismiss_activated },
  { .name = "reopen", .activate = on_reopen_activated },
};

/* Leads to the case; a row without one leads to where its delivery is. */
static void
on_finding_activated_cb (CcChecksPage *self, guint position)
{
  g_autoptr (CcLazyItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const CcFindingRow *row = cc_lazy_item_get_row (item);
  g_autofree char    *target = NULL;

  if (row == NULL)
    return;
  if (row->record != 0)
    target = g_strdup_printf ("record:%" G_GINT64_FORMAT, row->record);
  else
    target = g_strdup_printf ("submission:%" G_GINT64_FORMAT, row->submission);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)",
                              row->record != 0 ? "cases" : "import", target);
}

static void
show_finding (CcLazyItem *item, GParamSpec *spec, GtkListItem *list_item)
{
  GtkWidget          *box = gtk_list_item_get_child (list_item);
  CcChecksPage       *self = CC_CHECKS_PAGE (gtk_widget_get_ancestor (box, CC_TYPE_CHECKS_PAGE));
  const CcFindingRow *row = cc_lazy_item_get_row (item);
  CcSession          *session = self != NULL ? cc_page_get_session (CC_PAGE (self)) : NULL;
  GtkWidget          *value = gtk_widget_get_first_child (box);
  GtkWidget          *place = gtk_widget_get_next_sibling (value);
  g_autofree char    *value_text = NULL;
  g_autofree char    *place_text = NULL;
  g_autofree char    *settled = NULL;

  if (row == NULL || session == NULL)
    {
      gtk_label_set_label (GTK_LABEL (value), "…");
      gtk_label_set_label (GTK_LABEL (place), "");
      return;
    }
  value_text = cc_checks_describe_finding (session, row);
  place_text = cc_checks_describe_place (session, row);
  if (g_strcmp0 (row->state, "open") != 0)
    {
      g_autofree char *where = g_steal_pointer (&place_text);

      settled = cc_checks_describe_settled (session, row);
      /* Translators: where a value stands, and what became of the question about it. */
      place_text = g_strdup_printf (_ ("%1$s · %2$s"), where, settled);
    }
  cc_list_line_name (box, value_text, place_text);
  gtk_label_set_label (GTK_LABEL (value), value_text);
  gtk_label_set_label (GTK_LABEL (place), place_text);
}

static GtkWidget *
create_line (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* How narrow it can be is tried at this width, and not letter by letter. */
  gtk_label_set_width_chars (GTK_LABEL (label), NARROWEST);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, style);
    }
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), create_line (NULL));
  gtk_box_append (GTK_BOX (box), create_line ("dim-label"));
  gtk_list_item_set_child (list_item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  CcLazyItem *item = gtk_list_item_get_item (list_item);

  g_signal_connect_object (item, "notify::row", G_CALLBACK (show_finding), list_item, 0);
  show_finding (item, NULL, list_item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_finding,
                                        list_item);
}

static void
cc_checks_page_dispose (GObject *object)
{
  CcChecksPage *self = CC_CHECKS_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->model);
  g_clear_object (&self->selection);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->rule, g_free);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_CHECKS_PAGE);
  G_OBJECT_CLASS (cc_checks_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CC_TYPE_CONFLICTS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/checks/cc-checks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, rules_pane);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, rules);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, findings_pane);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, advice);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, settled_button);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, CcChecksPage, findings);
  gtk_widget_class_bind_template_callback (widget_class, show_view);
  gtk_widget_class_bind_template_callback (widget_class, follow_fold);
  gtk_widget_class_bind_template_callback (widget_class, load_findings);
  gtk_widget_class_bind_template_callback (widget_class, on_rule_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_finding_activated_cb);
}

static void
cc_checks_page_class_init (CcChecksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_checks_page_dispose;
  CC_PAGE_CLASS (klass)->refresh = cc_checks_page_refresh;
  CC_PAGE_CLASS (klass)->open_target = cc_checks_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_checks_page_go_back;
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "checks.confirm", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "checks.dismiss", NULL);
}

static void
set_up_list (CcChecksPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->model = cc_lazy_model_new (cc_findings_read_rows, (GDestroyNotify) cc_finding_row_free);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->findings, factory);
  gtk_list_view_set_model (self->findings, GTK_SELECTION_MODEL (self->selection));
}

static void
cc_checks_page_init (CcChecksPage *self)
{
  self->groups = g_ptr_array_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  cc_page_add_actions (CC_PAGE (self), "checks", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->findings));
  cc_tab_make_one_stop (GTK_WIDGET (self->rules));
  set_up_list (self);
  update_actions (self);
}
