/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-cells.h"

#include <cc/report/cc-workbook.h>

static gboolean
write_blank (CcCli           *cli,
             CcQuestionnaire *questionnaire,
             GArray          *periods,
             const char      *out,
             GError         **error)
{
  if (!cc_workbook_write_blank (questionnaire, periods, "", cli->texts, cli->language, 0, out,
                                error))
    return FALSE;
  cc_cli_json_int (cli, "tables", cc_questionnaire_get_n_tables (questionnaire));
  cc_cli_json_begin_array (cli, "findings");
  cc_cli_json_end_array (cli);
  cc_cli_json_text (cli, "output", out);
  cc_cli_print (cli, _ ("Wrote the blank questionnaire %s."), out);
  return TRUE;
}

static gboolean
write_filled (CcCli           *cli,
              const char      *path,
              CcQuestionnaire *questionnaire,
              GArray          *periods,
              CcAudience       audience,
              const char      *out,
              GError         **error)
{
  CcCountOptions    options = { .periods = periods };
  CcWorkbookRequest request = { questionnaire, &options, cli->language, audience, 0 };
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);
  g_autoptr (CcWorkbookSummary) summary = NULL;

  if (!file || !(summary = cc_workbook_export (file, &request, cli->texts, out, progress, error)))
    return FALSE;
  cc_cli_json_int (cli, "tables", summary->tables->len);
  cc_cli_print (cli, _ ("Wrote %s with %u tables: %u errors, %u warnings, %u notes."), out,
                summary->tables->len, summary->n_errors, summary->n_warnings, summary->n_notes);
  cc_cli_add_checks (cli, summary->checks, TRUE);
  cc_cli_json_text (cli, "output", out);
  return cc_case_file_close (file, error);
}

/* questionnaire [FILE] --id ID --years A-B [--blank] [--audience ..] --out X.xlsx */
gboolean
cc_cli_questionnaire (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *id = NULL, *years = NULL, *out = NULL, *audience_text = NULL;
  gboolean           blank = FALSE;
  const GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_STRING, &id, N_ ("Questionnaire"), N_ ("ID") },
    { "years", 0, 0, G_OPTION_ARG_STRING, &years, N_ ("First and last year"), N_ ("A-B") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Workbook to write"), N_ ("X.xlsx") },
    { "blank", 0, 0, G_OPTION_ARG_NONE, &blank,
      N_ ("Empty, for an office without Casecount to fill in"), NULL },
    { "audience", 0, 0, G_OPTION_ARG_STRING, &audience_text, N_ ("Who will read it"),
      N_ ("authority|public") },
    { NULL }
  };
  CcQuestionnaire *questionnaire;
  g_autoptr (GArray) periods = NULL;
  CcAudience audience = CC_AUDIENCE_AUTHORITY;
  gboolean   good;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != (blank ? 1 : 2) || !id || !out)
    return cc_cli_usage (error, _ ("Please say: questionnaire FILE --id ID --years 2020-2024 "
                                   "--out X.xlsx, or --blank without a file."));
  if (audience_text && !cc_audience_from_text (audience_text, &audience))
    return cc_cli_usage (error, _ ("--audience takes “authority” or “public”."));
  if (!cc_cli_parse_years (years, &periods, error) || !cc_cli_need_pack (cli, error)
      || !(questionnaire = cc_questionnaire_find (cli->pack, id, NULL, error)))
    return FALSE;
  /* The years of a questionnaire may begin in another month, which is known only now. */
  g_clear_pointer (&periods, g_array_unref);
  good = cc_periods_parse (years, cc_questionnaire_get_first_month (questionnaire), &periods, error)
         && (blank ? write_blank (cli, questionnaire, periods, out, error)
                   : write_filled (cli, argv[1], questionnaire, periods, audience, out, error));
  cc_questionnaire_unref (questionnaire);
  return good;
}
