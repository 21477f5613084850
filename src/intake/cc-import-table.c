/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

static void
free_import_column (gpointer data)
{
  CcImportColumn *self = data;

  g_ptr_array_unref (self->readers);
  g_clear_pointer (&self->shapes, g_hash_table_unref);
  g_free (self->last);
  g_free (self->folded);
  g_free (self);
}

void
cc_import_table_free (CcImportTable *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->constants);
  g_array_unref (self->key_order);
  g_array_unref (self->merges);
  g_free (self->unit);
  g_free (self);
}

/* Looking for ditto marks in every cell would cost more than reading the sheet. */
static gboolean
may_hold_ditto (CcPack *pack, const CcInspectColumn *column)
{
  if (column->too_many)
    return TRUE;
  for (guint i = 0; i < column->values->len; i++)
    if (cc_word_is_ditto (pack, ((CcDistinct *) column->values->pdata[i])->text))
      return TRUE;
  return FALSE;
}

/* Ditto marks are a sign or a word or two and hold no digit. */
static gboolean
is_ditto (CcPack *pack, const CcImportColumn *column, const char *text)
{
  if (!column->may_ditto || strlen (text) > 40 || strpbrk (text, "0123456789"))
    return FALSE;
  return cc_word_is_ditto (pack, text);
}

/* Dates of birth lie years before the period of the list in any calendar. */
static gboolean
may_ask_calendar (const CcTarget *target)
{
  return target->variable->type == CC_VARIABLE_DATE
         && !g_str_equal (target->variable->name, "birth_date");
}

static CcImportColumn *
make_column (CcImportJob           *job,
             const CcInspectTable  *table,
             const CcInspectColumn *found,
             CcColumnPlan          *plan,
             CcInterval             period)
{
  CcImportColumn *self = g_new0 (CcImportColumn, 1);

  self->found = found;
  self->plan = plan;
  self->folded = cc_text_fold (found->header);
  self->may_ditto = may_hold_ditto (job->pack, found);
  self->serial = table->serial_column >= 0 && found->column == (guint) table->serial_column;
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_cell_reader_free);
  for (guint i = 0; i < plan->targets->len; i++)
    {
      CcCellReader *reader =
          cc_cell_reader_new (job->pack, job->map, found, plan, plan->targets->pdata[i]);

      reader->own_country = cc_case_file_get_country (job->file);
      reader->entities = job->entities;
      reader->today = job->today;
      reader->date_1904 = job->inspection->date_1904;
      reader->ask_calendar = reader->calendar == CC_CALENDAR_UNKNOWN
                             && may_ask_calendar (reader->target)
                             && cc_column_guess_calendar (job->pack, found, job->today, period)
                                    == CC_CALENDAR_ETHIOPIAN;
      g_ptr_array_add (self->readers, reader);
    }
  return self;
}

/* The period rows without a date of their own fall in: everything that was said about it must hold
 * at once, from the sheet's name to the command line. */
static CcInterval
decide_period (CcImportJob *job, const CcInspectTable *found)
{
  CcInterval stated[3] = { cc_map_get_period (job->map, job->pack, found->name), found->period,
                           job->options->period };
  CcInterval period = CC_INTERVAL_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (stated); i++)
    {
      CcInterval both;

      if (!cc_interval_is_known (stated[i]))
        continue;
      if (!cc_interval_is_known (period))
        {
          period = stated[i];
          continue;
        }
      both = cc_interval_intersect (period, stated[i]);
      if (cc_interval_is_known (both))
        period = both;
    }
  if (found->sheet_month > 0 && cc_interval_is_known (period)
      && cc_day_year (period.first) == cc_day_year (period.last))
    {
      CcInterval month = cc_interval_month (cc_day_year (period.first), found->sheet_month);
      CcInterval both = cc_interval_intersect (period, month);

      if (cc_interval_is_known (both))
        period = both;
    }
  return period;
}

static gint
compare_columns (gconstpointer a, gconstpointer b, gpointer data)
{
  GPtrArray      *columns = data;
  CcImportColumn *x = columns->pdata[*(const guint *) a], *y = columns->pdata[*(const guint *) b];
  int             order = strcmp (x->folded, y->folded);

  return order != 0 ? order : (*(const guint *) a > *(const guint *) b) - 1;
}

