/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sheet read once: where its tables begin and end. */
#include "cc-inspect-private.h"

#include <cc/base/cc-text.h>

/* A heading is a short text: "Suspects", "Victimes identifiées". */
#define HEADING_LETTERS 60

/* Of ten cells of a header so many say what the header above says, where the list goes on. */
#define SAME_TABLE 8

static CcInspectTable *
first_table (CcSheetRun *run)
{
  return cc_table_run_get_table (run->tables->pdata[0]);
}

static void
finish_tables (CcSheetRun *run)
{
  for (guint i = 0; run->tables && i < run->tables->len; i++)
    cc_table_run_finish (run->tables->pdata[i]);
  g_clear_pointer (&run->tables, g_ptr_array_unref);
}

/* The row's only text; NULL where it has more cells, or another kind of cell. */
static const CcSheetCell *
only_text (const CcSheetCell *cells, guint n_cells)
{
  const CcSheetCell *only = NULL;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      if (only)
        return NULL;
      only = &cells[i];
    }
  return only && only->type == CC_SHEET_CELL_TEXT && !cc_cell_is_number (only, NULL) ? only : NULL;
}

static void
add_plain_row (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  gboolean any = FALSE;

  run->after_end = FALSE;
  for (guint i = 0; i < run->tables->len; i++)
    {
      CcTableRun        *table = run->tables->pdata[i];
      guint              n = n_cells;
      const CcSheetCell *own = cc_grid_slice (cc_table_run_get_table (table), cells, &n);
      CcRowKind          kind = cc_table_run_add (table, own, n, row);

      any = any || kind != CC_ROW_BLANK;
      run->after_end = run->after_end || kind == CC_ROW_TOTAL || kind == CC_ROW_NOTE;
    }
  if (any)
    run->previous_row = row;
}

/* The row that was held back is one of the table's own after all. */
static void
release_held (CcSheetRun *run)
{
  g_autoptr (GPtrArray) only = NULL;
  CcGridRow *held = g_steal_pointer (&run->held);
  gboolean   hidden = run->row_hidden;

  if (!held)
    return;
  only = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_grid_row_free);
  g_ptr_array_add (only, held);
  run->row_hidden = held->hidden;
  add_plain_row (run, (CcSheetCell *) held->cells->data, held->cells->len, held->row);
  run->after_end = TRUE;
  run->row_hidden = hidden;
}

/* Another table below: its header stands behind a gap, a heading or a total, or in bold; or the
 * sheet calls it one. */
static gboolean
starts_table (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  gboolean bold = n_cells > 0 && cells[0].flags & CC_SHEET_CELL_BOLD;

  if (!cc_defined_begins (run, cells, n_cells, row))
    {
      if (row <= run->previous_row + 1 && !run->held && !run->after_end && !bold)
        return FALSE;
      if (!cc_grid_is_known_header (run->pack, cells, n_cells))
        return FALSE;
    }
  for (guint i = 0; i < run->tables->len; i++)
    {
      guint              n = n_cells;
      CcInspectTable    *table = cc_table_run_get_table (run->tables->pdata[i]);
      const CcSheetCell *own = cc_grid_slice (table, cells, &n);

      if (cc_grid_repeats_header (table, own, n, SAME_TABLE))
        return FALSE;
    }
  return TRUE;
}

static void
begin_below (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_grid_row_free);
  CcSheetRow copy = { row, FALSE, cells, n_cells };
  CcHeadFind head = { TRUE, 0, 0, -1, FALSE };
  CcGridRow *held = g_steal_pointer (&run->held);

  finish_tables (run);
  g_ptr_array_add (rows, cc_grid_row_copy (&copy));
  run->tables = cc_table_runs_begin (run, rows, &head);
  if (held && held->cells->len > 0)
    {
      CcInspectTable *table = first_table (run);

      table->heading = g_strdup (g_array_index (held->cells, CcSheetCell, 0).text);
      table->begins = held->row;
      g_ptr_array_add (table->titles, g_strdup (table->heading));
    }
  cc_grid_row_free (held);
  run->after_end = FALSE;
  run->previous_row = row;
}

static void
add_row (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  const CcSheetCell *only;

  if (run->last_row >= 0 && row > (guint) run->last_row)
    return;
  if (starts_table (run, cells, n_cells, row))
    {
      begin_below (run, cells, n_cells, row);
      return;
    }
  release_held (run);
  only = only_text (cells, n_cells);
  if (only && g_utf8_strlen (only->text, -1) <= HEADING_LETTERS)
    {
      CcSheetRow copy = { row, run->row_hidden, cells, n_cells };

      run->held = cc_grid_row_copy (&copy);
      return;
    }
  add_plain_row (run, cells, n_cells, row);
}

/* A short text alone in the row right above the header, within the table's columns. */
static void
find_heading (CcSheetRun *run, GPtrArray *rows, guint above, CcInspectTable *table)
{
  const CcGridRow   *row = above > 0 ? rows->pdata[above - 1] : NULL;
  const CcSheetCell *cells, *only;
  guint              n;

  if (!row || row->row + 1 != table->begins)
    return;
  n = row->cells->len;
  cells = cc_grid_slice (table, (const CcSheetCell *) row->cells->data, &n);
  only = only_text (cells, n);
  if (only && g_utf8_strlen (only->text, -1) <= HEADING_LETTERS)
    table->heading = g_strdup (only->text);
}

