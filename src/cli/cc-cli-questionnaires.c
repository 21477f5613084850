/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/stats/cc-questionnaire.h>

static void
free_entry (gpointer data)
{
  cc_questionnaire_entry_free (data);
}

static gboolean
list_questionnaires (CcCli *cli, GError **error)
{
  g_autoptr (GPtrArray) entries = cc_questionnaire_list (cli->pack, NULL, error);

  if (!entries)
    return FALSE;
  g_ptr_array_set_free_func (entries, free_entry);
  cc_cli_json_begin_array (cli, "questionnaires");
  for (guint i = 0; i < entries->len; i++)
    {
      const CcQuestionnaireEntry *entry = entries->pdata[i];
      const char                 *title = entry->questionnaire
                                              ? cc_questionnaire_get_title (entry->questionnaire, cli->language)
                                              : NULL;

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "id", entry->id);
      cc_cli_json_text (cli, "title", title);
      cc_cli_json_flag (cli, "usable", entry->questionnaire != NULL);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%-20s %s", entry->id,
                    title ? title : _ ("(has errors; see “questionnaires check”)"));
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

static void
free_problem (gpointer data)
{
  cc_definition_problem_free (data);
}

static gboolean
check_definition (CcCli *cli, const char *path, GError **error)
{
  g_autoptr (GPtrArray) problems = cc_questionnaire_check (cli->pack, path, error);
  guint n_errors = 0;

  if (!problems)
    return FALSE;
  g_ptr_array_set_free_func (problems, free_problem);
  cc_cli_json_begin_array (cli, "findings");
  for (guint i = 0; i < problems->len; i++)
    {
      const CcDefinitionProblem *problem = problems->pdata[i];

      n_errors += problem->severity == CC_SEVERITY_ERROR;
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "file", problem->file);
      cc_cli_json_int (cli, "line", problem->line);
      cc_cli_json_text (cli, "severity",
                        problem->severity == CC_SEVERITY_ERROR ? "error" : "warning");
      cc_cli_json_text (cli, "message", problem->message);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%s", problem->message);
    }
  cc_cli_json_end_array (cli);
  if (n_errors > 0)
    {
      if (cli->json)
        cc_cli_json_print (cli);
      cli->json = FALSE;
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   _ ("The definition has errors and cannot be used."));
      return FALSE;
    }
  cc_cli_print (cli, "%s", _ ("The definition can be used."));
  return TRUE;
}

/* questionnaires list | check FILE.tipq */
gboolean
cc_cli_questionnaires (CcCli *cli, int argc, char **argv, GError **error)
{
  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (!(argc == 2 && g_str_equal (argv[1], "list"))
      && !(argc == 3 && g_str_equal (argv[1], "check")))
    return cc_cli_usage (error, _ ("Please say “list” or “check FILE.tipq”."));
  if (!cc_cli_need_pack (cli, error))
    return FALSE;
  return argc == 2 ? list_questionnaires (cli, error) : check_definition (cli, argv[2], error);
}
