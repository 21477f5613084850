/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-page.h"

#include "cc-history-details.h"
#include "cc-history-load.h"
#include "cc-history-row.h"
#include "cc-history-texts.h"
#include "cc-history-verify.h"
#include "present/cc-error-presenter.h"
#include "shell/cc-undo.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-lazy-model.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-wrap-box.h"

#include <glib/gi18n.h>

/* A list that loses more lines than this is looked at from its first line on: those that go are
 * then no lines that the view has made. */
#define MANY 64

struct _CcHistoryPage
{
  CcPage parent_instance;

  AdwLeaflet         *leaflet;
  GtkWidget          *list_pane;
  CcHistoryDetails   *details;
  GtkWidget          *toolbar;
  GtkSearchEntry     *search;
  GtkDropDown        *kind;
  GtkDropDown        *user;
  GtkWidget          *filters;
  GtkWidget          *life_bar;
  GtkLabel           *life_label;
  GtkStack           *stack;
  GtkWidget          *list_view_scroller;
  GtkListView        *list_view;
  AdwStatusPage      *empty;
  AdwStatusPage      *failure;
  GtkSingleSelection *selection;

  CcLazyModel        *model;
  GSimpleActionGroup *actions;
  CcSession          *session;
  GCancellable       *cancellable;
  gint64              record;  /* whose life is listed; 0: all acts */
  gint64              wanted;  /* the act to choose when the list is there; 0: the newest */
  gint64              pending; /* chosen, and not yet among the lines that the view knows of */
  gboolean            loading; /* choices are being set, not made */
};

G_DEFINE_FINAL_TYPE (CcHistoryPage, cc_history_page, CC_TYPE_PAGE)

static void load (CcHistoryPage *self);

static void
update_back (CcHistoryPage *self)
{
  const gboolean in_details =
      adw_leaflet_get_folded (self->leaflet)
      && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->details);

  cc_page_set_can_go_back (CC_PAGE (self), in_details || self->record != 0);
  /* A narrow header bar has room for the title or for the button. */
  cc_page_set_toolbar (CC_PAGE (self), in_details ? NULL : self->toolbar);
}

static void
update_back_later (CcPage *page)
{
  update_back (CC_HISTORY_PAGE (page));
}

static void
follow_fold (CcHistoryPage *self)
{
  cc_page_call_later (CC_PAGE (self), update_back_later);
}

static void
update_actions (CcHistoryPage *self)
{
  GAction *undo = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "undo");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (undo),
                               cc_history_details_get_can_undo (self->details));
}

static gint64
get_selected_act (CcHistoryPage *self)
{
  CcLazyItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (self->pending != 0)
    return self->pending;
  return item != NULL ? cc_lazy_item_get_id (item) : 0;
}

static void
show_selected (CcHistoryPage *self)
{
  const gint64 seq = get_selected_act (self);

  if (seq != 0 && seq != cc_history_details_get_act (self->details))
    cc_history_details_show (self->details, self->session, seq);
  else if (seq == 0 && !adw_leaflet_get_folded (self->leaflet))
    cc_history_details_clear (self->details);
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *spec, CcHistoryPage *self)
{
  if (self->loading)
    return;
  self->pending = 0;
  show_selected (self);
  if (get_selected_act (self) != 0 && adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->details));
}

static void
on_activated (GtkListView *view, guint position, CcHistoryPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->details));
}

static char *
get_user (CcHistoryPage *self)
{
  const guint    chosen = gtk_drop_down_get_selected (self->user);
  GtkStringList *users = GTK_STRING_LIST (gtk_drop_down_get_model (self->user));

  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_strdup (gtk_string_list_get_string (users, chosen));
}

/* The names follow the file; what was chosen stays chosen. */
static void
show_users (CcHistoryPage *self, const char *const *users)
{
  g_autofree char *chosen = get_user (self);
  GtkStringList   *names = gtk_string_list_new (NULL);
  guint            place = 0;

  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; users[i] != NULL; i++)
    {
      gtk_string_list_append (names, users[i]);
      if (g_strcmp0 (users[i], chosen) == 0)
        place = i + 1;
    }
  self->loading = TRUE;
  gtk_drop_down_set_model (self->user, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->user, place);
  self->loading = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->user), users[0] != NULL);
  g_object_unref (names);
}

/* The list has no call of its own for this before GTK 4.12. */
static void
scroll_to (CcHistoryPage *self, guint place)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", place);
}

