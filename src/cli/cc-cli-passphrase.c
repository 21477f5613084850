/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-passphrase.h>

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

/* What a file is to open with must be something that can be typed in the window. */
static CcSecret *
read_new (const char *path, GError **error)
{
  g_autoptr (CcSecret) line = cc_secret_read_line (path, error);

  if (line && !g_utf8_validate (line, -1, NULL))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   _ ("The passphrase in “%s” is not written in UTF-8, so it could not be typed "
                      "later. Nothing was done. Save it anew as a plain text in UTF-8."),
                   path);
      return NULL;
    }
  return g_steal_pointer (&line);
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
    return twice ? read_new (path, error) : cc_secret_read_line (path, error);
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
    return read_new (path, error);
  return ask_at_terminal (_ ("New passphrase: "), "--new-passphrase-file", TRUE, error);
}

/**
 * cc_cli_read_package_passphrase:
 * @path: (nullable): the file that holds it
 *
 * Never the office's own without its being said: whoever gets the package would open every file of
 * the office.
 *
 * Returns: (transfer full): the passphrase that a package is to have
 */
CcSecret *
cc_cli_read_package_passphrase (const char *path, GError **error)
{
  if (path && *path)
    return read_new (path, error);
  return ask_at_terminal (_ ("Passphrase of the package: "), "--package-passphrase-file", TRUE,
                          error);
}

/**
 * cc_cli_warn_weak:
 * @path: of the file that it is to open
 * @country: of the file
 *
 * The window asks for a better passphrase where one is too easy; a script has nobody to ask, so it
 * gets its way and a warning.
 */
void
cc_cli_warn_weak (CcCli *cli, const char *passphrase, const char *path, const char *country)
{
  const CcCode     *code = cc_pack_find_code (cli->pack, "COUNTRY", country);
  g_autofree char  *name = g_path_get_basename (path);
  g_autofree char  *label = NULL;
  const char       *known[] = { country, name, NULL, NULL };
  CcPassphraseLevel level;

  if (code)
    known[2] = label =
        cc_pack_get_code_label (cli->pack, code, cli->language ? cli->language : "en");
  level = cc_passphrase_level (cc_passphrase_bits (passphrase, known));
  if (level > CC_PASSPHRASE_WEAK)
    return;
  if (cc_passphrase_is_well_known (passphrase))
    cc_cli_say (cli, "%s",
                _ ("Warning: this passphrase is well known and would be tried among the first. "
                   "Four "
                   "or five words that nobody would put beside each other are better; “rekey” "
                   "changes it."));
  else if (level < CC_PASSPHRASE_WEAK)
    cc_cli_say (cli, "%s",
                _ ("Warning: this passphrase is too easy; a stranger with the file would find it "
                   "within minutes. Four or five words that do not belong together are easy to "
                   "remember and hard to guess; “rekey” changes it."));
  else
    cc_cli_say (cli, "%s",
                _ ("Warning: this passphrase is weak; a stranger with the file would need days. "
                   "With a word or two more it is better; “rekey” changes it."));
}
