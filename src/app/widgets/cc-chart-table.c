/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-table.h"

#include <glib/gi18n.h>

#define ROW_SPACING    6
#define COLUMN_SPACING 12
#define LEAST_WIDTH    120
/* Room for a scroll bar below the last row. */
#define SCROLL_ROOM 12

struct _CcChartTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkGrid   *grid;
  guint      n_rows; /* without the headings */
};

G_DEFINE_FINAL_TYPE (CcChartTable, cc_chart_table, GTK_TYPE_WIDGET)

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

static guint
count_columns (const CcChart *chart)
{
  return 1 + chart->series->len + (has_total (chart) ? 1 : 0);
}

static const char *
get_heading (const CcChart *chart, guint column)
{
  if (column == 0)
    return "";
  if (column > chart->series->len)
    return _ ("Total");
  return ((const CcChartSeries *) g_ptr_array_index (chart->series, column - 1))->name;
}

static char *
format_cell (const CcChart *chart, guint category, guint column)
{
  CcPoint point;

  if (column == 0)
    return g_strdup (g_ptr_array_index (chart->categories, category));
  if (column > chart->series->len)
    point = get_total (chart, category);
  else
    point =
        ((const CcChartSeries *) g_ptr_array_index (chart->series, column - 1))->points[category];
  return format_point (chart, &point);
}

static GtkWidget *
add_label (CcChartTable *self, GtkAccessibleRole role, const char *text, guint column, guint line)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "hexpand", column == 0, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_justify (GTK_LABEL (label), column == 0 ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (self->grid, label, (int) column, (int) line, 1, 1);
  return label;
}

static void
add_headings (CcChartTable *self, const CcChart *chart)
{
  for (guint i = 0; i < count_columns (chart); i++)
    gtk_widget_add_css_class (add_label (self, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
                                         get_heading (chart, i), i, 0),
                              "caption-heading");
}

/* The name of a row takes the focus and is read with all figures of the row. */
/* ---- heads ---- */

/* GTK 4.8 gives the focus to no label that cannot be selected, and to no box. */
#define CC_TYPE_CHART_HEAD (cc_chart_head_get_type ())
G_DECLARE_FINAL_TYPE (CcChartHead, cc_chart_head, CC, CHART_HEAD, GtkWidget)

struct _CcChartHead
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CcChartHead, cc_chart_head, GTK_TYPE_WIDGET)

static void
cc_chart_head_dispose (GObject *object)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (label != NULL)
    gtk_widget_unparent (label);
  G_OBJECT_CLASS (cc_chart_head_parent_class)->dispose (object);
}

static void
cc_chart_head_class_init (CcChartHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_chart_head_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ROW_HEADER);
}

static void
cc_chart_head_init (CcChartHead *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* Puts a head around the first label of a line. */
static GtkWidget *
add_head (CcChartTable *self, GtkWidget *label, guint line)
{
  GtkWidget *head = g_object_new (CC_TYPE_CHART_HEAD, NULL);

  g_object_ref (label);
  gtk_grid_remove (self->grid, label);
  gtk_widget_set_parent (label, head);
  gtk_grid_attach (self->grid, head, 0, (int) line, 1, 1);
  g_object_unref (label);
  return head;
}

static void
add_row (CcChartTable *self, const CcChart *chart, guint category)
{
  const guint line = 2 * category + 2;
  const guint n_columns = count_columns (chart);
  GtkWidget  *separator = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget  *head = NULL;
  g_autoptr (GString) spoken = g_string_new (NULL);

  gtk_grid_attach (self->grid, separator, 0, (int) line - 1, (int) n_columns, 1);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *text = format_cell (chart, category, i);
      GtkWidget       *label =
          add_label (self, i == 0 ? GTK_ACCESSIBLE_ROLE_LABEL : GTK_ACCESSIBLE_ROLE_CELL, text, i,
                     line);

      if (i == 0)
        head = add_head (self, label, line);
      else
        g_string_append_printf (spoken, "; %s ", get_heading (chart, i));
      g_string_append (spoken, text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str,
                                  -1);
  self->n_rows++;
}

static void
clear (CcChartTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_rows = 0;
}

/* A scrolled window asks its child for the height at any width; here names wrap, and the height is
 * the one at the width there really is. */
static void
cc_chart_table_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  CcChartTable *self = CC_CHART_TABLE (widget);
  GtkWidget    *grid = GTK_WIDGET (self->grid);
  int           least, wanted, height;

  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (least, LEAST_WIDTH);
      *natural = wanted;
      return;
    }
  gtk_widget_measure (grid, GTK_ORIENTATION_VERTICAL, MAX (least, for_size), &height, NULL, NULL,
                      NULL);
  *minimum = *natural = height + SCROLL_ROOM;
}

static void
cc_chart_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (CC_CHART_TABLE (widget)->scroller,
                            &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
cc_chart_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_chart_table_dispose (GObject *object)
{
  g_clear_pointer (&CC_CHART_TABLE (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (cc_chart_table_parent_class)->dispose (object);
}

static void
cc_chart_table_class_init (CcChartTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_chart_table_dispose;
  widget_class->measure = cc_chart_table_measure;
  widget_class->size_allocate = cc_chart_table_size_allocate;
  widget_class->get_request_mode = cc_chart_table_get_request_mode;
}

static void
cc_chart_table_init (CcChartTable *self)
{
  self->grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE,
                             "row-spacing", ROW_SPACING, "column-spacing", COLUMN_SPACING, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "chart-table");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
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
  g_return_if_fail (CC_IS_CHART_TABLE (self) && chart != NULL);
  clear (self);
  add_headings (self, chart);
  for (guint i = 0; i < chart->categories->len; i++)
    add_row (self, chart, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart->title != NULL ? chart->title : "", -1);
}

guint
cc_chart_table_get_n_rows (CcChartTable *self)
{
  g_return_val_if_fail (CC_IS_CHART_TABLE (self), 0);
  return self->n_rows;
}
