/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-bits-bar.h"

#define BAR_WIDTH  120
#define BAR_HEIGHT 8

struct _CcBitsBar
{
  GtkWidget parent_instance;

  float share; /* -1 to 1 */
};

G_DEFINE_FINAL_TYPE (CcBitsBar, cc_bits_bar, GTK_TYPE_WIDGET)

static void
cc_bits_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcBitsBar       *self = CC_BITS_BAR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  const gboolean   mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const float      middle = (float) gtk_widget_get_width (widget) / 2;
  const float      top = ((float) gtk_widget_get_height (widget) - BAR_HEIGHT) / 2;
  const float      length = middle * ABS (self->share);
  const gboolean   to_right = (self->share > 0) != mirrored;
  GdkRGBA          text, color;

  gtk_style_context_get_color (style, &text);
  color = text;
  (void) gtk_style_context_lookup_color (style,
                                         self->share > 0 ? "accent_bg_color" : "warning_bg_color",
                                         &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (to_right ? middle : middle - length, top, length,
                                                  BAR_HEIGHT));
  gtk_snapshot_append_color (snapshot, &text,
                             &GRAPHENE_RECT_INIT (middle - 0.5f, top - 3, 1, BAR_HEIGHT + 6));
}

static void
cc_bits_bar_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? BAR_WIDTH / 3 : BAR_HEIGHT + 6;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? BAR_WIDTH : BAR_HEIGHT + 6;
}

static void
cc_bits_bar_class_init (CcBitsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = cc_bits_bar_snapshot;
  widget_class->measure = cc_bits_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cc_bits_bar_init (CcBitsBar *self)
{
}

/* most: bits that fill half of the bar */
GtkWidget *
cc_bits_bar_new (double bits, double most)
{
  CcBitsBar *self = g_object_new (CC_TYPE_BITS_BAR, NULL);

  self->share = (float) CLAMP (bits / MAX (most, 0.1), -1, 1);
  return GTK_WIDGET (self);
}
