/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-table.h"

#include <glib/gi18n.h>

struct _CcChartTable
{
  GtkWidget parent_instance;

  GtkWidget     *scroller;
  GtkColumnView *view;
  GListStore    *rows; /* GtkStringList: the cells of one row */
};

G_DEFINE_FINAL_TYPE (CcChartTable, cc_chart_table, GTK_TYPE_WIDGET)

static guint
get_index (GtkSignalListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), get_index (factory) == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* The list's own row widget has no name in GTK 4.8: it is given the whole row, so that each arrow
 * key reads one line of figures. */
static void
name_row (GtkWidget *label, const char *text)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringList *row = gtk_list_item_get_item (item);
  GtkWidget     *label = gtk_list_item_get_child (item);
  const guint    index = get_index (factory);

  gtk_label_set_label (GTK_LABEL (label), gtk_string_list_get_string (row, index));
  if (index == 0)
    name_row (label,
              gtk_string_list_get_string (row, g_list_model_get_n_items (G_LIST_MODEL (row)) - 1));
}

static void
add_column (CcChartTable *self, const char *title, guint index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (index));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, index == 0);
  gtk_column_view_append_column (self->view, column);
}

/* What a figure is called where there is none. */
static char *
format_point (const CcChart *chart, const CcPoint *point)
{
  switch (point->state)
    {
    case CC_POINT_VALUE:
      return cc_chart_format_number (chart, point->value);
    case CC_POINT_HIDDEN:
      return g_strdup (chart->hidden != NULL ? chart->hidden : "");
    case CC_POINT_MISSING:
    default:
      return g_strdup (chart->missing != NULL ? chart->missing : "");
    }
}

static gboolean
has_total (const CcChart *chart)
{
  return !chart->no_totals && chart->kind == CC_CHART_STACKED_COLUMNS;
}

/* A total that is not given is the sum of the series, and not known where one of them is not. */
static CcPoint
get_total (const CcChart *chart, guint category)
{
  CcPoint total = { CC_POINT_VALUE, 0 };

  if (chart->totals != NULL && category < chart->totals->len)
    return g_array_index (chart->totals, CcPoint, category);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = g_ptr_array_index (chart->series, i);
      const CcPoint       *point = &series->points[category];

      if (point->state != CC_POINT_VALUE)
        return (CcPoint){ point->state, 0 };
      total.value += point->value;
    }
  return total;
}

static void
add_cell (GtkStringList *row, GString *spoken, const char *title, char *figure)
{
  g_string_append_printf (spoken, "; %s %s", title, figure);
  gtk_string_list_take (row, figure);
}

/* The cells of a row, and last the whole row as it is read aloud. */
static GtkStringList *
create_row (const CcChart *chart, guint category)
{
  const char    *name = g_ptr_array_index (chart->categories, category);
  GtkStringList *row = gtk_string_list_new (NULL);
  g_autoptr (GString) spoken = g_string_new (name);

  gtk_string_list_append (row, name);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = g_ptr_array_index (chart->series, i);

      add_cell (row, spoken, series->name, format_point (chart, &series->points[category]));
    }
  if (has_total (chart))
    {
      const CcPoint total = get_total (chart, category);

      add_cell (row, spoken, _ ("Total"), format_point (chart, &total));
    }
  gtk_string_list_append (row, spoken->str);
  return row;
}

static void
cc_chart_table_dispose (GObject *object)
{
  CcChartTable *self = CC_CHART_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (cc_chart_table_parent_class)->dispose (object);
}

static void
cc_chart_table_class_init (CcChartTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_chart_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cc_chart_table_init (CcChartTable *self)
{
  GtkSelectionModel *selection;

  self->rows = g_list_store_new (GTK_TYPE_STRING_LIST);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "chart-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      gtk_widget_get_first_child (GTK_WIDGET (self->view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Headings of the columns"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

CcChartTable *
cc_chart_table_new (void)
{
  return g_object_new (CC_TYPE_CHART_TABLE, NULL);
}

void
cc_chart_table_set_chart (CcChartTable *self, const CcChart *chart)
{
  GListModel *columns;

  g_return_if_fail (CC_IS_CHART_TABLE (self) && chart != NULL);
  columns = gtk_column_view_get_columns (self->view);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_list_store_remove_all (self->rows);

  add_column (self, "", 0);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = g_ptr_array_index (chart->series, i);

      add_column (self, series->name, i + 1);
    }
  if (has_total (chart))
    add_column (self, _ ("Total"), chart->series->len + 1);
  for (guint i = 0; i < chart->categories->len; i++)
    {
      g_autoptr (GtkStringList) row = create_row (chart, i);

      g_list_store_append (self->rows, row);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart->title != NULL ? chart->title : "", -1);
}

guint
cc_chart_table_get_n_rows (CcChartTable *self)
{
  g_return_val_if_fail (CC_IS_CHART_TABLE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}
