/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-columns.h"

#define MAX_COLUMNS 2
#define SPACING     24
/* A column narrower than this, in pixels at the usual size of text, wraps every row. */
#define LEAST_COLUMN 340

struct _CcColumns
{
  GtkWidget parent_instance;
};

static void cc_columns_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcColumns,
                               cc_columns,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      cc_columns_buildable_init))

static GtkBuildableIface *parent_buildable;

/* Columns follow the size of text: large text needs wider ones. */
static int
least_column_width (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? LEAST_COLUMN * (dpi / 1024) / 96 : LEAST_COLUMN;
}

static guint
count_columns (GtkWidget *widget, int width)
{
  const int fit = (width + SPACING) / (least_column_width (widget) + SPACING);

  return (guint) CLAMP (fit, 1, MAX_COLUMNS);
}

static int
column_width (int width, guint n_columns)
{
  return (width - (int) (n_columns - 1) * SPACING) / (int) n_columns;
}

/* The lowest child of a column. */
typedef struct
{
  GtkWidget    *child;
  GtkAllocation box;
} Last;

typedef void (*PlaceFunc) (GtkWidget *child, GtkAllocation *box);

/* Columns end at the same line where their lowest child can grow. */
static void
place_last (const Last *last, guint n_columns, int bottom, PlaceFunc place)
{
  for (guint i = 0; i < n_columns; i++)
    {
      GtkAllocation box = last[i].box;

      if (last[i].child == NULL)
        continue;
      if (gtk_widget_compute_expand (last[i].child, GTK_ORIENTATION_VERTICAL))
        box.height = MAX (box.height, bottom - box.y);
      place (last[i].child, &box);
    }
}

/* Goes through the children in order; place may be NULL when only the height is asked for. */
static int
arrange (GtkWidget *widget, int width, PlaceFunc place)
{
  const guint n_columns = count_columns (widget, width);
  const int   column = column_width (width, n_columns);
  int         heights[MAX_COLUMNS] = { 0 };
  int         tallest = 0;
  Last        last[MAX_COLUMNS] = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation box;
      guint         shortest = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      for (guint i = 1; i < n_columns; i++)
        if (heights[i] < heights[shortest])
          shortest = i;
      box.x = (int) shortest * (column + SPACING);
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        box.x = width - box.x - column;
      box.y = heights[shortest];
      box.width = column;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column, NULL, &box.height, NULL, NULL);
      if (place != NULL && last[shortest].child != NULL)
        place (last[shortest].child, &last[shortest].box);
      last[shortest] = (Last){ child, box };
      heights[shortest] += box.height + SPACING;
      tallest = MAX (tallest, heights[shortest]);
    }
  if (place != NULL)
    place_last (last, n_columns, tallest - SPACING, place);
  return MAX (tallest - SPACING, 0);
}

static void
place_child (GtkWidget *child, GtkAllocation *box)
{
  gtk_widget_size_allocate (child, box, -1);
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  int widest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
      widest = MAX (widest, child_minimum);
    }
  *minimum = widest;
  *natural = MAX (widest, least_column_width (widget) * MAX_COLUMNS + SPACING);
}

static void
cc_columns_measure (GtkWidget     *widget,
                    GtkOrientation orientation,
                    int            for_size,
                    int           *minimum,
                    int           *natural,
                    int           *minimum_baseline,
                    int           *natural_baseline)
{
  int least, wanted;

  measure_width (widget, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wanted;
      return;
    }
  *minimum = arrange (widget, for_size < 0 ? wanted : MAX (for_size, least), NULL);
  *natural = *minimum;
}

static void
cc_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (widget, width, place_child);
}

static GtkSizeRequestMode
cc_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_columns_dispose (GObject *object)
{
  cc_columns_clear (CC_COLUMNS (object));
  G_OBJECT_CLASS (cc_columns_parent_class)->dispose (object);
}

static void
cc_columns_add_child (GtkBuildable *buildable,
                      GtkBuilder   *builder,
                      GObject      *child,
                      const char   *type)
{
  if (GTK_IS_WIDGET (child))
    cc_columns_append (CC_COLUMNS (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
cc_columns_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = cc_columns_add_child;
}

static void
cc_columns_class_init (CcColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_columns_dispose;
  widget_class->measure = cc_columns_measure;
  widget_class->size_allocate = cc_columns_size_allocate;
  widget_class->get_request_mode = cc_columns_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cc_columns_init (CcColumns *self)
{
}

void
cc_columns_append (CcColumns *self, GtkWidget *child)
{
  g_return_if_fail (CC_IS_COLUMNS (self) && GTK_IS_WIDGET (child));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
cc_columns_clear (CcColumns *self)
{
  GtkWidget *child;

  g_return_if_fail (CC_IS_COLUMNS (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
