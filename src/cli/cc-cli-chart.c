/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/report/cc-report-chart.h>

/* charts list */
gboolean
cc_cli_charts (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) charts = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 2 || !g_str_equal (argv[1], "list"))
    return cc_cli_usage (error, _ ("Please say “charts list”."));
  if (!cc_cli_need_pack (cli, error) || !(charts = cc_report_chart_list (cli->language, error)))
    return FALSE;
  cc_cli_json_begin_array (cli, "charts");
  for (guint i = 0; i < charts->len; i++)
    {
      const CcReportChartInfo *info = charts->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "id", info->id);
      cc_cli_json_text (cli, "title", info->title);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%-28s %s", info->id, info->title);
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* chart FILE --id ID [--years A-B] --out X.(png|svg|pdf|xlsx) */
gboolean
cc_cli_chart (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *id = NULL, *years = NULL, *out = NULL;
  const GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_STRING, &id, N_ ("Chart"), N_ ("ID") },
    { "years", 0, 0, G_OPTION_ARG_STRING, &years, N_ ("First and last year"), N_ ("A-B") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Picture: .png, .svg or .pdf"), N_ ("FILE") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GArray) periods = NULL;
  g_autoptr (CcReportChartSummary) summary = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !id || !out)
    return cc_cli_usage (error,
                         _ ("Please say: chart FILE --id ID --years 2020-2024 --out X.png."));
  if (!(file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error))
      || !cc_cli_choose_years (file, years, &periods, error)
      || !(summary = cc_report_chart (file, id, periods, cli->texts, cli->language, out,
                                      cli->cancellable, error)))
    return FALSE;
  cc_cli_json_text (cli, "output", summary->path);
  cc_cli_json_text (cli, "alt_text", summary->alt_text);
  cc_cli_json_int (cli, "base", summary->base);
  cc_cli_print (cli, _ ("Drew %s: %s"), summary->path, summary->alt_text);
  return cc_case_file_close (file, error);
}
