/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <math.h>
#include <string.h>

#define LINE_HEIGHT 14.5

typedef struct
{
  CcReportSheet       *sheet;
  const CcTableResult *result;
  CcReportGrid        *grid;
} TableWork;

static const CcCell *
get_cell (const CcTableResult *result, guint row, guint col)
{
  return &result->cells[row * result->cols->len + col];
}

static void
put_header_cell (TableWork *work, const CcReportSpan *span)
{
  CcReportSheet       *sheet = work->sheet;
  CcReportGrid        *grid = work->grid;
  const CcReportGroup *group = cc_report_grid_group (grid, span->group);
  guint                row = group->machine_row + 1 + span->level;
  guint                last_row = group->machine_row + 1 + span->last_level;
  double               width;

  cc_sheet_writer_merge (sheet->sheet, row, grid->first_data + span->first, last_row,
                         grid->first_data + span->last, span->text, CC_STYLE_HEADER);
  width =
      cc_report_span_width (sheet, grid->first_data + span->first, grid->first_data + span->last);
  cc_report_sheet_height (sheet, last_row,
                          cc_report_lines (span->text, width * 0.92) * LINE_HEIGHT + 4
                              - (last_row - row) * 15.0);
}

static void
on_header_cell (const CcReportSpan *span, gpointer user_data)
{
  put_header_cell (user_data, span);
}

static void
write_corner (TableWork *work, const CcReportGroup *group)
{
  CcReportSheet *sheet = work->sheet;
  CcReportGrid  *grid = work->grid;

  for (guint level = 0; level < grid->n_labels; level++)
    {
      guint       column = CC_REPORT_LABEL_COLUMN + level;
      guint       last = level + 1 < grid->n_labels ? column : grid->first_data - 1;
      const char *text = cc_report_corner_text (sheet->content, grid, level);

      cc_sheet_writer_merge (sheet->sheet, group->machine_row + 1, column, group->data_row - 1,
                             last, text, CC_STYLE_HEADER);
    }
}

static void
write_machine_row (TableWork *work, guint number)
{
  CcSheetWriter       *sheet = work->sheet->sheet;
  CcReportGrid        *grid = work->grid;
  const CcReportGroup *group = cc_report_grid_group (grid, number);
  g_autofree char     *mark = g_strdup_printf ("#table %s", work->result->table->id);

  cc_sheet_writer_text (sheet, group->machine_row, 0, mark, 0);
  for (guint place = 0; place < group->n_places; place++)
    {
      g_autofree char *code = cc_report_grid_place_code (grid, number, place);

      cc_sheet_writer_text (sheet, group->machine_row, grid->first_data + place, code, 0);
    }
  cc_sheet_writer_hide_row (sheet, group->machine_row);
}

/* Whether a total may be written as a sum: its axis adds up, every part is a figure, and the parts
 * give the total that was counted on its own. */
static GArray *
find_sum (TableWork *work, guint row, guint col)
{
  const CcTableResult *result = work->result;

  if (result->table->rate)
    return NULL;
  for (guint by_rows = 2; by_rows-- > 0;)
    {
      g_autoptr (GArray) parts = cc_report_grid_parts (work->grid, row, col, by_rows != 0);
      double   sum = 0;
      gboolean whole = parts != NULL;

      for (guint i = 0; whole && i < parts->len; i++)
        {
          CcReportPart *part = &g_array_index (parts, CcReportPart, i);
          const CcCell *cell = get_cell (result, part->row, part->col);

          whole = cc_report_has_figure (cell);
          sum += cell->value;
        }
      if (whole && (work->sheet->content->blank || sum == get_cell (result, row, col)->value))
        return g_steal_pointer (&parts);
    }
  return NULL;
}

static void
comment_cell (TableWork *work, const CcCell *cell, guint r, guint c)
{
  g_autofree char *text = cc_report_cell_comment (work->sheet->content, work->result, cell);

  if (text != NULL)
    cc_sheet_writer_comment (work->sheet->sheet, r, c, text);
}

