/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The first line of a file. */
static char *
read_from_file (const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &contents, NULL, error))
    return NULL;
  length = strcspn (contents, "\r\n");
  if (length == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   _ ("The first line of “%s” is empty, but it should hold the passphrase."), path);
      return NULL;
    }
  contents[length] = '\0';
  return g_steal_pointer (&contents);
}

static char *
ask (const char *question)
{
  struct termios before, silent;
  char           line[1024];
  gboolean       got;

  fputs (question, stderr);
  fflush (stderr);
  tcgetattr (STDIN_FILENO, &before);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  got = fgets (line, sizeof line, stdin) != NULL;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  if (!got)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';

  char *passphrase = g_strdup (line);

  explicit_bzero (line, sizeof line);
  return passphrase;
}

/**
 * cc_cli_read_passphrase:
 * @twice: ask twice, for a new file
 *
 * Reads the passphrase from the file of --passphrase-file, from the file that
 * CASECOUNT_PASSPHRASE_FILE names, or from the terminal; never from the command line.
 *
 * Returns: (transfer full): the passphrase; wipe it after use
 */
char *
cc_cli_read_passphrase (CcCli *cli, gboolean twice, GError **error)
{
  const char      *path = cli->passphrase_file;
  g_autofree char *passphrase = NULL;
  g_autofree char *again = NULL;

  if (!path)
    path = g_getenv ("CASECOUNT_PASSPHRASE_FILE");
  if (path && *path)
    return read_from_file (path, error);
  if (!isatty (STDIN_FILENO))
    {
      cc_cli_usage (error, _ ("There is no terminal to ask for the passphrase. Please name a file "
                              "with --passphrase-file."));
      return NULL;
    }
  passphrase = ask (_ ("Passphrase: "));
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
