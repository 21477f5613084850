/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table while its rows stream by: columns, kinds of rows, totals. */
#include "cc-inspect-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-guess.h>
#include <cc/model/cc-words.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cc-header-private.h"

/* Totals before which the sums are remembered: a total may cover any of the groups above it. */
#define MAX_TOTALS      64
#define MAX_DIFFERENCES 10

/* Rows taken as data, and of these the ones that fill more than half of what the widest fills: a
 * total does not count the signature above it. */
typedef struct
{
  guint all;
  guint broad;
} RowCounts;

struct _CcTableRun
{
  CcSheetRun     *sheet;
  CcInspectTable *table;
  GPtrArray      *stats;  /* CcColumnStats of its columns */
  GHashTable     *names;  /* folded header -> how many columns had it */
  GHashTable     *labels; /* the same with the signs that tell "<18" from "18+" */
  GPtrArray      *totals; /* GHashTable of column -> sum (double *), before each total row */
  GArray         *widths; /* guint: data rows that fill so many cells */
  GArray         *rows;   /* RowCounts before each total row */
  RowCounts       counts;
};

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
unique_header (CcTableRun *self, const char *header, const char *letter, gboolean *doubled)
{
  g_autofree char *base =
      cc_text_is_blank (header) ? g_strdup_printf ("Column %s", letter) : g_strdup (header);
  g_autofree char *folded = cc_text_fold (base);
  guint            n = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, folded)) + 1;
  char            *name = g_strdup (base);
  char            *signs;

  /* "<18" and "18+" fold alike and are two headers. */
  signs = cc_text_fold_keep (base, "<>+=");
  *doubled = !g_hash_table_add (self->labels, signs);
  while (n > 1)
    {
      g_autofree char *key = NULL;

      g_free (name);
      name = g_strdup_printf ("%s (%u)", base, n);
      key = cc_text_fold (name);
      if (!g_hash_table_contains (self->names, key))
        {
          g_hash_table_insert (self->names, g_steal_pointer (&key), GUINT_TO_POINTER (1));
          break;
        }
      n++;
    }
  g_hash_table_insert (self->names, g_steal_pointer (&folded), GUINT_TO_POINTER (n));
  return name;
}

static CcInspectColumn *
add_column (CcTableRun *self, guint index, const char *header, gboolean hidden)
{
  CcInspectColumn *column = g_new0 (CcInspectColumn, 1);
  GPtrArray       *columns = self->table->columns;
  guint            at = columns->len;

  column->column = index;
  column->hidden = hidden;
  column->letter = column_letter (index);
  column->header = unique_header (self, header, column->letter, &column->doubled);
  column->suggestion = g_strdup ("");
  while (at > 0 && ((CcInspectColumn *) columns->pdata[at - 1])->column > index)
    at--;
  g_ptr_array_insert (columns, (int) at, column);
  g_ptr_array_insert (self->stats, (int) at, cc_column_stats_new (column));
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

static CcInspectTable *
new_table (CcSheetRun *sheet, GPtrArray *rows, const CcHeadFind *head)
{
  CcInspectTable *table = g_new0 (CcInspectTable, 1);
  CcGridRow      *first = rows->pdata[head->first], *last = rows->pdata[head->last];
  CcGridRow      *machine = head->machine >= 0 ? rows->pdata[head->machine] : NULL;

  table->sheet = sheet->index;
  table->sheet_name = g_strdup (sheet->sheet->name);
  table->name = unique_table_name (sheet->inspection, sheet->sheet->name);
  table->unit = g_strdup ("");
  table->begins = machine ? machine->row : first->row;
  table->last_column = G_MAXUINT;
  table->header_first = first->row;
  table->header_last = last->row;
  table->machine_row = machine ? (int) machine->row : -1;
  table->data_first = last->row + 1;
  table->data_last = last->row;
  table->serial_column = -1;
  table->period = CC_INTERVAL_UNKNOWN;
  table->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_inspect_column_free);
  table->notes = g_ptr_array_new_with_free_func (g_free);
  table->titles = g_ptr_array_new_with_free_func (g_free);
  table->differences = g_ptr_array_new_with_free_func (cc_total_difference_free);
  table->merges = sheet->merges ? g_array_ref (sheet->merges) : NULL;
  g_ptr_array_add (sheet->inspection->tables, table);
  table->totals_row = -1;
  if (machine)
    g_ptr_array_add (table->notes, g_strdup ("intake.note.machine-row"));
  if (head->last > head->first)
    g_ptr_array_add (table->notes, g_strdup ("intake.note.header-rows"));
  return table;
}

