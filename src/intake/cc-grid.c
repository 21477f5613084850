/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-grid-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* Rows among which the header is sought (questionnaires.md 13.3). */
#define HEADER_ROWS 15

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
  for (guint i = 0; i < n_cells && cells[i].column <= column; i++)
    if (cells[i].column == column)
      return cells[i].text;
  return NULL;
}

static const CcSheetCell *
cell_at (CcGridRow *row, guint index)
{
  return &g_array_index (row->cells, CcSheetCell, index);
}

/* Points for a row as a header, 0 where it holds a number or date or fewer than two texts. */
static guint
score_row (CcPack *pack, CcGridRow *row, guint *n_texts, guint *n_others)
{
  guint score = 0;

  *n_texts = *n_others = 0;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const CcSheetCell *cell = cell_at (row, i);

      if (cell->type == CC_SHEET_CELL_TEXT && !cc_cell_is_number (cell, NULL))
        {
          (*n_texts)++;
          score += cc_header_count_known (pack, cell->text);
        }
      else
        (*n_others)++;
    }
  return *n_texts >= 2 && *n_others <= *n_texts / 3 ? score : 0;
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
  return row->hidden || n * 2 >= row->cells->len;
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
  guint      n_texts, n_others;

  if (head->first == head->last && is_machine_row (row) && head->first + 1 < rows->len)
    {
      CcGridRow *below = rows->pdata[head->first + 1];
      guint      score = score_row (pack, below, &n_texts, &n_others);

      if (below->row == row->row + 1 && n_others == 0 && score >= MAX (2, row->cells->len / 2))
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

      if (above->row + 1 == row->row && above->hidden && is_machine_row (above))
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

  if (row->cells->len < 2 || !is_all_text (row))
    return FALSE;
  for (guint i = 0; i < row->cells->len; i++)
    for (guint j = 0; j < i; j++)
      if (cc_text_equal (cell_at (row, i)->text, cell_at (row, j)->text))
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
  guint      best = 0, n_seen = 0;

  for (guint i = 0; i < rows->len && n_seen < HEADER_ROWS; i++)
    {
      CcGridRow *row = rows->pdata[i];
      guint      n_texts, n_others, score;

      if (row->cells->len == 0)
        continue;
      n_seen++;
      if (wanted_row >= 0)
        {
          if (row->row == (guint) wanted_row)
            head = set_header (rows, merges, i);
          continue;
        }
      score = score_row (pack, row, &n_texts, &n_others);
      if (score >= 2 && score > best)
        {
          best = score;
          head = set_header (rows, merges, i);
        }
    }
  for (guint i = 0; !head.found && wanted_row < 0 && i < MIN (rows->len, HEADER_ROWS); i++)
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

CcInspectColumn *
cc_inspect_table_find_column (const CcInspectTable *table, guint column)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *found = table->columns->pdata[i];

      if (found->column == column)
        return found;
    }
  return NULL;
}

static gboolean
is_header_again (const CcInspectTable *table, const CcSheetCell *cells, guint n_cells)
{
  guint n_same = 0, n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      CcInspectColumn *column = cc_inspect_table_find_column (table, cells[i].column);

      if (cc_text_is_blank (cells[i].text))
        continue;
      n_filled++;
      /* Printed again on every page, so letter for letter the same. */
      if (column && cells[i].type == CC_SHEET_CELL_TEXT
          && g_str_has_suffix (column->header, cells[i].text))
        n_same++;
    }
  return n_same >= 2 && n_same * 10 >= n_filled * 6;
}

