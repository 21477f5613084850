/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-book-private.h"

#include <string.h>

/* Lays a sheet out in lines and columns, in the order of the workbook. The grid of a table is that
 * of the workbook without its machine row and column. */

#define RATE_DECIMALS 2
#define FORM_LABEL    40.0
#define FORM_TEXT     70.0
#define MIN_COLUMNS   6 /* a box needs room even under a table of two columns */

typedef struct
{
  CcAnswerSheet         *sheet;
  const CcReportContent *content;
  const CcTableResult   *result;
  CcReportGrid          *grid;
  guint                  line;        /* next free line */
  guint                  header_line; /* of the group at work */
} LayWork;

static void
free_part (gpointer data)
{
  CcAnswerPart *part = data;

  g_free (part->text);
  g_free (part);
}

static CcAnswerPart *
add_part (LayWork *work, CcAnswerKind kind, guint line, guint column, guint n_columns, char *text)
{
  CcAnswerPart *part = g_new0 (CcAnswerPart, 1);

  part->kind = kind;
  part->line = line;
  part->n_lines = 1;
  part->column = column;
  part->n_columns = n_columns;
  part->text = text != NULL ? text : g_strdup ("");
  part->result = work->result;
  g_ptr_array_add (work->sheet->parts, part);
  return part;
}

/* A text over the whole width. */
static CcAnswerPart *
add_wide (LayWork *work, CcAnswerKind kind, const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  return add_part (work, kind, work->line++, 0, work->sheet->n_columns, g_strdup (text));
}

static char *
figure_text (LayWork *work, const CcCell *cell)
{
  const CcReportContent *content = work->content;

  if (cc_report_has_figure (cell))
    return cc_texts_number (content->texts, content->language, cell->value,
                            work->result->table->rate ? RATE_DECIMALS : 0);
  if (cell->state == CC_CELL_MASKED)
    return g_strdup_printf ("<%d", content->threshold);
  return g_strdup ("");
}

static guint
data_column (LayWork *work, guint place)
{
  return work->sheet->n_labels + place;
}

static void
on_span (const CcReportSpan *span, gpointer user_data)
{
  LayWork      *work = user_data;
  CcAnswerPart *part = add_part (work, CC_ANSWER_HEADER, work->header_line + span->level,
                                 data_column (work, span->first), span->last - span->first + 1,
                                 g_strdup (span->text));

  part->n_lines = span->last_level - span->level + 1;
}

static void
lay_header (LayWork *work, guint group)
{
  CcReportGrid *grid = work->grid;

  work->header_line = work->line;
  for (guint level = 0; level < grid->n_labels; level++)
    {
      gboolean      inner = level + 1 == grid->n_labels;
      CcAnswerPart *part = add_part (work, CC_ANSWER_HEADER, work->line, level,
                                     inner ? work->sheet->n_labels - level : 1,
                                     g_strdup (cc_report_corner_text (work->content, grid, level)));

      part->n_lines = grid->n_levels;
    }
  cc_report_walk_header (work->content, grid, group, on_span, work);
  work->line += grid->n_levels;
}

static void
lay_row_labels (LayWork *work, guint row)
{
  const CcHeading *heading = work->result->rows->pdata[row];
  CcReportGrid    *grid = work->grid;

  for (guint level = 0; level < grid->n_labels; level++)
    {
      gboolean      inner = level + 1 == grid->n_labels;
      int           end = inner ? (int) row : cc_report_find_run (work->content, grid, row, level);
      CcAnswerPart *part;

      if (end < 0)
        continue;
      part = add_part (work, CC_ANSWER_LABEL, work->line, level,
                       inner ? work->sheet->n_labels - level : 1,
                       cc_report_level_text (work->content, grid, heading, FALSE, level));
      part->n_lines = (guint) end - row + 1;
      part->total = heading->total;
    }
}

static gboolean
is_here (LayWork *work, guint col, guint group, guint band)
{
  return work->grid->group_of_col[col] == group && work->grid->band_of_col[col] == band;
}

