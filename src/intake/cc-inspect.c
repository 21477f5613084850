/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-inspect.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-guess.h>
#include <cc/model/cc-words.h>

#include <stdlib.h>
#include <string.h>

#include "cc-column-stats-private.h"
#include "cc-grid-private.h"
#include "cc-header-private.h"
#include "cc-map-private.h"
#include "cc-suggest-private.h"

/* Rows held to find the header among them. */
#define HEAD_ROWS 40

static void
free_inspect_column (gpointer data)
{
  CcInspectColumn *self = data;

  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_strfreev (self->samples);
  g_free (self->letter);
  g_free (self->header);
  g_free (self->leaf);
  g_free (self->machine);
  g_free (self->suggestion);
  g_free (self->reason);
  g_free (self->language);
  g_free (self);
}

static void
free_inspect_table (gpointer data)
{
  CcInspectTable *self = data;

  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->titles);
  g_clear_pointer (&self->merges, g_array_unref);
  g_free (self->name);
  g_free (self->sheet_name);
  g_free (self->unit);
  g_free (self->signature);
  g_free (self);
}

static void
free_inspect_sheet (gpointer data)
{
  CcInspectSheet *self = data;

  g_free (self->name);
  g_free (self->problem);
  g_free (self);
}

/**
 * cc_inspection_free:
 */
void
cc_inspection_free (CcInspection *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->tables);
  g_strfreev (self->languages);
  g_free (self->path);
  g_free (self->file_name);
  g_free (self->format);
  g_free (self->encoding);
  g_free (self->sha256);
  g_free (self);
}

/**
 * cc_row_kind_to_text:
 *
 * Returns: the word used in results and in reasons of rejected rows
 */
const char *
cc_row_kind_to_text (CcRowKind kind)
{
  static const char *const words[] = { "data", "empty",    "header-again", "total",
                                       "note", "numbered", "example" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (words), "");

  return words[kind];
}

/* The state of reading one sheet. */
typedef struct
{
  CcPack         *pack;
  CcInspection   *inspection;
  CcInspectSheet *sheet;
  guint           index;
  GArray         *merges;
  GPtrArray      *head;  /* CcGridRow, until the header is found */
  CcInspectTable *table; /* the table rows are being added to */
  GPtrArray      *stats; /* CcColumnStats of its columns */
  CcDay           today;
  int             wanted_header;
  int             last_row; /* -1 where the map names none */
  guint           previous_row;
  gboolean        row_hidden; /* the row being added */
} SheetRun;