static gboolean
begins_with_token (CcPack *pack, const char *kind, const char *text)
{
  g_autofree char *folded = cc_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 4);
  g_autoptr (GString) start = g_string_new (NULL);

  for (guint i = 0; words[i] && i < 3; i++)
    {
      g_string_append_printf (start, "%s%s", i > 0 ? " " : "", words[i]);
      if (cc_pack_match_token (pack, kind, start->str))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_example (CcPack *pack, const char *text)
{
  g_autofree char *start = NULL;

  if (strlen (text) < 3 || text[2] != '-')
    return FALSE;
  start = g_strndup (text, 3);
  return cc_pack_match_token (pack, "example-prefix", start) != NULL;
}

static gboolean
is_total_row (CcPack *pack, const CcSheetCell *first, const CcSheetCell *cells, guint n_cells)
{
  if (first->type != CC_SHEET_CELL_TEXT || !cc_word_is_total (pack, first->text))
    return FALSE;
  if (cc_pack_match_token (pack, "total", first->text))
    return TRUE;
  /* "All Saints shelter" begins with a total word and is none: totals have numbers beside them. */
  for (guint i = 0; i < n_cells; i++)
    if (&cells[i] != first && cells[i].type == CC_SHEET_CELL_TEXT
        && !cc_text_is_blank (cells[i].text) && cc_persons_text_read (pack, cells[i].text) < 0)
      return FALSE;
  return TRUE;
}

/* A remark in a row of its own: a long text, or several words, in the first column. */
static gboolean
is_remark (const CcInspectTable *table, const CcSheetCell *cell)
{
  CcInspectColumn *first = table->columns->len > 0 ? table->columns->pdata[0] : NULL;

  return cell->type == CC_SHEET_CELL_TEXT && table->columns->len >= 3
         && (!first || cell->column <= first->column)
         && (strchr (cell->text, ' ') || strchr (cell->text, ':'));
}

/**
 * cc_grid_classify:
 *
 * Returns: what a row below the header is; see CcRowKind
 */
CcRowKind
cc_grid_classify (CcPack               *pack,
                  const CcInspectTable *table,
                  const CcSheetCell    *cells,
                  guint                 n_cells,
                  guint                 row)
{
  const CcSheetCell *first = NULL, *second = NULL;
  guint              n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      if (n_filled == 0)
        first = &cells[i];
      else if (n_filled == 1)
        second = &cells[i];
      n_filled++;
    }
  if (n_filled == 0)
    return CC_ROW_BLANK;
  if (is_total_row (pack, first, cells, n_cells)
      || (second && cc_cell_is_number (first, NULL) && is_total_row (pack, second, cells, n_cells)))
    return CC_ROW_TOTAL;
  if (is_header_again (table, cells, n_cells))
    return CC_ROW_HEADER;
  if (is_example (pack, first->text) || (second && is_example (pack, second->text)))
    return CC_ROW_EXAMPLE;
  if (n_filled == 1 && cc_cell_is_number (first, NULL)
      && (table->serial_column < 0 || first->column == (guint) table->serial_column)
      && (guint) table->columns->len > 1
      && first->column == ((CcInspectColumn *) table->columns->pdata[0])->column)
    return CC_ROW_NUMBERED;
  if (n_filled <= 3 && first->type == CC_SHEET_CELL_TEXT && table->columns->len > 3
      && begins_with_token (pack, "note", first->text))
    return CC_ROW_NOTE;
  if (n_filled == 1 && is_remark (table, first))
    return CC_ROW_NOTE;
  return CC_ROW_DATA;
}

/**
 * cc_grid_starts_table:
 *
 * Returns: whether most cells of the row are known headers, none of them a value
 */
gboolean
cc_grid_starts_table (CcPack               *pack,
                      const CcInspectTable *table,
                      const CcSheetCell    *cells,
                      guint                 n_cells)
{
  guint n_known = 0, n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      n_filled++;
      if (cells[i].type != CC_SHEET_CELL_TEXT || g_utf8_strlen (cells[i].text, -1) > 60)
        return FALSE;
    }
  if (n_filled < 3)
    return FALSE;
  for (guint i = 0; i < n_cells; i++)
    if (!cc_text_is_blank (cells[i].text))
      n_known += cc_header_count_known (pack, cells[i].text) == 2;
  return n_known >= 3 && n_known * 10 >= n_filled * 6 && !is_header_again (table, cells, n_cells);
}
