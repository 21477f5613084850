/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-range-bar.h"

#define BAR_HEIGHT    8
#define MARK_WIDTH    3
#define MARK_OVERHANG 4

struct _CcRangeBar
{
  GtkWidget parent_instance;

  gint64 low;
  gint64 value;
  gint64 high;
};

G_DEFINE_FINAL_TYPE (CcRangeBar, cc_range_bar, GTK_TYPE_WIDGET)

static void
append_part (GtkSnapshot          *snapshot,
             const GskRoundedRect *bar,
             const GdkRGBA        *color,
             float                 x,
             float                 width)
{
  gtk_snapshot_push_rounded_clip (snapshot, bar);
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (x, bar->bounds.origin.y, width,
                                                  bar->bounds.size.height));
  gtk_snapshot_pop (snapshot);
}

static void
cc_range_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcRangeBar      *self = CC_RANGE_BAR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  const float      width = (float) gtk_widget_get_width (widget);
  const gboolean   mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect   bar;
  GdkRGBA          sure, unsure, mark;
  float            low, value;

  if (self->high <= 0 || width <= 0)
    return;
  gtk_style_context_get_color (style, &mark);
  sure = mark;
  (void) gtk_style_context_lookup_color (style, "accent_bg_color", &sure);
  unsure = sure;
  unsure.alpha *= 0.35f;
  low = width * (float) self->low / (float) self->high;
  value = (width - MARK_WIDTH) * (float) self->value / (float) self->high;
  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (0, MARK_OVERHANG, width, BAR_HEIGHT),
                                   BAR_HEIGHT / 2.0f);
  append_part (snapshot, &bar, &sure, mirrored ? width - low : 0, low);
  append_part (snapshot, &bar, &unsure, mirrored ? 0 : low, width - low);
  gtk_snapshot_append_color (snapshot, &mark,
                             &GRAPHENE_RECT_INIT (mirrored ? width - MARK_WIDTH - value : value, 0,
                                                  MARK_WIDTH, BAR_HEIGHT + 2 * MARK_OVERHANG));
}

static void
cc_range_bar_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : BAR_HEIGHT + 2 * MARK_OVERHANG;
  *natural = *minimum;
}

static void
cc_range_bar_class_init (CcRangeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = cc_range_bar_snapshot;
  widget_class->measure = cc_range_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cc_range_bar_init (CcRangeBar *self)
{
}

void
cc_range_bar_set (CcRangeBar *self, gint64 low, gint64 value, gint64 high)
{
  g_return_if_fail (CC_IS_RANGE_BAR (self) && low <= value && value <= high);
  self->low = low;
  self->value = value;
  self->high = high;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
