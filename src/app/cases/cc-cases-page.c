/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cases-page-private.h"

#include "cases/cc-case-details.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-filter-chips.h"
#include "widgets/cc-wrap-box.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <string.h>

/* The pane follows the selection when it rests: arrow keys run through lines faster than anybody
 * reads. In milliseconds. */
#define REST 90

G_DEFINE_FINAL_TYPE (CcCasesPage, cc_cases_page, CC_TYPE_PAGE)

static gboolean
shows_parked (CcCasesPage *self)
{
  return strcmp (self->unit, CC_CASES_PARKED) == 0;
}

gint64
cc_cases_page_get_selected (CcCasesPage *self)
{
  CcLazyItem *item = cc_record_view_get_selected (self->view);

  return item != NULL ? cc_lazy_item_get_id (item) : 0;
}

/* Details */

static void
stop_details (CcCasesPage *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->loading_details != NULL)
    g_cancellable_cancel (self->loading_details);
  g_clear_object (&self->loading_details);
}

static void
on_details_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCasesPage) self = CC_CASES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseDetails) details = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  cc_details_pane_show (self->pane, details);
  cc_cases_page_update_actions (self);
}

static void
load_details (CcCasesPage *self)
{
  CcSession            *session = cc_page_get_session (CC_PAGE (self));
  CcCaseDetailsRequest *request;

  stop_details (self);
  if (cc_cases_page_get_selected (self) == 0 || session == NULL)
    {
      cc_details_pane_show (self->pane, NULL);
      return;
    }
  request = g_new0 (CcCaseDetailsRequest, 1);
  request->id = cc_cases_page_get_selected (self);
  request->parked = shows_parked (self);
  self->loading_details = g_cancellable_new ();
  cc_session_read_async (session, cc_case_details_read, request, g_free,
                         (GDestroyNotify) cc_case_details_free, self->loading_details,
                         on_details_read, g_object_ref (self));
}

/* Where nothing is chosen there is nothing to tell about. */
static void
show_pane (CcCasesPage *self)
{
  const gboolean any = cc_cases_page_get_selected (self) != 0;

  gtk_widget_set_visible (self->details_button, any);
  gtk_widget_set_visible (GTK_WIDGET (self->pane), any);
  gtk_widget_set_visible (adw_flap_get_separator (self->flap), any);
  cc_cases_page_follow_pane (self);
}

static gboolean
on_rest (gpointer user_data)
{
  CcCasesPage *self = user_data;

  self->rest = 0;
  load_details (self);
  return G_SOURCE_REMOVE;
}

static void
on_selected_cb (CcCasesPage *self)
{
  cc_cases_page_update_actions (self);
  show_pane (self);
  stop_details (self);
  self->rest = g_timeout_add (REST, on_rest, self);
}

/* The list */

static void
show_loading (CcCasesPage *self, gboolean loading)
{
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_BUSY, loading, -1);
}

static gboolean
is_narrowed (CcCasesPage *self)
{
  return cc_record_query_is_filtered (self->query);
}

static GtkWidget *
find_view (CcCasesPage *self)
{
  if (self->shown->ids->len > 0)
    return GTK_WIDGET (self->view);
  if (shows_parked (self) && self->query->submission == 0)
    return self->nothing_parked;
  return is_narrowed (self) ? self->nothing_found : self->empty;
}

static void
show_tools (CcCasesPage *self)
{
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  CcCasesResult *shown = self->shown;
  const gboolean parked = shows_parked (self);
  const guint    n_all = parked ? shown->n_parked : shown->list->n_all;
  /* Withdrawn records are no part of those that count. */
  const gboolean   apart = cc_record_query_has (self->query, CC_FACET_STATE, 1);
  g_autofree char *count =
      cc_cases_count (session, self->unit, shown->ids->len, apart ? shown->ids->len : n_all);
  const gboolean any = cc_filter_chips_fill (self->chips, session, shown);

  gtk_label_set_label (self->count, count);
  /* An empty place to scroll in would hold the focus. */
  gtk_widget_set_visible (self->chips_place, any);
  gtk_widget_set_visible (self->clear_button, any);
  gtk_widget_set_visible (self->parked_button, shown->n_parked > 0 || parked);
  /* What cannot be used any more must not keep the focus. */
  if (parked && gtk_widget_get_focus_child (GTK_WIDGET (self->search)) != NULL)
    gtk_widget_grab_focus (self->parked_button);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search), !parked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter_button), !parked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->order_button), !parked);
  if (!parked)
    cc_filter_popover_update (self->filters, session, shown->table, shown->list, self->query);
}

