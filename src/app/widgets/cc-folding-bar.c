/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-folding-bar.h"

#define SPACING 12

struct _CcFoldingBar
{
  GtkWidget parent_instance;
};

/* What the children ask for across. */
typedef struct
{
  GtkWidget *text; /* the one that expands, or NULL where none is seen */
  int        text_least, text_wanted;
  int        least, wanted; /* the others in one line */
  int        n;             /* others */
} Needs;

G_DEFINE_FINAL_TYPE (CcFoldingBar, cc_folding_bar, GTK_TYPE_WIDGET)

static Needs
add_up (GtkWidget *self)
{
  Needs needs = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (self); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      if (gtk_widget_get_hexpand (child))
        {
          needs.text = child;
          needs.text_least = least;
          needs.text_wanted = wanted;
          continue;
        }
      needs.least += least + (needs.n > 0 ? SPACING : 0);
      needs.wanted += wanted + (needs.n > 0 ? SPACING : 0);
      needs.n++;
    }
  return needs;
}

static gboolean
is_folded (const Needs *needs, int width)
{
  return needs->text != NULL && needs->text_least + SPACING + needs->wanted > width;
}

static int
find_height (GtkWidget *child, int width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static int
find_buttons_height (GtkWidget *self)
{
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && !gtk_widget_get_hexpand (child))
      height = MAX (height, find_height (child, -1));
  return height;
}

static void
cc_folding_bar_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  const Needs needs = add_up (widget);
  const int   gap = needs.text != NULL && needs.n > 0 ? SPACING : 0;
  const int   width = for_size < 0 ? needs.text_wanted + gap + needs.wanted : for_size;
  int         height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (needs.least, needs.text_least);
      *natural = needs.text_wanted + gap + needs.wanted;
      return;
    }
  height = find_buttons_height (widget);
  if (is_folded (&needs, width))
    height += gap + find_height (needs.text, MAX (width, needs.text_least));
  else if (needs.text != NULL)
    height = MAX (height, find_height (needs.text, width - gap - needs.wanted));
  *minimum = *natural = height;
}

static void
place (GtkWidget *self, GtkWidget *child, int x, int y, int width, int height)
{
  const gboolean mirrored = gtk_widget_get_direction (self) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (child,
                            &(GtkAllocation){ mirrored ? gtk_widget_get_width (self) - x - width
                                                       : x,
                                              y, width, height },
                            -1);
}

/* The first of several begins the line, the others end it. */
static void
cc_folding_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  const Needs    needs = add_up (widget);
  const gboolean folded = is_folded (&needs, width);
  const gboolean tight = needs.wanted > width;
  const int      line = folded ? find_buttons_height (widget) : height;
  const int      rest = MAX (width - (tight ? needs.least : needs.wanted), 0);
  int            x = needs.n > 1 ? 0 : rest;

  if (folded)
    place (widget, needs.text, 0, 0, width, MAX (height - line - SPACING, 0));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child) || child == needs.text)
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      wanted = tight ? least : wanted;
      place (widget, child, x, height - line, wanted, line);
      if (x == 0 && needs.n > 1)
        {
          if (needs.text != NULL && !folded)
            place (widget, needs.text, wanted + SPACING, 0, rest - SPACING, height);
          x += rest;
        }
      x += wanted + SPACING;
    }
  if (needs.text != NULL && !folded && needs.n <= 1)
    place (widget, needs.text, 0, 0, needs.n > 0 ? rest - SPACING : width, height);
}

static GtkSizeRequestMode
cc_folding_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_folding_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cc_folding_bar_parent_class)->dispose (object);
}

static void
cc_folding_bar_class_init (CcFoldingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_folding_bar_dispose;
  widget_class->measure = cc_folding_bar_measure;
  widget_class->size_allocate = cc_folding_bar_size_allocate;
  widget_class->get_request_mode = cc_folding_bar_get_request_mode;
}

static void
cc_folding_bar_init (CcFoldingBar *self)
{
}
