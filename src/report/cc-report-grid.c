/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

/* More columns than this do not print legibly on one page: years then stand below each other. */
#define MAX_COLUMNS 14

static gboolean
block_has_period (GPtrArray *blocks, guint block)
{
  GPtrArray *axes;

  if (block >= blocks->len)
    return FALSE;
  axes = blocks->pdata[block];
  for (guint i = 0; i < axes->len; i++)
    if (((CcResultAxis *) axes->pdata[i])->period)
      return TRUE;
  return FALSE;
}

/* The axis behind a part of a heading: parts leave the period out. */
static const CcResultAxis *
find_axis (GPtrArray *blocks, guint block, guint part)
{
  GPtrArray *axes = block < blocks->len ? blocks->pdata[block] : NULL;

  for (guint i = 0; axes != NULL && i < axes->len; i++)
    {
      CcResultAxis *axis = axes->pdata[i];

      if (!axis->period && part-- == 0)
        return axis;
    }
  return NULL;
}

static gboolean
period_is_additive (GPtrArray *blocks, guint block)
{
  GPtrArray *axes = block < blocks->len ? blocks->pdata[block] : NULL;

  for (guint i = 0; axes != NULL && i < axes->len; i++)
    if (((CcResultAxis *) axes->pdata[i])->period)
      return ((CcResultAxis *) axes->pdata[i])->additive;
  return FALSE;
}

/* Label columns: one for each row axis. */
guint
cc_report_result_labels (const CcTableResult *result)
{
  guint labels = 1;

  for (guint i = 0; i < result->row_blocks->len; i++)
    labels = MAX (labels, ((GPtrArray *) result->row_blocks->pdata[i])->len);
  return labels;
}

/* The row of a block in which every axis is summed over; -1 where none is printed. */
int
cc_report_result_total_row (const CcTableResult *result, guint block)
{
  for (guint i = 0; i < result->rows->len; i++)
    {
      const CcHeading *heading = result->rows->pdata[i];
      gboolean         all = heading->block == block;

      for (guint p = 0; all && heading->parts != NULL && heading->parts[p] != NULL; p++)
        all = strcmp (heading->parts[p], "total") == 0;
      if (all && strcmp (heading->code, "total") != 0
          && (heading->parts == NULL || heading->parts[0] == NULL))
        all = FALSE;
      if (all)
        return (int) i;
    }
  return -1;
}

char *
cc_report_cell_name (guint row, guint column)
{
  char  letters[8] = "";
  guint n = sizeof letters - 1;

  for (guint c = column + 1; c > 0 && n > 0; c = (c - 1) / 26)
    letters[--n] = (char) ('A' + (c - 1) % 26);
  return g_strdup_printf ("%s%u", letters + n, row + 1);
}

/**
 * cc_report_heading_code:
 *
 * The machine code of a row or column: `[PERIOD|][BLOCK/]CODE`, the block only where several are
 * joined.
 *
 * Returns: (transfer full): the code
 */
char *
cc_report_heading_code (const CcTableResult *result,
                        const CcHeading     *heading,
                        gboolean             of_columns,
                        gboolean             with_period)
{
  GPtrArray *blocks = of_columns ? result->col_blocks : result->row_blocks;
  GString   *code = g_string_new (NULL);

  if (with_period && block_has_period (blocks, heading->block))
    g_string_append_printf (code, "%s|",
                            heading->period >= 0
                                ? g_array_index (result->periods, CcPeriod, heading->period).code
                                : "total");
  if (blocks->len > 1)
    g_string_append_printf (code, "%u/", heading->block + 1);
  g_string_append (code, heading->code);
  return g_string_free (code, FALSE);
}

CcReportGroup *
cc_report_grid_group (const CcReportGrid *self, guint group)
{
  return &g_array_index (self->groups, CcReportGroup, group);
}

static void
add_group (CcReportGrid *self)
{
  CcReportGroup group = { .col_of_place = g_new0 (guint, MAX (self->result->cols->len, 1)) };

  g_array_append_val (self->groups, group);
}

