/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <inttypes.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

/* Makes the figures anew; records that are not what the history says are to be looked at first. */
static gboolean
rebuild (CcCli *cli, const char *path, GError **error)
{
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);

  return file && cc_facts_rebuild (file, cli->cancellable, error)
         && cc_case_file_close (file, error);
}

/* Removals of earlier versions of the program: with what is in order, that much is not proven. */
gboolean
cc_cli_tell_nameless (CcCli *cli, CcCaseFile *file, GError **error)
{
  gint64 n;

  if (!cc_case_file_count_nameless_removals (file, &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  cc_cli_json_int (cli, "nameless_removals", n);
  cc_cli_print (cli,
                ngettext ("%" PRId64 " removal of identifiers was made by an earlier version of "
                          "Casecount, which did not note what it took out of the history: that "
                          "nothing else was taken out of the acts before it is not proven.",
                          "%" PRId64 " removals of identifiers were made by an earlier version of "
                          "Casecount, which did not note what they took out of the history: that "
                          "nothing else was taken out of the acts before them is not proven.",
                          (gulong) n),
                n);
  return TRUE;
}

/* verify FILE [--rebuild-figures]: the database, the audit chain, that what stands is what the
 * chain says, and the figures kept for counting */
gboolean
cc_cli_verify (CcCli *cli, int argc, char **argv, GError **error)
{
  gboolean           anew = FALSE;
  const GOptionEntry entries[] = {
    { "rebuild-figures", 0, 0, G_OPTION_ARG_NONE, &anew,
      N_ ("Make the figures kept for counting anew where they alone are wrong"), NULL },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (GError) cache_error = NULL;
  const char *left_out;
  gboolean    ok;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  progress = cc_cli_progress_new (cli);
  if (!file || !cc_case_file_verify_with (file, progress, &problems, error))
    return FALSE;
  cc_cli_progress_end ();
  if (!cc_facts_examine (file, cli->cancellable, &left_out, &cache_error))
    {
      if (!g_error_matches (cache_error, CC_ERROR, CC_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&cache_error));
          return FALSE;
        }
      if (anew && problems->len == 0)
        {
          if (!cc_case_file_close (file, error))
            return FALSE;
          g_clear_pointer (&file, cc_case_file_free);
          if (!rebuild (cli, argv[1], error))
            return FALSE;
          cc_cli_print (cli, "%s", _ ("The figures were made anew from the records."));
          file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
          if (!file)
            return FALSE;
        }
      else
        g_ptr_array_add (problems, g_strdup_printf ("%s %s", cache_error->message,
                                                    cc_facts_advise (problems->len == 0)));
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
  if (!cc_cli_tell_nameless (cli, file, error))
    return FALSE;
  if (left_out != NULL)
    {
      cc_cli_json_text (cli, "not_compared", left_out);
      cc_cli_print (cli, "%s", left_out);
    }
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
  cc_cli_print (cli, "%s",
                left_out == NULL ? _ ("The file, its audit chain and its counts are in order.")
                                 : _ ("The file and its audit chain are in order."));
  return cc_case_file_close (file, error);
}
