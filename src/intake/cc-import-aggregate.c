/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of counts: every number is kept with what its row and column say, and no person is made.
 */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

static gboolean
has_counts (const CcInspectTable *table)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (((CcInspectColumn *) table->columns->pdata[i])->counts)
      return TRUE;
  return FALSE;
}

/* Whether the numbers of a column are counts. Of a table that only a person called one of counts
 * nothing is known: then all numbers are. */
static gboolean
is_count_column (const CcInspectTable *table, const CcInspectColumn *column)
{
  if (!column || (int) column->column == table->serial_column)
    return FALSE;
  return has_counts (table) ? column->counts : TRUE;
}

/* "Header=Text" of one cell that sorts; the signs that part the pairs are taken out. */
static void
append_category (GString *categories, const char *header, const char *text)
{
  g_autofree char *name = cc_text_collapse (header);
  g_autofree char *value = cc_text_collapse (text);

  g_strdelimit (name, ";=", ' ');
  g_strdelimit (value, ";=", ' ');
  g_string_append_printf (categories, "%s=%s;", name, value);
}

/* What the numbers of a column count, where its header says it: "Number of suspects" beside "Number
 * of victims". */
static const char *
find_unit (CcPack *pack, const CcInspectColumn *column, const char *unit)
{
  const char *header = column->leaf ? column->leaf : column->header;
  const char *said = cc_pack_match_token (pack, "count-header", header);
  GPtrArray  *meanings = cc_pack_match_header (pack, header);

  if (said && *said)
    return said;
  for (guint i = 0; meanings && i < meanings->len; i++)
    {
      const CcHeaderMeaning *meaning = meanings->pdata[i];

      if (g_str_equal (meaning->variable->name, "perpetrators_number"))
        return "perpetrator";
    }
  return unit;
}

/* The year that a column is headed with; else what its row is about. */
static CcInterval
find_column_period (const CcInspectColumn *column, CcInterval period)
{
  const char *header = column->leaf ? column->leaf : column->header;
  gint64      year;

  if (strlen (header) == 4 && cc_text_to_int (header, 1900, 2200, &year))
    return cc_interval_year ((int) year);
  return period;
}

/* The year a row is about, where a column states one. */
static CcInterval
find_period (const CcInspectTable *table,
             const CcSheetCell    *cells,
             guint                 n_cells,
             CcInterval            period)
{
  for (guint i = 0; i < n_cells; i++)
    {
      const CcInspectColumn *column = cc_inspect_table_find_column (table, cells[i].column);
      double                 number;

      if (column && column->years && cc_cell_is_number (&cells[i], &number))
        return cc_interval_year ((int) number);
    }
  return period;
}

/* A row of a table of counts: each number is kept as a count under its header and year, with what
 * else the row says. */
gboolean
cc_import_write_aggregate_row (CcImportJob       *job,
                               CcImportRow       *row,
                               const CcSheetCell *cells,
                               guint              n_cells,
                               GError           **error)
{
  const CcInspectTable *table = row->table->found;
  const char           *unit = g_ascii_isalpha (row->table->unit[0]) ? row->table->unit : "victim";
  g_autoptr (GString) sorted = g_string_new (NULL);
  CcInterval period = find_period (table, cells, n_cells, row->table->period);

  row->parked = "intake.parked.aggregate";
  row->findings = cc_import_findings_new ();
  for (guint i = 0; i < n_cells; i++)
    {
      const CcInspectColumn *column = cc_inspect_table_find_column (table, cells[i].column);

      if (column && !cc_text_is_blank (cells[i].text)
          && (int) column->column != table->serial_column
          && (!is_count_column (table, column) || !cc_cell_is_number (&cells[i], NULL)))
        append_category (sorted, column->header, cells[i].text);
    }
  for (guint i = 0; i < n_cells; i++)
    {
      const CcInspectColumn *column = cc_inspect_table_find_column (table, cells[i].column);
      g_autofree char       *categories = NULL;
      double                 number = -1;

      if (!is_count_column (table, column) || cc_text_is_blank (cells[i].text))
        continue;
      if (!cc_cell_is_number (&cells[i], &number) || number < 0 || number > G_MAXINT32)
        {
          if (column->counts)
            cc_import_row_find (row, "intake.finding.number-unreadable", CC_SEVERITY_WARNING, NULL,
                                cells[i].text);
          continue;
        }
      categories = g_strdup_printf ("%scolumn=%s", sorted->str, column->header);
      if (!cc_act_add_aggregate_cell (job->act, job->submission.id, row->source_row, 0,
                                      find_unit (job->pack, column, unit),
                                      find_column_period (column, period), categories,
                                      (gint64) number, error))
        return FALSE;
    }
  return TRUE;
}
