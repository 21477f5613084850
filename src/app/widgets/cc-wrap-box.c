/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-wrap-box.h"

#define SPACING 6

struct _CcWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CcWrapBox, cc_wrap_box, GTK_TYPE_WIDGET)

/* The next one that is seen, from a child on that may be the one. */
static GtkWidget *
find_seen (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_first (GtkWidget *self)
{
  return find_seen (gtk_widget_get_first_child (self));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return find_seen (gtk_widget_get_next_sibling (child));
}

/* Runs through the lines that `width` gives; with `place` the children get their places. */
static int
flow (GtkWidget *self, int width, gboolean place)
{
  const gboolean mirrored = gtk_widget_get_direction (self) == GTK_TEXT_DIR_RTL;
  GtkWidget     *child = get_first (self);
  int            y = 0;

  while (child != NULL)
    {
      GtkWidget *first = child;
      int        x = 0, line = 0;

      /* How many children fit, and how high the line is. */
      for (; child != NULL; child = get_next (child))
        {
          int minimum, natural, height;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                              NULL);
          natural = MAX (MIN (natural, width), minimum);
          if (child != first && x + natural > width)
            break;
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural, NULL, &height, NULL, NULL);
          line = MAX (line, height);
          x += natural + SPACING;
        }
      x = 0;
      for (GtkWidget *each = first; place && each != child; each = get_next (each))
        {
          const gboolean last = get_next (each) == NULL;
          int            minimum, natural;
          GtkAllocation  allocation;

          gtk_widget_measure (each, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
          natural = last ? MAX (width - x, minimum) : MAX (MIN (natural, width), minimum);
          allocation = (GtkAllocation){ mirrored ? width - x - natural : x, y, natural, line };
          gtk_widget_size_allocate (each, &allocation, -1);
          x += natural + SPACING;
        }
      y += line + (child != NULL ? SPACING : 0);
    }
  return y;
}

static void
cc_wrap_box_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  int widest = 0, sum = 0;

  for (GtkWidget *child = get_first (widget); child != NULL; child = get_next (child))
    {
      int least, wanted;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      widest = MAX (widest, least);
      sum += wanted + SPACING;
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, sum - SPACING);
    }
  else
    *minimum = *natural = flow (widget, for_size < 0 ? sum : MAX (for_size, widest), FALSE);
}

static void
cc_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  flow (widget, width, TRUE);
}

static GtkSizeRequestMode
cc_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cc_wrap_box_parent_class)->dispose (object);
}

static void
cc_wrap_box_class_init (CcWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_wrap_box_dispose;
  widget_class->measure = cc_wrap_box_measure;
  widget_class->size_allocate = cc_wrap_box_size_allocate;
  widget_class->get_request_mode = cc_wrap_box_get_request_mode;
}

static void
cc_wrap_box_init (CcWrapBox *self)
{
}

CcWrapBox *
cc_wrap_box_new (void)
{
  return g_object_new (CC_TYPE_WRAP_BOX, NULL);
}

void
cc_wrap_box_append (CcWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (CC_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
cc_wrap_box_insert_before_last (CcWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (CC_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));
  gtk_widget_insert_before (child, GTK_WIDGET (self),
                            gtk_widget_get_last_child (GTK_WIDGET (self)));
}

void
cc_wrap_box_remove (CcWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (CC_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));
  gtk_widget_unparent (child);
}
