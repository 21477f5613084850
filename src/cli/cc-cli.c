/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/stats/cc-count.h>
#include <cc/store/cc-user.h>

#include <stdarg.h>
#include <stdio.h>

/**
 * cc_cli_find:
 *
 * Returns: (nullable): the command of that name
 */
const CcCliCommand *
cc_cli_find (const char *name)
{
  for (const CcCliCommand *command = cc_cli_commands; command->name; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

/* Sets an error of wrong use. Always FALSE, so that a command can return it. */
gboolean
cc_cli_usage (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          list;

  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
check_language (CcCli *cli, GError **error)
{
  cli->language_given = cli->language != NULL;
  if (!cli->language)
    cli->language = g_strdup ("en");
  if (g_strv_contains (cc_pack_languages, cli->language))
    return TRUE;
  return cc_cli_usage (error, _ ("“%s” is none of the languages en fr pt es ar sw."),
                       cli->language);
}

/* A script that names nobody signs with the name of the program: no act stands without a name. */
static gboolean
sign (CcCli *cli, GError **error)
{
  const char      *hat = cli->hat ? cli->hat : "";
  g_autofree char *signature = NULL;

  if (*hat != '\0' && !cli->user)
    return cc_cli_usage (error, _ ("Please say also who works: --user NAME --hat TEXT."));
  if (cli->user && !cc_user_check (cli->user, hat, error))
    return FALSE;
  signature = cc_user_join (cli->user ? cli->user : "casecount-cli", hat);
  cc_case_file_set_usual_user (signature);
  return TRUE;
}

/**
 * cc_cli_parse:
 * @entries: (nullable): the command's own options
 *
 * Parses a command's options and those that every command has. What remains in @argv after the
 * name are the arguments.
 *
 * Returns: %FALSE on wrong use
 */
gboolean
cc_cli_parse (CcCli *cli, int *argc, char ***argv, const GOptionEntry *entries, GError **error)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON object"), NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &cli->quiet, N_ ("Print results only"), NULL },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &cli->language,
      N_ ("Language of data labels: en fr pt es ar sw"), N_ ("CODE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->passphrase_file,
      N_ ("File that holds the passphrase"), N_ ("FILE") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &cli->user,
      N_ ("Who is working: the name beside what is done"), N_ ("NAME") },
    { "hat", 0, 0, G_OPTION_ARG_STRING, &cli->hat, N_ ("What that person works as"), N_ ("TEXT") },
    { NULL }
  };
  const CcCliCommand *command = cc_cli_find (cli->command);
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autofree char *description = g_strdup_printf (_ ("Example:\n  %s"), command->example);
  g_autofree char *name = g_strdup_printf ("casecount-cli %s", command->name);

  g_set_prgname (name);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, description);
  g_option_context_set_translation_domain (context, "casecount");
  if (entries)
    g_option_context_add_main_entries (context, entries, "casecount");
  g_option_context_add_main_entries (context, common, "casecount");
  return g_option_context_parse (context, argc, argv, error) && check_language (cli, error)
         && sign (cli, error);
}

/**
 * cc_cli_need_pack:
 *
 * Loads the classification pack and the output texts.
 *
 * Returns: %FALSE on error
 */
gboolean
cc_cli_need_pack (CcCli *cli, GError **error)
{
  if (!cli->pack)
    cli->pack = cc_pack_load_default (error);
  if (cli->pack && !cli->texts)
    cli->texts = cc_texts_load_default (error);
  return cli->texts != NULL;
}

/* A message for the person at the terminal: to standard error, not with --quiet. */
void
cc_cli_say (CcCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          list;

  if (cli->quiet)
    return;
  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  cc_cli_progress_end ();
  g_printerr ("%s\n", message);
}

/* A line of the result: to standard output, unless JSON was asked for. */
void
cc_cli_print (CcCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          list;

  if (cli->json)
    return;
  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  cc_cli_progress_end ();
  fputs (message, stdout);
  fputc ('\n', stdout);
}

/**
 * cc_cli_parse_years:
 * @text: (nullable): "2021-2023" or "2023"
 * @periods: (out) (element-type CcPeriod): the years
 *
 * Returns: %FALSE on wrong use
 */
gboolean
cc_cli_parse_years (const char *text, GArray **periods, GError **error)
{
  if (!text)
    return cc_cli_usage (error, _ ("Please say which years: --years 2021-2023."));
  return cc_periods_parse (text, 1, periods, error);
}

/**
 * cc_cli_choose_years:
 * @text: (nullable): as for cc_cli_parse_years(); %NULL for the years of the file's own victims
 *
 * Returns: %FALSE on wrong use
 */
gboolean
cc_cli_choose_years (CcCaseFile *file, const char *text, GArray **periods, GError **error)
{
  if (text)
    return cc_cli_parse_years (text, periods, error);
  *periods = cc_periods_new_reported (file, 1, error);
  return *periods != NULL;
}
