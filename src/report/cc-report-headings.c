/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <math.h>
#include <string.h>

/* What stands in the headings of a table and beside its figures: the same words on paper and on
 * screen. */

/* The axis that stands at a level of a heading; *part is its position among the parts, -1 for the
 * period. */
static const CcResultAxis *
axis_at (GPtrArray *blocks, guint block, guint level, gboolean skip_period, int *part)
{
  GPtrArray *axes = block < blocks->len ? blocks->pdata[block] : NULL;
  int        parts = 0;

  for (guint i = 0; axes != NULL && i < axes->len; i++)
    {
      CcResultAxis *axis = axes->pdata[i];

      if (skip_period && axis->period)
        continue;
      *part = axis->period ? -1 : parts;
      if (level-- == 0)
        return axis;
      if (!axis->period)
        parts++;
    }
  return NULL;
}

/* period: index into the periods asked, below 0 for all of them together. */
char *
cc_report_period_text (const CcReportContent *content, int period)
{
  if (period < 0)
    return g_strdup (cc_report_text (content, "report.all-years"));
  return cc_period_label (&g_array_index (content->periods, CcPeriod, period),
                          cc_questionnaire_get_first_month (content->questionnaire), content->texts,
                          content->language);
}

/* The label of a heading at a level: NULL where the heading has no axis there. */
char *
cc_report_level_text (const CcReportContent *content,
                      const CcReportGrid    *grid,
                      const CcHeading       *heading,
                      gboolean               of_columns,
                      guint                  level)
{
  GPtrArray *blocks = of_columns ? grid->result->col_blocks : grid->result->row_blocks;
  int        part;

  if (axis_at (blocks, heading->block, level, of_columns && grid->fold == CC_FOLD_BANDS, &part)
      == NULL)
    return level == 0 ? g_strdup (cc_report_text (content, "report.total")) : NULL;
  if (part < 0)
    return cc_report_period_text (content, heading->period);
  return cc_table_result_label (grid->result, heading, (guint) part, of_columns, content->texts,
                                content->language);
}

static char **
column_texts (const CcReportContent *content,
              const CcReportGrid    *grid,
              const CcReportGroup   *group,
              guint                  place)
{
  const CcHeading *heading = grid->result->cols->pdata[group->col_of_place[place]];
  char           **texts = g_new0 (char *, grid->n_levels + 1);

  for (guint level = 0; level < grid->n_levels; level++)
    {
      texts[level] = cc_report_level_text (content, grid, heading, TRUE, level);
      if (texts[level] == NULL)
        texts[level] = g_strdup ("");
    }
  return texts;
}

static gboolean
same_above (char **a, char **b, guint level)
{
  for (guint i = 0; i <= level; i++)
    if (strcmp (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Everything below this level is empty or repeats the word: one cell down to the last header row.
 */
static gboolean
ends_here (const CcReportGrid *grid, char **texts, guint level)
{
  for (guint i = level + 1; i < grid->n_levels; i++)
    if (*texts[i] != '\0' && strcmp (texts[i], texts[level]) != 0)
      return FALSE;
  return TRUE;
}

/* The cells of a group's header, outer axes merged over inner ones. */
void
cc_report_walk_header (const CcReportContent *content,
                       const CcReportGrid    *grid,
                       guint                  number,
                       CcReportSpanFunc       func,
                       gpointer               user_data)
{
  const CcReportGroup *group = cc_report_grid_group (grid, number);
  guint                n = group->n_places;
  char              ***texts = g_new0 (char **, MAX (n, 1));
  g_autofree guint8   *done = g_new0 (guint8, MAX (n, 1));

  for (guint place = 0; place < n; place++)
    texts[place] = column_texts (content, grid, group, place);
  for (guint level = 0; level < grid->n_levels; level++)
    for (guint first = 0, last; first < n; first = last + 1)
      {
        CcReportSpan span = { number, level, level, first, first, texts[first][level] };

        last = first;
        if (done[first])
          continue;
        while (level + 1 < grid->n_levels && last + 1 < n && !done[last + 1]
               && same_above (texts[first], texts[last + 1], level))
          last++;
        span.last = last;
        if (first == last && ends_here (grid, texts[first], level))
          {
            span.last_level = grid->n_levels - 1;
            done[first] = TRUE;
          }
        func (&span, user_data);
      }
  for (guint place = 0; place < n; place++)
    g_strfreev (texts[place]);
  g_free (texts);
}

/* Above the labels of the rows: the name of their axis, or "". */
const char *
cc_report_corner_text (const CcReportContent *content, const CcReportGrid *grid, guint level)
{
  int                 part;
  const CcResultAxis *axis = axis_at (grid->result->row_blocks, 0, level, FALSE, &part);
  const char         *text = axis != NULL ? cc_questionnaire_get_axis_label (content->questionnaire,
                                                                             axis->name, content->language)
                                          : NULL;

  return text != NULL ? text : "";
}

static char *
outer_text (const CcReportContent *content, const CcReportGrid *grid, guint row, guint level)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i <= level; i++)
    {
      g_autofree char *part =
          cc_report_level_text (content, grid, grid->result->rows->pdata[row], FALSE, i);

      g_string_append_printf (text, "%s\n", part != NULL ? part : "");
    }
  return g_string_free (text, FALSE);
}

/* Last row of the run that shares its outer labels with `row`; -1 where the run began earlier. */
int
cc_report_find_run (const CcReportContent *content,
                    const CcReportGrid    *grid,
                    guint                  row,
                    guint                  level)
{
  g_autofree char *text = outer_text (content, grid, row, level);
  guint            last = row;

  if (row > 0)
    {
      g_autofree char *before = outer_text (content, grid, row - 1, level);

      if (strcmp (before, text) == 0)
        return -1;
    }
  while (last + 1 < grid->result->rows->len)
    {
      g_autofree char *after = outer_text (content, grid, last + 1, level);

      if (strcmp (after, text) != 0)
        break;
      last++;
    }
  return (int) last;
}

gboolean
cc_report_has_figure (const CcCell *cell)
{
  return cell->state == CC_CELL_COMPUTED
         || (cell->state == CC_CELL_ENTRY && isfinite (cell->value));
}

/* What a figure needs said beside it: its range, why it was typed, what was counted; or NULL. */
char *
cc_report_cell_comment (const CcReportContent *content,
                        const CcTableResult   *result,
                        const CcCell          *cell)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (cc_report_has_figure (cell) && cell->low < cell->high)
    g_ptr_array_add (lines, cc_report_between (content, cell->low, cell->high));
  if (cc_report_has_figure (cell) && cell->bounds_loose && cell->low < cell->high)
    g_ptr_array_add (lines, g_strdup (cc_report_text (content, "report.loose")));
  if (cell->entry_reason != NULL && *cell->entry_reason != '\0')
    g_ptr_array_add (lines,
                     cc_texts_format (content->texts, "report.entry-reason", content->language,
                                      "reason", cell->entry_reason, NULL));
  if (cell->state == CC_CELL_ENTRY && !result->table->entry && (double) cell->count != cell->value)
    {
      g_autofree char *counted = cc_report_number (content, cell->count);

      g_ptr_array_add (lines, cc_texts_format (content->texts, "report.overridden",
                                               content->language, "count", counted, NULL));
    }
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
