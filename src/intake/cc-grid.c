/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-grid-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-number-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* Rows among which the header is sought. */
#define HEADER_ROWS CC_GRID_HEAD_ROWS
/* Rows below a row of known headers that may still prove to be the better header. */
#define BETTER_ROWS 2
/* Further down than this a header must be a sure one. */
#define NEAR_ROWS 15
/* Cells of a row looked at: a header that is wider is known by then. */
#define HEADER_CELLS 200

static void
clear_cell (gpointer data)
{
  g_free ((char *) ((CcSheetCell *) data)->text);
}

CcGridRow *
cc_grid_row_copy (const CcSheetRow *row)
{
  CcGridRow *self = g_new0 (CcGridRow, 1);

  self->row = row->row;
  self->hidden = row->hidden;
  self->cells = g_array_new (FALSE, FALSE, sizeof (CcSheetCell));
  g_array_set_clear_func (self->cells, clear_cell);
  for (guint i = 0; i < row->n_cells; i++)
    {
      CcSheetCell cell = row->cells[i];

      if (cc_text_is_blank (cell.text))
        continue;
      cell.text = cc_text_collapse (cell.text);
      g_array_append_val (self->cells, cell);
    }
  return self;
}

void
cc_grid_row_free (CcGridRow *self)
{
  if (!self)
    return;
  g_array_unref (self->cells);
  g_free (self);
}

gboolean
cc_cell_is_number (const CcSheetCell *cell, double *number)
{
  g_autofree char *western = NULL;
  char            *end;
  double           value;

  if (cell->type == CC_SHEET_CELL_NUMBER)
    {
      if (number)
        *number = cell->number;
      return TRUE;
    }
  if (cell->type != CC_SHEET_CELL_TEXT || g_unichar_digit_value (g_utf8_get_char (cell->text)) < 0)
    return FALSE;
  western = cc_text_western_digits (cell->text);
  value = g_ascii_strtod (western, &end);
  if (end == western || *end != '\0')
    return FALSE;
  if (number)
    *number = value;
  return TRUE;
}

const char *
cc_cells_find (const CcSheetCell *cells, guint n_cells, guint column)
{
  guint low = 0, high = n_cells;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cells[middle].column == column)
        return cells[middle].text;
      if (cells[middle].column < column)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static const CcSheetCell *
cell_at (CcGridRow *row, guint index)
{
  return &g_array_index (row->cells, CcSheetCell, index);
}

/* Years side by side ("2021 | 2022 | 2023") are headers and no values. */
static gboolean
is_year_header (CcGridRow *row, guint index)
{
  double number, other;

  if (!cc_cell_is_number (cell_at (row, index), &number) || number < 1990 || number > 2100)
    return FALSE;
  if (index > 0 && cc_cell_is_number (cell_at (row, index - 1), &other))
    return ABS (other - number) == 1;
  return index + 1 < row->cells->len && cc_cell_is_number (cell_at (row, index + 1), &other)
         && ABS (other - number) == 1;
}

/* What speaks for a row as a header. */
typedef struct
{
  guint score; /* 0 where it holds numbers or dates or fewer than two texts */
  guint n_texts;
  guint n_others;
  guint n_known;
} HeaderScore;

static HeaderScore
score_row (CcPack *pack, CcGridRow *row)
{
  HeaderScore found = { 0 };
  guint       n_years = 0;
  guint       n_cells = MIN (row->cells->len, HEADER_CELLS);

  for (guint i = 0; i < n_cells; i++)
    {
      const CcSheetCell *cell = cell_at (row, i);

      if (cell->type == CC_SHEET_CELL_TEXT && !cc_cell_is_number (cell, NULL))
        found.n_texts++;
      else if (is_year_header (row, i))
        n_years++;
      else
        found.n_others++;
    }
  if (found.n_texts + n_years < 2 || found.n_texts == 0
      || found.n_others > (found.n_texts + n_years) / 3)
    return found;
  for (guint i = 0; i < n_cells; i++)
    {
      const CcSheetCell *cell = cell_at (row, i);
      guint points = cell->type == CC_SHEET_CELL_TEXT && !cc_cell_is_number (cell, NULL)
                         ? cc_header_count_known (pack, cell->text)
                         : 0;

      found.score += points;
      found.n_known += points == 2;
    }
  found.score += n_years;
  found.n_texts += n_years;
  return found;
}

