/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-view.h"

#include "cases/cc-cases-load.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-record-cells.h"
#include "widgets/cc-scroll.h"

#include <glib/gi18n.h>
#include <string.h>

/* Lines that a view makes at once, and all that it makes, whatever the length of its list. */
#define STEP       24
#define MOST_LINES 240

struct _CcRecordView
{
  AdwBin parent_instance;

  GtkColumnView      *view;
  GtkSingleSelection *selection;
  CcRecordModel      *model;
  GtkSliceListModel  *slice; /* how much of it the view has by now */
  GtkPopoverMenu     *menu;

  CcSession    *session; /* whose words the columns use */
  char         *unit;
  CcRecordOrder order;
  gboolean      descending;
  guint         grow;    /* while the view gets its lines */
  gint64        pending; /* to be selected when it has all; 0 where nothing */
  gboolean      quiet;   /* what happens now was not done by the user */
};

G_DEFINE_FINAL_TYPE (CcRecordView, cc_record_view, ADW_TYPE_BIN)

enum
{
  SELECTED,
  ACTIVATED,
  ORDERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  CcCell      cell;
  const char *title;
  int         width; /* least, in pixels at the usual size of text */
  gboolean    expand;
  int         order; /* -1 where the list is not ordered by it */
} ColumnInfo;

static const ColumnInfo person_columns[] = {
  { CC_CELL_NAME, N_ ("Name"), 150, TRUE, CC_ORDER_NAME },
  { CC_CELL_SIGNS, N_ ("Marks"), 62, FALSE, -1 },
  { CC_CELL_NUMBER, N_ ("Number"), 98, FALSE, CC_ORDER_NUMBER },
  { CC_CELL_DATE, N_ ("Date"), 92, FALSE, CC_ORDER_DATE },
  { CC_CELL_AGENCY, N_ ("Agency"), 124, FALSE, CC_ORDER_AGENCY },
  { CC_CELL_SEX, N_ ("Sex"), 70, FALSE, CC_ORDER_SEX },
  { CC_CELL_AGE, N_ ("Age"), 62, FALSE, CC_ORDER_AGE },
  { CC_CELL_STATUS, N_ ("Status"), 114, FALSE, CC_ORDER_STATUS },
};

static const ColumnInfo event_columns[] = {
  { CC_CELL_NUMBER, N_ ("Case number"), 150, TRUE, CC_ORDER_NUMBER },
  { CC_CELL_SIGNS, N_ ("Marks"), 62, FALSE, -1 },
  { CC_CELL_DATE, N_ ("Date"), 92, FALSE, CC_ORDER_DATE },
  { CC_CELL_AGENCY, N_ ("Agency"), 160, TRUE, CC_ORDER_AGENCY },
  { CC_CELL_VICTIMS, N_ ("Victims"), 80, FALSE, -1 },
  { CC_CELL_PERPETRATORS, N_ ("Perpetrators"), 110, FALSE, -1 },
  { CC_CELL_STATUS, N_ ("Stage"), 140, TRUE, CC_ORDER_STATUS },
};

static const ColumnInfo parked_columns[] = {
  { CC_CELL_REASON, N_ ("Why it was set aside"), 240, TRUE, -1 },
  { CC_CELL_PARKED_AGENCY, N_ ("Agency"), 150, FALSE, -1 },
  { CC_CELL_FILE, N_ ("File"), 150, FALSE, -1 },
  { CC_CELL_ROW, N_ ("Row"), 110, FALSE, -1 },
  { CC_CELL_CELLS, N_ ("What it says"), 200, TRUE, -1 },
};

/* GTK 4.8 does not tell which column orders a view. So each column's sorter notes that it was asked
 * and finds the first of two things the larger: what the view makes of that is its direction. */
typedef struct
{
  CcRecordView *view;
  CcRecordOrder order;
} Probe;

static int
note_order (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Probe *probe = user_data;

  probe->view->order = probe->order;
  return GTK_ORDERING_LARGER;
}

static void
on_sorter_changed (CcRecordView *self, GtkSorterChange change, GtkSorter *sorter)
{
  GtkOrdering ordering;

  if (self->quiet)
    return;
  ordering = gtk_sorter_compare (sorter, self, self);
  if (ordering == GTK_ORDERING_EQUAL)
    return;
  self->descending = ordering == GTK_ORDERING_SMALLER;
  g_signal_emit (self, signals[ORDERED], 0);
}

/* Columns follow the size of text. */
static int
scale_width (CcRecordView *self, int width)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? width * (dpi / 1024) / 96 : width;
}

