/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <math.h>
#include <string.h>

#include <cc/chart/cc-chart-painter.h>

/* The first sheet of a figure's workbook: its words, a native chart, and the numbers it is drawn
 * from. Reading programs draw the chart anew from the cells. */

#define CHART_WIDTH   760.0 /* pixels */
#define CHART_ROWS    17
#define ROW_PIXELS    20.0
#define NAME_WIDTH    34.0 /* characters */
#define FIGURE_WIDTH  15.0
#define TITLE_HEIGHT  24.0 /* points */
#define HEADER_HEIGHT 32.0
#define HELPER_COLUMN 40 /* of a pyramid: the first series with the sign turned, hidden */

static guint
put_line (CcReportSheet *sheet, guint row, const char *text, guint style)
{
  if (text == NULL || *text == '\0')
    return row;
  cc_sheet_writer_text (sheet->sheet, row, 0, text, style);
  return row + 1;
}

static void
put_point (CcReportSheet *sheet, const CcChart *chart, guint row, guint col, const CcPoint *point)
{
  if (point->state == CC_POINT_VALUE)
    cc_sheet_writer_number (sheet->sheet, row, col, point->value, CC_STYLE_VALUE);
  else
    cc_sheet_writer_text (sheet->sheet, row, col,
                          point->state == CC_POINT_HIDDEN ? chart->hidden : chart->missing,
                          CC_STYLE_VALUE);
}

/* The numbers, one row per category and one column per series. Returns the header's row. */
static void
put_numbers (CcReportSheet *sheet, const CcChart *chart, guint header)
{
  cc_sheet_writer_text (sheet->sheet, header, 0, "", CC_STYLE_HEADER);
  for (guint i = 0; i < chart->series->len; i++)
    cc_sheet_writer_text (sheet->sheet, header, i + 1,
                          ((CcChartSeries *) chart->series->pdata[i])->name, CC_STYLE_HEADER);
  for (guint j = 0; j < chart->categories->len; j++)
    {
      cc_sheet_writer_text (sheet->sheet, header + 1 + j, 0, chart->categories->pdata[j],
                            CC_STYLE_LABEL);
      for (guint i = 0; i < chart->series->len; i++)
        put_point (sheet, chart, header + 1 + j, i + 1,
                   &((CcChartSeries *) chart->series->pdata[i])->points[j]);
    }
}

/* Beside the numbers of a pyramid: what is drawn to the other side of the axis. */
static void
put_helpers (CcReportSheet *sheet, const CcChart *chart, guint header)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      const CcChartSeries *series = chart->series->pdata[i];

      cc_sheet_writer_text (sheet->sheet, header, HELPER_COLUMN + i, series->name, 0);
      for (guint j = 0; j < chart->categories->len; j++)
        {
          g_autofree char *cell = cc_report_cell_name (header + 1 + j, i + 1);
          g_autofree char *formula = g_strconcat (i == 0 ? "=-" : "=", cell, NULL);
          double           value = series->points[j].value;

          if (series->points[j].state == CC_POINT_VALUE)
            cc_sheet_writer_formula (sheet->sheet, header + 1 + j, HELPER_COLUMN + i, formula,
                                     i == 0 ? -value : value, 0);
        }
      cc_sheet_writer_hide_column (sheet->sheet, HELPER_COLUMN + i);
    }
}

static double
find_maximum (const CcChart *chart)
{
  double maximum = 1;
  double step;

  for (guint i = 0; i < chart->series->len; i++)
    for (guint j = 0; j < chart->categories->len; j++)
      maximum = MAX (maximum, ((CcChartSeries *) chart->series->pdata[i])->points[j].value);
  step = cc_chart_tick_step (maximum, 4, TRUE);
  return ceil (maximum / step) * step;
}

