/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows below a header are. */
#include "cc-grid-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* Of ten cells of a row so many say what the header says, where it is the header again. */
#define HEADER_AGAIN 6

CcInspectColumn *
cc_inspect_table_find_column (const CcInspectTable *table, guint column)
{
  guint low = 0, high = table->columns->len;

  while (low < high)
    {
      guint            middle = (low + high) / 2;
      CcInspectColumn *found = table->columns->pdata[middle];

      if (found->column == column)
        return found;
      if (found->column < column)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* The cells of a row that stand in the columns of the table. */
const CcSheetCell *
cc_grid_slice (const CcInspectTable *table, const CcSheetCell *cells, guint *n_cells)
{
  guint first = 0, end = *n_cells;

  while (first < end && cells[first].column < table->first_column)
    first++;
  while (end > first && cells[end - 1].column > table->last_column)
    end--;
  *n_cells = end - first;
  return cells + first;
}

/* Whether a cell says what the header of its column says, in whatever case and accents. */
static gboolean
is_label (const CcInspectColumn *column, const char *text)
{
  const guchar a = (guchar) column->label[0], b = (guchar) text[0];

  /* Nearly all cells differ in their first letter; folding each would cost more than reading. */
  if (a < 0x80 && b < 0x80 && g_ascii_toupper ((char) a) != g_ascii_toupper ((char) b))
    return FALSE;
  return cc_text_equal (column->label, text);
}

/**
 * cc_grid_repeats_header:
 * @tenths: how many of ten cells must say what the header says
 *
 * Headers are printed again on every page, at times in capitals.
 */
gboolean
cc_grid_repeats_header (const CcInspectTable *table,
                        const CcSheetCell    *cells,
                        guint                 n_cells,
                        guint                 tenths)
{
  guint n_same = 0, n_filled = 0, n_other = 0, at = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const CcInspectColumn *column;

      if (cc_text_is_blank (cells[i].text))
        continue;
      n_filled++;
      while (at < table->columns->len
             && ((CcInspectColumn *) table->columns->pdata[at])->column < cells[i].column)
        at++;
      column = at < table->columns->len ? table->columns->pdata[at] : NULL;
      if (column && column->column == cells[i].column && column->label
          && cells[i].type == CC_SHEET_CELL_TEXT && is_label (column, cells[i].text))
        n_same++;
      else if (++n_other * 10 > n_cells * (10 - tenths))
        return FALSE;
    }
  return n_same >= 2 && n_same * 10 >= n_filled * tenths;
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

static gboolean
is_nil_word (CcPack *pack, const char *text)
{
  if (strlen (text) > 60 || strpbrk (text, "0123456789"))
    return FALSE;
  return cc_pack_match_token (pack, "nil-return", text) || cc_pack_match_token (pack, "none", text);
}

/**
 * cc_grid_says_nil:
 *
 * Returns: whether a text says that there was nothing to report: "NEANT", "RAS", "Brigade 3: nil"
 */
gboolean
cc_grid_says_nil (CcPack *pack, const char *text)
{
  const char *colon = strrchr (text, ':');

  return is_nil_word (pack, text) || begins_with_token (pack, "nil-return", text)
         || (colon && is_nil_word (pack, colon + 1));
}

/* Nothing but words for nothing, beside a running number at most. */
static gboolean
is_nil_row (CcPack *pack, const CcSheetCell *cells, guint n_cells, guint n_filled)
{
  guint n_nil = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      if (cells[i].type == CC_SHEET_CELL_TEXT
          && (n_filled == 1 ? cc_grid_says_nil (pack, cells[i].text)
                            : is_nil_word (pack, cells[i].text)))
        n_nil++;
      else if (n_nil > 0 || !cc_cell_is_number (&cells[i], NULL))
        return FALSE;
    }
  return n_nil > 0 && n_nil + 1 >= n_filled;
}

/* Where the sheet says that the totals of its table stand: a label at most, and numbers. A program
 * that does not know such tables may have put a row of data there. */
static gboolean
is_totals_row (const CcInspectTable *table, const CcSheetCell *cells, guint n_cells, guint row)
{
  guint n_texts = 0;

  if (table->totals_row < 0 || (guint) table->totals_row != row)
    return FALSE;
  for (guint i = 0; i < n_cells; i++)
    n_texts += !cc_text_is_blank (cells[i].text) && !cc_cell_is_number (&cells[i], NULL);
  return n_texts <= 1;
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
  if (is_totals_row (table, cells, n_cells, row) || is_total_row (pack, first, cells, n_cells)
      || (second && cc_cell_is_number (first, NULL) && is_total_row (pack, second, cells, n_cells)))
    return CC_ROW_TOTAL;
  if (cc_grid_repeats_header (table, cells, n_cells, HEADER_AGAIN))
    return CC_ROW_HEADER;
  if (is_example (pack, first->text) || (second && is_example (pack, second->text)))
    return CC_ROW_EXAMPLE;
  if (n_filled == 1 && cc_cell_is_number (first, NULL)
      && (table->serial_column < 0 || first->column == (guint) table->serial_column)
      && (guint) table->columns->len > 1
      && first->column == ((CcInspectColumn *) table->columns->pdata[0])->column)
    return CC_ROW_NUMBERED;
  if (is_nil_row (pack, cells, n_cells, n_filled))
    return CC_ROW_NIL;
  if (n_filled <= 3 && first->type == CC_SHEET_CELL_TEXT && table->columns->len > 3
      && begins_with_token (pack, "note", first->text))
    return CC_ROW_NOTE;
  if (n_filled == 1 && is_remark (table, first))
    return CC_ROW_NOTE;
  return CC_ROW_DATA;
}

/**
 * cc_grid_is_known_header:
 *
 * Returns: whether most cells of the row are known headers, none of them a value
 */
gboolean
cc_grid_is_known_header (CcPack *pack, const CcSheetCell *cells, guint n_cells)
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
  return n_known >= 3 && n_known * 10 >= n_filled * 6;
}