static void
choose (CcHistoryPage *self, gint64 act)
{
  const guint place = cc_lazy_model_find (self->model, act);

  self->pending = 0;
  if (place >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    {
      self->pending = act;
      return;
    }
  gtk_single_selection_set_selected (self->selection, place);
  scroll_to (self, place);
}

static void
on_told (CcHistoryPage *self)
{
  if (self->pending == 0 || self->loading)
    return;
  self->loading = TRUE;
  choose (self, self->pending);
  self->loading = FALSE;
}

static void
show_list (CcHistoryPage *self, const CcHistoryList *list)
{
  const guint n = list->acts->len;

  self->loading = TRUE;
  self->pending = 0;
  /* What is selected by its place would be another act. */
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > n + MANY)
    scroll_to (self, 0);
  cc_lazy_model_set (self->model, self->session, list->acts);
  gtk_stack_set_visible_child (self->stack,
                               n > 0 ? self->list_view_scroller : GTK_WIDGET (self->empty));
  /* With one pane only, choosing leads away from the list: nobody has chosen yet. */
  if (list->seek != 0)
    choose (self, list->seek);
  else if (n > 0 && !adw_leaflet_get_folded (self->leaflet))
    choose (self, g_array_index (list->acts, gint64, 0));
  self->loading = FALSE;
  if (n > 0)
    show_selected (self);
  else
    cc_history_details_clear (self->details);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcHistoryPage) self = CC_HISTORY_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcHistoryList) list = cc_session_read_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (list != NULL)
    {
      show_users (self, (const char *const *) list->users);
      show_list (self, list);
      return;
    }
  text = cc_describe_error (error);
  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
stop_loading (CcHistoryPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (CcHistoryPage *self)
{
  CcHistoryQuery *query;
  const char     *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->session == NULL)
    return;
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  query = g_new0 (CcHistoryQuery, 1);
  query->kind = gtk_drop_down_get_selected (self->kind);
  query->user = get_user (self);
  query->text = *text != '\0' ? g_strdup (text) : NULL;
  query->record = self->record;
  query->seek = self->wanted;
  self->wanted = 0;
  cc_session_read_async (self->session, cc_history_read_list, query,
                         (GDestroyNotify) cc_history_query_free,
                         (GDestroyNotify) cc_history_list_free, self->cancellable, on_read,
                         g_object_ref (self));
}

static void
on_filter_changed (GObject *filter, GParamSpec *spec, CcHistoryPage *self)
{
  if (!self->loading)
    load (self);
}

static void
on_search_changed (GtkSearchEntry *search, CcHistoryPage *self)
{
  load (self);
}

static void
set_record (CcHistoryPage *self, gint64 record)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  self->record = record;
  gtk_widget_set_visible (self->life_bar, record != 0);
  gtk_widget_set_visible (self->filters, record == 0);
  if (record != 0)
    {
      name = cc_history_describe_record (self->session, NULL, record);
      /* Translators: %s names a record: the list shows only what happened to it. */
      text = g_strdup_printf (_ ("%s: all its changes"), name);
      gtk_label_set_label (self->life_label, text);
    }
  update_back (self);
}

static void
clear_filters (CcHistoryPage *self)
{
  self->loading = TRUE;
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_drop_down_set_selected (self->user, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->loading = FALSE;
}

static void
cc_history_page_refresh (CcPage *page, CcSession *session)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (page);
  gint64         shown = cc_history_details_get_act (self->details);

  if (self->session != session)
    {
      shown = 0;
      set_record (self, 0);
    }
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  /* Whether it can be taken back may have changed. */
  if (shown != 0)
    cc_history_details_show (self->details, session, shown);
  if (self->wanted == 0)
    self->wanted = shown;
  load (self);
}

static void
cc_history_page_open_target (CcPage *page, const char *target)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (page);

  if (g_str_has_prefix (target, "act:"))
    {
      clear_filters (self);
      set_record (self, 0);
      self->wanted = g_ascii_strtoll (target + strlen ("act:"), NULL, 10);
      adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->details));
    }
  else if (g_str_has_prefix (target, "record:"))
    {
      set_record (self, g_ascii_strtoll (target + strlen ("record:"), NULL, 10));
      adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
    }
  load (self);
}

static void
cc_history_page_go_back (CcPage *page)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (page);

  if (adw_leaflet_get_folded (self->leaflet)
      && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->details))
    {
      adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      return;
    }
  set_record (self, 0);
  self->wanted = cc_history_details_get_act (self->details);
  load (self);
}

