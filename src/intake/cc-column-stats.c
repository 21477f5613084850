/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-column-stats-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>

#include <string.h>

#include "cc-grid-private.h"

#define N_SAMPLES 3

struct _CcColumnStats
{
  CcInspectColumn *column;
  GHashTable      *distinct; /* text -> GUINT count; at most CC_INSPECT_MAX_DISTINCT */
  GPtrArray       *samples;
  gboolean dates_scanned; /* the distinct values went into the scan; later ones go one by one */
  gboolean looks_like_dates;
};

CcColumnStats *
cc_column_stats_new (CcInspectColumn *column)
{
  CcColumnStats *self = g_new0 (CcColumnStats, 1);

  self->column = column;
  self->distinct = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->samples = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cc_column_stats_free (CcColumnStats *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->distinct);
  g_ptr_array_unref (self->samples);
  g_free (self);
}

static void
scan_distinct (CcColumnStats *self, CcPack *pack, CcDay today)
{
  GHashTableIter iter;
  gpointer       text, count;

  if (self->dates_scanned)
    return;
  self->dates_scanned = TRUE;
  g_hash_table_iter_init (&iter, self->distinct);
  while (g_hash_table_iter_next (&iter, &text, &count))
    cc_date_scan_add (&self->column->dates, pack, text, today, GPOINTER_TO_UINT (count));
  self->looks_like_dates = self->column->dates.n_read > self->column->dates.n_unreadable;
}

/**
 * cc_column_stats_add:
 * @cell: a cell that is not blank
 */
void
cc_column_stats_add (CcColumnStats *self, CcPack *pack, const CcSheetCell *cell, CcDay today)
{
  CcInspectColumn *column = self->column;
  gpointer         key, count;
  double           number;

  column->n_filled++;
  if (cell->type == CC_SHEET_CELL_DATE)
    column->n_date++;
  else if (cc_cell_is_number (cell, &number))
    {
      column->n_number++;
      column->sum += number;
    }
  else
    column->n_text++;
  if (cell->flags & CC_SHEET_CELL_HIDDEN)
    column->hidden = TRUE;
  if (column->too_many)
    {
      /* One late value can still prove the order of a long column of dates. */
      if (self->looks_like_dates && cell->type == CC_SHEET_CELL_TEXT)
        cc_date_scan_add (&column->dates, pack, cell->text, today, 1);
      return;
    }
  if (g_hash_table_lookup_extended (self->distinct, cell->text, &key, &count))
    {
      g_hash_table_insert (self->distinct, g_strdup (cell->text),
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
      return;
    }
  if (g_hash_table_size (self->distinct) == CC_INSPECT_MAX_DISTINCT)
    {
      column->too_many = TRUE;
      scan_distinct (self, pack, today);
      if (self->looks_like_dates && cell->type == CC_SHEET_CELL_TEXT)
        cc_date_scan_add (&column->dates, pack, cell->text, today, 1);
      return;
    }
  g_hash_table_insert (self->distinct, g_strdup (cell->text), GUINT_TO_POINTER (1));
  if (self->samples->len < N_SAMPLES && !cc_word_is_ditto (pack, cell->text))
    g_ptr_array_add (self->samples, g_strdup (cell->text));
}

static gint
compare_distinct (gconstpointer a, gconstpointer b)
{
  const CcDistinct *x = *(CcDistinct *const *) a;
  const CcDistinct *y = *(CcDistinct *const *) b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static void
free_distinct (gpointer data)
{
  g_free (((CcDistinct *) data)->text);
  g_free (data);
}

/**
 * cc_column_stats_finish:
 *
 * Fills the column's values, samples and order of dates.
 */
void
cc_column_stats_finish (CcColumnStats *self, CcPack *pack, CcDay today)
{
  CcInspectColumn *column = self->column;
  GHashTableIter   iter;
  gpointer         text, count;

  scan_distinct (self, pack, today);
  column->date_order = cc_date_scan_decide (&column->dates, &column->date_ambiguous);
  column->values = g_ptr_array_new_with_free_func (free_distinct);
  g_hash_table_iter_init (&iter, self->distinct);
  while (g_hash_table_iter_next (&iter, &text, &count))
    {
      CcDistinct *distinct = g_new (CcDistinct, 1);

      distinct->text = g_strdup (text);
      distinct->count = GPOINTER_TO_UINT (count);
      g_ptr_array_add (column->values, distinct);
    }
  g_ptr_array_sort (column->values, compare_distinct);
  g_ptr_array_add (self->samples, NULL);
  column->samples = g_strdupv ((char **) self->samples->pdata);
}
