/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/store/cc-sent-counts.h>

#include <inttypes.h>
#include <math.h>

static const char *
kind_word (CcSentKind kind)
{
  return kind == CC_SENT_TABLE ? "table" : "rows";
}

static void
add_period (CcCli *cli, CcInterval period)
{
  g_autofree char *text = cc_interval_is_known (period) ? cc_interval_to_iso (period) : NULL;

  cc_cli_json_text (cli, "period", text);
}

static void
print_delivery (CcCli *cli, const CcSentCounts *counts)
{
  g_autofree char *period =
      cc_interval_is_known (counts->period) ? cc_interval_to_iso (counts->period) : g_strdup ("?");
  g_autofree char *total =
      counts->total < 0 ? g_strdup ("?") : g_strdup_printf ("%" PRId64, counts->total);
  const char *remark = counts->kind == CC_SENT_ROWS ? _ ("stated in rows of lists")
                       : counts->has_records
                           ? _ ("beside its own records, never to be added to them")
                       : counts->total < 0 ? _ ("does not say which of its figures add up")
                                           : _ ("sent as counts only");

  /* Translators: number of the delivery, agency, period, unit, total, number of figures, file. */
  cc_cli_print (cli, _ ("%" PRId64 "  %s  %s  %s: %s, of %" PRId64 " figures  %s (%s)"),
                counts->submission, counts->key, period, counts->unit, total, counts->n_figures,
                counts->file_name ? counts->file_name : "", remark);
}

static gboolean
list_deliveries (CcCli *cli, CcConnection *reader, gint64 submission, GError **error)
{
  g_autoptr (GPtrArray) list = cc_sent_counts_list (reader, cli->pack, submission, error);

  if (!list)
    return FALSE;
  cc_cli_json_begin_array (cli, "deliveries");
  for (guint i = 0; i < list->len; i++)
    {
      const CcSentCounts *counts = list->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "submission", counts->submission);
      cc_cli_json_text (cli, "entity", counts->key);
      cc_cli_json_text (cli, "file", counts->file_name);
      cc_cli_json_text (cli, "kind", kind_word (counts->kind));
      cc_cli_json_text (cli, "unit", counts->unit);
      add_period (cli, counts->period);
      cc_cli_json_int (cli, "figures", counts->n_figures);
      if (counts->total < 0)
        cc_cli_json_double (cli, "total", NAN);
      else
        cc_cli_json_int (cli, "total", counts->total);
      cc_cli_json_flag (cli, "beside_records", counts->has_records);
      cc_cli_json_end_object (cli);
      print_delivery (cli, counts);
    }
  cc_cli_json_end_array (cli);
  if (list->len == 0)
    cc_cli_say (cli, "%s", _ ("No delivery that stands holds counts."));
  return TRUE;
}

static void
add_figure (CcCli *cli, const CcSentFigure *figure)
{
  g_autoptr (GString) sorts = g_string_new (NULL);

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "sheet", figure->sheet);
  cc_cli_json_int (cli, "row", figure->row);
  cc_cli_json_text (cli, "column", figure->column);
  cc_cli_json_text (cli, "unit", figure->unit);
  add_period (cli, figure->period);
  cc_cli_json_begin_array (cli, "categories");
  for (guint i = 0; figure->names[i]; i++)
    {
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "name", figure->names[i]);
      cc_cli_json_text (cli, "text", figure->texts[i]);
      cc_cli_json_end_object (cli);
      g_string_append_printf (sorts, "  %s=%s", figure->names[i], figure->texts[i]);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "count", figure->count);
  cc_cli_json_flag (cli, "repeated", figure->repeated);
  cc_cli_json_end_object (cli);
  /* Translators: sheet, row, column, figure, what sorts it, and perhaps a remark. */
  cc_cli_print (cli, _ ("  %s, row %" PRId64 "  %s: %" PRId64 "%s%s"), figure->sheet, figure->row,
                figure->column ? figure->column : "", figure->count, sorts->str,
                figure->repeated ? _ ("  (sent again later)") : "");
}

static gboolean
list_figures (CcCli *cli, CcConnection *reader, gint64 submission, GError **error)
{
  g_autoptr (GPtrArray) figures = cc_sent_counts_read (reader, submission, error);

  if (!figures)
    return FALSE;
  cc_cli_json_begin_array (cli, "figures");
  for (guint i = 0; i < figures->len; i++)
    add_figure (cli, figures->pdata[i]);
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* sent-counts FILE [--submission ID] */
gboolean
cc_cli_sent_counts (CcCli *cli, int argc, char **argv, GError **error)
{
  gint64             submission = 0;
  const GOptionEntry entries[] = { { "submission", 0, 0, G_OPTION_ARG_INT64, &submission,
                                     N_ ("Number of the delivery whose figures are wanted"),
                                     N_ ("ID") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  CcConnection *reader;
  gboolean      good;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || submission < 0)
    return cc_cli_usage (error, _ ("Please say: sent-counts FILE, or sent-counts FILE "
                                   "--submission 3."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  if (!file || !(reader = cc_case_file_acquire_reader (file, error)))
    return FALSE;
  good = list_deliveries (cli, reader, submission, error)
         && (submission == 0 || list_figures (cli, reader, submission, error));
  cc_case_file_release_reader (file, reader);
  return good && cc_case_file_close (file, error);
}
