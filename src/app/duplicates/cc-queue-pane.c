/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-queue-pane.h"

#include "cc-compare-head.h"
#include "cc-queue-row.h"
#include "cc-review-words.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

static const char *const kinds[] = { "VI", "PE", "EV" };

struct _CcQueuePane
{
  AdwBin parent_instance;

  GtkDropDown    *unit;
  GtkMenuButton  *filter_button;
  GtkCheckButton *show_bands;
  GtkBox         *bands;
  GtkDropDown    *agency;
  GtkDropDown    *other;
  GtkCheckButton *only_changed;
  GtkCheckButton *only_undecided;
  GtkLabel       *progress;
  GtkProgressBar *bar;
  GtkWidget      *news;
  GtkLabel       *news_text;
  GtkStack       *stack;
  GtkWidget      *scroller;
  GtkWidget      *nothing;
  GtkListView    *list;

  CcReviewModel      *model;
  GtkSingleSelection *selection;
  GtkCheckButton     *band_buttons[CC_REVIEW_N_BANDS];
  GArray             *agency_ids;
  guint               n_most;  /* questions of this kind that waited in this session at once */
  gboolean            setting; /* what changes now was not chosen by the user */
};

enum
{
  ITEM_SELECTED,
  KIND_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcQueuePane, cc_queue_pane, ADW_TYPE_BIN)

static gint64
get_agency (CcQueuePane *self, GtkDropDown *drop_down)
{
  const guint selected = gtk_drop_down_get_selected (drop_down);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION && selected <= self->agency_ids->len
             ? g_array_index (self->agency_ids, gint64, selected - 1)
             : 0;
}

static void
show_empty (CcQueuePane *self)
{
  gtk_stack_set_visible_child (self->stack,
                               g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0
                                   ? self->scroller
                                   : self->nothing);
}

static void
on_filter_changed_cb (CcQueuePane *self)
{
  CcReviewFilter filter;

  if (self->setting || self->model == NULL)
    return;
  cc_review_filter_init (&filter);
  for (guint i = 0; i < CC_REVIEW_N_BANDS; i++)
    filter.bands[i] = gtk_check_button_get_active (self->band_buttons[i]);
  filter.agency = get_agency (self, self->agency);
  filter.other = get_agency (self, self->other);
  filter.only_changed = gtk_check_button_get_active (self->only_changed);
  filter.only_undecided = gtk_check_button_get_active (self->only_undecided);
  if (cc_review_filter_is_set (&filter))
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  cc_review_model_set_filter (self->model, &filter);
  show_empty (self);
  g_signal_emit (self, signals[ITEM_SELECTED], 0);
}

static void
on_unit_selected_cb (CcQueuePane *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[KIND_SELECTED], 0);
}

static void
on_selected_cb (CcQueuePane *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[ITEM_SELECTED], 0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, CcQueuePane *self)
{
  gtk_list_item_set_child (item, GTK_WIDGET (cc_queue_row_new ()));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, CcQueuePane *self)
{
  cc_queue_row_bind (CC_QUEUE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                     gtk_check_button_get_active (self->show_bands));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, CcQueuePane *self)
{
  cc_queue_row_bind (CC_QUEUE_ROW (gtk_list_item_get_child (item)), NULL, FALSE);
}

static void
set_factory (CcQueuePane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
}

/* Who wants to judge without knowing what the computer thinks hides it. */
static void
on_show_bands_cb (CcQueuePane *self)
{
  if (self->model != NULL)
    set_factory (self);
}

static void
add_bands (CcQueuePane *self)
{
  for (guint i = 0; i < CC_REVIEW_N_BANDS; i++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (cc_review_get_band_word (i));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_filter_changed_cb), self);
      gtk_box_append (self->bands, button);
      self->band_buttons[i] = GTK_CHECK_BUTTON (button);
    }
}

/* first: (nullable) */
static void
set_choices (GtkDropDown *drop_down, const char *first, const char *const *names)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  if (first != NULL)
    gtk_string_list_append (list, first);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    gtk_string_list_append (list, names[i]);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  g_object_unref (list);
}

static void
cc_queue_pane_dispose (GObject *object)
{
  CcQueuePane *self = CC_QUEUE_PANE (object);

  self->setting = TRUE;
  if (self->list != NULL)
    {
      gtk_list_view_set_factory (self->list, NULL);
      gtk_list_view_set_model (self->list, NULL);
    }
  if (self->model != NULL)
    cc_review_model_clear (self->model);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->agency_ids, g_array_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_QUEUE_PANE);
  G_OBJECT_CLASS (cc_queue_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, unit);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, filter_button);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, show_bands);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, bands);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, agency);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, other);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, only_changed);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, only_undecided);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, progress);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, bar);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, news);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, news_text);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, stack);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, nothing);
  gtk_widget_class_bind_template_child (widget_class, CcQueuePane, list);
}