static void
lay_row (LayWork *work, guint row, guint group, guint band)
{
  const CcTableResult *result = work->result;
  const CcHeading     *heading = result->rows->pdata[row];

  lay_row_labels (work, row);
  for (guint col = 0; col < result->cols->len; col++)
    {
      const CcCell *cell = &result->cells[row * result->cols->len + col];
      CcAnswerPart *part;

      if (!is_here (work, col, group, band))
        continue;
      part =
          add_part (work, CC_ANSWER_FIGURE, work->line,
                    data_column (work, work->grid->place_of_col[col]), 1, figure_text (work, cell));
      part->cell = cell;
      part->row = row;
      part->col = col;
      part->total = heading->total || ((const CcHeading *) result->cols->pdata[col])->total;
    }
  work->line++;
}

static void
lay_bound (LayWork *work, guint group, guint band, gboolean high)
{
  const CcReportContent *content = work->content;
  const CcTableResult   *result = work->result;
  guint                  row = (guint) cc_report_result_total_row (result, 0);

  add_part (work, CC_ANSWER_NOTE_LABEL, work->line, 0, work->sheet->n_labels,
            g_strdup (cc_report_text (content, high ? "report.highest" : "report.lowest")));
  for (guint col = 0; col < result->cols->len; col++)
    {
      const CcCell *cell = &result->cells[row * result->cols->len + col];

      if (is_here (work, col, group, band))
        add_part (work, CC_ANSWER_NOTE_FIGURE, work->line,
                  data_column (work, work->grid->place_of_col[col]), 1,
                  cc_report_has_figure (cell)
                      ? cc_report_number (content, high ? cell->high : cell->low)
                      : NULL);
    }
  work->line++;
}

static void
lay_band (LayWork *work, guint group, guint band)
{
  CcReportGrid *grid = work->grid;

  if (grid->fold == CC_FOLD_BANDS)
    add_part (work, CC_ANSWER_BAND, work->line++, 0, work->sheet->n_labels + grid->max_places,
              cc_report_period_text (work->content, grid->band_period[band]));
  for (guint row = 0; row < work->result->rows->len; row++)
    lay_row (work, row, group, band);
  if (grid->bounds)
    {
      lay_bound (work, group, band, FALSE);
      lay_bound (work, group, band, TRUE);
    }
}

static void
lay_box (LayWork *work)
{
  g_autoptr (GPtrArray) lines = cc_report_box_lines (work->content, work->result);

  if (lines->len > 0)
    work->line++;
  for (guint i = 0; i < lines->len; i++)
    {
      CcReportBoxLine *line = lines->pdata[i];
      CcAnswerPart    *part;

      add_part (work, CC_ANSWER_BOX_LABEL, work->line, 0, 1, g_strdup (line->label));
      part = add_part (work, line->name != NULL ? CC_ANSWER_BOX_TYPED : CC_ANSWER_BOX_STATED,
                       work->line, 1, work->sheet->n_columns - 1, g_steal_pointer (&line->text));
      part->name = line->name;
      work->line++;
    }
}

static void
lay_table (LayWork *work, const CcTableResult *result)
{
  const CcReportContent *content = work->content;
  g_autofree char       *title =
      g_strdup_printf ("%s  %s", result->table->id,
                       cc_questionnaire_get_table_title (content->questionnaire, result->table,
                                                         content->language));
  g_autofree char *subtitle = cc_report_subtitle (content, result);
  g_autoptr (CcReportGrid) grid = cc_report_grid_new (result, work->sheet->n_labels, FALSE);

  work->result = result;
  work->grid = grid;
  cc_report_grid_place (grid, 0);
  g_ptr_array_add (work->sheet->titles, add_wide (work, CC_ANSWER_TITLE, title));
  add_wide (work, CC_ANSWER_SUBTITLE, subtitle);
  for (guint group = 0; group < grid->groups->len; group++)
    {
      work->line += group > 0 ? 1 : 0;
      lay_header (work, group);
      for (guint band = 0; band < grid->n_bands; band++)
        lay_band (work, group, band);
    }
  lay_box (work);
  work->line += 2;
  work->result = NULL;
  work->grid = NULL;
}

static void
collect_results (LayWork *work, GPtrArray *results)
{
  char **tables = work->sheet->definition->tables;

  for (guint i = 0; tables != NULL && tables[i] != NULL; i++)
    for (guint k = 0; k < work->content->tables->len; k++)
      {
        CcTableResult *result = work->content->tables->pdata[k];

        if (strcmp (result->table->id, tables[i]) == 0)
          g_ptr_array_add (results, result);
      }
}

