/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-choice-list.h"

#include "widgets/cc-list-names.h"

#include <glib/gi18n.h>

#define INDENT      18
#define LEAST_WIDTH 220
#define MOST_HEIGHT 280

struct _CcChoiceList
{
  GtkPopover parent_instance;

  GListStore         *store;
  GtkSingleSelection *selection;
  GtkWidget          *stack;
  GtkListView        *view;
  gboolean            open;
};

enum
{
  CHOSEN,
  MARKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcChoiceList, cc_choice_list, GTK_TYPE_POPOVER)

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_item_set_child (item, box);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  CcChoice   *choice = gtk_list_item_get_item (item);
  GtkWidget  *box = gtk_list_item_get_child (item);
  GtkWidget  *label = gtk_widget_get_first_child (box);
  GtkWidget  *detail = gtk_widget_get_next_sibling (label);
  const char *text = cc_choice_get_detail (choice);

  gtk_label_set_label (GTK_LABEL (label), cc_choice_get_label (choice));
  gtk_label_set_label (GTK_LABEL (detail), text != NULL ? text : "");
  gtk_widget_set_visible (detail, text != NULL);
  cc_list_line_name (box, cc_choice_get_label (choice), text);
  gtk_widget_set_margin_start (box, INDENT * (int) cc_choice_get_depth (choice));
}

static void
on_activate_cb (CcChoiceList *self, guint position)
{
  g_autoptr (CcChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->store), position);

  if (choice != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, choice);
}

static void
on_selected_cb (CcChoiceList *self)
{
  g_signal_emit (self, signals[MARKED], 0);
}

static void
cc_choice_list_dispose (GObject *object)
{
  g_clear_object (&CC_CHOICE_LIST (object)->store);
  G_OBJECT_CLASS (cc_choice_list_parent_class)->dispose (object);
}

static void
cc_choice_list_class_init (CcChoiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_choice_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_CHOICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, CC_TYPE_CHOICE);
  signals[MARKED] = g_signal_new ("marked", CC_TYPE_CHOICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_view (CcChoiceList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  self->view = GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choices"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  return scrolled;
}

static void
cc_choice_list_init (CcChoiceList *self)
{
  GtkWidget *nothing = gtk_label_new (_ ("Nothing in the list fits"));

  self->store = g_list_store_new (CC_TYPE_CHOICE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), create_view (self), "list");
  g_object_unref (self->selection);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_add_css_class (nothing, "no-choice");
  gtk_stack_add_named (GTK_STACK (self->stack), nothing, "nothing");
  gtk_popover_set_child (GTK_POPOVER (self), self->stack);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "choices");
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
}

CcChoiceList *
cc_choice_list_new (void)
{
  return g_object_new (CC_TYPE_CHOICE_LIST, NULL);
}

static guint
find_position (GPtrArray *choices, gconstpointer id)
{
  for (guint i = 0; id != NULL && i < choices->len; i++)
    if (cc_choice_get_id (choices->pdata[i]) == id)
      return i;
  return 0;
}

static void
mark (CcChoiceList *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  /* gtk_list_view_scroll_to () came with 4.12. */
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

void
cc_choice_list_open (CcChoiceList *self, GPtrArray *choices, gconstpointer id, int width)
{
  g_return_if_fail (CC_IS_CHOICE_LIST (self) && choices != NULL);
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       choices->pdata, choices->len);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), choices->len > 0 ? "list" : "nothing");
  gtk_widget_set_size_request (self->stack, MAX (width, LEAST_WIDTH), -1);
  self->open = TRUE;
  gtk_popover_popup (GTK_POPOVER (self));
  if (choices->len > 0)
    mark (self, find_position (choices, id));
  g_signal_emit (self, signals[MARKED], 0);
}

void
cc_choice_list_close (CcChoiceList *self)
{
  g_return_if_fail (CC_IS_CHOICE_LIST (self));
  self->open = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self));
}

gboolean
cc_choice_list_is_open (CcChoiceList *self)
{
  g_return_val_if_fail (CC_IS_CHOICE_LIST (self), FALSE);
  return self->open;
}

void
cc_choice_list_move (CcChoiceList *self, int by)
{
  const int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->store));
  const int at = (int) gtk_single_selection_get_selected (self->selection);

  g_return_if_fail (CC_IS_CHOICE_LIST (self));
  if (n > 0)
    mark (self, (guint) CLAMP (at + by, 0, n - 1));
}

CcChoice *
cc_choice_list_get_marked (CcChoiceList *self)
{
  g_return_val_if_fail (CC_IS_CHOICE_LIST (self), NULL);
  return gtk_single_selection_get_selected_item (self->selection);
}

guint
cc_choice_list_get_n (CcChoiceList *self)
{
  g_return_val_if_fail (CC_IS_CHOICE_LIST (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}