static gboolean
put_chart (CcReportSheet *sheet, const CcChart *chart, guint row, guint header, GError **error)
{
  static const CcSheetChartKind kinds[] = { [CC_CHART_STACKED_COLUMNS] = CC_SHEET_CHART_COLUMNS,
                                            [CC_CHART_GROUPED_BARS] = CC_SHEET_CHART_BARS,
                                            [CC_CHART_LINES] = CC_SHEET_CHART_LINES,
                                            [CC_CHART_PYRAMID] = CC_SHEET_CHART_PYRAMID };
  g_autofree guint32           *colors = g_new0 (guint32, chart->series->len + 1);
  g_autofree guint32           *inks = g_new0 (guint32, chart->series->len + 1);
  gboolean                      pyramid = chart->kind == CC_CHART_PYRAMID;
  CcSheetChart                  native = { .kind = kinds[chart->kind],
                                           .axis = chart->axis,
                                           .description = chart->alt_text,
                                           .header_row = header,
                                           .first_row = header + 1,
                                           .last_row = header + chart->categories->len,
                                           .first_series = pyramid ? HELPER_COLUMN : 1,
                                           .n_series = chart->series->len,
                                           .colors = colors,
                                           .inks = inks,
                                           .maximum = pyramid ? find_maximum (chart) : 0,
                                           .width = CHART_WIDTH,
                                           .height = CHART_ROWS * ROW_PIXELS - 10 };

  for (guint i = 0; i < chart->series->len; i++)
    {
      guint style = ((CcChartSeries *) chart->series->pdata[i])->style;

      colors[i] = cc_chart_style_rgb (style);
      inks[i] = cc_chart_style_ink_rgb (style);
    }
  return cc_sheet_writer_chart (sheet->sheet, row, 0, &native, error);
}

static gboolean
write_chart_sheet (CcReportSheet *sheet, gconstpointer data, GError **error)
{
  const CcReportFigure *figure = data;
  const CcChart        *chart = figure->chart;
  guint                 row = 0, header;

  cc_sheet_writer_set_row_height (sheet->sheet, figure->words.stamp != NULL ? 1 : 0, TITLE_HEIGHT);
  cc_sheet_writer_set_column_width (sheet->sheet, 0, 0, NAME_WIDTH);
  cc_sheet_writer_set_column_width (sheet->sheet, 1, MAX (chart->series->len, 1), FIGURE_WIDTH);
  if (figure->words.stamp != NULL)
    row =
        put_line (sheet, row, cc_report_text (figure->content, "report.training"), CC_STYLE_STAMP);
  row = put_line (sheet, row, chart->title, CC_STYLE_TITLE);
  row = put_line (sheet, row, chart->subtitle, CC_STYLE_SUBTITLE) + 1;
  header = row + CHART_ROWS;
  cc_sheet_writer_set_row_height (sheet->sheet, header, HEADER_HEIGHT);
  put_numbers (sheet, chart, header);
  if (chart->kind == CC_CHART_PYRAMID)
    put_helpers (sheet, chart, header);
  if (chart->series->len > 0 && !put_chart (sheet, chart, row, header, error))
    return FALSE;
  row = header + chart->categories->len + 2;
  for (guint i = 0; i < chart->notes->len; i++)
    row = put_line (sheet, row, chart->notes->pdata[i], CC_STYLE_SMALL);
  row = put_line (sheet, row, chart->source, CC_STYLE_SMALL);
  put_line (sheet, row, chart->date, CC_STYLE_SMALL);
  if (cc_texts_is_rtl (figure->content->language))
    cc_sheet_writer_set_right_to_left (sheet->sheet);
  cc_sheet_writer_hide_gridlines (sheet->sheet);
  return TRUE;
}

/* The workbook of a figure. */
gboolean
cc_report_write_figure_book (const CcReportFigure *figure, const char *path, GError **error)
{
  return cc_report_write_figure_sheets (figure->content, figure->words.title, path,
                                        figure->chart != NULL ? write_chart_sheet : NULL, figure,
                                        error);
}
