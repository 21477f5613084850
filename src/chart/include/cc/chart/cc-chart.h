/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A chart as plain data. Every text is given by the caller, already in the language of the chart;
 * this layer only arranges and draws. Whoever builds a chart has already hidden what must not be
 * seen: a hidden point carries no figure. */

typedef enum
{
  CC_CHART_STACKED_COLUMNS, /* categories (years) side by side, series stacked on each other */
  CC_CHART_GROUPED_BARS,    /* categories (forms) below each other, one bar per series */
  CC_CHART_LINES,           /* categories (years) side by side, one line per series */
  CC_CHART_PYRAMID,         /* categories (ages, youngest first) upwards, two series back to back */
} CcChartKind;

typedef enum
{
  CC_POINT_VALUE,   /* a figure; zero is a figure */
  CC_POINT_MISSING, /* not known */
  CC_POINT_HIDDEN,  /* held back by disclosure control */
} CcPointState;

typedef struct
{
  CcPointState state;
  double       value; /* 0 unless the state is VALUE */
  guint        style; /* 0: that of the series; else 1 + the style of this point alone */
} CcPoint;

/* The style is an index into the palette and its patterns: 0 women, 1 men, 2 other 18 and over,
 * 3 girls, 4 boys, 5 other 0 to 17, 6 not known, 7 one more; without a meaning of their own: 8
 * plain (a single series), 9, 10, 11. */
#define CC_CHART_N_STYLES 12
#define CC_CHART_PLAIN    8

typedef struct
{
  char   *name;
  guint   style;
  CcPoint points[]; /* one per category */
} CcChartSeries;

typedef struct
{
  CcChartKind kind;
  char       *title;      /* says what the chart shows */
  char       *subtitle;   /* base: "412 victims, 2020 to 2024" */
  GPtrArray  *notes;      /* char *: unknowns, several answers, bounds, hidden figures */
  char       *source;     /* "Source: ..." */
  char       *date;       /* "Data of 3 May 2025" */
  char       *stamp;      /* "TRAINING" across the picture, or NULL */
  char       *axis;       /* what the value axis counts: "Victims" */
  char       *alt_text;   /* one sentence for readers who do not see the picture */
  char       *missing;    /* stands where a figure is not known: "not known" */
  char       *hidden;     /* stands where a figure is held back: "<5" */
  char       *empty;      /* stands in the middle when there is nothing to draw */
  char       *group;      /* thousands sign of figures, "" for none */
  gboolean    rtl;        /* mirrored, for right-to-left languages */
  gboolean    bare;       /* a small picture beside its title: no head, no foot, no legend */
  gboolean    no_totals;  /* stacks do not add up to a total: none is printed above them */
  GPtrArray  *categories; /* char * */
  GPtrArray  *series;     /* CcChartSeries *, bottom of the stack first */
  GArray     *totals;     /* CcPoint, one per category: counted totals; empty: sums of the series */
} CcChart;

CcChart       *cc_chart_new (CcChartKind kind);
void           cc_chart_free (CcChart *self);
void           cc_chart_add_category (CcChart *self, const char *label);
CcChartSeries *cc_chart_add_series (CcChart *self, const char *name, guint style);
void           cc_chart_add_note (CcChart *self, const char *note);
char          *cc_chart_format_number (const CcChart *self, double value);
char          *cc_chart_describe_point (const CcChart *self, guint series, guint category);
CcChart       *cc_chart_copy (const CcChart *self);
guint          cc_chart_point_style (const CcChart *self, guint series, guint category);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcChart, cc_chart_free)

G_END_DECLS