/* A cell for typing takes whole numbers; a typed total turns red while it is not the sum. */
static void
watch_cell (TableWork *work, guint row, guint col, guint r, guint c)
{
  CcReportSheet *sheet = work->sheet;

  if (!work->result->table->rate)
    cc_sheet_writer_validate_count (sheet->sheet, r, c, r, c,
                                    cc_report_text (sheet->content, "report.only-counts"));
  for (guint by_rows = 0; by_rows < 2; by_rows++)
    {
      g_autoptr (GArray) parts = cc_report_grid_parts (work->grid, row, col, by_rows != 0);
      g_autofree char *sum = NULL;
      g_autofree char *cell = NULL;
      g_autofree char *formula = NULL;

      if (parts == NULL)
        continue;
      sum = cc_report_grid_sum (work->grid, parts);
      cell = cc_report_cell_name (r, c);
      formula = g_strdup_printf ("AND(%s<>\"\",%s<>%s)", cell, cell, sum + 1);
      cc_sheet_writer_format_when (sheet->sheet, r, c, formula);
    }
}

static void
write_cell (TableWork *work, guint row, guint col)
{
  const CcTableResult *result = work->result;
  CcSheetWriter       *sheet = work->sheet->sheet;
  const CcCell        *cell = get_cell (result, row, col);
  const CcHeading     *heading = result->rows->pdata[row];
  guint                style = cell->state == CC_CELL_ENTRY ? CC_STYLE_ENTRY : CC_STYLE_VALUE;
  guint                r, c;

  cc_report_grid_cell (work->grid, row, col, &r, &c);
  if (heading->total || ((CcHeading *) result->cols->pdata[col])->total)
    style |= CC_STYLE_TOTAL;
  if (result->table->rate)
    style |= CC_STYLE_RATE;
  if (cc_report_has_figure (cell))
    {
      g_autoptr (GArray) parts = find_sum (work, row, col);

      if (parts != NULL && cell->state == CC_CELL_COMPUTED)
        {
          g_autofree char *sum = cc_report_grid_sum (work->grid, parts);

          cc_sheet_writer_formula (sheet, r, c, sum, cell->value, style);
        }
      else
        cc_sheet_writer_number (sheet, r, c, cell->value, style);
    }
  else if (cell->state == CC_CELL_MASKED)
    {
      g_autofree char *masked = g_strdup_printf ("<%d", work->sheet->content->threshold);

      cc_sheet_writer_text (sheet, r, c, masked, style);
    }
  else
    cc_sheet_writer_blank (sheet, r, c, style);
  if (work->sheet->content->blank)
    watch_cell (work, row, col, r, c);
  comment_cell (work, cell, r, c);
}

/* A row of a country list in a blank questionnaire whose country is chosen by whoever fills it. */
static gboolean
is_open_row (const CcHeading *heading, guint part)
{
  return heading->parts != NULL && g_strv_length (heading->parts) > part
         && heading->parts[part][0] == '?';
}

/* Outer labels are merged over the rows they hold for. */
static void
write_row_labels (TableWork *work, guint row, guint r)
{
  CcReportSheet   *sheet = work->sheet;
  CcReportGrid    *grid = work->grid;
  const CcHeading *heading = work->result->rows->pdata[row];

  for (guint level = 0; level < grid->n_labels; level++)
    {
      gboolean inner = level + 1 == grid->n_labels;
      guint    column = CC_REPORT_LABEL_COLUMN + level;
      guint    last = inner ? grid->first_data - 1 : column;
      int      end = inner ? (int) row : cc_report_find_run (sheet->content, grid, row, level);
      g_autofree char *text = NULL;
      double           width = cc_report_span_width (sheet, column, last);

      if (end < 0)
        continue;
      if (is_open_row (heading, level))
        {
          cc_sheet_writer_merge (sheet->sheet, r, column, r, last, "", CC_STYLE_ENTRY);
          cc_sheet_writer_validate_list (sheet->sheet, r, column, r, column, NULL,
                                         g_hash_table_lookup (sheet->lists, "countries"), NULL);
          continue;
        }
      text = cc_report_level_text (sheet->content, grid, heading, FALSE, level);
      cc_sheet_writer_merge (sheet->sheet, r, column, r + (guint) end - row, last,
                             text != NULL ? text : "",
                             CC_STYLE_LABEL | CC_STYLE_WRAP
                                 | (heading->total ? CC_STYLE_TOTAL : 0));
      if (text != NULL && end == (int) row)
        cc_report_sheet_height (sheet, r, cc_report_lines (text, width * 1.1) * LINE_HEIGHT + 1.5);
    }
}

