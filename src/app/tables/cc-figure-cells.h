/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-report-figure.h>

G_BEGIN_DECLS

/* What a figure's table says, cell by cell: which heading spans what, and the lines of each cell.
 * Without widgets, so that it is tested without a display. */

typedef enum
{
  CC_SHARE_NONE,
  CC_SHARE_OF_COLUMN, /* of all persons of the column */
  CC_SHARE_OF_ROW,    /* of all persons of the row */
  CC_SHARE_OF_ALL,    /* of all persons of the table */
} CcFigureShare;

/* A heading of one or several rows or columns. */
typedef struct
{
  char    *label;
  guint    level; /* 0 is the outer axis */
  guint    first;
  guint    last;
  guint    depth; /* levels it stands over: an empty one below is taken in */
  gboolean total;
} CcFigureHeading;

/* The headings of one side, outer level first. Element-type CcFigureHeading. */
GPtrArray *cc_figure_headings_new (const CcReportFigure *figure, gboolean of_columns);
guint      cc_figure_count_levels (const CcReportFigure *figure, gboolean of_columns);
gboolean   cc_figure_is_total (const CcReportFigure *figure, guint row, guint col);

/* "42.1%", or NULL where nothing is known or the whole is nobody. texts formats it. */
char *cc_figure_format_share (const CcReportFigure *figure,
                              CcTexts              *texts,
                              guint                 row,
                              guint                 col,
                              CcFigureShare         share);
/* "148 to 150", or NULL where the figure is certain. */
char *cc_figure_format_range (const CcReportFigure *figure, CcTexts *texts, guint row, guint col);

/* "Women (18 and over), 2023: 149": what is read aloud. Free it. */
char *cc_figure_describe_cell (const CcReportFigure *figure, guint row, guint col);

G_END_DECLS
