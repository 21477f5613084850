/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/report/cc-read-back.h>

static const char *
difference_word (CcReadDifference difference)
{
  static const char *const words[] = { "same", "changed", "added", "removed", "unmatched" };

  return words[difference];
}

static void
add_figure (CcCli *cli, const char *key, gboolean known, double value, const char *text)
{
  if (text)
    cc_cli_json_text (cli, key, text);
  else if (known)
    cc_cli_json_double (cli, key, value);
  else
    cc_cli_json_text (cli, key, NULL);
}

static char *
figure_text (gboolean known, double value, const char *text)
{
  if (text)
    return g_strdup_printf ("“%s”", text);
  return known ? g_strdup_printf ("%.15g", value) : g_strdup ("–");
}

static void
add_change (CcCli *cli, const CcReadChange *change)
{
  const CcReadCell *cell = change->cell;
  g_autofree char  *here = NULL, *there = NULL;

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "sheet", cell->sheet);
  cc_cli_json_text (cli, "cell", cell->cell);
  cc_cli_json_text (cli, "table", cell->table);
  cc_cli_json_text (cli, "row", cell->row);
  cc_cli_json_text (cli, "col", cell->col);
  cc_cli_json_text (cli, "year", cell->period);
  cc_cli_json_text (cli, "difference", difference_word (change->kind));
  add_figure (cli, "workbook", cell->known, cell->value, cell->text);
  add_figure (cli, "case_file", change->known, change->value, change->text);
  cc_cli_json_end_object (cli);
  here = figure_text (cell->known, cell->value, cell->text);
  there = figure_text (change->known, change->value, change->text);
  cc_cli_print (cli, _ ("  %s!%s  %s %s %s: %s, case file %s, workbook %s"), cell->sheet,
                cell->cell, cell->table ? cell->table : "", cell->row, cell->period,
                difference_word (change->kind), there, here);
}

/* read-back FILE X.xlsx */
gboolean
cc_cli_read_back (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcReadBack) back = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 3)
    return cc_cli_usage (error, _ ("Please name the case file and the workbook."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  if (!file || !(back = cc_read_back_load (argv[2], cli->cancellable, error))
      || !cc_read_back_compare (back, file, NULL, cli->texts, cli->cancellable, error))
    return FALSE;
  cc_cli_json_text (cli, "questionnaire", back->questionnaire);
  cc_cli_json_int (cli, "cells", back->cells->len);
  cc_cli_print (cli, _ ("%s: %u cells read, %u differ from the case file."), back->questionnaire,
                back->cells->len, back->changes->len);
  if (back->n_uncomputed > 0)
    cc_cli_say (cli,
                _ ("%u cells are formulas whose result was not stored, so they were not compared. "
                   "Open the workbook in a spreadsheet program, save it and read it again."),
                back->n_uncomputed);
  cc_cli_json_int (cli, "uncomputed", back->n_uncomputed);
  cc_cli_json_begin_array (cli, "changed");
  for (guint i = 0; i < back->changes->len; i++)
    add_change (cli, back->changes->pdata[i]);
  cc_cli_json_end_array (cli);
  return cc_case_file_close (file, error);
}
