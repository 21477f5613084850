/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/store/cc-population.h>

#include <inttypes.h>

/* population FILE import X.csv */
gboolean
cc_cli_population (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  gint64 n_rows = 0;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 4 || !g_str_equal (argv[2], "import"))
    return cc_cli_usage (error, _ ("Please say: population FILE import TABLE.csv."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file || !cc_population_import (file, argv[3], &n_rows, error))
    return FALSE;
  cc_cli_json_int (cli, "rows", n_rows);
  cc_cli_print (cli, _ ("Took over %" PRId64 " rows of inhabitants."), n_rows);
  return cc_case_file_close (file, error);
}
