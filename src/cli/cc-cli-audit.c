/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <inttypes.h>
#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-history.h>

#define HASH_DIGITS 64

static const char *
say_side (const CcHistoryChange *change, const char *text)
{
  return change->purged ? _ ("(removed under a retention rule)") : text ? text : _ ("(nothing)");
}

/* What an act changed, before and after. */
static gboolean
say_changes (CcCli *cli, CcConnection *reader, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) changes = cc_history_list_changes (reader, seq, 0, 0, error);

  if (!changes)
    return FALSE;
  cc_cli_json_begin_array (cli, "details");
  for (guint i = 0; i < changes->len; i++)
    {
      const CcHistoryChange *change = changes->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "table", change->table);
      cc_cli_json_text (cli, "key", change->key ? change->key : "");
      cc_cli_json_int (cli, "record", change->record);
      cc_cli_json_text (cli, "variable", change->variable ? change->variable : "");
      cc_cli_json_text (cli, "before", change->before ? change->before : "");
      cc_cli_json_text (cli, "after", change->after ? change->after : "");
      cc_cli_json_flag (cli, "purged", change->purged);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "        %s %s: %s → %s", change->table, change->key ? change->key : "",
                    say_side (change, change->before), say_side (change, change->after));
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

static gboolean
say_act (CcCli              *cli,
         CcConnection       *reader,
         const CcHistoryAct *act,
         gboolean            changes,
         GError            **error)
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
  cc_cli_print (cli, "%6" G_GINT64_FORMAT "  %s  %-16s %8" G_GINT64_FORMAT "  %s", act->seq, text,
                act->name, act->n_changes,
                cc_history_act_is_by_program (act) ? _ ("Casecount itself")
                : *act->user != '\0'               ? act->user
                                                   : _ ("no name given"));
  if (changes && !say_changes (cli, reader, act->seq, error))
    return FALSE;
  cc_cli_json_end_object (cli);
  return TRUE;
}

static gboolean
say_acts (CcCli *cli, CcCaseFile *file, int limit, gboolean changes, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (GPtrArray) acts = NULL;
  gboolean ok;

  if (!reader)
    return FALSE;
  acts = cc_history_list (reader, NULL, 0, (guint) MAX (limit, 0), error);
  ok = acts != NULL;
  cc_cli_json_begin_array (cli, "acts");
  for (guint i = 0; ok && i < acts->len; i++)
    ok = say_act (cli, reader, acts->pdata[i], changes, error);
  cc_cli_json_end_array (cli);
  cc_case_file_release_reader (file, reader);
  return ok;
}

/* As it is printed: 64 digits from 0 to f. Anything else is a slip of the pen and says nothing
 * about the history. */
static gboolean
parse_anchor (char *anchor, GError **error)
{
  const gsize length = anchor ? strlen (anchor) : 0;

  if (!anchor)
    return TRUE;
  if (length == HASH_DIGITS && strspn (anchor, "0123456789abcdefABCDEF") == length)
    {
      for (char *p = anchor; *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
      return TRUE;
    }
  return cc_cli_usage (error,
                       _ ("“%s” is no hash of an act. A hash has 64 digits from 0 to f, as “audit” "
                          "prints it below its list."),
                       anchor);
}

/* Whoever holds an earlier hash can tell whether the history was cut or written anew: a chain that
 * is whole in itself says nothing then. */
static gboolean
find_anchor (CcCaseFile *file, const char *anchor, GPtrArray *problems, gint64 *seq, GError **error)
{
  *seq = 0;
  if (!anchor)
    return TRUE;
  if (!cc_case_file_find_anchor (file, anchor, seq, error))
    return FALSE;
  if (*seq == 0)
    g_ptr_array_add (problems, g_strdup (_ ("No act has this hash: the history was cut or written "
                                            "anew since the hash was printed.")));
  return TRUE;
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
  if (problems->len > 0)
    return TRUE;
  cc_cli_print (cli, "%s",
                _ ("The chain was verified: no act was altered, removed or put in since it was "
                   "recorded."));
  cc_cli_print (cli, _ ("Hash of the newest act: %s"), head);
  cc_cli_print (cli, "%s",
                _ ("Keep it outside this file: with “--anchor” it proves later that the end of the "
                   "history was not cut off."));
  return cc_cli_tell_nameless (cli, file, error);
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

/* audit FILE [--limit N] [--changes] [--anchor HASH] */
gboolean
cc_cli_audit (CcCli *cli, int argc, char **argv, GError **error)
{
  int                limit = 0;
  gboolean           changes = FALSE;
  g_autofree char   *anchor = NULL;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("Newest acts only"), N_ ("N") },
    { "changes", 0, 0, G_OPTION_ARG_NONE, &changes,
      N_ ("With what each act changed, before and after"), NULL },
    { "anchor", 0, 0, G_OPTION_ARG_STRING, &anchor, N_ ("A hash printed earlier"), N_ ("HASH") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcProgress) progress = NULL;
  gint64 seq;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (limit < 0)
    return cc_cli_usage (error,
                         _ ("--limit takes how many of the newest acts to show: 0 or more; 0 "
                            "shows all."));
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (!parse_anchor (anchor, error))
    return FALSE;
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  progress = cc_cli_progress_new (cli);
  if (!file || !cc_case_file_verify_history (file, progress, &problems, error))
    return FALSE;
  cc_cli_progress_end ();
  if (!find_anchor (file, anchor, problems, &seq, error)
      || !say_acts (cli, file, limit, changes, error) || !say_proof (cli, file, problems, error)
      || refuse_broken (cli, problems, error))
    return FALSE;
  if (seq != 0)
    cc_cli_print (cli,
                  _ ("The hash given is that of act %" PRId64 ": up to it the history is the one "
                     "it was taken from."),
                  seq);
  return cc_case_file_close (file, error);
}