static char *
column_letter (guint column)
{
  char  letters[8];
  guint at = G_N_ELEMENTS (letters) - 1;

  letters[at] = '\0';
  for (guint n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
    letters[--at] = (char) ('A' + (n - 1) % 26);
  return g_strdup (letters + at);
}

/* Two columns of one header are told apart by a number, so that a map can name both. */
static char *
unique_header (CcInspectTable *table, const char *header, const char *letter)
{
  g_autofree char *base =
      cc_text_is_blank (header) ? g_strdup_printf ("Column %s", letter) : g_strdup (header);
  g_autofree char *name = g_strdup (base);

  for (guint n = 2;; n++)
    {
      gboolean taken = FALSE;

      for (guint i = 0; i < table->columns->len && !taken; i++)
        taken = cc_text_equal (((CcInspectColumn *) table->columns->pdata[i])->header, name);
      if (!taken)
        return g_steal_pointer (&name);
      g_free (name);
      name = g_strdup_printf ("%s (%u)", base, n);
    }
}

static CcInspectColumn *
add_column (SheetRun *run, guint index, const char *header, gboolean hidden)
{
  CcInspectColumn *column = g_new0 (CcInspectColumn, 1);
  guint            at = 0;

  column->column = index;
  column->hidden = hidden;
  column->letter = column_letter (index);
  column->header = unique_header (run->table, header, column->letter);
  column->suggestion = g_strdup ("");
  while (at < run->table->columns->len
         && ((CcInspectColumn *) run->table->columns->pdata[at])->column < index)
    at++;
  g_ptr_array_insert (run->table->columns, (int) at, column);
  g_ptr_array_insert (run->stats, (int) at, cc_column_stats_new (column));
  return column;
}

static char *
unique_table_name (CcInspection *inspection, const char *sheet)
{
  g_autofree char *name = g_strdelimit (g_strdup (sheet), "[]=\n", ' ');

  for (guint n = 2;; n++)
    {
      gboolean taken = FALSE;

      for (guint i = 0; i < inspection->tables->len && !taken; i++)
        taken = g_str_equal (((CcInspectTable *) inspection->tables->pdata[i])->name, name);
      if (!taken)
        return g_steal_pointer (&name);
      g_free (name);
      name = g_strdup_printf ("%s %u", sheet, n);
    }
}

static void
begin_table (SheetRun *run, GPtrArray *rows, const CcHeadFind *head)
{
  CcInspectTable *table = g_new0 (CcInspectTable, 1);
  CcGridRow      *first = rows->pdata[head->first], *last = rows->pdata[head->last];
  CcGridRow      *machine = head->machine >= 0 ? rows->pdata[head->machine] : NULL;
  guint           max_column = 0;

  table->sheet = run->index;
  table->sheet_name = g_strdup (run->sheet->name);
  table->name = unique_table_name (run->inspection, run->sheet->name);
  table->unit = g_strdup ("");
  table->header_first = first->row;
  table->header_last = last->row;
  table->machine_row = machine ? (int) machine->row : -1;
  table->data_first = last->row + 1;
  table->data_last = last->row;
  table->serial_column = -1;
  table->period = CC_INTERVAL_UNKNOWN;
  table->columns = g_ptr_array_new_with_free_func (free_inspect_column);
  table->notes = g_ptr_array_new_with_free_func (g_free);
  table->titles = g_ptr_array_new_with_free_func (g_free);
  table->merges = run->merges ? g_array_ref (run->merges) : NULL;
  run->table = table;
  g_clear_pointer (&run->stats, g_ptr_array_unref);
  run->stats = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_column_stats_free);
  for (guint i = head->first; i <= head->last; i++)
    {
      CcGridRow *row = rows->pdata[i];

      for (guint j = 0; j < row->cells->len; j++)
        max_column = MAX (max_column, g_array_index (row->cells, CcSheetCell, j).column);
    }
  for (guint c = 0; c <= max_column; c++)
    {
      g_autofree char *header = cc_grid_join_header (rows, head, run->merges, c);
      const char      *name =
          machine ? cc_cells_find ((CcSheetCell *) machine->cells->data, machine->cells->len, c)
                       : NULL;

      if (header[0] != '\0' || name)
        {
          CcInspectColumn *column = add_column (run, c, header[0] ? header : name, FALSE);

          column->machine = g_strdup (name);
          column->leaf = cc_grid_header_leaf (rows, head, run->merges, c);
        }
    }
  g_ptr_array_add (run->inspection->tables, table);
  g_ptr_array_add (table->notes, g_strdup (head->by_shape ? "intake.note.header-by-shape"
                                                          : "intake.note.header-by-words"));
  if (machine)
    g_ptr_array_add (table->notes, g_strdup ("intake.note.machine-row"));
  if (head->last > head->first)
    g_ptr_array_add (table->notes, g_strdup ("intake.note.header-rows"));
}

/* A month or period that a sheet's name or a title above the table states. */
static void
read_period (SheetRun *run, const char *text, gboolean is_sheet_name)
{
  const char *month = is_sheet_name ? cc_pack_match_token (run->pack, "month", text) : NULL;

  if (month)
    run->table->sheet_month = atoi (month);
  if (!cc_interval_is_known (run->table->period))
    cc_period_search (run->pack, text, &run->table->period);
}

static gboolean
add_data_cells (SheetRun *run, const CcSheetCell *cells, guint n_cells)
{
  guint at = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      while (at < run->stats->len
             && ((CcInspectColumn *) run->table->columns->pdata[at])->column < cells[i].column)
        at++;
      if (at == run->stats->len
          || ((CcInspectColumn *) run->table->columns->pdata[at])->column != cells[i].column)
        {
          /* Sheets are at most 16,384 columns wide; a column without header counts from its first
           * value on. */
          add_column (run, cells[i].column, NULL, (cells[i].flags & CC_SHEET_CELL_HIDDEN) != 0);
        }
      cc_column_stats_add (run->stats->pdata[at], run->pack, &cells[i], run->today);
    }
  return TRUE;
}

static void finish_table (SheetRun *run);

