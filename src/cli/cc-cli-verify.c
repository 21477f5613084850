/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

/* verify FILE: the database, the audit chain and the counting cache */
gboolean
cc_cli_verify (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (GError) cache_error = NULL;
  gboolean ok;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  progress = cc_cli_progress_new (cli);
  if (!file || !cc_case_file_verify_with (file, progress, &problems, error))
    return FALSE;
  cc_cli_progress_end ();
  if (!cc_facts_verify (file, cli->cancellable, &cache_error))
    {
      if (!g_error_matches (cache_error, CC_ERROR, CC_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&cache_error));
          return FALSE;
        }
      g_ptr_array_add (problems, g_strdup (cache_error->message));
    }
  ok = problems->len == 0;
  cc_cli_json_flag (cli, "ok", ok);
  cc_cli_json_begin_array (cli, "problems");
  for (guint i = 0; i < problems->len; i++)
    {
      cc_cli_json_item (cli, problems->pdata[i]);
      cc_cli_print (cli, "%s", (char *) problems->pdata[i]);
    }
  cc_cli_json_end_array (cli);
  if (!ok)
    {
      if (cli->json)
        cc_cli_json_print (cli);
      cli->json = FALSE;
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   ngettext ("%u problem was found. Nothing was changed.",
                             "%u problems were found. Nothing was changed.", problems->len),
                   problems->len);
      return FALSE;
    }
  cc_cli_print (cli, "%s", _ ("The file, its audit chain and its counts are in order."));
  return cc_case_file_close (file, error);
}
