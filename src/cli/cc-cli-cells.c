/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-cells.h"

#include <string.h>

static const char *
state_word (CcCellState state)
{
  switch (state)
    {
    case CC_CELL_COMPUTED:
      return "computed";
    case CC_CELL_NOT_DETERMINED:
      return "not-determined";
    case CC_CELL_ENTRY:
      return "entry";
    case CC_CELL_MASKED:
      return "masked";
    case CC_CELL_BLANK:
    default:
      return "blank";
    }
}

static const char *
period_code (const CcTableResult *result, const CcHeading *row, const CcHeading *col)
{
  int period = col->period >= 0 ? col->period : row->period;

  return period >= 0 ? g_array_index (result->periods, CcPeriod, period).code : NULL;
}

static void
add_cell (CcCli               *cli,
          const CcTableResult *result,
          const CcHeading     *row,
          const CcHeading     *col,
          const CcCell        *cell)
{
  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "row", row->code);
  cc_cli_json_begin_array (cli, "cols");
  for (guint i = 0; col->parts && col->parts[i]; i++)
    cc_cli_json_item (cli, col->parts[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_text (cli, "year", period_code (result, row, col));
  if (cell->state == CC_CELL_BLANK || cell->state == CC_CELL_MASKED)
    cc_cli_json_text (cli, "value", NULL);
  else
    cc_cli_json_double (cli, "value", cell->value);
  cc_cli_json_text (cli, "state", state_word (cell->state));
  cc_cli_json_int (cli, "low", cell->low);
  cc_cli_json_int (cli, "high", cell->high);
  cc_cli_json_end_object (cli);
}

static void
add_totals (CcCli *cli, const CcTableResult *result)
{
  cc_cli_json_begin_array (cli, "totals");
  for (guint i = 0; i <= result->periods->len; i++)
    {
      const CcCell *cell = &result->totals[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "row", "total");
      cc_cli_json_begin_array (cli, "cols");
      cc_cli_json_end_array (cli);
      cc_cli_json_text (cli, "year",
                        i < result->periods->len ? g_array_index (result->periods, CcPeriod, i).code
                                                 : NULL);
      cc_cli_json_double (cli, "value", cell->value);
      cc_cli_json_text (cli, "state", state_word (cell->state));
      cc_cli_json_int (cli, "low", cell->low);
      cc_cli_json_int (cli, "high", cell->high);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
}

/* The keys of one counted table, into the object that is open: table, rows[], totals[], notes[]. */
void
cc_cli_add_table (CcCli *cli, const CcTableResult *result)
{
  cc_cli_json_text (cli, "table", result->table->id);
  cc_cli_json_begin_array (cli, "rows");
  for (guint i = 0; i < result->rows->len; i++)
    for (guint j = 0; j < result->cols->len; j++)
      add_cell (cli, result, result->rows->pdata[i], result->cols->pdata[j],
                cc_table_result_get (result, i, j));
  cc_cli_json_end_array (cli);
  add_totals (cli, result);
  cc_cli_json_begin_array (cli, "notes");
  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote    *note = &g_array_index (result->notes, CcNote, i);
      g_autofree char *text =
          cc_texts_format_count (cli->texts, note->key, cli->language, note->count, NULL);

      cc_cli_json_item (cli, text);
    }
  cc_cli_json_end_array (cli);
}

static char *
format_cell (CcCli *cli, const CcTableResult *result, const CcCell *cell)
{
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (cell->state == CC_CELL_BLANK)
    return g_strdup ("");
  if (cell->state == CC_CELL_MASKED)
    return g_strdup_printf ("<%d", cc_questionnaire_get_suppress (result->questionnaire));
  value = cc_texts_number (cli->texts, cli->language, cell->value, result->table->rate ? 2 : 0);
  if (cell->low == cell->high || result->table->rate)
    return g_steal_pointer (&value);
  low = cc_texts_number (cli->texts, cli->language, (double) cell->low, 0);
  high = cc_texts_number (cli->texts, cli->language, (double) cell->high, 0);
  return g_strdup_printf ("%s (%s–%s)", value, low, high);
}

static char *
heading_label (CcCli               *cli,
               const CcTableResult *result,
               const CcHeading     *heading,
               gboolean             of_columns)
{
  GString *label = g_string_new (NULL);

  for (guint i = 0; heading->parts && heading->parts[i]; i++)
    {
      g_autofree char *part =
          cc_table_result_label (result, heading, i, of_columns, cli->texts, cli->language);

      g_string_append_printf (label, "%s%s", label->len > 0 ? ", " : "", part);
    }
  if (label->len == 0 && heading->period < 0)
    g_string_append (label, cc_texts_get (cli->texts, "report.total", cli->language));
  return g_string_free (label, FALSE);
}

static char *
column_label (CcCli *cli, const CcTableResult *result, const CcHeading *col)
{
  g_autofree char *label = heading_label (cli, result, col, TRUE);
  const char      *period;

  if (col->period < 0)
    return g_steal_pointer (&label);
  period = g_array_index (result->periods, CcPeriod, col->period).code;
  return *label ? g_strconcat (period, " ", label, NULL) : g_strdup (period);
}

/* Pads by characters, not bytes, so that accents keep the columns straight. */
static char *
pad (const char *text, glong width, gboolean right)
{
  glong            length = g_utf8_strlen (text, -1);
  g_autofree char *spaces = g_strnfill (MAX (width - length, 0), ' ');

  return right ? g_strconcat (spaces, text, NULL) : g_strconcat (text, spaces, NULL);
}

/* Line after line of the table, its headings first; each line begins with its label. */
static GPtrArray *
list_lines (CcCli *cli, const CcTableResult *result)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *line = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (lines, line);
  g_ptr_array_add (line, g_strdup (""));
  for (guint j = 0; j < result->cols->len; j++)
    g_ptr_array_add (line, column_label (cli, result, result->cols->pdata[j]));
  for (guint i = 0; i < result->rows->len; i++)
    {
      line = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (lines, line);
      g_ptr_array_add (line, heading_label (cli, result, result->rows->pdata[i], FALSE));
      for (guint j = 0; j < result->cols->len; j++)
        g_ptr_array_add (line, format_cell (cli, result, cc_table_result_get (result, i, j)));
    }
  return lines;
}