static void
place_col (CcReportGrid *self, guint col, guint group)
{
  CcReportGroup *to = cc_report_grid_group (self, group);

  self->group_of_col[col] = group;
  self->place_of_col[col] = to->n_places;
  to->col_of_place[to->n_places++] = col;
  self->max_places = MAX (self->max_places, to->n_places);
}

static void
start_single_band (CcReportGrid *self)
{
  self->n_bands = 1;
  self->band_period = g_new0 (int, 1);
  self->band_period[0] = -1;
  add_group (self);
}

static void
place_side_by_side (CcReportGrid *self)
{
  start_single_band (self);
  for (guint col = 0; col < self->result->cols->len; col++)
    place_col (self, col, 0);
}

/* As many years beside each other as a page takes; columns come year by year. */
static void
place_in_groups (CcReportGrid *self)
{
  const CcTableResult *result = self->result;
  guint                group = 0;

  start_single_band (self);
  for (guint col = 0; col < result->cols->len;)
    {
      int   period = ((CcHeading *) result->cols->pdata[col])->period;
      guint end = col;

      while (end < result->cols->len && ((CcHeading *) result->cols->pdata[end])->period == period)
        end++;
      if (cc_report_grid_group (self, group)->n_places > 0
          && cc_report_grid_group (self, group)->n_places + end - col > MAX_COLUMNS)
        {
          add_group (self);
          group++;
        }
      for (; col < end; col++)
        place_col (self, col, group);
    }
}

static void
place_below (CcReportGrid *self)
{
  const CcTableResult *result = self->result;
  guint                n = result->cols->len;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->band_period = g_new0 (int, n);
  add_group (self);
  for (guint j = 0; j < n; j++)
    {
      const CcHeading *heading = result->cols->pdata[j];
      char            *code = cc_report_heading_code (result, heading, TRUE, FALSE);
      gpointer         place;
      guint            band = 0;

      while (band < self->n_bands && self->band_period[band] != heading->period)
        band++;
      if (band == self->n_bands)
        self->band_period[self->n_bands++] = heading->period;
      self->band_of_col[j] = band;
      if (g_hash_table_lookup_extended (places, code, NULL, &place))
        {
          self->place_of_col[j] = GPOINTER_TO_UINT (place);
          g_free (code);
        }
      else
        {
          place_col (self, j, 0);
          g_hash_table_insert (places, code, GUINT_TO_POINTER (self->place_of_col[j]));
        }
    }
}

/* Columns of one year. */
static guint
year_width (const CcTableResult *result)
{
  guint width = 0;

  while (width < result->cols->len
         && ((CcHeading *) result->cols->pdata[width])->period
                == ((CcHeading *) result->cols->pdata[0])->period)
    width++;
  return width;
}

static CcReportFold
choose_fold (const CcTableResult *result)
{
  if (result->cols->len <= MAX_COLUMNS || result->col_blocks->len == 0)
    return CC_FOLD_NONE;
  for (guint i = 0; i < result->col_blocks->len; i++)
    {
      GPtrArray *axes = result->col_blocks->pdata[i];

      if (axes->len < 2 || !((CcResultAxis *) axes->pdata[0])->period)
        return CC_FOLD_NONE;
    }
  /* Several blocks repeat the years, so only bands bring together what belongs together. */
  return result->col_blocks->len == 1 && 2 * year_width (result) <= MAX_COLUMNS ? CC_FOLD_GROUPS
                                                                                : CC_FOLD_BANDS;
}

static void
clear_group (gpointer data)
{
  g_free (((CcReportGroup *) data)->col_of_place);
}

static gboolean
has_bounds (const CcTableResult *result)
{
  for (guint i = 0; i < result->rows->len * result->cols->len; i++)
    if (result->cells[i].low < result->cells[i].high)
      return TRUE;
  return FALSE;
}

static guint
count_levels (const CcReportGrid *self)
{
  guint levels = 1;

  for (guint i = 0; i < self->result->col_blocks->len; i++)
    levels = MAX (levels, ((GPtrArray *) self->result->col_blocks->pdata[i])->len
                              - (self->fold == CC_FOLD_BANDS ? 1 : 0));
  return levels;
}

/**
 * cc_report_grid_new:
 * @n_labels_of_sheet: label columns of the sheet: data of all its tables begin below each other
 * @blank: for typing, with live differences
 *
 * Returns: (transfer full): the plan; @result must outlive it
 */
