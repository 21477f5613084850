/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Typed, and not shown. */
static CcSecret *
ask (const char *question)
{
  struct termios before, silent;
  CcSecret      *line;

  fputs (question, stderr);
  fflush (stderr);
  tcgetattr (STDIN_FILENO, &before);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  line = cc_secret_read_fd (STDIN_FILENO);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  return line;
}

static CcSecret *
ask_at_terminal (const char *question, const char *option, gboolean twice, GError **error)
{
  g_autoptr (CcSecret) passphrase = NULL;
  g_autoptr (CcSecret) again = NULL;

  if (!isatty (STDIN_FILENO))
    {
      cc_cli_usage (error,
                    _ ("There is no terminal to ask for the passphrase. Please name a file "
                       "with %s."),
                    option);
      return NULL;
    }
  passphrase = ask (question);
  if (!passphrase || !*passphrase)
    {
      cc_cli_usage (error, _ ("No passphrase was given, so nothing was done."));
      return NULL;
    }
  if (twice)
    {
      again = ask (_ ("Once more: "));
      if (g_strcmp0 (passphrase, again) != 0)
        {
          cc_cli_usage (error, _ ("The two passphrases differ, so nothing was done."));
          return NULL;
        }
    }
  return g_steal_pointer (&passphrase);
}

/**
 * cc_cli_read_passphrase:
 * @twice: ask twice, for a new file
 *
 * Reads the passphrase from the file of --passphrase-file, from the file that
 * CASECOUNT_PASSPHRASE_FILE names, or from the terminal; never from the command line.
 *
 * Returns: (transfer full): the passphrase, in memory that is wiped when freed
 */
CcSecret *
cc_cli_read_passphrase (CcCli *cli, gboolean twice, GError **error)
{
  const char *path = cli->passphrase_file;

  if (!path)
    path = g_getenv ("CASECOUNT_PASSPHRASE_FILE");
  if (path && *path)
    return cc_secret_read_line (path, error);
  return ask_at_terminal (_ ("Passphrase: "), "--passphrase-file", twice, error);
}

/**
 * cc_cli_read_new_passphrase:
 * @path: (nullable): the file that holds it, else that of CASECOUNT_NEW_PASSPHRASE_FILE
 *
 * Returns: (transfer full): the passphrase that a file is to have
 */
CcSecret *
cc_cli_read_new_passphrase (const char *path, GError **error)
{
  if (!path)
    path = g_getenv ("CASECOUNT_NEW_PASSPHRASE_FILE");
  if (path && *path)
    return cc_secret_read_line (path, error);
  return ask_at_terminal (_ ("New passphrase: "), "--new-passphrase-file", TRUE, error);
}