/* Columns are as wide as their widest cell, two spaces apart: figures never touch. */
static void
print_lines (CcCli *cli, GPtrArray *lines)
{
  const guint       n_cols = ((GPtrArray *) lines->pdata[0])->len;
  g_autofree glong *widths = g_new0 (glong, n_cols);

  for (guint i = 0; i < lines->len; i++)
    for (guint j = 0; j < n_cols; j++)
      widths[j] = MAX (widths[j], g_utf8_strlen (((GPtrArray *) lines->pdata[i])->pdata[j], -1));
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < n_cols; j++)
        {
          g_autofree char *cell = pad (((GPtrArray *) lines->pdata[i])->pdata[j], widths[j], j > 0);

          g_string_append_printf (text, "%s%s", j > 0 ? "  " : "", cell);
        }
      cc_cli_print (cli, "%s", text->str);
    }
}

/* The table as text: one column per period or column category. */
void
cc_cli_print_table (CcCli *cli, const CcTableResult *result)
{
  g_autoptr (GPtrArray) lines = list_lines (cli, result);

  print_lines (cli, lines);
  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote    *note = &g_array_index (result->notes, CcNote, i);
      g_autofree char *text =
          cc_texts_format_count (cli->texts, note->key, cli->language, note->count, NULL);

      cc_cli_print (cli, "  %s", text);
    }
}

static const char *
severity_word (CcSeverity severity)
{
  return severity == CC_SEVERITY_ERROR     ? "error"
         : severity == CC_SEVERITY_WARNING ? "warning"
                                           : "note";
}

/* Check rules that do not hold, as findings[]. */
void
cc_cli_add_checks (CcCli *cli, GPtrArray *checks, gboolean print)
{
  cc_cli_json_begin_array (cli, "findings");
  for (guint i = 0; i < checks->len; i++)
    {
      const CcCheckResult *check = checks->pdata[i];
      g_autofree char     *text = NULL;

      if (check->holds)
        continue;
      text = cc_check_result_format (check, cli->texts, cli->language);
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "rule", check->id);
      cc_cli_json_text (cli, "severity", severity_word (check->severity));
      cc_cli_json_text (cli, "record", NULL);
      cc_cli_json_text (cli, "variable", check->table);
      cc_cli_json_text (cli, "value", text);
      cc_cli_json_end_object (cli);
      if (print)
        cc_cli_print (cli, "  %s: %s", severity_word (check->severity), text);
    }
  cc_cli_json_end_array (cli);
}