/* What the search entry says is the user's: it changes only where a link led elsewhere. */
static void
show_text (CcCasesPage *self)
{
  const char *text = self->query->text != NULL ? self->query->text : "";

  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->search)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), text);
}

/* What was deleted here and is back, whoever undid it: 0 where nothing is. */
static gint64
take_back (CcCasesPage *self, const CcCasesResult *result)
{
  gint64 back = 0;

  for (guint i = self->deleted->len; result->table != NULL && i > 0; i--)
    {
      const gint64 record = g_array_index (self->deleted, gint64, i - 1);

      if (!cc_record_table_is_live (result->table, record))
        continue;
      back = record;
      g_array_remove_index (self->deleted, i - 1);
    }
  return back;
}

static gboolean
is_listed (const CcCasesResult *result, gint64 record)
{
  for (guint i = 0; i < result->ids->len; i++)
    if (g_array_index (result->ids, gint64, i) == record)
      return TRUE;
  return FALSE;
}

static void
note_back (CcCasesPage *self, CcCasesResult *result)
{
  const gint64 back = take_back (self, result);

  if (back == 0 || result->select != 0 || result->hidden != 0)
    return;
  if (is_listed (result, back))
    result->select = back;
  else
    result->hidden = back;
}

static void
take_result (CcCasesPage *self, CcCasesResult *result)
{
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gint64   before = cc_cases_page_get_selected (self);
  const gboolean led = result->select != 0;

  note_back (self, result);
  self->hidden = result->hidden;
  gtk_widget_set_visible (self->hidden_notice, self->hidden != 0);
  g_clear_pointer (&self->shown, cc_cases_result_free);
  self->shown = result;
  g_free (self->unit);
  self->unit = g_strdup (result->unit);
  cc_record_query_free (self->query);
  self->query = cc_record_query_copy (result->query);
  cc_record_view_show (self->view, session, result->unit, result->table, result->ids);
  cc_record_view_set_order (self->view, self->query->order, self->query->descending);
  if (result->select != 0)
    cc_record_view_select (self->view, result->select);
  gtk_stack_set_visible_child (self->stack, find_view (self));
  show_pane (self);
  show_tools (self);
  show_text (self);
  cc_cases_page_update_actions (self);
  if (led && adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
  /* The same record may say something else now. */
  if (cc_cases_page_get_selected (self) == before || cc_cases_page_get_selected (self) == 0)
    load_details (self);
}

static void
on_list_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCasesPage) self = CC_CASES_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  CcCasesResult *list = cc_session_read_finish (result, &error);
  gboolean       anew;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading_list);
  show_loading (self, FALSE);
  if (list == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  /* What is wanted since then waits for the next one. */
  if (g_strcmp0 (self->target, list->target) == 0)
    g_clear_pointer (&self->target, g_free);
  anew = !self->stale;
  self->stale = FALSE;
  take_result (self, list);
  /* The same question after an act leaves the view where it is. */
  if (anew && cc_cases_page_get_selected (self) == 0)
    cc_record_view_scroll_up (self->view);
}

static void
stop_list (CcCasesPage *self)
{
  if (self->loading_list != NULL)
    g_cancellable_cancel (self->loading_list);
  g_clear_object (&self->loading_list);
}