static void
add_row (SheetRun *run, const CcSheetCell *cells, guint n_cells, guint row)
{
  CcRowKind kind;
  gboolean  after_gap = row > run->previous_row + 1;

  if (run->last_row >= 0 && row > (guint) run->last_row)
    return;
  if ((after_gap || (n_cells > 0 && cells[0].flags & CC_SHEET_CELL_BOLD))
      && cc_grid_starts_table (run->pack, run->table, cells, n_cells))
    {
      g_autoptr (GPtrArray) rows =
          g_ptr_array_new_with_free_func ((GDestroyNotify) cc_grid_row_free);
      CcSheetRow copy = { row, FALSE, cells, n_cells };
      CcHeadFind head = { TRUE, 0, 0, -1, FALSE };

      finish_table (run);
      g_ptr_array_add (rows, cc_grid_row_copy (&copy));
      begin_table (run, rows, &head);
      run->previous_row = row;
      return;
    }
  kind = cc_grid_classify (run->pack, run->table, cells, n_cells, row);
  run->table->n_rows[kind]++;
  if (kind != CC_ROW_BLANK)
    run->previous_row = row;
  if (kind != CC_ROW_DATA)
    return;
  run->table->data_last = row;
  run->table->n_hidden += run->row_hidden;
  add_data_cells (run, cells, n_cells);
}

/* The running number: the first column, whole numbers that rise, under a header that no statistic
 * needs. */
static void
find_serial_column (SheetRun *run)
{
  CcInspectColumn *first;

  if (run->table->columns->len < 2)
    return;
  first = run->table->columns->pdata[0];
  if (cc_header_is_ignored (run->pack, first->header) && first->n_filled > 0
      && first->n_number + 1 >= first->n_filled)
    run->table->serial_column = (int) first->column;
}

static char *
make_signature (CcInspectTable *table)
{
  g_autoptr (GString) signature = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];
      g_autofree char *folded = cc_text_fold (column->header);

      g_string_append_printf (signature, "%s%s", i > 0 ? "|" : "", folded);
    }
  return g_string_free (g_steal_pointer (&signature), FALSE);
}

/* What the sheet hides is read all the same, and said. */
static void
note_hidden (SheetRun *run)
{
  GPtrArray *notes = run->table->notes;

  if (run->sheet->hidden)
    g_ptr_array_add (notes, g_strdup ("intake.note.hidden-sheet"));
  if (run->table->n_hidden > 0)
    g_ptr_array_add (notes, g_strdup ("intake.note.hidden-rows"));
  for (guint i = 0; i < run->table->columns->len; i++)
    if (((CcInspectColumn *) run->table->columns->pdata[i])->hidden)
      {
        g_ptr_array_add (notes, g_strdup ("intake.note.hidden-columns"));
        return;
      }
}

static void
finish_table (SheetRun *run)
{
  if (!run->table)
    return;
  for (guint i = 0; i < run->stats->len; i++)
    cc_column_stats_finish (run->stats->pdata[i], run->pack, run->today);
  note_hidden (run);
  find_serial_column (run);
  run->table->signature = make_signature (run->table);
  g_clear_pointer (&run->stats, g_ptr_array_unref);
  run->table = NULL;
}

/* The head is complete: finds the header in it and takes the rows below it as the first ones. */
static void
close_head (SheetRun *run)
{
  CcHeadFind head;
  g_autoptr (GPtrArray) rows = g_steal_pointer (&run->head);

  if (!rows)
    return;
  head = cc_grid_find_header (run->pack, rows, run->merges, run->wanted_header);
  if (!head.found)
    {
      run->sheet->problem =
          g_strdup (rows->len == 0 ? "intake.problem.empty-sheet" : "intake.problem.no-table");
      return;
    }
  begin_table (run, rows, &head);
  read_period (run, run->sheet->name, TRUE);
  for (guint i = 0; i < rows->len; i++)
    {
      CcGridRow *row = rows->pdata[i];
      guint      above = head.machine >= 0 ? (guint) head.machine : head.first;

      for (guint j = 0; i < above && j < row->cells->len; j++)
        {
          const char *title = g_array_index (row->cells, CcSheetCell, j).text;

          read_period (run, title, FALSE);
          g_ptr_array_add (run->table->titles, g_strdup (title));
        }
      if (i == head.last)
        run->previous_row = row->row;
      run->row_hidden = row->hidden;
      if (i > head.last)
        add_row (run, (CcSheetCell *) row->cells->data, row->cells->len, row->row);
    }
}