/* The lowest and the highest total that undecided pairs leave open, as figures of their own: they
 * can be computed with and are seen on paper. */
static void
write_bounds (TableWork *work, guint group, guint band, guint r)
{
  CcReportSheet *sheet = work->sheet;
  CcReportGrid  *grid = work->grid;
  guint          row = (guint) cc_report_result_total_row (work->result, 0);
  guint          style = CC_STYLE_NOTE;

  for (guint high = 0; high < 2; high++, r++)
    {
      cc_sheet_writer_text (sheet->sheet, r, 0, high ? "@high" : "@low", 0);
      cc_sheet_writer_merge (sheet->sheet, r, CC_REPORT_LABEL_COLUMN, r, grid->first_data - 1,
                             cc_report_text (sheet->content,
                                             high ? "report.highest" : "report.lowest"),
                             style | CC_STYLE_LABEL | CC_STYLE_INDENT);
      for (guint col = 0; col < work->result->cols->len; col++)
        {
          const CcCell *cell = get_cell (work->result, row, col);
          guint         column = grid->first_data + grid->place_of_col[col];

          if (grid->band_of_col[col] != band || grid->group_of_col[col] != group)
            continue;
          if (cc_report_has_figure (cell))
            cc_sheet_writer_number (sheet->sheet, r, column,
                                    (double) (high ? cell->high : cell->low),
                                    style | CC_STYLE_VALUE);
          else
            cc_sheet_writer_blank (sheet->sheet, r, column, style | CC_STYLE_VALUE);
        }
    }
}

/* Of a blank questionnaire: each typed total less the sum of its parts, which must be 0. */
static void
write_differences (TableWork *work, guint group, guint band, guint r)
{
  CcReportSheet     *sheet = work->sheet;
  CcReportGrid      *grid = work->grid;
  guint              row = (guint) cc_report_result_total_row (work->result, 0);
  CcReportDifference difference;
  g_autofree char   *first = NULL;
  g_autofree char   *last = NULL;
  g_auto (GStrv) quoted = g_strsplit (sheet->sheet_name, "'", -1);
  g_autofree char *name = g_strjoinv ("''", quoted);

  cc_sheet_writer_text (sheet->sheet, r, 0, "@diff", 0);
  cc_sheet_writer_merge (sheet->sheet, r, CC_REPORT_LABEL_COLUMN, r, grid->first_data - 1,
                         cc_report_text (sheet->content, "report.difference"),
                         CC_STYLE_NOTE | CC_STYLE_LABEL | CC_STYLE_INDENT);
  for (guint col = 0; col < work->result->cols->len; col++)
    {
      g_autoptr (GArray) parts = NULL;
      g_autofree char *sum = NULL;
      g_autofree char *total = NULL;
      g_autofree char *cell = NULL;
      g_autofree char *formula = NULL;
      g_autofree char *alarm = NULL;
      guint            total_r, c;

      if (grid->band_of_col[col] != band || grid->group_of_col[col] != group)
        continue;
      parts = cc_report_grid_parts (grid, row, col, TRUE);
      if (parts == NULL)
        continue;
      cc_report_grid_cell (grid, row, col, &total_r, &c);
      sum = cc_report_grid_sum (grid, parts);
      total = cc_report_cell_name (total_r, c);
      cell = cc_report_cell_name (r, c);
      formula = g_strdup_printf ("=IF(%s=\"\",0,%s-%s)", total, total, sum + 1);
      alarm = g_strdup_printf ("%s<>0", cell);
      cc_sheet_writer_formula (sheet->sheet, r, c, formula, 0, CC_STYLE_NOTE | CC_STYLE_VALUE);
      cc_sheet_writer_format_when (sheet->sheet, r, c, alarm);
    }
  first = cc_report_cell_name (r, grid->first_data);
  last =
      cc_report_cell_name (r, grid->first_data + cc_report_grid_group (grid, group)->n_places - 1);
  difference.table = g_strdup (work->result->table->id);
  difference.range = g_strdup_printf ("'%s'!%s:%s", name, first, last);
  g_array_append_val (sheet->differences, difference);
}