void
cc_cases_page_load (CcCasesPage *self)
{
  CcSession      *session = cc_page_get_session (CC_PAGE (self));
  CcRecordTable  *table = NULL;
  CcCasesRequest *request;

  if (session == NULL)
    return;
  stop_list (self);
  if (!self->stale && self->shown != NULL && strcmp (self->shown->unit, self->unit) == 0)
    table = self->shown->table;
  request = cc_cases_request_new (self->unit, self->query, table);
  request->target = g_strdup (self->target);
  self->loading_list = g_cancellable_new ();
  if (self->shown == NULL)
    gtk_stack_set_visible_child (self->stack, self->loading);
  show_loading (self, TRUE);
  cc_session_read_async (session, cc_cases_load, request, (GDestroyNotify) cc_cases_request_free,
                         (GDestroyNotify) cc_cases_result_free, self->loading_list, on_list_read,
                         g_object_ref (self));
}

static void
cc_cases_page_refresh (CcPage *page, CcSession *session)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  self->stale = TRUE;
  /* The form hides the list: it comes when it is seen. */
  if (!cc_cases_page_is_editing (self))
    cc_cases_page_load (self);
}

/* The form */

gboolean
cc_cases_page_is_editing (CcCasesPage *self)
{
  return self->editor != NULL
         && gtk_stack_get_visible_child (self->views) == GTK_WIDGET (self->editor);
}

/* What was edited is what the list shows next. */
static void
on_editor_closed (CcCasesPage *self)
{
  cc_case_editor_discard (self->editor);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->flap));
  gtk_widget_set_visible (self->tools, TRUE);
  cc_page_set_title (CC_PAGE (self), NULL, NULL);
  cc_page_set_can_go_back (CC_PAGE (self), FALSE);
  cc_cases_page_update_actions (self);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  if (self->target != NULL || self->stale)
    cc_cases_page_load (self);
  cc_cases_page_go_on (self);
}

static void
on_editor_saved (CcCasesPage *self, gint64 record)
{
  g_clear_pointer (&self->target, g_free);
  if (record != 0)
    self->target = g_strdup_printf ("saved:%" G_GINT64_FORMAT, record);
}

static void
follow_editor (CcCasesPage *self)
{
  g_autofree char *title = NULL;

  if (!cc_cases_page_is_editing (self))
    return;
  g_object_get (self->editor, "title", &title, NULL);
  cc_page_set_title (CC_PAGE (self), title, NULL);
}

static void
add_editor (CcCasesPage *self)
{
  self->editor = CC_CASE_EDITOR (cc_case_editor_new ());
  gtk_stack_add_child (self->views, GTK_WIDGET (self->editor));
  g_signal_connect_object (self->editor, "closed", G_CALLBACK (on_editor_closed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "stayed", G_CALLBACK (cc_cases_page_stay), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (on_editor_saved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::title", G_CALLBACK (follow_editor), self,
                           G_CONNECT_SWAPPED);
}

void
cc_cases_page_edit (CcCasesPage *self, gint64 record, const char *unit)
{
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  if (session == NULL || cc_session_is_read_only (session))
    return;
  if (self->editor == NULL)
    add_editor (self);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->editor));
  gtk_widget_set_visible (self->tools, FALSE);
  cc_page_set_can_go_back (CC_PAGE (self), TRUE);
  if (record != 0)
    cc_case_editor_load (self->editor, session, record);
  else
    cc_case_editor_start (self->editor, session, unit);
  follow_editor (self);
  cc_cases_page_update_actions (self);
}

static void
cc_cases_page_go_back (CcPage *page)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  if (cc_cases_page_is_editing (self))
    cc_case_editor_request_close (self->editor);
}

/* A form with unsaved answers is not left for a link. */
static void
cc_cases_page_open_target (CcPage *page, const char *target)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  if (cc_cases_page_is_editing (self) && cc_case_editor_is_dirty (self->editor))
    {
      cc_present_toast (GTK_WIDGET (self), _ ("Save or close the case first."));
      return;
    }
  if (strcmp (target, "new") == 0)
    {
      cc_cases_page_edit (self, 0, shows_parked (self) ? "victim" : self->unit);
      return;
    }
  if (g_str_has_prefix (target, "edit:"))
    {
      cc_cases_page_edit (self, g_ascii_strtoll (target + strlen ("edit:"), NULL, 10), NULL);
      return;
    }
  if (cc_cases_page_is_editing (self))
    on_editor_closed (self);
  g_free (self->target);
  self->target = g_strdup (target);
  cc_cases_page_load (self);
}