static void
plan_columns (LayWork *work, GPtrArray *results)
{
  CcAnswerSheet *sheet = work->sheet;
  double         data = cc_report_data_width (work->content, results);
  guint          n_data = MIN_COLUMNS;

  sheet->n_labels = 1;
  for (guint i = 0; i < results->len; i++)
    sheet->n_labels = MAX (sheet->n_labels, cc_report_result_labels (results->pdata[i]));
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (CcReportGrid) grid =
          cc_report_grid_new (results->pdata[i], sheet->n_labels, FALSE);

      n_data = MAX (n_data, grid->max_places);
    }
  sheet->n_columns = sheet->n_labels + n_data;
  sheet->widths = g_new0 (double, sheet->n_columns);
  for (guint i = 0; i < sheet->n_columns; i++)
    sheet->widths[i] =
        i < sheet->n_labels ? cc_report_label_width (work->content, results, i) : data;
}

static void
plan_form (LayWork *work)
{
  CcAnswerSheet *sheet = work->sheet;

  sheet->n_labels = 1;
  sheet->n_columns = 2;
  sheet->widths = g_new0 (double, 2);
  sheet->widths[0] = FORM_LABEL;
  sheet->widths[1] = FORM_TEXT;
}

const char *
cc_answer_statement (const CcReportContent *content)
{
  CcQuestionnaire *questionnaire = content->questionnaire;
  const char      *statement =
      cc_questionnaire_get_text (questionnaire, "questionnaire", "statement", content->language);

  if (!cc_questionnaire_is_stand_in (questionnaire))
    return NULL;
  return statement != NULL ? statement : cc_report_text (content, "report.stand-in");
}

static void
lay_head (LayWork *work)
{
  const CcReportContent *content = work->content;

  if (content->practice)
    add_wide (work, CC_ANSWER_STATEMENT, cc_report_text (content, "report.training"));
  add_wide (work, CC_ANSWER_SHEET_TITLE, work->sheet->title);
  add_wide (work, CC_ANSWER_STATEMENT, cc_answer_statement (content));
  work->line++;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const CcAnswerPart *left = *(const CcAnswerPart *const *) a;
  const CcAnswerPart *right = *(const CcAnswerPart *const *) b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return left->column < right->column ? -1 : left->column > right->column;
}

static void
index_lines (CcAnswerSheet *self)
{
  guint at = 0;

  g_ptr_array_sort (self->parts, compare_parts);
  self->first = g_new0 (guint, self->n_lines + 1);
  for (guint line = 0; line <= self->n_lines; line++)
    {
      while (at < self->parts->len && ((CcAnswerPart *) self->parts->pdata[at])->line < line)
        at++;
      self->first[line] = at;
    }
}

/**
 * cc_answer_sheet_new:
 *
 * Returns: (transfer full): the sheet laid out; @content must outlive it
 */
CcAnswerSheet *
cc_answer_sheet_new (const CcReportContent *content, const CcSheetDefinition *definition)
{
  CcAnswerSheet *self = g_new0 (CcAnswerSheet, 1);
  LayWork        work = { .sheet = self, .content = content };
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  self->definition = definition;
  self->title = cc_questionnaire_get_text (content->questionnaire, definition->group, "title",
                                           content->language);
  if (self->title == NULL)
    self->title = definition->id;
  self->parts = g_ptr_array_new_with_free_func (free_part);
  self->titles = g_ptr_array_new ();
  collect_results (&work, results);
  if (definition->kind == CC_SHEET_TABLES)
    plan_columns (&work, results);
  else
    plan_form (&work);
  lay_head (&work);
  if (definition->kind == CC_SHEET_TEXT)
    add_wide (&work, CC_ANSWER_STATEMENT,
              cc_questionnaire_get_text (content->questionnaire, definition->group, "text",
                                         content->language));
  for (guint i = 0; i < results->len; i++)
    lay_table (&work, results->pdata[i]);
  self->n_lines = work.line;
  index_lines (self);
  return self;
}

void
cc_answer_sheet_free (CcAnswerSheet *self)
{
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->titles);
  g_free (self->widths);
  g_free (self->first);
  g_free (self);
}

const CcAnswerPart *
cc_answer_sheet_find (const CcAnswerSheet *self, guint line, guint column)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (line >= self->n_lines)
    return NULL;
  for (guint i = self->first[line]; i < self->first[line + 1]; i++)
    {
      const CcAnswerPart *part = self->parts->pdata[i];

      if (column >= part->column && column < part->column + part->n_columns)
        return part;
    }
  return NULL;
}
