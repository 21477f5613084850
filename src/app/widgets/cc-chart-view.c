/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-view.h"

#include "cc-tip.h"

#include <adwaita.h>
#include <math.h>
#include <cc/chart/cc-chart-geometry.h>
#include <cc/chart/cc-chart-painter.h>

/* Widths in points: below the least one the labels of a chart no longer stand beside each other. */
#define LEAST_WIDTH   190
#define NATURAL_WIDTH 400
/* Of a small picture without head and foot. */
#define BARE_WIDTH 230

struct _CcChartView
{
  GtkWidget parent_instance;

  CcChart         *chart;
  CcChartGeometry *geometry; /* for the present size */
};

G_DEFINE_FINAL_TYPE (CcChartView, cc_chart_view, GTK_TYPE_WIDGET)

/* Pixels per point: the text of a chart grows with the user's size of text, as far as there is
 * room.
 *
 * width: in pixels, or at most 0 if there is as much as it takes */
static double
get_scale (CcChartView *self, int width)
{
  int    dpi = 0;
  double wished;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  wished = (dpi > 0 ? dpi / 1024.0 : 96.0) / 72.0;
  return width > 0 ? MIN (wished, MAX (width, LEAST_WIDTH) / (double) LEAST_WIDTH) : wished;
}

static void
cc_chart_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  CcChartView *self = CC_CHART_VIEW (widget);
  const double scale = get_scale (self, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1);
  double       width = NATURAL_WIDTH;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = (int) ceil ((self->chart != NULL && self->chart->bare ? BARE_WIDTH : NATURAL_WIDTH)
                             * scale);
      return;
    }
  if (for_size > 0)
    width = for_size / scale;
  *minimum = *natural =
      self->chart == NULL
          ? 0
          : (int) ceil (cc_chart_preferred_height (self->chart, width, cc_chart_measure_pango, NULL)
                        * scale);
}

static void
cc_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CcChartView *self = CC_CHART_VIEW (widget);
  const double scale = get_scale (self, width);

  g_clear_pointer (&self->geometry, cc_chart_geometry_free);
  if (self->chart != NULL && width > 0 && height > 0)
    self->geometry =
        cc_chart_layout (self->chart, width / scale, height / scale, cc_chart_measure_pango, NULL);
}

static void
cc_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcChartView   *self = CC_CHART_VIEW (widget);
  const int      width = gtk_widget_get_width (widget);
  const int      height = gtk_widget_get_height (widget);
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const double   scale = get_scale (self, width);
  cairo_t       *cr;

  if (self->geometry == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_scale (cr, scale, scale);
  cc_chart_paint_geometry (self->chart, self->geometry, cr, dark ? CC_CHART_DARK : CC_CHART_LIGHT,
                           TRUE);
  cairo_destroy (cr);
}

static gboolean
cc_chart_view_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  CcChartView     *self = CC_CHART_VIEW (widget);
  const double     scale = get_scale (self, gtk_widget_get_width (widget));
  const CcMark    *mark = NULL;
  g_autofree char *text = NULL;

  if (self->geometry != NULL && !keyboard && !cc_tip_is_blocked (widget))
    mark = cc_chart_geometry_find_mark (self->geometry, x / scale, y / scale);
  if (mark == NULL)
    return FALSE;
  text = cc_chart_describe_point (self->chart, mark->series, mark->category);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static GtkSizeRequestMode
cc_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_chart_view_finalize (GObject *object)
{
  CcChartView *self = CC_CHART_VIEW (object);

  g_clear_pointer (&self->geometry, cc_chart_geometry_free);
  g_clear_pointer (&self->chart, cc_chart_free);
  G_OBJECT_CLASS (cc_chart_view_parent_class)->finalize (object);
}

static void
cc_chart_view_class_init (CcChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cc_chart_view_finalize;
  widget_class->measure = cc_chart_view_measure;
  widget_class->size_allocate = cc_chart_view_size_allocate;
  widget_class->snapshot = cc_chart_view_snapshot;
  widget_class->query_tooltip = cc_chart_view_query_tooltip;
  widget_class->get_request_mode = cc_chart_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cc_chart_view_init (CcChartView *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
}

CcChartView *
cc_chart_view_new (void)
{
  return g_object_new (CC_TYPE_CHART_VIEW, NULL);
}

void
cc_chart_view_set_chart (CcChartView *self, CcChart *chart)
{
  g_return_if_fail (CC_IS_CHART_VIEW (self) && chart != NULL);
  g_clear_pointer (&self->geometry, cc_chart_geometry_free);
  g_clear_pointer (&self->chart, cc_chart_free);
  self->chart = chart;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart->title != NULL ? chart->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  chart->alt_text != NULL ? chart->alt_text : "", -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const CcChart *
cc_chart_view_get_chart (CcChartView *self)
{
  g_return_val_if_fail (CC_IS_CHART_VIEW (self), NULL);
  return self->chart;
}
