/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-grid.h"

#include "cases/cc-cases-load.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-record-cells.h"
#include "widgets/cc-scroll.h"

#include <glib/gi18n.h>
#include <string.h>

/* A list that loses more lines than this is looked at from its first line on: those that go are
 * then no lines that the view has made. */
#define MANY 64

/* Pixels that the columns of names and the like need beyond the least for their texts to be whole
 * mostly; at the usual size of text. */
#define ROOM 240

struct _CcRecordGrid
{
  AdwBin parent_instance;

  GtkColumnView      *view;
  GtkSingleSelection *selection;
  CcLazyModel        *model;
  GtkPopoverMenu     *menu;

  CcSession    *session; /* whose words the columns use */
  char         *unit;
  CcRecordOrder order;
  gboolean      descending;
  int           least;   /* pixels that all columns need */
  gboolean      beside;  /* details of the selected line stand beside the table */
  guint         fit;     /* source that shows and hides columns; 0 where none */
  gint64        pending; /* to be selected when the view knows of its line; 0 where nothing */
  gboolean      quiet;   /* what happens now was not done by the user */
};

G_DEFINE_FINAL_TYPE (CcRecordGrid, cc_record_grid, ADW_TYPE_BIN)

enum
{
  SELECTED,
  ACTIVATED,
  ORDERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GPtrArray *
read_records (CcCaseFile   *file,
              CcConnection *connection,
              gpointer      data,
              const gint64 *ids,
              guint         n_ids,
              GError      **error)
{
  return cc_record_table_read_rows (data, connection, ids, n_ids, error);
}

static GPtrArray *
read_parked (CcCaseFile   *file,
             CcConnection *connection,
             gpointer      data,
             const gint64 *ids,
             guint         n_ids,
             GError      **error)
{
  return cc_parked_read_rows (connection, ids, n_ids, error);
}

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
  { CC_CELL_AGENCY, N_ ("Agency"), 110, TRUE, CC_ORDER_AGENCY },
  { CC_CELL_SEX, N_ ("Sex"), 70, FALSE, CC_ORDER_SEX },
  { CC_CELL_AGE, N_ ("Age"), 62, FALSE, CC_ORDER_AGE },
  { CC_CELL_STATUS, N_ ("Status"), 104, TRUE, CC_ORDER_STATUS },
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
  CcRecordGrid *view;
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
on_sorter_changed (CcRecordGrid *self, GtkSorterChange change, GtkSorter *sorter)
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
scale_width (CcRecordGrid *self, int width)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? width * (dpi / 1024) / 96 : width;
}

/* Whether a column has its place: what the details say as well makes room for names beside them,
 * but not where the list is ordered by it. */
static gboolean
has_place (CcRecordGrid *self, GtkColumnViewColumn *column)
{
  const int order = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "order")) - 1;
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (order != CC_ORDER_SEX && order != CC_ORDER_AGE)
    return TRUE;
  return !self->beside || width == 0 || width >= self->least + scale_width (self, ROOM)
         || order == (int) self->order;
}

/* GTK 4.8 keeps the width of a column that is not seen from the others, so it has none. */
static void
show_column (GtkColumnViewColumn *column, gboolean visible)
{
  if (!visible)
    g_object_set_data (G_OBJECT (column), "width",
                       GINT_TO_POINTER (gtk_column_view_column_get_fixed_width (column)));
  gtk_column_view_column_set_fixed_width (column,
                                          visible ? GPOINTER_TO_INT (
                                              g_object_get_data (G_OBJECT (column), "width"))
                                                  : 0);
  gtk_column_view_column_set_visible (column, visible);
}

/* One column at a time: each has cells for some 200 lines. */
static gboolean
on_fit (gpointer user_data)
{
  CcRecordGrid *self = user_data;
  GListModel   *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const gboolean visible = has_place (self, column);

      if (gtk_column_view_column_get_visible (column) == visible)
        continue;
      show_column (column, visible);
      return G_SOURCE_CONTINUE;
    }
  self->fit = 0;
  return G_SOURCE_REMOVE;
}