static void
write_band (TableWork *work, guint group, guint band)
{
  CcReportSheet       *sheet = work->sheet;
  CcReportGrid        *grid = work->grid;
  const CcTableResult *result = work->result;
  guint                r = cc_report_grid_band_row (grid, group, band);

  if (grid->fold == CC_FOLD_BANDS)
    {
      g_autofree char *text = cc_report_period_text (sheet->content, grid->band_period[band]);

      if (band > 0)
        g_array_append_val (sheet->parts, r);
      cc_sheet_writer_text (sheet->sheet, r, 0, "@band", 0);
      cc_sheet_writer_merge (sheet->sheet, r, CC_REPORT_LABEL_COLUMN, r,
                             grid->first_data + grid->max_places - 1, text, CC_STYLE_BAND);
      r++;
    }
  for (guint row = 0; row < result->rows->len; row++, r++)
    {
      g_autofree char *code = cc_report_grid_row_code (grid, row, band);

      cc_sheet_writer_text (sheet->sheet, r, 0, code, 0);
      write_row_labels (work, row, r);
    }
  if (grid->bounds)
    write_bounds (work, group, band, r);
  if (grid->differences)
    write_differences (work, group, band, r + (grid->bounds ? 2 : 0));
}

static void
write_groups (TableWork *work)
{
  CcReportGrid        *grid = work->grid;
  const CcTableResult *result = work->result;

  for (guint i = 0; i < grid->groups->len; i++)
    {
      const CcReportGroup *group = cc_report_grid_group (grid, i);

      if (i > 0)
        g_array_append_val (work->sheet->parts, group->machine_row);
      write_machine_row (work, i);
      write_corner (work, group);
      cc_report_walk_header (work->sheet->content, grid, i, on_header_cell, work);
      for (guint band = 0; band < grid->n_bands; band++)
        write_band (work, i, band);
    }
  for (guint row = 0; row < result->rows->len; row++)
    for (guint col = 0; col < result->cols->len; col++)
      write_cell (work, row, col);
}

static void
write_title (CcReportSheet *sheet, const CcTableResult *result)
{
  g_autofree char *title =
      sheet->content->title != NULL
          ? g_strdup (sheet->content->title)
          : g_strdup_printf ("%s  %s", result->table->id,
                             cc_questionnaire_get_table_title (sheet->content->questionnaire,
                                                               result->table,
                                                               sheet->content->language));
  g_autofree char *subtitle = cc_report_subtitle (sheet->content, result);
  double           width = cc_report_span_width (sheet, CC_REPORT_LABEL_COLUMN, sheet->last_column);

  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, title, CC_STYLE_HEADING | CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, cc_report_lines (title, width * 0.85) * 16.5);
  sheet->row++;
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, subtitle,
                         CC_STYLE_SUBTITLE | CC_STYLE_SMALL | CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, cc_report_lines (subtitle, width * 1.1) * 12.5 + 3);
  sheet->row++;
}

/* One table: title, subtitle, machine row, header, figures, box; then two empty rows. */
gboolean
cc_report_write_table (CcReportSheet *sheet, const CcTableResult *result, GError **error)
{
  g_autoptr (CcReportGrid) grid =
      cc_report_grid_new (result, sheet->n_labels, sheet->content->blank);
  TableWork work = { sheet, result, grid };

  g_array_append_val (sheet->blocks, sheet->row);
  write_title (sheet, result);
  cc_report_grid_place (grid, sheet->row);
  write_groups (&work);
  sheet->row = grid->end_row;
  if (!cc_report_write_box (sheet, result, error))
    return FALSE;
  sheet->row += 2;
  return TRUE;
}