static void
add_column (CcRecordView *self, const ColumnInfo *info)
{
  const char          *title = info->cell == CC_CELL_STATUS
                                   ? cc_cases_facet_title (self->unit, CC_FACET_STATUS)
                                   : _ (info->title);
  GtkListItemFactory  *factory = cc_record_cells_new (self->session, self->unit, info->cell);
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  gtk_column_view_column_set_expand (column, info->expand);
  gtk_column_view_column_set_fixed_width (column, scale_width (self, info->width));
  gtk_column_view_column_set_resizable (column, TRUE);
  if (info->order >= 0)
    {
      Probe     *probe = g_new0 (Probe, 1);
      GtkSorter *sorter;

      *probe = (Probe){ self, (CcRecordOrder) info->order };
      sorter = GTK_SORTER (gtk_custom_sorter_new (note_order, probe, g_free));
      gtk_column_view_column_set_sorter (column, sorter);
      g_object_unref (sorter);
    }
  g_object_set_data (G_OBJECT (column), "order", GINT_TO_POINTER (info->order + 1));
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);
}

static void
clear_columns (CcRecordView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint       n;

  while ((n = g_list_model_get_n_items (columns)) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, n - 1);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
set_unit (CcRecordView *self, CcSession *session, const char *unit)
{
  const ColumnInfo *infos = person_columns;
  guint             n = G_N_ELEMENTS (person_columns);

  if (g_strcmp0 (self->unit, unit) == 0 && self->session == session)
    return;
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_free (self->unit);
  self->unit = g_strdup (unit);
  if (strcmp (unit, "event") == 0)
    {
      infos = event_columns;
      n = G_N_ELEMENTS (event_columns);
    }
  else if (strcmp (unit, CC_CASES_PARKED) == 0)
    {
      infos = parked_columns;
      n = G_N_ELEMENTS (parked_columns);
    }
  self->quiet = TRUE;
  /* Columns come and go faster without lines. */
  cc_record_model_clear (self->model);
  clear_columns (self);
  for (guint i = 0; i < n; i++)
    add_column (self, &infos[i]);
  self->quiet = FALSE;
}

static void
on_selected (CcRecordView *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_activated (CcRecordView *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_pressed (CcRecordView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget   *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = cc_record_cells_find (picked);

  if (item == NULL || gtk_list_item_get_item (item) == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (item));
  /* The keys come back to the line when the menu closes. */
  gtk_widget_grab_focus (cc_record_cells_get_line (gtk_list_item_get_child (item)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
cc_record_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (cc_record_view_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (CC_RECORD_VIEW (widget)->menu));
}

/* Tab goes to the list and on from it; without this it would go through all of its lines. Lines are
 * reached with the arrows. */
static gboolean
cc_record_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  const gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (cc_record_view_parent_class)->focus (widget, direction);
}

static void
cc_record_view_dispose (GObject *object)
{
  CcRecordView *self = CC_RECORD_VIEW (object);

  self->quiet = TRUE;
  g_clear_handle_id (&self->grow, g_source_remove);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
    }
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->slice);
  g_clear_object (&self->model);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->session, cc_session_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->view = NULL;
  G_OBJECT_CLASS (cc_record_view_parent_class)->dispose (object);
}

static void
cc_record_view_class_init (CcRecordViewClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_record_view_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = cc_record_view_size_allocate;
  GTK_WIDGET_CLASS (klass)->focus = cc_record_view_focus;
  /* Only while the list has the keys: elsewhere they mean something else. */
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_F2, 0, "cases.edit", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Delete, 0, "cases.delete",
                                       NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_c, GDK_CONTROL_MASK,
                                       "cases.copy", NULL);
  signals[SELECTED] =
      g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] =
      g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ORDERED] =
      g_signal_new ("ordered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_menu (CcRecordView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_menu_append (menu, _ ("_Edit"), "cases.edit");
  g_menu_append (menu, _ ("_Delete"), "cases.delete");
  g_menu_append (menu, _ ("_Copy the Row"), "cases.copy");
  g_menu_append (menu, _ ("_All Changes"), "cases.history");
  self->menu = GTK_POPOVER_MENU (gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

static void
cc_record_view_init (CcRecordView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSorter *sorter;

  self->model = cc_record_model_new ();
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->model)), 0, G_MAXUINT);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view =
      GTK_COLUMN_VIEW (gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection))));
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "record-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Records"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      gtk_widget_get_first_child (GTK_WIDGET (self->view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Names of the columns"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  cc_scroll_from_start (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  sorter = gtk_column_view_get_sorter (self->view);
  g_signal_connect_swapped (sorter, "changed", G_CALLBACK (on_sorter_changed), self);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated), self);
  add_menu (self);
}

