/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>
#include <cc/chart/cc-chart-geometry.h>

G_BEGIN_DECLS

typedef enum
{
  CC_CHART_LIGHT, /* paper and files: a white ground is drawn */
  CC_CHART_DARK,
} CcChartTheme;

/* Draws the chart on any cairo surface with its top left corner at 0, 0; units are points, so scale
 * the context for a screen. The one painter of screen, PNG, SVG and PDF. With clear_ground the
 * ground is left as it is (a window draws its own). */
void cc_chart_paint (const CcChart *chart,
                     cairo_t       *cr,
                     double         width,
                     double         height,
                     CcChartTheme   theme,
                     gboolean       clear_ground);

/* Draws a geometry that was laid out before with cc_chart_measure_pango. */
void cc_chart_paint_geometry (const CcChart         *chart,
                              const CcChartGeometry *geometry,
                              cairo_t               *cr,
                              CcChartTheme           theme,
                              gboolean               clear_ground);
void cc_chart_measure_pango (const char *text,
                             double      size,
                             gboolean    bold,
                             double      wrap,
                             double     *width,
                             double     *height,
                             gpointer    user_data);

/* The colour of a style on paper, and of a figure that stands on it: 0xRRGGBB. For programs that
 * draw the chart themselves. */
guint32 cc_chart_style_rgb (guint style);
guint32 cc_chart_style_ink_rgb (guint style);

/* Writes the chart as .png (300 dpi), .svg or .pdf by the suffix of path, 170 mm wide (an A4 page
 * between its margins) and as high as it needs. CC_ERROR_USAGE for another suffix; the errors of
 * writing files otherwise; an existing file is replaced only by a complete one. */
gboolean
cc_chart_export (const CcChart *chart, const char *path, CcChartTheme theme, GError **error);

G_END_DECLS