static void
fit_columns (CcRecordGrid *self)
{
  if (self->fit == 0 && self->view != NULL)
    self->fit = g_idle_add (on_fit, self);
}

static void
add_column (CcRecordGrid *self, const ColumnInfo *info)
{
  const char          *title = info->cell == CC_CELL_STATUS
                                   ? cc_cases_facet_title (self->unit, CC_FACET_STATUS)
                                   : _ (info->title);
  GtkListItemFactory  *factory = cc_record_cells_new (self->session, self->unit, info->cell);
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  gtk_column_view_column_set_expand (column, info->expand);
  gtk_column_view_column_set_fixed_width (column, scale_width (self, info->width));
  self->least += scale_width (self, info->width);
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
add_columns (CcRecordGrid *self)
{
  const ColumnInfo *infos = person_columns;
  guint             n = G_N_ELEMENTS (person_columns);

  if (strcmp (self->unit, "event") == 0)
    {
      infos = event_columns;
      n = G_N_ELEMENTS (event_columns);
    }
  else if (strcmp (self->unit, CC_CASES_PARKED) == 0)
    {
      infos = parked_columns;
      n = G_N_ELEMENTS (parked_columns);
    }
  for (guint i = 0; i < n; i++)
    add_column (self, &infos[i]);
}

static void
on_selected (CcRecordGrid *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_activated (CcRecordGrid *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_pressed (CcRecordGrid *self, int n_press, double x, double y, GtkGesture *gesture)
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
cc_record_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (cc_record_grid_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (CC_RECORD_GRID (widget)->menu));
}

/* Tab goes to the list and on from it; without this it would go through all of its lines. Lines are
 * reached with the arrows. */
static gboolean
cc_record_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  const gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (cc_record_grid_parent_class)->focus (widget, direction);
}

static void
cc_record_grid_dispose (GObject *object)
{
  CcRecordGrid *self = CC_RECORD_GRID (object);

  self->quiet = TRUE;
  g_clear_handle_id (&self->fit, g_source_remove);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
    }
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  g_clear_object (&self->selection);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->session, cc_session_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->view = NULL;
  G_OBJECT_CLASS (cc_record_grid_parent_class)->dispose (object);
}

static void
cc_record_grid_class_init (CcRecordGridClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_record_grid_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = cc_record_grid_size_allocate;
  GTK_WIDGET_CLASS (klass)->focus = cc_record_grid_focus;
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

/* The action of list views goes to the line and gives it the focus only if the list has it. */
static void
scroll_to (CcRecordGrid *self, guint position)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  if (list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

/* Selects a record and goes to it, unless it is where it was before. */
static gboolean
select_id (CcRecordGrid *self, gint64 id, guint before)
{
  const guint position = id != 0 ? cc_lazy_model_find (self->model, id) : G_MAXUINT;

  self->pending = 0;
  if (position == G_MAXUINT)
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      return FALSE;
    }
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    {
      self->pending = id;
      return TRUE;
    }
  gtk_single_selection_set_selected (self->selection, position);
  if (before != position)
    scroll_to (self, position);
  return TRUE;
}

static void
on_told (CcRecordGrid *self)
{
  if (self->pending != 0 && !self->quiet)
    select_id (self, self->pending, GTK_INVALID_LIST_POSITION);
}

static void
add_menu (CcRecordGrid *self)
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
cc_record_grid_init (CcRecordGrid *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSorter *sorter;

  self->model = cc_lazy_model_new (read_records, (GDestroyNotify) cc_record_row_free);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
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
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "changed", G_CALLBACK (fit_columns), self, G_CONNECT_SWAPPED);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), cc_scroll_new_with_bar (GTK_SCROLLED_WINDOW (scrolled)));
  sorter = gtk_column_view_get_sorter (self->view);
  g_signal_connect_swapped (sorter, "changed", G_CALLBACK (on_sorter_changed), self);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_told), self,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated), self);
  add_menu (self);
}