static void
take_row (SheetRun *run, const CcSheetRow *row)
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
      if (run->head->len >= HEAD_ROWS
          && (run->wanted_header < 0 || row->row > (guint) run->wanted_header))
        close_head (run);
    }
  else if (run->table)
    {
      run->row_hidden = row->hidden;
      add_row (run, row->cells, row->n_cells, row->row);
    }
}

static gboolean
read_sheet (SheetRun *run, CcBook *book, CcProgress *progress, GError **error)
{
  GCancellable *cancellable = progress ? cc_progress_get_cancellable (progress) : NULL;
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row;
  guint64           n = 0;

  run->merges = cc_book_load_merges (book, run->index, cancellable, error);
  if (!run->merges)
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
  finish_table (run);
  return TRUE;
}

static gboolean
inspect_sheet (CcInspection *inspection,
               CcBook       *book,
               CcPack       *pack,
               CcMap        *known,
               guint         index,
               CcDay         today,
               CcProgress   *progress,
               GError      **error)
{
  const CcSheetInfo *info = cc_book_get_sheet (book, index);
  CcInspectSheet    *sheet = g_new0 (CcInspectSheet, 1);
  SheetRun           run = { 0 };
  gboolean           ok;

  sheet->name = g_strdup (info->name);
  sheet->hidden = info->hidden;
  sheet->right_to_left = info->right_to_left;
  g_ptr_array_add (inspection->sheets, sheet);
  run.pack = pack;
  run.inspection = inspection;
  run.sheet = sheet;
  run.index = index;
  run.today = today;
  run.wanted_header = known ? cc_map_get_header_row (known, info->name) : -1;
  run.last_row = known ? cc_map_get_last_row (known, info->name) : -1;
  ok = read_sheet (&run, book, progress, error);
  g_clear_pointer (&run.merges, g_array_unref);
  g_clear_pointer (&run.head, g_ptr_array_unref);
  g_clear_pointer (&run.stats, g_ptr_array_unref);
  return ok;
}

static char *
hash_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (1 << 16);
  gssize             n;

  if (!stream)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1 << 16, cancellable, error))
         > 0)
    g_checksum_update (checksum, buffer, n);
  return n < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

/**
 * cc_inspect:
 * @path: an .xlsx or .csv file
 * @today: no date lies after it
 * @progress: (nullable): phase "progress.inspect"
 *
 * Returns: (transfer full): what the file holds, or %NULL with an error
 */
CcInspection *
cc_inspect (CcPack *pack, const char *path, CcDay today, CcProgress *progress, GError **error)
{
  return cc_inspect_with (pack, path, NULL, today, progress, error);
}

/**
 * cc_inspect_with:
 * @known: (nullable): a map whose header-row and last-row are obeyed and whose columns count as
 * known headers
 *
 * Returns: (transfer full): what the file holds, or %NULL with an error
 */
CcInspection *
cc_inspect_with (CcPack     *pack,
                 const char *path,
                 CcMap      *known,
                 CcDay       today,
                 CcProgress *progress,
                 GError    **error)
{
  g_autoptr (CcInspection) self = NULL;
  g_autoptr (CcBook) book = NULL;
  GCancellable *cancellable = progress ? cc_progress_get_cancellable (progress) : NULL;
  guint         n_sheets;

  g_return_val_if_fail (pack != NULL && path != NULL, NULL);

  book = cc_book_open (path, cancellable, error);
  if (!book)
    return NULL;
  self = g_new0 (CcInspection, 1);
  self->sheets = g_ptr_array_new_with_free_func (free_inspect_sheet);
  self->tables = g_ptr_array_new_with_free_func (free_inspect_table);
  self->path = g_strdup (path);
  self->file_name = g_path_get_basename (path);
  self->format = g_strdup (cc_book_get_format (book));
  self->encoding = g_strdup (cc_book_get_encoding (book));
  self->separator = cc_book_get_separator (book);
  self->date_1904 = cc_book_get_date_1904 (book);
  self->sha256 = hash_file (path, cancellable, error);
  if (!self->sha256)
    return NULL;
  n_sheets = cc_book_get_n_sheets (book);
  if (progress)
    cc_progress_begin (progress, "progress.inspect", n_sheets * 1000);
  for (guint i = 0; i < n_sheets; i++)
    if (!inspect_sheet (self, book, pack, known, i, today, progress, error))
      return NULL;
  cc_suggest_tables (self, pack);
  return g_steal_pointer (&self);
}