CcReportGrid *
cc_report_grid_new (const CcTableResult *result, guint n_labels_of_sheet, gboolean blank)
{
  CcReportGrid *self = g_new0 (CcReportGrid, 1);
  guint         n = MAX (result->cols->len, 1);

  self->result = result;
  self->n_labels = cc_report_result_labels (result);
  self->first_data = CC_REPORT_LABEL_COLUMN + n_labels_of_sheet;
  self->band_of_col = g_new0 (guint, n);
  self->place_of_col = g_new0 (guint, n);
  self->group_of_col = g_new0 (guint, n);
  self->groups = g_array_new (FALSE, TRUE, sizeof (CcReportGroup));
  g_array_set_clear_func (self->groups, clear_group);
  self->fold = choose_fold (result);
  self->bounds = has_bounds (result) && cc_report_result_total_row (result, 0) >= 0
                 && result->row_blocks->len <= 1;
  if (self->fold == CC_FOLD_BANDS)
    place_below (self);
  else if (self->fold == CC_FOLD_GROUPS)
    place_in_groups (self);
  else
    place_side_by_side (self);
  self->n_levels = count_levels (self);
  if (blank && cc_report_result_total_row (result, 0) > 0 && result->row_blocks->len == 1)
    {
      g_autoptr (GArray) parts =
          cc_report_grid_parts (self, (guint) cc_report_result_total_row (result, 0), 0, TRUE);

      self->differences = parts != NULL;
    }
  return self;
}

void
cc_report_grid_free (CcReportGrid *self)
{
  if (self == NULL)
    return;
  g_free (self->band_period);
  g_free (self->band_of_col);
  g_free (self->place_of_col);
  g_free (self->group_of_col);
  g_array_unref (self->groups);
  g_free (self);
}

guint
cc_report_grid_band_height (const CcReportGrid *self)
{
  return (self->fold == CC_FOLD_BANDS ? 1 : 0) + self->result->rows->len + (self->bounds ? 2 : 0)
         + (self->differences ? 1 : 0);
}

/* Fixes the rows: of each group its machine row, its header, its bands; an empty row between. */
void
cc_report_grid_place (CcReportGrid *self, guint machine_row)
{
  guint row = machine_row;

  for (guint i = 0; i < self->groups->len; i++)
    {
      CcReportGroup *group = cc_report_grid_group (self, i);

      group->machine_row = row;
      group->data_row = row + 1 + self->n_levels;
      self->end_row = group->data_row + self->n_bands * cc_report_grid_band_height (self);
      row = self->end_row + 1;
    }
}

/* First line of a band: its heading where years stand below each other. */
guint
cc_report_grid_band_row (const CcReportGrid *self, guint group, guint band)
{
  return cc_report_grid_group (self, group)->data_row + band * cc_report_grid_band_height (self);
}

void
cc_report_grid_cell (const CcReportGrid *self, guint row, guint col, guint *r, guint *c)
{
  *r = cc_report_grid_band_row (self, self->group_of_col[col], self->band_of_col[col])
       + (self->fold == CC_FOLD_BANDS ? 1 : 0) + row;
  *c = self->first_data + self->place_of_col[col];
}

char *
cc_report_grid_row_code (const CcReportGrid *self, guint row, guint band)
{
  const CcTableResult *result = self->result;
  g_autofree char *code = cc_report_heading_code (result, result->rows->pdata[row], FALSE, TRUE);

  if (self->fold != CC_FOLD_BANDS)
    return g_steal_pointer (&code);
  return g_strdup_printf ("%s|%s",
                          self->band_period[band] >= 0
                              ? g_array_index (result->periods, CcPeriod, self->band_period[band])
                                    .code
                              : "total",
                          code);
}

char *
cc_report_grid_place_code (const CcReportGrid *self, guint group, guint place)
{
  guint col = cc_report_grid_group (self, group)->col_of_place[place];

  return cc_report_heading_code (self->result, self->result->cols->pdata[col], TRUE,
                                 self->fold != CC_FOLD_BANDS);
}

/* Whether `other` is one of the parts that `total` sums over along its one total axis. Sets
 * *additive to whether that axis adds up. */