CcImportTable *
cc_import_table_new (CcImportJob *job, const CcInspectTable *found)
{
  CcImportTable *self = g_new0 (CcImportTable, 1);

  self->found = found;
  self->unit = g_strdup (cc_map_get_unit (job->map, found->name));
  self->aggregate = cc_map_is_aggregate (job->map, found);
  self->also_perpetrator = cc_map_states_also (job->map, found->name, "perpetrator");
  self->period = decide_period (job, found);
  self->end_row = G_MAXUINT;
  self->columns = g_ptr_array_new_with_free_func (free_import_column);
  self->key_order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->merges = g_array_new (FALSE, FALSE, sizeof (CcMerge));
  self->plans = cc_map_plan_columns (job->map, job->pack, found);
  self->constants = cc_map_list_constants (job->map, job->pack, self->unit, self->plans);
  for (guint i = 0; i < found->columns->len; i++)
    {
      CcImportColumn *column =
          make_column (job, found, found->columns->pdata[i], self->plans->pdata[i], self->period);

      g_ptr_array_add (self->columns, column);
      if (!column->serial)
        g_array_append_val (self->key_order, i);
    }
  cc_import_doubt_table (self);
  g_array_sort_with_data (self->key_order, compare_columns, self->columns);
  for (guint i = 0; found->merges && i < found->merges->len; i++)
    {
      CcMerge merge = g_array_index (found->merges, CcMerge, i);

      if (merge.first_row > found->header_last && merge.last_row > merge.first_row)
        g_array_append_val (self->merges, merge);
    }
  return self;
}

static gboolean
is_merged_down (CcImportTable *self, guint row, guint column)
{
  for (guint i = 0; i < self->merges->len; i++)
    {
      const CcMerge *merge = &g_array_index (self->merges, CcMerge, i);

      if (row > merge->first_row && row <= merge->last_row && column >= merge->first_column
          && column <= merge->last_column)
        return TRUE;
    }
  return FALSE;
}

/* The texts of one data row by column: ditto marks and cells merged downwards say what stands above
 * them. NULL where the cell is blank. */
char **
cc_import_table_resolve (CcImportTable     *self,
                         CcPack            *pack,
                         const CcSheetCell *cells,
                         guint              n_cells,
                         guint              row)
{
  char **texts = g_new0 (char *, self->columns->len + 1);
  guint  at = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      CcImportColumn *column = self->columns->pdata[i];
      const char     *text = NULL;

      while (at < n_cells && cells[at].column < column->found->column)
        at++;
      if (at < n_cells && cells[at].column == column->found->column
          && !cc_text_is_blank (cells[at].text))
        text = cells[at].text;
      if (text ? is_ditto (pack, column, text) : is_merged_down (self, row, column->found->column))
        text = column->last;
      else
        {
          g_free (column->last);
          column->last = g_strdup (text);
        }
      texts[i] = g_strdup (text);
    }
  return texts;
}

void
cc_import_table_free_texts (const CcImportTable *self, char **texts)
{
  for (guint i = 0; i < self->columns->len; i++)
    g_free (texts[i]);
  g_free (texts);
}

/* What identifies a row that has no number of its own: everything it says, running number apart,
 * wherever its columns and rows have moved. */
char *
cc_import_table_make_key (CcImportTable *self, char **texts)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->key_order->len; i++)
    {
      guint           position = g_array_index (self->key_order, guint, i);
      CcImportColumn *column = self->columns->pdata[position];

      if (!texts[position])
        continue;
      g_checksum_update (checksum, (const guchar *) column->folded,
                         (gssize) strlen (column->folded) + 1);
      g_checksum_update (checksum, (const guchar *) texts[position],
                         (gssize) strlen (texts[position]) + 1);
    }
  return g_strconcat ("row:", g_checksum_get_string (checksum), NULL);
}

static void
append_json_text (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p; p++)
    {
      guchar c = (guchar) *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", c);
      else if (c < 0x20)
        g_string_append_printf (json, "\\u%04x", c);
      else
        g_string_append_c (json, (char) c);
    }
  g_string_append_c (json, '"');
}

/* The raw texts of a row as a JSON array, blank cells as "". */
char *
cc_import_cells_to_json (const CcSheetCell *cells, guint n_cells)
{
  GString *json = g_string_new ("[");
  guint    column = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      for (; column < cells[i].column; column++)
        g_string_append (json, column > 0 ? ",\"\"" : "\"\"");
      if (column > 0)
        g_string_append_c (json, ',');
      append_json_text (json, cells[i].text);
      column++;
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
