/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-verdicts-view.h"

#include "cc-compare-head.h"
#include "cc-session-work.h"
#include "cc-verdict-row.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>
#include <cc/linkage/cc-review.h>

/* Read at once; the rest comes when the end of the list is reached. */
#define N_AT_ONCE 100

struct _CcVerdictsView
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkLabel       *count;
  GtkStack       *stack;
  GtkWidget      *scroller;
  AdwStatusPage  *empty;
  GtkListView    *list;

  GListStore   *store;
  CcSession    *session;
  char         *kind;
  gint64        n_all;
  gboolean      reading;
  gboolean      busy;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcVerdictsView, cc_verdicts_view, ADW_TYPE_BIN)

typedef struct
{
  char      *kind;
  char      *text;
  guint      offset;
  gint64     n_all;
  GPtrArray *verdicts;
} Reading;

static void
free_reading (gpointer data)
{
  Reading *self = data;

  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->text);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_verdicts (CcSession    *session,
               CcConnection *connection,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  const Reading *asked = data;
  Reading       *found = g_new0 (Reading, 1);

  found->offset = asked->offset;
  found->n_all = cc_review_count_verdicts (connection, asked->kind, asked->text, error);
  if (found->n_all >= 0)
    found->verdicts = cc_review_list_verdicts (connection, asked->kind, asked->text, asked->offset,
                                               N_AT_ONCE, error);
  if (found->verdicts != NULL)
    return found;
  free_reading (found);
  return NULL;
}

static void
show_count (CcVerdictsView *self)
{
  g_autofree char *number = cc_session_format_number (self->session, self->n_all);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s decision", "%s decisions", (gulong) self->n_all), number);
  const gboolean searched = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

  gtk_label_set_label (self->count, text);
  adw_status_page_set_title (self->empty,
                             searched ? _ ("No Decision Found") : _ ("No Decisions Yet"));
  adw_status_page_set_description (self->empty, searched ? _ ("Try another name, reason or person.")
                                                         : _ ("What you decide about duplicates is "
                                                              "remembered here, and can be "
                                                              "taken back at any time."));
  gtk_stack_set_visible_child (self->stack,
                               self->n_all > 0 ? self->scroller : GTK_WIDGET (self->empty));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcVerdictsView) self = CC_VERDICTS_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  Reading *found = cc_session_read_finish (result, &error);

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->reading = FALSE;
  if (found != NULL && self->session != NULL && self->store != NULL)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_set_free_func (found->verdicts, NULL);
      for (guint i = 0; i < found->verdicts->len; i++)
        g_ptr_array_add (items, cc_verdict_item_new (found->verdicts->pdata[i]));
      g_list_store_splice (self->store, found->offset,
                           g_list_model_get_n_items (G_LIST_MODEL (self->store)) - found->offset,
                           items->pdata, items->len);
      self->n_all = found->n_all;
      show_count (self);
    }
  else if (error != NULL)
    cc_present_error (GTK_WIDGET (self), _ ("The Decisions Could Not Be Read"), error);
  free_reading (found);
}

static void
read_from (CcVerdictsView *self, guint offset)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  Reading    *asked;

  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  asked = g_new0 (Reading, 1);
  asked->kind = g_strdup (self->kind);
  asked->text = *text != '\0' ? g_strdup (text) : NULL;
  asked->offset = offset;
  self->reading = TRUE;
  cc_session_read_async (self->session, read_verdicts, asked, free_reading, free_reading,
                         self->cancellable, on_read, g_object_ref (self));
}

static void
on_search_changed_cb (CcVerdictsView *self)
{
  read_from (self, 0);
}

static void
on_edge_reached_cb (CcVerdictsView *self, GtkPositionType position)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (position == GTK_POS_BOTTOM && !self->reading && n < self->n_all)
    read_from (self, n);
}

typedef struct
{
  CcVerdictsView *view; /* held; the act does not touch it */
  CcReviewPair    pair;
} TakeBack;

static gboolean
take_back (CcAct *act, gpointer data, GError **error)
{
  const TakeBack *self = data;

  return cc_act_decide (act, &self->pair, 1, CC_VERDICT_UNDECIDED, NULL, error);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TakeBack *done = user_data;
  g_autoptr (CcVerdictsView) self = done->view;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  self->busy = FALSE;
  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (GTK_WIDGET (self), _ ("The decision was taken back: the pair waits again"),
                     seq);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Decision Could Not Be Taken Back"), error);
  g_free (done);
}

static void
on_take_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcVerdictsView *self = user_data;
  TakeBack       *data;

  if (self->busy || self->session == NULL || cc_session_is_read_only (self->session))
    return;
  data = g_new0 (TakeBack, 1);
  data->view = g_object_ref (self);
  g_variant_get (parameter, "(xx)", &data->pair.a, &data->pair.b);
  self->busy = TRUE;
  cc_session_act_async (self->session, "decide", take_back, data, NULL, NULL, on_taken_back, data);
}

static const GActionEntry entries[] = {
  { "take-back", on_take_back, "(xx)", NULL, NULL, { 0 } },
};

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, CcVerdictsView *self)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, GTK_WIDGET (cc_verdict_row_new ()));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, CcVerdictsView *self)
{
  cc_verdict_row_bind (CC_VERDICT_ROW (gtk_list_item_get_child (item)), self->session,
                       gtk_list_item_get_item (item));
}

static gboolean
cc_verdicts_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return cc_tab_focus (widget, cc_verdicts_view_parent_class, direction);
}

static gboolean
cc_verdicts_view_grab_focus (GtkWidget *widget)
{
  return !cc_tab_is_passing (widget)
         && gtk_widget_grab_focus (GTK_WIDGET (CC_VERDICTS_VIEW (widget)->search));
}

static void
cc_verdicts_view_dispose (GObject *object)
{
  CcVerdictsView *self = CC_VERDICTS_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    {
      gtk_list_view_set_factory (self->list, NULL);
      gtk_list_view_set_model (self->list, NULL);
    }
  g_clear_object (&self->store);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->kind, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_VERDICTS_VIEW);
  G_OBJECT_CLASS (cc_verdicts_view_parent_class)->dispose (object);
}

static void
cc_verdicts_view_class_init (CcVerdictsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_verdicts_view_dispose;
  widget_class->focus = cc_verdicts_view_focus;
  widget_class->grab_focus = cc_verdicts_view_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-verdicts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, search);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, count);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, stack);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, scroller);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, empty);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictsView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
}

static void
cc_verdicts_view_init (CcVerdictsView *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  cc_compare_name_editable (GTK_EDITABLE (self->search), _ ("Search the decisions"));
  self->store = g_list_store_new (CC_TYPE_VERDICT_ITEM);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  gtk_list_view_set_factory (self->list, factory);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "verdict", G_ACTION_GROUP (actions));
}

void
cc_verdicts_view_refresh (CcVerdictsView *self)
{
  g_return_if_fail (CC_IS_VERDICTS_VIEW (self));
  read_from (self, 0);
}

void
cc_verdicts_view_load (CcVerdictsView *self, CcSession *session, const char *kind)
{
  g_return_if_fail (CC_IS_VERDICTS_VIEW (self) && session != NULL && kind != NULL);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_free (self->kind);
  self->kind = g_strdup (kind);
  cc_verdicts_view_refresh (self);
}

guint
cc_verdicts_view_get_n (CcVerdictsView *self)
{
  g_return_val_if_fail (CC_IS_VERDICTS_VIEW (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}