static gboolean
is_part_of (GPtrArray *blocks, const CcHeading *total, const CcHeading *other, gboolean *additive)
{
  int along = -1;

  if (total->block != other->block || total == other)
    return FALSE;
  for (guint p = 0; total->parts != NULL && total->parts[p] != NULL; p++)
    {
      if (strcmp (total->parts[p], other->parts[p]) == 0)
        continue;
      if (along >= 0 || strcmp (total->parts[p], "total") != 0)
        return FALSE;
      along = (int) p;
    }
  if (total->period != other->period)
    {
      if (along >= 0 || total->period >= 0)
        return FALSE;
      *additive = period_is_additive (blocks, total->block);
      return TRUE;
    }
  if (along < 0)
    return FALSE;
  *additive = find_axis (blocks, total->block, (guint) along) != NULL
              && find_axis (blocks, total->block, (guint) along)->additive;
  return TRUE;
}

/* The period axis first, then the outermost part: one axis at a time, so that a sum over two axes
 * is a sum of sums. */
static int
axis_of_part (const CcHeading *total, const CcHeading *other)
{
  if (total->period != other->period)
    return 0;
  for (guint p = 0; total->parts != NULL && total->parts[p] != NULL; p++)
    if (strcmp (total->parts[p], other->parts[p]) != 0)
      return (int) p + 1;
  return -1;
}

/**
 * cc_report_grid_parts:
 * @by_rows: along the rows; else along the columns
 *
 * Returns: (transfer full) (nullable): the cells (CcReportPart) whose sum a total is, where its
 * axis adds up; %NULL where the cell is no such total
 */
GArray *
cc_report_grid_parts (const CcReportGrid *self, guint row, guint col, gboolean by_rows)
{
  const CcTableResult *result = self->result;
  GPtrArray           *headings = by_rows ? result->rows : result->cols;
  GPtrArray           *blocks = by_rows ? result->row_blocks : result->col_blocks;
  const CcHeading     *total = headings->pdata[by_rows ? row : col];
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (CcReportPart));
  int axis = -1;

  if (!total->total)
    return NULL;
  for (guint i = 0; i < headings->len; i++)
    {
      const CcHeading *other = headings->pdata[i];
      gboolean         additive = FALSE;
      CcReportPart     part = { by_rows ? i : row, by_rows ? col : i };

      if (!is_part_of (blocks, total, other, &additive) || !additive)
        continue;
      if (axis < 0)
        axis = axis_of_part (total, other);
      if (axis_of_part (total, other) == axis)
        g_array_append_val (parts, part);
    }
  return parts->len > 0 ? g_steal_pointer (&parts) : NULL;
}

/**
 * cc_report_grid_sum:
 *
 * Returns: (transfer full): "=SUM(C5:C11)" over the cells, runs written as ranges
 */
char *
cc_report_grid_sum (const CcReportGrid *self, GArray *parts)
{
  GString *sum = g_string_new ("=SUM(");

  for (guint i = 0; i < parts->len;)
    {
      const CcReportPart *first = &g_array_index (parts, CcReportPart, i);
      guint               r, c, end_r, end_c, next_r, next_c;
      guint               last = i;
      g_autofree char    *from = NULL;
      g_autofree char    *to = NULL;

      cc_report_grid_cell (self, first->row, first->col, &r, &c);
      end_r = r;
      end_c = c;
      while (last + 1 < parts->len)
        {
          const CcReportPart *next = &g_array_index (parts, CcReportPart, last + 1);

          cc_report_grid_cell (self, next->row, next->col, &next_r, &next_c);
          if (!((next_c == c && end_c == c && next_r == end_r + 1)
                || (next_r == r && end_r == r && next_c == end_c + 1)))
            break;
          end_r = next_r;
          end_c = next_c;
          last++;
        }
      from = cc_report_cell_name (r, c);
      to = cc_report_cell_name (end_r, end_c);
      g_string_append_printf (sum, "%s%s", i > 0 ? "," : "", from);
      if (last > i)
        g_string_append_printf (sum, ":%s", to);
      i = last + 1;
    }
  g_string_append_c (sum, ')');
  return g_string_free (sum, FALSE);
}
