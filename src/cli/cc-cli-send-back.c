/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/intake/cc-send-back.h>

#include <inttypes.h>

/* send-back FILE --submission ID --original SHEET --out X.xlsx */
gboolean
cc_cli_send_back (CcCli *cli, int argc, char **argv, GError **error)
{
  gint64             submission = 0;
  g_autofree char   *original = NULL;
  g_autofree char   *out = NULL;
  const GOptionEntry entries[] = {
    { "submission", 0, 0, G_OPTION_ARG_INT64, &submission, N_ ("Number of the delivery"),
      N_ ("ID") },
    { "original", 0, 0, G_OPTION_ARG_FILENAME, &original,
      N_ ("The file as the sender sent it; the case file does not keep it"), N_ ("SHEET") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Workbook to write"), N_ ("X.xlsx") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (CcSendBackResult) result = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || submission <= 0 || !original || !out)
    return cc_cli_usage (error, _ ("Please say: send-back FILE --submission 3 --original SHEET "
                                   "--out X.xlsx."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file)
    return FALSE;
  progress = cc_cli_progress_new (cli);
  result = cc_send_back (file, cli->texts, submission, original, out,
                         cli->language_given ? cli->language : NULL, progress, error);
  if (!result)
    return FALSE;
  cc_cli_json_int (cli, "rows", result->rows);
  cc_cli_json_int (cli, "notes", result->cells);
  cc_cli_json_int (cli, "questions", result->questions);
  cc_cli_json_flag (cli, "fresh", result->fresh);
  cc_cli_json_text (cli, "language", result->language);
  cc_cli_json_text (cli, "output", out);
  cc_cli_print (cli, _ ("“%s”: %" PRId64 " questions about %" PRId64 " cells of %" PRId64 " rows."),
                out, result->questions, result->cells, result->rows);
  if (result->fresh)
    cc_cli_print (cli, "%s",
                  _ ("The list is no workbook that can be changed, so a new one was made, with the "
                     "rows in the same places."));
  return cc_case_file_close (file, error);
}
