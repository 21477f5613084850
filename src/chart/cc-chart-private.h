/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <cc/chart/cc-chart-painter.h>

G_BEGIN_DECLS

/* Sizes in points. */
#define CC_CHART_MARGIN      16.0
#define CC_CHART_BARE_MARGIN 6.0
#define CC_SIZE_TITLE        12.5
#define CC_SIZE_SUBTITLE     9.0
#define CC_SIZE_TEXT         8.5
#define CC_SIZE_FIGURE       8.0
#define CC_SIZE_SMALL        7.5
#define CC_SWATCH_WIDTH      12.0
#define CC_SWATCH_HEIGHT     8.0
#define CC_ACCENT_HEIGHT     3.0
#define CC_ACCENT_WIDTH      28.0

/* What a layout works with. All coordinates run from the left; cc_chart_layout mirrors at the end.
 */
typedef struct
{
  const CcChart   *chart;
  CcChartGeometry *geometry;
  CcTextMeasure    measure;
  gpointer         user_data;
  double           top; /* free space left by title and notes */
  double           bottom;
} CcLayoutWork;

void cc_layout_measure (CcLayoutWork *work,
                        const char   *text,
                        double        size,
                        gboolean      bold,
                        double        wrap,
                        double       *width,
                        double       *height);
void cc_layout_label (CcLayoutWork *work,
                      const char   *text,
                      double        size,
                      gboolean      bold,
                      gboolean      wrap,
                      CcTextRole    role,
                      CcTextAlign   align,
                      CcBox         box);
void
cc_layout_rule (CcLayoutWork *work, double x1, double y1, double x2, double y2, gboolean strong);
void    cc_layout_scale (CcLayoutWork *work, double maximum, guint at_most);
void    cc_layout_columns (CcLayoutWork *work);
void    cc_layout_bars (CcLayoutWork *work);
void    cc_layout_lines (CcLayoutWork *work);
void    cc_layout_pyramid (CcLayoutWork *work);
double  cc_layout_lines_height (CcLayoutWork *work, double width);
double  cc_layout_pyramid_height (CcLayoutWork *work, double width);
double  cc_layout_largest (const CcChart *chart, guint n_series);
double  cc_layout_categories_width (CcLayoutWork *work, double limit);
double  cc_layout_ticks_width (CcLayoutWork *work);
void    cc_layout_ticks (CcLayoutWork *work, double left, double right, double base, double top);
double  cc_layout_axis_name (CcLayoutWork *work, double right);
double  cc_layout_categories_height (CcLayoutWork *work, double slot);
void    cc_layout_categories (CcLayoutWork *work, double left, double slot, double base);
void    cc_layout_spread (double *y, const double *height, guint n, double top, double bottom);
char   *cc_layout_figure (const CcChart *chart, const CcPoint *point);
double  cc_layout_bars_height (CcLayoutWork *work, double width);
double  cc_layout_columns_height (CcLayoutWork *work, double width);
CcPoint cc_layout_total (const CcChart *chart, guint category);

/* A plot with a value axis, categories below it and the names of the series beside it. */
#define CC_NAMES_SHARE 0.27 /* of the usable width, which the names take at the most */

typedef struct
{
  double left, right; /* of the plot */
  double base, top;   /* baseline and end of the axis */
  double slot;        /* width per category */
  double names_x;     /* where swatches of the names begin */
  double names_width;
  double swatch; /* width of a swatch */
} CcPlotFrame;

void   cc_layout_plot (CcLayoutWork *work, CcPlotFrame *frame, double swatch, double gap);
double cc_layout_plot_height (CcLayoutWork *work, double width, double least);
double cc_layout_name_height (CcLayoutWork *work, const CcChartSeries *series, double width);
void   cc_layout_name (CcLayoutWork        *work,
                       const CcPlotFrame   *frame,
                       const CcChartSeries *series,
                       double               y,
                       double               height,
                       gboolean             line);

/* Colours and patterns of the styles. */
typedef struct
{
  double red, green, blue;
} CcColor;

CcColor cc_chart_style_color (guint style, CcChartTheme theme);
CcColor cc_chart_ink_on (CcColor ground);
void    cc_chart_fill_area (cairo_t *cr, const CcBox *box, guint style, CcChartTheme theme);
void    cc_chart_draw_dot (cairo_t *cr, double x, double y, guint style, CcChartTheme theme);
void    cc_chart_draw_line (cairo_t *cr, const CcLine *line, CcChartTheme theme);

G_END_DECLS
