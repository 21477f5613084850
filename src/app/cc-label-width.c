/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-label-width.h"

typedef void (*MeasureFunc) (GtkWidget *, GtkOrientation, int, int *, int *, int *, int *);

static MeasureFunc measure_label;

/* The window, or the text alone: an Arabic name in an English window. */
static gboolean
is_from_the_right (GtkWidget *label)
{
  return gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL
         || pango_layout_get_direction (gtk_label_get_layout (GTK_LABEL (label)), 0)
                == PANGO_DIRECTION_RTL;
}

static void
measure (GtkWidget     *label,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL && for_size >= 0
      && gtk_label_get_wrap (GTK_LABEL (label)) && is_from_the_right (label))
    for_size = -1;
  measure_label (label, orientation, for_size, minimum, natural, minimum_baseline,
                 natural_baseline);
}

void
cc_label_width_mend (void)
{
  /* The class stays: labels are made all the time. */
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_LABEL);

  if (measure_label != NULL)
    return;
  measure_label = klass->measure;
  klass->measure = measure;
}