/* Most of its cells are known headers: what stands further down belongs to another table. */
static gboolean
is_surely_header (const HeaderScore *found)
{
  return found->n_known >= 3 && found->n_known * 10 >= found->n_texts * 6;
}

/* Machine names have no spaces and hold an underscore; template files put them in a hidden row. */
static gboolean
is_machine_row (CcGridRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const CcSheetCell *cell = cell_at (row, i);

      if (strchr (cell->text, ' '))
        return FALSE;
      n += strchr (cell->text, '_') != NULL;
    }
  return row->hidden || (n > 0 && n * 2 >= row->cells->len);
}

static const CcMerge *
find_merge (GArray *merges, guint row, guint column)
{
  for (guint i = 0; merges && i < merges->len; i++)
    {
      const CcMerge *merge = &g_array_index (merges, CcMerge, i);

      if (row >= merge->first_row && row <= merge->last_row && column >= merge->first_column
          && column <= merge->last_column)
        return merge;
    }
  return NULL;
}

/* Whether the row groups columns: a cell merged over several columns, beside other cells. */
static gboolean
has_groups (CcGridRow *row, GArray *merges)
{
  if (row->cells->len < 2)
    return FALSE;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const CcMerge *merge = find_merge (merges, row->row, cell_at (row, i)->column);

      if (merge && merge->last_column > merge->first_column)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_all_text (CcGridRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (cell_at (row, i)->type != CC_SHEET_CELL_TEXT || cc_cell_is_number (cell_at (row, i), NULL)
        || g_utf8_strlen (cell_at (row, i)->text, -1) > 60)
      return FALSE;
  return row->cells->len > 0;
}

/* Rows of one header touch and group columns; the header takes up to three of them. */
static void
extend_header (GPtrArray *rows, GArray *merges, CcHeadFind *head)
{
  while (head->first > 0 && head->last - head->first < 2)
    {
      CcGridRow *above = rows->pdata[head->first - 1];
      CcGridRow *top = rows->pdata[head->first];

      if (above->row + 1 != top->row || !is_all_text (above) || !has_groups (above, merges))
        break;
      head->first--;
    }
  while (head->last + 1 < rows->len && head->last - head->first < 2)
    {
      CcGridRow *bottom = rows->pdata[head->last];
      CcGridRow *below = rows->pdata[head->last + 1];

      if (bottom->row + 1 != below->row || !has_groups (bottom, merges) || !is_all_text (below))
        break;
      head->last++;
    }
}

static CcHeadFind
set_header (GPtrArray *rows, GArray *merges, guint position)
{
  CcHeadFind head = { TRUE, position, position, -1, FALSE };

  extend_header (rows, merges, &head);
  return head;
}

/* A machine row stands above the labels people read; both are kept. */
static void
split_machine_row (CcPack *pack, GPtrArray *rows, GArray *merges, CcHeadFind *head)
{
  CcGridRow *row = rows->pdata[head->first];

  if (head->first == head->last && is_machine_row (row) && head->first + 1 < rows->len)
    {
      CcGridRow  *below = rows->pdata[head->first + 1];
      HeaderScore found = score_row (pack, below);

      if (below->row == row->row + 1 && found.n_others == 0
          && found.score >= MAX (2, row->cells->len / 2))
        {
          int machine = (int) head->first;

          *head = set_header (rows, merges, head->first + 1);
          head->first = MAX (head->first, (guint) machine + 1);
          head->machine = machine;
          return;
        }
    }
  if (head->first > 0 && head->machine < 0)
    {
      CcGridRow *above = rows->pdata[head->first - 1];

      if (above->row + 1 == row->row && above->cells->len > 1 && is_machine_row (above))
        head->machine = (int) head->first - 1;
    }
}

/* Where no word is known: the first row of two or more different short texts with a fuller or
 * equally full row below. */
static gboolean
looks_like_header (GPtrArray *rows, guint position)
{
  CcGridRow *row = rows->pdata[position];
  CcGridRow *below = position + 1 < rows->len ? rows->pdata[position + 1] : NULL;
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (row->cells->len < 2 || !is_all_text (row))
    return FALSE;
  for (guint i = 0; i < row->cells->len; i++)
    if (!g_hash_table_add (texts, cc_text_fold (cell_at (row, i)->text)))
      return FALSE;
  return !below || below->cells->len * 2 >= row->cells->len;
}

/**
 * cc_grid_find_header:
 * @rows: CcGridRow, the first rows of a sheet
 * @merges: (nullable): CcMerge
 * @wanted_row: the row a person named (from 0), -1 for none
 *
 * Scores the first rows by how many cells are known headers; the best row wins, the first of equal
 * ones, then rows that group its columns join it.
 */
CcHeadFind
cc_grid_find_header (CcPack *pack, GPtrArray *rows, GArray *merges, int wanted_row)
{
  CcHeadFind head = { FALSE, 0, 0, -1, FALSE };
  guint      best = 0, n_seen = 0, sure = G_MAXUINT;

  for (guint i = 0; i < rows->len && n_seen < HEADER_ROWS; i++)
    {
      CcGridRow  *row = rows->pdata[i];
      HeaderScore found;

      if (row->cells->len == 0)
        continue;
      n_seen++;
      if (wanted_row >= 0)
        {
          if (row->row == (guint) wanted_row)
            head = set_header (rows, merges, i);
          continue;
        }
      if (sure != G_MAXUINT && row->row > sure + BETTER_ROWS)
        break;
      found = score_row (pack, row);
      if (found.score >= 2 && found.score > best
          && (n_seen <= NEAR_ROWS || is_surely_header (&found)))
        {
          best = found.score;
          head = set_header (rows, merges, i);
          if (sure == G_MAXUINT && is_surely_header (&found))
            sure = row->row;
        }
    }
  for (guint i = 0; !head.found && wanted_row < 0 && i < MIN (rows->len, NEAR_ROWS); i++)
    if (looks_like_header (rows, i))
      {
        head = set_header (rows, merges, i);
        head.by_shape = TRUE;
      }
  if (head.found)
    split_machine_row (pack, rows, merges, &head);
  return head;
}

static const char *
text_with_merge (GPtrArray *rows, guint position, GArray *merges, guint column)
{
  CcGridRow     *row = rows->pdata[position];
  const char    *text = cc_cells_find ((CcSheetCell *) row->cells->data, row->cells->len, column);
  const CcMerge *merge = text ? NULL : find_merge (merges, row->row, column);

  if (!merge)
    return text;
  for (guint i = 0; i < rows->len; i++)
    {
      CcGridRow *origin = rows->pdata[i];

      if (origin->row == merge->first_row)
        return cc_cells_find ((CcSheetCell *) origin->cells->data, origin->cells->len,
                              merge->first_column);
    }
  return NULL;
}

/**
 * cc_grid_join_header:
 *
 * Returns: (transfer full): header rows of one column joined top-down by " / ", what a merged cell
 * says counted for each of its columns and only once for each of its rows
 */
char *
cc_grid_join_header (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column)
{
  g_autoptr (GString) header = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = head->first; i <= head->last; i++)
    {
      const char *text = text_with_merge (rows, i, merges, column);

      if (!text || (last && g_str_equal (text, last)))
        continue;
      g_string_append_printf (header, "%s%s", header->len > 0 ? " / " : "", text);
      last = text;
    }
  return g_string_free (g_steal_pointer (&header), FALSE);
}

/**
 * cc_grid_header_label:
 *
 * Returns: (nullable): what stands in the last header row that says something of one column
 */
const char *
cc_grid_header_label (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column)
{
  const char *label = NULL;

  for (guint i = head->last + 1; i > head->first && !label; i--)
    label = text_with_merge (rows, i - 1, merges, column);
  return label;
}

/**
 * cc_grid_header_leaf:
 *
 * Returns: (transfer full) (nullable): what the last header row says of one column, %NULL where the
 * rows above say nothing else
 */
char *
cc_grid_header_leaf (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column)
{
  const char *leaf = text_with_merge (rows, head->last, merges, column);

  for (guint i = head->first; leaf && i < head->last; i++)
    {
      const char *text = text_with_merge (rows, i, merges, column);

      if (text && !g_str_equal (text, leaf))
        return g_strdup (leaf);
    }
  return NULL;
}