CcRecordGrid *
cc_record_grid_new (CcSession *session, const char *unit)
{
  CcRecordGrid *self = g_object_new (CC_TYPE_RECORD_GRID, NULL);

  self->session = cc_session_ref (session);
  self->unit = g_strdup (unit);
  add_columns (self);
  return self;
}

static void
set_source (CcRecordGrid *self, CcRecordTable *table)
{
  if (table != NULL)
    cc_lazy_model_set_source (self->model, read_records, cc_record_table_ref (table),
                              (GDestroyNotify) cc_record_table_unref,
                              (GDestroyNotify) cc_record_row_free);
  else
    cc_lazy_model_set_source (self->model, read_parked, NULL, NULL,
                              (GDestroyNotify) cc_parked_row_free);
}

/**
 * Shows a list. What was selected stays so where it is in the new list, too.
 *
 * table: (nullable): NULL for rows set aside
 */
void
cc_record_grid_show (CcRecordGrid *self, CcRecordTable *table, GArray *ids)
{
  guint  before;
  gint64 selected;

  g_return_if_fail (CC_IS_RECORD_GRID (self) && ids != NULL);
  before = gtk_single_selection_get_selected (self->selection);
  selected = self->pending != 0 ? self->pending : cc_lazy_model_get_id (self->model, before);
  self->quiet = TRUE;
  /* What is selected by its place would be another record. */
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > ids->len + MANY)
    {
      scroll_to (self, 0);
      before = GTK_INVALID_LIST_POSITION;
    }
  set_source (self, table);
  cc_lazy_model_set (self->model, self->session, ids);
  select_id (self, selected, before);
  self->quiet = FALSE;
}

gboolean
cc_record_grid_select (CcRecordGrid *self, gint64 id)
{
  g_return_val_if_fail (CC_IS_RECORD_GRID (self), FALSE);
  return select_id (self, id, gtk_single_selection_get_selected (self->selection));
}

/* Back to the first line, where a new list is read from. */
void
cc_record_grid_scroll_up (CcRecordGrid *self)
{
  g_return_if_fail (CC_IS_RECORD_GRID (self));
  if (cc_lazy_model_get_id (self->model, 0) != 0)
    scroll_to (self, 0);
}

/**
 * Returns: (transfer none) (nullable): the selected line
 */
CcLazyItem *
cc_record_grid_get_selected (CcRecordGrid *self)
{
  g_return_val_if_fail (CC_IS_RECORD_GRID (self), NULL);
  return gtk_single_selection_get_selected_item (self->selection);
}

/* Marks the column by which the list is ordered; an order without a column marks none. */
void
cc_record_grid_set_order (CcRecordGrid *self, CcRecordOrder order, gboolean descending)
{
  GListModel *columns;

  g_return_if_fail (CC_IS_RECORD_GRID (self));
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
  fit_columns (self);
}

/* What stands beside the table, with the sex and the age of the selected line. */
void
cc_record_grid_set_beside (CcRecordGrid *self, gboolean beside)
{
  g_return_if_fail (CC_IS_RECORD_GRID (self));
  if (self->beside == beside)
    return;
  self->beside = beside;
  fit_columns (self);
}

CcRecordOrder
cc_record_grid_get_order (CcRecordGrid *self, gboolean *descending)
{
  if (descending != NULL)
    *descending = self->descending;
  return self->order;
}

/* A view has cells for some 200 lines: a column of them is what can go at once. */
gboolean
cc_record_grid_take_apart (CcRecordGrid *self)
{
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GListModel *columns;
  guint       n;

  g_return_val_if_fail (CC_IS_RECORD_GRID (self), FALSE);
  columns = gtk_column_view_get_columns (self->view);
  n = g_list_model_get_n_items (columns);
  if (n == 0)
    return FALSE;
  self->quiet = TRUE;
  g_clear_handle_id (&self->fit, g_source_remove);
  column = g_list_model_get_item (columns, n - 1);
  gtk_column_view_remove_column (self->view, column);
  return TRUE;
}