static void
on_search_changed_cb (CcCasesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (g_strcmp0 (self->query->text != NULL ? self->query->text : "", text) == 0)
    return;
  g_free (self->query->text);
  self->query->text = g_strdup (text);
  cc_cases_page_load (self);
}

/* From the entry into what it found. */
static void
on_search_activated_cb (CcCasesPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
on_stop_search_cb (CcCasesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_ordered_cb (CcCasesPage *self)
{
  self->query->order = cc_record_view_get_order (self->view, &self->query->descending);
  cc_cases_page_load (self);
}

static void
on_chosen_cb (CcCasesPage *self, guint facet, gint64 value, gboolean chosen)
{
  cc_record_query_choose (self->query, facet, value, chosen);
  cc_cases_page_load (self);
}

static void
on_persons_cb (CcCasesPage *self, gboolean one_per_person)
{
  self->query->one_per_person = one_per_person;
  cc_cases_page_load (self);
}

/* On a narrow window the pane covers the list: first it is shown, then Edit is at hand. */
static void
on_activated_cb (CcCasesPage *self)
{
  if (adw_flap_get_folded (self->flap) || shows_parked (self))
    adw_flap_set_reveal_flap (self->flap, TRUE);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "cases.edit", NULL);
}

/* The table, the form, and what lies beside the table. */
static gboolean
cc_cases_page_take_apart (CcPage *page)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  stop_list (self);
  stop_details (self);
  if (cc_record_view_take_apart (self->view))
    return TRUE;
  if (self->editor != NULL)
    {
      gtk_stack_remove (self->views, GTK_WIDGET (self->editor));
      self->editor = NULL;
      return TRUE;
    }
  return FALSE;
}

static void
cc_cases_page_dispose (GObject *object)
{
  CcCasesPage *self = CC_CASES_PAGE (object);

  g_clear_handle_id (&self->going_on, g_source_remove);
  stop_list (self);
  stop_details (self);
  g_clear_pointer (&self->shown, cc_cases_result_free);
  g_clear_pointer (&self->query, cc_record_query_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->deleted, g_array_unref);
  g_clear_object (&self->actions);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_CASES_PAGE);
  G_OBJECT_CLASS (cc_cases_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/cases/"
                                                             "cc-cases-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, tools);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, views);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, flap);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, details_button);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, parked_button);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, search);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, order_button);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, count);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, chips_place);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, hidden_notice);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, loading);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, nothing_found);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, nothing_parked);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, view);
  gtk_widget_class_bind_template_child (widget_class, CcCasesPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_persons_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_ordered_cb);
}

static void
cc_cases_page_class_init (CcCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_cases_page_dispose;
  CC_PAGE_CLASS (klass)->refresh = cc_cases_page_refresh;
  CC_PAGE_CLASS (klass)->open_target = cc_cases_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_cases_page_go_back;
  CC_PAGE_CLASS (klass)->take_apart = cc_cases_page_take_apart;
  cc_cases_page_class_add_unsaved (CC_PAGE_CLASS (klass));
  g_type_ensure (CC_TYPE_WRAP_BOX);
  g_type_ensure (CC_TYPE_DETAILS_PANE);
  g_type_ensure (CC_TYPE_FILTER_POPOVER);
  g_type_ensure (CC_TYPE_RECORD_VIEW);
  bind_template (widget_class);
}

static void
cc_cases_page_init (CcCasesPage *self)
{
  self->unit = g_strdup ("victim");
  self->query = cc_record_query_new ();
  self->deleted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->actions = cc_cases_page_create_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_page_add_actions (CC_PAGE (self), "cases", G_ACTION_GROUP (self->actions));
  cc_cases_page_add_shortcuts (self);
  cc_cases_page_watch_pane (self);
  cc_cases_page_update_actions (self);
}
