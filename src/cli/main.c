/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-repair.h>

#include <glib-unix.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: casecount-cli COMMAND [ARGUMENT…] [OPTION…]"));
  for (const CcCliCommand *command = cc_cli_commands; command->name; command++)
    g_print ("  %-16s %s\n", command->name, _ (command->summary));
  g_print ("\n%s\n", _ ("“casecount-cli COMMAND --help” tells more, with an example."));
}

static gpointer
watch_interrupt (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = g_unix_signal_source_new (SIGINT);

  g_source_set_callback (source, G_SOURCE_FUNC (g_cancellable_cancel), data, NULL);
  g_source_attach (source, context);
  for (;;)
    g_main_context_iteration (context, TRUE);
  return NULL;
}

static void
clear_cli (CcCli *cli)
{
  g_clear_pointer (&cli->texts, cc_texts_unref);
  g_clear_pointer (&cli->pack, cc_pack_unref);
  g_clear_object (&cli->builder);
  g_clear_object (&cli->cancellable);
  g_free (cli->language);
  g_free (cli->passphrase_file);
  g_free (cli->user);
  g_free (cli->hat);
}

static int
run (const CcCliCommand *command, int argc, char **argv)
{
  CcCli cli = { .command = command->name };
  g_autoptr (GError) error = NULL;
  int status = CC_CLI_DONE;

  cli.builder = json_builder_new ();
  cli.cancellable = g_cancellable_new ();
  g_thread_unref (g_thread_new ("interrupt", watch_interrupt, cli.cancellable));
  json_builder_begin_object (cli.builder);
  if (!command->run (&cli, argc, argv, &error))
    {
      cc_cli_progress_end ();
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_printerr ("%s\n", _ ("Stopped as you asked. What was finished before stays; of what was "
                               "under way nothing was kept, and the case file is as it was before "
                               "it."));
      else
        g_printerr ("%s\n", error->message);
      status = error->domain == G_OPTION_ERROR || g_error_matches (error, CC_ERROR, CC_ERROR_USAGE)
                   ? CC_CLI_WRONG_USE
                   : CC_CLI_FAILED;
    }
  else if (cli.json)
    cc_cli_json_print (&cli);
  clear_cli (&cli);
  return status;
}

static void
set_up_translation (void)
{
  const char *folder = g_getenv ("CASECOUNT_LOCALE_DIR");

  setlocale (LC_ALL, "");
  /* Where no locale is set, as in many scripts, names with accents would not be read. */
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain ("casecount", folder != NULL ? folder : CC_LOCALE_DIR);
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char *argv[])
{
  const CcCliCommand *command;

  cc_secret_guard_process ();
  set_up_translation ();
  g_set_prgname ("casecount-cli");
  cc_repair_name_way ("the command “repair”");

  if (argc < 2)
    {
      print_help ();
      return CC_CLI_WRONG_USE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return CC_CLI_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("casecount-cli %s\n", CC_VERSION);
      return CC_CLI_DONE;
    }
  command = cc_cli_find (argv[1]);
  if (!command)
    {
      g_printerr (_ ("There is no command “%s”. “casecount-cli --help” lists them.\n"), argv[1]);
      return CC_CLI_WRONG_USE;
    }
  return run (command, argc - 1, argv + 1);
}