/* How its header was found comes first among what is said of a table. */
static void
note_header (CcSheetRun *sheet, CcInspectTable *table, const CcHeadFind *head)
{
  const CcDefinedTable *defined =
      cc_defined_find (sheet, table->header_last, table->first_column, table->last_column);
  const char *note = head->by_shape ? "intake.note.header-by-shape" : "intake.note.header-by-words";

  if (defined)
    note = "intake.note.defined-table";
  if (defined && defined->n_totals > 0)
    table->totals_row = (int) (defined->range.last_row - defined->n_totals + 1);
  g_ptr_array_insert (table->notes, 0, g_strdup (note));
}

static CcTableRun *
begin_table (CcSheetRun *sheet, GPtrArray *rows, const CcHeadFind *head, guint first, guint last)
{
  CcTableRun *self = g_new0 (CcTableRun, 1);
  CcGridRow  *machine = head->machine >= 0 ? rows->pdata[head->machine] : NULL;
  guint       max_column = 0;

  self->sheet = sheet;
  self->table = new_table (sheet, rows, head);
  self->table->first_column = first;
  self->table->last_column = last;
  note_header (sheet, self->table, head);
  self->stats = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_column_stats_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->totals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->widths = g_array_new (FALSE, TRUE, sizeof (guint));
  self->rows = g_array_new (FALSE, FALSE, sizeof (RowCounts));
  for (guint i = head->first; i <= head->last; i++)
    {
      CcGridRow *row = rows->pdata[i];

      if (row->cells->len > 0)
        max_column =
            MAX (max_column, g_array_index (row->cells, CcSheetCell, row->cells->len - 1).column);
    }
  for (guint c = first; c <= MIN (max_column, last); c++)
    {
      g_autofree char *header = cc_grid_join_header (rows, head, sheet->merges, c);
      const char      *name =
          machine ? cc_cells_find ((CcSheetCell *) machine->cells->data, machine->cells->len, c)
                       : NULL;

      if (header[0] != '\0' || name)
        {
          CcInspectColumn *column = add_column (self, c, header[0] ? header : name, FALSE);

          column->machine = g_strdup (name);
          column->leaf = cc_grid_header_leaf (rows, head, sheet->merges, c);
          column->label = g_strdup (cc_grid_header_label (rows, head, sheet->merges, c));
        }
    }
  return self;
}

/* Whether a header between two columns stands also among the `n` before them. */
static gboolean
is_repeated (GPtrArray        *rows,
             const CcHeadFind *head,
             GArray           *merges,
             guint             first,
             guint             middle,
             guint             end)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint    n_before = 0, n_behind = 0;
  gboolean repeated = FALSE;

  for (guint c = first; c < end; c++)
    {
      const char *label = cc_grid_header_label (rows, head, merges, c);

      if (!label)
        continue;
      if (c < middle)
        {
          g_hash_table_add (before, cc_text_fold (label));
          n_before++;
        }
      else
        {
          g_autofree char *folded = cc_text_fold (label);

          repeated = repeated || g_hash_table_contains (before, folded);
          n_behind++;
        }
    }
  return repeated && n_before >= 2 && n_behind >= 2;
}

/**
 * cc_table_runs_begin:
 *
 * Headers that begin again behind an empty column are those of another table: "Sex, Age, …" of the
 * victims and "Sex, Age, …" of the suspects; so are those where the sheet says so.
 *
 * Returns: (transfer full): CcTableRun, at least one
 */
GPtrArray *
cc_table_runs_begin (CcSheetRun *sheet, GPtrArray *rows, const CcHeadFind *head)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_run_free);
  CcGridRow *last = rows->pdata[head->last];
  guint      first = 0, width = 0;

  if (last->cells->len > 0)
    width = g_array_index (last->cells, CcSheetCell, last->cells->len - 1).column + 1;
  for (guint i = 1; i < last->cells->len; i++)
    {
      guint before = g_array_index (last->cells, CcSheetCell, i - 1).column;
      guint column = g_array_index (last->cells, CcSheetCell, i).column;
      guint end = column;

      if (column == before + 1 || cc_grid_header_label (rows, head, sheet->merges, column - 1))
        continue;
      /* The group ends at the next empty column. */
      while (end < width && cc_grid_header_label (rows, head, sheet->merges, end))
        end++;
      if (!cc_defined_parts (sheet, last->row, before, column)
          && !is_repeated (rows, head, sheet->merges, first, column, end))
        continue;
      g_ptr_array_add (runs, begin_table (sheet, rows, head, first, column - 1));
      first = column;
    }
  g_ptr_array_add (runs, begin_table (sheet, rows, head, first, G_MAXUINT));
  return runs;
}

