/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-history.h>

static void
say_act (CcCli *cli, const CcHistoryAct *act)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (act->time);
  g_autofree char *text = time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_int (cli, "act", act->seq);
  cc_cli_json_text (cli, "time", text);
  cc_cli_json_text (cli, "user", act->user);
  cc_cli_json_text (cli, "name", act->name);
  cc_cli_json_int (cli, "changes", act->n_changes);
  cc_cli_json_int (cli, "undoes", act->undoes);
  cc_cli_json_int (cli, "undone_by", act->undone_by);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "%6" G_GINT64_FORMAT "  %s  %-16s %8" G_GINT64_FORMAT "  %s", act->seq, text,
                act->name, act->n_changes, act->user);
}

static gboolean
say_acts (CcCli *cli, CcCaseFile *file, int limit, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (GPtrArray) acts = NULL;

  if (!reader)
    return FALSE;
  acts = cc_history_list (reader, NULL, 0, (guint) MAX (limit, 0), error);
  cc_case_file_release_reader (file, reader);
  if (!acts)
    return FALSE;
  cc_cli_json_begin_array (cli, "acts");
  for (guint i = 0; i < acts->len; i++)
    say_act (cli, acts->pdata[i]);
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* Whoever holds an earlier hash can tell whether the history was cut or written anew. */
static gboolean
check_anchor (CcCaseFile *file, const char *anchor, GError **error)
{
  gint64 seq;

  if (!anchor)
    return TRUE;
  if (!cc_case_file_find_anchor (file, anchor, &seq, error))
    return FALSE;
  if (seq == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                 _ ("No act has this hash: the history was cut or written anew since the hash was "
                    "printed."));
  return seq != 0;
}

/* The hash of the last act is what somebody keeps elsewhere, to prove the history by it later. */
static gboolean
say_proof (CcCli *cli, CcCaseFile *file, GPtrArray *problems, GError **error)
{
  g_autofree char *head = cc_case_file_head_hash (file, error);

  if (!head)
    return FALSE;
  cc_cli_json_text (cli, "head", head);
  cc_cli_json_flag (cli, "ok", problems->len == 0);
  cc_cli_json_begin_array (cli, "problems");
  for (guint i = 0; i < problems->len; i++)
    {
      cc_cli_json_item (cli, problems->pdata[i]);
      cc_cli_print (cli, "%s", (char *) problems->pdata[i]);
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* The first problem names the first broken link. */
static gboolean
refuse_broken (CcCli *cli, GPtrArray *problems, GError **error)
{
  if (problems->len == 0)
    return FALSE;
  if (cli->json)
    cc_cli_json_print (cli);
  cli->json = FALSE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED, problems->pdata[0]);
  return TRUE;
}

/* audit FILE [--limit N] [--anchor HASH] */
gboolean
cc_cli_audit (CcCli *cli, int argc, char **argv, GError **error)
{
  int                limit = 0;
  g_autofree char   *anchor = NULL;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("Newest acts only"), N_ ("N") },
    { "anchor", 0, 0, G_OPTION_ARG_STRING, &anchor, N_ ("A hash printed earlier"), N_ ("HASH") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcProgress) progress = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || limit < 0)
    return cc_cli_usage (error, _ ("Please name one case file."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  progress = cc_cli_progress_new (cli);
  if (!file || !cc_case_file_verify_history (file, progress, &problems, error))
    return FALSE;
  cc_cli_progress_end ();
  if (!say_acts (cli, file, limit, error) || !say_proof (cli, file, problems, error)
      || refuse_broken (cli, problems, error) || !check_anchor (file, anchor, error))
    return FALSE;
  return cc_case_file_close (file, error);
}