static void
cc_queue_pane_class_init (CcQueuePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_queue_pane_dispose;
  signals[ITEM_SELECTED] = g_signal_new ("item-selected", CC_TYPE_QUEUE_PANE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[KIND_SELECTED] = g_signal_new ("kind-selected", CC_TYPE_QUEUE_PANE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-queue-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_bands_cb);
}

static void
cc_queue_pane_init (CcQueuePane *self)
{
  const char *units[G_N_ELEMENTS (kinds) + 1] = { NULL };

  self->setting = TRUE;
  self->agency_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    units[i] = cc_review_get_unit_title (kinds[i]);
  set_choices (self->unit, NULL, units);
  cc_compare_name_menu_button (GTK_WIDGET (self->filter_button),
                               _ ("Choose which questions are shown"));
  add_bands (self);
  set_choices (self->agency, _ ("Any agency"), NULL);
  set_choices (self->other, _ ("and any agency"), NULL);
  self->model = cc_review_model_new ();
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected_cb), self,
                           G_CONNECT_SWAPPED);
  set_factory (self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  show_empty (self);
  self->setting = FALSE;
}

CcReviewModel *
cc_queue_pane_get_model (CcQueuePane *self)
{
  g_return_val_if_fail (CC_IS_QUEUE_PANE (self), NULL);
  return self->model;
}

const char *
cc_queue_pane_get_kind (CcQueuePane *self)
{
  guint selected;

  g_return_val_if_fail (CC_IS_QUEUE_PANE (self), NULL);
  selected = gtk_drop_down_get_selected (self->unit);
  return kinds[selected < G_N_ELEMENTS (kinds) ? selected : 0];
}

void
cc_queue_pane_set_kind (CcQueuePane *self, const char *kind)
{
  g_return_if_fail (CC_IS_QUEUE_PANE (self));
  if (strcmp (cc_queue_pane_get_kind (self), kind) != 0)
    self->n_most = 0;
  self->setting = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], kind) == 0)
      gtk_drop_down_set_selected (self->unit, i);
  self->setting = FALSE;
}

void
cc_queue_pane_set_agencies (CcQueuePane *self, GArray *ids, GStrv names)
{
  const gint64 agency = get_agency (self, self->agency);
  const gint64 other = get_agency (self, self->other);

  g_return_if_fail (CC_IS_QUEUE_PANE (self) && ids->len == g_strv_length (names));
  self->setting = TRUE;
  g_array_set_size (self->agency_ids, 0);
  g_array_append_vals (self->agency_ids, ids->data, ids->len);
  set_choices (self->agency, _ ("Any agency"), (const char *const *) names);
  set_choices (self->other, _ ("and any agency"), (const char *const *) names);
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == agency)
        gtk_drop_down_set_selected (self->agency, i + 1);
      if (g_array_index (ids, gint64, i) == other)
        gtk_drop_down_set_selected (self->other, i + 1);
    }
  self->setting = FALSE;
}

void
cc_queue_pane_show_progress (CcQueuePane        *self,
                             CcSession          *session,
                             const CcReviewPace *pace,
                             gint64              n_new)
{
  const guint      n_open = cc_review_model_get_n_open (self->model);
  g_autofree char *text = cc_review_describe_progress (session, pace, n_open);
  g_autofree char *news = cc_review_describe_new (session, n_new);

  self->n_most = MAX (self->n_most, n_open);
  gtk_label_set_label (self->progress, text);
  cc_tip_set_text (GTK_WIDGET (self->progress),
                   pace->n_decided > 0
                       ? _ ("Decided in this session. One answer can settle several questions.")
                       : NULL);
  gtk_progress_bar_set_fraction (self->bar,
                                 self->n_most > 0 ? 1 - (double) n_open / self->n_most : 1);
  gtk_label_set_label (self->news_text, news);
  gtk_widget_set_visible (self->news, n_new > 0);
  show_empty (self);
}

int
cc_queue_pane_get_position (CcQueuePane *self)
{
  const guint selected = gtk_single_selection_get_selected (self->selection);

  return selected == GTK_INVALID_LIST_POSITION
                 || selected >= g_list_model_get_n_items (G_LIST_MODEL (self->model))
             ? -1
             : (int) selected;
}

const CcReviewItem *
cc_queue_pane_get_selected (CcQueuePane *self)
{
  const int position = cc_queue_pane_get_position (self);

  return position >= 0 ? cc_review_model_get_item (self->model, (guint) position) : NULL;
}

/* Shows the question without telling: the caller shows it. */
void
cc_queue_pane_select (CcQueuePane *self, int position)
{
  g_return_if_fail (CC_IS_QUEUE_PANE (self));
  self->setting = TRUE;
  gtk_single_selection_set_selected (self->selection,
                                     position < 0 ? GTK_INVALID_LIST_POSITION : (guint) position);
  if (position >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) position);
  self->setting = FALSE;
}

/* Goes to the next or an earlier question; FALSE at the end. */
gboolean
cc_queue_pane_move (CcQueuePane *self, int by)
{
  const int position = cc_queue_pane_get_position (self) + by;

  if (position < 0 || position >= (int) g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return FALSE;
  cc_queue_pane_select (self, position);
  g_signal_emit (self, signals[ITEM_SELECTED], 0);
  return TRUE;
}