CcInspectTable *
cc_table_run_get_table (CcTableRun *self)
{
  return self->table;
}

/* A month or period that a sheet's name or a title above the table states. */
void
cc_table_run_read_title (CcTableRun *self, const char *text, gboolean is_sheet_name)
{
  CcPack     *pack = self->sheet->pack;
  const char *month = is_sheet_name ? cc_pack_match_token (pack, "month", text) : NULL;

  if (month)
    self->table->sheet_month = atoi (month);
  if (!cc_interval_is_known (self->table->period))
    cc_period_search (pack, text, &self->table->period);
}

/* FNV-1a. */
static guint64
mix_text (guint64 digest, guint column, const char *text)
{
  digest = (digest ^ column) * G_GUINT64_CONSTANT (1099511628211);
  for (const guchar *p = (const guchar *) text; *p; p++)
    digest = (digest ^ *p) * G_GUINT64_CONSTANT (1099511628211);
  return digest;
}

static void
add_data_cells (CcTableRun *self, const CcSheetCell *cells, guint n_cells)
{
  GPtrArray *columns = self->table->columns;
  guint      at = 0, n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      if (cc_text_is_blank (cells[i].text))
        continue;
      n_filled++;
      while (at < self->stats->len
             && ((CcInspectColumn *) columns->pdata[at])->column < cells[i].column)
        at++;
      if (at == self->stats->len
          || ((CcInspectColumn *) columns->pdata[at])->column != cells[i].column)
        {
          /* Sheets are at most 16,384 columns wide; a column without header counts from its first
           * value on. */
          add_column (self, cells[i].column, NULL, (cells[i].flags & CC_SHEET_CELL_HIDDEN) != 0);
        }
      cc_column_stats_add (self->stats->pdata[at], self->sheet->pack, &cells[i],
                           self->sheet->today);
      self->table->digest = mix_text (self->table->digest, cells[i].column, cells[i].text);
    }
  if (n_filled >= self->widths->len)
    g_array_set_size (self->widths, n_filled + 1);
  g_array_index (self->widths, guint, n_filled)++;
  self->counts.all++;
  self->counts.broad += n_filled * 2 > self->widths->len - 1;
}

/* What a total may be: the sum or the number of rows since any total above it, or since the first
 * row. Returns the nearest. */
static double
nearest_total (CcTableRun *self, const CcInspectColumn *column, double stated)
{
  const RowCounts none = { 0 };
  double          best = column && column->n_number > 0 ? column->sum : self->counts.broad;

  for (guint i = 0; i <= self->totals->len; i++)
    {
      gboolean         whole = i == self->totals->len;
      const RowCounts *before = whole ? &none : &g_array_index (self->rows, RowCounts, i);
      const double    *sum =
          whole || !column
                 ? NULL
                 : g_hash_table_lookup (self->totals->pdata[i], GUINT_TO_POINTER (column->column + 1));
      double all = self->counts.all - before->all;
      double broad = self->counts.broad - before->broad;

      if (all == stated || broad == stated)
        return stated;
      if (column && fabs (column->sum - (sum ? *sum : 0) - stated) < fabs (best - stated))
        best = column->sum - (sum ? *sum : 0);
      if (!column && fabs (broad - stated) < fabs (best - stated))
        best = broad;
    }
  return best;
}

static void
note_difference (CcTableRun *self, guint row, const char *header, double stated, double found)
{
  CcTotalDifference *difference;

  if (fabs (stated - found) < 0.5 || self->table->differences->len >= MAX_DIFFERENCES)
    return;
  difference = g_new0 (CcTotalDifference, 1);
  difference->row = row;
  difference->header = g_strdup (header);
  difference->stated = stated;
  difference->found = found;
  g_ptr_array_add (self->table->differences, difference);
}

/* "TOTAL GENERAL : 12": the number at the end of the words, -1 for none. */
static double
number_in_words (const char *text)
{
  g_autofree char *western = cc_text_western_digits (text);
  const char      *end = western + strlen (western);
  const char      *start;

  while (end > western && !g_ascii_isdigit (end[-1]))
    end--;
  start = end;
  while (start > western && g_ascii_isdigit (start[-1]))
    start--;
  return start < end && end - start < 10 ? g_ascii_strtod (start, NULL) : -1;
}

