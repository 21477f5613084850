/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/chart/cc-chart.h>

G_BEGIN_DECLS

/* Where everything of a chart lies, in points (1/72 inch) from the top left corner. Pure functions:
 * the same chart, size and measure give the same geometry, on screen and on paper. */

/* Size of a text. wrap 0: one line. The screen and the files use cc_chart_measure_pango (). */
typedef void (*CcTextMeasure) (const char *text,
                               double      size,
                               gboolean    bold,
                               double      wrap,
                               double     *width,
                               double     *height,
                               gpointer    user_data);

typedef enum
{
  CC_ROLE_TITLE,
  CC_ROLE_TEXT,   /* names of categories and series, figures at the end of bars */
  CC_ROLE_QUIET,  /* subtitle, notes, axis */
  CC_ROLE_STAMP,  /* the mark of practice files */
  CC_ROLE_INSIDE, /* a figure on a coloured area: light or dark by the area's colour */
} CcTextRole;

typedef enum
{
  CC_ALIGN_START, /* left; right in a mirrored chart */
  CC_ALIGN_CENTER,
  CC_ALIGN_END,
} CcTextAlign;

typedef struct
{
  double x, y, width, height;
} CcBox;

typedef struct
{
  char       *text;
  CcBox       box;  /* the text is drawn in this box, wrapped to its width when `wrap` */
  double      size; /* of the font, in points */
  gboolean    bold;
  gboolean    wrap;
  gboolean    cut; /* one line, its end replaced by three points where the box is too narrow */
  CcTextRole  role;
  CcTextAlign align;
  guint       style; /* INSIDE: style of the area it stands on */
} CcLabel;

typedef struct
{
  CcBox        box;
  guint        series;
  guint        category;
  guint        style;
  CcPointState state; /* MISSING and HIDDEN: a small mark, no area */
  gboolean     dot;   /* a point of a line: a sign in the middle of the box */
} CcMark;

/* A piece of a line between two points. */
typedef struct
{
  double x1, y1, x2, y2;
  guint  series;
  guint  style;
} CcLine;

typedef struct
{
  double   x1, y1, x2, y2;
  gboolean strong; /* the base line */
} CcRule;

typedef struct
{
  CcBox    box;
  guint    style;
  gboolean line; /* a piece of line with its sign instead of an area */
} CcSwatch;

typedef struct
{
  double  width, height;
  CcBox   plot;
  double  maximum;  /* value at the end of the axis */
  double  step;     /* between two ticks */
  GArray *labels;   /* CcLabel */
  GArray *marks;    /* CcMark */
  GArray *lines;    /* CcLine */
  GArray *rules;    /* CcRule */
  GArray *swatches; /* CcSwatch: the legend */
} CcChartGeometry;

double           cc_chart_tick_step (double range, guint at_most, gboolean whole);
CcChartGeometry *cc_chart_layout (const CcChart *chart,
                                  double         width,
                                  double         height,
                                  CcTextMeasure  measure,
                                  gpointer       user_data);
double           cc_chart_preferred_height (const CcChart *chart,
                                            double         width,
                                            CcTextMeasure  measure,
                                            gpointer       user_data);
const CcMark    *cc_chart_geometry_find_mark (const CcChartGeometry *self, double x, double y);
void             cc_chart_geometry_free (CcChartGeometry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcChartGeometry, cc_chart_geometry_free)

G_END_DECLS