static void
read_titles (CcSheetRun *run, GPtrArray *rows, guint above, CcTableRun *self)
{
  CcInspectTable *table = cc_table_run_get_table (self);

  cc_table_run_read_title (self, run->sheet->name, TRUE);
  for (guint i = 0; i < above; i++)
    {
      CcGridRow         *row = rows->pdata[i];
      guint              n = row->cells->len;
      const CcSheetCell *cells = cc_grid_slice (table, (CcSheetCell *) row->cells->data, &n);

      for (guint j = 0; j < n; j++)
        {
          cc_table_run_read_title (self, cells[j].text, FALSE);
          g_ptr_array_add (table->titles, g_strdup (cells[j].text));
        }
    }
  find_heading (run, rows, above, table);
}

static gboolean
says_nil (CcSheetRun *run, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      CcGridRow         *row = rows->pdata[i];
      const CcSheetCell *only = only_text ((CcSheetCell *) row->cells->data, row->cells->len);

      if (only && cc_grid_says_nil (run->pack, only->text))
        return TRUE;
    }
  return FALSE;
}

static CcHeadFind
find_header (CcSheetRun *run, GPtrArray *rows)
{
  CcHeadFind head = cc_grid_find_header (run->pack, rows, run->merges, run->wanted_header);
  int        better = run->wanted_header < 0 ? cc_defined_find_header (run, rows, &head) : -1;

  return better < 0 ? head : cc_grid_find_header (run->pack, rows, run->merges, better);
}

/* The head is complete: finds the header in it and takes the rows below it as the first ones. */
static void
close_head (CcSheetRun *run)
{
  CcHeadFind head;
  g_autoptr (GPtrArray) rows = g_steal_pointer (&run->head);
  guint above;

  if (!rows)
    return;
  head = find_header (run, rows);
  if (!head.found)
    {
      run->sheet->says_nil = says_nil (run, rows);
      run->sheet->problem =
          g_strdup (rows->len == 0 ? "intake.problem.empty-sheet" : "intake.problem.no-table");
      return;
    }
  run->tables = cc_table_runs_begin (run, rows, &head);
  above = head.machine >= 0 ? (guint) head.machine : head.first;
  for (guint i = 0; i < run->tables->len; i++)
    read_titles (run, rows, above, run->tables->pdata[i]);
  run->previous_row = ((CcGridRow *) rows->pdata[head.last])->row;
  for (guint i = head.last + 1; i < rows->len; i++)
    {
      CcGridRow *row = rows->pdata[i];

      run->row_hidden = row->hidden;
      add_row (run, (CcSheetCell *) row->cells->data, row->cells->len, row->row);
    }
}

static void
take_row (CcSheetRun *run, const CcSheetRow *row)
{
  run->sheet->n_rows += row->n_cells > 0;
  if (run->head)
    {
      CcGridRow *copy = cc_grid_row_copy (row);

      if (copy->cells->len == 0)
        {
          cc_grid_row_free (copy);
          return;
        }
      g_ptr_array_add (run->head, copy);
      if (run->head->len >= CC_GRID_HEAD_ROWS
          && (run->wanted_header < 0 || row->row > (guint) run->wanted_header))
        close_head (run);
    }
  else if (run->tables)
    {
      run->row_hidden = row->hidden;
      add_row (run, row->cells, row->n_cells, row->row);
    }
}

static gboolean
read_rows (CcSheetRun *run, CcBook *book, CcProgress *progress, GError **error)
{
  GCancellable *cancellable = progress ? cc_progress_get_cancellable (progress) : NULL;
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row;
  guint64           n = 0;

  run->merges = cc_book_load_merges (book, run->index, cancellable, error);
  if (!run->merges)
    return FALSE;
  run->defined = cc_book_load_tables (book, run->index, cancellable, error);
  if (!run->defined)
    return FALSE;
  reader = cc_book_open_sheet (book, run->index, error);
  if (!reader)
    return FALSE;
  run->head = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_grid_row_free);
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (!row)
        break;
      take_row (run, row);
      if (progress && ++n % 256 == 0
          && !cc_progress_update (progress,
                                  run->index * 1000
                                      + (guint64) (cc_sheet_reader_get_fraction (reader) * 1000),
                                  error))
        return FALSE;
    }
  close_head (run);
  if (run->tables)
    release_held (run);
  finish_tables (run);
  return TRUE;
}

/**
 * cc_inspect_read_sheet:
 * @run: what is known before; its inspection gets the tables found
 */
gboolean
cc_inspect_read_sheet (CcSheetRun *run, CcBook *book, CcProgress *progress, GError **error)
{
  gboolean ok = read_rows (run, book, progress, error);

  g_clear_pointer (&run->merges, g_array_unref);
  g_clear_pointer (&run->defined, g_array_unref);
  g_clear_pointer (&run->head, g_ptr_array_unref);
  g_clear_pointer (&run->tables, g_ptr_array_unref);
  g_clear_pointer (&run->held, cc_grid_row_free);
  return ok;
}
