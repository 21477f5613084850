/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/intake/cc-inspect.h>

static const char *
order_word (CcDateOrder order)
{
  switch (order)
    {
    case CC_DATE_ORDER_DMY:
      return "DMY";
    case CC_DATE_ORDER_MDY:
      return "MDY";
    case CC_DATE_ORDER_YMD:
      return "YMD";
    default:
      return NULL;
    }
}

/* Reasons that need no words beside the header. */
static gboolean
is_plain (const char *reason)
{
  return g_str_equal (reason, "intake.reason.synonym")
         || g_str_equal (reason, "intake.reason.machine")
         || g_str_equal (reason, "intake.reason.not-needed");
}

static void
add_column (CcCli *cli, const CcInspectColumn *column)
{
  g_autofree char *samples = g_strjoinv (" | ", column->samples);
  const char      *why =
      column->reason ? cc_texts_get (cli->texts, column->reason, cli->language) : NULL;

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "letter", column->letter);
  cc_cli_json_text (cli, "header", column->header);
  cc_cli_json_text (cli, "machine", column->machine);
  cc_cli_json_text (cli, "machine_variable", column->machine_suggestion);
  cc_cli_json_flag (cli, "hidden", column->hidden);
  cc_cli_json_int (cli, "filled", column->n_filled);
  cc_cli_json_text (cli, "variable", *column->suggestion ? column->suggestion : NULL);
  cc_cli_json_text (cli, "reason", column->reason);
  cc_cli_json_text (cli, "why", why);
  cc_cli_json_text (cli, "language", column->language);
  cc_cli_json_text (cli, "date_order", order_word (column->date_order));
  cc_cli_json_flag (cli, "date_ambiguous", column->date_ambiguous);
  cc_cli_json_begin_array (cli, "samples");
  for (guint i = 0; column->samples[i]; i++)
    cc_cli_json_item (cli, column->samples[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "    %-3s %-32s %6u  %-28s %s", column->letter, column->header,
                column->n_filled, *column->suggestion ? column->suggestion : "-", samples);
  if (why && !is_plain (column->reason))
    cc_cli_print (cli, "        %s", why);
  if (column->machine_suggestion)
    cc_cli_print (cli, _ ("        hidden name %s: %s"), column->machine,
                  column->machine_suggestion);
}

/* Why the table is read so, and what to look at. */
static void
add_notes (CcCli *cli, const CcInspectTable *table)
{
  cc_cli_json_begin_array (cli, "notes");
  for (guint i = 0; i < table->notes->len; i++)
    {
      const char *text = cc_texts_get (cli->texts, table->notes->pdata[i], cli->language);

      cc_cli_json_item (cli, text);
      cc_cli_print (cli, "    %s", text);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_begin_array (cli, "total_differences");
  for (guint i = 0; i < table->differences->len; i++)
    {
      const CcTotalDifference *total = table->differences->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "row", total->row + 1);
      cc_cli_json_text (cli, "header", total->header);
      cc_cli_json_double (cli, "stated", total->stated);
      cc_cli_json_double (cli, "found", total->found);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, _ ("    Row %u, %s: the sheet says %g, its rows give %g"), total->row + 1,
                    total->header ? total->header : table->name, total->stated, total->found);
    }
  cc_cli_json_end_array (cli);
}

static void
add_table (CcCli *cli, const CcInspectTable *table)
{
  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "name", table->name);
  cc_cli_json_text (cli, "unit", g_ascii_isalpha (*table->unit) ? table->unit : NULL);
  cc_cli_json_flag (cli, "left_out", g_str_equal (table->unit, "-"));
  cc_cli_json_flag (cli, "aggregate", table->aggregate);
  cc_cli_json_begin_array (cli, "header_rows");
  for (guint row = table->header_first; row <= table->header_last; row++)
    cc_cli_json_int (cli, NULL, row + 1);
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "machine_row", table->machine_row + 1);
  cc_cli_json_int (cli, "first_row", table->data_first + 1);
  cc_cli_json_int (cli, "last_row", table->data_last + 1);
  cc_cli_json_begin_object (cli, "rows");
  for (guint kind = 0; kind < CC_ROW_N_KINDS; kind++)
    cc_cli_json_int (cli, cc_row_kind_to_text (kind), table->n_rows[kind]);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, _ ("  Table “%s” (%s): header rows %u to %u, data rows %u to %u"), table->name,
                g_str_equal (table->unit, "-") ? _ ("left out")
                : *table->unit                 ? table->unit
                                               : "?",
                table->header_first + 1, table->header_last + 1, table->data_first + 1,
                table->data_last + 1);
  add_notes (cli, table);
  cc_cli_json_begin_array (cli, "columns");
  for (guint i = 0; i < table->columns->len; i++)
    add_column (cli, table->columns->pdata[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_end_object (cli);
}

static void
add_sheet (CcCli *cli, const CcInspection *inspection, guint index)
{
  const CcInspectSheet *sheet = inspection->sheets->pdata[index];

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "name", sheet->name);
  cc_cli_json_flag (cli, "hidden", sheet->hidden);
  cc_cli_json_flag (cli, "right_to_left", sheet->right_to_left);
  cc_cli_json_int (cli, "rows", sheet->n_rows);
  cc_cli_json_text (cli, "problem",
                    sheet->problem ? cc_texts_get (cli->texts, sheet->problem, cli->language)
                                   : NULL);
  cc_cli_print (cli, _ ("Sheet “%s”: %u rows"), sheet->name, sheet->n_rows);
  if (sheet->problem)
    cc_cli_print (cli, "  %s", cc_texts_get (cli->texts, sheet->problem, cli->language));
  cc_cli_json_begin_array (cli, "tables");
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];

      if (table->sheet == index)
        add_table (cli, table);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_end_object (cli);
}

static void
add_notices (CcCli *cli, char **notices)
{
  cc_cli_json_begin_array (cli, "notices");
  for (guint i = 0; notices[i]; i++)
    {
      const char *text = cc_texts_get (cli->texts, notices[i], cli->language);

      cc_cli_json_item (cli, text);
      cc_cli_print (cli, "%s", text);
    }
  cc_cli_json_end_array (cli);
}

/* inspect SHEET */
gboolean
cc_cli_inspect (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcInspection) inspection = NULL;
  g_autoptr (CcProgress) progress = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one spreadsheet."));
  if (!cc_cli_need_pack (cli, error))
    return FALSE;
  progress = cc_cli_progress_new (cli);
  inspection = cc_inspect (cli->pack, argv[1], cc_day_today (), progress, error);
  if (!inspection)
    return FALSE;
  cc_cli_json_text (cli, "file", inspection->file_name);
  cc_cli_json_text (cli, "format", inspection->format);
  cc_cli_json_text (cli, "encoding", inspection->encoding);
  cc_cli_json_begin_array (cli, "languages");
  for (guint i = 0; inspection->languages && inspection->languages[i]; i++)
    cc_cli_json_item (cli, inspection->languages[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_flag (cli, "nil", inspection->nil);
  if (inspection->nil)
    cc_cli_print (cli, "%s",
                  _ ("The file says that there was nothing to report. Record a nil return."));
  add_notices (cli, inspection->notices);
  cc_cli_json_begin_array (cli, "sheets");
  for (guint i = 0; i < inspection->sheets->len; i++)
    add_sheet (cli, inspection, i);
  cc_cli_json_end_array (cli);
  return TRUE;
}
