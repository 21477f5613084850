/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>

#include "cc-book-writer-private.h"

/* Native charts: the reader's program draws them from the cells, so they can be restyled and stay
 * right when a figure is corrected. */

#define FONT_SIZE 9
#define QUIET     0x5C6168
#define GRID      0xD6D9DE

static const guint8 lxw_kinds[] = {
  [CC_SHEET_CHART_COLUMNS] = LXW_CHART_COLUMN_STACKED,
  [CC_SHEET_CHART_BARS] = LXW_CHART_BAR,
  [CC_SHEET_CHART_LINES] = LXW_CHART_LINE,
  [CC_SHEET_CHART_PYRAMID] = LXW_CHART_BAR_STACKED,
};

static gboolean
is_lying (const CcSheetChart *chart)
{
  return chart->kind == CC_SHEET_CHART_BARS || chart->kind == CC_SHEET_CHART_PYRAMID;
}

static void
style_axes (lxw_chart *made, const CcSheetChart *chart)
{
  lxw_chart_font  font = { .size = FONT_SIZE };
  lxw_chart_line  grid = { .color = GRID, .width = 0.75f };
  lxw_chart_line  none = { .none = LXW_TRUE };
  lxw_chart_axis *values = is_lying (chart) ? made->x_axis : made->y_axis;
  lxw_chart_axis *names = is_lying (chart) ? made->y_axis : made->x_axis;
  gboolean        pyramid = chart->kind == CC_SHEET_CHART_PYRAMID;

  chart_axis_set_num_font (made->x_axis, &font);
  chart_axis_set_num_font (made->y_axis, &font);
  chart_axis_set_line (values, &none);
  chart_axis_major_gridlines_set_visible (names, LXW_FALSE);
  chart_axis_major_gridlines_set_visible (values, LXW_TRUE);
  chart_axis_major_gridlines_set_line (values, &grid);
  chart_axis_set_min (values, pyramid ? -chart->maximum : 0);
  if (pyramid)
    {
      chart_axis_set_max (values, chart->maximum);
      chart_axis_set_num_format (values, "#,##0;#,##0");
      chart_axis_set_label_position (names, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    }
  else if (chart->axis != NULL)
    {
      chart_axis_set_name (values, chart->axis);
      chart_axis_set_name_font (values, &font);
    }
  /* The first row of the table stands on top, as a reader expects; not so ages. */
  if (chart->kind == CC_SHEET_CHART_BARS)
    {
      chart_axis_set_reverse (names);
      chart_axis_set_label_position (values, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    }
}

static void
add_series (CcSheetWriter *self, lxw_chart *made, const CcSheetChart *chart, guint index)
{
  const guint       column = chart->first_series + index;
  lxw_chart_series *series = chart_add_series (made, NULL, NULL);
  lxw_chart_fill    fill = { .color = (lxw_color_t) chart->colors[index] };
  lxw_chart_line    line = { .color = (lxw_color_t) chart->colors[index], .width = 2.25f };
  lxw_chart_font    font = { .size = FONT_SIZE, .color = QUIET };
  gboolean          stacked = chart->kind == CC_SHEET_CHART_COLUMNS;

  chart_series_set_name_range (series, self->name, chart->header_row, (lxw_col_t) column);
  chart_series_set_categories (series, self->name, chart->first_row, (lxw_col_t) chart->names,
                               chart->last_row, (lxw_col_t) chart->names);
  chart_series_set_values (series, self->name, chart->first_row, (lxw_col_t) column,
                           chart->last_row, (lxw_col_t) column);
  chart_series_set_labels (series);
  if (stacked || chart->kind == CC_SHEET_CHART_PYRAMID)
    font.color = (lxw_color_t) chart->inks[index];
  if (chart->kind == CC_SHEET_CHART_PYRAMID)
    chart_series_set_labels_position (series, LXW_CHART_LABEL_POSITION_INSIDE_BASE);
  chart_series_set_labels_font (series, &font);
  if (chart->kind == CC_SHEET_CHART_LINES)
    {
      chart_series_set_line (series, &line);
      chart_series_set_marker_type (series, (guint8) (LXW_CHART_MARKER_SQUARE + index % 8));
      chart_series_set_marker_fill (series, &fill);
      chart_series_set_labels_position (series, LXW_CHART_LABEL_POSITION_ABOVE);
    }
  else
    chart_series_set_fill (series, &fill);
  /* Nobody needs a 0 on each part of a stack. */
  chart_series_set_labels_num_format (series, stacked ? "#,##0;;"
                                              : chart->kind == CC_SHEET_CHART_PYRAMID
                                                  ? "#,##0;#,##0"
                                                  : "#,##0");
}

gboolean
cc_sheet_writer_chart (CcSheetWriter      *self,
                       guint               row,
                       guint               column,
                       const CcSheetChart *chart,
                       GError            **error)
{
  lxw_chart_options options = { 0 };
  g_autofree char  *description = NULL;
  lxw_chart_font    font = { .size = FONT_SIZE };
  lxw_chart        *made;

  g_return_val_if_fail (self != NULL && chart != NULL && chart->n_series > 0, FALSE);

  made = workbook_add_chart (self->book->book, lxw_kinds[chart->kind]);
  if (made == NULL || !cc_sheet_writer_has_cell (self, row, column))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED, "Sheet “%s”: the chart could not be added.",
                   self->name);
      return FALSE;
    }
  for (guint i = 0; i < chart->n_series; i++)
    add_series (self, made, chart, i);
  style_axes (made, chart);
  if (chart->title != NULL)
    {
      lxw_chart_font title = { .size = 12, .bold = LXW_TRUE };

      chart_title_set_name (made, chart->title);
      chart_title_set_name_font (made, &title);
    }
  else
    chart_title_off (made);
  if (chart->n_series == 1)
    chart_legend_set_position (made, LXW_CHART_LEGEND_NONE);
  else
    chart_legend_set_position (made,
                               is_lying (chart) ? LXW_CHART_LEGEND_TOP : LXW_CHART_LEGEND_RIGHT);
  chart_legend_set_font (made, &font);
  if (chart->kind == CC_SHEET_CHART_PYRAMID)
    chart_set_series_overlap (made, 100);
  chart_set_series_gap (made, chart->kind == CC_SHEET_CHART_PYRAMID ? 20 : 60);
  /* A figure that is not known is a gap, not a zero. */
  chart_show_blanks_as (made, LXW_CHART_BLANKS_AS_GAP);
  chart_show_hidden_data (made);
  description = g_strdup (chart->description);
  options.description = description;
  options.x_scale = chart->width / 480.0;
  options.y_scale = chart->height / 288.0;
  cc_sheet_writer_check (self, row, column,
                         worksheet_insert_chart_opt (self->sheet, row, (lxw_col_t) column, made,
                                                     &options));
  return TRUE;
}