/* The action of list views goes to the line and gives it the focus only if the list has it. */
static void
scroll_to (CcRecordView *self, guint position)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  if (list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static gboolean select_id (CcRecordView *self, gint64 id, guint before);

static gboolean
on_grow (gpointer user_data)
{
  CcRecordView *self = user_data;
  const guint   size = gtk_slice_list_model_get_size (self->slice) + STEP;
  const gint64  pending = self->pending;

  if (size < MOST_LINES)
    {
      gtk_slice_list_model_set_size (self->slice, size);
      return G_SOURCE_CONTINUE;
    }
  self->grow = 0;
  self->pending = 0;
  gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
  if (pending != 0)
    select_id (self, pending, GTK_INVALID_LIST_POSITION);
  return G_SOURCE_REMOVE;
}

/* Making 200 lines at once would hold up the window: the first screen comes first. */
static void
start_growing (CcRecordView *self)
{
  gtk_slice_list_model_set_size (self->slice, STEP);
  if (self->grow == 0)
    self->grow = g_idle_add (on_grow, self);
}

/* Selects a record and goes to it, unless it is where it was before. */
static gboolean
select_id (CcRecordView *self, gint64 id, guint before)
{
  const guint position = id != 0 ? cc_record_model_find (self->model, id) : G_MAXUINT;

  if (position == G_MAXUINT)
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      return FALSE;
    }
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->slice)))
    {
      self->pending = id;
      return TRUE;
    }
  gtk_single_selection_set_selected (self->selection, position);
  if (before != position)
    scroll_to (self, position);
  return TRUE;
}

/**
 * Shows a list. What was selected stays so where it is in the new list, too.
 *
 * unit: of the records, or CC_CASES_PARKED
 * table: (nullable): NULL for rows set aside
 */
void
cc_record_view_show (CcRecordView  *self,
                     CcSession     *session,
                     const char    *unit,
                     CcRecordTable *table,
                     GArray        *ids)
{
  const gboolean same = g_strcmp0 (self->unit, unit) == 0;
  guint          before;
  gint64         selected;

  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  before = gtk_single_selection_get_selected (self->selection);
  selected = same ? cc_record_model_get_id (self->model, before) : 0;
  self->quiet = TRUE;
  set_unit (self, session, unit);
  self->quiet = TRUE;
  /* A selection looks for its line among all that come, and each line would have to be made. */
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->pending = 0;
  if (!cc_record_model_is_like (self->model, ids))
    start_growing (self);
  cc_record_model_set (self->model, session, table, ids);
  select_id (self, selected, before);
  self->quiet = FALSE;
}

void
cc_record_view_clear (CcRecordView *self)
{
  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  cc_record_model_clear (self->model);
}

gboolean
cc_record_view_select (CcRecordView *self, gint64 id)
{
  g_return_val_if_fail (CC_IS_RECORD_VIEW (self), FALSE);
  return select_id (self, id, gtk_single_selection_get_selected (self->selection));
}

/* Back to the first line, where a new list is read from. */
void
cc_record_view_scroll_up (CcRecordView *self)
{
  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  if (cc_record_model_get_id (self->model, 0) != 0)
    scroll_to (self, 0);
}

/**
 * Returns: (transfer none) (nullable): the selected line
 */
CcRecordItem *
cc_record_view_get_selected (CcRecordView *self)
{
  g_return_val_if_fail (CC_IS_RECORD_VIEW (self), NULL);
  return gtk_single_selection_get_selected_item (self->selection);
}

/* Marks the column by which the list is ordered; an order without a column marks none. */
void
cc_record_view_set_order (CcRecordView *self, CcRecordOrder order, gboolean descending)
{
  GListModel *columns;

  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  columns = gtk_column_view_get_columns (self->view);
  self->order = order;
  self->descending = descending;
  self->quiet = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_object_get_data (G_OBJECT (column), "order") == GINT_TO_POINTER ((int) order + 1))
        gtk_column_view_sort_by_column (self->view, column,
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  self->quiet = FALSE;
}

CcRecordOrder
cc_record_view_get_order (CcRecordView *self, gboolean *descending)
{
  if (descending != NULL)
    *descending = self->descending;
  return self->order;
}