/* Compares a total row with what the rows above it give. */
static void
check_total (CcTableRun *self, const CcSheetCell *cells, guint n_cells, guint row)
{
  GHashTable *sums;
  guint       n_numbers = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const CcInspectColumn *column;
      double                 stated;

      if (cc_text_is_blank (cells[i].text) || !cc_cell_is_number (&cells[i], &stated))
        continue;
      column = cc_inspect_table_find_column (self->table, cells[i].column);
      n_numbers++;
      if (column)
        note_difference (self, row, column->header, stated, nearest_total (self, column, stated));
    }
  if (n_numbers == 0 && n_cells == 1)
    {
      double stated = number_in_words (cells[0].text);

      if (stated >= 0)
        note_difference (self, row, NULL, stated, nearest_total (self, NULL, stated));
    }
  if (self->totals->len >= MAX_TOTALS)
    return;
  sums = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < self->table->columns->len; i++)
    {
      const CcInspectColumn *column = self->table->columns->pdata[i];

      if (column->n_number > 0)
        g_hash_table_insert (sums, GUINT_TO_POINTER (column->column + 1),
                             g_memdup2 (&column->sum, sizeof column->sum));
    }
  g_ptr_array_add (self->totals, sums);
  g_array_append_val (self->rows, self->counts);
}

/* Adds the part of a row that stands in the table's columns. */
CcRowKind
cc_table_run_add (CcTableRun *self, const CcSheetCell *cells, guint n_cells, guint row)
{
  CcRowKind kind = cc_grid_classify (self->sheet->pack, self->table, cells, n_cells, row);

  /* The spreadsheet program computes the totals of its tables, which need not be sums. */
  if (kind == CC_ROW_TOTAL && self->table->totals_row != (int) row)
    check_total (self, cells, n_cells, row);
  self->table->n_rows[kind]++;
  if (kind != CC_ROW_DATA)
    return kind;
  self->table->data_last = row;
  self->table->n_hidden += self->sheet->row_hidden;
  add_data_cells (self, cells, n_cells);
  self->table->digest = mix_text (self->table->digest, G_MAXUINT, "");
  return kind;
}

/* Numbers from 1 on, as far as the samples show, each of them once: a column that was numbered and
 * given no header, as templates do. */
static gboolean
counts_up (const CcInspectColumn *column)
{
  if (column->label || column->machine || !column->values || !column->samples[0]
      || (!column->too_many && column->values->len < column->n_filled))
    return FALSE;
  for (guint i = 0; column->samples[i]; i++)
    {
      gint64 number;

      if (!cc_text_to_int (column->samples[i], 1, G_MAXINT32, &number) || number != i + 1)
        return FALSE;
    }
  return TRUE;
}

/* The running number: the first column, whole numbers that rise, under a header that no statistic
 * needs or under none. */
static void
find_serial_column (CcTableRun *self)
{
  CcInspectColumn *first;

  if (self->table->columns->len < 2)
    return;
  first = self->table->columns->pdata[0];
  if ((cc_header_is_ignored (self->sheet->pack, first->header) || counts_up (first))
      && first->n_filled > 0 && first->n_number + 1 >= first->n_filled)
    self->table->serial_column = (int) first->column;
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
note_hidden (CcTableRun *self)
{
  GPtrArray *notes = self->table->notes;

  if (self->sheet->sheet->hidden)
    g_ptr_array_add (notes, g_strdup ("intake.note.hidden-sheet"));
  if (self->table->n_hidden > 0)
    g_ptr_array_add (notes, g_strdup ("intake.note.hidden-rows"));
  for (guint i = 0; i < self->table->columns->len; i++)
    if (((CcInspectColumn *) self->table->columns->pdata[i])->hidden)
      {
        g_ptr_array_add (notes, g_strdup ("intake.note.hidden-columns"));
        return;
      }
}

/* Junk below a short list may be most of its rows: the broad ones tell how wide a row is. */
static guint
find_usual_width (CcTableRun *self)
{
  guint n_rows = self->table->n_rows[CC_ROW_DATA], n_wider = 0;

  for (guint w = self->widths->len; w > 0; w--)
    {
      n_wider += g_array_index (self->widths, guint, w - 1);
      if (n_wider > 0 && n_wider * 8 >= n_rows)
        return w - 1;
    }
  return 0;
}

/* All rows were added. */
void
cc_table_run_finish (CcTableRun *self)
{
  for (guint i = 0; i < self->stats->len; i++)
    cc_column_stats_finish (self->stats->pdata[i], self->sheet->pack, self->sheet->today);
  note_hidden (self);
  if (self->table->differences->len > 0)
    g_ptr_array_add (self->table->notes, g_strdup ("intake.note.totals-differ"));
  self->table->usual_width = find_usual_width (self);
  find_serial_column (self);
  self->table->signature = make_signature (self->table);
}

void
cc_table_run_free (CcTableRun *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->stats);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->labels);
  g_ptr_array_unref (self->totals);
  g_array_unref (self->rows);
  g_array_unref (self->widths);
  g_free (self);
}