static void
on_undo_answered (AdwMessageDialog *dialog, const char *response, CcHistoryPage *self)
{
  if (g_strcmp0 (response, "undo") == 0 && cc_history_details_get_can_undo (self->details))
    cc_undo_run (GTK_WIDGET (self), self->session, cc_history_details_get_act (self->details));
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (user_data);
  GtkWidget     *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW);
  GtkWidget     *dialog = adw_message_dialog_new (GTK_WINDOW (window), _ ("Take This Back?"), NULL);
  g_autofree char *sentence = cc_isolate (cc_history_details_get_sentence (self->details));

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      /* Translators: %s is a sentence that says what was done: "Case edited: Sex". */
      _ ("“%s” is taken back as a whole: the data are again as they were before. The history keeps "
         "both, and taking back can be taken back, too."),
      sentence);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "undo",
                                    _ ("_Take Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "undo");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_undo_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_verify (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (user_data);

  if (self->session != NULL)
    cc_history_verify_run (GTK_WIDGET (self), self->session);
}

static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (user_data);

  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_life (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (user_data);

  set_record (self, g_variant_get_int64 (parameter));
  self->wanted = cc_history_details_get_act (self->details);
  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
  load (self);
}

static void
on_show_all (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (user_data);

  clear_filters (self);
  set_record (self, 0);
  self->wanted = cc_history_details_get_act (self->details);
  load (self);
}

static const GActionEntry entries[] = {
  { .name = "undo", .activate = on_undo },
  { .name = "verify", .activate = on_verify },
  { .name = "search", .activate = on_search },
  { .name = "life", .activate = on_life, .parameter_type = "x" },
  { .name = "show-all", .activate = on_show_all },
};

static void
set_up_item (GtkSignalListItemFactory *factory, GtkListItem *item, CcHistoryPage *self)
{
  gtk_list_item_set_child (item, cc_history_row_new ());
}

static void
bind_item (GtkSignalListItemFactory *factory, GtkListItem *item, CcHistoryPage *self)
{
  cc_history_row_set_item (CC_HISTORY_ROW (gtk_list_item_get_child (item)), self->session,
                           gtk_list_item_get_item (item));
}

static void
unbind_item (GtkSignalListItemFactory *factory, GtkListItem *item, CcHistoryPage *self)
{
  cc_history_row_set_item (CC_HISTORY_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
cc_history_page_dispose (GObject *object)
{
  CcHistoryPage *self = CC_HISTORY_PAGE (object);

  stop_loading (self);
  if (self->list_view != NULL)
    {
      gtk_list_view_set_model (self->list_view, NULL);
      gtk_list_view_set_factory (self->list_view, NULL);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->session, cc_session_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_HISTORY_PAGE);
  G_OBJECT_CLASS (cc_history_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/history/"
                                                             "cc-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, list_pane);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, details);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, kind);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, user);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, life_bar);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, life_label);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, list_view_scroller);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryPage, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
  gtk_widget_class_bind_template_callback (widget_class, follow_fold);
}

static void
cc_history_page_class_init (CcHistoryPageClass *klass)
{
  CcPageClass *page_class = CC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_history_page_dispose;
  page_class->refresh = cc_history_page_refresh;
  page_class->open_target = cc_history_page_open_target;
  page_class->go_back = cc_history_page_go_back;
  g_type_ensure (CC_TYPE_HISTORY_DETAILS);
  g_type_ensure (CC_TYPE_WRAP_BOX);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
add_shortcut (CcHistoryPage *self, const char *trigger, const char *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                              trigger),
                                                          gtk_named_action_new (action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
set_up_list (CcHistoryPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->model = cc_lazy_model_new (cc_history_read_entries, (GDestroyNotify) cc_history_entry_free);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           0);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_told), self,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (set_up_item), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_item), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_item), self, 0);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
}

static void
cc_history_page_init (CcHistoryPage *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list_view));
  for (guint i = 0; i < cc_history_get_n_kinds (); i++)
    gtk_string_list_append (kinds, cc_history_get_kind_label (i));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  set_up_list (self);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  cc_page_add_actions (CC_PAGE (self), "history", G_ACTION_GROUP (self->actions));
  cc_page_set_toolbar (CC_PAGE (self), self->toolbar);
  g_signal_connect_object (self->details, "notify::can-undo", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  add_shortcut (self, "<Control>f", "history.search");
  update_actions (self);
  self->loading = FALSE;
}
