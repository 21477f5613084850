/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that the sheet itself defines ("Format as Table"): where their headers stand, which
 * columns are theirs, and which row is their totals. What programs that do not know such tables
 * wrote below or beside them belongs to them all the same, so a range ends nothing by itself. */
#include "cc-inspect-private.h"

#include <cc/base/cc-text.h>

/* The row that names the columns. */
static guint
header_row (const CcDefinedTable *table)
{
  return table->range.first_row + table->n_header - 1;
}

/* One column is no table of cases, and one without header has nothing to tell. */
static gboolean
is_usable (const CcDefinedTable *table)
{
  return table->n_header > 0 && table->range.last_column > table->range.first_column;
}

static gboolean
holds_row (GPtrArray *rows, guint row)
{
  for (guint i = 0; i < rows->len; i++)
    if (((CcGridRow *) rows->pdata[i])->row == row)
      return TRUE;
  return FALSE;
}

/* Whether most of the row's cells stand in the columns of the table. */
static gboolean
is_above_or_in (const CcDefinedTable *table, const CcGridRow *row)
{
  guint n_inside = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const guint column = g_array_index (row->cells, CcSheetCell, i).column;

      n_inside += column >= table->range.first_column && column <= table->range.last_column;
    }
  return n_inside * 2 >= row->cells->len;
}

/* Whether what was taken for a header is none: nothing, a row above of which too few words are
 * known, or one of the table's own rows. A list of codes beside the cases says nothing about these.
 */
static gboolean
knows_better (CcPack *pack, const CcDefinedTable *table, GPtrArray *rows, const CcHeadFind *head)
{
  const CcGridRow *found;

  if (!head->found)
    return TRUE;
  found = rows->pdata[head->last];
  if (!is_above_or_in (table, found))
    return FALSE;
  if (found->row > header_row (table))
    return found->row <= table->range.last_row;
  return head->by_shape
         || !cc_grid_is_known_header (pack, (const CcSheetCell *) found->cells->data,
                                      found->cells->len);
}

/**
 * cc_defined_find_header:
 * @rows: CcGridRow, the first rows of the sheet
 * @head: what was found without the sheet's word
 *
 * Returns: the row of the header that a table of the sheet has where @head is none, -1 where it may
 *   stay
 */
int
cc_defined_find_header (CcSheetRun *run, GPtrArray *rows, const CcHeadFind *head)
{
  const CcDefinedTable *better = NULL;

  for (guint i = 0; run->defined && i < run->defined->len; i++)
    {
      const CcDefinedTable *table = &g_array_index (run->defined, CcDefinedTable, i);

      if (!is_usable (table) || !holds_row (rows, header_row (table)))
        continue;
      if (head->found && header_row (table) == ((CcGridRow *) rows->pdata[head->last])->row)
        return -1;
      if (!better && knows_better (run->pack, table, rows, head))
        better = table;
    }
  return better ? (int) header_row (better) : -1;
}

/**
 * cc_defined_find:
 * @row: the last row of a header
 *
 * Returns: (transfer none) (nullable): the table of the sheet that has its header there
 */
const CcDefinedTable *
cc_defined_find (CcSheetRun *run, guint row, guint first_column, guint last_column)
{
  for (guint i = 0; run->defined && i < run->defined->len; i++)
    {
      const CcDefinedTable *table = &g_array_index (run->defined, CcDefinedTable, i);

      if (is_usable (table) && header_row (table) == row
          && table->range.first_column >= first_column && table->range.first_column <= last_column)
        return table;
    }
  return NULL;
}

/**
 * cc_defined_parts:
 * @row: the last row of a header
 * @before: a column of it, @column the next one, with an empty one in between
 *
 * Returns: whether a table of the sheet ends or begins in between
 */
gboolean
cc_defined_parts (CcSheetRun *run, guint row, guint before, guint column)
{
  for (guint i = 0; run->defined && i < run->defined->len; i++)
    {
      const CcDefinedTable *table = &g_array_index (run->defined, CcDefinedTable, i);

      if (is_usable (table) && header_row (table) == row
          && (table->range.last_column == before || table->range.first_column == column))
        return TRUE;
    }
  return FALSE;
}

/**
 * cc_defined_begins:
 *
 * Returns: whether the row is the header of a table of the sheet and nothing stands beside it
 */
gboolean
cc_defined_begins (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  const CcDefinedTable *table = cc_defined_find (run, row, 0, G_MAXUINT);

  for (guint i = 0; table && i < n_cells; i++)
    if (!cc_text_is_blank (cells[i].text)
        && (cells[i].column < table->range.first_column
            || cells[i].column > table->range.last_column))
      return FALSE;
  return table && n_cells > 0;
}
